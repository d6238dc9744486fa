"""Whether a page has nothing on it.  A blank page is flagged and kept aside, never deleted; when unsure it is content.

1. Ink is what is 38 levels darker than its own surroundings at 100 dpi (``reduced``), in pieces that are at least 50
   levels darker somewhere: shade, tint and print of the other side shining through at 10–20 % stay lighter than that,
   pencil does not.
2. Ink in the outer 6 mm does not count.
3. Pieces smaller than 1.1 mm are dust; long ones that are nowhere thicker than 0.8 mm and straight are folds, streaks
   or the shadow of the sheet's edge; round filled ones of 3–9 mm within 25 mm of the edge are punched holes.
4. The page is blank when less than 1.2 mm² of ink is left: a page number has 2 to 6 mm², a line of text 35 and more.
5. Where little ink is left, it is also looked at whether that is the rim of something dark that grows in from the edge
   of the sheet, up to 12 mm deep: a shadow, a clip, a torn corner.
6. A sheet darker than mid gray is never called blank: it may be a photograph, or a scan gone wrong.

The usual rule, a share of dark pixels on the whole page (cyanfish/naps2: 0.15 % darker than 179), lost six of ten
sparse pages in a trial: a page number, a single line, a thin signature, pencil, initials.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import Pieces, find_pieces
from pipeline.imaging.reduced import REDUCED_DPI, Reduced

_MM = REDUCED_DPI / 25.4
_SQUARE_MM = _MM * _MM
_MARGIN = round(6 * _MM)
_STRONG = 50
_DUST = 1.1 * _MM
_THREAD = 0.8 * _MM
_THREAD_SHAPE = 12.0
"""Longer over shorter side from which a thin piece is a thread and no stroke of a hand."""
_HOLE = (3 * _MM, 9 * _MM)
_HOLE_ZONE = 25 * _MM
_ROUND, _FILLED = 0.75, 0.6
"""Shorter over longer side, and share of the bounding box that is ink (a disc has 0.79), from which it is a hole."""
_LEAST_INK = 1.2
"""mm²."""
_LITTLE_INK = 400.0
"""mm², about five lines of text: below it the edge of the sheet is looked at."""
_EDGE_DEPTH = 12 * _MM
_SHADOW = 0.6
"""Share of the sheet's brightness below which its edge is in shadow."""
_DARK = 110
"""Median level of the page."""


@dataclass(frozen=True, slots=True)
class Blankness:
    """Whether a page has nothing on it, and how much ink counts, in mm²."""

    blank: bool
    ink: float


def examine(page: Reduced) -> Blankness:
    """Measure the ink of a page; how it is turned makes no difference."""
    brightness = float(np.median(page.gray[::4, ::4]))
    pieces = find_pieces(page.ink.view(np.uint8))
    counting = _drawn(pieces)
    counting &= np.bincount(pieces.labels[page.depth >= _STRONG], minlength=len(pieces)) > 0
    ink = _area(pieces.labels, counting)
    if _LEAST_INK <= ink < _LITTLE_INK:
        pieces.labels[_edge_shadow(page.gray, brightness)] = 0
        ink = _area(pieces.labels, counting)
    return Blankness(ink < _LEAST_INK and brightness >= _DARK, ink)


def _area(labels: NDArray[np.int32], counting: NDArray[np.bool_]) -> float:
    """Return the area in mm² of the pieces that count, without the margin."""
    inner = labels[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]
    pixels = np.bincount(inner.ravel(), minlength=counting.size)
    return round(float(pixels[counting].sum()) / _SQUARE_MM, 2)


def _drawn(pieces: Pieces) -> NDArray[np.bool_]:
    """Tell for each connected piece whether its shape is that of ink: neither dust, nor thread, nor hole."""
    longer, shorter = np.maximum(pieces.width, pieces.height), np.minimum(pieces.width, pieces.height)
    rows, columns = pieces.labels.shape
    to_edge = np.minimum.reduce([pieces.left, pieces.top, columns - pieces.right, rows - pieces.bottom])
    thread = (pieces.area < _THREAD * longer) & (longer > _THREAD_SHAPE * shorter)
    hole = (longer >= _HOLE[0]) & (longer <= _HOLE[1]) & (to_edge <= _HOLE_ZONE)
    hole &= (shorter >= _ROUND * longer) & (pieces.area >= _FILLED * pieces.width * pieces.height)
    drawn = (longer >= _DUST) & ~thread & ~hole
    drawn[0] = False  # the paper
    return np.asarray(drawn, np.bool_)


def _edge_shadow(gray: NDArray[np.uint8], brightness: float) -> NDArray[np.bool_]:
    """Return where something dark reaches in from the edge of the sheet, with a rim of 1 mm around it."""
    dark = (gray < _SHADOW * brightness).view(np.uint8)
    pieces = find_pieces(dark)
    rows, columns = gray.shape
    shallow = np.minimum(pieces.left, columns - pieces.right) <= 1
    shallow &= pieces.width <= _EDGE_DEPTH
    shallow |= (np.minimum(pieces.top, rows - pieces.bottom) <= 1) & (pieces.height <= _EDGE_DEPTH)
    shallow[0] = False
    rim = round(_MM)
    return np.asarray(cv2.dilate(pieces.where(shallow), np.ones((2 * rim + 1, 2 * rim + 1), np.uint8)), np.bool_)
