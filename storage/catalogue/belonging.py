"""Which archive a catalogue belongs to, and what is refused when it is opened with another one.

An archive's identity is an object at its root, made by its first writer.  The catalogue remembers that identity and
the address at which the archive was met last:

1. Both have one: they must be equal; the address may differ, an archive can be moved.
2. Only one has one, or neither (both may be older than identities): the same address will do, or else any one version
   that the catalogue knows and the archive holds.  The next write gives the identity to the other.
3. The catalogue knows dossiers and the archive holds no record at all: most often its disk is not mounted.

A damaged identity counts as none: one flipped bit must not keep the whole archive from being read, and verify
names it.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, select

from sohoa.wording import both
from storage import layout, records
from storage.catalogue import schema
from storage.errors import ArchiveEmpty, ForeignCatalogue, IntegrityError, NotFound, ObjectExists
from storage.manifest import SCHEMA_VERSION, IdentityRecord
from storage.objects.base import ObjectStore
from storage.sealed import seal

_IDENTITY, _ADDRESS = "archive", "archive_url"
_SAMPLE = 100
"""Versions looked for in an archive that cannot name itself; in the right one the first is found nearly always."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The archive that a catalogue belongs to: its identity, and its address when it was met last."""

    identity: str
    url: str


class Belonging:
    """Holds the catalogue at ``catalogue_url`` to the archive in ``store``."""

    def __init__(self, store: ObjectStore, catalogue_url: str) -> None:
        self._store = store
        self._catalogue_url = catalogue_url

    def owner(self, connection: Connection, *, rebuilding: bool = False) -> Owner | None:
        """Return what this catalogue should remember of its archive; None when there is no identity yet.

        The catalogue may be of any schema, or empty.  One without dossiers may be rebuilt for any archive.
        Raises ForeignCatalogue when it belongs to another archive, ArchiveEmpty when it knows dossiers and the
        archive holds nothing.
        """
        known, keys, own = remembered(connection), _some_manifests(connection), self._identity()
        if keys and (rebuilding or own is None):
            self._require_records(known, rebuilding)
        if self._is_same(known, own, keys):
            identity = own or (known.identity if known else None)
        elif keys or (known and own and not rebuilding):
            raise self._foreign(known)
        else:
            identity = own
        return Owner(identity, self._store.url) if identity else None

    def claim(self, owner: Owner | None) -> Owner | None:
        """Make sure that the archive has an identity: the one it is known by, or a new one; return it.

        An identity that is damaged stays as it is, and ``owner`` is returned.
        """
        record = IdentityRecord(
            schema_version=SCHEMA_VERSION,
            archive=owner.identity if owner else secrets.token_hex(16),
            created=dt.datetime.now(dt.UTC),
        )
        try:
            self._store.put_new(layout.IDENTITY, seal(record))
        except ObjectExists:
            identity = self._identity()
            return Owner(identity, self._store.url) if identity else owner
        return Owner(record.archive, self._store.url)

    def _identity(self) -> str | None:
        try:
            return records.read_identity(self._store).archive
        except (NotFound, IntegrityError):
            return None

    def _is_same(self, known: Owner | None, own: str | None, keys: list[str]) -> bool:
        if known and own:
            return known.identity == own
        return (known is not None and known.url == self._store.url) or any(map(self._store.exists, keys))

    def _require_records(self, known: Owner | None, rebuilding: bool) -> None:
        """Raise ArchiveEmpty when there is no record; an address never met before is rather a wrong setting."""
        if not rebuilding and known is not None and known.url != self._store.url:
            return
        if not records.has_any(self._store):
            message = both(
                f"kho không có bản ghi nào, trong khi danh mục {self._catalogue_url} đã ghi nhận hồ sơ",
                f"the archive holds no record at all, while the catalogue {self._catalogue_url} knows dossiers",
            )
            raise ArchiveEmpty(message, subject=self._store.url)

    def _foreign(self, known: Owner | None) -> ForeignCatalogue:
        elsewhere = known.url if known and known.url != self._store.url else ""
        message = both(
            f"danh mục {self._catalogue_url} thuộc về một kho khác{elsewhere and f', ở {elsewhere}'}",
            f"the catalogue {self._catalogue_url} belongs to another archive{elsewhere and f', at {elsewhere}'}",
        )
        return ForeignCatalogue(message, subject=self._store.url)


def remembered(connection: Connection) -> Owner | None:
    """Return the archive that the catalogue was last used with, or None when it has never met an identity."""
    if not inspect(connection).has_table(schema.meta.name):
        return None
    name, value = schema.meta.c.name, schema.meta.c.value
    found = connection.execute(select(name, value).where(name.in_((_IDENTITY, _ADDRESS))))
    facts = {row.name: row.value for row in found}
    return Owner(facts[_IDENTITY], facts[_ADDRESS]) if len(facts) == 2 else None


def remember(connection: Connection, owner: Owner) -> None:
    """Write down which archive the catalogue belongs to."""
    rows = [{"name": _IDENTITY, "value": owner.identity}, {"name": _ADDRESS, "value": owner.url}]
    connection.execute(schema.meta.delete().where(schema.meta.c.name.in_((_IDENTITY, _ADDRESS))))
    connection.execute(schema.meta.insert(), rows)


def _some_manifests(connection: Connection) -> list[str]:
    """Return keys of versions that the catalogue knows; the table's names are those of every schema so far."""
    if not inspect(connection).has_table(schema.versions.name):
        return []
    return list(connection.execute(select(schema.versions.c.manifest_key).limit(_SAMPLE)).scalars())
