"""Reading manifests, batch records and the archive's identity from the object store, one or all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from sohoa.wording import both
from storage import layout
from storage.catalogue.rows import StoredBatch, StoredDecision, StoredManifest
from storage.errors import IntegrityError
from storage.manifest import BatchDecisionRecord, BatchRecord, IdentityRecord, Manifest
from storage.objects.base import ObjectStore
from storage.sealed import unseal


def read_manifest(store: ObjectStore, key: str) -> StoredManifest:
    """Return the manifest stored at ``key``.

    Raises NotFound, and IntegrityError when its bytes have changed or it does not belong at that key.
    """
    data = store.get(key)
    manifest = unseal(data, Manifest, key)
    own = layout.manifest_key(manifest.unit, manifest.received.year, manifest.dossier_id, manifest.version)
    if own != key:
        message = both(f"chứa bản kê thuộc về {own}", f"holds the manifest that belongs at {own}")
        raise IntegrityError(message, subject=key)
    return StoredManifest(manifest, key, hashlib.sha256(data).hexdigest())


def read_batch(store: ObjectStore, key: str) -> StoredBatch:
    """Return the batch record stored at ``key``; raises NotFound, and IntegrityError when its bytes have changed."""
    data = store.get(key)
    record = unseal(data, BatchRecord, key)
    if layout.batch_key(record.batch) != key:
        message = both(f"chứa biên bản của lô {record.batch}", f"holds the record of batch {record.batch}")
        raise IntegrityError(message, subject=key)
    return StoredBatch(record, key, hashlib.sha256(data).hexdigest())


def read_batch_decision(store: ObjectStore, key: str) -> StoredDecision:
    """Return the decision stored at ``key``; raises NotFound, and IntegrityError when its bytes have changed."""
    record = unseal(store.get(key), BatchDecisionRecord, key)
    if layout.batch_decision_key(record.batch, record.number) != key:
        message = both(f"chứa quyết định về lô {record.batch}", f"holds a decision about batch {record.batch}")
        raise IntegrityError(message, subject=key)
    return StoredDecision(record, key)


def read_identity(store: ObjectStore) -> IdentityRecord:
    """Return the archive's identity; raises NotFound, and IntegrityError when its bytes have changed."""
    return unseal(store.get(layout.IDENTITY), IdentityRecord, layout.IDENTITY)


def has_any(store: ObjectStore) -> bool:
    """Tell whether the archive holds any manifest or batch record, readable or not."""
    return any(_is_manifest(info.key) or layout.parse_batch_key(info.key) is not None for info in store.list(""))


def manifest_keys(store: ObjectStore, unit: str, year: int, dossier_id: str) -> list[str]:
    """Return the keys of a dossier's manifests, oldest version first."""
    listed = store.list(layout.manifest_prefix(unit, year, dossier_id))
    return [info.key for info in listed if layout.parse_dossier_key(info.key)]


def read_all(
    store: ObjectStore, damaged: Callable[[IntegrityError], None] | None = None
) -> Iterator[StoredManifest | StoredBatch | StoredDecision]:
    """Yield every manifest and batch record, each dossier's versions oldest first, decisions behind their batch.

    A broken one is handed to ``damaged`` and left out: it must not keep the rest from being found, and whoever
    asks for its own dossier meets the error.
    """
    for info in store.list(""):
        try:
            if _is_manifest(info.key):
                yield read_manifest(store, info.key)
            elif layout.parse_batch_key(info.key) is not None:
                yield read_batch(store, info.key)
            elif layout.is_batch_decision(info.key):
                yield read_batch_decision(store, info.key)
        except IntegrityError as error:
            if damaged:
                damaged(error)


def _is_manifest(key: str) -> bool:
    parsed = layout.parse_dossier_key(key)
    return parsed is not None and parsed.kind == "manifest"
