"""The error tree of the storage room.

StorageError
├── StoreUnreachable     the object store, catalogue or index cannot be reached (work is kept)
├── IntegrityError       stored bytes are not the bytes that were stored
├── VersionConflict      another writer committed this version first: rebase on it and commit again
├── ObjectExists         a conditional create met an object of the same key
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


class IntegrityError(StorageError):
    """Stored bytes are not the bytes that were stored."""

    exit_code = ExitCode.INTEGRITY
    code = "integrity"
    advice = "Restore the named object from a backup, then run: sohoa verify"


class VersionConflict(StorageError):
    """Another writer committed this version first."""

    code = "version-conflict"


class ObjectExists(StorageError):
    """A conditional create met an object of the same key."""

    code = "object-exists"


class NotFound(StorageError):
    """No such dossier, version or object."""

    exit_code = ExitCode.USAGE
    code = "not-found"
