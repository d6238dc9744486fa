"""TIFF files, frame by frame, without decoding: count them, and copy some into a TIFF of their own.

A frame is copied as it is encoded: its directory and its strips or tiles, nothing else of the file, so the copy
is pixel-exact in any codec (G4, LZW, Deflate, JPEG, …), costs no decoding and holds nothing of the other pages.
Left out are pointers into the old file (thumbnails, EXIF) and, where the caller wants, the orientation tag.
Classic TIFF and BigTIFF are read; classic TIFF is written, in the byte order of the source (TIFF 6.0, section 2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

WIDTH, HEIGHT, COMPRESSION, ORIENTATION = 256, 257, 259, 274
STRIP_OFFSETS, STRIP_COUNTS, TILE_OFFSETS, TILE_COUNTS = 273, 279, 324, 325
X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 282, 283, 296
_POINTERS = frozenset({288, 289, 330, 34665, 34853, 40965})
"""FreeOffsets, FreeByteCounts, SubIFDs, EXIF, GPS and interoperability directories: they point into the old file."""
_OLD_STYLE_JPEG = 6
"""TIFF 6.0's first JPEG scheme keeps tables at absolute places in the file; such frames cannot be moved."""
_MOST_TAGS = 4096
_LARGEST_VALUE = 64 * 1024**2
_FORMATS = {1: "B", 2: "s", 3: "H", 4: "I", 5: "II", 6: "b", 7: "s", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d"}
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}


class BrokenTiff(Exception):
    """The directory structure of the file is cut or corrupt."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One directory entry: its TIFF type, number of values, and the values' bytes in the file's byte order."""

    type: int
    count: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Frame:
    """One image of the file: its tags, and the byte order ("<" or ">") of their values."""

    order: str
    tags: dict[int, Tag]

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Return a tag's whole numbers; () when it is missing or of another kind."""
        entry = self.tags.get(tag)
        code = {1: "B", 3: "H", 4: "I", 16: "Q"}.get(entry.type) if entry else None
        if entry is None or code is None:
            return ()
        return struct.unpack(f"{self.order}{entry.count}{code}", entry.raw)

    def number(self, tag: int, default: int) -> int:
        """Return a tag's first whole number."""
        return (self.numbers(tag) or (default,))[0]

    @property
    def dpi(self) -> tuple[float, float] | None:
        """(horizontal, vertical), or None when the file does not say."""
        pair = self._ratio(X_RESOLUTION), self._ratio(Y_RESOLUTION)
        per_inch = {2: 1.0, 3: 2.54}.get(self.number(RESOLUTION_UNIT, 2))
        if pair[0] is None or pair[1] is None or per_inch is None:
            return None
        return pair[0] * per_inch, pair[1] * per_inch

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """(offset, length) in bytes of each strip or tile in the source file."""
        offsets = self.numbers(STRIP_OFFSETS) or self.numbers(TILE_OFFSETS)
        lengths = self.numbers(STRIP_COUNTS) or self.numbers(TILE_COUNTS)
        if not offsets or len(offsets) != len(lengths):
            raise BrokenTiff("a frame does not say where its pixels are")
        return list(zip(offsets, lengths, strict=True))

    @property
    def movable(self) -> bool:
        """Tell whether the frame can be copied as it is encoded."""
        return self.number(COMPRESSION, 1) != _OLD_STYLE_JPEG and bool(
            self.numbers(STRIP_COUNTS) or self.numbers(TILE_COUNTS)
        )

    def _ratio(self, tag: int) -> float | None:
        entry = self.tags.get(tag)
        if entry is None or entry.type != 5 or entry.count != 1:
            return None
        over, under = struct.unpack(self.order + "II", entry.raw)
        return over / under if under else None


def frames(file: BinaryIO, most: int) -> Iterator[Frame]:
    """Yield the frames of the file in order; one more than ``most`` frames are never looked at.

    Raises BrokenTiff when a directory is cut, points outside the file or back into the chain.
    """
    size = file.seek(0, 2)
    order, big, offset = _header(file)
    seen: set[int] = set()
    while offset:
        if offset in seen or len(seen) > most:
            if offset in seen:
                raise BrokenTiff("the chain of frames runs in a circle")
            return
        seen.add(offset)
        frame, offset = _directory(file, order, big, offset, size)
        yield frame


