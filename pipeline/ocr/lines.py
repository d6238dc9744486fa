"""Words in the order in which a person reads a form: visual lines from top to bottom, words from left to right.

Tesseract reads column by column, so the two halves of a Vietnamese letterhead, or two fields on one dotted line, end
far apart.  The forms' fields and titles are found by visual line, and a clerk who copies a line wants the line.

1. The engine's own lines are kept whole; each has a middle (the median of its words' middles) and a height.
2. From the top down, a line joins an earlier one that lies at the same height (middles within half of the lower one's
   height) while no word of the one overlaps a word of the other from side to side: a part goes into the other's gap.
3. Lines are numbered by their middles.  Where the page has columns of running text (``columns``) this is done for each
   of them, and for what stands above and below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from statistics import median

from pipeline.model import Box, Word

_SAME_LINE = 0.5
_OVERLAP = 0.3
"""Shares of the line height."""


@dataclass(slots=True)
class _Line:
    """One visual line under way: its middle and height in px, and the words in it."""

    middle: float
    height: float
    words: list[Word] = field(default_factory=list)

    def takes(self, middle: float, height: float, piece: Sequence[Word]) -> bool:
        if abs(self.middle - middle) >= _SAME_LINE * min(height, self.height):
            return False
        slack = _OVERLAP * height
        own = [word.box for word in self.words]
        return all(w.box.right <= o.left + slack or w.box.left >= o.right - slack for w in piece for o in own)


def visual_lines(words: Iterable[Word], columns: Sequence[Box] = ()) -> list[Word]:
    """Return the words in reading order by visual line, with new line numbers from 0.

    ``columns`` are read one after another; those side by side share their top and bottom.
    """
    pieces = [sorted(line, key=lambda w: w.box.left) for _, line in groupby(words, key=lambda w: w.line)]
    places: list[list[list[Word]]] = [[] for _ in range(2 * len(columns) + 1)]
    for piece in pieces:
        places[_place(piece, columns)].append(piece)
    return [
        replace(word, line=number)
        for number, line in enumerate(line for place in places for line in _joined(place))
        for word in sorted(line.words, key=lambda w: w.box.left)
    ]


def _joined(pieces: Iterable[Sequence[Word]]) -> list[_Line]:
    """Return the visual lines of which ``pieces`` are parts, from the top down."""
    measured = [(_middle(p), median(w.box.height for w in p), p) for p in pieces]
    lines: list[_Line] = []
    for middle, height, piece in sorted(measured, key=lambda m: (m[0], m[2][0].box.left)):
        near = [line for line in lines if line.takes(middle, height, piece)]
        if near:
            min(near, key=lambda line: abs(line.middle - middle)).words.extend(piece)
        else:
            lines.append(_Line(middle, height, list(piece)))
    return sorted(lines, key=lambda line: line.middle)


def _place(piece: Sequence[Word], columns: Sequence[Box]) -> int:
    """Return where ``piece`` comes in the order of the page: 2n + 1 in column n, else twice the columns above it."""
    x, y = (piece[0].box.left + piece[-1].box.right) / 2, _middle(piece)
    for number, box in enumerate(columns):
        if box.left <= x < box.right and box.top <= y < box.bottom:
            return 2 * number + 1
    return 2 * sum(box.top <= y for box in columns)


def _middle(piece: Sequence[Word]) -> float:
    return median((w.box.top + w.box.bottom) / 2 for w in piece)
