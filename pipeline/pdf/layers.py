"""The archival image of a page: encoded once, never cleaned of content, and taken out of our PDFs unchanged.

1. A scanner's own JPEG (gray or YCbCr, 8 bit) goes in byte for byte.
2. A bitonal page becomes CCITT G4: lossless, and smaller than any gray coding.
3. Everything else becomes JPEG at quality 85, with the source's ICC profile when it has one.  Colour is kept at full
   resolution (4:4:4): on real 300 dpi letters with red seals that took 11 % more bytes than 4:2:0 and rendered the
   seals' ink 2.6 to 4.5 dB better.  Optimised Huffman tables give back 12 to 22 % for 25 to 35 ms a page.
"""

from __future__ import annotations

import io

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Name
from PIL import Image, TiffImagePlugin

from pipeline.errors import PipelineError
from pipeline.model import ImageLayer
from pipeline.pdf.colour import cmyk_to_srgb, usable_profile
from pipeline.pdf.jpeg import read_header
from scanners.base import ScannedPage

Pixels = NDArray[np.uint8]

JPEG_QUALITY = 85
JPEG_SUBSAMPLING = "4:4:4"
JPEG_MAX_SIDE = 65_500
"""px; libjpeg refuses more than this on a side. Longer pages (5.5 m at 300 dpi) are scaled down to it."""
IMAGE_NAME = Name.Im0
UNTOUCHED_KEY = "/SOHO_Untouched"
"""Private key of our image dictionaries (ISO 32000-1, annex E): the bytes are the scanner's own."""


class LayersMissing(PipelineError):
    """A PDF that should be one of our section files does not hold one archival image per page."""

    code = "layers-missing"
    advice = "Run: sohoa verify (the stored section file is not as sohoa wrote it)."


def archival_layer(page: ScannedPage, image: Pixels, colour: str) -> ImageLayer:
    """Return the image that the archive keeps of ``page``.

    ``image`` holds the decoded pixels as stored (not turned): uint8, height × width (gray, bitonal: 0 is black) or
    height × width × 3 (RGB); ``colour`` is rgb, gray or bitonal.
    """
    if page.media_type == "image/jpeg":
        header = read_header(page.data)
        if header is not None and header.viewers_agree:
            return ImageLayer("jpeg", page.data, header.width, header.height, header.colour, page.untouched)
    if colour == "bitonal":
        return _g4_layer(image)
    return _jpeg_layer(page.data, image, colour, page.dpi)


def read_layers(pdf: bytes) -> list[ImageLayer]:
    """Return the archival image of every page of one of our section PDFs, byte for byte as it went in.

    Raises LayersMissing when the file was not written by ``assemble.write_section``.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            return [_layer_of(page) for page in document.pages]
    except pikepdf.PdfError as error:
        raise LayersMissing(f"the section file cannot be read ({error})") from error


def _layer_of(page: pikepdf.Page) -> ImageLayer:
    image = page.get_images(recursive=False).get(str(IMAGE_NAME))
    if image is None or image.get("/Filter") not in (Name.DCTDecode, Name.CCITTFaxDecode):
        raise LayersMissing("a page holds no archival image", subject=f"page {page.index + 1}")
    encoding = "jpeg" if image.Filter == Name.DCTDecode else "g4"
    return ImageLayer(
        encoding=encoding,
        data=image.read_raw_bytes(),
        width=int(image.Width),
        height=int(image.Height),
        colour="bitonal" if encoding == "g4" else _colour_of(image.ColorSpace),
        untouched=bool(image.get(UNTOUCHED_KEY, False)),
    )


def _colour_of(space: pikepdf.Object) -> str:
    components = 1 if space == Name.DeviceGray else 3
    if isinstance(space, pikepdf.Array):
        components = int(space[1].N)
    return "gray" if components == 1 else "rgb"


def _g4_layer(image: Pixels) -> ImageLayer:
    """Let libtiff code the page as one strip and take the strip out; its black is the coder's black (1 bits)."""
    height, width = image.shape[:2]
    file = io.BytesIO()
    black_is_one = Image.fromarray(image < 128)
    black_is_one.save(file, "TIFF", compression="group4", tiffinfo={278: height})
    file.seek(0)
    with TiffImagePlugin.TiffImageFile(file) as tiff:
        (start,), (size,) = tiff.tag_v2[273], tiff.tag_v2[279]
    return ImageLayer("g4", file.getvalue()[start : start + size], width, height, "bitonal", untouched=False)


def _jpeg_layer(data: bytes, pixels: Pixels, colour: str, dpi: tuple[float, float]) -> ImageLayer:
    image = Image.fromarray(pixels)
    profile = None
    with Image.open(io.BytesIO(data)) as source:
        if source.mode == "CMYK":
            image = cmyk_to_srgb(source) or image
        else:
            profile = usable_profile(source.info.get("icc_profile"), colour)
    if max(image.size) > JPEG_MAX_SIDE:
        image.thumbnail((JPEG_MAX_SIDE, JPEG_MAX_SIDE), Image.Resampling.BOX)
    file = io.BytesIO()
    image.save(
        file,
        "JPEG",
        quality=JPEG_QUALITY,
        subsampling=JPEG_SUBSAMPLING,
        optimize=True,
        dpi=(round(dpi[0]), round(dpi[1])),
        icc_profile=profile,
    )
    return ImageLayer("jpeg", file.getvalue(), image.width, image.height, colour, untouched=False)
