from __future__ import annotations

import datetime as dt
import itertools
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.text import fold, match_form
from storage.errors import SearchNotReady
from storage.search import ranking
from storage.search.base import Change, FeedEnd, IndexedDossier, IndexedPage, SearchRequest, SearchResult
from storage.search.damage import IndexDamaged, reading
from storage.search.generations import Generations
from storage.search.tantivy_index import TantivyIndex


class ListedFeed:
    """A feed over dossiers held in a list; ``put`` is a commit."""

    def __init__(self, *dossiers: IndexedDossier) -> None:
        self._changes: list[str] = []
        self._dossiers: dict[str, IndexedDossier] = {}
        self.epoch = "one"
        for dossier in dossiers:
            self.put(dossier)

    def put(self, dossier: IndexedDossier) -> None:
        self._dossiers[dossier.dossier_id] = dossier
        self._changes.append(dossier.dossier_id)

    def end(self) -> FeedEnd:
        return FeedEnd(self.epoch, len(self._changes))

    def changes(self, after: int, limit: int) -> Sequence[Change]:
        return [Change(n, self._changes[n - 1]) for n in range(after + 1, min(after + limit, len(self._changes)) + 1)]

    def dossier(self, dossier_id: str) -> IndexedDossier | None:
        return self._dossiers.get(dossier_id)


def dossier(
    *texts: str,
    dossier_id: str = "H11.35-230915-0001",
    procedure: str = "1.01",
    doctypes: Sequence[str] = (),
    section: str = "records",
) -> IndexedDossier:
    pages = []
    for number, text in enumerate(texts, start=1):
        lines = enumerate(text.split("\n"))
        boxes = [(x * 100, y * 60, x * 100 + 90, y * 60 + 50) for y, line in lines for x, _ in enumerate(line.split())]
        doctype = doctypes[number - 1] if doctypes else "to-khai"
        pages.append(IndexedPage(section, number, doctype, text, tuple(boxes)))
    unit, ymd, _ = dossier_id.split("-")
    day = dt.datetime.strptime(ymd, "%y%m%d").date()
    return IndexedDossier(dossier_id, 1, unit, procedure, day, tuple(pages))


@pytest.fixture
def index(tmp_path: Any) -> Callable[..., TantivyIndex]:
    number = itertools.count()
    return lambda *dossiers: TantivyIndex(tmp_path / f"search-{next(number)}", ListedFeed(*dossiers))


def found(index: TantivyIndex, query: str, **filters: Any) -> list[int]:
    """Page numbers of the hits, best first; the total must be their number."""
    result = index.search(SearchRequest(query, **filters))
    assert result.total == len(result.hits)
    return [hit.page for hit in result.hits]


# Marks


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


# Filters and totals


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
            if filters.get("unit") in (None, d.unit)
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
    assert total(unit="H11.36") > 0
    assert total(unit="H11.3") == 0
    assert total(unit="H11.36", procedure="1.01", doctype="to-khai", section="records") > 0
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


# Snippets and boxes


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


# Hostile queries


