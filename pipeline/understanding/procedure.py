"""The dossier's procedure: from the cover sheet where it is printed there, else from what the papers say.

Four kinds of evidence speak for a procedure, and are combined as independent: its code printed on a page, its name on
the receipt slip, the application form's title, and how well the papers found match its components and results.  It
is given only when it is likely and clearly ahead of the second: many procedures share one form.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.catalogue.entries import Catalogue, Procedure
from pipeline.model import UNKNOWN, Alternative, Document, Evidence, FieldValue, TypeGuess
from pipeline.understanding.lines import PageLines
from pipeline.understanding.marks import procedure_codes
from sohoa.ids import Section
from sohoa.text import fold

THRESHOLD = 0.6
LEAD = 1.4
"""How many times likelier to be wrong the second must be."""
UNKNOWN_NAME = "Chưa xác định / Unknown"

_CODE_ON_SLIP, _CODE_ELSEWHERE = 0.95, 0.5
_SLIP_NAME, _REQUEST, _FORM_TITLE, _PAPERS, _SUBJECT = 0.92, 0.7, 0.5, 0.8, 0.3
_ALIKE = 0.8
_PREFIX_FROM, _PREFIX_COST = 40, 0.97
"""A slip often prints only the beginning of a long name; from this many letters a beginning counts."""
_MISSING_PAPER = 0.12
"""Papers that a procedure may ask for are often not handed in: they are in a database, or do not apply."""
_SUPPORTING_PAPER, _FOR_OTHERS = 0.5, 0.7
"""Weight of a lone paper that is no application; of a procedure for organisations when a person applies."""
_FOR_ORGANISATIONS, _FOR_PERSONS = "doi voi to chuc", "ca nhan"
_EVIDENCE = 5
_ALTERNATIVES, _WORTH_TELLING = 3, 0.2
_REQUESTS, _SUBJECT_FROM = ("ct01", "don_dk_bien_dong"), 15
"""Applications whose field ``noi_dung`` says what is asked for, and the letters from which a part of a name counts."""
_PERSONAL_IDS = ("so_dinh_danh", "giay_to")
_FORM_WORDS = re.compile(r"^(?:to khai de nghi|to khai|don de nghi|giay de nghi|don yeu cau|don xin|don)\s+")
_SLIP_GROUP = "mot_cua"
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass
class _Case:
    """What speaks for one procedure."""

    against: float = 1.0
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, evidence: Evidence) -> None:
        self.against *= 1 - evidence.weight
        self.evidence.append(evidence)


def from_content(
    catalogue: Catalogue, documents: Sequence[Document], pages: Iterable[tuple[Document, PageLines]]
) -> TypeGuess:
    """Return the procedure that the dossier's papers speak for; ``unknown`` without a clear lead.

    ``pages`` gives each page together with the document it belongs to.
    """
    cases: dict[str, _Case] = defaultdict(_Case)
    _by_codes(catalogue, pages, cases)
    for document in documents:
        for read in document.fields:
            if read.name == "thu_tuc":
                _by_name(catalogue.procedures, read, _SLIP_NAME, cases)
            elif read.name == "noi_dung" and document.type.id in _REQUESTS:
                _by_request(catalogue.procedures, document, read, cases)
    _by_form_titles(catalogue, documents, cases)
    _by_papers(catalogue, documents, cases)
    _by_applicant(catalogue, documents, cases)
    return _decided(catalogue, cases)


def _decided(catalogue: Catalogue, cases: dict[str, _Case]) -> TypeGuess:
    ranked = sorted(cases.items(), key=lambda item: (item[1].against, item[0]))
    if not ranked:
        return TypeGuess(UNKNOWN, UNKNOWN_NAME, 0.0)
    code, case = ranked[0]
    confidence = 1 - case.against
    second = ranked[1][1].against if len(ranked) > 1 else 1.0
    evidence = tuple(sorted(case.evidence, key=lambda e: -e.weight)[:_EVIDENCE])
    best = catalogue.procedure(code)
    if best is None or confidence < THRESHOLD or second < LEAD * case.against:
        others = _alternatives(catalogue, ranked)
        return TypeGuess(UNKNOWN, UNKNOWN_NAME, round(min(confidence, THRESHOLD), 3), evidence, others)
    return TypeGuess(code, best.name, round(confidence, 3), evidence, _alternatives(catalogue, ranked[1:]))


def _alternatives(catalogue: Catalogue, ranked: Sequence[tuple[str, _Case]]) -> tuple[Alternative, ...]:
    known = ((catalogue.procedure(code), round(1 - case.against, 3)) for code, case in ranked)
    found = [Alternative(one.code, one.name, weight) for one, weight in known if one and weight >= _WORTH_TELLING]
    return tuple(found[:_ALTERNATIVES])


def _by_codes(catalogue: Catalogue, pages: Iterable[tuple[Document, PageLines]], cases: dict[str, _Case]) -> None:
    """Weigh printed codes: on a slip a code names the dossier's procedure, elsewhere it may be one of many."""
    seen: set[tuple[str, bool]] = set()
    for document, lines in pages:
        doctype = catalogue.doctype(document.type.id)
        on_slip = doctype is not None and doctype.group == _SLIP_GROUP
        known = [c for c in procedure_codes(lines) if catalogue.procedure(c.code)]
        weight = (_CODE_ON_SLIP if on_slip else _CODE_ELSEWHERE) / max(1, len(known)) ** 2
        for code in known:
            if (code.code, on_slip) not in seen:
                seen.add((code.code, on_slip))
                cases[code.code].add(Evidence(code.code, code.said, lines.view.number, code.box, round(weight, 3)))


