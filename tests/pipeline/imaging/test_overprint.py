"""Stamps and signatures of any colour across the print cost none of it, and coloured text by itself stays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.prepare import prepare
from scanners.base import ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
FACE = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", 60)
COLOURS = [(33, 51, 153), (107, 51, 158), (212, 38, 46), (26, 128, 77)]
DARK = [(60, 40, 130), (20, 30, 120)]
"""Carbon paper, old ribbons, ball pens: dark enough to be taken for print that coloured ink lies over."""


def inked(page: Image.Image, mask: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """Return ``page`` with ink of ``colour`` laid over it, as ink lies over toner: both darken."""
    share = np.asarray(mask)[..., None] / 255 * (1 - np.array(colour) / 255)
    return Image.fromarray((np.asarray(page.convert("RGB")) * (1 - share)).astype(np.uint8))


def recognition(scanned: ScannedPage) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.asarray(prepare(scanned).recognition)


@pytest.mark.parametrize("colour", COLOURS)
def test_a_square_stamp_and_a_signature_leave_the_print_under_them(
    drawn: Draw, as_scanned: Scan, colour: tuple[int, int, int]
) -> None:
    page = drawn(repeat=2)
    mask = Image.new("L", page.size, 0)
    pen = ImageDraw.Draw(mask)
    pen.rectangle((250, 300, 700, 520), outline=255, width=6)
    pen.line([(300, 900), (380, 760), (460, 980), (560, 800), (900, 860)], fill=255, width=6, joint="curve")
    clean, stamped = recognition(as_scanned(page)), recognition(as_scanned(inked(page, mask, colour)))
    print_, paper = clean < 100, clean > 250
    assert (stamped[print_] < 150).mean() > 0.97
    assert (stamped[paper] < 150).mean() < 0.0005


@pytest.mark.parametrize("colour", [*COLOURS, *DARK])
def test_coloured_text_beside_the_print_stays(drawn: Draw, as_scanned: Scan, colour: tuple[int, int, int]) -> None:
    page = drawn(repeat=2)
    mask = Image.new("L", page.size, 0)
    ImageDraw.Draw(mask).text((300, 1700), "ĐẾN Số: 258 Ngày: 15/7", font=FACE, fill=255)
    stamped = recognition(as_scanned(inked(page, mask, colour)))
    drawn_there = np.asarray(mask) > 200
    assert (stamped[drawn_there] < 170).mean() > 0.95


def test_a_red_title_on_the_coloured_pattern_of_a_certificate_stays(drawn: Draw, as_scanned: Scan) -> None:
    page = drawn(repeat=1)
    pattern, title = Image.new("L", page.size, 0), Image.new("L", page.size, 0)
    pen = ImageDraw.Draw(pattern)
    for x in range(0, page.width, 60):
        pen.line((x, 0, x, page.height), fill=255, width=3)
        pen.line((0, x, page.width, x), fill=255, width=3)
    ImageDraw.Draw(title).text((400, 1300), "GIẤY KHAI SINH", font=FACE, fill=255)
    certificate = inked(inked(page, pattern, (150, 215, 235)), title, COLOURS[2])
    assert (recognition(as_scanned(certificate))[np.asarray(title) > 200] < 170).mean() > 0.95
