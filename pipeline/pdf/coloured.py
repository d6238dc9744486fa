"""Where a page bears coloured ink: seals, signatures, what was filled in by pen, red print.

1. The page is looked at in squares of about a quarter of a millimetre: the strokes of seals and pens survive in them,
   and the coloured fringes that scanners give to black print cancel out.
2. A square is coloured when its channels lie apart by more than ``_APART`` levels, other than the paper's own tint
   would, dimmed as much as the square is.
3. Specks are dropped; around the rest the strokes' soft edges are taken in, and the gaps between strokes closed.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_APART = 30
"""Levels, of squares: seals and pens 40 to 150, black print in colour scans at most 15."""
_SPECK = 6
"""Squares; a full stop by pen has as many."""
_AROUND = 2
"""Squares by which strokes are widened, and half the widest gap that is closed."""


def find_coloured(squares: Pixels) -> Pixels:
    """Return where there is coloured ink, 255, of a page made small to about 100 dpi (height × width × 3, RGB)."""
    red, green, blue = (np.asarray(channel, np.int16) for channel in cv2.split(squares))
    paper = np.median(squares[::4, ::4].reshape(-1, 3), axis=0)
    dimmed = np.asarray(squares.min(axis=2), np.float32) / max(1.0, float(paper.min()))
    apart = np.maximum(
        np.abs(red - green - (paper[0] - paper[1]) * dimmed), np.abs(blue - green - (paper[2] - paper[1]) * dimmed)
    )
    coloured = np.asarray(apart > _APART, np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(coloured)
    large = np.asarray(stats[:, cv2.CC_STAT_AREA] >= _SPECK, np.uint8) * 255
    large[0] = 0
    kernel = np.ones((2 * _AROUND + 1, 2 * _AROUND + 1), np.uint8)
    return np.asarray(cv2.morphologyEx(cv2.dilate(large[labels], kernel), cv2.MORPH_CLOSE, kernel), np.uint8)
