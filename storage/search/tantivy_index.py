"""Full-text search with tantivy: a local folder that follows the feed and can be deleted at any time.

Reading and writing are apart: a reader opens the index in use and sees whole commits; the one writer holds the
folder's lock.  A search first catches up with the feed when the lock is free.  An index that is missing, of
another schema or numbering, or that tantivy cannot open, is rebuilt in a new folder beside it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from sohoa.wording import both
from storage.errors import SearchNotReady, StoreUnreachable
from storage.progress import Progress, silent
from storage.search import documents, ranking
from storage.search.base import FeedEnd, Hit, IndexedPage, PageFeed, SearchRequest, SearchResult
from storage.search.checksums import damaged_files
from storage.search.damage import IndexDamaged, reading
from storage.search.documents import StoredPage
from storage.search.generations import Generations
from storage.search.marking import Marker, hit_boxes, snippet
from storage.search.query import Clause, parse
from storage.search.shadow import Shadow, needs_shadow

_CHANGES_PER_COMMIT = 2_000
"""A commit costs 20-80 ms however small it is, and each makes a segment that later must be merged."""

_WRITER_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class _Reader:
    """One opened state of the index: which folder, which commit of it, and how far that commit came."""

    folder: Path
    commit: tuple[int, int]
    index: tantivy.Index
    searcher: tantivy.Searcher
    end: FeedEnd
    shadow: Shadow | None
    """Kept for as long as the files are read through it."""


class TantivyIndex:
    """The search index below ``root``, following ``feed``; threads may share it."""

    def __init__(self, root: Path, feed: PageFeed) -> None:
        self._generations = Generations(root)
        self._feed = feed
        self._reader: _Reader | None = None
        self._guard = threading.Lock()

    def search(self, request: SearchRequest) -> SearchResult:
        """Find pages, after following the feed if no other process does; see ``SearchIndex``."""
        started = time.perf_counter()
        clauses = parse(request.query)
        reader, behind = self._current()
        if not clauses:
            return SearchResult((), 0, time.perf_counter() - started, behind)
        try:
            found, total = _fetch(reader, clauses, request)
        except IndexDamaged:
            self.rebuild()
            reader, behind = self._current()
            found, total = _fetch(reader, clauses, request)
        marker = Marker(clauses)
        hits = tuple(_hit(page, score, marker) for score, page in found)
        return SearchResult(hits, total, time.perf_counter() - started, behind)

    def follow(self, progress: Progress = silent) -> bool:
        """Catch up with the feed; False when another process is writing the index."""
        with self._generations.writing() as mine:
            if mine:
                self._catch_up(progress)
            return mine

    def rebuild(self, progress: Progress = silent) -> None:
        """Build the index anew beside the old one, then take its place; waits for another writer to end."""
        with self._generations.writing(wait=True):
            self._build(progress)

    def pages(self, dossier_id: str) -> list[tuple[int, IndexedPage]]:
        """Return what the index holds of one dossier now: version and page, in reading order.

        Raises IndexDamaged when there is no index or it cannot be read.
        """
        reader = self._open()
        if reader is None:
            message = both("không có chỉ mục tra cứu nào đọc được", "there is no search index that can be read")
            raise IndexDamaged(message, subject=str(self._generations.root))
        searcher = reader.searcher
        wanted = tantivy.Query.term_query(documents.schema, "dossier", dossier_id)
        with reading(reader.folder):
            found = searcher.search(wanted, max(1, searcher.num_docs)).hits
            addresses = sorted((address for _, address in found), key=lambda a: (a.segment_ord, a.doc))
            pages = [documents.stored_page(searcher.doc(address)) for address in addresses]
        return [(page.version, documents.indexed_page(page)) for page in pages]

    def check(self) -> list[str]:
        """Return the files of the index in use whose bytes do not fit their checksum."""
        folder = self._generations.current()
        return [] if folder is None else damaged_files(folder)

    def _current(self) -> tuple[_Reader, int]:
        """Return a reader of the newest commit and how many changes it has not seen, following first if possible."""
        end = self._feed.end()
        reader = self._open()
        if reader is not None and reader.end == end:
            return reader, 0
        try:
            self.follow()
        except StoreUnreachable:
            if reader is None:
                raise  # a reader without the right to write still answers from what there is, and says how old
        reader = self._open()
        if reader is None:
            message = both("chỉ mục tra cứu đang được dựng", "the search index is being built")
            raise SearchNotReady(message, subject=str(self._generations.root))
        end = self._feed.end()
        seen = reader.end.seq if reader.end.epoch == end.epoch else 0
        return reader, max(0, end.seq - seen)

    def _open(self) -> _Reader | None:
        """Return a reader of the newest commit, or None when there is no index that can be asked."""
        with self._guard:
            folder = self._generations.current()
            try:
                commit = _commit_of(folder) if folder else None
                if folder is None or commit is None:
                    return None
                known = self._reader
                if known is None or (known.folder, known.commit) != (folder, commit):
                    self._reader = _open_reader(folder, commit)
            except IndexDamaged:
                return None
            return self._reader

    def _catch_up(self, progress: Progress) -> None:
        """Bring the index to the feed's end; the caller holds the lock."""
        end, reader = self._feed.end(), self._open()
        if reader is None or reader.end.epoch != end.epoch or reader.end.seq > end.seq:
            self._build(progress)
        elif reader.end.seq < end.seq:
            try:
                self._append(reader.index, reader.end, end, progress)
            except StoreUnreachable:
                self._build(progress)  # a damaged segment may only show when tantivy merges it

    def _build(self, progress: Progress) -> None:
        end = self._feed.end()
        folder = self._generations.next()
        index = documents.register(tantivy.Index(documents.schema, str(folder)))
        self._append(index, FeedEnd(end.epoch, 0), end, progress)
        self._generations.switch(folder)

    def _append(self, index: tantivy.Index, start: FeedEnd, end: FeedEnd, progress: Progress) -> None:
        """Index what changed between two points of the feed, many changes per commit."""
        with self._translated():
            writer = index.writer(_WRITER_BYTES, 1)  # one thread: pages keep their order, ties rank alike every time
        seq = start.seq
        while True:
            changes = self._feed.changes(seq, _CHANGES_PER_COMMIT)
            for dossier_id in dict.fromkeys(change.dossier_id for change in changes):
                self._replace(writer, dossier_id)
            seq = changes[-1].seq if changes else end.seq
            with self._translated():
                _set_cursor(writer, FeedEnd(end.epoch, seq))
                writer.commit()
            progress("search", seq, end.seq)
            if seq >= end.seq:
                break
        with self._translated():
            writer.wait_merging_threads()

    def _replace(self, writer: tantivy.IndexWriter, dossier_id: str) -> None:
        dossier = self._feed.dossier(dossier_id)
        found = documents.page_documents(dossier) if dossier else []
        with self._translated():
            writer.delete_documents_by_term("dossier", dossier_id)
            for document in found:
                writer.add_document(document)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn tantivy's errors while writing into the room's own."""
        try:
            with reading(self._generations.root):
                yield
        except IndexDamaged as error:
            cause = error.__cause__
            message = both(f"không ghi được chỉ mục tra cứu: {cause}", f"the search index cannot be written: {cause}")
            raise StoreUnreachable(message, subject=error.subject) from error


def _set_cursor(writer: tantivy.IndexWriter, end: FeedEnd) -> None:
    writer.delete_documents_by_term("kind", "cursor")
    writer.add_document(documents.cursor_document(end))


def _commit_of(folder: Path) -> tuple[int, int] | None:
    """Return what changes with every commit: tantivy replaces ``meta.json`` by a new file."""
    try:
        found = (folder / "meta.json").stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _open_reader(folder: Path, commit: tuple[int, int]) -> _Reader | None:
    with reading(folder):
        shadow = Shadow(folder) if needs_shadow(folder) else None
        index = documents.register(tantivy.Index.open(str(shadow.path if shadow else folder)))
        if shadow:
            index.config_reader("manual")  # nothing changes there, so nobody need watch it
        searcher = index.searcher()
        end = documents.read_cursor(searcher)
    return None if end is None else _Reader(folder, commit, index, searcher, end, shadow)


def _fetch(
    reader: _Reader, clauses: Sequence[Clause], request: SearchRequest
) -> tuple[list[tuple[float, StoredPage]], int]:
    """Return the pages asked for with their scores, and the exact number of all that match."""
    searcher = reader.searcher
    # tantivy reserves memory for limit + offset hits at once, and aborts the process when there is not enough.
    limit, offset = (min(max(0, wanted), searcher.num_docs) for wanted in (request.limit, request.offset))
    with reading(reader.folder):
        query = ranking.build(clauses, request, searcher)
        found = searcher.search(query, max(1, limit), count=True, offset=offset)
        pages = [(score, documents.stored_page(searcher.doc(address))) for score, address in found.hits[:limit]]
    return pages, found.count  # type: ignore[attr-defined]  # missing in the type stubs of tantivy 0.27


def _hit(page: StoredPage, score: float, marker: Marker) -> Hit:
    places = marker.places(page.text)
    return Hit(
        dossier_id=page.dossier_id,
        section=page.section,
        page=page.number,
        procedure=page.procedure,
        doctype=page.doctype,
        unit=page.unit,
        date=page.date,
        snippet=snippet(page.text, places),
        score=score,
        boxes=hit_boxes(page.text, places, page.boxes.box_of),
    )
