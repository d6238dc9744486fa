"""One batch's line to the journal: each page is written down before it is worked on, and again where it ended.

The batch speaks of files as planned and of pages as ``PageSource``; the journal knows positions.  Steps of pages are
gathered and written together by ``flush``, which the runner calls before it hands a page to a worker, so that a page
is never in a worker's hands without the journal saying so.
"""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.batch.jobs import ReadJob
from pipeline.batch.ledger import End
from pipeline.batch.patience import Patience
from pipeline.batch.plan import Group, PlannedFile
from scanners.base import FileInfo, PageSource
from storage.archive import Archive
from storage.journal.journal import Journal
from storage.journal.rows import BatchRequest, BatchRow, Entered, FileEntry, FileRow, PageEnd, PageRow, PageStep
from storage.journal.states import BatchState, PageState
from storage.manifest import BatchRecord, ExpectedRecord

_BEAT = 30.0
"""Seconds after which the owner says that it is alive, when nothing else was written."""

_STATE: Mapping[End, PageState] = {
    "filed": PageState.FILED,
    "separator": PageState.SEPARATOR,
    "blank": PageState.BLANK,
    "rejected": PageState.REJECTED,
}


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants a batch to be run (again), and why; empty where nobody was asked for a reason."""

    person: str = ""
    reason: str = ""


class Track:
    """Writes what happens to a batch into the journal, as its owner."""

    def __init__(self, journal: Journal, entered: Entered, files: Sequence[PlannedFile], patiently: Patience) -> None:
        self._journal = journal
        self._patiently = patiently
        self._row = entered.row
        self._entered = frozenset(entered.positions)
        self._attempts = entered.attempts
        self._expected = entered.expected
        self._waiting: dict[PlannedFile, deque[int]] = {}
        for file, position in zip(files, entered.positions, strict=True):
            self._waiting.setdefault(file, deque()).append(position)
        self._positions: dict[tuple[str, str], list[int]] = {}
        self._told: Counter[PageSource] = Counter()
        self._steps: list[PageStep] = []
        self._ends: list[PageEnd] = []
        self._heard = time.monotonic()

    @classmethod
    def enter(
        cls, archive: Archive, request: BatchRequest, groups: Sequence[Group], patiently: Patience, order: Order
    ) -> Track:
        """Write the batch down, or take it over, before any of its files is touched."""
        files = [(group, file) for group in groups for file in group.files]
        entries = [FileEntry(group.name, file.name, _absolute(file.path)) for group, file in files]
        entered = patiently(partial(archive.journal.enter, request, entries, order.person, order.reason))
        return cls(archive.journal, entered, [file for _, file in files], patiently)

    def gone(self) -> list[tuple[FileRow, list[PageRow]]]:
        """Return the files that entered in an earlier run and are there no more, with their pages."""
        files = self._patiently(partial(self._journal.files, self.batch))
        gone = [file for file in files if file.position not in self._entered]
        pages = self._patiently(partial(self._journal.pages, self.batch)) if gone else []
        return [(file, [page for page in pages if page.position == file.position]) for file in gone]

    @property
    def row(self) -> BatchRow:
        """The batch as it was when this process took it."""
        return self._row

    @property
    def batch(self) -> str:
        """The batch's ID."""
        return self._row.batch

    def inspected(self, found: Sequence[tuple[PlannedFile, FileInfo]]) -> list[int]:
        """Write down every page of these files; return the position of each file."""
        positions = [self._next(file) for file, _ in found]
        for position, (_, info) in zip(positions, found, strict=True):
            self._positions.setdefault((info.name, info.sha256), []).append(position)
        told = {position: (info.sha256, info.pages) for position, (_, info) in zip(positions, found, strict=True)}
        if told:
            self._patiently(partial(self._journal.inspected, self.batch, told))
        return positions

    def refused(self, file: PlannedFile, reason: str) -> None:
        """Write down that a file cannot be taken in."""
        self._patiently(partial(self._journal.refused, self.batch, self._next(file), reason))

    @property
    def expected(self) -> Mapping[str, tuple[ExpectedRecord, ...]]:
        """What cover sheets said in an earlier run of this batch, by group."""
        return self._expected

    def promised(self, group: str, told: Sequence[tuple[str, ExpectedRecord]]) -> None:
        """Write down what cover sheets of a group said would follow."""
        self._patiently(partial(self._journal.promised, self.batch, group, told))

    def earlier_promises(self, files: Sequence[str]) -> list[tuple[str, ExpectedRecord]]:
        """Return what cover sheets in these files (SHA-256) said when they were read last, in whatever batch."""
        return self._patiently(partial(self._journal.earlier_promises, files))

    def attempts(self, position: int, index: int) -> int:
        """Return how often a process died with this page (0-based) in its hands."""
        return self._attempts.get((position, index + 1), 0)

    def reading(self, job: ReadJob) -> None:
        """Note that a worker gets this page."""
        self._steps.append(PageStep(job.position, job.index + 1, PageState.READING))

    def given_back(self, job: ReadJob, seconds: float, reason: str = "") -> None:
        """Note that a worker has read this page, or (with a reason) could not."""
        state = PageState.ENTERED if reason else PageState.READ
        self._steps.append(PageStep(job.position, job.index + 1, state, seconds, reason))

    def ended(self, source: PageSource, end: End, dossier_id: str | None, version: int | None, reason: str) -> None:
        """Note where a page ended."""
        positions = self._positions[(source.name, source.file_sha256)]
        told = self._told[source]  # a file that was given twice has two positions, and each of its pages two ends
        self._told[source] += 1
        position = positions[min(told, len(positions) - 1)]
        self._ends.append(PageEnd(position, source.index + 1, _STATE[end], dossier_id, version, reason))

    def flush(self) -> None:
        """Write down what was noted, and now and then that this process is alive."""
        if self._steps:
            self._patiently(partial(self._journal.stepped, self.batch, self._steps))
            self._steps = []
        if self._ends:
            self._patiently(partial(self._journal.settled, self.batch, self._ends))
            self._ends = []
        elif time.monotonic() - self._heard > _BEAT:
            self._patiently(partial(self._journal.beat, self.batch))
        else:
            return
        self._heard = time.monotonic()

    def close(self, record: BatchRecord, state: BatchState, reason: str = "") -> None:
        """Bring the batch to its end, held or done."""
        self.flush()
        self._patiently(partial(self._journal.close, record, state, reason))

    def stop(self, state: BatchState, reason: str) -> None:
        """Write down that the work stopped before its end."""
        self._journal.stop(self.batch, state, reason)

    def _next(self, file: PlannedFile) -> int:
        return self._waiting[file].popleft()


def _absolute(path: Path) -> Path:
    """Return where a file lies, whatever the folder that the next process is in; links keep their names."""
    return Path(os.path.abspath(path))  # noqa: PTH100
