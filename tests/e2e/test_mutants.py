"""Damaged inputs by the dozen: each is archived or rejected with its reason.  ``bench/mutants.py`` has the hundreds."""

from __future__ import annotations

from typing import Any

import pytest

from bench import mutants


@pytest.mark.parametrize("seed", [11, 12])
def test_every_damaged_file_is_archived_or_rejected_with_its_reason(desk: Any, seed: int) -> None:
    mutants.make(desk.folder / "in", 40, seed)
    status, events, said = mutants.digitize(desk.folder, 280)
    assert status in (0, 1), said
    assert "Traceback" not in said
    assert mutants.look(desk.folder, events, 40) == []


def test_the_same_seed_damages_the_same_way(tmp_path: Any) -> None:
    for name in ("a", "b"):
        mutants.make(tmp_path / name, 10, 7)
    made = [sorted((path.name, path.read_bytes()) for path in (tmp_path / name).rglob("*.*")) for name in ("a", "b")]
    assert made[0] == made[1]
