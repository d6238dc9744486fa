"""The sheet ledger: pages in = filed + separators + blanks set aside + rejected, for each batch and each of its files.

The two sides are counted apart, or the sum would prove nothing: what came in when a file is inspected, page by page;
where each ended from what the archive's committed manifests say became of exactly those pages.  A page that came in and
ended nowhere, or twice, is named.

What a cover sheet or a person said would come is held against what came: too few or too many is no balance either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from scanners.base import PageSource
from scanners.folder import natural_key
from storage.manifest import ExpectedRecord, FileLedgerRecord, LedgerRecord, Manifest

End = Literal["filed", "separator", "blank", "rejected"]
_Key = tuple[str, str | None]


@dataclass(slots=True)
class _FileCount:
    """One file: which of its 0-based pages came in, how often, and where they ended."""

    came: Counter[int] = field(default_factory=Counter)
    ended: Counter[int] = field(default_factory=Counter)
    ends: Counter[End] = field(default_factory=Counter)


@dataclass(slots=True)
class Ledger:
    """The running account of one batch; a file is its name and SHA-256."""

    files: dict[_Key, _FileCount] = field(default_factory=dict)
    expected: dict[str, tuple[ExpectedRecord, ...]] = field(default_factory=dict)
    promised: dict[str, int] = field(default_factory=dict)
    """How many pages a person said that files have, by their names; "" is the batch as a whole."""

    @property
    def pages_in(self) -> int:
        """How many pages came in so far."""
        return sum(count.came.total() for count in self.files.values())

    def came_in(self, name: str, sha256: str | None, pages: int) -> None:
        """Count the pages of a file that was inspected; one that cannot say how many it has counts for one."""
        self._file(name, sha256).came.update(range(pages))

    def ended(self, name: str, sha256: str | None, index: int, end: End) -> None:
        """Count where one page (0-based) ended."""
        count = self._file(name, sha256)
        count.ended[index] += 1
        count.ends[end] += 1

    def refused_file(self, name: str, sha256: str | None) -> None:
        """Count a file that could not be opened: one sheet in and one rejected, since it cannot say how many."""
        self.came_in(name, sha256, 1)
        self.ended(name, sha256, 0, "rejected")

    def expect(self, group: str, told: Iterable[ExpectedRecord]) -> None:
        """Remember what was told to come in a group of the batch, in place of what was remembered before."""
        self.expected[group] = tuple(told)

    def record(self) -> LedgerRecord:
        """Return the ledger for the batch's record."""
        inspected = sorted(self.files.items(), key=lambda item: (natural_key(item[0][0]), item[0][1] or ""))
        files = tuple(_file_record(name, sha256, count) for (name, sha256), count in inspected)
        return LedgerRecord(
            pages_in=sum(file.pages_in for file in files),
            filed=sum(file.filed for file in files),
            separators=sum(file.separators for file in files),
            blank=sum(file.blank for file in files),
            rejected=sum(file.rejected for file in files),
            files=files,
            expected=(*(one for told in self.expected.values() for one in told), *self._promised()),
        )

    def _promised(self) -> Iterator[ExpectedRecord]:
        """Yield what a person said would come, and what came; a file that did not come at all has no page."""
        for name, expected in self.promised.items():
            counts = [count for (file, _), count in self.files.items() if name in ("", file)]
            found = sum(count.came.total() for count in counts)
            blank = sum(count.ends["blank"] for count in counts)
            # A person may have counted sheets without their blank backs.
            told = {"found": found - blank, "blank": blank, "expected": expected}
            yield ExpectedRecord(said_by="person", group="", file=name or None, **told)

    def _file(self, name: str, sha256: str | None) -> _FileCount:
        return self.files.setdefault((name, sha256), _FileCount())


def ends_in(manifest: Manifest, sources: Sequence[PageSource]) -> list[tuple[PageSource, End]]:
    """Return where the manifest put each of ``sources``; a page that it does not know ends nowhere."""
    filed = [page.source for page in manifest.pages]
    filed += [page.source for page in manifest.moved_out]  # filed with the dossier that it went to
    places: dict[tuple[str, int], End] = {(source.sha256, source.page): "filed" for source in filed}
    places.update({(a.source.sha256, a.source.page): a.kind for a in manifest.set_aside})
    found = ((source, places.get((source.file_sha256, source.index + 1))) for source in sources)
    return [(source, end) for source, end in found if end is not None]


def _file_record(name: str, sha256: str | None, count: _FileCount) -> FileLedgerRecord:
    uneven = {page for page in count.came.keys() | count.ended.keys() if count.came[page] != count.ended[page]}
    return FileLedgerRecord(
        file=name,
        sha256=sha256,
        pages_in=count.came.total(),
        filed=count.ends["filed"],
        separators=count.ends["separator"],
        blank=count.ends["blank"],
        rejected=count.ends["rejected"],
        missing=tuple(sorted(page + 1 for page in uneven)),
    )
