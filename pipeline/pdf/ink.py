"""Which pixels of a page are dark ink on its paper.

1. Ink is looked for in the darker one of red and green: there red and blue ink are as dark as print, and the yellow
   patterns of certificates as light as paper.
2. In cells of half a millimetre, the paper is what stays when dark things narrower than 4 mm are closed, and the ink is
   the darkest pixel around.
3. A pixel is ink when it is darker than half way between the two, which keeps strokes as wide as they are.  Where the
   two are less than ``_LEAST_CONTRAST`` apart (show-through, stains, the faintest strokes) nothing is ink.
4. The core of the ink, darker than seven tenths of the way, tells its colour; edges are mixed with paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.shrink import shrunk

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

_CELL = 0.5
"""mm."""
_PAPER_REACH, _INK_REACH = 9, 5
"""Cells over which dark things are closed to find the paper, and over which the darkest ink is looked for."""
_LEAST_CONTRAST = 50
"""Levels.  Real show-through lies 10 to 40 below its paper, faded toner 60 and more."""
_EDGE, _CORE = 0.5, 0.7
_CLEARER = 0.7
"""How much more a px differs from its surroundings where the edge is looked for: the thin strokes of a 200 dpi scan
(tildes, italics) reach half the depth of ink only so."""
_SURROUNDINGS = 1.5
"""Sigma in px."""
_SHARP_DPI, _SCALE = 250, 2
"""Below this resolution a mask has twice the page's: one bit for a px makes tone marks ragged.  At 300 dpi it gains
nothing for a third more bytes and time: 24 pages read again as a viewer shows them, turned and level, lost 0.15 and
0.10 points of characters against the scan with masks of 300 dpi, 0.07 and 0.18 with 600 dpi; the turned JPEG 0.03."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Masks of one page, uint8, 255 where there is ink: ``every`` and ``core`` are height × width of the page.

    ``sharp`` is the ink at up to twice the page's resolution.
    """

    every: Pixels
    core: Pixels
    sharp: Pixels


def find_ink(pixels: Pixels, dpi: float) -> Ink:
    """Return the ink of a page: height × width (gray) or height × width × 3 (RGB)."""
    gray = pixels if pixels.ndim == 2 else _mask(cv2.min(*cv2.split(pixels)[:2]))
    levels = _levels(gray, dpi)
    every, core = (_darker(gray, levels.limit(share)) for share in (_EDGE, _CORE))
    clear = cv2.addWeighted(gray, 1 + _CLEARER, cv2.GaussianBlur(gray, (0, 0), _SURROUNDINGS), -_CLEARER, 0)
    if dpi < _SHARP_DPI:
        clear = cv2.resize(clear, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_CUBIC)
    return Ink(every, core, _darker(_mask(clear), levels.limit(_EDGE)))


@dataclass(frozen=True, slots=True)
class _Levels:
    """The levels of the paper and of the darkest ink around, by cells."""

    paper: Floats
    darkest: Floats

    def limit(self, share: float) -> Pixels:
        """Return the level ``share`` of the way from paper to ink; 0 where there is no ink."""
        depth = self.paper - self.darkest
        return np.where(depth >= _LEAST_CONTRAST, self.paper - share * depth, 0).astype(np.uint8)


def _darker(gray: Pixels, limit: Pixels) -> Pixels:
    return _mask(cv2.compare(gray, cv2.resize(limit, gray.shape[::-1], interpolation=cv2.INTER_LINEAR), cv2.CMP_LT))


def _levels(gray: Pixels, dpi: float) -> _Levels:
    cell = max(2, round(dpi * _CELL / 25.4))
    means = shrunk(gray, cell)
    paper = cv2.morphologyEx(means, cv2.MORPH_CLOSE, np.ones((_PAPER_REACH, _PAPER_REACH), np.uint8))
    darkest = cv2.erode(_cell_minima(gray, cell), np.ones((_INK_REACH, _INK_REACH), np.uint8))
    return _Levels(*(cv2.blur(level, (7, 7)).astype(np.float32) for level in (paper, darkest)))


def _cell_minima(gray: Pixels, cell: int) -> Pixels:
    lowest = cv2.erode(gray, np.ones((cell, cell), np.uint8), anchor=(0, 0))
    return np.ascontiguousarray(lowest[::cell, ::cell])


def _mask(values: NDArray[np.generic]) -> Pixels:
    return np.asarray(values, np.uint8)
