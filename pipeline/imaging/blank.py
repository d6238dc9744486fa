"""Whether a page has nothing on it.  A blank page is flagged and kept aside, never deleted; when unsure it is content.

1. Ink is what is 38 levels darker than its own surroundings at 100 dpi (``reduced``): shade, tint and bleed-through
   of 10–20 % stay lighter than that, pencil does not.
2. Ink in the outer 6 mm does not count, nor do pieces that grow in from the very edge of the sheet (its shadow, a
   clip, a torn corner): up to 12 mm deep.
3. Pieces smaller than 0.9 mm are dust, straight ones thinner than 0.6 mm are folds or streaks, and round filled
   ones of 3–9 mm within 25 mm of the edge are punched holes.
4. The page is blank when less than 1.2 mm² of ink is left: a page number has 2 to 6 mm², a line of text 60 and more.
5. A sheet darker than mid gray is never called blank: it may be a photograph, or a scan gone wrong.

The usual rule, a share of dark pixels on the whole page (cyanfish/naps2: 0.15 % darker than 179), lost six of ten
sparse pages in our trial: a page number, a single line, a thin signature, pencil, initials.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.reduced import REDUCED_DPI, Reduced

_MM = REDUCED_DPI / 25.4
_MARGIN = round(6 * _MM)
_EDGE_DEPTH = 12 * _MM
_DUST = 0.9 * _MM
_THREAD = 0.6 * _MM
_HOLE = (3 * _MM, 9 * _MM)
_HOLE_ZONE = 25 * _MM
_ROUND, _FILLED = 0.75, 0.6
"""Shorter over longer side, and share of the bounding box that is ink (a disc has 0.79), from which it is a hole."""
_LEAST_INK = 1.2
"""mm²."""
_DARK = 110
"""Median level of the page."""


@dataclass(frozen=True, slots=True)
class Blankness:
    """Whether a page has nothing on it, and how much ink counts, in mm²."""

    blank: bool
    ink: float


def examine(page: Reduced) -> Blankness:
    """Measure the ink of a page; how it is turned makes no difference."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(page.ink.view(np.uint8), connectivity=8)
    counts = _counting(stats, page.ink.shape)
    inner = labels[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    pixels = np.bincount(inner.ravel(), minlength=count)[counts].sum()
    ink = round(float(pixels) / _MM**2, 2)
    return Blankness(ink < _LEAST_INK and float(np.median(page.gray[::4, ::4])) >= _DARK, ink)


def _counting(stats: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Tell for each connected piece whether it is ink that a person put there."""
    left, top, width, height, area = (stats[:, column].astype(np.float64) for column in range(5))
    right, bottom = shape[1] - left - width, shape[0] - top - height
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    to_edge = np.minimum.reduce([left, top, right, bottom])
    across = np.where(np.minimum(left, right) <= np.minimum(top, bottom), width, height)
    shadow = (to_edge <= 1) & (across <= _EDGE_DEPTH)
    hole = (longer >= _HOLE[0]) & (longer <= _HOLE[1]) & (to_edge <= _HOLE_ZONE)
    hole &= (shorter >= _ROUND * longer) & (area >= _FILLED * width * height)
    ink = (longer >= _DUST) & (shorter >= _THREAD) & ~shadow & ~hole
    ink[0] = False  # the paper
    return np.asarray(ink)
