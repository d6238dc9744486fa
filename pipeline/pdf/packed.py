"""Lossless streams of samples: those that a PDF or a PNG file has already, and deflated ones of our own.

A PNG file's image is one zlib stream in chunks, with a filter per row: what PDF calls Flate with predictor 15
(ISO 32000-1, 7.4.4.4; PNG, 11.2.4).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.model import ImageLayer
from scanners.base import PackedStream, Packing

Pixels = NDArray[np.uint8]

_CHANNELS = {0: 1, 2: 3, 3: 1}
"""Colour types of PNG without an alpha channel: gray, RGB, palette."""
_PALETTE_TYPE = 3
_SAMPLED, _HOPEFUL = 16, 2
"""One row in so many tells how well the page deflates; when it takes this much of what it may, deflating is tried."""


def packed_layer(stream: PackedStream, width: int, height: int) -> ImageLayer:
    """Return the layer of an image that a PDF had as this stream."""
    return _layer(stream.encoding, stream.data, width, height, stream.packing, True, stream.inverted)


def png_layer(data: bytes, untouched: bool) -> ImageLayer | None:
    """Return the samples of a PNG file as they are; None of one with transparency, interlacing or 16 bits.

    Nor of one whose numbers mean something other than sRGB: its profile would be lost.
    """
    chunks = list(_chunks(data))
    known = dict(chunks)
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", known[b"IHDR"])
    if kind not in _CHANNELS or bits > 8 or interlaced or b"tRNS" in known or b"iCCP" in known:
        return None
    palette = known.get(b"PLTE", b"") if kind == _PALETTE_TYPE else b""
    samples = b"".join(content for name, content in chunks if name == b"IDAT")
    return _layer("flate", samples, width, height, Packing(bits, _CHANNELS[kind], 15, palette), untouched)


def deflated_layer(image: Pixels, limit: int) -> ImageLayer | None:
    """Return the px (uint8, height × width, or × 3) deflated, or None where that seems to take more than ``limit``."""
    if len(zlib.compress(image[::_SAMPLED].tobytes(), 6)) * _SAMPLED > _HOPEFUL * limit:
        return None
    picture = Image.fromarray(image)
    if image.ndim == 3 and picture.getcolors(256) is not None:
        picture = picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=256)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    filtered = png_layer(file.getvalue(), untouched=False)
    channels = 3 if image.ndim == 3 else 1
    height, width = image.shape[:2]
    plain = _layer("flate", zlib.compress(image.tobytes(), 9), width, height, Packing(8, channels), False)
    return plain if filtered is None or plain.size < filtered.size else filtered


def colour_of(encoding: str, packing: Packing) -> str:
    """Return whether samples are rgb, gray or bitonal."""
    if packing.palette:
        triplets = np.frombuffer(packing.palette, np.uint8).reshape(-1, 3)
        return "gray" if (triplets == triplets[:, :1]).all() else "rgb"
    if packing.channels == 3:
        return "rgb"
    return "bitonal" if packing.bits == 1 or encoding == "jbig2" else "gray"


def _layer(
    encoding: str, data: bytes, width: int, height: int, packing: Packing, untouched: bool, inverted: bool = False
) -> ImageLayer:
    colour = colour_of(encoding, packing)
    return ImageLayer(encoding, data, width, height, colour, untouched, inverted=inverted, packing=packing)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (type, content) of the chunks of a PNG file that was found whole."""
    place = 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += length + 12
