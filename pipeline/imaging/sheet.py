"""Where the sheet lies in the scan, when the scanner's dark lid or a black border shows around it.

1. At 25 dpi, with print closed away, the lid is what borders on the edge of the scan, is clearly darker
   than the sheet and of one level.  Where no edge of the scan is dark there is no lid, and nothing more is done.
2. The sheet is the largest piece that is no lid.  It must fill the smallest turned rectangle around it: then its edges
   are straight.  It must be bright right behind its edge: the shadow of a bound file fades.
3. Nothing but lid may lie outside: a second sheet, a card beside it, print or a label on what only looks like a lid is
   content, and then the page is not cropped.
4. On the upright, level page the crop is the box around the sheet and 0.5 mm more.  Sides that stand back less than
   2.5 mm stay.  The scan itself stays whole: the crop only says what is shown (``PageGeometry.crop``).

A light lid is left alone: at the same brightness a sheet on the glass, a card copied onto a sheet and a picture with a
white margin look alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.reduced import REDUCED_DPI, Reduced
from pipeline.model import Box, PageGeometry

_STEP = 4
_MM = REDUCED_DPI / _STEP / 25.4
_PRINT = 5
"""px at 100 dpi: strokes thinner than this are closed away."""
_DARK = 0.72
"""Share of the sheet's brightness below which the lid must lie; shadows and tinted paper stay above it."""
_LEVEL_REACH = 24
"""Levels that the lid's own brightness may vary: its noise, and light falling in at the sheet's edge."""
_LEAST_RIM = 0.06
"""Share of the scan's rim that must be lid: one narrow strip along a side has a quarter of it."""
_LEAST_SHEET = 0.12
"""Share of the scan: an A7 slip on A4 glass."""
_FILLED = 0.965
_STEEP = (1, 2)
"""px at 25 dpi behind the edge where the sheet is looked at."""
_AS_BRIGHT, _STEEP_SHARE = 0.85, 0.8
_STRAY = 3.0
"""mm²; dust on the lid is smaller."""
_LEAST_STRIP, _MARGIN = 2.5, 0.5
"""mm."""

Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the sheet is: ``mask`` (25 dpi, 0 or 1) and its outline, N × 2 shares of the scan's width and height."""

    mask: Mask
    outline: NDArray[np.float64]

    def only(self, page: Reduced) -> Reduced:
        """Return ``page`` with bare paper in place of the lid and of what seems to be ink on the sheet's very edge."""
        inner = cv2.erode(self.mask, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_REPLICATE)
        size = page.ink.shape[::-1]
        inside = np.asarray(cv2.resize(inner, size, interpolation=cv2.INTER_NEAREST) > 0, np.bool_)
        gray = np.where(inside, page.gray, np.uint8(np.median(page.gray[inside])))
        return replace(page, gray=gray, ink=page.ink & inside, letters=page.letters & inside)


def find_sheet(page: Reduced) -> Sheet | None:
    """Return where the sheet lies, None when no lid shows around it or when that is not certain."""
    bright = float(np.percentile(page.gray[::16, ::16], 95))
    rim = np.concatenate([page.gray[side] for side in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1])])
    dark = rim[rim < _DARK * bright]
    if dark.size < _LEAST_RIM * rim.size:
        return None
    closed = cv2.dilate(page.gray, np.ones((_PRINT, _PRINT), np.uint8))
    light = np.asarray(cv2.medianBlur(closed[::_STEP, ::_STEP], 3), np.uint8)
    lid = _lid(light, float(np.median(dark)))
    mask = _largest(1 - lid)
    if mask is None or not (_is_rectangle(mask) and _is_steep(light, mask) and _nothing_outside(page, lid, mask)):
        return None
    (outline, *_), _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    corners = np.concatenate([outline[:, 0] + shift for shift in ((0, 0), (1, 0), (0, 1), (1, 1))])  # of whole px
    return Sheet(mask, corners / np.array(mask.shape[::-1], np.float64))


