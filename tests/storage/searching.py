"""What the tests of search share: a feed held in a list, dossiers made from texts, and what a query finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from storage.search.base import Change, FeedEnd, IndexedDossier, IndexedPage, SearchRequest
from storage.search.tantivy_index import TantivyIndex


class ListedFeed:
    """A feed over dossiers held in a list; ``put`` is a commit."""

    def __init__(self, *dossiers: IndexedDossier) -> None:
        self._changes: list[str] = []
        self._dossiers: dict[str, IndexedDossier] = {}
        self.epoch = "one"
        for dossier in dossiers:
            self.put(dossier)

    def put(self, dossier: IndexedDossier) -> None:
        self._dossiers[dossier.dossier_id] = dossier
        self._changes.append(dossier.dossier_id)

    def end(self) -> FeedEnd:
        return FeedEnd(self.epoch, len(self._changes))

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        return [Change(n, self._changes[n - 1]) for n in range(after + 1, min(after + limit, len(self._changes)) + 1)]

    def dossier(self, dossier_id: str) -> IndexedDossier | None:
        return self._dossiers.get(dossier_id)


def dossier(
    *texts: str,
    dossier_id: str = "H11.35-230915-0001",
    procedure: str = "1.01",
    doctypes: Sequence[str] = (),
    section: str = "records",
) -> IndexedDossier:
    pages = []
    for number, text in enumerate(texts, start=1):
        lines = enumerate(text.split("\n"))
        boxes = [(x * 100, y * 60, x * 100 + 90, y * 60 + 50) for y, line in lines for x, _ in enumerate(line.split())]
        doctype = doctypes[number - 1] if doctypes else "to-khai"
        pages.append(IndexedPage(section, number, doctype, text, tuple(boxes)))
    unit, ymd, _ = dossier_id.split("-")
    day = dt.datetime.strptime(ymd, "%y%m%d").date()
    return IndexedDossier(dossier_id, 1, unit, procedure, day, tuple(pages))


def found(index: TantivyIndex, query: str, **filters: Any) -> list[int]:
    """Page numbers of the hits, best first; the total must be their number."""
    result = index.search(SearchRequest(query, **filters))
    assert result.total == len(result.hits)
    return [hit.page for hit in result.hits]


# Marks
