"""``sohoa digitize``: the main job, as one batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.batch.governor import Governor, Governors, Interrupt
from pipeline.batch.guards import FailureRate, Window, until
from pipeline.batch.job import Job, digitize
from pipeline.batch.release import Destinations
from pipeline.batch.runner import BatchResult
from pipeline.batch.track import Order
from pipeline.batch.workers import worker_count
from pipeline.commands.opening import open_archive
from pipeline.commands.reporter import Reporter, report_batch, say_stopping
from pipeline.errors import BatchInterrupted
from pipeline.reporting.watchers import Watchers
from pipeline.settings import Settings
from sohoa.errors import ExitCode, UsageError
from sohoa.wording import both
from storage.journal.states import BatchState

__all__ = ["Destinations", "Job", "bounds", "expectations", "run"]


def run(
    job: Job, settings: Settings, as_json: bool, governor: Governor | None = None, order: Order | None = None
) -> ExitCode:
    """Digitise what ``job`` names and return the exit code; raises SohoaError for what stops the whole batch."""
    interrupt = Interrupt(say_stopping)
    watching = Governors([interrupt, *([governor] if governor is not None else [])])
    try:
        with (
            open_archive(settings) as archive,
            Reporter(as_json) as reporter,
            Watchers(settings, [reporter.hear]) as watchers,
            interrupt.listening(),
        ):
            result = digitize(archive, job, settings, watchers, watching, order)
    except KeyboardInterrupt:
        raise BatchInterrupted(both("đã dừng giữa chừng", "stopped before the end")) from None
    report_batch(result, as_json)
    return exit_code(result)


def exit_code(result: BatchResult) -> ExitCode:
    """Return what a batch's end means to the caller; raises BatchInterrupted after Ctrl-C."""
    if result.halt is not None:
        if result.halt.exit_code is ExitCode.INTERRUPTED:
            raise BatchInterrupted(both("đã dừng sau các trang đang đọc", "stopped after the pages in hand"))
        return result.halt.exit_code
    if result.state is BatchState.HELD:
        return ExitCode.INTEGRITY
    return ExitCode.REVIEW if result.needs_review else ExitCode.OK


def bounds(settings: Settings, until_told: str | None, rate_told: str | None) -> Governor:
    """Return what watches over a single batch, when its command asked for an end or a rate of failures."""
    governors: list[Governor] = []
    if until_told is not None and settings.nightly.until is not None:
        seconds = until(settings.nightly.until, dt.datetime.now())
        governors.append(Window(seconds, worker_count(settings)))
    if rate_told is not None:
        governors.append(FailureRate(settings.nightly.max_failure_rate))
    return Governors(governors)


def expectations(told: Sequence[str]) -> dict[str, int]:
    """Return the numbers of pages by file name that ``--expect 120`` and ``--expect scan.pdf=12`` tell.

    Raises UsageError for anything else.
    """
    expected = {}
    for one in told:
        name, _, count = one.rpartition("=")
        if not (count.isascii() and count.isdigit() and int(count)):
            raise UsageError(
                both("không phải số trang", "no number of pages"),
                subject=f"--expect {one}",
                advice=both("Viết --expect 120 hoặc --expect tệp.pdf=12.", "Use --expect 120 or --expect scan.pdf=12."),
            )
        expected[name] = int(count)
    return expected
