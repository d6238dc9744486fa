"""A page as the understanding steps see it: its words, put into line pieces by the white space on the paper.

The words of one recognised line may belong to two columns (an agency's name on the left, the national heading on
the right, a table's cells).  A gap wider than ``_COLUMN_GAP`` text heights parts them; normal blanks between words
of justified text stay under one text height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from statistics import median

from pipeline.model import Box, PageText, Word
from scanners.identity_card import IdentityCard

CAPITALS = 0.7
"""Share of capitals from which a line counts as printed in capitals; recognition loses some."""

_COLUMN_GAP = 2.2


@dataclass(frozen=True, slots=True)
class PageInput:
    """One content page of a section: its words, and its size in px at ``dpi`` (horizontal, vertical)."""

    text: PageText
    width: int
    height: int
    dpi: tuple[float, float]
    cards: tuple[IdentityCard, ...] = ()
    """ID cards whose QR codes are on the page."""

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height in inches."""
        return self.width / self.dpi[0], self.height / self.dpi[1]


@dataclass(frozen=True)
class Piece:
    """Words of one line that stand together: ``first`` to ``last`` (inclusive) index the page's words."""

    first: int
    last: int
    words: tuple[Word, ...]

    @cached_property
    def box(self) -> Box:
        """The rectangle around the piece."""
        return unite(self.words)

    @cached_property
    def text(self) -> str:
        """The piece's words joined by one blank."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def capitals(self) -> float:
        """Share of capital letters among the letters, 0–1; 0 for a piece without letters."""
        return capitals(self.text)

    @cached_property
    def text_height(self) -> float:
        """Median height of its words in px."""
        return median(word.box.height for word in self.words)


class PageView:
    """One page with its line pieces, computed once; ``number`` is 1-based in the section."""

    def __init__(self, page: PageInput, number: int) -> None:
        self.page = page
        self.number = number
        self.words = page.text.words
        self.pieces: tuple[Piece, ...] = tuple(_pieces(page.text.words))

    @cached_property
    def top_down(self) -> tuple[Piece, ...]:
        """The pieces by their place on the paper, top first, left first within a row."""
        return tuple(sorted(self.pieces, key=lambda p: (p.box.top, p.box.left)))

    def depth(self, piece: Piece) -> float:
        """How far down the page the piece begins: 0 at the top edge, 1 at the bottom edge."""
        return piece.box.top / self.page.height

    def box(self, first: int, last: int) -> Box:
        """The rectangle around the words ``first`` to ``last`` (inclusive)."""
        return unite(self.words[first : last + 1])

    def said(self, first: int, last: int) -> str:
        """The words ``first`` to ``last`` (inclusive) as the page has them."""
        return " ".join(word.text for word in self.words[first : last + 1])


def unite(words: Sequence[Word]) -> Box:
    """Return the smallest box around ``words``."""
    boxes = [word.box for word in words]
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def capitals(text: str) -> float:
    """Return the share of capital letters among the letters of ``text``, 0–1; 0 without letters."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


def _pieces(words: Sequence[Word]) -> list[Piece]:
    pieces: list[Piece] = []
    for _, run in groupby(enumerate(words), key=lambda item: item[1].line):
        line = list(run)
        height = max(1.0, median(word.box.height for _, word in line))
        start = 0
        for place in range(1, len(line) + 1):
            if place < len(line):
                gap = line[place][1].box.left - line[place - 1][1].box.right
                if abs(gap) <= _COLUMN_GAP * height:
                    continue
            part = line[start:place]
            pieces.append(Piece(part[0][0], part[-1][0], tuple(word for _, word in part)))
            start = place
    return pieces
