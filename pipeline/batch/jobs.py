"""What workers are asked to do, as data: who asks need not load what doing it takes (``tasks``).

The parent of a batch has no use for OpenCV, Tesseract or a PDF writer; without them it starts in half the time, while
the workers' server loads them beside it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.cutting import Delivery, Sheet
from pipeline.model import Finding, PdfProfile
from pipeline.ocr.engines import EngineName
from pipeline.settings import OcrSettings
from scanners.base import FileInfo, IntakeLimits, PageSource
from sohoa.ids import Section
from storage.drafts import Payload, VersionDraft
from storage.manifest import DecisionRecord, Manifest, MovingRecord, PageTextRecord

INSPECT = "pipeline.batch.tasks:inspect_file"
READ = "pipeline.batch.tasks:read"
ASSEMBLE = "pipeline.batch.tasks:assemble"
VERSIONS = "pipeline.batch.tasks:versions"
STARTS_WITH_COVER = "pipeline.batch.tasks:starts_with_cover"
"""The functions that do it, by name."""

InspectJob = tuple[Path, str, IntakeLimits]
VersionsJob = tuple[OcrSettings, Path | None]
"""How pages are read, and the folder of the installation's own catalogue."""


@dataclass(frozen=True, slots=True)
class ReadJob:
    """One page to read; the reading is spooled to ``spool``."""

    info: FileInfo
    index: int
    position: int
    """The file's place in the batch's journal."""
    file_order: int
    section: Section | None
    spool: Path
    ocr: OcrSettings
    limits: IntakeLimits
    engine: EngineName
    profile: PdfProfile = "compact"
    """How the page's picture is kept."""
    retried: Finding | None = None
    """What became of this page in the first engine's hands, when it is the second's turn: it took a worker down."""
    without_text: Finding | None = None
    """Why this page is to be archived without being recognised: it took a worker down in everybody's hands."""
    timeout: float = 300.0
    """Seconds that the page may take in all, if it is no larger than an A4 page of 300 dpi."""
    turns: int | None = None
    """How a person said that the page is turned upright; it is then neither blank nor a cover sheet."""

    @property
    def place(self) -> tuple[int, int]:
        """Where the page stands in its group: the file's place, and the page's in the file."""
        return self.file_order, self.index

    @property
    def source(self) -> PageSource:
        """Where the page comes from."""
        return PageSource(self.info.name, self.info.sha256, self.index)

    def unread(self, reason: Finding) -> Sheet:
        """Return the sheet of this page when it could not be read at all; it will be rejected for ``reason``."""
        return Sheet(self.source, None, self.file_order, self.info.pages, self.section, findings=(reason,))


@dataclass(frozen=True, slots=True)
class Base:
    """The version that a delivery is added to, with its section PDFs and page texts."""

    manifest: Manifest
    sections: dict[Section, bytes]
    texts: tuple[PageTextRecord, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """Pages of the base that an order claims, to be moved; ``files`` are the base's originals by SHA-256.

    That they can be cut apart is tried before anything is claimed: what was claimed can be finished.
    """

    moving: tuple[MovingRecord, ...]
    files: dict[str, FileInfo]

    @property
    def pages(self) -> frozenset[tuple[str, int]]:
        """The pages as (section, 1-based page)."""
        return frozenset((one.section, one.page) for one in self.moving)


@dataclass(frozen=True, slots=True)
class Moved:
    """Pages that come from a holding or another dossier, as they are; ``files`` are its originals by SHA-256.

    ``pages`` are (section, 1-based page) of ``origin``.
    """

    origin: Base
    pages: frozenset[tuple[str, int]]
    files: dict[str, FileInfo]

    @property
    def brings_set_aside(self) -> bool:
        """Tell whether blank pages and cover sheets come along: when every page of a holding does."""
        manifest = self.origin.manifest
        return manifest.status == "held" and len(self.pages) == len(manifest.pages)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Pages of the base, as (section, 1-based page), that another dossier has now; ``files`` are the base's originals.

    What stays of an original that held one of them is cut anew: nothing of another family lies in it.
    """

    pages: frozenset[tuple[str, int]]
    dossier_id: str
    files: dict[str, FileInfo]


@dataclass(frozen=True, slots=True)
class AssemblyJob:
    """One delivery to assemble into ``folder``; ``infos`` maps each source file's SHA-256 to the file.

    A review makes a version without a delivery: of new ``decisions``, of pages read again (``reread``, the spool by
    section and page), of pages that an order claims (``claim``), ``moved`` in from elsewhere, or ``leaving``.
    """

    delivery: Delivery
    infos: dict[str, FileInfo]
    base: Base | None
    unit: str
    received: dt.date
    created: dt.datetime
    batch: str
    software: dict[str, str]
    folder: Path
    refuse_secret: bool = True
    catalogue: Path | None = None
    """The folder of the installation's own catalogue."""
    decisions: tuple[DecisionRecord, ...] = ()
    reread: dict[tuple[str, int], str] = field(default_factory=dict)
    claim: Claim | None = None
    moved: Moved | None = None
    leaving: Leaving | None = None


@dataclass(frozen=True, slots=True)
class Assembled:
    """A version ready to commit."""

    draft: VersionDraft
    payloads: tuple[Payload, ...]
