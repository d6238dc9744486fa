"""Lines that were lost with the dirt are told of with their box; pictures, codes, seals and read text are not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from pictured import FONTS, Page
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.prepare import prepare
from pipeline.model import Box
from pipeline.ocr.blocks import unread_blocks
from pipeline.ocr.engines import chosen, engine
from scanners.base import PageSource, ScannedPage

DPI = 200
MM = DPI / 25.4
LINE = "Nơi cư trú: khu phố 3, thị trấn Liên Hà, tỉnh Nam Thuận, số nhà 24"
LOST = (round(70 * MM), round(120 * MM))
"""Rows of the page that a fault lies over."""
Pixels = NDArray[np.uint8]


def lined() -> Pixels:
    """An A4 page full of print, one line each 7 mm."""
    page = Image.new("L", (1654, 2339), 245)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONTS.format("Regular"), round(13 / 72 * DPI))
    for number in range(30):
        pen.text((25 * MM, (30 + 7 * number) * MM), LINE, font=font, fill=25)
    return np.array(page)


def without_lost(page: Pixels, fault: Callable[[Pixels], Pixels]) -> Pixels:
    top, bottom = LOST
    page[top:bottom] = fault(page[top:bottom])
    return page


def unread(page: Pixels) -> tuple[int, list[Box]]:
    """Return how many words are read, and the places told of."""
    out = BytesIO()
    Image.fromarray(page).save(out, "PNG")
    source = PageSource("page.png", "0" * 64, 0)
    height, width = page.shape
    scan = ScannedPage(source, out.getvalue(), "image/png", width, height, (DPI, DPI))
    text = engine(chosen("auto"), "vie").read(prepare(scan), 120.0)
    return len(text.words), list(text.unread)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda part: cv2.GaussianBlur(part, (0, 0), 4.0), id="blurred"),
        pytest.param(lambda part: cv2.blur(part, (25, 3)), id="smeared"),
    ],
)
def test_a_part_of_a_page_that_is_lost_is_told_of(fault: Callable[[Pixels], Pixels]) -> None:
    words, places = unread(without_lost(lined(), fault))
    assert words < 0.9 * 30 * len(LINE.split()), "the fault costs text"
    told = sum(max(0, min(box.bottom, LOST[1]) - max(box.top, LOST[0])) for box in places)
    assert told > 0.6 * (LOST[1] - LOST[0])
    assert all(box.bottom > LOST[0] - 8 * MM and box.top < LOST[1] + 8 * MM for box in places)


def test_a_page_that_is_read_has_nothing_to_tell() -> None:
    words, places = unread(lined())
    assert words >= 0.98 * 30 * len(LINE.split())
    assert places == []


def drawn(kind: str) -> Pixels:
    """A white page with something large on it that is no text."""
    page = np.full((2339, 1654), 255, np.uint8)
    rng = np.random.default_rng(4)
    patch = page[600:1100, 300:1200]
    if kind == "barcode":
        for start in range(0, 900, 16):
            patch[:, start : start + int(rng.integers(4, 14))] = 20
    elif kind == "photograph":
        texture = rng.integers(60, 240, (7, 11), dtype=np.uint8)
        patch[:] = cv2.resize(texture, patch.shape[::-1], interpolation=cv2.INTER_CUBIC)
    elif kind == "seal":
        cv2.circle(page, (800, 900), round(18 * MM), 60, round(1.2 * MM))
        cv2.circle(page, (800, 900), round(11 * MM), 60, round(0.8 * MM))
    elif kind == "table":
        for row in range(600, 1100, 55):
            page[row : row + 4, 300:1200] = 20
    elif kind == "shade":
        patch[:] = 190
    return page


@pytest.mark.parametrize("kind", ["nothing", "barcode", "photograph", "seal", "table", "shade"])
def test_what_is_no_text_is_not_told_of(kind: str) -> None:
    assert list(unread_blocks([], Page(drawn(kind)))) == []


def test_words_cover_their_lines() -> None:
    page = lined()
    blurred = Page(cv2.GaussianBlur(page, (0, 0), 4.0))
    (whole,) = unread_blocks([], blurred)
    assert whole.top / MM == pytest.approx(30, abs=4)
    assert whole.bottom / MM == pytest.approx(30 + 7 * 30, abs=4)
    read = [Box(150, round((29 + 7 * n) * MM), 1600, round((36 + 7 * n) * MM)) for n in range(30)]
    assert list(unread_blocks(read, blurred)) == []
