"""The index follows its feed, and is rebuilt rather than trusted when something is wrong with it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import Any

import pytest
import tantivy

from storage.errors import SearchNotReady
from storage.search.base import SearchRequest
from storage.search.damage import IndexDamaged, reading
from storage.search.documents import SCHEMA
from storage.search.generations import Generations
from storage.search.tantivy_index import TantivyIndex
from tests.storage.searching import ListedFeed, dossier, found


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
            start = file.read_bytes()[:10]
            file.unlink()  # a file cut in place is a bus error for whoever still has it mapped
            file.write_bytes(start)
    elif damage == "schema":
        monkeypatch.setattr("storage.search.documents.SCHEMA", SCHEMA + 1)
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
