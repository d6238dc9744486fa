"""Transactions on the catalogue's database, which is built from the objects when there is none of this schema."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, MetaData, inspect, select

from sohoa.wording import both
from storage.catalogue import schema, sqlite
from storage.catalogue.belonging import Belonging, Owner, remember, remembered
from storage.errors import CatalogueDamaged, StorageError

Build = Callable[[Connection], object]
"""Fills the empty tables from the objects."""

KEPT = "journal_"
"""What the names of tables begin with that no object can tell of: they stay when all others are made anew."""


class Database:
    """The catalogue's tables.  Nothing is opened or made before the first transaction."""

    def __init__(self, url: str, build: Build, belonging: Belonging) -> None:
        self._url = url
        self._belonging = belonging
        self._file = sqlite.database_file(url)
        self._engine = sqlite.open_engine(self._file)
        self._build = build
        self._ready = False
        self._claimed = False

    def close(self) -> None:
        """Close every connection; the next transaction opens a new one."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the catalogue; never waits for a writer."""
        with sqlite.translated(self._url):
            self._prepare()
            with sqlite.reading(self._engine, self._file) as connection:
                yield connection

    @contextmanager
    def write(self, *, synced: bool = True) -> Iterator[Connection]:
        """Give a connection whose changes are committed together, or not at all when an error leaves the block.

        Without ``synced`` they need not survive a power cut, only the end of the process.
        """
        with sqlite.translated(self._url):
            self._prepare()
            with sqlite.writing(self._engine, synced=synced).begin() as connection:
                yield connection

    def claim(self) -> None:
        """Give the archive its identity unless it has one, and remember it here; for whoever is about to write.

        Only writers do, so that a reader needs no right to write and never waits for one who does.
        """
        if self._claimed:
            return
        with self.read() as connection:
            known, owner = remembered(connection), self._belonging.owner(connection)
        given = self._belonging.claim(owner)
        if given and given != known:
            with self.write() as connection:
                remember(connection, given)
        self._claimed = True

    def rebuild(self, build: Build) -> None:
        """Make all tables anew in one transaction; until it commits, and when it fails, the old ones stand.

        A file that is no readable database is set aside first.  Raises ForeignCatalogue and ArchiveEmpty.
        """
        try:
            self._renew(build)
        except CatalogueDamaged:
            self.close()
            sqlite.set_aside(self._file)
            self._engine = sqlite.open_engine(self._file)
            self._renew(build)
        self._ready = True

    def _prepare(self) -> None:
        if self._ready:
            return
        with sqlite.reading(self._engine, self._file) as connection:
            current = _is_current(connection)
            self._belonging.owner(connection)
        if not current:
            # Two programs may meet a missing catalogue at once: the second waits, and finds it made.
            with sqlite.writing(self._engine).begin() as connection:
                if not _is_current(connection):
                    _make(connection, self._build, self._belonging.owner(connection))
        self._ready = True

    def _renew(self, build: Build) -> None:
        with sqlite.translated(self._url), sqlite.writing(self._engine).begin() as connection:
            _make(connection, build, self._belonging.owner(connection, rebuilding=True))


def meta(connection: Connection, name: str) -> str:
    """Return one of the catalogue's own facts: ``schema`` or ``epoch``."""
    return str(connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == name)).scalar_one())


def _make(connection: Connection, build: Build, owner: Owner | None) -> None:
    old = MetaData()
    old.reflect(connection, only=lambda name, _: not name.startswith(KEPT))
    old.drop_all(connection)
    schema.metadata.create_all(connection)
    values = {"schema": str(schema.SCHEMA), "epoch": secrets.token_hex(8)}
    connection.execute(schema.meta.insert(), [{"name": name, "value": value} for name, value in values.items()])
    if owner:
        remember(connection, owner)
    build(connection)


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table(schema.meta.name):
        return False
    found = int(meta(connection, "schema"))
    if found > schema.SCHEMA:
        raise StorageError(
            both(
                f"danh mục theo lược đồ {found}, bản sohoa này chỉ biết đến lược đồ {schema.SCHEMA}",
                f"the catalogue is of schema {found}, this release knows {schema.SCHEMA}",
            ),
            advice=both(
                "Dùng bản sohoa đã tạo danh mục này, hoặc bản mới hơn.",
                "Use the release of sohoa that made it, or a newer one.",
            ),
        )
    return found == schema.SCHEMA
