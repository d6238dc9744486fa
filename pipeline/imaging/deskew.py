"""The angle of the text lines, and how sure it is.

1. The lower edges of the letters at 100 dpi (``reduced``, ``profile``) are projected at every half degree of ±15.5°,
   in rows of 2 px.  Rules and frames are left out: a crooked picture frame must not tilt a level text.  Only where
   the letters have no clear angle (handwriting grown together with its lines) does all ink count.
2. The best angle is refined in rows of 1 px: steps of 0.1°, then of 0.02°.
3. The confidence asks how far the peak stands above the median of the coarse scores.  Measured: pages of text, forms
   and tables 1.8 to 6.4, three lines of text 2.1, noise, photographs and drawings at most 1.5.
4. The left and the right half of the page are scored by themselves, too, and the clearer peak counts.  Columns whose
   lines lie on different rows blur each other (a printed article: 1.57 whole, 2.04 by halves), and line up with each
   other at a wrong angle (lines 72 px apart, the right column 25 px lower: 1° off with full confidence).
5. It is 0 where one or two long straight edges make the whole peak (the rows that share the points number less than
   3; three lines of text have 3.8 and more), and where the upper and the lower half of the page each lie at an angle
   of their own, such as two identity cards copied onto one sheet.
6. Nothing is applied when unsure, at the ends of the range, or below 0.1°: that moves the end of a line by 0.3 mm,
   which no reader notices, and turning costs sharpness.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.profile import Points, bottoms, rows_in_play, score
from pipeline.imaging.reduced import Reduced
from pipeline.model import Skew

RANGE = 15.0
"""Degrees either way; a page that lies more crooked than this was not fed by a scanner."""
SMALLEST = 0.1
"""Degrees below which a page is left as it is."""
SURE = 0.5
"""Confidence from which the angle is taken out."""

_FEWEST_POINTS = 150
"""Edge pixels: about two words."""
_ENOUGH_POINTS = 8_000
"""Edge pixels that the coarse search looks at; a dense page has 35,000."""
_COARSE = np.arange(-RANGE - 0.5, RANGE + 0.51, 0.5)
_FINE_STEPS = ((0.1, 5), (0.02, 6))
"""Step in degrees, and how many steps to either side."""
_NO_PEAK, _CLEAR_PEAK = 1.35, 2.0
"""Best coarse score over the median: confidence 0 and 1."""
_FEWEST_ROWS = 3.0
_HALVES_APART = 0.6
"""Degrees between the angles of the two halves from which they count as two things lying on one sheet."""
_HALF_REACH = 3.0


def measure(page: Reduced) -> Skew:
    """Return the skew of the text lines of a page whose lines run across (upright or upside down)."""
    skew = _measure(bottoms(page.letters))
    return skew if skew.confidence >= SURE else max(skew, _measure(bottoms(page.ink)), key=lambda s: s.confidence)


def _measure(points: Points) -> Skew:
    if len(points) < _FEWEST_POINTS:
        return Skew(0.0, 0.0, 0.0)
    parts, coarse = max((_coarse(parts) for parts in ((points,), points.columns())), key=lambda found: _peak(found[1]))
    angle = float(_COARSE[coarse.argmax()])
    for step, reach in _FINE_STEPS:
        angle = _best(parts, angle + step * np.arange(-reach, reach + 1, dtype=np.float64))
    confidence = _confidence(points, coarse, angle)
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
    return float(angles[np.argmax([sum(score(part, angle) for part in parts) for angle in angles])])


def _confidence(points: Points, coarse: NDArray[np.float64], angle: float) -> float:
    peak = _peak(coarse)
    if rows_in_play(points, angle) < _FEWEST_ROWS or _halves_disagree(points, angle):
        return 0.0
    return round(min(1.0, max(0.0, (peak - _NO_PEAK) / (_CLEAR_PEAK - _NO_PEAK))), 3)


def _halves_disagree(points: Points, angle: float) -> bool:
    """Tell whether the upper and the lower half, each clear by itself, lie at different angles."""
    nearby = angle + np.arange(-_HALF_REACH, _HALF_REACH + 0.01, 0.25)
    upper = points.y < np.median(points.y)
    found = []
    for side in (upper, ~upper):
        half = points.where(side).thinned(_ENOUGH_POINTS // 2)
        scores = np.array([score(half, a, 2.0) for a in nearby])
        if scores.max() / np.median(scores) < _NO_PEAK:
            return False
        found.append(float(nearby[scores.argmax()]))
    return abs(found[0] - found[1]) > _HALVES_APART
