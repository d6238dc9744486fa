"""Bad input ends as findings, a kept copy and a balanced ledger; everything good beside it is archived."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

import pytest

from samples.maker import bad

pytestmark = pytest.mark.xdist_group("bad-input")

DOSSIER = "H11.35-230915-0001"
PEAK = 1024**3
"""Bytes that no process of a run over bad input may come to; the cap of a worker is limits.worker_memory."""


@pytest.fixture(scope="module")
def delivery(new_desk: Any, make_page: Any) -> tuple[Any, Any, list[bad.Bad]]:
    """One dossier's folder with every bad file beside one good page, digitised."""
    desk = new_desk()
    folder = desk.folder / "in" / DOSSIER
    made = bad.write(folder)
    (folder / "000 good.jpg").write_bytes(make_page("GIẤY XÁC NHẬN\nMột trang tốt giữa những tệp hỏng"))
    return desk, desk.sohoa("digitize", desk.folder / "in", "--json"), made


def taken(made: list[bad.Bad]) -> list[bad.Bad]:
    """Whole files; hidden ones (a name that starts with a dot) are no delivery."""
    return [b for b in made if not b.rejected and not b.path.name.startswith(".")]


def test_the_run_ends_with_status_1_and_a_balanced_ledger(delivery: Any) -> None:
    _, ran, made = delivery
    assert ran.status == 1, ran.stderr
    refused = [b for b in made if b.rejected]
    assert len(refused) > 10
    assert ran.ledger["balanced"]
    assert ran.ledger["rejected"] == len(refused)
    assert ran.ledger["filed"] + ran.ledger["blank"] == len(taken(made)) + 1


def test_everything_good_beside_it_is_archived(delivery: Any) -> None:
    desk, ran, made = delivery
    event = ran.dossiers[DOSSIER]
    assert event["status"] == "archived"
    assert event["pages"] + event["blank"] == len(taken(made)) + 1
    assert desk.sohoa("search", "mot trang tot", "--json").of("total")[0]["total"] == 1
    assert desk.sohoa("verify").status == 0


def test_each_refused_file_has_a_finding_with_reason_and_next_step(delivery: Any) -> None:
    _, ran, made = delivery
    findings = {Path(f["file"]).name: f for f in ran.dossiers[DOSSIER]["findings"] if f["file"]}
    for refused in (b for b in made if b.rejected):
        finding = findings[refused.path.name]
        assert finding["severity"] == "error"
        assert finding["message"]
        assert finding["advice"]
    by_kind = {b.kind: findings[b.path.name]["code"] for b in made if b.rejected}
    assert by_kind["empty"] == "file-empty"
    assert by_kind["encrypted"] == "file-encrypted"
    assert by_kind["mislabelled"] == "file-unknown-format"
    assert by_kind["many-pages"] == "file-too-large"
    assert by_kind["bomb"] == "page-too-large"
    assert by_kind["cut"] in ("file-damaged", "page-unreadable")


def test_each_refused_file_is_kept_aside_with_its_reason(delivery: Any) -> None:
    desk, _, made = delivery
    folder = desk.folder / "sohoa-data" / "rejected"
    kept = {path.read_bytes(): path for path in folder.iterdir() if not path.name.endswith(".reason.txt")}
    for refused in (b for b in made if b.rejected):
        copy = kept[refused.path.read_bytes()]
        reason = copy.with_name(f"{copy.name}.reason.txt").read_text("utf-8")
        assert refused.path.name.split(".")[0] in reason
        assert "→" in reason
        assert refused.path.exists(), "the source itself must not be touched"


def test_no_name_leads_out_of_the_data_folder(delivery: Any) -> None:
    desk, _, _ = delivery
    assert {path.name for path in desk.folder.iterdir()} == {"in", "sohoa-data"}
    assert {path.name for path in (desk.folder / "sohoa-data").iterdir()} <= {
        "archive", "catalogue.db", "catalogue.db-wal", "catalogue.db-shm", "search", "rejected", "work",
    }  # fmt: skip


def test_memory_stays_under_its_limit(delivery: Any) -> None:
    assert delivery
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < PEAK


def test_a_rerun_refuses_the_same_files_once_more_and_archives_nothing_twice(delivery: Any) -> None:
    desk, first, _ = delivery
    kept = sorted((desk.folder / "sohoa-data" / "rejected").iterdir())
    again = desk.sohoa("digitize", desk.folder / "in", "--json")
    assert again.status == 1
    assert again.dossiers[DOSSIER]["status"] == "unchanged"
    assert again.dossiers[DOSSIER]["version"] == 1
    assert again.ledger == first.ledger
    assert sorted((desk.folder / "sohoa-data" / "rejected").iterdir()) == kept
