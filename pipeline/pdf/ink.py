"""Which pixels of a page are ink: dark print, and ink of a colour such as seals and pens.

1. Ink is looked for in the darker one of red and green: there red and blue ink are as dark as print, and the yellow
   patterns of certificates as light as paper.
2. In cells of half a millimetre, the paper is what stays when dark things narrower than 4 mm are closed, and the ink is
   the darkest pixel around.
3. A pixel is ink when it is darker than half way between the two, which keeps strokes as wide as they are.  Where the
   two are less than ``_LEAST_CONTRAST`` apart (show-through, stains, the faintest strokes) nothing is ink.
4. Ink is coloured when its channels lie apart by more than a share of its depth, else dark: that also tells the
   pale edge of a seal's stroke from the gray edge of a letter.
5. The core of the ink, darker than three fifths of the way, tells its colour; edges are mixed with paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

_CELL = 0.5
"""mm."""
_PAPER_REACH, _INK_REACH = 9, 5
"""Cells over which dark things are closed to find the paper, and over which the darkest ink is looked for."""
_LEAST_CONTRAST = 50
"""Levels.  Real show-through lies 10 to 40 below its paper, faded toner 60 and more."""
_EDGE, _CORE = 0.5, 0.6
_COLOURED = 0.4
"""Share of an ink's depth by which its channels lie apart: seals 0.55 to 0.9, pens 0.4 to 0.7, print below 0.25."""
_SHARP_DPI = 250
"""Below this resolution masks have twice the page's: one bit for a px of a 200 dpi scan makes tone marks ragged."""
_BLACK = 85
"""Level that the brightest channel of coloured ink exceeds: print under a seal is reddish, but black."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Masks of one page, uint8, 255 where there is ink: ``every`` and ``core`` are height × width of the page.

    ``sharp`` is ``every`` at ``scale`` times the page's resolution; ``zones`` part the page into where ink is warm
    (red), cool (blue, green, violet) and dark; a gray page has the one zone None, which is all of it.
    """

    every: Pixels
    core: Pixels
    sharp: Pixels
    scale: int
    zones: tuple[Pixels | None, ...]


def find_ink(pixels: Pixels, dpi: float) -> Ink:
    """Return the ink of a page: height × width (gray) or height × width × 3 (RGB)."""
    scale = 1 if dpi >= _SHARP_DPI else 2
    if pixels.ndim == 2:
        return _ink(pixels, _levels(pixels, dpi), scale, (None,))
    red, green, blue = cv2.split(pixels)
    gray = _mask(cv2.min(red, green))
    levels = _levels(gray, dpi)
    return _ink(gray, levels, scale, _zones(_mask(red), gray, _mask(cv2.max(red, blue)), levels.paper))


@dataclass(frozen=True, slots=True)
class _Levels:
    """The levels of the paper and of the darkest ink around, by cells."""

    paper: Floats
    darkest: Floats

    def limit(self, share: float) -> Pixels:
        """Return the level ``share`` of the way from paper to ink; 0 where there is no ink."""
        depth = self.paper - self.darkest
        return np.where(depth >= _LEAST_CONTRAST, self.paper - share * depth, 0).astype(np.uint8)


def _ink(gray: Pixels, levels: _Levels, scale: int, zones: tuple[Pixels | None, ...]) -> Ink:
    every, core = (_darker(gray, levels.limit(share)) for share in (_EDGE, _CORE))
    sharp = every
    if scale > 1:
        larger = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        sharp = _darker(_mask(larger), levels.limit(_EDGE))
    return Ink(every, core, sharp, scale, zones)


def _darker(gray: Pixels, limit: Pixels) -> Pixels:
    return _mask(cv2.compare(gray, cv2.resize(limit, gray.shape[::-1], interpolation=cv2.INTER_LINEAR), cv2.CMP_LT))


def _zones(red: Pixels, lowest: Pixels, highest: Pixels, paper: Floats) -> tuple[Pixels, Pixels, Pixels]:
    """Return where ink would be warm, cool and dark.

    It is coloured where the channels lie apart by more than a share of the depth; taken over 3 × 3 px, because JPEG
    blurs its colours.
    """
    apart = cv2.blur(cv2.subtract(highest, lowest), (3, 3))
    everywhere = cv2.resize(paper.astype(np.uint8), lowest.shape[::-1], interpolation=cv2.INTER_LINEAR)
    depth = cv2.blur(cv2.subtract(everywhere, lowest), (3, 3))
    strong = cv2.compare(apart, cv2.convertScaleAbs(depth, alpha=_COLOURED), cv2.CMP_GT)
    coloured = cv2.bitwise_and(strong, cv2.threshold(highest, _BLACK, 255, cv2.THRESH_BINARY)[1])
    warm = cv2.bitwise_and(coloured, cv2.compare(red, highest, cv2.CMP_EQ))
    return _mask(warm), _mask(cv2.subtract(coloured, warm)), _mask(cv2.bitwise_not(coloured))


def _levels(gray: Pixels, dpi: float) -> _Levels:
    cell = max(2, round(dpi * _CELL / 25.4))
    size = -(-gray.shape[1] // cell), -(-gray.shape[0] // cell)
    means = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(means, cv2.MORPH_CLOSE, np.ones((_PAPER_REACH, _PAPER_REACH), np.uint8))
    darkest = cv2.erode(_cell_minima(gray, cell, size), np.ones((_INK_REACH, _INK_REACH), np.uint8))
    return _Levels(*(cv2.blur(level, (7, 7)).astype(np.float32) for level in (paper, darkest)))


def _cell_minima(gray: Pixels, cell: int, size: tuple[int, int]) -> Pixels:
    wide, high = size[0] * cell - gray.shape[1], size[1] * cell - gray.shape[0]
    whole = cv2.copyMakeBorder(gray, 0, high, 0, wide, cv2.BORDER_REPLICATE)
    by_row = whole.reshape(size[1], cell, size[0] * cell).min(axis=1)
    return _mask(by_row.reshape(size[1], size[0], cell).min(axis=2))


def _mask(values: NDArray[np.generic]) -> Pixels:
    return np.asarray(values, np.uint8)
