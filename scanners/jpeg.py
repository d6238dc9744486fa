"""What a JPEG stream says of itself, read from its markers without decoding a pixel (ITU-T T.81, annex B)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_START_OF_FRAME = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN, _END_OF_IMAGE, _APP14 = 0xDA, 0xD9, 0xEE


@dataclass(frozen=True, slots=True)
class JpegFacts:
    """Size in px, sample depth, number of components, and whether the stream reaches its end marker."""

    width: int
    height: int
    depth: int
    components: int
    complete: bool
    adobe: bool = False
    """An Adobe marker says how the components are to be read; it wins over what a PDF says."""


def facts(data: bytes) -> JpegFacts | None:
    """Return what the markers of ``data`` say, or None when they end or break before the picture starts."""
    if data[:2] != b"\xff\xd8":
        return None
    at, frame, adobe = 2, None, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _STANDALONE:
            at += 2
            continue
        if marker == _END_OF_IMAGE:
            return None
        length = struct.unpack_from(">H", data, at + 2)[0]
        if marker in _START_OF_FRAME and length >= 8 and at + 10 <= len(data):
            frame = struct.unpack_from(">BHHB", data, at + 4)
        adobe = adobe or (marker == _APP14 and data[at + 4 : at + 9] == b"Adobe")
        if marker == _START_OF_SCAN:
            break
        at += 2 + length
    else:
        return None
    if frame is None or frame[1] == 0 or frame[2] == 0:
        return None
    depth, height, width, components = frame
    # Entropy-coded data never holds FF D9 (an FF is stuffed), so one behind the scan header is the end of the image.
    return JpegFacts(width, height, depth, components, data.find(b"\xff\xd9", at) >= 0, adobe)
