from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa import ids
from storage import layout
from storage.errors import InvalidKey, StorageError

SHA = "0" * 63 + "a"
SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)


@pytest.mark.parametrize(
    ("unit", "dossier_id", "folder"),
    [
        ("H11.35", "H11.35-230915-0001", "H11.35/2023/H11.35-230915-0001"),
        ("000.00.21.H10", "000.00.21.H10-230915-0012", "000.00.21.H10/2023/000.00.21.H10-230915-0012"),
        ("03706", "03706/2026/07906", "03706/2023/03706_2026_07906"),
        ("phong-tu-phap", "HOLD-0123456789abcdef", "phong-tu-phap/2023/HOLD-0123456789abcdef"),
    ],
)
def test_every_kind_of_id_has_its_folder(unit: str, dossier_id: str, folder: str) -> None:
    assert layout.folder(unit, 2023, dossier_id) == folder
    key = layout.parse_dossier_key(layout.manifest_key(unit, 2023, dossier_id, 7))
    assert key is not None
    assert (key.kind, key.version, key.folder, layout.dossier_of(key)) == ("manifest", 7, folder, dossier_id)


@pytest.mark.parametrize(
    "unit", ["", ".", "..", ".hidden", "a/b", "H11 35", "Hà Nội", "a\\b", "a\n", "batches", "archive.json", "x" * 201]
)
def test_a_unit_that_is_no_plain_code_is_refused(unit: str) -> None:
    with pytest.raises(InvalidKey):
        layout.folder(unit, 2023, "H11.35-230915-0001")


@pytest.mark.parametrize(
    "dossier_id",
    ["", "..", "../x", "H11.35-230915-0001/..", "h11.35-230915-0001", "H11.35-231315-0001", "HOLD-XYZ", "Hồ sơ"],
)
def test_what_is_no_dossier_id_is_refused(dossier_id: str) -> None:
    with pytest.raises(InvalidKey):
        layout.folder("H11.35", 2023, dossier_id)


@settings(deadline=None)
@given(unit=st.text(), year=st.integers(), dossier=st.text(), sha=st.text(), media=st.text(), batch=st.text())
def test_no_text_makes_an_unsafe_key(unit: str, year: int, dossier: str, sha: str, media: str, batch: str) -> None:
    calls = (
        lambda: layout.folder(unit, 2023, "H11.35-230915-0001"),
        lambda: layout.folder("H11", year, "H11.35-230915-0001"),
        lambda: layout.folder("H11", 2023, dossier),
        lambda: layout.payload_key("H11", 2023, "H11.35-230915-0001", "section", sha, "application/pdf"),
        lambda: layout.payload_key("H11", 2023, "H11.35-230915-0001", "original", SHA, media),
        lambda: layout.batch_key(batch),
    )
    for call in calls:
        try:
            key = call()
        except StorageError:
            continue
        assert SAFE.fullmatch(key)
        assert all(len(part) <= 205 for part in key.split("/"))


@settings(deadline=None)
@given(
    st.lists(
        st.from_regex(r"[GH][0-9]{2}(\.[0-9]{1,3}){0,4}-2[0-9]0[1-9]1[0-9]-[0-9]{3}[1-9]", fullmatch=True), unique=True
    )
)
def test_different_ids_never_share_a_folder(texts: list[str]) -> None:
    parsed = [ids.parse(text).text for text in texts]
    assert len({layout.folder("H11", 2023, text) for text in parsed}) == len(set(parsed))
