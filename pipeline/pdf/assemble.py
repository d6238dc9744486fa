"""One section of a dossier as one PDF/A-2u file: the pages' images, the text on them, bookmarks, labels, metadata.

1. Every page shows its archival image through a matrix (``placement``), white paper behind it, text over it; a page in
   layers shows them all through the same one.
2. The image's bytes are copied as they are; JPEG profiles that say more than sRGB are named beside the image.
3. Written in one go by pikepdf, without compression of what is compressed, with an /ID made from the content.

PDF/A-2u is kept by construction: nothing is used that ISO 19005-2 forbids; the tests hold the files against its rules.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, Stream, String

from pipeline.model import WHOLE, Document, ImageLayer, InkLayer, PageGeometry, Place, Word
from pipeline.pdf.colour import srgb_profile, usable_profile
from pipeline.pdf.compact import PLACE_DECIMALS
from pipeline.pdf.glyphless import InvisibleFont
from pipeline.pdf.jpeg import read_header
from pipeline.pdf.layers import FAX_K, FILTERS, IMAGE_NAMES, PLACE_KEY, UNTOUCHED_KEY
from pipeline.pdf.metadata import SectionInfo, bookmark, page_labels, write_metadata
from pipeline.pdf.placement import Placement, place
from pipeline.pdf.textlayer import number, text_operators
from scanners.base import Packing

__all__ = ["SectionInfo", "SectionPage", "write_section"]

_FONT = "/F0"
_PDF_VERSION = "1.7"


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One page to write: its archival image, how that becomes the upright page, and the words in reading order."""

    layer: ImageLayer
    geometry: PageGeometry
    words: Sequence[Word] = ()


def write_section(pages: Iterable[SectionPage], info: SectionInfo) -> bytes:
    """Return the section's PDF file; the same pages and info give the same bytes.

    ``pages`` is gone through once, and each page's image is held once until the file is written: the peak is twice
    the file's size, besides what the caller keeps.  Raises ValueError when there is no page.
    """
    with pikepdf.new() as pdf:
        _Writer(pdf).add_pages(pages)
        if not pdf.pages:
            raise ValueError("a section PDF needs at least one page")
        _describe(pdf, info)
        file = io.BytesIO()
        pdf.save(
            file,
            min_version=_PDF_VERSION,
            deterministic_id=True,
            compress_streams=True,
            object_stream_mode=ObjectStreamMode.disable,
        )
        return file.getvalue()


