"""A page that was filed with the wrong dossier is moved to its own: nobody else has it, and nothing is lost."""

from __future__ import annotations

import os
import signal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from pipeline.commands.opening import find_dossier, open_archive
from pipeline.config import load
from pipeline.review import orders
from pipeline.review.desk import CannotDecide
from pipeline.review.reviewer import Reviewer
from tests.e2e.processes import start, wait_until_stopped

MINE, OTHER = "H11.35-230915-0001", "H11.35-230915-0002"


@pytest.fixture
def stack(desk: Any, make_page: Any) -> Any:
    """Scans a stack of pages as one file into a dossier's folder."""

    def stack(dossier: str, *texts: str) -> None:
        pages = [Image.open(BytesIO(make_page(text))) for text in texts]
        file = desk.folder / "in" / dossier / f"{dossier[-1]}.tif"
        file.parent.mkdir(parents=True, exist_ok=True)
        pages[0].save(file, save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=(150, 150))

    return stack


def manifest(desk: Any, dossier: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.sohoa("show", dossier, "--json").of("show")[0]["manifest"]
    return found


def decide(desk: Any, dossier: str, *told: str) -> None:
    ran = desk.sohoa("decide", dossier, *told, "--json")
    assert ran.status == 0, ran.stderr


def pages(desk: Any, dossier: str) -> list[tuple[str, int, int]]:
    """Return (file, page of the file, page of the section) of each page of the dossier."""
    return [(p["source"]["file"][-5:], p["source"]["page"], p["number"]) for p in manifest(desk, dossier)["pages"]]


def found_in(desk: Any, words: str) -> set[tuple[str, int]]:
    hits = desk.sohoa("search", f'"{words}"', "--json").of("hit")
    return {(hit["dossier_id"], hit["page"]) for hit in hits}


def test_a_page_filed_wrong_goes_to_its_own_dossier_and_leaves_nothing_behind(desk: Any, stack: Any) -> None:
    stack(MINE, "TRANG CỦA TÔI SỐ 1", "GIẤY LẠC HỒ SƠ", "TRANG CỦA TÔI SỐ 3")
    stack(OTHER, "TRANG NGƯỜI KHÁC SỐ 1")
    desk.sohoa("digitize", "in")
    decide(desk, MINE, "accept", "--at", "records:2", "--code", "dpi-low")
    decide(desk, MINE, "accept", "--at", "records:3", "--code", "dpi-low", "--reason", "bản photo")
    whole = {file["sha256"] for file in manifest(desk, MINE)["files"] if file["role"] == "original"}

    decide(desk, MINE, "dossier", OTHER, "--at", "records:2", "--reason", "nhầm người")

    assert pages(desk, MINE) == [("1.tif", 1, 1), ("1.tif", 3, 2)]
    assert pages(desk, OTHER) == [("2.tif", 1, 1), ("1.tif", 2, 2)]
    mine, other = manifest(desk, MINE), manifest(desk, OTHER)
    # What was decided about page 3 holds for page 2, as it is called now; what was about page 2 went with it.
    assert {f["page"]: f["resolved"] for f in mine["findings"] if f["code"] == "dpi-low"} == {1: None, 2: 2}
    assert {f["page"]: f["resolved"] for f in other["findings"] if f["code"] == "dpi-low"} == {1: None, 2: None}
    told = mine["decisions"][-1]
    assert (told["action"], told["page"], told["value"], told["reason"]) == ("move-out", 2, OTHER, "nhầm người")
    assert (other["decisions"][-1]["action"], other["decisions"][-1]["value"]) == ("dossier", MINE)
    originals = {file["sha256"] for file in mine["files"] if file["role"] == "original"}
    assert originals == {page["source"]["original"] for page in mine["pages"]}
    assert not originals & whole, "the original that stays does not hold the other family's page"
    assert found_in(desk, "giay lac ho so") == {(OTHER, 2)}
    assert found_in(desk, "trang cua toi so 3") == {(MINE, 2)}
    assert f"1.tif:2 → {OTHER}" in desk.sohoa("show", MINE).stdout
    assert desk.sohoa("verify").status == 0

    # The same stack again brings it back to nobody, and its ledger balances; a page turned is the one that was meant.
    again = desk.sohoa("digitize", "in", "--json")
    assert {(one["dossier_id"], one["status"]) for one in again.of("dossier")} == {
        (MINE, "unchanged"),
        (OTHER, "unchanged"),
    }
    assert (again.ledger["pages_in"], again.ledger["filed"]) == (4, 4)
    for _ in range(2):
        decide(desk, MINE, "rotate", "180", "--at", "records:2")
    assert found_in(desk, "trang cua toi so 3") == {(MINE, 2)}
    assert desk.sohoa("reindex").status == 0
    assert found_in(desk, "giay lac ho so") == {(OTHER, 2)}


def test_a_page_comes_back_and_a_dossier_may_be_left_empty(desk: Any, stack: Any) -> None:
    stack(MINE, "TRANG CỦA TÔI SỐ 1", "GIẤY LẠC HỒ SƠ")
    stack(OTHER, "TRANG NGƯỜI KHÁC SỐ 1")
    desk.sohoa("digitize", "in")
    decide(desk, MINE, "dossier", OTHER, "--at", "records:2")
    decide(desk, OTHER, "dossier", MINE, "--at", "records:2")
    assert pages(desk, MINE) == [("1.tif", 1, 1), ("1.tif", 2, 2)]
    assert pages(desk, OTHER) == [("2.tif", 1, 1)]
    assert manifest(desk, MINE)["moved_out"] == []
    assert [one["dossier_id"] for one in manifest(desk, OTHER)["moved_out"]] == [MINE]
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1-2")
    assert pages(desk, MINE) == []
    assert [one["source"]["page"] for one in manifest(desk, MINE)["moved_out"]] == [1, 2]
    assert len(pages(desk, OTHER)) == 3
    assert desk.sohoa("verify").status == 0
    refused = desk.sohoa("decide", OTHER, "dossier", OTHER, "--at", "records:1")
    assert (refused.status, "đã ở trong hồ sơ này" in refused.stderr) == (2, True)


def test_a_later_delivery_brings_only_what_is_new(desk: Any, put: Any) -> None:
    for page in (1, 2):
        put(f"{MINE}/{page}.jpg", f"TRANG SỐ {page}")
    desk.sohoa("digitize", "in")
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
    put(f"{MINE}/3.jpg", "TRANG SỐ 3")
    assert desk.sohoa("digitize", "in", "--json").ledger["filed"] == 3
    assert pages(desk, MINE) == [("2.jpg", 1, 1), ("3.jpg", 1, 2)]
    assert pages(desk, OTHER) == [("1.jpg", 1, 1)]


@pytest.mark.parametrize(
    "point",
    ["payload-stored", "manifest-stored:1", "catalogue-recorded:1", "manifest-stored:2", "catalogue-recorded:2"],
)
def test_a_move_that_is_killed_anywhere_is_finished_by_the_next_try(desk: Any, stack: Any, point: str) -> None:
    stack(MINE, "TRANG CỦA TÔI SỐ 1", "GIẤY LẠC HỒ SƠ")
    stack(OTHER, "TRANG NGƯỜI KHÁC SỐ 1")
    desk.sohoa("digitize", "in")
    order = ("decide", MINE, "dossier", OTHER, "--at", "records:2")
    child = start(desk, *order, FAULT_AT=point)
    wait_until_stopped(child)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    everywhere = {(file, page) for dossier in (MINE, OTHER) for file, page, _ in pages(desk, dossier)}
    assert ("1.tif", 2) in everywhere, "never in no dossier"
    if len(pages(desk, MINE)) == 2:
        claimed = [f["page"] for f in manifest(desk, MINE)["findings"] if f["code"] == "page-moving"]
        assert claimed == ([] if point == "payload-stored" else [2]), "who looks is told of it"
        decide(desk, *order[1:])
    assert not [f for f in manifest(desk, MINE)["findings"] if f["code"] == "page-moving"]
    assert pages(desk, MINE) == [("1.tif", 1, 1)]
    assert pages(desk, OTHER) == [("2.tif", 1, 1), ("1.tif", 2, 2)]
    assert desk.sohoa("reindex").status == 0
    assert desk.sohoa("verify").status == 0
    assert found_in(desk, "giay lac ho so") == {(OTHER, 2)}


THIRD = "H11.35-230915-0003"


def where(desk: Any, file: str, page: int) -> list[str]:
    """Return the dossiers that hold a page of a file now."""
    has = []
    for dossier in (MINE, OTHER, THIRD):
        shown = desk.sohoa("show", dossier, "--json")
        if shown.status == 0:
            held = shown.of("show")[0]["manifest"]["pages"]
            has += [dossier for p in held if (p["source"]["file"][-5:], p["source"]["page"]) == (file, page)]
    return has


@pytest.mark.parametrize("point", ["manifest-stored:1", "manifest-stored:2"])
@pytest.mark.parametrize("goes_on", [False, True], ids=["killed", "paused"])
def test_a_page_goes_to_the_first_of_two_dossiers_only(desk: Any, stack: Any, point: str, goes_on: bool) -> None:
    stack(MINE, "TRANG CỦA TÔI SỐ 1", "GIẤY LẠC HỒ SƠ")
    desk.sohoa("digitize", "in")
    child = start(desk, "decide", MINE, "dossier", OTHER, "--at", "records:2", FAULT_AT=point)
    wait_until_stopped(child)
    if not goes_on:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    refused = desk.sohoa("decide", MINE, "dossier", THIRD, "--at", "records:2")
    assert (refused.status, f"vừa được chuyển sang {OTHER}" in refused.stderr) == (2, True)
    # On with it, before the first order has come to its end.
    decide(desk, OTHER, "dossier", THIRD, "--at", "records:1")
    if goes_on:
        os.killpg(child.pid, signal.SIGCONT)
        _, told = child.communicate(timeout=280)
        assert child.returncode == 0, told
    assert where(desk, "1.tif", 2) == [THIRD]
    assert where(desk, "1.tif", 1) == [MINE]
    assert desk.sohoa("verify").status == 0


def test_what_stays_keeps_its_original_and_can_be_turned_and_moved(desk: Any, put: Any) -> None:
    for page in (1, 2, 3):
        put(f"{MINE}/{page}.jpg", f"TRANG SỐ {page}")
    desk.sohoa("digitize", "in")
    before = {p["source"]["file"]: p["source"]["original"] for p in manifest(desk, MINE)["pages"]}
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
    after = {p["source"]["file"]: p["source"]["original"] for p in manifest(desk, MINE)["pages"]}
    assert after == {file: original for file, original in before.items() if not file.endswith("1.jpg")}
    assert not [f for f in manifest(desk, OTHER)["findings"] if f["code"] == "dossier-blank"]
    decide(desk, MINE, "rotate", "180", "--at", "records:1")
    turned = [f["file"] for f in manifest(desk, MINE)["findings"] if f["code"] == "dpi-low" and f["page"] == 1]
    assert turned == [f"{MINE}/2.jpg"], "a finding names the file that was scanned"
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
    assert {f["sha256"] for f in manifest(desk, MINE)["files"] if f["role"] == "original"} == {
        p["source"]["original"] for p in manifest(desk, MINE)["pages"]
    }
    assert pages(desk, MINE) == [("3.jpg", 1, 1)]
    assert desk.sohoa("verify").status == 0


def test_a_decision_is_about_the_page_that_was_seen(desk: Any, stack: Any, monkeypatch: Any) -> None:
    stack(MINE, "TRANG SỐ 1", "TRANG SỐ 2", "TRANG SỐ 3")
    desk.sohoa("digitize", "in")
    monkeypatch.chdir(desk.folder)
    settings, _ = load()
    with open_archive(settings) as archive, Reviewer(settings, archive) as reviewer:
        seen = find_dossier(archive, MINE)
        decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
        orders.decide(reviewer, seen, "accept", None, orders.parse_place("records:3"), code="dpi-low")
        turned = orders.decide(reviewer, seen, "rotate", "180", orders.parse_place("records:2"))
        assert [(p.source.page, p.quarter_turns) for p in turned.pages] == [(2, 2), (3, 0)]
        assert {f.page: f.resolved is not None for f in turned.findings if f.code == "dpi-low"} == {1: False, 2: True}
        for place in ("records:1", "records:1-2"):
            with pytest.raises(CannotDecide, match=OTHER):
                orders.decide(reviewer, seen, "dossier", THIRD, orders.parse_place(place))
        with pytest.raises(CannotDecide, match=OTHER):
            orders.decide(reviewer, seen, "rotate", "90", orders.parse_place("records:1"))
        orders.decide(reviewer, seen, "dossier", THIRD, orders.parse_place("records:3"))
    assert [where(desk, "1.tif", page) for page in (1, 2, 3)] == [[OTHER], [MINE], [THIRD]]


def test_the_very_same_page_twice_is_two_sheets(desk: Any, put: Any) -> None:
    first = put(f"{MINE}/1.jpg", "GIẤY LẠC HỒ SƠ")
    for name in ("2.jpg", "3.jpg"):
        (first.parent / name).write_bytes(first.read_bytes())
    put(f"{MINE}/4.jpg", "TRANG CỦA TÔI")
    desk.sohoa("digitize", "in")
    decide(desk, MINE, "accept", "--code", "page-twice")
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
    assert [len(pages(desk, MINE)), len(pages(desk, OTHER))] == [3, 1]
    assert len(manifest(desk, MINE)["moved_out"]) == 1
    twice = [f["resolved"] for f in manifest(desk, MINE)["findings"] if f["code"] == "page-twice"]
    assert twice and None not in twice, "what was accepted stays so"
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
    assert [len(pages(desk, MINE)), len(pages(desk, OTHER))] == [2, 2]
    assert len(manifest(desk, MINE)["moved_out"]) == 2
    assert desk.sohoa("digitize", "in", "--json").ledger["filed"] == 4
    assert desk.sohoa("verify").status == 0


def test_pages_that_look_the_same_are_moved_one_after_another(desk: Any, stack: Any) -> None:
    stack(MINE, "TRANG CỦA TÔI", "GIẤY LẠC HỒ SƠ", "GIẤY LẠC HỒ SƠ")
    desk.sohoa("digitize", "in")
    for page in (3, 2):
        decide(desk, MINE, "dossier", OTHER, "--at", f"records:{page}")
    decide(desk, OTHER, "rotate", "180", "--at", "records:2")
    decide(desk, OTHER, "dossier", THIRD, "--at", "records:1")
    assert [where(desk, "1.tif", page) for page in (1, 2, 3)] == [[MINE], [OTHER], [THIRD]]
    assert desk.sohoa("verify").status == 0


def test_documents_begin_where_they_began_when_what_lay_before_is_gone(desk: Any, put: Any) -> None:
    for page, text in enumerate(("ĐƠN ĐỀ NGHỊ", "GIẤY KHAI SINH", "TRANG TIẾP THEO"), 1):
        put(f"{MINE}/{page}.jpg", text)
    desk.sohoa("digitize", "in")

    def cuts() -> list[tuple[int, int]]:
        return [(d["first_page"], d["last_page"]) for d in manifest(desk, MINE)["documents"]]

    starts = {first for first, _ in cuts()}
    if 2 not in starts:
        decide(desk, MINE, "split", "--at", "records:2")
    if 3 in starts:
        decide(desk, MINE, "join", "--at", "records:3")
    assert cuts() == [(1, 1), (2, 3)]
    decide(desk, MINE, "dossier", OTHER, "--at", "records:2")
    assert cuts() == [(1, 1), (2, 2)], "what was joined to the page that left is not glued to the one before"


def test_a_page_that_left_does_not_come_back_under_another_section(desk: Any, put: Any) -> None:
    page = put(f"{MINE}/1.jpg", "GIẤY LẠC HỒ SƠ")
    put(f"{MINE}/2.jpg", "TRANG CỦA TÔI")
    desk.sohoa("digitize", "in")
    decide(desk, MINE, "dossier", OTHER, "--at", "records:1")
    elsewhere = desk.folder / "in" / MINE / "ket-qua" / "1.jpg"
    elsewhere.parent.mkdir()
    page.rename(elsewhere)
    assert desk.sohoa("digitize", "in", "--json").ledger["filed"] == 2
    assert where(desk, "1.jpg", 1) == [OTHER]