HOSTILE = [
    "",
    " ",
    '"',
    '""',
    '"""',
    "()",
    "AND OR NOT",
    "*",
    "a*",
    "~",
    "\\",
    "[a TO b]",
    "dossier:*",
    "+-!(){}^~*?:/",
]
HOSTILE += [
    "\0",
    "\u0301",
    "🙂",
    "x" * 100_000,
    "từ " * 5_000,
    '"' + "a " * 5_000,
    "\ud800",
    "../../etc/passwd",
    "'; --",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_is_an_error(index: Any, query: str) -> None:
    made = index(dossier("Tờ khai x", "khác"))
    result = made.search(SearchRequest(query))
    assert isinstance(result, SearchResult)
    assert result.total in (0, 1)


@settings(max_examples=200, deadline=None)
@given(query=st.text(max_size=40), limit=st.integers(-2, 3), offset=st.integers(-2, 3))
def test_no_text_is_an_error(shared: TantivyIndex, query: str, limit: int, offset: int) -> None:
    result = shared.search(SearchRequest(query, limit=limit, offset=offset))
    assert 0 <= result.total <= 2


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return TantivyIndex(tmp_path_factory.mktemp("shared"), ListedFeed(dossier("Tờ khai 1 a b c", "khác 2 d đ e")))


# Following


def test_a_new_version_replaces_the_pages(tmp_path: Any) -> None:
    feed = ListedFeed(dossier("cũ", "giữ"))
    index = TantivyIndex(tmp_path, feed)
    assert found(index, "cu") == [1]
    feed.put(replace(dossier("mới", "giữ", "thêm"), version=2))
    assert found(index, "cu") == []
    assert found(index, "giu") == [2]
    assert found(index, "them") == [3]


def test_another_reader_sees_what_one_has_followed(tmp_path: Any) -> None:
    feed = ListedFeed(dossier("một"))
    first, second = TantivyIndex(tmp_path, feed), TantivyIndex(tmp_path, feed)
    assert found(first, "mot") == found(second, "mot") == [1]
    feed.put(dossier("hai", dossier_id="H11.35-230915-0002"))
    assert found(first, "hai") == [1]
    with Generations(tmp_path).writing() as mine:
        assert mine
        assert found(second, "hai") == [1]


def test_while_another_process_writes_a_reader_says_how_far_behind_it_is(tmp_path: Any) -> None:
    feed = ListedFeed(dossier("một"))
    index = TantivyIndex(tmp_path, feed)
    assert index.search(SearchRequest("mot")).behind == 0
    feed.put(dossier("hai", dossier_id="H11.35-230915-0002"))
    with Generations(tmp_path).writing():
        result = index.search(SearchRequest("mot"))
        assert (result.total, result.behind) == (1, 1)
        assert index.follow() is False
    assert index.search(SearchRequest("hai")).behind == 0


def test_an_index_being_built_elsewhere_is_no_empty_answer(tmp_path: Any) -> None:
    index = TantivyIndex(tmp_path, ListedFeed(dossier("một")))
    with Generations(tmp_path).writing(), pytest.raises(SearchNotReady):
        index.search(SearchRequest("mot"))
    assert index.search(SearchRequest("mot")).total == 1


@pytest.mark.parametrize("damage", ["meta", "pointer", "folder", "store", "schema", "epoch", "ahead"])
def test_an_index_that_cannot_be_trusted_is_rebuilt(
    tmp_path: Any, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = ListedFeed(dossier("một", "hai"), dossier("ba", dossier_id="H11.35-230915-0002"))
    assert found(TantivyIndex(tmp_path, feed), "hai") == [2]
    used = Generations(tmp_path).current()
    assert used is not None
    if damage == "meta":
        (used / "meta.json").write_text("{")
    elif damage == "pointer":
        (tmp_path / "current").write_text("../nothing")
    elif damage == "folder":
        shutil.rmtree(used)
    elif damage == "store":
        for file in used.glob("*.store"):
            file.write_bytes(file.read_bytes()[:10])
    elif damage == "schema":
        monkeypatch.setattr("storage.search.documents.SCHEMA", 2)
    elif damage == "epoch":
        feed.epoch = "two"
    else:
        feed._changes.pop()
        del feed._dossiers["H11.35-230915-0002"]
    index = TantivyIndex(tmp_path, feed)
    result = index.search(SearchRequest("hai"))
    assert [hit.page for hit in result.hits] == [2]
    assert result.behind == 0
    assert found(index, "ba") == ([] if damage == "ahead" else [1])
    assert Generations(tmp_path).current() != used


def test_a_rebuild_that_dies_leaves_the_old_index(tmp_path: Any) -> None:
    feed = ListedFeed(dossier("một"), dossier("hai", dossier_id="H11.35-230915-0002"))
    index = TantivyIndex(tmp_path, feed)
    assert found(index, "mot") == [1]

    class Killed(BaseException):
        pass

    def dies(*_: object) -> None:
        raise Killed

    with pytest.raises(Killed):
        index.rebuild(dies)
    assert len([entry for entry in tmp_path.iterdir() if entry.is_dir()]) == 2
    fresh = TantivyIndex(tmp_path, feed)
    with Generations(tmp_path).writing():
        assert found(fresh, "mot") == [1]
    fresh.rebuild()
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == ["000003"]
    assert found(index, "hai") == [1]


def test_many_changes_take_many_commits_and_all_arrive(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.search.tantivy_index._CHANGES_PER_COMMIT", 7)
    feed = ListedFeed(*(dossier("chung", dossier_id=f"H11.35-230915-{n:04d}") for n in range(1, 31)))
    for n in (3, 3, 29):
        feed.put(dossier("chung riêng", dossier_id=f"H11.35-230915-{n:04d}"))
    index = TantivyIndex(tmp_path, feed)
    assert index.search(SearchRequest("chung")).total == 30
    assert index.search(SearchRequest("rieng")).total == 2


def test_a_panic_of_the_library_counts_as_damage(tmp_path: Any) -> None:
    index = TantivyIndex(tmp_path, ListedFeed(dossier("một")))
    index.follow()
    reader = index._open()
    assert reader is not None
    with pytest.raises(IndexDamaged, match="index out of bounds"), reading(tmp_path):
        reader.searcher.doc(tantivy.DocAddress(7, 0))


@pytest.mark.parametrize("limit", [0, 5, 10**30])
@pytest.mark.parametrize("offset", [0, 1, 10**9, 10**30])
def test_no_limit_or_offset_is_too_large(shared: TantivyIndex, limit: int, offset: int) -> None:
    result = shared.search(SearchRequest("khai", limit=limit, offset=offset))
    assert (result.total, len(result.hits)) == (1, 1 if limit and not offset else 0)
