"""The catalogue files: complete, checked, and their patterns true to their own examples."""

from __future__ import annotations

import re

import pytest

from pipeline.catalogue.base import CatalogueInvalid
from pipeline.catalogue.entries import FieldPattern
from pipeline.catalogue.loading import catalogue, doctype, parse, procedure
from pipeline.understanding.values import normalise

MACROS = "macros: {SEP: ' '}\ncommon_fields: []\n"
HEADER = "code,name,field,level,result,result_types,time_limit,time_unit,components\n"
TYPE = "- {id: a, name_vi: A, name_en: A, group: g, priority: 50, titles: [A B]}\n"
EXAMPLES = [(t.id, f) for t in catalogue().doctypes for f in t.fields]


def test_catalogue_is_complete() -> None:
    assert len(catalogue().doctypes) == 81
    assert len(catalogue().procedures) == 184
    assert len(EXAMPLES) > 200


@pytest.mark.parametrize(("type_", "field"), EXAMPLES, ids=lambda value: getattr(value, "name", value))
def test_every_pattern_reads_its_own_example(type_: str, field: FieldPattern) -> None:
    match = re.search(field.regex, field.example, re.IGNORECASE | re.MULTILINE)
    assert match is not None and match["v"] == field.value
    value = normalise(field.kind, field.value)
    assert value is not None and value.problem is None


def test_lookups() -> None:
    birth = procedure("1.001193")
    assert birth is not None and birth.name == "Đăng ký khai sinh"
    assert birth.components[0] == "to_khai_khai_sinh" and "giay_khai_sinh" in birth.result_types
    assert (birth.time_limit, birth.time_unit, birth.field) == (1, "working_day", "Hộ tịch")
    assert procedure("1.012796.H36") is procedure("1.012796") is procedure("1.012796.000.00.00.H36")
    assert procedure("9.999999") is None and procedure("1.001193.X") is None
    form = doctype("to_khai_khai_sinh")
    assert form is not None and form.name_en == "Birth registration application" and form.max_pages == 2
    assert doctype("none") is None


def test_optional_title_parts_are_expanded() -> None:
    form = doctype("to_khai_khai_sinh")
    assert form is not None
    assert set(form.titles) == {"TỜ KHAI ĐĂNG KÝ KHAI SINH", "TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH"}


@pytest.mark.parametrize(
    ("doctypes", "procedures", "subject", "says"),
    [
        ("doctypes: {", "", "doctypes.yaml:2", "YAML"),
        (MACROS + "doctypes:\n" + TYPE.replace("priority: 50", "priority: 0"), "", "doctypes.yaml:4: a", "priority"),
        (MACROS + "doctypes:\n" + TYPE + TYPE, "", "doctypes.yaml:5: a", "twice"),
        (MACROS + "doctypes:\n" + TYPE.replace("[A B]", "[]"), "", "doctypes.yaml:4: a", "titles"),
        (MACROS + "doctypes:\n" + TYPE.replace("}", ", confusable_with: [b]}"), "", "doctypes.yaml:4: a", "“b”"),
        (
            MACROS
            + "doctypes:\n"
            + TYPE.replace("}", ", fields: [{name: n, kind: text, regex: '(', example: x, value: x}]}"),
            "",
            "doctypes.yaml:4: a",
            "does not compile",
        ),
        (
            MACROS
            + "doctypes:\n"
            + TYPE.replace("}", ", fields: [{name: n, kind: text, regex: <NO>, example: x, value: x}]}"),
            "",
            "doctypes.yaml:4: a",
            "<NO>",
        ),
        (MACROS + "doctypes:\n" + TYPE, HEADER + "1.1,N,f,l,r,,1,day,\n", "procedures.csv:2: 1.1", "code"),
        (
            MACROS + "doctypes:\n" + TYPE,
            HEADER + "1.000001,N,f,l,r,,x,day,\n",
            "procedures.csv:2: 1.000001",
            "time_limit",
        ),
        (MACROS + "doctypes:\n" + TYPE, HEADER + "1.000001,N,f,l,r,,1,day,b\n", "procedures.csv:2: 1.000001", "“b”"),
    ],
)
def test_a_wrong_entry_is_named(doctypes: str, procedures: str, subject: str, says: str) -> None:
    with pytest.raises(CatalogueInvalid) as error:
        parse(doctypes, procedures)
    assert error.value.subject == subject
    assert says in error.value.message
    assert error.value.message.count(" / ") == 1


def test_entries_cannot_be_changed() -> None:
    form = doctype("cccd")
    assert form is not None
    with pytest.raises(ValueError, match="frozen"):
        form.priority = 1  # type: ignore[misc]  # the very thing that must not be possible
