"""The one door to what is stored: commit a version of a dossier, find and open it, verify and rebuild.

The objects and their manifests are the archive.  The catalogue and the search index follow them: a commit is
done when its manifest exists, and whatever was killed after that is caught up by the next call that looks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sohoa import faults, ids
from sohoa.wording import both
from storage import layout, records
from storage.catalogue.belonging import Belonging
from storage.catalogue.catalogue import Catalogue
from storage.catalogue.reader import CatalogueReader
from storage.catalogue.rows import StoredBatch, StoredDecision, StoredManifest
from storage.committing import store_version
from storage.drafts import Payload, VersionDraft
from storage.errors import IntegrityError, NotFound, ObjectExists, StorageError
from storage.feed import ArchiveFeed
from storage.journal.journal import Journal
from storage.manifest import BatchDecisionRecord, BatchRecord, DecisionRecord, Manifest, PageTextRecord
from storage.objects.base import ObjectStore
from storage.objects.open import open_store
from storage.pagetext import decode_page_texts, encode_page_texts
from storage.progress import Progress, silent
from storage.sealed import seal
from storage.search.base import SearchRequest, SearchResult
from storage.search.tantivy_index import TantivyIndex
from storage.verify import Verifier, VerifyIssue

__all__ = ["Archive", "Payload", "ReindexReport", "SearchRequest", "VerifyIssue", "VersionDraft", "encode_page_texts"]


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a rebuild read, and what it had to leave out: objects that differ from what was stored."""

    records: int
    problems: tuple[StorageError, ...]


