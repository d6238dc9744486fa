"""Opening an object store by its address, so that one setting moves an archive to another kind of store."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from sohoa.errors import UsageError
from sohoa.wording import both
from storage.objects.base import ObjectStore
from storage.objects.filesystem import FilesystemStore

_FILE = "file://"


def open_store(url: str) -> ObjectStore:
    """Return the store at ``url``: ``file:///absolute/folder`` or ``file://./relative/folder``.

    Raises UsageError for any other address.  Nothing is made or read yet.
    """
    path = unquote(url.removeprefix(_FILE))
    if not url.startswith(_FILE) or not path:
        raise UsageError(
            both("không phải địa chỉ kho lưu trữ", "not an archive address"),
            subject=url,
            advice=both(
                "Viết file:///thư-mục-tuyệt-đối hoặc file://./thư-mục-tính-từ-nơi-đang-đứng.",
                "Use file:///absolute/folder or file://./folder-beside-the-working-directory.",
            ),
        )
    return FilesystemStore(Path(path))
