"""What counts as a secrecy mark: on a page only what is spelt as one, on a stamp also what is near."""

from __future__ import annotations

import pytest

from pipeline.secrecy import MARKS, secrecy_mark, secrecy_mark_like


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_found_in_capitals_with_and_without_its_marks_and_amid_specks(mark: str) -> None:
    bare = mark.replace("Ậ", "A").replace("Ố", "O").replace("Ệ", "E")
    assert {secrecy_mark(said) for said in (mark, bare, f"| {mark} .", f"[{mark}]")} == {mark}


@pytest.mark.parametrize("said", ["Mật", "MẤT", "MẮT", "MẬT KHẨU", "TUYỆT", "BẢO MẬT", "MÁT", "MẬ", ""])
def test_other_words_are_no_mark(said: str) -> None:
    assert secrecy_mark(said) is None


@pytest.mark.parametrize(
    ("said", "framed", "mark"),
    [
        ("MẬT", False, "MẬT"),
        ("MẬI", True, "MẬT"),
        ("MẬI", False, None),
        ("TÔI MẬT", False, "TỐI MẬT"),
        ("TỐI MẬ1", False, "TỐI MẬT"),
        ("TUYÊT MẠ", True, "TUYỆT MẬT"),
        ("TUYỆTMẬT", False, "TUYỆT MẬT"),
        ("MẪU", True, None),
        ("ĐẾN", True, None),
        ("KHẨN", True, None),
        ("HỎA TỐC", True, None),
        ("BẢN SAO", True, None),
        ("", True, None),
    ],
)
def test_a_stamp_says_the_mark_that_its_text_is_near_to(said: str, framed: bool, mark: str | None) -> None:
    assert secrecy_mark_like(said, framed) == mark
