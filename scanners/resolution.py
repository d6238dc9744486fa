"""Whether a resolution can be believed, and which one to take when it cannot.

1. A page is believed when both resolutions lie between 50 and 2400 dpi (the finest real scanners), are within
   a factor of 3 of each other (fax machines scan 204 × 98), and make a sheet between 80 mm (a card has 85.6) and 1.3 m
   long.  Only above 1200 dpi, where stamps and films are scanned, it may be down to 30 mm.
2. Under 100 dpi, software defaults (72, 96) are more common than real scans: such a page is believed only up to
   A3 length.
3. Nor is it believed when it makes a sheet of no known format, while another resolution that scanners offer makes one
   of just A4, A5 or A3: 2480 × 3508 px with “200 dpi” would be 315 × 446 mm, and at 300 dpi are A4.
4. Otherwise the sheet is taken to be A4, A5 or A3, whichever brings the resolution nearest to one that
   scanners offer; A4 wins when it is about as near.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

_LOWEST, _HIGHEST = 50.0, 2400.0
_LARGEST_RATIO = 3.0
_SHORTEST_MM, _LONGEST_MM, _A3_MM = 80.0, 1300.0, 450.0
_FILM_DPI, _FILM_MM = 1200.0, 30.0
_DOUBTFUL_BELOW = 100.0
_SCANNER_DPI = (100, 150, 200, 240, 300, 400, 600)
_PAPERS_MM = ((210.0, 297.0), (148.0, 210.0), (297.0, 420.0))
_KNOWN_MM = (
    *((841.0, 1189.0), (594.0, 841.0), (420.0, 594.0), *_PAPERS_MM, (105.0, 148.0)),  # A0 to A6
    *((353.0, 500.0), (250.0, 353.0), (176.0, 250.0), (257.0, 364.0), (182.0, 257.0)),  # B3 to B5, B4 and B5 of Japan
    *((216.0, 279.0), (216.0, 356.0), (279.0, 432.0), (210.0, 330.0)),  # letter, legal, tabloid, F4
    *((297.0, 594.0), (210.0, 594.0), (297.0, 630.0)),  # strips of A3 and A4: plans, folded certificates laid open
    *((54.0, 85.6), (88.0, 125.0), (102.0, 152.0)),  # card, passport, photograph
)
_KNOWN_NEAR, _JUST = 0.03, 0.01
_A4_BONUS = 0.05
_SNAP = 0.03
"""A derived resolution this near (relative) to a scanner's own is that one: paper feeds and crops are not exact."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """(horizontal, vertical) dpi, whether the file said so believably, and what it said when it did not."""

    dpi: tuple[float, float]
    known: bool
    disbelieved: tuple[float, float] | None = None


def settle(stated: tuple[float, float] | None, width: int, height: int) -> Resolution:
    """Return ``stated`` when it makes a plausible sheet of ``width`` × ``height`` px, else a derived resolution."""
    if stated is not None and _believable(stated, width, height):
        return Resolution((round(stated[0], 3), round(stated[1], 3)), known=True)
    derived = _derive(width, height)
    return Resolution((derived, derived), known=False, disbelieved=_said(stated))


def _said(stated: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return what was stated in numbers that can be told, None when it says nothing (0, 1 dpi for “none”)."""
    if stated is None or not all(1.0 < value < 100_000.0 for value in stated):
        return None
    return round(stated[0], 3), round(stated[1], 3)


def _believable(dpi: tuple[float, float], width: int, height: int) -> bool:
    low, high = min(dpi), max(dpi)
    if not all(map(isfinite, dpi)) or low < _LOWEST or high > _HIGHEST or high > low * _LARGEST_RATIO:
        return False
    sides = sorted((width / dpi[0] * 25.4, height / dpi[1] * 25.4))
    shortest = _FILM_MM if low > _FILM_DPI else _SHORTEST_MM
    if not shortest <= sides[1] <= (_A3_MM if low < _DOUBTFUL_BELOW else _LONGEST_MM):
        return False
    return _is_one_of(sides, _KNOWN_MM, _KNOWN_NEAR) or not _is_paper_at_another(width, height)


def _is_one_of(sides: list[float], formats: tuple[tuple[float, float], ...], near: float) -> bool:
    return any(
        all(abs(side / wanted - 1) <= near for side, wanted in zip(sides, paper, strict=True)) for paper in formats
    )


def _is_paper_at_another(width: int, height: int) -> bool:
    """Tell whether a resolution that scanners offer makes just A4, A5 or A3 of the page."""
    pixels = sorted((width, height))
    return any(_is_one_of([side / dpi * 25.4 for side in pixels], _PAPERS_MM, _JUST) for dpi in _SCANNER_DPI)


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
