"""The one module that knows SQLite: how a connection is set up, how a transaction begins, what its errors mean.

WAL, so readers never wait for the writer; ``synchronous=FULL``, so a committed transaction survives a power cut
(at the default NORMAL, WAL may lose the last ones).  A writing transaction begins with ``BEGIN IMMEDIATE``: it
waits for its turn at the start, instead of failing in the middle when it turns from reader to writer.  A database
that this process may not write is opened for reading, see ``_connect_reading``.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from sohoa.errors import UsageError
from sohoa.wording import both
from storage.errors import CatalogueDamaged, StoreUnreachable

_WAIT = 60.0
"""Seconds a writer waits for another; a commit takes about 10 ms, a reindex of 100,000 versions about a minute."""

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WRITING = "sohoa_writing"
_SYNCED = "sohoa_synced"
_READ_ONLY = "sohoa_read_only"
_UNLOCKED = "sohoa_unlocked"
_INODE = "sohoa_inode"
_AGAIN = both("Chạy lại lệnh này.", "Run the same command again.")

_Stamp = tuple[int, int, int]
"""Inode, size in bytes and time of the last change in nanoseconds."""


def database_file(url: str) -> Path:
    """Return the file that ``sqlite:///…`` names; raises UsageError for any other address."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise UsageError(
            both("không phải địa chỉ danh mục", "not a catalogue address"),
            subject=url,
            advice=both(
                "Viết sqlite:///thư-mục/catalogue.db (tương đối) hoặc sqlite:////thư-mục-tuyệt-đối/catalogue.db.",
                "Use sqlite:///folder/catalogue.db (relative) or sqlite:////absolute/folder/catalogue.db.",
            ),
        )
    return Path(parsed.database)


def open_engine(file: Path) -> Engine:
    """Return an engine on the database ``file``; file and folder are made when it first connects."""
    engine = create_engine(URL.create("sqlite", database=str(file)), connect_args={"timeout": _WAIT})
    met = False

    @event.listens_for(engine, "do_connect")
    def connect(_: object, record: ConnectionPoolEntry, __: object, options: dict[str, Any]) -> DBAPIConnection | None:
        if met and not file.is_file():  # SQLite would make a new, empty one in the place of one that is away
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file))
        if _is_read_only(file):
            return _connect_reading(file, record, options)
        file.parent.mkdir(parents=True, exist_ok=True)
        return None

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        nonlocal met
        met = True
        _set_up(connection, record)
        record.info[_INODE] = file.stat().st_ino

    @event.listens_for(engine, "checkout")
    def checked_out(_: object, record: ConnectionPoolEntry, __: object) -> None:
        # What is written to a file that was moved away is written to nothing that anybody will find.
        if file.stat().st_ino != record.info[_INODE]:
            raise DisconnectionError

    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine, *, synced: bool = True) -> Engine:
    """Return the same engine with transactions that take the write lock when they begin.

    Without ``synced`` a committed transaction survives the end of the process, but a power cut only when one that is
    synced was committed after it.
    """
    return engine.execution_options(**{_WRITING: True, _SYNCED: synced})


@contextmanager
def reading(engine: Engine, file: Path) -> Iterator[Connection]:
    """Give a connection that sees one moment of the database; raises StoreUnreachable when it could not."""
    with engine.begin() as connection:
        seen: _Stamp | None = connection.info.get(_UNLOCKED)
        if seen is None:
            yield connection
            return
        connection.detach()  # closed after this one use: it would never see what is written later
        try:
            yield connection
        except DBAPIError as error:
            _require_unchanged(file, seen, error)
            raise
        _require_unchanged(file, seen)


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Turn the database's errors into the room's own."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGE:
            message = both(f"tệp danh mục bị hỏng: {error.orig}", f"the catalogue's file is damaged: {error.orig}")
            raise CatalogueDamaged(message, subject=url) from error
        if code == sqlite3.SQLITE_READONLY:
            message = both("danh mục chỉ đọc được, không ghi được", "the catalogue can be read but not written")
            unreachable = StoreUnreachable(message, subject=url)
            unreachable.lasting = True
            raise unreachable from error
        message = both(f"không dùng được danh mục: {error.orig}", f"the catalogue cannot be used: {error.orig}")
        raise StoreUnreachable(message, subject=url) from error
    except OSError as error:
        message = both(f"không mở được danh mục: {error.strerror}", f"the catalogue cannot be opened: {error.strerror}")
        raise StoreUnreachable(message, subject=url) from error


def check(connection: Connection) -> list[str]:
    """Return what SQLite's own check finds wrong with the database file."""
    found = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    return [str(line) for line in found if line != "ok"]


def set_aside(file: Path) -> Path:
    """Move a damaged database and its journal out of the way; return where it is kept."""
    number = 1
    while (kept := file.with_name(f"{file.name}.damaged-{number}")).exists():
        number += 1
    file.rename(kept)
    for suffix in ("-wal", "-shm"):
        side = file.with_name(file.name + suffix)
        if side.exists():
            side.rename(kept.with_name(kept.name + suffix))
    return kept


def _is_read_only(file: Path) -> bool:
    """Tell whether there is a database that this process may not write; its folder counts, for the journal."""
    return file.is_file() and not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _connect_reading(file: Path, record: ConnectionPoolEntry, options: dict[str, Any]) -> DBAPIConnection:
    """Open a database that cannot be written.

    1. Beside a journal (-wal) SQLite reads as ever; a writer that is at work or was killed has left one.
    2. Without one it would have to make one, even to read.  The file is then whole, for the last to close it has
       put everything into it, and is read without any lock (immutable).
    3. Nothing keeps a writer with more rights from beginning meanwhile.  The file itself only changes when a journal
       is put into it, and then its time or size does: ``reading`` compares, and discards what it read.
    """
    seen = _stamp(file)  # before the journal is looked for: one that goes in between is noticed then
    unlocked = not file.with_name(f"{file.name}-wal").exists()
    address = f"{file.absolute().as_uri()}?mode=ro{'&immutable=1' if unlocked else ''}"
    record.info[_READ_ONLY] = True
    if unlocked:
        record.info[_UNLOCKED] = seen
    connection: DBAPIConnection = sqlite3.connect(address, uri=True, **options)
    return connection


def _stamp(file: Path) -> _Stamp:
    found = file.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _require_unchanged(file: Path, seen: _Stamp, cause: Exception | None = None) -> None:
    if _stamp(file) != seen:
        message = both("danh mục đã thay đổi trong khi đọc", "the catalogue was changed while it was read")
        raise StoreUnreachable(message, subject=str(file), advice=_AGAIN) from cause


def _set_up(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver shall not begin transactions by itself; _begin does
    if _READ_ONLY in record.info:
        return
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    immediate = options.get(_WRITING, False)
    if immediate:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options.get(_SYNCED, True) else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
