"""A page in gray with its red seals gone, and the print under them kept.

1. Red is where the red channel stands clear of green and blue.  Seals are patches of red, once their gaps are closed,
   that are 15 to 65 mm both ways and at most twice as wide as high (arrival stamps are 42 × 24).  Other red print is
   text and stays.
2. Inside a seal, gray is taken from the red channel, in which red ink is nearly paper and black print stays black; what
   is still a little darker than the paper there is lifted to it.
3. The seal of a digital signature lies over the print and hides it: where its red cuts a stroke in two, the stroke is
   closed over the red.  Word errors of seven letters of 300 dpi: 8.80 % -> 8.31; 14 forms with ink seals lost nothing.
4. Other ink that lies over black print went before (``overprint``), whatever its colour and shape.

Dropping the red channel of whole pages took the character error rate of office pages from 1.41 % to 0.49 %, but it also
wiped out red titles, hence the shape test.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.decode import PixelImage, Pixels
from pipeline.imaging.overprint import lift_overprint
from pipeline.imaging.pieces import Edges, find_pieces

_RED_STEP = 45
"""Levels by which red stands clear of the other channels in the ink of a seal, at about 100 dpi."""
_NEAR_STEP = 25
_LEAST, _MOST, _LONGEST_SHAPE = 15.0, 65.0, 2.0
_GAP = 3.0
_MARGIN = 2.0
"""mm."""
_PRINT = 0.62
"""Share of the paper's red below which a pixel under the seal is print."""
_CUT = 0.42
"""mm: what is closed of a stroke; a seal's lines are about as wide.  0.76 (8.21 %) is as wide as small letters."""


def gray_without_seals(image: PixelImage, dpi: float) -> tuple[Pixels, list[Edges]]:
    """Return the page in gray, height × width, and where stamps, seals and signatures were lifted from it.

    ``dpi`` and the places are those of the stored image.
    """
    if image.pixels.ndim == 2:
        return image.pixels, []
    gray = np.asarray(cv2.cvtColor(image.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    over_print = lift_overprint(image.pixels, gray, dpi)
    seals = _seals(image.pixels, dpi)
    for left, top, right, bottom in seals:
        patch = (slice(top, bottom), slice(left, right))
        gray[patch] = _mended(image.pixels[patch], _lift(image.pixels[patch], gray[patch]), dpi)
    return gray, seals + [place for place in over_print if not any(_middle_in(place, seal) for seal in seals)]


def _middle_in(place: Edges, seal: Edges) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return seal[0] <= x < seal[2] and seal[1] <= y < seal[3]


def _seals(rgb: Pixels, dpi: float) -> list[Edges]:
    """Return the boxes of the seals."""
    step = max(1, round(dpi / 100))
    mm = dpi / step / 25.4
    red, green, blue = cv2.split(np.ascontiguousarray(rgb[step // 2 :: step, step // 2 :: step]))
    is_red = (cv2.subtract(red, cv2.max(green, blue)) > _RED_STEP).view(np.uint8)
    if is_red.sum() < 50:
        return []
    kernel = np.ones((int(_GAP * mm) | 1, int(_GAP * mm) | 1), np.uint8)
    pieces = find_pieces(np.asarray(cv2.morphologyEx(is_red, cv2.MORPH_CLOSE, kernel), np.uint8))
    margin = int(_MARGIN * mm)
    found: list[Edges] = []
    for left, top, width, height in pieces.boxes[1:].tolist():
        short, long = min(width, height), max(width, height)
        if short >= _LEAST * mm and long <= min(_MOST * mm, _LONGEST_SHAPE * short):
            box = (left - margin, top - margin, left + width + margin, top + height + margin)
            left, top, right, bottom = (max(0, side) * step for side in box)
            found.append((left, top, right, bottom))
    return found


def _lift(rgb: Pixels, gray: Pixels) -> Pixels:
    """Return the patch's gray with red ink lifted to the paper and print under it kept."""
    red, green, blue = cv2.split(np.ascontiguousarray(rgb))
    near = cv2.dilate((cv2.subtract(red, cv2.max(green, blue)) > _NEAR_STEP).view(np.uint8), np.ones((5, 5), np.uint8))
    paper = int(np.percentile(red, 90))
    lifted = np.where(red > _PRINT * paper, paper, red)
    lifted = np.maximum(gray, np.minimum(lifted, int(np.percentile(gray, 92))))
    return np.where(near > 0, lifted, gray).astype(np.uint8)


def _mended(rgb: Pixels, gray: Pixels, dpi: float) -> Pixels:
    """Return the lifted patch with strokes of print closed where red hides a part of them."""
    red, green, blue = cv2.split(np.ascontiguousarray(rgb))
    dark = (red < _PRINT * np.percentile(red, 90)).view(np.uint8)
    if not dark.any():
        return gray
    size = round(_CUT * dpi / 25.4) | 1
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    hidden = (closed > 0) & (cv2.subtract(red, cv2.max(green, blue)) > _RED_STEP)
    ink = np.uint8(np.median(gray[dark > 0]))
    return np.where(hidden, np.minimum(gray, ink), gray).astype(np.uint8)
