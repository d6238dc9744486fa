"""Files of scanned pages: what a file is, and each of its pages as one encoded image.

1. ``inspect`` goes by content, never by name, and refuses what cannot be taken in whole.
2. ``read_page`` gives one page: the scanner's own image wherever the file holds one.
3. ``extract_original`` gives the smallest file, as scanned, that holds just some of the pages.

All three are safe to call from worker processes and threads; each keeps the last PDF it used open.
"""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from pathlib import Path

from scanners import frames, images, pdf, pdf_subset, signatures
from scanners.base import (
    DamagedFile,
    EmptyFile,
    FileInfo,
    FileRejected,
    FileTooLarge,
    IntakeLimits,
    NotARegularFile,
    ScannedPage,
)
from sohoa.wording import both

_CHUNK = 1024 * 1024


def inspect(path: Path, name: str, limits: IntakeLimits) -> FileInfo:
    """Return what the file is and how many pages it has; ``name`` is what people call it.

    Raises NotARegularFile, EmptyFile, UnknownFormat, EncryptedFile, DamagedFile or FileTooLarge, or plain
    FileRejected when the operating system does not let it be read.
    """
    try:
        status = path.lstat()
        if stat.S_ISDIR(status.st_mode):
            raise FileRejected(
                both("không mở được thư mục", "the folder cannot be opened"),
                subject=name,
                advice=both(
                    "Kiểm tra quyền đọc thư mục rồi nạp lại.", "Check the folder's rights and deliver it again."
                ),
            )
        if not stat.S_ISREG(status.st_mode):
            raise NotARegularFile(
                both("không phải tệp thường mà là liên kết hoặc thiết bị", "a link or a device, not a regular file"),
                subject=name,
            )
        size = status.st_size
        if size == 0:
            raise EmptyFile(both("tệp rỗng", "the file is empty"), subject=name)
        if size > limits.file_bytes:
            raise FileTooLarge(
                both(
                    f"tệp có {size // 1024**2} MB, vượt giới hạn {limits.file_bytes // 1024**2} MB",
                    f"the file has {size // 1024**2} MB, more than the limit of {limits.file_bytes // 1024**2} MB",
                ),
                subject=name,
            )
        media_type = signatures.recognise(path, name)
        sha256 = _sha256(path)
        pages, signed = _look_inside(path, name, media_type, limits)
    except OSError as error:
        raise FileRejected(
            both("hệ thống không cho đọc tệp", f"the file cannot be read: {error.strerror}"),
            subject=name,
            advice=both("Kiểm tra quyền đọc và ổ đĩa.", "Check the file's rights and the disk."),
        ) from error
    return FileInfo(path, name, sha256, size, media_type, pages, signed)


def read_page(info: FileInfo, index: int, limits: IntakeLimits) -> ScannedPage:
    """Return the 0-based page ``index`` of an inspected file.

    Raises PageUnreadable when the page is cut or corrupt, PageTooLarge when it has too many pixels, DamagedFile
    when the file is no longer the one that was inspected, IndexError when it has no such page.
    """
    if not 0 <= index < info.pages:
        raise IndexError(index)
    if info.media_type == "application/pdf":
        return pdf.read(info, index, limits)
    if info.media_type == "image/tiff":
        return frames.read(info, index, limits)
    return images.read(info, _whole(info), limits)


def extract_original(info: FileInfo, indices: Sequence[int]) -> tuple[bytes, str]:
    """Return (bytes, media type) of the smallest file as scanned that holds just the pages ``indices``, in order.

    All pages in their own order give the file itself.  Otherwise the pages are copied as they are encoded, and
    nothing of the other pages is inside.  The same file and pages give the same bytes.  Raises DamagedFile when
    the file is no longer the one that was inspected.
    """
    if list(indices) == list(range(info.pages)):
        return _whole(info), info.media_type
    if any(not 0 <= index < info.pages for index in indices):
        raise IndexError(list(indices))
    if info.media_type == "application/pdf":
        return pdf_subset.extract(info, indices), info.media_type
    return frames.extract(info, indices), info.media_type


def _look_inside(path: Path, name: str, media_type: str, limits: IntakeLimits) -> tuple[int, bool]:
    if media_type == "application/pdf":
        facts = pdf.inspect(path, name, limits)
        return facts.pages, facts.signed
    if media_type == "image/tiff":
        return frames.inspect(path, name, limits), False
    images.inspect(path.read_bytes(), media_type, name)
    return 1, False


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _whole(info: FileInfo) -> bytes:
    data = info.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != info.sha256:
        raise DamagedFile(
            both("tệp đã thay đổi sau khi kiểm tra", "the file changed after inspection"), subject=info.name
        )
    return data
