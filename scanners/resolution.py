"""Whether a resolution can be believed, and which one to take when it cannot.

1. A page is believed when both resolutions lie between 50 and 2400 dpi (the finest real scanners), are within
   a factor of 3 of each other (fax machines scan 204 × 98), and make a sheet between 30 mm and 1.3 m long.
2. Under 100 dpi, software defaults (72, 96) are more common than real scans: such a page is believed only up to
   A3 length.
3. Otherwise the sheet is taken to be A4, A5 or A3, whichever brings the resolution nearest to one that
   scanners offer; A4 wins when it is about as near.
"""

from __future__ import annotations

from dataclasses import dataclass

_LOWEST, _HIGHEST = 50.0, 2400.0
_LARGEST_RATIO = 3.0
_SHORTEST_MM, _LONGEST_MM, _A3_MM = 30.0, 1300.0, 450.0
_DOUBTFUL_BELOW = 100.0
_SCANNER_DPI = (100, 150, 200, 240, 300, 400, 600)
_PAPERS_MM = ((210.0, 297.0), (148.0, 210.0), (297.0, 420.0))
_A4_BONUS = 0.05
_SNAP = 0.03
"""A derived resolution this near (relative) to a scanner's own is that one: paper feeds and crops are not exact."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """(horizontal, vertical) dpi, and whether the file said so believably."""

    dpi: tuple[float, float]
    known: bool


def settle(stated: tuple[float, float] | None, width: int, height: int) -> Resolution:
    """Return ``stated`` when it makes a plausible sheet of ``width`` × ``height`` px, else a derived resolution."""
    if stated is not None and _believable(stated, width, height):
        return Resolution((round(stated[0], 3), round(stated[1], 3)), known=True)
    derived = _derive(width, height)
    return Resolution((derived, derived), known=False)


def _believable(dpi: tuple[float, float], width: int, height: int) -> bool:
    low, high = min(dpi), max(dpi)
    if low < _LOWEST or high > _HIGHEST or high > low * _LARGEST_RATIO:
        return False
    longest = max(width / dpi[0], height / dpi[1]) * 25.4
    return _SHORTEST_MM <= longest <= (_A3_MM if low < _DOUBTFUL_BELOW else _LONGEST_MM)


def _derive(width: int, height: int) -> float:
    short, long = sorted((width, height))
    best, best_score = 0.0, float("inf")
    for number, (paper_short, paper_long) in enumerate(_PAPERS_MM):
        dpi = max(short / paper_short, long / paper_long) * 25.4
        nearest = min(_SCANNER_DPI, key=lambda offered: abs(dpi / offered - 1))
        distance = abs(dpi / nearest - 1)
        score = distance + (_A4_BONUS if number else 0.0)
        if score < best_score:
            best, best_score = (float(nearest) if distance <= _SNAP else dpi), score
    return round(min(_HIGHEST, max(_LOWEST, best)), 3)
