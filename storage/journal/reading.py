"""The questions that are asked of the journal; each is answered from one moment of it."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, create_engine, inspect, select
from sqlalchemy.pool import StaticPool

from sohoa.owner import is_alive, this_process
from sohoa.wording import both
from storage.catalogue.database import Database
from storage.errors import NotFound, StoreUnreachable
from storage.journal import tables
from storage.journal.rows import BatchRequest, BatchRow, FileRow, MoveRow, PageRow, parted
from storage.journal.states import BatchState, FileState, PageState, is_open
from storage.manifest import BatchRecord, ExpectedRecord, LedgerRecord

LEDGER = ("pages_in", "filed", "separators", "blank", "rejected")
"""The columns of a batch's ledger."""


class JournalReader:
    """The journal as its readers know it: questions only."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._owner = this_process()
        self._ready = False

    def batches(self, states: Iterable[BatchState] | None = None, limit: int = 100) -> list[BatchRow]:
        """Return the newest batches, of all states or of these, newest first."""
        table = tables.batches
        query = select(table).order_by(table.c.started.desc(), table.c.batch.desc()).limit(limit)
        if states is not None:
            query = query.where(table.c.state.in_([state.value for state in states]))
        with self._read() as connection:
            return [batch_row(row) for row in connection.execute(query)]

    def batch(self, batch: str) -> BatchRow:
        """Return one batch; raises NotFound."""
        with self._read() as connection:
            return row_of(connection, batch)

    def is_worked_on(self, row: BatchRow) -> bool:
        """Tell whether a living process has this batch."""
        return row.state is BatchState.RUNNING and self._has_living_owner(row)

    def unfinished(self) -> list[BatchRow]:
        """Return the batches that the next run may go on with: not those that a living process or a person has."""
        states = (BatchState.WAITING, BatchState.RUNNING, BatchState.INTERRUPTED)
        return [row for row in self.batches(states, limit=100_000) if not self.is_worked_on(row)]

    def open_batches(self) -> list[BatchRow]:
        """Return every batch about which something is still to be done, by whomever."""
        return self.batches([state for state in BatchState if is_open(state)], limit=100_000)

    def unfreed(self) -> list[BatchRow]:
        """Return the batches that are done or released and have files whose sources were not freed yet."""
        files, table = tables.files, tables.batches
        mine = select(files.c.batch).where(files.c.state.in_([FileState.SETTLED.value, FileState.REFUSED.value]))
        ended = table.c.state.in_([BatchState.DONE.value, BatchState.RELEASED.value])
        with self._read() as connection:
            found = connection.execute(select(table).where(ended, table.c.batch.in_(mine)).order_by(table.c.started))
            return [batch_row(row) for row in found]

    def pending(self, request: BatchRequest) -> BatchRow | None:
        """Return the batch that ``enter`` would go on with."""
        with self._read() as connection:
            return self._unfinished(connection, request)

    def earlier_promises(self, files: Iterable[str]) -> list[tuple[str, ExpectedRecord]]:
        """Return what cover sheets in these files (SHA-256) said in any batch, the last of each sheet.

        What a person let go with a released batch is not asked for again.
        """
        table, batches = tables.promises, tables.batches
        found: dict[tuple[str, int], ExpectedRecord] = {}
        with self._read() as connection:
            for sha256 in dict.fromkeys(files):
                rows = connection.execute(
                    select(table, batches.c.state)
                    .join(batches, batches.c.batch == table.c.batch)
                    .where(table.c.cover_sha256 == sha256)
                    .order_by(batches.c.changed, table.c.position)
                )
                for row in rows:
                    place = sha256, row.cover_page
                    found[place] = ExpectedRecord.model_validate_json(row.record)
                    if row.state == BatchState.RELEASED.value:
                        del found[place]
        return [(sha256, record) for (sha256, _), record in found.items()]

    def is_held(self, path: Path, sha256: str | None) -> bool:
        """Tell whether this very file is in a batch that is held now."""
        files, batches = tables.files, tables.batches
        mine = (files.c.path == os.fsencode(path), files.c.sha256 == sha256)
        query = select(files.c.batch).join(batches, batches.c.batch == files.c.batch)
        with self._read() as connection:
            held = batches.c.state == BatchState.HELD.value
            return connection.execute(query.where(held, *mine)).first() is not None

    def latest(self, request: BatchRequest) -> BatchRow | None:
        """Return the newest batch of a request, whatever became of it."""
        table = tables.batches
        mine = table.c.fingerprint == request.fingerprint
        with self._read() as connection:
            row = connection.execute(select(table).where(mine).order_by(table.c.started.desc())).first()
        return None if row is None else batch_row(row)

    def files(self, batch: str) -> list[FileRow]:
        """Return the files of a batch in the order in which they entered."""
        table = tables.files
        with self._read() as connection:
            found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.position))
            return [_file_row(row) for row in found]

    def pages(self, batch: str) -> list[PageRow]:
        """Return the pages of a batch in order."""
        with self._read() as connection:
            return pages_of(connection, batch)

    def moves(self, batch: str) -> list[MoveRow]:
        """Return every move of a batch, oldest first."""
        table = tables.moves
        with self._read() as connection:
            found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.seq))
            return [MoveRow(row.at, BatchState(row.state), row.owner, row.person, row.reason) for row in found]

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """Give a reading connection; a journal that is not there, and cannot be made by a reader, is an empty one."""
        try:
            self._prepare()
        except StoreUnreachable as error:
            if not error.lasting:
                raise
            with _empty().begin() as connection:
                yield connection
            return
        with self._database.read() as connection:
            yield connection

    def _prepare(self) -> None:
        """Make the tables when they are missing: the catalogue may be older than the journal."""
        if self._ready:
            return
        with self._database.read() as connection:
            missing = not inspect(connection).has_table(tables.meta.name)
        if missing:
            with self._database.write() as connection:
                tables.metadata.create_all(connection)
                if connection.execute(select(tables.meta.c.value)).first() is None:
                    connection.execute(tables.meta.insert(), [{"name": "schema", "value": str(tables.SCHEMA)}])
        self._ready = True

    def _unfinished(self, connection: Connection, request: BatchRequest) -> BatchRow | None:
        table = tables.batches
        found = connection.execute(
            select(table).where(table.c.fingerprint == request.fingerprint).order_by(table.c.started)
        )
        rows = [row for row in map(batch_row, found) if is_open(row.state)]
        return next(
            (row for row in rows if row.state is not BatchState.RUNNING or not self._has_living_owner(row)), None
        )

    def _has_living_owner(self, row: BatchRow) -> bool:
        """Tell whether the owner of a running batch is to be believed alive."""
        alive = row.owner != self._owner and is_alive(row.owner)
        return self._clock() < row.lease if alive is None else alive


def row_of(connection: Connection, batch: str) -> BatchRow:
    """Return one batch; raises NotFound."""
    table = tables.batches
    row = connection.execute(select(table).where(table.c.batch == batch)).first()
    if row is None:
        message = both("không có lô này trong sổ công việc", "the journal has no such batch")
        advice = both("Xem danh sách lô bằng: sohoa batches", "See the batches with: sohoa batches")
        raise NotFound(message, subject=batch, advice=advice)
    return batch_row(row)


def pages_of(connection: Connection, batch: str) -> list[PageRow]:
    """Return the pages of a batch in order."""
    table = tables.pages
    found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.position, table.c.page))
    return [
        PageRow(
            row.position,
            row.page,
            PageState(row.state),
            row.attempts,
            row.dossier_id,
            row.version,
            None if row.seconds is None else row.seconds / 1000,
            row.last_error,
        )
        for row in found
    ]


def promises_of(connection: Connection, batch: str) -> dict[str, tuple[ExpectedRecord, ...]]:
    """Return what cover sheets of a batch said, by group."""
    table = tables.promises
    found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.position))
    told: dict[str, tuple[ExpectedRecord, ...]] = {}
    for row in found:
        one = ExpectedRecord.model_validate_json(row.record)
        told[row.dossier_group] = (*told.get(row.dossier_group, ()), one)
    return told


def batch_row(row: Row[tuple[object, ...]]) -> BatchRow:
    """Return a row of the table as the journal gives it out."""
    return BatchRow(
        batch=row.batch,
        origin=row.origin,
        inputs=parted(row.inputs),
        options=json.loads(row.options),
        wishes=json.loads(row.wishes),
        state=BatchState(row.state),
        started=row.started,
        changed=row.changed,
        attempts=row.attempts,
        owner=row.owner,
        lease=row.lease,
        ledger=LedgerRecord(**{name: getattr(row, name) for name in LEDGER}),
        last_error=row.last_error,
        record=None if row.record is None else BatchRecord.model_validate_json(row.record),
    )


def _file_row(row: Row[tuple[object, ...]]) -> FileRow:
    return FileRow(
        row.position,
        row.dossier_group,
        row.name,
        Path(os.fsdecode(row.path)),
        row.sha256,
        row.pages,
        FileState(row.state),
        row.last_error,
    )


@cache
def _empty() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    tables.metadata.create_all(engine)
    return engine
