from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import ConfigurationError, Setting, load
from sohoa.errors import ExitCode


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def origins(settings: list[Setting]) -> dict[str, tuple[object, str]]:
    return {s.name: (s.value, s.origin) for s in settings}


def test_defaults_need_no_server() -> None:
    settings, listed = load()
    assert settings.archive.startswith("file://")
    assert settings.catalogue.startswith("sqlite://")
    assert {origin for _, origin in origins(listed).values()} == {"default"}
    assert all(s.description for s in listed)


def test_file_environment_and_flags_in_rising_order(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sohoa.toml").write_text('unit = "H36.1"\nworkers = 3\n[ocr]\ntimeout = 40\nlanguage = "vie"\n')
    monkeypatch.setenv("SOHOA_WORKERS", "5")
    monkeypatch.setenv("SOHOA_OCR__TIMEOUT", "50")
    settings, listed = load(flags={"ocr.timeout": 60, "unit": None})
    assert (settings.unit, settings.workers, settings.ocr.timeout) == ("H36.1", 5, 60.0)
    where = origins(listed)
    assert where["unit"] == ("H36.1", "sohoa.toml")
    assert where["workers"] == (5, "environment")
    assert where["ocr.timeout"] == (60.0, "flag")
    assert where["ocr.language"][1] == "sohoa.toml"


@pytest.mark.parametrize("text", ["workerz = 3", "workers = 0", 'unit = "../etc"', "[ocr]\ntimeout = -1", "= broken"])
def test_a_wrong_setting_is_a_usage_error_that_names_the_file(text: str) -> None:
    Path("other.toml").write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load(Path("other.toml"))
    assert caught.value.exit_code is ExitCode.USAGE
    assert "other.toml" in str(caught.value)


def test_a_named_file_that_is_missing_is_an_error() -> None:
    with pytest.raises(ConfigurationError):
        load(Path("none.toml"))
