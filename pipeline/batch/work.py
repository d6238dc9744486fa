"""The folder where a running batch spools pages: entered by this user only, and gone when the batch is.

1. A batch that was stopped or killed leaves its folder, and the run that goes on with it uses what it finds: a
   page that was read once is not read again, unless programs or settings have changed since (``fingerprint``).
2. A folder of a batch that nobody will go on with, and whose lock nobody holds any more, is removed by the next batch.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO


class WorkFolder:
    """A context manager that gives one batch its private folder under ``root``.

    ``is_wanted`` tells of a batch whether it may be gone on with.  The folder stays when the block is left with an
    error, or when ``keep`` was called.
    """

    def __init__(self, root: Path, batch: str, fingerprint: str, is_wanted: Callable[[str], bool]) -> None:
        self._root = root
        self._folder = root / batch
        self._fingerprint = fingerprint
        self._is_wanted = is_wanted
        self._lock: TextIO | None = None
        self._kept = False

    def __enter__(self) -> WorkFolder:
        self._root.mkdir(parents=True, exist_ok=True)
        for left in self._root.iterdir():
            if left != self._folder and not self._is_wanted(left.name):
                self._remove_if_dead(left)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._lock = (self._folder / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        spool = self.spool
        for outdated in self._folder.iterdir():
            if outdated.is_dir() and outdated != spool:
                shutil.rmtree(outdated)
        spool.mkdir(exist_ok=True)
        for unfinished in spool.iterdir():
            if unfinished.suffix != ".page":
                _remove(unfinished)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and not self._kept:
            shutil.rmtree(self._folder)
        if self._lock is not None:
            self._lock.close()

    @property
    def spool(self) -> Path:
        """Where the pages go."""
        return self._folder / self._fingerprint

    def keep(self) -> None:
        """Leave the folder to the run that will go on with the batch."""
        self._kept = True

    @staticmethod
    def _remove_if_dead(folder: Path) -> None:
        try:
            with (folder / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
        except (BlockingIOError, FileNotFoundError, NotADirectoryError):
            return  # alive, or being made or removed by another batch this very moment


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
