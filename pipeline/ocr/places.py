"""Where a place of a page's picture is on the upright page, and where the page's places are on a picture."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import Edges
from pipeline.model import Box, PageGeometry


def on_page(edges: Edges, scale: tuple[float, float], geometry: PageGeometry) -> Box:
    """Return the place of a picture on the page, at least 1 px wide and high and nowhere beyond the page.

    ``scale`` is px of the picture per px of the upright page (horizontal, vertical).
    """
    across, down = scale
    left = min(max(0, int(edges[0] / across)), geometry.width - 1)
    top = min(max(0, int(edges[1] / down)), geometry.height - 1)
    right = min(geometry.width, max(left + 1, round(edges[2] / across)))
    bottom = min(geometry.height, max(top + 1, round(edges[3] / down)))
    return Box(left, top, right, bottom)


def paint_out(
    picture: NDArray[np.uint8], boxes: Iterable[Box], scale: tuple[float, float], rim: int, paper: int
) -> None:
    """Make the page's ``boxes`` and ``rim`` px around them as bright as ``paper``, in ``picture`` in place."""
    across, down = scale
    for box in boxes:
        left, top = max(0, round(box.left * across) - rim), max(0, round(box.top * down) - rim)
        picture[top : round(box.bottom * down) + rim, left : round(box.right * across) + rim] = paper
