"""Read a JPEG file's markers, to tell whether a PDF viewer will show its bytes as the scanner meant them.

A PDF viewer ignores a JPEG's embedded ICC profile, and where JFIF and Adobe markers contradict each other libjpeg
believes the first and the PDF standard (ISO 32000-1, 7.4.8) the second.  ``viewers_agree`` is therefore true only for
8-bit Huffman-coded gray or YCbCr files; the profile is returned so that the PDF can name it beside the image.

Source of the layout: ITU-T T.81 annex B, JFIF 1.02, Adobe Technical Note 5116, ICC.1:2004-10 annex B.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SOI = b"\xff\xd8"
_START_OF_SCAN = 0xDA
_END = 0xD9
_STANDALONE = {0x01, *range(0xD0, 0xD9)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_HUFFMAN_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended sequential and progressive: what PDF 1.3 and later viewers decode."""
_JFIF = (0xE0, b"JFIF\x00")
_ADOBE = (0xEE, b"Adobe")
_ICC = (0xE2, b"ICC_PROFILE\x00")
_YCBCR = 1


@dataclass(frozen=True, slots=True)
class JpegHeader:
    """What the markers before the first scan say; sizes in px, ``adobe`` is the Adobe colour transform (0, 1, 2)."""

    frame: int
    bits: int
    width: int
    height: int
    component_ids: bytes
    jfif: bool
    adobe: int | None
    icc: bytes | None

    @property
    def colour(self) -> str:
        """``gray`` or ``rgb`` (any number of components but one)."""
        return "gray" if len(self.component_ids) == 1 else "rgb"

    @property
    def viewers_agree(self) -> bool:
        """Tell whether every viewer decodes the file alike, so that its bytes can stand in a PDF as they are."""
        if self.frame not in _HUFFMAN_FRAMES or self.bits != 8 or 0 in (self.width, self.height):
            return False
        if len(self.component_ids) == 1:
            return True
        if len(self.component_ids) != 3:
            return False
        return self.adobe == _YCBCR or (self.adobe is None and (self.jfif or self.component_ids != b"RGB"))


def read_header(data: bytes) -> JpegHeader | None:
    """Return the header of the JPEG file ``data``, or None when it is none or has no frame before its first scan."""
    frame: tuple[int, bytes] | None = None
    jfif, adobe = False, None
    profile: dict[int, bytes] = {}
    for marker, body in _segments(data):
        if marker in _FRAMES and len(body) >= 6:
            frame = marker, body
        elif _is(_JFIF, marker, body):
            jfif = True
        elif _is(_ADOBE, marker, body) and len(body) >= 12:
            adobe = body[11]
        elif _is(_ICC, marker, body) and len(body) > 14:
            profile[body[12]] = body[14:]
    if frame is None:
        return None
    kind, body = frame
    bits, height, width, components = struct.unpack(">BHHB", body[:6])
    icc = b"".join(part for _, part in sorted(profile.items())) or None
    return JpegHeader(kind, bits, width, height, body[6 : 6 + 3 * components : 3], jfif, adobe, icc)


def _is(kind: tuple[int, bytes], marker: int, body: bytes) -> bool:
    return marker == kind[0] and body.startswith(kind[1])


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (marker, body) up to the first scan; stop quietly where the structure ends."""
    if not data.startswith(_SOI):
        return
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
        elif marker in _STANDALONE:
            place += 2
        elif marker in (_START_OF_SCAN, _END):
            return
        else:
            length = int.from_bytes(data[place + 2 : place + 4], "big")
            yield marker, data[place + 4 : place + 2 + length]
            place += 2 + length
