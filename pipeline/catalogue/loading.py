"""Reads the domain catalogue from its data files and checks it whole.

1. Read once per process and frozen.  An entry that is wrong stops the program with the file, the line and the entry
   named, because a catalogue that is half right would file papers wrongly without anyone noticing.
2. An installation may have files of its own, of the same names and form: their entries go before those of the package
   with the same id or code, and others are added.  The whole is checked as one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pipeline.catalogue.base import CatalogueInvalid, Entry
from pipeline.catalogue.entries import Catalogue, DocType, Procedure, said
from pipeline.catalogue.units import Unit, Units
from sohoa.text import nfc
from sohoa.wording import both

_DATA = "pipeline.catalogue.data"
_DOCTYPES, _PROCEDURES, _UNITS = _FILES = "doctypes.yaml", "procedures.csv", "units.yaml"
_DIGITS = 12
_MACRO = re.compile(r"<([A-Z][A-Z_]+)>")
_OPTIONAL_PART = re.compile(r"\(\?:([^()]*)\)\?")
_LABEL = re.compile(r"[^\W\d_]+(?:[ ,/]+[^\W\d_]+){2,}")
"""A label that may be found by likeness: plain words, three at least."""

_E = TypeVar("_E", bound=Entry)


@lru_cache(maxsize=2)
def catalogue(folder: Path | None = None) -> Catalogue:
    """Return the catalogue, with what an installation's ``folder`` has of its own; read on the first call.

    Raises CatalogueInvalid naming the file, the line and the entry.
    """
    files = resources.files(_DATA)
    doctypes, procedures, units = ((files / name).read_text(encoding="utf-8") for name in _FILES)
    return parse(doctypes, procedures, units, _own(folder) if folder is not None else None)


def _own(folder: Path) -> dict[str, str]:
    """Return the texts of an installation's files, by where they lie."""
    try:
        names = {path.name for path in folder.iterdir()} & set(_FILES)
        own = {str(folder / name): (folder / name).read_text(encoding="utf-8-sig") for name in sorted(names)}
    except (OSError, UnicodeDecodeError) as error:
        message = both("không đọc được danh mục riêng", f"the office's own catalogue cannot be read: {error}")
        raise CatalogueInvalid(message, subject=str(folder)) from None
    if not own:
        message = both(f"thư mục không có tệp nào trong {', '.join(_FILES)}", f"has none of {', '.join(_FILES)}")
        raise CatalogueInvalid(message, subject=str(folder))
    return own


def parse(
    doctypes: str, procedures: str, units: str = "units: []\n", own: Mapping[str, str] | None = None
) -> Catalogue:
    """Return the catalogue that the texts of the data files describe; those of ``own`` (by path) go before.

    Raises CatalogueInvalid naming the file, the line and the entry.
    """
    layers = [{_DOCTYPES: doctypes, _PROCEDURES: procedures, _UNITS: units}, *([own] if own else [])]
    texts = [(Path(path).name, path, text) for layer in layers for path, text in layer.items()]
    types = _merged((_doctypes(text, path, doctypes) for name, path, text in texts if name == _DOCTYPES), "id")
    known = {type_.id for type_ in types.values()}
    for subject, type_ in types.items():
        _demand_known(known, type_.confusable_with, subject, "loại giấy tờ", "document type")
    rows = _merged((_procedures(text, path) for name, path, text in texts if name == _PROCEDURES), "code")
    for subject, row in rows.items():
        _demand_known(known, (*row.components, *row.result_types), subject, "loại giấy tờ", "document type")
    places = _merged((_units(text, path) for name, path, text in texts if name == _UNITS), "code")
    codes = {unit.code for unit in places.values()}
    for subject, unit in places.items():
        _demand_known(codes, unit.successors, subject, "đơn vị", "unit")
    digest = hashlib.sha256("\0".join(text for _, _, text in texts).encode()).hexdigest()[:_DIGITS]
    return Catalogue(tuple(types.values()), tuple(rows.values()), Units(places.values()), digest)


def _merged(layers: Iterable[Iterator[tuple[str, _E]]], key: str) -> dict[str, _E]:
    """Return the entries of all layers by where they stand, a later one in the place of an earlier of the same key."""
    merged: dict[str, tuple[str, _E]] = {}
    for layer in layers:
        merged.update({getattr(entry, key): (subject, entry) for subject, entry in layer})
    return dict(merged.values())


def _doctypes(text: str, file: str, package: str) -> Iterator[tuple[str, DocType]]:
    """Yield each document type and where it stands.

    A file without ``macros`` or ``common_fields`` of its own has those of the ``package``'s.
    """
    data, lines = _yaml(text, file, "doctypes")
    if text is not package:
        data = {**_yaml(package, _DOCTYPES, "doctypes")[0], **data}
    try:
        macros: dict[str, str] = data["macros"]
        common: list[dict[str, Any]] = data["common_fields"]
    except KeyError as error:
        raise _not_expected(file, error) from None
    seen: set[str] = set()
    for line, entry in zip(lines, data["doctypes"], strict=True):
        subject = _place(file, line, entry.get("id"))
        own = entry.get("fields", [])
        names = [field.get("name") for field in own]
        shared = [field for field in common if field["name"] not in names]
        if len(set(names)) != len(names):
            raise CatalogueInvalid(both("có trường khai báo hai lần", "a field is declared twice"), subject=subject)
        fields = [_with_macros(field, macros, subject) for field in (*own, *shared)]
        type_ = _valid(DocType, {**entry, "fields": fields}, subject)
        _demand_new(type_.id, seen, subject)
        yield subject, type_


def _procedures(text: str, file: str) -> Iterator[tuple[str, Procedure]]:
    """Yield each procedure and where it stands."""
    seen: set[str] = set()
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        subject = _place(file, reader.line_num, row.get("code"))
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


def _units(text: str, file: str) -> Iterator[tuple[str, Unit]]:
    """Yield each unit and where it stands."""
    data, lines = _yaml(text, file, "units")
    seen: set[str] = set()
    for line, entry in zip(lines, data["units"], strict=True):
        subject = _place(file, line, entry.get("code"))
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
