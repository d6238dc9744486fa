"""What goes into the catalogue and what comes out: frozen rows, and the making of rows from a manifest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Table

from storage.catalogue import schema
from storage.manifest import BatchDecisionRecord, BatchRecord, FindingRecord, Manifest

PageRole = Literal["filed", "separator", "blank"]
UNKNOWN = "unknown"

_OPEN = ("warning", "error")
"""Severities that wait for a person; ``info`` needs nobody."""


@dataclass(frozen=True, slots=True)
class StoredManifest:
    """A manifest as it lies in the store: its key and the SHA-256 of the whole object."""

    manifest: Manifest
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch record as it lies in the store."""

    record: BatchRecord
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision about a batch's findings as it lies in the store."""

    record: BatchDecisionRecord
    key: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version that the catalogue knows."""

    dossier_id: str
    version: int
    manifest_key: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier at its latest version, in one line."""

    dossier_id: str
    unit: str
    received: dt.date
    status: str
    version: int
    created: dt.datetime
    procedure_code: str
    procedure_name: str
    procedure_confidence: float
    pages: int
    documents: int
    open_findings: int


@dataclass(frozen=True, slots=True)
class PageSourceRow:
    """Where one page of a source file went.

    ``file_page`` is 1-based in the file.  ``page`` is its number in ``section`` when filed, else the page
    that it lay behind (0: before the first).
    """

    file_sha256: str
    file_page: int
    dossier_id: str
    role: PageRole
    section: str | None
    page: int


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding that waits for a person: about a dossier, or about a file or page that a batch rejected."""

    dossier_id: str | None
    batch: str | None
    code: str
    severity: str
    message: str
    advice: str
    section: str | None
    page: int | None
    file: str | None
    box: tuple[int, int, int, int] | None
    """Where on the page, as [left, top, right, bottom] px of the upright page."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One version in the order in which versions became visible."""

    seq: int
    dossier_id: str
    version: int


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Dossiers and pages of one unit and procedure."""

    unit: str
    procedure_code: str
    procedure_name: str
    dossiers: int
    pages: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the archive holds, in numbers; ``groups`` breaks dossiers and pages down."""

    dossiers: int
    held: int
    versions: int
    documents: int
    pages: int
    separators: int
    blanks: int
    open_findings: int
    batches: int
    groups: tuple[GroupCount, ...]


Rows = dict[Table, list[dict[str, Any]]]
"""Rows to insert, by table; never leaves the catalogue."""


def dossier_rows(manifest: Manifest) -> Rows:
    """Return every row that describes the dossier at this version."""
    return {
        schema.dossiers: [_dossier_row(manifest)],
        schema.documents: _document_rows(manifest),
        schema.fields: _field_rows(manifest),
        schema.pages: _page_rows(manifest),
        schema.page_sources: _source_rows(manifest),
        schema.findings: [
            _finding_row(finding, position, dossier_id=manifest.dossier_id)
            for position, finding in enumerate(manifest.findings)
        ],
    }


def version_row(stored: StoredManifest) -> dict[str, Any]:
    """Return the row of one version."""
    return {
        "dossier_id": stored.manifest.dossier_id,
        "version": stored.manifest.version,
        "manifest_key": stored.key,
        "manifest_sha256": stored.sha256,
        "created": stored.manifest.created,
    }


def batch_rows(stored: StoredBatch) -> Rows:
    """Return the rows of one batch: its ledger, and the findings of what it rejected."""
    record = stored.record
    batch = {
        "batch": record.batch,
        "started": record.started,
        "finished": record.finished,
        **record.ledger.model_dump(include={"pages_in", "filed", "separators", "blank", "rejected"}),
        "record_key": stored.key,
        "record_sha256": stored.sha256,
    }
    found = [*(entry.finding for entry in record.rejected if entry.dossier_id is None), *record.findings]
    rows = [_finding_row(entry, position, batch=record.batch) for position, entry in enumerate(found)]
    return {schema.batches: [batch], schema.findings: rows}


def doctype_of_pages(manifest: Manifest) -> dict[tuple[str, int], str]:
    """Return the document type of each (section, page); pages of no document are ``unknown``."""
    types: dict[tuple[str, int], str] = {(page.section, page.number): UNKNOWN for page in manifest.pages}
    for document in manifest.documents:
        for number in range(document.first_page, document.last_page + 1):
            types[(document.section, number)] = document.type.code
    return types


def _dossier_row(manifest: Manifest) -> dict[str, Any]:
    return {
        "dossier_id": manifest.dossier_id,
        "unit": manifest.unit,
        "year": manifest.received.year,
        "received": manifest.received,
        "status": manifest.status,
        "version": manifest.version,
        "created": manifest.created,
        "procedure_code": manifest.procedure.code,
        "procedure_name": manifest.procedure.name,
        "procedure_confidence": manifest.procedure.confidence,
        "procedure_origin": manifest.procedure.origin,
        "pages": len(manifest.pages),
        "documents": len(manifest.documents),
        "separators": sum(page.kind == "separator" for page in manifest.set_aside),
        "blanks": sum(page.kind == "blank" for page in manifest.set_aside),
        "open_findings": sum(f.severity in _OPEN and f.resolved is None for f in manifest.findings),
    }


def _document_rows(manifest: Manifest) -> list[dict[str, Any]]:
    return [
        {
            "dossier_id": manifest.dossier_id,
            "number": document.number,
            "section": document.section,
            "doctype": document.type.code,
            "doctype_name": document.type.name,
            "confidence": document.type.confidence,
            "first_page": document.first_page,
            "last_page": document.last_page,
            "date": document.date,
        }
        for document in manifest.documents
    ]


def _field_rows(manifest: Manifest) -> list[dict[str, Any]]:
    return [
        {
            "dossier_id": manifest.dossier_id,
            "document": document.number,
            "position": position,
            "name": field.name,
            "value": field.value,
            "page": field.page,
            "confidence": field.confidence,
            "rule": field.rule,
        }
        for document in manifest.documents
        for position, field in enumerate(document.fields)
    ]


def _page_rows(manifest: Manifest) -> list[dict[str, Any]]:
    types = doctype_of_pages(manifest)
    return [
        {
            "dossier_id": manifest.dossier_id,
            "section": page.section,
            "number": page.number,
            "doctype": types[(page.section, page.number)],
            "engine": page.engine,
            "words": page.words,
            "confidence": page.confidence,
        }
        for page in manifest.pages
    ]


def _source_rows(manifest: Manifest) -> list[dict[str, Any]]:
    filed = [(page.source, "filed", page.section, page.number) for page in manifest.pages]
    aside = [(page.source, page.kind, page.section, page.after_page) for page in manifest.set_aside]
    return [
        {
            "dossier_id": manifest.dossier_id,
            "position": position,
            "file_sha256": source.sha256,
            "file_page": source.page,
            "role": role,
            "section": section,
            "page": number,
        }
        for position, (source, role, section, number) in enumerate([*filed, *aside])
    ]


def _finding_row(
    finding: FindingRecord, position: int, dossier_id: str | None = None, batch: str | None = None
) -> dict[str, Any]:
    return {
        "dossier_id": dossier_id,
        "batch": batch,
        "position": position,
        "open": finding.severity in _OPEN and finding.resolved is None,
        **finding.model_dump(exclude={"resolved"}),
    }
