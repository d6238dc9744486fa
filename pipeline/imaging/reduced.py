"""The page at 100 dpi, and its ink: the small picture on which blank, orientation and skew are decided.

1. The gray page is reduced to 100 dpi by area averaging; a pencil stroke of 0.3 mm still leaves a mark there.
2. The paper's own brightness is estimated around each point: text is closed away (a maximum, then a minimum, over
   1.8 mm), and the median over 9 mm of what is left follows shade and edges but no letter.
3. Ink is what is more than ``INK_DEPTH`` levels darker than its paper.
4. Letters are the connected pieces of ink no longer than 15 mm either way: rules of tables, frames, edges of the sheet
   and pictures drop out, and with them every straight line that is not a line of text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import find_pieces

_T = TypeVar("_T", bound=np.generic)

REDUCED_DPI = 100
INK_DEPTH = 38
"""Levels (of 255) below the local paper.  Bleed-through of 10–20 % stays above it, a pencil goes below it."""

_CLOSING = 7
"""px at 100 dpi: 1.8 mm, wider than any stroke of normal text."""
_COARSE = 4
_MEDIAN = 9
"""px at 25 dpi: 9 mm."""
_LONGEST_LETTER = 60
"""px at 100 dpi: 15 mm; touching letters of a word stay together, a seal (35 mm and more) does not count."""
_LOWEST_LETTER = 4
"""px at 100 dpi: the x-height of 7 pt; marks and full stops are lower."""
_SMALLEST_MARK = 3
"""px of area at 100 dpi: a tone mark has 4, a grain of noise 1 or 2."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """The page at 100 dpi in both directions, each height × width.

    ``gray`` (uint8), ``depth`` (uint8: levels darker than the paper), and where its ink and its letters are (bool).
    ``sizes`` are the width and height in px of each letter and mark (N × 2).
    """

    gray: NDArray[np.uint8]
    depth: NDArray[np.uint8]
    ink: NDArray[np.bool_]
    letters: NDArray[np.bool_]
    sizes: NDArray[np.int32]

    def turned(self, quarters: int) -> Reduced:
        """Return the page after ``quarters`` clockwise quarter turns."""
        if quarters % 4 == 0:
            return self
        gray, depth = turn(self.gray, quarters), turn(self.depth, quarters)
        ink, letters = turn(self.ink, quarters), turn(self.letters, quarters)
        return Reduced(gray, depth, ink, letters, self.sizes[:, ::-1] if quarters % 2 else self.sizes)

    @property
    def heights(self) -> NDArray[np.int32]:
        """Height in px of each letter; tone marks and full stops are left out."""
        heights = self.sizes[:, 1]
        return np.asarray(heights[heights >= _LOWEST_LETTER], np.int32)

    @property
    def letter_height(self) -> float:
        """Median height of the letters in mm, 0 when there are none."""
        heights = self.heights
        return float(np.median(heights)) * 25.4 / REDUCED_DPI if heights.size else 0.0


def turn(pixels: NDArray[_T], quarters: int) -> NDArray[_T]:
    """Return a picture of one byte per pixel (height × width) after ``quarters`` (1 to 3) clockwise quarter turns."""
    how = (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)[quarters % 4 - 1]
    return np.asarray(cv2.rotate(pixels.view(np.uint8), how)).view(pixels.dtype)


def reduce(gray: NDArray[np.uint8], dpi: tuple[float, float]) -> Reduced:
    """Bring a gray page of ``dpi`` (horizontal, vertical) to 100 dpi and find its ink."""
    height, width = gray.shape
    size = (max(8, round(width * REDUCED_DPI / dpi[0])), max(8, round(height * REDUCED_DPI / dpi[1])))
    shrinks = size[0] <= width and size[1] <= height
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR), np.uint8)
    depth = np.asarray(cv2.subtract(paper(small), small), np.uint8)
    ink = np.asarray(depth > INK_DEPTH, np.bool_)
    letters, sizes = _letters(ink)
    return Reduced(small, depth, ink, letters, sizes)


def _letters(ink: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.int32]]:
    """Return where the letters are, and the width and height of each."""
    pieces = find_pieces(ink.view(np.uint8))
    width, height = pieces.width, pieces.height
    keep = (width < _LONGEST_LETTER) & (height < _LONGEST_LETTER) & (pieces.area >= _SMALLEST_MARK)
    return pieces.where(keep).view(np.bool_), np.stack([width, height], axis=1)[keep]


def paper(small: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the brightness of the paper behind each pixel of a 100 dpi page."""
    height, width = small.shape
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_CLOSING, _CLOSING), np.uint8))
    coarse = cv2.resize(closed, (max(2, width // _COARSE), max(2, height // _COARSE)), interpolation=cv2.INTER_AREA)
    smooth = cv2.blur(cv2.medianBlur(coarse, _MEDIAN), (3, 3))
    return np.asarray(cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
