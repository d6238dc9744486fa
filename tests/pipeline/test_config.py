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


@pytest.mark.parametrize(
    ("file", "environment", "said"),
    [
        ("ocr = 3", {"SOHOA_OCR__TIMEOUT": "5"}, ["sohoa.toml", "ocr", "[ocr]"]),
        ("ocr = 3", {}, ["sohoa.toml", "ocr", "[ocr]"]),
        ("[ocr]\ntimeut = 5", {}, ["sohoa.toml", "ocr.timeut", "gần giống: ocr.timeout", "the nearest is ocr.timeout"]),
        ("[ocrr]\nx = 5", {}, ["sohoa.toml", "ocrr", "không có thiết lập tên này", "there is no such setting"]),
        ("workers = 0", {}, ["sohoa.toml", "workers", "phải từ 1 trở lên", "must be at least 1"]),
        ("workers = [3]", {}, ["sohoa.toml", "workers", "phải là số nguyên", "must be a whole number"]),
        ("[workers]\nx = 3", {}, ["sohoa.toml", "workers", "phải là số nguyên", "must be a whole number"]),
        ("archive = 3", {}, ["sohoa.toml", "archive", "dấu ngoặc kép", "must be text in quotes"]),
        ("search = 3", {}, ["sohoa.toml", "search", "phải là đường dẫn", "must be a path"]),
        ("[limits]\nrender_dpi = 900", {}, ["limits.render_dpi", "không được quá 600", "must be at most 600"]),
        ("[ocr]\ntimeout = inf", {}, ["ocr.timeout", "số hữu hạn", "finite"]),
        ("= broken", {}, ["sohoa.toml", "không đúng dạng TOML", "not valid TOML"]),
        ("", {"SOHOA_OCR": "{bad"}, ["SOHOA_OCR", "SOHOA_OCR__…", "một đối tượng JSON", "one JSON object"]),
        ("", {"SOHOA_OCR": "3"}, ["SOHOA_OCR", "một đối tượng JSON"]),
        ("", {"SOHOA_OCR": '{"timeut": 3}'}, ["SOHOA_OCR", "ocr.timeut", "SOHOA_OCR__TIMEOUT"]),
        ("", {"SOHOA_FOO": "1"}, ["SOHOA_FOO", "không có thiết lập tên này", "there is no such setting"]),
        ("", {"SOHOA_WORKER": "1"}, ["SOHOA_WORKER: ", "gần giống: SOHOA_WORKERS", "the nearest is SOHOA_WORKERS"]),
        ("", {"SOHOA_OCR__TIMEUT": "1"}, ["SOHOA_OCR__TIMEUT", "gần giống: SOHOA_OCR__TIMEOUT"]),
        ("", {"SOHOA_OCR__TIMEOUT__B": "1"}, ["SOHOA_OCR__TIMEOUT__B", "ocr.timeout.b"]),
        ("", {"SOHOA_OCR__TIMEOUT": "0"}, ["SOHOA_OCR__TIMEOUT", "phải lớn hơn 0", "must be greater than 0"]),
        ("", {"SOHOA_OCR__TIMEOUT": "soon"}, ["SOHOA_OCR__TIMEOUT", "phải là số", "must be a number"]),
        ("", {"SOHOA_UNIT": "../etc"}, ["SOHOA_UNIT", "không đúng dạng", "must have the form"]),
        (
            "",
            {"SOHOA_UNDERSTANDING__REFUSE_SECRET": "?"},
            ["REFUSE_SECRET", "phải là true hoặc false", "must be true or false"],
        ),
    ],
)
def test_a_mistake_is_said_in_both_languages_with_setting_and_source(
    monkeypatch: pytest.MonkeyPatch, file: str, environment: dict[str, str], said: list[str]
) -> None:
    Path("sohoa.toml").write_text(file)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load()
    assert all(part in str(caught.value) for part in said), str(caught.value)
    assert caught.value.message.count(" / ") == caught.value.advice.count(" / ") == 1
    assert caught.value.exit_code is ExitCode.USAGE and "pydantic" not in str(caught.value)


def test_a_flag_out_of_bounds_is_named_as_one_types_it() -> None:
    with pytest.raises(ConfigurationError, match=r"--unit: .*unit"):
        load(flags={"unit": "../x"})


def test_a_group_may_come_as_json_and_single_settings_go_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_OCR", '{"timeout": 3, "low_confidence": 50}')
    monkeypatch.setenv("SOHOA_OCR__TIMEOUT", "5")
    monkeypatch.setenv("sohoa_limits__render_dpi", "200")
    settings, listed = load()
    assert (settings.ocr.timeout, settings.ocr.low_confidence, settings.limits.render_dpi) == (5.0, 50.0, 200)
    assert origins(listed)["ocr.low_confidence"][1] == "environment"


def test_a_named_file_that_is_missing_is_an_error() -> None:
    with pytest.raises(ConfigurationError):
        load(Path("none.toml"))
