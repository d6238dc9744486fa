"""Misread marks: what the words around leave no doubt of is put right, and nothing else is touched."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, PageText, Word
from pipeline.ocr.lexicon import lexicon
from pipeline.ocr.repair import UNSURE, likelihood, repaired
from pipeline.ocr.syllable import is_syllable
from sohoa.text import fold


def words(text: str, confidence: float = 85.0) -> list[Word]:
    return [
        Word(word, Box(100 * n, 50 * line, 100 * n + 90, 50 * line + 30), confidence, line)
        for line, content in enumerate(text.split("\n"))
        for n, word in enumerate(content.split())
    ]


def read(text: str, confidence: float = 85.0) -> str:
    return PageText(tuple(repaired(words(text, confidence))), "").text


@pytest.mark.parametrize(
    ("as_read", "printed"),
    [
        ("cơ quan có thâm quyền; phòng cháy, chữa cháy", "cơ quan có thẩm quyền; phòng cháy, chữa cháy"),
        ("sửa đôi, bỗ sung một số điêu", "sửa đổi, bổ sung một số điều"),
        ("Ủy ban nhân dân câp xã", "Ủy ban nhân dân cấp xã"),  # no possible syllable
        ("quyền sử dụng đât", "quyền sử dụng đất"),
        ("trong thời hạn giai\nquyết hồ sơ", "trong thời hạn giải\nquyết hồ sơ"),  # beyond the end of a line
    ],
)
def test_misread_marks_are_put_right(as_read: str, printed: str) -> None:
    assert read(as_read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Bồ Sung, bà Tô Thị Thâm",  # names
        "ông Bồ sinh năm 1960, bà Tô chức vụ",
        "Quyên có hộ khẩu. Chinh có đất. Quyên được bố mẹ cho đất. Tô chức thực hiện",  # a name may begin a sentence
        "ba mười triệu, hai mươi tu, năm mươi mốt",  # numbers in words
        "CƠ QUAN CÓ THÂM QUYỀN, ĐỖ VĂN HÀNH",  # capitals
        "huyện Krông Ana, tỉnh Đắk Lắk, ông Y Moan Êban, bà H'Hen Niê, K'Brăh, Ksor Phước, buôn Akô Dhông",
        "phôi thai, nỗ lực, điêu khắc, kiêm nhiệm, hoà giải, hòa giải, thuý kiều",  # rare, and right
        "CCCD 059085294411, số 12/QĐ-UBND, mã H11.35-230915-0012, m2",
        "câpx xửlý Bổsung sổhộ",  # more than one confusion away
        "thâm",  # no neighbours: a guess
    ],
)
def test_names_codes_and_rare_words_stay_as_read(text: str) -> None:
    assert read(text, 40.0) == text


def test_words_of_two_columns_are_no_neighbours() -> None:
    cells = [Word("thâm", Box(0, 0, 60, 30), 85, 0), Word("quyền", Box(70, 0, 150, 30), 85, 0)]
    assert [w.text for w in repaired(cells)] == ["thẩm", "quyền"]
    apart = [cells[0], Word("quyền", Box(170, 0, 250, 30), 85, 0)]
    assert repaired(apart) == apart


def test_a_name_in_a_field_of_its_own_begins_no_sentence() -> None:
    boxes = [Box(0, 0, 60, 30), Box(300, 0, 360, 30), Box(370, 0, 430, 30)]
    field = [Word(text, box, 60, 0) for text, box in zip(["Tên", "Tô", "chức"], boxes, strict=True)]
    assert repaired(field) == field


def test_a_sure_reading_stays() -> None:
    text = "cơ quan có thâm quyền"
    assert read(text, UNSURE) == text
    assert read(text, UNSURE - 1) == "cơ quan có thẩm quyền"


def test_what_was_read_stays_beside_what_was_made_of_it() -> None:
    found = repaired(words("(bỗ sung)"))
    before = words("(bỗ sung)")
    assert [(w.text, w.read) for w in found] == [("(bổ", "(bỗ"), ("sung)", None)]
    assert [(w.box, w.confidence, w.line) for w in found] == [(w.box, w.confidence, w.line) for w in before]


LISTED = [
    "sổ",
    "số",
    "thẩm",
    "quyền",
    "giấy",
    "tờ",
    "đất",
    "cấp",
    "hộ",
    "khẩu",
    "nổ",
    "cháy",
    "điều",
    "kiện",
    "bổ",
    "sung",
]
NOISE = ["Thâm", "TÔ", "12", "krông", "đât", "nỗ", ".", "bỗ,", "“sô”", "l2", "hoà", "sô;", "Đôi"]


@given(st.lists(st.sampled_from(LISTED + NOISE), max_size=12), st.floats(0, 100))
def test_letters_signs_and_number_of_words_never_change(texts: list[str], confidence: float) -> None:
    before = words(" ".join(texts), confidence)
    after = repaired(before)
    assert [fold(w.text) for w in after] == [fold(w.text) for w in before]
    assert [w.read or w.text for w in after] == [w.text for w in before]
    assert all(is_syllable(w.text.strip(".,;“”").lower()) for w in after if w.read is not None)


def rows(name: str) -> list[list[str]]:
    text = resources.files("pipeline.ocr.data").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_every_listed_syllable_is_possible_and_pairs_are_of_listed_ones() -> None:
    listed = {syllable for syllable, _ in rows("syllables.tsv")}
    assert len(listed) > 2000
    assert all(is_syllable(syllable) and syllable in lexicon() for syllable in listed)
    assert all({left, *others[::2]} <= listed for left, *others in rows("pairs.tsv"))


def test_neighbours_decide_what_is_likely() -> None:
    left, right = words("có quyền")
    as_read, printed, capital = words("thâm thẩm Thẩm")
    better, worse = likelihood(left, printed, right), likelihood(left, as_read, right)
    assert better is not None
    assert worse is not None
    assert better > worse + 6
    assert likelihood(left, capital, right) is None
