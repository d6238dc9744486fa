"""The registry of findings: complete, in two languages, and never without advice."""

from __future__ import annotations

import pytest

from pipeline.findings import FINDINGS, finding
from pipeline.model import Severity
from sohoa.ids import Section
from sohoa.text import has_marks


@pytest.mark.parametrize("code", FINDINGS)
def test_every_kind_speaks_two_languages_and_advises(code: str) -> None:
    made = finding(code, section=Section.RECORDS, page=3)
    vietnamese, english = made.message.split(" / ")
    assert vietnamese and english and made.page == 3
    assert has_marks(vietnamese) and english.isascii()
    assert "{" not in made.message and "[" not in made.message
    advice_vi, advice_en = made.advice.split(" / ")
    assert has_marks(advice_vi) and advice_en.isascii() and advice_en.endswith(".")
    assert (made.code, made.section, made.page) == (code, Section.RECORDS, 3)


@pytest.mark.parametrize("code", FINDINGS)
def test_details_are_said(code: str) -> None:
    kind = FINDINGS[code]
    names = {part.split("}")[0] for text in (kind.vi, kind.en) for part in text.split("{")[1:]}
    made = finding(code, **{name: f"«{name}»" for name in names})
    assert all(f"«{name}»" in made.message for name in names)


def test_counts_on_a_cover_sheet() -> None:
    made = finding("cover-page-count", section=Section.RESULTS, expected=12, found=11, blank=0)
    assert "bìa ghi 12, thấy 11" in made.message and "expected 12, found 11" in made.message
    assert made.severity is Severity.WARNING


def test_an_unknown_code_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code")
