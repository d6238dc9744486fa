"""``sohoa status``: what is going on, what waits, and whether there is room, in one look."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rich.text import Text

from pipeline.commands.opening import open_archive
from pipeline.commands.output import console, emit
from pipeline.events import RunningPart, StatusEvent
from pipeline.reporting.watchers import disks
from pipeline.settings import Settings
from sohoa.disk import free_bytes
from sohoa.errors import ExitCode
from sohoa.machine import available_memory
from storage.archive import Archive
from storage.journal.rows import BatchRow, PageRow
from storage.journal.states import ENDS, BatchState, PageState


def run(settings: Settings, as_json: bool) -> ExitCode:
    """Tell how things stand; REVIEW when something waits for a person, raises StoreUnreachable when nobody answers."""
    with open_archive(settings) as archive:
        event = _status(archive, settings)
    if as_json:
        emit(event)
    else:
        _print(event)
    waits = event.held or event.interrupted or event.findings
    return ExitCode.REVIEW if waits else ExitCode.OK


def _status(archive: Archive, settings: Settings) -> StatusEvent:
    statistics = archive.catalogue.statistics()
    journal = archive.journal
    open_batches = journal.batches([BatchState.RUNNING, BatchState.WAITING, BatchState.INTERRUPTED, BatchState.HELD])
    working = [row for row in open_batches if journal.is_worked_on(row)]
    states = Counter(row.state for row in open_batches if row not in working)
    last = journal.batches([BatchState.DONE], 1)
    return StatusEvent(
        archive=archive.store.url,
        dossiers=statistics.dossiers,
        held_dossiers=statistics.held,
        pages=statistics.pages,
        findings=archive.catalogue.review_total(),
        running=tuple(_running(row, journal.pages(row.batch)) for row in working),
        waiting=states[BatchState.WAITING],
        interrupted=states[BatchState.INTERRUPTED] + states[BatchState.RUNNING],
        held=states[BatchState.HELD],
        last_done=last[0].changed if last else None,
        free_bytes={name: free_bytes(folder) for name, folder in disks(settings).items()},
        free_memory=available_memory(),
    )


def _running(row: BatchRow, pages: Sequence[PageRow]) -> RunningPart:
    read = sum(page.state in (PageState.READ, *ENDS) for page in pages)
    minutes = (dt.datetime.now(dt.UTC) - row.changed).total_seconds() / 60
    pace = read / minutes if minutes > 0 else 0.0
    return RunningPart(
        batch=row.batch, pages=len(pages), read=read, pages_per_minute=round(pace, 1), started=row.changed
    )


def _print(event: StatusEvent) -> None:
    console.print(Text.assemble(("Kho / archive  ", "bold"), event.archive), soft_wrap=True)
    console.print(f"  {event.dossiers} hồ sơ ({event.held_dossiers} tạm giữ), {event.pages} trang")
    for running in event.running:
        rest = running.pages - running.read
        minutes = rest / running.pages_per_minute if running.pages_per_minute else 0
        console.print(
            Text.assemble(("Đang chạy / running  ", "bold green"), running.batch),
            f"  {running.read}/{running.pages} trang, {running.pages_per_minute:g} trang/phút"
            f"{f', còn khoảng {minutes:.0f} phút' if rest and minutes else ''}",
            sep="\n",
            soft_wrap=True,
        )
    for count, words, style, command in (
        (event.held, "lô giữ lại / held", "bold red", "sohoa batches"),
        (event.interrupted, "lô dở dang / interrupted", "yellow", "sohoa batches"),
        (event.waiting, "lô chờ / waiting", "cyan", "sohoa batches"),
        (event.findings, "việc chờ xem lại / wait for review", "yellow", "sohoa review"),
    ):
        if count:
            console.print(Text.assemble((f"{count} {words}", style), f"  → {command}"))
    if event.last_done is not None:
        console.print(f"Lô xong gần nhất / last done: {event.last_done.astimezone():%d/%m/%Y %H:%M}")
    console.print(Text("Còn trống / free", style="dim"))
    sizes = dict.fromkeys(event.free_bytes.values())  # folders on one disk have the same
    for size in sizes:
        names = ", ".join(name for name, free in event.free_bytes.items() if free == size)
        console.print(Text(f"  {size / 1024**3:>7.1f} GB  {names}", style="dim"))
    console.print(Text(f"  {event.free_memory / 1024**3:>7.1f} GB  RAM", style="dim"))
