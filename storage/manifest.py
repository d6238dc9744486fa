"""The archival record: one manifest describes one version of one dossier, completely.

The archive is the objects plus their manifests; every database is rebuilt from them.  Nothing here is
computed: what a manifest says was decided by the pipeline, and written once.

Object keys (``layout`` is the only module that makes them)::

    {unit}/{year}/{dossier key}/objects/{sha256}.{suffix}      payloads, content-addressed, never overwritten
    {unit}/{year}/{dossier key}/originals/{sha256}.{suffix}    what the scanner delivered, as delivered
    {unit}/{year}/{dossier key}/manifests/{version:06d}.json   one conditional create: the commit point
    batches/{batch id}.json                                    the ledger of one batch
    batches/{batch id}/decisions/{number:06d}.json             what people decided about its findings
    archive.json                                               the archive's identity, made by its first writer
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1

SectionName = Literal["records", "processing", "results"]


class Record(BaseModel):
    """Base of all records: frozen, and strict about unknown keys so that nothing is dropped unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileRecord(Record):
    """One stored object of the version: ``records.pdf`` and its like, the pages' text, an original as scanned."""

    name: str
    role: Literal["section", "pages", "original"]
    key: str
    sha256: str
    bytes: int
    media_type: str


class SourceRecord(Record):
    """Where a page came from: the file's name and SHA-256, and the 1-based page in it."""

    file: str
    sha256: str
    page: int
    original: str | None = None
    """SHA-256 of the stored original that holds this page."""
    original_page: int | None = None
    """The 1-based page of that original; None in manifests of before it was kept."""


class QualityRecord(Record):
    """How good a page's scan and its reading are: a page that should be scanned again can be found by it.

    ``sharpness`` (None: hardly any print), ``contrast`` and ``ink`` are of the scan; ``low_confidence`` (0–100, what
    one word in ten does not reach) and ``doubtful`` (share of doubtful words) of the reading.
    """

    sharpness: float | None
    contrast: float
    ink: float
    low_confidence: float
    doubtful: float


class CropRecord(Record):
    """Which part of an upright, level scan is the page, because the scanner's lid shows around it.

    The scan has ``scan_width`` × ``scan_height`` px; the page begins at ``left``, ``top`` and is as large as it says.
    """

    left: int
    top: int
    scan_width: int
    scan_height: int


class CardRecord(Record):
    """What the QR code of a citizen's ID card on the page says."""

    number: str
    name: str
    born: dt.date
    gender: Literal["Nam", "Nữ"]
    address: str
    issued: dt.date | None = None


class PageRecord(Record):
    """One page of a section as archived; ``number`` is 1-based in its section. Sizes in px, angles in degrees."""

    section: SectionName
    number: int
    source: SourceRecord
    width: int
    height: int
    dpi: tuple[float, float]
    quarter_turns: int
    orientation_confidence: float
    skew: float
    skew_confidence: float
    deskewed_by: float
    engine: str
    words: int
    confidence: float
    quality: QualityRecord | None = None
    """None in manifests of before it was measured."""
    crop: CropRecord | None = None
    """None when the whole scan is the page, as in all manifests of before pages were cropped."""
    stated_dpi: tuple[float, float] | None = None
    """What the scan says of its resolution when that cannot be true; ``dpi`` is then the likely one."""
    fingerprint: str | None = None
    """How the page looks, in 64 bits as hexadecimal digits; None in manifests of before it was taken."""
    cards: tuple[CardRecord, ...] = ()


class SetAsideRecord(Record):
    """A page that belongs to the delivery but not in a section PDF; its original is kept."""

    kind: Literal["separator", "blank"]
    section: SectionName | None
    after_page: int
    """It lay behind this 1-based page of its section (0: before the first)."""
    source: SourceRecord


class EvidenceRecord(Record):
    """Words that decided a guess. ``box`` is [left, top, right, bottom] px of the upright page."""

    phrase: str
    found: str
    page: int
    box: tuple[int, int, int, int] | None
    weight: float


class AlternativeRecord(Record):
    """What else it may be, and how much speaks for that (0–1)."""

    code: str
    name: str
    weight: float


class GuessRecord(Record):
    """A document type or procedure with confidence 0–1; ``code`` is ``unknown`` when undecided."""

    code: str
    name: str
    confidence: float
    origin: Literal["cover", "content", "person"] = "content"
    evidence: tuple[EvidenceRecord, ...] = ()
    alternatives: tuple[AlternativeRecord, ...] = ()
    """The likeliest first; empty in manifests of before they were kept."""


class FieldRecord(Record):
    """A value read from a document, where it stood and by which rule."""

    name: str
    value: str
    page: int
    box: tuple[int, int, int, int] | None
    confidence: float
    rule: str


