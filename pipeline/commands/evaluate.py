"""``sohoa evaluate``: how right the machine is, on what people settled in the archive or on files that hold the truth.

The papers are understood anew from the words in the archive, without what cover sheets and people said of them, and
held against that: so a change of the rules or of the catalogue can be judged before it is put to work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from pipeline.batch.records import identity_cards, page_text
from pipeline.commands.opening import open_archive
from pipeline.commands.output import console, emit
from pipeline.commands.reliability import draw
from pipeline.events import EvaluationEvent
from pipeline.model import UNKNOWN, Document
from pipeline.settings import Settings
from pipeline.understanding.evaluation import Cuts, Item, Scores, cuts, score
from pipeline.understanding.pages import PageInput
from pipeline.understanding.rules import rules
from pipeline.understanding.understand import Understanding, understand
from sohoa.errors import ExitCode, UsageError
from sohoa.ids import Section
from sohoa.wording import both
from storage.archive import Archive
from storage.manifest import Manifest

_MOST_CONFUSIONS = 15
_CUTTING = ("split", "join")


class NothingToEvaluate(UsageError):
    """Neither people nor files say what anything is."""

    code = "nothing-to-evaluate"
    advice = both(
        "Duyệt vài việc bằng sohoa review, hoặc nêu thư mục có đáp án: --truth",
        "Settle some findings with sohoa review, or name a folder that holds the truth: --truth",
    )


@dataclass(slots=True)
class _Truth:
    """What is known of a dossier: types by first page, the procedure or None, and which pages begin a document.

    ``beginnings`` says of pages whether one begins there; what it does not name nobody knows.
    """

    types: dict[tuple[str, int], str] = field(default_factory=dict)
    procedure: str | None = None
    beginnings: dict[tuple[str, int], bool] = field(default_factory=dict)


@dataclass(slots=True)
class _Found:
    types: list[Item] = field(default_factory=list)
    procedures: list[Item] = field(default_factory=list)
    begin: list[set[int]] = field(default_factory=list)
    told: list[set[int]] = field(default_factory=list)


def run(truth: Path | None, chart: Path | None, settings: Settings, as_json: bool) -> ExitCode:
    """Print shares of answered and right, confusions and calibration; with ``chart`` draw the last as a picture."""
    told = _read(truth) if truth is not None else None
    found = _Found()
    with open_archive(settings) as archive:
        for dossier_id in archive.catalogue.dossier_ids():
            known = told.get(dossier_id) if told is not None else None
            manifest = archive.find(dossier_id) if told is None or known is not None else None
            if manifest is None:
                continue
            known = known or _settled(manifest)
            if known.types or known.procedure or known.beginnings:
                _judge(manifest, known, _anew(archive, manifest, settings), found)
    if not (found.types or found.procedures or any(found.begin) or any(found.told)):
        raise NothingToEvaluate(both("chưa có gì để đối chiếu", "there is nothing to hold the machine against"))
    types, procedures, parted = score(found.types), score(found.procedures), cuts(found.begin, found.told)
    if chart is not None:
        draw(chart, types, procedures)
    if as_json:
        emit(EvaluationEvent.of(types, procedures, parted))
    else:
        _print(types, procedures, parted)
    return ExitCode.OK


def _read(folder: Path) -> dict[str, _Truth]:
    """Return what the files of a folder say (in the form of ``samples/truth``), by dossier."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise UsageError(both("thư mục không có tệp đáp án .json", "has no .json files of truth"), subject=str(folder))
    try:
        dossiers = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        return {one["dossier"]: _truth(one) for one in dossiers}
    except (ValueError, KeyError, TypeError) as error:
        message = both("không phải tệp đáp án", f"not a file of truth: {error}")
        raise UsageError(message, subject=str(folder)) from None


def _truth(dossier: Mapping[str, Any]) -> _Truth:
    kinds = {document["key"]: document["type"] for document in dossier["documents"]}
    truth = _Truth(procedure=dossier["procedure"] or UNKNOWN)
    for page in dossier["pages"]:
        if page["kind"] == "content":
            place = page["section"], page["page"]
            truth.beginnings[place] = page["document_page"] == 1
            if page["document_page"] == 1:
                truth.types[place] = kinds[page["document"]]
    return truth


