"""The room's one door: the pages of a dossier in, its documents, procedure and findings out.

look at each page -> split each section into documents -> their types -> their fields -> the dossier's procedure
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.findings import finding
from pipeline.model import UNKNOWN, Component, Document, Evidence, FieldValue, Finding, Guidance, TypeGuess
from pipeline.understanding import cards, completeness, people
from pipeline.understanding import procedure as procedures
from pipeline.understanding.crosscheck import crosscheck
from pipeline.understanding.features import look
from pipeline.understanding.fields import document_date, read_fields
from pipeline.understanding.identity import doubts as doubts_of_id
from pipeline.understanding.lines import PageLines
from pipeline.understanding.marks import dossier_ids, secrecy_mark
from pipeline.understanding.pages import PageInput, PageView
from pipeline.understanding.rules import Rules, rules
from pipeline.understanding.splitting import DOUBTFUL, Run, split
from sohoa import ids
from sohoa.ids import Section

__all__ = ["PageInput", "Understanding", "understand"]

UNDERSTANDING_CODES = frozenset(
    {
        "card-differs",
        "component-foreign",
        "component-missing",
        "cut-doubtful",
        "date-in-future",
        "date-order",
        "document-type-unknown",
        "field-invalid",
        "foreign-dossier-id",
        "id-nearly-same",
        "join-doubtful",
        "map-dpi-low",
        "people-differ",
        "procedure-mismatch",
        "procedure-not-in-catalogue",
        "procedure-unknown",
        "received-in-future",
        "secret-mark",
        "unit-ended",
        "unit-unknown",
    }
)
"""The findings that ``understand`` makes, each time from the whole dossier."""
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.(?:[GH]\d{2}|000\.00\.00\.[GH]\d{2}))?")
_DRAWING_DPI = 295.0
"""The archive rule asks for 300 dpi on maps and drawings; scanners' clocks and paper feeds are not exact."""
_BY_CODE = 0.97
_SURE = 0.9
"""Confidence from which a procedure read from the papers is held against them."""
_REGISTER = "so_theo_doi"
"""A register page lists many dossiers' IDs by its nature."""


