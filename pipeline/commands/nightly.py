"""``sohoa nightly``: the unattended job, from what an earlier night left over to one summary at the end."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from pipeline.batch.governor import Governor, Governors, Interrupt
from pipeline.batch.guards import FailureRate, NoRoom, Window, until
from pipeline.batch.job import Job, digitize, settings_of
from pipeline.batch.plan import plan
from pipeline.batch.release import Destinations
from pipeline.batch.runner import BatchResult
from pipeline.batch.workers import worker_count
from pipeline.commands.digitize import exit_code
from pipeline.commands.opening import open_archive
from pipeline.commands.output import console, errors, report_error
from pipeline.commands.reporter import Reporter, report_batch, say_stopping
from pipeline.errors import BatchInterrupted
from pipeline.ocr.errors import EngineMissing
from pipeline.reporting.page import as_html, as_text
from pipeline.reporting.sending import send
from pipeline.reporting.summary import Gatherer, Summary
from pipeline.reporting.watchers import Watchers
from pipeline.settings import Settings
from sohoa import ids
from sohoa.errors import ExitCode, SohoaError, UsageError
from sohoa.wording import both
from storage.archive import Archive
from storage.errors import StoreUnreachable
from storage.journal.rows import BatchRow
from storage.journal.states import BatchState

_NIGHTS = 20
"""Batches back that the pace of earlier nights is told from."""


class NothingToDigitize(UsageError):
    """Neither the command nor the settings name an input."""

    code = "nothing-to-digitize"
    advice = both(
        "Nêu thư mục trong lệnh, hoặc viết inputs = [“…”] dưới dòng [nightly] trong sohoa.toml.",
        "Name folders in the command, or write inputs = [“…”] under [nightly] in sohoa.toml.",
    )


@dataclass(slots=True)
class _Night:
    """What all batches of one night share."""

    archive: Archive
    watchers: Watchers
    gatherer: Gatherer
    governor: Governor
    as_json: bool
    worst: ExitCode = ExitCode.OK
    over: bool = False

    def run(self, job: Job, settings: Settings) -> None:
        """Digitise one job; a held batch waits for a person, unless new files came."""
        held = self._held(job, settings)
        if held is not None:
            self.gatherer.still_held(held)
            self.worst = _worse(self.worst, ExitCode.INTEGRITY)
            return
        result = digitize(self.archive, job, settings, self.watchers, self.governor)
        self.gatherer.batch_ended(result)
        report_batch(result, self.as_json)
        self.over |= result.halt is not None and result.state is not BatchState.WAITING
        self.worst = _worse(self.worst, _code(result))

    def go_on(self, job: Job, settings: Settings) -> None:
        """Digitise what an earlier run left; what is wrong with that must not keep this night from its own work."""
        try:
            self.run(job, settings)
        except (StoreUnreachable, NoRoom, EngineMissing):
            raise
        except SohoaError as error:
            report_error(error, as_json=self.as_json)
            self.worst = _worse(self.worst, ExitCode.REVIEW)

    def _held(self, job: Job, settings: Settings) -> BatchRow | None:
        """Return the held batch that this job would run again, when nothing came to it since then."""
        row = self.archive.journal.pending(job.request(settings))
        if row is None or row.state is not BatchState.HELD:
            return None
        known = {file.path for file in self.archive.journal.files(row.batch)}
        planned = plan(job.inputs, ids.parse(job.dossier) if job.dossier else None)
        came = {Path(os.path.abspath(file.path)) for group in planned for file in group.files}  # noqa: PTH100
        return row if came <= known else None


def run(inputs: Sequence[Path], settings: Settings, as_json: bool) -> ExitCode:
    """Go on with what was left over, digitise the inputs, and tell what the night came to."""
    told = settings.nightly
    folders = tuple(inputs) or told.inputs
    if not folders:
        raise NothingToDigitize(both("chưa nêu thư mục nào", "no folder was named"))
    interrupt, gatherer = Interrupt(say_stopping), Gatherer()
    with (
        open_archive(settings) as archive,
        Reporter(as_json) as reporter,
        Watchers(settings, [reporter.hear, gatherer.hear]) as watchers,
        interrupt.listening(),
    ):
        governors: list[Governor] = [interrupt, FailureRate(told.max_failure_rate)]
        if told.until is not None:
            seconds = until(told.until, dt.datetime.now())
            governors.append(Window(seconds, worker_count(settings), earlier_pace(archive)))
        night = _Night(archive, watchers, gatherer, Governors(governors), as_json)
        try:
            for job, own in _left_over(archive, settings):
                if not night.over and all(map(os.path.lexists, job.inputs)):
                    night.go_on(job, own)
            if not night.over:
                night.run(_job(folders, settings), settings)
        finally:
            _tell(gatherer.summary(_waiting(archive)), settings, as_json)
    if interrupt.asked:
        raise BatchInterrupted(both("đã dừng sau các trang đang đọc", "stopped after the pages in hand"))
    return night.worst


def earlier_pace(archive: Archive) -> float | None:
    """Return what a page took in the last batches, in seconds of a worker; None when none was read."""
    for row in archive.journal.batches([BatchState.DONE, BatchState.WAITING], _NIGHTS):
        seconds = [page.seconds for page in archive.journal.pages(row.batch) if page.seconds]
        if seconds:
            return sum(seconds) / len(seconds)
    return None


def _job(folders: Sequence[Path], settings: Settings) -> Job:
    to = Destinations(settings.nightly.done)
    return Job(folders, to=to, origin="nightly", first=settings.nightly.first)


def _left_over(archive: Archive, settings: Settings) -> Iterable[tuple[Job, Settings]]:
    """Yield what earlier runs did not bring to its end; a hot folder's is its watcher's to go on with."""
    for row in reversed(archive.journal.unfinished()):
        if row.origin != "watch":
            yield Job.of(row), settings_of(row, settings)


def _waiting(archive: Archive) -> int:
    """Return how many findings wait; -1 when the catalogue is away, which may be why the night ended."""
    try:
        return archive.catalogue.review_total()
    except StoreUnreachable:
        return -1


def _tell(summary: Summary, settings: Settings, as_json: bool) -> None:
    """Write the summary in its three forms, print it, and send it where the settings say."""
    folder = settings.nightly.summaries
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{summary.started.astimezone():%Y-%m-%dT%H%M%S}"
    text = as_text(summary)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / f"{name}.json").write_text(summary.model_dump_json(indent=2), encoding="utf-8")
    (folder / f"{name}.html").write_text(as_html(summary), encoding="utf-8")
    if not as_json:
        console.print()
        console.print(Text(text), soft_wrap=True)
        console.print(Text(f"→ {folder / name}.html", style="dim"), soft_wrap=True)
    for error in send(summary, settings.nightly):
        errors.print(Text.assemble(("! ", "yellow"), f"{error} → {error.advice}"), soft_wrap=True)


def _code(result: BatchResult) -> ExitCode:
    try:
        return exit_code(result)
    except BatchInterrupted:
        return ExitCode.INTERRUPTED


def _worse(one: ExitCode, other: ExitCode) -> ExitCode:
    """Return the exit status that matters more: integrity, then a service out of reach, then review."""
    order = (ExitCode.OK, ExitCode.REVIEW, ExitCode.UNREACHABLE, ExitCode.INTEGRITY, ExitCode.INTERRUPTED)
    return max(one, other, key=order.index)
