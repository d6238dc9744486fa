"""``sohoa batches``: what is under way, and what a person decides about a batch that did not come to a good end."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.batch.job import Job, free, settings_of
from pipeline.batch.track import Order
from pipeline.commands import digitize
from pipeline.commands.opening import open_archive
from pipeline.commands.output import console, emit
from pipeline.commands.reporter import Reporter, ledger_lines
from pipeline.events import BatchStateEvent, FileStateEvent, MoveEvent, PageStateEvent
from pipeline.events.batches import PageStateName
from pipeline.settings import Settings
from scanners.folder import shown_text
from scanners.hotfolder import PRIVATE
from sohoa.errors import ExitCode, UsageError
from sohoa.owner import person, shown
from sohoa.wording import both
from storage.archive import Archive
from storage.journal.errors import BatchBusy
from storage.journal.rows import BatchRow, PageRow
from storage.journal.states import ENDS, BatchState, FileState, PageState, require_move
from storage.manifest import BatchRecord, LedgerRecord

WORDS = {
    BatchState.WAITING: ("chờ", "cyan"),
    BatchState.RUNNING: ("đang chạy", "green"),
    BatchState.INTERRUPTED: ("dở dang", "yellow"),
    BatchState.HELD: ("giữ lại", "bold red"),
    BatchState.DONE: ("xong", "dim"),
    BatchState.RELEASED: ("đã cho qua", "dim"),
    BatchState.ABANDONED: ("đã bỏ", "dim"),
}
_PAGE_WORDS = {
    PageState.ENTERED: "chưa đọc",
    PageState.READING: "đang đọc",
    PageState.READ: "đã đọc",
    PageState.FILED: "lưu",
    PageState.SEPARATOR: "tờ bìa",
    PageState.BLANK: "trắng",
    PageState.REJECTED: "từ chối",
}
_FILE_WORDS = {
    FileState.ENTERED: "đã vào",
    FileState.INSPECTED: "đã kiểm",
    FileState.REFUSED: "từ chối",
    FileState.SETTLED: "đủ trang",
    FileState.FREED: "đã xong",
}
_NEXT = {
    BatchState.INTERRUPTED: "sohoa batches retry {}",
    BatchState.WAITING: "sohoa batches retry {}",
    BatchState.HELD: "sohoa batches show {}",
}


class ReasonMissing(UsageError):
    """A person's decision was given without saying why."""

    code = "reason-missing"
    advice = both("Thêm --reason “lý do”.", "Add --reason “why”.")


def list_batches(settings: Settings, everything: bool, limit: int, as_json: bool) -> ExitCode:
    """List the batches that are not at their end, or all; REVIEW when a person must look at one."""
    states = None if everything else [state for state in BatchState if state in (*_NEXT, BatchState.RUNNING)]
    with open_archive(settings) as archive:
        rows = archive.journal.batches(states, limit)
        events = [_event(archive, row) for row in rows]
    if as_json:
        for event in events:
            emit(event)
    else:
        _print_list(rows, events, everything)
    dead = any(row.state is BatchState.RUNNING and not event.worked_on for row, event in zip(rows, events, strict=True))
    waits = dead or any(row.state in (BatchState.HELD, BatchState.INTERRUPTED) for row in rows)
    return ExitCode.REVIEW if waits else ExitCode.OK


def _print_list(rows: Sequence[BatchRow], events: Sequence[BatchStateEvent], everything: bool) -> None:
    if not rows:
        none = (
            both("Chưa có lô nào", "no batches") if everything else both("Không có lô nào dở dang", "nothing is open")
        )
        console.print(f"{none}.")
        return
    table = Table(box=box.SIMPLE, pad_edge=False, expand=False)
    for head in ("Lô / batch", "Trạng thái", "Bắt đầu", "Trang", "Đầu vào / input"):
        table.add_column(head, no_wrap=head.startswith(("Lô", "Bắt")), overflow="fold")
    for row, event in zip(rows, events, strict=True):
        word, style = WORDS[row.state]
        dead = both("đã chết", "dead") if row.state is BatchState.RUNNING and not event.worked_on else ""
        table.add_row(
            Text(row.batch, style="bold"),
            Text(f"{word} {dead}".strip(), style="yellow" if dead else style),
            _moment(row.started),
            str(event.ledger.pages_in or "—"),
            Text(", ".join(event.inputs)),
        )
    console.print(table)
    for row, event in zip(rows, events, strict=True):
        died = row.state is BatchState.RUNNING and not event.worked_on
        state = BatchState.INTERRUPTED if died else row.state
        if state in _NEXT:
            console.print(Text(f"→ {_NEXT[state].format(row.batch)}", style="dim"), soft_wrap=True)


