"""What a night came to: gathered while it runs, told at its end as text, JSON and one HTML page."""

from __future__ import annotations

import datetime as dt
import heapq
import time
from collections import Counter
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from pipeline.batch.outcome import Heard, PagesRead
from pipeline.batch.patience import Waiting
from pipeline.batch.runner import BatchResult
from pipeline.events import DossierEvent, LedgerPart
from storage.journal.rows import BatchRow

_SLOWEST = 10
_POINTS = 60
"""Most points of the pace's chart."""
_SHORTEST = 1 / 12
"""Minutes between two points at least."""


class Part(BaseModel):
    """Base of the summary's parts."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SlowPage(Part):
    """A page that took long; ``page`` is 1-based in ``file``."""

    file: str
    page: int
    seconds: float


class BatchLine(Part):
    """How one batch of the night ended."""

    batch: str
    state: str
    reason: str
    dossiers: int
    ledger: LedgerPart


class PacePoint(Part):
    """Pages a minute, ``minute`` minutes after the start."""

    minute: float
    pages_per_minute: float


class Summary(Part):
    """A night's work.  ``waiting`` findings of the whole archive wait for a person (-1: nobody could say)."""

    started: dt.datetime
    finished: dt.datetime
    pages: int
    failed_pages: int
    pages_per_minute: float
    pace: tuple[PacePoint, ...]
    dossiers: dict[str, int]
    findings: dict[str, int]
    slowest: tuple[SlowPage, ...]
    batches: tuple[BatchLine, ...]
    outages: int
    waiting: int

    @property
    def is_good(self) -> bool:
        """Tell whether every batch is done with every sheet accounted for."""
        return all(batch.state == "done" and not batch.ledger.missing for batch in self.batches)


class Gatherer:
    """Hears what happens and makes the summary."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started, self._began = dt.datetime.now(dt.UTC), clock()
        self._read: list[float] = []
        self._failed = 0
        self._dossiers: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._slowest: list[tuple[float, str, int]] = []
        self._batches: list[BatchLine] = []
        self._outages = 0

    def hear(self, event: Heard) -> None:
        """Count a page, dossier or outage."""
        if isinstance(event, PagesRead):
            self._read.append((self._clock() - self._began) / 60)
            self._failed += event.kind is None
            heapq.heappush(self._slowest, (event.seconds, event.file, event.page))
            if len(self._slowest) > _SLOWEST:
                heapq.heappop(self._slowest)
        elif isinstance(event, Waiting):
            self._outages += 1
        elif isinstance(event, DossierEvent):
            self._dossiers[event.status] += 1
            self._findings.update(found.code for found in event.findings if found.severity != "info")

    def batch_ended(self, result: BatchResult) -> None:
        """Count a batch."""
        record = result.record
        self._batches.append(
            BatchLine(
                batch=record.batch,
                state=result.state.value,
                reason=result.halt.reason if result.halt is not None else "",
                dossiers=len(record.dossiers),
                ledger=LedgerPart.of(record.ledger),
            )
        )

    def still_held(self, row: BatchRow) -> None:
        """Count a batch of an earlier night that a person has not decided about yet."""
        ledger = row.record.ledger if row.record is not None else row.ledger
        dossiers = len(row.record.dossiers) if row.record is not None else 0
        told = LedgerPart.of(ledger)
        line = BatchLine(batch=row.batch, state="held", reason=row.last_error, dossiers=dossiers, ledger=told)
        self._batches.append(line)

    def summary(self, waiting: int) -> Summary:
        """Return what was gathered so far; ``waiting`` findings wait for a person."""
        minutes = (self._clock() - self._began) / 60
        return Summary(
            started=self._started,
            finished=dt.datetime.now(dt.UTC),
            pages=len(self._read),
            failed_pages=self._failed,
            pages_per_minute=round(len(self._read) / minutes, 1) if minutes > 0 else 0.0,
            pace=tuple(pace(self._read, minutes)),
            dossiers=dict(self._dossiers),
            findings=dict(self._findings.most_common()),
            slowest=tuple(
                SlowPage(file=file, page=page, seconds=round(seconds, 2))
                for seconds, file, page in sorted(self._slowest, reverse=True)
            ),
            batches=tuple(self._batches),
            outages=self._outages,
            waiting=waiting,
        )


def pace(moments: Sequence[float], minutes: float) -> list[PacePoint]:
    """Return pages a minute over time, from the minute in which each page was read; at most sixty points."""
    step = max(_SHORTEST, minutes / _POINTS)
    counts = Counter(int(moment / step) for moment in moments)
    points = []
    for number in range(int(minutes / step) + 1):
        width = min(step, minutes - number * step)  # the last part is shorter
        if width > step / 4 or not number:
            rate = counts[number] / width if width else 0.0
            points.append(PacePoint(minute=round(number * step, 2), pages_per_minute=round(rate, 1)))
    return points
