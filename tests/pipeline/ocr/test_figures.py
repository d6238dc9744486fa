"""Misread digits: put right by the number's own rule, or left as they were read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Word
from pipeline.ocr.figures import corrected


def words(text: str, confidence: float = 80.0) -> list[Word]:
    return [Word(word, Box(100 * n, 0, 100 * n + 90, 30), confidence, 0) for n, word in enumerate(text.split())]


def read(text: str, confidence: float = 80.0) -> str:
    return " ".join(word.text for word in corrected(words(text, confidence)))


@pytest.mark.parametrize(
    ("as_read", "printed"),
    [
        ("ngày 1Š tháng 1Ï năm 2010;", "ngày 15 tháng 11 năm 2010;"),
        ("ngày l3 tháng 1] năm 2O16", "ngày 13 tháng 11 năm 2016"),
        ("Sinh ngày: 15/O3/1985,", "Sinh ngày: 15/03/1985,"),
        ("Số định danh: O59085294411", "Số định danh: 059085294411"),
        ("Mã hồ sơ: H11.35-23O915-00l2", "Mã hồ sơ: H11.35-230915-0012"),
        ("Số: l23/QĐ-UBND", "Số: 123/QĐ-UBND"),
        ("Số: 4S/2024/TT-BTP", "Số: 45/2024/TT-BTP"),
    ],
)
def test_the_rule_of_the_number_puts_it_right(as_read: str, printed: str) -> None:
    assert read(as_read) == printed


@pytest.mark.parametrize(
    "text",
    [
        "ngày 3S tháng 13 năm 2010",  # no such day
        "ngày S tháng I năm 2010",  # no digit was read: it may be anything
        "15/l3/1985",  # no such month
        "O99085294411 05908529441",  # no such province; a digit short
        "H11.35-23l315-0012",  # no such month
        "TP05 B52 2B I. II. l) lô S2 12B/5 đường số 1O",  # no rule
        "Số: 12B/QĐ-UBND 05B/2024/TT-BTP",  # a number of its own, as 12A is
        "Số: IS/QĐ-UBND",
        "B1234567 B12345678 hộ chiếu S1234567",  # passports
    ],
)
def test_what_no_rule_knows_stays_as_read(text: str) -> None:
    assert read(text) == text


def test_a_sure_reading_stays_and_what_was_read_is_kept() -> None:
    assert read("ngày l3 tháng 11", 96.0) == "ngày l3 tháng 11"
    assert [w.read for w in corrected(words("ngày l3 tháng 11"))] == [None, "l3", None, None]


@given(st.text(alphabet="0123456789OlIS/.-QĐH ", max_size=40))
def test_no_digit_is_ever_changed(text: str) -> None:
    before = words(f"ngày {text} tháng")
    for was, now in zip(before, corrected(before), strict=True):
        assert len(was.text) == len(now.text)
        assert all(a == b for a, b in zip(was.text, now.text, strict=True) if a.isdigit())
