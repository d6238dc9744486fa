"""The image as its source encodes it, where a PDF/A-2 can carry that byte for byte and every viewer shows it alike.

1. JPEG: gray or YCbCr, 8 bit; also the one that a TIFF holds in strips (``tiff_jpeg``).
2. CCITT fax, G3 or G4: the strip of a TIFF that has just one, which is how fax images of PDF files come, too.  Each of
   several strips is coded by itself, and no PDF filter starts anew between them.
3. JPEG 2000: a JP2 file in 8 bit gray or RGB that names sRGB, or its gray, as its one colour space (ISO 19005-2,
   6.2.8.3).
4. The samples of a PNG file, and the Flate and JBIG2 streams of PDF files (``packed``).  We code no JBIG2 ourselves: no
   encoder of generic regions is packaged for Python or by Debian, PyPI has decoders only.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image, TiffImagePlugin

from pipeline.model import ImageLayer
from pipeline.pdf.jpeg import read_header
from pipeline.pdf.packed import packed_layer, png_layer
from pipeline.pdf.tiff_jpeg import jpeg_of
from scanners.base import ScannedPage

_COMPRESSION, _PHOTOMETRIC, _FILL_ORDER = 259, 262, 266
_STRIP_OFFSETS, _STRIP_BYTE_COUNTS, _T4_OPTIONS = 273, 279, 292
_G3, _G4 = 3, 4
_MIXED, _UNCOMPRESSED = 1, 2
"""Bits of TIFF's T4Options: two-dimensional rows among the others, and rows that are not compressed at all."""
_BLACK_IS_ZERO = 1
_JP2_SPACES = {16: "rgb", 17: "gray"}
"""Enumerated colour spaces of JP2 (ITU-T T.800, I.5.3.3): sRGB, and gray by sRGB's curve."""


def own_stream(page: ScannedPage) -> ImageLayer | None:
    """Return the page's image in the bytes of its source, or None when a PDF cannot carry them."""
    if page.media_type == "image/jpeg":
        return _jpeg(page.data, page.untouched)
    if page.media_type == "image/tiff":
        return _fax(page) or _tiff_jpeg(page)
    if page.media_type == "image/png":
        return png_layer(page.data, page.untouched)
    if page.packed is not None:
        return packed_layer(page.packed, page.width, page.height)
    return _jpx(page) if page.media_type == "image/jp2" else None


def _jpeg(data: bytes, untouched: bool) -> ImageLayer | None:
    header = read_header(data)
    if header is None or not header.viewers_agree:
        return None
    return ImageLayer("jpeg", data, header.width, header.height, header.colour, untouched)


def _tiff_jpeg(page: ScannedPage) -> ImageLayer | None:
    data = jpeg_of(page.data)
    return _jpeg(data, page.untouched) if data is not None else None


def _fax(page: ScannedPage) -> ImageLayer | None:
    with Image.open(io.BytesIO(page.data)) as tiff:
        if not isinstance(tiff, TiffImagePlugin.TiffImageFile):
            return None
        tags = tiff.tag_v2
    compression, options = tags.get(_COMPRESSION), tags.get(_T4_OPTIONS, 0)
    places, sizes = tags.get(_STRIP_OFFSETS, ()), tags.get(_STRIP_BYTE_COUNTS, ())
    plain = tags.get(_FILL_ORDER, 1) == 1 and not options & _UNCOMPRESSED
    if compression not in (_G3, _G4) or len(places) != 1 or not plain:
        return None
    encoding = "g4" if compression == _G4 else "g3-mixed" if options & _MIXED else "g3"
    data = page.data[places[0] : places[0] + sizes[0]]
    inverted = tags.get(_PHOTOMETRIC) == _BLACK_IS_ZERO
    return ImageLayer(encoding, data, page.width, page.height, "bitonal", page.untouched, inverted=inverted)


def _jpx(page: ScannedPage) -> ImageLayer | None:
    header = dict(_boxes(dict(_boxes(page.data)).get(b"jp2h", b"")))
    size, space = header.get(b"ihdr", b""), header.get(b"colr", b"")
    if len(size) < 14 or len(space) < 7 or header.keys() - {b"ihdr", b"colr", b"res "}:
        return None
    components, bits = struct.unpack(">HB", size[8:11])
    colour = _JP2_SPACES.get(int.from_bytes(space[3:7], "big")) if space[0] == 1 else None
    if colour is None or (components, bits) != ({"rgb": 3, "gray": 1}[colour], 7):
        return None
    return ImageLayer("jpx", page.data, page.width, page.height, colour, page.untouched)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (type, content) of the boxes in ``data`` (ITU-T T.800, I.4)."""
    place = 0
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        start = place + 8
        if length == 1 and start + 8 <= len(data):
            (length,), start = struct.unpack_from(">Q", data, start), start + 8
        end = place + length if length else len(data)
        if end < start:
            return
        yield kind, data[start:end]
        place = end
