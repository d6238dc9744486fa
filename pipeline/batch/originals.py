"""The originals of a new version: of each source file just the pages of this dossier, as scanned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.cutting import Place
from pipeline.batch.decisions import place_in_original
from pipeline.batch.jobs import AssemblyJob
from pipeline.batch.signed import pages_of
from scanners import files
from scanners.base import FileInfo
from storage.drafts import Payload
from storage.layout import Role
from storage.manifest import Manifest, SourceRecord

_SUFFIXES = {
    "application/pdf": "pdf",
    "image/tiff": "tif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/jp2": "jp2",
}


@dataclass(slots=True)
class Originals:
    """Originals of the new version: those of the base by name, and the delivery's own, extracted."""

    sha256_of: dict[str, str] = field(default_factory=dict)
    payloads: list[Payload] = field(default_factory=list)

    def keep(self, folder: Path, data: bytes, media_type: str) -> str:
        """Keep one original, once however often its bytes come; return its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        name = f"originals/{digest}.{_SUFFIXES[media_type]}"
        if name not in {payload.name for payload in self.payloads}:
            self.payloads.append(write_payload(folder / digest, name, "original", media_type, data))
        return digest


def extract_originals(job: AssemblyJob, known: set[Place]) -> Originals:
    """Cut from each source file just the pages of this dossier, as scanned: nobody else's pages lie beside them.

    Pages that the base has (``known``) lie in an original of it already.
    A signed file that is all this dossier's stays whole, with pages that could not be read: its signature needs them.
    """
    originals = Originals()
    shares = pages_of(job.delivery)
    wanted: dict[str, set[int]] = {}
    for place in job.delivery.places - known:
        wanted.setdefault(place.file_sha256, set()).add(place.page - 1)
    for file_sha256 in dict.fromkeys(source.file_sha256 for source in job.delivery.sources):
        if file_sha256 not in wanted:
            continue
        indices = wanted[file_sha256]
        info = job.infos[file_sha256]
        if info.signed and len(shares[file_sha256]) == info.pages:
            indices = shares[file_sha256]
        data, media_type = files.extract_original(info, sorted(indices))
        originals.sha256_of[file_sha256] = originals.keep(job.folder, data, media_type)
    return originals


def cut_anew(
    manifest: Manifest,
    wanted: Sequence[SourceRecord],
    infos: Mapping[str, FileInfo],
    originals: Originals,
    folder: Path,
) -> None:
    """Cut from the originals of a version (``infos`` by SHA-256) just the pages ``wanted``; ``now_in`` tells where."""
    cut: dict[str, str] = {}
    for original in dict.fromkeys(source.original for source in wanted if source.original is not None):
        info = infos[original]
        indices = {place_in_original(manifest, s, info.pages) for s in wanted if s.original == original}
        data, media_type = files.extract_original(info, sorted(indices))
        cut[original] = originals.keep(folder, data, media_type)
    originals.sha256_of.update(cut)


def now_in(source: SourceRecord, originals: Originals) -> SourceRecord:
    """Return where a page lies now that its original was cut anew."""
    return source.model_copy(update={"original": originals.sha256_of.get(source.original or "")})


def write_payload(path: Path, name: str, role: Role, media_type: str, data: bytes) -> Payload:
    """Write one payload to a file of the worker's folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Payload(name, role, media_type, path)
