"""Changes of the journal's rows, each a legal move or none; the caller has the transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, exists, select

from sohoa.wording import both
from storage.errors import NotFound
from storage.journal import tables
from storage.journal.reading import pages_of
from storage.journal.rows import FileEntry, PageEnd, PageStep
from storage.journal.states import ENDS, FileState, IllegalMove, PageState, before, require_move


def add_files(connection: Connection, batch: str, entries: Sequence[FileEntry]) -> list[int]:
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


def add_pages(connection: Connection, batch: str, position: int, count: int) -> None:
    """Write down the pages of a file that are not there yet; a file that was written anew with fewer has those only."""
    table, state = tables.pages, PageState.ENTERED.value
    mine = (table.c.batch == batch, table.c.position == position)
    connection.execute(table.delete().where(*mine, table.c.page > count))
    had = set(connection.execute(select(table.c.page).where(*mine)).scalars())
    rows = [
        {"batch": batch, "position": position, "page": page, "state": state, "attempts": 0, "last_error": ""}
        for page in range(1, count + 1)
        if page not in had
    ]
    if rows:
        connection.execute(table.insert(), rows)


def send_back(connection: Connection, batch: str, positions: Sequence[int]) -> None:
    """Send these files and their pages back to where they entered: a run accounts for all that it finds."""
    for table, state in ((tables.files, FileState.ENTERED), (tables.pages, PageState.ENTERED)):
        may = table.c.state.in_([one.value for one in before(state)])
        for position in positions:
            mine = (table.c.batch == batch, table.c.position == position)
            connection.execute(table.update().where(*mine, may).values(state=state.value))


def move_file(connection: Connection, batch: str, position: int, state: FileState, **values: object) -> None:
    """Move a file, or raise IllegalMove."""
    table = tables.files
    _move_row(connection, table, [table.c.batch == batch, table.c.position == position], state, **values)


def move_page(connection: Connection, batch: str, step: PageStep) -> None:
    """Move a page that a worker was given or gave back, and count how often it was in hand when a process died."""
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


def end_pages(connection: Connection, batch: str, ends: Sequence[PageEnd]) -> None:
    """Note where pages ended; raises IllegalMove, having changed nothing."""
    table = tables.pages
    known = {(row.position, row.page): row for row in pages_of(connection, batch)}
    for end in ends:
        row = known.get((end.position, end.page))
        if row is None:  # a page that a worker took out though the file counted fewer: the ledger tells of it
            continue
        if row.state is not end.state:
            require_move(row.state, end.state, f"{batch} {end.position}:{end.page}")
        mine = (table.c.batch == batch, table.c.position == end.position, table.c.page == end.page)
        told = {"dossier_id": end.dossier_id, "version": end.version, "last_error": end.reason}
        connection.execute(table.update().where(*mine).values(state=end.state.value, **told))


def require_all_looked_at(connection: Connection, batch: str) -> None:
    """Raise IllegalMove while a file of the batch was not even inspected: nothing is done that was never begun."""
    table = tables.files
    entered = table.c.state == FileState.ENTERED.value
    row = connection.execute(select(table.c.name).where(table.c.batch == batch, entered)).first()
    if row is not None:
        message = both("còn tệp chưa được xem, lô chưa thể xong", "a file was not looked at, the batch is not done")
        raise IllegalMove(message, subject=f"{batch} {row.name}")


def settle_files(connection: Connection, batch: str) -> None:
    """Settle the files each of whose pages is accounted for; the source of no other may go, whoever decides so."""
    table, pages = tables.files, tables.pages
    ended = pages.c.state.in_([state.value for state in ENDS])
    left = exists().where(pages.c.batch == table.c.batch, pages.c.position == table.c.position, ~ended)
    readable = table.c.state == FileState.INSPECTED.value
    connection.execute(
        table.update().where(table.c.batch == batch, readable, ~left).values(state=FileState.SETTLED.value)
    )


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