def check(frame: Frame, size: int) -> None:
    """Raise BrokenTiff unless the frame has a size and all its strips lie inside a file of ``size`` bytes."""
    if frame.number(WIDTH, 0) < 1 or frame.number(HEIGHT, 0) < 1:
        raise BrokenTiff("a frame has no size")
    if frame.movable and any(offset + length > size for offset, length in frame.pieces):
        raise BrokenTiff("pixels of a frame lie behind the end of the file")


def copy(file: BinaryIO, chosen: Sequence[Frame], *, upright: bool = False) -> bytes:
    """Return a TIFF file of just these frames, encoded as they are; ``upright`` drops their orientation tags.

    Raises BrokenTiff when pixels cannot be read in full.
    """
    order = chosen[0].order
    out = bytearray(struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, 0))
    link = 4
    for frame in chosen:
        places, lengths = _copy_pieces(file, frame, out)
        tags = {
            number: tag
            for number, tag in frame.tags.items()
            if number not in _POINTERS and tag.type in _FORMATS and not (upright and number == ORIENTATION)
        }
        striped = bool(frame.numbers(STRIP_OFFSETS))
        tags[STRIP_OFFSETS if striped else TILE_OFFSETS] = _longs(order, places)
        tags[STRIP_COUNTS if striped else TILE_COUNTS] = _longs(order, lengths)
        link = _write_directory(out, order, tags, link)
    return bytes(out)


def _copy_pieces(file: BinaryIO, frame: Frame, out: bytearray) -> tuple[list[int], list[int]]:
    places, lengths = [], []
    for offset, length in frame.pieces:
        file.seek(offset)
        data = file.read(length)
        if len(data) != length:
            raise BrokenTiff("pixels of a frame lie behind the end of the file")
        places.append(len(out))
        lengths.append(length)
        out += data + bytes(len(data) % 2)
    return places, lengths


def _write_directory(out: bytearray, order: str, tags: dict[int, Tag], link: int) -> int:
    """Append one directory, point the ``link`` before it at it, and return where its own link lies."""
    entries = []
    for number in sorted(tags):
        tag = tags[number]
        value = tag.raw.ljust(4, b"\0")
        if len(tag.raw) > 4:
            value = struct.pack(order + "I", len(out))
            out += tag.raw + bytes(len(tag.raw) % 2)
        entries.append(struct.pack(order + "HHI", number, tag.type, tag.count) + value)
    struct.pack_into(order + "I", out, link, len(out))
    out += struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(4)
    return len(out) - 4


def _longs(order: str, values: list[int]) -> Tag:
    return Tag(4, len(values), struct.pack(f"{order}{len(values)}I", *values))


def _header(file: BinaryIO) -> tuple[str, bool, int]:
    file.seek(0)
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8:
        raise BrokenTiff("no TIFF header")
    if struct.unpack_from(order + "H", head, 2)[0] == 43 and len(head) == 16:
        return order, True, struct.unpack_from(order + "Q", head, 8)[0]
    return order, False, struct.unpack_from(order + "I", head, 4)[0]


def _directory(file: BinaryIO, order: str, big: bool, offset: int, size: int) -> tuple[Frame, int]:
    count_code, entry_size, link_code = ("Q", 20, "Q") if big else ("H", 12, "I")
    count_size = struct.calcsize(order + count_code)
    count = struct.unpack(order + count_code, _exactly(file, offset, count_size))[0]
    if not 0 < count <= _MOST_TAGS:
        raise BrokenTiff("a directory of no believable length")
    link_size = struct.calcsize(order + link_code)
    block = _exactly(file, offset + count_size, count * entry_size + link_size)
    tags = {}
    for at in range(0, count * entry_size, entry_size):
        number, kind = struct.unpack_from(order + "HH", block, at)
        tags[number] = _tag(file, order, kind, block[at + 4 : at + entry_size], size)
    following = struct.unpack_from(order + link_code, block, count * entry_size)[0]
    return Frame(order, tags), following


def _tag(file: BinaryIO, order: str, kind: int, rest: bytes, size: int) -> Tag:
    half = len(rest) // 2
    code = order + ("I" if half == 4 else "Q")
    count = struct.unpack_from(code, rest)[0]
    length = _SIZES.get(kind, 0) * count
    if length > min(size, _LARGEST_VALUE):
        raise BrokenTiff("a tag larger than the file")
    if length <= half:
        return Tag(kind, count, rest[half : half + length])
    return Tag(kind, count, _exactly(file, struct.unpack_from(code, rest, half)[0], length))


def _exactly(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    data = file.read(length)
    if len(data) != length:
        raise BrokenTiff("the file ends inside a directory")
    return data
