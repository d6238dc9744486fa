"""A page of print on paper as layers: paper as a small JPEG, ink over it through sharp 1-bit masks.

1. ``ink`` tells dark ink, coloured ink and paper apart.
2. The paper is scaled down to about 100 dpi, ink left out; the holes are filled from the paper around them, so that
   the JPEG holds nothing sharp.  What is too faint to be ink (show-through, stains) stays in it.
3. Red ink, other coloured ink and dark ink get a layer each: a mask at the scan's own resolution or twice that, in
   CCITT G4 and without any loss of its own, and the ink's colours at about 40 dpi.  One layer for all would paint print
   under a seal red.
4. A page is no print on paper, and gets no layers, when more than a little of it is picture: fine detail or
   shading that lies outside the ink, or solid ink over whole cells.  Photographs, ID cards and maps end here.

The method is the mixed raster content of ITU-T T.44, as archive-pdf-tools does it, with JPEG in place of the JPEG 2000
that took three quarters of its time.
"""

from __future__ import annotations

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.model import ImageLayer, InkLayer
from pipeline.pdf import g4
from pipeline.pdf.ink import Ink, find_ink

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

PAPER_DPI, COLOUR_DPI = 100, 40
_PAPER_QUALITY, _COLOUR_QUALITY = 55, 75
_HALO = 5
"""px by which ink is widened before the paper is taken: the soft edges of its strokes are no paper."""
_HOLES = 8
"""Paper px per px of the coarse picture that holes are filled from."""
_CELL = 2.0
"""mm; a page is judged by squares of this side."""
_DETAIL = 10.0
"""Levels that the paper's JPEG may miss on average in a cell."""
_SOLID = 0.6
"""Share of a cell that ink covers in a picture, not in print; bold capitals cover 0.4."""
_SHADE = 40.0
"""Levels by which a picture's paper is darker than the page's: a drawn photograph on 3 % of a page has 2.3 % such
cells, real letters at most 0.06 %."""
_MOST_PICTURE = 0.01
"""Share of the page's cells; the portrait on an ID card is twice as much."""
_SAMPLE = 2
"""Every second row and column tells colours and detail as well as all do, in a quarter of the time."""
_FEWEST = 20
"""px of ink that are worth a layer."""


def compact_layer(pixels: Pixels, dpi: tuple[float, float]) -> ImageLayer | None:
    """Return the page as paper and ink, or None when it is no print on paper.

    ``pixels`` are sRGB (height × width × 3) or gray (height × width), uint8, at ``dpi``.
    """
    step = max(1, round(min(dpi) / PAPER_DPI))
    if min(pixels.shape[:2]) < _HOLES * _HOLES * step:
        return None
    ink = find_ink(pixels, min(dpi))
    widened = np.asarray(cv2.dilate(ink.every, np.ones((_HALO, _HALO), np.uint8)), np.uint8)
    paper = _paper(pixels, widened, step)
    if _picture_share(pixels, ink, widened, paper, min(dpi)) > _MOST_PICTURE:
        return None
    step = max(1, round(min(dpi) / COLOUR_DPI))
    inks = tuple(layer for zone in ink.zones if (layer := _ink_layer(pixels, ink, zone, step)) is not None)
    height, width = paper.shape[:2]
    colour = "gray" if pixels.ndim == 2 else "rgb"
    return ImageLayer("jpeg", _jpeg(paper, _PAPER_QUALITY, "4:2:0"), width, height, colour, untouched=False, inks=inks)


def _ink_layer(pixels: Pixels, ink: Ink, zone: Pixels | None, step: int) -> InkLayer | None:
    """Return the ink of one zone (None: of the page), or None when there is next to none."""
    core, mask = ink.core, ink.sharp
    if zone is not None:
        core = np.asarray(cv2.bitwise_and(core, zone), np.uint8)
        mask = np.asarray(cv2.bitwise_and(mask, cv2.resize(zone, mask.shape[::-1], interpolation=cv2.INTER_NEAREST)))
    if cv2.countNonZero(core) < _FEWEST:
        return None
    colours = _ink_colours(pixels, core, step)
    return InkLayer(
        g4.encode(mask > 0),
        mask.shape[1],
        mask.shape[0],
        _jpeg(colours, _COLOUR_QUALITY, "4:4:4"),
        *colours.shape[1::-1],
    )


