"""Where the baseline of a recognised line runs and how large its letters are, from the ink boxes of its words.

1. The letters of a word say how far its ink reaches above and below the baseline, in parts of the font size:
   “con” has no more than small letters, “Ế” carries two marks on a capital, “ợ” has a dot below.
2. Each word's box then gives a font size and a baseline; the line takes the median of the sizes, and a straight
   baseline through the medians (Theil and Sen), so one box over a seal or a border does not spoil the line.
3. A word that is far off (another font size, another baseline) keeps its own place.

The reaches were measured on a Times-like font with Vietnamese marks (Tinos); other faces differ by a few hundredths.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from pipeline.model import Word

_ASCENDERS = frozenset("bdfhklđ()[]{}|")
_DESCENDERS = frozenset("gjpqy()[]{}|Q")
_X_HEIGHT, _ASCENT, _DESCENT = 0.47, 0.69, 0.215
_CAPITAL, _MARKED_CAPITAL, _MARK_ON_MARK = 0.66, 0.86, 0.035
_DOT_BELOW, _COMMA = 0.166, 0.15
_HORN = 0.10
_MARKS_ABOVE = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")
_DOT, _HORN_MARK = "\u0323", "\u031b"
_SAME_SIZE = (0.5, 2.0)
"""A word whose own font size is within these ratios of its line's is taken to be of the line."""
_SAME_LINE = 0.5
"""Parts of the font size that a word's baseline may be off before it keeps its own."""
_LEVEL = 0.1
"""A slope that moves the baseline by less than this part of the font size over the line is not real."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and where its text goes, in px of the upright page: left end, baseline, width and font size."""

    text: str
    left: float
    baseline: float
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class _Fit:
    centre: float
    baseline: float
    size: float


def place_line(words: Sequence[Word]) -> list[PlacedWord]:
    """Return the words of one line with their baselines and font sizes."""
    own = [_fit(word) for word in words]
    fits = [fit for fit in own if fit is not None]
    if not fits:  # nothing but dashes and dots: the boxes are all there is
        size = float(max(word.box.height for word in words))
        return [_placed(word, float(word.box.bottom), size) for word in words]
    size = median(fit.size for fit in fits)
    slope = _slope(fits, size)
    offset = median(fit.baseline - slope * fit.centre for fit in fits)
    placed = []
    for word, fit in zip(words, own, strict=True):
        baseline = offset + slope * _centre(word)
        if fit is not None and not _belongs(fit, baseline, size):
            placed.append(_placed(word, fit.baseline, fit.size))
        else:
            placed.append(_placed(word, baseline, size))
    return placed


def _placed(word: Word, baseline: float, size: float) -> PlacedWord:
    return PlacedWord(word.text, float(word.box.left), baseline, float(max(1, word.box.width)), max(1.0, size))


def _centre(word: Word) -> float:
    return (word.box.left + word.box.right) / 2


def _fit(word: Word) -> _Fit | None:
    """Return what this word alone says of its line, or None when its characters say nothing of the size."""
    reach = _reach(word.text)
    if reach is None or word.box.height <= 0:
        return None
    above, below = reach
    size = word.box.height / (above + below)
    return _Fit(_centre(word), word.box.bottom - below * size, size)


def _belongs(fit: _Fit, baseline: float, size: float) -> bool:
    return _SAME_SIZE[0] <= fit.size / size <= _SAME_SIZE[1] and abs(fit.baseline - baseline) <= _SAME_LINE * size


def _slope(fits: Sequence[_Fit], size: float) -> float:
    """Return the median slope between words at least half a line apart; 0 for short or level lines."""
    ordered = sorted(fits, key=lambda fit: fit.centre)
    span = ordered[-1].centre - ordered[0].centre
    slopes = [
        (b.baseline - a.baseline) / (b.centre - a.centre)
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 :]
        if b.centre - a.centre >= max(span / 2, 4 * size)
    ]
    slope = median(slopes) if slopes else 0.0
    return slope if abs(slope) * span > _LEVEL * size else 0.0


@lru_cache(maxsize=16_384)
def _reach(text: str) -> tuple[float, float] | None:
    """Return how far the ink of a word goes above and below the baseline, in parts of the font size."""
    if not any(char.isalnum() for char in text):
        return None
    reaches = [_char_reach(char) for char in text]
    return max(above for above, _ in reaches), max(below for _, below in reaches)


@lru_cache(maxsize=4096)
def _char_reach(char: str) -> tuple[float, float]:
    """Return the same for one NFC character."""
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    stacked = sum(mark in _MARKS_ABOVE for mark in marks)
    below = _DOT_BELOW if _DOT in marks else 0.0
    if base in _DESCENDERS:
        below = _DESCENT
    elif base in ",;":
        below = _COMMA
    return _height(base, _HORN_MARK in marks, stacked), below


def _height(base: str, horn: bool, stacked: int) -> float:
    if base.isupper():
        top = _MARKED_CAPITAL if stacked else _CAPITAL + _HORN / 2 * horn
    elif base in _ASCENDERS or stacked:
        top = _ASCENT
    elif base in ".,_-–…":
        top = _HORN
    elif base == "t" or (horn and base in "ou"):
        top = _X_HEIGHT + _HORN
    elif base in "ij" or not base.isalpha():
        top = _CAPITAL
    else:
        top = _X_HEIGHT
    return top + _MARK_ON_MARK * max(0, stacked - 1)
