"""``sohoa catalogue``: what procedures, document types and units are known, looked up by code or by words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

from rich.table import Table
from rich.text import Text

from pipeline.catalogue.entries import Catalogue, DocType, Procedure
from pipeline.catalogue.loading import catalogue
from pipeline.catalogue.units import Unit
from pipeline.commands.output import console, emit
from pipeline.events import CatalogueEvent
from pipeline.settings import Settings
from pipeline.understanding.labels import field_label
from sohoa.errors import ExitCode, UsageError
from sohoa.text import fold
from sohoa.wording import both

Kind = Literal["procedure", "doctype", "unit"]
Entry = Procedure | DocType | Unit

_LEVELS = {
    "province": both("tỉnh", "province"),
    "ministry": both("bộ, ngành", "ministry"),
    "district": both("huyện", "district"),
    "commune": both("xã", "commune"),
    "office": both("đơn vị", "office"),
}
_TIMES = {"day": "ngày", "working_day": "ngày làm việc", "hour": "giờ", None: ""}


class NoSuchEntry(UsageError):
    """The catalogue has no entry of that code."""

    code = "no-such-entry"
    advice = both(
        "Tìm theo tên bằng: sohoa catalogue list --find “khai sinh”",
        "Look for it by name: sohoa catalogue list --find “khai sinh”",
    )


def check(settings: Settings) -> ExitCode:
    """Read and check all data files, and say how much they hold; raises CatalogueInvalid naming file and line."""
    known = catalogue(settings.understanding.catalogue_folder)
    fields = sum(len(doctype.fields) for doctype in known.doctypes)
    counts = (
        (len(known.procedures), "thủ tục / procedures"),
        (len(known.doctypes), "loại giấy tờ / document types"),
        (fields, "trường / fields"),
        (len(known.units), "đơn vị / units"),
    )
    console.print(Text(f"✓ {', '.join(f'{count} {name}' for count, name in counts)}"), soft_wrap=True)
    return ExitCode.OK


def list_(kind: Kind | None, find: str, settings: Settings, as_json: bool) -> ExitCode:
    """Print the entries of a kind (all kinds by default) that have all words of ``find`` in their code or names."""
    words = fold(find).split()
    known = catalogue(settings.understanding.catalogue_folder)
    found = [one for one in _all(known, kind) if all(word in fold(_searched(one)) for word in words)]
    if as_json:
        for one in found:
            emit(_event(one))
        return ExitCode.OK
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for one in found:
        table.add_row(_code(one), _name(one))
    console.print(table)
    console.print(f"{len(found)} mục / entries", style="dim")
    return ExitCode.OK


def show(code: str, settings: Settings, as_json: bool) -> ExitCode:
    """Print all that the catalogue says of one procedure, document type or unit; raises NoSuchEntry."""
    known = catalogue(settings.understanding.catalogue_folder)
    one = known.procedure(code) or known.doctype(code.strip()) or known.units.find(code)
    if one is None:
        raise NoSuchEntry(both("danh mục không có mã này", "the catalogue has no such code"), subject=code)
    if as_json:
        emit(_event(one))
        return ExitCode.OK
    console.print(Text.assemble((_code(one), "bold cyan"), "  ", (_name(one), "bold")), soft_wrap=True)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in _facts(one, known):
        if value:
            table.add_row(name, value)
    console.print(table)
    return ExitCode.OK


def _all(known: Catalogue, kind: Kind | None) -> Iterator[Entry]:
    if kind in (None, "procedure"):
        yield from known.procedures
    if kind in (None, "doctype"):
        yield from known.doctypes
    if kind in (None, "unit"):
        yield from known.units


def _facts(one: Entry, known: Catalogue) -> Iterator[tuple[str, str]]:
    if isinstance(one, Procedure):
        limit = f"{one.time_limit} {_TIMES[one.time_unit]}" if one.time_limit is not None else ""
        yield "Lĩnh vực / field", one.field
        yield "Cấp / level", one.level
        yield "Thời hạn / time limit", limit
        yield "Thành phần / components", _types(one.components, known)
        yield "Kết quả / result", one.result
        yield "Giấy kết quả / result papers", _types(one.result_types, known)
    elif isinstance(one, DocType):
        users = (p for p in known.procedures if one.id in (*p.components, *p.result_types))
        yield "Tiếng Anh / English", one.name_en
        yield "Tiêu đề / titles", "\n".join(one.titles)
        yield "Dễ lẫn với / confusable", _types(one.confusable_with, known)
        yield "Trường / fields", ", ".join(field_label(field.name) for field in one.fields)
        yield "Thủ tục / procedures", "\n".join(f"{p.code}  {p.name}" for p in users)
    else:
        before = (unit for unit in known.units if one.code in unit.successors)
        yield "Cấp / level", _LEVELS[one.level]
        yield "Từ ngày / since", _day(one.since)
        yield "Đến ngày / until", _day(one.until)
        yield "Nay thuộc / now in", _units(filter(None, map(known.units.find, one.successors)))
        yield "Gộp từ / took over", _units(before)


def _types(ids: Iterable[str], known: Catalogue) -> str:
    types = filter(None, map(known.doctype, ids))
    return "\n".join(f"{one.name_vi}  [{one.id}]" for one in types)


def _units(units: Iterable[Unit]) -> str:
    return ", ".join(f"{unit.name} ({unit.code})" for unit in units)


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _code(one: Entry) -> str:
    return one.id if isinstance(one, DocType) else one.code


def _name(one: Entry) -> str:
    return one.name_vi if isinstance(one, DocType) else one.name


def _searched(one: Entry) -> str:
    english = one.name_en if isinstance(one, DocType) else ""
    return f"{_code(one)} {_name(one)} {english}"


def _event(one: Entry) -> CatalogueEvent:
    kind: Kind = "procedure" if isinstance(one, Procedure) else "doctype" if isinstance(one, DocType) else "unit"
    return CatalogueEvent(kind=kind, code=_code(one), name=_name(one), entry=one.model_dump(mode="json"))
