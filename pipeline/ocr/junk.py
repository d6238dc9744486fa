"""What an engine reads into pen strokes, seals and specks, told from print that is only hard to read.

Nothing is taken from the page's picture; a word left out here is just not said to be text.

1. Below ``HARDLY`` nothing is believed.  Below ``SURE`` a word must look like something that is printed on a form: a
   Vietnamese syllable, a number or a date.
2. A word without a letter or digit must be a mark that forms use, such as a dash before an item.
3. A line must have a word to build on: one that is in no doubt and has letters, or a lone number.  A line of mostly
   single digits and letters, read without confidence, is a guilloche or a signature.  One that is as a whole below
   ``SURE`` without any word above ``_PRINTED`` is handwriting: a name made up from it (“Trâu Quá” of Trần Quốc Bình)
   would be found and believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from pipeline.model import Word
from pipeline.ocr.syllable import is_syllable

HARDLY = 30.0
SURE = 60.0
NO_DOUBT = 70.0
"""Of a line's best word.  60 left scribbles in (hard pages 1.25 % of errors for 1.19), 80 lost lines of the laws."""
_MARKS = frozenset(["-", "–", "—", "+", "*", ":", ";", ",", ".", "(", ")", "&", "/", "%"])
_NUMBER = re.compile(r"[(\[]?\d[\d.,/:\-–]*%?[)\].,;:]?")
_WRAPPING = ".,;:!?()[]\"'“”‘’-–/*"
_POOR_LINE, _PRINTED = 72.0, 80.0
_SHORT = 2


def without_junk(words: Iterable[Word]) -> list[Word]:
    """Return the words that are believed; ``words`` come line by line."""
    kept: list[Word] = []
    for _, line in groupby(words, key=lambda w: w.line):
        believed = [word for word in line if _believed(word)]
        if _is_text(believed):
            kept += believed
    return kept


def _believed(word: Word) -> bool:
    if not any(map(str.isalnum, word.text)):
        return word.text in _MARKS and word.confidence >= SURE
    if word.confidence >= SURE:
        return True
    return word.confidence >= HARDLY and _looks_printed(word.text)


def _looks_printed(text: str) -> bool:
    bare = text.strip(_WRAPPING)
    if _NUMBER.fullmatch(bare):
        return True
    cased = bare.islower() or bare.istitle() or bare.isupper()
    return len(bare) > 1 and cased and is_syllable(bare)


def _is_text(line: Sequence[Word]) -> bool:
    """Tell whether a line has a word to build on and does not read like a scribble as a whole."""
    if not any(w.confidence >= NO_DOUBT and _has_base(w.text) for w in line):
        return len(line) == 1 and bool(_NUMBER.fullmatch(line[0].text)) and line[0].confidence >= _POOR_LINE
    size = sum(len(w.text) for w in line)
    mean = sum(w.confidence * len(w.text) for w in line) / size
    short = sum(len(w.text) <= _SHORT for w in line)
    handwritten = mean < SURE and max(w.confidence for w in line) < _PRINTED
    return mean >= _POOR_LINE or (short <= len(line) / 2 and not handwritten)


def _has_base(text: str) -> bool:
    """Tell whether a word can carry a line: two letters in a row, or a number of some length."""
    return bool(re.search(r"[^\W\d_]{2}|\d{3}", text))
