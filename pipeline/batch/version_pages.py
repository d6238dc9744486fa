"""The pages of a new version: those of the one before, read again where a person turned them, then the new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.batch.cutting import Place
from pipeline.batch.jobs import AssemblyJob, Base
from pipeline.batch.originals import Originals
from pipeline.batch.reading import load
from pipeline.batch.records import page_record, page_text, page_text_record
from pipeline.model import ImageLayer, PageText
from pipeline.pdf.layers import read_layers
from sohoa.ids import Section
from storage.manifest import PageRecord, PageTextRecord


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One page of the new version, from the base or from the delivery; its image is fetched when it is written."""

    record: PageRecord
    words: PageTextRecord
    layer: Callable[[], ImageLayer]
    came_as: int | None = None
    """The page's number in the dossier or holding that it is moved from."""

    @property
    def text(self) -> PageText:
        """The words of the page."""
        return page_text(self.words, self.record.engine)

    def numbered(self, number: int) -> VersionPage:
        """Return the page as that 1-based page of its section."""
        record = self.record.model_copy(update={"number": number})
        return replace(self, record=record, words=self.words.model_copy(update={"page": number}))


def section_pages(
    job: AssemblyJob, section: Section, known: set[Place], originals: Originals, moved: Sequence[VersionPage]
) -> list[VersionPage]:
    """Return the pages of a section in order: the base's, the delivery's that are not ``known``, those moved in."""
    pages = base_pages(job.base, section) if job.base else []
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
            VersionPage(
                page_record(result, section, number, originals.of_scan(sheet.source)),
                page_text_record(result.text, section, number),
                partial(_spooled_layer, sheet.spool),
            )
        )
    for page in moved:
        if page.record.section == section.value:
            pages.append(page.numbered(len(pages) + 1))
    return pages


def base_pages(base: Base, section: Section) -> list[VersionPage]:
    """Take the pages of a section back out of the version before: the stored image bytes, not a new encoding."""
    pdf = base.sections.get(section)
    if pdf is None:
        return []
    records = [r for r in base.manifest.pages if r.section == section.value]
    texts = [t for t in base.texts if t.section == section.value]
    layers = read_layers(pdf)
    return [
        VersionPage(record, text, partial(_same, layer))
        for record, text, layer in zip(records, texts, layers, strict=True)
    ]


def _read_again(page: VersionPage, section: Section, number: int, spool: str) -> VersionPage:
    """Return a page of the base as it was read again from its original, in its own place."""
    result = load(spool)
    record = page_record(result, section, number, page.record.source)
    return VersionPage(record, page_text_record(result.text, section, number), partial(_spooled_layer, spool))


def _spooled_layer(spool: str) -> ImageLayer:
    return load(spool).layer


def _same(layer: ImageLayer) -> ImageLayer:
    return layer
