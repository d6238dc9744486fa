"""Believable resolutions are kept, others make a sheet of paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.resolution import settle

SIDES = st.integers(1, 40_000)


@pytest.mark.parametrize(
    ("stated", "size"),
    [
        ((200, 200), (1654, 2339)),
        ((300, 300), (1748, 2480)),
        ((600, 600), (4960, 7016)),
        ((2400, 2400), (4000, 2864)),
        ((204, 98), (1728, 1145)),
        ((300, 300), (9933, 14043)),
        ((96, 96), (794, 1123)),
        ((72, 72), (595, 842)),
    ],
    ids=["A4", "A5", "A4 fine", "stamp", "fax", "A0 map", "screen A4", "coarse A4"],
)
def test_what_scanners_say_is_believed(stated: tuple[float, float], size: tuple[int, int]) -> None:
    assert settle(stated, *size).dpi == stated and settle(stated, *size).known


@pytest.mark.parametrize(
    ("size", "dpi"),
    [
        ((1654, 2339), 200),
        ((2339, 1654), 200),
        ((2480, 3508), 300),
        ((1240, 1754), 150),
        ((4960, 7016), 600),
        ((3307, 4677), 400),
        ((874, 1240), 150),
        ((2456, 3468), 300),
    ],
)
def test_unknown_resolutions_are_those_that_scanners_offer(size: tuple[int, int], dpi: float) -> None:
    found = settle(None, *size)
    assert found.dpi == (dpi, dpi) and not found.known


@given(st.one_of(st.none(), st.tuples(st.floats(), st.floats())), SIDES, SIDES)
def test_every_page_gets_a_usable_resolution(stated: tuple[float, float] | None, width: int, height: int) -> None:
    found = settle(stated, width, height)
    assert all(50 <= value <= 2400 for value in found.dpi)
    assert found.known or found.dpi[0] == found.dpi[1]
