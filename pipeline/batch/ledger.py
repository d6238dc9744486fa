"""The sheet ledger: pages in = filed + separators + blanks set aside + rejected, for each batch.

The two sides are counted apart, or the sum would prove nothing: ``pages_in`` when a file is inspected, the others
from what the archive's committed manifests say became of exactly those pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scanners.base import PageSource
from storage.manifest import LedgerRecord, Manifest


@dataclass(slots=True)
class Ledger:
    """The running counts of one batch, in pages."""

    pages_in: int = 0
    filed: int = 0
    separators: int = 0
    blank: int = 0
    rejected: int = 0

    def came_in(self, pages: int) -> None:
        """Count pages of a file that passed inspection."""
        self.pages_in += pages

    def refused_file(self) -> None:
        """Count a file that could not be opened: one sheet in and one rejected, since it cannot say how many."""
        self.pages_in += 1
        self.rejected += 1

    def archived(self, sources: Iterable[PageSource], manifest: Manifest) -> None:
        """Count where the manifest put each of ``sources``; a page it does not know is counted nowhere."""
        places: dict[tuple[str, int], str] = {(p.source.sha256, p.source.page): "filed" for p in manifest.pages} | {
            (a.source.sha256, a.source.page): a.kind for a in manifest.set_aside
        }
        found = Counter(places.get((source.file_sha256, source.index + 1)) for source in sources)
        self.filed += found["filed"]
        self.separators += found["separator"]
        self.blank += found["blank"]

    def record(self) -> LedgerRecord:
        """Return the ledger for the batch's record."""
        return LedgerRecord(
            pages_in=self.pages_in,
            filed=self.filed,
            separators=self.separators,
            blank=self.blank,
            rejected=self.rejected,
        )
