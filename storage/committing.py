"""The first steps of a commit: payloads stored, read back and compared, then the manifest.

Order: payload objects -> read back, compare SHA-256 -> manifest by conditional create.  Until the manifest is
there, nothing of the version exists: a killed commit leaves only objects that no manifest names, and the next
run finds them under the same keys.

A commit whose version is taken already stops before it stores anything, so a race that is lost early leaves no
objects that nobody names.  The conditional create still decides a race between two that write at the same time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from sohoa import faults
from sohoa.wording import both
from storage import layout
from storage.catalogue.rows import StoredManifest
from storage.drafts import Payload, VersionDraft
from storage.errors import IntegrityError, ObjectExists, VersionConflict
from storage.manifest import FileRecord, Manifest
from storage.objects.base import ObjectStore
from storage.records import read_manifest
from storage.sealed import seal

_CHUNK = 1 << 20


def store_version(
    store: ObjectStore, draft: VersionDraft, payloads: Sequence[Payload], base: Manifest | None
) -> StoredManifest:
    """Store the payloads and then the manifest of the version after ``base``; this is the commit.

    Raises VersionConflict when that version exists already and is another one, and IntegrityError when an
    object read back is not what was written.
    """
    names = [*(payload.name for payload in payloads), *(file.name for file in draft.carried)]
    if len(names) != len(set(names)):
        raise ValueError(f"two files of one name in {draft.dossier_id}: {sorted(names)}")
    version, previous = _position(store, base)
    stored = tuple(_file_record(draft, payload) for payload in payloads)
    manifest = draft.manifest(version, previous, (*stored, *draft.carried))
    key = layout.manifest_key(manifest.unit, manifest.received.year, manifest.dossier_id, version)
    data = seal(manifest)
    if store.exists(key):
        _require_same(store, key, data, manifest)
    for file, payload in zip(stored, payloads, strict=True):
        store.put(file.key, payload.data)
        _compare(store, file.key, file.sha256)
        faults.reach("payload-stored")
    try:
        store.put_new(key, data)
    except ObjectExists:
        _require_same(store, key, data, manifest)
    sha256 = hashlib.sha256(data).hexdigest()
    _compare(store, key, sha256)
    return StoredManifest(manifest, key, sha256)


def digest(stream: BinaryIO) -> str:
    """Return the SHA-256 of a stream from where it stands, in hexadecimal."""
    found = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _position(store: ObjectStore, base: Manifest | None) -> tuple[int, str | None]:
    """Return the number of the version after ``base`` and the SHA-256 of the stored ``base``."""
    if base is None:
        return 1, None
    stored = read_manifest(store, layout.manifest_key(base.unit, base.received.year, base.dossier_id, base.version))
    if stored.manifest != base:
        message = both(
            f"phiên bản {base.version} trong kho không phải bản được dùng làm gốc",
            f"version {base.version} in the archive is not the one built on",
        )
        raise VersionConflict(message, subject=base.dossier_id)
    return base.version + 1, stored.sha256


def _require_same(store: ObjectStore, key: str, data: bytes, manifest: Manifest) -> None:
    """Raise VersionConflict unless the manifest stored at ``key`` is this one, stored by a run that was killed."""
    if store.get(key) != data:
        message = both(
            f"phiên bản {manifest.version} đã được một lượt ghi khác lưu trước",
            f"version {manifest.version} was committed by another writer",
        )
        raise VersionConflict(message, subject=manifest.dossier_id) from None


def _file_record(draft: VersionDraft, payload: Payload) -> FileRecord:
    data = payload.data
    if isinstance(data, Path):
        with data.open("rb") as stream:
            sha256, size = digest(stream), data.stat().st_size
    else:
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
    key = layout.payload_key(
        draft.unit, draft.received.year, draft.dossier_id, payload.role, sha256, payload.media_type
    )
    return FileRecord(
        name=payload.name, role=payload.role, key=key, sha256=sha256, bytes=size, media_type=payload.media_type
    )


def _compare(store: ObjectStore, key: str, sha256: str) -> None:
    with store.open(key) as stream:
        found = digest(stream)
    if found != sha256:
        raise IntegrityError(
            both(
                f"đọc lại ra SHA-256 {found}, lúc ghi là {sha256}",
                f"read back with SHA-256 {found}, written with {sha256}",
            ),
            subject=key,
            advice=both(
                "Đĩa hoặc máy chủ làm sai lệch dữ liệu: ngừng ghi vào đó và chạy sohoa verify.",
                "The disk or server changes bytes: stop writing to it, and run sohoa verify.",
            ),
        )