class _Writer:
    """Pages on their way into one file, with the font and the colour profiles that they share."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._font = InvisibleFont()
        self._profiles: dict[bytes, pikepdf.Object] = {}

    def add_pages(self, pages: Iterable[SectionPage]) -> None:
        """Append every page; the font is finished when the last one has told which characters it uses."""
        fonts = self._pdf.make_indirect(Dictionary())
        for page in pages:
            self._add(page, fonts)
        if self._font.used:
            fonts[_FONT] = self._font.to_pdf(self._pdf)

    def _add(self, page: SectionPage, fonts: pikepdf.Object) -> None:
        placement = place(page.geometry)
        images = self._images(page.layer)
        resources = Dictionary(XObject=Dictionary(images))
        operators = _image_operators(placement, [WHOLE, *(ink.place for ink in page.layer.inks)])
        if page.words:
            resources.Font = fonts
            operators += text_operators(page.words, placement, self._font, _FONT)
        self._pdf.pages.append(
            pikepdf.Page(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array([0, 0, placement.width, placement.height]),
                    Resources=resources,
                    Contents=Stream(self._pdf, "\n".join(operators).encode("ascii")),
                )
            )
        )

    def _images(self, layer: ImageLayer) -> dict[str, pikepdf.Object]:
        """Return the page's images by name, in the order in which they are painted."""
        every = [self._image(layer), *map(self._ink, layer.inks)]
        return {str(name): image for name, image in zip(IMAGE_NAMES[: len(every)], every, strict=True)}

    def _ink(self, ink: InkLayer) -> pikepdf.Object:
        """Return the ink's colours, which show through a stencil mask (ISO 32000-1, 8.9.6.3); its 0 bits are ink."""
        mask = Stream(self._pdf, ink.mask)
        mask.Type, mask.Subtype, mask.ImageMask = Name.XObject, Name.Image, True
        mask.Width, mask.Height, mask.BitsPerComponent = ink.width, ink.height, 1
        mask.Filter, mask.DecodeParms = Name.CCITTFaxDecode, _fax_parameters(ink.width, ink.height)
        header = read_header(zlib.decompress(ink.colours))
        colours = Stream(self._pdf, ink.colours)
        colours.Type, colours.Subtype = Name.XObject, Name.Image
        colours.Filter = Array([Name.FlateDecode, Name.DCTDecode])
        colours.Width, colours.Height, colours.BitsPerComponent = ink.colours_width, ink.colours_height, 8
        colours.ColorSpace = Name.DeviceRGB if header is not None and header.colour == "rgb" else Name.DeviceGray
        colours.Mask = self._pdf.make_indirect(mask)
        if ink.place != WHOLE:
            colours[PLACE_KEY] = Array([Decimal(number(share, PLACE_DECIMALS)) for share in ink.place])
        return self._pdf.make_indirect(colours)

    def _image(self, layer: ImageLayer) -> pikepdf.Object:
        image = Stream(self._pdf, layer.data)
        image.Type, image.Subtype = Name.XObject, Name.Image
        image.Width, image.Height = layer.width, layer.height
        image.BitsPerComponent = layer.packing.bits if layer.packing else 1 if layer.encoding in FAX_K else 8
        image.ColorSpace = self._colour_space(layer)
        image.Filter = FILTERS.get(layer.encoding, Name.CCITTFaxDecode)
        if layer.encoding in FAX_K:
            k = FAX_K[layer.encoding]
            image.DecodeParms = _fax_parameters(layer.width, layer.height, k, black_is_one=layer.inverted)
        elif layer.inverted:
            image.Decode = Array([1, 0] * (3 if layer.colour == "rgb" else 1))
        if layer.packing is not None and layer.packing.symbols:
            image.DecodeParms = Dictionary(JBIG2Globals=Stream(self._pdf, layer.packing.symbols))
        if layer.packing is not None and layer.packing.predictor > 1:
            image.DecodeParms = _row_parameters(layer.width, layer.packing)
        if layer.untouched:
            image[UNTOUCHED_KEY] = True
        return self._pdf.make_indirect(image)

    def _colour_space(self, layer: ImageLayer) -> pikepdf.Object:
        """Return sRGB or gray by the output intent, or the profile that the JPEG itself carries."""
        device = Name.DeviceRGB if layer.colour == "rgb" else Name.DeviceGray
        if layer.packing is not None and layer.packing.palette:
            colours = layer.packing.palette
            return Array([Name.Indexed, Name.DeviceRGB, len(colours) // 3 - 1, String(colours)])
        header = read_header(layer.data) if layer.encoding == "jpeg" else None
        profile = usable_profile(header.icc, layer.colour) if header is not None else None
        if profile is None:
            return device
        key = hashlib.sha256(profile).digest()
        if key not in self._profiles:
            stream = Stream(self._pdf, profile, N=3 if layer.colour == "rgb" else 1, Alternate=device)
            self._profiles[key] = self._pdf.make_indirect(Array([Name.ICCBased, stream]))
        return self._profiles[key]


def _fax_parameters(width: int, height: int, k: int = -1, *, black_is_one: bool = False) -> Dictionary:
    return Dictionary(K=k, Columns=width, Rows=height, BlackIs1=black_is_one)


def _row_parameters(width: int, packing: Packing) -> Dictionary:
    return Dictionary(
        Predictor=packing.predictor, Columns=width, Colors=packing.channels, BitsPerComponent=packing.bits
    )


def _image_operators(page: Placement, places: Sequence[Place]) -> list[str]:
    """Paint white, then the images, each in its place; where deskewing swings a corner inwards, the white shows."""
    paper = f"1 g 0 0 {number(page.width, 3)} {number(page.height, 3)} re f"
    painted = (
        f"q {' '.join(number(value, 4) for value in page.part(place))} cm {name} Do Q"
        for name, place in zip(IMAGE_NAMES[: len(places)], places, strict=True)
    )
    return ["q", paper, *painted, "Q"]


def _describe(pdf: Pdf, info: SectionInfo) -> None:
    root = pdf.Root
    root.Lang = String("vi")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = page_labels(info.section)
    root.OutputIntents = Array([_output_intent(pdf)])
    _add_bookmarks(pdf, info.documents)
    write_metadata(pdf, info)


def _output_intent(pdf: Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=Stream(pdf, srgb_profile(), N=3),
    )


def _add_bookmarks(pdf: Pdf, documents: Sequence[Document]) -> None:
    if not documents:
        return
    pdf.Root.PageMode = Name.UseOutlines
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(bookmark(d), d.first_page - 1, "Fit") for d in documents)
