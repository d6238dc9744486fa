"""What search is told: the catalogue's outbox as a feed of changes, and each dossier's pages from the objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sohoa.text import nfc
from storage.catalogue.reader import CatalogueReader
from storage.catalogue.rows import doctype_of_pages
from storage.errors import IntegrityError, NotFound
from storage.manifest import Manifest, PageTextRecord
from storage.search.base import Change, FeedEnd, IndexedDossier, IndexedPage


class ArchiveFeed:
    """The feed that the search index of an archive follows.

    A dossier whose pages' text cannot be read is indexed without it, so that its ID still finds it and the rest
    of the archive stays searchable; the error is kept in ``damaged``, and verify names the object.
    """

    def __init__(
        self,
        catalogue: CatalogueReader,
        manifest_at: Callable[[str], Manifest],
        page_texts: Callable[[Manifest], list[PageTextRecord]],
    ) -> None:
        self._catalogue = catalogue
        self._manifest_at = manifest_at
        self._page_texts = page_texts
        self.damaged: list[IntegrityError | NotFound] = []

    def end(self) -> FeedEnd:
        """Return how far the outbox reaches."""
        return FeedEnd(*self._catalogue.outbox_end())

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        """Return up to ``limit`` changes behind number ``after``."""
        return [Change(row.seq, row.dossier_id) for row in self._catalogue.outbox(after, limit)]

    def dossier(self, dossier_id: str) -> IndexedDossier | None:
        """Return a dossier at the latest version that the catalogue knows."""
        versions = self._catalogue.versions(dossier_id)
        if not versions:
            return None
        try:
            manifest = self._manifest_at(versions[-1].manifest_key)
        except (IntegrityError, NotFound) as error:
            self.damaged.append(error)
            return None
        return indexed_dossier(manifest, self._texts(manifest))

    def _texts(self, manifest: Manifest) -> list[PageTextRecord]:
        try:
            return self._page_texts(manifest)
        except (IntegrityError, NotFound) as error:
            self.damaged.append(error)
            return []


def indexed_dossier(manifest: Manifest, texts: Sequence[PageTextRecord]) -> IndexedDossier:
    """Return what search should hold of a version: every page of it, with its text where there is one."""
    types = doctype_of_pages(manifest)
    by_page = {(text.section, text.page): text for text in texts}
    pages = []
    for page in manifest.pages:
        text = by_page.get((page.section, page.number))
        doctype = types[(page.section, page.number)]
        words, boxes = (text.text, text.boxes) if text else ("", ())
        pages.append(IndexedPage(page.section, page.number, doctype, nfc(words), boxes))
    return IndexedDossier(
        manifest.dossier_id, manifest.version, manifest.unit, manifest.procedure.code, manifest.received, tuple(pages)
    )
