"""What a person decides makes a new version, with who, when and why; it outlives reindex and every later delivery."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image

from tests.e2e.conftest import COMMAND

DOSSIER = "H11.35-230915-0001"
SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "events.schema.json").read_text("utf-8"))


@pytest.fixture
def put(desk: Any, make_page: Any) -> Any:
    def put(name: str, text: str = "GIẤY XÁC NHẬN") -> Path:
        file: Path = desk.folder / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make_page(text))
        return file

    return put


def manifest(desk: Any, dossier: str = DOSSIER) -> dict[str, Any]:
    found: dict[str, Any] = desk.sohoa("show", dossier, "--json").of("show")[0]["manifest"]
    return found


def waiting(desk: Any) -> list[str]:
    """The codes that wait, without what the test pages' 150 dpi are told of."""
    codes = [event["code"] for event in desk.sohoa("review", "--json").events]
    return sorted(code for code in codes if code != "dpi-low")


def decide(desk: Any, *told: str, dossier: str = DOSSIER) -> Any:
    ran = desk.sohoa("decide", dossier, *told, "--json")
    assert ran.status == 0, ran.stderr
    for event in ran.events:
        jsonschema.validate(event, SCHEMA)
    return ran.of("decision")[0]


def test_accepted_findings_are_settled_with_who_when_and_why(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "Trang chưa rõ loại giấy tờ nào cả")
    desk.sohoa("digitize", "in")
    assert waiting(desk) == ["document-type-unknown", "procedure-unknown"]
    before = manifest(desk)
    ran = desk.sohoa("review", "--accept", "document-type-unknown", "--reason", "giấy viết tay, không có mẫu", "--json")
    assert ran.of("decision")[0]["version"] == 2
    assert waiting(desk) == ["procedure-unknown"]
    after = manifest(desk)
    (decision,) = after["decisions"]
    assert (decision["action"], decision["reason"]) == ("accept", "giấy viết tay, không có mẫu")
    assert decision["person"] and decision["at"]
    assert after["pages"] == before["pages"]
    assert [f["resolved"] for f in after["findings"] if f["code"] == "document-type-unknown"] == [1]
    for command in ("reindex", "verify"):
        assert desk.sohoa(command).status == 0
    assert waiting(desk) == ["procedure-unknown"]
    assert desk.sohoa("digitize", "in", "--json").dossiers[DOSSIER]["status"] == "unchanged"


def test_a_chosen_type_and_procedure_hold_through_the_next_delivery(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "Trang chưa rõ loại giấy tờ nào cả")
    desk.sohoa("digitize", "in")
    decide(desk, "type", "to_khai_khai_sinh", "--at", "records:1", "--code", "document-type-unknown")
    told = decide(desk, "procedure", "1.001193", "--reason", "theo giấy tiếp nhận")
    assert (told["version"], told["waiting"]) == (3, 1)
    found = manifest(desk)
    assert (found["procedure"]["code"], found["procedure"]["origin"]) == ("1.001193", "person")
    (document,) = found["documents"]
    assert (document["type"]["code"], document["type"]["origin"]) == ("to_khai_khai_sinh", "person")
    assert waiting(desk) == []
    put(f"{DOSSIER}/2.jpg", "QUYẾT ĐỊNH\nVề việc nâng bậc lương")
    desk.sohoa("digitize", "in")
    later = manifest(desk)
    assert (later["version"], later["procedure"]["code"]) == (4, "1.001193")
    assert later["documents"][0]["type"]["code"] == "to_khai_khai_sinh"
    assert [one["action"] for one in later["decisions"]] == ["type", "procedure"]
    assert len([f for f in later["files"] if f["role"] == "original"]) == 2, "the first delivery's original is kept"


def test_documents_are_split_and_joined_where_a_person_says(desk: Any, put: Any) -> None:
    for page in range(1, 4):
        put(f"{DOSSIER}/{page}.jpg", f"Trang tiếp theo của giấy tờ, số {page}")
    desk.sohoa("digitize", "in")
    spans = [(d["first_page"], d["last_page"]) for d in manifest(desk)["documents"]]
    assert spans == [(1, 3)]
    decide(desk, "split", "--at", "records:2")
    assert [(d["first_page"], d["last_page"]) for d in manifest(desk)["documents"]] == [(1, 1), (2, 3)]
    decide(desk, "join", "--at", "2", "--reason", "nhầm")
    assert [(d["first_page"], d["last_page"]) for d in manifest(desk)["documents"]] == [(1, 3)]
    for told in (("split", "--at", "records:1"), ("join", "--at", "records:1"), ("split", "--at", "records:9")):
        ran = desk.sohoa("decide", DOSSIER, *told)
        assert (ran.status, "→" in ran.stderr) == (2, True)
    assert manifest(desk)["version"] == 3


