"""What the domain catalogue holds: document types with their fields, procedures, units; each frozen and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator, model_validator

from pipeline.catalogue.base import Entry
from pipeline.catalogue.units import Units
from sohoa.text import nfc
from sohoa.wording import both

FLAGS = re.IGNORECASE | re.MULTILINE
"""How the regexes of fields are read."""

_OPTIONAL = re.compile(r"\[([^\]]+)\] ?")
_SUFFIX = re.compile(r"(\d\.\d{6})(?:\.(?:[GH]\d{2}|000\.00\.00\.[GH]\d{2}))?")

FieldKind = Literal["date", "name", "personal_id", "dossier_id", "number", "money", "area", "gender", "text"]


class FieldPattern(Entry):
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
            pattern = re.compile(self.regex, FLAGS)
        except re.error as error:
            raise ValueError(said(self.name, "biểu thức sai", f"the regex does not compile: {error}")) from None
        if "v" not in pattern.groupindex:
            raise ValueError(said(self.name, "biểu thức thiếu nhóm v", "the regex has no group v"))
        return self


class DocType(Entry):
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
    in_database: bool = False
    """What it says is in a national database (population, residence, civil status, insurance, business)."""

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
                re.compile(regex, FLAGS)
            except re.error as error:
                raise ValueError(both("biểu thức sai", f"the regex does not compile: {error}")) from None
        return needs

    @property
    def is_general(self) -> bool:
        """Tell whether it yields to any specific type (decision, notice, letter …)."""
        return self.priority <= 10


class Procedure(Entry):
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
    """All document types and procedures in file order, and the units."""

    doctypes: tuple[DocType, ...]
    procedures: tuple[Procedure, ...]
    units: Units
    digest: str = ""
    """What the files that it was read from have for a fingerprint."""

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


def said(field: str, vietnamese: str, english: str) -> str:
    """Return the two halves of a message about one field."""
    return both(f"trường {field}: {vietnamese}", f"field {field}: {english}")


def _forms(title: str) -> list[str]:
    """Return ``title`` with each optional part [X] once kept and once left out."""
    match = _OPTIONAL.search(title)
    if match is None:
        return [" ".join(title.split())]
    kept = f"{title[: match.start()]}{match[1]} {title[match.end() :]}"
    left_out = title[: match.start()] + title[match.end() :]
    return [*_forms(kept), *_forms(left_out)]
