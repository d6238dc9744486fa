"""Phrases are found in damaged text, and other phrases are not taken for them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue.loading import catalogue
from pipeline.understanding.matching import Index, Match, Phrase, syllables
from pipeline.understanding.rules import rules

MARRIAGE = "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"
PHRASES = sorted({text for t in catalogue().doctypes for text in t.phrases})


def find(phrase: str, text: str) -> Match | None:
    page = [s for place, word in enumerate(text.split()) for s in syllables(word, place)]
    return rules().matcher.find(Phrase(phrase), Index(page))


@pytest.mark.parametrize(
    "said",
    [
        "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "GIAY XÁC NHẬN TÌNH TRANG HÔN NHAN",  # marks lost
        "GIẬY XÁC NHẪN TỈNH TRẠNG HỒN NHÂN",  # marks changed
        "GlẤY XÁC NHẬN T1NH TRẠNG H0N NHÂN",  # look-alikes
        "GIẤY XÁC NHẬN TÌNH TRXNG HÔN NHÂN",  # a wrong letter
        "GIẤY XÁC NHẬN TÌ NH TRẠNG HÔN NHÂN",  # torn apart
        "GIẤY XÁC NHẬNTÌNH TRẠNG HÔN NHÂN",  # run together
        "GIẤY XÁC NHẬN . | TÌNH TRẠNG HÔN NHÂN",  # stray marks
        "GIẤY XÁC NHẬN TÌNH #%@ HÔN NHÂN",  # a syllable under a seal
        "“Giấy xác nhận tình trạng hôn nhân”;",
    ],
)
def test_a_damaged_phrase_is_found_where_it_stands(said: str) -> None:
    match = find(MARRIAGE, f"Căn cứ đơn xin {said} của bà Út")
    assert match is not None and match.score >= 0.78
    assert match.first == 4 and match.last == 3 + len(said.split())


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("TỜ KHAI ĐĂNG KÝ KHAI TỬ", "TỜ KHAI ĐĂNG KÝ KHAI SINH"),
        ("TỜ KHAI ĐĂNG KÝ KHAI SINH", "TỜ KHAI ĐĂNG KÝ KẾT HÔN"),
        ("GIẤY CHỨNG SINH", "GIẤY KHAI SINH"),
        ("GIẤY CHỨNG SINH", "GIẤY CHỨNG TỬ"),
        ("TRÍCH LỤC KHAI SINH", "TRÍCH LỤC KHAI TỬ"),
        ("Mẫu số 15", "Mẫu số 18"),
        ("ĐĂNG KÝ TẠM TRÚ", "ĐĂNG KÝ THƯỜNG TRÚ"),
        (MARRIAGE, "the quick brown fox jumps over the lazy dog"),
        (MARRIAGE, ""),
    ],
)
def test_another_phrase_is_not_found(phrase: str, said: str) -> None:
    assert find(phrase, said) is None


def test_damage_costs_and_more_damage_costs_more() -> None:
    exact, mark, letter = (
        find(MARRIAGE, said)
        for said in (MARRIAGE, MARRIAGE.replace("GIẤY", "GIAY"), MARRIAGE.replace("TRẠNG", "TRXNG"))
    )
    assert exact is not None and mark is not None and letter is not None
    assert 1.0 == exact.score > mark.score > letter.score


def test_tone_placement_is_no_difference() -> None:
    match = find("CỘNG HÒA", "CỘNG HOÀ")
    assert match is not None and match.score == 1.0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PHRASES), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["NFC", "NFD"]))
def test_nfd_and_nfc_read_the_same(phrase: str, one: str, other: str) -> None:
    text = f"Trang này ghi rõ {phrase} như trên"
    normal = find(phrase, text)
    assert find(unicodedata.normalize(one, phrase), unicodedata.normalize(other, text)) == normal
    if syllables(phrase):
        assert normal is not None and normal.score == 1.0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(PHRASES))
def test_a_match_lies_inside_the_text(text: str, phrase: str) -> None:
    match = find(phrase, text)
    if match is not None:
        assert 0 <= match.first <= match.last < len(text.split())
        assert 0.78 <= match.score <= 1.0
