"""``sohoa watch``: hot folders that scanners drop files into, digitised batch by batch until it is stopped."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import watchfiles
from rich.text import Text

from pipeline.batch.governor import Governor, Governors, Halt, Interrupt
from pipeline.batch.guards import NoRoom
from pipeline.batch.job import Job, digitize, free, free_left_over
from pipeline.batch.jobs import STARTS_WITH_COVER
from pipeline.batch.missing import missing_sheets
from pipeline.batch.pool import Pool, Task
from pipeline.batch.release import Destinations
from pipeline.batch.runner import BatchResult
from pipeline.batch.watch import Gatherer
from pipeline.commands.opening import open_archive
from pipeline.commands.output import console, report_error
from pipeline.commands.reporter import Reporter, report_batch, say_stopping
from pipeline.errors import BatchInterrupted, SystemRefused
from pipeline.ocr.errors import EngineMissing
from pipeline.reporting.watchers import Watchers
from pipeline.settings import Settings, WatchSettings
from scanners.hotfolder import HotFolder, NotClaimed
from sohoa.disk import sha256_of
from sohoa.errors import ExitCode, SohoaError, UsageError
from sohoa.service import Service
from sohoa.wording import both
from storage.archive import Archive
from storage.errors import StoreUnreachable
from storage.journal.errors import LeaseLost
from storage.journal.rows import BatchRow
from storage.journal.states import BatchState, FileState

_LOOK = 1.0
"""Seconds between two scans of the folders when no event comes, as from a share on another machine."""
_PEEK_TIMEOUT = 60.0
_AFTER_OUTAGE = 10.0
"""Seconds after which what could not be archived is tried again."""


class NothingToWatch(UsageError):
    """No folder was named, neither in the command nor in the settings; or one that does not exist."""

    code = "nothing-to-watch"
    advice = both(
        "Nêu thư mục trong lệnh, hoặc viết [[watch]] và folder = “…” trong sohoa.toml.",
        "Name the folder in the command, or write [[watch]] and folder = “…” into sohoa.toml.",
    )


class FoldersOverlap(UsageError):
    """A folder lies where it would be taken for a delivery: what was archived would come in again."""

    code = "folders-overlap"
    advice = both(
        "Đặt nó ngoài mọi thư mục được theo dõi, hoặc ngay trong thư mục của chính nó (như done/).",
        "Put it outside of every watched folder, or right inside its own one (as done/ is).",
    )


@dataclass(frozen=True, slots=True)
class _Watched:
    settings: WatchSettings
    hot: HotFolder
    gatherer: Gatherer


class _Alive(Governor):
    """Tells the service manager, as often as the runner looks up, that this process is not stuck."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def halt(self) -> Halt | None:
        """Feed the watchdog; there is never a reason to stop."""
        self._service.alive()
        return None


def run(folders: Sequence[Path], settings: Settings, once: bool, as_json: bool) -> ExitCode:
    """Watch until a signal comes, or with ``once`` until nothing waits any more."""
    chosen = _chosen(folders, settings)
    service, interrupt = Service(), Interrupt(say_stopping)
    with (
        open_archive(settings) as archive,
        Reporter(as_json) as reporter,
        Watchers(settings, [reporter.hear]) as watchers,
        interrupt.listening(),
        ExitStack() as stack,
    ):
        peek = _Peeker(settings, stack)
        watched = [_open(one, peek, stack) for one in chosen]
        watcher = Watcher(archive, settings, watched, watchers, Governors([interrupt, _Alive(service)]), as_json)
        free_left_over(archive, watchers.hear)  # what a killed watch had still to move away is no delivery
        service.ready()
        if not as_json:
            for one in chosen:
                console.print(Text(f"Đang theo dõi / watching {one.folder}", style="dim"), soft_wrap=True)
        for _ in _wakes([one.folder for one in chosen], interrupt):
            service.alive()
            service.status(both("đang chờ tệp", "waiting for files"))
            busy = watcher.look()
            if once and not busy:
                break
        service.stopping()
    if watcher.interrupted:
        raise BatchInterrupted(both("đã dừng sau các trang đang đọc", "stopped after the pages in hand"))
    return ExitCode.REVIEW if watcher.needs_review else ExitCode.OK


