"""Dossiers: what became of one in a batch, what ``show`` and ``export`` say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pipeline.events.base import Event, SeverityName
from storage.manifest import ComponentRecord, DocumentRecord, FindingRecord, GuessRecord, Manifest, PageTextRecord


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
    resolved: int | None = None
    """The number of the decision that settled it; null while it waits for a person."""

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
    batch: str = ""

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


class ExplainEvent(Event):
    """What ``explain`` prints: the procedure, what it asks for, and the documents, each with what decided it."""

    event: Literal["explain"] = "explain"
    dossier_id: str
    version: int
    procedure: GuessRecord
    components: tuple[ComponentRecord, ...]
    documents: tuple[DocumentRecord, ...]

    @classmethod
    def of(cls, manifest: Manifest) -> ExplainEvent:
        """Return what a version says of itself."""
        return cls(
            dossier_id=manifest.dossier_id,
            version=manifest.version,
            procedure=manifest.procedure,
            components=manifest.components,
            documents=manifest.documents,
        )


class ExportEvent(Event):
    """One file that ``export`` wrote."""

    event: Literal["export"] = "export"
    dossier_id: str
    version: int
    path: str
    bytes: int
    sha256: str
