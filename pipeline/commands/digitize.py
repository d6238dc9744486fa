"""``sohoa digitize``: the main job, with progress for a person or one line per dossier for a program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.batch.outcome import PagesRead
from pipeline.batch.plan import plan
from pipeline.batch.runner import BatchResult, run_batch
from pipeline.batch.workers import worker_count
from pipeline.commands.opening import open_archive
from pipeline.commands.output import SECTION_NAMES, SEVERITY_STYLE, console, emit
from pipeline.errors import BatchInterrupted
from pipeline.events import BatchEvent, DossierEvent, FindingPart, LedgerPart
from pipeline.settings import Settings
from scanners.folder import shown_text
from sohoa import ids
from sohoa.errors import ExitCode
from sohoa.ids import Section

_STATUS = {
    "archived": ("đã lưu", "green"),
    "unchanged": ("không đổi", "dim"),
    "held": ("tạm giữ", "yellow"),
    "rejected": ("từ chối", "bold red"),
}


def run(
    inputs: Sequence[Path], settings: Settings, dossier: str | None, section: Section | None, as_json: bool
) -> ExitCode:
    """Digitise ``inputs`` and return the exit code; raises SohoaError for what stops the whole batch."""
    groups = plan(inputs, ids.parse(dossier) if dossier else None)
    workers = worker_count(settings)
    try:
        with open_archive(settings) as archive, _Reporter(as_json) as reporter:
            names = [shown_text(str(path)) for path in inputs]
            result = run_batch(groups, names, settings, workers, archive, reporter.hear, section)
            archive.follow_search()
    except KeyboardInterrupt:
        raise BatchInterrupted("đã dừng giữa chừng / stopped before the end") from None
    _report_batch(result, as_json)
    if not result.record.ledger.balanced:
        return ExitCode.INTEGRITY
    return ExitCode.REVIEW if result.needs_review else ExitCode.OK


class _Reporter:
    """Hears what becomes of each dossier and shows it the way the reader can use."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json
        self._progress = Progress(
            TextColumn("Đang đọc / reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("trang / pages"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=as_json or not console.is_terminal,
        )
        self._bar = self._progress.add_task("pages", total=None)

    def __enter__(self) -> _Reporter:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def hear(self, event: DossierEvent | PagesRead) -> None:
        if isinstance(event, PagesRead):
            self._progress.update(self._bar, completed=event.read, total=event.known)
        elif self._as_json:
            emit(event)
        else:
            self._print(event)

    @staticmethod
    def _print(event: DossierEvent) -> None:
        """Show a person all that needs a look; a pipe gets one line per dossier, with the findings' codes."""
        doubts = [finding for finding in event.findings if finding.severity != "info"]
        if console.is_terminal:
            console.print(dossier_line(event), no_wrap=True, overflow="ellipsis")
            for doubt in doubts:
                console.print(finding_line(doubt))
        else:
            codes = ", ".join(dict.fromkeys(doubt.code for doubt in doubts))
            console.print(dossier_line(event) + Text(f"  [{codes}]" if codes else ""), soft_wrap=True)


def dossier_line(event: DossierEvent) -> Text:
    """Return one line that says what became of a dossier."""
    word, style = _STATUS[event.status]
    line = Text.assemble((f"{word:<9} ", style), (f"{event.dossier_id or '—'}", "bold"))
    if event.version is not None:
        line.append(f"  v{event.version}  {event.pages} trang", style="dim")
    if event.blank:
        line.append(f" + {event.blank} trắng", style="dim")
    if event.procedure is not None:
        line.append(f"  {event.procedure.name}")
    return line


def finding_line(finding: FindingPart) -> Text:
    """Return what a person should know of, and the next step, under its dossier."""
    place = ""
    if finding.section is not None:
        place = f"{SECTION_NAMES[finding.section]} tr. {finding.page}: " if finding.page else ""
    elif finding.file is not None:
        place = f"{finding.file}{f' tr. {finding.page}' if finding.page else ''}: "
    style = SEVERITY_STYLE[finding.severity]
    text = Text.assemble(("  ! ", style), place, (finding.message, style))
    if finding.box is not None:
        left, top, right, bottom = finding.box
        text.append(f" [{left},{top} – {right},{bottom} px]", style="dim")
    if finding.advice:
        text.append(f"\n    → {finding.advice}", style="dim")
    return text


def _report_batch(result: BatchResult, as_json: bool) -> None:
    ledger = LedgerPart.of(result.record.ledger)
    pace = 60 * ledger.pages_in / result.seconds if result.seconds else 0.0
    if as_json:
        emit(
            BatchEvent(
                batch=result.record.batch,
                dossiers=len(result.record.dossiers),
                ledger=ledger,
                seconds=round(result.seconds, 2),
                pages_per_minute=round(pace, 1),
            )
        )
        return
    console.print()
    console.print(
        f"Sổ tờ / ledger: {ledger.pages_in} vào = {ledger.filed} lưu + {ledger.separators} tờ bìa"
        f" + {ledger.blank} trắng + {ledger.rejected} từ chối",
        "✓" if ledger.balanced else "✗ KHÔNG CÂN / NOT BALANCED",
        style="bold" if ledger.balanced else "bold red",
    )
    if not ledger.balanced:
        console.print("→ Giữ nguyên giấy và tệp gốc, đếm lại / keep paper and files together, count again", style="red")
    console.print(
        f"{len(result.record.dossiers)} hồ sơ, {result.seconds:.0f} giây, {pace:.0f} trang/phút"
        f"  (lô / batch {result.record.batch})",
        style="dim",
    )
    if result.needs_review:
        console.print("Có việc cần xem lại / something waits for review: sohoa review", style="yellow")
