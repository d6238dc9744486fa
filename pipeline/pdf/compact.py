"""A page of print on paper as layers: paper as a small JPEG, print through a sharp 1-bit mask, seals as scanned.

1. ``coloured`` finds where the page bears coloured ink, ``ink`` which pixels are dark ink.
2. Where there is coloured ink (seals, signatures, pen), the scan itself is kept at its own resolution, print under
   the seal with it.  The rest of that picture is one flat colour, which costs next to nothing.  It is coded by the
   scan's own JPEG tables: what they coded once, they code again without loss.
3. Other ink is dark: a sharp mask in CCITT G4, at least as fine as the scan, and its colours at about 25 dpi.
4. The paper is what remains, at about 100 dpi.  What is too faint to be ink (show-through, stains) stays in it.
5. A page is no print on paper, and gets no layers, when more than a little of it is picture (``pictures``).
   Photographs, ID cards and maps end here.

The method is the mixed raster content of ITU-T T.44, as archive-pdf-tools does it, with JPEG in place of the JPEG 2000
that took three quarters of its time.  Seals and pens through masks of their own were tried, too: the letters of a seal
came out thinned or broken beside print, and print under it mottled.
"""

from __future__ import annotations

import io
import math
import zlib
from dataclasses import replace
from functools import cache
from typing import TypedDict

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin

from pipeline.imaging.shrink import shrunk
from pipeline.model import ImageLayer, InkLayer
from pipeline.pdf import g4
from pipeline.pdf.coloured import find_coloured, find_gray
from pipeline.pdf.ink import Ink, find_ink
from pipeline.pdf.paper import HOLES, bare_paper, ink_colours
from pipeline.pdf.pictures import picture_share

Pixels = NDArray[np.uint8]

PAPER_DPI, COLOUR_DPI = 100, 25
_PAPER_QUALITY, _COLOUR_QUALITY, _SCAN_QUALITY = 55, 60, 75
_PAPER_TINT = 4
"""Step of the means of the paper's JPEG blocks (8 are a level): by the usual 15, yellowish paper came out pink."""
_FINEST = 1000
"""Sum of the luminance table of JPEG quality 86; a scan that is coded finer is coded by our own tables."""
_HALO = 5
"""px by which ink is widened before the paper is taken: the soft edges of its strokes are no paper."""
_MOST_PICTURE = 0.01
"""Share of the page's squares; the portrait on an ID card is twice as much."""
_FEWEST = 20
"""px of ink that are worth a layer."""
_OPTIMISED = 3_000_000
"""px; of larger pictures, which are mostly flat, deflating takes out what better Huffman tables would."""
_SAMPLE = 16
_BLOCK = 16
"""px; the largest blocks that JPEG codes at a time."""
PLACE_DECIMALS = 6
"""Of the page's side: 0.004 px at 300 dpi."""


class _Coding(TypedDict, total=False):
    """Options of Pillow's JPEG writer."""

    quality: int
    qtables: list[list[int]]
    subsampling: int | str


def compact_layer(pixels: Pixels, dpi: tuple[float, float], scan: bytes) -> ImageLayer | None:
    """Return the page as paper and ink, or None when it is no print on paper.

    ``pixels`` are sRGB (height × width × 3) or gray (height × width), uint8, at ``dpi``; ``scan`` is the encoded image
    that they come from.
    """
    step = max(1, round(min(dpi) / PAPER_DPI))
    if min(pixels.shape[:2]) < HOLES * HOLES * step:
        return None
    squares = shrunk(pixels, step)
    coloured = find_gray(squares, min(dpi) / step) if pixels.ndim == 2 else find_coloured(squares)
    ink = find_ink(pixels, min(dpi))
    around = coloured.around if coloured is not None else None
    kept = _mask(cv2.dilate(ink.every, np.ones((_HALO, _HALO), np.uint8)))
    if around is not None:
        kept = _mask(cv2.max(kept, _stretched(around, step, kept)))
    paper = bare_paper(pixels, kept, step)
    if picture_share(pixels, ink, coloured, kept, paper, min(dpi)) > _MOST_PICTURE:
        return None
    if around is not None:
        ink = _apart_from(ink, around, step)
    dark = _dark_layer(pixels, ink, max(1, round(min(dpi) / COLOUR_DPI)))
    inks = tuple(layer for layer in (_scan_layer(pixels, around, step, scan), dark) if layer is not None)
    height, width = paper.shape[:2]
    colour = "gray" if pixels.ndim == 2 else "rgb"
    return ImageLayer("jpeg", _jpeg(paper, _paper_coding()), width, height, colour, untouched=False, inks=inks)


