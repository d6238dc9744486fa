"""One delivery to one dossier -> everything that a new version of it holds: the work of one worker task.

1. Pages of the version before (``base``) come first, section by section; the delivery's new pages follow.  A page
   that the base already holds (same file, page and section) is not added again.
2. The dossier is understood as a whole: documents, types, procedure, fields.
3. Each section that gained pages becomes one PDF; the pages' text one payload; each source file an original.
4. Payloads go to files; the parent commits them through the archive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from pipeline.batch.cutting import Place, SetAside
from pipeline.batch.decisions import guidance, place_in_original, settled
from pipeline.batch.jobs import Assembled, AssemblyJob, Base, Moved
from pipeline.batch.reading import load
from pipeline.batch.records import (
    archived_places,
    document_record,
    finding_record,
    guess_record,
    page_geometry,
    page_record,
    page_text,
    page_text_record,
)
from pipeline.batch.rejects import SECRET_MARK
from pipeline.batch.signed import pages_of
from pipeline.findings import finding
from pipeline.model import Finding, ImageLayer, PageKind, PageText
from pipeline.pdf.assemble import SectionInfo, SectionPage, write_section
from pipeline.pdf.layers import read_layers
from pipeline.understanding.understand import UNDERSTANDING_CODES, PageInput, Understanding, understand
from scanners import files
from sohoa.ids import Section
from storage.drafts import Payload, VersionDraft
from storage.layout import Role
from storage.manifest import (
    DeliveryRecord,
    FindingRecord,
    PageRecord,
    PageTextRecord,
    SetAsideRecord,
    SourceRecord,
)
from storage.pagetext import encode_page_texts

PAGES_FILE = "pages.jsonl.zst"
_MADE_ANEW = {*UNDERSTANDING_CODES, "second-delivery", "dossier-blank"}
_SUFFIXES = {
    "application/pdf": "pdf",
    "image/tiff": "tif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/jp2": "jp2",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of the new version, from the base or from the delivery; its image is fetched when it is written."""

    record: PageRecord
    words: PageTextRecord
    layer: Callable[[], ImageLayer]

    @property
    def text(self) -> PageText:
        return page_text(self.words, self.record.engine)


