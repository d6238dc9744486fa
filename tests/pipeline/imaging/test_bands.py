"""Light print on dark bands is read; what is dark and no print stays as it was scanned."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import pytest
from pictured import ENGINES, FONTS
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.bands import with_bands_turned
from pipeline.imaging.prepare import prepare
from pipeline.ocr.engines import EngineName, engine
from scanners.base import ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
DPI = 200
MM = DPI / 25.4
HEADING = "PHIẾU TIẾP NHẬN HỒ SƠ"
BLUE, BLACK, GRAY, RED = (40, 60, 110), (30, 30, 30), (120, 120, 120), (180, 30, 40)

reader = cache(engine)


def banded(page: Image.Image, band: tuple[int, int, int], high_mm: float = 9.0, words: str = HEADING) -> Image.Image:
    """The page with a band across its head, ``words`` in white on it."""
    page = page.convert("RGB")
    pen = ImageDraw.Draw(page)
    top = round(12 * MM)
    pen.rectangle((round(20 * MM), top, round(190 * MM), top + round(high_mm * MM)), fill=band)
    font = ImageFont.truetype(FONTS.format("Bold"), round(14 / 72 * DPI))
    pen.text((round(30 * MM), top + round(1.8 * MM)), words, font=font, fill="white")
    return page


def gray(page: Image.Image) -> np.ndarray:
    return np.array(page.convert("L"))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("band", [BLUE, BLACK, GRAY, RED])
def test_white_print_on_a_band_is_read(
    drawn: Draw, as_scanned: Scan, name: EngineName, band: tuple[int, int, int]
) -> None:
    page = prepare(as_scanned(banded(drawn(), band), DPI))
    text = reader(name, "vie").read(page, 120.0).text
    assert HEADING in text
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in text


def test_a_band_higher_than_its_print_is_turned_whole(drawn: Draw) -> None:
    level = with_bands_turned(gray(banded(drawn(), BLUE, 25.0)), DPI)
    band = level[round(13 * MM) : round(36 * MM), round(21 * MM) : round(189 * MM)]
    assert np.median(band) > 200
    assert 0.01 < float((band < 100).mean()) < 0.1, "its letters"


def test_what_lies_around_a_band_stays(drawn: Draw) -> None:
    before = gray(banded(drawn(), BLUE))
    after = with_bands_turned(before, DPI)
    below = round(23 * MM)
    assert np.array_equal(after[below:], before[below:])
    assert not np.array_equal(after[:below], before[:below])


def test_the_page_that_is_archived_keeps_its_bands(drawn: Draw, as_scanned: Scan) -> None:
    page = banded(drawn(), BLUE).convert("L")
    prepared = prepare(as_scanned(page, DPI))
    assert np.array_equal(prepared.image.pixels, np.array(page))
    assert float((prepared.recognition[: round(23 * MM)] < 100).mean()) < 0.1, "the engine's picture has it turned"


def no_print(kind: str, page: np.ndarray) -> None:
    """Draw something dark that is no band of print."""
    patch = page[round(12 * MM) : round(21 * MM), round(20 * MM) : round(100 * MM)]
    if kind == "blackened":
        patch[:] = 20
    elif kind == "barcode":
        patch[:] = 20
        widths = np.random.default_rng(3).integers(2, 8, 200)
        for start, width in zip(np.cumsum(widths)[::2], widths[1::2], strict=False):
            patch[2:-2, start : start + width] = 245
    elif kind == "photograph":
        texture = np.random.default_rng(5).integers(20, 140, (9, 20), dtype=np.uint8)
        cv2.resize(texture, patch.shape[::-1], dst=patch, interpolation=cv2.INTER_CUBIC)
    elif kind == "lid":
        page[:, : round(25 * MM)] = 30
        cv2.putText(page, "MODEL 40", (20, 500), cv2.FONT_HERSHEY_DUPLEX, 1.0, 240, 2)


@pytest.mark.parametrize("kind", ["nothing", "blackened", "barcode", "photograph", "lid"])
def test_what_is_no_print_on_a_band_stays(drawn: Draw, kind: str) -> None:
    page = gray(drawn())
    no_print(kind, page)
    assert np.array_equal(with_bands_turned(page, DPI), page)
