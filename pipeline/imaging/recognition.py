"""The picture for recognition: seals dropped, paper flattened, furniture cleared, upright, level, at 200 dpi.

1. Colour becomes gray without the red seals (``seals``).
2. The picture is made at 200 dpi, at 280 where letters are small.  Tesseract scales each line to 36 px anyway: on nine
   real pages (200 dpi, bitonal) the character error rate was 0.93 % at 200 dpi, 1.12 % at 240 and 1.07 % at 300, and
   300 takes half as long again; print of 8 pt lost 0.3 % at 200 against 280.  180 dpi is as true and takes a twentieth
   less time, but what is cleared of the page was found less well at it.
3. What is larger is shrunk first, by area averaging; then quarter turns, minus the skew, the crop to the sheet and what
   scale is left go through one affine map, and white comes in at the corners.  Without a skew and a crop the page is
   turned and resized only.
4. Bitonal pages that are not shrunk are smoothed first: their staircase edges cost more than a softer stroke.  Word
   errors at 144 and 227 dpi, the larger model reading all: 4.32 % and 3.20 %; smoothed by 1.0 px 4.36 and 3.35;
   enlarged to 300 dpi 5.09 and 3.49, and smoothed by 1.0 px there 4.89, for a quarter more time.
5. Light print on dark bands is turned (``bands``).  The paper is flattened: what counts is how much darker than the
   paper around it each pixel is.  Seals that came out gray are lifted (``grayseals``).
6. Leaders, rules, frames, tick boxes and pen strokes are cleared (``furniture``), a rim of soft edge around the print
   is kept, and faint print is brought to full contrast.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging import quality
from pipeline.imaging.bands import with_bands_turned
from pipeline.imaging.decode import PixelImage, Pixels
from pipeline.imaging.furniture import find_print
from pipeline.imaging.grayseals import lift_gray_seals
from pipeline.imaging.pieces import Edges
from pipeline.imaging.reduced import REDUCED_DPI, paper
from pipeline.imaging.shrink import shrunk
from pipeline.model import Box, PageGeometry, Quality

_USUAL_DPI, _SMALL_PRINT_DPI = 200, 280
_SMALL_PRINT = 2.15
"""mm: median height of letters, most of them with a mark (13 pt 3.2, 8 pt 2.0), below which print counts as small."""
_SHRINKS = 0.95
_SMOOTHING = 0.7
"""px, standard deviation."""
_RIM = 5
"""px around the print that keep their shade: the soft edge of the letters."""
_FULL_DEPTH, _MOST_GAIN = 230.0, 3.0
_WHITE = 255
_SHADE_DPI = 50
"""Lines of print are 10 to 16 px apart at it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the engine reads: uint8 gray at ``dpi``, its px per px of the upright page (horizontal, vertical), and how
    good the scan is that it was made from.

    ``shade`` is the same page before it was cleared, at about 50 dpi: how much darker than its paper it is (0–255).
    """

    pixels: Pixels
    dpi: int
    scale: tuple[float, float]
    quality: Quality
    shade: Pixels


def recognition_picture(gray: Pixels, geometry: PageGeometry, bitonal: bool, letter_height: float) -> Picture:
    """Return the picture that the engine reads: dark print on white paper.

    ``gray`` is the page as stored; ``letter_height`` the median height of its letters in mm, 0 when it has none.
    """
    dpi = _SMALL_PRINT_DPI if 0 < letter_height < _SMALL_PRINT else _USUAL_DPI
    scale = (dpi / geometry.dpi[0], dpi / geometry.dpi[1])
    if bitonal and max(scale) >= _SHRINKS:
        gray = np.asarray(cv2.GaussianBlur(gray, (0, 0), _SMOOTHING), np.uint8)
    depth = _depth(with_bands_turned(warp(gray, geometry, scale), dpi), dpi)
    if not bitonal:
        lift_gray_seals(depth, dpi)
    found = find_print(depth, dpi)
    kept = cv2.bitwise_and(depth, depth, mask=cv2.dilate(found.mask, np.ones((_RIM, _RIM), np.uint8)))
    gain = min(_MOST_GAIN, _FULL_DEPTH / max(found.depth, 60.0))
    pixels = np.asarray(cv2.bitwise_not(cv2.convertScaleAbs(kept, alpha=gain)), np.uint8)
    shade = shrunk(depth, round(dpi / _SHADE_DPI))
    return Picture(pixels, dpi, scale, quality.measure(depth, found, dpi), shade)


def _depth(level: Pixels, dpi: int) -> Pixels:
    """Return how much darker than its paper each pixel is, in shares of the paper's brightness (0–255)."""
    small = paper(shrunk(level, round(dpi / REDUCED_DPI)))
    ground = cv2.resize(small, level.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(cv2.subtract(ground, level), ground, scale=_WHITE), np.uint8)


