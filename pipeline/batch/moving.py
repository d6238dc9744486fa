"""Pages that a person takes out of a holding into a dossier: as they are, with their own part of the originals.

The holding stays as it is.  What was found on those pages comes along; what was found about the holding ends with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.batch.cutting import Place
from pipeline.batch.decisions import place_in_original
from pipeline.batch.jobs import AssemblyJob, Moved
from pipeline.batch.originals import Originals, now_in
from pipeline.batch.version_pages import VersionPage, base_pages
from pipeline.understanding.understand import UNDERSTANDING_CODES
from scanners import files
from sohoa.ids import Section
from storage.manifest import FindingRecord, PageRecord, SourceRecord


def moved_pages(moved: Moved, known: set[Place], originals: Originals, folder: Path) -> list[VersionPage]:
    """Return the pages that come from a holding and are not ``known``, with their own part of its originals."""
    pages = [
        page
        for section in Section
        for page in base_pages(moved.holding, section)
        if (page.record.section, page.record.number) in moved.pages
        and place_of(page.record.source, page.record.section) not in known
    ]
    come_along = moved.holding.manifest.set_aside if moved.is_whole else ()
    aside = [record.source for record in come_along if place_of(record.source, record.section) not in known]
    wanted = [*(page.record.source for page in pages), *aside]
    cut_out = {
        original: _cut_original(original, wanted, moved, originals, folder)
        for original in dict.fromkeys(source.original for source in wanted)
        if original is not None
    }
    for before, after in cut_out.items():
        originals.sha256_of[before] = after
    return [
        replace(page, record=page.record.model_copy(update={"source": now_in(page.record.source, originals)}))
        for page in pages
    ]


def moved_findings(job: AssemblyJob, sections: Mapping[Section, Sequence[VersionPage]]) -> list[FindingRecord]:
    """Return what was found on pages that were moved in, under their new numbers; the holding's own end with it."""
    if job.moved is None:
        return []
    now = {_origin(page.record): page.record.number for pages in sections.values() for page in pages}
    before = {(record.section, record.number): _origin(record) for record in job.moved.holding.manifest.pages}
    return [
        found.model_copy(update={"page": now[before[(found.section, found.page)]], "resolved": None})
        for found in job.moved.holding.manifest.findings
        if found.section is not None
        and found.page is not None
        and (found.section, found.page) in job.moved.pages
        and found.code not in UNDERSTANDING_CODES
    ]


def place_of(source: SourceRecord, section: str | None) -> Place:
    """Return the place of a page that an earlier version has."""
    return Place(source.sha256, source.page, section or "")


def _origin(record: PageRecord) -> tuple[str, str, int]:
    return record.section, record.source.sha256, record.source.page


def _cut_original(
    original: str, wanted: Sequence[SourceRecord], moved: Moved, originals: Originals, folder: Path
) -> str:
    """Write that part of a holding's original that holds the wanted pages; return its SHA-256."""
    info = moved.files[original]
    indices = sorted(
        {place_in_original(moved.holding.manifest, s, info.pages) for s in wanted if s.original == original}
    )
    data, media_type = files.extract_original(info, indices)
    return originals.keep(folder, data, media_type)
