"""Stamps of one line that lie across print: each as a picture of its coloured ink alone, upright and level.

The picture for recognition has such ink lifted (``overprint``, ``seals``), so that the print under it can be read; what
the stamp itself says is read from here.

1. Of a stamp's place only coloured ink is taken, and carried on across the black print that interrupts it; pen strokes
   beside its frame are left out.
2. The piece is turned as the page was, and levelled by the rectangle around it: a stamp is pressed by hand.
3. What is not of a stamp's size, or nearly as high as wide, is a seal or a signature.
4. The sides of a frame are erased, and the picture is blurred: sharp holes keep Tesseract from reading anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.decode import Pixels
from pipeline.imaging.pieces import Edges, find_pieces
from pipeline.imaging.recognition import upright_box
from pipeline.imaging.reduced import turn
from pipeline.model import Box, PageGeometry

STAMP_DPI = 200
_APART = 35
"""Levels between the lightest and the darkest channel of coloured ink."""
_CARRIED_ON = 7
"""px at 200 dpi of black print, about the thickness of a stem, across which coloured ink is carried on."""
_WIDE, _HIGH, _LEAST_SHAPE = (10.0, 75.0), (3.5, 32.0), 1.3
"""mm, and width to height."""
_FRAME, _FRAME_INKED = 1.6, 0.5
"""mm at each side that a frame takes up, and the share of the side that it has ink along."""
_MOST_OF_IT = 0.6
"""Share of the ink that lies in a frame, from which the rest is somebody's pen beside it."""
_SOFT = 1.0
_RIM = 24
"""px: the blur, and the white around the picture."""
_WHITE = 255


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp's ink as dark on white (uint8, height × width, at ``STAMP_DPI``), and its ``box`` on the upright page."""

    picture: Pixels
    box: Box
    framed: bool


def stamps(rgb: Pixels, places: Sequence[Edges], geometry: PageGeometry) -> tuple[Stamp, ...]:
    """Return what may be a stamp of one line at ``places`` (px of the stored image)."""
    return tuple(stamp for place in places for stamp in _stamp(rgb, place, geometry))


def _stamp(rgb: Pixels, place: Edges, geometry: PageGeometry) -> Iterator[Stamp]:
    dpi = geometry.dpi[::-1] if geometry.quarter_turns % 2 else geometry.dpi
    long, short = (side / 25.4 * max(dpi) for side in (max(_WIDE[1], _HIGH[1]), _HIGH[0]))
    left, top, right, bottom = place
    if min(right - left, bottom - top) < short / 2 or max(right - left, bottom - top) > 1.5 * long:
        return
    ink = _ink(rgb[top:bottom, left:right], (STAMP_DPI / dpi[0], STAMP_DPI / dpi[1]))
    level = _level(turn(ink, geometry.quarter_turns) if geometry.quarter_turns else ink)
    mm = STAMP_DPI / 25.4
    height, width = level.shape
    if not (_WIDE[0] <= width / mm <= _WIDE[1] and _HIGH[0] <= height / mm <= _HIGH[1]):
        return
    if width < _LEAST_SHAPE * height:
        return
    inner, framed = _without_frame(level, round(_FRAME * mm))
    picture = cv2.GaussianBlur(cv2.copyMakeBorder(inner, *(_RIM,) * 4, cv2.BORDER_CONSTANT, value=0), (0, 0), _SOFT)
    yield Stamp(np.asarray(_WHITE - picture, np.uint8), upright_box(place, geometry), framed)


def _ink(rgb: Pixels, scale: tuple[float, float]) -> Pixels:
    """Return where coloured ink is (255) at 200 dpi, carried on across what black print hides of it."""
    size = (max(8, round(rgb.shape[1] * scale[0])), max(8, round(rgb.shape[0] * scale[1])))
    red, green, blue = cv2.split(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA))
    light = cv2.max(cv2.max(red, green), blue)
    apart = cv2.subtract(light, cv2.min(cv2.min(red, green), blue))
    _, ink = cv2.threshold(apart, _APART, _WHITE, cv2.THRESH_BINARY)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_CARRIED_ON, _CARRIED_ON), np.uint8))
    _, black = cv2.threshold(light, float(np.percentile(light, 90)) / 2, _WHITE, cv2.THRESH_BINARY_INV)
    return _framed(np.asarray(cv2.bitwise_or(ink, cv2.bitwise_and(closed, black)), np.uint8))


def _framed(ink: Pixels) -> Pixels:
    """Return the ink in the box of its largest piece when that holds most of it, else all."""
    pieces = find_pieces(np.asarray(ink > 0).view(np.uint8))
    if len(pieces) < 2:
        return ink
    within = ink[pieces.place(int(np.argmax(pieces.width * pieces.height)))]
    return within if cv2.countNonZero(within) >= _MOST_OF_IT * pieces.ink.size else ink


def _level(ink: Pixels) -> Pixels:
    """Return the ink cut to the rectangle around it, wide side level."""
    points = cv2.findNonZero(ink)
    if points is None:
        return ink[:0]
    (x, y), (across, down), angle = cv2.minAreaRect(points)
    if angle > 45:
        angle, across, down = angle - 90, down, across
    if angle < -45:
        angle, across, down = angle + 90, down, across
    size = (max(1, round(across)), max(1, round(down)))
    matrix = cv2.getRotationMatrix2D((x, y), angle, 1.0)
    matrix[:, 2] += np.array([size[0] / 2 - x, size[1] / 2 - y])
    return np.asarray(cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)


def _without_frame(ink: Pixels, band: int) -> tuple[Pixels, bool]:
    """Return the ink with the sides of a frame erased, and whether it has one: ink along all four sides."""
    sides = (ink[:band], ink[-band:], ink[:, :band].T, ink[:, -band:].T)
    inked = [float((side > _WHITE // 2).any(axis=0).mean()) >= _FRAME_INKED for side in sides]
    if not all(inked):
        return ink, False
    inner = np.zeros_like(ink)
    inner[band:-band, band:-band] = ink[band:-band, band:-band]
    return inner, True
