"""An object store in a folder: every object is one file, created whole by an atomic link.

1. The bytes go to a new file under ``.incoming`` in the same file system, locked (flock) while it is written.
2. The file is synced, then hard-linked to its place: the link fails if the place is taken, so a conditional
   create needs no lock, and a reader sees the whole object or none.
3. The folder of the new name is synced, and its parents when they are new, so the name survives a power cut too.
4. What a killed process left under ``.incoming`` has lost its lock; the next writer removes it.

Objects are read-only files (mode 0444), so that an editor or a stray redirection does not change one by accident.
"""

from __future__ import annotations

import errno
import fcntl
import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sohoa.wording import both
from storage.errors import InvalidKey, NotFound, ObjectExists, StoreUnreachable
from storage.objects.base import Content, ObjectInfo

_INCOMING = ".incoming"
_LASTING = (
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.EEXIST, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP),
)
"""What no waiting mends: a right that is missing, a path that leads nowhere."""
_CHUNK = 1 << 20
_counter = itertools.count()


class FilesystemStore:
    """Objects as read-only files below ``root``; the folder is made by the first put."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._swept = False
        self._met: tuple[int, int] | None = None

    @property
    def url(self) -> str:
        """The store's folder as a file URL."""
        return self._root.absolute().as_uri()

    def put_new(self, key: str, content: Content) -> None:
        """Create an object by an atomic link; raises ObjectExists when there is one of that key."""
        target = self._path(key)
        if target.exists():  # spares writing a file that could not be linked; the link itself decides a race
            raise _exists(key)
        with _translated(key):
            self._require_same_disk()
            self._sweep()
            while not self._create(key, target, content):
                continue  # another process swept the file in the instant before it was locked

    def put(self, key: str, content: Content) -> bool:
        """Create a content-addressed object unless it is there; tell whether it was written now."""
        try:
            self.put_new(key, content)
        except ObjectExists:
            return False
        return True

    def get(self, key: str) -> bytes:
        """Return the whole object; raises NotFound."""
        with _translated(key):
            return self._path(key).read_bytes()

    @contextmanager
    def open(self, key: str) -> Iterator[BinaryIO]:
        """Yield the object as a stream; raises NotFound."""
        with _translated(key):
            stream = self._path(key).open("rb")
        with stream:
            yield stream

    def exists(self, key: str) -> bool:
        """Tell whether there is an object of that key."""
        with _translated(key):
            return self._path(key).is_file()

    def stat(self, key: str) -> ObjectInfo:
        """Return the object's size; raises NotFound."""
        with _translated(key):
            return ObjectInfo(key, self._path(key).stat().st_size)

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Yield every object whose key starts with ``prefix``, in key order."""
        parent, _, start = prefix.rpartition("/")
        base = self._path(parent) if parent else self._root
        with _translated(prefix):
            yield from _walk(base, f"{parent}/" if parent else "", start)

    def _path(self, key: str) -> Path:
        """Return the file of a key; ``layout`` makes safe keys, and this refuses any other all the same."""
        parts = key.split("/")
        if not key.isascii() or any(part.startswith(".") or part == "" or "\0" in part for part in parts):
            raise InvalidKey(both("không phải khóa của kho lưu trữ", "not a key of an archive"), subject=key)
        return self._root.joinpath(*parts)

    def _require_same_disk(self) -> None:
        """Refuse to write when the root is not the folder that it was.

        A disk that is unmounted under a running batch leaves an empty mount point: what was written there would be gone
        from sight as soon as the disk is back.
        """
        if self._met is None:
            _make_folders(self._root)
        try:
            found = self._root.stat()
            now = (found.st_dev, found.st_ino)
        except (FileNotFoundError, NotADirectoryError):
            now = None
        if self._met is not None and now != self._met:
            message = both(
                "thư mục kho không còn là thư mục lúc bắt đầu: đĩa có thể đã bị tháo",
                "the archive's folder is not the one of the beginning: its disk may have been unmounted",
            )
            raise StoreUnreachable(message, subject=str(self._root))
        self._met = now

    def _create(self, key: str, target: Path, content: Content) -> bool:
        """Write, sync and link one file; False when the file in progress was swept before it was locked."""
        incoming = self._root / _INCOMING / f"{os.getpid()}-{next(_counter)}-{target.name}"
        descriptor = os.open(incoming, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o444)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                fcntl.flock(stream, fcntl.LOCK_EX)
                _copy(content, stream)
                stream.flush()
                os.fsync(stream.fileno())
                _make_folders(target.parent)
                try:
                    os.link(incoming, target)
                except FileNotFoundError:
                    return False
                except FileExistsError:
                    raise _exists(key) from None
            _sync_folder(target.parent)
        finally:
            incoming.unlink(missing_ok=True)
        return True

    def _sweep(self) -> None:
        """Remove what killed writers left; a file that is still locked belongs to a living one."""
        if self._swept:
            return
        folder = self._root / _INCOMING
        _make_folders(folder)
        for leftover in folder.iterdir():
            try:
                with leftover.open("rb") as stream:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    leftover.unlink(missing_ok=True)
            except (BlockingIOError, FileNotFoundError):
                continue
        self._swept = True


def _walk(folder: Path, prefix: str, start: str) -> Iterator[ObjectInfo]:
    """Yield the files below ``folder`` whose first step begins with ``start``, in byte order of their keys."""
    try:
        with os.scandir(folder) as found:
            entries = [e for e in found if e.name.startswith(start) and not e.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return
    # "a/b" sorts before "a.c" as names but after it as keys, so folders compare with their slash.
    for name, entry in sorted((e.name + "/" if e.is_dir() else e.name, e) for e in entries):
        if name.endswith("/"):
            yield from _walk(Path(entry.path), prefix + name, "")
        else:
            yield ObjectInfo(prefix + name, entry.stat().st_size)


def _copy(content: Content, stream: BinaryIO) -> None:
    if isinstance(content, bytes):
        stream.write(content)
    else:
        with content.open("rb") as source:
            shutil.copyfileobj(source, stream, _CHUNK)


def _make_folders(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exists(key: str) -> ObjectExists:
    return ObjectExists(both("đã có tệp lưu mang khóa này", "an object of this key exists"), subject=key)


@contextmanager
def _translated(key: str) -> Iterator[None]:
    """Turn the system's errors into the room's own."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFound(
            both("không có tệp lưu này", "no such object"),
            subject=key,
            advice=both("Chạy sohoa verify để biết tệp nào bị mất.", "Run sohoa verify to see what is lost."),
        ) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        message = both(
            f"không đọc hoặc ghi được: {'đĩa đã đầy' if full else error.strerror}",
            f"cannot be read or written: {'the disk is full' if full else error.strerror}",
        )
        unreachable = StoreUnreachable(message, subject=key)
        unreachable.lasting = error.errno in _LASTING
        raise unreachable from error
