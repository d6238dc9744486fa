"""What an engine reads into pen strokes, seals and specks, told from print that is only hard to read.

Nothing is taken from the page's picture; a word left out here is just not said to be text.

1. Below ``SURE`` a word must look like something: a Vietnamese syllable, a number, a date, or a mark of punctuation that
   touches a word.  Below ``HARDLY`` nothing is believed.
2. A line in which no word is believed and that has no letter of its own size is a scribble.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.model import Word
from sohoa.text import fold

HARDLY = 30.0
SURE = 60.0
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ph|th|tr|ch|gh|gi|kh|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|[ioueya]{1,2})(?:ch|ng|nh|[cmnpt])?"
)
_NUMBER = re.compile(r"[(\[]?\d[\d.,/:\-–]*%?[)\].,;:]?")
_WRAPPING = ".,;:!?()[]\"'“”‘’-–/*"


def without_junk(words: Iterable[Word]) -> list[Word]:
    """Return the words that are believed; ``words`` come line by line."""
    kept: list[Word] = []
    for _, line in groupby(words, key=lambda w: w.line):
        members = list(line)
        believed = [w for w in members if _believed(w)]
        if _is_text(believed):
            kept += believed
    return kept


def _believed(word: Word) -> bool:
    if word.confidence >= SURE:
        return True
    return word.confidence >= HARDLY and _looks_like_text(word.text)


def _looks_like_text(text: str) -> bool:
    bare = text.strip(_WRAPPING)
    if not bare:
        return False
    if _NUMBER.fullmatch(bare):
        return len(bare) > 1
    return (
        len(bare) > 1 and (bare.islower() or bare.istitle() or bare.isupper()) and bool(_SYLLABLE.fullmatch(fold(bare)))
    )


def _is_text(line: Sequence[Word]) -> bool:
    """Tell whether a line has one word to build on: sure, and of more than a letter or a digit."""
    return any(w.confidence >= SURE and any(map(str.isalnum, w.text)) for w in line)
