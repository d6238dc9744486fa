"""The journal: what entered is written down before work on it starts, and every change of it in one transaction.

1. ``enter`` takes a batch over that was asked for before and did not come to its end, or begins a new one.  A batch
   that a living process has is left to it.
2. Only the owner changes a batch, its files and its pages; every change says who makes it and is refused with
   LeaseLost when another process has taken the batch over.
3. Each change is a legal move (``states``), or nothing is changed.
4. ``decide`` is for people: retry, release and abandon, with who and why.

The journal lies in the catalogue's database and survives its rebuilding.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Table,
    bindparam,
    create_engine,
    exists,
    func,
    inspect,
    select,
)
from sqlalchemy.pool import StaticPool

from sohoa import faults
from sohoa.owner import is_alive, shown, this_process
from sohoa.wording import both
from storage.catalogue.database import Database
from storage.errors import NotFound, StorageError, StoreUnreachable
from storage.journal import tables
from storage.journal.rows import (
    BatchRequest,
    BatchRow,
    Entered,
    FileEntry,
    FileRow,
    MoveRow,
    PageEnd,
    PageRow,
    PageStep,
    joined,
    parted,
)
from storage.journal.states import (
    ENDS,
    BatchState,
    FileState,
    IllegalMove,
    PageState,
    before,
    is_open,
    not_running,
    require_move,
)
from storage.manifest import BatchRecord, ExpectedRecord, LedgerRecord

LEASE = dt.timedelta(minutes=3)
"""How long a process that was not heard of is still believed to be alive, where it cannot be asked."""

_LEDGER = ("pages_in", "filed", "separators", "blank", "rejected")
_NOTHING = LedgerRecord(pages_in=0, filed=0, separators=0, blank=0, rejected=0)


class LeaseLost(StorageError):
    """Another process has taken this batch over; it will bring it to its end."""

    code = "lease-lost"
    advice = both(
        "Không cần làm gì: tiến trình kia làm tiếp lô này. Xem: sohoa batches show MÃ-LÔ",
        "Nothing to do: the other process goes on with this batch. See: sohoa batches show ID",
    )


class BatchBusy(StorageError):
    """A living process is at work on this batch."""

    code = "batch-busy"
    advice = both(
        "Chờ tiến trình đó xong, hoặc dừng nó bằng Ctrl-C, rồi chạy lại lệnh này.",
        "Wait until that process is done, or stop it with Ctrl-C, then run the same command again.",
    )


class Journal:
    """Batches, files and pages under way, in the database of the catalogue."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._owner = this_process()
        self._ready = False

    # ── the owner's side ──────────────────────────────────────────────────────────────────────────────────────────

    def enter(self, request: BatchRequest, entries: Sequence[FileEntry], person: str = "", reason: str = "") -> Entered:
        """Begin a batch, or take over one that asked for the same and did not end, and write its files down.

        Files that are new since then are added; those that are gone keep their rows.  ``person`` and ``reason`` say who
        wanted a held batch to be run again, and why.
        """
        with self._write() as connection:
            row = self._unfinished(connection, request)
            batch = row.batch if row is not None else self._begin(connection, request, BatchState.WAITING)
            self._take(connection, batch, person, reason)
            kept = self._row(connection, batch).wishes  # what an earlier run was told to expect, this one expects too
            _set(connection, batch, wishes=_json({**kept, **request.wishes}))
            hands = {(row.position, row.page): row.attempts for row in _pages(connection, batch) if row.attempts}
            positions = self._add_files(connection, batch, entries)
            self._send_back(connection, batch, positions)
            entered = Entered(self._row(connection, batch), tuple(positions), hands, _promises(connection, batch))
        faults.reach("batch-entered")
        return entered

    def enlist(self, request: BatchRequest, entries: Sequence[FileEntry]) -> BatchRow:
        """Write a batch down that will be begun later, unless one that asks for the same waits already."""
        with self._write() as connection:
            row = self._unfinished(connection, request)
            batch = row.batch if row is not None else self._begin(connection, request, BatchState.WAITING)
            kept = self._row(connection, batch).wishes
            _set(connection, batch, wishes=_json({**kept, **request.wishes}))
            self._add_files(connection, batch, entries)
            return self._row(connection, batch)

    def inspected(self, batch: str, found: Mapping[int, tuple[str, int]]) -> None:
        """Note SHA-256 and number of pages of files (by position), and each of their pages before it is read."""
        with self._own(batch) as connection:
            for position, (sha256, count) in found.items():
                _move_file(connection, batch, position, FileState.INSPECTED, sha256=sha256, pages=count)
                had = _numbers(connection, batch, position)
                new = [number for number in range(1, count + 1) if number not in had]
                if new:
                    connection.execute(tables.pages.insert(), [_new_page(batch, position, number) for number in new])
        faults.reach("file-inspected")

    def refused(self, batch: str, position: int, reason: str) -> None:
        """Note that a file cannot be taken in as a whole."""
        with self._own(batch) as connection:
            _move_file(connection, batch, position, FileState.REFUSED, last_error=reason)

    def promised(self, batch: str, group: str, told: Sequence[tuple[str, ExpectedRecord]]) -> None:
        """Note what cover sheets of a group of the batch said would follow them, in place of what was noted before.

        Each comes with the SHA-256 of the file that the cover sheet is in.
        """
        table = tables.promises
        with self._own(batch) as connection:
            connection.execute(table.delete().where(table.c.batch == batch, table.c.dossier_group == group))
            last = connection.execute(select(func.max(table.c.position)).where(table.c.batch == batch)).scalar()
            rows = [
                {
                    "batch": batch,
                    "position": number,
                    "dossier_group": group,
                    "cover_sha256": sha256,
                    "cover_page": one.page,
                    "record": one.model_dump_json(),
                }
                for number, (sha256, one) in enumerate(told, (last or 0) + 1)
            ]
            if rows:
                connection.execute(table.insert(), rows)

    def stepped(self, batch: str, steps: Sequence[PageStep]) -> None:
        """Note which pages workers were given and gave back, in the order in which that happened."""
        if not steps:
            return
        with self._own(batch) as connection:
            for step in steps:
                _move_page(connection, batch, step)

    def settled(self, batch: str, ends: Sequence[PageEnd]) -> None:
        """Note where pages ended; a file all of whose pages are accounted for is settled with them."""
        with self._own(batch) as connection:
            known = {(row.position, row.page): row for row in _pages(connection, batch)}
            table = tables.pages
            changes = []
            for end in ends:
                row = known.get((end.position, end.page))
                if row is None:  # a page that a worker took out though the file counted fewer: the ledger tells of it
                    continue
                if row.state is not end.state:
                    require_move(row.state, end.state, f"{batch} {end.position}:{end.page}")
                changes.append(
                    {
                        "b_position": end.position,
                        "b_page": end.page,
                        "state": end.state.value,
                        "dossier_id": end.dossier_id,
                        "version": end.version,
                        "last_error": end.reason,
                    }
                )
            if changes:
                connection.execute(
                    table.update().where(
                        table.c.batch == batch,
                        table.c.position == bindparam("b_position"),
                        table.c.page == bindparam("b_page"),
                    ),
                    changes,
                )
        faults.reach("pages-settled")

    def close(self, record: BatchRecord, state: BatchState, reason: str = "") -> None:
        """Bring the batch to ``state`` with what it left; its files are settled when it is done."""
        batch, ledger = record.batch, {name: getattr(record.ledger, name) for name in _LEDGER}
        with self._own(batch) as connection:
            self._move(connection, batch, state, reason=reason, record=record.model_dump_json(), **ledger)
            if state is BatchState.DONE:
                _require_all_looked_at(connection, batch)
                _settle_files(connection, batch)
        faults.reach("batch-closed")

    def freed(self, batch: str, positions: Sequence[int]) -> None:
        """Note that the sources of these files may go, or went: only those of a done or released batch."""
        with self._write() as connection:
            row = self._row(connection, batch)
            if row.state not in (BatchState.DONE, BatchState.RELEASED):
                require_move(row.state, BatchState.RELEASED, batch)
            for position in positions:
                _move_file(connection, batch, position, FileState.FREED)

    def stop(self, batch: str, state: BatchState, reason: str) -> None:
        """Note that the work on this batch stopped before its end (interrupted, or waiting); the next run goes on."""
        with self._own(batch) as connection:
            self._move(connection, batch, state, reason=reason)

    def conclude(self, record: BatchRecord) -> None:
        """Take over a batch whose record is in the archive already, and note that it is done."""
        with self._write() as connection:
            self._take(connection, record.batch)
        self.close(record, BatchState.DONE)

    def beat(self, batch: str) -> None:
        """Say that the owner is alive."""
        with self._own(batch):
            pass

    # ── people's side ─────────────────────────────────────────────────────────────────────────────────────────────

    def decide(self, batch: str, state: BatchState, person: str, reason: str) -> BatchRow:
        """Move a batch as a person decided; raises IllegalMove, NotFound, and BatchBusy while a process has it."""
        with self._write() as connection:
            row = self._row(connection, batch)
            if row.state is BatchState.RUNNING:
                if self._is_held(row):
                    raise BatchBusy(both("đang được xử lý", f"is being worked on by {shown(row.owner)}"), subject=batch)
                self._move(connection, batch, BatchState.INTERRUPTED, reason=_killed(row.owner))
            self._move(connection, batch, state, person=person, reason=reason)
            if state is BatchState.RELEASED:
                _settle_files(connection, batch)
            return self._row(connection, batch)

    # ── questions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def batches(self, states: Iterable[BatchState] | None = None, limit: int = 100) -> list[BatchRow]:
        """Return the newest batches, of all states or of these, newest first."""
        table = tables.batches
        query = select(table).order_by(table.c.started.desc(), table.c.batch.desc()).limit(limit)
        if states is not None:
            query = query.where(table.c.state.in_([state.value for state in states]))
        with self._read() as connection:
            return [_batch_row(row) for row in connection.execute(query)]

    def batch(self, batch: str) -> BatchRow:
        """Return one batch; raises NotFound."""
        with self._read() as connection:
            return self._row(connection, batch)

    def is_worked_on(self, row: BatchRow) -> bool:
        """Tell whether a living process has this batch."""
        return row.state is BatchState.RUNNING and self._is_held(row)

    def unfinished(self) -> list[BatchRow]:
        """Return the batches that the next run may go on with: not those that a living process or a person has."""
        states = (BatchState.WAITING, BatchState.RUNNING, BatchState.INTERRUPTED)
        return [row for row in self.batches(states, limit=100_000) if not self.is_worked_on(row)]

    def unfreed(self) -> list[BatchRow]:
        """Return the batches that are done or released and have files whose sources were not freed yet."""
        files, table = tables.files, tables.batches
        mine = select(files.c.batch).where(files.c.state.in_([FileState.SETTLED.value, FileState.REFUSED.value]))
        ended = table.c.state.in_([BatchState.DONE.value, BatchState.RELEASED.value])
        with self._read() as connection:
            found = connection.execute(select(table).where(ended, table.c.batch.in_(mine)).order_by(table.c.started))
            return [_batch_row(row) for row in found]

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
        return None if row is None else _batch_row(row)

    def files(self, batch: str) -> list[FileRow]:
        """Return the files of a batch in the order in which they entered."""
        table = tables.files
        with self._read() as connection:
            found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.position))
            return [_file_row(row) for row in found]

    def pages(self, batch: str) -> list[PageRow]:
        """Return the pages of a batch in order."""
        with self._read() as connection:
            return _pages(connection, batch)

    def page_counts(self, batch: str) -> Counter[PageState]:
        """Return how many pages of a batch are in which state."""
        return Counter(row.state for row in self.pages(batch))

    def moves(self, batch: str) -> list[MoveRow]:
        """Return every move of a batch, oldest first."""
        table = tables.moves
        with self._read() as connection:
            found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.seq))
            return [MoveRow(row.at, BatchState(row.state), row.owner, row.person, row.reason) for row in found]

    # ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────

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

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        self._prepare()
        with self._database.write() as connection:
            yield connection

    @contextmanager
    def _own(self, batch: str) -> Iterator[Connection]:
        """Give a writing connection on a batch that this process is at work on, and renew the lease with it."""
        table = tables.batches
        with self._write() as connection:
            mine = (table.c.batch == batch, table.c.owner == self._owner, table.c.state == BatchState.RUNNING.value)
            kept = connection.execute(table.update().where(*mine).values(lease=self._clock() + LEASE))
            if kept.rowcount != 1:
                row = self._row(connection, batch)
                if row.owner == self._owner:
                    raise not_running(row.state, batch)
                message = both("một tiến trình khác đã nhận lô này", f"{shown(row.owner)} has taken this batch over")
                raise LeaseLost(message, subject=batch)
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
        rows = [row for row in map(_batch_row, found) if is_open(row.state)]
        return next((row for row in rows if row.state is not BatchState.RUNNING or not self._is_held(row)), None)

    def _is_held(self, row: BatchRow) -> bool:
        """Tell whether the owner of a running batch is to be believed alive."""
        alive = row.owner != self._owner and is_alive(row.owner)
        return self._clock() < row.lease if alive is None else alive

    def _begin(self, connection: Connection, request: BatchRequest, state: BatchState) -> str:
        now = self._clock()
        batch = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        values = {
            "batch": batch,
            "fingerprint": request.fingerprint,
            "origin": request.origin,
            "inputs": joined(request.inputs),
            "options": _json(request.options),
            "wishes": _json(request.wishes),
            "state": state.value,
            "started": now,
            "changed": now,
            "attempts": 0,
            "owner": self._owner,
            "lease": now,
            "last_error": "",
            **_NOTHING.model_dump(include=set(_LEDGER)),
        }
        connection.execute(tables.batches.insert(), [values])
        self._say(connection, batch, state)
        return batch

    def _take(self, connection: Connection, batch: str, person: str = "", reason: str = "") -> None:
        """Make this process the owner of a batch that nobody is at work on."""
        row = self._row(connection, batch)
        if row.state is BatchState.RUNNING:
            self._move(connection, batch, BatchState.INTERRUPTED, reason=_killed(row.owner))
        self._move(
            connection,
            batch,
            BatchState.RUNNING,
            person=person,
            reason=reason,
            owner=self._owner,
            lease=self._clock() + LEASE,
            attempts=row.attempts + 1,
        )

    @staticmethod
    def _send_back(connection: Connection, batch: str, positions: Sequence[int]) -> None:
        """Send these files and their pages back to where they entered: a run accounts for all that it finds."""
        for table, state in ((tables.files, FileState.ENTERED), (tables.pages, PageState.ENTERED)):
            may = table.c.state.in_([one.value for one in before(state)])
            for position in positions:
                mine = (table.c.batch == batch, table.c.position == position)
                connection.execute(table.update().where(*mine, may).values(state=state.value))

    @staticmethod
    def _add_files(connection: Connection, batch: str, entries: Sequence[FileEntry]) -> list[int]:
        """Write down the files that the batch has not yet, and return the position of each of ``entries``."""
        table = tables.files
        known = connection.execute(
            select(table.c.position, table.c.path).where(table.c.batch == batch).order_by(table.c.position)
        ).all()
        had: dict[bytes, list[int]] = {}
        for row in known:
            had.setdefault(row.path, []).append(row.position)
        number = max((row.position for row in known), default=0)
        positions, rows = [], []
        for entry in entries:
            path = os.fsencode(entry.path)
            if had.get(path):  # the same file may be given twice, and then is two
                positions.append(had[path].pop(0))
                continue
            number += 1
            positions.append(number)
            rows.append(
                {
                    "batch": batch,
                    "position": number,
                    "dossier_group": entry.group,
                    "name": entry.name,
                    "path": path,
                    "state": FileState.ENTERED.value,
                    "last_error": "",
                }
            )
        if rows:
            connection.execute(table.insert(), rows)
        return positions

    def _move(
        self,
        connection: Connection,
        batch: str,
        state: BatchState,
        *,
        person: str = "",
        reason: str = "",
        **values: object,
    ) -> None:
        """Move a batch, and write down that it moved."""
        row = self._row(connection, batch)
        require_move(row.state, state, batch)
        table = tables.batches
        connection.execute(
            table.update()
            .where(table.c.batch == batch)
            .values(state=state.value, changed=self._clock(), last_error=reason, **values)
        )
        self._say(connection, batch, state, person, reason)

    def _say(self, connection: Connection, batch: str, state: BatchState, person: str = "", reason: str = "") -> None:
        move = {
            "batch": batch,
            "at": self._clock(),
            "state": state.value,
            "owner": self._owner,
            "person": person,
            "reason": reason,
        }
        connection.execute(tables.moves.insert(), [move])

    @staticmethod
    def _row(connection: Connection, batch: str) -> BatchRow:
        table = tables.batches
        row = connection.execute(select(table).where(table.c.batch == batch)).first()
        if row is None:
            message = both("không có lô này trong sổ công việc", "the journal has no such batch")
            advice = both("Xem danh sách lô bằng: sohoa batches", "See the batches with: sohoa batches")
            raise NotFound(message, subject=batch, advice=advice)
        return _batch_row(row)


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _set(connection: Connection, batch: str, **values: object) -> None:
    connection.execute(tables.batches.update().where(tables.batches.c.batch == batch).values(**values))


