"""The archival image of a page: encoded at most once, never cleaned of content, and taken out of our PDFs unchanged.

1. In the profile ``compact`` a page of print on paper becomes layers (``compact``), if that saves at least a tenth.
2. Otherwise a scanner's own JPEG goes in byte for byte; in the profile ``original``, so does any stream that a PDF can
   carry (``streams``).
3. A bitonal page becomes CCITT G4: lossless, and smaller than any gray coding.
4. Everything else becomes JPEG at quality 85, with the source's ICC profile when it has one.  Colour is kept at full
   resolution (4:4:4): on real 300 dpi letters with red seals that took 11 % more bytes than 4:2:0 and rendered the
   seals' ink 2.6 to 4.5 dB better.  Optimised Huffman tables give back 12 to 22 % for 25 to 35 ms a page.
5. In every profile the stream of a page's own (``streams``) stays when ours would be larger; where a PDF cannot carry
   that, and the source was lossless, its px are deflated when they take less so: forms that no scanner has seen.
"""

from __future__ import annotations

import io
import zlib

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Dictionary, Name
from PIL import Image

from pipeline.errors import PipelineError
from pipeline.model import WHOLE, ImageLayer, InkLayer, PdfProfile, Place
from pipeline.pdf import g4
from pipeline.pdf.colour import cmyk_to_srgb, is_srgb, usable_profile
from pipeline.pdf.compact import compact_layer
from pipeline.pdf.packed import colour_of, deflated_layer
from pipeline.pdf.streams import own_stream
from scanners.base import Packing, ScannedPage
from sohoa.wording import both

Pixels = NDArray[np.uint8]

JPEG_QUALITY = 85
JPEG_SUBSAMPLING = "4:4:4"
JPEG_MAX_SIDE = 65_500
"""px; libjpeg refuses more than this on a side. Longer pages (5.5 m at 300 dpi) are scaled down to it."""
WORTH = 0.9
"""Part of a page's own bytes that its layers may take; a smaller gain is not worth a picture that is not the scan's."""
_LOSSY = ("image/jpeg", "image/jp2")
FAX_K = {"g4": -1, "g3": 0, "g3-mixed": 4}
"""How PDF names the fax codes (ISO 32000-1, 7.4.6)."""
PACKED = ("flate", "jbig2")
FILTERS = {"jpeg": Name.DCTDecode, "jpx": Name.JPXDecode, "flate": Name.FlateDecode, "jbig2": Name.JBIG2Decode}
"""How PDF names all other codes."""
IMAGE_NAMES = (Name.Im0, Name.Im1, Name.Im2, Name.Im3)
"""The page's image, then its inks: we paint at most two; files of earlier versions have up to three."""
UNTOUCHED_KEY, PLACE_KEY = "/SOHO_Untouched", "/SOHO_Place"
"""Private keys of our image dictionaries (ISO 32000-1, annex E): that the bytes are the scanner's own, and which part
of the page's image an ink fills, when it is not all of it."""


class LayersMissing(PipelineError):
    """A PDF that should be one of our section files does not hold one archival image per page."""

    code = "layers-missing"
    advice = both(
        "Chạy sohoa verify: tệp của phần hồ sơ đang lưu không còn như lúc sohoa ghi.",
        "Run sohoa verify: the stored section file is not as sohoa wrote it.",
    )


def archival_layer(page: ScannedPage, image: Pixels, colour: str, profile: PdfProfile = "faithful") -> ImageLayer:
    """Return the image that the archive keeps of ``page``.

    ``image`` holds the decoded pixels as stored (not turned): uint8, height × width (gray, bitonal: 0 is black) or
    height × width × 3 (RGB); ``colour`` is rgb, gray or bitonal.
    """
    own = own_stream(page)
    if profile == "original" and own is not None:
        return own
    if profile != "compact" or colour == "bitonal" or _own_profile(page.data, colour):
        return _whole_layer(page, image, colour, own)
    layers = compact_layer(image, page.dpi, page.data)
    if layers is not None and layers.size <= WORTH * (own.size if own is not None else len(page.data)):
        return layers
    whole = _whole_layer(page, image, colour, own)
    return layers if layers is not None and layers.size <= WORTH * len(whole.data) else whole