def show(batch: str, settings: Settings, with_pages: bool, as_json: bool) -> ExitCode:
    """Show one batch: its files, where their pages are, what misses, and every move of it."""
    with open_archive(settings) as archive:
        row = archive.journal.batch(batch)
        event = _event(archive, row)
        pages = archive.journal.pages(batch)
        files = archive.journal.files(batch)
        moves = archive.journal.moves(batch)
    file_events = [
        FileStateEvent.of(batch, file, _states([page for page in pages if page.position == file.position]))
        for file in files
    ]
    if as_json:
        for told_event in (
            event,
            *file_events,
            *(PageStateEvent.of(batch, page) for page in pages if with_pages),
            *(MoveEvent.of(batch, move, shown(move.owner)) for move in moves),
        ):
            emit(told_event)
        return ExitCode.OK
    _print_head(row, event)
    for told in file_events:
        states = ", ".join(f"{count} {_PAGE_WORDS[PageState(state)]}" for state, count in told.page_states.items())
        line = Text.assemble((f"  {told.file}", "bold"), f"  {_FILE_WORDS[FileState(told.state)]}")
        console.print(line + Text(f"  {states}" if states else "", style="dim"), soft_wrap=True)
        if told.last_error:
            console.print(Text(f"    ! {told.last_error}", style="yellow"), soft_wrap=True)
        if with_pages:
            _print_pages([page for page in pages if page.position == told.position])
    console.print(Text("Nhật ký / moves", style="bold"))
    for move in moves:
        who = move.person or shown(move.owner)
        console.print(
            Text(f"  {_moment(move.at)}  {WORDS[move.state][0]:<11} {who}{f': {move.reason}' if move.reason else ''}"),
            soft_wrap=True,
        )
    return ExitCode.OK


def _print_head(row: BatchRow, event: BatchStateEvent) -> None:
    word, style = WORDS[row.state]
    console.print(Text.assemble((row.batch, "bold"), "  ", (word, style), f"  lần chạy / run {row.attempts}"))
    console.print(Text(f"  {', '.join(event.inputs)}"), soft_wrap=True)
    if row.state is BatchState.RUNNING:
        alive = both("đang làm việc", "at work") if event.worked_on else both("đã chết", "dead")
        console.print(Text(f"  {event.owner}: {alive}"), soft_wrap=True)
    if row.last_error:
        console.print(Text(f"  ! {row.last_error}", style="yellow"), soft_wrap=True)
    if row.record is not None:
        for line in ledger_lines(event.ledger):
            console.print(Text("  ") + line, soft_wrap=True)


def _print_pages(pages: Sequence[PageRow]) -> None:
    for page in pages:
        where = f" {page.dossier_id} v{page.version}" if page.dossier_id else ""
        error = f"  ! {page.last_error}" if page.last_error else ""
        took = f"  {page.seconds:.1f} s" if page.seconds is not None else ""
        console.print(Text(f"    tr. {page.page}: {_PAGE_WORDS[page.state]}{where}{took}{error}"), soft_wrap=True)


def retry(batch: str, settings: Settings, reason: str, as_json: bool) -> ExitCode:
    """Run a batch again that is held, interrupted or waiting, as it was asked for."""
    with open_archive(settings) as archive:
        row = archive.journal.batch(batch)
        _require_idle(archive, row)
        if row.state is not BatchState.RUNNING:
            require_move(row.state, BatchState.RUNNING, batch)
    order = Order(person(), reason)
    return digitize.run(Job.of(row), settings_of(row, settings), as_json, order=order)


