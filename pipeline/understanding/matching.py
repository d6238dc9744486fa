"""Finding printed phrases in recognised text despite recognition errors.

1. Text becomes syllables: runs of letters and digits, tones moved to one place, in lower case.
2. Two syllables are compared by what recognition does to paper: a lost or changed mark costs little (“Giay” for
   “Giấy”), a digit that looks like a letter a little more (“5inh”), one wrong letter in four and two in six more
   still.  A syllable that is a word of the catalogue itself is never taken for another one: “tử” is not “sinh”.
3. A phrase is aligned to the page at the few places where enough of its syllables stand at the right distance, so
   all phrases of the catalogue are tried on a page in milliseconds.  The alignment may join a syllable that was
   torn apart, part two that were run together, pass over a stray mark, and in long phrases forgive one syllable.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil

from rapidfuzz.distance import Levenshtein

from pipeline.model import Word
from sohoa.text import fold, match_form

FOUND = 0.78
"""Score from which a phrase counts as found: one damaged syllable in three passes, a different word does not."""

_SYLLABLE = re.compile(r"[^\W_]+")
_LOOKALIKE = str.maketrans("015|!8ð", "oisiibd")
"""Signs that stand for a letter after recognition; ð is the Icelandic letter that looks like đ."""
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$")
_MARK_COST, _LOOKALIKE_SCORE = 0.04, 0.86
_ONE_LETTER, _ONE_LETTER_OF_THREE, _TWO_LETTERS = 0.75, 0.55, 0.55
_TORN, _STRAY_COST, _GARBLED = 0.9, 1.0, 0.15
_FORGIVE_FROM = 5
"""Syllables from which a phrase may have one that is unreadable or missing."""
_CANDIDATES, _PREFERENCE = 4, 0.1


@dataclass(frozen=True, slots=True)
class Syllable:
    """One run of letters and digits: as compared, without marks, with look-alikes made equal; ``word`` is its index."""

    exact: str
    plain: str
    shape: str
    word: int


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase was found: ``first`` to ``last`` (inclusive) index words, ``score`` is 0–1.

    ``end`` is the index behind its last syllable, ``length`` how many of the phrase's syllables were compared.
    """

    first: int
    last: int
    score: float
    end: int
    length: int