class CutRecord(Record):
    """Why a document begins where it does: confidence 0–1, and the signs.

    A sign is named by ``phrase``; its ``weight`` is more than 0 when it speaks for a first page.
    """

    confidence: float
    evidence: tuple[EvidenceRecord, ...] = ()


class DocumentRecord(Record):
    """A run of pages of one type in a section; ``number`` is 1-based in the dossier, pages 1-based in the section."""

    number: int
    section: SectionName
    type: GuessRecord
    first_page: int
    last_page: int
    date: dt.date | None = None
    fields: tuple[FieldRecord, ...] = ()
    cut: CutRecord | None = None
    """None for the first document of a section, and in manifests of before it was kept."""


class ComponentRecord(Record):
    """A paper that the procedure asks for (or gives: ``result``), and the numbers of the documents that are it.

    ``copy``: only certified copies are there; ``database``: none is, and a national database may have what it says.
    """

    type: str
    name: str
    result: bool
    state: Literal["found", "copy", "database", "missing"]
    documents: tuple[int, ...] = ()


class FindingRecord(Record):
    """Something that a machine was unsure of or refused, kept until a person resolves it."""

    code: str
    severity: Literal["info", "warning", "error"]
    message: str
    advice: str = ""
    section: SectionName | None = None
    page: int | None = None
    file: str | None = None
    box: tuple[int, int, int, int] | None = None
    """Where on the page, as [left, top, right, bottom] px of the upright page."""
    resolved: int | None = None
    """The 1-based number of the decision (of its manifest) that settled it; None while it waits for a person."""


class DecisionRecord(Record):
    """What a person decided about a finding or a page, who, when and why; every later version keeps it.

    ``action`` says what ``value`` means:

    - ``accept``: all is well as it is (no value); ``rescan``: the paper is to be scanned again (no value)
    - ``type``: a document type's id, of the document that begins on that page
    - ``procedure``: the dossier's procedure code
    - ``split`` and ``join``: a document begins on that page, or none does (no value)
    - ``rotate``: clockwise quarter turns from the stored image to the upright page
    - ``dossier``: the holding or dossier that pages came from
    - ``move-out``: the dossier that this page went to; the pages behind it are numbered one less from here on
    """

    action: Literal["accept", "rescan", "type", "procedure", "split", "join", "rotate", "dossier", "move-out"]
    person: str
    at: dt.datetime
    reason: str = ""
    code: str | None = None
    """The finding that it settles, if it does."""
    section: SectionName | None = None
    page: int | None = None
    file: str | None = None
    message: str | None = None
    """What that finding says: another one of the same code and place is another matter."""
    value: str | None = None
    order: str | None = None
    """The order (``MovingRecord``) by which pages moved, in the dossier that they left and in the one they came to."""


class MovingRecord(Record):
    """A page that a person ordered to another dossier and that is not gone yet (from a holding no page ever goes).

    It is claimed: of several orders the first one counts, and whoever comes next finishes it.
    """

    section: SectionName
    page: int
    """As numbered in this version."""
    dossier_id: str
    """The dossier that it goes to."""
    order: str
    """The order's name: the dossier and the version that first held the claim."""
    person: str
    at: dt.datetime
    reason: str = ""


class MovedOutRecord(Record):
    """A page that was filed here and belongs elsewhere: delivered again, it does not come back by itself."""

    section: SectionName
    source: SourceRecord
    dossier_id: str
    """The dossier that it went to."""


class DeliveryRecord(Record):
    """One delivery that this version holds, oldest first."""

    batch: str
    at: dt.datetime
    files: tuple[str, ...]
    pages: int


class Manifest(Record):
    """One version of one dossier. Version 1 has no ``previous``; later ones carry the SHA-256 of the one before."""

    schema_version: int = SCHEMA_VERSION
    dossier_id: str
    version: int
    previous: str | None
    status: Literal["archived", "held"]
    unit: str
    received: dt.date
    """Day of reception, from the dossier ID; for a holding, the day of its first delivery."""
    created: dt.datetime
    procedure: GuessRecord
    files: tuple[FileRecord, ...]
    pages: tuple[PageRecord, ...]
    set_aside: tuple[SetAsideRecord, ...]
    documents: tuple[DocumentRecord, ...]
    findings: tuple[FindingRecord, ...]
    deliveries: tuple[DeliveryRecord, ...]
    software: dict[str, str]
    """Program and engine versions that made this version."""
    decisions: tuple[DecisionRecord, ...] = ()
    """What people decided, oldest first."""
    moved_out: tuple[MovedOutRecord, ...] = ()
    """Pages that earlier versions hold and people moved to other dossiers."""
    moving: tuple[MovingRecord, ...] = ()
    """Pages that are claimed by an order to move them."""
    components: tuple[ComponentRecord, ...] = ()
    """What the procedure asks for and gives; empty while it is unknown, and in manifests of before it was kept."""

    def file(self, name: str) -> FileRecord | None:
        """Return the stored file of that name, or None."""
        return next((f for f in self.files if f.name == name), None)


