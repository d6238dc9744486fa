"""Which pages a query finds, and in which order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from storage.search import ranking
from storage.search.base import SearchRequest
from tests.storage.searching import dossier, found


@pytest.mark.parametrize(
    "query",
    [
        "giay chung nhan quyen su dung dat",
        "Giấy chứng nhận quyền sử dụng đất",
        "GIẤY CHỨNG NHẬN",
        unicodedata.normalize("NFD", "Giấy chứng nhận"),
        "đất chung",
        "DAT",
        '"su dung dat"',
        "“sử dụng đất”",
    ],
)
def test_marks_are_optional(index: Any, query: str) -> None:
    made = index(dossier("Tờ khai", "GIẤY CHỨNG NHẬN\nquyền sử dụng đất số 12", "Trích lục"))
    assert found(made, query) == [2]


@pytest.mark.parametrize("query", ["hòa", "hoà", "HOÀ", "hoa", "thuỷ", "thủy", "thuy"])
def test_a_tone_may_stand_on_either_vowel(index: Any, query: str) -> None:
    made = index(dossier("Nguyễn Thị Hòa, Trần Thủy", "Nguyễn Thị Hoà, Trần Thuỷ"))
    assert sorted(found(made, query)) == [1, 2]


def test_text_that_came_in_nfd_is_found(archive: Any, version: Callable[..., Any]) -> None:
    made = version(pages=[unicodedata.normalize("NFD", "Giấy chứng nhận quyền sử dụng đất")])
    archive.commit(made.draft, made.payloads)
    for query in ("giay chung nhan", "quyền sử dụng"):
        [hit] = archive.search(SearchRequest(query)).hits
        assert hit.snippet.text == "Giấy chứng nhận quyền sử dụng đất"


def test_the_very_marks_rank_strictly_first(index: Any) -> None:
    many = "dat " * 50
    made = index(dossier(f"{many} đạt đạt đạt", "một tờ giấy dài dài có một chữ đất", "dát", "đất đất"))
    assert set(found(made, "đất")) == {1, 2, 3, 4}
    assert set(found(made, "đất")[:2]) == {2, 4}
    result = index(dossier("an", "ẩn", "án án án án")).search(SearchRequest("ẩn"))
    assert result.hits[0].page == 2
    assert result.hits[0].score > 1000 + result.hits[1].score


def test_words_with_marks_count_before_all_the_same(index: Any) -> None:
    made = index(dossier("Trần Văn Ân, Trần Vân An", "tran van an", "Trần Vạn An", "Tràn Vần An"))
    assert found(made, "Trần van An")[:2] in ([1, 3], [3, 1])


# Words, phrases, order


def test_all_words_must_be_on_the_page(index: Any) -> None:
    made = index(dossier("khai sinh", "khai tử", "sinh tử"))
    assert found(made, "khai sinh") == [1]
    assert found(made, "sinh khai") == [1]
    assert found(made, "khai sinh tử") == []


def test_a_phrase_is_in_order_and_whole(index: Any) -> None:
    made = index(dossier("đăng ký\nkhai sinh", "khai sinh đăng ký", "đăng, ký: khai; sinh", "đăng ký lại khai sinh"))
    assert found(made, '"dang ky khai sinh"') == [1, 3]
    assert found(made, '"đăng ký" "khai sinh"') == [1, 2, 3, 4] or set(found(made, '"đăng ký" "khai sinh"')) == {
        1,
        2,
        3,
        4,
    }
    assert found(made, '"ang ky"') == []
    assert found(made, '"dang ky khai') == [1, 3]


def test_neighbours_rank_before_scattered_words(index: Any) -> None:
    scattered = "nguyễn " * 20 + "một hai ba " + "an " * 20 + "bốn " + "văn " * 20
    made = index(dossier(scattered, "ông Nguyễn Văn An " + "chữ " * 300, "An Văn Nguyễn, " * 9, "Văn An, Nguyễn"))
    assert found(made, "nguyen van an")[:2] == [2, 4]


def test_very_common_words_that_stand_together_come_first_too(index: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "_PAGES_TO_LOOK_AT", 0)  # what 60,000 pages would bring about
    made = index(dossier("an văn nguyễn " * 9, "chữ " * 50 + "Nguyễn Văn An", "văn nguyễn an " * 9))
    assert found(made, "nguyen van an")[0] == 2


def test_numbers_with_signs_are_found_as_written(index: Any) -> None:
    made = index(dossier("Số: 12/2024/QĐ-UBND ngày 05/03/2024", "số 12 năm 2024, QĐ của UBND", "thửa đất số 2024/12"))
    assert found(made, "12/2024/QĐ-UBND") == [1]
    assert found(made, "12/2024/qd-ubnd") == [1]
    assert found(made, "05/03/2024") == [1]
    assert set(found(made, "12 2024")) == {1, 2, 3}


# Dossier IDs


@pytest.mark.parametrize(
    "query",
    [
        "H11.35-230915-0001",
        "h11.35-230915-0001",
        "H11.35 - 230915 - 0001",
        "H11.35–230915–0001",
        "H11.35-2309",
        "H11.35-",
        "230915-0001",
        "230915",
        "H11.35-230915-0001 khai",
        '"to khai" H11.35-2309',
    ],
)
def test_a_dossier_is_found_by_its_id_or_what_is_typed_of_it(index: Any, query: str) -> None:
    other = dossier("tờ khai", dossier_id="H11.36-240102-0002")
    result = index(other, dossier("tờ khai")).search(SearchRequest(query))
    assert [hit.dossier_id for hit in result.hits] == ["H11.35-230915-0001"]


def test_the_dossier_itself_ranks_before_pages_that_cite_it(index: Any) -> None:
    citing = dossier("kèm hồ sơ H11.35-230915-0001 " * 30, dossier_id="H11.36-240102-0002")
    result = index(citing, dossier("tờ khai", "trang hai")).search(SearchRequest("H11.35-230915-0001"))
    assert [(hit.dossier_id, hit.page) for hit in result.hits] == [
        ("H11.35-230915-0001", 1),
        ("H11.35-230915-0001", 2),
        ("H11.36-240102-0002", 1),
    ]
    assert result.hits[2].snippet.marks[0] == (10, 28)


def test_every_family_and_holdings_are_found_by_id(archive: Any, version: Callable[..., Any]) -> None:
    all_ids = ["000.00.21.H10-230915-0012", "03706/2026/07906", "030910-291115-TP05-4", "HOLD-0123456789abcdef"]
    for dossier_id in all_ids:
        made = version(dossier_id, status="held" if dossier_id.startswith("HOLD") else "archived")
        archive.commit(made.draft, made.payloads)
    for dossier_id in all_ids:
        for query in (dossier_id, dossier_id.lower(), dossier_id.replace("/", "_"), dossier_id[:-2]):
            hits = archive.search(SearchRequest(query)).hits
            assert {hit.dossier_id for hit in hits} == {dossier_id}, query
    assert archive.search(SearchRequest("07906")).total == 2
    assert archive.search(SearchRequest("2026")).total == 0


def test_a_number_is_found_whether_it_stands_in_boxes_or_not(index: Any) -> None:
    boxed, solid = "Số định danh 0 5 9 1 9 2 0 0 4 2 1 7\nHọ tên", "Số định danh 059192004217, cấp ngày 1 1 1"
    result = index(dossier(boxed, solid, "0 5 9 1 9 2 0 0 4 2 1 8", "4217")).search(SearchRequest("059192004217"))
    assert sorted(hit.page for hit in result.hits) == [1, 2]
    hit = next(hit for hit in result.hits if hit.page == 1)
    (mark,) = hit.snippet.marks
    assert hit.snippet.text[slice(*mark)] == "0 5 9 1 9 2 0 0 4 2 1 7"
    assert len(hit.boxes) == 12, "each digit is marked in its box"
