"""The folder where a running batch spools pages: entered by this user only, and gone when the batch is.

A batch that was killed leaves its folder; the next one removes every folder whose lock nobody holds any more.
"""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path
from typing import TextIO


class WorkFolder:
    """A context manager that gives one batch its private folder under ``root``."""

    def __init__(self, root: Path, batch: str) -> None:
        self._root = root
        self._folder = root / batch
        self._lock: TextIO | None = None

    def __enter__(self) -> Path:
        self._root.mkdir(parents=True, exist_ok=True)
        for left in self._root.iterdir():
            self._remove_if_dead(left)
        self._folder.mkdir(mode=0o700)
        self._lock = (self._folder / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self._folder

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)
        if self._lock is not None:
            self._lock.close()

    @staticmethod
    def _remove_if_dead(folder: Path) -> None:
        try:
            with (folder / "lock").open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
        except (BlockingIOError, FileNotFoundError, NotADirectoryError):
            return  # alive, or being made or removed by another batch this very moment
