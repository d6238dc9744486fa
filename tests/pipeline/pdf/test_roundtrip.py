"""Words go in with their boxes and come out of other readers in the same places, however the page was scanned."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pikepdf
import pytest
from drawn_pages import (
    FORM,
    Drawn,
    FoundWord,
    Pixels,
    jpeg,
    scanned,
    section_info,
    section_page,
    words_with_boxes,
)
from pikepdf import Array, Dictionary, Name, Stream
from readers import overlap, pdfium_hits, pdfium_picture, pdfium_text, pdfium_words, pdfminer_words, true_places

from pipeline.batch.jobs import ReadJob
from pipeline.batch.reading import load, read
from pipeline.model import Box, PageGeometry, Skew
from pipeline.ocr.engines import chosen
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.layers import archival_layer
from pipeline.settings import OcrSettings
from scanners import files
from scanners.base import IntakeLimits

READERS: dict[str, Callable[[bytes, int], list[FoundWord]]] = {
    "poppler": words_with_boxes,
    "pdfminer": pdfminer_words,
    "pdfium": pdfium_words,
}
CASES = list(product(range(4), (-2.5, 0.0, 1.2)))


def assert_in_place(found: Sequence[FoundWord], truth: Sequence[FoundWord], least: float, ends: float) -> None:
    """The same words in the same order, each overlapping its place, its ends within ``ends`` pt of its ink."""
    assert [word.text for word in found] == [word.text for word in truth]
    for word, true in zip(found, truth, strict=True):
        assert overlap(word, true) > least, (word, true)
        assert abs(word.left - true.left) < ends and abs(word.right - true.right) < ends, (word, true)


@pytest.fixture(scope="module")
def turned(drawn: Drawn) -> bytes:
    """One page as scanned in every quarter turn, level and with two skews."""
    return write_section([section_page(drawn, turns=turns, angle=angle) for turns, angle in CASES], section_info())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", range(len(CASES)), ids=[f"{90 * t} degrees, skew {a}" for t, a in CASES])
def test_every_word_comes_back_in_order_and_on_its_ink(case: int, reader: str, drawn: Drawn, turned: bytes) -> None:
    """Pdfminer makes every box just one font size high, which costs it a tenth of the overlap."""
    assert_in_place(READERS[reader](turned, case + 1), true_places(drawn), 0.85 if reader == "pdfminer" else 0.9, 0.1)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("turns", range(4))
def test_words_of_a_fax_with_unequal_resolutions_come_back_on_their_ink(turns: int, reader: str, drawn: Drawn) -> None:
    """204 × 98 dpi: the upright page's pixels are not square, and which way depends on how it lay in the machine."""
    dpi = (204.0, 98.0) if turns % 2 == 0 else (98.0, 204.0)
    across, down = dpi[0] / 150, dpi[1] / 150
    upright = cv2.resize(drawn.pixels, None, fx=across, fy=down, interpolation=cv2.INTER_AREA)
    stored = np.ascontiguousarray(np.rot90(upright, turns))
    words = [replace(word, box=_scaled(word.box, across, down)) for word in drawn.words]
    geometry = PageGeometry(stored.shape[1], stored.shape[0], turns, Skew(0.0, 1.0, 0.0), dpi)
    layer = archival_layer(scanned(jpeg(stored), stored), stored, "gray")
    pdf = write_section([SectionPage(layer, geometry, words)], section_info())
    assert_in_place(READERS[reader](pdf, 1), true_places(drawn), 0.75, 0.5 * 72 / 98 + 0.1)


def _scaled(box: Box, across: float, down: float) -> Box:
    left, right = (round(edge * across) for edge in (box.left, box.right))
    top, bottom = (round(edge * down) for edge in (box.top, box.bottom))
    return Box(left, top, right, bottom)


def test_selecting_everything_copies_the_page_line_by_line(turned: bytes) -> None:
    for page in range(1, len(CASES) + 1):
        copied = pdfium_text(turned, page)
        assert copied == FORM
        assert unicodedata.is_normalized("NFC", copied)


@pytest.mark.parametrize("phrase", ["Nguyễn Thị Ánh Tuyết", "1742/QĐ-UBND ngày 05", "TỰ DO", "ở ở", "m²"])
def test_a_phrase_typed_in_chrome_is_found_and_marked_as_one_run(phrase: str, drawn: Drawn, turned: bytes) -> None:
    """Typed text is NFC; capitals do not matter.  The marks run over the blanks between the words."""
    for page in range(1, len(CASES) + 1):
        (hit,) = pdfium_hits(turned, phrase, page)
        assert hit.text.casefold() == phrase.casefold()
        first = phrase.casefold().split()[0]
        begins = [word.left for word in true_places(drawn) if word.text.casefold() == first]
        assert min(abs(hit.left - left) for left in begins) < 0.1
        assert hit.bottom - hit.top < 1.4 * 13


