"""The catalogue's tables: what exists, in a form that can be asked; all of it can be rebuilt from the manifests.

``dossiers`` and the tables below it describe each dossier's latest version only; ``versions`` remembers every
version and the SHA-256 of its manifest.  ``outbox`` numbers the versions in the order in which they became
visible; search follows it.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

SCHEMA = 2
"""Raised with every change of the tables; a catalogue of another schema is rebuilt from the objects."""

metadata = MetaData()


class BoxText(TypeDecorator[tuple[int, int, int, int]]):
    """A place on a page, [left, top, right, bottom] px, as four numbers in a text."""

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: tuple[int, int, int, int] | None, dialect: Dialect) -> str | None:
        """Bring a place into its column."""
        return None if value is None else " ".join(map(str, value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, int, int, int] | None:
        """Bring it back."""
        if value is None:
            return None
        left, top, right, bottom = map(int, value.split())
        return left, top, right, bottom


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant: stored without a zone in UTC, given back aware; a naive value is taken as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Bring an instant to UTC and drop the zone."""
        if value is None or value.tzinfo is None:
            return value
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Say again that the stored instant is UTC."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


def _dossier(primary_key: bool = True) -> Column[str]:
    return Column("dossier_id", String(200), ForeignKey("dossiers.dossier_id"), primary_key=primary_key)


meta = Table("meta", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))

dossiers = Table(
    "dossiers",
    metadata,
    Column("dossier_id", String(200), primary_key=True),
    Column("unit", String(200), nullable=False, index=True),
    Column("year", Integer, nullable=False),
    Column("received", Date, nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", UtcDateTime, nullable=False),
    Column("procedure_code", String(200), nullable=False, index=True),
    Column("procedure_name", Text, nullable=False),
    Column("procedure_confidence", Float, nullable=False),
    Column("procedure_origin", String(16), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("separators", Integer, nullable=False),
    Column("blanks", Integer, nullable=False),
    Column("open_findings", Integer, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    _dossier(),
    Column("version", Integer, primary_key=True),
    Column("manifest_key", String(900), nullable=False),
    Column("manifest_sha256", String(64), nullable=False),
    Column("created", UtcDateTime, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _dossier(),
    Column("number", Integer, primary_key=True),
    Column("section", String(16), nullable=False),
    Column("doctype", String(200), nullable=False, index=True),
    Column("doctype_name", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("date", Date),
)

fields = Table(
    "fields",
    metadata,
    _dossier(),
    Column("document", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("value", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("rule", Text, nullable=False),
    Index("ix_fields_name", "name"),
)

pages = Table(
    "pages",
    metadata,
    _dossier(),
    Column("section", String(16), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("doctype", String(200), nullable=False),
    Column("engine", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
)

page_sources = Table(
    "page_sources",
    metadata,
    _dossier(),
    Column("position", Integer, primary_key=True),
    Column("file_sha256", String(64), nullable=False),
    Column("file_page", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("section", String(16)),
    Column("page", Integer, nullable=False),
    Index("ix_page_sources_file", "file_sha256", "file_page"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", String(200), ForeignKey("dossiers.dossier_id"), index=True),
    Column("batch", String(200), ForeignKey("batches.batch"), index=True),
    Column("position", Integer, nullable=False),
    Column("open", Boolean, nullable=False, index=True),
    Column("code", String(200), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("message", Text, nullable=False),
    Column("advice", Text, nullable=False),
    Column("section", String(16)),
    Column("page", Integer),
    Column("file", Text),
    Column("box", BoxText),
)

batches = Table(
    "batches",
    metadata,
    Column("batch", String(200), primary_key=True),
    Column("started", UtcDateTime, nullable=False),
    Column("finished", UtcDateTime, nullable=False),
    Column("pages_in", Integer, nullable=False),
    Column("filed", Integer, nullable=False),
    Column("separators", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("record_key", String(900), nullable=False),
    Column("record_sha256", String(64), nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("dossier_id", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    sqlite_autoincrement=True,
)
