"""Batches: the last line of ``digitize``, and what ``batches`` says of them."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pipeline.batch.missing import missing_sheets
from pipeline.events.base import Event
from storage.journal.rows import BatchRow, FileRow, MoveRow, PageRow
from storage.manifest import LedgerRecord

BatchStateName = Literal["waiting", "running", "interrupted", "held", "done", "released", "abandoned"]
FileStateName = Literal["entered", "inspected", "refused", "settled", "freed"]
PageStateName = Literal["entered", "reading", "read", "filed", "separator", "blank", "rejected"]


class MissingPart(Event):
    """Sheets that the ledger misses or has too many; ``page`` is 1-based in ``file``, a cover sheet's or the page's."""

    file: str | None
    page: int | None
    dossier_id: str | None
    section: str | None
    message: str


class LedgerPart(Event):
    """The sheet ledger: ``pages_in`` is counted at the door, the others where each page ended.

    ``missing`` names pages that ended nowhere, and those that cover sheets or people said would come and did not.
    """

    pages_in: int
    filed: int
    separators: int
    blank: int
    rejected: int
    balanced: bool
    missing: tuple[MissingPart, ...] = ()

    @classmethod
    def of(cls, ledger: LedgerRecord) -> LedgerPart:
        """Return the ledger with its verdict."""
        missing = tuple(
            MissingPart(
                file=sheet.file,
                page=sheet.page,
                dossier_id=sheet.dossier_id,
                section=sheet.section,
                message=sheet.message,
            )
            for sheet in missing_sheets(ledger)
        )
        sums = ledger.model_dump(include={"pages_in", "filed", "separators", "blank", "rejected"})
        return cls(**sums, balanced=ledger.balanced, missing=missing)


class BatchEvent(Event):
    """The last line of ``digitize``; ``state`` is ``done``, ``held`` (the sheets do not add up), or why it stopped.

    ``reason`` says why it is not done.
    """

    event: Literal["batch"] = "batch"
    batch: str
    dossiers: int
    ledger: LedgerPart
    seconds: float
    pages_per_minute: float
    state: BatchStateName = "done"
    reason: str = ""


class BatchStateEvent(Event):
    """A batch as the journal has it; ``worked_on`` says that a living process is at it."""

    event: Literal["batch-state"] = "batch-state"
    batch: str
    origin: str
    inputs: tuple[str, ...]
    state: BatchStateName
    worked_on: bool
    started: dt.datetime
    changed: dt.datetime
    attempts: int
    owner: str
    lease: dt.datetime
    last_error: str
    ledger: LedgerPart

    @classmethod
    def of(cls, row: BatchRow, worked_on: bool, owner: str, inputs: tuple[str, ...]) -> BatchStateEvent:
        """Return what the journal says; ``owner`` and ``inputs`` as people read them."""
        return cls(
            batch=row.batch,
            origin=row.origin,
            inputs=inputs,
            state=row.state.value,
            worked_on=worked_on,
            started=row.started,
            changed=row.changed,
            attempts=row.attempts,
            owner=owner,
            lease=row.lease,
            last_error=row.last_error,
            ledger=LedgerPart.of(row.record.ledger if row.record is not None else row.ledger),
        )


class FileStateEvent(Event):
    """A file of a batch, and how many of its pages are in which state."""

    event: Literal["file-state"] = "file-state"
    batch: str
    position: int
    file: str
    sha256: str | None
    state: FileStateName
    pages: int | None
    page_states: dict[PageStateName, int]
    last_error: str

    @classmethod
    def of(cls, batch: str, row: FileRow, states: dict[PageStateName, int]) -> FileStateEvent:
        """Return what the journal says of the file."""
        return cls(
            batch=batch,
            position=row.position,
            file=row.name,
            sha256=row.sha256,
            state=row.state.value,
            pages=row.pages,
            page_states=states,
            last_error=row.last_error,
        )


class PageStateEvent(Event):
    """A page of a file of a batch (1-based): where it is, or where it ended."""

    event: Literal["page-state"] = "page-state"
    batch: str
    position: int
    page: int
    state: PageStateName
    attempts: int
    dossier_id: str | None
    version: int | None
    seconds: float | None
    last_error: str

    @classmethod
    def of(cls, batch: str, row: PageRow) -> PageStateEvent:
        """Return what the journal says of the page."""
        return cls(
            batch=batch,
            position=row.position,
            page=row.page,
            state=row.state.value,
            attempts=row.attempts,
            dossier_id=row.dossier_id,
            version=row.version,
            seconds=row.seconds,
            last_error=row.last_error,
        )


class MoveEvent(Event):
    """One move of a batch: when, to which state, by which process, and by whose decision and why."""

    event: Literal["move"] = "move"
    batch: str
    at: dt.datetime
    state: BatchStateName
    owner: str
    person: str
    reason: str

    @classmethod
    def of(cls, batch: str, row: MoveRow, owner: str) -> MoveEvent:
        """Return what the journal says of the move; ``owner`` as people read it."""
        return cls(batch=batch, at=row.at, state=row.state.value, owner=owner, person=row.person, reason=row.reason)
