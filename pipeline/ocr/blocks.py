"""Blocks of lines that lie on the page as scanned, but neither in the picture for recognition nor in any word.

Print that is blurred, smeared or much fainter than the rest of its page is cleared away with the dirt, and the engine
is as sure of what is left as of any page: with a quarter of a page blurred, half of its characters were lost at a
confidence of 95 and no place was told of.  So the page's own shade is looked at:

1. On the shade at about 50 dpi, words with a rim are painted out; rules go, since they are thin.
2. What is left is closed across the gaps of words and lines; a block is ``_WIDE`` × ``_HIGH`` mm and more, not as
   dark as a barcode and not as light as the other side of the sheet.
3. It is text when its rows repeat: their profile is like itself one line further down, ``_LINES`` mm.

Six office pages with a quarter of their height blurred (6 px at 300 dpi) or smeared (25 px), 20 to 140 words lost:
10 of the 12 are told of.  Of 259 pages without such a fault three are: two of pictures with captions, and a sheet of
more than half a metre.  2 ms a page.  Print less than a third as dark as the rest of its page cannot be told from the
other side of the sheet so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import find_pieces
from pipeline.model import Box
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.places import on_page, paint_out

Shade = NDArray[np.uint8]

_SHADED = 20
"""Levels at 50 dpi; a line of normal print has 60 and more."""
_RIM, _MARGIN = 1.0, 6.0
"""mm around a word, and at the edges of the page, where shadows and borders lie."""
_STEM = 1.3
"""mm: what is lower is a rule."""
_GAP_ACROSS, _GAP_DOWN = 5.0, 6.5
_WIDE, _HIGH = 25.0, 10.0
_LIGHTEST, _DARKEST = 15.0, 75.0
"""Mean level of a block: blurred text has 16 to 40, what shines through from the other side 14 and less, a barcode or a
QR code 100 and more."""
_LINES = (3.5, 13.0)
_ALIKE = 0.45
"""Correlation of the rows' profile with itself: blurred text 0.49 to 0.96, a black seal 0.40."""


def unread_blocks(words: Iterable[Box], page: ReadablePage) -> Iterator[Box]:
    """Yield where lines seem to be that no word covers; all boxes are in px of the upright page."""
    shade = page.shade.copy()
    step = page.recognition.shape[0] / shade.shape[0]
    mm = page.recognition_dpi / step / 25.4
    scale = page.scale[0] / step, page.scale[1] / step
    margin = round(_MARGIN * mm)
    paint_out(shade, words, scale, round(_RIM * mm), 0)
    inner = np.zeros_like(shade)
    inner[margin:-margin, margin:-margin] = shade[margin:-margin, margin:-margin]
    blocks = find_pieces(_blocks(np.asarray(inner > _SHADED).view(np.uint8), mm))
    for number in range(1, len(blocks)):
        rows, columns = blocks.place(number)
        lines = inner[rows, columns].mean(axis=1)
        if _LIGHTEST <= lines.mean() <= _DARKEST and _alike(lines, mm) >= _ALIKE:
            yield on_page((columns.start, rows.start, columns.stop, rows.stop), scale, page.geometry)


def _blocks(ink: Shade, mm: float) -> Shade:
    """Return where ink lies in blocks of lines (0 or 1)."""
    steps = (
        (cv2.MORPH_OPEN, (_STEM * mm, 2)),
        (cv2.MORPH_CLOSE, (_GAP_DOWN * mm, _GAP_ACROSS * mm)),
        (cv2.MORPH_OPEN, (_HIGH * mm, _WIDE * mm)),
    )
    for step, (high, wide) in steps:
        ink = np.asarray(cv2.morphologyEx(ink, step, np.ones((round(high), round(wide)), np.uint8)), np.uint8)
    return ink


def _alike(rows: NDArray[np.float64], mm: float) -> float:
    """Return how like itself the profile of ``rows`` is at its best line spacing, 1 for lines that repeat exactly."""
    rows = rows - cv2.blur(rows[:, None], (1, round(_LINES[1] * mm) | 1)).ravel()
    power = float(rows @ rows) / len(rows)
    if not power:
        return 0.0
    lags = range(round(_LINES[0] * mm), min(round(_LINES[1] * mm), len(rows) // 2) + 1)
    return max((float(rows[:-lag] @ rows[lag:]) / (len(rows) - lag) / power for lag in lags), default=0.0)
