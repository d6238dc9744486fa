"""Believable resolutions are kept, others make a sheet of paper."""

from __future__ import annotations

import pytest
from hypothesis import example, given
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
@example((float("nan"), 0.0), 1, 1)
def test_every_page_gets_a_usable_resolution(stated: tuple[float, float] | None, width: int, height: int) -> None:
    found = settle(stated, width, height)
    assert all(50 <= value <= 2400 for value in found.dpi)
    assert found.known or found.dpi[0] == found.dpi[1]


@pytest.mark.parametrize(
    ("stated", "size", "likely"),
    [
        ((72, 72), (2480, 3508), 300),
        ((96, 96), (2480, 3508), 300),
        ((96, 96), (1654, 2339), 200),
        ((150, 150), (1654, 2339), 200),
        ((200, 200), (2480, 3508), 300),
        ((300, 300), (336, 575), None),
        ((1200, 1200), (2480, 3508), 300),
        ((20, 20), (1654, 2339), 200),
        ((9000, 9000), (2480, 3508), 300),
    ],
    ids=["72 tag", "96 tag", "96 tag at 200", "no format", "no format at 300", "a thumb", "5 cm", "2 m", "no scanner"],
)
def test_what_cannot_be_true_is_told_and_replaced(
    stated: tuple[float, float], size: tuple[int, int], likely: float | None
) -> None:
    found = settle(stated, *size)
    assert not found.known and found.disbelieved == stated
    assert found.dpi[0] == (likely or found.dpi[0])


@pytest.mark.parametrize(
    ("dpi", "millimetres"),
    [
        (200, (420, 297)),
        (300, (297, 420)),
        (300, (148, 210)),
        (300, (216, 279)),
        (200, (216, 356)),
        (300, (85.6, 54)),
        (200, (210, 330)),
        (300, (594, 841)),
        (200, (190, 268)),
        (300, (350, 620)),
        (300, (80, 160)),
    ],
    ids=["A3", "A3 high", "A5", "letter", "legal", "card", "F4", "A1", "cropped", "odd plan", "receipt"],
)
def test_every_sheet_of_an_office_is_believed(dpi: float, millimetres: tuple[float, float]) -> None:
    width, height = (round(side / 25.4 * dpi) for side in millimetres)
    found = settle((dpi, dpi), width, height)
    assert found.known and found.dpi == (dpi, dpi) and found.disbelieved is None


def test_a_file_that_says_nothing_is_not_disbelieved() -> None:
    assert settle(None, 2480, 3508).disbelieved is None
    assert settle((1.0, 1.0), 2480, 3508).disbelieved is None
