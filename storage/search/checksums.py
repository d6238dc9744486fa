"""Checking an index's files against the checksums that tantivy itself keeps in them.

Every segment file ends with a JSON footer that carries the CRC-32 of what is before it, then the footer's length
and a magic number (tantivy, ``src/directory/footer.rs``).  tantivy-py 0.27 does not offer the check.  Only files
of the last commit count: a killed writer leaves unfinished ones, which tantivy removes later.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

_TRAILER = struct.Struct("<II")
_MAGIC = 1337
_SEGMENT_FILES = ("term", "idx", "pos", "fieldnorm", "fast", "store")
_META = "meta.json"


def damaged_files(folder: Path) -> list[str]:
    """Return the files of the last commit in ``folder`` that are gone or do not fit their own checksum."""
    try:
        names = list(_committed(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return [_META]
    return [name for name in names if not _is_whole(folder / name)]


def _committed(folder: Path) -> Iterator[str]:
    for segment in json.loads((folder / _META).read_bytes())["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (f"{name}.{suffix}" for suffix in _SEGMENT_FILES)
        if segment["deletes"]:
            yield f"{name}.{segment['deletes']['opstamp']}.del"


def _is_whole(file: Path) -> bool:
    try:
        data = file.read_bytes()
        length, magic = _TRAILER.unpack_from(data, len(data) - _TRAILER.size)
        end = len(data) - _TRAILER.size - length
        footer = json.loads(data[max(0, end) : end + length])
        return bool(magic == _MAGIC and end >= 0 and footer["crc"] == zlib.crc32(data[:end]))
    except (OSError, struct.error, ValueError, KeyError, TypeError):
        return False