def _paper(pixels: Pixels, ink: Pixels, step: int) -> Pixels:
    """Return the page ``step`` times smaller without the ink (255)."""
    size = _size(pixels, step)
    bare = cv2.bitwise_not(ink)
    shown = cv2.resize(cv2.bitwise_and(pixels, pixels, mask=bare), size, interpolation=cv2.INTER_AREA)
    share = cv2.resize(bare, size, interpolation=cv2.INTER_AREA)
    paper = cv2.divide(shown, share if pixels.ndim == 2 else cv2.merge([share] * 3), scale=255)
    holes = np.where(share < 64, 255, 0).astype(np.uint8)
    sound = cv2.bitwise_and(paper, paper, mask=cv2.bitwise_not(holes))
    coarse = [
        cv2.resize(p, _size(holes, _HOLES), interpolation=cv2.INTER_AREA) for p in (sound, cv2.bitwise_not(holes))
    ]
    filled = _spread(coarse[0] * np.float32(255), coarse[1].astype(np.float32)).astype(np.uint8)
    return np.asarray(cv2.copyTo(cv2.resize(filled, size, interpolation=cv2.INTER_LINEAR), holes, paper), np.uint8)


def _ink_colours(pixels: Pixels, core: Pixels, step: int) -> Pixels:
    """Return the mean colours of the core pixels (255) by squares of ``step`` px, spread to where there is no ink."""
    width, height = _size(pixels, step)
    rows, columns = (places * _SAMPLE for places in np.nonzero(np.ascontiguousarray(core[::_SAMPLE, ::_SAMPLE])))
    cells = rows // step * width + columns // step
    inked = pixels[rows, columns].reshape(len(rows), -1)
    sums = [np.bincount(cells, inked[:, channel], width * height) for channel in range(inked.shape[1])]
    summed = np.stack(sums, axis=-1).reshape(height, width, -1).astype(np.float32)
    count = np.bincount(cells, minlength=width * height).reshape(height, width).astype(np.float32)
    return _spread(summed, count).astype(np.uint8)


def _spread(summed: Floats, weight: Floats) -> Floats:
    """Return ``summed / weight``; where nothing weighs, the mean of what lies around, from ever wider surroundings."""
    known = weight > 0
    shape = summed.shape
    summed = summed.reshape(*weight.shape, -1)
    if known.all() or max(weight.shape) == 1:
        return np.asarray((summed / np.maximum(weight, 1e-6)[..., None]).reshape(shape), np.float32)
    around = _spread(_halved(summed), _halved(weight))
    wide = cv2.resize(around, weight.shape[::-1], interpolation=cv2.INTER_LINEAR).reshape(summed.shape)
    return np.where(known[..., None], summed / np.maximum(weight, 1e-6)[..., None], wide).reshape(shape)


def _halved(values: Floats) -> Floats:
    size = _size(values, 2)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def _picture_share(pixels: Pixels, ink: Ink, widened: Pixels, paper: Pixels, dpi: float) -> float:
    """Return which share of the page's cells the layers would not keep as it looks."""
    size = _size(pixels, round(_CELL / 25.4 * dpi))
    seen = _sampled(pixels)
    missed = cv2.absdiff(
        seen, cv2.resize(np.ascontiguousarray(_one_channel(paper)), seen.shape[::-1], interpolation=cv2.INTER_LINEAR)
    )
    bare = cv2.bitwise_not(_sampled(widened))
    lost = cv2.resize(cv2.bitwise_and(missed, bare), size, interpolation=cv2.INTER_AREA)
    share = cv2.resize(bare, size, interpolation=cv2.INTER_AREA)
    solid = cv2.resize(ink.every, size, interpolation=cv2.INTER_AREA) > 255 * _SOLID
    detailed = lost * np.float32(255) > _DETAIL * np.maximum(share, 64)
    levels = cv2.resize(np.ascontiguousarray(_one_channel(paper)), size, interpolation=cv2.INTER_AREA)
    shaded = levels < np.median(levels) - _SHADE
    return float(np.mean(solid | detailed | shaded))


def _sampled(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(_one_channel(pixels)[::_SAMPLE, ::_SAMPLE])


def _one_channel(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 2 else pixels[..., 1]


def _size(image: NDArray[np.generic], step: int) -> tuple[int, int]:
    """Return width and height of ``image`` made ``step`` times smaller."""
    return -(-image.shape[1] // step), -(-image.shape[0] // step)


def _jpeg(pixels: Pixels, quality: int, subsampling: str) -> bytes:
    file = io.BytesIO()
    image = Image.fromarray(pixels.squeeze())
    image.save(file, "JPEG", quality=quality, subsampling=subsampling, optimize=True)
    return file.getvalue()
