"""What a caller hands to ``Archive.commit``: a version not yet numbered, and the payloads it is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from storage.layout import Role
from storage.manifest import (
    SCHEMA_VERSION,
    ComponentRecord,
    DecisionRecord,
    DeliveryRecord,
    DocumentRecord,
    FileRecord,
    FindingRecord,
    GuessRecord,
    Manifest,
    MovedOutRecord,
    MovingRecord,
    PageRecord,
    SetAsideRecord,
)


@dataclass(frozen=True, slots=True)
class Payload:
    """One file of a version: its name in the manifest, its role, media type and content (bytes or a file)."""

    name: str
    role: Role
    media_type: str
    data: bytes | Path = field(repr=False)


@dataclass(frozen=True, slots=True)
class VersionDraft:
    """A manifest without what the archive decides: version number, chain and stored files.

    ``carried`` are files of the version this one is built on that stay as they are; they are not read or
    written again.
    """

    dossier_id: str
    status: Literal["archived", "held"]
    unit: str
    received: dt.date
    created: dt.datetime
    procedure: GuessRecord
    pages: tuple[PageRecord, ...]
    set_aside: tuple[SetAsideRecord, ...]
    documents: tuple[DocumentRecord, ...]
    findings: tuple[FindingRecord, ...]
    deliveries: tuple[DeliveryRecord, ...]
    software: dict[str, str]
    carried: tuple[FileRecord, ...] = ()
    decisions: tuple[DecisionRecord, ...] = ()
    moved_out: tuple[MovedOutRecord, ...] = ()
    moving: tuple[MovingRecord, ...] = ()
    components: tuple[ComponentRecord, ...] = ()

    def manifest(self, version: int, previous: str | None, files: tuple[FileRecord, ...]) -> Manifest:
        """Return the manifest that this draft becomes."""
        return Manifest(
            schema_version=SCHEMA_VERSION,
            dossier_id=self.dossier_id,
            version=version,
            previous=previous,
            status=self.status,
            unit=self.unit,
            received=self.received,
            created=self.created,
            procedure=self.procedure,
            files=files,
            pages=self.pages,
            set_aside=self.set_aside,
            documents=self.documents,
            findings=self.findings,
            deliveries=self.deliveries,
            software=self.software,
            decisions=self.decisions,
            moved_out=self.moved_out,
            moving=self.moving,
            components=self.components,
        )
