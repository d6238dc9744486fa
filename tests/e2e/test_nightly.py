"""The unattended job: within its window, most urgent first, held when too much fails, one summary at its end."""

from __future__ import annotations

import datetime as dt
import json
import urllib.request
from pathlib import Path
from typing import Any

import jsonschema
from PIL import Image

from tests.e2e.processes import start, wait_for_pages

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "events.schema.json").read_text("utf-8"))


def summary(desk: Any) -> dict[str, Any]:
    (file,) = (desk.folder / "sohoa-data" / "summaries").glob("*.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def soon(seconds: float) -> str:
    return f"{dt.datetime.now() + dt.timedelta(seconds=seconds):%H:%M:%S}"


def test_a_night_leaves_one_summary_in_three_forms(desk: Any, put: Any) -> None:
    put("H11.35-230915-0001/1.jpg")
    put("H11.35-230915-0002/1.jpg")
    put("hỏng.pdf").write_bytes(b"%PDF-1.7 none")
    (desk.folder / "sohoa.toml").write_text('[nightly]\ninputs = ["in"]\nuntil = "06:00"\ndone = "done"\n')
    ran = desk.sohoa("nightly")
    assert ran.status == 1
    told = summary(desk)
    assert (told["pages"], told["dossiers"]) == (2, {"archived": 2, "rejected": 1})
    assert told["findings"]["file-damaged"] == 1
    assert told["batches"][0]["ledger"]["rejected"] == 1
    assert told["waiting"] >= 3
    folder = desk.folder / "sohoa-data" / "summaries"
    (text,), (page,) = folder.glob("*.txt"), folder.glob("*.html")
    assert text.read_text("utf-8") in ran.stdout
    assert "Tổng kết số hóa" in page.read_text("utf-8")
    assert len(list((desk.folder / "done").rglob("*.jpg"))) == 2


def test_what_does_not_fit_into_the_window_waits_and_the_next_night_goes_on(desk: Any, put: Any) -> None:
    for page in range(1, 81):
        put(f"H11.35-230915-0002/{page}.jpg")
    put("H11.35-230915-0001/1.jpg")
    # One page takes 2.4 s at the first guess; 80 take more than 12 s at that, and at what a page really takes.
    ran = desk.sohoa("nightly", "in", "--until", soon(12), "--workers", "1", "--json")
    assert ran.status == 1, ran.stderr
    assert list(ran.dossiers) == ["H11.35-230915-0001"]
    (batch,) = ran.of("batch")
    assert (batch["state"], "1 hồ sơ hoặc tập giấy chờ" in batch["reason"]) == ("waiting", True)
    again = desk.sohoa("nightly", "in", "--json")
    assert again.of("batch")[0]["batch"] == batch["batch"]
    assert again.of("batch")[0]["state"] == "done"
    assert again.dossiers["H11.35-230915-0002"]["pages"] == 80


def test_at_the_end_of_the_window_the_pages_in_hand_are_the_last(desk: Any, put: Any) -> None:
    """A stack that takes longer than it seemed is stopped at the end; nothing of it is read twice."""
    for page in range(1, 7):
        Image.new("L", (300, 420), 250).save(put(f"../before/H11.35-230915-0001/{page}.jpg"), dpi=(75, 75))
    desk.sohoa("nightly", "before")  # blank pages: a quick night
    # At the pace of blank pages these seem to fit into a third of the window; they take three times the window.
    lines = "\n".join(["Chứng thực bản sao đúng với bản chính, ngày ký và số chứng thực"] * 22)
    for page in range(1, 46):
        put(f"H11.35-230915-0002/{page}.jpg", lines)
    ran = desk.sohoa("nightly", "in", "--until", soon(14), "--workers", "1", "--json")
    (batch,) = ran.of("batch")
    assert (ran.status, batch["state"], "đã hết khung giờ" in batch["reason"]) == (1, "waiting", True), batch
    read = len(list((desk.folder / "sohoa-data" / "work").rglob("*.page")))
    assert 1 <= read < 45
    assert desk.sohoa("nightly", "in", "--json").of("batch")[0]["ledger"]["filed"] == 45


def test_the_most_urgent_come_first(desk: Any, put: Any) -> None:
    for name in ("H11.35-230915-0001", "H11.35-230915-0002", "H11.35-230915-0003"):
        put(f"{name}/1.jpg")
    (desk.folder / "sohoa.toml").write_text('[nightly]\nfirst = ["*-0003*", "*-0002*"]\n')
    ran = desk.sohoa("nightly", "in", "--workers", "1", "--json")
    assert [event["dossier_id"][-1] for event in ran.of("dossier")] == ["3", "2", "1"]


def test_a_broken_scanner_stops_the_night_early_and_holds(desk: Any) -> None:
    folder = desk.folder / "in" / "H11.35-230915-0001"
    folder.mkdir(parents=True)
    for page in range(1, 60):
        Image.effect_noise((400, 560), 60 + page).save(folder / f"{page}.jpg", dpi=(50, 50))
        data = bytearray((folder / f"{page}.jpg").read_bytes())
        (folder / f"{page}.jpg").write_bytes(data[: len(data) // 2])
    ran = desk.sohoa("nightly", "in", "--max-failure-rate", "10%", "--done", "done", "--json")
    assert ran.status == 4
    (batch,) = ran.of("batch")
    assert batch["state"] == "held"
    assert "trang gần nhất bị lỗi: kiểm tra máy quét" in batch["reason"]
    assert summary(desk)["batches"][0]["state"] == "held"
    desk.sohoa("batches", "release", batch["batch"], "--reason", "máy quét hỏng, sẽ quét lại")
    assert len(list((desk.folder / "in").rglob("*.jpg"))) == 59, "what is not archived is not moved, whoever says so"


def test_what_an_earlier_run_left_is_gone_on_with_first(desk: Any, put: Any) -> None:
    put("a/H11.35-230915-0001/1.jpg")
    for page in range(1, 81):
        put(f"a/H11.35-230915-0002/{page}.jpg")
    first = desk.sohoa("digitize", "in/a", "--until", soon(12), "--workers", "1", "--json").of("batch")[0]
    assert first["state"] == "waiting"
    put("b/H11.35-230915-0003/1.jpg")
    ran = desk.sohoa("nightly", "in/b", "--json")
    assert ran.of("batch")[0]["batch"] == first["batch"]
    assert {batch["state"] for batch in ran.of("batch")} == {"done"}
    assert set(ran.dossiers) == {"H11.35-230915-0001", "H11.35-230915-0002", "H11.35-230915-0003"}


def test_too_little_room_is_told_before_anything_is_touched(desk: Any, put: Any) -> None:
    put("H11.35-230915-0001/1.jpg")
    (desk.folder / "sohoa.toml").write_text(f"[limits]\ndisk_free = {10**17}\n")
    for command in ("digitize", "nightly"):
        ran = desk.sohoa(command, "in")
        assert (ran.status, "chỉ còn" in ran.stderr, "limits.disk_free" in ran.stderr) == (3, True, True)
    assert not desk.archive.exists()


def test_wrong_usage_is_told(desk: Any, put: Any) -> None:
    put("H11.35-230915-0001/1.jpg")
    assert desk.sohoa("nightly").status == 2
    assert desk.sohoa("nightly", "in", "--until", "26:00").status == 2
    assert desk.sohoa("digitize", "in", "--max-failure-rate", "150%").status == 2
    assert desk.sohoa("digitize", "in", "--max-failure-rate", "a lot").status == 2


def test_the_log_has_a_line_for_each_page_with_batch_dossier_and_place(desk: Any, put: Any) -> None:
    put("H11.35-230915-0001/1.jpg")
    put("H11.35-230915-0001/2.jpg")
    put("hỏng.pdf").write_bytes(b"%PDF-1.7 none")
    (desk.folder / "sohoa.toml").write_text('[log]\nfile = "logs/sohoa.jsonl"\nmetrics_file = "logs/sohoa.prom"\n')
    ran = desk.sohoa("digitize", "in", "--json")
    batch = ran.of("batch")[0]["batch"]
    lines = [json.loads(line) for line in (desk.folder / "logs" / "sohoa.jsonl").read_text("utf-8").splitlines()]
    assert {line["batch"] for line in lines} == {batch}
    assert all(line["timestamp"].endswith("Z") and line["level"] and line["event"] for line in lines)
    pages = [line for line in lines if line["event"] == "page-read"]
    assert {(line["file"].rpartition("/")[2], line["page"]) for line in pages} == {("1.jpg", 1), ("2.jpg", 1)}
    found = {line["code"]: line for line in lines if line["event"] == "finding"}
    assert found["procedure-unknown"]["dossier"] == "H11.35-230915-0001"
    assert found["file-damaged"]["file"] == "hỏng.pdf"
    assert lines[-1]["event"] == "batch-ended"
    metrics = (desk.folder / "logs" / "sohoa.prom").read_text("utf-8")
    for line in (
        'sohoa_pages_total{end="content"} 2.0',
        'sohoa_dossiers_total{status="archived"} 1.0',
        'sohoa_findings_total{code="file-damaged"} 1.0',
        'sohoa_batches_total{state="done"} 1.0',
        "sohoa_page_seconds_count 2.0",
    ):
        assert line in metrics
    assert 'sohoa_disk_free_bytes{folder="archive"}' in metrics


def test_status_says_what_goes_on_and_what_waits(desk: Any, put: Any) -> None:
    for page in range(1, 30):
        put(f"H11.35-230915-0001/{page}.jpg")
    port = 19464
    child = start(desk, "digitize", "in", "--workers", "1", "--json", SOHOA_LOG__METRICS_PORT=str(port))
    wait_for_pages(desk, "read", 3)
    (running,) = desk.sohoa("status", "--json").of("status")[0]["running"]
    assert (running["pages"], 3 <= running["read"] < 29) == (29, True)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        assert b"sohoa_pages_waiting" in answer.read()
    assert "Đang chạy / running" in desk.sohoa("status").stdout
    child.send_signal(2)
    child.communicate(timeout=60)
    ran = desk.sohoa("status", "--json")
    jsonschema.validate(ran.events[0], SCHEMA)
    assert (ran.status, ran.events[0]["interrupted"], ran.events[0]["running"]) == (1, 1, [])
    shown = desk.sohoa("status").stdout
    assert "1 lô dở dang / interrupted" in shown
    assert max(map(len, shown.splitlines()[1:])) <= 80, "only the archive's address may be longer"
    desk.sohoa("batches", "abandon", running["batch"], "--reason", "thử")
    assert desk.sohoa("status").status == 0
