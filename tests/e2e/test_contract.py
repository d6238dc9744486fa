"""What other programs rely on: event shapes, exit codes, quiet standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.events import json_schema

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = json.loads((DOCS / "events.schema.json").read_text("utf-8"))


def test_the_schema_in_docs_is_the_one_in_force() -> None:
    """Made by: python -m pipeline.events > docs/events.schema.json."""
    assert json_schema() == SCHEMA


@pytest.mark.xdist_group("samples")
def test_every_line_of_every_command_fits_the_schema(digitized: Any, tmp_path: Path) -> None:
    desk, ran = digitized
    dossier = next(iter(ran.dossiers))
    runs = [
        ran,
        desk.sohoa("search", "giấy", "--json"),
        desk.sohoa("show", dossier, "--json"),
        desk.sohoa("export", dossier, "--output", tmp_path, "--json"),
        desk.sohoa("verify", "--json"),
        desk.sohoa("review", "--json"),
        desk.sohoa("show", "H99.99-230101-0001", "--json"),
    ]
    kinds = set()
    for done in runs:
        assert done.events, done.stderr
        for event in done.events:
            jsonschema.validate(event, SCHEMA)
            kinds.add(event["event"])
    assert {"dossier", "batch", "hit", "total", "show", "export", "verified", "error"} <= kinds
    assert [e["event"] for e in ran.events][-1] == "batch"


@pytest.mark.parametrize(
    "arguments",
    [
        ["digitize"],
        ["digitize", "no-such-file.pdf"],
        ["digitize", ".", "--dossier", "not-an-id"],
        ["digitize", ".", "--unit", "../x"],
        ["digitize", ".", "--archive", "ftp://x"],
        ["search", "x", "--from", "yesterday"],
        ["show", "not-an-id"],
        ["--config", "none.toml", "doctor"],
        ["nonsense"],
    ],
)
def test_wrong_usage_exits_2_and_says_why(desk: Any, arguments: list[str]) -> None:
    ran = desk.sohoa(*arguments)
    assert ran.status == 2
    assert ran.stderr.strip()
    assert not list(desk.folder.rglob("*.json"))


def test_an_archive_that_cannot_be_written_exits_3(desk: Any, make_page: Any) -> None:
    page = desk.folder / "H11.35-230915-0001" / "1.jpg"
    page.parent.mkdir()
    page.write_bytes(make_page("GIẤY XÁC NHẬN"))
    (desk.folder / "blocked").write_text("a file where the archive's folder should be")
    ran = desk.sohoa("digitize", page.parent, "--archive", "file://./blocked/archive")
    assert ran.status == 3, ran.stderr
    assert ran.stderr.strip()


def test_covers_are_printed_and_read_back(desk: Any) -> None:
    (desk.folder / "list.csv").write_text(
        "ma_ho_so,phan,thu_tuc,so_trang\nH11.35-230915-0001,records,1.001193,3\n", "utf-8"
    )
    assert desk.sohoa("covers", "list.csv", "--output", "covers.pdf").status == 0
    ran = desk.sohoa("digitize", "covers.pdf", "--json")
    assert ran.ledger["separators"] == 1
    assert ran.ledger["balanced"]
    assert [f["code"] for e in ran.of("dossier") for f in e["findings"]] == ["cover-empty"]


def test_doctor_finds_everything(desk: Any) -> None:
    ran = desk.sohoa("doctor")
    assert ran.status == 0, ran.stdout
    assert "tesseract" in ran.stdout


def test_config_names_the_origin(desk: Any) -> None:
    (desk.folder / "sohoa.toml").write_text("workers = 7\n")
    ran = desk.sohoa("config")
    line = next(line for line in ran.stdout.splitlines() if line.startswith("workers"))
    assert line.split() == ["workers", "7", "sohoa.toml"]
