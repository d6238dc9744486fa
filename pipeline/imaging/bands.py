"""Light print on dark bands, as in the heads of tables and leaflets: turned into dark print on paper.

The engine reads dark print only (its own pass over inverted text costs a tenth of the time on every page), and a
wide band passes for the paper when the paper's shade is estimated.  So bands are looked for first.

1. On the page at a quarter of its size a band is darker than ``_DARK`` of the paper.  What is solid over 1.5 mm each
   way is no stroke of print; closed across the letters it fills its box.  What touches the edge of the page is a lid,
   a border or a shadow.
2. It is turned only when its holes hold print: at least ``_FEWEST`` of letters' size whose feet stand on one line.
   A photograph, a barcode, a seal and a blackened place stay as they are.

Four drawn pages with bands in blue, black, gray and red at 300 dpi: of 112 words on the bands 1 was read before and 109
are now.  On 208 real and sample pages three bands were turned, all of them bands of print; 3 ms a page.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.decode import Pixels
from pipeline.imaging.pieces import Pieces, find_pieces
from pipeline.imaging.shrink import shrunk

_STEP = 4
_DARK = 0.62
"""Share of the paper's brightness."""
_PAPER = 85.0
"""Percentile of the page's pixels that is taken for its paper."""
_SOLID, _CLOSED = 1.5, 7.0
"""mm: of a band above and under its letters, and the letters between."""
_WIDE, _HIGH = 12.0, 4.0
"""mm."""
_FILLED = 0.9
_LETTER_HIGH, _LETTER_WIDE = (1.2, 9.0), 14.0
"""mm."""
_SLIMMEST = 0.2
"""Width to height of a letter: the gaps of a barcode are slimmer."""
_FEWEST, _FEET = 3, 0.25
"""Letters, and how far their feet may be apart in shares of their height."""
_RIM = 5
"""px: the soft edge of a band, which would leave a frame."""


def with_bands_turned(level: Pixels, dpi: float) -> Pixels:
    """Return an upright gray page with the light print on dark bands turned into dark print on paper.

    ``level`` itself may be the page as stored, which the archive keeps: it stays as it is.
    """
    small = shrunk(level, _STEP)
    paper = float(np.percentile(small[::4, ::4], _PAPER))
    mm = dpi / 25.4
    dark = np.asarray(small < _DARK * paper).view(np.uint8)
    solid = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, _square(_SOLID * mm / _STEP)), np.uint8)
    if not cv2.countNonZero(solid):
        return level
    bands = find_pieces(_closed(solid, _square(_CLOSED * mm / _STEP)))
    big = (bands.width * _STEP >= _WIDE * mm) & (bands.height * _STEP >= _HIGH * mm)
    inside = (bands.left > 0) & (bands.top > 0) & (bands.right < small.shape[1]) & (bands.bottom < small.shape[0])
    filled = bands.area >= _FILLED * bands.width * bands.height
    found = bands.numbers(big & inside & filled)
    page = level.copy() if found else level
    for number in found:
        rows, columns = bands.place(number)
        around = [slice(max(0, (side.start - 1) * _STEP), (side.stop + 1) * _STEP) for side in (rows, columns)]
        _turn(page[around[0], around[1]], paper, mm)
    return page


def _square(side: float) -> Pixels:
    return np.ones((round(side), round(side)), np.uint8)


def _closed(mask: Pixels, element: Pixels) -> Pixels:
    """Return ``mask`` closed; the border that OpenCV thinks of beyond the page neither adds to it nor takes away."""
    rim = element.shape[0]
    framed = cv2.copyMakeBorder(mask, rim, rim, rim, rim, cv2.BORDER_CONSTANT, value=0)
    return np.ascontiguousarray(cv2.morphologyEx(framed, cv2.MORPH_CLOSE, element)[rim:-rim, rim:-rim])


def _turn(patch: Pixels, paper: float, mm: float) -> None:
    """Turn one band, a view of the page with a little of what is around it, when there is print on it."""
    ground = float(np.median(patch))
    if ground > _DARK * paper:
        return
    light = find_pieces(np.asarray(patch > (ground + paper) / 2).view(np.uint8))
    outside = (light.left == 0) | (light.top == 0) | (light.right == patch.shape[1]) | (light.bottom == patch.shape[0])
    outside[0] = False
    if not _is_print(light, ~outside, mm):
        return
    around = light.where(outside)
    rim = cv2.dilate(around, np.ones((_RIM, _RIM), np.uint8))
    table = np.arange(256, dtype=np.float32)
    turned = cv2.LUT(patch, np.clip(paper - (table - ground) * paper / (paper - ground), 0, paper).astype(np.uint8))
    turned[rim > 0] = round(paper)
    patch[:] = np.where(around, patch, turned)


def _is_print(pieces: Pieces, wanted: NDArray[np.bool_], mm: float) -> bool:
    """Tell whether enough of the ``wanted`` pieces are letters that stand on one line."""
    least, most = _LETTER_HIGH
    letters = wanted & (pieces.height >= least * mm) & (pieces.height <= most * mm)
    letters &= (pieces.width <= _LETTER_WIDE * mm) & (pieces.width >= _SLIMMEST * pieces.height)
    letters[0] = False
    feet = np.sort(pieces.bottom[letters])
    if feet.size < _FEWEST:
        return False
    apart = feet[_FEWEST - 1 :] - feet[: 1 - _FEWEST]
    return bool(apart.min() <= _FEET * float(np.median(pieces.height[letters])))
