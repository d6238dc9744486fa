"""Lines and scribbles: order as a person reads, and nothing said to be text that is a pen stroke."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Word
from pipeline.ocr.junk import without_junk
from pipeline.ocr.lines import visual_lines


def word(text: str, left: int, top: int, line: int, confidence: float = 95.0) -> Word:
    return Word(text, Box(left, top, left + 20 * len(text), top + 30), confidence, line)


def lines(words: list[Word]) -> list[str]:
    found: dict[int, list[str]] = {}
    for w in words:
        found.setdefault(w.line, []).append(w.text)
    return [" ".join(found[number]) for number in sorted(found)]


def test_two_columns_read_as_visual_lines() -> None:
    left = [word("UBND", 100, 100, 0), word("XÃ", 100, 150, 1)]
    right = [word("CỘNG", 900, 104, 2), word("HÒA", 1000, 104, 2), word("Độc", 900, 148, 3)]
    assert lines(visual_lines(left + right)) == ["UBND CỘNG HÒA", "XÃ Độc"]


def test_lines_one_above_the_other_stay_apart() -> None:
    assert lines(visual_lines([word("một", 100, 100, 0), word("hai", 110, 120, 1)])) == ["một", "hai"]


def test_a_part_found_first_goes_into_the_gap_of_the_line_around_it() -> None:
    around = [word("(Ký,", 400, 102, 0), word("ghi", 500, 102, 0), word("(Ký)", 1100, 102, 0)]
    assert lines(visual_lines([word("rõ", 600, 100, 1), *around])) == ["(Ký, ghi rõ (Ký)"]


PLACED = st.builds(
    word, st.sampled_from(["a", "giấy", "12"]), st.integers(0, 2000), st.integers(0, 3000), st.integers(0, 5)
)


@given(st.lists(PLACED, max_size=30))
def test_no_word_is_lost_and_numbers_never_fall(words: list[Word]) -> None:
    ordered = sorted(words, key=lambda w: w.line)
    result = visual_lines(ordered)
    assert sorted((w.text, w.box.left, w.box.top) for w in result) == sorted(
        (w.text, w.box.left, w.box.top) for w in words
    )
    assert [w.line for w in result] == sorted(w.line for w in result)


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([("Nguyễn", 96), ("Văn", 95), ("An", 40)], ["Nguyễn", "Văn", "An"]),  # faint, but a syllable
        ([("Họ", 96), ("tên:", 95), ("nanÁ(hé", 45)], ["Họ", "tên:"]),
        ([("Số", 90), ("012345", 35)], ["Số", "012345"]),
        ([("l", 62), ("/", 70)], []),  # a stroke
        ([("9", 68), ("9", 64), ("90", 63), ("9929", 61), ("?", 60)], []),  # a guilloche
        ([("Katơr", 91), ("Phúc", 97)], ["Katơr", "Phúc"]),  # no Vietnamese syllable, but read well
        ([("2", 90)], ["2"]),  # a page number
        ([("-", 80), ("Lưu:", 90), ("VT", 88)], ["-", "Lưu:", "VT"]),
        ([("`", 93), ("——", 80)], []),
        ([("Đặng", 20)], []),
        ([("Trâu", 73), ("Quá", 33)], []),  # made up from a name written by hand
    ],
)
def test_scribbles_are_left_out_and_print_stays(texts: list[tuple[str, int]], kept: list[str]) -> None:
    words = [word(text, 100 * n, 100, 0, confidence) for n, (text, confidence) in enumerate(texts)]
    assert [w.text for w in without_junk(words)] == kept
