"""The catalogue: one transaction per archived version.

It follows the manifests and never leads them: every row comes from a stored manifest or batch record, a version
that a killed commit left out is recorded by the next run, and the whole can be rebuilt from the objects while
readers go on reading the old content until the new is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, and_, select

from sohoa.wording import both
from storage.catalogue import schema
from storage.catalogue.belonging import Belonging
from storage.catalogue.database import Database
from storage.catalogue.reader import CatalogueReader
from storage.catalogue.rows import (
    Rows,
    StoredBatch,
    StoredDecision,
    StoredManifest,
    batch_rows,
    dossier_rows,
    version_row,
)
from storage.errors import IntegrityError, StorageError
from storage.manifest import Manifest

Source = Callable[[], Iterable[StoredManifest | StoredBatch | StoredDecision]]
"""Reads every manifest and batch record of the archive, each dossier's versions oldest first; decisions come last."""


class ArchivedElsewhere(StorageError):
    """The same dossier is archived already under another unit or year of reception."""

    code = "archived-elsewhere"
    advice = (
        "Nộp hồ sơ với đúng đơn vị đã lưu trước đó; xem: sohoa show MÃ-HỒ-SƠ / "
        "Deliver it with the unit it is archived under; see: sohoa show DOSSIER"
    )


class Catalogue(CatalogueReader):
    """What the archive holds, in tables; built from ``source`` when there is no catalogue of this schema."""

    def __init__(self, url: str, source: Source, belonging: Belonging) -> None:
        super().__init__(Database(url, lambda connection: _fill(connection, source), belonging))

    @property
    def database(self) -> Database:
        """The database, for what else lies in it."""
        return self._database

    def close(self) -> None:
        """Close the database; the next use opens it again."""
        self._database.close()

    def claim(self) -> None:
        """Tie catalogue and archive to each other, before something is written to the archive."""
        self._database.claim()

    def record(self, stored: StoredManifest) -> None:
        """Record one version and its outbox row in one transaction; a version that is recorded is left alone.

        Raises ArchivedElsewhere, and IntegrityError when the version is known with another manifest.
        """
        with self._database.write() as connection:
            _record(connection, stored)

    def record_batch(self, stored: StoredBatch) -> None:
        """Record a batch and the findings of what it rejected; a batch that is recorded is left alone."""
        with self._database.write() as connection:
            _record_batch(connection, stored)

    def record_decision(self, stored: StoredDecision) -> None:
        """Close the finding of a batch that was decided about."""
        with self._database.write() as connection:
            _settle(connection, stored)

    def require_home(self, dossier_id: str, unit: str, year: int) -> None:
        """Raise ArchivedElsewhere when the dossier is known under another unit or year of reception."""
        with self._database.read() as connection:
            _require_home(connection, dossier_id, unit, year)

    def rebuild(self, source: Source) -> list[ArchivedElsewhere]:
        """Build every table anew; readers see the old content until the new is complete.

        Returns what was left out: dossiers whose ID is archived under another unit or year too.  Raises, before
        anything is changed, ForeignCatalogue and ArchiveEmpty.
        """
        left_out: list[ArchivedElsewhere] = []
        self._database.rebuild(lambda connection: left_out.extend(_fill(connection, source)))
        return left_out


def _fill(connection: Connection, source: Source) -> list[ArchivedElsewhere]:
    left_out = []
    for stored in source():
        try:
            if isinstance(stored, StoredManifest):
                _record(connection, stored)
            elif isinstance(stored, StoredBatch):
                _record_batch(connection, stored)
            else:
                _settle(connection, stored)
        except ArchivedElsewhere as error:
            left_out.append(error)
    return left_out


def _record(connection: Connection, stored: StoredManifest) -> None:
    manifest = stored.manifest
    known = schema.versions.c
    sha256 = connection.execute(
        select(known.manifest_sha256).where(
            and_(known.dossier_id == manifest.dossier_id, known.version == manifest.version)
        )
    ).scalar_one_or_none()
    if sha256 is not None:
        if sha256 != stored.sha256:
            message = both(
                f"bản kê không phải là bản mà danh mục đã ghi nhận (SHA-256 {sha256})",
                f"the manifest is not the one that the catalogue saw committed (SHA-256 {sha256})",
            )
            raise IntegrityError(message, subject=stored.key)
        return
    _require_home(connection, manifest.dossier_id, manifest.unit, manifest.received.year)
    if _is_latest(connection, manifest):
        _replace(connection, manifest)
    connection.execute(schema.versions.insert(), [version_row(stored)])
    connection.execute(schema.outbox.insert(), [{"dossier_id": manifest.dossier_id, "version": manifest.version}])


def _is_latest(connection: Connection, manifest: Manifest) -> bool:
    known = schema.dossiers.c
    version = connection.execute(
        select(known.version).where(known.dossier_id == manifest.dossier_id)
    ).scalar_one_or_none()
    return version is None or version < manifest.version


def _require_home(connection: Connection, dossier_id: str, unit: str, year: int) -> None:
    known = schema.dossiers.c
    home = connection.execute(select(known.unit, known.year).where(known.dossier_id == dossier_id)).first()
    if home is not None and (home.unit, home.year) != (unit, year):
        message = both(
            f"đã lưu dưới {home.unit}, {home.year}, không phải {unit}, {year}",
            f"is archived under {home.unit}, {home.year}, not {unit}, {year}",
        )
        raise ArchivedElsewhere(message, subject=dossier_id)


def _replace(connection: Connection, manifest: Manifest) -> None:
    rows = dossier_rows(manifest)
    [dossier] = rows.pop(schema.dossiers)
    for table in rows:
        connection.execute(table.delete().where(table.c.dossier_id == manifest.dossier_id))
    own = schema.dossiers
    updated = connection.execute(own.update().where(own.c.dossier_id == manifest.dossier_id).values(**dossier))
    if updated.rowcount == 0:
        connection.execute(own.insert(), [dossier])
    _insert(connection, rows)


def _record_batch(connection: Connection, stored: StoredBatch) -> None:
    table = schema.batches
    sha256 = connection.execute(
        select(table.c.record_sha256).where(table.c.batch == stored.record.batch)
    ).scalar_one_or_none()
    if sha256 is None:
        _insert(connection, batch_rows(stored))
    elif sha256 != stored.sha256:
        message = both(
            f"biên bản lô không phải là bản mà danh mục đã ghi nhận (SHA-256 {sha256})",
            f"the batch record is not the one that the catalogue saw (SHA-256 {sha256})",
        )
        raise IntegrityError(message, subject=stored.key)


def _settle(connection: Connection, stored: StoredDecision) -> None:
    decision, table = stored.record.decision, schema.findings
    place = [table.c[name] == getattr(decision, name) for name in ("code", "section", "page", "file", "message")]
    mine = table.c.batch == stored.record.batch
    connection.execute(table.update().where(mine, *place).values(open=False))


def _insert(connection: Connection, rows: Rows) -> None:
    for table, values in rows.items():
        if values:
            connection.execute(table.insert(), values)
