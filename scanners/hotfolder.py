"""A folder that scanners and people drop files into: what in it is complete, and taking it out of their hands.

The scan of the folder is the truth; events only say that it is worth one.  An entry (a file, or a folder with all that
is in it) is complete when

1. nothing of it has changed for the quiet time: size, time, inode and names, measured by a clock that cannot jump;
2. nobody has it open for writing, asked by a read lease (``F_SETLEASE``).  Where leases are not to be had (another
   user's file, a mounted share) the quiet time is three times as long;
3. it is not what a writer leaves that is not done: empty, ending in zeros as a file does that was given its length
   first, or with a file of a temporary name beside it.  Such an entry is waited for ten times as long, and taken then,
   so that it is refused with a reason.

These hold against six habits of writers (slow chunks, reopening for each page, a temporary name, the length first, a
stall with the file open, a probe that is written anew).  None of them helps against a writer that closes its file and
comes back after the quiet time: the quiet time is a setting of each folder, and what is cut short is refused later.

``claim`` takes entries by renaming them into a folder of their own on the same disk, one by one: a rename is all or
nothing, so two that watch the same folder never take the same entry.  Which entries belong to the claim is written down
first, so a claim that was killed in the middle is finished, and no stack is torn apart.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from scanners.folder import NaturalKey, is_folder, is_junk, is_unfinished, list_files, natural_key
from sohoa import faults
from sohoa.disk import synced
from sohoa.errors import UsageError
from sohoa.wording import both

PRIVATE = ".sohoa"
"""The folder in the hot folder that holds what was claimed; scanners of the folder pass over hidden names."""

_LIST = ".entries"
"""The file in a claim that says what belongs to it, until all of it is there."""
_UNASKED, _UNFINISHED = 3, 10
"""How many times the quiet time is waited when nobody can be asked, and when the content looks unfinished."""
_STUCK = 1800.0
"""Seconds without a change after which an entry that is never complete keeps nothing else waiting."""
_TAIL = 4096

Stamp = tuple[tuple[str, int, int, int], ...]
"""Name, size, time of the last change (ns) and inode of each file of an entry."""


class FolderWatched(UsageError):
    """Another process watches this folder already."""

    code = "folder-watched"
    advice = both(
        "Chỉ cần một sohoa watch cho mỗi thư mục; dừng tiến trình kia nếu muốn thay nó.",
        "One sohoa watch for each folder is enough; stop the other one to take its place.",
    )


class NotClaimed(UsageError):
    """An entry cannot be taken out of the hot folder; all of its batch stays there."""

    code = "not-claimed"
    advice = both(
        "Cấp cho tiến trình này quyền ghi vào thư mục quét (và tệp trong đó).",
        "Give this process the right to write to the folder (and to what is in it).",
    )


@dataclass(slots=True)
class _Seen:
    stamp: Stamp
    since: float


@dataclass(slots=True)
class HotFolder:
    """One watched folder; ``without`` are folders in it that are not deliveries (where done files go)."""

    folder: Path
    quiet: float = 5.0
    without: frozenset[Path] = frozenset()
    clock: Callable[[], float] = time.monotonic
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _changed: float = 0.0
    _unfinished: list[Path] = field(default_factory=list)
    _lock: TextIO | None = None

    def __enter__(self) -> HotFolder:
        """Take the folder for this process; raises FolderWatched."""
        self.claimed.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / PRIVATE / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            message = both("thư mục này đang được một tiến trình khác theo dõi", "another process watches this folder")
            raise FolderWatched(message, subject=str(self.folder)) from None
        self._lock = lock
        # Who opens a file for writing in the instant that it is asked about makes the kernel send this, which ends us.
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.close()

    @property
    def claimed(self) -> Path:
        """Where claimed entries lie, each batch in a folder of its own."""
        return self.folder / PRIVATE / "claimed"

    def scan(self) -> list[Path]:
        """Look at the folder and return the entries that are complete now, in natural order."""
        now, found = self.clock(), {path: _stamp(path) for path in self._entries()}
        if {path: seen.stamp for path, seen in self._seen.items()} != found:
            self._changed = now
        kept = {path: seen for path, seen in self._seen.items() if found.get(path) == seen.stamp}
        self._seen = {path: kept.get(path, _Seen(stamp, now)) for path, stamp in found.items()}
        there = sorted((path for path, seen in self._seen.items() if seen.stamp), key=_order)
        ready = [path for path in there if self._is_complete(path, now - self._seen[path].since)]
        late = (path for path in there if path not in ready)
        self._unfinished = [path for path in late if now - self._seen[path].since < _STUCK]
        return ready

    @property
    def unfinished(self) -> list[Path]:
        """The entries that the last scan saw and that are not complete yet, in natural order."""
        return self._unfinished

    @property
    def waits(self) -> bool:
        """Tell whether the last scan saw anything, complete or not."""
        return any(seen.stamp for seen in self._seen.values())

    @property
    def idle(self) -> float:
        """Return the seconds since a scan saw anything come, change or go."""
        return self.clock() - self._changed

    def claim(self, entries: Sequence[Path], batch: str) -> list[Path]:
        """Take these entries into the folder of ``batch``; return where they lie now, without those that are gone."""
        target = self.claimed / batch
        target.mkdir(parents=True)
        (target / _LIST).write_bytes(b"\0".join(os.fsencode(entry.name) for entry in entries))
        synced(target / _LIST)
        synced(target)
        return self._take(target)

    def _take(self, target: Path) -> list[Path]:
        """Rename what the list in ``target`` names and is still there; raises NotClaimed, having put all back."""
        names = [os.fsdecode(name) for name in (target / _LIST).read_bytes().split(b"\0") if name]
        for name in names:
            try:
                (self.folder / name).rename(target / name)
                faults.reach("file-claimed")
            except FileNotFoundError:  # taken before the kill, taken back, or another process was first
                pass
            except OSError as error:
                for taken in names:
                    with contextlib.suppress(OSError):
                        (target / taken).rename(self.folder / taken)
                (target / _LIST).unlink()
                message = both(
                    "không lấy được tệp khỏi thư mục", f"cannot be taken out of the folder: {error.strerror}"
                )
                raise NotClaimed(message, subject=str(self.folder / name)) from error
            self._seen.pop(self.folder / name, None)
        (target / _LIST).unlink()
        return [target / name for name in names if os.path.lexists(target / name)]

    def left_over(self) -> dict[str, list[Path]]:
        """Return what was claimed before and is still there, by batch; folders that were emptied are removed.

        What file managers leave in a folder is no delivery, and stays.
        """
        found = {}
        for batch in sorted(self.claimed.iterdir()):
            if (batch / _LIST).is_file():
                self._take(batch)
            _prune(batch)
            entries = sorted(batch.iterdir(), key=_order) if batch.is_dir() else []
            delivered = [path for path in entries if not is_junk(path.name) and _files(path)]
            if delivered:
                found[batch.name] = delivered
        return found

    def _entries(self) -> Iterator[Path]:
        for path in self.folder.iterdir():
            if not is_junk(path.name) and path not in self.without:
                yield path

    def _is_complete(self, path: Path, still: float) -> bool:
        """Tell whether an entry that has not changed for ``still`` seconds is complete."""
        if still < self.quiet:
            return False
        files = _files(path)
        waited = still >= self.quiet * _UNFINISHED
        if not waited and (any(map(_looks_unfinished, files)) or _is_being_written(path)):
            return False
        written = [_is_written(file) for file in files]
        if any(written):
            return False
        return still >= self.quiet * _UNASKED or None not in written


def _prune(folder: Path) -> None:
    """Remove the empty folders in ``folder``, and itself when nothing is left in it."""
    for inner in [entry for entry in folder.iterdir() if is_folder(entry)]:
        _prune(inner)
    with contextlib.suppress(OSError):  # it is not empty
        folder.rmdir()


def _stamp(path: Path) -> Stamp:
    """Return what changes when the entry does; nothing for a folder without a file, and for one that is gone."""
    stamp = []
    for file in _files(path):
        with contextlib.suppress(FileNotFoundError):
            seen = file.lstat()
            stamp.append((str(file), seen.st_size, seen.st_mtime_ns, seen.st_ino))
    return tuple(stamp)


def _order(path: Path) -> NaturalKey:
    return natural_key(path.name)


def _files(path: Path) -> list[Path]:
    """Return the files of an entry; a link is one, wherever it leads."""
    return list_files(path) if is_folder(path) else [path]


def _is_being_written(path: Path) -> bool:
    """Tell whether a file of a temporary name lies in a folder."""
    return is_folder(path) and any(is_unfinished(inner.name) for inner in path.rglob("*"))


def _looks_unfinished(file: Path) -> bool:
    """Tell whether a file is empty, or ends in zeros: no scanner's format does."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):  # to open a pipe would wait for ever
            return False
        with file.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - _TAIL))
            return not any(stream.read(_TAIL))
    except OSError:
        return False  # it will be refused, with the reason


def _is_written(file: Path) -> bool | None:
    """Tell whether a process has the file open for writing; None when that cannot be asked here."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return False
