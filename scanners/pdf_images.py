"""Taking the one image of a PDF page out without touching its pixels.

========== ==================================== =========================================================
codec      what comes out                        taken out when
========== ==================================== =========================================================
DCT        the JPEG stream itself                gray or RGB, 8 bit, sizes agree, no colour twist
JPX        the JPEG 2000 stream itself           gray or RGB, no own mask
CCITT      the fax stream in a TIFF header       bitonal, byte alignment only where TIFF has it
JBIG2      PBM, decoded by poppler's pdfimages   bitonal, plain
Flate, LZW PBM, PGM or PPM                       gray, RGB or palette, at most 8 bit
========== ==================================== =========================================================

JBIG2 and Flate streams come along as they are (``packed``), unless one of JBIG2 may share symbols with other pages:
those may be shapes from other people's papers.

Anything else (masks, CMYK, Lab, spot colours, 16 bit, unusual Decode arrays) is None: render the page.
"""

from __future__ import annotations

import io
import struct
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from scanners import jpeg, pnm
from scanners.base import PackedStream, Packing
from scanners.images import JP2_SIGNATURES, size
from scanners.pdf_colours import Colours, Samples, colours_of, shown, unpacked
from sohoa import children

PNM = "image/x-portable-anymap"
_POPPLER_MEMORY = 2 * 1024**3
_PADDING = 64 * 1024
"""Bytes that a sloppy producer may add behind the last row; zlib checks its sum only when it reaches the end."""


