"""Units: both orders of their codes, how long they existed, and whose papers an officer finds who asks for one."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.catalogue.base import CatalogueInvalid
from pipeline.catalogue.loading import catalogue, parse
from pipeline.catalogue.units import Unit, Units, canonical

DOCTYPES = (
    "macros: {SEP: ' '}\ncommon_fields: []\ndoctypes:\n"
    "- {id: a, name_vi: A, name_en: A, group: g, priority: 50, titles: [A B]}\n"
)
PROCEDURES = "code,name,field,level,result,result_types,time_limit,time_unit,components\n"


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("000.00.21.H10", "H10.21"),
        ("001.02.21.H10", "H10.21.02.001"),
        ("000.02.00.H10", "H10.00.02"),
        ("000.00.00.H36", "H36"),
        (" h11.35 ", "H11.35"),
        ("H15.50.05.13", "H15.50.05.13"),
        ("030910", "030910"),
    ],
)
def test_both_orders_of_a_code_are_one_unit(code: str, same: str) -> None:
    assert canonical(code) == same


def test_of_63_provinces_34_are_left_and_each_other_has_one_that_took_over() -> None:
    provinces = [unit for unit in catalogue().units if unit.level == "province"]
    assert len(provinces) == 63
    today = [unit for unit in provinces if unit.existed(dt.date(2025, 7, 1))]
    assert len(today) == 34
    assert all(unit.existed(dt.date(2025, 6, 30)) for unit in provinces)
    names = {unit.code: unit.name for unit in today}
    assert {names[s] for u in provinces for s in u.successors} <= set(names.values())
    lam_dong = {u.name for u in provinces if "H36" in u.successors}
    assert lam_dong == {"Bình Thuận", "Đắk Nông"}


@pytest.mark.parametrize(
    ("unit", "asked", "belongs"),
    [
        ("H11.35.09", "H36", True),  # the new province has the old one's papers
        ("H36.18", "H11", True),  # and who still asks for the old one finds the new
        ("H16.02", "H36", True),
        ("H16.02", "H11", False),  # but not another that was merged into the same
        ("000.00.21.H10", "H10.21", True),
        ("000.00.21.H10", "H19", True),
        ("H11.35.09", "H11.35", True),
        ("H11.35", "H11.35.09", False),
        ("H11.35", "H11.3", False),
        ("030910", "030910", True),
        ("H99.1", "H99", True),
    ],
)
def test_whose_papers_are_found(unit: str, asked: str, belongs: bool) -> None:
    assert catalogue().units.belongs(unit, asked) is belongs


def test_a_district_that_was_parted_among_communes() -> None:
    end = dt.date(2025, 6, 30)
    old = Unit(code="H11.35", name="Huyện cũ", level="district", until=end, successors=("H36.101", "H36.102"))
    new = [Unit(code=code, name=code, level="commune") for code in ("H36.101", "H36.102")]
    units = Units([old, *new])
    assert units.belongs("H36.102", "H11.35") and units.belongs("H11.35.09", "H36.101")
    assert not units.belongs("H36.102", "H36.101")
    nearest = units.nearest("H11.35.09")
    assert nearest is old and units.nearest("H12") is None


@pytest.mark.parametrize(
    ("units", "subject", "says"),
    [
        ("units:\n- {code: H1, name: A, level: province}\n", "units.yaml:2: H1", "code"),
        ("units:\n- {code: H01, name: A, level: land}\n", "units.yaml:2: H01", "level"),
        ("units:\n- {code: H01, name: A, level: province, successors: [H02]}\n", "units.yaml:2: H01", "until"),
        (
            "units:\n- {code: H01, name: A, level: province, until: 2025-06-30, successors: [H02]}\n",
            "units.yaml:2: H01",
            "“H02”",
        ),
        (
            "units:\n- {code: H01, name: A, level: province}\n\n- {code: H01, name: B, level: province}\n",
            "units.yaml:4: H01",
            "twice",
        ),
        (
            "units:\n- {code: H01, name: A, level: province, since: 2025-01-01, until: 2024-01-01}\n",
            "units.yaml:2: H01",
            "before",
        ),
        ("units:\n- H01\n", "units.yaml", "YAML"),
        ("", "units.yaml", "YAML"),
    ],
)
def test_a_wrong_unit_is_named_with_its_line(units: str, subject: str, says: str) -> None:
    with pytest.raises(CatalogueInvalid) as error:
        parse(DOCTYPES, PROCEDURES, units)
    assert error.value.subject == subject
    assert says in error.value.message
