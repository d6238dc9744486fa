"""Leads groups through the workers: each group is a generator that yields tasks and is resumed with their results.

1. Enough groups are under way to keep every worker busy; the tasks of the oldest come first.
2. Before a page is handed out the journal says so, and before a group is begun the governor is asked.
3. After a halt nothing new is begun: pages in hand are finished, and a dossier all of whose pages are read is archived.
"""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from pipeline.batch.cutting import Sheet
from pipeline.batch.governor import Governor, Halt
from pipeline.batch.jobs import ASSEMBLE, READ
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Group
from pipeline.batch.pool import Done, Pool, Task
from pipeline.batch.story import BatchStory, Steps
from sohoa import faults
from sohoa.wording import both

_LOOK_UP = 15.0
"""Seconds after which the driver looks up although no task has ended: is this still to go on, does the journal know?"""


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


class Driver:
    """Leads ``groups`` through ``pool`` as ``story`` tells; ``run`` once."""

    def __init__(
        self, pool: Pool, story: BatchStory, groups: Sequence[Group], outcome: Outcome, governor: Governor
    ) -> None:
        self._pool = pool
        self._story = story
        self._groups: Iterator[Group] = iter(groups)
        self._outcome = outcome
        self._governor = governor
        self._queue: list[tuple[int, int, Task]] = []
        self._active: dict[int, _Active] = {}
        self._orders, self._serials = itertools.count(), itertools.count()
        self._begun: dict[object, float] = {}

    def run(self) -> Halt | None:
        """Lead all groups to their end, and return None; or stop before it, and return why."""
        halt: Halt | None = None
        while True:
            halt = halt or self._governor.halt()  # what was dropped for a halt is not taken up again when it passes
            if halt is None:
                self._begin_groups()
            self._hand_out(halt)
            if self._pool.idle == self._pool.size:
                if halt is None and self._outcome.deferred:
                    return Halt(_deferred(self._outcome.deferred), later=True)
                assert halt is not None or not self._active, "a group was begun and never ended"
                return halt
            for done in self._pool.completed(_LOOK_UP):
                self._take_back(done)

    def _begin_groups(self) -> None:
        while len(self._queue) < 2 * self._pool.size and (group := next(self._groups, None)) is not None:
            self._resume(_Active(next(self._orders), self._story.group(group)), first=True)

    def _resume(self, active: _Active, first: bool = False) -> None:
        try:
            wanted = next(active.steps) if first else active.steps.send([r for r in active.results if r is not None])
            while not wanted:  # a story may find that it has nothing to ask for
                wanted = active.steps.send([])
        except StopIteration:
            self._active.pop(active.order, None)
            return
        active.tasks, active.results = wanted, [None] * len(wanted)
        self._active[active.order] = active
        for place, task in enumerate(wanted):
            task = replace(task, key=(active.order, place))
            heapq.heappush(self._queue, (active.order, next(self._serials), task))

    def _hand_out(self, halt: Halt | None) -> None:
        """Give idle workers what comes first; the journal hears of pages before their workers do."""
        if halt is not None:
            self._queue = [entry for entry in self._queue if entry[2].function == ASSEMBLE]
            heapq.heapify(self._queue)
        free = self._pool.idle
        if free and self._governor.slow():
            free = int(free == self._pool.size)
        tasks = [heapq.heappop(self._queue)[2] for _ in range(min(free, len(self._queue)))]
        for task in tasks:
            if task.function == READ:
                self._outcome.track.reading(task.argument)
        self._outcome.track.flush()
        for task in tasks:
            if task.function == READ:
                faults.reach("page-reading")
            self._begun[task.key] = time.monotonic()
            self._pool.submit(task)

    def _take_back(self, done: Done) -> None:
        order, place = cast(tuple[int, int], done.key)
        active = self._active[order]
        active.results[place] = done
        seconds = time.monotonic() - self._begun.pop(done.key)
        if active.tasks[place].function == READ:
            self._hear_of_page(active.tasks[place], done, seconds)
        if not active.waiting:
            self._resume(active)

    def _hear_of_page(self, task: Task, done: Done, seconds: float) -> None:
        sheet = cast(Sheet | None, done.value)
        # An error may say nothing of itself (MemoryError does not), and is one all the same.
        reason = "" if done.error is None else str(done.error) or type(done.error).__name__
        self._outcome.track.given_back(task.argument, seconds, reason)
        self._outcome.page_read(task.argument, sheet, seconds, done.error)
        self._governor.read(sheet, seconds)


def _deferred(groups: int) -> str:
    return both(f"{groups} hồ sơ hoặc tập giấy chờ lượt sau", f"{groups} dossiers or stacks wait for the next run")
