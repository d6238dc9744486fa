"""Reads the domain catalogue from its data files and checks it whole.

Read once per process and frozen.  An entry that is wrong stops the program with the file, the line and the entry named,
because a catalogue that is half right would file papers wrongly without anyone noticing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pipeline.catalogue.base import CatalogueInvalid, Entry
from pipeline.catalogue.entries import Catalogue, DocType, Procedure, said
from pipeline.catalogue.units import Unit, Units
from sohoa.text import nfc
from sohoa.wording import both

_DATA = "pipeline.catalogue.data"
_DOCTYPES, _PROCEDURES, _UNITS = "doctypes.yaml", "procedures.csv", "units.yaml"
_MACRO = re.compile(r"<([A-Z][A-Z_]+)>")
_OPTIONAL_PART = re.compile(r"\(\?:([^()]*)\)\?")
_LABEL = re.compile(r"[^\W\d_]+(?:[ ,/]+[^\W\d_]+){2,}")
"""A label that may be found by likeness: plain words, three at least."""

_E = TypeVar("_E", bound=Entry)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue, read on the first call.

    Raises CatalogueInvalid naming the file, the line and the entry.
    """
    files = resources.files(_DATA)
    return parse(*((files / name).read_text(encoding="utf-8") for name in (_DOCTYPES, _PROCEDURES, _UNITS)))


def doctype(id_: str) -> DocType | None:
    """Return the document type of that id, or None."""
    return catalogue().doctype(id_)


def procedure(code: str) -> Procedure | None:
    """Return the procedure of that code, or None."""
    return catalogue().procedure(code)


def parse(doctypes: str, procedures: str, units: str = "units: []\n") -> Catalogue:
    """Return the catalogue that the texts of the data files describe.

    Raises CatalogueInvalid naming the file, the line and the entry.
    """
    types = dict(_doctypes(doctypes))
    known = {type_.id for type_ in types.values()}
    for subject, type_ in types.items():
        _demand_known(known, type_.confusable_with, subject, "loại giấy tờ", "document type")
    rows = dict(_procedures(procedures))
    for subject, row in rows.items():
        _demand_known(known, (*row.components, *row.result_types), subject, "loại giấy tờ", "document type")
    places = dict(_units(units))
    codes = {unit.code for unit in places.values()}
    for subject, unit in places.items():
        _demand_known(codes, unit.successors, subject, "đơn vị", "unit")
    return Catalogue(tuple(types.values()), tuple(rows.values()), Units(places.values()))


def _doctypes(text: str) -> Iterator[tuple[str, DocType]]:
    """Yield each document type and where it stands."""
    data, lines = _yaml(text, _DOCTYPES, "doctypes")
    try:
        macros: dict[str, str] = data["macros"]
        common: list[dict[str, Any]] = data["common_fields"]
    except KeyError as error:
        raise _not_expected(_DOCTYPES, error) from None
    seen: set[str] = set()
    for line, entry in zip(lines, data["doctypes"], strict=True):
        subject = _place(_DOCTYPES, line, entry.get("id"))
        own = entry.get("fields", [])
        names = [field.get("name") for field in own]
        shared = [field for field in common if field["name"] not in names]
        if len(set(names)) != len(names):
            raise CatalogueInvalid(both("có trường khai báo hai lần", "a field is declared twice"), subject=subject)
        fields = [_with_macros(field, macros, subject) for field in (*own, *shared)]
        type_ = _valid(DocType, {**entry, "fields": fields}, subject)
        _demand_new(type_.id, seen, subject)
        yield subject, type_


def _procedures(text: str) -> Iterator[tuple[str, Procedure]]:
    """Yield each procedure and where it stands."""
    seen: set[str] = set()
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        subject = _place(_PROCEDURES, reader.line_num, row.get("code"))
        values: dict[str, Any] = {**row}
        for name in ("components", "result_types"):
            values[name] = tuple(part for part in (row.get(name) or "").split(";") if part)
        for name in ("time_limit", "time_unit"):
            values[name] = row.get(name) or None
        for name in ("name", "field", "level", "result"):
            values[name] = nfc(row.get(name) or "")
        procedure = _valid(Procedure, values, subject)
        _demand_new(procedure.code, seen, subject)
        yield subject, procedure


