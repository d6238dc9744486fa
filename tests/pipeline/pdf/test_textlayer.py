"""The invisible text: what is written, and that odd words and boxes do no harm; ``test_roundtrip`` has the places."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from drawn_pages import FORM, Drawn, draw_page, pdftotext, render, section_info, section_page, words_with_boxes
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextBox

from pipeline.model import Box, PageGeometry, Skew, Word
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.glyphless import font_program
from sohoa.text import nfc

ROOT = Path(__file__).resolve().parents[3]
PT = 72 / 150
Rules = Callable[[bytes], list[object]]


@pytest.fixture(scope="module")
def pdf(drawn: Drawn) -> bytes:
    return write_section([section_page(drawn)], section_info())


def test_all_ink_that_is_seen_lies_under_words_that_are_found(pdf: bytes) -> None:
    dark = render(pdf, 150)[..., 0] < 128
    under = np.zeros_like(dark)
    for word in words_with_boxes(pdf):
        left, top, right, bottom = (round(v / PT) for v in (word.left, word.top, word.right, word.bottom))
        under[top : bottom + 1, left - 1 : right + 1] = True
        columns = np.flatnonzero(dark[top:bottom, left:right].any(axis=0))
        assert columns[0] <= 3, word
        assert columns[-1] >= right - left - 4, word
    assert (dark & under).sum() / dark.sum() > 0.995


def test_whole_lines_are_found_as_phrases_in_nfc(pdf: bytes) -> None:
    text = pdftotext(pdf)
    assert unicodedata.is_normalized("NFC", text)
    for line in FORM.split("\n"):
        assert line in text


def test_decomposed_words_are_written_composed(drawn: Drawn) -> None:
    decomposed = [Word(unicodedata.normalize("NFD", w.text), w.box, w.confidence, w.line) for w in drawn.words]
    text = pdftotext(write_section([section_page(drawn, words=decomposed)], section_info()))
    assert "Nguyễn Thị Ánh Tuyết" in text
    assert "m²" in text, "not NFKC"


def test_the_font_is_the_one_that_its_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "font.ttf"
    subprocess.run([sys.executable, ROOT / "scripts" / "invisible-font", made], check=True, cwd=ROOT)
    assert made.read_bytes() == font_program()


def test_the_text_is_invisible(drawn: Drawn, pdf: bytes) -> None:
    without = write_section([section_page(drawn, words=())], section_info())
    assert np.array_equal(render(pdf, 75), render(without, 75))
    assert pdftotext(without).strip() == ""


def test_half_a_word_is_marked_about_where_its_letters_are() -> None:
    drawn = draw_page("illimited WWWi mmmlll", size=(120, 60))
    (page,) = extract_pages(io.BytesIO(write_section([section_page(drawn)], section_info())))
    boxes = [box for box in page if isinstance(box, LTTextBox)]
    chars = [c for box in boxes for line in box for c in line if isinstance(c, LTChar) and c.get_text().strip()]
    mmm = next(c for c in chars if c.get_text() == "m" and c.x0 > chars[13].x0)
    assert chars[0].width < chars[4].width / 1.5, "i is narrower than m"
    assert mmm.width > 2.5 * chars[-1].width


def test_glyphs_have_the_box_of_a_letter_but_no_ink(pdf: bytes) -> None:
    """Chrome and Edge mark a search hit by its glyphs' boxes: empty ones gave marks without height."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        descriptor = opened.pages[0].Resources.Font.F0.DescendantFonts[0].FontDescriptor
        font = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()))
        up, down = int(descriptor.Ascent), int(descriptor.Descent)
    for name in font.getGlyphOrder():
        glyph, advance = font["glyf"][name], font["hmtx"][name][0]
        assert (glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax) == (0, down, advance, up)
        area = AreaPen()
        glyph.draw(area, font["glyf"])
        assert area.value == 0


@pytest.mark.parametrize("degrees", [-1.5, 0.8, 2.0])
def test_words_of_a_slanted_line_follow_its_slope(degrees: float) -> None:
    """A page whose skew nobody was sure of keeps its slant; its words must still lie on the ink."""
    drawn = draw_page("Quyết định số 1742/QĐ-UBND ngày 05 tháng 9 năm 2023 của Ủy ban nhân dân", size=(210, 80))
    rise = np.tan(np.radians(degrees))
    words = []
    for word in drawn.words:
        drop = round(-rise * ((word.box.left + word.box.right) / 2 - drawn.width / 2))
        box = Box(word.box.left, word.box.top + drop, word.box.right, word.box.bottom + drop)
        words.append(Word(word.text, box, word.confidence, word.line))
    found = words_with_boxes(write_section([section_page(drawn, words=words)], section_info()))
    assert sorted(word.text for word in found) == sorted(word.text for word in words)
    by_place = sorted(found, key=lambda word: word.left)
    for word, truth in zip(by_place, words, strict=True):
        assert word.top <= truth.box.top * PT + 1.0, truth
        assert word.bottom >= truth.box.bottom * PT - 1.0, truth
        assert word.bottom - word.top < 17, "13 pt text keeps its size"