# through the real intake and engine


class Window(NamedTuple):
    """The part of a drawn page that a crop box lets be seen: pt, origin top left."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE = Window(0, 0, 210 * 72 / 25.4, 297 * 72 / 25.4)
PART = Window(41, 47, 566, 301)
ORIGIN = (-37.0, 81.5)
"""Where the picture's lower left corner lies: media boxes need not begin at 0."""


def odd_pdf(drawn: Drawn, rotate: int, seen: Window) -> bytes:
    """Return ``drawn`` as a PDF whose page is turned by /Rotate, lies off the origin and shows ``seen`` only."""
    pixels = np.ascontiguousarray(np.rot90(drawn.pixels, rotate // 90))
    high, wide = (side * 72 / 150 for side in pixels.shape)
    corners = [_turned(x, y, drawn, rotate) for x, y in ((seen.left, seen.top), (seen.right, seen.bottom))]
    xs, ys = sorted(ORIGIN[0] + x for x, _ in corners), sorted(ORIGIN[1] + high - y for _, y in corners)
    with pikepdf.new() as pdf:
        image = Stream(pdf, jpeg(pixels), Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
        image.Height, image.Width, image.BitsPerComponent, image.Filter = *pixels.shape, 8, Name.DCTDecode
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.MediaBox = Array([ORIGIN[0] - 20, ORIGIN[1] - 30, ORIGIN[0] + wide + 55, ORIGIN[1] + high + 8])
        page.obj.CropBox = Array([xs[0], ys[0], xs[1], ys[1]])
        page.obj.Rotate, page.obj.Resources = rotate, Dictionary(XObject=Dictionary(Im0=image))
        page.obj.Contents = Stream(pdf, f"q {wide} 0 0 {high} {ORIGIN[0]} {ORIGIN[1]} cm /Im0 Do Q".encode())
        file = io.BytesIO()
        pdf.save(file)
        return file.getvalue()


def _turned(x: float, y: float, drawn: Drawn, rotate: int) -> tuple[float, float]:
    """Return where a place of the upright page (pt) lies on the page as stored, before /Rotate."""
    wide, high = drawn.width * 72 / 150, drawn.height * 72 / 150
    return {0: (x, y), 90: (y, wide - x), 180: (wide - x, high - y), 270: (high - y, x)}[rotate]


@pytest.mark.parametrize(
    ("rotate", "seen"),
    [(0, PART), (90, PART), (180, PART), (270, PART), (270, WHOLE)],
    ids=["0, part", "90, part", "180, part", "270, part", "270, whole picture"],
)
def test_a_search_hit_lies_on_the_word_that_is_seen_whatever_the_source_s_crop_box(
    rotate: int, seen: Window, drawn: Drawn, tmp_path: Path, rules: Callable[[bytes], list[object]]
) -> None:
    source = tmp_path / "odd.pdf"
    source.write_bytes(odd_pdf(drawn, rotate, seen))
    info = files.inspect(source, source.name, IntakeLimits())
    spool = tmp_path / "page"
    # the scan's own JPEG, so that the ink of both files can be compared dot by dot
    job = ReadJob(info, 0, 1, 0, None, spool, OcrSettings(), IntakeLimits(), chosen("auto"), "faithful")
    sheet = read(job)
    assert sheet.spool is not None, sheet
    result = load(sheet.spool)
    pdf = write_section([SectionPage(result.layer, result.geometry, result.text.words)], section_info())
    assert rules(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        size = [float(side) for side in opened.pages[0].MediaBox[2:]]
    assert size == pytest.approx([seen.right - seen.left, seen.bottom - seen.top], abs=0.6)

    truth = [_seen(word, seen) for word in true_places(drawn)]
    found = pdfium_words(pdf)
    hits = [any(word.text == true.text and overlap(word, true) > 0.5 for word in found) for true in truth]
    assert sum(hits) > 0.9 * len(truth)
    (hit,) = pdfium_hits(pdf, "Nguyễn Thị Ánh Tuyết")
    begins, ends = (next(true for true in truth if true.text == text) for text in ("Nguyễn", "Tuyết,"))
    assert abs(hit.left - begins.left) < 2 and abs(hit.right - ends.right) < 6
    assert _ink(pdfium_picture(pdf), hit) == pytest.approx(_ink(pdfium_picture(source.read_bytes()), hit), rel=0.1)


def _seen(word: FoundWord, seen: Window) -> FoundWord:
    shift = {"left": word.left - seen.left, "right": word.right - seen.left}
    return replace(word, **shift, top=word.top - seen.top, bottom=word.bottom - seen.top)


def _ink(page: Pixels, place: FoundWord) -> float:
    """Return how much of a place (pt) of a page shown at 150 dpi is dark."""
    left, top, right, bottom = (round(v * 150 / 72) for v in (place.left, place.top, place.right, place.bottom))
    return float((page[top:bottom, left:right] < 128).mean())
