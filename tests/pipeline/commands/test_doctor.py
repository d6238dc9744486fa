"""What ``sohoa doctor`` says of a machine that is not well: what is wrong, and the command that mends it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.commands import doctor
from pipeline.config import load
from sohoa.errors import ExitCode

NOBODY = 65534


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def without_rights(tmp_path: Path) -> Iterator[None]:
    """Work as a user who may write nothing of this: root is refused nowhere."""
    before = os.geteuid()
    tmp_path.chmod(0o555)
    if before == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(before)
    tmp_path.chmod(0o755)


def advised(capsys: pytest.CaptureFixture[str], **flags: str) -> tuple[ExitCode, list[str], str]:
    """Return the exit code, the remedies and the whole output."""
    status = doctor.run(load(flags={name.replace("__", "."): value for name, value in flags.items()})[0])
    said = capsys.readouterr().out
    return status, [line.removeprefix("  → ") for line in said.splitlines() if line.startswith("  → ")], said


def test_a_well_machine_needs_nothing_and_nothing_is_made(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, remedies, said = advised(capsys)
    assert (status, remedies) == (ExitCode.OK, []), said
    assert not list(desk.iterdir())


def test_folders_without_the_right_to_write(
    desk: Path, without_rights: None, capsys: pytest.CaptureFixture[str]
) -> None:
    status, remedies, said = advised(capsys)
    assert status is ExitCode.USAGE
    archive = desk / "sohoa-data" / "archive"
    assert f'sudo mkdir -p {archive} && sudo chown -R "$(id -un)" {archive}' in remedies
    assert len(remedies) == 5 and "không có quyền đọc hoặc ghi / Permission denied" in said


def test_a_folder_that_belongs_to_the_machine_is_never_given_away(
    without_rights: None, capsys: pytest.CaptureFixture[str]
) -> None:
    _, remedies, _ = advised(capsys, search="/usr", archive="file:///usr", work="/")
    assert not [remedy for remedy in remedies if "chown" in remedy and not remedy.rpartition(" ")[2].count("/") > 1]
    assert 'export SOHOA_SEARCH="$HOME/sohoa-data/search"' in remedies


def test_places_that_nobody_can_write(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "tệp").write_text("a file where a folder should be")
    status, remedies, said = advised(capsys, archive="file:///proc/kho", rejected=str(desk / "tệp" / "x"))
    assert status is ExitCode.USAGE
    assert remedies == [
        'export SOHOA_ARCHIVE="file://$HOME/sohoa-data/archive"',
        f"mv '{desk}/tệp' '{desk}/tệp.old'",
    ]
    assert "✗" in said and "/proc/kho: " in said


def test_a_folder_with_marks_in_its_name_is_the_one_that_is_checked(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "kho hồ sơ").mkdir()
    (desk / "kho hồ sơ" / "archive").write_text("a file where a folder should be")
    _, remedies, _ = advised(capsys, archive="file://./kho hồ sơ/archive")
    assert remedies == [f"mv '{desk}/kho hồ sơ/archive' '{desk}/kho hồ sơ/archive.old'"]


def test_every_missing_model_is_named_by_its_package(capsys: pytest.CaptureFixture[str]) -> None:
    status, remedies, said = advised(capsys, ocr__language="vie+xyz_abc+script/Nosuch")
    assert status is ExitCode.USAGE
    assert remedies == ["sudo apt-get install tesseract-ocr-xyz-abc tesseract-ocr-all"]
    assert "chưa cài / not installed" in said


def test_little_memory_has_a_next_step(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "available_memory", lambda: 300 * 1024**2)
    _, remedies, _ = advised(capsys)
    assert len(remedies) == 1 and remedies[0].endswith("ps -eo pid,rss,comm --sort=-rss | head")


def test_an_address_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    _, remedies, said = advised(capsys, catalogue="mysql://x")
    assert remedies == ['export SOHOA_CATALOGUE="sqlite:///$HOME/sohoa-data/catalogue.db"']
    assert "mysql://x" in said
