"""How text becomes words to match: the same for what is indexed, what is asked and what is marked.

A word is a run of letters and digits; everything else separates.  Its ``folded`` form drops marks and đ's bar,
its ``exact`` form keeps them and only settles where a tone is written (hòa, hoà).  The patterns find the same
words in the original text, so what is marked is the page's own spelling, at its own place.

The digits of a number in the boxes of a form are words by themselves; together they are one more word, the number as
the officer who asks for it types it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from sohoa.text import fold, match_form, nfc

_WORD = re.compile(r"[^\W_]+")
_BOXED = re.compile(r"(?<!\S)[0-9](?: [0-9](?!\S)){3,}")
_FEWEST_BOXES = 4
_LONGEST = 64
"""Characters of a word that count; only noise and base64 have longer ones."""

_LETTERS = (*range(0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))
"""Latin, Greek and Cyrillic: the code points among which a letter's marked and capital forms are looked for."""

_TONE_AT_END = re.compile(r"(?P<first>\w)(?P<second>\w)(?P<tone>[\u0300-\u036f])$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its two forms, each at most 64 characters."""

    folded: str
    exact: str


def words(text: str) -> list[Word]:
    """Return the words of NFC ``text`` in order."""
    return [_word(found) for found in _WORD.findall(text)]


def boxed_numbers(text: str) -> list[str]:
    """Return the numbers that stand digit by digit on the page, four digits and more."""
    return [found.replace(" ", "") for found in _BOXED.findall(text)]


@lru_cache(maxsize=1024)
def folded_pattern(phrase: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds folded words one behind the other in original text, however they are marked.

    It matches up to the end of the last word; that it begins at a word's beginning is left to the caller, since a
    pattern with a look-behind is searched for more slowly.  Marking the original by classes of letters takes
    15-45 µs a page; folding the page first took 140 µs.
    """
    return _pattern(_boxed(word) or "".join(map(_spellings, word)) for word in phrase)


@lru_cache(maxsize=1024)
def exact_pattern(phrase: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds exact words one behind the other, in either letter case and tone placement."""
    spelled = ("(?:" + "|".join(map(_either_case, _placements(word))) + ")" for word in phrase)
    return _pattern(_boxed(word) or spelling for word, spelling in zip(phrase, spelled, strict=True))


# Vietnamese has some 7,000 syllables, so nearly every word of a page is met again: 0.1 µs instead of 3 µs.
@lru_cache(maxsize=65_536)
def _word(found: str) -> Word:
    return Word(fold(found)[:_LONGEST], match_form(found)[:_LONGEST])


def _pattern(phrase: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"[\W_]+".join(phrase) + r"(?![^\W_])")


def _boxed(word: str) -> str:
    """Return a pattern for a number that may stand digit by digit; empty for any other word."""
    return " ?".join(word) if len(word) >= _FEWEST_BOXES and word.isdecimal() and word.isascii() else ""


@cache
def _spellings(char: str) -> str:
    found = _folding_to().get(char, char)
    return f"[{re.escape(found)}]" if len(found) > 1 else re.escape(found)


@cache
def _folding_to() -> dict[str, str]:
    """Return, for each folded letter, every letter that folds to it."""
    found: dict[str, str] = {}
    for code in _LETTERS:
        folded = fold(chr(code))
        found[folded] = found.get(folded, "") + chr(code)
    return found


def _placements(word: str) -> list[str]:
    """Return an exact word, and the same with its tone written on the other vowel when that is also usual."""
    tone = _TONE_AT_END.search(unicodedata.normalize("NFD", word))
    if tone is None:
        return [word]
    other = nfc(tone.string[: tone.start()] + tone["first"] + tone["tone"] + tone["second"])
    return [word, other] if match_form(other) == word else [word]


def _either_case(word: str) -> str:
    cases = (char + char.upper() if len(char.upper()) == 1 else char for char in word)
    return "".join(f"[{re.escape(both)}]" for both in cases)
