"""What happens to the sources of a batch when the archive has all that it should: nothing, or a move to ``done``.

1. Only the sources of a batch that is done, or that a person released, are touched; the journal says so itself.
2. A source goes only while its bytes are those that were archived: a file that was written anew under the same name
   stays, and is told of.
3. Nothing is ever written over: a name that is taken gets a number.  Between disks a file is copied, synced and
   compared before the other goes.
4. Killed in the middle, the next call goes on: a file that has gone already is noted as freed.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa import faults
from sohoa.disk import sha256_of, synced
from sohoa.wording import both
from storage.archive import Archive
from storage.journal.rows import BatchRow, FileRow, PageRow
from storage.journal.states import FileState, PageState

_CHANGED = both("tệp đã thay đổi sau khi đọc, để nguyên tại chỗ", "changed after it was read, left in place")


@dataclass(frozen=True, slots=True)
class Destinations:
    """Where sources go: those that are archived, and those that were refused; None leaves them where they are."""

    done: Path | None = None
    rejected: Path | None = None


@dataclass(frozen=True, slots=True)
class Freed:
    """What became of a source: where it was moved, or (None) that it stays, and why."""

    source: Path
    moved_to: Path | None
    why: str = ""


def free_sources(archive: Archive, row: BatchRow, to: Destinations) -> list[Freed]:
    """Free the sources of a batch that is done or released, and move them to where they are to go."""
    freed = []
    pages = archive.journal.pages(row.batch)
    for file in archive.journal.files(row.batch):
        if file.state not in (FileState.SETTLED, FileState.REFUSED):
            continue
        own = [page for page in pages if page.position == file.position]
        refused = file.state is FileState.REFUSED or all(page.state is PageState.REJECTED for page in own)
        target = to.rejected if refused else to.done
        if target is None and refused:
            continue  # its copy is kept with the reason; the file itself stays for whoever put it there
        if archive.journal.is_held(file.path, file.sha256):
            continue  # another batch has this very file, and waits for a person: nothing of its source is released
        if target is not None and os.path.lexists(file.path):
            if file.sha256 is not None and sha256_of(file.path) != file.sha256:
                freed.append(Freed(file.path, None, _CHANGED))
                continue
            try:
                _tell_why(file, own, to.rejected, row)
                freed.append(Freed(file.path, move(file.path, target / _below(row, file))))
            except FileNotFoundError:
                pass  # another process moved it this very moment
            except OSError as error:  # the archive has it; that it cannot be moved away must not stop the others
                why = both("đã lưu nhưng không chuyển đi được", f"archived, but it cannot be moved: {error.strerror}")
                freed.append(Freed(file.path, None, why))
                continue
            _remove_emptied(file.path.parent, row)
        archive.journal.freed(row.batch, [file.position])
        faults.reach("source-freed")
    return freed


def _tell_why(file: FileRow, pages: Sequence[PageRow], rejected: Path | None, row: BatchRow) -> None:
    """Write beside the refused files why this one, or some of its pages, could not be taken in."""
    reasons = [f"trang / page {page.page}: {page.last_error}" for page in pages if page.state is PageState.REJECTED]
    if file.state is FileState.REFUSED:
        reasons.insert(0, file.last_error)
    if rejected is None or not reasons:
        return
    below = _below(row, file)
    note = rejected / below.with_name(_within(below.name, ".reason.txt"))
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text("\n".join([file.name, *reasons, ""]), encoding="utf-8")
    synced(note)


def move(source: Path, target: Path) -> Path:
    """Move a file to ``target``, or to a name with a number when that is taken; return where it is now."""
    target.parent.mkdir(parents=True, exist_ok=True)
    number, free = 1, target
    while True:
        try:
            os.link(source, free, follow_symlinks=False)  # fails where the name is taken; rename would write over it
            break
        except FileExistsError:
            if os.path.samestat(source.lstat(), free.lstat()):
                break  # killed between the two steps of an earlier move
            number += 1
            free = target.with_name(_within(target.stem, f"-{number}{target.suffix}"))
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK):
                raise
            if free.exists():
                number += 1
                free = target.with_name(_within(target.stem, f"-{number}{target.suffix}"))
                continue
            _copy(source, free)
            break
    synced(free.parent)
    source.unlink(missing_ok=True)
    synced(source.parent)
    return free


def _within(stem: str, tail: str, most: int = 255) -> str:
    """Return ``stem`` and ``tail`` as one name, the stem cut to what a file system takes (bytes)."""
    kept = os.fsencode(stem)[: most - len(os.fsencode(tail))]
    return kept.decode(errors="ignore") + tail


def _remove_emptied(folder: Path, row: BatchRow) -> None:
    """Remove folders that the move has emptied, below the inputs: the next run would ask what became of their files."""
    while folder not in row.inputs and any(given in folder.parents for given in row.inputs):
        try:
            folder.rmdir()
        except OSError:  # something else lies there
            return
        folder = folder.parent


def _copy(source: Path, target: Path) -> None:
    unfinished = target.with_name("." + _within(target.name, f".{os.getpid()}.part", 254))
    shutil.copy2(source, unfinished)
    synced(unfinished)
    if sha256_of(unfinished) != sha256_of(source):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(unfinished))
    unfinished.replace(target)


def _below(row: BatchRow, file: FileRow) -> Path:
    """Return the file's path below the input that it came from, with that input's name."""
    for given in row.inputs:
        if file.path == given or given in file.path.parents:
            return file.path.relative_to(given.parent)
    return Path(file.path.name)
