"""Which quarter turns make a page upright: seen in its own lines, and asked of the engine only when those leave doubt.

All on the letters at 100 dpi (``reduced``), no engine run on an ordinary page:

1. Axis.  The lower edges of the letters are projected across and along the page at angles up to ±12° (``profile``);
   text lines make the scores of their own direction peak and leave the other flat.  Measured best score over median:
   1.8–3.6 along the lines, 1.0–1.4 across them.
2. Up or down.  Letters stand on one base line, while their tops differ (ascenders, capitals, and in Vietnamese a mark
   on every second letter): the projection of the lower edges is sharper than that of the upper ones.  The
   logarithm of the ratio of the two scores was +0.03 to +0.29 on every upright page of 75 tried, and above +0.07 on
   those in Vietnamese.  It says nothing of capitals and digits, which are level on both sides (capitals without marks
   had −0.16 to −0.09 upright), so it does not count where the letters are nearly all of one height: 0.97 and more of
   them within 12 % in capitals and digits, 0.7 to 0.8 in capitals with marks, at most 0.66 in 80 pages of text.
   Nor does it count on fewer than 120 letters: a title and a signature had −0.19 upright.
3. Doubt.  With a ratio near 0, the densest part of the page is cut out at 200 dpi and read both ways, and along the
   other axis too when the axes are close; the way that reads clearly better wins.
4. No page is turned on its head by its lines alone: a register of like lines was, at a confidence of 0.82.  The part is
   read the way that the lines say, and the other way only when that does not read like text (46 pages read 82 to 96
   upright, 32 to 51 on their heads).
5. A page without text lines, or one that reads equally badly each way, stays as it is, with a low confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.profile import Points, bottoms, rows_in_play, score, tops
from pipeline.imaging.reduced import REDUCED_DPI, Reduced, turn
from pipeline.model import Orientation

Readability = Callable[[NDArray[np.uint8], int], float]
"""Takes a gray picture and its dpi, tells how much like upright text it reads, 0–100 (``OcrEngine.readability``)."""

SURE = 0.5
"""Confidence from which a person need not look."""

_FEWEST_POINTS = 100
_ENOUGH_POINTS = 8_000
_COARSE = np.arange(-12.0, 12.01, 0.5)
_LINES = 1.7
"""Best score over median from which a direction is taken for that of text lines; parcel maps have up to 1.66."""
_AXIS_LEAD = 1.25
"""How many times clearer one axis must be than the other to need no second opinion."""
_CLEAR_LEAN, _FULL_LEAN = 0.06, 0.12
"""Log ratio of lower to upper edge scores: sure, and fully sure."""
_SURE_LETTERS = 120
"""About four lines of text, below which the lean is chance."""
_ONE_HEIGHT = 0.7
"""Share of letters of one height from which the lean is that of capitals or digits."""
_SAME_HEIGHT = 0.12
_SURE_ROWS = 6.0
"""Rows that share the edges (``profile.rows_in_play``) below which it is, too: one or two lines, however large."""
_SAMPLE_DPI = 200
_SAMPLE_MM = (110, 70)
"""Size of the part that is read in doubt, along and across the lines."""
_CLEAR_LEAD, _FULL_LEAD = 12.0, 40.0
"""Readability points between the best way and the next: sure, and fully sure."""
_READABLE = 45.0
"""Readability below which nothing was read, whichever way is ahead."""
_CLEARLY_READ, _UPSIDE_DOWN = 75.0, 51.0
"""Readability from which text is upright beyond doubt, and the best that upright text had on its head."""


def detect(page: Reduced, gray: NDArray[np.uint8], judge: Readability | None = None) -> Orientation:
    """Return the clockwise quarter turns that make ``page`` upright.

    ``gray`` is the same page at its own resolution; it is looked at only when in doubt.
    """
    angle_across, across = _lines(bottoms(page.letters))
    angle_along, along = _lines(bottoms(turn(page.letters, 1)))
    if max(across, along) < _LINES:
        return Orientation(0, 0.0)
    sideways = along > across
    angle = angle_along if sideways else angle_across
    lean = _lean(page.turned(1) if sideways else page, angle)
    turns = (1 if sideways else 0) + (2 if lean < 0 else 0)
    close = max(across, along) < _AXIS_LEAD * min(across, along)
    clear = abs(lean) >= _CLEAR_LEAN and not close
    if clear and (lean > 0 or judge is None):
        return Orientation(turns, round(min(1.0, abs(lean) / _FULL_LEAN), 3))
    if judge is None:
        return Orientation(turns if abs(lean) >= _CLEAR_LEAN else 0, 0.25)
    angles = (angle_across, angle_along)

    def readability(quarters: int) -> float:
        return judge(_sample(page, gray, quarters, angles[quarters % 2]), _SAMPLE_DPI)

    known = {turns: readability(turns)} if clear else {}
    if known and known[turns] >= _CLEARLY_READ:
        return Orientation(turns, _lead(known[turns], _UPSIDE_DOWN))
    candidates = (0, 1, 2, 3) if close else ((1, 3) if sideways else (0, 2))
    asked = _best(known | {t: readability(t) for t in candidates if t not in known})
    return Orientation(turns, 0.25) if clear and asked.confidence == 0 else asked


def _lines(points: Points) -> tuple[float, float]:
    """Return the angle at which the points fall best into rows, and how clear that is."""
    if len(points) < _FEWEST_POINTS:
        return 0.0, 0.0
    some = points.thinned(_ENOUGH_POINTS)
    scores = np.array([score(some, angle, 2.0) for angle in _COARSE])
    return float(_COARSE[scores.argmax()]), float(scores.max() / np.median(scores))


def _lean(page: Reduced, angle: float) -> float:
    """Return how much sharper the lower edges line up than the upper ones: positive when upright, 0 when chance."""
    if page.heights.size < _SURE_LETTERS or _one_height(page.heights) > _ONE_HEIGHT:
        return 0.0
    lower, upper = bottoms(page.letters), tops(page.letters)
    near = angle + np.arange(-0.6, 0.61, 0.1)
    best = float(near[np.argmax([score(lower, a) + score(upper, a) for a in near])])
    if rows_in_play(lower, best) < _SURE_ROWS:
        return 0.0
    return float(np.log(score(lower, best) / score(upper, best)) + 2 * np.log(len(upper) / len(lower)))


def _one_height(heights: NDArray[np.int32]) -> float:
    """Return the share of the letters that are as high as most are, within 12 % (at least 1 px)."""
    counts = np.bincount(heights)
    common = int(np.convolve(counts, np.ones(3), "same").argmax())
    reach = max(1, round(_SAME_HEIGHT * common))
    return float(counts[common - reach : common + reach + 1].sum() / heights.size)


def _best(readings: Mapping[int, float]) -> Orientation:
    """Return the quarter turns that read best, and how sure that is."""
    best, second = sorted(readings.values(), reverse=True)[:2]
    if best < _READABLE or best - second < _CLEAR_LEAD:
        return Orientation(0, 0.0)
    return Orientation(max(readings, key=readings.__getitem__), _lead(best, second))


def _lead(best: float, second: float) -> float:
    """Return how sure a reading is of which another way has the readability ``second``."""
    return round(min(1.0, SURE + (best - second - _CLEAR_LEAD) / (2 * _FULL_LEAD)), 3)


def _sample(page: Reduced, gray: NDArray[np.uint8], turns: int, angle: float) -> NDArray[np.uint8]:
    """Cut out the part with the most letters after ``turns``, levelled, at 200 dpi."""
    letters = page.turned(turns).letters
    height, width = letters.shape
    wide, high = (
        min(side, round(mm / 25.4 * REDUCED_DPI)) for side, mm in zip((width, height), _SAMPLE_MM, strict=True)
    )
    mass = cv2.boxFilter(letters.astype(np.float32), -1, (wide, high), normalize=False, borderType=cv2.BORDER_CONSTANT)
    inner = mass[high // 2 : height - (high - 1) // 2, wide // 2 : width - (wide - 1) // 2]
    top, left = np.unravel_index(int(inner.argmax()), inner.shape)
    turned = np.rot90(gray, -turns)
    down, across = turned.shape[0] / height, turned.shape[1] / width
    part = turned[int(top * down) : int((top + high) * down), int(left * across) : int((left + wide) * across)]
    size = (round(wide * _SAMPLE_DPI / REDUCED_DPI), round(high * _SAMPLE_DPI / REDUCED_DPI))
    picture = cv2.resize(np.ascontiguousarray(part), size, interpolation=cv2.INTER_AREA)
    level = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), -angle, 1.0)
    return np.asarray(cv2.warpAffine(picture, level, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)
