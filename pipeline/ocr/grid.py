"""A page's picture on a grid of 1 mm, for what looks at the layout: a cell with print in it is full."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.shrink import shrunk
from pipeline.model import Box

_PRINT = 160
"""Brightness below which the picture holds print."""
_FULL = 2
"""Share of a cell, in 255ths, above which it is full: a pixel of 62 at 200 dpi is 4."""

Picture = NDArray[np.uint8]
Cells = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grid:
    """Which pixels of a picture are print, which cells are full, and px per mm; both arrays height × width."""

    print_: Cells
    full: Cells
    mm: float

    def box(self, left: int, top: int, right: int, bottom: int) -> Box:
        """Return a box of cells in px; the last row and column of the grid reach to the edge of the picture."""
        (height, width), (rows, columns) = self.print_.shape, self.full.shape
        across = width if right >= columns else round(right * self.mm)
        return Box(
            round(left * self.mm), round(top * self.mm), across, height if bottom >= rows else round(bottom * self.mm)
        )


def grid(picture: Picture, dpi: int) -> Grid:
    """Lay ``picture`` (gray, dark on white, at ``dpi``) on a grid."""
    mm = dpi / 25.4
    height, width = picture.shape
    print_ = np.asarray(picture < _PRINT)
    size = (max(1, int(width / mm)), max(1, int(height / mm)))
    share = cv2.resize(shrunk(print_.view(np.uint8) * 255, 2), size, interpolation=cv2.INTER_AREA)
    return Grid(print_, np.asarray(share > _FULL, np.bool_), mm)