@dataclass(slots=True)
class _Originals:
    """Originals of the new version: those of the base by name, and the delivery's own, extracted."""

    sha256_of: dict[str, str] = field(default_factory=dict)
    payloads: list[Payload] = field(default_factory=list)

    def keep(self, folder: Path, data: bytes, media_type: str) -> str:
        """Keep one original, once however often its bytes come; return its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        name = f"originals/{digest}.{_SUFFIXES[media_type]}"
        if name not in {payload.name for payload in self.payloads}:
            self.payloads.append(_write(folder / digest, name, "original", media_type, data))
        return digest


def assemble(job: AssemblyJob) -> Assembled | Finding:
    """Return the version that ``job.delivery`` makes of its dossier, payloads written to ``job.folder``.

    A finding instead says why nothing of the delivery may be stored: secret papers are out of a digitisation's scope.
    """
    known = archived_places(job.base.manifest) if job.base else set()
    originals = _extract_originals(job, known)
    moved = _moved_pages(job.moved, known, originals, job.folder) if job.moved else []
    sections = {section: _section_pages(job, section, known, originals, moved) for section in Section}
    sections = {section: pages for section, pages in sections.items() if pages}
    aside = _set_aside(job, known, originals)
    decisions = (*(job.base.manifest.decisions if job.base else ()), *job.decisions)
    understanding = understand(
        str(job.delivery.dossier) if job.delivery.dossier else None,
        {section: [_page_input(page) for page in pages] for section, pages in sections.items()},
        _cover_procedure(job),
        guidance(decisions),
    )
    secret = next((f for f in understanding.findings if f.code == SECRET_MARK), None)
    if secret is not None and job.refuse_secret:
        return secret
    payloads = [_write_section(job, section, pages, understanding) for section, pages in sections.items()]
    texts = [page.words for pages in sections.values() for page in pages]
    payloads.append(_write(job.folder / PAGES_FILE, PAGES_FILE, "pages", "application/zstd", encode_page_texts(texts)))
    findings = [finding_record(f) for f in (*_findings(job, known), *understanding.findings)]
    findings = settled(
        (*_kept_findings(job), *_reread_findings(job), *_moved_findings(job, sections), *findings), decisions
    )
    new_names = {payload.name for payload in originals.payloads}
    carried = job.base.manifest.files if job.base else ()
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
        carried=tuple(file for file in carried if file.role == "original" and file.name not in new_names),
        decisions=decisions,
    )
    return Assembled(draft, (*payloads, *originals.payloads))


def _extract_originals(job: AssemblyJob, known: set[Place]) -> _Originals:
    """Cut from each source file just the pages of this dossier, as scanned: nobody else's pages lie beside them.

    Pages that the base has (``known``) lie in an original of it already.
    A signed file that is all this dossier's stays whole, with pages that could not be read: its signature needs them.
    """
    originals = _Originals()
    shares = pages_of(job.delivery)
    wanted: dict[str, set[int]] = {}
    for place in job.delivery.places - known:
        wanted.setdefault(place.file_sha256, set()).add(place.page - 1)
    for file_sha256 in dict.fromkeys(source.file_sha256 for source in job.delivery.sources):
        if file_sha256 not in wanted:
            continue
        indices = wanted[file_sha256]
        info = job.infos[file_sha256]
        if info.signed and len(shares[file_sha256]) == info.pages:
            indices = shares[file_sha256]
        data, media_type = files.extract_original(info, sorted(indices))
        originals.sha256_of[file_sha256] = originals.keep(job.folder, data, media_type)
    return originals


def _section_pages(
    job: AssemblyJob, section: Section, known: set[Place], originals: _Originals, moved: Sequence[_Page]
) -> list[_Page]:
    pages = _base_pages(job.base, section) if job.base else []
    for number, page in enumerate(pages, 1):
        spool = job.reread.get((section.value, number))
        if spool is not None:
            pages[number - 1] = _read_again(page, section, number, spool)
    for sheet in job.delivery.pages.get(section, ()):
        if Place.of(sheet.source, section) in known:
            continue
        assert sheet.spool is not None  # a content page always is spooled
        result = load(sheet.spool)
        number = len(pages) + 1
        pages.append(
            _Page(
                page_record(result, section, number, originals.sha256_of[sheet.source.file_sha256]),
                page_text_record(result.text, section, number),
                partial(_spooled_layer, sheet.spool),
            )
        )
    for page in moved:
        if page.record.section == section.value:
            pages.append(_numbered(page, len(pages) + 1))
    return pages


def _read_again(page: _Page, section: Section, number: int, spool: str) -> _Page:
    """Return a page of the base as it was read again from its original, in its own place."""
    result = load(spool)
    record = page_record(result, section, number, page.record.source.original)
    record = record.model_copy(update={"source": page.record.source})
    return _Page(record, page_text_record(result.text, section, number), partial(_spooled_layer, spool))


def _numbered(page: _Page, number: int) -> _Page:
    record = page.record.model_copy(update={"number": number})
    return _Page(record, page.words.model_copy(update={"page": number}), page.layer)


def _moved_pages(moved: Moved, known: set[Place], originals: _Originals, folder: Path) -> list[_Page]:
    """Return the pages that come from a holding and are not ``known``, with their own part of its originals."""
    pages = [
        page
        for section in Section
        for page in _base_pages(moved.holding, section)
        if (page.record.section, page.record.number) in moved.pages
        and _place(page.record.source, page.record.section) not in known
    ]
    come_along = moved.holding.manifest.set_aside if moved.is_whole else ()
    aside = [record.source for record in come_along if _place(record.source, record.section) not in known]
    wanted = [*(page.record.source for page in pages), *aside]
    cut_out = {
        original: _cut_original(original, wanted, moved, originals, folder)
        for original in dict.fromkeys(source.original for source in wanted)
        if original is not None
    }
    for before, after in cut_out.items():
        originals.sha256_of[before] = after
    return [
        replace(page, record=page.record.model_copy(update={"source": _now_in(page.record.source, originals)}))
        for page in pages
    ]


def _place(source: SourceRecord, section: str | None) -> Place:
    return Place(source.sha256, source.page, section or "")


def _now_in(source: SourceRecord, originals: _Originals) -> SourceRecord:
    return source.model_copy(update={"original": originals.sha256_of.get(source.original or "")})


def _cut_original(
    original: str, wanted: Sequence[SourceRecord], moved: Moved, originals: _Originals, folder: Path
) -> str:
    """Write that part of a holding's original that holds the wanted pages; return its SHA-256."""
    info = moved.files[original]
    indices = sorted(
        {place_in_original(moved.holding.manifest, s, info.pages) for s in wanted if s.original == original}
    )
    data, media_type = files.extract_original(info, indices)
    return originals.keep(folder, data, media_type)


