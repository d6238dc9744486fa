"""Who says whether a batch may go on: a person's Ctrl-C, a night's end, a disk that fills up.

The runner asks before it begins a group and before it hands out a page; what is under way is always finished, so
stopping loses nothing.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from pipeline.batch.cutting import Sheet
from sohoa.errors import ExitCode


@dataclass(frozen=True, slots=True)
class Halt:
    """Why a batch stops before its end, and the exit status that says so.

    ``hold`` says that a person must look before it may go on, ``later`` that it goes on by itself with the next run.
    """

    reason: str
    exit_code: ExitCode = ExitCode.REVIEW
    hold: bool = False
    later: bool = False


class Governor:
    """Lets everything go on; what watches over a batch overrides what it has a say in."""

    def halt(self) -> Halt | None:
        """Return why no further page may be begun, or None."""
        return None

    def slow(self) -> bool:
        """Tell whether one page at a time is enough for now."""
        return False

    def may_begin(self, pages: int) -> bool:
        """Tell whether a dossier or stack of so many pages may be begun; one that may not waits for the next run."""
        return True

    def begun(self, pages: int) -> None:
        """Hear that so many pages are to be read from now on."""

    def read(self, sheet: Sheet | None, seconds: float) -> None:
        """Hear of a page that a worker had for ``seconds``; None when it could not be read that way."""

    def refused(self) -> None:
        """Hear of a file that could not be taken in."""


class Governors(Governor):
    """Several governors as one: the first that says no is heard."""

    def __init__(self, governors: Sequence[Governor]) -> None:
        self._governors = tuple(governors)

    def halt(self) -> Halt | None:
        """Return the first reason that any of them has."""
        return next((halt for one in self._governors if (halt := one.halt()) is not None), None)

    def slow(self) -> bool:
        """Tell whether any of them wants it slower."""
        return any(one.slow() for one in self._governors)

    def may_begin(self, pages: int) -> bool:
        """Tell whether all of them let it begin."""
        return all(one.may_begin(pages) for one in self._governors)

    def begun(self, pages: int) -> None:
        """Tell all of them."""
        for one in self._governors:
            one.begun(pages)

    def read(self, sheet: Sheet | None, seconds: float) -> None:
        """Tell all of them."""
        for one in self._governors:
            one.read(sheet, seconds)

    def refused(self) -> None:
        """Tell all of them."""
        for one in self._governors:
            one.refused()


class Interrupt(Governor):
    """Ctrl-C or a termination signal: the pages in hand are finished; the second one stops at once."""

    REASON = "Ctrl-C"

    def __init__(self, tell: Callable[[], None] = lambda: None) -> None:
        self._tell = tell
        self.asked = False

    def halt(self) -> Halt | None:
        """Return the reason once a signal came."""
        return Halt(self.REASON, ExitCode.INTERRUPTED) if self.asked else None

    @contextmanager
    def listening(self) -> Iterator[Interrupt]:
        """Take the signals for the time of the block."""
        kept = {number: signal.signal(number, self._heard) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield self
        finally:
            for number, handler in kept.items():
                signal.signal(number, handler)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        self._tell()
