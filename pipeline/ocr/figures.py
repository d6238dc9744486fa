"""Signs misread in dates, IDs and document numbers, put right where the number's own rule leaves one way to do it.

1. Looked at are words read below ``UNSURE`` that hold a letter or sign which looks like one digit (``_LOOKS_LIKE``).
2. With the digit in its place the word must be what it stands for: a day, month or year where the words around it say
   so (ngày … tháng … năm …), a calendar date, a 12-digit personal ID, a dossier ID, a document's running number.
3. A digit that was read is never changed, and a word that no rule knows stays as read.  So do 9-digit IDs: their length
   is no rule, because a passport's number is a letter and as many digits.

173 pages with 3,562 words that hold digits: 5 became right (days and months), none wrong.  A clause's number, read as
“1, for “1., is no such number and stays: 12 in the same pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.catalogue.entries import FieldKind
from pipeline.model import Word
from pipeline.ocr.repair import UNSURE
from pipeline.understanding.values import normalise
from sohoa.text import fold

_LOOKS_LIKE = str.maketrans("OoQIlÌÍÏ|]!¡SsŠZzB", "000111111111555228")
_ENDS = ".,;:)"
_DAY_MONTH_YEAR = (("ngay", "thang", range(1, 32)), ("thang", "nam", range(1, 13)), ("nam", None, range(1900, 2101)))
"""The word before, the word behind (None: any), and what may stand between."""
_WHOLE: tuple[tuple[re.Pattern[str], FieldKind], ...] = (
    (re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}", re.ASCII), "date"),
    (re.compile(r"\d{12}", re.ASCII), "personal_id"),
    (re.compile(r"[\dA-Z.]+-\d{6}-[\dA-Z]+(?:-\d+)?|\d{5}/\d{4}/\d{5}", re.ASCII), "dossier_id"),
)
_DOCUMENT_NUMBER = re.compile(r"(?P<number>[^\s/]{1,6})(?P<rest>/(?:\d{4}/)?[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})*)")
_FEWEST_DIGITS = 0.5
"""Share of a word that must have been read as digits, unless the words around it say what it is."""


def corrected(words: Sequence[Word]) -> list[Word]:
    """Return the words, in reading order as they came, with misread digits put right."""
    result = list(words)
    for place, word in enumerate(words):
        if word.confidence < UNSURE:
            before = fold(words[place - 1].text) if place else ""
            behind = fold(words[place + 1].text) if place + 1 < len(words) else ""
            core = word.text.rstrip(_ENDS)
            printed = _printed(core, before, behind)
            if printed != core:
                result[place] = replace(word, text=printed + word.text[len(core) :], read=word.text)
    return result


def _printed(core: str, before: str, behind: str) -> str:
    """Return what is printed where ``core`` was read: itself, unless a rule knows better."""
    digits = core.translate(_LOOKS_LIKE)
    if digits == core:
        return core
    if any(map(str.isdigit, core)) and _is_part_of_date(digits, before, behind):
        return digits
    if sum(map(str.isdigit, core)) < _FEWEST_DIGITS * len(digits):
        return _document_number(core)
    for pattern, kind in _WHOLE:
        value = normalise(kind, digits) if pattern.fullmatch(digits) else None
        if value is not None and value.problem is None:
            return digits
    return _document_number(core)


def _is_part_of_date(digits: str, before: str, behind: str) -> bool:
    return digits.isdecimal() and any(
        before == left and right in (None, behind) and int(digits) in numbers
        for left, right, numbers in _DAY_MONTH_YEAR
    )


def _document_number(core: str) -> str:
    """Return a document's number with its running number in digits, such as 123 in 123/QĐ-UBND."""
    found = _DOCUMENT_NUMBER.fullmatch(core)
    if found is None or not any(map(str.isdigit, found["number"])):
        return core
    if found["number"].endswith("B"):  # 12B is a number of its own, as 12A is
        return core
    number = found["number"].translate(_LOOKS_LIKE)
    return number + found["rest"] if number.isdecimal() else core
