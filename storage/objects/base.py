"""The contract of every object store: keys, bytes, and what must never happen to them.

A *store SHALL*

1. create an object whole or not at all: no reader ever sees a part of one, whatever dies in the middle;
2. have the object on stable storage (or acknowledged by the server) when ``put`` or ``put_new`` returns;
3. let exactly one of several racing ``put_new`` of one key win, and raise ``ObjectExists`` in the others;
4. never change or replace an object that exists; there is no update and no delete in this contract;
5. raise ``NotFound`` for a key that does not exist and ``StoreUnreachable`` when it cannot be asked or written,
   never an error of the library or system behind it.

The *caller SHALL*

1. use only keys made by ``storage.layout``: ASCII segments of at most 200 bytes, joined by ``/``;
2. use ``put`` only for content-addressed keys, where an object of the same key has the same bytes;
3. read back and compare what it cannot lose (``Archive`` does).

All methods may be called from several threads and processes at once.  The shape is that of S3: a flat name
space, conditional create (``If-None-Match: *``), listing by prefix in key order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

Content = bytes | Path
"""What can be put: bytes in memory, or a file to be copied."""


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One stored object: its key and its size in bytes."""

    key: str
    size: int


class ObjectStore(Protocol):
    """A flat name space of objects that are written once."""

    @property
    def url(self) -> str:
        """The address that ``open_store`` would open this store by."""
        ...

    def put_new(self, key: str, content: Content) -> None:
        """Create an object; raises ObjectExists when there is one of that key."""
        ...

    def put(self, key: str, content: Content) -> bool:
        """Create a content-addressed object unless it is there; tell whether it was written now."""
        ...

    def get(self, key: str) -> bytes:
        """Return the whole object; raises NotFound."""
        ...

    def open(self, key: str) -> AbstractContextManager[BinaryIO]:
        """Return the object as a stream to read and close; raises NotFound."""
        ...

    def exists(self, key: str) -> bool:
        """Tell whether there is an object of that key."""
        ...

    def stat(self, key: str) -> ObjectInfo:
        """Return the object's size; raises NotFound."""
        ...

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Yield every object whose key starts with ``prefix``, in the byte order of the keys."""
        ...
