"""What could not be taken in is kept aside with the reason beside it, never deleted.

Each refused file is copied once to ``{rejected}/{name}-{first 12 digits of its SHA-256}``; the text file beside it
says, for a clerk, what was wrong and what to do.  The copy is named by content, so a rerun does not pile up copies.
Three kinds have the text file only, and the source stays the only copy: what cannot be read, what a link leads to,
and papers marked secret, which must not be copied to where others may look.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from pipeline.model import Finding
from scanners.folder import safe_file_name
from sohoa import faults
from sohoa.disk import sha256_of, synced

SECRET_MARK = "secret-mark"


class RejectKeeper:
    """Keeps refused files in one folder, made when the first is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, name: str, reason: Finding) -> tuple[Path | None, str | None]:
        """Copy ``path`` aside and write its reason file; return the copy and its SHA-256, None where there is none."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest = sha256_of(path)
        copy = self._folder / safe_file_name(name, digest or hashlib.sha256(bytes(path.absolute())).hexdigest())
        if digest is None or reason.code == SECRET_MARK:
            _append_reason(copy.with_name(f"{copy.name}.reason.txt"), name, reason)
            return None, digest
        if not copy.exists():
            unfinished = copy.with_name(f".{copy.name}.{os.getpid()}.part")
            shutil.copyfile(path, unfinished)
            synced(unfinished)
            unfinished.replace(copy)
            synced(self._folder)
        faults.reach("copy-kept")
        _append_reason(copy.with_name(f"{copy.name}.reason.txt"), name, reason)
        return copy, digest


def _append_reason(file: Path, name: str, reason: Finding) -> None:
    """Add the reason once; one file may be refused for several pages."""
    page = f", trang/page {reason.page}" if reason.page is not None else ""
    entry = f"{name}{page}\n[{reason.code}] {reason.message}\n→ {reason.advice}\n\n"
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    if entry not in before:
        unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
        unfinished.write_text(before + entry, encoding="utf-8")
        synced(unfinished)
        unfinished.replace(file)
