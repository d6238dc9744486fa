"""The error tree of the storage room.

StorageError
├── StoreUnreachable     the object store, catalogue or index cannot be reached (work is kept)
│   └── SearchNotReady         the index is being built for the first time by another process
├── IntegrityError       stored bytes are not the bytes that were stored
│   └── CatalogueDamaged       the catalogue's file is no readable database; objects are not touched by it
├── VersionConflict      another writer committed this version first: rebase on it and commit again
├── ObjectExists         a conditional create met an object of the same key
├── InvalidKey           an ID, unit code or name that must not become part of an object key
└── NotFound             no such dossier, version or object
"""

from __future__ import annotations

from sohoa.errors import ExitCode, SohoaError


class StorageError(SohoaError):
    """The archive could not do what was asked."""

    code = "storage-error"


class StoreUnreachable(StorageError):
    """A store cannot be reached or written; the work is kept for the next run."""

    exit_code = ExitCode.UNREACHABLE
    code = "store-unreachable"
    advice = "Check the address, the disk's free space and the rights, then run the same command again."


class SearchNotReady(StoreUnreachable):
    """The search index is being built by another process and there is no older one to answer from."""

    code = "search-not-ready"
    advice = "Wait until the other command has built the index, then search again."


class IntegrityError(StorageError):
    """Stored bytes are not the bytes that were stored."""

    exit_code = ExitCode.INTEGRITY
    code = "integrity"
    advice = "Restore the named object from a backup, then run: sohoa verify"


class CatalogueDamaged(IntegrityError):
    """The catalogue's file is no readable database; the archive itself is not touched by it."""

    code = "catalogue-damaged"
    advice = "Run: sohoa reindex (it sets the damaged file aside and rebuilds the catalogue from the objects)."


class VersionConflict(StorageError):
    """Another writer committed this version first."""

    code = "version-conflict"
    advice = "Read the latest version, add to it and commit again."


class ObjectExists(StorageError):
    """A conditional create met an object of the same key."""

    code = "object-exists"


class InvalidKey(StorageError):
    """An ID, unit code or name that must not become part of an object key."""

    exit_code = ExitCode.USAGE
    code = "invalid-key"


class NotFound(StorageError):
    """No such dossier, version or object."""

    exit_code = ExitCode.USAGE
    code = "not-found"
