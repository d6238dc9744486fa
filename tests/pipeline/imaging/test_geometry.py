"""A point of the stored image and its place on the upright page agree, for every turn, skew and scale."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.imaging.decode import PixelImage
from pipeline.imaging.recognition import upright, warp
from pipeline.model import PageGeometry, Skew

WIDTH, HEIGHT = 260, 340


def geometry(turns: int, angle: float) -> PageGeometry:
    return PageGeometry(WIDTH, HEIGHT, turns, Skew(angle, 1.0, angle), (100.0, 100.0))


def where(x: float, y: float, page: PageGeometry) -> tuple[float, float]:
    """Turn clockwise, then rotate by the skew about the centre: the contract of PageGeometry in plain trigonometry."""
    for quarter in range(page.quarter_turns):
        x, y = (HEIGHT if quarter % 2 == 0 else WIDTH) - y, x
    dx, dy = x - page.width / 2, y - page.height / 2
    turn = math.radians(page.skew.applied)
    return (
        page.width / 2 + dx * math.cos(turn) - dy * math.sin(turn),
        page.height / 2 + dx * math.sin(turn) + dy * math.cos(turn),
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 3),
    st.one_of(st.just(0.0), st.floats(-10, 10)),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.integers(60, WIDTH - 60),
    st.integers(80, HEIGHT - 80),
)
def test_a_spot_lands_where_the_geometry_says(turns: int, angle: float, scale: float, x: int, y: int) -> None:
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    page[y - 4 : y + 4, x - 4 : x + 4] = 0
    place = geometry(turns, angle)
    picture = warp(page, place, (scale, scale))
    assert picture.shape == (round(place.height * scale), round(place.width * scale))
    dark = 255.0 - picture
    rows, columns = np.indices(dark.shape) + 0.5
    found = (float((dark * columns).sum() / dark.sum() / scale), float((dark * rows).sum() / dark.sum() / scale))
    assert math.dist(found, where(x, y, place)) < 0.6


def test_a_page_that_lies_right_is_not_touched() -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    assert np.array_equal(upright(PixelImage(pixels, "rgb"), geometry(0, 0.0)), pixels)
    assert np.array_equal(upright(PixelImage(pixels, "rgb"), geometry(3, 0.0)), np.rot90(pixels))
