"""The picture for recognition: seals dropped, paper flattened, furniture cleared, upright, level, about 300 dpi.

1. Colour becomes gray without the red seals (``seals``).
2. Gray goes through one affine map: quarter turns, minus the skew, and the scale to 300 dpi together, so that the
   picture is resampled once; white comes in at the corners.  Without a skew it is turned and resized only.
3. Bitonal pages are smoothed first: their staircase edges cost more than a softer stroke.
4. The paper is flattened: what counts is how much darker than the paper around it each pixel is.
5. Leaders, rules, frames, tick boxes and pen strokes are cleared (``furniture``), a rim of soft edge around the print
   is kept, and faint print is brought to full contrast.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.decode import PixelImage, Pixels
from pipeline.imaging.furniture import find_print
from pipeline.imaging.reduced import paper
from pipeline.model import PageGeometry

RECOGNITION_DPI = 300
_REDUCTION = 3
"""The paper is estimated at 100 dpi, which is what ``reduced.paper`` is made for."""
_RIM = 5
"""px around the print that keep their shade: the soft edge of the letters."""
_FULL_DEPTH, _MOST_GAIN = 230.0, 3.0
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Placement:
    """The affine map from stored pixels to a picture of ``width`` × ``height`` px (2 × 3, pixel edges at integers)."""

    matrix: NDArray[np.float64]
    width: int
    height: int


def place(geometry: PageGeometry, scale: tuple[float, float] = (1.0, 1.0)) -> Placement:
    """Return the map from the stored image to the upright page enlarged by ``scale`` (horizontal, vertical)."""
    turned = _turn(geometry.quarter_turns, geometry.stored_width, geometry.stored_height)
    level = _rotation(geometry.skew.applied, geometry.width / 2, geometry.height / 2)
    width, height = round(geometry.width * scale[0]), round(geometry.height * scale[1])
    enlarged = np.diag([width / geometry.width, height / geometry.height, 1.0])
    return Placement((enlarged @ level @ turned)[:2], width, height)


def upright(image: PixelImage, geometry: PageGeometry) -> Pixels:
    """Return the upright, level page at its own resolution, height × width (× 3), white where the turn uncovers."""
    return warp(image.pixels, geometry, (1.0, 1.0))


def warp(pixels: Pixels, geometry: PageGeometry, scale: tuple[float, float]) -> Pixels:
    """Bring stored pixels to the upright page enlarged by ``scale`` in as few passes as the job allows."""
    placement = place(geometry, scale)
    size = (placement.width, placement.height)
    shrinks = min(scale) < 0.8
    if geometry.skew.applied == 0.0 or shrinks:
        pixels = np.ascontiguousarray(np.rot90(pixels, -geometry.quarter_turns))
        if geometry.skew.applied != 0.0:
            pixels = _affine(
                pixels,
                _rotation(geometry.skew.applied, geometry.width / 2, geometry.height / 2)[:2],
                (geometry.width, geometry.height),
            )
        if size == (geometry.width, geometry.height):
            return pixels
        return np.asarray(
            cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC), np.uint8
        )
    return _affine(pixels, placement.matrix, size, cubic=max(scale) > 1.2)


def _affine(pixels: Pixels, matrix: NDArray[np.float64], size: tuple[int, int], cubic: bool = False) -> Pixels:
    """Warp with white fill; OpenCV counts from pixel centres, our matrices from pixel edges."""
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ (0.5, 0.5) - 0.5
    border = (_WHITE,) * 3
    flags = cv2.INTER_CUBIC if cubic else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(pixels, shifted, size, flags=flags, borderValue=border), np.uint8)


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


def _rotation(angle: float, x: float, y: float) -> NDArray[np.float64]:
    """Return the rotation about (x, y) that levels lines which rise to the right by ``angle`` degrees."""
    matrix = np.eye(3)
    matrix[:2] = cv2.getRotationMatrix2D((x, y), -angle, 1.0)
    return matrix


def recognition_picture(gray: Pixels, geometry: PageGeometry, scale: tuple[float, float], bitonal: bool) -> Pixels:
    """Return the picture that the engine reads: dark print on white paper, uint8, height × width."""
    if bitonal:
        gray = np.asarray(cv2.GaussianBlur(gray, (0, 0), 0.7), np.uint8)
    depth = _depth(warp(gray, geometry, scale))
    found = find_print(depth, RECOGNITION_DPI)
    kept = cv2.bitwise_and(depth, depth, mask=cv2.dilate(found.mask, np.ones((_RIM, _RIM), np.uint8)))
    gain = min(_MOST_GAIN, _FULL_DEPTH / max(found.depth, 60.0))
    return np.asarray(cv2.bitwise_not(cv2.convertScaleAbs(kept, alpha=gain)), np.uint8)


def _depth(picture: Pixels) -> Pixels:
    """Return how much darker than its paper each pixel is, in shares of the paper's brightness (0–255)."""
    height, width = picture.shape
    size = (max(8, round(width / _REDUCTION)), max(8, round(height / _REDUCTION)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    ground = cv2.resize(paper(np.asarray(small, np.uint8)), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(cv2.subtract(ground, picture), ground, scale=255), np.uint8)
