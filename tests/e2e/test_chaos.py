"""SIGKILL of the whole process tree, at every step boundary and at random moments: nothing lost, nothing double.

``bench/chaos.py`` has the rounds; here each boundary is met once, and a few moments are drawn.
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest

from bench import chaos
from sohoa import faults

BY_WATCH = {"file-claimed"}
"""Places that only ``sohoa watch`` comes by."""


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object], float]:
    """The delivery, the archive that an undisturbed run makes of it, and how long that took."""
    folder = tmp_path_factory.mktemp("chaos")
    chaos.make_delivery(folder / "delivery", chaos.procedures()[:4])
    desk = chaos.Desk(folder / "undisturbed", folder / "delivery")
    started = time.monotonic()
    assert desk.run() == 1, (desk.folder / "log").read_text()
    return folder / "delivery", chaos.archive_of(desk.archive), time.monotonic() - started


@pytest.mark.xdist_group("chaos")
@pytest.mark.parametrize("point", [point for point in faults.POINTS if point not in BY_WATCH])
def test_killed_at_a_step_boundary_the_next_run_ends_where_an_undisturbed_one_does(
    point: str, undisturbed: Any, tmp_path: Path
) -> None:
    delivery, expected, _ = undisturbed
    tally = chaos.Tally()
    assert chaos.point_round(chaos.Desk(tmp_path / "desk", delivery), expected, f"{point}:1", tally), "never came by"
    assert tally.faults == []


@pytest.mark.xdist_group("chaos")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_a_random_moment_the_next_run_ends_where_an_undisturbed_one_does(
    seed: int, undisturbed: Any, tmp_path: Path
) -> None:
    delivery, expected, seconds = undisturbed
    tally = chaos.Tally()
    chaos.random_round(chaos.Desk(tmp_path / "desk", delivery), expected, seconds, random.Random(seed), tally)
    assert tally.faults == []


def test_the_harness_sees_what_is_lost_doubled_and_left_over(undisturbed: Any, tmp_path: Path) -> None:
    """A check that cannot fail is none: each kind of damage is done by hand, and told."""
    delivery, expected, _ = undisturbed
    desk = chaos.Desk(tmp_path / "desk", delivery)
    desk.run()
    sound = chaos.Tally()
    chaos.look_at_end(desk, expected, sound)
    assert sound.faults == []
    manifest = next(desk.archive.rglob("manifests/000001.json"))
    manifest.with_name("000002.json").write_bytes(manifest.read_bytes())
    next(desk.archive.rglob("objects/*.pdf")).rename(tmp_path / "lost.pdf")
    orphan = desk.archive / "H11.35" / "orphan.bin"
    orphan.write_bytes(b"x")
    next((desk.folder / "done").rglob("2.jpg")).unlink()
    damaged = chaos.Tally()
    chaos.look_at_end(desk, expected, damaged)
    assert (damaged.lost, damaged.double, damaged.orphans) == (2, 1, 1)
