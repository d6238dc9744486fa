"""Where a section's pages part into documents.

Each page is weighed against the document before it: signs of a first page minus signs of a continuation.
From ``_START`` on a new document begins; a page that shows neither continues, because most pages do.  How far the
weight is from there makes the confidence: a page that could be either way is told of, never passed in silence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import UNKNOWN, Cut, Evidence, TypeGuess
from pipeline.understanding.doctype import by_phrases, decide
from pipeline.understanding.features import PageFeatures
from pipeline.understanding.rules import Rules
from pipeline.understanding.titles import STRONG

DOUBTFUL = 0.75
"""Confidence below which a person should look whether a document begins on a page."""

_START = 0.5
_STEEPNESS = 6.0
"""How fast confidence grows with the weight's distance from ``_START``."""
_SUREST = 0.99
"""What no evidence of a machine exceeds."""
# first-page evidence
_TITLE, _HEADING, _SIZE_CHANGE, _FORM_FULL = 0.9, 0.8, 0.4, 0.3
_NOT_VIETNAMESE, _FOREIGN_PAGE, _OTHER_FORM, _FIRST_OF = 0.3, 0.5, 0.5, 0.4
# continuation evidence
_PAGE_NUMBER, _LATER_OF, _INNER_PAGE, _STARTS_LOW, _STARTS_WITH_ITEM = 0.8, 1.0, 0.9, 0.3, 0.2

_SIZE_TOLERANCE = 0.15
_FORM_CONFIDENCE = 0.6
_FULL_PAGE = 30
"""Words from which an unreadable or foreign page stands for itself instead of being the back of the one before."""
_CERTIFICATES = ("gcn_qsdd_do", "gcn_qsdd_hong", "gcn_2025_qr", "trang_bo_sung_gcn")


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive pages of one document, its type, and for each page but the section's first what parts or joins it."""

    pages: tuple[PageFeatures, ...]
    type: TypeGuess
    cuts: tuple[Cut, ...] = ()

    @property
    def first_page(self) -> int:
        """1-based page of the section on which the document begins."""
        return self.pages[0].view.number

    @property
    def last_page(self) -> int:
        """1-based page of the section on which the document ends."""
        return self.pages[-1].view.number


def split(pages: Sequence[PageFeatures], rules: Rules, decided: Mapping[int, bool] | None = None) -> list[Run]:
    """Return the documents that a section's pages make; each page is in exactly one, in order.

    ``decided`` says of pages (1-based) whether a document begins there, whatever the evidence.
    """
    decided = decided or {}
    runs: list[list[PageFeatures]] = []
    cuts: list[list[Cut]] = []
    opening = TypeGuess(UNKNOWN, "", 0.0)
    for page in pages:
        cut = _cut(page, runs[-1], opening, rules, decided.get(page.view.number)) if runs else None
        if cut is None or cut.begins:
            runs.append([page])
            cuts.append([])
            opening = decide([page], rules)
        else:
            runs[-1].append(page)
        cuts[-1] += [cut] if cut is not None else []
    return [Run(tuple(run), decide(run, rules), tuple(told)) for run, told in zip(runs, cuts, strict=True)]


def _cut(page: PageFeatures, run: Sequence[PageFeatures], type_: TypeGuess, rules: Rules, told: bool | None) -> Cut:
    """Tell whether ``page`` begins a new document behind the pages of ``run``, whose type is ``type_``."""
    number = page.view.number
    if told is not None:
        return Cut(number, told, 1.0, (Evidence("person", "", number, None, 1.0 if told else -1.0),))
    if page.nearly_empty:
        return Cut(number, False, 1.0)  # the back of the sheet before, or nothing that a person could tell either
    signs = [*_first_page_signs(page, run, type_, rules), *_continuation_signs(page, type_)]
    evidence = tuple(Evidence(sign, said, number, None, round(weight, 3)) for sign, said, weight in signs if weight)
    above = sum(weight for _, _, weight in signs) - _START
    confidence = min(_SUREST, 1 / (1 + math.exp(-_STEEPNESS * abs(above))))
    return Cut(number, above >= 0, round(confidence, 3), evidence)


_Signs = Iterator[tuple[str, str, float]]
"""Signs with the words that show them and how much they weigh."""


def _first_page_signs(page: PageFeatures, run: Sequence[PageFeatures], type_: TypeGuess, rules: Rules) -> _Signs:
    doctype = rules.catalogue.doctype(type_.id)
    title = page.titles[0] if page.titles and page.titles[0].score >= STRONG else None
    if title is not None:
        yield "title", title.evidence.found, _TITLE * title.score
    if page.heading is not None:
        yield "heading", page.heading.found, _HEADING * page.heading.weight
    if page.page_of is not None and page.page_of[0] == 1:
        yield "first-of", _of(page.page_of), _FIRST_OF
    if _other_size(page, run[-1]):
        yield "other-size", "", _SIZE_CHANGE
    if doctype is not None and doctype.max_pages is not None and len(run) >= doctype.max_pages:
        yield "form-full", doctype.name_vi, _FORM_FULL
    if page.vietnamese != run[-1].vietnamese and not run[-1].nearly_empty:
        foreign = page.letters >= _FULL_PAGE and not page.vietnamese
        yield "other-language", "", _FOREIGN_PAGE if foreign else _NOT_VIETNAMESE
    if title is None:
        form = by_phrases(page, rules)
        near = (type_.id, *(doctype.confusable_with if doctype else ()))
        if form.confidence >= _FORM_CONFIDENCE and form.id not in near:
            yield "other-form", form.name, _OTHER_FORM


def _continuation_signs(page: PageFeatures, type_: TypeGuess) -> _Signs:
    if page.page_number is not None and page.page_number > 1:
        yield "page-number", str(page.page_number), -_PAGE_NUMBER
    if page.page_of is not None and page.page_of[0] > 1:
        yield "later-of", _of(page.page_of), -_LATER_OF
    if page.certificate_inner and type_.id in _CERTIFICATES:
        yield "inner-page", "", -_INNER_PAGE
    if page.starts_low:
        yield "starts-low", "", -_STARTS_LOW
    if page.starts_with_item:
        yield "starts-with-item", "", -_STARTS_WITH_ITEM


def _of(page_of: tuple[int, int]) -> str:
    return f"{page_of[0]}/{page_of[1]}"


def _other_size(page: PageFeatures, before: PageFeatures) -> bool:
    """Tell whether the sheet differs in size from the one before; a quarter turn is no difference."""
    one, other = sorted(page.view.page.inches), sorted(before.view.page.inches)
    return any(abs(a - b) > _SIZE_TOLERANCE * max(a, b) for a, b in zip(one, other, strict=True))
