"""The one module that knows SQLite: how a connection is set up, how a transaction begins, what its errors mean.

WAL, so readers never wait for the writer; ``synchronous=FULL``, so a committed transaction survives a power cut
(at the default NORMAL, WAL may lose the last ones).  A writing transaction begins with ``BEGIN IMMEDIATE``: it
waits for its turn at the start, instead of failing in the middle when it turns from reader to writer.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from sohoa.errors import UsageError
from sohoa.wording import both
from storage.errors import CatalogueDamaged, StoreUnreachable

_WAIT = 60.0
"""Seconds a writer waits for another; a commit takes about 10 ms, a reindex of 100,000 versions about a minute."""

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_WRITING = "sohoa_writing"


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

    @event.listens_for(engine, "do_connect")
    def make_folder(*_: object) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)

    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the same engine with transactions that take the write lock when they begin."""
    return engine.execution_options(**{_WRITING: True})


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


def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver shall not begin transactions by itself; _begin does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
