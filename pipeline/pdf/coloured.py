"""Where a page bears coloured ink: seals, signatures, what was filled in by pen, red print.

1. The page is looked at in squares of about a quarter of a millimetre: the strokes of seals and pens survive in them,
   and the coloured fringes that scanners give to black print cancel out.
2. A square is coloured when its channels lie apart by more than ``_APART`` levels, other than the paper's own tint
   would, dimmed as much as the square is.
3. On a gray page, the seals that came out gray count as coloured (``grayseals``): a mask would make one blot of them
   and the print under them.
4. Specks are dropped; around the rest the strokes' soft edges are taken in, and the gaps between strokes closed.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.grayseals import find_gray_seals
from pipeline.imaging.pieces import find_pieces
from pipeline.imaging.reduced import INK_DEPTH, paper

Pixels = NDArray[np.uint8]

_APART = 30
"""Levels, of squares: seals and pens 40 to 150, black print in colour scans at most 15."""
_SPECK = 6
"""Squares; a full stop by pen has as many."""
_AROUND = 2
"""Squares by which strokes are widened, and half the widest gap that is closed."""


@dataclass(frozen=True, slots=True)
class Coloured:
    """Masks of a page made small, 255 where there is coloured ink: the ink itself, and what is kept around it."""

    ink: Pixels
    around: Pixels


def find_coloured(squares: Pixels) -> Coloured | None:
    """Return the coloured ink of a page made small to about 100 dpi (height × width × 3, RGB); None without any."""
    red, green, blue = (np.asarray(channel, np.int16) for channel in cv2.split(squares))
    tint = np.median(squares[::4, ::4].reshape(-1, 3), axis=0)
    dimmed = np.asarray(cv2.min(cv2.min(*cv2.split(squares)[:2]), squares[..., 2]), np.float32) / max(
        1.0, float(tint.min())
    )
    apart = np.maximum(
        np.abs(red - green - (tint[0] - tint[1]) * dimmed), np.abs(blue - green - (tint[2] - tint[1]) * dimmed)
    )
    pieces = find_pieces(np.asarray(apart > _APART).view(np.uint8))
    ink, kernel = 255 * pieces.where(pieces.area >= _SPECK), np.ones((2 * _AROUND + 1, 2 * _AROUND + 1), np.uint8)
    if not ink.any():
        return None
    return Coloured(ink, np.asarray(cv2.morphologyEx(cv2.dilate(ink, kernel), cv2.MORPH_CLOSE, kernel), np.uint8))


def find_gray(squares: Pixels, dpi: float) -> Coloured | None:
    """Return the seals of a gray page made small to ``dpi`` (height × width); None without any."""
    depth = np.asarray(cv2.subtract(paper(squares), squares), np.uint8)
    seals = [seal.inside(depth.shape) for seal in find_gray_seals(depth, dpi)]
    if not seals:
        return None
    around = np.bitwise_or.reduce(seals) * np.uint8(255)
    return Coloured(np.where(depth > INK_DEPTH, around, np.uint8(0)), around)
