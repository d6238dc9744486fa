"""A page's text for regular expressions, in forms of equal length, so that a place in one is a place in all.

Columns are parted by three blanks.  Because every form has the same length, a match leads back to the words, their
boxes and their confidences whichever form it was found in.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from pipeline.model import Box
from pipeline.understanding.matching import Index, page_syllables
from pipeline.understanding.pages import PageView, unite
from sohoa.text import nfc

COLUMN = "   "
_TEXT_LINE, _BLANK, _RAGGED, _LABEL_WITHIN = 6, 0.3, 1.0, 60
"""Words of a line that shows the margin; a blank, and how far lines may differ, in text heights; letters within which
a colon makes a label."""
_NEW_ITEM = re.compile(
    r"\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|\(\d|[-–+•*]|(?:Tôi|Chúng tôi|Đề nghị|Làm tại|Kính gửi)\b)"
)
_LEADER_END = re.compile(r"(?<=[:….])\n")


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(char) or unicodedata.normalize("NFD", char)[0]


def without_marks(text: str) -> str:
    """Return NFC ``text`` without marks and in its own case, one character for each."""
    return "".join(map(_bare, text))


@dataclass(frozen=True, slots=True)
class Reading:
    """One form of the text and the confidence factor of what is found in it."""

    text: str
    marks: bool
    factor: float


class PageLines:
    """The text of one page, line by line, with the way back to its words."""

    def __init__(self, view: PageView) -> None:
        self.view = view
        parts: list[str] = []
        self._starts: list[int] = []
        length = 0
        line = None
        for piece in view.pieces:
            for place, word in enumerate(piece.words):
                gap = " " if place else "" if line is None else COLUMN if word.line == line else "\n"
                text = nfc(word.text)
                self._starts.append(length + len(gap))
                parts += [gap, text]
                length += len(gap) + len(text)
                line = word.line
        self.text = "".join(parts)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The forms to try, best first.

        With broken lines joined; as it stands; each column piece on a line of its own; the same without marks; and
        with a line that ends in a colon or leader joined to the next.
        """
        flow = "".join(" " if place in self._broken else char for place, char in enumerate(self.text))
        columns = flow.replace(COLUMN, "\n  ")
        late = _LEADER_END.sub(" ", columns)
        marked = (Reading(flow, True, 1.0), Reading(self.text, True, 1.0), Reading(columns, True, 0.98))
        plain = (Reading(without_marks(text), False, 0.95) for text in (flow, columns))
        return (*marked, *plain, Reading(late, True, 0.9), Reading(without_marks(late), False, 0.86))

    @cached_property
    def _broken(self) -> frozenset[int]:
        """Places of the line feeds that only the margin made: the next line's first word would not have fitted."""
        lines = [list(run) for _, run in groupby(enumerate(self.view.words), key=lambda item: item[1].line)]
        margin = max((line[-1][1].box.right for line in lines if len(line) >= _TEXT_LINE), default=0)
        broken = set()
        for line, below in pairwise(lines):
            last, first = line[-1][1], below[0][1]
            feed = self._starts[below[0][0]] - 1
            full = last.box.right + first.box.width + _BLANK * last.box.height > margin - _RAGGED * last.box.height
            next_line = self.text[feed + 1 :].split("\n", 1)[0]
            ended = last.text[-1] in ".;:" or _NEW_ITEM.match(next_line) or ":" in next_line[:_LABEL_WITHIN]
            lower = first.box.top > last.box.top and first.box.top - last.box.bottom < 2 * last.box.height
            if full and lower and not ended:
                broken.add(feed)
        return frozenset(broken)

    @cached_property
    def index(self) -> Index:
        """The page's syllables, for finding labels by likeness."""
        return Index(page_syllables(self.view.words))

    def end_of(self, word: int) -> int:
        """Return the place behind the word of that index."""
        return self._starts[word] + len(nfc(self.view.words[word].text))

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last (inclusive) word that the characters ``start`` to ``end`` (exclusive) touch."""
        first = max(0, bisect_right(self._starts, start) - 1)
        return first, max(first, bisect_right(self._starts, max(start, end - 1)) - 1)

    def box(self, start: int, end: int) -> Box:
        """Return the rectangle around the words that the characters touch."""
        first, last = self.words(start, end)
        return unite(self.view.words[first : last + 1])

    def confidence(self, start: int, end: int) -> float:
        """Return the mean recognition confidence of those words, 0–1, weighed by their length."""
        first, last = self.words(start, end)
        words = self.view.words[first : last + 1]
        letters = sum(len(w.text) for w in words)
        return sum(w.confidence * len(w.text) for w in words) / (100 * letters) if letters else 0.0
