"""Whatever is typed or asked for, search answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.search.base import SearchRequest, SearchResult
from storage.search.tantivy_index import TantivyIndex
from tests.storage.searching import ListedFeed, dossier


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return TantivyIndex(tmp_path_factory.mktemp("shared"), ListedFeed(dossier("Tờ khai 1 a b c", "khác 2 d đ e")))


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


@pytest.mark.parametrize("limit", [0, 5, 10**30])
@pytest.mark.parametrize("offset", [0, 1, 10**9, 10**30])
def test_no_limit_or_offset_is_too_large(shared: TantivyIndex, limit: int, offset: int) -> None:
    result = shared.search(SearchRequest("khai", limit=limit, offset=offset))
    assert (result.total, len(result.hits)) == (1, 1 if limit and not offset else 0)
