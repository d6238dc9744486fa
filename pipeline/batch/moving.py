"""Pages that a person moves into a dossier, out of a holding or another dossier: as they are, images, words and all.

Each takes its own part of the originals along, and what was found on it.  A holding stays as it is, and what was found
about it ends with it.  A dossier that pages leave gets a version without them: its originals are cut anew, so that
nothing of another family lies beside what stays, and it keeps in mind which pages went where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.batch.cutting import Place
from pipeline.batch.jobs import AssemblyJob, Base, Leaving, Moved
from pipeline.batch.originals import Originals, cut_anew, now_in
from pipeline.batch.records import place_of
from pipeline.batch.version_pages import VersionPage, base_pages
from pipeline.understanding.understand import UNDERSTANDING_CODES
from sohoa.ids import Section
from storage.manifest import FindingRecord, MovedOutRecord, PageRecord, SetAsideRecord


def moved_pages(moved: Moved, held: set[Place], originals: Originals, folder: Path) -> list[VersionPage]:
    """Return the pages that come in and are not ``held`` yet, with their own part of the originals."""
    pages = [
        page
        for section in Section
        for page in base_pages(moved.origin, section)
        if (page.record.section, page.record.number) in moved.pages
        and place_of(page.record.source, page.record.section) not in held
    ]
    come_along = moved.origin.manifest.set_aside if moved.brings_set_aside else ()
    aside = [record.source for record in come_along if place_of(record.source, record.section) not in held]
    wanted = [*(page.record.source for page in pages), *aside]
    cut_anew(moved.origin.manifest, wanted, moved.files, originals, folder)
    return [_now_in(page, originals) for page in pages]


def moved_findings(job: AssemblyJob, sections: Mapping[Section, Sequence[VersionPage]]) -> list[FindingRecord]:
    """Return what was found on pages that were moved in, under their new numbers."""
    if job.moved is None:
        return []
    now = {_origin(page.record): page.record.number for pages in sections.values() for page in pages}
    before = {(record.section, record.number): _origin(record) for record in job.moved.origin.manifest.pages}
    return [
        found.model_copy(update={"page": now[before[(found.section, found.page)]], "resolved": None})
        for found in job.moved.origin.manifest.findings
        if found.section is not None
        and found.page is not None
        and (found.section, found.page) in job.moved.pages
        and found.code not in UNDERSTANDING_CODES
    ]


def cut_what_stays(base: Base, leaving: Leaving, originals: Originals, folder: Path) -> None:
    """Cut anew each original of which a page leaves, with just what stays of it."""
    manifest = base.manifest
    touched = {p.source.original for p in manifest.pages if (p.section, p.number) in leaving.pages}
    stay = [page.source for page in manifest.pages if (page.section, page.number) not in leaving.pages]
    stay += [aside.source for aside in manifest.set_aside]
    wanted = [source for source in stay if source.original in touched]
    cut_anew(manifest, wanted, leaving.files, originals, folder)


def staying_pages(pages: Sequence[VersionPage], leaving: Leaving, originals: Originals) -> list[VersionPage]:
    """Return the pages of a section that stay, numbered without those that leave."""
    stay = [page for page in pages if (page.record.section, page.record.number) not in leaving.pages]
    return [_now_in(page.numbered(number), originals) for number, page in enumerate(stay, 1)]


def staying_aside(
    aside: Sequence[SetAsideRecord], leaving: Leaving, originals: Originals
) -> tuple[SetAsideRecord, ...]:
    """Return what was set aside, behind the pages that it lay behind as these are numbered now."""
    return tuple(
        record.model_copy(
            update={
                "source": now_in(record.source, originals),
                "after_page": record.after_page - _gone_up_to(leaving, record.section, record.after_page),
            }
        )
        for record in aside
    )


def staying_findings(findings: Sequence[FindingRecord], leaving: Leaving) -> tuple[FindingRecord, ...]:
    """Return the findings without those on pages that leave, on their pages as numbered now."""
    return tuple(
        found
        if found.page is None
        else found.model_copy(update={"page": found.page - _gone_up_to(leaving, found.section, found.page)})
        for found in findings
        if (found.section, found.page) not in leaving.pages
    )


def moved_out(job: AssemblyJob, sections: Mapping[Section, Sequence[VersionPage]]) -> tuple[MovedOutRecord, ...]:
    """Return which pages went where, without those that have come back."""
    if job.base is None:
        return ()
    manifest = job.base.manifest
    back = {place_of(page.record.source, page.record.section) for pages in sections.values() for page in pages}
    before = [one for one in manifest.moved_out if place_of(one.source, one.section) not in back]
    now = [
        MovedOutRecord(
            section=page.section,
            source=page.source.model_copy(update={"original": None}),  # its original is the other dossier's now
            dossier_id=job.leaving.dossier_id,
        )
        for page in manifest.pages
        if job.leaving is not None and (page.section, page.number) in job.leaving.pages
    ]
    return (*before, *now)


def _gone_up_to(leaving: Leaving, section: str | None, page: int) -> int:
    return sum(gone_from == (section or Section.RECORDS) and gone <= page for gone_from, gone in leaving.pages)


def _now_in(page: VersionPage, originals: Originals) -> VersionPage:
    return replace(page, record=page.record.model_copy(update={"source": now_in(page.record.source, originals)}))


def _origin(record: PageRecord) -> tuple[str, str, int]:
    return record.section, record.source.sha256, record.source.page
