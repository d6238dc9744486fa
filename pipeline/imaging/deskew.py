"""The angle of the text lines, and how sure it is.

1. The lower edges of the letters at 100 dpi (``reduced``, ``profile``) are projected at every half degree of ±15.5°,
   in rows of 2 px.  Rules and frames are left out, since a crooked picture frame must not tilt a level text, and so are
   letters on a card laid on the sheet (``cards``).  (Counting all ink where the letters have no clear angle served none
   of 27 real scans and turned empty grids, plans and photographs.)
2. The best angle is refined in soft rows of 1 px: the best of steps of 0.1°, then the middle of the peak around it,
   above nine tenths of its height.  The best of steps of 0.02° in plain rows was twice as far off (12 samples at five
   angles: 0.017° on average and 0.066° at worst, against 0.008° and 0.044°) and took level pages for 0.08° askew.
3. The confidence asks how far the peak stands above the median of the coarse scores.  Measured: 46 sample pages and 33
   real ones 1.95 to 4.3, one line 4.6; noise, photographs, plans and parcel maps at most 1.5, a wall of bricks 1.65.
4. The left and the right half of the page are scored by themselves, too, and the clearer peak counts.  Columns whose
   lines lie on different rows blur each other (a printed article: 1.57 whole, 2.04 by halves), and line up with each
   other at a wrong angle (lines 72 px apart, the right column 25 px lower: 1° off with full confidence).
5. It is 0 where one or two long straight edges make the whole peak (the rows that share the points number less than
   3; three lines of text have 3.8 and more), where there are fewer than 40 letters, such as the names of rooms on a
   plan, where the upper and the lower half of the page each lie at an angle of their own, and where all print is small
   and within the size of a card: a copy of one that shows neither its ground nor its edge.
6. Nothing is applied when unsure, at the ends of the range, or below 0.07°: that moves the end of a line by 0.25 mm,
   which no reader notices, and turning costs sharpness.  (Below 0.1°, pages of 0.11° to 0.15° stayed as they were.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.cards import without_cards
from pipeline.imaging.profile import Points, bottoms, rows_in_play, score, soft_score
from pipeline.imaging.reduced import REDUCED_DPI, Reduced
from pipeline.model import Skew

RANGE = 15.0
"""Degrees either way; a page that lies more crooked than this was not fed by a scanner."""
SMALLEST = 0.07
"""Degrees below which a page is left as it is."""
SURE = 0.5
"""Confidence from which the angle is taken out."""

_FEWEST_POINTS = 150
"""Edge pixels: about two words."""
_FEWEST_LETTERS = 40
"""A title and a signature have 46."""
_ENOUGH_POINTS = 8_000
"""Edge pixels that the coarse search looks at; a dense page has 35,000."""
_COARSE = np.arange(-RANGE - 0.5, RANGE + 0.51, 0.5)
_FINE = np.arange(-0.5, 0.51, 0.1)
_AROUND = np.arange(-0.3, 0.31, 0.05)
_PEAK_SHARE = 0.9
"""Part of the peak's height above which it is even to both sides."""
_NO_PEAK, _CLEAR_PEAK = 1.5, 2.0
"""Best coarse score over the median: confidence 0 and 1."""
_FEWEST_ROWS = 3.0
_HALVES_APART = 0.6
"""Degrees between the angles of the two halves from which they count as two things lying on one sheet."""
_HALF_REACH = 3.0
_HALF_POINTS = 700
"""Edge pixels of half a page below which its own angle is chance: a form with 55 letters lost its skew by it."""
_HALF_PEAK = 1.35
"""Best score over median from which half a page has an angle of its own."""
_CARD_MM = (84.0, 52.0)
"""Print on an ID-1 card, along and across its lines."""
_CARD_PRINT = 2.4
"""mm: median height of letters on a card, 1.8 to 2.1; print of 13 pt has 3.2."""


def measure(page: Reduced) -> Skew:
    """Return the skew of the text lines of a page whose lines run across (upright or upside down)."""
    points = bottoms(without_cards(page))
    if len(points) < _FEWEST_POINTS or page.heights.size < _FEWEST_LETTERS:
        return Skew(0.0, 0.0, 0.0)
    parts, coarse = max((_coarse(parts) for parts in ((points,), points.columns())), key=lambda found: _peak(found[1]))
    angle = float(_COARSE[coarse.argmax()])
    angle = _middle(parts, _best(parts, angle + _FINE))
    on_card = page.letter_height < _CARD_PRINT and _within_card(points, angle)
    confidence = 0.0 if on_card else _confidence(points, coarse, angle)
    takes = confidence >= SURE and SMALLEST <= abs(angle) <= RANGE
    angle = round(angle, 3)
    return Skew(angle, confidence, angle if takes else 0.0)


def _coarse(parts: Sequence[Points]) -> tuple[Sequence[Points], NDArray[np.float64]]:
    """Return ``parts`` with their scores at every coarse angle: how sharply each falls into rows of its own."""
    some = [part.thinned(_ENOUGH_POINTS // len(parts)) for part in parts]
    return parts, np.array([sum(score(part, angle, 2.0) for part in some) for angle in _COARSE])


def _peak(coarse: NDArray[np.float64]) -> float:
    return float(coarse.max() / np.median(coarse))


def _best(parts: Sequence[Points], angles: NDArray[np.float64]) -> float:
    return float(angles[_soft_scores(parts, angles).argmax()])


def _middle(parts: Sequence[Points], angle: float) -> float:
    """Return the centre of gravity of the top of the peak around ``angle``."""
    angles = angle + _AROUND
    scores = _soft_scores(parts, angles)
    weights = np.maximum(0.0, scores - _PEAK_SHARE * scores.max())
    return float((weights * angles).sum() / weights.sum())


def _soft_scores(parts: Sequence[Points], angles: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([sum(soft_score(part, angle) for part in parts) for angle in angles])


def _confidence(points: Points, coarse: NDArray[np.float64], angle: float) -> float:
    peak = _peak(coarse)
    if rows_in_play(points, angle) < _FEWEST_ROWS or _halves_disagree(points, angle):
        return 0.0
    return round(min(1.0, max(0.0, (peak - _NO_PEAK) / (_CLEAR_PEAK - _NO_PEAK))), 3)


def _within_card(points: Points, angle: float) -> bool:
    """Tell whether nearly all points lie in a piece of the size of a card, on a sheet that is larger both ways."""
    row = points.y + points.x * np.tan(np.radians(angle))
    sides = [np.subtract(*np.percentile(side, (98, 2))) * 25.4 / REDUCED_DPI for side in (points.x, row)]
    sheet = [side * 25.4 / REDUCED_DPI for side in (points.width, points.height)]
    return all(side <= card and 1.4 * card < whole for side, card, whole in zip(sides, _CARD_MM, sheet, strict=True))


def _halves_disagree(points: Points, angle: float) -> bool:
    """Tell whether the upper and the lower half, each clear by itself, lie at different angles."""
    nearby = angle + np.arange(-_HALF_REACH, _HALF_REACH + 0.01, 0.25)
    if len(points) < 2 * _HALF_POINTS:
        return False
    upper = points.y < np.median(points.y)
    found = []
    for side in (upper, ~upper):
        half = points.where(side).thinned(_ENOUGH_POINTS // 2)
        scores = np.array([score(half, a, 2.0) for a in nearby])
        if scores.max() / np.median(scores) < _HALF_PEAK:
            return False
        found.append(float(nearby[scores.argmax()]))
    return abs(found[0] - found[1]) > _HALVES_APART