def _scan_layer(pixels: Pixels, coloured: Pixels | None, step: int, scan: bytes) -> InkLayer | None:
    """Return the scan itself where there is coloured ink, one flat colour elsewhere in the box around it."""
    if coloured is None:
        return None
    block = math.lcm(step, _BLOCK) // step  # squares: the scan's blocks stay whole, and with them what it coded
    left, top, across, down = cv2.boundingRect(coloured)
    right, bottom = (-(-edge // block) * block for edge in (left + across, top + down))
    left, top = (edge // block * block for edge in (left, top))
    mask = np.ascontiguousarray(coloured[top:bottom, left:right])
    height, width = (step * side for side in mask.shape)
    cut = pixels[top * step : bottom * step, left * step : right * step]
    beyond = height - cut.shape[0], width - cut.shape[1]  # the last squares reach beyond the page
    inside = _mask(cv2.copyMakeBorder(cut, 0, beyond[0], 0, beyond[1], cv2.BORDER_REPLICATE))
    shown = np.empty_like(inside)
    shown[:] = inside[::_SAMPLE, ::_SAMPLE].mean(axis=(0, 1))
    cv2.copyTo(inside, _stretched(mask, step, inside), shown)
    edges = (left * step, top * step, left * step + width, top * step + height)
    sides = pixels.shape[1], pixels.shape[0]
    place = tuple(round(edge / side, PLACE_DECIMALS) for edge, side in zip(edges, sides * 2, strict=True))
    return replace(_layer(mask, shown, _coding_of(scan)), place=place)


def _apart_from(ink: Ink, coloured: Pixels, step: int) -> Ink:
    """Return the ink that is not where coloured ink is."""
    finer = step * round(ink.sharp.shape[0] / ink.core.shape[0])
    core = _mask(cv2.subtract(ink.core, _stretched(coloured, step, ink.core)))
    return replace(ink, core=core, sharp=_mask(cv2.subtract(ink.sharp, _stretched(coloured, finer, ink.sharp))))


def _dark_layer(pixels: Pixels, ink: Ink, step: int) -> InkLayer | None:
    """Return the dark ink, or None when there is next to none."""
    if cv2.countNonZero(ink.core) < _FEWEST:
        return None
    colours = ink_colours(pixels, ink.core, step)
    return _layer(ink.sharp, colours, {"quality": _COLOUR_QUALITY, "subsampling": "4:4:4"})


def _layer(mask: Pixels, colours: Pixels, coding: _Coding) -> InkLayer:
    height, width = mask.shape
    jpeg = zlib.compress(_jpeg(colours, coding))
    return InkLayer(g4.encode(mask > 0), width, height, jpeg, colours.shape[1], colours.shape[0])


def _coding_of(scan: bytes) -> _Coding:
    with Image.open(io.BytesIO(scan)) as source:
        if isinstance(source, JpegImagePlugin.JpegImageFile) and len(source.getbands()) > 1:
            tables = [list(source.quantization[number]) for number in sorted(source.quantization)]
            sampling = JpegImagePlugin.get_sampling(source)
            if sampling >= 0 and sum(tables[0]) >= _FINEST:
                return {"qtables": tables, "subsampling": sampling}
    return {"quality": _SCAN_QUALITY, "subsampling": "4:4:4"}


@cache
def _paper_coding() -> _Coding:
    """Return the usual tables of the paper's quality, but with fine steps for the mean of a block."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", quality=_PAPER_QUALITY)
    file.seek(0)
    with JpegImagePlugin.JpegImageFile(file) as image:
        tables = [[_PAPER_TINT, *image.quantization[number][1:]] for number in sorted(image.quantization)]
    return {"qtables": tables, "subsampling": "4:2:0"}


def _jpeg(pixels: Pixels, coding: _Coding) -> bytes:
    file = io.BytesIO()
    image = Image.fromarray(pixels.squeeze())
    image.save(file, "JPEG", optimize=image.width * image.height < _OPTIMISED, **coding)
    return file.getvalue()


def _stretched(squares: Pixels, step: int, picture: Pixels) -> Pixels:
    """Return ``squares`` of ``step`` px in the size of ``picture``."""
    height, width = picture.shape[:2]
    return _mask(cv2.resize(squares, None, fx=step, fy=step, interpolation=cv2.INTER_NEAREST)[:height, :width])


def _mask(values: NDArray[np.generic]) -> Pixels:
    return np.asarray(values, np.uint8)
