"""Rows of letters in the ink that is left over: what may be a line of text, and whether it looks like print.

1. Letters are connected pieces of ink of ``_LOWEST`` to ``_HIGHEST`` mm that fill some of their box.  What is larger is
   a pen stroke, a seal or a picture; it is taken out of the picture, so that it spoils no line.
2. From left to right, a letter joins the row whose last letters stand at its height, are about as high and no further
   away than the boxes of an ID number are apart.
3. A row looks like print when most of its letters stand on one line; handwriting and ornaments seldom do.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import find_pieces

Picture = NDArray[np.uint8]

_DARK = 128
_LOWEST, _HIGHEST, _WIDEST = 1.2, 8.0, 14.0
"""mm."""
_LEAST_FILL = 0.12
_SAME_ROW, _GAP, _ABOUT_AS_HIGH = 0.5, 2.6, 2.4
"""Of the row's letters: shared height, gap in heights, ratio of heights."""
_LAST = 3
_FEWEST = 2
_ON_LINE = 0.15
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Letter:
    """One piece of ink in px of the picture."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Height in px."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Row:
    """Letters side by side, from left to right."""

    letters: tuple[Letter, ...]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in px of the picture."""
        every = self.letters
        return (
            min(p.left for p in every),
            min(p.top for p in every),
            max(p.right for p in every),
            max(p.bottom for p in every),
        )

    @property
    def height(self) -> float:
        """Median height of the letters in px."""
        return median(p.height for p in self.letters)

    @property
    def aligned(self) -> float:
        """Share of the letters that stand on the row's line."""
        foot = median(p.bottom for p in self.letters)
        return sum(abs(p.bottom - foot) <= _ON_LINE * self.height for p in self.letters) / len(self.letters)


def rows_of_letters(picture: Picture, dpi: float) -> list[Row]:
    """Return the rows of letters in ``picture`` (dark on white at ``dpi``), the longest first; clears larger ink."""
    mm = dpi / 25.4
    ink = np.asarray(picture < _DARK).view(np.uint8)
    pieces = find_pieces(ink)
    width, height, area = pieces.width, pieces.height, pieces.area
    large = (height > _HIGHEST * mm) | (width > _WIDEST * mm)
    letter = ~large & (height >= _LOWEST * mm) & (area >= _LEAST_FILL * width * height)
    for number in pieces.numbers(large):
        stroke = cv2.dilate(pieces.shape(number), np.ones((5, 5), np.uint8))
        picture[pieces.place(number)][stroke > 0] = _WHITE
    rows: list[list[Letter]] = []
    for left, top, across, down in sorted(pieces.boxes[letter].tolist()):
        piece = Letter(left, top, left + across, top + down)
        gaps = [(gap, row) for row in rows if (gap := _gap(row, piece)) is not None]
        if gaps:
            min(gaps, key=lambda g: g[0])[1].append(piece)
        else:
            rows.append([piece])
    return sorted((Row(tuple(r)) for r in rows if len(r) >= _FEWEST), key=lambda r: -len(r.letters))


def _gap(row: list[Letter], piece: Letter) -> int | None:
    """Return how far ``piece`` is from the end of the row, in px; None when it is no part of it."""
    last = row[-_LAST:]
    high = median(p.height for p in last)
    gap = piece.left - max(p.right for p in last)
    shared = min(piece.bottom, max(p.bottom for p in last)) - max(piece.top, min(p.top for p in last))
    alike = 1 / _ABOUT_AS_HIGH <= piece.height / high <= _ABOUT_AS_HIGH
    joins = alike and shared >= _SAME_ROW * min(high, piece.height) and gap <= _GAP * high
    return gap if joins else None