Origin = Literal["cover", "content", "person"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a dossier holds: its documents in section order, its procedure and where that came from, and doubts."""

    documents: tuple[Document, ...]
    procedure: TypeGuess
    origin: Origin
    findings: tuple[Finding, ...]
    components: tuple[Component, ...] = ()
    """What the procedure asks for and gives, against the documents; empty while the procedure is unknown."""


@dataclass(frozen=True, slots=True)
class _Section:
    documents: list[Document]
    pages: list[tuple[Document, PageLines]]
    findings: list[Finding]


def understand(
    dossier_id: str | None,
    sections: Mapping[Section, Sequence[PageInput]],
    cover_procedure: str | None,
    guidance: Guidance | None = None,
    today: dt.date | None = None,
    known: Rules | None = None,
) -> Understanding:
    """Return what the dossier's pages say.

    ``dossier_id`` is None (or a holding number) where the dossier is not known yet.  ``sections`` holds the content
    pages of each section in order; page 1 of the answer is the first of them.  ``cover_procedure`` is the code
    printed on the cover sheet, if any.  What people decided (``guidance``) goes before all evidence.  The dossier ID is
    held against ``today``, the day of the delivery, where that is given; ``known`` are an installation's own rules.
    """
    known, guidance = known or rules(), guidance or Guidance()
    own = ids.try_parse(dossier_id) if dossier_id else None
    read = [_section(section, sections[section], own, known, guidance) for section in Section if section in sections]
    documents = [document for part in read for document in part.documents]
    pages = [page for part in read for page in part.pages]
    findings = list(doubts_of_id(own, today, known.catalogue.units)) if own and today else []
    findings += [found for part in read for found in part.findings]
    content = procedures.from_content(known.catalogue, documents, pages)
    guess, origin, doubts = _procedure(cover_procedure, content, known)
    chosen = known.catalogue.procedure(guidance.procedure) if guidance.procedure else None
    if chosen is not None:
        guess, origin, doubts = TypeGuess(chosen.code, chosen.name, 1.0), "person", []
    if not pages:
        doubts = []  # blank sheets alone say nothing, and nobody can choose a procedure from them
    findings += people.doubts(documents, pages, known.catalogue)
    checked = crosscheck(documents, known.catalogue, today)
    findings += checked.findings
    named = known.catalogue.procedure(guess.id)
    parts: tuple[Component, ...] = ()
    if named is not None and pages:
        copies = completeness.certified_copies(documents, pages, known.matcher)
        parts = completeness.components(named, documents, copies, known.catalogue)
        if origin != "content" or guess.confidence >= _SURE:  # what rests on the papers says little of them
            doubts = [*doubts, *completeness.doubts(parts, documents, known.catalogue)]
    return Understanding(checked.documents, guess, origin, (*findings, *doubts), parts)


def _section(
    section: Section, pages: Sequence[PageInput], own: ids.DossierId | None, known: Rules, guidance: Guidance
) -> _Section:
    part = _Section([], [], [])
    features = [look(PageView(page, number), known) for number, page in enumerate(pages, 1)]
    starts = {page: begins for (where, page), begins in guidance.starts.items() if where is section}
    for run in split(features, known, starts):
        lines = [PageLines(page.view) for page in run.pages]
        chosen = known.catalogue.doctype(guidance.types.get((section, run.first_page), UNKNOWN))
        guess = TypeGuess(chosen.id, chosen.name_vi, 1.0) if chosen is not None else _by_card(run, known)
        doctype = known.catalogue.doctype(guess.id)
        fields = read_fields(doctype, lines, section, known.matcher) if doctype else None
        values = fields.fields if fields else ()
        if guess.id == cards.ID_CARD:
            values, differing = _with_card(values, run, section)
            part.findings.extend(differing)
        span = (run.first_page, run.last_page)
        cut = next((one for one in run.cuts if one.begins), None)
        document = Document(section, guess, *span, values, document_date(values), chosen is not None, cut)
        part.findings.extend(_doubtful_cuts(section, run))
        if doctype is None:
            part.findings.append(finding("document-type-unknown", section=section, page=run.first_page))
        part.findings.extend(fields.findings if fields else ())
        for page in lines:
            part.findings.extend(_page_marks(section, page, own, guess.id))
            if doctype is not None and doctype.drawing:
                part.findings.extend(_coarse_drawing(section, page.view))
        part.documents.append(document)
        part.pages.extend((document, page) for page in lines)
    part.findings.sort(key=lambda f: f.page or 0)
    return part


def _by_card(run: Run, known: Rules) -> TypeGuess:
    """Return the type of a run; one that nothing else tells of, with an ID card's code on it, is an ID card."""
    card = known.catalogue.doctype(cards.ID_CARD)
    with_code = next((page.view.number for page in run.pages if page.view.page.cards), None)
    if run.type.id != UNKNOWN or with_code is None or card is None:
        return run.type
    evidence = Evidence("QR", card.name_vi, with_code, None, _BY_CODE)
    return TypeGuess(card.id, card.name_vi, _BY_CODE, (evidence,), run.type.alternatives)


def _with_card(
    values: tuple[FieldValue, ...], run: Run, section: Section
) -> tuple[tuple[FieldValue, ...], tuple[Finding, ...]]:
    """Return the fields of an ID card, held against the code on it."""
    found = [(card, page.view.number) for page in run.pages for card in page.view.page.cards]
    card = cards.card_of((card for card, _ in found), values)
    if card is None:
        return values, ()
    return cards.settle(values, card, section, next(page for one, page in found if one == card))


def _doubtful_cuts(section: Section, run: Run) -> Iterator[Finding]:
    """Yield a finding for each page of which it is not sure whether a document begins there."""
    for cut in run.cuts:
        if cut.confidence < DOUBTFUL:
            share = f"{cut.confidence:.0%}"
            code = "cut-doubtful" if cut.begins else "join-doubtful"
            yield finding(code, section=section, page=cut.page, confidence=share)


def _page_marks(section: Section, lines: PageLines, own: ids.DossierId | None, type_: str) -> list[Finding]:
    """Return the findings of a page that is marked secret or carries another dossier's ID."""
    page = lines.view.number
    found = []
    mark = secrecy_mark(lines.view)
    if mark is not None:
        found.append(finding("secret-mark", section=section, page=page, mark=mark))
    if own is not None and type_ != _REGISTER:
        for printed in dossier_ids(lines):
            if printed.text != own.text:
                found.append(finding("foreign-dossier-id", section=section, page=page, printed=printed.text))
    return found


def _coarse_drawing(section: Section, view: PageView) -> list[Finding]:
    """Return the finding of a map or drawing that was scanned too coarsely, though finely enough for print."""
    dpi = min(view.page.dpi)
    return [finding("map-dpi-low", section=section, page=view.number, dpi=round(dpi))] if dpi < _DRAWING_DPI else []


def _procedure(cover: str | None, content: TypeGuess, known: Rules) -> tuple[TypeGuess, Origin, list[Finding]]:
    """Let the cover sheet decide, and say so where the papers or the catalogue disagree."""
    code = cover.strip() if cover else ""
    if not code:
        return content, "content", [finding("procedure-unknown")] if content.id == UNKNOWN else []
    named = known.catalogue.procedure(code)
    if named is None and not _PROCEDURE_CODE.fullmatch(code):
        doubts = [finding("procedure-not-in-catalogue", code=code)]
        return content, "content", doubts + ([finding("procedure-unknown")] if content.id == UNKNOWN else [])
    evidence = (Evidence("cover", code, 0, None, 1.0),)
    if named is None:
        return TypeGuess(code, code, 1.0, evidence), "cover", [finding("procedure-not-in-catalogue", code=code)]
    doubts = []
    if content.id not in (UNKNOWN, named.code):
        doubts.append(finding("procedure-mismatch", found=f"{content.id} {content.name}"))
    return TypeGuess(named.code, named.name, 1.0, evidence), "cover", doubts
