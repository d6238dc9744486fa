"""The journal's tables.  They lie in the catalogue's database but are no part of what is rebuilt from the objects:
no object says what was being done when a machine went down.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from storage.catalogue.database import KEPT as PREFIX
from storage.catalogue.schema import UtcDateTime

SCHEMA = 1

metadata = MetaData()

meta = Table(
    f"{PREFIX}meta", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False)
)

batches = Table(
    f"{PREFIX}batches",
    metadata,
    Column("batch", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("origin", String(16), nullable=False),
    Column("inputs", LargeBinary, nullable=False),
    Column("options", Text, nullable=False),
    Column("wishes", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("started", UtcDateTime, nullable=False),
    Column("changed", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(300), nullable=False),
    Column("lease", UtcDateTime, nullable=False),
    Column("pages_in", Integer, nullable=False),
    Column("filed", Integer, nullable=False),
    Column("separators", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("record", Text),
)

files = Table(
    f"{PREFIX}files",
    metadata,
    Column("batch", String(200), ForeignKey(batches.c.batch), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("dossier_group", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("path", LargeBinary, nullable=False),
    Column("sha256", String(64)),
    Column("pages", Integer),
    Column("state", String(16), nullable=False),
    Column("last_error", Text, nullable=False),
    Index(f"ix_{PREFIX}files_sha256", "sha256"),
)

pages = Table(
    f"{PREFIX}pages",
    metadata,
    Column("batch", String(200), ForeignKey(batches.c.batch), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("dossier_id", String(200)),
    Column("version", Integer),
    Column("seconds", Integer),
    Column("last_error", Text, nullable=False),
)

promises = Table(
    f"{PREFIX}promises",
    metadata,
    Column("batch", String(200), ForeignKey(batches.c.batch), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("dossier_group", Text, nullable=False),
    Column("cover_sha256", String(64), nullable=False, index=True),
    Column("cover_page", Integer, nullable=False),
    Column("record", Text, nullable=False),
)
"""What cover sheets said would follow: a later run that need not read them again holds the batch to it, too."""

moves = Table(
    f"{PREFIX}moves",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("batch", String(200), ForeignKey(batches.c.batch), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("owner", String(300), nullable=False),
    Column("person", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Every move of every batch, who made it and why; nothing is ever changed or removed here."""
