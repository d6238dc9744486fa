"""Waiting for a store or database that is away: a disk being freed, a server starting again, a lock held too long.

1. What needs the archive is done through ``Patience``; when that cannot be reached, it is tried again until it can, or
   until ``limits.outage`` seconds have passed.  Everything the archive is asked to do may be asked twice.
2. What waiting cannot mend (a right that is missing) is not waited for.
3. A person who stops the batch is heard while it waits.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from storage.errors import StoreUnreachable

T = TypeVar("T")
_FIRST, _LONGEST = 0.5, 10.0
"""Seconds between two tries, doubled from the first to the longest."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Told to whoever watches: what is waited for, and for how many seconds at most."""

    error: StoreUnreachable
    seconds: float


class Patience:
    """Does what needs the archive, again and again while that is away; ``tell`` hears of each outage once."""

    def __init__(
        self,
        seconds: float,
        tell: Callable[[Waiting], None],
        stopped: Callable[[], bool] = lambda: False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = seconds
        self._tell = tell
        self._stopped = stopped
        self._sleep = sleep

    def __call__(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns; raises its StoreUnreachable when the archive stays away."""
        waited, pause = 0.0, _FIRST
        while True:
            try:
                return work()
            except StoreUnreachable as error:
                if error.lasting or waited >= self._seconds or self._stopped():
                    raise
                if not waited:
                    self._tell(Waiting(error, self._seconds))
            self._sleep(pause)  # counted, not measured: a clock that jumps must not end the patience
            waited, pause = waited + pause, min(2 * pause, _LONGEST)
