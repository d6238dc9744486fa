"""What a result says of its hits: filters and totals, paging, snippets, marks, boxes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.text import fold, match_form
from storage.search.base import SearchRequest
from storage.search.tantivy_index import TantivyIndex
from tests.storage.searching import ListedFeed, dossier


def test_filters_and_exact_totals(index: Any) -> None:
    dossiers = [
        dossier(
            *(["giấy tờ chung"] * 7),
            dossier_id=f"H11.{35 + number % 3}-{20 + number % 4}0{1 + number % 9}15-{number + 1:04d}",
            procedure=f"1.0{number % 2}",
            doctypes=["to-khai", "quyet-dinh", "to-khai", "giay-cn", "to-khai", "to-khai", "khac"],
            section="results" if number % 5 == 0 else "records",
        )
        for number in range(40)
    ]
    made = index(*dossiers)

    def total(**filters: Any) -> int:
        result = made.search(SearchRequest("giay chung", limit=3, **filters))
        expected = [
            (d.dossier_id, page.number)
            for d in dossiers
            for page in d.pages
            if d.unit in filters.get("units", (d.unit,))
            and filters.get("procedure") in (None, d.procedure)
            and filters.get("doctype") in (None, page.doctype)
            and filters.get("section") in (None, page.section)
            and (filters.get("date_from") or dt.date.min) <= d.date <= (filters.get("date_to") or dt.date.max)
        ]
        assert result.total == len(expected)
        assert {(hit.dossier_id, hit.page) for hit in result.hits} <= set(expected)
        assert len(result.hits) == min(3, len(expected))
        return result.total

    assert total() == 280
    assert total(units=("H11.36",)) > 0
    assert total(units=("H11.3",)) == total(units=()) == 0
    assert total(units=("H11.36", "H11.37", "H11.3")) > total(units=("H11.36",))
    assert total(units=("H11.36",), procedure="1.01", doctype="to-khai", section="records") > 0
    edge = dossiers[0].date
    assert total(date_from=edge, date_to=edge) > 0
    assert total(date_from=edge) + total(date_to=edge - dt.timedelta(1)) == 280
    assert total(date_from=dt.date(2030, 1, 1)) == 0


def test_pages_of_results_neither_overlap_nor_leave_gaps(index: Any) -> None:
    made = index(*(dossier(*(["chung"] * 5), dossier_id=f"H11.35-230915-{n:04d}") for n in range(1, 10)))
    seen = []
    for offset in range(0, 60, 7):
        result = made.search(SearchRequest("chung", limit=7, offset=offset))
        assert result.total == 45
        seen += [(hit.dossier_id, hit.page) for hit in result.hits]
    assert len(seen) == len(set(seen)) == 45
    assert made.search(SearchRequest("chung", limit=0)).hits == ()
    assert made.search(SearchRequest("chung", limit=0)).total == 45


def test_the_snippet_marks_the_original_and_boxes_are_the_words(index: Any) -> None:
    before = "\n".join(["dòng chữ khác không liên quan gì hết"] * 20)
    made = index(dossier(f"{before}\nCấp (Giấy chứng nhận) quyền\nsử dụng đất, số 5"))
    [hit] = made.search(SearchRequest("chung nhan su")).hits
    assert "(Giấy «chứng» «nhận») quyền «sử» dụng đất, số 5" in hit.snippet.marked()
    assert "\n" not in hit.snippet.text
    assert len(hit.snippet.text) <= 210
    assert hit.boxes == ((200, 1200, 290, 1250), (300, 1200, 390, 1250), (0, 1260, 90, 1310))


def test_a_phrase_is_one_mark_over_line_ends(index: Any) -> None:
    [hit] = (
        index(dossier("Giấy chứng nhận quyền\nsử dụng đất số 12/ĐĐ"))
        .search(SearchRequest('"giay chung nhan quyen su dung dat"'))
        .hits
    )
    assert hit.snippet.marked("[", "]") == "[Giấy chứng nhận quyền sử dụng đất] số 12/ĐĐ"
    assert hit.boxes[0] == (0, 0, 90, 50)
    assert hit.boxes[-1] == (200, 60, 290, 110)
    assert len(hit.boxes) == 7


def test_exact_hits_are_marked_before_folded_ones(index: Any) -> None:
    [hit] = index(dossier("đạt dat ĐẤT đất")).search(SearchRequest("đất")).hits
    assert hit.snippet.marked() == "đạt dat «ĐẤT» «đất»"
    [hit] = index(dossier("đạt dat")).search(SearchRequest("đất")).hits
    assert hit.snippet.marked() == "«đạt» «dat»"


def test_the_snippet_shows_the_stretch_with_most_words(index: Any) -> None:
    filler = " lấp" * 100
    [hit] = (
        index(dossier(f"sinh{filler} khai tử{filler} giấy khai sinh đây{filler}"))
        .search(SearchRequest("khai sinh"))
        .hits
    )
    assert "giấy «khai» «sinh» đây" in hit.snippet.marked()


WORDS = st.text(alphabet="aăâáạầằbcdđeêghiklmnoôơóòoạpqrstuưựvxyýABCĐĂƠ0123456789", min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=4), data=st.data())
def test_every_word_of_a_page_finds_it_marked_with_its_own_box(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]], data: st.DataObject
) -> None:
    made = dossier("\n".join(" ".join(line) for line in lines))
    index = TantivyIndex(tmp_path_factory.mktemp("search"), ListedFeed(made))
    words = made.pages[0].text.split()
    number = data.draw(st.integers(0, len(words) - 1))
    for query in (fold(words[number]), words[number], words[number].upper()):
        [hit] = index.search(SearchRequest(query)).hits
        shown = [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
        assert shown
        assert {fold(word) for word in shown} == {fold(words[number])}
        same = [n for n, word in enumerate(words) if fold(word) == fold(words[number])]
        if match_form(query) != fold(query):
            same = [n for n in same if match_form(words[n]) == match_form(query)]
        assert hit.boxes == tuple(made.pages[0].boxes[n] for n in same)