def test_a_page_that_lies_wrong_is_turned_and_read_again(desk: Any, put: Any, make_page: Any) -> None:
    """A page whose lines tell little is left as it was scanned; a person turns it, and then its words are found."""
    page = Image.open(BytesIO(make_page("Bảy")))
    page.rotate(180).save(put(f"{DOSSIER}/1.jpg"), quality=85, dpi=(150, 150))
    put(f"{DOSSIER}/2.jpg", "GIẤY XÁC NHẬN\nTình trạng hôn nhân")
    desk.sohoa("digitize", "in")
    before = manifest(desk)["pages"][0]["quarter_turns"]
    decide(desk, "rotate", "180", "--at", "records:1")
    after = manifest(desk)
    assert after["pages"][0]["quarter_turns"] == (before + 2) % 4
    assert [page["number"] for page in after["pages"]] == [1, 2]
    assert after["pages"][0]["source"]["file"].endswith("1.jpg")
    upright = after["pages"][0]["quarter_turns"] == 2
    if not upright:
        decide(desk, "rotate", "180", "--at", "records:1")
    assert desk.sohoa("search", '"bay"', "--json").of("total")[0]["total"] >= 1
    assert desk.sohoa("verify").status == 0


def test_pages_of_a_holding_come_into_the_dossier_that_is_named(desk: Any, put: Any) -> None:
    for page in range(1, 4):
        put(f"lô/{page}.jpg", f"GIẤY XÁC NHẬN SỐ {page}\nNguyễn Văn {page}")
    ran = desk.sohoa("digitize", "in", "--json")
    (held,) = ran.of("dossier")
    told = decide(desk, "dossier", DOSSIER, "--at", "records:1-2", dossier=held["dossier_id"])
    assert (told["dossier_id"], told["version"]) == (DOSSIER, 1)
    assert any(event["dossier_id"] == held["dossier_id"] for event in desk.sohoa("review", "--json").events)
    decide(desk, "dossier", DOSSIER, "--reason", "cùng một người", dossier=held["dossier_id"])
    found = manifest(desk)
    assert [page["source"]["file"][-5:] for page in found["pages"]] == ["1.jpg", "2.jpg", "3.jpg"]
    assert [one["value"] for one in found["decisions"]] == [held["dossier_id"]] * 2
    originals = {file["sha256"] for file in found["files"] if file["role"] == "original"}
    assert {page["source"]["original"] for page in found["pages"]} == originals
    waits = {event["dossier_id"] for event in desk.sohoa("review", "--json").events}
    assert held["dossier_id"] not in waits, "each of its pages has a home"
    assert desk.sohoa("digitize", "in", "--json").of("dossier")[0]["status"] == "unchanged"
    assert desk.sohoa("verify").status == 0
    hits = desk.sohoa("search", '"xac nhan so 3"', "--json").of("hit")
    assert DOSSIER in {hit["dossier_id"] for hit in hits}


