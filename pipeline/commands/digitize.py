"""``sohoa digitize``: the main job, with progress for a person or one line per dossier for a program."""

from __future__ import annotations

import datetime as dt
import fnmatch
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.batch.governor import Governor, Governors, Interrupt
from pipeline.batch.guards import FailureRate, Room, Window, until
from pipeline.batch.outcome import PagesRead
from pipeline.batch.patience import Waiting
from pipeline.batch.plan import Group, plan
from pipeline.batch.release import Destinations, free_sources
from pipeline.batch.runner import EXPECT, BatchResult, Work, expected_pages, run_batch
from pipeline.batch.track import Order
from pipeline.batch.workers import worker_count
from pipeline.commands.opening import open_archive
from pipeline.commands.output import SECTION_NAMES, SEVERITY_STYLE, console, emit, errors
from pipeline.errors import BatchInterrupted
from pipeline.events import BatchEvent, DossierEvent, FindingPart, LedgerPart
from pipeline.reporting.watchers import Watchers, disks
from pipeline.settings import Settings
from scanners.folder import shown_text
from sohoa import ids
from sohoa.errors import ExitCode, UsageError
from sohoa.ids import Section
from sohoa.owner import is_alive, this_process
from sohoa.text import fold
from sohoa.wording import both
from storage.archive import Archive
from storage.journal.rows import BatchRequest, BatchRow
from storage.journal.states import BatchState

__all__ = ["Destinations", "Job", "Reporter", "bounds", "digitize", "expectations", "free", "report_batch", "run"]

_STATUS = {
    "archived": ("đã lưu", "green"),
    "unchanged": ("không đổi", "dim"),
    "held": ("tạm giữ", "yellow"),
    "rejected": ("từ chối", "bold red"),
}


_FOLDERS = ("done", "rejected")


@dataclass(frozen=True, slots=True)
class Job:
    """What ``digitize`` was asked for.

    ``expected`` are numbers of pages by file name ("" for the whole batch); ``to`` is where sources go when the archive
    has them.
    """

    inputs: Sequence[Path]
    dossier: str | None = None
    section: Section | None = None
    expected: Mapping[str, int] = field(default_factory=dict)
    to: Destinations = field(default_factory=Destinations)
    origin: str = "digitize"
    first: tuple[str, ...] = ()
    """Patterns of names that come before all others, most urgent first."""

    def request(self, settings: Settings) -> BatchRequest:
        """Return what the journal keeps of it."""
        options = {"dossier": self.dossier, "section": self.section and self.section.value, "unit": settings.unit}
        wishes = {f"{EXPECT}{name}": str(count) for name, count in self.expected.items()}
        folders = {"done": self.to.done, "rejected": self.to.rejected}
        wishes |= {name: _told(folder) for name, folder in folders.items() if folder is not None}
        given = tuple(Path(os.path.abspath(path)) for path in self.inputs)  # noqa: PTH100  # links keep their names
        return BatchRequest(self.origin, given, {name: told for name, told in options.items() if told}, wishes)

    @classmethod
    def of(cls, row: BatchRow) -> Job:
        """Return the job that a batch was made of."""
        section = Section(row.options["section"]) if "section" in row.options else None
        return cls(row.inputs, row.options.get("dossier"), section, expected_pages(row), destinations(row), row.origin)


def destinations(row: BatchRow) -> Destinations:
    """Return where the sources of a batch are to go."""
    folders = [Path(os.fsdecode(bytes.fromhex(told))) if (told := row.wishes.get(name)) else None for name in _FOLDERS]
    return Destinations(*folders)


def settings_of(row: BatchRow, settings: Settings) -> Settings:
    """Return the settings with the unit that a batch was asked for with, which decides where its dossiers lie."""
    return settings.model_copy(update={"unit": row.options.get("unit")})


def _told(folder: Path) -> str:
    return os.fsencode(folder.absolute()).hex()


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


def digitize(
    archive: Archive, job: Job, settings: Settings, watchers: Watchers, governor: Governor, order: Order | None = None
) -> BatchResult:
    """Digitise what ``job`` names into an open archive, and free its sources when all of it is done.

    Raises NoRoom, before anything is touched, when a disk is nearly full.
    """
    _require_done_outside(job)
    room = Room(list(disks(settings).values()), settings.limits)
    room.require()
    freed = free_left_over(archive) if job.to.done is not None else {}
    gone = {path: row for path, row in freed.items() if not os.path.lexists(path)}
    inputs = [path for path in job.inputs if Path(os.path.abspath(path)) not in gone]  # noqa: PTH100
    if not inputs and gone:  # the killed run had nothing left to do but to move them away
        done = next(iter(gone.values()))
        if done.record is not None:
            return BatchResult(done.record, BatchState.DONE, 0.0, bool(done.record.rejected))
    job = replace(job, inputs=inputs)
    dossier = ids.parse(job.dossier) if job.dossier else None
    groups = ordered(plan(job.inputs, dossier, follow=job.origin != "watch"), job.first)
    work = Work(job.request(settings), groups, job.section, order or Order())
    both_govern = Governors([governor, room])
    result = run_batch(work, settings, worker_count(settings), archive, watchers.hear, both_govern)
    archive.follow_search()
    watchers.batch_ended(result)
    if result.state is BatchState.DONE:
        free(archive, result.record.batch)
    return result


