"""The batch runner: groups -> pages -> deliveries -> committed versions -> one balanced ledger.

Each group's way is a generator (``story.BatchStory.group``) that yields lists of tasks and is resumed with their
results.  The driver here runs enough of them side by side to keep every worker busy, the oldest first, and holds no
page picture in memory.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from pipeline.batch.jobs import READ, VERSIONS
from pipeline.batch.outcome import Listener, Outcome
from pipeline.batch.plan import Group
from pipeline.batch.pool import Done, Pool, Task
from pipeline.batch.rejects import RejectKeeper
from pipeline.batch.story import BatchStory, Steps
from pipeline.batch.work import WorkFolder
from pipeline.settings import Settings
from sohoa import __version__
from sohoa.ids import Section
from storage.archive import Archive
from storage.manifest import BatchRecord

VERSIONS_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch left: its record, how long it took, and whether anything waits for a person."""

    record: BatchRecord
    seconds: float
    needs_review: bool


@dataclass(slots=True)
class _Active:
    """A group under way: its generator, and the tasks that it waits for."""

    order: int
    steps: Steps
    tasks: list[Task] = field(default_factory=list)
    results: list[Done | None] = field(default_factory=list)

    @property
    def waiting(self) -> bool:
        return any(result is None for result in self.results)


def run_batch(
    groups: Sequence[Group],
    inputs: Sequence[str],
    settings: Settings,
    workers: int,
    archive: Archive,
    tell: Listener,
    section: Section | None = None,
) -> BatchResult:
    """Digitise ``groups`` into ``archive`` and return the batch's record; ``tell`` hears of each dossier as it ends.

    ``section`` is where pages go that neither a folder nor a cover sheet puts elsewhere.

    Raises StoreUnreachable when the archive cannot be written (what was committed stays), never for bad input.
    """
    started, clock = dt.datetime.now(dt.UTC), time.monotonic()
    batch = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
    with (
        WorkFolder(settings.work, batch) as folder,
        Pool(workers, settings.limits.worker_memory) as pool,
    ):
        software = {"sohoa": __version__, **_versions(pool, settings)}
        outcome = Outcome(batch, started, software, RejectKeeper(settings.rejected), tell)
        story = BatchStory(settings, archive, folder, outcome, section)
        _drive(pool, (story.group(group) for group in groups), outcome.page_read)
    record = BatchRecord(
        batch=batch,
        started=started,
        finished=dt.datetime.now(dt.UTC),
        inputs=tuple(inputs),
        dossiers=tuple(outcome.versions.items()),
        rejected=tuple(outcome.rejected),
        findings=tuple(outcome.findings),
        ledger=outcome.ledger.record(),
    )
    archive.record_batch(record)
    return BatchResult(record, time.monotonic() - clock, outcome.needs_review)


def _versions(pool: Pool, settings: Settings) -> dict[str, str]:
    """Ask a worker for the versions of what will read the pages; raises EngineMissing before any file is touched."""
    pool.submit(Task(None, VERSIONS, settings.ocr, VERSIONS_TIMEOUT))
    (done,) = pool.completed()
    if done.error is not None:
        raise done.error
    return cast(dict[str, str], done.value)


def _drive(pool: Pool, groups: Iterator[Steps], page_read: Callable[[], None]) -> None:
    """Keep every worker busy: tasks of the oldest group first, new groups begun when the queue runs low."""
    numbers = itertools.count()
    queue: list[tuple[int, int, Task]] = []
    active: dict[int, _Active] = {}
    serial = itertools.count()

    def resume(story: _Active, first: bool = False) -> None:
        try:
            wanted = next(story.steps) if first else story.steps.send([r for r in story.results if r is not None])
            while not wanted:  # a story may find that it has nothing to ask for
                wanted = story.steps.send([])
        except StopIteration:
            active.pop(story.order, None)
            return
        story.tasks, story.results = wanted, [None] * len(wanted)
        active[story.order] = story
        for place, task in enumerate(wanted):
            heapq.heappush(queue, (story.order, next(serial), replace(task, key=(story.order, place))))

    while True:
        while len(queue) < 2 * pool.size and (steps := next(groups, None)) is not None:
            resume(_Active(next(numbers), steps), first=True)
        while queue and pool.idle:
            pool.submit(heapq.heappop(queue)[2])
        if not active:
            return
        for done in pool.completed():
            order, place = cast(tuple[int, int], done.key)
            story = active[order]
            story.results[place] = done
            if story.tasks[place].function == READ:
                page_read()
            if not story.waiting:
                resume(story)
