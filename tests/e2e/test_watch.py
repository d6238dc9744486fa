"""The hot folder as clerks and system services meet it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import COMMAND, SAMPLES, Ran
from tests.e2e.processes import wait_for_pages

DOSSIER = "H11.35-230915-0001"
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture
def scan(desk: Any) -> Path:
    """A hot folder of unit H36.15 whose batches end quickly."""
    folder: Path = desk.folder / "scan"
    folder.mkdir()
    (desk.folder / "sohoa.toml").write_text(
        '[[watch]]\nfolder = "scan"\nunit = "H36.15"\nsection = "results"\nquiet = 0.3\nidle = 0.6\n'
    )
    return folder


def drop(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def start(desk: Any, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(COMMAND), "watch", *arguments, "--json"],
        cwd=desk.folder, env={**os.environ, **variables}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def wait_for(what: Any, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_what_is_dropped_is_archived_moved_and_told_of(desk: Any, scan: Path, make_page: Any) -> None:
    drop(scan / DOSSIER / "1.jpg", make_page("GIẤY XÁC NHẬN\nTình trạng hôn nhân"))
    drop(scan / "hỏng.pdf", b"%PDF-1.7 this is none")
    ran = desk.sohoa("watch", "--once", "--json")
    assert ran.status == 1
    event = ran.dossiers[DOSSIER]
    assert (event["status"], event["unit"], event["section"]) == ("archived", "H36.15", "results")
    assert names(scan / "done") == ["1.jpg"]
    assert names(scan / "rejected") == ["hỏng.pdf", "hỏng.pdf.reason.txt"]
    assert "[file-damaged]" in next(scan.rglob("*.reason.txt")).read_text("utf-8")
    assert names(scan / ".sohoa") == ["lock"]
    again = desk.sohoa("watch", "--once", "--json")
    assert (again.status, again.events) == (0, [])


def test_files_in_the_middle_of_a_stack_wait_for_the_rest(desk: Any, scan: Path, make_page: Any) -> None:
    """Pages that come one by one are one stack, in natural order, whatever the order in which they came."""
    with start(desk, "--once") as child:
        for number in (1, 10, 2):
            drop(scan / f"trang {number}.jpg", make_page(f"TRANG SỐ {number}"))
            time.sleep(0.4)
        out, err = child.communicate(timeout=120)
    ran = Ran(child.returncode, out, err)
    (event,) = ran.of("dossier")
    assert (event["status"], event["pages"]) == ("held", 3)
    shown = desk.sohoa("show", event["dossier_id"], "--json").of("show")[0]["manifest"]
    assert [page["source"]["file"] for page in shown["pages"]] == ["trang 1.jpg", "trang 2.jpg", "trang 10.jpg"]


def test_a_page_that_is_still_being_written_is_not_overtaken(desk: Any, scan: Path, make_page: Any) -> None:
    (desk.folder / "sohoa.toml").write_text('[[watch]]\nfolder = "scan"\nquiet = 0.3\nidle = 0.6\n')
    for number in (1, 3):
        drop(scan / f"{number}.jpg", make_page(f"TRANG SỐ {number}"))
    page = make_page("TRANG SỐ 2")
    with (scan / "2.jpg").open("wb") as stalled, start(desk, "--once") as child:
        stalled.write(page[:9000])
        stalled.flush()
        time.sleep(5)
        assert not (desk.archive / "batches").exists()
        stalled.write(page[9000:])
        stalled.close()
        out, err = child.communicate(timeout=120)
    (event,) = Ran(child.returncode, out, err).of("dossier")
    assert event["pages"] == 3


def test_links_in_a_hot_folder_are_refused_and_nothing_that_they_lead_to_is_touched(
    desk: Any, scan: Path, make_page: Any
) -> None:
    private = desk.folder / "private"
    drop(private / "1.jpg", make_page("NGƯỜI NHÀ KHÁC"))
    (scan / "folder").symlink_to(private, target_is_directory=True)
    (scan / "file.jpg").symlink_to(private / "1.jpg")
    (scan / "nowhere.jpg").symlink_to(private / "2.jpg")
    drop(scan / DOSSIER / "1.jpg", make_page("GIẤY XÁC NHẬN"))
    ran = desk.sohoa("watch", "--once", "--json")
    assert ran.dossiers[DOSSIER]["pages"] == 1
    assert ran.ledger["rejected"] == 3
    assert names(private) == ["1.jpg"]
    assert desk.sohoa("search", "nguoi nha khac", "--json").of("total")[0]["total"] == 0
    assert len(list((scan / "rejected").rglob("*.reason.txt"))) == 3


def test_a_folder_with_thumbs_db_is_one_batch(desk: Any, scan: Path, make_page: Any) -> None:
    drop(scan / DOSSIER / "1.jpg", make_page("GIẤY XÁC NHẬN"))
    drop(scan / DOSSIER / "Thumbs.db", b"x")
    assert len(desk.sohoa("watch", "--once", "--json").of("batch")) == 1
    assert desk.sohoa("watch", "--once", "--json").events == []


def test_a_batch_ends_where_the_next_cover_sheet_begins(desk: Any, scan: Path) -> None:
    (desk.folder / "sohoa.toml").write_text(
        '[[watch]]\nfolder = "scan"\nquiet = 0.3\nidle = 600\nbatch_ends = "cover"\n'
    )
    with start(desk) as child:
        shutil.copy(SAMPLES / "inputs" / "chong 02 dat dai.tif", scan / "1.tif")
        time.sleep(3)
        assert not (desk.archive / "batches").exists(), "nothing says that it is over"
        shutil.copy(SAMPLES / "inputs" / "chong 02 dat dai.tif", scan / "2.tif")
        wait_for(lambda: names(scan / "done") == ["1.tif"])
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=60)
    assert (scan / "2.tif").exists()


def test_a_held_batch_stays_claimed_and_the_clerk_finds_a_note(desk: Any, scan: Path, make_page: Any) -> None:
    from pdf2image import convert_from_path

    from scanners.cover import CoverSheet
    from scanners.coversheets import write_covers
    from sohoa import ids

    write_covers([CoverSheet(ids.parse(DOSSIER), expected_pages=2)], desk.folder / "cover.pdf")
    convert_from_path(desk.folder / "cover.pdf", dpi=150)[0].save(scan / "1.jpg", quality=85, dpi=(150, 150))
    drop(scan / "2.jpg", make_page("TRANG MỘT"))
    ran = desk.sohoa("watch", "--once", "--json")
    assert ran.of("batch")[0]["state"] == "held"
    (note,) = (scan / "rejected").glob("LÔ GIỮ LẠI *.txt")
    batch = ran.of("batch")[0]["batch"]
    assert "thiếu 1 trang" in note.read_text("utf-8")
    assert f"sohoa batches release {batch}" in note.read_text("utf-8")
    assert names(scan / ".sohoa") == ["1.jpg", "2.jpg", "lock"]
    assert desk.sohoa("watch", "--once", "--json").events == [], "it is not run again and again"
    assert desk.sohoa("batches", "release", batch, "--reason", "chỉ có một trang").status == 0
    assert names(scan / "done") == ["1.jpg", "2.jpg"]


def test_what_is_archived_and_cannot_be_moved_away_is_one_batch(desk: Any, scan: Path, make_page: Any) -> None:
    drop(scan / DOSSIER / "1.jpg", make_page("GIẤY XÁC NHẬN"))
    (scan / "done").write_bytes(b"a file where the folder should be")
    with start(desk) as child:
        wait_for((desk.archive / "batches").exists)
        time.sleep(6)
        child.send_signal(signal.SIGTERM)
        _, err = child.communicate(timeout=60)
    assert "không chuyển đi được" in err
    assert len(list((desk.archive / "batches").glob("*.json"))) == 1
    (scan / "done").unlink()
    desk.sohoa("watch", "--once")
    assert names(scan / "done") == ["1.jpg"]
    assert len(list((desk.archive / "batches").glob("*.json"))) == 1


def test_what_was_abandoned_stays_where_it_is(desk: Any, scan: Path, make_page: Any) -> None:
    for page in range(1, 9):
        drop(scan / DOSSIER / f"{page}.jpg", make_page(f"TRANG SỐ {page}"))
    with start(desk) as child:
        wait_for_pages(desk, "read", 1)
        kill(child)
    batch = desk.sohoa("batches", "--json").of("batch-state")[0]["batch"]
    assert desk.sohoa("batches", "abandon", batch, "--reason", "quét nhầm").status == 0
    assert desk.sohoa("watch", "--once", "--json").events == []
    assert len(list((scan / ".sohoa" / "claimed").rglob("*.jpg"))) == 8


def test_killed_while_it_claims_or_works_the_next_start_goes_on(desk: Any, scan: Path, make_page: Any) -> None:
    for page in range(1, 7):
        drop(scan / DOSSIER / f"{page}.jpg", make_page(f"TRANG SỐ {page}"))
    drop(scan / "H11.35-230915-0002" / "1.jpg", make_page("HỒ SƠ HAI"))
    for point in ("file-claimed", "page-read", "manifest-stored", "batch-recorded", "batch-closed", "source-freed"):
        child = start(desk, "--once", FAULT_AT=point)
        wait_for(lambda child=child: child.poll() is not None or is_stopped(child.pid))
        assert child.poll() is None, point
        kill(child)
    ran = desk.sohoa("watch", "--once", "--json")
    assert ran.status in (0, 1)
    assert names(scan / "done") == [f"{n}.jpg" for n in sorted([1, 1, 2, 3, 4, 5, 6])]
    assert [path.name for path in desk.archive.rglob("manifests/*.json")] == ["000001.json"] * 2
    assert names(scan / ".sohoa") == ["lock"]


def is_stopped(pid: int) -> bool:
    import psutil

    from bench.chaos import _is_stopped, _tree

    return psutil.pid_exists(pid) and any(map(_is_stopped, _tree(pid)))


def kill(child: subprocess.Popen[str]) -> None:
    from bench.chaos import kill_tree

    kill_tree(child.pid)
    child.communicate()


def test_the_service_manager_hears_that_it_is_ready_alive_and_stopping(desk: Any, scan: Path, make_page: Any) -> None:
    address = desk.folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(address))
        manager.settimeout(30)
        with start(desk, NOTIFY_SOCKET=str(address), WATCHDOG_USEC="1500000") as child:
            heard = [manager.recv(500).decode()]
            drop(scan / DOSSIER / "1.jpg", make_page("GIẤY XÁC NHẬN"))
            wait_for(lambda: names(scan / "done") == ["1.jpg"])
            child.send_signal(signal.SIGTERM)
            out, err = child.communicate(timeout=60)
        manager.settimeout(0.1)
        while True:
            try:
                heard.append(manager.recv(500).decode())
            except TimeoutError:
                break
    assert child.returncode == 1, err  # its procedure is not known
    assert (heard[0], heard[-1]) == ("READY=1", "STOPPING=1")
    assert heard.count("WATCHDOG=1") >= 2
    assert DOSSIER in out


def test_no_folder_and_a_folder_that_is_watched_are_wrong_usage(desk: Any, scan: Path, tmp_path: Path) -> None:
    assert desk.sohoa("watch", "nowhere").status == 2
    with start(desk) as child:
        wait_for((scan / ".sohoa" / "lock").exists)
        time.sleep(1)
        second = desk.sohoa("watch", "--once")
        assert (second.status, "đang được một tiến trình khác theo dõi" in second.stderr) == (2, True)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    (desk.folder / "sohoa.toml").unlink()
    assert desk.sohoa("watch").status == 2


@pytest.mark.parametrize(
    "told",
    [
        '[[watch]]\nfolder = "scan"\ndone = "scan/một/done"',
        '[[watch]]\nfolder = "scan"\nrejected = "scan"',
        '[[watch]]\nfolder = "scan"\n[[watch]]\nfolder = "scan/hai"',
        '[[watch]]\nfolder = "scan"\n[[watch]]\nfolder = "hai"\ndone = "scan/done"',
        '[[watch]]\nfolder = "scan"\n[[watch]]\nfolder = "scan"',
    ],
)
def test_no_folder_may_lie_where_it_would_be_delivered(desk: Any, scan: Path, told: str) -> None:
    (scan / "hai").mkdir()
    (desk.folder / "hai").mkdir()
    (desk.folder / "sohoa.toml").write_text(told)
    ran = desk.sohoa("watch", "--once")
    assert (ran.status, "đang được theo dõi" in ran.stderr) == (2, True), ran.stderr


def test_the_unit_file_starts_what_there_is(desk: Any) -> None:
    unit = (DEPLOY / "sohoa-watch.service").read_text("utf-8")
    (line,) = (line for line in unit.splitlines() if line.startswith("ExecStart="))
    arguments = line.partition("/bin/sohoa ")[2].split()
    assert arguments[-1] == "watch"
    told = desk.sohoa(*arguments, "--help")
    assert told.status == 0
    assert "Type=notify" in unit
    if shutil.which("systemd-analyze"):
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", DEPLOY / "sohoa-watch.service"],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        wrong = [line for line in checked.stderr.splitlines() if "not executable" not in line and "No such" not in line]
        assert not wrong, checked.stderr
