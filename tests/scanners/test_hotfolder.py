"""Six habits of writers, in real processes on a real disk: no file is taken too early, none is forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanners.hotfolder import PRIVATE, FolderWatched, HotFolder, NotClaimed

QUIET = 0.6
BYTES = 200_000
HABITS = {
    "slow chunks": """
with open(path, "wb") as out:
    for n in range(20):
        out.write(data[n * size // 20 : (n + 1) * size // 20]); out.flush(); time.sleep(0.1)
""",
    "reopened for each page": """
for n in range(5):
    with open(path, "ab") as out:
        out.write(data[n * size // 5 : (n + 1) * size // 5])
    time.sleep(0.3)
""",
    "a temporary name, then renamed": """
with open(path + ".part", "wb") as out:
    out.write(data[: size // 2]); out.flush(); time.sleep(1.5); out.write(data[size // 2 :])
os.rename(path + ".part", path)
""",
    "the length first, zeros, held open": """
with open(path, "wb") as out:
    out.truncate(size); out.flush(); time.sleep(1.5); out.write(data)
""",
    "a stall with the file held open": """
with open(path, "wb") as out:
    out.write(data[: size // 2]); out.flush(); time.sleep(2.0); out.write(data[size // 2 :])
""",
    "an empty probe, removed, then written": """
open(path, "wb").close(); time.sleep(1.0); os.remove(path); time.sleep(0.2)
with open(path, "wb") as out:
    out.write(data)
""",
}


def writer(path: Path, habit: str) -> subprocess.Popen[bytes]:
    code = f"""
import os, time
path, size = {str(path)!r}, {BYTES}
data = bytes(n % 251 + 1 for n in range(size))
{HABITS[habit]}
"""
    return subprocess.Popen([sys.executable, "-c", code])


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "scan"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("habit", HABITS)
def test_a_file_is_taken_when_it_is_complete_and_not_before(drop: Path, habit: str) -> None:
    expected = bytes(n % 251 + 1 for n in range(BYTES))
    with HotFolder(drop, QUIET) as hot, writer(drop / "1.pdf", habit) as child:
        until = time.monotonic() + 30
        while not (ready := hot.scan()):
            assert time.monotonic() < until, "it was never taken"
            time.sleep(0.05)
        (taken,) = hot.claim(ready, "lô")
        assert taken.read_bytes() == expected
        assert child.wait(10) == 0
        time.sleep(QUIET * 2)
        assert hot.scan() == []


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def watched(drop: Path, clock: Clock) -> HotFolder:
    return HotFolder(drop, 5.0, frozenset({drop / "done"}), clock)


def test_an_empty_file_and_one_that_ends_in_zeros_are_waited_for_and_then_taken(drop: Path) -> None:
    clock = Clock()
    (drop / "empty.pdf").touch()
    (drop / "zeros.pdf").write_bytes(b"%PDF" + bytes(9000))
    hot = watched(drop, clock)
    assert hot.scan() == []
    clock.now += 49
    assert hot.scan() == []
    clock.now += 2
    assert [path.name for path in hot.scan()] == ["empty.pdf", "zeros.pdf"], (
        "they must end with a reason, not lie there"
    )


def test_a_folder_is_complete_with_all_that_is_in_it(drop: Path) -> None:
    clock = Clock()
    dossier = drop / "H11.35-230915-0001"
    (dossier / "ket-qua").mkdir(parents=True)
    hot = watched(drop, clock)
    assert hot.scan() == []
    clock.now += 100
    assert hot.scan() == [], "nothing is in it yet"
    (dossier / "1.jpg").write_bytes(b"x")
    hot.scan()
    clock.now += 4
    (dossier / "ket-qua" / "2.jpg").write_bytes(b"x")
    hot.scan()
    clock.now += 4
    assert hot.scan() == []
    clock.now += 2
    assert hot.scan() == [dossier]


def test_names_are_in_natural_order_and_junk_and_done_folders_are_no_delivery(drop: Path) -> None:
    clock = Clock()
    for name in ("page10.jpg", "page9.jpg", ".x.jpg", "~$a.doc", "b.part", "c.filepart", "d.crdownload", "Thumbs.db"):
        (drop / name).write_bytes(b"x")
    (drop / "done").mkdir()
    (drop / "done" / "old.jpg").write_bytes(b"x")
    with watched(drop, clock) as hot:
        hot.scan()
        clock.now += 6
        assert [path.name for path in hot.scan()] == ["page9.jpg", "page10.jpg"]


def test_a_time_that_jumps_makes_no_file_complete(drop: Path) -> None:
    clock = Clock()
    file = drop / "1.pdf"
    file.write_bytes(b"x")
    os.utime(file, (10**9 * 3, 10**9 * 3))
    hot = watched(drop, clock)
    hot.scan()
    os.utime(file, (1, 1))
    clock.now += 6
    assert hot.scan() == [], "its time changed: it was touched just now"
    clock.now += 6
    assert hot.scan() == [file]


def test_where_nobody_can_be_asked_the_quiet_time_is_three_times_as_long(
    drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    real = fcntl.fcntl

    def refuse(descriptor: int, command: int, argument: int = 0) -> int:
        if command == fcntl.F_SETLEASE:
            raise PermissionError(13, "Permission denied")
        return real(descriptor, command, argument)

    monkeypatch.setattr(fcntl, "fcntl", refuse)  # what a mounted share answers; none can be mounted here
    clock = Clock()
    (drop / "1.pdf").write_bytes(b"x")
    hot = watched(drop, clock)
    hot.scan()
    clock.now += 14
    assert hot.scan() == []
    clock.now += 2
    assert len(hot.scan()) == 1


def test_two_never_watch_the_same_folder_nor_take_the_same_file(drop: Path) -> None:
    (drop / "1.pdf").write_bytes(b"x")
    with HotFolder(drop) as first:
        with pytest.raises(FolderWatched, match="scan"), HotFolder(drop):
            pass
        assert first.claim([drop / "1.pdf"], "a") == [drop / PRIVATE / "claimed" / "a" / "1.pdf"]
        assert first.claim([drop / "1.pdf"], "b") == []
    with HotFolder(drop) as second:
        assert second.left_over() == {"a": [drop / PRIVATE / "claimed" / "a" / "1.pdf"]}
        assert not (drop / PRIVATE / "claimed" / "b").exists(), "an empty claim is cleared away"


def test_what_file_managers_leave_in_a_claimed_folder_is_no_left_over(drop: Path) -> None:
    with HotFolder(drop) as hot:
        (hot.claimed / "a" / "lô").mkdir(parents=True)
        (hot.claimed / "a" / "lô" / "Thumbs.db").write_bytes(b"x")
        assert hot.left_over() == {}


def test_a_folder_in_which_a_file_is_still_being_written_waits(drop: Path) -> None:
    clock = Clock()
    (drop / "lô").mkdir()
    (drop / "lô" / "1.jpg").write_bytes(b"x")
    (drop / "lô" / "2.jpg.part").write_bytes(b"x")
    hot = watched(drop, clock)
    hot.scan()
    clock.now += 6
    assert (hot.scan(), hot.unfinished) == ([], [drop / "lô"])
    (drop / "lô" / "2.jpg.part").rename(drop / "lô" / "2.jpg")
    hot.scan()
    clock.now += 6
    assert (hot.scan(), hot.unfinished) == ([drop / "lô"], [])


def test_what_never_gets_complete_keeps_the_others_waiting_for_half_an_hour_at_most(drop: Path) -> None:
    clock = Clock()
    (drop / "1.pdf").write_bytes(b"x")
    hot = watched(drop, clock)
    with (drop / "2.pdf").open("wb") as open_for_ever:
        open_for_ever.write(b"x")
        open_for_ever.flush()
        hot.scan()
        clock.now += 60
        assert (hot.scan(), hot.unfinished) == ([drop / "1.pdf"], [drop / "2.pdf"])
        clock.now += 1800
        assert (hot.scan(), hot.unfinished) == ([drop / "1.pdf"], [])


def test_a_claim_that_was_killed_in_the_middle_is_finished_and_no_stack_torn(drop: Path) -> None:
    for number in (1, 2, 3):
        (drop / f"{number}.jpg").write_bytes(b"x")
    code = f"""
from pathlib import Path
from scanners.hotfolder import HotFolder
drop = Path({str(drop)!r})
with HotFolder(drop) as hot:
    hot.claim([drop / f"{{n}}.jpg" for n in (1, 2, 3)], "a")
"""
    with subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "FAULT_AT": "file-claimed:2"}) as child:
        os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
        child.kill()
    assert (drop / "3.jpg").exists()
    with HotFolder(drop) as hot:
        (left,) = hot.left_over().values()
    assert [path.name for path in left] == ["1.jpg", "2.jpg", "3.jpg"]


def test_what_cannot_be_taken_out_leaves_the_whole_batch_where_it_was(
    drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (drop / "1.jpg").write_bytes(b"x")
    (drop / "2.jpg").write_bytes(b"x")
    real = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == drop / "2.jpg":
            raise PermissionError(1, "Operation not permitted")  # another user's file in a sticky folder
        return real(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with HotFolder(drop) as hot:
        with pytest.raises(NotClaimed, match=r"2\.jpg"):
            hot.claim([drop / "1.jpg", drop / "2.jpg"], "a")
        assert sorted(path.name for path in drop.glob("*.jpg")) == ["1.jpg", "2.jpg"]
        assert hot.left_over() == {}


def test_a_pipe_in_the_folder_blocks_nobody(drop: Path) -> None:
    clock = Clock()
    os.mkfifo(drop / "pipe.pdf")
    hot = watched(drop, clock)
    hot.scan()
    clock.now += 60
    assert hot.scan() == [drop / "pipe.pdf"], "it is taken, and refused with a reason"


def test_folders_that_were_emptied_are_no_left_over(drop: Path) -> None:
    with HotFolder(drop) as hot:
        (hot.claimed / "a" / "H11.35-230915-0001" / "ket-qua").mkdir(parents=True)
        assert hot.left_over() == {}
        assert list(hot.claimed.iterdir()) == []


def test_opening_a_file_for_writing_while_it_is_asked_about_kills_nobody(drop: Path) -> None:
    """The kernel tells the holder of a lease by a signal that ends a process which does not expect it."""
    file = drop / "1.pdf"
    file.write_bytes(b"x" * 1000)
    code = f"""
import time
until = time.monotonic() + 2
while time.monotonic() < until:
    open({str(file)!r}, "r+b").close()
"""
    with HotFolder(drop, 0.01) as hot, subprocess.Popen([sys.executable, "-c", code]) as child:
        while child.poll() is None:
            hot.scan()