def _settled(manifest: Manifest) -> _Truth:
    """Return what people, and cover sheets, said of a dossier."""
    guess = manifest.procedure
    truth = _Truth(procedure=guess.code if guess.origin in ("person", "cover") else None)
    truth.types = {(d.section, d.first_page): d.type.code for d in manifest.documents if d.type.origin == "person"}
    begins = {(d.section, d.first_page) for d in manifest.documents}
    for document in manifest.documents:
        told = document.cut is not None and any(sign.phrase == "person" for sign in document.cut.evidence)
        if told:
            truth.beginnings[document.section, document.first_page] = True
    joined = [one for one in manifest.decisions if one.action == "join" and one.section and one.page]
    places = ((one.section, one.page) for one in joined if one.section and one.page)
    truth.beginnings.update({place: False for place in places if place not in begins})
    return truth


def _anew(archive: Archive, manifest: Manifest, settings: Settings) -> Understanding:
    """Understand the archived words of a dossier as if nobody had said anything of it."""
    texts = {(text.section, text.page): text for text in archive.page_texts(manifest)}
    sections: dict[Section, list[PageInput]] = {}
    for page in manifest.pages:
        text = page_text(texts[page.section, page.number], page.engine)
        one = PageInput(text, page.width, page.height, page.dpi, identity_cards(page))
        sections.setdefault(Section(page.section), []).append(one)
    return understand(manifest.dossier_id, sections, None, known=rules(settings.understanding.catalogue_folder))


def _judge(manifest: Manifest, known: _Truth, said: Understanding, found: _Found) -> None:
    for (section, page), type_ in known.types.items():
        document = _at(said.documents, section, page)
        if document is not None:
            where = f"{manifest.dossier_id} {section}:{page}"
            found.types.append(Item(where, type_, document.type.id, document.type.confidence))
    if known.procedure is not None:
        guess = said.procedure
        found.procedures.append(Item(manifest.dossier_id, known.procedure, guess.id, guess.confidence))
    begins = {(d.section.value, d.first_page) for d in said.documents}
    for section in Section:
        pages = [page for where, page in known.beginnings if where == section.value and page > 1]
        found.begin.append({page for page in pages if known.beginnings[section.value, page]})
        found.told.append({page for page in pages if (section.value, page) in begins})


def _at(documents: tuple[Document, ...], section: str, page: int) -> Document | None:
    """Return the document that the machine sees on a page."""
    there = (d for d in documents if d.section.value == section and d.first_page <= page <= d.last_page)
    return next(there, None)


def _print(types: Scores, procedures: Scores, parted: Cuts) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("", "số mục\nitems", "trả lời\nanswered", "đúng\nright", "lạ\nstrange", "từ chối\nrefused", "ECE"):
        table.add_column(name, justify="left" if not name else "right")
    for name, one in (("Loại giấy tờ / type", types), ("Thủ tục / procedure", procedures)):
        shares = (one.coverage, one.accuracy), (one.refused, one.ece)
        first, second = ([_percent(share) for share in pair] for pair in shares)
        table.add_row(name, str(one.known), *first, str(one.strange), *second)
    console.print(table)
    told = both(
        f"Ranh giới giấy tờ: thấy {parted.found} trong {parted.begin}, cắt nhầm {parted.false}",
        f"beginnings of documents: {parted.found} of {parted.begin} found, {parted.false} false",
    )
    console.print(Text(f"\n{told}"))
    for name, one in (("Loại giấy tờ / type", types), ("Thủ tục / procedure", procedures)):
        _print_bins(name, one)
        for truth, given, count in one.confusions[:_MOST_CONFUSIONS]:
            console.print(Text(f"  {count} × {truth} → {given}", style="yellow"))


def _print_bins(name: str, scores: Scores) -> None:
    if not scores.bins:
        return
    console.print(Text(f"\n{name}: độ tin và tỷ lệ đúng / confidence and share of right", style="bold"))
    for one in scores.bins:
        bar = "█" * round(20 * one.accuracy)
        span = f"  {one.low:.0%}–{one.high:.0%}"
        console.print(Text(f"{span:<12}{one.confidence:>6.1%} {one.accuracy:>6.1%} {bar:<20} {one.count}"))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