def _units(text: str) -> Iterator[tuple[str, Unit]]:
    """Yield each unit and where it stands."""
    data, lines = _yaml(text, _UNITS, "units")
    seen: set[str] = set()
    for line, entry in zip(lines, data["units"], strict=True):
        subject = _place(_UNITS, line, entry.get("code"))
        unit = _valid(Unit, entry, subject)
        _demand_new(unit.code, seen, subject)
        yield subject, unit


def _yaml(text: str, file: str, key: str) -> tuple[dict[str, Any], list[int]]:
    """Return what the file says, and the 1-based line on which each entry of its list ``key`` begins."""
    try:
        loader = yaml.CSafeLoader(text)
        root = loader.get_single_node()
        if not isinstance(root, yaml.MappingNode):
            raise TypeError(key)
        (entries,) = (value for name, value in root.value if name.value == key)
        data = loader.construct_document(root)
        lines = [node.start_mark.line + 1 for node in entries.value]
        if any(not isinstance(entry, dict) for entry in data[key]):
            raise TypeError(key)
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise _not_expected(file, error) from None
    return data, lines


def _not_expected(file: str, error: Exception) -> CatalogueInvalid:
    mark = getattr(error, "problem_mark", None)
    subject = file if mark is None else f"{file}:{mark.line + 1}"
    return CatalogueInvalid(both("tệp YAML không đúng cấu trúc", f"not the expected YAML: {error}"), subject=subject)


def _place(file: str, line: int, name: object) -> str:
    return f"{file}:{line}: {name}" if name else f"{file}:{line}"


def _with_macros(field: Mapping[str, Any], macros: Mapping[str, str], subject: str) -> dict[str, Any]:
    regex = str(field.get("regex", ""))
    unknown = [name for name in _MACRO.findall(regex) if name not in macros]
    if unknown:
        message = said(str(field.get("name")), f"không có macro <{unknown[0]}>", f"no macro <{unknown[0]}>")
        raise CatalogueInvalid(message, subject=subject)
    whole = _MACRO.sub(lambda match: macros[match[1]], regex)
    label, mark, value = regex.partition("<SEP>")
    wordings = [w for w in _wordings(label) if _LABEL.fullmatch(w)] if mark else []
    after = _MACRO.sub(lambda match: macros[match[1]], mark + value) if wordings else None
    return {**field, "regex": whole, "labels": tuple(map(nfc, wordings)), "after_label": after}


def _wordings(label: str) -> list[str]:
    """Return what a label's regex can say: its alternatives, each optional part once kept and once left out."""
    forms = [label]
    while any(_OPTIONAL_PART.search(form) for form in forms):
        forms = [_OPTIONAL_PART.sub(with_, form, count=1) for form in forms for with_ in (r"\1", "")]
    plain = (form[3:-1] if form.startswith("(?:") and form.endswith(")") else form for form in forms)
    return list(dict.fromkeys(wording for form in plain for wording in form.split("|")))


def _valid(model: type[_E], values: Mapping[str, Any], subject: str) -> _E:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise CatalogueInvalid(_first_problem(error), subject=subject) from None


def _first_problem(error: ValidationError) -> str:
    """Return our own words for our own checks, and pydantic's in the English half for its."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    own = first.get("ctx", {}).get("error")
    if isinstance(own, ValueError):
        return f"{place}: {own}" if place else str(own)
    return both(f"{place}: giá trị không hợp lệ", f"{place}: {first['msg']}")


def _demand_known(known: set[str], used: Iterable[str], subject: str, vietnamese: str, english: str) -> None:
    for name in used:
        if name not in known:
            raise CatalogueInvalid(both(f"không có {vietnamese} “{name}”", f"no {english} “{name}”"), subject=subject)


def _demand_new(name: str, seen: set[str], subject: str) -> None:
    if name in seen:
        raise CatalogueInvalid(both("mục có hai lần", "the entry occurs twice"), subject=subject)
    seen.add(name)
