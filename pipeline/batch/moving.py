"""Pages that a person moves into a dossier, out of a holding or another dossier: as they are, images, words and all.

1. They are claimed where they are: of two orders for a page the first counts, and whoever comes later can finish it.
2. They come to the other dossier, each with its own part of the originals and what was found on it.
3. They leave their own: its originals are cut anew, so that nothing of another family lies beside what stays, and it
   keeps in mind which pages went where.  A holding keeps pages and claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from pipeline.batch.cutting import Place
from pipeline.batch.jobs import AssemblyJob, Base, Claim, Leaving, Moved
from pipeline.batch.originals import Originals, cut_anew
from pipeline.batch.records import place_of
from pipeline.batch.rescans import RESCANNED
from pipeline.batch.version_pages import VersionPage, base_pages
from pipeline.findings import finding
from pipeline.model import Finding
from pipeline.understanding.understand import UNDERSTANDING_CODES
from scanners.base import FileInfo
from sohoa import ids
from sohoa.ids import Section
from storage.manifest import FindingRecord, Manifest, MovedOutRecord, MovingRecord, SectionName, SetAsideRecord

ON_THE_WAY = "page-moving"


def try_to_cut(base: Base, claim: Claim, folder: Path) -> None:
    """Cut the base's originals apart as the order will have it, for nothing; raises PlaceUnknown if it cannot be."""
    tried = Originals()
    cut_what_stays(base, claim.pages, claim.files, tried, folder / "tried")
    wanted = [page.source for page in base.manifest.pages if (page.section, page.number) in claim.pages]
    cut_anew(base.manifest, wanted, claim.files, tried, folder / "tried")


def moved_pages(moved: Moved, held: set[Place], originals: Originals, folder: Path) -> list[VersionPage]:
    """Return the pages that come in, with their own part of the originals.

    They come even if the dossier has the very same from elsewhere: a sheet is never merged into another unseen.
    Blanks and covers that come along with a holding do not, when they are ``held`` already.
    """
    pages = [
        replace(page, came_as=page.record.number)
        for section in Section
        for page in base_pages(moved.origin, section)
        if (page.record.section, page.record.number) in moved.pages
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
    now = {(p.record.section, p.came_as): p.record.number for pages in sections.values() for p in pages}
    return [
        found.model_copy(update={"page": now[(found.section, found.page)], "resolved": None})
        for found in job.moved.origin.manifest.findings
        if found.section is not None
        and found.page is not None
        and (found.section, found.page) in job.moved.pages
        and found.code not in UNDERSTANDING_CODES
        and found.code not in (ON_THE_WAY, RESCANNED)
    ]


def on_the_way(moving: Sequence[MovingRecord], dossier_id: str) -> list[Finding]:
    """Return a finding for each page that is claimed and still here; in a holding it may stay."""
    if ids.is_holding(dossier_id):
        return []
    return [finding(ON_THE_WAY, section=Section(one.section), page=one.page, to=one.dossier_id) for one in moving]


def moving(job: AssemblyJob) -> tuple[MovingRecord, ...]:
    """Return which pages of the new version are claimed by an order."""
    before = job.base.manifest.moving if job.base else ()
    if job.leaving is not None:
        leaving = job.leaving
        return tuple(
            one.model_copy(update={"page": one.page - _gone_up_to(leaving, one.section, one.page)})
            for one in before
            if (one.section, one.page) not in leaving.pages
        )
    return (*before, *(job.claim.moving if job.claim else ()))


def cut_what_stays(
    base: Base, gone: Set[tuple[str, int]], files: Mapping[str, FileInfo], originals: Originals, folder: Path
) -> None:
    """Cut anew each original of which a page leaves (``gone``), with just what stays of it."""
    manifest = base.manifest
    touched = {p.source.original for p in manifest.pages if (p.section, p.number) in gone}
    stay = [page.source for page in manifest.pages if (page.section, page.number) not in gone]
    stay += [aside.source for aside in manifest.set_aside]
    wanted = [source for source in stay if source.original in touched]
    cut_anew(manifest, wanted, files, originals, folder)


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
                "source": originals.moved(record.source),
                "after_page": record.after_page
                - _gone_up_to(leaving, record.section or Section.RECORDS, record.after_page),
            }
        )
        for record in aside
    )


def staying_findings(findings: Sequence[FindingRecord], leaving: Leaving) -> tuple[FindingRecord, ...]:
    """Return the findings without those on pages that leave, on their pages as numbered now.

    A page without a section is one of a file: it is called the same whatever leaves.
    """
    return tuple(
        found
        if found.section is None or found.page is None
        else found.model_copy(update={"page": found.page - _gone_up_to(leaving, found.section, found.page)})
        for found in findings
        if (found.section, found.page) not in leaving.pages
    )


def moved_out(job: AssemblyJob, sections: Mapping[Section, Sequence[VersionPage]]) -> tuple[MovedOutRecord, ...]:
    """Return which pages went where, without those that have come back."""
    if job.base is None:
        return ()
    manifest = job.base.manifest
    back = Counter(
        place_of(page.record.source, page.record.section)
        for pages in sections.values()
        for page in pages
        if page.came_as is not None
    )
    before = []
    for one in manifest.moved_out:
        place = place_of(one.source, one.section)
        if back[place]:
            back[place] -= 1
        else:
            before.append(one)
    now = [
        MovedOutRecord(
            section=page.section,
            # Its original is the other dossier's now.
            source=page.source.model_copy(update={"original": None, "original_page": None}),
            dossier_id=job.leaving.dossier_id,
        )
        for page in manifest.pages
        if job.leaving is not None and (page.section, page.number) in job.leaving.pages
    ]
    return (*before, *now)


def cuts_that_stand(manifest: Manifest, gone: Set[tuple[str, int]]) -> list[tuple[SectionName, int]]:
    """Return the pages, as numbered once ``gone`` are, at which a document must be told to begin for it still to.

    What lay before its first page is gone: left to itself it might be taken for more of another document.
    """
    cuts: list[tuple[SectionName, int]] = []
    for document in manifest.documents:
        section = document.section
        pages = range(document.first_page, document.last_page + 1)
        first = next((page for page in pages if (section, page) not in gone), None)
        if first is not None and (section, first - 1) in gone:
            now = first - sum(where == section and page < first for where, page in gone)
            cuts += [(section, now)] if now > 1 else []
    return cuts


def _gone_up_to(leaving: Leaving, section: str, page: int) -> int:
    return sum(gone_from == section and gone <= page for gone_from, gone in leaving.pages)


def _now_in(page: VersionPage, originals: Originals) -> VersionPage:
    return replace(page, record=page.record.model_copy(update={"source": originals.moved(page.record.source)}))