def _require_all_looked_at(connection: Connection, batch: str) -> None:
    """Raise IllegalMove while a file of the batch was not even inspected: nothing is done that was never begun."""
    table = tables.files
    entered = table.c.state == FileState.ENTERED.value
    row = connection.execute(select(table.c.name).where(table.c.batch == batch, entered)).first()
    if row is not None:
        message = both("còn tệp chưa được xem, lô chưa thể xong", "a file was not looked at, the batch is not done")
        raise IllegalMove(message, subject=f"{batch} {row.name}")


def _settle_files(connection: Connection, batch: str) -> None:
    """Settle the files each of whose pages is accounted for; the source of no other may go, whoever decides so."""
    table, pages = tables.files, tables.pages
    ended = pages.c.state.in_([state.value for state in ENDS])
    left = exists().where(pages.c.batch == table.c.batch, pages.c.position == table.c.position, ~ended)
    readable = table.c.state == FileState.INSPECTED.value
    connection.execute(
        table.update().where(table.c.batch == batch, readable, ~left).values(state=FileState.SETTLED.value)
    )


def _promises(connection: Connection, batch: str) -> dict[str, tuple[ExpectedRecord, ...]]:
    table = tables.promises
    found = connection.execute(select(table).where(table.c.batch == batch).order_by(table.c.position))
    told: dict[str, tuple[ExpectedRecord, ...]] = {}
    for row in found:
        one = ExpectedRecord.model_validate_json(row.record)
        told[row.dossier_group] = (*told.get(row.dossier_group, ()), one)
    return told


