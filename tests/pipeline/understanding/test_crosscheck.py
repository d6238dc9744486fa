"""Fields that cannot be true together are told of, and no personal ID is sure that was read only once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pipeline.understanding.crosscheck import UNSURE_ID
from pipeline.understanding.pages import PageInput
from pipeline.understanding.understand import Understanding, understand
from sohoa.ids import Section

Pages = Callable[..., PageInput]
TODAY = dt.date(2025, 9, 20)
CODES = ("date-order", "date-in-future", "id-nearly-same")


def read(*pages: PageInput, today: dt.date | None = TODAY) -> Understanding:
    return understand(None, {Section.RECORDS: list(pages)}, None, today=today)


def told(found: Understanding) -> list[tuple[str, int | None]]:
    return [(f.code, f.page) for f in found.findings if f.code in CODES]


def confidence(found: Understanding, name: str) -> list[float]:
    return [one.confidence for document in found.documents for one in document.fields if one.name == name]


def test_dates_in_order_are_no_doubt(page: Pages, texts: dict[str, str]) -> None:
    assert told(read(*(page(texts[name]) for name in ("slip", "birth_form", "birth_note")))) == []


def test_an_answer_before_its_receipt(page: Pages, texts: dict[str, str]) -> None:
    found = read(page(texts["slip"].replace("ngày 08/09/2025", "ngày 03/09/2025")))
    assert told(found) == [("date-order", 1)]
    message = next(f.message for f in found.findings if f.code == "date-order")
    assert "“Ngày nhận”" in message and "“Ngày hẹn trả”" in message
    assert max(confidence(found, "thoi_gian_nhan") + confidence(found, "thoi_gian_tra")) <= 0.5


def test_a_paper_dated_before_the_birth_that_it_tells_of(page: Pages, texts: dict[str, str]) -> None:
    note = texts["birth_note"] + "\n>Liên Hương, ngày 01 tháng 9 năm 2025"
    assert told(read(page(note))) == [("date-order", 1)]


def test_a_paper_from_the_future(page: Pages, texts: dict[str, str]) -> None:
    early = dt.date(2025, 9, 4)
    assert told(read(page(texts["birth_form"]), today=early)) == [("date-in-future", 1)]
    assert told(read(page(texts["birth_form"]), today=None)) == []
    slip = page(texts["slip"])
    assert told(read(slip, today=dt.date(2025, 9, 5))) == [], "the day to come back lies ahead"


def test_a_personal_id_is_sure_when_it_stands_there_twice(page: Pages, texts: dict[str, str]) -> None:
    form = page(texts["birth_form"], confidence=99.0)
    assert confidence(read(form), "so_dinh_danh") == [UNSURE_ID]
    again = page(texts["birth_form"].replace("KHAI SINH", "LẠI KHAI SINH"), confidence=99.0)
    assert min(confidence(read(form, again), "so_dinh_danh")) > 0.9


@pytest.mark.parametrize(("number", "codes"), [
    ("060190001284", [("id-nearly-same", 2)]), ("060190007284", [("id-nearly-same", 2)]), ("060164998271", []),
])  # fmt: skip
def test_two_ids_that_nearly_agree(page: Pages, texts: dict[str, str], number: str, codes: list[object]) -> None:
    other = texts["birth_form"].replace("060190001234", number)
    found = read(page(texts["birth_form"]), page(other))
    assert told(found) == codes
    assert all(one <= UNSURE_ID for one in confidence(found, "so_dinh_danh")), "nobody knows which one is right"
    assert not any(number in f.message for f in found.findings)