def _by_name(procedures: Sequence[Procedure], read: FieldValue, weight: float, cases: dict[str, _Case]) -> None:
    said = letters(read.value)
    said = said.removeprefix("thu tuc ")
    for procedure in procedures:
        alike = likeness(said, letters(procedure.name))
        if alike >= _ALIKE:
            strength = weight * alike**2
            cases[procedure.code].add(Evidence(procedure.name, read.value, read.page, read.box, round(strength, 3)))


def _by_request(procedures: Sequence[Procedure], document: Document, read: FieldValue, cases: dict[str, _Case]) -> None:
    """Weigh what an application asks for: it may go on behind the procedure's name, or be a part of it."""
    said = letters(read.value)
    for procedure in procedures:
        name = letters(procedure.name)
        alike = fuzz.ratio(said[: len(name)], name) / 100
        strength = _REQUEST * alike
        if alike < 0.9 and document.type.id in procedure.components and len(said) >= _SUBJECT_FROM:
            alike = fuzz.partial_ratio(said, name) / 100
            strength = _SUBJECT * alike
        if alike >= 0.9:
            cases[procedure.code].add(Evidence(procedure.name, read.value, read.page, read.box, round(strength, 3)))


def _by_applicant(catalogue: Catalogue, documents: Sequence[Document], cases: dict[str, _Case]) -> None:
    """Take from procedures for organisations when the application names a person by a personal ID."""
    personal = any(f.name in _PERSONAL_IDS for d in documents if d.section is Section.RECORDS for f in d.fields)
    for code, case in cases.items() if personal else ():
        procedure = catalogue.procedure(code)
        name = letters(procedure.name) if procedure else ""
        if _FOR_ORGANISATIONS in name and _FOR_PERSONS not in name:
            case.against = 1 - _FOR_OTHERS * (1 - case.against)


def _by_form_titles(catalogue: Catalogue, documents: Sequence[Document], cases: dict[str, _Case]) -> None:
    for document in documents:
        if document.section is not Section.RECORDS or not document.type.evidence:
            continue
        title = document.type.evidence[0]
        said = letters(title.found)
        wish = _FORM_WORDS.sub("", said)
        if wish == said:
            continue
        for procedure in catalogue.procedures:
            alike = likeness(wish, letters(procedure.name))
            if document.type.id in procedure.components and alike >= _ALIKE:
                strength = round(_FORM_TITLE * alike**2, 3)
                cases[procedure.code].add(Evidence(procedure.name, title.found, title.page, title.box, strength))


def _by_papers(catalogue: Catalogue, documents: Sequence[Document], cases: dict[str, _Case]) -> None:
    """Weigh how the papers found match each procedure's components and results; rare papers weigh more."""
    rarity = _rarity(catalogue)
    handed_in = {d.type.id for d in documents if d.section is Section.RECORDS and d.type.id in rarity}
    applications = {t.id for t in catalogue.doctypes if t.application}
    issued = {d.type.id for d in documents if d.section is Section.RESULTS and d.type.id in rarity}
    if not handed_in and not issued:
        return
    for procedure in catalogue.procedures:
        matched = (handed_in & set(procedure.components)) | (issued & set(procedure.result_types))
        strange = (handed_in - set(procedure.components)) | (issued - set(procedure.result_types))
        if not matched:
            continue
        missing = set(procedure.components) - handed_in
        have, odd, lack = (sum(rarity[t] for t in types) for types in (matched, strange, missing))
        fit = have / (have + odd + _MISSING_PAPER * lack)
        firm = min(1.0, have) if matched & applications or len(matched) > 1 else _SUPPORTING_PAPER
        strength = round(_PAPERS * fit * firm, 3)
        named = ", ".join(sorted(matched))
        first = next(d for d in documents if d.type.id in matched)
        cases[procedure.code].add(Evidence(named, first.type.name, first.first_page, None, strength))


@lru_cache(maxsize=4)
def _rarity(catalogue: Catalogue) -> dict[str, float]:
    """Map each type to how much it tells: 1 for a paper of one procedure, less for an identity card."""
    uses = Counter(t for p in catalogue.procedures for t in {*p.components, *p.result_types})
    return {type_: 1 / math.log2(1 + count) for type_, count in uses.items()}


def likeness(said: str, name: str) -> float:
    """Return how alike two names are (0–1); the beginning of a long name counts almost as the whole."""
    alike = fuzz.ratio(said, name) / 100
    if len(said) >= _PREFIX_FROM and len(name) > len(said):
        alike = max(alike, _PREFIX_COST * fuzz.ratio(said, name[: len(said)]) / 100)
    return alike


@lru_cache(maxsize=2048)
def letters(text: str) -> str:
    """Return ``text`` as plain words: no marks, no punctuation, one blank between words."""
    return _NOT_WORDS.sub(" ", fold(text)).strip()