class Watcher:
    """Turns what the folders hold into batches, oldest claims first."""

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        watched: Sequence[_Watched],
        watchers: Watchers,
        governor: Governor,
        as_json: bool,
    ) -> None:
        self._archive = archive
        self._settings = settings
        self._watched = watched
        self._watchers = watchers
        self._governor = governor
        self._as_json = as_json
        self._held: set[tuple[Path, ...]] = set()
        self._away_until = float("-inf")
        self.needs_review = False
        self.interrupted = False

    def look(self) -> bool:
        """Look at every folder once, and digitise what is a whole batch; tell whether anything still waits."""
        if time.monotonic() < self._away_until:
            return True
        waits = False
        for one in self._watched:
            try:
                waits |= self._look_at(one)
            except (NotClaimed, OSError) as error:
                self._try_later(error)
                waits = True
        return waits

    def _look_at(self, one: _Watched) -> bool:
        waits = False
        for entries in one.hot.left_over().values():
            waits |= self._digitize(one, entries)
        batch = one.gatherer.batch()
        if batch and self._governor.halt() is None:
            taken = one.hot.claim(batch, f"{dt.datetime.now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}")
            waits |= bool(taken) and self._digitize(one, taken)
        return waits or one.hot.waits

    def _try_later(self, error: Exception) -> None:
        """Say what went wrong, and leave everything where it is for a while."""
        told = error if isinstance(error, SohoaError) else SystemRefused.of(cast(OSError, error))
        report_error(told, as_json=self._as_json)
        self._away_until = time.monotonic() + _AFTER_OUTAGE

    def _digitize(self, one: _Watched, entries: Sequence[Path]) -> bool:
        """Digitise claimed entries, unless a person must look first; tell whether they are to be tried again."""
        job = _job(one.settings, entries)
        settings = self._settings
        if one.settings.unit is not None:
            settings = settings.model_copy(update={"unit": one.settings.unit})
        if tuple(entries) in self._held or self._governor.halt() is not None:
            return False
        latest = self._archive.journal.latest(job.request(settings))
        if latest is not None and latest.state in (BatchState.HELD, BatchState.ABANDONED):
            # A person must decide about the one, and has decided about the other: the files stay where they are.
            self._held.add(tuple(entries))
            return False
        if latest is not None and latest.state in (BatchState.DONE, BatchState.RELEASED) and self._is_stuck(latest):
            self._held.add(tuple(entries))
            return False
        try:
            result = digitize(self._archive, job, settings, self._watchers, self._governor)
        except (StoreUnreachable, NoRoom, SystemRefused, LeaseLost, OSError) as error:
            self._try_later(error)  # what was claimed stays claimed, and is tried again until the archive is back
            return True
        except EngineMissing:
            raise  # nothing at all could be read
        except SohoaError as error:
            # One batch that cannot be begun must not keep the others from it; it stays claimed for the next start.
            report_error(error, as_json=self._as_json)
            self._held.add(tuple(entries))
            self.needs_review = True
            return False
        report_batch(result, self._as_json)
        self.needs_review |= result.needs_review or result.state is not BatchState.DONE
        self.interrupted |= result.state is BatchState.INTERRUPTED
        if result.state is BatchState.HELD:
            self._held.add(tuple(entries))
            _say_held(one.settings, result)
        return False

    def _is_stuck(self, row: BatchRow) -> bool:
        """Try once more to move away what a batch has archived; tell whether some of it cannot be moved."""
        free(self._archive, row.batch, self._watchers.hear)
        left = [file for file in self._archive.journal.files(row.batch) if os.path.lexists(file.path)]
        same = (file for file in left if file.state is FileState.SETTLED and sha256_of(file.path) == file.sha256)
        return any(same) or any(file.state is FileState.REFUSED for file in left)


