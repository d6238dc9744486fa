from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from sohoa import children
from sohoa.children import ChildFailed, ChildTimedOut


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().split(")")[-1].split()[0] == "Z")


def test_output_and_status_come_back() -> None:
    done = children.run(
        [sys.executable, "-c", "import sys; print(sys.stdin.read()); sys.exit(3)"], timeout=20, stdin=b"in"
    )
    assert (done.status, done.stdout) == (3, b"in\n")


def test_a_late_child_dies_with_what_it_started(tmp_path: Path) -> None:
    """A shell that started a sleeper: at the limit both must be gone, or orphans would hold cores all night."""
    note = tmp_path / "pid"
    with pytest.raises(ChildTimedOut):
        children.run(["sh", "-c", f"sleep 60 & echo $! > {note}; wait"], timeout=1)
    grandchild = int(note.read_text())
    for _ in range(50):
        if not alive(grandchild):
            break
        time.sleep(0.1)
    assert not alive(grandchild)


def test_the_memory_limit_holds() -> None:
    done = children.run([sys.executable, "-c", "b = bytearray(800 * 1024**2)"], timeout=30, memory=400 * 1024**2)
    assert done.status != 0
    assert b"MemoryError" in done.stderr


def test_a_missing_program_says_what_to_do() -> None:
    with pytest.raises(ChildFailed) as caught:
        children.run(["no-such-program-here"], timeout=5)
    assert "sohoa doctor" in caught.value.advice
