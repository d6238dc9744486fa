"""Ink that no word covers: print comes back in its place, and what stays unread is told of with its box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from pictured import ENGINES, FONTS, Page
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, Word
from pipeline.ocr.base import OcrEngine
from pipeline.ocr.coverage import Coverage, Piece, completed
from pipeline.ocr.engines import engine
from pipeline.ocr.errors import OcrTimedOut
from pipeline.ocr.lines import visual_lines
from pipeline.ocr.words import Readers, page_text, words

FACE = ImageFont.truetype(FONTS.format("Regular"), 36)
WIDTH, HEIGHT = 1600, 900


def picture(*texts: tuple[int, int, str], strokes: Sequence[Sequence[tuple[int, int]]] = ()) -> NDArray[np.uint8]:
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(page)
    for x, y, text in texts:
        pen.text((x, y), text, font=FACE, fill=20)
    for stroke in strokes:
        pen.line(list(stroke), fill=20, width=5, joint="curve")
    return np.asarray(page)


def read(text: str, confidence: float) -> Callable[[Sequence[Piece]], list[list[Word]]]:
    """Return a reader that says ``text`` of the one piece that it is given, at the piece's place."""

    def reader(pieces: Sequence[Piece]) -> list[list[Word]]:
        (piece,) = pieces
        left, top = piece.corner
        height, width = piece.picture.shape
        parts = text.split()
        step = width // max(1, len(parts))
        return [
            [
                Word(part, Box(left + n * step, top, left + n * step + step - 9, top + height), confidence, 0)
                for n, part in enumerate(parts)
            ]
        ]

    return reader


def nothing(pieces: Sequence[Piece]) -> list[list[Word]]:
    raise AssertionError("nothing is left to read")


LINE = (150, 200, "thôn Suối Đá, xã Bình Lâm, huyện Tuy Sơn")
WHOLE = Word("x", Box(140, 190, 1000, 260), 95, 0)


def covered(page: NDArray[np.uint8], words: list[Word], text: str, confidence: float) -> Coverage:
    return completed(words, Page(page), read(text, confidence))


def test_what_words_cover_is_not_read_again() -> None:
    assert completed([WHOLE], Page(picture(LINE)), nothing) == Coverage([WHOLE], ())


def test_print_beside_a_word_comes_back_in_its_place_on_the_line() -> None:
    first, last = Word("thôn", Box(150, 205, 225, 240), 95, 0), Word("Sơn", Box(722, 205, 782, 240), 95, 0)
    whole = covered(picture(LINE), [first, last], "Suối Đá, xã Bình Lâm, huyện Tuy", 96)
    assert " ".join(w.text for w in visual_lines(whole.words)) == "thôn Suối Đá, xã Bình Lâm, huyện Tuy Sơn"
    assert {w.line for w in visual_lines(whole.words)} == {0}
    assert whole.unread == ()


def test_print_that_cannot_be_read_is_told_of_with_its_box() -> None:
    (box,) = covered(picture(LINE), [], "thôn Suôi Đả xä Bình", 65).unread
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox(LINE[:2], LINE[2], FACE)
    assert (box.left, box.right) == pytest.approx((left, right), abs=6)
    assert top <= box.top < box.bottom <= bottom


@pytest.mark.parametrize(("text", "confidence"), [("3333333", 85.0), ("7", 94.0), ("l1 ~", 20.0), ("", 0.0)])
def test_beads_and_strokes_are_neither_text_nor_told_of(text: str, confidence: float) -> None:
    whole = covered(picture((150, 200, "ooooooo")), [], text, confidence)
    assert whole == Coverage([], ())


def test_a_signature_is_not_read() -> None:
    swing = [(300, 600), (420, 380), (480, 660), (560, 420), (800, 560), (1100, 470)]
    assert completed([], Page(picture(strokes=[swing])), nothing) == Coverage([], ())


@pytest.mark.parametrize("name", ENGINES)
def test_a_line_that_layout_lost_is_read_by_either_engine(name: str) -> None:
    """The table lacks the second line, and a long stroke runs into it."""
    reader: OcrEngine = engine("tesserocr" if name == "tesserocr" else "pytesseract", "vie")
    stroke = [(1000, 150), (1100, 420), (1180, 190), (1500, 330)]
    page = Page(picture(LINE, (150, 280, "Thượng úy Lục Minh Quân"), strokes=[stroke]))
    assert "Thượng úy Lục Minh Quân" in reader.read(page, 60.0).text


def test_when_the_time_runs_out_in_a_second_look_the_first_reading_stands() -> None:
    def late(*_: object) -> list[Any]:
        raise OcrTimedOut("late")

    page = Page(picture(LINE, (150, 280, "Thượng úy Lục Minh Quân, trưởng công an xã Bình Lâm")))
    rows = ["5\t1\t1\t1\t1\t1\t150\t205\t280\t30\t95\tthôn", "5\t1\t1\t1\t1\t2\t435\t205\t280\t30\t69\tSuối"]
    text = page_text(words("\n".join(rows), page), page, "engine", Readers(late, late))
    assert text.text == "thôn Suối"
    assert len(text.unread) == 1, "the line that was not read any more is told of"


def test_digits_in_boxes_of_their_own_are_parted() -> None:
    found = [(150, 60, "số:"), (300, 300, "059083"), (900, 110, "059083")]
    rows = [f"5\t1\t1\t1\t1\t{n}\t{x}\t300\t{width}\t24\t96\t{text}" for n, (x, width, text) in enumerate(found)]
    page = Page(picture())
    text = page_text(words("\n".join(rows), page), page, "engine", Readers())
    assert text.text == "số: 0 5 9 0 8 3 059083"
    assert [w.box.width for w in text.words[1:7]] == [50] * 6


def test_a_row_in_which_the_engine_finds_no_line_is_read_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tesserocr")
    from pipeline.ocr.inprocess import InProcessEngine
    from pipeline.ocr.segmentation import ALONE

    table = InProcessEngine._table

    def finds_no_line(self: Any, api: Any, cut: NDArray[np.uint8], dpi: int, segmentation: int, timeout: float) -> str:
        return table(self, api, cut, dpi, segmentation, timeout) if segmentation == ALONE else ""

    monkeypatch.setattr(InProcessEngine, "_table", finds_no_line)
    found = engine("tesserocr", "vie").read(Page(picture((500, 300, "XÁC NHẬN: Trần Quốc Bình"))), 60.0)
    assert found.text == "XÁC NHẬN: Trần Quốc Bình"
    assert found.unread == ()
    left, _, right, _ = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((500, 300), found.text, font=FACE)
    assert found.words[0].box.left == pytest.approx(left, abs=8)
    assert found.words[-1].box.right == pytest.approx(right, abs=8)


def test_a_piece_is_trimmed_to_its_print_and_knows_its_place() -> None:
    white = np.full((60, 200), 255, np.uint8)
    white[20:40, 50:150] = 0
    tight = Piece(white, (1000, 500), likely=True).trimmed()
    assert tight.picture.shape == (28, 108)
    assert tight.corner == (1046, 516)
    assert Piece(white[:10], (3, 4), likely=True).trimmed().corner == (3, 4), "nothing to trim to"
