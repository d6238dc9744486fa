"""The other side of the sheet where it shines through: faint and soft, which no print of this side is at once.

1. A piece is faint when none of it is as dark as ``FAINT`` of the page's own print.
2. It is soft when its steepest edge, as a share of its own depth, is below ``_SOFT`` of that of the page's print: light
   is scattered on its way through the paper, while faint toner, pencil or a pale ornament has edges as sharp as print.
3. Where there are several, ink no darker than nine in ten of them goes from the print that it touches as well.

On 23 pages with 10 to 30 % of the other side, no piece of show-through was darker than 0.6 of the print or had edges
steeper than 0.21 per px at 200 dpi; of 69 pages' faint pieces of print, ornaments and pencil none was below 0.33.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.decode import Pixels
from pipeline.imaging.pieces import Pieces

_FAINT, _SOFT = 0.65, 0.62
_LEAST_AREA = 12
"""px: smaller pieces have no edge to speak of."""
_SAMPLE = 60
"""Pieces of the page's print whose edges are measured."""
_SEVERAL, _LEVEL = 8, 90
"""Pieces that make a level, and the share of them, in percent, that it is as deep as."""


@dataclass(frozen=True, slots=True)
class ShowThrough:
    """Which pieces are show-through (one bool a piece), and how deep it goes (0–255; 0 when there is none)."""

    pieces: NDArray[np.bool_]
    level: float


def show_through(depth: Pixels, pieces: Pieces, strength: float) -> ShowThrough:
    """Return what shines through from the other side.

    ``depth`` says how much darker than its paper each pixel is, ``strength`` what that is in print (0–255);
    ``pieces`` are those of the ink.
    """
    dark = np.zeros(len(pieces), np.bool_)
    dark[pieces.labels[depth > _FAINT * strength]] = True
    sized = pieces.area >= _LEAST_AREA
    faint, print_ = (np.flatnonzero(sized & kind).tolist() for kind in (~dark, dark))
    ghosts = np.zeros(len(pieces), np.bool_)
    if not faint or not print_:
        return ShowThrough(ghosts, 0.0)
    edges = _Edges(depth, pieces)
    usual = np.median([edges.of(n).steepness for n in print_[:: 1 + len(print_) // _SAMPLE]])
    found = [(n, edge.depth) for n in faint if (edge := edges.of(n)).steepness < _SOFT * usual]
    ghosts[[n for n, _ in found]] = True
    return ShowThrough(ghosts, float(np.percentile([d for _, d in found], _LEVEL)) if len(found) >= _SEVERAL else 0.0)


@dataclass(frozen=True, slots=True)
class _Edge:
    """The depth of a piece of ink, and its steepest edge as a share of that per px."""

    depth: float
    steepness: float


@dataclass(frozen=True, slots=True)
class _Edges:
    """Measures the pieces of a page."""

    depth: Pixels
    pieces: Pieces

    def of(self, number: int) -> _Edge:
        """Measure one piece; the edges of what stands in its box count as well, and make it look like print."""
        rim = tuple(slice(max(0, side.start - 2), side.stop + 2) for side in self.pieces.place(number))
        across, down = (cv2.Sobel(self.depth[rim], cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
        deepest = float(self.depth[rim][self.pieces.labels[rim] == number].max())
        return _Edge(deepest, float(cv2.magnitude(across, down).max()) / 8 / deepest)  # Sobel's weights add up to 8
