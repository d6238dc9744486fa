"""The questions that are asked of the catalogue; each is answered from one moment of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select

from storage.catalogue import schema, sqlite
from storage.catalogue.belonging import Owner, remembered
from storage.catalogue.database import Database, meta
from storage.catalogue.rows import (
    DossierRow,
    FindingRow,
    GroupCount,
    OutboxRow,
    PageSourceRow,
    Statistics,
    VersionRow,
    dossier_rows,
)
from storage.manifest import Manifest


class CatalogueReader:
    """The catalogue as its readers know it: questions only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def owner(self) -> Owner | None:
        """Return the archive that the catalogue belongs to, or None when nothing was ever written to it."""
        with self._database.read() as connection:
            return remembered(connection)

    def dossier(self, dossier_id: str) -> DossierRow | None:
        """Return the summary of one dossier."""
        wanted = [schema.dossiers.c[name] for name in DossierRow.__slots__]
        with self._database.read() as connection:
            row = connection.execute(select(*wanted).where(schema.dossiers.c.dossier_id == dossier_id)).first()
        return None if row is None else DossierRow(*row)

    def versions(self, dossier_id: str) -> list[VersionRow]:
        """Return the known versions of one dossier, oldest first."""
        table = schema.versions
        wanted = [table.c[name] for name in VersionRow.__slots__]
        with self._database.read() as connection:
            found = connection.execute(
                select(*wanted).where(table.c.dossier_id == dossier_id).order_by(table.c.version)
            )
            return [VersionRow(*row) for row in found]

    def dossier_ids(self) -> list[str]:
        """Return every known dossier, in the order of the IDs."""
        table = schema.dossiers
        with self._database.read() as connection:
            return list(connection.execute(select(table.c.dossier_id).order_by(table.c.dossier_id)).scalars())

    def batches(self) -> dict[str, str]:
        """Return every known batch and the SHA-256 of its record."""
        table = schema.batches
        with self._database.read() as connection:
            found = connection.execute(select(table.c.batch, table.c.record_sha256).order_by(table.c.batch))
            return {row.batch: row.record_sha256 for row in found}

    def sources(self, file_sha256: str) -> list[PageSourceRow]:
        """Return where the pages of a source file went, in page order; a page never archived is not there."""
        table = schema.page_sources
        wanted = [table.c[name] for name in PageSourceRow.__slots__]
        with self._database.read() as connection:
            found = connection.execute(
                select(*wanted)
                .where(table.c.file_sha256 == file_sha256)
                .order_by(table.c.file_page, table.c.dossier_id, table.c.position)
            )
            return [PageSourceRow(*row) for row in found]

    def review(self, limit: int = 100, offset: int = 0) -> list[FindingRow]:
        """Return findings that wait for a person: errors first, then by dossier, batch and page.

        Those of a holding wait until each of its pages has come to a dossier.
        """
        table = schema.findings
        wanted = [table.c[name] for name in FindingRow.__slots__]
        with self._database.read() as connection:
            found = connection.execute(
                select(*wanted)
                .where(_waits())
                .order_by(table.c.severity != "error", table.c.dossier_id, table.c.batch, table.c.position)
                .limit(limit)
                .offset(offset)
            )
            return [FindingRow(*row) for row in found]

    def review_total(self) -> int:
        """Return how many findings wait for a person."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(schema.findings).where(_waits())).scalar_one()

    def units(self) -> list[str]:
        """Return the units that the archive holds dossiers of, in order."""
        table = schema.dossiers
        with self._database.read() as connection:
            return list(connection.execute(select(table.c.unit).distinct().order_by(table.c.unit)).scalars())

    def statistics(self) -> Statistics:
        """Return what the archive holds, in numbers."""
        table = schema.dossiers
        group = (table.c.unit, table.c.procedure_code, table.c.procedure_name)
        sums = (func.coalesce(func.sum(table.c[name]), 0) for name in ("documents", "pages", "separators", "blanks"))
        with self._database.read() as connection:
            totals = connection.execute(select(*sums)).one()
            groups = connection.execute(
                select(*group, func.count(), func.sum(table.c.pages)).group_by(*group).order_by(*group)
            ).all()
            return Statistics(
                dossiers=_count(connection, table),
                held=_count(connection, table, status="held"),
                versions=_count(connection, schema.versions),
                documents=totals[0],
                pages=totals[1],
                separators=totals[2],
                blanks=totals[3],
                open_findings=_count(connection, schema.findings, open=True),
                batches=_count(connection, schema.batches),
                groups=tuple(GroupCount(*row) for row in groups),
            )

    def outbox_end(self) -> tuple[str, int]:
        """Return the epoch and the number of the last outbox row (0 when there is none), of one moment."""
        with self._database.read() as connection:
            last = connection.execute(select(func.coalesce(func.max(schema.outbox.c.seq), 0))).scalar_one()
            return meta(connection, "epoch"), last

    def outbox(self, after: int, limit: int) -> list[OutboxRow]:
        """Return up to ``limit`` outbox rows behind number ``after``, in order."""
        table = schema.outbox
        with self._database.read() as connection:
            found = connection.execute(
                select(table.c.seq, table.c.dossier_id, table.c.version)
                .where(table.c.seq > after)
                .order_by(table.c.seq)
                .limit(limit)
            )
            return [OutboxRow(*row) for row in found]

    def check(self) -> list[str]:
        """Return what the database's own check finds wrong with its file."""
        with self._database.read() as connection:
            return sqlite.check(connection)

    def differences(self, manifest: Manifest) -> list[str]:
        """Return the names of the tables that do not say what ``manifest`` says of its dossier."""
        with self._database.read() as connection:
            return [
                table.name
                for table, rows in dossier_rows(manifest).items()
                if _comparable(_stored(connection, table, manifest.dossier_id)) != _comparable(rows)
            ]


def _count(connection: Connection, table: Table, **conditions: object) -> int:
    wanted = (
        select(func.count()).select_from(table).where(*(table.c[name] == value for name, value in conditions.items()))
    )
    return connection.execute(wanted).scalar_one()


def _stored(connection: Connection, table: Table, dossier_id: str) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column is not schema.findings.c.id]
    found = connection.execute(select(*columns).where(table.c.dossier_id == dossier_id))
    return [dict(row) for row in found.mappings()]


def _comparable(rows: list[dict[str, Any]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted((name, str(_instant(value))) for name, value in row.items()) for row in rows)


def _instant(value: object) -> object:
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) and value.tzinfo else value


def _waits() -> ColumnElement[bool]:
    """Return the condition that a finding is open, and not of a holding whose pages are all at home elsewhere."""
    own, twin = schema.page_sources.alias(), schema.page_sources.alias()
    holding, home = schema.dossiers.alias(), schema.dossiers.alias()
    at_home = exists().where(
        twin.c.file_sha256 == own.c.file_sha256,
        twin.c.file_page == own.c.file_page,
        home.c.dossier_id == twin.c.dossier_id,
        home.c.status != "held",
    )
    homeless = exists().where(own.c.dossier_id == holding.c.dossier_id, own.c.role == "filed", ~at_home)
    emptied = exists().where(
        holding.c.dossier_id == schema.findings.c.dossier_id, holding.c.status == "held", ~homeless
    )
    return and_(schema.findings.c.open, ~emptied)
