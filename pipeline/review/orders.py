"""A decision as a person words it, checked against what there is before anything is done."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.catalogue.entries import Catalogue
from pipeline.review.desk import CannotDecide
from pipeline.review.reviewer import Reviewer
from sohoa import ids
from sohoa.ids import SECTION_FOLDERS, Section
from sohoa.owner import person
from sohoa.text import fold
from sohoa.wording import both
from storage.manifest import DecisionRecord, FindingRecord, Manifest, SectionName

Action = Literal["accept", "rescan", "type", "procedure", "split", "join", "rotate", "dossier"]
ACTIONS: tuple[Action, ...] = get_args(Action)

_PLACE = re.compile(r"(?:([^:]+):)?(\d{1,5})(?:-(\d{1,5}))?", re.ASCII)
_MOST = 9


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a section, or several: 1-based, inclusive."""

    section: Section
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose from the catalogue."""

    id: str
    name: str


def parse_place(text: str) -> Place:
    """Return the place that “records:3”, “kết quả:3-5” or “3” names; raises CannotDecide."""
    match = _PLACE.fullmatch(text.strip())
    folder = fold(match[1]).replace(" ", "-").replace("_", "-") if match and match[1] else Section.RECORDS.value
    section = SECTION_FOLDERS.get(folder)
    if match is None or section is None:
        advice = both("Viết ví dụ records:3 hoặc ket-qua:2-4.", "Write for example records:3 or ket-qua:2-4.")
        raise CannotDecide(both("không phải chỗ của trang", "no place of a page"), subject=text, advice=advice)
    first = int(match[2])
    return Place(section, first, int(match[3] or first))


def choices(action: Action, text: str, known: Catalogue) -> list[Choice]:
    """Return the document types or procedures whose code or name has all words of ``text``, the likeliest first."""
    all_ = (
        [Choice(one.id, one.name_vi) for one in known.doctypes]
        if action == "type"
        else [Choice(one.code, one.name) for one in known.procedures]
    )
    words = fold(text).split()
    found = [one for one in all_ if all(word in fold(f"{one.id} {one.name}") for word in words)]
    exact = [one for one in found if text.strip() == one.id]
    return (exact or sorted(found, key=lambda one: len(one.name)))[:_MOST]


def decide(
    reviewer: Reviewer,
    manifest: Manifest,
    action: Action,
    value: str | None,
    place: Place | None,
    *,
    code: str | None = None,
    reason: str = "",
) -> Manifest:
    """Carry out one decision about a dossier and return its new version (or the dossier's that pages went to).

    With ``code`` it settles the open findings of that code, of ``place`` where it is given; raises CannotDecide when
    there is none.
    """
    if action == "dossier":
        return _move(reviewer, manifest, value, place, reason)
    section: SectionName | None = place.section.value if place is not None else None
    page = place.first if place is not None else None
    if action in ("type", "split", "join", "rotate") and page is None:
        raise CannotDecide(both("chưa nêu trang", "no page was named"), subject=manifest.dossier_id)
    found = open_findings(manifest, code, section, page) if code is not None else []
    if code is not None and not found:
        message = both("không có việc nào loại này đang chờ ở đó", "no finding of this code waits there")
        raise CannotDecide(message, subject=f"{manifest.dossier_id} {code}")
    told = DecisionRecord(
        action=action,
        person=person(),
        at=dt.datetime.now(dt.UTC),
        reason=reason,
        section=section,
        page=page,
        value=_value(manifest, action, value, section, page, reviewer.catalogue),
    )
    return reviewer.decide(manifest, [about(told, one) for one in found] or [told])


def open_findings(
    manifest: Manifest, code: str, section: str | None = None, page: int | None = None
) -> list[FindingRecord]:
    """Return the findings of a code that wait, of one page where it is given (or of no page at all)."""
    waiting = [f for f in manifest.findings if f.code == code and f.resolved is None and f.severity != "info"]
    return [f for f in waiting if page is None or f.page is None or (f.section, f.page) == (section, page)]


def about(decision: DecisionRecord, finding: FindingRecord) -> DecisionRecord:
    """Return the decision as one that settles ``finding`` as well."""
    named = {"section": decision.section, "page": decision.page} if decision.page is not None else {}
    found = {"code": finding.code, "section": finding.section, "page": finding.page, **named}
    return decision.model_copy(update={**found, "file": finding.file, "message": finding.message})


def accept_all(reviewer: Reviewer, manifest: Manifest, code: str, reason: str) -> tuple[Manifest, int]:
    """Accept every open finding of a dossier with this code, in one version; return it and how many there were."""
    accepted = DecisionRecord(action="accept", person=person(), at=dt.datetime.now(dt.UTC), reason=reason)
    told = [about(accepted, one) for one in open_findings(manifest, code)]
    return (reviewer.decide(manifest, told) if told else manifest), len(told)


def _value(
    manifest: Manifest, action: Action, value: str | None, section: str | None, page: int | None, known: Catalogue
) -> str | None:
    if action in ("type", "procedure"):
        found = choices(action, value or "", known)
        if len(found) != 1 and not (found and found[0].id == value):
            names = "; ".join(f"{one.id} {one.name}" for one in found) or "—"
            message = both(f"chưa rõ là loại nào: {names}", f"not clear which is meant: {names}")
            raise CannotDecide(message, subject=value or "")
        return found[0].id
    if action == "rotate":
        return str(_turned(manifest, value, section, page))
    return None


def _turned(manifest: Manifest, value: str | None, section: str | None, page: int | None) -> int:
    """Return the quarter turns from the stored image, ``value`` degrees clockwise more than now."""
    record = next((p for p in manifest.pages if (p.section, p.number) == (section, page)), None)
    if record is None or value not in ("90", "180", "270", "-90"):
        advice = both("Xoay theo chiều kim đồng hồ: 90, 180 hoặc 270.", "Turn clockwise by 90, 180 or 270.")
        message = both("không xoay được", "cannot be turned")
        raise CannotDecide(message, subject=f"{section}:{page} {value}", advice=advice)
    return (record.quarter_turns + int(value) // 90) % 4


def _move(reviewer: Reviewer, manifest: Manifest, value: str | None, place: Place | None, reason: str) -> Manifest:
    dossier = ids.parse(value or "")
    if place is None and not ids.is_holding(manifest.dossier_id):  # only a holding is moved whole without a word
        raise CannotDecide(both("chưa nêu trang", "no page was named"), subject=manifest.dossier_id)
    pages: Sequence[tuple[str, int]] = [(page.section, page.number) for page in manifest.pages]
    if place is None:  # what of the holding has no home yet; when all of it has, it is told where
        pages = [one for one in pages if not reviewer.homes(manifest, *one)] or pages
    else:
        pages = [one for one in pages if one[0] == place.section.value and place.first <= one[1] <= place.last]
    if not pages:
        raise CannotDecide(both("không có trang này", "there is no such page"), subject=manifest.dossier_id)
    told = DecisionRecord(
        action="dossier",
        person=person(),
        at=dt.datetime.now(dt.UTC),
        reason=reason,
        value=manifest.dossier_id,
    )
    return reviewer.move(manifest, frozenset(pages), dossier, told)
