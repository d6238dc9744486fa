"""One delivery to one dossier -> everything that a new version of it holds: the work of one worker task.

1. Pages of the version before (``base``) come first, section by section; the delivery's new pages follow.  A page
   that the base already holds (same file, page and section) is not added again.
2. The dossier is understood as a whole: documents, types, procedure, fields.
3. Each section that gained pages becomes one PDF; the pages' text one payload; each source file an original.
4. Payloads go to files; the parent commits them through the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.batch.cutting import Place, SetAside
from pipeline.batch.decisions import guidance, settled
from pipeline.batch.jobs import Assembled, AssemblyJob, Base
from pipeline.batch.moving import (
    ON_THE_WAY,
    cut_what_stays,
    moved_findings,
    moved_out,
    moved_pages,
    moving,
    on_the_way,
    staying_aside,
    staying_findings,
    staying_pages,
    try_to_cut,
)
from pipeline.batch.originals import Originals, extract_originals, write_payload
from pipeline.batch.reading import load
from pipeline.batch.records import (
    archived_places,
    component_record,
    document_record,
    filed_places,
    finding_record,
    guess_record,
    identity_cards,
    page_geometry,
    place_of,
)
from pipeline.batch.rejects import SECRET_MARK
from pipeline.batch.rescans import RESCANNED, rescans
from pipeline.batch.version_pages import VersionPage, section_pages
from pipeline.findings import finding
from pipeline.model import Finding, PageKind
from pipeline.pdf.assemble import SectionInfo, SectionPage, write_section
from pipeline.understanding.rules import rules
from pipeline.understanding.understand import UNDERSTANDING_CODES, PageInput, Understanding, understand
from sohoa.ids import Section
from storage.drafts import Payload, VersionDraft
from storage.manifest import (
    DeliveryRecord,
    FileRecord,
    FindingRecord,
    SetAsideRecord,
)
from storage.pagetext import encode_page_texts

PAGES_FILE = "pages.jsonl.zst"
_MADE_ANEW = {*UNDERSTANDING_CODES, "second-delivery", "dossier-blank", ON_THE_WAY, RESCANNED}


def assemble(job: AssemblyJob) -> Assembled | Finding:
    """Return the version that ``job.delivery`` makes of its dossier, payloads written to ``job.folder``.

    A finding instead says why nothing of the delivery may be stored: secret papers are out of a digitisation's scope.
    """
    known = archived_places(job.base.manifest, job.delivery.places) if job.base else set()
    originals = extract_originals(job, known)
    held = filed_places(job.base.manifest) if job.base else set()
    if job.base and job.claim:
        try_to_cut(job.base, job.claim, job.folder)
    moved = moved_pages(job.moved, held, originals, job.folder) if job.moved else []
    sections = {section: section_pages(job, section, known, originals, moved) for section in Section}
    if job.base and job.leaving:
        cut_what_stays(job.base, job.leaving.pages, job.leaving.files, originals, job.folder)
        sections = {section: staying_pages(pages, job.leaving, originals) for section, pages in sections.items()}
    sections = {section: pages for section, pages in sections.items() if pages}
    aside = _set_aside(job, known, held, originals)
    decisions = (*(job.base.manifest.decisions if job.base else ()), *job.decisions)
    understanding = understand(
        str(job.delivery.dossier) if job.delivery.dossier else None,
        {section: [_page_input(page) for page in pages] for section, pages in sections.items()},
        _cover_procedure(job),
        guidance(decisions),
        today=job.created.date(),
        known=rules(job.catalogue),
    )
    secret = next((f for f in understanding.findings if f.code == SECRET_MARK), None)
    if secret is not None and job.refuse_secret:
        return secret
    payloads = [_write_section(job, section, pages, understanding) for section, pages in sections.items()]
    texts = [page.words for pages in sections.values() for page in pages]
    payloads.append(
        write_payload(job.folder / PAGES_FILE, PAGES_FILE, "pages", "application/zstd", encode_page_texts(texts))
    )
    claimed = moving(job)
    read = [(page.record, page.text.text) for pages in sections.values() for page in pages]
    found = (
        *_findings(job, known),
        *rescans(read),
        *on_the_way(claimed, job.delivery.dossier_id),
        *understanding.findings,
    )
    findings = [finding_record(f) for f in found]
    findings = settled(
        (*_kept_findings(job), *_reread_findings(job), *moved_findings(job, sections), *findings), decisions
    )
    draft = VersionDraft(
        dossier_id=job.delivery.dossier_id,
        status="archived" if job.delivery.dossier else "held",
        unit=job.unit,
        received=job.received,
        created=job.created,
        procedure=guess_record(understanding.procedure, understanding.origin),
        pages=tuple(page.record for pages in sections.values() for page in pages),
        set_aside=aside,
        documents=tuple(document_record(d, n) for n, d in enumerate(understanding.documents, 1)),
        findings=tuple(findings),
        deliveries=_deliveries(job),
        software=job.software,
        carried=_carried(job, originals),
        decisions=decisions,
        moved_out=moved_out(job, sections),
        moving=claimed,
        components=tuple(component_record(one) for one in understanding.components),
    )
    return Assembled(draft, (*payloads, *originals.payloads))


def _page_input(page: VersionPage) -> PageInput:
    record = page.record
    return PageInput(page.text, record.width, record.height, record.dpi, identity_cards(record))


def _cover_procedure(job: AssemblyJob) -> str | None:
    """Return the procedure that the first cover sheet printed, for the version before or now."""
    if job.base is not None and job.base.manifest.procedure.origin == "cover":
        return job.base.manifest.procedure.code
    return job.delivery.procedure


def _write_section(
    job: AssemblyJob, section: Section, pages: Sequence[VersionPage], understanding: Understanding
) -> Payload:
    info = SectionInfo(
        dossier_id=job.delivery.dossier_id,
        unit=job.unit,
        received=job.received,
        section=section,
        procedure_code=understanding.procedure.id,
        procedure_name=understanding.procedure.name,
        documents=[d for d in understanding.documents if d.section is section],
    )
    name = f"{section.value}.pdf"
    drawn = (SectionPage(page.layer(), page_geometry(page.record), page.text.words) for page in pages)
    data = write_section(drawn, info)
    return write_payload(job.folder / name, name, "section", "application/pdf", data)


def _carried(job: AssemblyJob, originals: Originals) -> tuple[FileRecord, ...]:
    """Return the base's originals that stay as they are: what stays of one of which a page leaves was cut anew."""
    if job.base is None:
        return ()
    manifest = job.base.manifest
    made_anew = {payload.name for payload in originals.payloads}
    leaving = job.leaving.pages if job.leaving else frozenset()
    left = {page.source.original for page in manifest.pages if (page.section, page.number) in leaving}
    return tuple(
        file
        for file in manifest.files
        if file.role == "original" and file.name not in made_anew and file.sha256 not in left
    )