@cache
def _empty() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    tables.metadata.create_all(engine)
    return engine


def _killed(owner: str) -> str:
    return both(f"tiến trình {shown(owner)} đã chết giữa chừng", f"process {shown(owner)} died before the end")


def _new_page(batch: str, position: int, page: int) -> dict[str, object]:
    state = PageState.ENTERED.value
    return {"batch": batch, "position": position, "page": page, "state": state, "attempts": 0, "last_error": ""}


def _numbers(connection: Connection, batch: str, position: int) -> set[int]:
    table = tables.pages
    found = connection.execute(select(table.c.page).where(table.c.batch == batch, table.c.position == position))
    return set(found.scalars())


def _move_file(connection: Connection, batch: str, position: int, state: FileState, **values: object) -> None:
    table = tables.files
    _move_row(connection, table, [table.c.batch == batch, table.c.position == position], state, **values)


def _move_page(connection: Connection, batch: str, step: PageStep) -> None:
    table = tables.pages
    values: dict[str, object] = {}
    if step.state is PageState.READING:
        values["attempts"] = table.c.attempts + 1
    else:
        values["attempts"] = 0  # only a page that took everything down with it keeps its count
    if step.seconds is not None:
        values["seconds"] = round(step.seconds * 1000)
    if step.reason:
        values["last_error"] = step.reason
    where = [table.c.batch == batch, table.c.position == step.position, table.c.page == step.page]
    _move_row(connection, table, where, step.state, **values)


def _move_row(
    connection: Connection,
    table: Table,
    where: Sequence[ColumnElement[bool]],
    state: FileState | PageState,
    **values: object,
) -> None:
    """Move one row, or raise IllegalMove; a row that is in that state already only gets the values."""
    may = [one.value for one in (*before(state), state)]
    moved = connection.execute(table.update().where(*where, table.c.state.in_(may)).values(state=state.value, **values))
    if moved.rowcount != 1:
        row = connection.execute(select(table).where(*where)).first()
        if row is not None:
            require_move(type(state)(row.state), state, f"{row.batch} {row.position}")
        raise NotFound(both("sổ công việc không có mục này", "the journal has no such entry"), subject=table.name)


def _pages(connection: Connection, batch: str) -> list[PageRow]:
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


def _batch_row(row: Row[tuple[object, ...]]) -> BatchRow:
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
        ledger=LedgerRecord(**{name: getattr(row, name) for name in _LEDGER}),
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
