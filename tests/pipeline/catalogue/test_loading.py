"""The catalogue files: complete, checked, and their patterns true to their own examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.catalogue.base import CatalogueInvalid
from pipeline.catalogue.entries import FieldPattern
from pipeline.catalogue.loading import catalogue, parse
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
    known = catalogue()
    birth = known.procedure("1.001193")
    assert birth is not None and birth.name == "Đăng ký khai sinh"
    assert birth.components[0] == "to_khai_khai_sinh" and "giay_khai_sinh" in birth.result_types
    assert (birth.time_limit, birth.time_unit, birth.field) == (1, "working_day", "Hộ tịch")
    assert known.procedure("1.012796.H36") is known.procedure("1.012796") is known.procedure("1.012796.000.00.00.H36")
    assert known.procedure("9.999999") is None and known.procedure("1.001193.X") is None
    form = known.doctype("to_khai_khai_sinh")
    assert form is not None and form.name_en == "Birth registration application" and form.max_pages == 2
    assert known.doctype("none") is None


def test_optional_title_parts_are_expanded() -> None:
    form = catalogue().doctype("to_khai_khai_sinh")
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
    form = catalogue().doctype("cccd")
    assert form is not None
    with pytest.raises(ValueError, match="frozen"):
        form.priority = 1  # type: ignore[misc]  # the very thing that must not be possible


OWN_TYPES = """doctypes:
- {id: giay_bao_tu, name_vi: Giấy báo tử của xã, name_en: Death note, group: ho_tich, priority: 60,
   titles: [GIẤY BÁO TỬ]}
- {id: giay_di_duong, name_vi: Giấy đi đường, name_en: Travel permit, group: hanh_chinh, priority: 50,
   titles: [GIẤY ĐI ĐƯỜNG], fields: [{name: so_giay, kind: text, regex: "Số<SEP>(?P<v>[0-9]+)", example: "Số: 12",
   value: "12"}]}
"""
OWN_PROCEDURES = """code,name,field,level,result,result_types,time_limit,time_unit,components
9.000001,Cấp giấy đi đường,Hành chính,Cấp xã,Giấy đi đường,giay_di_duong,1,working_day,don_de_nghi;cccd
"""


def test_an_office_has_entries_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "doctypes.yaml").write_text(OWN_TYPES, encoding="utf-8")
    (tmp_path / "procedures.csv").write_text("\ufeff" + OWN_PROCEDURES, encoding="utf-8")
    known, ours = catalogue(tmp_path), catalogue()
    assert len(known.doctypes) == len(ours.doctypes) + 1
    note, permit = known.doctype("giay_bao_tu"), known.doctype("giay_di_duong")
    assert note is not None and note.name_vi == "Giấy báo tử của xã"
    assert permit is not None and permit.fields[0].name == "so_giay"
    common = {field.name for field in permit.fields} - {"so_giay"}
    assert common, "the fields that all types have, with the package's macros"
    assert known.procedure("9.000001.H11") is known.procedures[-1]
    assert ours.doctype("giay_di_duong") is None and ours.doctype("giay_bao_tu") != note
    assert [t.id for t in known.doctypes[:-1]] == [t.id for t in ours.doctypes], "each in its place"


@pytest.mark.parametrize(
    ("name", "text", "place", "says"),
    [
        (
            "procedures.csv",
            OWN_PROCEDURES.replace("giay_di_duong,1", "giay_la,1"),
            "procedures.csv:2: 9.000001",
            "“giay_la”",
        ),
        ("doctypes.yaml", OWN_TYPES.replace("priority: 60", "priority: 0"), "doctypes.yaml:2: giay_bao_tu", "priority"),
        ("units.yaml", "units: []\nđơn vị: [", "units.yaml:3", "YAML"),
        ("ghi chú.txt", "", "", "procedures.csv"),
    ],
)
def test_what_is_wrong_in_them_is_named_by_file_and_line(
    tmp_path: Path, name: str, text: str, place: str, says: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueInvalid, match=re.escape(says)) as error:
        catalogue(tmp_path)
    assert error.value.subject == str(tmp_path / place if place else tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogueInvalid) as error:
        catalogue(tmp_path / "đâu")
    assert error.value.subject == str(tmp_path / "đâu")
