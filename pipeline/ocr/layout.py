"""A page in the parts that are read apart: columns of running text, the right sides of heads, and the rest.

Each part is cut out, where no print crosses the cut, and read as a picture of its own in the same call of the engine;
``lines`` puts the words of all of them in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Box, Word
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.columns import columns
from pipeline.ocr.grid import Picture, grid
from pipeline.ocr.sides import right_sides

_WHITE = 255


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a page is read apart, in px of its picture: columns in reading order, right sides from the top down."""

    columns: tuple[Box, ...]
    sides: tuple[Box, ...]

    def page_columns(self, page: ReadablePage) -> list[Box]:
        """Return the columns in px of the upright page."""
        across, down = page.scale
        return [
            Box(round(b.left / across), round(b.top / down), round(b.right / across), round(b.bottom / down))
            for b in self.columns
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """A picture to be read whose corner lies at that point (px) of the page's picture."""

    picture: Picture
    corner: tuple[int, int]


PartsReader = Callable[[Sequence[Part]], Iterable[list[Word]]]
"""Reads the parts of a page, and gives the words of each."""


def layout(page: ReadablePage) -> Layout:
    """Find the parts of ``page``; a side that stands in a column is none."""
    laid = grid(page.recognition, page.recognition_dpi)
    texts = columns(laid)
    sides = (s for s in right_sides(laid) if all(s.bottom <= t.top or t.bottom <= s.top for t in texts))
    return Layout(tuple(texts), tuple(sides))


def read_parts(page: ReadablePage, parts: Layout, reader: PartsReader) -> Iterator[Word]:
    """Yield the words of the page, those of columns and sides after all the rest; line numbers never fall."""
    rest, apart = page.recognition, parts.columns + parts.sides
    if apart:
        rest = rest.copy()
        for box in apart:
            rest[box.top : box.bottom, box.left : box.right] = _WHITE
    line = -1
    for words in reader([Part(rest, (0, 0)), *(_cut(page.recognition, box) for box in apart)]):
        first = line + 1
        for word in words:
            line = first + word.line
            yield replace(word, line=line)


def _cut(picture: Picture, box: Box) -> Part:
    return Part(np.ascontiguousarray(picture[box.top : box.bottom, box.left : box.right]), (box.left, box.top))
