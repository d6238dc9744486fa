"""``sohoa search``: the pages that answer, best first, with the words marked."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from pipeline.catalogue.entries import Catalogue
from pipeline.catalogue.loading import catalogue
from pipeline.commands.opening import open_archive
from pipeline.commands.output import console, emit, errors
from pipeline.events import HitEvent, TotalEvent
from pipeline.settings import Settings
from sohoa.errors import ExitCode
from sohoa.ids import Section
from storage.search.base import Hit, SearchRequest, SearchResult

Request = SearchRequest


def run(request: SearchRequest, unit: str | None, settings: Settings, as_json: bool) -> ExitCode:
    """Print the hits of ``request`` and the exact total; OK also when there is none.

    ``unit`` stands for all below it, for the units that took over from it, and for those that it took over from.
    """
    known = catalogue(settings.understanding.catalogue_folder)
    with open_archive(settings) as archive:
        if unit is not None:
            meant = tuple(one for one in archive.catalogue.units() if known.units.belongs(one, unit))
            request = replace(request, units=meant or (unit,))
        result = archive.search(request)
    if as_json:
        for hit in result.hits:
            emit(_event(hit))
        emit(TotalEvent(total=result.total, seconds=round(result.seconds, 4)))
    else:
        _print(request, result, known)
    if result.behind:
        errors.print(
            f"Chỉ mục đang cập nhật: còn {result.behind} thay đổi chưa có trong kết quả"
            f" / the index is catching up: {result.behind} changes are not in this answer yet",
            style="yellow",
        )
    return ExitCode.OK


def _event(hit: Hit) -> HitEvent:
    return HitEvent(
        dossier_id=hit.dossier_id,
        section=hit.section,
        page=hit.page,
        procedure=hit.procedure,
        doctype=hit.doctype,
        unit=hit.unit,
        date=hit.date,
        snippet=hit.snippet.marked(),
        score=round(hit.score, 4),
        boxes=hit.boxes,
    )


def _print(request: SearchRequest, result: SearchResult, known: Catalogue) -> None:
    for number, hit in enumerate(result.hits, request.offset + 1):
        console.print(_entry(number, hit, known))
    shown = f"{request.offset + 1}–{request.offset + len(result.hits)} / " if result.hits else ""
    console.print(f"{shown}{result.total} trang / pages, {result.seconds * 1000:.0f} ms", style="dim")


def _entry(number: int, hit: Hit, known: Catalogue) -> Group:
    """Return one hit: where it is, what it is, and the words in their place."""
    section = Section(hit.section).name_vi
    head = Text.assemble(
        (f"{number:>3}  ", "dim"),
        (hit.dossier_id, "bold cyan"),
        f"  {section} tr. {hit.page}",
        (f"  {hit.date:%d/%m/%Y}", "dim"),
    )
    known_type, known_procedure = known.doctype(hit.doctype), known.procedure(hit.procedure)
    kind = known_type.name_vi if known_type else "Chưa rõ loại"
    about = f"{kind} · {known_procedure.name}" if known_procedure else kind
    snippet = Text(hit.snippet.text)
    for start, end in hit.snippet.marks:
        snippet.stylize("bold black on yellow", start, end)
    return Group(
        head,
        Padding(Text(about, style="dim", no_wrap=True, overflow="ellipsis"), (0, 0, 0, 5)),
        Padding(snippet, (0, 0, 1, 5)),
    )
