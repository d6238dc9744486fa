"""The domain catalogue: document types and procedures, loaded from the project's own data files and checked.

Read once per process and frozen.  An entry that is wrong stops the program with the file and the entry named,
because a catalogue that is half right would file papers wrongly without anyone noticing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline.errors import PipelineError
from sohoa.errors import ExitCode
from sohoa.text import nfc
from sohoa.wording import both

_DATA = "pipeline.understanding.data"
_DOCTYPES, _PROCEDURES = "doctypes.yaml", "procedures.csv"
_MACRO = re.compile(r"<([A-Z][A-Z_]+)>")
_OPTIONAL = re.compile(r"\[([^\]]+)\] ?")
_OPTIONAL_PART = re.compile(r"\(\?:([^()]*)\)\?")
_LABEL = re.compile(r"[^\W\d_]+(?:[ ,/]+[^\W\d_]+){2,}")
"""A label that may be found by likeness: plain words, three at least."""
_SUFFIX = re.compile(r"(\d\.\d{6})(?:\.(?:[GH]\d{2}|000\.00\.00\.[GH]\d{2}))?")
_FLAGS = re.IGNORECASE | re.MULTILINE

FieldKind = Literal["date", "name", "personal_id", "dossier_id", "number", "money", "area", "gender", "text"]


class CatalogueInvalid(PipelineError):
    """A catalogue file does not say what it must; the subject names the file and the entry."""

    exit_code = ExitCode.USAGE
    code = "catalogue-invalid"
    advice = both("Sửa mục đó, hoặc cài lại sohoa.", "Correct the entry, or install sohoa again.")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_E = TypeVar("_E", bound=_Entry)


class FieldPattern(_Entry):
    """How one field is read: ``regex`` has a group ``v``; ``example`` must give ``value``.

    Where the regex is a printed label and then a value, ``labels`` are the label's wordings and ``after_label`` is
    the regex behind it, so that a label with wrong letters can be found by likeness.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    kind: FieldKind
    regex: str
    example: str
    value: str
    labels: tuple[str, ...] = ()
    after_label: str | None = None

    @field_validator("regex", "example", "value")
    @classmethod
    def _nfc(cls, text: str) -> str:
        return nfc(text)

    @model_validator(mode="after")
    def _compiles(self) -> FieldPattern:
        try:
            pattern = re.compile(self.regex, _FLAGS)
        except re.error as error:
            raise ValueError(_said(self.name, "biểu thức sai", f"the regex does not compile: {error}")) from None
        if "v" not in pattern.groupindex:
            raise ValueError(_said(self.name, "biểu thức thiếu nhóm v", "the regex has no group v"))
        return self


