"""Governors that keep a long batch from doing harm: a night's end, a scanner that broke, a disk that fills up.

1. ``Window``: no dossier is begun that would not be finished by the end, told from the pace so far; at the end itself
   the pages in hand are the last.  A stack that is longer than any night is begun all the same and goes on the next:
   what was read is not read again.
2. ``FailureRate``: when too many pages could not be read, of the last ones or of all, the batch is held.  A broken
   scanner fails page after page, and a night of it is a morning's sorting.
3. ``Room``: before and during; without room on a disk nothing more is begun, with too little memory one page at a time.
"""

from __future__ import annotations

import datetime as dt
import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.batch.cutting import Sheet
from pipeline.batch.governor import Governor, Halt
from pipeline.errors import PipelineError
from pipeline.settings import LimitSettings
from sohoa.disk import free_bytes
from sohoa.errors import ExitCode
from sohoa.machine import available_memory
from sohoa.wording import both

FAILURES = frozenset(
    {"page-not-recognised", "page-timed-out", "page-crashed", "page-unreadable", "page-blurred", "scan-error"}
)
"""Findings of a page that the scanner or the machine is to blame for."""

_RECENT = 60
"""Pages that the pace and the rate of failures are told from."""
_FEWEST = 20
"""Pages before which a rate says nothing."""
_ENOUGH = 100
"""Pages after which the rate over all of them counts, too."""
_NIGHT = 12 * 3600.0
"""Seconds of the longest night: what takes longer fits into none."""
_MARGIN = 1.2
"""How much longer than the pace says a dossier may take: it must be assembled and stored, too."""
_FIRST_GUESS = 2.0
"""Seconds of a worker for a page, before any was read."""
_LOOK = 5.0
"""Seconds between two looks at disks and memory."""


class Window(Governor):
    """Keeps a batch within its time; ``seconds`` from now on, for ``workers`` side by side.

    ``pace`` is what a page took in earlier nights, in seconds of a worker.
    """

    def __init__(
        self,
        seconds: float,
        workers: int,
        pace: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._workers = workers
        self._recent: deque[float] = deque([pace or _FIRST_GUESS], maxlen=_RECENT)
        self._pending = 0

    @property
    def pace(self) -> float:
        """Seconds that a page takes on this machine, all workers counted."""
        return sum(self._recent) / len(self._recent) / self._workers

    def halt(self) -> Halt | None:
        """Return that the window is over."""
        if self._clock() < self._end:
            return None
        return Halt(both("đã hết khung giờ làm việc", "the window is over"), later=True)

    def may_begin(self, pages: int) -> bool:
        """Tell whether ``pages`` more than those under way fit into what is left, or into no night at all."""
        needed = pages * self.pace * _MARGIN
        left = self._end - self._clock()
        return needed > _NIGHT or self._pending * self.pace * _MARGIN + needed <= left

    def begun(self, pages: int) -> None:
        """Count what is under way."""
        self._pending += pages

    def read(self, sheet: Sheet | None, seconds: float) -> None:
        """Learn the pace."""
        if len(self._recent) == 1:
            self._recent.clear()  # the guess has served
        self._recent.append(seconds)
        self._pending = max(0, self._pending - 1)


class FailureRate(Governor):
    """Holds a batch of whose pages more than ``most`` (a share) could not be read.

    Of few pages some may fail by chance, so the last ones are given the square root of what is allowed on top.
    """

    def __init__(self, most: float) -> None:
        self._most = most
        self._recent: deque[bool] = deque(maxlen=_RECENT)
        self._failed = self._seen = 0

    def halt(self) -> Halt | None:
        """Return that too much fails."""
        allowed = self._most * len(self._recent)
        lately = len(self._recent) >= _FEWEST and sum(self._recent) > min(
            allowed + math.sqrt(allowed), len(self._recent) - 1
        )
        if lately:
            return self._because(sum(self._recent), len(self._recent), "gần nhất", "the last ")
        if self._seen >= _ENOUGH and self._failed > self._most * self._seen:
            return self._because(self._failed, self._seen, "đã đọc", "")
        return None

    def read(self, sheet: Sheet | None, seconds: float) -> None:
        """Hear of a page."""
        self._hear(sheet is None or sheet.kind is None or any(found.code in FAILURES for found in sheet.findings))

    def refused(self) -> None:
        """Hear of a file that could not be opened: it fails like a page."""
        self._hear(True)

    def _hear(self, failed: bool) -> None:
        self._recent.append(failed)
        self._failed += failed
        self._seen += 1

    @staticmethod
    def _because(failed: int, seen: int, which_vi: str, which_en: str) -> Halt:
        reason = both(
            f"{failed} trong {seen} trang {which_vi} bị lỗi: kiểm tra máy quét, kính quét và ổ đĩa",
            f"{failed} of {which_en}{seen} pages failed: check the scanner, its glass and the disk",
        )
        return Halt(reason, ExitCode.INTEGRITY, hold=True)


class NoRoom(PipelineError):
    """There is too little room on a disk or in memory to begin."""

    exit_code = ExitCode.UNREACHABLE
    code = "no-room"
    advice = both(
        "Giải phóng ổ đĩa hoặc bộ nhớ (giới hạn: limits.disk_free, limits.memory_free), rồi chạy lại lệnh này.",
        "Free some room (the limits: limits.disk_free, limits.memory_free), then run the same command again.",
    )


class Room(Governor):
    """Keeps room on the disks of ``folders`` and in memory."""

    def __init__(
        self,
        folders: Sequence[Path],
        limits: LimitSettings,
        clock: Callable[[], float] = time.monotonic,
        disk: Callable[[Path], int] = free_bytes,
        memory: Callable[[], int] = available_memory,
    ) -> None:
        self._folders = tuple(folders)
        self._limits = limits
        self._clock, self._disk, self._memory = clock, disk, memory
        self._looked = float("-inf")
        self._seen: tuple[Halt | None, bool] = (None, False)

    def require(self) -> None:
        """Raise NoRoom when there is too little to begin."""
        halt, tight = self._look()
        if halt is not None:
            raise NoRoom(halt.reason)
        if tight:
            raise NoRoom(both("không đủ bộ nhớ trống", "too little memory is free"))

    def halt(self) -> Halt | None:
        """Return that a disk is nearly full."""
        return self._look()[0]

    def slow(self) -> bool:
        """Tell whether memory is short."""
        return self._look()[1]

    def _look(self) -> tuple[Halt | None, bool]:
        if self._clock() - self._looked >= _LOOK:
            self._looked = self._clock()
            self._seen = self._full(), self._memory() < self._limits.memory_free
        return self._seen

    def _full(self) -> Halt | None:
        for folder in self._folders:
            free = self._disk(folder)
            if free < self._limits.disk_free:
                reason = both(f"ổ đĩa của {folder} chỉ còn {free >> 20} MB", f"{free >> 20} MB left on its disk")
                return Halt(reason, ExitCode.UNREACHABLE)
        return None


def until(moment: dt.time, now: dt.datetime) -> float:
    """Return the seconds from ``now`` to the next time that the clock shows ``moment``."""
    end = now.replace(hour=moment.hour, minute=moment.minute, second=moment.second, microsecond=0)
    if end <= now:
        end += dt.timedelta(days=1)
    return (end - now).total_seconds()
