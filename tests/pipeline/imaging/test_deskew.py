"""The angle is that of the page's own lines; what has none, or lies on the page by itself, changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging import deskew
from pipeline.imaging.cards import without_cards
from pipeline.imaging.reduced import Reduced, reduce

Pixels = NDArray[np.uint8]
Draw = Callable[..., Image.Image]
FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
DPI = 200
MM = DPI / 25.4
CARD_LINES = [
    (22, 3, 7, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (30, 10, 10, "CĂN CƯỚC CÔNG DÂN"),
    (29, 18, 7.5, "Số: 001 085 012 345"),
    (29, 24, 7.5, "Họ và tên: TRẦN QUỐC BÌNH"),
    (29, 30, 7.5, "Ngày sinh: 02/09/1985"),
    (29, 36, 7.5, "Giới tính: Nam. Quốc tịch: Việt Nam"),
    (29, 42, 7.5, "Quê quán: Hòa Phú, Tuy Sơn, Nam Thuận"),
]


def sheet() -> Image.Image:
    return Image.new("L", (round(210 * MM), round(297 * MM)), 245)


def card(ground: int = 222, rim: int = 120) -> Image.Image:
    """An identity card (85.6 × 54 mm) without a portrait."""
    image = Image.new("L", (round(85.6 * MM), round(54 * MM)), ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, image.width - 1, image.height - 1), outline=rim, width=3)
    for x, y, size, text in CARD_LINES:
        pen.text((x * MM, y * MM), text, font=ImageFont.truetype(FONT, size * DPI / 72), fill=30)
    return image


def lay(page: Image.Image, piece: Image.Image, angle: float, x: float, y: float) -> None:
    turned = piece.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    mask = Image.new("L", piece.size, 255).rotate(angle, expand=True)
    page.paste(turned, (round(x * MM), round(y * MM)), mask)


def small(page: Image.Image, angle: float = 0.0) -> Reduced:
    level = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
    noise = np.random.default_rng(5).normal(0, 3, (level.height, level.width))
    return reduce(np.clip(np.asarray(level) + noise, 0, 255).astype(np.uint8), (DPI, DPI))


@pytest.mark.parametrize("looks", [{}, {"ground": 245}, {"ground": 232, "rim": 232}, {"ground": 245, "rim": 245}])
@pytest.mark.parametrize("angle", [-6.0, 4.3])
def test_a_card_at_an_angle_turns_nothing(looks: dict[str, int], angle: float) -> None:
    page = sheet()
    lay(page, card(**looks), angle, 50, 70)
    assert deskew.measure(small(page)).applied == 0.0


def test_two_cards_turn_nothing() -> None:
    page = sheet()
    lay(page, card(), 5.0, 55, 30)
    lay(page, card(), 5.0, 52, 150)
    assert deskew.measure(small(page)).applied == 0.0


def test_print_beside_a_card_says_how_the_page_lies(drawn: Draw) -> None:
    page = drawn(repeat=1)
    lay(page, card(), 7.0, 60, 150)
    assert deskew.measure(small(page, 2.4)).applied == pytest.approx(2.4, abs=0.1)


def test_print_that_is_no_card_s_stays(drawn: Draw) -> None:
    page = small(drawn(repeat=1))
    assert without_cards(page) is page.letters or np.array_equal(without_cards(page), page.letters)


def parcels() -> Image.Image:
    """Plots of land with their numbers, askew as land is."""
    page, rng = sheet(), np.random.default_rng(4)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 11 * DPI / 72)
    corners = np.array([[(25 + 32 * c, 30 + 34 * r) for c in range(6)] for r in range(8)]) + rng.normal(0, 5, (8, 6, 2))
    for r in range(7):
        for c in range(5):
            a, b, d = corners[r, c], corners[r, c + 1], corners[r + 1, c]
            pen.line([*(a * MM), *(b * MM)], fill=30, width=3)
            pen.line([*(a * MM), *(d * MM)], fill=30, width=3)
            x, y = (b + d) / 2 + rng.normal(0, 3, 2)
            pen.text((x * MM, y * MM), str(rng.integers(1, 400)), font=font, fill=30)
    return page


def rooms() -> Image.Image:
    page = sheet()
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 12 * DPI / 72)
    for box in ((30, 40, 100, 110), (100, 40, 180, 90), (30, 110, 120, 190), (120, 90, 180, 190)):
        pen.rectangle([side * MM for side in box], outline=30, width=14)
    for x, y, name in ((50, 70, "P. KHÁCH"), (130, 62, "P. NGỦ"), (60, 150, "BẾP"), (140, 140, "SÂN")):
        pen.text((x * MM, y * MM), name, font=font, fill=30)
    return page


def grid() -> Image.Image:
    page = sheet()
    pen = ImageDraw.Draw(page)
    for row in range(30):
        pen.line((18 * MM, (24 + 8 * row) * MM, 192 * MM, (24 + 8 * row) * MM), fill=30, width=2)
    for column in range(7):
        pen.line(((18 + 29 * column) * MM, 24 * MM, (18 + 29 * column) * MM, 256 * MM), fill=30, width=2)
    return page


def photograph() -> Image.Image:
    """Clouds of all sizes, from 1 mm up."""
    page, rng = sheet(), np.random.default_rng(2)
    field = np.full((page.height, page.width), 120.0, np.float32)
    for size, weight in ((4, 180), (20, 700), (90, 4000)):
        cloud = rng.normal(0, weight, field.shape).astype(np.float32)
        field += cv2.GaussianBlur(cloud, (0, 0), size)
    return Image.fromarray(np.clip(field, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("make", [parcels, rooms, grid, photograph], ids=lambda make: make.__name__)
@pytest.mark.parametrize("angle", [0.0, 3.1, -7.4])
def test_what_has_no_lines_of_text_is_left_as_it_lies(make: Callable[[], Image.Image], angle: float) -> None:
    assert deskew.measure(small(make(), angle)).applied == 0.0


@pytest.mark.parametrize("angle", [-0.3, 0.15, 1.8])
def test_few_lines_are_enough(drawn: Draw, angle: float) -> None:
    skew = deskew.measure(small(drawn(repeat=1).crop((0, 0, 1654, 560)), angle))
    assert skew.applied == pytest.approx(angle, abs=0.1)
