"""The front door: what it answers alone, and how it ends when the machine or the reader of its output says no."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sohoa import __version__

ROOT = Path(__file__).resolve().parents[2]
DOSSIER = "H11.35-230915-0001"
START = [sys.executable, "-c", "from pipeline.cli import main; main()"]


def sohoa(folder: Path, *arguments: str, env: dict[str, str] | None = None, **streams: Any) -> Any:
    streams = streams or {"stdout": subprocess.PIPE}
    return subprocess.run(
        [*START, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=120,
        **streams,
    )


def test_the_version_needs_no_command(tmp_path: Path) -> None:
    done = sohoa(tmp_path, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"sohoa {__version__}\n", "")


@pytest.mark.parametrize("place", ["/proc/sohoa", "file.txt/work"])
def test_a_folder_that_the_system_refuses_exits_3_with_path_reason_and_next_step(tmp_path: Path, place: str) -> None:
    """Nobody may make a folder in /proc, not even root."""
    (tmp_path / "file.txt").write_text("a file where a folder should be")
    delivered = tmp_path / DOSSIER / "1.jpg"
    delivered.parent.mkdir()
    delivered.write_bytes(b"no picture, but something to begin a batch with")
    done = sohoa(tmp_path, "digitize", DOSSIER, "--json", env={"SOHOA_WORK": place})
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    event = json.loads(done.stdout.splitlines()[-1])
    assert (event["event"], event["code"]) == ("error", "system-refused")
    assert event["subject"].startswith(place)
    assert " / " in event["message"] and " / " in event["advice"]
    for said in (event["subject"], event["message"], event["advice"]):
        assert said in done.stderr, "a line that is broken in the middle cannot be copied"


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["config"], ["verify"], ["verify", "--json"], ["show", "no-id", "--json"]],
    ids=" ".join,
)
def test_a_reader_that_went_away_ends_the_command_quietly(tmp_path: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = sohoa(tmp_path, *arguments, stdout=writer)
    finally:
        os.close(writer)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


@pytest.mark.parametrize("place", ["folder", "none/covers.pdf"])
def test_covers_that_cannot_lie_there_are_a_usage_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "list.csv").write_text(f"ma_ho_so\n{DOSSIER}\n")
    done = sohoa(tmp_path, "covers", "list.csv", "--output", place)
    assert done.returncode == 2 and place in done.stderr and " / " in done.stderr
    assert {path.name for path in tmp_path.rglob("*")} == {"folder", "list.csv"}


def test_a_procedure_that_the_catalogue_lacks_is_printed_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"ma_ho_so,thu_tuc\n{DOSSIER},9.999999\n03706/2026/07906,1.001193\n")
    done = sohoa(tmp_path, "covers", "list.csv", "--output", "covers.pdf")
    assert done.returncode == 0 and (tmp_path / "covers.pdf").is_file()
    assert "9.999999" in done.stderr and DOSSIER in done.stderr
    assert "1.001193" not in done.stderr and "03706" not in done.stderr