def _require_done_outside(job: Job) -> None:
    """Raise UsageError when done sources would go into an input: the next run would take them for a delivery."""
    done = job.to.done.absolute() if job.to.done is not None else None
    for given in job.inputs:
        if done is not None and job.origin != "watch" and Path(given).absolute() in (done, *done.parents):
            message = both("thư mục --done nằm trong đầu vào", "the folder for done sources lies in an input")
            advice = both("Chọn một thư mục ở ngoài.", "Choose a folder outside of it.")
            raise UsageError(message, subject=str(job.to.done), advice=advice)


def free_left_over(archive: Archive) -> dict[Path, BatchRow]:
    """Go on with moving sources away where a run was killed at that, or they would be taken for a new delivery.

    Returns the sources of those batches, each with its batch.
    """
    sources: dict[Path, BatchRow] = {}
    for row in archive.journal.unfreed():
        living = row.owner != this_process() and is_alive(row.owner)  # it is at that itself
        if destinations(row).done is not None and not living:
            sources |= {file.path: row for file in archive.journal.files(row.batch)}
            free(archive, row.batch)
    return sources


def free(archive: Archive, batch: str) -> None:
    """Free the sources of a batch that is done or released, and tell of those that are not what was archived."""
    row = archive.journal.batch(batch)
    for freed in free_sources(archive, row, destinations(row)):
        if freed.moved_to is None:
            errors.print(
                Text.assemble(("! ", "yellow"), f"{shown_text(str(freed.source))}: {freed.why}"), soft_wrap=True
            )


def exit_code(result: BatchResult) -> ExitCode:
    """Return what a batch's end means to the caller; raises BatchInterrupted after Ctrl-C."""
    if result.halt is not None:
        if result.halt.exit_code is ExitCode.INTERRUPTED:
            raise BatchInterrupted(both("đã dừng sau các trang đang đọc", "stopped after the pages in hand"))
        return result.halt.exit_code
    if result.state is BatchState.HELD:
        return ExitCode.INTEGRITY
    return ExitCode.REVIEW if result.needs_review else ExitCode.OK


def ordered(groups: Sequence[Group], first: Sequence[str]) -> list[Group]:
    """Return the groups with those in front whose name fits one of the patterns, earlier patterns first."""

    def place(group: Group) -> int:
        names = [fold(group.name), *(fold(file.name) for file in group.files[:1])]
        fits = (n for n, one in enumerate(first) if any(fnmatch.fnmatchcase(name, fold(one)) for name in names))
        return next(fits, len(first))

    return sorted(groups, key=place)


def say_stopping() -> None:
    """Say that a first Ctrl-C was heard, and what a second one does."""
    message = both(
        "Đang dừng: đọc nốt các trang dở dang; Ctrl-C lần nữa để dừng ngay",
        "stopping after the pages in hand; Ctrl-C once more stops at once",
    )
    errors.print(message, style="yellow", soft_wrap=True)


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

    def hear(self, event: DossierEvent | PagesRead | Waiting) -> None:
        """Show what happened."""
        if isinstance(event, PagesRead):
            self._progress.update(self._bar, completed=event.read, total=event.known)
        elif isinstance(event, Waiting):
            message = both(
                f"chờ tối đa {event.seconds:.0f} giây cho đến khi dùng lại được",
                f"waiting up to {event.seconds:.0f} s for it to come back",
            )
            errors.print(Text.assemble(("! ", "yellow"), f"{event.error}; {message}"), soft_wrap=True)
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


def _say_held(batch: str) -> None:
    console.print(
        "→ Lô được giữ lại, giấy và tệp gốc để nguyên: đếm lại giấy, quét tờ còn thiếu rồi chạy lại lệnh, hoặc:",
        "  The batch is held; keep paper and files together, count again, scan what is missing and run again, or:",
        f"  sohoa batches release {batch} --reason “…”",
        sep="\n",
        style="red",
        soft_wrap=True,
    )
