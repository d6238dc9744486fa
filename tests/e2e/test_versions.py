"""Deliveries over time: results months later, the same papers twice, a kill at any moment, two writers at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

DOSSIER = "H11.35-230915-0001"


@pytest.fixture
def inputs(desk: Any, make_page: Any) -> Path:
    folder = desk.folder / "in"
    for number in range(1, 4):
        page = folder / f"H11.35-230915-000{number}" / "records" / "1.jpg"
        page.parent.mkdir(parents=True)
        page.write_bytes(
            make_page(f"TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ tên người số {number}\nNơi cư trú: khu phố {number}")
        )
    return folder


def test_a_later_section_makes_a_new_version(desk: Any, inputs: Path, make_page: Any) -> None:
    desk.sohoa("digitize", inputs)
    first = desk.objects()
    later = desk.folder / "later" / DOSSIER / "ket-qua" / "gks.jpg"
    later.parent.mkdir(parents=True)
    later.write_bytes(make_page("GIẤY KHAI SINH\nSố: 12/2023"))
    (event,) = desk.sohoa("digitize", later.parents[1], "--json").of("dossier")
    assert (event["status"], event["version"], event["section"], event["pages"]) == ("archived", 2, "results", 2)
    assert set(event["files"]) == {"records.pdf", "results.pdf"}
    assert event["findings"] and "second-delivery" in {f["code"] for f in event["findings"]}
    kept = desk.objects()
    assert all(kept[key] == data for key, data in first.items()), "a new version changed what was stored"
    hits = desk.sohoa("search", "giay khai sinh", "--json").of("hit")
    assert {(h["section"], h["page"]) for h in hits if h["dossier_id"] == DOSSIER} >= {("results", 1)}
    assert desk.sohoa("verify").status == 0


def test_more_pages_of_the_same_section_are_added_behind(desk: Any, inputs: Path, make_page: Any) -> None:
    desk.sohoa("digitize", inputs)
    folder = inputs / DOSSIER / "records"
    (folder / "2.jpg").write_bytes(make_page("GIẤY CHỨNG SINH\nHọ và tên mẹ"))
    (event,) = desk.sohoa("digitize", inputs / DOSSIER, "--json").of("dossier")
    assert (event["version"], event["pages"]) == (2, 2)
    texts = desk.sohoa("export", DOSSIER, "--output", "out")
    assert texts.status == 0
    pdf = desk.folder / "out" / DOSSIER / "records.pdf"
    first, second = (
        subprocess.run(["pdftotext", "-f", n, "-l", n, str(pdf), "-"], capture_output=True, text=True).stdout
        for n in ("1", "2")
    )
    assert "KHAI SINH" in first
    assert "CHỨNG SINH" in second


def test_killed_at_any_moment_a_rerun_reaches_the_same_state(desk: Any, inputs: Path, tmp_path: Path) -> None:
    """SIGKILL to the whole process group, five times at random moments; then one run to the end."""
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", str(inputs), "--json"]
    moments = random.Random(7)
    for _ in range(5):
        running = subprocess.Popen(
            command, cwd=desk.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(moments.uniform(0.5, 6))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        assert desk.sohoa("search", "khai sinh", "--json").status == 0, "a kill left search unusable"
    final = desk.sohoa("digitize", inputs, "--json")
    assert final.status in (0, 1)
    assert final.ledger["balanced"]
    assert {(e["dossier_id"], e["version"], e["pages"]) for e in final.of("dossier")} == {
        (f"H11.35-230915-000{n}", 1, 1) for n in range(1, 4)
    }
    verified = desk.sohoa("verify", "--json")
    assert {i["severity"] for i in verified.of("issue")} <= {"info"}, verified.stdout
    assert not list((desk.folder / "sohoa-data" / "work").iterdir())


def test_two_runs_at_once_on_the_same_input_archive_each_page_once(desk: Any, inputs: Path) -> None:
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", str(inputs), "--json"]
    runs = [subprocess.Popen(command, cwd=desk.folder, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [run.communicate(timeout=200)[0] for run in runs]
    assert all(run.returncode in (0, 1) for run in runs), outputs
    for number in range(1, 4):
        (event,) = desk.sohoa("show", f"H11.35-230915-000{number}", "--json").of("show")
        assert event["versions"] == [1]
        assert len(event["manifest"]["pages"]) == 1
    assert desk.sohoa("verify").status == 0


def test_ctrl_c_exits_130_and_a_rerun_goes_on(desk: Any, inputs: Path) -> None:
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", str(inputs)]
    running = subprocess.Popen(
        command,
        cwd=desk.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # a shell's background job is started deaf to Ctrl-C, and the tests may be one
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    work = desk.folder / "sohoa-data" / "work"
    while not (work.exists() and any(work.iterdir())) and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, complaint = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "chạy lại" in complaint.lower() or "run the same command again" in complaint.lower()
    assert desk.sohoa("digitize", inputs, "--json").ledger["filed"] == 3


def test_pages_in_layers_are_carried_over_byte_for_byte(
    desk: Any, make_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pikepdf

    def images(version: str) -> list[bytes]:
        desk.sohoa("export", DOSSIER, "--output", version)
        with pikepdf.open(desk.folder / version / DOSSIER / "records.pdf") as pdf:
            shown = pdf.pages[0].Resources.XObject
            return [bytes(shown[name].read_raw_bytes()) for name in sorted(shown.keys())]

    monkeypatch.setenv("SOHOA_PDF__PROFILE", "compact")
    folder = desk.folder / "in" / DOSSIER / "records"
    folder.mkdir(parents=True)
    lines = "\n".join(["GIẤY XÁC NHẬN", *(f"Dòng thứ {n} ghi nơi cư trú" for n in range(20))])
    (folder / "1.jpg").write_bytes(make_page(lines))
    desk.sohoa("digitize", "in")
    first = images("one")
    assert len(first) > 1, "the page is kept in layers"
    (folder / "2.jpg").write_bytes(make_page("GIẤY CHỨNG SINH"))
    (event,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    assert (event["version"], event["pages"]) == (2, 2)
    assert images("two") == first
    assert desk.sohoa("verify").status == 0
