from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa import ids
from sohoa.ids import InvalidDossierId


@pytest.mark.parametrize(
    ("text", "family", "unit", "received"),
    [
        ("000.00.21.H10-230915-0012", "old", "000.00.21.H10", dt.date(2023, 9, 15)),
        ("H11.35-230915-0001", "new", "H11.35", dt.date(2023, 9, 15)),
        ("H15.50.05.13-261008-0975", "new", "H15.50.05.13", dt.date(2026, 10, 8)),
        ("030910-291115-TP05-4", "local", "030910", dt.date(2015, 11, 29)),
        ("03706/2026/07906", "insurance", "03706", dt.date(2026, 1, 1)),
    ],
)
def test_each_family_is_read(text: str, family: str, unit: str, received: dt.date) -> None:
    parsed = ids.parse(text)
    assert (parsed.text, parsed.family, parsed.unit, parsed.received) == (text, family, unit, received)


@pytest.mark.parametrize("text", [" h11.35 – 230915 — 0001 ", "H11.35‑230915‑0001"])
def test_dashes_blanks_and_case_do_not_matter(text: str) -> None:
    assert str(ids.parse(text)) == "H11.35-230915-0001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H11.35-230932-0001",  # no 32nd of September
        "H11.35-230229-0001",  # 2023 was no leap year
        "H11.35-230915-0000",  # running numbers start at 1
        "H1l.35-230915-0001",  # a misread letter is not repaired
        "K11.35-230915-0001",
        "000.00.21.H10-230915-12",
        "H11.35-230915-0001/../../etc",
        "030910-311115-TP05-4",  # ddmmyy: no 31st of November
    ],
)
def test_what_is_not_an_id_is_refused(text: str) -> None:
    assert ids.try_parse(text) is None
    with pytest.raises(InvalidDossierId) as caught:
        ids.parse(text)
    assert " / " in caught.value.message and " / " in caught.value.advice


def test_a_folder_name_may_write_a_slash_as_underscore() -> None:
    found = ids.from_folder_name("03706_2026_07906")
    assert found is not None
    assert found.text == "03706/2026/07906"
    assert found.key == "03706_2026_07906"


@given(st.text(max_size=40))
def test_a_key_is_one_safe_path_segment(text: str) -> None:
    parsed = ids.try_parse(text)
    if parsed is not None:
        assert parsed.key.isascii()
        assert "/" not in parsed.key
        assert not parsed.key.startswith(".")
        assert ids.parse(parsed.text) == parsed


def test_holding_numbers_are_told_from_ids() -> None:
    number = ids.holding_number("ab" * 32)
    assert ids.is_holding(number)
    assert ids.try_parse(number) is None
    assert not ids.is_holding("H11.35-230915-0001")