def upright(image: PixelImage, geometry: PageGeometry) -> Pixels:
    """Return the upright, level page at its own resolution, height × width (× 3), white where the turn uncovers."""
    return warp(image.pixels, geometry, (1.0, 1.0))


def warp(pixels: Pixels, geometry: PageGeometry, scale: tuple[float, float]) -> Pixels:
    """Bring stored pixels to the upright page enlarged by ``scale`` (horizontal, vertical, of the upright page)."""
    width, height = _scaled((geometry.width, geometry.height), scale)
    whole = _scaled((geometry.whole_width, geometry.whole_height), scale)
    stored = whole[::-1] if geometry.quarter_turns % 2 else whole
    if max(scale) < _SHRINKS:
        pixels = np.asarray(cv2.resize(pixels, stored, interpolation=cv2.INTER_AREA), np.uint8)
    enlarges = pixels.shape[1::-1] != stored
    interpolation = cv2.INTER_CUBIC if enlarges else cv2.INTER_LINEAR
    if geometry.skew.applied == 0.0 and geometry.crop is None:
        upright_pixels = np.ascontiguousarray(np.rot90(pixels, -geometry.quarter_turns))
        if not enlarges:
            return upright_pixels
        return np.asarray(cv2.resize(upright_pixels, (width, height), interpolation=interpolation), np.uint8)
    matrix = _map(geometry, (pixels.shape[1], pixels.shape[0]), (width, height))
    matrix[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5  # OpenCV counts from pixel centres, the map from pixel edges
    border = (_WHITE,) * 3
    return np.asarray(
        cv2.warpAffine(pixels, matrix, (width, height), flags=interpolation, borderValue=border), np.uint8
    )


def upright_box(edges: Edges, geometry: PageGeometry) -> Box:
    """Return the box around a place of the stored image on the upright page, at least 1 px wide and high."""
    left, top, right, bottom = edges
    matrix = _map(geometry, (geometry.stored_width, geometry.stored_height), (geometry.width, geometry.height))
    corners = np.array([[x, y, 1.0] for x in (left, right) for y in (top, bottom)]) @ matrix.T
    first = np.clip(np.floor(corners.min(axis=0)), 0, (geometry.width - 1, geometry.height - 1)).astype(int)
    last = np.clip(np.ceil(corners.max(axis=0)), first + 1, (geometry.width, geometry.height)).astype(int)
    return Box(int(first[0]), int(first[1]), int(last[0]), int(last[1]))


def _scaled(size: tuple[int, int], scale: tuple[float, float]) -> tuple[int, int]:
    return max(8, round(size[0] * scale[0])), max(8, round(size[1] * scale[1]))


def _map(geometry: PageGeometry, given: tuple[int, int], wanted: tuple[int, int]) -> NDArray[np.float64]:
    """Return the affine map (2 × 3) from the stored page of ``given`` px to the level, cropped one of ``wanted`` px."""
    to_stored = np.diag([geometry.stored_width / given[0], geometry.stored_height / given[1], 1.0])
    turn = _turn(geometry.quarter_turns, geometry.stored_width, geometry.stored_height)
    level = np.eye(3)
    centre = (geometry.whole_width / 2, geometry.whole_height / 2)
    level[:2] = cv2.getRotationMatrix2D(centre, -geometry.skew.applied, 1.0)
    level[:2, 2] -= geometry.corner
    enlarge = np.diag([wanted[0] / geometry.width, wanted[1] / geometry.height, 1.0])
    return np.asarray((enlarge @ level @ turn @ to_stored)[:2], np.float64)


def _turn(quarters: int, width: int, height: int) -> NDArray[np.float64]:
    """Return the map of clockwise quarter turns of a ``width`` × ``height`` image onto its new canvas."""
    return np.array(
        {
            0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            1: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
            2: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
            3: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
        }[quarters % 4],
        dtype=np.float64,
    )
