"""One group's pages in order -> the deliveries to dossiers that they make.

1. A dossier's folder starts as that dossier; a stack starts as nobody's.
2. A cover sheet ends what went before: its dossier and section take the pages that follow, up to the next folder of
   a section.
3. A page's section is that of the folder it lies in; then what its cover sheet says (a bar code says none); then what
   the caller said; then ``records``.
4. Pages that nobody claims (before the first cover sheet, behind an unreadable one, or behind a cover sheet that
   contradicts the folder they lie in) become a holding: archived, searchable, and waiting for a person.
5. Every page ends in exactly one place: a section, set aside (cover sheet or blank), or rejected.  ``cut`` neither
   drops nor doubles a page; a property test holds it to that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.findings import finding
from pipeline.model import Finding, PageKind
from scanners.base import PageSource
from scanners.cover import CoverSheet, InvalidCover
from sohoa import ids
from sohoa.ids import DossierId, Section


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a group after it was read; ``kind`` None says that it could not be (see ``findings``).

    ``file_order`` is the file's place in its group, ``section`` what the folder it lies in says, ``spool`` the name of
    the page's stored reading.
    """

    source: PageSource
    kind: PageKind | None
    file_order: int
    file_pages: int
    section: Section | None = None
    cover: CoverSheet | InvalidCover | None = None
    findings: tuple[Finding, ...] = ()
    spool: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a source file (SHA-256, 1-based page) in a section: a dossier holds it once, however often it comes."""

    file_sha256: str
    page: int
    section: str

    @classmethod
    def of(cls, source: PageSource, section: Section) -> Place:
        """Return the place of a scanned page."""
        return cls(source.file_sha256, source.index + 1, section.value)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A cover sheet or blank page: kept as an original, not part of a section's PDF."""

    sheet: Sheet
    section: Section
    after_page: int
    """How many of this delivery's pages of the section came before it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a cover sheet said would follow, and what did: pages with content (or unreadable), and blank ones."""

    cover: PageSource
    dossier: DossierId
    section: Section
    expected: int
    found: int
    blank: int
    last: PageSource


@dataclass(slots=True)
class Delivery:
    """What one group brought to one dossier (or, with ``dossier`` None, to a holding)."""

    dossier: DossierId | None
    name: str
    pages: dict[Section, list[Sheet]] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    rejected: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    procedure: str | None = None
    holding: str | None = None
    """The holding that has some of these pages already, and takes the others too."""

    @property
    def dossier_id(self) -> str:
        """The dossier's ID, or the holding number that the first page's identity gives."""
        if self.dossier is not None:
            return str(self.dossier)
        if self.holding is not None:
            return self.holding
        first = next(iter(self.sources))
        digest = hashlib.sha256(repr((first.file_sha256, first.index)).encode())
        return ids.holding_number(digest.hexdigest())

    @property
    def sources(self) -> list[PageSource]:
        """Where the pages came from that this delivery asks to be archived, set aside ones included."""
        filed = [sheet.source for sheets in self.pages.values() for sheet in sheets]
        return filed + [aside.sheet.source for aside in self.set_aside]

    @property
    def places(self) -> set[Place]:
        """The same pages, each with the section that it goes to."""
        filed = {Place.of(sheet.source, section) for section, sheets in self.pages.items() for sheet in sheets}
        return filed | {Place.of(aside.sheet.source, aside.section) for aside in self.set_aside}

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to archive (a cover sheet alone names a dossier but brings nothing)."""
        return not self.pages and all(aside.sheet.kind is PageKind.COVER for aside in self.set_aside)


@dataclass(slots=True)
class _Run:
    """Pages that go one way: behind one cover sheet, or claimed by none.

    ``folder`` is the section folder in which the run began: it ends where another begins.
    """

    delivery: Delivery
    section: Section
    folder: Section | None
    cover: CoverSheet | None = None
    content: int = 0
    """Pages that are not blank; those that could not be read came, too."""
    blank: int = 0
    first: PageSource | None = None
    """The cover sheet's page."""
    last: PageSource | None = None


def cut(
    name: str, sheets: Sequence[Sheet], dossier: DossierId | None, by_folder: bool, section: Section | None = None
) -> list[Delivery]:
    """Return the deliveries that ``sheets`` make, in the order in which they begin.

    ``dossier`` owns the pages that no cover sheet claims; None for a stack.  ``by_folder`` says that the group is a
    folder, whose name was then no ID: the finding differs.  ``section`` is where pages go that nothing else places.
    """
    deliveries: list[Delivery] = []
    fallback = section or Section.RECORDS
    run: _Run | None = None
    previous: Sheet | None = None
    for sheet in sheets:
        if sheet.kind is PageKind.COVER:
            _close(run)
            run = _open_run(sheet, name, dossier, deliveries, fallback)
        else:
            if run is None or (dossier is not None and sheet.section is not run.folder):
                _close(run)
                run = _Run(_delivery(deliveries, dossier, name), fallback, sheet.section)
                if dossier is None:
                    has_covers = any(s.kind is PageKind.COVER for s in sheets)
                    code = "folder-name-no-id" if by_folder and not has_covers else "pages-before-cover"
                    run.delivery.findings.append(finding(code, file=name))
            elif run.cover is not None and dossier is None and _new_long_file(previous, sheet):
                run.delivery.findings.append(finding("cover-file-continues", file=sheet.source.name))
            _file(run, sheet)
        previous = sheet
    _close(run)
    for delivery in deliveries:
        delivery.findings.extend(_twins(delivery))
    return deliveries