class DocType(_Entry):
    """One document type; ``titles`` are expanded: no optional parts, only “…” and a final “$” remain."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name_vi: str = Field(min_length=1)
    name_en: str = Field(min_length=1)
    group: str
    priority: int = Field(ge=1, le=100)
    max_pages: int | None = Field(None, ge=1)
    title_zone: Literal["upper", "anywhere"] = "upper"
    titles: tuple[str, ...] = Field(min_length=1)
    phrases: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    confusable_with: tuple[str, ...] = ()
    fields: tuple[FieldPattern, ...] = ()
    one_person: bool = False
    application: bool = False
    drawing: bool = False

    @field_validator("titles", mode="after")
    @classmethod
    def _expand(cls, titles: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(form for title in titles for form in _forms(nfc(title))))

    @field_validator("phrases", mode="after")
    @classmethod
    def _nfc(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(nfc, phrases))

    @field_validator("needs", mode="after")
    @classmethod
    def _compile(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        for regex in needs:
            try:
                re.compile(regex, _FLAGS)
            except re.error as error:
                raise ValueError(both("biểu thức sai", f"the regex does not compile: {error}")) from None
        return needs

    @property
    def is_general(self) -> bool:
        """Tell whether it yields to any specific type (decision, notice, letter …)."""
        return self.priority <= 10


class Procedure(_Entry):
    """One administrative procedure; ``components`` and ``result_types`` are document type ids.

    ``field`` is the field of government (lĩnh vực); ``time_limit`` counts ``time_unit``, None where it varies.
    """

    code: str = Field(pattern=r"^\d\.\d{6}$")
    name: str = Field(min_length=1)
    field: str
    level: str
    result: str
    result_types: tuple[str, ...]
    time_limit: int | None = Field(ge=0)
    time_unit: Literal["day", "working_day", "hour"] | None
    components: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All document types and procedures, in file order."""

    doctypes: tuple[DocType, ...]
    procedures: tuple[Procedure, ...]

    @cached_property
    def _doctypes(self) -> Mapping[str, DocType]:
        return {doctype.id: doctype for doctype in self.doctypes}

    @cached_property
    def _procedures(self) -> Mapping[str, Procedure]:
        return {procedure.code: procedure for procedure in self.procedures}

    def doctype(self, id_: str) -> DocType | None:
        """Return the document type of that id, or None."""
        return self._doctypes.get(id_)

    def procedure(self, code: str) -> Procedure | None:
        """Return the procedure of that code, or None; a province's suffix (1.012796.H36) is ignored."""
        match = _SUFFIX.fullmatch(code.strip())
        return self._procedures.get(match[1]) if match else None


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the catalogue, read on the first call.

    Raises CatalogueInvalid naming the file and the entry.
    """
    files = resources.files(_DATA)
    return parse((files / _DOCTYPES).read_text(encoding="utf-8"), (files / _PROCEDURES).read_text(encoding="utf-8"))


def doctype(id_: str) -> DocType | None:
    """Return the document type of that id, or None."""
    return catalogue().doctype(id_)


def procedure(code: str) -> Procedure | None:
    """Return the procedure of that code, or None."""
    return catalogue().procedure(code)


def parse(doctypes: str, procedures: str) -> Catalogue:
    """Return the catalogue that the texts of the two data files describe.

    Raises CatalogueInvalid naming the file and the entry.
    """
    types = _parse_doctypes(doctypes)
    known = {t.id for t in types}
    for t in types:
        _demand_known(known, t.confusable_with, f"{_DOCTYPES}: {t.id}")
    rows = _parse_procedures(procedures)
    for p in rows:
        _demand_known(known, (*p.components, *p.result_types), f"{_PROCEDURES}: {p.code}")
    return Catalogue(types, rows)


def _parse_doctypes(text: str) -> tuple[DocType, ...]:
    try:
        data = yaml.load(text, yaml.CSafeLoader)
        macros: dict[str, str] = data["macros"]
        common: list[dict[str, Any]] = data["common_fields"]
        entries: list[dict[str, Any]] = data["doctypes"]
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise CatalogueInvalid(
            both("tệp YAML không đúng cấu trúc", f"not the expected YAML: {error}"), subject=_DOCTYPES
        ) from None
    types = []
    for place, entry in enumerate(entries, 1):
        subject = f"{_DOCTYPES}: {entry.get('id', f'entry {place}')}"
        own = entry.get("fields", [])
        names = [field.get("name") for field in own]
        shared = [field for field in common if field["name"] not in names]
        if len(set(names)) != len(names):
            raise CatalogueInvalid(both("có trường khai báo hai lần", "a field is declared twice"), subject=subject)
        fields = [_with_macros(field, macros, subject) for field in (*own, *shared)]
        types.append(_valid(DocType, {**entry, "fields": fields}, subject))
    _demand_unique((t.id for t in types), _DOCTYPES)
    return tuple(types)


def _with_macros(field: Mapping[str, Any], macros: Mapping[str, str], subject: str) -> dict[str, Any]:
    regex = str(field.get("regex", ""))
    unknown = [name for name in _MACRO.findall(regex) if name not in macros]
    if unknown:
        said = _said(str(field.get("name")), f"không có macro <{unknown[0]}>", f"no macro <{unknown[0]}>")
        raise CatalogueInvalid(said, subject=subject)
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


def _parse_procedures(text: str) -> tuple[Procedure, ...]:
    rows = []
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        values: dict[str, Any] = {**row}
        for name in ("components", "result_types"):
            values[name] = tuple(part for part in (row.get(name) or "").split(";") if part)
        for name in ("time_limit", "time_unit"):
            values[name] = row.get(name) or None
        for name in ("name", "field", "level", "result"):
            values[name] = nfc(row.get(name) or "")
        rows.append(_valid(Procedure, values, f"{_PROCEDURES}: {row.get('code') or f'line {line}'}"))
    _demand_unique((p.code for p in rows), _PROCEDURES)
    return tuple(rows)


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


def _said(field: str, vietnamese: str, english: str) -> str:
    return both(f"trường {field}: {vietnamese}", f"field {field}: {english}")


def _demand_known(known: set[str], used: Iterable[str], subject: str) -> None:
    for id_ in used:
        if id_ not in known:
            said = both(f"không có loại giấy tờ “{id_}”", f"no document type “{id_}”")
            raise CatalogueInvalid(said, subject=subject)


def _demand_unique(names: Iterable[str], file: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CatalogueInvalid(both("mục có hai lần", "the entry occurs twice"), subject=f"{file}: {name}")
        seen.add(name)


def _forms(title: str) -> list[str]:
    """Return ``title`` with each optional part [X] once kept and once left out."""
    match = _OPTIONAL.search(title)
    if match is None:
        return [" ".join(title.split())]
    kept = f"{title[: match.start()]}{match[1]} {title[match.end() :]}"
    left_out = title[: match.start()] + title[match.end() :]
    return [*_forms(kept), *_forms(left_out)]