class RepairRecord(Record):
    """A word of a page's text that was put right: its 0-based place in ``text.split()``, and what was read there."""

    word: int
    read: str


class PageTextRecord(Record):
    """One line of the ``pages`` payload (JSON lines, zstd): the text of one page and its words' boxes.

    ``text.split()`` gives the words; ``boxes`` and ``confidences`` run parallel to them.
    """

    section: SectionName
    page: int
    text: str
    boxes: tuple[tuple[int, int, int, int], ...]
    confidences: tuple[int, ...]
    repairs: tuple[RepairRecord, ...] = ()
    """Empty in records of before words were put right: their text is as read."""


class FileLedgerRecord(Record):
    """The sheet ledger of one file of a batch; ``missing`` are its 1-based pages that ended nowhere."""

    file: str
    sha256: str | None
    pages_in: int
    filed: int
    separators: int
    blank: int
    rejected: int
    missing: tuple[int, ...] = ()

    @property
    def balanced(self) -> bool:
        """Tell whether every page of the file is accounted for."""
        ended = self.filed + self.separators + self.blank + self.rejected
        return self.pages_in == ended and not self.missing


class ExpectedRecord(Record):
    """How many pages a cover sheet or a person said would come, and how many came.

    A cover sheet is named by ``file`` and 1-based ``page``; its ``found`` pages end with ``last_file`` and
    ``last_page``.  Blank backs may be counted or not.
    """

    said_by: Literal["cover", "person"]
    group: str
    dossier_id: str | None = None
    section: SectionName | None = None
    file: str | None = None
    page: int | None = None
    expected: int
    found: int
    blank: int = 0
    last_file: str | None = None
    last_page: int | None = None

    @property
    def met(self) -> bool:
        """Tell whether as many pages came as were expected."""
        return self.expected in (self.found, self.found + self.blank)


class LedgerRecord(Record):
    """The sheet ledger of a batch: ``pages_in`` must be the sum of the other four, as for each of its ``files``.

    ``files`` and ``expected`` are empty in records of before they were counted.
    """

    pages_in: int
    filed: int
    separators: int
    blank: int
    rejected: int
    files: tuple[FileLedgerRecord, ...] = ()
    expected: tuple[ExpectedRecord, ...] = ()

    @property
    def balanced(self) -> bool:
        """Tell whether every page that came in is accounted for, in all and file by file."""
        added_up = self.pages_in == self.filed + self.separators + self.blank + self.rejected
        return added_up and all(file.balanced for file in self.files)

    @property
    def complete(self) -> bool:
        """Tell whether it is balanced, and as many pages came as cover sheets and people said."""
        return self.balanced and all(told.met for told in self.expected)


class RejectedRecord(Record):
    """A file or page that could not be taken in; ``kept_at`` names its copy under ``rejected/``."""

    file: str
    page: int | None
    sha256: str | None
    finding: FindingRecord
    kept_at: str | None
    pages: int
    """How many pages it counts for in the ledger (1 where the file cannot say)."""
    dossier_id: str | None = None
    """The dossier whose manifest has the finding too, when its other pages were archived."""


class BatchRecord(Record):
    """The record of one batch: what was delivered, what became of it, and the ledger that proves it."""

    schema_version: int = SCHEMA_VERSION
    batch: str
    started: dt.datetime
    finished: dt.datetime
    inputs: tuple[str, ...]
    dossiers: tuple[tuple[str, int], ...]
    """(dossier ID or holding number, version) for each dossier the batch touched."""
    rejected: tuple[RejectedRecord, ...]
    findings: tuple[FindingRecord, ...] = ()
    """What was found about the batch that no dossier's manifest has, such as a cover sheet that no page follows."""
    ledger: LedgerRecord
    end: Literal["done", "released", "abandoned"] = "done"
    """``released`` and ``abandoned`` are a person's decisions about a batch that did not come to a good end."""
    person: str = ""
    reason: str = ""


class BatchDecisionRecord(Record):
    """What a person decided about a finding of a batch that belongs to no dossier; ``number`` is 1-based."""

    schema_version: int = SCHEMA_VERSION
    batch: str
    number: int
    decision: DecisionRecord


class IdentityRecord(Record):
    """Which archive this is: a random name that it keeps wherever it is moved."""

    schema_version: int = SCHEMA_VERSION
    archive: str
    created: dt.datetime
