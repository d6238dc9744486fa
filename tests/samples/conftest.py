"""The sample set and its maker, for tests of their truth."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

Json = dict[str, Any]


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def truths(samples: Path) -> list[Json]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((samples / "truth").glob("*.json"))]


@pytest.fixture(scope="session")
def pages(truths: list[Json]) -> list[Json]:
    return [page for truth in truths for page in truth["pages"]]
