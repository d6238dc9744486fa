"""Disks that fill up, archives that may not be written, stores and databases that go away, several runs at once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import COMMAND, Ran
from tests.e2e.processes import only_batch, start, wait_for_pages

DOSSIER = "H11.35-230915-0001"
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
MAY_MOUNT = subprocess.run([*UNSHARE, "mount -t tmpfs none /mnt"], capture_output=True, check=False).returncode == 0
mounting = pytest.mark.skipif(not MAY_MOUNT, reason="this machine lets nobody mount")


def stack(put: Callable[..., Path], pages: int) -> None:
    for page in range(1, pages + 1):
        put(f"{DOSSIER}/{page}.jpg", f"TRANG SỐ {page}")


def once_whole(desk: Any, pages: int) -> None:
    """The next run ends with every page filed once, in one version of one dossier."""
    ran = desk.sohoa("digitize", "in", "--json")
    assert ran.status in (0, 1), ran.stderr
    assert ran.ledger["filed"] == pages
    assert [path.name for path in desk.archive.rglob("manifests/*.json")] == ["000001.json"]
    assert desk.sohoa("verify").status == 0


@mounting
def test_a_full_disk_stops_the_batch_says_what_to_do_and_loses_nothing(desk: Any, put: Any) -> None:
    stack(put, 4)
    small = "mkdir -p full && mount -t tmpfs -o size=60k none full"
    ran = _in_a_namespace(desk, small, "digitize in --archive file://./full/archive --json", SOHOA_LIMITS__OUTAGE="1")
    assert ran.status == 3, ran.stdout
    assert "đĩa đã đầy" in ran.stderr
    assert "Kiểm tra địa chỉ, dung lượng trống" in ran.stderr
    assert "chờ tối đa 1 giây" in ran.stderr
    assert only_batch(desk)["state"] == "interrupted"
    assert len(list((desk.folder / "in").rglob("*.jpg"))) == 4


@mounting
def test_a_full_work_folder_refuses_no_page_for_it(desk: Any, put: Any) -> None:
    stack(put, 4)
    small = "mkdir -p full && mount -t tmpfs -o size=40k none full"
    ran = _in_a_namespace(desk, small, "digitize in --json", SOHOA_WORK="full/work")
    assert (ran.status, "ổ đĩa đã đầy" in ran.stderr) == (3, True), ran.stdout
    assert ran.of("dossier") == []
    assert not (desk.folder / "sohoa-data" / "rejected").exists()
    once_whole(desk, 4)


@mounting
def test_an_archive_that_may_only_be_read_is_told_at_once(desk: Any, put: Any) -> None:
    put("H11.35-230915-0009/1.jpg")
    desk.sohoa("digitize", "in/H11.35-230915-0009")
    stack(put, 2)
    locked = "mount --bind sohoa-data/archive sohoa-data/archive && mount -o remount,bind,ro sohoa-data/archive"
    started = time.monotonic()
    ran = _in_a_namespace(desk, locked, f"digitize in/{DOSSIER} --json")
    assert (ran.status, "Read-only" in ran.stderr) == (3, True), ran.stderr
    assert time.monotonic() - started < 60, "no waiting mends that"
    ran = desk.sohoa("digitize", f"in/{DOSSIER}", "--json")
    assert ran.ledger["filed"] == 2


def _in_a_namespace(desk: Any, setup: str, command: str, **variables: str) -> Ran:
    done = subprocess.run(
        [*UNSHARE, f"{setup} && exec {COMMAND} {command}"],
        cwd=desk.folder, env={**os.environ, "SOHOA_LIMITS__DISK_FREE": "0", **variables},
        capture_output=True, text=True, encoding="utf-8", timeout=250, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def test_a_store_that_goes_away_in_the_middle_is_waited_for(desk: Any, put: Any) -> None:
    for number in range(1, 9):
        put(f"H11.35-230915-{number:04d}/1.jpg")
    child = start(desk, "digitize", "in", "--workers", "1", "--json")
    wait_for_pages(desk, "filed", 2)
    desk.archive.rename(desk.folder / "unmounted")
    desk.archive.mkdir()  # what an unmounted disk leaves: an empty mount point
    time.sleep(8)
    left = [path for path in desk.archive.rglob("*") if path.is_file()]
    desk.archive.rmdir()
    (desk.folder / "unmounted").rename(desk.archive)
    out, err = child.communicate(timeout=120)
    assert left == [], "it wrote where nobody would have found it"
    assert child.returncode in (0, 1), err
    assert "chờ tối đa" in err
    assert Ran(0, out, err).ledger["filed"] == 8
    assert len(list(desk.archive.rglob("manifests/*.json"))) == 8
    assert desk.sohoa("verify").status == 0


def test_a_store_that_stays_away_ends_with_3_and_the_next_run_goes_on(desk: Any, put: Any) -> None:
    for number in range(1, 5):
        put(f"H11.35-230915-{number:04d}/1.jpg")
    child = start(desk, "digitize", "in", "--workers", "1", "--json", SOHOA_LIMITS__OUTAGE="2")
    wait_for_pages(desk, "filed", 1)
    desk.archive.rename(desk.folder / "unmounted")
    _, err = child.communicate(timeout=120)
    (desk.folder / "unmounted").rename(desk.archive)
    assert child.returncode == 3, err
    assert "đĩa có thể đã bị tháo" in err
    batch = only_batch(desk)
    assert batch["state"] == "interrupted"
    ran = desk.sohoa("digitize", "in", "--json")
    assert (ran.of("batch")[0]["batch"], ran.ledger["filed"]) == (batch["batch"], 4)
    assert len(list(desk.archive.rglob("manifests/*.json"))) == 4


def test_a_database_that_is_away_or_locked_is_waited_for(desk: Any, put: Any) -> None:
    for number in range(1, 9):
        put(f"H11.35-230915-{number:04d}/1.jpg")
    catalogue = desk.folder / "sohoa-data" / "catalogue.db"
    child = start(desk, "digitize", "in", "--workers", "1", "--json")
    wait_for_pages(desk, "filed", 2)
    with closing(sqlite3.connect(catalogue, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(3)
        other.execute("ROLLBACK")
    catalogue.rename(desk.folder / "away.db")
    time.sleep(4)
    (desk.folder / "away.db").rename(catalogue)
    out, err = child.communicate(timeout=150)
    assert child.returncode in (0, 1), err
    assert Ran(0, out, err).ledger["filed"] == 8
    assert only_batch(desk)["state"] == "done"
    assert desk.sohoa("verify").status == 0


def test_two_runs_and_a_watch_on_the_same_input_lose_and_double_nothing(desk: Any, put: Any) -> None:
    for number in range(1, 13):
        put(f"H11.35-230915-{number:04d}/1.jpg")
        put(f"H11.35-230915-{number:04d}/2.jpg")
    (desk.folder / "sohoa.toml").write_text('[[watch]]\nfolder = "in"\nquiet = 0.2\nidle = 0.4\n')
    children = [
        start(desk, "digitize", "in", "--done", "done", "--json"),
        start(desk, "watch", "--once", "--json"),
        start(desk, "digitize", "in", "--done", "done", "--json"),
    ]
    told = [child.communicate(timeout=250) for child in children]
    for child, (_, err) in zip(children, told, strict=True):
        assert "Traceback" not in err, err
        assert child.returncode in (0, 1, 3, 4), err
    # Whoever came too late says which file it missed; one more run of each finds nothing left to do.
    desk.sohoa("watch", "--once")
    desk.sohoa("digitize", "in", "--done", "done")
    assert _pages(desk) == 24, "each page is in one dossier once"
    sources = [path for folder in ("in", "done") for path in (desk.folder / folder).rglob("*.jpg")]
    assert len(sources) == 24, "each source is somewhere, once"
    assert desk.sohoa("verify").status == 0
    open_batches = [batch for batch in desk.sohoa("batches", "--json").of("batch-state") if batch["state"] != "held"]
    assert open_batches == []


def _pages(desk: Any) -> int:
    with closing(sqlite3.connect(desk.folder / "sohoa-data" / "catalogue.db")) as catalogue:
        rows = catalogue.execute("SELECT count(*), count(DISTINCT file_sha256) FROM page_sources WHERE role = 'filed'")
        pages, different = rows.fetchone()
        assert pages == different
        return int(pages)


def test_a_clock_that_jumps_changes_nothing(desk: Any, put: Any) -> None:
    """Years forward in the middle of a batch, and years back before the next run goes on with it."""
    stack(put, 10)
    child = subprocess.Popen(
        ["faketime", "2031-01-01 00:00:00", str(COMMAND), "digitize", "in", "--workers", "1", "--json"],
        cwd=desk.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    wait_for_pages(desk, "read", 2)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    time.sleep(1)
    once_whole(desk, 10)
    assert only_batch(desk)["attempts"] == 2