class Archive:
    """An open archive: objects, catalogue and search.  Any number of processes may have one open at once.

    Nothing is read or made before the first call that needs it; that call raises ForeignCatalogue when the
    catalogue belongs to another archive, and ArchiveEmpty when the archive holds nothing of what it knows.
    An object of this class belongs to the process that opened it; do not take it along into a forked child.
    """

    def __init__(self, store: ObjectStore, catalogue_url: str, search_dir: Path) -> None:
        self._store = store
        self._catalogue = Catalogue(catalogue_url, lambda: records.read_all(store), Belonging(store, catalogue_url))
        self._journal = Journal(self._catalogue.database)
        self._feed = ArchiveFeed(self._catalogue, self._manifest_at, self.page_texts)
        self._index = TantivyIndex(search_dir, self._feed)

    @classmethod
    def open(cls, archive_url: str, catalogue_url: str, search_dir: Path) -> Self:
        """Open the archive at these addresses; raises UsageError for one that is not understood."""
        return cls(open_store(archive_url), catalogue_url, search_dir)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalogue; objects need no closing."""
        self._catalogue.close()

    @property
    def store(self) -> ObjectStore:
        """The objects."""
        return self._store

    @property
    def catalogue(self) -> CatalogueReader:
        """The questions that can be asked of what exists: summaries, sources, review queue, statistics."""
        return self._catalogue

    @property
    def journal(self) -> Journal:
        """What is being done: batches, files and pages under way."""
        return self._journal

    def latest(self, unit: str, received_year: int, dossier_id: str) -> Manifest | None:
        """Return the latest version of a dossier as the objects have it, or None.

        The catalogue is caught up when a killed commit left it behind.
        Raises IntegrityError when a manifest's bytes have changed or a version that was committed is gone.
        """
        # The catalogue first: what it knows had its manifest before.  The other way round, a version that another
        # process commits in between would be taken for lost.
        known = {row.manifest_key: row.manifest_sha256 for row in self._catalogue.versions(dossier_id)}
        keys = records.manifest_keys(self._store, unit, received_year, dossier_id)
        home = layout.manifest_prefix(unit, received_year, dossier_id)
        if lost := sorted(key for key in known.keys() - set(keys) if key.startswith(home)):
            message = both("bản kê của một phiên bản đã lưu không còn", "the manifest of a committed version is gone")
            raise IntegrityError(message, subject=lost[-1])
        if not keys:
            return None
        for key in keys[:-1]:
            if key not in known:
                self._catalogue.record(records.read_manifest(self._store, key))
        newest = records.read_manifest(self._store, keys[-1])
        if known.get(newest.key) != newest.sha256:
            self._catalogue.record(newest)
        return newest.manifest

    def find(self, dossier_id: str) -> Manifest | None:
        """Return the latest version of a dossier, of whatever unit, as the objects have it; or None."""
        known = self._catalogue.dossier(dossier_id)
        if known is not None:
            return self.latest(known.unit, known.received.year, dossier_id)
        parsed = ids.try_parse(dossier_id)
        if parsed is None or parsed.text != dossier_id:
            return None
        return self.latest(parsed.unit, parsed.received.year, dossier_id)

    def commit(self, draft: VersionDraft, payloads: Sequence[Payload], base: Manifest | None = None) -> Manifest:
        """Archive a version built on ``base`` (None: the first), and return its manifest.

        When it returns, the version survives a power cut.  Killed at any point, the same call again reaches the
        same state.  Raises VersionConflict when another version was committed on ``base`` first,
        ArchivedElsewhere, IntegrityError when an object read back differs, StoreUnreachable.
        """
        self._catalogue.require_home(draft.dossier_id, draft.unit, draft.received.year)
        self._catalogue.claim()
        stored = store_version(self._store, draft, payloads, base)
        faults.reach("manifest-stored")
        self._catalogue.record(stored)
        faults.reach("catalogue-recorded")
        return stored.manifest

    def record_batch(self, record: BatchRecord) -> None:
        """Keep the record of a batch; raises ObjectExists when another record has its ID."""
        key, data = layout.batch_key(record.batch), seal(record)
        self._catalogue.claim()
        try:
            self._store.put_new(key, data)
        except ObjectExists:
            if self._store.get(key) != data:
                raise
        faults.reach("batch-recorded")
        self._catalogue.record_batch(StoredBatch(record, key, hashlib.sha256(data).hexdigest()))

    def record_decision(self, batch: str, decision: DecisionRecord) -> None:
        """Keep what a person decided about a finding of a batch that belongs to no dossier."""
        self._catalogue.claim()
        number = sum(1 for _ in self._store.list(layout.batch_decisions_prefix(batch))) + 1
        while True:
            record = BatchDecisionRecord(batch=batch, number=number, decision=decision)
            key = layout.batch_decision_key(batch, number)
            try:
                self._store.put_new(key, seal(record))
                break
            except ObjectExists:  # another decision was quicker
                number += 1
        self._catalogue.record_decision(StoredDecision(record, key))

    def batch_record(self, batch: str) -> BatchRecord | None:
        """Return the stored record of a batch, or None."""
        try:
            return records.read_batch(self._store, layout.batch_key(batch)).record
        except NotFound:
            return None

    def read_object(self, key: str) -> bytes:
        """Return a stored object as it is; raises NotFound."""
        return self._store.get(key)

    def open_file(self, manifest: Manifest, name: str) -> bytes:
        """Return a file of a version; raises NotFound, and IntegrityError when its bytes have changed."""
        file = manifest.file(name)
        if file is None:
            held = ", ".join(f.name for f in manifest.files if f.role != "original")
            message = both(
                f"phiên bản {manifest.version} không có tệp {name}; có {held}",
                f"version {manifest.version} has no file {name}; it has {held}",
            )
            advice = both("Chọn một trong các tệp đã nêu.", "Choose one of the files named.")
            raise NotFound(message, subject=manifest.dossier_id, advice=advice)
        data = self._store.get(file.key)
        found = hashlib.sha256(data).hexdigest()
        if found != file.sha256:
            message = both(
                f"{name} có SHA-256 {found}, lúc lưu là {file.sha256}",
                f"{name} has SHA-256 {found}, archived with {file.sha256}",
            )
            raise IntegrityError(message, subject=file.key)
        return data

    def page_texts(self, manifest: Manifest) -> list[PageTextRecord]:
        """Return the text of every page of a version; an empty list when it has no pages' text."""
        texts: list[PageTextRecord] = []
        for file in manifest.files:
            if file.role == "pages":
                texts += decode_page_texts(self.open_file(manifest, file.name), file.key)
        return texts

    def _manifest_at(self, key: str) -> Manifest:
        return records.read_manifest(self._store, key).manifest

    def search(self, request: SearchRequest) -> SearchResult:
        """Find pages; the index is brought up to date first unless another process is doing that."""
        return self._index.search(request)

    def follow_search(self, progress: Progress = silent) -> bool:
        """Bring the search index up to date; False when another process is doing that."""
        return self._index.follow(progress)

    def verify(self, dossiers: Sequence[str] | None = None, progress: Progress = silent) -> Iterator[VerifyIssue]:
        """Re-hash everything and yield what differs, of the named dossiers or (None) of the whole archive.

        Changes no object and no row.  Raises NotFound for a dossier that does not exist.
        """
        return Verifier(self._store, self._catalogue, self._index, self.page_texts).run(dossiers, progress)

    def reindex(self, progress: Progress = silent) -> ReindexReport:
        """Rebuild the catalogue and then the search index from the objects alone.

        Each takes the old one's place when it is complete; killed in the middle, the old one stays usable.
        Raises, before anything is changed, ArchiveEmpty when the archive holds no record at all while the
        catalogue knows dossiers, and ForeignCatalogue when those are another archive's.
        """
        problems: list[StorageError] = []
        counted = 0

        def source() -> Iterator[StoredManifest | StoredBatch | StoredDecision]:
            nonlocal counted
            problems.clear()
            for counted, stored in enumerate(records.read_all(self._store, problems.append), start=1):
                progress("catalogue", counted, 0)
                yield stored

        left_out = self._catalogue.rebuild(source)
        self._feed.damaged.clear()
        self._index.rebuild(progress)
        return ReindexReport(counted, (*problems, *left_out, *self._feed.damaged))
