"""Tick boxes, empty or crossed: a crossed one reads as “[#l” and takes the words beside it along.

1. Candidates are pieces of ink of a box's size, a tick that reaches beyond it included.
2. The box spans the piece's straight runs, and is nearly a square of ``_BOX`` mm and most of the piece.
3. Each side is one thin line from corner to corner.  Letters that come near (Đ, O, H, B) have round corners or strokes
   that are not at the edge: of 28 boxes and all letters of 140 pages, these limits took 27 boxes and no letter.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_BOX, _BOX_AND_TICK = (2.7, 6.0), 9.0
"""mm."""
_ABOUT_SQUARE, _SQUARE, _MOST_OF_IT = 0.6, 0.85, 0.65
_STRAIGHT, _TO_CORNERS, _THIN = 0.85, 0.93, 0.8
"""Shares: of a side's best row that is drawn, of a side that is drawn in either of its two outer rows, and the most
that may be drawn of the row behind the line."""
_LINE = 0.25
"""mm."""


def may_be_tick_boxes(width: NDArray[np.int32], height: NDArray[np.int32], mm: float) -> NDArray[np.bool_]:
    """Tell which pieces of ink of ``width`` × ``height`` px have the size of a tick box; ``mm`` is px per mm."""
    short, long = np.minimum(width, height), np.maximum(width, height)
    return np.asarray((short >= _BOX[0] * mm) & (long <= _BOX_AND_TICK * mm) & (short >= _ABOUT_SQUARE * long))


def is_tick_box(piece: NDArray[np.bool_], mm: float) -> bool:
    """Tell whether a piece of ink (height × width) is a drawn square, whatever was put into it."""
    least = int(_BOX[0] * mm)
    down = np.flatnonzero(_runs(piece, (1, least)).any(axis=1))
    across = np.flatnonzero(_runs(piece, (least, 1)).any(axis=0))
    if not down.size or not across.size:
        return False
    square = piece[down[0] : down[-1] + 1, across[0] : across[-1] + 1]
    short, long = min(square.shape), max(square.shape)
    if short < max(_BOX[0] * mm, _SQUARE * long) or long > _BOX[1] * mm or square.sum() < _MOST_OF_IT * piece.sum():
        return False
    return all(_is_side(side, int(_LINE * mm) + 1) for side in (square, square[::-1], square.T, square.T[::-1]))


def _is_side(square: NDArray[np.bool_], line: int) -> bool:
    """Tell whether the first rows of ``square`` are one line of about ``line`` px from corner to corner."""
    straight = square[:line].mean(axis=1).max() >= _STRAIGHT and square[:2].any(axis=0).mean() >= _TO_CORNERS
    return bool(straight and square[2 * line - 1].mean() <= _THIN)


def _runs(piece: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return what is left of ``piece`` where a run of ``size`` (height, width) px fits in."""
    return np.asarray(cv2.morphologyEx(piece.view(np.uint8), cv2.MORPH_OPEN, np.ones(size, np.uint8)), np.uint8)
