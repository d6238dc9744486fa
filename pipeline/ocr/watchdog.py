"""A hard time limit for programs that another library starts.

1. A timer runs beside the call.
2. When it ends first, every descendant of this process whose command line names the marker is found, with all that
   those started in turn, and killed at once, the youngest last so that none can be replaced unseen.
3. The same happens when the call is left by an exception, so that nothing goes on working for nobody.

pytesseract starts Tesseract itself and, at its own timeout, ends only its direct child; where ``tesseract`` is a
wrapper script that leaves the real engine running (madmaze/pytesseract issues 159 and 177).  The descendants stay in
this process's own group, so a supervisor that kills this worker's group still takes them with it.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import psutil


@dataclass(slots=True)
class Limit:
    """Whether the time ran out."""

    passed: bool = False


@contextlib.contextmanager
def time_limit(seconds: float, marker: str) -> Iterator[Limit]:
    """Give the body ``seconds``; then kill every descendant process that has ``marker`` on its command line."""
    limit = Limit()

    def expire() -> None:
        limit.passed = True
        kill_descendants(marker)

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield limit
    except BaseException:
        kill_descendants(marker)
        raise
    finally:
        timer.cancel()
        timer.join()


def kill_descendants(marker: str) -> None:
    """Kill the descendants of this process that name ``marker``, and all that they started."""
    for process in psutil.Process(os.getpid()).children():
        if not _names(process, marker):
            continue
        with contextlib.suppress(psutil.NoSuchProcess):
            process.suspend()  # a stopped wrapper starts nothing new while its children are counted
            family = process.children(recursive=True)
            for member in [*family, process]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.kill()


def _names(process: psutil.Process, marker: str) -> bool:
    try:
        return any(marker in word for word in process.cmdline())
    except psutil.Error:
        return False
