"""What a dossier's fields say of each other: dates that cannot follow, and personal IDs that nearly agree.

1. Nobody is born after a paper about them, no receipt is answered before it is given, no paper is dated after the day
   on which it was scanned.  Which of two dates was misread nobody can tell: both are doubtful then, and a finding.
2. A personal ID has no check digit: one wrong digit makes another person.  Read once it is never sure; it is when it
   stands in the dossier a second time, or in an ID card's code.  Two that differ in one or two digits are a finding:
   one of them is wrong, on the paper or in the reading.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pipeline.catalogue.entries import Catalogue
from pipeline.findings import finding
from pipeline.model import Document, FieldValue, Finding
from pipeline.understanding.labels import field_label

UNSURE_ID = 0.85
"""The most that a personal ID gets that nothing else in the dossier says again."""
_DOUBTFUL = 0.5
_NEARLY = 2
"""Digits in which two readings of one number may differ; two people of one family differ in more."""
_DIGITS = 12
_BORN = ("ngay_sinh", "sinh_luc")
_DIED = ("ngay_chet", "chet_luc", "tu_vong_luc")
_WRITTEN = ("ngay_ban_hanh", "ngay_dang_ky", "ngay_cap", "ngay_lap", "thoi_gian_nhan")
_ORDER = (
    *((born, later) for born in _BORN for later in (*_DIED, *_WRITTEN)),
    *((died, written) for died in _DIED for written in _WRITTEN),
    ("thoi_gian_nhan", "thoi_gian_tra"),
)
_PAST = (*_BORN, *_DIED, *_WRITTEN)


@dataclass(frozen=True, slots=True)
class Checked:
    """The documents with what is sure of their fields now, and what does not fit."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def crosscheck(documents: Sequence[Document], catalogue: Catalogue, today: dt.date | None) -> Checked:
    """Return the documents of a dossier with their fields held against each other, and against ``today``."""
    findings: list[Finding] = []
    doubtful: set[tuple[int, str]] = set()
    for number, document in enumerate(documents):
        for names, found in _dates(document, today):
            doubtful |= {(number, name) for name in names}
            findings.append(found)
    numbers = [(place, one) for place, document in enumerate(documents) for one in _personal_ids(document, catalogue)]
    findings += _near(numbers, documents)
    said = Counter(one.value for _, one in numbers)
    unsure = {(place, one.name) for place, one in numbers if said[one.value] < 2 and not one.rule.endswith(" QR")}
    checked = tuple(
        replace(document, fields=tuple(_held(place, one, doubtful, unsure) for one in document.fields))
        for place, document in enumerate(documents)
    )
    return Checked(checked, tuple(findings))


def _held(place: int, field: FieldValue, doubtful: set[tuple[int, str]], unsure: set[tuple[int, str]]) -> FieldValue:
    most = _DOUBTFUL if (place, field.name) in doubtful else UNSURE_ID if (place, field.name) in unsure else 1.0
    return field if field.confidence <= most else replace(field, confidence=most)


def _dates(document: Document, today: dt.date | None) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """Yield the fields of a document whose dates cannot be as they are, and why."""
    dates = {one.name: (date, one) for one in document.fields if (date := _as_date(one)) is not None}
    for earlier, later in _ORDER:
        if earlier in dates and later in dates and dates[earlier][0] > dates[later][0]:
            told = {"first": f"“{field_label(earlier)}”", "second": f"“{field_label(later)}”"}
            page = dates[later][1].page
            yield (earlier, later), finding("date-order", section=document.section, page=page, **told)
    for name in _PAST:
        if today is not None and name in dates and dates[name][0] > today:
            label = f"“{field_label(name)}”"
            yield (name,), finding("date-in-future", section=document.section, page=dates[name][1].page, field=label)


def _as_date(field: FieldValue) -> dt.date | None:
    try:
        return dt.date.fromisoformat(field.value) if field.confidence > 0 else None
    except ValueError:
        return None


def _personal_ids(document: Document, catalogue: Catalogue) -> Iterator[FieldValue]:
    doctype = catalogue.doctype(document.type.id)
    names = {field.name for field in doctype.fields if field.kind == "personal_id"} if doctype else set()
    for one in document.fields:
        if one.name in names and len(one.value) == _DIGITS and one.confidence > 0:
            yield one


def _near(numbers: Sequence[tuple[int, FieldValue]], documents: Sequence[Document]) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for (_, one), (place, other) in combinations(numbers, 2):
        unlike = sum(a != b for a, b in zip(one.value, other.value, strict=True))
        if 0 < unlike <= _NEARLY and (one.value, other.value) not in told:
            told.add((one.value, other.value))
            yield finding("id-nearly-same", section=documents[place].section, page=other.page, digits=unlike)
