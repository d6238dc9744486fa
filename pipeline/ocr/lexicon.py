"""How often Vietnamese syllables stand in official texts, alone and side by side: what is likely to be printed.

``data/syllables.tsv`` and ``data/pairs.tsv`` count the small-letter syllables of the national catalogue of procedures
(2,641, July 2026) and of 207 laws of the National Assembly (1957–2022), 4.9 million, a paragraph that recurs once;
``scripts/count-syllables`` makes them.  Official texts have no copyright (Law on Intellectual Property, art. 15).  A
syllable counted less than ``FEWEST`` times is not in the list, nor a pair counted less than five times.

``likelihood`` is a bigram model: a pair that was never counted falls back on its syllables' own counts, and weighs the
more against them the more often they were counted (Dirichlet smoothing, MacKay and Peto 1995).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from math import log

FEWEST = 3
_PSEUDO_PAIRS = 10.0
"""How many counted pairs the fall-back weighs: 3, 30 and 100 repaired no more (``repair``)."""
_PSEUDO_SYLLABLE = 0.1
_POSSIBLE = 20_000
"""About as many syllables are possible (``syllable``)."""
_DATA = "pipeline.ocr.data"


class Lexicon:
    """Counts of syllables, and of pairs by their left syllable; lower case, NFC."""

    def __init__(self, counts: dict[str, int], pairs: dict[str, dict[str, int]]) -> None:
        self._counts, self._pairs = counts, pairs
        self._all = sum(counts.values()) + _PSEUDO_SYLLABLE * _POSSIBLE

    def __contains__(self, syllable: str) -> bool:
        return syllable in self._counts

    def together(self, left: str | None, syllable: str, right: str | None) -> int:
        """Return how often ``syllable`` was counted beside its neighbours, both sides together."""
        after_left = self._pairs.get(left, {}).get(syllable, 0) if left else 0
        return after_left + (self._pairs.get(syllable, {}).get(right, 0) if right else 0)

    def likelihood(self, left: str | None, syllable: str, right: str | None) -> float:
        """Return the natural logarithm of how likely ``syllable`` is between its neighbours, up to a constant.

        None is a neighbour that is not known, such as one beyond a full stop.
        """
        score = log(self._following(left, syllable) if left else self._alone(syllable))
        return score + (log(self._following(syllable, right) / self._alone(right)) if right else 0.0)

    def _following(self, left: str, right: str) -> float:
        seen = self._pairs.get(left, {}).get(right, 0)
        return (seen + _PSEUDO_PAIRS * self._alone(right)) / (self._counts.get(left, 0) + _PSEUDO_PAIRS)

    def _alone(self, syllable: str) -> float:
        return (self._counts.get(syllable, 0) + _PSEUDO_SYLLABLE) / self._all


@cache
def lexicon() -> Lexicon:
    """Return the project's own lexicon, read once per process."""
    counts = {syllable: int(count) for syllable, count in _rows("syllables.tsv")}
    pairs: dict[str, dict[str, int]] = {}
    for left, *rights in _rows("pairs.tsv"):
        pairs[left] = {right: int(count) for right, count in zip(rights[::2], rights[1::2], strict=True)}
    return Lexicon(counts, pairs)


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files(_DATA).joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
