"""``sohoa verify`` and ``sohoa reindex``: is the archive whole, and making anew what follows it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.commands.opening import open_archive
from pipeline.commands.output import SEVERITY_STYLE, console, emit
from pipeline.events import IssueEvent, VerifiedEvent
from pipeline.settings import Settings
from sohoa import ids
from sohoa.errors import ExitCode

_STEPS = {"dossiers": "Hồ sơ / dossiers", "catalogue": "Danh mục / catalogue", "search": "Chỉ mục / search index"}


def verify(dossiers: Sequence[str], settings: Settings, as_json: bool) -> ExitCode:
    """Re-hash what is stored; INTEGRITY when anything stored is lost or changed."""
    started = time.monotonic()
    names = [text if ids.is_holding(text) else str(ids.parse(text)) for text in dossiers]
    counts = {"info": 0, "warning": 0, "error": 0}
    with open_archive(settings) as archive, _Steps(as_json) as steps:
        for issue in archive.verify(names or None, steps.hear):
            counts[issue.severity] += 1
            event = IssueEvent(
                severity=issue.severity,
                dossier_id=issue.dossier_id,
                file=issue.file,
                key=issue.key,
                code=issue.code,
                message=issue.message,
            )
            if as_json:
                emit(event)
            else:
                _print_issue(event)
    seconds = time.monotonic() - started
    if as_json:
        emit(VerifiedEvent(dossiers=steps.done, issues=sum(counts.values()), seconds=round(seconds, 2)))
    else:
        _print_verdict(counts, steps.done, seconds)
    if counts["error"]:
        return ExitCode.INTEGRITY
    return ExitCode.REVIEW if counts["warning"] else ExitCode.OK


def _print_verdict(counts: Mapping[str, int], dossiers: int, seconds: float) -> None:
    """Say whether the archive is whole; notes alone take nothing from that."""
    if any(counts.values()):
        console.print(
            f"{counts['error']} lỗi / errors, {counts['warning']} cảnh báo / warnings, {counts['info']} ghi chú / notes"
        )
    if not counts["error"] and not counts["warning"]:
        console.print(
            f"✓ Kho toàn vẹn / the archive is whole: {dossiers} hồ sơ / dossiers, {seconds:.1f} s", style="green"
        )
    elif not counts["error"]:
        console.print("→ sohoa reindex", style="yellow")


def _print_issue(issue: IssueEvent) -> None:
    place = " ".join(part for part in (issue.dossier_id, issue.file) if part) or issue.key
    console.print(Text.assemble(("! ", SEVERITY_STYLE[issue.severity]), (place, "bold"), f": {issue.message}"))
    console.print(Text(f"  {issue.key}", style="dim"))


def reindex(settings: Settings) -> ExitCode:
    """Rebuild catalogue and search from the objects; INTEGRITY when some object could not be used."""
    with open_archive(settings) as archive, _Steps(False) as steps:
        report = archive.reindex(steps.hear)
    for problem in report.problems:
        console.print(Text.assemble(("! ", "bold red"), str(problem)))
        if problem.advice:
            console.print(Text(f"  → {problem.advice}", style="dim"))
    console.print(f"Đã dựng lại từ {report.records} bản ghi / rebuilt from {report.records} records")
    return ExitCode.INTEGRITY if report.problems else ExitCode.OK


class _Steps:
    """A progress bar for work that names its steps; silent for programs and pipes."""

    def __init__(self, as_json: bool) -> None:
        self.done = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=as_json or not console.is_terminal,
        )
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> _Steps:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def hear(self, step: str, done: int, total: int) -> None:
        self.done = max(self.done, done)
        self._progress.update(self._task, description=_STEPS.get(step, step), completed=done, total=total or None)