@lru_cache(maxsize=65536)
def _forms(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the three forms of each syllable of ``text``; a page repeats most of its words."""
    exact = _SYLLABLE.findall(match_form(text))
    plain = [fold(token) for token in exact]
    return tuple((e, p, _FINAL_Y.sub("i", p.translate(_LOOKALIKE))) for e, p in zip(exact, plain, strict=True))


def syllables(text: str, word: int = 0) -> list[Syllable]:
    """Return the syllables of ``text``, all said to be part of that word."""
    return [Syllable(*forms, word) for forms in _forms(text)]


def page_syllables(words: Iterable[Word]) -> list[Syllable]:
    """Return the syllables of a page's words in reading order."""
    return [syllable for place, word in enumerate(words) for syllable in syllables(word.text, place)]


class Phrase:
    """A phrase made ready for matching."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.syllables = tuple(syllables(text))
        self.letters = sum(len(s.plain) for s in self.syllables)

    def __len__(self) -> int:
        return len(self.syllables)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The phrase without marks, for telling equal phrases apart from different ones."""
        return tuple(s.plain for s in self.syllables)


class Index:
    """Where each syllable stands in a page, made once per page."""

    def __init__(self, found: Sequence[Syllable]) -> None:
        self.syllables = tuple(found)
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, syllable in enumerate(self.syllables):
            self.places[syllable.shape].append(place)


class Matcher:
    """Compares phrases with pages; ``vocabulary`` holds the mark-free syllables that are words of their own."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.vocabulary = frozenset(vocabulary)
        self._known: dict[tuple[str, str], float] = {}

    def find(self, phrase: Phrase, index: Index, prefer: Set[int] = frozenset()) -> Match | None:
        """Return the best place of ``phrase`` in the page, or None when it is not there.

        ``prefer`` holds syllables that are likelier beginnings; they win over an equally good place elsewhere.
        """
        best: tuple[float, Match] | None = None
        for start in self._starts(phrase, index, prefer):
            match = self.at(phrase, index.syllables, start)
            if match is not None:
                worth = match.score + (_PREFERENCE if start in prefer else 0.0)
                if best is None or worth > best[0]:
                    best = worth, match
        return best[1] if best else None

    def at(self, phrase: Phrase, page: Sequence[Syllable], start: int) -> Match | None:
        """Return the match of ``phrase`` that begins at syllable ``start`` of ``page``, or None below FOUND."""
        if not phrase.syllables or start >= len(page):
            return None
        points, end = self._align(phrase.syllables, page, 0, start, len(phrase) >= _FORGIVE_FROM)
        score = points / phrase.letters
        if end == start or score < FOUND:
            return None
        return Match(page[start].word, page[end - 1].word, min(1.0, score), end, len(phrase))

    def similarity(self, wanted: Syllable, found: Syllable) -> float:
        """Return how well one syllable stands for another: 1 equal, 0 another word."""
        key = (wanted.exact, found.exact)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compare(wanted, found)
        return known

    def _compare(self, wanted: Syllable, found: Syllable) -> float:
        if wanted.exact == found.exact:
            return 1.0
        if wanted.plain == found.plain:
            changed = sum(a != b for a, b in zip(wanted.exact, found.exact, strict=True))
            return 1.0 - _MARK_COST * min(changed, 3)
        if wanted.shape == found.shape:
            return _LOOKALIKE_SCORE
        size = len(wanted.shape)
        if size < 3 or found.plain in self.vocabulary:
            return 0.0
        distance = Levenshtein.distance(wanted.shape, found.shape, score_cutoff=2)
        if distance == 1:
            return _ONE_LETTER if size >= 4 else _ONE_LETTER_OF_THREE
        return _TWO_LETTERS if distance == 2 and size >= 6 else 0.0

    def _starts(self, phrase: Phrase, index: Index, prefer: Set[int]) -> list[int]:
        """Return where the phrase may begin: places that enough of its syllables agree on, best first.

        A torn or joined syllable shifts those behind it by one, so a neighbouring place's votes count along.
        """
        needed = max(1, ceil(len(phrase) * 0.4))
        if sum(s.shape in index.places for s in phrase.syllables) < needed:
            return []
        votes: Counter[int] = Counter()
        for place, syllable in enumerate(phrase.syllables):
            for seen in index.places.get(syllable.shape, ()):
                votes[seen - place] += 1
        if max(votes.values(), default=0) * 2 < needed:
            return []
        shifted = {s: own + max(votes.get(s - 1, 0), votes.get(s + 1, 0)) for s, own in votes.items() if s >= 0}
        ranked = sorted((-votes[s], s not in prefer, -sum_, s) for s, sum_ in shifted.items() if sum_ >= needed)
        return [start for *_, start in ranked[:_CANDIDATES]]

    def _align(
        self, wanted: Sequence[Syllable], page: Sequence[Syllable], i: int, j: int, forgive: bool
    ) -> tuple[float, int]:
        """Return the most points that ``wanted[i:]`` can earn from ``page[j:]``, and where that ends.

        A syllable earns its letters times its similarity.
        """
        if i == len(wanted):
            return 0.0, j
        best = (-1e9, j)
        syllable = wanted[i]
        if j < len(page):
            alike = self.similarity(syllable, page[j])
            if alike == 1.0:
                rest, end = self._align(wanted, page, i + 1, j + 1, forgive)
                return len(syllable.plain) + rest, end
            best = self._damaged(wanted, page, i, j, forgive, alike)
        if forgive and 0 < i < len(wanted) - 1:
            rest, end = self._align(wanted, page, i + 1, j, False)
            best = max(best, (rest, end))
        return best

    def _damaged(
        self, wanted: Sequence[Syllable], page: Sequence[Syllable], i: int, j: int, forgive: bool, alike: float
    ) -> tuple[float, int]:
        """Try every way in which ``page[j]`` can be a damaged ``wanted[i]``."""
        size = len(wanted[i].plain)
        ways: list[tuple[float, int]] = []

        def way(points: float, used: int, taken: int, left: bool) -> None:
            rest, end = self._align(wanted, page, i + used, j + taken, left)
            ways.append((points + rest, end))

        if alike > 0:
            way(size * alike, 1, 1, forgive)
        if j + 1 < len(page) and page[j].plain + page[j + 1].plain == wanted[i].plain:
            way(size * _TORN, 1, 2, forgive)
        if i + 1 < len(wanted) and page[j].plain == wanted[i].plain + wanted[i + 1].plain:
            way(len(page[j].plain) * _TORN, 2, 1, forgive)
        strange = page[j].plain not in self.vocabulary
        if i > 0 and strange and len(page[j].plain) <= 2 and j + 1 < len(page):
            way(-_STRAY_COST, 0, 1, forgive)
        if forgive and strange and alike == 0:
            way(size * _GARBLED, 1, 1, False)
        return max(ways, default=(-1e9, j))