@dataclass(frozen=True, slots=True)
class TakenImage:
    """One encoded image, its size in px, and whether its pixels are encoded exactly as the PDF has them.

    Of an unpacked one ``packed`` is the PDF's own stream, when that can stand in another PDF.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    untouched: bool
    packed: PackedStream | None = None


class ImageDamaged(Exception):
    """The image stream is cut or corrupt."""


def take_out(
    image: Stream, *, black_ink: bool, file: Path, index: int, timeout: float, alone: bool = False
) -> TakenImage | None:
    """Return the image as an encoded file of its own, or None when only a rendering shows what the page shows.

    ``black_ink`` tells whether a stencil mask would be painted black.  ``file`` and ``index`` (0-based page) serve
    JBIG2 only, which poppler decodes; so does ``alone``, which says that the file has no other page.
    Raises ImageDamaged.
    """
    if any(key in image for key in (Name.SMask, Name.Mask, Name.OC)) or int(image.get(Name.SMaskInData, 0)):
        return None
    filters = _filters(image)
    last = filters[-1] if filters else ""
    if last == "/DCTDecode":
        return _dct(image)
    if last == "/JPXDecode":
        return _jpx(image)
    if any(name not in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode") for name in filters[:-1]):
        return None
    stencil = bool(image.get(Name.ImageMask, False))
    if stencil and not black_ink:
        return None
    if last == "/CCITTFaxDecode":
        return _ccitt(image, stencil=stencil)
    if last == "/JBIG2Decode":
        return _jbig2(image, stencil=stencil, file=file, index=index, timeout=timeout, alone=alone)
    return _lossless(image, stencil=stencil)


def pixel_size(image: Stream) -> tuple[int, int]:
    """Return the (width, height) in px that the PDF states for the image."""
    return int(image.get(Name.Width, 0)), int(image.get(Name.Height, 0))


def _filters(image: Stream) -> list[str]:
    value = image.get(Name.Filter)
    if value is None:
        return []
    return [str(name) for name in value.as_list()] if isinstance(value, Array) else [str(value)]


def _parameters(image: Stream) -> Dictionary:
    """Return the decoding parameters of the last filter."""
    value = image.get(Name.DecodeParms)
    if isinstance(value, Array):
        value = value[-1] if len(value) else None
    return value if isinstance(value, Dictionary) else Dictionary()


def _encoded(image: Stream) -> bytes:
    """Return the stream as its last filter sees it: the plain filters before that one are undone."""
    filters = _filters(image)
    if len(filters) < 2:
        return image.read_raw_bytes()
    scratch = pikepdf.new()
    outer = scratch.make_stream(image.read_raw_bytes())
    outer.Filter = Array([Name(name) for name in filters[:-1]])
    parameters = image.get(Name.DecodeParms)
    if isinstance(parameters, Array) and any(isinstance(entry, Dictionary) and entry for entry in parameters[:-1]):
        raise ImageDamaged("predictors in front of an image codec")
    return outer.read_bytes()


def _decode(image: Stream, channels: int) -> bool | None:
    """Tell whether the Decode array turns every sample upside down; None when it does anything else."""
    array = image.get(Name.Decode)
    if array is None:
        return False
    values = [float(value) for value in array]
    if values == [0.0, 1.0] * channels:
        return False
    return True if values == [1.0, 0.0] * channels else None


def _dct(image: Stream) -> TakenImage | None:
    data = _encoded(image)
    found = jpeg.facts(data)
    if found is None or not found.complete:
        raise ImageDamaged("the JPEG image is cut or corrupt")
    colours = colours_of(image.get(Name.ColorSpace))
    twisted = Name.ColorTransform in _parameters(image) and not found.adobe
    if colours is None or colours.palette is not None or twisted or _decode(image, colours.channels) is not False:
        return None
    if (found.width, found.height) != pixel_size(image) or (found.depth, found.components) != (8, colours.channels):
        return None
    return TakenImage(data, "image/jpeg", found.width, found.height, untouched=True)


def _jpx(image: Stream) -> TakenImage | None:
    data = _encoded(image)
    dimensions = size(data, "image/jp2") if data.startswith(JP2_SIGNATURES) else None
    if dimensions is None or data.rfind(b"\xff\xd9") < 0:
        raise ImageDamaged("the JPEG 2000 image is cut or corrupt")
    space = image.get(Name.ColorSpace)
    colours = colours_of(space) if space is not None else None
    with Image.open(io.BytesIO(data)) as opened:
        mode = opened.mode
    expected = {"L": 1, "RGB": 3}.get(mode)
    wrong_colours = space is not None and (
        colours is None or colours.palette is not None or colours.channels != expected
    )
    if expected is None or wrong_colours or Name.Decode in image or dimensions != pixel_size(image):
        return None
    return TakenImage(data, "image/jp2", *dimensions, untouched=True)


def _black_is_one(image: Stream, *, stencil: bool) -> bool | None:
    """Tell whether a 1-bit sample of 1 shows black; None when the image is not black on white.

    A stencil paints its samples of 0 in black, as gray shows them.
    """
    if int(image.get(Name.BitsPerComponent, 1)) != 1:
        return None
    colours = Colours(1) if stencil else colours_of(image.get(Name.ColorSpace))
    if colours is None or colours.channels != 1:
        return None
    inverted = _decode(image, 1)
    if inverted is None or colours.palette is None:
        return inverted
    table = [tuple(int(value) for value in entry) for entry in colours.palette]
    if sorted(table) != [(0, 0, 0), (255, 255, 255)]:
        return None
    return (table[0] == (255, 255, 255)) != inverted


def _ccitt(image: Stream, *, stencil: bool) -> TakenImage | None:
    parameters = _parameters(image)
    width, height = pixel_size(image)
    one_is_black = _black_is_one(image, stencil=stencil)
    k = int(parameters.get(Name.K, 0))
    aligned = bool(parameters.get(Name.EncodedByteAlign, False))
    if one_is_black is None or int(parameters.get(Name.Columns, 1728)) != width or aligned:
        return None
    # A fax decoder gives black runs; PDF writes them as 0 unless BlackIs1, and the colour space shows 0 as black.
    black_runs_are_black = bool(parameters.get(Name.BlackIs1, False)) == one_is_black
    data = _encoded(image)
    header = _fax_header(width, height, len(data), k, black_runs_are_black=black_runs_are_black)
    return TakenImage(header + data, "image/tiff", width, height, untouched=True)


def _fax_header(width: int, height: int, length: int, k: int, *, black_runs_are_black: bool) -> bytes:
    """Return the TIFF header that stands before a bare CCITT stream (TIFF 6.0, sections 2, 10 and 11)."""
    options = [(292, 4, 1 if k > 0 else 0)] if k >= 0 else [(293, 4, 0)]
    tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, 4 if k < 0 else 3),
        (262, 3, 0 if black_runs_are_black else 1),
        (266, 3, 1),
        (273, 4, 8 + 2 + 12 * 11 + 4),
        (277, 3, 1),
        (278, 4, height),
        (279, 4, length),
        *options,
    ]
    entries = b"".join(struct.pack("<HHII", number, kind, 1, value) for number, kind, value in tags)
    return struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4)


def _jbig2(image: Stream, *, stencil: bool, file: Path, index: int, timeout: float, alone: bool) -> TakenImage | None:
    width, height = pixel_size(image)
    one_is_black = _black_is_one(image, stencil=stencil)
    if one_is_black is None or stencil:
        return None
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        page = str(index + 1)
        command = ["pdfimages", "-q", "-f", page, "-l", page, str(file.absolute()), f"{folder}/image"]
        children.run(command, timeout=timeout, memory=_POPPLER_MEMORY)
        written = sorted(Path(folder).iterdir())
        data = written[0].read_bytes() if len(written) == 1 else b""
    header = pnm.bits(width, height, b"")
    if len(data) != len(header) + (width + 7) // 8 * height or not data.startswith(header):
        return None
    return TakenImage(data, PNM, width, height, untouched=False, packed=_packed_jbig2(image, alone))


def _packed_jbig2(image: Stream, alone: bool) -> PackedStream | None:
    shared = _parameters(image).get(Name.JBIG2Globals)
    plain = Name.Decode not in image and image.get(Name.ColorSpace) == Name.DeviceGray
    if _filters(image) != ["/JBIG2Decode"] or not plain or (shared is not None and not alone):
        return None
    symbols = shared.read_bytes() if isinstance(shared, Stream) else b""
    return PackedStream("jbig2", image.read_raw_bytes(), Packing(symbols=symbols))


def _packed_flate(image: Stream, colours: Colours, depth: int, *, inverted: bool) -> PackedStream | None:
    parameters = _parameters(image)
    predictor = int(parameters.get(Name.Predictor, 1))
    stated = (
        int(parameters.get(Name.Columns, 1)),
        int(parameters.get(Name.Colors, 1)),
        int(parameters.get(Name.BitsPerComponent, 8)),
    )
    fits = predictor == 1 or stated == (pixel_size(image)[0], colours.channels, depth)
    if _filters(image) != ["/FlateDecode"] or not fits or (inverted and colours.palette is not None):
        return None
    palette = colours.palette.tobytes() if colours.palette is not None else b""
    packing = Packing(depth, colours.channels, 15 if predictor >= 10 else predictor, palette)
    return PackedStream("flate", image.read_raw_bytes(), packing, inverted)


def _lossless(image: Stream, *, stencil: bool) -> TakenImage | None:
    """Unpack Flate, LZW, run-length or plain samples with qpdf and write them as PNM."""
    width, height = pixel_size(image)
    depth = 1 if stencil else int(image.get(Name.BitsPerComponent, 8))
    colours = Colours(1) if stencil else colours_of(image.get(Name.ColorSpace))
    if colours is None or depth not in (1, 2, 4, 8):
        return None
    inverted = _decode(image, colours.channels)
    if inverted is None or (inverted and colours.palette is not None and depth != 1):
        return None
    row = (width * depth * colours.channels + 7) // 8
    rows = _unfiltered(image, row * height).reshape(height, row)
    packed = None if stencil else _packed_flate(image, colours, depth, inverted=inverted)
    one_is_black = _black_is_one(image, stencil=stencil) if depth == 1 and colours.channels == 1 else None
    if one_is_black is not None:
        bits = rows if one_is_black else np.invert(rows)
        return TakenImage(pnm.bits(width, height, bits.tobytes()), PNM, width, height, untouched=False, packed=packed)
    samples = unpacked(rows, width * colours.channels, depth)
    channels, data = shown(samples, colours, depth, inverted=inverted)
    shown_as = pnm.samples(width, height, channels, data.tobytes())
    return TakenImage(shown_as, PNM, width, height, untouched=False, packed=packed)


def _unfiltered(image: Stream, length: int) -> Samples:
    """Return the ``length`` bytes of the samples, check sums verified; a bomb behind them is not unpacked."""
    try:
        if _filters(image) == ["/FlateDecode"] and Name.DecodeParms not in image:
            inflater = zlib.decompressobj()
            data = inflater.decompress(image.read_raw_bytes(), length + _PADDING)
            if not inflater.eof and len(data) != length:
                raise ImageDamaged("the image data is longer than the image, or never ends")
        else:
            data = image.read_bytes()
    except (pikepdf.PdfError, zlib.error) as error:
        raise ImageDamaged("the image data is cut or corrupt") from error
    if len(data) < length:
        raise ImageDamaged("the image data ends before its last row")
    return np.frombuffer(data, np.uint8)[:length]