def crop(sheet: Sheet, turns: int, geometry: PageGeometry) -> Box | None:
    """Return the box of ``sheet`` in px of the level page, None when it is nearly the whole of it.

    ``geometry`` is the page's without a crop; ``turns`` are the clockwise turns to it from how the sheet was found.
    """
    x, y = sheet.outline.T
    x, y = ((x, y), (1 - y, x), (1 - x, 1 - y), (y, 1 - x))[turns % 4]
    width, height = geometry.width, geometry.height
    angle = np.radians(geometry.skew.applied)
    dx, dy = (x - 0.5) * width, (y - 0.5) * height
    x, y = width / 2 + dx * np.cos(angle) - dy * np.sin(angle), height / 2 + dx * np.sin(angle) + dy * np.cos(angle)
    across, down = (dpi / 25.4 for dpi in geometry.dpi)
    left, right = _sides(x, width, across)
    top, bottom = _sides(y, height, down)
    box = Box(left, top, right, bottom)
    return None if box == Box(0, 0, width, height) else box


def _sides(places: NDArray[np.float64], size: int, per_mm: float) -> tuple[int, int]:
    """Return from where to where the sheet reaches along one direction, in px of 0 to ``size``."""
    low, high = float(places.min()), float(places.max())
    start = max(0, int(low - _MARGIN * per_mm)) if low >= _LEAST_STRIP * per_mm else 0
    end = min(size, int(np.ceil(high + _MARGIN * per_mm))) if size - high >= _LEAST_STRIP * per_mm else size
    return start, end


def _lid(light: Mask, level: float) -> Mask:
    """Return what is as dark as the lid and hangs together with the edge of the scan: 1, elsewhere 0."""
    like = (np.abs(light.astype(np.float32) - level) <= _LEVEL_REACH).view(np.uint8)
    framed = cv2.copyMakeBorder(like, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=1)
    _, labels = cv2.connectedComponents(framed, connectivity=4)
    return np.asarray(labels == labels[0, 0], np.bool_)[1:-1, 1:-1].view(np.uint8)


def _largest(pieces: Mask) -> Mask | None:
    """Return the largest piece, its holes filled, or None when it is too small for a sheet."""
    opened = cv2.morphologyEx(pieces, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(np.asarray(opened, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return None
    outline = max(outlines, key=cv2.contourArea)
    mask = np.zeros(pieces.shape, np.uint8)
    cv2.drawContours(mask, [outline], -1, 1, cv2.FILLED)
    return mask if mask.mean() >= _LEAST_SHEET else None


def _is_rectangle(mask: Mask) -> bool:
    """Tell whether the piece fills the smallest turned rectangle around it, as far as that lies in the scan."""
    (outline, *_), _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    around = np.zeros_like(mask)
    cv2.fillConvexPoly(around, np.round(cv2.boxPoints(cv2.minAreaRect(outline))).astype(np.int32), 1)
    return float(mask.sum()) >= _FILLED * float(around.sum())


def _is_steep(light: Mask, mask: Mask) -> bool:
    """Tell whether the sheet is as bright as anywhere right behind its edge."""
    behind, inner = (
        cv2.erode(mask, np.ones((2 * px + 1,) * 2, np.uint8), borderType=cv2.BORDER_REPLICATE) for px in _STEEP
    )
    edge = light[behind > inner]
    return edge.size > 0 and float(np.mean(edge > _AS_BRIGHT * np.median(light[mask > 0]))) >= _STEEP_SHARE


def _nothing_outside(page: Reduced, lid: Mask, mask: Mask) -> bool:
    """Tell whether all that lies clear of the sheet is lid, without print on it."""
    clear = cv2.dilate(mask, np.ones((5, 5), np.uint8)) == 0
    ink = cv2.resize(page.ink.view(np.uint8), mask.shape[::-1], interpolation=cv2.INTER_AREA)
    strange = clear & ((lid == 0) | (ink > 0))
    return float(strange.sum()) < _STRAY * _MM * _MM