def _set_aside(
    job: AssemblyJob, known: set[Place], held: set[Place], originals: Originals
) -> tuple[SetAsideRecord, ...]:
    before = job.base.manifest.set_aside if job.base else ()
    if job.leaving:
        return staying_aside(before, job.leaving, originals)
    offset = {
        section: sum(r.section == section.value for r in job.base.manifest.pages) if job.base else 0
        for section in Section
    }
    new = [
        _set_aside_record(aside, offset[aside.section], originals)
        for aside in job.delivery.set_aside
        if Place.of(aside.sheet.source, aside.section) not in known
    ]
    come_along = job.moved.origin.manifest.set_aside if job.moved and job.moved.brings_set_aside else ()
    moved = [
        record.model_copy(
            update={
                "source": originals.moved(record.source),
                "after_page": record.after_page + offset[Section(record.section or Section.RECORDS)],
            }
        )
        for record in come_along
        if place_of(record.source, record.section) not in held
    ]
    return (*before, *new, *moved)


def _set_aside_record(aside: SetAside, offset: int, originals: Originals) -> SetAsideRecord:
    source = aside.sheet.source
    return SetAsideRecord(
        kind="separator" if aside.sheet.kind is PageKind.COVER else "blank",
        section=aside.section.value,
        after_page=aside.after_page + offset,
        source=originals.of_scan(source),
    )


def _findings(job: AssemblyJob, known: set[Place]) -> list[Finding]:
    """Return what reading and cutting found, each content page's doubts under its place in the section."""
    found = list(job.delivery.findings)
    for section, sheets in job.delivery.pages.items():
        number = sum(r.section == section.value for r in job.base.manifest.pages) if job.base else 0
        for sheet in sheets:
            if Place.of(sheet.source, section) in known:
                continue
            number += 1
            found += [replace(f, section=section, page=number) for f in sheet.findings]
    pages_elsewhere = job.moved is not None or (job.base is not None and job.base.manifest.moved_out)
    if not job.delivery.pages and not (job.base and job.base.manifest.pages) and not pages_elsewhere:
        found.append(finding("dossier-blank"))
    if job.base is not None and job.delivery.sources:
        found.append(finding("second-delivery", pages=len(job.delivery.sources), version=job.base.manifest.version + 1))
        found.extend(_another_procedure(job.base, job.delivery.procedure))
    return found


def _another_procedure(base: Base, procedure: str | None) -> Iterator[Finding]:
    before = base.manifest.procedure
    if procedure and before.origin == "cover" and before.code != procedure:
        yield finding("cover-procedure-differs", first=before.code, other=procedure)


def _kept_findings(job: AssemblyJob) -> tuple[FindingRecord, ...]:
    """Return the base's findings that stay true, as open as when they were made: ``settled`` closes them again.

    Those that understanding makes are made anew from the whole; a file that was refused and has now come in under the
    same name is mended; blank sheets are no longer all there is.
    """
    if job.base is None:
        return ()
    mended = {source.name for source in job.delivery.sources}
    # A review brings no pages: what the last delivery was about stays as it was.
    made_anew = _MADE_ANEW if job.delivery.sources else _MADE_ANEW - {"second-delivery"}
    kept = tuple(
        f
        for f in (found.model_copy(update={"resolved": None}) for found in job.base.manifest.findings)
        if f.code not in made_anew
        and not (f.severity == "error" and f.page is None and f.file in mended)
        and (f.section, f.page) not in job.reread
    )
    return staying_findings(kept, job.leaving) if job.leaving else kept


def _reread_findings(job: AssemblyJob) -> list[FindingRecord]:
    """Return what was found on pages that were read again, under their places."""
    return [
        finding_record(replace(found, section=Section(section), page=page))
        for (section, page), spool in job.reread.items()
        for found in load(spool).findings
    ]


def _deliveries(job: AssemblyJob) -> tuple[DeliveryRecord, ...]:
    sources = job.delivery.sources
    if not sources:  # a review
        return job.base.manifest.deliveries if job.base else ()
    this = DeliveryRecord(
        batch=job.batch,
        at=job.created,
        files=tuple(dict.fromkeys(source.name for source in sources)),
        pages=len(sources),
    )
    return (*(job.base.manifest.deliveries if job.base else ()), this)
