"""The JPEG image of a TIFF frame as a JPEG file: the same entropy-coded bytes, put together again.

TIFF keeps the tables of a frame apart from its strips, and codes each strip as an image of its own (TIFF Technical
Note 2).  Strips of whole rows of blocks can follow each other in one scan with a restart marker between them, behind
which a decoder starts anew (ITU-T T.81, E.1.4).
"""

from __future__ import annotations

import io
import math
import struct
from dataclasses import dataclass

from scanners import tiff

_COMPRESSION_JPEG, _GRAY, _YCBCR = 7, 1, 6
_PHOTOMETRIC, _TABLES, _PROFILE = 262, 347, 34675
_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_BASELINE, _START_OF_SCAN, _RESTART_INTERVAL, _RESTART = 0xC0, 0xDA, 0xDD, 0xD0
_TABLE_KINDS = (0xDB, 0xC4)
_MOST_BLOCKS = 65_535

Segment = tuple[int, bytes]
"""A marker's second byte, and what stands behind its length."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One strip: its frame header (sample depth, height, and all behind it), tables, scan header, coded bytes."""

    depth: int
    height: int
    width: int
    components: bytes
    tables: tuple[Segment, ...]
    scan: bytes
    coded: bytes

    @property
    def kind(self) -> tuple[object, ...]:
        """What must be the same of strips that are to be put together."""
        return self.depth, self.width, self.components, self.tables, self.scan

    @property
    def block_rows(self) -> int:
        """Height in px of a row of the blocks that are coded together."""
        return 8 if self.components[0] == 1 else 8 * max(self._sampling(1))

    @property
    def blocks_across(self) -> int:
        """Blocks that are coded together, side by side."""
        return math.ceil(self.width / (8 if self.components[0] == 1 else 8 * max(self._sampling(0))))

    def _sampling(self, direction: int) -> list[int]:
        """Return the components' sampling factors, horizontal (0) or vertical (1)."""
        return [factors >> 4 if direction == 0 else factors & 15 for factors in self.components[2::3]]


def jpeg_of(data: bytes) -> bytes | None:
    """Return the JPEG file that the one frame of a TIFF holds in parts, or None when it is no JPEG in plain strips."""
    frame = next(tiff.frames(io.BytesIO(data), 1))
    is_jpeg = frame.number(tiff.COMPRESSION, 1) == _COMPRESSION_JPEG and _PROFILE not in frame.tags
    if not is_jpeg or frame.number(_PHOTOMETRIC, 0) not in (_GRAY, _YCBCR) or not frame.numbers(tiff.STRIP_OFFSETS):
        return None
    parts = [_strip(data[place : place + length]) for place, length in frame.pieces]
    strips = [part for part in parts if part is not None]
    if len(strips) < len(parts) or any(strip.kind != strips[0].kind for strip in strips):
        return None
    first, height = strips[0], frame.number(tiff.HEIGHT, 0)
    rows = first.height if len(strips) > 1 else 0
    blocks = first.blocks_across * rows // first.block_rows
    if rows % first.block_rows or blocks > _MOST_BLOCKS or (rows and math.ceil(height / rows) != len(strips)):
        return None
    shared, _ = _segments(frame.tags[_TABLES].raw) if _TABLES in frame.tags else ((), b"")
    header = struct.pack(">BHH", first.depth, height, first.width) + first.components
    restarts = ((_RESTART_INTERVAL, struct.pack(">H", blocks)),) if blocks else ()
    tables = tuple(table for table in (*shared, *first.tables) if table[0] in _TABLE_KINDS)
    head = (*tables, (_BASELINE, header), *restarts, (_START_OF_SCAN, first.scan))
    coded = first.coded + b"".join(
        bytes((0xFF, _RESTART + number % 8)) + strip.coded for number, strip in enumerate(strips[1:])
    )
    return b"".join([_SOI, *(_written(segment) for segment in head), coded, _EOI])


def _strip(data: bytes) -> _Strip | None:
    """Read one strip; None when it is not coded in one baseline scan without restarts of its own."""
    segments, rest = _segments(data)
    known = dict(segments)
    end = rest.rfind(_EOI)
    if _BASELINE not in known or _START_OF_SCAN not in known or _RESTART_INTERVAL in known or end < 0:
        return None
    depth, height, width = struct.unpack_from(">BHH", known[_BASELINE])
    components = known[_BASELINE][5:]
    if components[0] != known[_START_OF_SCAN][0]:
        return None
    tables = tuple(segment for segment in segments if segment[0] in _TABLE_KINDS)
    return _Strip(depth, height, width, components, tables, known[_START_OF_SCAN], rest[:end])


def _segments(data: bytes) -> tuple[tuple[Segment, ...], bytes]:
    """Return the segments up to the first scan, and what follows them."""
    found: list[Segment] = []
    place = len(_SOI)
    while data.startswith(_SOI) and place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != _EOI[1]:
        kind, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        found.append((kind, data[place + 4 : place + 2 + length]))
        place += 2 + length
        if kind == _START_OF_SCAN:
            break
    return tuple(found), data[place:]


def _written(segment: Segment) -> bytes:
    kind, body = segment
    return struct.pack(">BBH", 0xFF, kind, len(body) + 2) + body