def test_no_page_goes_to_two_families(desk: Any, put: Any) -> None:
    for page in (1, 2, 3):
        put(f"lô/{page}.jpg", f"GIẤY XÁC NHẬN SỐ {page}")
    (held,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    other = "H11.35-230915-0002"
    decide(desk, "dossier", DOSSIER, "--at", "records:1", dossier=held["dossier_id"])
    decide(desk, "dossier", other, dossier=held["dossier_id"])
    assert [page["source"]["file"][-5:] for page in manifest(desk, other)["pages"]] == ["2.jpg", "3.jpg"]
    refused = desk.sohoa("decide", held["dossier_id"], "dossier", other, "--at", "records:1")
    assert (refused.status, f"đã thuộc hồ sơ {DOSSIER}" in refused.stderr) == (2, True)
    assert len(manifest(desk)["pages"]) == 1


def test_one_finding_of_one_page_is_settled_and_another_later_is_not(desk: Any, put: Any) -> None:
    for page in (1, 2):
        put(f"{DOSSIER}/{page}.jpg", f"GIẤY XÁC NHẬN SỐ {page}")
    desk.sohoa("digitize", "in")
    decide(desk, "accept", "--at", "records:2", "--code", "dpi-low", "--reason", "bản photo")
    resolved = {f["page"]: f["resolved"] for f in manifest(desk)["findings"] if f["code"] == "dpi-low"}
    assert resolved == {1: None, 2: 1}
    again = desk.sohoa("decide", DOSSIER, "accept", "--at", "records:2", "--code", "dpi-low")
    assert (again.status, "→" in again.stderr) == (2, True)
    put(f"{DOSSIER}/3.jpg", "GIẤY XÁC NHẬN SỐ 3")
    desk.sohoa("digitize", "in")
    resolved = {f["page"]: f["resolved"] for f in manifest(desk)["findings"] if f["code"] == "dpi-low"}
    assert resolved == {1: None, 2: 1, 3: None}


def test_a_page_that_came_in_later_is_turned_and_no_other(desk: Any, put: Any, make_page: Any) -> None:
    """Its original is an extract of a file of which the dossier has other pages in an earlier one."""
    pages = [Image.open(BytesIO(make_page(f"TRANG RIÊNG SỐ {n}"))) for n in range(1, 5)]
    stack = put("lô/1.tif")
    pages[0].save(stack, save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=(150, 150))
    (held,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    decide(desk, "dossier", DOSSIER, "--at", "records:2", dossier=held["dossier_id"])
    decide(desk, "dossier", DOSSIER, dossier=held["dossier_id"])
    before = manifest(desk)
    assert [page["source"]["page"] for page in before["pages"]] == [2, 1, 3, 4]
    for number, own in enumerate([2, 1, 3, 4], 1):
        decide(desk, "rotate", "180", "--at", f"records:{number}")
        decide(desk, "rotate", "180", "--at", f"records:{number}")
        hits = desk.sohoa("search", f'"trang rieng so {own}"', "--json").of("hit")
        assert (DOSSIER, number) in {(hit["dossier_id"], hit["page"]) for hit in hits}


def test_a_rescan_that_is_wanted_goes_on_waiting(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "Trang chưa rõ loại giấy tờ nào cả")
    desk.sohoa("digitize", "in")
    decide(desk, "rescan", "--at", "records:1", "--code", "document-type-unknown", "--reason", "mất góc")
    assert "document-type-unknown" in waiting(desk)
    assert manifest(desk)["decisions"][0]["action"] == "rescan"


def test_a_rejected_file_is_settled_in_its_batch_and_stays_so(desk: Any, put: Any) -> None:
    put("hỏng.pdf").write_bytes(b"%PDF-1.7 none")
    desk.sohoa("digitize", "in")
    assert waiting(desk) == ["file-damaged"]
    assert desk.sohoa("review", "--accept", "file-damaged", "--reason", "đã quét lại").status == 0
    assert waiting(desk) == []
    for command in ("reindex", "verify"):
        assert desk.sohoa(command).status == 0, desk.sohoa(command).stdout
    assert waiting(desk) == []
    (stored,) = desk.archive.glob("batches/*/decisions/000001.json")
    assert json.loads(stored.read_bytes())["record"]["decision"]["reason"] == "đã quét lại"


def test_wrong_decisions_are_refused_with_a_way_out(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg")
    desk.sohoa("digitize", "in")
    for told in (
        ("sing",),
        ("accept",),
        ("type", "giấy", "--at", "records:1"),
        ("type", "to_khai_khai_sinh"),
        ("rotate", "45", "--at", "records:1"),
        ("split", "--at", "nowhere:1"),
        ("procedure", "9.999999"),
        ("dossier", "H11.35-230915-0002"),
        ("dossier", "not an id"),
    ):
        ran = desk.sohoa("decide", DOSSIER, *told)
        assert (ran.status, "→" in ran.stderr) == (2, True), (told, ran.stderr)
    assert desk.sohoa("decide", "H11.35-230915-0099", "accept", "--code", "x").status == 2
    assert manifest(desk)["version"] == 1


def on_terminal(desk: Any, *arguments: str, keys: list[str]) -> str:
    """Run the command on a terminal of 80 columns and type ``keys``, each when it asks."""
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [str(COMMAND), *arguments], cwd=desk.folder, stdin=follower, stdout=follower, stderr=follower,
        env={**os.environ, "COLUMNS": "80", "LINES": "50", "TERM": "xterm"}, start_new_session=True,
    )  # fmt: skip
    os.close(follower)
    seen = b""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if not select.select([leader], [], [], 1)[0]:
            continue
        try:
            part = os.read(leader, 10000)
        except OSError:
            break
        if not part:
            break
        seen += part
        last = re.sub(rb"\x1b\[[0-9;]*m", b"", seen.rsplit(b"\n", 1)[-1])
        if keys and last.endswith((b"? ", b": ")):
            os.write(leader, keys.pop(0).encode() + b"\n")
            time.sleep(0.2)
    os.close(leader)
    assert child.wait(30) in (0, 1), seen.decode()
    return seen.decode()


def test_on_a_terminal_one_key_settles_each(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "Trang chưa rõ loại giấy tờ nào cả")
    desk.sohoa("digitize", "in")
    seen = on_terminal(desk, "review", keys=["k", "c", "khai sinh", "1", "vì sao", "c", "khai sinh", "1", ""])
    assert "ảnh / picture" in seen
    assert "[a] chấp nhận" in seen
    assert "2 việc đã xong" in seen, seen
    found = manifest(desk)
    assert {one["action"] for one in found["decisions"]} == {"type", "procedure"}
    assert "k] bỏ qua" in seen
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in seen.splitlines() if "[a]" in line) <= 80
    assert "vì sao" in {one["reason"] for one in found["decisions"]}


def test_on_a_terminal_what_else_it_may_be_is_offered_by_number(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg", "TỜ KHAI ĐĂNG KÝ KHAI SINH\nKính gửi: Ủy ban nhân dân phường Tân Lập")
    desk.sohoa("digitize", "in")
    offered = manifest(desk)["procedure"]["alternatives"]
    assert offered[0]["weight"] >= offered[1]["weight"] > 0
    seen = on_terminal(desk, "review", "--code", "procedure-unknown", keys=["c", "2", "đã hỏi"])
    assert "hay là / or 2." in seen, seen
    assert manifest(desk)["procedure"]["code"] == offered[1]["code"]
    assert "procedure-unknown" not in waiting(desk)
