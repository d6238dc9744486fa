"""Reading an index in a folder that this process may not write to.

tantivy takes a lock file before it opens an index, also for reading.  Where that file cannot be written, a private
folder of links to the index's files is opened in its place.  The links hold for as long as the reader lives: tantivy
has the files of its commit mapped by then, so a writer elsewhere may remove them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path

_LOCK = ".tantivy-meta.lock"
_META = "meta.json"


class Shadow:
    """A folder of links to the index in ``folder``; removed with this object."""

    def __init__(self, folder: Path) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="sohoa-search-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        shutil.copyfile(folder / _META, self.path / _META)  # a link would lead on to a commit whose files it lacks
        for file in folder.iterdir():
            if file.name != _META and not file.name.startswith("."):
                (self.path / file.name).symlink_to(file.absolute())


def needs_shadow(folder: Path) -> bool:
    """Tell whether tantivy could not take its lock in ``folder``."""
    lock = folder / _LOCK
    return not os.access(lock if lock.exists() else folder, os.W_OK)