def _own_profile(data: bytes, colour: str) -> bool:
    """Tell whether the page's numbers mean something other than sRGB."""
    with Image.open(io.BytesIO(data)) as source:
        profile = usable_profile(source.info.get("icc_profile"), colour)
    return source.mode == "CMYK" or (profile is not None and not is_srgb(profile))


def _whole_layer(page: ScannedPage, image: Pixels, colour: str, own: ImageLayer | None) -> ImageLayer:
    """Return the page's own JPEG; of any other page its own stream or ours, whichever is smaller."""
    if own is not None and own.encoding == "jpeg":
        return own
    ours = _g4_layer(image) if colour == "bitonal" else _jpeg_layer(page.data, image, colour, page.dpi)
    other = own or (_deflated(page, image, colour, ours.size) if colour != "bitonal" else None)
    return other if other is not None and other.size <= ours.size else ours


def _deflated(page: ScannedPage, image: Pixels, colour: str, limit: int) -> ImageLayer | None:
    if page.media_type in _LOSSY or _own_profile(page.data, colour):
        return None
    return deflated_layer(image, limit)


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
    images = page.get_images(recursive=False)
    image = images.get(str(IMAGE_NAMES[0]))
    encoding = _encoding_of(image) if image is not None else None
    if image is None or encoding is None:
        raise LayersMissing("a page holds no archival image", subject=f"page {page.index + 1}")
    fax = encoding in FAX_K
    packing = _packing_of(image) if encoding in PACKED else None
    return ImageLayer(
        encoding=encoding,
        data=image.read_raw_bytes(),
        width=int(image.Width),
        height=int(image.Height),
        colour="bitonal" if fax else colour_of(encoding, packing) if packing else _colour_of(image.ColorSpace),
        untouched=bool(image.get(UNTOUCHED_KEY, False)),
        inverted=bool(image.DecodeParms.get(Name.BlackIs1, False)) if fax else Name.Decode in image,
        inks=tuple(_ink_of(images[name]) for name in sorted(images) if name != str(IMAGE_NAMES[0])),
        packing=packing,
    )


def _packing_of(image: pikepdf.Object) -> Packing:
    space, parameters = image.ColorSpace, image.get(Name.DecodeParms, Dictionary())
    indexed = isinstance(space, pikepdf.Array)
    return Packing(
        bits=int(image.BitsPerComponent),
        channels=3 if space == Name.DeviceRGB else 1,
        predictor=int(parameters.get(Name.Predictor, 1)),
        palette=bytes(space[3]) if indexed else b"",
        symbols=parameters[Name.JBIG2Globals].read_bytes() if Name.JBIG2Globals in parameters else b"",
    )


def _encoding_of(image: pikepdf.Object) -> str | None:
    if image.get("/Filter") == Name.CCITTFaxDecode:
        return {k: encoding for encoding, k in FAX_K.items()}.get(int(image.DecodeParms.get(Name.K, 0)))
    return {str(name): encoding for encoding, name in FILTERS.items()}.get(str(image.get("/Filter")))


def _ink_of(image: pikepdf.Object) -> InkLayer:
    mask, colours = image.Mask, image.read_raw_bytes()
    if image.Filter == Name.DCTDecode:  # as earlier versions wrote them
        colours = zlib.compress(colours)
    return InkLayer(
        mask=mask.read_raw_bytes(),
        width=int(mask.Width),
        height=int(mask.Height),
        colours=colours,
        colours_width=int(image.Width),
        colours_height=int(image.Height),
        place=_place_of(image),
    )


def _place_of(image: pikepdf.Object) -> Place:
    left, top, right, bottom = (float(share) for share in image.get(PLACE_KEY, WHOLE))
    return left, top, right, bottom


def _colour_of(space: pikepdf.Object) -> str:
    components = 1 if space == Name.DeviceGray else 3
    if isinstance(space, pikepdf.Array):
        components = int(space[1].N)
    return "gray" if components == 1 else "rgb"


def _g4_layer(image: Pixels) -> ImageLayer:
    height, width = image.shape[:2]
    return ImageLayer("g4", g4.encode(image < 128), width, height, "bitonal", untouched=False)


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
