"""The fields of a document, by its type's patterns.

1. Each pattern is tried on each page, first on the text as it stands, then on forms that forgive lost marks, columns
   and values on the line below their label, last behind a label found by likeness; the first value wins.
2. The value is normalised by its kind; what cannot be is kept as the page has it, with confidence 0, and is a finding.
3. A text that runs to the end of its line takes the next lines along while they plainly continue it.
4. Where a type speaks of one person, the personal ID is held against the gender and the date of birth.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.catalogue.entries import DocType, FieldPattern
from pipeline.findings import finding
from pipeline.model import FieldValue, Finding
from pipeline.understanding.labels import field_label
from pipeline.understanding.lines import PageLines, Reading, without_marks
from pipeline.understanding.matching import Matcher, Phrase
from pipeline.understanding.values import Problem, contradiction, normalise
from sohoa.ids import Section

DATE_FIELDS = (
    "ngay_ban_hanh",
    "ngay_dang_ky",
    "ngay_cap",
    "ngay_lap",
    "thoi_gian_nhan",
)
"""Fields that date a document, the best first."""

_FLAGS = re.IGNORECASE | re.MULTILINE
_CONTINUES = re.compile(r"\n[ \t]*(?=[a-zà-ỹđ(])(?P<more>[^\n:;]{3,150})(?=\n|$)")
_MORE_LINES = 3
_NEXT_LABEL = re.compile(r"[^\W\d_][^:\n]{1,50}:")
"""What follows an empty label is the form's next label: words and a colon."""


@dataclass(frozen=True, slots=True)
class FieldsRead:
    """The fields of one document, and what was impossible among them."""

    fields: tuple[FieldValue, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    field: FieldValue
    problem: Problem | None


def read_fields(doctype: DocType, pages: Sequence[PageLines], section: Section, matcher: Matcher) -> FieldsRead:
    """Return the fields of a document of that type; ``pages`` are its pages in order."""
    fields: list[FieldValue] = []
    findings: list[Finding] = []
    for pattern in doctype.fields:
        for lines in pages:
            read = _read(doctype, pattern, lines, matcher)
            if read is None:
                continue
            fields.append(read.field)
            if read.problem is not None:
                findings.append(_invalid(pattern.name, read.problem, section, read.field.page))
            break
    if doctype.one_person:
        findings += _contradictions(fields, section)
    return FieldsRead(tuple(fields), tuple(findings))


def document_date(fields: Sequence[FieldValue]) -> dt.date | None:
    """Return the date of the document that ``fields`` were read from, or None."""
    for name in DATE_FIELDS:
        date = _as_date(fields, name)
        if date is not None:
            return date
    return None


def _read(doctype: DocType, pattern: FieldPattern, lines: PageLines, matcher: Matcher) -> _Found | None:
    for reading in lines.readings:
        for match in _compiled(pattern.regex, reading.marks).finditer(reading.text):
            found = _found(doctype, pattern, lines, reading, match)
            if found is not None:
                return found
    return _read_by_likeness(doctype, pattern, lines, matcher)


def _read_by_likeness(doctype: DocType, pattern: FieldPattern, lines: PageLines, matcher: Matcher) -> _Found | None:
    """Find the label though some of its letters are wrong, and read the value behind it."""
    for label in pattern.labels:
        place = matcher.find(_phrase(label), lines.index)
        if place is None or pattern.after_label is None:
            continue
        behind = lines.end_of(place.last)
        for reading in lines.readings:
            match = _compiled(pattern.after_label, reading.marks).match(reading.text, behind)
            found = _found(doctype, pattern, lines, reading, match, place.score) if match else None
            if found is not None:
                return found
    return None


def _found(
    doctype: DocType,
    pattern: FieldPattern,
    lines: PageLines,
    reading: Reading,
    match: re.Match[str],
    likeness: float = 1.0,
) -> _Found | None:
    """Return the field that a match gives, or None when what stands there is no value of its kind."""
    start, end = match.span("v")
    if pattern.kind == "text":
        if _NEXT_LABEL.match(reading.text, start, end):
            return None
        end = _extended(reading.text, end)
    said = " ".join(lines.text[start:end].split())
    value = normalise(pattern.kind, said)
    if value is None:
        return None
    confidence = 0.0 if value.problem else round(reading.factor * likeness * lines.confidence(start, end), 3)
    rule = f"{doctype.id}.{pattern.name}"
    if said != value.text:
        rule = f"{rule} “{said}”"
    box = lines.box(start, end)
    return _Found(FieldValue(pattern.name, value.text, lines.view.number, box, confidence, rule), value.problem)


@lru_cache(maxsize=1024)
def _phrase(label: str) -> Phrase:
    return Phrase(label)


@lru_cache(maxsize=1024)
def _compiled(regex: str, marks: bool) -> re.Pattern[str]:
    return re.compile(regex if marks else without_marks(regex), _FLAGS)


def _extended(text: str, end: int) -> int:
    """Return where a value that runs to its line's end really ends."""
    for _ in range(_MORE_LINES):
        match = _CONTINUES.match(text, end)
        if match is None:
            return end
        end = match.end("more")
    return end


def _contradictions(fields: Sequence[FieldValue], section: Section) -> list[Finding]:
    """Hold the document's personal ID against gender and date of birth; the value stays as the page has it."""
    found = next((f for f in fields if f.name == "so_dinh_danh" and f.confidence > 0), None)
    if found is None:
        return []
    gender = next((f.value for f in fields if f.name == "gioi_tinh"), None)
    problem = contradiction(found.value, gender, _as_date(fields, "ngay_sinh"))
    return [_invalid(found.name, problem, section, found.page)] if problem else []


def _as_date(fields: Sequence[FieldValue], name: str) -> dt.date | None:
    for field in fields:
        if field.name == name and field.confidence > 0:
            return dt.date.fromisoformat(field.value)
    return None


def _invalid(name: str, problem: Problem, section: Section, page: int) -> Finding:
    reasons = {"reason_vi": problem.vi, "reason": problem.en}
    return finding("field-invalid", section=section, page=page, field=f"“{field_label(name)}”", **reasons)
