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
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from sohoa import faults
from sohoa.owner import shown
from sohoa.wording import both
from storage.journal import changes, tables
from storage.journal.errors import BatchBusy, LeaseLost
from storage.journal.reading import LEDGER, JournalReader, pages_of, promises_of, row_of
from storage.journal.rows import BatchRequest, BatchRow, Entered, FileEntry, PageEnd, PageStep, joined
from storage.journal.states import BatchState, FileState, not_running, require_move
from storage.manifest import BatchRecord, ExpectedRecord

LEASE = dt.timedelta(minutes=3)
"""How long a process that was not heard of is still believed to be alive, where it cannot be asked."""


class Journal(JournalReader):
    """Batches, files and pages under way, in the database of the catalogue."""

    def enter(self, request: BatchRequest, entries: Sequence[FileEntry], person: str = "", reason: str = "") -> Entered:
        """Begin a batch, or take over one that asked for the same and did not end, and write its files down.

        Files that are new since then are added; those that are gone keep their rows.  ``person`` and ``reason`` say who
        wanted a held batch to be run again, and why.
        """
        with self._write() as connection:
            row = self._unfinished(connection, request)
            batch = row.batch if row is not None else self._begin(connection, request, BatchState.WAITING)
            self._take(connection, batch, person, reason)
            kept = row_of(connection, batch).wishes  # what an earlier run was told to expect, this one expects too
            told = tables.batches.update().where(tables.batches.c.batch == batch)
            connection.execute(told.values(wishes=_json({**kept, **request.wishes})))
            hands = {(row.position, row.page): row.attempts for row in pages_of(connection, batch) if row.attempts}
            positions = changes.add_files(connection, batch, entries)
            changes.send_back(connection, batch, positions)
            entered = Entered(row_of(connection, batch), tuple(positions), hands, promises_of(connection, batch))
        faults.reach("batch-entered")
        return entered

    def inspected(self, batch: str, found: Mapping[int, tuple[str, int]]) -> None:
        """Note SHA-256 and number of pages of files (by position), and each of their pages before it is read."""
        with self._own(batch) as connection:
            for position, (sha256, count) in found.items():
                changes.move_file(connection, batch, position, FileState.INSPECTED, sha256=sha256, pages=count)
                changes.add_pages(connection, batch, position, count)
        faults.reach("file-inspected")

    def refused(self, batch: str, position: int, reason: str) -> None:
        """Note that a file cannot be taken in as a whole."""
        with self._own(batch) as connection:
            changes.move_file(connection, batch, position, FileState.REFUSED, last_error=reason)

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
        # What is in whose hands matters when this process dies; after a power cut all is in nobody's.
        with self._own(batch, synced=False) as connection:
            for step in steps:
                changes.move_page(connection, batch, step)

    def settled(self, batch: str, ends: Sequence[PageEnd]) -> None:
        """Note where pages ended; a file all of whose pages are accounted for is settled with them."""
        with self._own(batch) as connection:
            changes.end_pages(connection, batch, ends)
        faults.reach("pages-settled")

    def close(self, record: BatchRecord, state: BatchState, reason: str = "") -> None:
        """Bring the batch to ``state`` with what it left; its files are settled when it is done."""
        batch, ledger = record.batch, {name: getattr(record.ledger, name) for name in LEDGER}
        with self._own(batch) as connection:
            self._move(connection, batch, state, reason=reason, record=record.model_dump_json(), **ledger)
            if state is BatchState.DONE:
                changes.require_all_looked_at(connection, batch)
                changes.settle_files(connection, batch)
        faults.reach("batch-closed")

    def freed(self, batch: str, positions: Sequence[int]) -> None:
        """Note that the sources of these files may go, or went: only those of a done or released batch."""
        with self._write() as connection:
            row = row_of(connection, batch)
            if row.state not in (BatchState.DONE, BatchState.RELEASED):
                require_move(row.state, BatchState.RELEASED, batch)
            for position in positions:
                changes.move_file(connection, batch, position, FileState.FREED)

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

    def decide(self, batch: str, state: BatchState, person: str, reason: str) -> BatchRow:
        """Move a batch as a person decided; raises IllegalMove, NotFound, and BatchBusy while a process has it."""
        with self._write() as connection:
            row = row_of(connection, batch)
            if row.state is BatchState.RUNNING:
                if self._has_living_owner(row):
                    raise BatchBusy(both("đang được xử lý", f"is being worked on by {shown(row.owner)}"), subject=batch)
                self._move(connection, batch, BatchState.INTERRUPTED, reason=_killed(row.owner))
            self._move(connection, batch, state, person=person, reason=reason)
            if state is BatchState.RELEASED:
                changes.settle_files(connection, batch)
            return row_of(connection, batch)

    @contextmanager
    def _write(self, *, synced: bool = True) -> Iterator[Connection]:
        self._prepare()
        with self._database.write(synced=synced) as connection:
            yield connection

    @contextmanager
    def _own(self, batch: str, *, synced: bool = True) -> Iterator[Connection]:
        """Give a writing connection on a batch that this process is at work on, and renew the lease with it."""
        table = tables.batches
        with self._write(synced=synced) as connection:
            mine = (table.c.batch == batch, table.c.owner == self._owner, table.c.state == BatchState.RUNNING.value)
            kept = connection.execute(table.update().where(*mine).values(lease=self._clock() + LEASE))
            if kept.rowcount != 1:
                row = row_of(connection, batch)
                if row.owner == self._owner:
                    raise not_running(row.state, batch)
                message = both("một tiến trình khác đã nhận lô này", f"{shown(row.owner)} has taken this batch over")
                raise LeaseLost(message, subject=batch)
            yield connection

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
            **dict.fromkeys(LEDGER, 0),
        }
        connection.execute(tables.batches.insert(), [values])
        self._say(connection, batch, state)
        return batch

    def _take(self, connection: Connection, batch: str, person: str = "", reason: str = "") -> None:
        """Make this process the owner of a batch that nobody is at work on."""
        row = row_of(connection, batch)
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
        row = row_of(connection, batch)
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


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _killed(owner: str) -> str:
    return both(f"tiến trình {shown(owner)} đã chết giữa chừng", f"process {shown(owner)} died before the end")
