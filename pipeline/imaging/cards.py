"""Cards laid on the sheet: how their lines lie says nothing about how the sheet lies.

Identity cards are copied as they fall onto the glass, one or two to a sheet.  Their print is small, level to the card
and all there is, so a page of them would be turned by the card's angle, and its edges and stamps put askew.

1. At 25 dpi a card is a patch whose ground is darker or lighter than the sheet's, or a frame: a long piece of ink that
   is no letter.
2. The smallest turned rectangle around its outline is as large as an ID-1 card (85.6 × 54 mm, ISO/IEC 7810) and nearly
   filled by the outline.
3. Letters inside do not count for the skew.  (Copies without ground or frame are seen by ``deskew``: small print, all
   of it within the size of a card.)
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.reduced import REDUCED_DPI, Reduced

_STEP = 4
_MM = REDUCED_DPI / _STEP / 25.4
_LONG, _SHORT = (79.0, 93.0), (48.5, 60.5)
"""mm, with 6 to 7 mm for the blur of the ground and for scans that are not quite to scale."""
_FILLED = 0.85
_GROUND_STEP = 7
"""Levels between the sheet's ground and the card's; a guilloche in light print has 10 to 40."""
_MOST_LETTERS = 32_000
"""px at 100 dpi: four cards.  A page with more print than that has lines of its own; looking would cost it 3 ms."""
_RIM = 3
"""px at 25 dpi: 3 mm, so that letters on the card's edge go with it."""


def without_cards(page: Reduced) -> NDArray[np.bool_]:
    """Return the page's letters that do not lie on a card, height × width."""
    if np.count_nonzero(page.letters) > _MOST_LETTERS:
        return page.letters
    cards = _cards(page)
    if not cards.any():
        return page.letters
    height, width = page.letters.shape
    return np.asarray(page.letters & ~(cv2.resize(cards, (width, height)) > 0), np.bool_)


def _cards(page: Reduced) -> NDArray[np.uint8]:
    """Return where cards lie, at 25 dpi: 1 on a card, 0 elsewhere."""
    ground = np.asarray(cv2.medianBlur(cv2.add(page.gray[::_STEP, ::_STEP], page.depth[::_STEP, ::_STEP]), 3), np.uint8)
    common = np.bincount(ground.ravel(), minlength=256).argmax()
    patches = np.abs(ground.astype(np.int16) - common) > _GROUND_STEP
    height, width = ground.shape
    frames = (page.ink ^ page.letters).view(np.uint8)
    spread = cv2.dilate(frames, np.ones((_STEP, _STEP), np.uint8))  # else every fourth pixel would miss thin frames
    drawn = cv2.resize(spread, (width, height), interpolation=cv2.INTER_NEAREST)
    found = np.zeros((height, width), np.uint8)
    for mask in (np.asarray(drawn, np.uint8), patches.view(np.uint8)):
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            if _is_card(np.asarray(outline, np.int32)):
                cv2.drawContours(found, [outline], -1, 1, cv2.FILLED)
    return np.asarray(cv2.dilate(found, np.ones((2 * _RIM + 1,) * 2, np.uint8)), np.uint8) if found.any() else found


def _is_card(outline: NDArray[np.int32]) -> bool:
    _, sides, _ = cv2.minAreaRect(outline)
    short, long = (side / _MM + 1 / _MM for side in sorted(sides))
    if not (_SHORT[0] <= short <= _SHORT[1] and _LONG[0] <= long <= _LONG[1]):
        return False
    return bool(cv2.contourArea(outline) >= _FILLED * sides[0] * sides[1])
