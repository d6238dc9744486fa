"""The domain catalogue as a person and a program look it up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from sohoa.errors import SohoaError

SCHEMA = json.loads((Path(__file__).resolve().parents[3] / "docs" / "events.schema.json").read_text("utf-8"))


def run(*arguments: str) -> Any:
    done = CliRunner().invoke(app, ["catalogue", *arguments])
    if isinstance(done.exception, SohoaError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_check_counts_what_was_read() -> None:
    assert "184 thủ tục / procedures, 81 loại giấy tờ" in run("check")


def test_list_finds_by_words_without_marks_in_any_kind() -> None:
    found = [json.loads(line) for line in run("list", "--find", "dat dai bien dong", "--json").splitlines()]
    for event in found:
        jsonschema.validate(event, SCHEMA)
    assert {"don_dk_bien_dong"} <= {event["code"] for event in found if event["kind"] == "doctype"}
    assert {event["kind"] for event in found} == {"doctype", "procedure"}
    units = [json.loads(line)["name"] for line in run("list", "unit", "--find", "birth", "--json").splitlines()]
    assert units == []
    assert "Giấy khai sinh" in run("list", "doctype", "--find", "birth certificate")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("1.001193.H36", ["Đăng ký khai sinh", "Giấy chứng sinh", "1 ngày làm việc"]),
        ("giay_khai_sinh", ["Birth certificate", "GIẤY KHAI SINH", "1.004884"]),
        ("h11", ["Bình Thuận", "30/06/2025", "Lâm Đồng (H36)"]),
        ("000.00.00.H36", ["Lâm Đồng", "Bình Thuận (H11), Đắk Nông (H16)"]),
    ],
)
def test_show_tells_all_of_one_entry(code: str, says: list[str]) -> None:
    shown = run("show", code)
    assert all(words in shown for words in says), shown
    (event,) = map(json.loads, run("show", code, "--json").splitlines())
    jsonschema.validate(event, SCHEMA)
    assert event["name"] in shown


def test_a_code_that_is_not_there_is_wrong_usage() -> None:
    with pytest.raises(SohoaError, match="no such code") as error:
        run("show", "9.999999")
    assert (error.value.exit_code, "catalogue list" in error.value.advice) == (2, True)
