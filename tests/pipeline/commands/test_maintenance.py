"""What ``sohoa verify`` says at the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands import maintenance
from pipeline.config import load
from sohoa.errors import ExitCode
from storage.objects.filesystem import FilesystemStore

ORPHAN = f"H11.35/2023/H11.35-230915-0001/objects/{'a' * 64}.pdf"


def test_notes_alone_leave_the_archive_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    FilesystemStore(tmp_path / "sohoa-data" / "archive").put(ORPHAN, b"left by a run that was stopped")
    assert maintenance.verify([], load()[0], as_json=False) is ExitCode.OK
    said = capsys.readouterr().out
    assert said.index("1 ghi chú / notes") < said.index("✓ Kho toàn vẹn / the archive is whole")
    assert "reindex" not in said


def test_a_warning_asks_for_a_reindex_and_nothing_is_called_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = tmp_path / "sohoa-data"
    data.mkdir()
    (data / "catalogue.db").write_bytes(b"no database" * 400)
    assert maintenance.verify([], load()[0], as_json=False) is ExitCode.REVIEW
    said = capsys.readouterr().out
    assert "→ sohoa reindex" in said and "✓" not in said
