from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.text import fold, has_marks, match_form, nfc

VIETNAMESE = st.text(alphabet="aăâeêioôơuưyđĐƯỢẠấầẩẫậắằếềểốồộớờợứừựạảãáà hqnkhgmt", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Giấy chứng nhận quyền sử dụng đất", "giay chung nhan quyen su dung dat"),
        ("ĐƯỜNG ĐỘC LẬP", "duong doc lap"),
        ("Nguyễn Thị Mỹ Lệ", "nguyen thi my le"),
        ("1.250,5 m²", "1.250,5 m²"),
    ],
)
def test_fold_drops_every_mark_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text(max_size=60))
def test_folding_keeps_positions(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(VIETNAMESE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_both_unicode_forms_fold_and_match_alike(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(text)
    assert match_form(decomposed) == match_form(text)
    assert len(match_form(text)) == len(nfc(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hòa", "Hoà"), ("ủy", "uỷ"), ("Thúy", "Thuý"), ("khỏe", "khoẻ"), ("XÓA", "XOÁ"), ("hòa giải", "hoà giải")],
)
def test_tone_placement_does_not_matter(one: str, other: str) -> None:
    assert match_form(one) == match_form(other)


@pytest.mark.parametrize(("one", "other"), [("của", "cuả"), ("quý", "qúy"), ("hoàn", "hòan"), ("đất", "dất")])
def test_other_spellings_stay_apart(one: str, other: str) -> None:
    assert match_form(one) != match_form(other)


def test_marks_are_noticed() -> None:
    assert has_marks("đất")
    assert not has_marks("dat DAT 12")
