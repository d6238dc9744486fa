"""Opening an object store by its address, so that one setting moves an archive to another kind of store."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from sohoa.errors import UsageError
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
            "not an archive address",
            subject=url,
            advice="Use file:///absolute/folder or file://./folder-beside-the-working-directory.",
        )
    return FilesystemStore(Path(path))
