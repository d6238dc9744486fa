"""What a disk must have before something else may be given up: synced files, and room."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def synced(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk: what is renamed or moved away after it survives."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_bytes(path: Path) -> int:
    """Return the free bytes on the disk of ``path`` (or of its nearest parent there is); endless without a size."""
    there = next((p for p in (path, *path.absolute().parents) if p.exists()), Path("/"))
    usage = shutil.disk_usage(there)
    return usage.free if usage.total else sys.maxsize
