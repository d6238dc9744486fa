"""What people see of a batch: progress and a line for each dossier while it runs, the ledger at its end."""

from __future__ import annotations

from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.batch.outcome import Heard, PagesRead
from pipeline.batch.patience import Waiting
from pipeline.batch.release import Freed
from pipeline.batch.runner import BatchResult
from pipeline.commands.output import SECTION_NAMES, SEVERITY_STYLE, console, emit, errors
from pipeline.events import BatchEvent, DossierEvent, FindingPart, LedgerPart
from scanners.folder import shown_text
from sohoa.wording import both
from storage.journal.states import BatchState

_STATUS = {
    "archived": ("đã lưu", "green"),
    "unchanged": ("không đổi", "dim"),
    "held": ("tạm giữ", "yellow"),
    "rejected": ("từ chối", "bold red"),
}


class Reporter:
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

    def __enter__(self) -> Reporter:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def hear(self, event: Heard) -> None:
        """Show what happened."""
        if isinstance(event, PagesRead):
            self._progress.update(self._bar, completed=event.read, total=event.known)
        elif isinstance(event, Waiting):
            message = both(
                f"chờ tối đa {event.seconds:.0f} giây cho đến khi dùng lại được",
                f"waiting up to {event.seconds:.0f} s for it to come back",
            )
            errors.print(Text.assemble(("! ", "yellow"), f"{event.error}; {message}"), soft_wrap=True)
        elif isinstance(event, Freed):
            told = Text.assemble(("! ", "yellow"), f"{shown_text(str(event.source))}: {event.why}")
            errors.print(told, soft_wrap=True)
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


def ledger_lines(ledger: LedgerPart) -> list[Text]:
    """Return the sheet ledger for a person, and each sheet that keeps it from balancing."""
    good = ledger.balanced and not ledger.missing
    verdict = "✓" if good else "✗ KHÔNG ĐỦ TỜ / SHEETS DIFFER" if ledger.balanced else "✗ KHÔNG CÂN / NOT BALANCED"
    sums = (
        f"Sổ tờ / ledger: {ledger.pages_in} vào = {ledger.filed} lưu + {ledger.separators} tờ bìa"
        f" + {ledger.blank} trắng + {ledger.rejected} từ chối {verdict}"
    )
    lines = [Text(sums, style="bold" if good else "bold red")]
    return lines + [Text.assemble(("  ✗ ", "bold red"), sheet.message) for sheet in ledger.missing]


def report_batch(result: BatchResult, as_json: bool) -> None:
    """Tell how a batch ended."""
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
                state=result.state.value,
                reason=result.halt.reason if result.halt is not None else "",
            )
        )
        return
    console.print()
    if result.state in (BatchState.DONE, BatchState.HELD):
        for line in ledger_lines(ledger):
            console.print(line)
    if result.state is BatchState.HELD:
        _say_held(result.record.batch)
    console.print(
        f"{len(result.record.dossiers)} hồ sơ, {result.seconds:.0f} giây, {pace:.0f} trang/phút"
        f"  (lô / batch {result.record.batch})",
        style="dim",
    )
    if result.halt is not None:
        console.print(f"Lô chưa xong / the batch is not finished: {result.halt.reason}", style="yellow")
    if result.needs_review:
        console.print("Có việc cần xem lại / something waits for review: sohoa review", style="yellow")


def say_stopping() -> None:
    """Say that a first Ctrl-C was heard, and what a second one does."""
    message = both(
        "Đang dừng: đọc nốt các trang dở dang; Ctrl-C lần nữa để dừng ngay",
        "stopping after the pages in hand; Ctrl-C once more stops at once",
    )
    errors.print(message, style="yellow", soft_wrap=True)


def _say_held(batch: str) -> None:
    console.print(
        "→ Lô được giữ lại, giấy và tệp gốc để nguyên: đếm lại giấy, quét tờ còn thiếu rồi chạy lại lệnh, hoặc:",
        "  The batch is held; keep paper and files together, count again, scan what is missing and run again, or:",
        f"  sohoa batches release {batch} --reason “…”",
        sep="\n",
        style="red",
        soft_wrap=True,
    )