def _base_pages(base: Base, section: Section) -> list[_Page]:
    """Take the pages of a section back out of the version before: the stored image bytes, not a new encoding."""
    pdf = base.sections.get(section)
    if pdf is None:
        return []
    records = [r for r in base.manifest.pages if r.section == section.value]
    texts = [t for t in base.texts if t.section == section.value]
    layers = read_layers(pdf)
    return [
        _Page(record, text, partial(_same, layer)) for record, text, layer in zip(records, texts, layers, strict=True)
    ]


def _page_input(page: _Page) -> PageInput:
    return PageInput(page.text, page.record.width, page.record.height, page.record.dpi)


def _spooled_layer(spool: str) -> ImageLayer:
    return load(spool).layer


def _same(layer: ImageLayer) -> ImageLayer:
    return layer


def _cover_procedure(job: AssemblyJob) -> str | None:
    """Return the procedure that the first cover sheet printed, for the version before or now."""
    if job.base is not None and job.base.manifest.procedure.origin == "cover":
        return job.base.manifest.procedure.code
    return job.delivery.procedure


def _write_section(job: AssemblyJob, section: Section, pages: Sequence[_Page], understanding: Understanding) -> Payload:
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
    return _write(job.folder / name, name, "section", "application/pdf", data)


def _set_aside(job: AssemblyJob, known: set[Place], originals: _Originals) -> tuple[SetAsideRecord, ...]:
    before = job.base.manifest.set_aside if job.base else ()
    offset = {
        section: sum(r.section == section.value for r in job.base.manifest.pages) if job.base else 0
        for section in Section
    }
    new = [
        _set_aside_record(aside, offset[aside.section], originals)
        for aside in job.delivery.set_aside
        if Place.of(aside.sheet.source, aside.section) not in known
    ]
    come_along = job.moved.holding.manifest.set_aside if job.moved and job.moved.is_whole else ()
    moved = [
        record.model_copy(
            update={
                "source": _now_in(record.source, originals),
                "after_page": record.after_page + offset[Section(record.section or Section.RECORDS)],
            }
        )
        for record in come_along
        if _place(record.source, record.section) not in known
    ]
    return (*before, *new, *moved)


def _set_aside_record(aside: SetAside, offset: int, originals: _Originals) -> SetAsideRecord:
    source = aside.sheet.source
    return SetAsideRecord(
        kind="separator" if aside.sheet.kind is PageKind.COVER else "blank",
        section=aside.section.value,
        after_page=aside.after_page + offset,
        source=SourceRecord(
            file=source.name,
            sha256=source.file_sha256,
            page=source.index + 1,
            original=originals.sha256_of[source.file_sha256],
        ),
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
    if not job.delivery.pages and not (job.base and job.base.manifest.pages):
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
    return tuple(
        f
        for f in (found.model_copy(update={"resolved": None}) for found in job.base.manifest.findings)
        if f.code not in made_anew
        and not (f.severity == "error" and f.page is None and f.file in mended)
        and (f.section, f.page) not in job.reread
    )


def _reread_findings(job: AssemblyJob) -> list[FindingRecord]:
    """Return what was found on pages that were read again, under their places."""
    return [
        finding_record(replace(found, section=Section(section), page=page))
        for (section, page), spool in job.reread.items()
        for found in load(spool).findings
    ]


def _moved_findings(job: AssemblyJob, sections: Mapping[Section, Sequence[_Page]]) -> list[FindingRecord]:
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
        and found.code not in _MADE_ANEW
    ]


def _origin(record: PageRecord) -> tuple[str, str, int]:
    return record.section, record.source.sha256, record.source.page


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


def _write(path: Path, name: str, role: Role, media_type: str, data: bytes) -> Payload:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Payload(name, role, media_type, path)
