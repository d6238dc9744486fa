"""Which folder holds the index in use, and which process may write it.

::

    search/lock         held (flock) by the one process that writes; freed by the system when it dies
    search/current      the name of the folder in use, replaced atomically
    search/000007/      an index; a rebuild fills the next number, then takes its place
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sohoa.wording import both
from storage.errors import StoreUnreachable

_LOCK = "lock"
_CURRENT = "current"


class Generations:
    """The numbered indexes below one folder; the folder is made when it is first written."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> Path:
        """The folder."""
        return self._root

    def current(self) -> Path | None:
        """Return the index in use, or None when there is none yet."""
        try:
            name = (self._root / _CURRENT).read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return self._root / name if name.isdecimal() else None

    @contextmanager
    def writing(self, wait: bool = False) -> Iterator[bool]:
        """Hold the writer's lock; gives False at once when another process holds it, unless told to ``wait``."""
        try:
            self._root.mkdir(parents=True, exist_ok=True)
            lock = (self._root / _LOCK).open("ab")
        except OSError as error:
            message = both(
                f"không ghi được vào thư mục tra cứu: {error.strerror}",
                f"the search folder cannot be written: {error.strerror}",
            )
            raise StoreUnreachable(message, subject=str(self._root)) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def next(self) -> Path:
        """Make an empty folder for an index that shall come into use; what killed rebuilds left is removed."""
        used = self.current()
        numbers = [int(used.name) if used else 0]
        for folder in self._folders():
            numbers.append(int(folder.name))
            if folder != used:
                shutil.rmtree(folder, ignore_errors=True)
        fresh = self._root / f"{max(numbers) + 1:06d}"
        fresh.mkdir()
        return fresh

    def switch(self, fresh: Path) -> None:
        """Put ``fresh`` into use and remove the others; a reader that has one open keeps reading it."""
        pointer = self._root / f"{_CURRENT}.new"
        with pointer.open("w", encoding="ascii") as stream:
            stream.write(f"{fresh.name}\n")
            stream.flush()
            os.fsync(stream.fileno())
        pointer.replace(self._root / _CURRENT)
        for folder in self._folders():
            if folder != fresh:
                shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> list[Path]:
        return sorted(entry for entry in self._root.iterdir() if entry.name.isdecimal() and entry.is_dir())
