"""A sheet smaller than the glass: the page is cropped to it where the lid is dark, and never into anything."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.imaging.prepare import prepare
from pipeline.imaging.recognition import upright
from pipeline.imaging.reduced import reduce
from pipeline.imaging.sheet import find_sheet
from pipeline.model import Box
from scanners.base import ScannedPage

Pixels = NDArray[np.uint8]
Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
DPI = 200
MM = DPI / 25.4
LINES = [
    "Kính gửi: Ủy ban nhân dân xã Hòa Phú, huyện Tuy Sơn",
    "Họ, chữ đệm, tên người yêu cầu: Trần Quốc Bình",
    "Nơi cư trú: khu phố 3, thị trấn Liên Hà, tỉnh Nam Thuận",
    "Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:",
]
GLASS = (round(210 * MM), round(297 * MM))


def slip(drawn: Draw, **options: object) -> Pixels:
    """A sheet of 190 × 148 mm with a few lines."""
    return np.asarray(drawn(**{"lines": LINES, "repeat": 2, **options}))[: round(148 * MM), : round(190 * MM)]


def on_glass(piece: Pixels, lid: int, x: float, y: float, angle: float = 0.0) -> Pixels:
    """Lay ``piece`` on the glass, ``x``, ``y`` mm from its corner, turned by ``angle``; the lid has that brightness."""
    place = cv2.getRotationMatrix2D((piece.shape[1] / 2, piece.shape[0] / 2), angle, 1.0)
    place[:, 2] += (x * MM, y * MM)
    scan = cv2.warpAffine(piece, place, GLASS, flags=cv2.INTER_CUBIC, borderValue=float(lid))
    noisy = scan + np.random.default_rng(7).normal(0, 4, scan.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def cropped(scan: Pixels) -> Box | None:
    sheet = find_sheet(reduce(scan, (DPI, DPI)))
    if sheet is None:
        return None
    rows, columns = np.nonzero(sheet.mask)
    scale = DPI / 25
    return Box(*(round(side * scale) for side in (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)))


@pytest.mark.parametrize("lid", [8, 60, 150])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_page_is_the_sheet_and_not_the_glass(drawn: Draw, as_scanned: Scan, lid: int, turns: int) -> None:
    scan = on_glass(slip(drawn), lid, 12, 90)
    page = prepare(as_scanned(Image.fromarray(np.ascontiguousarray(np.rot90(scan, turns)))))
    geometry = page.geometry
    assert geometry.quarter_turns == turns
    assert geometry.width / MM == pytest.approx(190 + 1.5, abs=2.0)
    assert geometry.height / MM == pytest.approx(148 + 1.5, abs=2.0)
    shown = upright(page.image, geometry)
    assert shown.shape == (geometry.height, geometry.width)
    assert np.median(shown[4:-4, 4:-4]) > 235


@pytest.mark.parametrize("angle", [-5.0, 2.2])
def test_a_crooked_sheet_is_levelled_and_cropped(drawn: Draw, as_scanned: Scan, angle: float) -> None:
    geometry = prepare(as_scanned(Image.fromarray(on_glass(slip(drawn), 20, 9, 60, angle)))).geometry
    assert geometry.skew.applied == pytest.approx(angle, abs=0.1)
    assert geometry.width / MM == pytest.approx(191, abs=3) and geometry.height / MM == pytest.approx(149, abs=3)


def test_the_whole_of_a_sheet_in_a_black_border_is_read(drawn: Draw, as_scanned: Scan) -> None:
    """The picture for recognition holds the same print as without the border."""
    small = np.asarray(drawn(repeat=3).resize((1500, 2121), Image.Resampling.LANCZOS))
    plain, framed = (prepare(as_scanned(Image.fromarray(on_glass(small, lid, 9, 14)))) for lid in (245, 6))
    assert plain.geometry.crop is None and framed.geometry.crop is not None
    inks = [int((page.recognition < 128).sum()) for page in (plain, framed)]
    assert inks[1] == pytest.approx(inks[0], rel=0.02)


def test_a_blank_sheet_on_a_dark_lid_is_blank(drawn: Draw, as_scanned: Scan) -> None:
    empty, number = (slip(drawn, lines=lines) for lines in ([], ["Trang 2"]))
    found = [prepare(as_scanned(Image.fromarray(on_glass(piece, 30, 10, 40)))).blank.blank for piece in (empty, number)]
    assert found == [True, False]


def test_a_full_sheet_is_not_cropped(drawn: Draw) -> None:
    page = np.asarray(drawn())
    assert cropped(page) is None
    fading = page - 130.0 * np.exp(-np.arange(page.shape[1]) / 75)[None]  # the shadow of a bound file
    assert cropped(np.clip(fading, 0, 255).astype(np.uint8)) is None


def test_a_light_lid_is_left_alone(drawn: Draw) -> None:
    assert cropped(on_glass(slip(drawn), 225, 10, 50)) is None


def test_what_lies_beside_the_sheet_is_not_cut_off(drawn: Draw) -> None:
    scan = on_glass(slip(drawn), 20, 10, 20)
    beside = scan.copy()
    beside[round(200 * MM) : round(254 * MM), round(60 * MM) : round(145 * MM)] = 215  # a card
    assert cropped(scan) is not None and cropped(beside) is None


def test_print_on_what_looks_like_a_lid_is_not_cut_off(drawn: Draw) -> None:
    """A brown cover with a white label on it, and the name of the file in black below."""
    cover = Image.fromarray(on_glass(slip(drawn)[: round(120 * MM)], 150, 10, 30))
    bare = cropped(np.asarray(cover))
    ImageDraw.Draw(cover).rectangle((60 * MM, 220 * MM, 150 * MM, 222 * MM), fill=30)
    assert bare is not None and cropped(np.asarray(cover)) is None


def test_a_photograph_is_not_cropped() -> None:
    rng = np.random.default_rng(9)
    coarse = rng.normal(120, 60, (9, 7)).astype(np.float32)
    soft = cv2.resize(coarse, GLASS, interpolation=cv2.INTER_CUBIC)
    assert cropped(np.clip(soft, 0, 255).astype(np.uint8)) is None


@pytest.mark.parametrize("angle", [0.0, 3.0])
def test_the_crop_holds_every_word_of_a_sheet_that_reaches_its_edges(
    drawn: Draw, as_scanned: Scan, angle: float
) -> None:
    full = np.asarray(drawn(repeat=3))[round(22 * MM) : round(120 * MM), round(24 * MM) : round(125 * MM)]
    scan = as_scanned(Image.fromarray(on_glass(full, 25, 40, 60, angle)))
    page = prepare(scan)
    assert page.geometry.crop is not None
    shown = upright(page.image, page.geometry)
    whole = upright(page.image, type(page.geometry)(*GLASS, 0, page.geometry.skew, (DPI, DPI)))
    left, top = page.geometry.corner
    outside = whole.copy()
    outside[top : top + shown.shape[0], left : left + shown.shape[1]] = 25
    assert (outside[120:-120, 120:-120] > 120).mean() < 0.001