def test_a_box_over_a_seal_does_not_spoil_its_line(drawn: Drawn) -> None:
    words = list(drawn.words)
    number = next(i for i, word in enumerate(words) if word.text == "Tuyết,")
    box = words[number].box
    words[number] = Word("Tuyết,", Box(box.left, box.top - 60, box.right, box.bottom + 60), 20.0, words[number].line)
    found = words_with_boxes(write_section([section_page(drawn, words=words)], section_info()))
    neighbour = next(word for word in found if word.text == "1973")
    truth = next(word for word in drawn.words if word.text == "1973")
    assert neighbour.top <= truth.box.top * PT + 0.5
    assert neighbour.bottom - neighbour.top < 17
    sealed = next(word for word in found if word.text == "Tuyết,")
    assert sealed.bottom - sealed.top > 50, "the odd word keeps its own place"


def test_words_without_letters_have_a_place_too() -> None:
    words = [Word("—", Box(100, 100, 140, 104), 90.0, 0), Word("...", Box(150, 120, 170, 124), 90.0, 1)]
    drawn = draw_page("", size=(60, 60))
    found = words_with_boxes(write_section([section_page(drawn, words=words)], section_info()))
    assert [word.text for word in found] == ["—", "..."]


def test_touching_and_overlapping_words_stay_apart() -> None:
    drawn = draw_page("", size=(100, 40))
    boxes = [(50, 100), (100, 160), (150, 200), (200, 203), (203, 240)]
    names = ["Nguyễn", "Thị", "Ánh", "ơ", "Tuyết"]
    words = [Word(n, Box(a, 50, b, 76), 90.0, 0) for n, (a, b) in zip(names, boxes, strict=True)]
    assert pdftotext(write_section([section_page(drawn, words=words)], section_info())).split() == names


_BOXES = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    st.integers(-20, 400),
    st.integers(-20, 300),
    st.integers(0, 300),
    st.integers(0, 200),
)
_WORDS = st.lists(
    st.builds(Word, st.text(min_size=1, max_size=12), _BOXES, st.floats(0, 100), st.integers(0, 3)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(words=_WORDS)
def test_no_word_breaks_the_file(words: list[Word], rules: Rules, small_page: SectionPage) -> None:
    pdf = write_section([SectionPage(small_page.layer, small_page.geometry, words)], section_info())
    assert rules(pdf) == []


def test_words_of_a_page_with_an_absurd_resolution_do_not_break_the_file(rules: Rules, small_page: SectionPage) -> None:
    geometry = PageGeometry(2000, 1500, 0, Skew(0.0, 1.0, 0.0), (50_000.0, 50_000.0))
    words = [Word("một", Box(0, 0, 2, 2), 90.0, 0), Word("hai", Box(3, 0, 900, 3), 90.0, 0)]
    pdf = write_section([SectionPage(small_page.layer, geometry, words)], section_info())
    assert rules(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        written = opened.pages[0].Contents.read_bytes().decode()
    assert written.count("Tj") == 3
    assert " 0 T" not in written, "no font size or stretch of nothing"


def test_characters_beyond_the_basic_plane_are_found_and_controls_are_left_out(small_page: SectionPage) -> None:
    texts = ["𠀀𪜈", "😀", "a\x00b\x1b", "\ud800", "\ufeff", "\x07", "cuối"]
    words = [Word(text, Box(10, 20 * n, 60, 20 * n + 15), 90.0, n) for n, text in enumerate(texts)]
    pdf = write_section([SectionPage(small_page.layer, small_page.geometry, words)], section_info())
    assert pdftotext(pdf).split() == ["𠀀𪜈", "😀", "ab", "cuối"]


@pytest.fixture(scope="session")
def small_page() -> SectionPage:
    return section_page(draw_page("nhỏ", size=(60, 50)))


@settings(max_examples=30, deadline=None)
@given(
    dpi=st.tuples(st.sampled_from([72.0, 98.0, 150.0, 204.0, 300.0]), st.sampled_from([72.0, 150.0, 300.0])),
    left=st.integers(0, 800),
    top=st.integers(0, 800),
    width=st.integers(20, 400),
)
def test_a_box_in_px_is_the_box_in_pt_at_any_resolution(
    dpi: tuple[float, float], left: int, top: int, width: int, small_page: SectionPage
) -> None:
    geometry = PageGeometry(1300, 900, 0, Skew(0.0, 1.0, 0.0), dpi)
    word = Word("Hộ", Box(left, top, left + width, top + 40), 90.0, 0)
    (found,) = words_with_boxes(write_section([SectionPage(small_page.layer, geometry, [word])], section_info()))
    assert found.text == nfc("Hộ")
    assert abs(found.left - left * 72 / dpi[0]) < 0.05
    assert abs(found.right - (left + width) * 72 / dpi[0]) < 0.05
    assert found.top <= top * 72 / dpi[1] + 0.1
    assert found.bottom >= (top + 40) * 72 / dpi[1] - 0.1
