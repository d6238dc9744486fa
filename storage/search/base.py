"""The contract of full-text search: what is asked, what comes back, and where an index gets its pages.

An *index SHALL*

1. hold one document per page, and answer with the exact number of matching pages;
2. follow the feed: remember in its own commit how far it came, and replace all pages of a dossier in one commit;
3. never answer from less than it says: ``SearchResult.behind`` counts the changes it has not seen, and an index
   that is missing, damaged, of another schema or of another catalogue's numbering is rebuilt, not asked;
4. leave the old index usable until a rebuilt one is complete, whatever is killed in between;
5. let any number of processes read while one writes.

The *caller SHALL* pass any text as a query: no query is a syntax error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from storage.progress import Progress, silent

BoxRow = tuple[int, int, int, int]
"""[left, top, right, bottom] in px of the upright page; right and bottom are exclusive."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query and its filters; None filters nothing. Dates are of the dossier's reception, both inclusive.

    A page is found when its dossier's unit is one of ``units``.
    """

    query: str
    units: tuple[str, ...] | None = None
    procedure: str | None = None
    doctype: str | None = None
    section: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a page's own text; ``marks`` are [start, end) ranges of hits in it, in order, not overlapping.

    A phrase is one mark.  Line ends of the page are blanks here.
    """

    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, before: str = "«", after: str = "»") -> str:
        """Return the text with every hit between ``before`` and ``after``."""
        parts, last = [], 0
        for start, end in self.marks:
            parts += [self.text[last:start], before, self.text[start:end], after]
            last = end
        return "".join([*parts, self.text[last:]])


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that was found. ``boxes`` are those of the hit words on the page, in reading order."""

    dossier_id: str
    section: str
    page: int
    procedure: str
    doctype: str
    unit: str
    date: dt.date
    snippet: Snippet
    score: float
    boxes: tuple[BoxRow, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits asked for, best first, and the exact number of all.

    ``behind`` counts committed versions that the index has not seen yet (0: the answer is complete).
    """

    hits: tuple[Hit, ...]
    total: int
    seconds: float
    behind: int = 0


@dataclass(frozen=True, slots=True)
class FeedEnd:
    """How far the feed reaches: ``seq`` is the number of its last change (0: none) in the numbering ``epoch``."""

    epoch: str
    seq: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the feed: this dossier has a new version."""

    seq: int
    dossier_id: str


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """One page to index: NFC text whose ``split()`` runs parallel to ``boxes``."""

    section: str
    number: int
    doctype: str
    text: str
    boxes: tuple[BoxRow, ...]


@dataclass(frozen=True, slots=True)
class IndexedDossier:
    """Everything that the index holds of one dossier: its latest version, pages in reading order."""

    dossier_id: str
    version: int
    unit: str
    procedure: str
    date: dt.date
    pages: tuple[IndexedPage, ...]


class PageFeed(Protocol):
    """Where an index gets its pages: numbered changes, and the dossiers as they are now."""

    def end(self) -> FeedEnd:
        """Return how far the feed reaches."""
        ...

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        """Return up to ``limit`` changes behind number ``after``, in order."""
        ...

    def dossier(self, dossier_id: str) -> IndexedDossier | None:
        """Return a dossier at its latest version, or None when there is none any more."""
        ...


class SearchIndex(Protocol):
    """Full-text search over pages, following a feed."""

    def search(self, request: SearchRequest) -> SearchResult:
        """Find pages, after following the feed if no other process does.

        Raises SearchNotReady when another process builds the first index.
        """
        ...

    def follow(self, progress: Progress = silent) -> bool:
        """Catch up with the feed; False when another process is writing the index."""
        ...

    def rebuild(self, progress: Progress = silent) -> None:
        """Build the index anew beside the old one, then take its place."""
        ...

    def pages(self, dossier_id: str) -> Sequence[tuple[int, IndexedPage]]:
        """Return what the index holds of one dossier now: version and page; raises IntegrityError."""
        ...

    def check(self) -> Sequence[str]:
        """Return the names of its files whose bytes have changed."""
        ...
