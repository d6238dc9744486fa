"""A point of the stored image and its place on the upright page agree, for every turn, skew, crop and scale."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.imaging.decode import PixelImage
from pipeline.imaging.recognition import upright, warp
from pipeline.model import Box, PageGeometry, Skew
from pipeline.pdf.placement import place

WIDTH, HEIGHT = 260, 340


def geometry(turns: int, angle: float, crop: Box | None = None) -> PageGeometry:
    return PageGeometry(WIDTH, HEIGHT, turns, Skew(angle, 1.0, angle), (100.0, 100.0), crop=crop)


def where(x: float, y: float, page: PageGeometry) -> tuple[float, float]:
    """Turn clockwise, rotate by the skew about the centre, cut off the rim: the contract of PageGeometry."""
    for quarter in range(page.quarter_turns):
        x, y = (HEIGHT if quarter % 2 == 0 else WIDTH) - y, x
    wide, high = (HEIGHT, WIDTH) if page.quarter_turns % 2 else (WIDTH, HEIGHT)
    dx, dy = x - wide / 2, y - high / 2
    turn = math.radians(page.skew.applied)
    left, top = (page.crop.left, page.crop.top) if page.crop else (0, 0)
    return (
        wide / 2 + dx * math.cos(turn) - dy * math.sin(turn) - left,
        high / 2 + dx * math.sin(turn) + dy * math.cos(turn) - top,
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 3),
    st.one_of(st.just(0.0), st.floats(-10, 10)),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.one_of(st.none(), st.just(Box(4, 7, 250, 255))),
    st.integers(60, WIDTH - 60),
    st.integers(80, HEIGHT - 80),
)
def test_a_spot_lands_where_the_geometry_says(
    turns: int, angle: float, scale: float, crop: Box | None, x: int, y: int
) -> None:
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    page[y - 4 : y + 4, x - 4 : x + 4] = 0
    lies = geometry(turns, angle, crop)
    wanted = where(x, y, lies)
    assume(20 < wanted[0] < lies.width - 20 and 20 < wanted[1] < lies.height - 20)
    picture = warp(page, lies, (scale, scale))
    assert picture.shape == (round(lies.height * scale), round(lies.width * scale))
    dark = 255.0 - picture
    rows, columns = np.indices(dark.shape) + 0.5
    found = (float((dark * columns).sum() / dark.sum() / scale), float((dark * rows).sum() / dark.sum() / scale))
    assert math.dist(found, wanted) < 0.6
    on_paper = place(lies)
    a, b, c, d, e, f = on_paper.image  # of the unit square, whose (0, 1) is the image's top left corner
    u, v = x / WIDTH, 1 - y / HEIGHT
    assert math.dist((a * u + c * v + e, b * u + d * v + f), on_paper.point(*wanted)) < 0.01


def test_a_page_that_lies_right_is_not_touched() -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    assert np.array_equal(upright(PixelImage(pixels, "rgb"), geometry(0, 0.0)), pixels)
    assert np.array_equal(upright(PixelImage(pixels, "rgb"), geometry(3, 0.0)), np.rot90(pixels))
