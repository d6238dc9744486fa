"""Field values: brought to one form, and checked for what cannot be.

Nothing is repaired: a value that cannot be keeps the words of the page and gets a ``Problem``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.catalogue.entries import FieldKind
from sohoa import ids
from sohoa.text import fold

_DIGITS = re.compile(r"\d+")
_EARLIEST, _LATEST = 1850, 2150
_PROVINCES = range(1, 97)
"""Birth-registration codes in use run from 001 (Hà Nội) to 096 (Cà Mau), with gaps."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be, in Vietnamese and in English; never quotes the value."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Value:
    """A normalised value, or the page's own words together with the problem."""

    text: str
    problem: Problem | None = None


_NO_SUCH_DATE = Problem("ngày không có trong lịch", "no such calendar date")
_NOT_DIGITS = Problem("có chữ lẫn trong số định danh", "letters among the digits of a personal ID")
_WRONG_LENGTH = Problem("số định danh không đủ 12 chữ số", "a personal ID has 12 digits")
_NO_SUCH_PROVINCE = Problem("mã nơi đăng ký khai sinh không có", "no such birth-registration code in the personal ID")
_NOT_AN_ID = Problem("mã hồ sơ không hợp lệ", "not a valid dossier ID")
GENDER_CONTRADICTS = Problem(
    "chữ số thứ 4 của số định danh không khớp giới tính hoặc năm sinh",
    "digit 4 of the personal ID contradicts the gender or the year of birth",
)
YEAR_CONTRADICTS = Problem(
    "chữ số 5–6 của số định danh không khớp năm sinh", "digits 5–6 of the personal ID contradict the year of birth"
)


def normalise(kind: FieldKind, raw: str) -> Value | None:
    """Return the value that ``raw`` stands for, or None when it is no value of that kind at all."""
    return _NORMALISERS[kind](" ".join(raw.split()).strip(" .…_"))


def contradiction(personal_id: str, gender: str | None, born: dt.date | None) -> Problem | None:
    """Return what in a 12-digit personal ID contradicts the gender (Nam, Nữ) or the date of birth.

    Digit 4 is 0/1 for men/women born 1900–1999, 2/3 for 2000–2099; digits 5–6 are the year of birth (Circular
    59/2021/TT-BCA).
    """
    if len(personal_id) != 12:
        return None
    mark, year = int(personal_id[3]), int(personal_id[4:6])
    if gender is not None and mark % 2 != (gender == "Nữ"):
        return GENDER_CONTRADICTS
    if born is not None and mark // 2 != born.year // 100 - 19:
        return GENDER_CONTRADICTS
    if born is not None and year != born.year % 100:
        return YEAR_CONTRADICTS
    return None


def _date(raw: str) -> Value | None:
    numbers = _DIGITS.findall(raw)
    if len(numbers) != 3:
        return None
    day, month, year = map(int, numbers)
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return Value(raw, _NO_SUCH_DATE)
    return Value(date.isoformat()) if _EARLIEST <= year <= _LATEST else Value(raw, _NO_SUCH_DATE)


def _name(raw: str) -> Value | None:
    """Keep the leading words that begin with a capital: what follows is the form's own text.

    A name printed in capitals is given as people write it; the rule keeps the page's own words.
    """
    words: list[str] = []
    for word in raw.split():
        if not word[0].isupper():
            break
        words.append(word)
    name = " ".join(words)
    return Value(name.title() if name.isupper() else name) if len(words) >= 2 else None


def _personal_id(raw: str) -> Value | None:
    text = re.sub(r"[\s|{}\[\]]", "", raw)
    if not text.isdigit():
        return Value(raw, _NOT_DIGITS)
    if len(text) == 9:
        return Value(text)
    if len(text) != 12:
        return Value(raw, _WRONG_LENGTH)
    if int(text[:3]) not in _PROVINCES:
        return Value(raw, _NO_SUCH_PROVINCE)
    return Value(text)


def _dossier_id(raw: str) -> Value | None:
    parsed = ids.try_parse(raw)
    return Value(parsed.text) if parsed else Value(raw, _NOT_AN_ID)


def _number(raw: str) -> Value | None:
    text = re.sub(r"\s*([/\-–])\s*", r"\1", raw).strip(" ,;:")
    return Value(text) if text else None


def _money(raw: str) -> Value | None:
    return Value(re.sub(r"\D", "", raw))


def _area(raw: str) -> Value | None:
    """Read “1.250,5” (thousands dot, decimal comma) and “1250.5” alike."""
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", raw)
    return Value(raw.replace(".", "").replace(",", ".") if grouped else raw.replace(",", "."))


def _gender(raw: str) -> Value | None:
    return {"nam": Value("Nam"), "nu": Value("Nữ")}.get(fold(raw))


def _text(raw: str) -> Value | None:
    return Value(raw) if any(c.isalnum() for c in raw) else None


_NORMALISERS: dict[FieldKind, Callable[[str], Value | None]] = {
    "date": _date,
    "name": _name,
    "personal_id": _personal_id,
    "dossier_id": _dossier_id,
    "number": _number,
    "money": _money,
    "area": _area,
    "gender": _gender,
    "text": _text,
}
