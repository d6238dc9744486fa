"""Order, junk and names of delivered files."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanners.folder import display_name, is_junk, list_files, natural_key, safe_file_name

SHA = "0123456789abcdef" * 4
NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=80)


def test_numbers_count_as_numbers() -> None:
    wanted = ["2.tif", "10.tif", "page1.jpg", "Page2.jpg", "page10.jpg", "page010b.jpg", "trang 9.pdf", "trang 10.pdf"]
    mixed = wanted[:]
    random.Random(4).shuffle(mixed)
    assert sorted(mixed, key=natural_key) == wanted


@given(st.integers(0, 10**20), st.integers(0, 10**20), st.sampled_from(["Trang ", "hồ sơ_", "", "scan-"]))
def test_order_follows_the_number(one: int, other: int, prefix: str) -> None:
    keys = natural_key(f"{prefix}{one}.tif"), natural_key(f"{prefix}{other}.tif")
    assert (keys[0] < keys[1]) == (one < other)


@given(NAMES, NAMES)
def test_different_names_have_a_fixed_order(one: str, other: str) -> None:
    assert (natural_key(one) == natural_key(other)) == (one == other)


def test_both_unicode_forms_sort_together() -> None:
    names = [unicodedata.normalize("NFD", "ảnh 2"), "ảnh 1", "ảnh 10", unicodedata.normalize("NFD", "ảnh 3")]
    found = [unicodedata.normalize("NFC", name) for name in sorted(names, key=natural_key)]
    assert found == ["ảnh 1", "ảnh 2", "ảnh 3", "ảnh 10"]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden",
        "~$đơn.docx",
        "a.part",
        "B.TMP",
        "c.filepart",
        "d.crdownload",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        "@eaDir",
    ],
)
def test_junk_is_left_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "scan.pdf").write_bytes(b"x")
    assert is_junk(name) and list_files(tmp_path) == [tmp_path / "scan.pdf"]


def test_folders_are_walked_in_order_and_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    for folder in (outside, inside, inside / "lô 2", inside / "lô 10", inside / "@eaDir"):
        folder.mkdir()
    for path in (
        outside / "secret.pdf",
        inside / "lô 2" / "1.tif",
        inside / "lô 10" / "1.tif",
        inside / "@eaDir" / "t.jpg",
        inside / "a.pdf",
    ):
        path.write_bytes(b"x")
    (inside / "link.pdf").symlink_to(outside / "secret.pdf")
    (inside / "link folder").symlink_to(outside)
    (inside / "lô 2" / "circle").symlink_to(inside)
    shown = [display_name(path, inside) for path in list_files(inside)]
    assert shown == ["a.pdf", "link folder", "link.pdf", "lô 2/1.tif", "lô 2/circle", "lô 10/1.tif"]
    assert [path.name for path in list_files(inside, recursive=False)] == ["a.pdf", "link folder", "link.pdf"]


def test_shown_names_cannot_act_on_a_screen(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Giấy") + "\x1b[2J\n\u202egpj.pdf"
    assert display_name(tmp_path / "lô" / name, tmp_path) == "lô/Giấy\ufffd[2J\ufffd\ufffdgpj.pdf"
    undecodable = Path("/x") / b"\xff.pdf".decode("utf-8", "surrogateescape")
    assert display_name(undecodable, Path("/y")) == "\ufffd.pdf"
    display_name(undecodable, Path("/y")).encode()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Giấy khai sinh.pdf", "Giấy khai sinh-0123456789ab.pdf"),
        ("../../etc/passwd", "passwd-0123456789ab"),
        ("lô 1/trang 2.tif", "trang 2-0123456789ab.tif"),
        ("..\\..\\boot.ini", "boot-0123456789ab.ini"),
        ("...", "file-0123456789ab"),
        ("\udcff\udcfe.jpg", "__-0123456789ab.jpg"),
        ('a"b:c*.jpg', "a_b_c_-0123456789ab.jpg"),
    ],
)
def test_kept_copies_keep_a_readable_name(name: str, kept: str) -> None:
    assert safe_file_name(name, SHA) == kept


@given(st.text(max_size=400))
def test_kept_names_are_safe_whatever_they_were(name: str) -> None:
    kept = safe_file_name(name, SHA)
    assert 0 < len(kept.encode()) <= 200 and not kept.startswith(".") and "/" not in kept and "\\" not in kept
    assert not {unicodedata.category(char) for char in kept} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert Path(kept).name == kept and SHA[:12] in kept and kept == unicodedata.normalize("NFC", kept)
