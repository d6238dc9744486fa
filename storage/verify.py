"""Proving that what is stored is what was stored: every object re-hashed, everything derived held against it.

1. Manifests: each record's own seal, its place, the chain of ``previous``, and the SHA-256 that the catalogue saw.
2. Files: every object that any version names is read whole and hashed; each original is of a page that the version
   has, and each page's original is there.
3. Catalogue: its file by the database's own check, its rows against the manifests.
4. Search: its files by their checksums, its pages against the pages' text in the archive.
5. Batch records: their seal, their ledger, and that the versions they name exist; the seal of the archive's identity.
6. Objects that no manifest names: what killed runs and commits that lost a race left; no harm, named as information.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sohoa import ids
from sohoa.wording import both
from storage import layout
from storage.catalogue.reader import CatalogueReader
from storage.catalogue.rows import StoredManifest, VersionRow
from storage.committing import digest
from storage.errors import CatalogueDamaged, IntegrityError, NotFound, StoreUnreachable
from storage.feed import indexed_dossier
from storage.manifest import BatchRecord, FileRecord, Manifest, PageTextRecord
from storage.objects.base import ObjectStore
from storage.progress import Progress
from storage.records import read_batch, read_batch_decision, read_identity, read_manifest
from storage.search.base import SearchIndex

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class VerifyIssue:
    """One thing that is not as it should be, by name.

    ``error``: stored bytes are lost or changed.  ``warning``: something derived differs and can be rebuilt.
    ``info``: nothing is wrong with any dossier.  ``key`` is an object's key, or where the derived thing lies;
    ``file`` is the name that the manifest gives the object.
    """

    code: str
    severity: Severity
    key: str
    message: str
    dossier_id: str | None = None
    file: str | None = None


Issues = Iterator[VerifyIssue]


class Verifier:
    """One run of verification; it changes nothing that is stored."""

    def __init__(
        self,
        store: ObjectStore,
        catalogue: CatalogueReader,
        index: SearchIndex,
        page_texts: Callable[[Manifest], list[PageTextRecord]],
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._index = index
        self._page_texts = page_texts
        self._catalogue_usable = True
        self._search_usable = True
        self._batches: dict[str, str] = {}
        """Batches that the catalogue knows and whose records have not been met yet, with their SHA-256."""

    def run(self, dossiers: Sequence[str] | None, progress: Progress) -> Issues:
        """Yield every issue of the named dossiers, or of the whole archive with batches and orphans."""
        yield from self._derived()
        if dossiers is None:
            yield from self._everything(progress)
            return
        for done, dossier_id in enumerate(dossiers, start=1):
            folder = self._folder_of(dossier_id)
            yield from self._dossier(dossier_id, [info.key for info in self._store.list(f"{folder}/")])
            progress("dossiers", done, len(dossiers))

    def _everything(self, progress: Progress) -> Issues:
        known: set[str] = set()
        if self._catalogue_usable:
            known, self._batches = set(self._catalogue.dossier_ids()), self._catalogue.batches()
        seen: set[str] = set()
        for dossier_id, keys in self._folders():
            if dossier_id is None:
                yield from self._outside(keys)
                continue
            seen.add(dossier_id)
            yield from self._dossier(dossier_id, keys)
            progress("dossiers", len(seen), max(len(known), len(seen)))
        yield from self._identity()
        for dossier_id in sorted(known - seen):
            yield from self._dossier(dossier_id, [])
        for batch in self._batches:
            message = both("biên bản của lô này không còn", "the record of a batch is gone")
            yield VerifyIssue("batch-missing", "error", layout.batch_key(batch), message)

    def _derived(self) -> Issues:
        """Check the files of catalogue and search; what cannot be used at all is not asked afterwards."""
        try:
            for line in self._catalogue.check():
                message = both(f"tệp danh mục bị hỏng: {line}", f"the catalogue's file is damaged: {line}")
                yield VerifyIssue("catalogue-damaged", "warning", "catalogue", message)
        except CatalogueDamaged as error:
            self._catalogue_usable = self._search_usable = False
            message = f"{error.message} → {error.advice}"
            yield VerifyIssue("catalogue-damaged", "warning", "catalogue", message)
            return
        for name in self._index.check():
            self._search_usable = False
            message = both("nội dung không khớp mã kiểm tra của tệp", "its bytes do not fit its checksum")
            yield VerifyIssue("search-damaged", "warning", f"search/{name}", message)
        if self._search_usable:
            with suppress(StoreUnreachable):  # without the right to write it is checked as it is
                self._index.follow()

    def _folder_of(self, dossier_id: str) -> str:
        versions = self._catalogue.versions(dossier_id) if self._catalogue_usable else []
        if versions:
            return versions[-1].manifest_key.rsplit("/", 2)[0]
        if parsed := ids.try_parse(dossier_id):
            folder = layout.folder(parsed.unit, parsed.received.year, parsed.text)
            if any(True for _ in self._store.list(f"{folder}/")):
                return folder
        raise NotFound(both("kho không có hồ sơ này", "there is no such dossier"), subject=dossier_id)

    def _folders(self) -> Iterator[tuple[str | None, list[str]]]:
        """Yield each dossier with all keys of its folder; keys outside of any come under None."""

        def home(key: str) -> tuple[str, str] | None:
            parsed = layout.parse_dossier_key(key)
            dossier_id = layout.dossier_of(parsed) if parsed else None
            return (parsed.folder, dossier_id) if parsed and dossier_id else None

        for place, keys in groupby((info.key for info in self._store.list("")), key=home):
            yield (place[1] if place else None), list(keys)

    def _outside(self, keys: Sequence[str]) -> Issues:
        """Check batch records, and name keys that the archive did not make."""
        for key in keys:
            if layout.parse_batch_key(key):
                yield from self._batch(key)
            elif layout.is_batch_decision(key):
                yield from self._decision(key)
            elif key != layout.IDENTITY:
                yield _foreign(key)

    def _decision(self, key: str) -> Issues:
        try:
            read_batch_decision(self._store, key)
        except IntegrityError as error:
            yield VerifyIssue("batch-damaged", "error", key, error.message)

    def _identity(self) -> Issues:
        """Check the object that names the archive; an archive that nothing was written to since it came in has none."""
        try:
            read_identity(self._store)
        except IntegrityError as error:
            advice = both(
                "khôi phục từ bản sao lưu, hoặc xóa tệp này để lần ghi sau tạo lại",
                "restore it from a backup, or delete it and the next write makes it again",
            )
            message = f"{error.message} → {advice}"
            yield VerifyIssue("identity-damaged", "error", layout.IDENTITY, message)
        except NotFound:
            if self._catalogue_usable and self._catalogue.owner():
                message = both(
                    "tệp nhận dạng của kho không còn; lần ghi sau sẽ tạo lại",
                    "the object that names the archive is gone; the next write makes it again",
                )
                yield VerifyIssue("identity-missing", "error", layout.IDENTITY, message)

    # One dossier

    def _dossier(self, dossier_id: str, keys: Sequence[str]) -> Issues:
        versions = [key for key in keys if "/manifests/" in key]
        manifests = yield from self._manifests(dossier_id, versions)
        yield from self._files(dossier_id, manifests, set(keys) - set(versions))
        for stored in manifests:
            yield from _originals(stored)
        if self._catalogue_usable:
            yield from self._against_catalogue(dossier_id, manifests, set(versions))
        if self._search_usable and manifests:
            yield from self._against_search(manifests[-1].manifest)

    def _manifests(self, dossier_id: str, keys: Sequence[str]) -> Generator[VerifyIssue, None, list[StoredManifest]]:
        """Check seals, numbers and chain; return the manifests that can be read, oldest first."""
        readable: list[StoredManifest] = []
        expected = 1
        before: StoredManifest | None = None
        for key in keys:
            parsed = layout.parse_dossier_key(key)
            if parsed is None:
                yield _foreign(key, dossier_id)
                continue
            number = parsed.version
            for missing in range(expected, number):
                message = both(
                    "bản kê làm gốc cho một phiên bản sau không còn",
                    "a manifest is gone that a later version was built on",
                )
                yield VerifyIssue("manifest-missing", "error", parsed.manifest(missing), message, dossier_id)
                before = None
            try:
                stored = read_manifest(self._store, key)
            except IntegrityError as error:
                yield VerifyIssue("manifest-damaged", "error", key, error.message, dossier_id)
                before, expected = None, number + 1
                continue
            if (before is not None or number == 1) and stored.manifest.previous != (before.sha256 if before else None):
                message = both(
                    "không nêu đúng SHA-256 của phiên bản liền trước",
                    "does not name the version before it by its SHA-256",
                )
                yield VerifyIssue("chain-broken", "error", key, message, dossier_id)
            readable.append(stored)
            before, expected = stored, number + 1
        return readable

    def _files(self, dossier_id: str, manifests: Sequence[StoredManifest], keys: set[str]) -> Issues:
        """Re-hash every object that a version names; name those that none does."""
        named: dict[str, FileRecord] = {}
        for stored in manifests:
            named.update({file.key: file for file in stored.manifest.files})
        for key, file in sorted(named.items()):
            if found := self._difference(file):
                code, message = found
                yield VerifyIssue(code, "error", key, message, dossier_id, file.name)
        for key in sorted(keys - named.keys()):
            message = both(
                "không bản kê nào nêu tên; do lần chạy bị dừng hoặc lượt ghi nhường bản khác để lại, không hại gì",
                "no manifest names it; a stopped run, or a commit that gave way to another, left it; it does no harm",
            )
            yield VerifyIssue("orphan", "info", key, message, dossier_id)

    def _difference(self, file: FileRecord) -> tuple[str, str] | None:
        try:
            with self._store.open(file.key) as stream:
                found = digest(stream)
        except NotFound:
            return "object-missing", both("tệp lưu không còn", "the object is gone")
        if found == file.sha256:
            return None
        return "object-differs", both(
            f"có SHA-256 {found}, lúc lưu là {file.sha256}", f"has SHA-256 {found}, archived with {file.sha256}"
        )

    def _against_catalogue(self, dossier_id: str, manifests: Sequence[StoredManifest], keys: set[str]) -> Issues:
        rows = {row.manifest_key: row for row in self._catalogue.versions(dossier_id)}
        last = max(keys, default="")
        for key in sorted(key for key in rows.keys() - keys if key > last):
            if self._store.exists(key):
                continue  # committed since the objects were listed
            number = rows[key].version
            message = both(
                f"phiên bản {number} đã được lưu nhưng bản kê của nó không còn",
                f"version {number} was committed, and its manifest is gone",
            )
            yield VerifyIssue("manifest-missing", "error", key, message, dossier_id)
        behind = False
        for stored in manifests:
            row: VersionRow | None = rows.get(stored.key)
            if row is None:
                behind = True
                message = both(
                    "danh mục thiếu phiên bản này; lần chạy sau sẽ bổ sung, hoặc chạy: sohoa reindex",
                    "the catalogue lacks this version; the next run adds it, or: sohoa reindex",
                )
                yield VerifyIssue("catalogue-behind", "warning", stored.key, message, dossier_id)
            elif row.manifest_sha256 != stored.sha256:
                message = both(
                    f"có SHA-256 {stored.sha256}, lúc lưu là {row.manifest_sha256}",
                    f"has SHA-256 {stored.sha256}, committed with {row.manifest_sha256}",
                )
                yield VerifyIssue("manifest-differs", "error", stored.key, message, dossier_id)
        if manifests and not behind and set(rows) == {stored.key for stored in manifests}:
            for table in self._catalogue.differences(manifests[-1].manifest):
                message = both(
                    f"bảng {table} không khớp bản kê; chạy: sohoa reindex",
                    f"table {table} does not say what the manifest says; run: sohoa reindex",
                )
                yield VerifyIssue("catalogue-differs", "warning", manifests[-1].key, message, dossier_id)

    def _against_search(self, manifest: Manifest) -> Issues:
        try:
            texts = self._page_texts(manifest)
        except (IntegrityError, NotFound):
            return  # the object itself has been named
        expected = [(manifest.version, page) for page in indexed_dossier(manifest, texts).pages]
        try:
            found = self._index.pages(manifest.dossier_id)
        except IntegrityError as error:
            yield VerifyIssue("search-damaged", "warning", "search", error.message, manifest.dossier_id)
            return
        if list(found) != expected:
            message = both(
                "chỉ mục tra cứu không chứa đúng các trang đã lưu của phiên bản này; chạy: sohoa reindex",
                "search does not hold this version's pages as archived; run: sohoa reindex",
            )
            yield VerifyIssue("search-differs", "warning", "search", message, manifest.dossier_id)

    # Batches

    def _batch(self, key: str) -> Issues:
        try:
            stored = read_batch(self._store, key)
        except IntegrityError as error:
            self._batches.pop(layout.parse_batch_key(key) or "", None)
            yield VerifyIssue("batch-damaged", "error", key, error.message)
            return
        if not stored.record.ledger.balanced:
            yield _unbalanced(key, stored.record)
        if not self._catalogue_usable:
            return
        known = self._batches.pop(stored.record.batch, None)
        if known is None:
            message = both(
                "danh mục thiếu lô này; chạy: sohoa reindex", "the catalogue lacks this batch; run: sohoa reindex"
            )
            yield VerifyIssue("catalogue-behind", "warning", key, message)
        elif known != stored.sha256:
            message = both(
                f"có SHA-256 {stored.sha256}, lúc ghi nhận là {known}",
                f"has SHA-256 {stored.sha256}, recorded with {known}",
            )
            yield VerifyIssue("batch-differs", "error", key, message)
        for dossier_id, version in stored.record.dossiers:
            if version not in {row.version for row in self._catalogue.versions(dossier_id)}:
                message = both(
                    f"nêu phiên bản {version} mà kho không có",
                    f"it names version {version}, which is not in the archive",
                )
                yield VerifyIssue("manifest-missing", "error", key, message, dossier_id)


def _foreign(key: str, dossier_id: str | None = None) -> VerifyIssue:
    message = both("không phải tệp do kho lưu trữ tạo ra", "the archive makes no such key")
    return VerifyIssue("foreign", "warning", key, message, dossier_id)


def _originals(stored: StoredManifest) -> Issues:
    """Hold the originals that a version keeps against those that its pages were scanned into."""
    manifest = stored.manifest
    sources = [*(page.source for page in manifest.pages), *(aside.source for aside in manifest.set_aside)]
    named = {source.original for source in sources if source.original is not None}
    kept = {file.sha256: file for file in manifest.files if file.role == "original"}
    for sha256 in sorted(named - kept.keys()):
        message = both(
            f"phiên bản không giữ bản gốc mà trang nêu: {sha256}",
            f"the version lacks an original that a page names: {sha256}",
        )
        yield VerifyIssue("original-missing", "error", stored.key, message, manifest.dossier_id)
    for sha256 in sorted(kept.keys() - named):
        message = both("bản gốc không của trang nào trong phiên bản", "an original is of no page that the version has")
        file = kept[sha256]
        yield VerifyIssue("original-foreign", "error", file.key, message, manifest.dossier_id, file.name)


def _unbalanced(key: str, record: BatchRecord) -> VerifyIssue:
    """Return what to say of a batch whose sheets do not add up: nobody need be told what a person decided."""
    decided = record.end != "done"
    vietnamese = "sổ tờ không cân: có tờ của lô này chưa rõ đi đâu"
    english = "the sheets of this batch are not all accounted for"
    if decided:
        vietnamese = f"{vietnamese}; {record.person} đã quyết định: {record.reason}"
        english = f"{english}; {record.person} decided: {record.reason}"
    return VerifyIssue("ledger-unbalanced", "info" if decided else "error", key, both(vietnamese, english))
