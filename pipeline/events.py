"""What ``--json`` prints: one of these objects per line, and nothing else on standard output.

Other programs read these lines, so names and shapes are a contract; ``docs/events.schema.json`` is made from this
module and a test holds both that file and real output against it.  Fields may be added, never renamed or dropped.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from storage.manifest import DocumentRecord, FindingRecord, GuessRecord, LedgerRecord, Manifest, PageTextRecord

SeverityName = Literal["info", "warning", "error"]
Box = tuple[int, int, int, int]


class Event(BaseModel):
    """Base of all events: frozen, and complete (absent values are null, never left out)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GuessPart(Event):
    """A procedure: code and name from the catalogue (``unknown`` when undecided), confidence 0–1."""

    code: str
    name: str
    confidence: float

    @classmethod
    def of(cls, guess: GuessRecord) -> GuessPart:
        """Return what ``guess`` says, without its evidence."""
        return cls(code=guess.code, name=guess.name, confidence=round(guess.confidence, 3))


class DocumentPart(Event):
    """A document in a dossier; pages are 1-based in its section."""

    type: str
    name: str
    section: str
    first_page: int
    last_page: int
    confidence: float

    @classmethod
    def of(cls, document: DocumentRecord) -> DocumentPart:
        """Return what ``document`` says, without fields and evidence."""
        return cls(
            type=document.type.code,
            name=document.type.name,
            section=document.section,
            first_page=document.first_page,
            last_page=document.last_page,
            confidence=round(document.type.confidence, 3),
        )


class FindingPart(Event):
    """Something a person should know of; ``page`` is 1-based in ``section``, or in ``file`` when that is null.

    ``box`` is the place on the page, [left, top, right, bottom] px of the upright page, where it is about one.
    """

    code: str
    page: int | None
    severity: SeverityName
    message: str
    advice: str
    section: str | None
    file: str | None
    box: tuple[int, int, int, int] | None = None

    @classmethod
    def of(cls, record: FindingRecord) -> FindingPart:
        """Return the finding as an event part."""
        return cls(**record.model_dump())


class FilePart(Event):
    """A stored file of the dossier."""

    bytes: int
    sha256: str


class DossierEvent(Event):
    """What became of one dossier; ``dossier_id`` is null only for a rejected file that names no dossier.

    ``section`` is the section that this delivery brought pages to (null when it brought to several or to none).
    """

    event: Literal["dossier"] = "dossier"
    status: Literal["archived", "unchanged", "held", "rejected"]
    dossier_id: str | None
    version: int | None
    unit: str | None
    section: str | None
    procedure: GuessPart | None
    documents: tuple[DocumentPart, ...]
    pages: int
    blank: int
    findings: tuple[FindingPart, ...]
    files: dict[str, FilePart]

    @classmethod
    def of(
        cls, manifest: Manifest, status: Literal["archived", "unchanged", "held"], section: str | None
    ) -> DossierEvent:
        """Return the event for a committed (or already committed) version."""
        return cls(
            status=status,
            dossier_id=manifest.dossier_id,
            version=manifest.version,
            unit=manifest.unit,
            section=section,
            procedure=GuessPart.of(manifest.procedure),
            documents=tuple(DocumentPart.of(d) for d in manifest.documents),
            pages=len(manifest.pages),
            blank=sum(aside.kind == "blank" for aside in manifest.set_aside),
            findings=tuple(FindingPart.of(f) for f in manifest.findings),
            files={f.name: FilePart(bytes=f.bytes, sha256=f.sha256) for f in manifest.files if f.role == "section"},
        )

    @classmethod
    def rejected(cls, dossier_id: str | None, findings: tuple[FindingPart, ...]) -> DossierEvent:
        """Return the event for a delivery of which nothing could be taken in."""
        return cls(
            status="rejected",
            dossier_id=dossier_id,
            version=None,
            unit=None,
            section=None,
            procedure=None,
            documents=(),
            pages=0,
            blank=0,
            findings=findings,
            files={},
        )


class LedgerPart(Event):
    """The sheet ledger: ``pages_in`` is counted at the door, the others where each page ended."""

    pages_in: int
    filed: int
    separators: int
    blank: int
    rejected: int
    balanced: bool

    @classmethod
    def of(cls, ledger: LedgerRecord) -> LedgerPart:
        """Return the ledger with its verdict."""
        return cls(**ledger.model_dump(), balanced=ledger.balanced)


class BatchEvent(Event):
    """The last line of ``digitize``."""

    event: Literal["batch"] = "batch"
    batch: str
    dossiers: int
    ledger: LedgerPart
    seconds: float
    pages_per_minute: float


class HitEvent(Event):
    """One page that answers a search; ``boxes`` are the hit words in px of the upright page."""

    event: Literal["hit"] = "hit"
    dossier_id: str
    section: str
    page: int
    procedure: str
    doctype: str
    unit: str
    date: dt.date
    snippet: str
    score: float
    boxes: tuple[Box, ...]


class TotalEvent(Event):
    """The last line of ``search``: exact number of pages that match, and the seconds it took."""

    event: Literal["total"] = "total"
    total: int
    seconds: float


class RepairPart(Event):
    """A word of a page (1-based in its section) that was put right, and what was read."""

    section: str
    page: int
    text: str
    read: str

    @classmethod
    def of(cls, record: PageTextRecord) -> Iterator[RepairPart]:
        """Yield what was put right on a page, in reading order."""
        words = record.text.split()
        for repair in record.repairs:
            yield cls(section=record.section, page=record.page, text=words[repair.word], read=repair.read)


class ShowEvent(Event):
    """What ``show`` prints: the newest version of a dossier, whole, and the numbers of all versions."""

    event: Literal["show"] = "show"
    versions: tuple[int, ...]
    manifest: Manifest
    repairs: tuple[RepairPart, ...]


class ExportEvent(Event):
    """One file that ``export`` wrote."""

    event: Literal["export"] = "export"
    dossier_id: str
    version: int
    path: str
    bytes: int
    sha256: str


class IssueEvent(Event):
    """Something that ``verify`` found wrong."""

    event: Literal["issue"] = "issue"
    code: str
    severity: SeverityName
    dossier_id: str | None
    file: str | None
    key: str
    message: str


class VerifiedEvent(Event):
    """The last line of ``verify``."""

    event: Literal["verified"] = "verified"
    dossiers: int
    issues: int
    seconds: float


class ReviewEvent(Event):
    """One finding in the review queue: about a dossier, or (null) about a file that ``batch`` could not take in."""

    event: Literal["review"] = "review"
    dossier_id: str | None
    batch: str | None
    code: str
    severity: SeverityName
    section: str | None
    page: int | None
    file: str | None
    box: tuple[int, int, int, int] | None
    message: str
    advice: str


class ErrorEvent(Event):
    """The command could not go on; its exit status says of which kind the error is."""

    event: Literal["error"] = "error"
    code: str
    subject: str
    message: str
    advice: str


AnyEvent = Annotated[
    DossierEvent
    | BatchEvent
    | HitEvent
    | TotalEvent
    | ShowEvent
    | ExportEvent
    | IssueEvent
    | VerifiedEvent
    | ReviewEvent
    | ErrorEvent,
    Field(discriminator="event"),
]


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) that every line of ``--json`` output satisfies."""
    schema = TypeAdapter(AnyEvent).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sohoa events", **schema}


if __name__ == "__main__":  # python -m pipeline.events > docs/events.schema.json
    print(json.dumps(json_schema(), ensure_ascii=False, indent=2))