def _open_run(
    sheet: Sheet, name: str, dossier: DossierId | None, deliveries: list[Delivery], fallback: Section
) -> _Run:
    """Start the run that a cover sheet asks for; an unreadable or contradicting one starts a holding."""
    cover = sheet.cover
    file, page = sheet.source.name, sheet.source.index + 1
    if isinstance(cover, CoverSheet) and dossier in (None, cover.dossier_id):
        delivery = _delivery(deliveries, cover.dossier_id, name)
        delivery.findings.extend(_doubts(cover, sheet, delivery.procedure))
        delivery.procedure = delivery.procedure or cover.procedure
        run = _Run(
            delivery,
            cover.section if cover.complete else fallback,
            sheet.section,
            cover,
            first=sheet.source,
            last=sheet.source,
        )
    else:
        delivery = Delivery(None, name)
        deliveries.append(delivery)
        code = "cover-conflict" if isinstance(cover, CoverSheet) else "cover-invalid"
        delivery.findings.append(finding(code, file=file, page=page))
        run = _Run(delivery, fallback, sheet.section)
    section = sheet.section or run.section
    run.delivery.set_aside.append(SetAside(sheet, section, len(run.delivery.pages.get(section, ()))))
    return run


def _doubts(cover: CoverSheet, sheet: Sheet, procedure: str | None) -> Iterator[Finding]:
    """Yield where a cover sheet says too little, or other things than its folder or the cover sheet before it."""
    file, page = sheet.source.name, sheet.source.index + 1
    if not cover.complete:
        yield finding("cover-incomplete", file=file, page=page)
    elif sheet.section not in (None, cover.section):
        yield finding("cover-section-differs", file=file, page=page)
    if cover.procedure and procedure and cover.procedure != procedure:
        yield finding("cover-procedure-differs", file=file, page=page, first=procedure, other=cover.procedure)


def _file(run: _Run, sheet: Sheet) -> None:
    """Put one page where its folder or its run says."""
    section = sheet.section or run.section
    delivery, run.last = run.delivery, sheet.source
    if sheet.kind is None:
        run.content += 1
        delivery.rejected.append(sheet)
        delivery.findings.extend(sheet.findings)
    elif sheet.kind is PageKind.BLANK:
        run.blank += 1
        delivery.set_aside.append(SetAside(sheet, section, len(delivery.pages.get(section, ()))))
        delivery.findings.extend(sheet.findings)
    else:
        run.content += 1
        delivery.pages.setdefault(section, []).append(sheet)


def _twins(delivery: Delivery) -> Iterator[Finding]:
    """Yield a finding for each page whose very bytes stand in the same section already: filed, but worth a look."""
    for section, sheets in delivery.pages.items():
        seen: set[Place] = set()
        for sheet in sheets:
            place = Place.of(sheet.source, section)
            if place in seen:
                yield finding("page-twice", file=sheet.source.name, page=place.page)
            seen.add(place)


def _close(run: _Run | None) -> None:
    """Hold the cover sheet's page count against what followed it; blank backs may be counted or not."""
    if run is None or run.cover is None:
        return
    _keep_promise(run, run.cover)
    if run.content + run.blank == 0:
        run.delivery.findings.append(finding("cover-empty", dossier=str(run.cover.dossier_id)))
        return
    expected = run.cover.expected_pages
    if expected is not None and expected not in (run.content, run.content + run.blank):
        run.delivery.findings.append(
            finding(
                "cover-page-count",
                section=run.section,
                expected=expected,
                found=run.content,
                blank=run.blank,
            )
        )


def _keep_promise(run: _Run, cover: CoverSheet) -> None:
    if cover.expected_pages is not None and run.first is not None and run.last is not None:
        run.delivery.promises.append(
            Promise(run.first, cover.dossier_id, run.section, cover.expected_pages, run.content, run.blank, run.last)
        )


def _delivery(deliveries: list[Delivery], dossier: DossierId | None, name: str) -> Delivery:
    """Return the delivery to ``dossier`` of this group, begun if need be; each holding is one of its own."""
    if dossier is not None:
        for delivery in deliveries:
            if delivery.dossier == dossier:
                return delivery
    delivery = Delivery(dossier, name)
    deliveries.append(delivery)
    return delivery


def _new_long_file(previous: Sheet | None, sheet: Sheet) -> bool:
    """Tell whether ``sheet`` begins a file of several pages behind another file of several pages."""
    return (
        previous is not None
        and previous.file_order != sheet.file_order
        and previous.file_pages > 1
        and sheet.file_pages > 1
    )


def count_pages(deliveries: Iterable[Delivery]) -> int:
    """Return how many sheets the deliveries hold in all; equal to the number given to ``cut``."""
    return sum(sum(map(len, d.pages.values())) + len(d.set_aside) + len(d.rejected) for d in deliveries)
