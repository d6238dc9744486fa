"""A page comes out upright and level, or untouched when nobody can be sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.imaging.decode import PixelImage, decode
from pipeline.imaging.prepare import prepare, upright
from pipeline.imaging.seals import gray_without_seals
from scanners.base import PageUnreadable, ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]


@pytest.mark.parametrize("angle", [-14.2, -8.3, -3.7, -1.26, -0.4, 0.0, 0.33, 1.05, 2.5, 6.1, 12.9])
def test_the_skew_is_measured_and_taken_out(drawn: Draw, as_scanned: Scan, angle: float) -> None:
    page = drawn().rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
    geometry = prepare(as_scanned(page)).geometry
    assert geometry.quarter_turns == 0
    assert geometry.skew.applied == pytest.approx(angle, abs=0.1)


@pytest.mark.parametrize("shift", [15, 25, 36])
@pytest.mark.parametrize("angle", [-4.4, 2.8])
def test_columns_on_different_rows_do_not_pull_each_other_askew(
    drawn: Draw, as_scanned: Scan, angle: float, shift: int
) -> None:
    """Lines are 72 px apart: with the right column half of that lower, the whole page lines up best at 0.7 degrees."""
    column = drawn(repeat=3).crop((150, 0, 950, 2339))
    page = Image.new("L", (1654, 2339), 245)
    page.paste(column, (20, 0))
    page.paste(column, (840, shift))
    geometry = prepare(as_scanned(page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=245))).geometry
    assert geometry.skew.applied == pytest.approx(angle, abs=0.1)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("angle", [0.0, 1.4])
def test_quarter_turns_are_found(drawn: Draw, as_scanned: Scan, turns: int, angle: float) -> None:
    straight = drawn()
    page = straight.rotate(angle, Image.Resampling.BICUBIC, fillcolor=245).rotate(90 * turns, expand=True)
    prepared = prepare(as_scanned(page))
    assert prepared.geometry.quarter_turns == turns
    level = upright(prepared.image, prepared.geometry)
    assert level.shape == np.asarray(straight).shape
    inner = (slice(150, -150), slice(150, -150))
    assert np.abs(level[inner].astype(int) - np.asarray(straight)[inner]).mean() < 6


def test_what_is_no_text_is_left_as_it_is(as_scanned: Scan) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (1600, 1100), dtype=np.uint8)
    photo = np.asarray(Image.fromarray(noise).resize((22, 32)).resize((1100, 1600), Image.Resampling.BICUBIC))
    for pixels in (noise, photo):
        geometry = prepare(as_scanned(Image.fromarray(pixels))).geometry
        assert (geometry.quarter_turns, geometry.skew.applied) == (0, 0.0)


def test_a_blank_page_is_told_from_a_page_with_one_short_line(drawn: Draw, as_scanned: Scan) -> None:
    empty = drawn(lines=[], repeat=1)
    shade = np.linspace(0, 40, empty.width, dtype=np.uint8)[None, :]
    shaded = Image.fromarray((np.asarray(empty) - shade).astype(np.uint8))
    number = drawn(lines=["12"], repeat=1)
    faint = drawn(lines=["Ghi chú bằng bút chì"], repeat=1, ink=170)
    blanks = [prepare(as_scanned(page)).blank.blank for page in (empty, shaded, number, faint)]
    assert blanks == [True, True, False, False]


def test_print_that_shows_through_is_blank(drawn: Draw, as_scanned: Scan) -> None:
    back = np.asarray(drawn())[:, ::-1].astype(np.float32)
    through = Image.fromarray((245 - (245 - back) * 0.12).astype(np.uint8))
    assert prepare(as_scanned(through)).blank.blank


def test_leaders_rules_and_frames_leave_the_picture_and_print_stays(drawn: Draw, as_scanned: Scan) -> None:
    clean = drawn(lines=["Họ, chữ đệm, tên:"], repeat=8)
    form = clean.copy()
    pen = ImageDraw.Draw(form)
    for row in range(8):
        y = 180 + 72 * row + 29
        for x in range(560, 1400, 9):
            pen.ellipse((x, y, x + 2, y + 2), fill=25)
    for x in (120, 900, 1500):
        pen.line((x, 900, x, 1300), fill=25, width=3)
    for y in (900, 1100, 1300):
        pen.line((120, y, 1500, y), fill=25, width=3)
    bare, cleared = (prepare(as_scanned(page)).recognition for page in (clean, form))
    ink = [int((picture < 128).sum()) for picture in (bare, cleared)]
    assert ink[0] > 5000
    assert ink[1] == pytest.approx(ink[0], rel=0.05)


def test_a_red_seal_is_dropped_and_the_name_under_it_stays(drawn: Draw, as_scanned: Scan) -> None:
    page = drawn().convert("RGB")
    stamped = np.asarray(page).copy()
    seal = Image.new("L", page.size, 0)
    pen = ImageDraw.Draw(seal)
    for radius in (140, 105):
        pen.ellipse((600 - radius, 700 - radius, 600 + radius, 700 + radius), outline=255, width=8)
    pen.regular_polygon((600, 700, 60), 5, fill=255)
    red = np.asarray(seal) > 0
    stamped[red] = (stamped[red] * np.array([0.85, 0.2, 0.25])).astype(np.uint8)
    plain, cleared = (prepare(as_scanned(p)).recognition for p in (page, Image.fromarray(stamped)))
    differs = np.abs(plain.astype(int) - cleared) > 100
    assert differs.mean() < 0.001
    assert differs.sum() < 0.1 * red.sum() * 2.25


def test_print_that_the_seal_of_a_digital_signature_hides_is_closed_over_it() -> None:
    page = Image.new("RGB", (1000, 1000), (245, 243, 238))
    pen = ImageDraw.Draw(page)
    for left in range(200, 800, 40):  # strokes as wide as those of bold capitals
        pen.rectangle((left, 200, left + 9, 800), fill=(25, 25, 25))
    print_ = np.asarray(page)[..., 0] < 128
    pen = ImageDraw.Draw(page)
    for radius in (210, 170, 130, 90, 50):
        pen.ellipse((500 - radius, 500 - radius, 500 + radius, 500 + radius), outline=(220, 40, 50), width=4)
    pixels = np.asarray(page)
    gray, _ = gray_without_seals(PixelImage(pixels, "rgb"), 300.0)
    red = pixels[..., 0] > pixels[..., 1].astype(int) + 100
    assert (gray[red & print_] < 60).mean() > 0.4  # where red runs along a stroke nothing is left to close
    assert (gray[red & ~print_] < 200).mean() < 0.02
    assert (gray[print_ & ~red] < 60).all()


def test_a_truncated_image_is_an_error_and_never_half_a_page(as_scanned: Scan, drawn: Draw) -> None:
    page: Any = as_scanned(drawn())
    cut = ScannedPage(page.source, page.data[: len(page.data) // 2], page.media_type, page.width, page.height, page.dpi)
    with pytest.raises(PageUnreadable):
        decode(cut)
