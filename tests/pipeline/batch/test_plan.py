from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.plan import InputMissing, plan
from sohoa import ids
from sohoa.ids import Section

DOSSIER = "H11.35-230915-0001"


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def shape(inputs: list[Path]) -> list[tuple[str | None, list[tuple[str, str | None]]]]:
    return [
        (g.dossier and str(g.dossier), [(f.path.name, f.section and f.section.value) for f in g.files])
        for g in plan(inputs)
    ]


def test_a_dossier_folder_with_sections_in_both_languages(tmp_path: Path) -> None:
    folder = tmp_path / DOSSIER
    make(folder, "records/p10.jpg", "records/p2.jpg", "ket-qua/gcn.pdf", "Xử lý/phieu.pdf", "other.pdf")
    ((dossier, files),) = shape([folder])
    assert dossier == DOSSIER
    assert [f for f in files if f[1] == "records"] == [("p2.jpg", "records"), ("p10.jpg", "records")]
    assert {("gcn.pdf", "results"), ("phieu.pdf", "processing"), ("other.pdf", None)} <= set(files)


def test_a_container_is_planned_part_by_part(tmp_path: Path) -> None:
    make(tmp_path, f"{DOSSIER}/a.pdf", "lô sáng/1.jpg", "lô sáng/2.jpg", "stack.pdf", "stack2.tif")
    groups = shape([tmp_path])
    assert (DOSSIER, [("a.pdf", None)]) in groups
    assert (None, [("1.jpg", None), ("2.jpg", None)]) in groups
    assert (None, [("stack.pdf", None)]) in groups
    assert (None, [("stack2.tif", None)]) in groups
    assert len(groups) == 4


def test_a_leaf_folder_is_one_stack_in_natural_order(tmp_path: Path) -> None:
    folder = tmp_path / "không phải mã"
    make(folder, "10.pdf", "9.jpg", "1.tif", ".hidden", "Thumbs.db")
    (group,) = plan([folder])
    assert [f.path.name for f in group.files] == ["1.tif", "9.jpg", "10.pdf"]
    assert group.is_folder
    assert group.dossier is None


def test_loose_images_side_by_side_are_one_stack(tmp_path: Path) -> None:
    make(tmp_path, "s1.jpg", "s2.jpg", "b.pdf")
    assert shape([tmp_path / "s1.jpg", tmp_path / "s2.jpg", tmp_path / "b.pdf"]) == [
        (None, [("s1.jpg", None), ("s2.jpg", None)]),
        (None, [("b.pdf", None)]),
    ]


def test_an_id_given_by_hand_claims_everything(tmp_path: Path) -> None:
    make(tmp_path, "x/records/a.pdf", "x/b.pdf", "c.jpg")
    (group,) = plan([tmp_path / "x", tmp_path / "c.jpg"], ids.parse(DOSSIER))
    assert str(group.dossier) == DOSSIER
    assert {(f.path.name, f.section) for f in group.files} == {
        ("a.pdf", Section.RECORDS),
        ("b.pdf", None),
        ("c.jpg", None),
    }


def test_a_missing_input_stops_before_anything_is_read(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    with pytest.raises(InputMissing):
        plan([tmp_path / "a.pdf", tmp_path / "gone"])


def test_links_in_a_folder_are_planned_as_files_that_nobody_follows(tmp_path: Path) -> None:
    make(tmp_path, "outside/secret.pdf", "in/a.pdf")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "outside", target_is_directory=True)
    assert shape([tmp_path / "in"]) == [(None, [("a.pdf", None), ("link", None)])]


def test_a_link_given_as_input_is_followed_under_its_own_name(tmp_path: Path) -> None:
    make(tmp_path, "outside/scan.pdf", "store/7/records/b.pdf")
    (tmp_path / "today.pdf").symlink_to(tmp_path / "outside" / "scan.pdf")
    (tmp_path / DOSSIER).symlink_to(tmp_path / "store" / "7", target_is_directory=True)
    stack, dossier = plan([tmp_path / "today.pdf", tmp_path / DOSSIER])
    assert [(f.path, f.name) for f in stack.files] == [(tmp_path / "outside" / "scan.pdf", "today.pdf")]
    assert (str(dossier.dossier), dossier.files[0].section) == (DOSSIER, Section.RECORDS)


def test_a_dossier_s_folder_inside_another_is_a_dossier_of_its_own(tmp_path: Path) -> None:
    other = "H11.35-230915-0002"
    make(tmp_path, f"{DOSSIER}/a.pdf", f"{DOSSIER}/{other}/b.pdf", f"{DOSSIER}/ho-so/{other}/c.pdf")
    assert shape([tmp_path]) == [
        (DOSSIER, [("a.pdf", None)]),
        (other, [("b.pdf", None)]),
        (other, [("c.pdf", None)]),
    ]


def test_section_folders_without_an_id_above_them_are_one_stack(tmp_path: Path) -> None:
    make(tmp_path, "in/H11.35-23091-0012/ho-so/a.pdf", "in/H11.35-23091-0012/ket-qua/b.pdf", "in/c.pdf")
    first, second = plan([tmp_path / "in"])
    assert (first.name, first.dossier, first.is_folder) == ("in/H11.35-23091-0012", None, True)
    assert [(f.path.name, f.section) for f in first.files] == [("a.pdf", Section.RECORDS), ("b.pdf", Section.RESULTS)]
    assert [f.path.name for f in second.files] == ["c.pdf"]


def test_results_of_many_dossiers_in_one_folder_are_no_dossier(tmp_path: Path) -> None:
    make(tmp_path, f"in/ket-qua/{DOSSIER}/b.pdf")
    assert shape([tmp_path / "in"]) == [(DOSSIER, [("b.pdf", None)])]


@pytest.mark.parametrize("name", [f"{DOSSIER} 2", "030910-301115-TP05-4 2", f"{DOSSIER} - Copy", f"{DOSSIER}²"])
def test_a_copied_folder_s_name_is_no_id(tmp_path: Path, name: str) -> None:
    make(tmp_path, f"{name}/a.pdf")
    assert shape([tmp_path]) == [(None, [("a.pdf", None)])]


def test_an_empty_dossier_folder_is_not_forgotten(tmp_path: Path) -> None:
    (tmp_path / DOSSIER / "records").mkdir(parents=True)
    assert shape([tmp_path]) == [(DOSSIER, [])]
