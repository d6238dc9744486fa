"""A second reading of doubtful lines: agreement is believed, dispute is not, and what was sure stays."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pictured import FONTS, Page, blank_picture
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, Word
from pipeline.ocr import models
from pipeline.ocr.again import read_again
from pipeline.ocr.engines import engine
from pipeline.ocr.errors import EngineMissing
from pipeline.ocr.junk import without_junk
from pipeline.ocr.models import model_folder

TWICE = (2.0, 2.0)
"""A page of 400 × 300 px has a picture twice as large."""


def word(text: str, left: int, confidence: float, line: int = 0, width: int = 40) -> Word:
    return Word(text, Box(left, 100 + 30 * line, left + width, 120 + 30 * line), confidence, line)


def settled(line: list[Word], second: list[Word]) -> list[tuple[str, float]]:
    return [(w.text, w.confidence) for w in read_again(line, Page(scale=TWICE), lambda cut, corner: second)]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("TUY", 10), ("TUY", 93), ("TUY", 93)),  # faint print, the same twice
        (("nỗ", 42), ("nổ", 92), ("nổ", 92)),  # another mark, clearly surer
        (("nổ", 65), ("nỗ", 70), ("nổ", 70)),  # another mark, hardly surer: as first read
        (("z2", 45), ("27", 91), ("27", 91)),  # other letters, and sure of them
        (("Thông", 52), ("Thần", 15), ("Thông", 15)),  # a signature
        (("lụy", 42), ("Tho", 84), ("lụy", 42)),
    ],
)
def test_two_readings_are_settled(first: tuple[str, int], second: tuple[str, int], kept: tuple[str, int]) -> None:
    assert settled([word(first[0], 50, first[1])], [word(second[0], 52, second[1])]) == [kept]


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (("thâm", 66), ("thẩm", 70), "thẩm"),  # hardly surer, but what stands before quyền
        (("thâm", 91), ("thẩm", 88), "thẩm"),  # in no doubt, but not sure
        (("thâm", 95), ("thẩm", 97), "thâm"),  # sure
        (("thẩm", 45), ("thâm", 92), "thẩm"),  # surer, but what nobody prints there
        (("tham", 60), ("thảm", 64), "tham"),  # neither is likely
    ],
)
def test_spellings_are_chosen_by_the_engine_and_the_lexicon(
    first: tuple[str, int], second: tuple[str, int], kept: str
) -> None:
    line = [word("có", 0, 60), word(first[0], 50, first[1]), word("quyền", 100, 96)]
    assert [text for text, _ in settled(line, [word("có", 0, 96), word(second[0], 52, second[1])])][1] == kept


def test_a_word_that_makes_a_phrase_is_kept_when_the_second_reading_lost_it() -> None:
    line = [word("có", 0, 60), word("thâm", 50, 60), word("quyền", 100, 96), word("tho", 150, 60)]
    kept = settled(line, [word("có", 0, 96), word("quyền", 100, 96)])
    assert kept == [("có", 96), ("thâm", 60), ("quyền", 96), ("tho", 0)]


def test_words_that_ran_together_come_apart_in_their_place() -> None:
    line = [word("Ngành", 10, 95), word("lẻđồ", 60, 49, width=80), word("uống", 150, 96)]
    second = [word("Nganh", 10, 99), word("lẻ", 60, 97, 3), word("đồ", 104, 96, 3), word("uông", 150, 99)]
    assert settled(line, second) == [("Ngành", 95), ("lẻ", 97), ("đồ", 96), ("uống", 96)]
    assert {w.line for w in read_again(line, Page(scale=TWICE), lambda cut, corner: second)} == {0}


def test_words_that_the_second_reading_ran_together_stay_apart_and_are_not_said_twice() -> None:
    line = [word("4.", 10, 85, width=24), word("Có", 44, 77), word("thẻ", 94, 1), word("không?", 144, 1, width=100)]
    second = [word("4.Cóthẻkhông?", 10, 87, width=234)]
    assert settled(line, second) == [("4.", 87), ("Có", 87), ("thẻ", 87), ("không?", 87)]


def test_a_word_of_the_second_reading_alone_is_not_taken_and_one_of_the_first_loses_belief() -> None:
    line = [word("Số", 10, 95), word("258", 100, 67)]
    assert settled(line, [word("Số", 10, 95), word("xa", 300, 99)]) == [("Số", 95), ("258", 0)]
    assert [w.text for w in without_junk(read_again(line, Page(scale=TWICE), lambda cut, corner: []))] == ["Số"]


def test_only_doubtful_lines_with_something_of_a_word_are_read_and_cut_where_they_stand() -> None:
    cuts: list[tuple[tuple[int, ...], tuple[int, int]]] = []

    def reader(cut: NDArray[np.uint8], corner: tuple[int, int]) -> list[Word]:
        cuts.append((cut.shape, corner))
        return []

    words = [word("sure", 50, 90, 0), word("—", 50, 10, 1), word("mờ", 50, 69, 2)]
    assert [w.text for w in read_again(words, Page(scale=TWICE), reader)] == ["sure", "—", "mờ"]
    # box 50–90 × 160–180 of the page is 100–180 × 320–360 of its picture, 4 px margin, 10 px rim
    assert cuts == [((40 + 28, 80 + 28), (86, 306))]


def test_a_cut_shows_nothing_of_the_lines_above_and_below() -> None:
    picture = blank_picture()
    picture[325:355, 105:140] = 30  # the line's own letters, in the cut's rows 316 to 364
    picture[325:372, 150:156] = 30  # and a tail that leaves it
    picture[362:400, 105:140] = 30  # the tops of the next line
    picture[300:319, 160:175] = 30  # the feet of the line above
    cuts: list[NDArray[np.uint8]] = []

    def reader(cut: NDArray[np.uint8], corner: tuple[int, int]) -> list[Word]:
        cuts.append(cut)
        return []

    list(read_again([word("mờ", 50, 69, 2)], Page(picture, scale=TWICE), reader))
    shown = cuts[0][10:-10, 10:-10] < 255
    assert shown[9:39, 9:44].all()
    assert shown[9:, 54:60].all()
    assert shown.sum() == 30 * 35 + 39 * 6


@pytest.fixture
def speckled() -> Page:
    """A line of print, and one beneath it that a stain has left faint and ragged."""
    picture = Image.new("L", (1600, 400), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(FONTS.format("Regular"), 36)
    pen.text((100, 100), "Họ, chữ đệm, tên: Nguyễn Thị Mỹ Lệ", font=font, fill=25)
    pen.text((100, 200), "Nơi cư trú: thôn Phú Điền, xã Hòa Phú", font=font, fill=25)
    pixels = np.array(picture)
    noise = np.random.default_rng(7).random((70, 1000)) < 0.35
    pixels[190:260, 90:1090][noise] = 255
    return Page(pixels)


def test_a_larger_model_reads_doubtful_lines_and_is_named(tmp_path: Path, speckled: Page) -> None:
    pytest.importorskip("tesserocr")
    larger = tmp_path / "larger.traineddata"
    shutil.copy(model_folder() / "vie.traineddata", larger)
    reader = engine("tesserocr", "vie", larger)
    text = reader.read(speckled, 60)
    assert text == reader.read(speckled, 60)
    assert "Nguyễn" in text.text
    assert "larger" in text.engine
    assert reader.versions()["tesseract-second-model-larger"].startswith("sha256:")
    boxes = [w.box for w in text.words]
    assert all(90 <= b.left < b.right <= 1100 and 90 <= b.top < b.bottom <= 270 for b in boxes)


def drawn(dpi: int) -> Page:
    """Two clear lines on a page of that many dots per inch, in a picture of 200 dpi."""
    picture = Image.new("L", (1600, 400), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(FONTS.format("Regular"), 36)
    pen.text((100, 100), "Họ, chữ đệm, tên: Nguyễn Thị Mỹ Lệ", font=font, fill=25)
    pen.text((100, 200), "Nơi cư trú: thôn Phú Điền, xã Hòa Phú", font=font, fill=25)
    scale = 200 / dpi
    return Page(np.array(picture), 200, (scale, scale))


@pytest.mark.parametrize("dpi", [150, 300])
def test_a_larger_model_has_no_say_in_what_is_not_in_doubt(tmp_path: Path, dpi: int) -> None:
    pytest.importorskip("tesserocr")
    other = tmp_path / "other.traineddata"
    shutil.copy(model_folder() / "eng.traineddata", other)  # knows no Vietnamese: what it read is easily told
    text = engine("tesserocr", "vie", other).read(drawn(dpi), 60).text
    assert "Nguyễn Thị Mỹ Lệ" in text
    assert "Nơi cư trú: thôn Phú Điền" in text


def test_a_larger_model_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    pytest.importorskip("tesserocr")
    with pytest.raises(EngineMissing):
        engine("tesserocr", "vie", tmp_path / "none.traineddata").versions()


def test_without_a_setting_the_larger_model_of_the_language_is_taken_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, usual = tmp_path / "own", tmp_path / "usual"
    monkeypatch.setattr(models, "_OWN_FOLDER", own)
    monkeypatch.setattr(models, "model_folder", lambda: usual)
    assert models.second_model("vie", None) is None
    for folder in (own, usual):
        folder.mkdir()
        larger = folder / "vie_best.traineddata"
        larger.touch()
        assert models.second_model("vie", None) == larger
    assert models.second_model("eng", None) is None
