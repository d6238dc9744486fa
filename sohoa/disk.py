"""What a disk must have before something else may be given up: synced files, and room."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from pathlib import Path


def synced(path: Path) -> None:
    """Bring a file, or a folder's list of names, to the disk: what is renamed or moved away after it survives."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str | None:
    """Return the SHA-256 of a regular file; None where there is none to be had without following a link."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # to open a pipe would wait for ever
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def free_bytes(path: Path) -> int:
    """Return the free bytes on the disk of ``path`` (or of its nearest parent there is); endless without a size."""
    there = next((p for p in (path, *path.absolute().parents) if p.exists()), Path("/"))
    usage = shutil.disk_usage(there)
    return usage.free if usage.total else sys.maxsize
