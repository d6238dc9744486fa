"""Checking an index's files against the checksums that tantivy itself keeps in them.

Every segment file ends with a JSON footer that carries the CRC-32 of what is before it, then the footer's length
and a magic number (tantivy, ``src/directory/footer.rs``).  tantivy-py 0.27 does not offer the check.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

_TRAILER = struct.Struct("<II")
_MAGIC = 1337
_UNSEALED = {"meta.json", ".managed.json"}


def damaged_files(folder: Path) -> list[str]:
    """Return the names of the index files in ``folder`` whose bytes do not fit their own checksum."""
    files = sorted(path for path in folder.iterdir() if path.name not in _UNSEALED and path.suffix != ".lock")
    return [path.name for path in files if not _is_whole(path.read_bytes())]


def _is_whole(data: bytes) -> bool:
    if len(data) < _TRAILER.size:
        return False
    length, magic = _TRAILER.unpack_from(data, len(data) - _TRAILER.size)
    end = len(data) - _TRAILER.size - length
    if magic != _MAGIC or end < 0:
        return False
    try:
        footer = json.loads(data[end : end + length])
        return bool(footer["crc"] == zlib.crc32(data[:end]))
    except (ValueError, KeyError, TypeError):
        return False
