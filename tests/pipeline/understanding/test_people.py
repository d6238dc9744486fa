"""A paper of another family is a doubt that shows both families' names; what recognition does to names is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.understanding.pages import PageInput
from pipeline.understanding.understand import understand
from sohoa.ids import Section

Pages = Callable[..., PageInput]
OTHERS = {"Nguyễn Thị Thu Hà": "Đinh Hồng Nhung", "Nguyễn Gia Bảo": "Lương Bá Khôi", "Trần Văn Bình": "Lương Bá Đạt"}


def strange(text: str) -> str:
    for name, other in OTHERS.items():
        text = text.replace(name, other)
    return text


def doubts(*pages: PageInput, results: list[PageInput] | None = None) -> list[tuple[Section | None, int | None, str]]:
    found = understand(None, {Section.RECORDS: list(pages), Section.RESULTS: results or []}, None)
    return [(f.section, f.page, f.message) for f in found.findings if f.code == "people-differ"]


def test_papers_of_one_family_are_no_doubt(page: Pages, texts: dict[str, str], worn: Callable[..., str]) -> None:
    names = ("slip", "birth_form", "birth_note")
    assert doubts(*(page(texts[name]) for name in names)) == []
    for seed in range(40):
        assert doubts(*(page(worn(texts[name], seed + n)) for n, name in enumerate(names))) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_paper_of_another_family_is_named_with_both(page: Pages, texts: dict[str, str], place: int) -> None:
    names = ["slip", "birth_form"]
    papers = [page(texts[name]) for name in names]
    papers.insert(place, page(strange(texts["birth_note"])))
    ((section, number, message),) = doubts(*papers)
    assert (section, number) == (Section.RECORDS, place + 1)
    assert "Đinh Hồng Nhung" in message and "Nguyễn Thị Thu Hà" in message


def test_a_result_for_somebody_else_is_named_in_its_section(page: Pages, texts: dict[str, str]) -> None:
    result = page(texts["motto_head"] + "^GIẤY CHỨNG SINH\nHọ và tên mẹ: Đinh Hồng Nhung\nCân nặng: 3100 gram")
    ((section, number, _),) = doubts(page(texts["slip"]), page(texts["birth_form"]), results=[result])
    assert (section, number) == (Section.RESULTS, 1)


def test_a_personal_id_binds_where_a_name_was_misread(page: Pages, texts: dict[str, str]) -> None:
    misread = strange(texts["birth_note"]) + "\nSố định danh: 060190001234"
    assert doubts(page(texts["birth_form"]), page(misread)) == []


def test_papers_without_people_say_nothing(page: Pages, texts: dict[str, str]) -> None:
    map_ = page(texts["office_head"] + "^TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH\nThửa đất số: 215; Tờ bản đồ số: 34\nTỷ lệ 1:1000")
    assert doubts(page(texts["birth_form"]), map_) == []
    assert doubts(map_) == []


def test_two_parties_that_a_third_paper_names_are_one(page: Pages, texts: dict[str, str]) -> None:
    """Buyer and seller each have papers of their own; the power of attorney or the contract names both."""
    both = page(
        texts["motto_head"] + "^GIẤY ỦY QUYỀN\nBên ủy quyền: Nguyễn Thị Thu Hà\nBên được ủy quyền: bà Đinh Hồng Nhung"
    )
    papers = [page(texts["birth_form"]), page(strange(texts["birth_note"]))]
    assert len(doubts(*papers)) == 1
    assert doubts(*papers, both) == []