class _Peeker:
    """Looks at the first page of a file, in a worker: a file that hangs or crashes must not take the watch down."""

    def __init__(self, settings: Settings, stack: ExitStack) -> None:
        self._settings = settings
        self._stack = stack
        self._pool: Pool | None = None

    def __call__(self, path: Path) -> bool:
        if self._pool is None:
            self._pool = self._stack.enter_context(Pool(1, self._settings.limits.worker_memory))
        limits = self._settings.limits.intake()
        self._pool.submit(Task(None, STARTS_WITH_COVER, (path, path.name, limits), _PEEK_TIMEOUT))
        for done in self._pool.completed():
            return done.error is None and bool(done.value)
        return False


def _job(settings: WatchSettings, entries: Sequence[Path]) -> Job:
    day = f"{dt.date.today():%Y-%m-%d}"
    to = Destinations(settings.done_folder / day, settings.rejected_folder / day)
    return Job(entries, section=settings.section, to=to, origin="watch")


def _open(settings: WatchSettings, peek: _Peeker, stack: ExitStack) -> _Watched:
    without = frozenset({settings.done_folder.absolute(), settings.rejected_folder.absolute()})
    hot = stack.enter_context(HotFolder(settings.folder.absolute(), settings.quiet, without))
    return _Watched(settings, hot, Gatherer(hot, settings, peek))


def _chosen(folders: Sequence[Path], settings: Settings) -> list[WatchSettings]:
    """Return the settings of the folders named, or of all that the settings name; raises NothingToWatch."""
    told = {one.folder.absolute(): one for one in settings.watch}
    chosen = [told.get(path.absolute(), WatchSettings(folder=path)) for path in folders] or list(told.values())
    if not chosen:
        raise NothingToWatch(both("chưa nêu thư mục nào", "no folder was named"))
    for one in chosen:
        if not one.folder.is_dir():
            raise NothingToWatch(both("không có thư mục này", "no such folder"), subject=str(one.folder))
    _require_apart([*chosen, *(one for one in settings.watch if not any(one is taken for taken in chosen))])
    return chosen


def _require_apart(chosen: Sequence[WatchSettings]) -> None:
    """Raise FoldersOverlap when a folder of one lies among the deliveries of another, or of its own."""
    for number, one in enumerate(chosen):
        hot = one.folder.resolve()
        for other_number, other in enumerate(chosen):
            goes = [folder.resolve() for folder in (other.done_folder, other.rejected_folder)]
            if other_number == number:
                goes = [folder for folder in goes if folder.parent != hot]  # those are left out of the scan
            else:
                goes.append(other.folder.resolve())
            for folder in goes:
                if folder.is_relative_to(hot):
                    message = both(f"nằm trong {one.folder} đang được theo dõi", f"lies inside {one.folder}, watched")
                    raise FoldersOverlap(message, subject=str(folder))


def _wakes(folders: Sequence[Path], interrupt: Interrupt) -> Iterator[None]:
    """Yield at once, and then whenever it is worth a look: an event, or a second without one."""
    yield
    stop = threading.Event()
    events = watchfiles.watch(
        *folders,
        watch_filter=None,
        rust_timeout=round(_LOOK * 1000),
        yield_on_timeout=True,
        raise_interrupt=False,
        stop_event=stop,
        debounce=200,
        recursive=True,
        ignore_permission_denied=True,
    )
    with contextlib.closing(events):
        for _ in events:
            if interrupt.asked:
                return
            yield


def _say_held(settings: WatchSettings, result: BatchResult) -> None:
    """Leave a note where the clerk looks: the terminal of a service is seen by nobody."""
    batch = result.record.batch
    reasons = [sheet.message for sheet in missing_sheets(result.record.ledger)]
    if result.halt is not None:
        reasons.insert(0, result.halt.reason)
    settings.rejected_folder.mkdir(parents=True, exist_ok=True)
    note = settings.rejected_folder / f"LÔ GIỮ LẠI {batch}.txt"
    lines = [
        both(f"Lô {batch} được giữ lại", f"batch {batch} is held"),
        *reasons,
        f"→ sohoa batches show {batch}",
        f"→ sohoa batches release {batch} --reason “…”",
        "",
    ]
    note.write_text("\n".join(lines), encoding="utf-8")
