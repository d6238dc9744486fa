"""The real engines on drawn pages: the words, where they stand, and limits that hold."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO

import numpy as np
import psutil
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.prepare import PreparedPage, prepare
from pipeline.ocr.base import OcrEngine
from pipeline.ocr.engines import EngineName, engine
from pipeline.ocr.errors import EngineMissing, OcrTimedOut
from pipeline.ocr.inprocess import InProcessEngine
from pipeline.ocr.tesseract import TesseractEngine
from scanners.base import PageSource, ScannedPage
from sohoa.text import nfc

in_process = pytest.mark.skipif(find_spec("tesserocr") is None, reason="no tesserocr for this machine")
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


@pytest.fixture(params=["tesserocr", "pytesseract"])
def reader(request: pytest.FixtureRequest) -> OcrEngine:
    """Both ways of running Tesseract: what a caller may rely on holds for each."""
    if request.param == "tesserocr":
        pytest.importorskip("tesserocr")
    return engine(request.param, "vie")


@pytest.mark.parametrize(("turns", "angle"), [(0, 0.0), (2, 1.2), (1, -2.0)])
def test_vietnamese_is_read_by_visual_line(form: Page, reader: OcrEngine, turns: int, angle: float) -> None:
    text = reader.read(form(turns, angle), 60).text
    assert text == nfc(text)
    lines = text.split("\n")
    assert lines[0] == "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert lines[1] == "XÃ HÒA PHÚ Độc lập - Tự do - Hạnh phúc"
    assert lines[3] == "Họ, chữ đệm, tên: Nguyễn Thị Mỹ Lệ"
    assert "060190001234" in text


@in_process
def test_both_engines_read_the_same_words_in_the_same_places(form: Page) -> None:
    page = form(2, 1.2)
    ours, theirs = (engine(name, "vie").read(page, 60).words for name in ("tesserocr", "pytesseract"))
    assert [(w.text, w.line) for w in ours] == [(w.text, w.line) for w in theirs]
    edges = [(w.box.left, w.box.top, w.box.right, w.box.bottom) for w in ours]
    assert edges == [pytest.approx((w.box.left, w.box.top, w.box.right, w.box.bottom), abs=3) for w in theirs]


@in_process
def test_both_engines_agree_on_what_is_upright(form: Page) -> None:
    picture = form().recognition
    for name in ("tesserocr", "pytesseract"):
        judge = engine(name, "vie").readability
        assert judge(picture, 200) > 80 > judge(np.ascontiguousarray(np.rot90(picture, 2)), 200)


@in_process
def test_no_page_depends_on_the_one_before(form: Page) -> None:
    fresh, used = InProcessEngine("vie"), InProcessEngine("vie")
    used.read(form(1, 1.5))
    assert used.read(form()) == fresh.read(form())


def test_boxes_lie_on_the_ink_of_the_upright_page(form: Page, reader: OcrEngine) -> None:
    page = form(1, 1.5)
    read = reader.read(page, 60)
    word = next(w for w in read.words if w.text == "060190001234")
    assert page.geometry.width < page.geometry.height
    before = ImageFont.truetype(FONT, 36).getlength("Giấy tờ tùy thân: Căn cước công dân số ")
    assert word.box.left == pytest.approx(1.2 * 200 + before, abs=8)
    assert word.box.top == pytest.approx(3.8 * 200, abs=20)
    assert [w.line for w in read.words] == sorted(w.line for w in read.words)
    assert all(0 <= w.confidence <= 100 and w.text and not w.text.isspace() for w in read.words)


def test_the_same_page_gives_the_same_words(form: Page, reader: OcrEngine) -> None:
    assert reader.read(form(), 60) == reader.read(form(), 60)


def test_the_time_limit_holds_and_leaves_no_process(form: Page, reader: OcrEngine) -> None:
    with pytest.raises(OcrTimedOut):
        reader.read(form(), 0.02)
    assert "Nguyễn" in reader.read(form(), 60).text, "the next page is read as if nothing had been"
    mine = psutil.Process(os.getpid()).children(recursive=True)
    assert not [child for child in mine if child.name() == "tesseract" and child.status() != psutil.STATUS_ZOMBIE]


def test_an_empty_picture_has_no_words(reader: OcrEngine) -> None:
    out = BytesIO()
    Image.fromarray(np.full((800, 600), 250, np.uint8)).save(out, "PNG")
    page = ScannedPage(PageSource("x", "0" * 64, 0), out.getvalue(), "image/png", 600, 800, (100, 100))
    assert reader.read(prepare(page), 60).words == ()


@pytest.mark.parametrize("name", ["tesserocr", "pytesseract"])
def test_a_missing_model_says_what_to_install(name: EngineName) -> None:
    with pytest.raises(EngineMissing) as caught:
        engine(name, "xyz").versions()
    assert caught.value.advice


def test_versions_pin_the_model(reader: OcrEngine) -> None:
    versions = reader.versions()
    assert versions["tesseract"]
    assert versions["tesseract-model-vie"].startswith("sha256:")
