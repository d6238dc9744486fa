"""The real engine on drawn pages: the words, where they stand, and limits that hold."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO

import numpy as np
import psutil
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.prepare import PreparedPage, prepare
from pipeline.ocr.base import EngineMissing, OcrTimedOut
from pipeline.ocr.tesseract import TesseractEngine
from scanners.base import PageSource, ScannedPage
from sohoa.text import nfc

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
Page = Callable[..., PreparedPage]


@pytest.fixture(scope="session")
def form() -> Page:
    """A letterhead in two columns over a few lines, turned and skewed as asked."""

    def make(turns: int = 0, angle: float = 0.0, dpi: int = 200) -> PreparedPage:
        page = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 245)
        pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, round(13 / 72 * dpi))
        for x, y, text in LINES:
            pen.text((x * dpi, y * dpi), text, font=font, fill=25)
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=245).rotate(90 * turns, expand=True)
        out = BytesIO()
        page.save(out, "PNG")
        source = PageSource("form.png", "0" * 64, 0)
        scan = ScannedPage(source, out.getvalue(), "image/png", *page.size, (dpi, dpi))
        return prepare(scan, judge=TesseractEngine("vie").readability)

    return make


LINES = [
    (0.8, 1.0, "ỦY BAN NHÂN DÂN"),
    (4.0, 1.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (1.0, 1.3, "XÃ HÒA PHÚ"),
    (4.7, 1.3, "Độc lập - Tự do - Hạnh phúc"),
    (2.4, 2.0, "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"),
    (1.2, 2.6, "Họ, chữ đệm, tên: Nguyễn Thị Mỹ Lệ"),
    (1.2, 3.0, "Ngày, tháng, năm sinh: 15/07/1990"),
    (1.2, 3.4, "Nơi cư trú: thôn Phú Điền, xã Hòa Phú, huyện Tuy Sơn"),
    (1.2, 3.8, "Giấy tờ tùy thân: Căn cước công dân số 060190001234"),
    (1.2, 4.2, "Tình trạng hôn nhân: chưa đăng ký kết hôn với ai"),
]


@pytest.mark.parametrize(("turns", "angle"), [(0, 0.0), (2, 1.2), (1, -2.0)])
def test_vietnamese_is_read_by_visual_line(form: Page, turns: int, angle: float) -> None:
    text = TesseractEngine("vie").read(form(turns, angle)).text
    assert text == nfc(text)
    lines = text.split("\n")
    assert lines[0] == "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert lines[1] == "XÃ HÒA PHÚ Độc lập - Tự do - Hạnh phúc"
    assert lines[3] == "Họ, chữ đệm, tên: Nguyễn Thị Mỹ Lệ"
    assert "060190001234" in text


def test_boxes_lie_on_the_ink_of_the_upright_page(form: Page) -> None:
    page = form(1, 1.5)
    read = TesseractEngine("vie").read(page)
    word = next(w for w in read.words if w.text == "060190001234")
    assert page.geometry.width < page.geometry.height
    before = ImageFont.truetype(FONT, 36).getlength("Giấy tờ tùy thân: Căn cước công dân số ")
    assert word.box.left == pytest.approx(1.2 * 200 + before, abs=8)
    assert word.box.top == pytest.approx(3.8 * 200, abs=20)
    assert [w.line for w in read.words] == sorted(w.line for w in read.words)
    assert all(0 <= w.confidence <= 100 and w.text and not w.text.isspace() for w in read.words)


def test_the_same_page_gives_the_same_words(form: Page) -> None:
    engine = TesseractEngine("vie")
    assert engine.read(form()) == engine.read(form())


def test_the_time_limit_holds_and_leaves_no_process(form: Page) -> None:
    with pytest.raises(OcrTimedOut):
        TesseractEngine("vie").read(form(), timeout=0.05)
    mine = psutil.Process(os.getpid()).children(recursive=True)
    assert not [child for child in mine if child.name() == "tesseract" and child.status() != psutil.STATUS_ZOMBIE]


def test_an_empty_picture_has_no_words() -> None:
    out = BytesIO()
    Image.fromarray(np.full((800, 600), 250, np.uint8)).save(out, "PNG")
    page = ScannedPage(PageSource("x", "0" * 64, 0), out.getvalue(), "image/png", 600, 800, (100, 100))
    assert TesseractEngine("vie").read(prepare(page)).words == ()


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(EngineMissing) as caught:
        TesseractEngine("xyz").versions()
    assert caught.value.advice


def test_versions_pin_the_model() -> None:
    versions = TesseractEngine("vie").versions()
    assert versions["tesseract"]
    assert versions["tesseract-model-vie"].startswith("sha256:")
