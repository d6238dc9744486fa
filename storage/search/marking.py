"""Where a query's hits lie on a page: the stretch of text to show, what to mark in it, and the words' boxes.

1. Each clause is looked for in the page's own text, however marked; when the query's word has marks and the page
   has it with the very same marks, only those places count.
2. The snippet is the stretch of about 200 characters that holds the most different clauses, and of those the
   tightest; it begins and ends between words.
3. A place's boxes are those of the words that it touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

from storage.search.base import BoxRow, Snippet
from storage.search.query import Clause
from storage.search.words import exact_pattern, folded_pattern

_LENGTH = 200
"""Characters of a snippet, about."""

_MOST_PLACES = 200
"""Places looked at per clause and page; a page of dense type has some 1,000 words."""


class Place(NamedTuple):
    """A stretch [start, end) of the page's text where clause number ``clause`` is met."""

    start: int
    end: int
    clause: int


class Marker:
    """Marks the hits of one query on any number of pages."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._patterns = [
            (folded_pattern(clause.folded), exact_pattern(clause.exact) if clause.marked else None)
            for clause in clauses
        ]

    def places(self, text: str) -> list[Place]:
        """Return where the query is met in a page's NFC text, in order."""
        found: list[Place] = []
        for number, (folded, exact) in enumerate(self._patterns):
            places = _find(exact, text, number) if exact else []
            found += places or _find(folded, text, number)
        return sorted(found)


def snippet(text: str, places: Sequence[Place]) -> Snippet:
    """Return the stretch of a page's text that best shows ``places``; the page's beginning when there are none."""
    first, last = _best_window(places) if places else (0, 0)
    spare = max(0, _LENGTH - (last - first))
    start = _after_blank(text, max(0, first - spare // 3), first)
    end = _before_blank(text, min(len(text), max(start + _LENGTH, last)), last)
    shown = text[start:end]
    inside = [(p.start - start, p.end - start) for p in places if p.start >= start and p.end <= end]
    return Snippet(shown.replace("\n", " ").replace("\r", " ").replace("\t", " "), _merged(inside))


def hit_boxes(text: str, places: Sequence[Place], box_of: Callable[[int], BoxRow | None]) -> tuple[BoxRow, ...]:
    """Return the boxes of the words that ``places`` touch; ``box_of`` gives the box of a word by its number."""
    boxes = (box_of(number) for number in sorted(_word_numbers(text, places)))
    return tuple(box for box in boxes if box is not None)


def _word_numbers(text: str, places: Sequence[Place]) -> set[int]:
    """Return the 0-based numbers, in ``text.split()``, of the words that ``places`` (in order) touch."""
    numbers: set[int] = set()
    passed, begin = 0, 0  # words passed, and the place where the next one begins or the blanks before it
    for place in places:
        between = text[begin : place.start].split()
        if between and not text[place.start - 1].isspace():
            begin = place.start - len(between.pop())
        else:
            begin = max(begin, place.start)
        passed += len(between)
        numbers.update(range(passed, passed + len(text[begin : place.end].split())))
    return numbers


def _find(pattern: re.Pattern[str], text: str, clause: int) -> list[Place]:
    matches = (match.span() for match in pattern.finditer(text))
    begun = ((start, end) for start, end in matches if start == 0 or not text[start - 1].isalnum())
    return [Place(start, end, clause) for start, end in islice(begun, _MOST_PLACES)]


def _best_window(places: Sequence[Place]) -> tuple[int, int]:
    """Return [start, end) of the places that fit one snippet and meet the most clauses, tightest, then first."""
    best = (0, 0, 0, 0)
    for index, opening in enumerate(places):
        clauses, end = {opening.clause}, opening.end
        tight = end
        for place in islice(places, index + 1, None):
            if place.end > opening.start + _LENGTH:
                break
            end = max(end, place.end)
            if place.clause not in clauses:
                clauses.add(place.clause)
                tight = end
        rank = (len(clauses), opening.start - tight, -opening.start, tight)
        best = max(best, rank)
    return -best[2], best[3]


def _after_blank(text: str, start: int, limit: int) -> int:
    """Return the first word's beginning at or behind ``start``, at most ``limit``."""
    while 0 < start < limit and not text[start - 1].isspace():
        start += 1
    return start


def _before_blank(text: str, end: int, limit: int) -> int:
    """Return the last word's end at or before ``end``, at least ``limit``."""
    cut = end
    while limit < cut < len(text) and not text[cut].isspace():
        cut -= 1
    return cut if cut > limit or limit else end


def _merged(ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join ranges that overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
