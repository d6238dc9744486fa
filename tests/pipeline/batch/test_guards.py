from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.batch.cutting import Sheet
from pipeline.batch.governor import Governor, Governors, Halt
from pipeline.batch.guards import FailureRate, NoRoom, Room, Window, until
from pipeline.findings import finding
from pipeline.model import PageKind
from pipeline.settings import LimitSettings
from scanners.base import PageSource
from sohoa.errors import ExitCode


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def sheet(*codes: str, kind: PageKind | None = PageKind.CONTENT) -> Sheet:
    found = tuple(finding(code, file="a.pdf", page=1) for code in codes)
    return Sheet(PageSource("a.pdf", "0" * 64, 0), kind, 0, 1, findings=found)


@pytest.mark.parametrize(
    ("now", "moment", "hours"),
    [("18:00", "06:00", 12), ("05:59", "06:00", 1 / 60), ("06:00", "06:00", 24), ("00:30", "06:00", 5.5)],
)
def test_the_end_of_the_window_is_the_next_time_the_clock_shows_it(now: str, moment: str, hours: float) -> None:
    start = dt.datetime.combine(dt.date(2024, 3, 5), dt.time.fromisoformat(now))
    assert until(dt.time.fromisoformat(moment), start) == pytest.approx(hours * 3600)


def test_no_dossier_is_begun_that_would_not_be_finished() -> None:
    clock = Clock()
    window = Window(100.0, workers=2, pace=2.0, clock=clock)
    assert window.may_begin(80), "80 pages take 80 s and a margin"
    assert not window.may_begin(84)
    window.begun(60)
    assert window.may_begin(20)
    assert not window.may_begin(30), "those under way come first"
    for _ in range(60):
        window.read(sheet(), 4.0)
    assert window.pace == 2.0, "it learned that pages take twice as long"
    assert window.may_begin(40)
    assert not window.may_begin(42)
    clock.now += 60
    assert not window.may_begin(17)
    assert window.halt() is None
    clock.now += 40
    halt = window.halt()
    assert halt is not None
    assert (halt.later, halt.hold, halt.exit_code) == (True, False, ExitCode.REVIEW)


def test_a_stack_longer_than_any_night_is_begun_all_the_same() -> None:
    window = Window(100.0, workers=1, pace=1.0, clock=Clock())
    assert not window.may_begin(5000)
    assert window.may_begin(50_000), "or it would wait for ever; the next night goes on with what was read"


def test_a_broken_scanner_holds_the_batch() -> None:
    rate = FailureRate(0.1)
    for _ in range(19):
        rate.read(sheet("page-blurred"), 1.0)
    assert rate.halt() is None, "too few pages to judge"
    rate.read(None, 1.0)
    halt = rate.halt()
    assert halt is not None
    assert (halt.hold, halt.exit_code) == (True, ExitCode.INTEGRITY)
    assert "20 trong 20 trang" in halt.reason


def test_a_bad_page_now_and_then_holds_nothing() -> None:
    rate = FailureRate(0.1)
    for number in range(500):
        rate.read(sheet("page-unreadable", kind=None) if number % 12 == 0 else sheet("dpi-low"), 1.0)
        assert rate.halt() is None, number
    for _ in range(10):
        rate.read(None, 1.0)
    assert rate.halt() is not None, "the last pages count, not a good evening"


def test_a_rate_above_the_limit_is_seen_in_the_long_run() -> None:
    rate = FailureRate(0.1)
    heard = [rate.read(None if number % 8 == 0 else sheet(), 1.0) or rate.halt() for number in range(200)]
    assert any(heard)


def test_files_that_cannot_be_opened_fail_like_pages() -> None:
    rate = FailureRate(0.5)
    for _ in range(20):
        rate.refused()
    assert rate.halt() is not None


def room(disk: int, memory: int, clock: Clock | None = None) -> Room:
    limits = LimitSettings(disk_free=1000, memory_free=1000)
    return Room([Path("/a"), Path("/b")], limits, clock or Clock(), lambda _: disk, lambda: memory)


def test_without_room_nothing_is_begun_and_the_message_names_the_disk() -> None:
    with pytest.raises(NoRoom, match="/a"):
        room(999, 1000).require()
    with pytest.raises(NoRoom, match="bộ nhớ"):
        room(1000, 999).require()
    room(1000, 1000).require()


def test_in_the_middle_a_full_disk_stops_and_short_memory_slows() -> None:
    halt = room(999, 5000).halt()
    assert halt is not None
    assert (halt.exit_code, halt.hold, halt.later) == (ExitCode.UNREACHABLE, False, False)
    assert room(5000, 999).slow()
    assert not room(5000, 1000).slow()
    assert room(5000, 999).halt() is None


def test_disks_are_not_looked_at_for_every_page() -> None:
    clock, looks = Clock(), []
    limits = LimitSettings(disk_free=1000, memory_free=0)
    guard = Room([Path("/a")], limits, clock, lambda path: looks.append(path) or 5000, lambda: 0)  # type: ignore[func-returns-value]
    for _ in range(100):
        guard.halt()
        guard.slow()
        clock.now += 0.1
    assert len(looks) == 2


def test_of_several_the_first_that_says_no_is_heard() -> None:
    class No(Governor):
        def halt(self) -> Halt | None:
            return Halt("no")

        def may_begin(self, pages: int) -> bool:
            return False

    both = Governors([Governor(), No()])
    assert both.halt() == Halt("no")
    assert not both.may_begin(1)
    assert Governors([]).halt() is None
    assert Governors([]).may_begin(10**6)
