"""The house rules that a machine can hold: one-way imports, and a light front door."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "sohoa": set(),
    "scanners": {"sohoa"},
    "storage": {"sohoa"},
    "pipeline": {"sohoa", "scanners", "storage"},
    "portal": {"sohoa", "scanners", "storage", "pipeline"},
}
MODULES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imported_rooms(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide where a name comes from"
            names.append(node.module or "")
    return {name.split(".")[0] for name in names} & MAY_IMPORT.keys()


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(ROOT)))
def test_imports_run_one_way(module: Path) -> None:
    room = module.relative_to(ROOT).parts[0]
    assert imported_rooms(module) <= MAY_IMPORT[room] | {room}


def test_every_room_is_covered() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"samples", "tests", "bench"}
    assert rooms == MAY_IMPORT.keys()
    assert all(any(m.is_relative_to(ROOT / room) for m in MODULES) for room in rooms)


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(run.stdout.split())


def test_the_front_door_loads_nothing_heavy() -> None:
    """``--help`` must answer at once, so the command line may import no library that takes long to load."""
    heavy = {"numpy", "cv2", "pikepdf", "pydantic", "sqlalchemy", "tantivy", "PIL", "rich", "zxingcpp", "reportlab"}
    assert not heavy & loaded_by("pipeline.cli")


def test_the_parent_of_a_batch_loads_nothing_that_only_workers_need() -> None:
    assert not {"numpy", "cv2", "pikepdf", "PIL", "zxingcpp", "tesserocr", "yaml"} & loaded_by("pipeline.batch.runner")
