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
from scanners.base import FileInfo, PageSource
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
    """Originals of the new version that are made for it, and which page of them each source page lies on now."""

    now: dict[SourceRecord, SourceRecord] = field(default_factory=dict)
    """A source as it was (of a delivery: without an original), and as it is now."""
    payloads: list[Payload] = field(default_factory=list)

    def of_scan(self, source: PageSource) -> SourceRecord:
        """Return the source of a page that was delivered, with the original that was extracted for it."""
        return self.now[_scanned(source)].model_copy(update={"file": source.name})

    def moved(self, source: SourceRecord) -> SourceRecord:
        """Return where an archived page lies now: where it lay, unless its original was cut anew."""
        return self.now.get(source, source)

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
    parted = {one.source.sha256 for one in job.base.manifest.moved_out} if job.base else set()
    wanted: dict[str, set[int]] = {}
    for place in job.delivery.places - known:
        wanted.setdefault(place.file_sha256, set()).add(place.page - 1)
    for file_sha256 in dict.fromkeys(source.file_sha256 for source in job.delivery.sources):
        if file_sha256 not in wanted:
            continue
        indices = wanted[file_sha256]
        info = job.infos[file_sha256]
        if info.signed and len(shares[file_sha256]) == info.pages and file_sha256 not in parted:
            indices = shares[file_sha256]
        data, media_type = files.extract_original(info, sorted(indices))
        original = originals.keep(job.folder, data, media_type)
        for page, index in enumerate(sorted(indices), 1):
            source = _scanned(PageSource(info.name, file_sha256, index))
            kept = {"original": original, "original_page": page}
            originals.now[source] = source.model_copy(update=kept)
    return originals


def _scanned(source: PageSource) -> SourceRecord:
    return SourceRecord(file="", sha256=source.file_sha256, page=source.index + 1)


def cut_anew(
    manifest: Manifest,
    wanted: Sequence[SourceRecord],
    infos: Mapping[str, FileInfo],
    originals: Originals,
    folder: Path,
) -> None:
    """Cut from the originals of a version (``infos`` by SHA-256) just the pages ``wanted``."""
    for original in dict.fromkeys(source.original for source in wanted if source.original is not None):
        info = infos[original]
        places = {s: place_in_original(manifest, s, info.pages) for s in wanted if s.original == original}
        indices = sorted(set(places.values()))
        data, media_type = files.extract_original(info, indices)
        cut = originals.keep(folder, data, media_type)
        for source, index in places.items():
            kept = {"original": cut, "original_page": indices.index(index) + 1}
            originals.now[source] = source.model_copy(update=kept)


def write_payload(path: Path, name: str, role: Role, media_type: str, data: bytes) -> Payload:
    """Write one payload to a file of the worker's folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Payload(name, role, media_type, path)