def release(batch: str, settings: Settings, reason: str) -> ExitCode:
    """Let a held batch go as it is: its record goes into the archive with who decided so and why."""
    _require_reason(reason)
    with open_archive(settings) as archive:
        row = archive.journal.batch(batch)
        require_move(row.state, BatchState.RELEASED, batch)
        _record(archive, row, "released", reason)
        archive.journal.decide(batch, BatchState.RELEASED, person(), reason)
        free(archive, batch, Reporter(as_json=False).hear)
    console.print(f"Đã cho qua / released: {batch}", style="green")
    return ExitCode.OK


def abandon(batch: str, settings: Settings, reason: str) -> ExitCode:
    """Give a batch up: nothing more is done for it, what is archived stays, and its input stays where it is."""
    _require_reason(reason)
    with open_archive(settings) as archive:
        row = archive.journal.batch(batch)
        _require_idle(archive, row)
        require_move(
            BatchState.INTERRUPTED if row.state is BatchState.RUNNING else row.state, BatchState.ABANDONED, batch
        )
        _record(archive, row, "abandoned", reason)
        archive.journal.decide(batch, BatchState.ABANDONED, person(), reason)
    console.print(f"Đã bỏ lô / abandoned: {batch}", style="yellow")
    for path in row.inputs:
        console.print(Text(f"  Tệp gốc để nguyên / input left as it is: {shown_text(str(path))}"), soft_wrap=True)
    return ExitCode.OK


def _record(archive: Archive, row: BatchRow, end: str, reason: str) -> None:
    """Put the batch's record into the archive with the decision; the one that is there already stays."""
    if archive.batch_record(row.batch) is not None:
        return
    record = row.record or _record_so_far(archive, row)
    archive.record_batch(record.model_copy(update={"end": end, "person": person(), "reason": reason}))


def _record_so_far(archive: Archive, row: BatchRow) -> BatchRecord:
    """Return the record of a batch that never came to its end, from the journal's pages."""
    pages = archive.journal.pages(row.batch)
    counts = Counter(page.state for page in pages)
    versions = {page.dossier_id: page.version for page in pages if page.dossier_id and page.version}
    ledger = LedgerRecord(
        pages_in=len(pages),
        filed=counts[PageState.FILED],
        separators=counts[PageState.SEPARATOR],
        blank=counts[PageState.BLANK],
        rejected=counts[PageState.REJECTED],
    )
    return BatchRecord(
        batch=row.batch,
        started=row.started,
        finished=dt.datetime.now(dt.UTC),
        inputs=tuple(shown_text(str(path)) for path in row.inputs),
        dossiers=tuple(versions.items()),
        rejected=(),
        ledger=ledger,
    )


def _event(archive: Archive, row: BatchRow) -> BatchStateEvent:
    inputs = tuple(shown_text(_near(str(path))) for path in row.inputs)
    return BatchStateEvent.of(row, archive.journal.is_worked_on(row), shown(row.owner), inputs)


def _near(path: str) -> str:
    """Return a path as seen from here, when it lies below."""
    here = os.getcwd() + os.sep  # noqa: PTH109  # a text is compared with a text
    folder, claimed, rest = path.removeprefix(here).partition(f"/{PRIVATE}/claimed/")
    return f"{folder}/{rest.partition('/')[2]}" if claimed else folder  # where the scanner put it


def _states(pages: Sequence[PageRow]) -> dict[PageStateName, int]:
    counts = Counter(page.state for page in pages)
    return {state.value: counts[state] for state in (*ENDS, *PageState) if counts[state]}


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone():%d/%m %H:%M}"


def _require_idle(archive: Archive, row: BatchRow) -> None:
    """Raise BatchBusy while a living process is at work on the batch."""
    if archive.journal.is_worked_on(row):
        raise BatchBusy(both("đang được xử lý", f"is being worked on by {shown(row.owner)}"), subject=row.batch)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(both("chưa nêu lý do", "no reason was given"))
