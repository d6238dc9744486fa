"""Batches as a clerk meets them: stopped, held, run again, let go, given up; and what the ledger says is missing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image

from tests.e2e.processes import batches, only_batch, start, wait_for_pages, wait_until_stopped

DOSSIER = "H11.35-230915-0001"
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "events.schema.json").read_text("utf-8"))


@pytest.fixture
def cover(desk: Any) -> Any:
    """Prints a cover sheet and scans it."""
    from pdf2image import convert_from_path

    from scanners.cover import CoverSheet
    from scanners.coversheets import write_covers
    from sohoa import ids
    from sohoa.ids import Section

    def cover(name: str, pages: int | None, section: Section = Section.RECORDS, dossier: str = DOSSIER) -> None:
        file = desk.folder / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_covers([CoverSheet(ids.parse(dossier), section, None, pages)], desk.folder / "cover.pdf")
        convert_from_path(desk.folder / "cover.pdf", dpi=150)[0].save(file, quality=85, dpi=(150, 150))

    return cover


def test_a_missing_sheet_holds_the_batch_until_it_comes(desk: Any, put: Any, cover: Any) -> None:
    cover("lô/1.jpg", 3)
    put("lô/2.jpg", "TRANG MỘT")
    put("lô/3.jpg", "TRANG HAI")
    ran = desk.sohoa("digitize", "in", "--done", "done", "--json")
    assert ran.status == 4
    (batch,) = ran.of("batch")
    (missing,) = batch["ledger"]["missing"]
    assert (batch["state"], batch["ledger"]["balanced"]) == ("held", True), "what came in is accounted for"
    assert (missing["dossier_id"], missing["section"], missing["page"]) == (DOSSIER, "records", 1)
    assert "thiếu 1 trang / " in missing["message"]
    assert "1 missing" in missing["message"]
    assert "lô/3.jpg" in missing["message"], "the last page seen says where to look"
    assert not (desk.folder / "done").exists(), "nothing of its source is released"
    again = desk.sohoa("digitize", "in", "--done", "done")
    assert again.status == 4, "it is held although no page needed to be read again"
    assert "thiếu 1 trang" in again.stdout
    assert f"sohoa batches release {batch['batch']}" in again.stdout
    put("lô/4.jpg", "TRANG BA")
    ran = desk.sohoa("batches", "retry", batch["batch"], "--reason", "đã quét tờ còn thiếu", "--json")
    assert ran.of("batch")[0]["state"] == "done"
    assert ran.of("batch")[0]["batch"] == batch["batch"]
    assert sorted(path.name for path in (desk.folder / "done").rglob("*.jpg")) == [f"{n}.jpg" for n in (1, 2, 3, 4)]
    assert list((desk.folder / "in").iterdir()) == [], "emptied folders would be taken for a delivery"
    reasons = [move["reason"] for move in desk.sohoa("batches", "show", batch["batch"], "--json").of("move")]
    assert "đã quét tờ còn thiếu" in reasons


def test_a_held_batch_is_released_with_a_reason_that_the_archive_keeps(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg")
    held = desk.sohoa("digitize", "in", "--expect", "2", "--done", "done", "--json")
    assert held.status == 4
    batch = held.of("batch")[0]["batch"]
    assert desk.sohoa("batches").status == 1
    refused = desk.sohoa("batches", "release", batch)
    assert (refused.status, "--reason" in refused.stderr) == (2, True)
    assert desk.sohoa("batches", "release", batch, "--reason", "đếm lại: chỉ có một trang").status == 0
    assert [path.name for path in (desk.folder / "done").rglob("*.jpg")] == ["1.jpg"]
    kept = json.loads((desk.archive / "batches" / f"{batch}.json").read_bytes())["record"]
    assert (kept["end"], kept["reason"]) == ("released", "đếm lại: chỉ có một trang")
    assert kept["person"]
    assert desk.sohoa("verify").status == 0
    assert desk.sohoa("batches").status == 0
    again = desk.sohoa("batches", "release", batch, "--reason", "lần nữa")
    assert again.status != 0
    assert "released" in again.stderr


def test_an_abandoned_batch_keeps_its_input(desk: Any, put: Any) -> None:
    file = put(f"{DOSSIER}/1.jpg")
    batch = desk.sohoa("digitize", "in", "--expect", "1.jpg=7", "--done", "done", "--json").of("batch")[0]["batch"]
    before = file.read_bytes()
    assert desk.sohoa("batches", "abandon", batch).status == 2
    told = desk.sohoa("batches", "abandon", batch, "--reason", "quét nhầm máy")
    assert told.status == 0
    assert "để nguyên" in told.stdout
    assert file.read_bytes() == before
    assert (only_batch(desk)["state"], only_batch(desk)["last_error"]) == ("abandoned", "quét nhầm máy")
    moves = desk.sohoa("batches", "show", batch, "--json").of("move")
    assert (moves[-1]["state"], bool(moves[-1]["person"])) == ("abandoned", True)
    kept = json.loads((desk.archive / "batches" / f"{batch}.json").read_bytes())["record"]
    assert kept["end"] == "abandoned"
    ran = desk.sohoa("digitize", "in", "--done", "done", "--json")
    assert ran.of("batch")[0]["batch"] != batch


def test_two_stacks_of_one_name_are_held_to_their_own_cover_sheets(desk: Any, put: Any, cover: Any) -> None:
    cover("A/x/1.jpg", 2)
    put("A/x/2.jpg")
    cover("B/x/1.jpg", 1, dossier="H11.35-230915-0002")
    put("B/x/2.jpg", "TRANG KHÁC")
    ran = desk.sohoa("digitize", "in/A/x", "in/B/x", "--json")
    assert ran.status == 4
    (missing,) = ran.of("batch")[0]["ledger"]["missing"]
    assert missing["dossier_id"] == DOSSIER


@pytest.mark.parametrize("told", ["0", "-1", "x", "a.pdf=", "a.pdf=x", "١"])
def test_an_expectation_that_is_no_number_is_refused(desk: Any, put: Any, told: str) -> None:
    put(f"{DOSSIER}/1.jpg")
    ran = desk.sohoa("digitize", "in", f"--expect={told}")
    assert (ran.status, "--expect" in ran.stderr) == (2, True)


def test_too_many_pages_are_no_balance_either(desk: Any, put: Any, cover: Any) -> None:
    cover("lô/1.jpg", 1)
    put("lô/2.jpg")
    put("lô/3.jpg")
    ran = desk.sohoa("digitize", "in", "--json")
    assert ran.status == 4
    assert "thừa 1 trang" in ran.of("batch")[0]["ledger"]["missing"][0]["message"]


def test_blank_backs_may_be_counted_or_not(desk: Any, put: Any, cover: Any, make_page: Any) -> None:
    cover("lô/1.jpg", 2)
    put("lô/2.jpg")
    (desk.folder / "in" / "lô" / "3.jpg").write_bytes(make_page(""))
    assert desk.sohoa("digitize", "in", "--expect", "3", "--json").of("batch")[0]["state"] == "done"
    cover("lô hai/1.jpg", 1, dossier="H11.35-230915-0002")
    put("lô hai/2.jpg")
    (desk.folder / "in" / "lô hai" / "3.jpg").write_bytes(make_page(""))
    assert desk.sohoa("digitize", "in/lô hai", "--expect", "2", "--json").of("batch")[0]["state"] == "done"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_finishes_the_pages_in_hand_and_the_next_run_goes_on(desk: Any, put: Any, number: int) -> None:
    for page in range(1, 25):
        put(f"lô/{page}.jpg", f"TRANG SỐ {page}")
    child = start(desk, "digitize", "in", "--workers", "1", "--json")
    wait_for_pages(desk, "read", 2)
    child.send_signal(number)
    _, err = child.communicate(timeout=120)
    assert child.returncode == 130, err
    assert "Đang dừng" in err
    assert "Traceback" not in err
    batch = only_batch(desk)
    assert (batch["state"], batch["last_error"]) == ("interrupted", "Ctrl-C")
    states = desk.sohoa("batches", "show", batch["batch"], "--pages", "--json").of("page-state")
    read = [page for page in states if page["state"] == "read"]
    assert 2 <= len(read) < 24
    assert not [page for page in states if page["state"] == "reading"], "pages in hand were not finished"
    spooled = len(list((desk.folder / "sohoa-data" / "work" / batch["batch"]).rglob("*.page")))
    assert spooled == len(read)
    ran = desk.sohoa("digitize", "in", "--json")
    assert (ran.of("batch")[0]["batch"], ran.ledger["filed"]) == (batch["batch"], 24)
    assert only_batch(desk)["attempts"] == 2
    assert list((desk.folder / "sohoa-data" / "work").iterdir()) == []
    versions = [path.name for path in desk.archive.rglob("manifests/*.json")]
    assert versions == ["000001.json"]


def test_pages_that_were_read_before_a_kill_are_not_read_again(desk: Any, put: Any) -> None:
    for page in range(1, 9):
        put(f"lô/{page}.jpg", f"TRANG SỐ {page}")
    child = start(desk, "digitize", "in", "--workers", "1", "--json")
    wait_for_pages(desk, "read", 3)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    spool = next((desk.folder / "sohoa-data" / "work").rglob("*.page")).parent
    before = {path.name: path.stat().st_mtime_ns for path in spool.glob("*.page")}
    assert len(before) >= 3
    child = start(desk, "digitize", "in", "--workers", "1", "--json", FAULT_AT="assembled")
    until = time.monotonic() + 120
    while len(list(spool.glob("*.page"))) < 8 and time.monotonic() < until:
        time.sleep(0.05)
    after = {path.name: path.stat().st_mtime_ns for path in spool.glob("*.page")}
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    assert len(after) == 8
    assert {name: after[name] for name in before} == before
    assert desk.sohoa("digitize", "in", "--json").ledger["filed"] == 8


def test_a_page_that_kills_the_program_is_at_last_archived_without_its_text(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "TRANG ĐỘC")
    (desk.folder / "sohoa.toml").write_text("[limits]\npage_attempts = 2\n")
    for _ in range(2):
        child = start(desk, "digitize", "in", "--json", FAULT_AT="page-reading")
        wait_until_stopped(child)
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    ran = desk.sohoa("digitize", "in", "--json")
    (event,) = ran.of("dossier")
    assert event["status"] == "archived"
    (told,) = (f for f in event["findings"] if f["code"] in ("page-second-engine", "page-crashed"))
    assert "2 lần dừng đột ngột" in told["message"]


def test_a_file_that_vanished_between_two_runs_holds_the_batch(desk: Any, put: Any) -> None:
    for page in range(1, 7):
        put(f"lô/{page}.jpg", f"TRANG SỐ {page}")
    child = start(desk, "digitize", "in", "--workers", "1", "--json")
    wait_for_pages(desk, "read", 1)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    shutil.move(desk.folder / "in" / "lô" / "5.jpg", desk.folder / "5.jpg")
    ran = desk.sohoa("digitize", "in", "--json")
    assert ran.status == 4
    (missing,) = ran.of("batch")[0]["ledger"]["missing"]
    assert (missing["file"], missing["page"]) == ("lô/5.jpg", 1)
    shutil.move(desk.folder / "5.jpg", desk.folder / "in" / "lô" / "5.jpg")
    assert desk.sohoa("digitize", "in", "--json").of("batch")[0]["state"] == "done"


def test_a_source_that_was_written_anew_is_not_moved_away(desk: Any, put: Any) -> None:
    file = put(f"{DOSSIER}/1.jpg", "BẢN ĐẦU")
    child = start(desk, "digitize", "in", "--done", "done", "--json", FAULT_AT="batch-closed")
    wait_until_stopped(child)
    put(f"{DOSSIER}/1.jpg", "BẢN QUÉT LẠI")
    os.kill(child.pid, signal.SIGCONT)
    _, err = child.communicate(timeout=60)
    assert "tệp đã thay đổi sau khi đọc" in err
    assert file.exists()
    ran = desk.sohoa("digitize", "in", "--done", "done", "--json")
    assert ran.of("dossier")[0]["version"] == 2
    assert (desk.folder / "done" / "in" / DOSSIER / "1.jpg").exists()


def test_a_run_killed_when_only_moving_was_left_is_gone_on_with_without_complaint(desk: Any, put: Any) -> None:
    file = put(f"{DOSSIER}.jpg")
    told = ("digitize", str(file), "--dossier", DOSSIER, "--done", "done", "--json")
    child = start(desk, *told, FAULT_AT="batch-closed")
    wait_until_stopped(child)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    ran = desk.sohoa(*told)
    assert (ran.status, ran.of("batch")[0]["state"]) == (0, "done"), ran.stderr
    assert not file.exists()
    assert len(list((desk.folder / "done").rglob("*.jpg"))) == 1


@pytest.mark.parametrize("other", [["in/lô", "--done", "done"], ["in", "--unit", "H36.15", "--done", "done"]])
def test_a_hold_is_not_escaped_by_asking_in_another_way(desk: Any, put: Any, cover: Any, other: list[str]) -> None:
    cover("lô/1.jpg", 2)
    put("lô/2.jpg")
    assert desk.sohoa("digitize", "in", "--done", "done").status == 4
    ran = desk.sohoa("digitize", *other, "--json")
    assert (ran.status, ran.of("dossier")[0]["status"]) == (4, "unchanged")
    assert len(ran.of("batch")[0]["ledger"]["missing"]) == 1
    assert not (desk.folder / "done").exists()


def test_what_a_person_said_would_come_is_not_forgotten_by_the_next_run(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg")
    assert desk.sohoa("digitize", "in", "--expect", "2").status == 4
    assert desk.sohoa("digitize", "in").status == 4
    night = desk.sohoa("nightly", "in", "--done", "done", "--json")
    assert (night.status, night.of("batch")) == (4, []), "a held batch waits for a person, not for the night"
    put(f"{DOSSIER}/2.jpg", "TRANG HAI")
    assert desk.sohoa("nightly", "in", "--done", "done", "--json").of("batch")[0]["state"] == "done"


def test_a_left_over_batch_is_gone_on_with_under_its_own_unit(desk: Any, put: Any) -> None:
    for page in range(1, 9):
        put(f"a/{DOSSIER}/{page}.jpg", f"TRANG SỐ {page}")
    child = start(desk, "digitize", "in/a", "--unit", "H36.15", "--workers", "1", "--json")
    wait_for_pages(desk, "read", 1)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    put("b/H11.35-230915-0002/1.jpg")
    ran = desk.sohoa("nightly", "in/b", "--json")
    assert ran.dossiers[DOSSIER]["unit"] == "H36.15"
    assert {batch["state"] for batch in batches(desk)} == {"done"}


def test_a_complete_stack_is_done_although_something_came_in_front_of_it(desk: Any, put: Any, cover: Any) -> None:
    cover("lô/1.jpg", 2)
    put("lô/2.jpg", "TRANG MỘT")
    assert desk.sohoa("digitize", "in").status == 4
    put("lô/3.jpg", "TRANG HAI")
    cover("lô/0a.jpg", 1, dossier="H11.35-230915-0002")
    put("lô/0b.jpg", "TRANG KHÁC")
    assert desk.sohoa("digitize", "in", "--json").of("batch")[0]["state"] == "done"


def test_the_same_first_pages_in_two_files_of_a_stack_are_kept_once(desk: Any, put: Any, cover: Any) -> None:
    cover("cover.jpg", None)
    sheet = Image.open(desk.folder / "in" / "cover.jpg").convert("L")
    page, more = (Image.open(put(f"{n}.jpg", f"TRANG SỐ {n}")).convert("L") for n in (1, 2))
    (desk.folder / "in" / "lô").mkdir()
    for name, pages in (("a.tif", [sheet, page]), ("b.tif", [sheet, page, more])):
        first, *rest = pages
        path = desk.folder / "in" / "lô" / name
        first.save(path, save_all=True, append_images=rest, compression="tiff_deflate", dpi=(150, 150))
    ran = desk.sohoa("digitize", "in/lô", "--json")
    assert ran.status in (0, 1), ran.stderr
    assert (ran.ledger["filed"], ran.ledger["separators"]) == (3, 2)
    assert desk.sohoa("verify").status == 0


def test_done_sources_do_not_go_into_an_input(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg")
    ran = desk.sohoa("digitize", "in", "--done", "in/done")
    assert (ran.status, "→" in ran.stderr) == (2, True)


def test_a_file_that_a_held_batch_has_is_released_by_no_other(desk: Any, put: Any) -> None:
    put(f"a/{DOSSIER}/1.jpg")
    put("b/H11.35-230915-0002/1.jpg")
    assert desk.sohoa("digitize", "in/a", "--expect", "2").status == 4
    assert desk.sohoa("digitize", "in", "--done", "done").status in (0, 1)
    assert [path.parent.name for path in (desk.folder / "done").rglob("*.jpg")] == ["H11.35-230915-0002"]


def test_a_name_as_long_as_a_disk_takes_is_moved_like_any_other(desk: Any, put: Any) -> None:
    name = "ễ" * 83 + ".jpg"
    assert len(name.encode()) == 253
    put(f"{DOSSIER}/{name}")
    for _ in range(2):
        assert desk.sohoa("digitize", "in", "--done", "done").status in (0, 1)
        put(f"{DOSSIER}/{name}", "BẢN KHÁC")
    assert len(list((desk.folder / "done").rglob("*.jpg"))) == 2


def test_what_batches_prints_for_programs_fits_the_schema_and_for_people_80_columns(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg")
    put(f"{DOSSIER}/2.pdf").write_bytes(b"%PDF-1.7 no\n")
    desk.sohoa("digitize", "in", "--expect", "9")
    batch = only_batch(desk)["batch"]
    shown = desk.sohoa("batches", "show", batch, "--pages", "--json")
    for event in (*desk.sohoa("batches", "--json").events, *shown.events):
        jsonschema.validate(event, SCHEMA)
    assert {event["event"] for event in shown.events} == {"batch-state", "file-state", "page-state", "move"}
    states = {event["file"]: event["state"] for event in shown.of("file-state")}
    assert states == {f"{DOSSIER}/1.jpg": "inspected", f"{DOSSIER}/2.pdf": "refused"}
    listed = desk.sohoa("batches").stdout
    assert "giữ lại" in listed
    assert max(map(len, listed.splitlines())) <= 80
    assert desk.sohoa("batches", "show", "20200101T000000-abc").status == 2
