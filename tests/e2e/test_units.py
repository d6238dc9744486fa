"""An officer looks for a unit that is gone, or for the one that took over: the papers of both are found."""

from __future__ import annotations

from typing import Any

import pytest

OLD, NEW, OTHER, LOWEST_FIRST = (
    "H11.35.09-240105-0001", "H36.18-250811-0002", "H16.02-240105-0003", "000.00.21.H10-230620-0004"
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: Any, make_page: Any) -> Any:
    from tests.e2e.conftest import Desk

    desk = Desk(tmp_path_factory.mktemp("units"))
    for dossier in (OLD, NEW, OTHER, LOWEST_FIRST):
        page = desk.folder / "in" / dossier / "1.jpg"
        page.parent.mkdir(parents=True)
        page.write_bytes(make_page(f"GIẤY XÁC NHẬN\nHồ sơ {dossier}"))
    assert desk.sohoa("digitize", "in").status in (0, 1)
    return desk


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("H36", {OLD, NEW, OTHER}),
        ("H11", {OLD, NEW}),
        ("H11.35", {OLD}),
        ("H16", {OTHER, NEW}),
        ("H10", {LOWEST_FIRST}),
        ("h10.21", {LOWEST_FIRST}),
        ("000.00.21.H10", {LOWEST_FIRST}),
        ("H19", {LOWEST_FIRST}),
        ("H1", set()),
        ("H63", set()),
    ],
)
def test_a_search_by_unit_knows_what_took_over(archive: Any, unit: str, found: set[str]) -> None:
    hits = archive.sohoa("search", "giay xac nhan", "--unit", unit, "--json").of("hit")
    assert {hit["dossier_id"] for hit in hits} == found
