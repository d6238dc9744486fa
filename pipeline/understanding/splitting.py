"""Where a section's pages part into documents.

Each page is weighed against the document before it: evidence of a first page minus evidence of a continuation.
From ``_START`` on a new document begins; a page that shows neither continues, because most pages do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.model import UNKNOWN, TypeGuess
from pipeline.understanding.doctype import by_phrases, decide
from pipeline.understanding.features import PageFeatures
from pipeline.understanding.rules import Rules
from pipeline.understanding.titles import STRONG

_START = 0.5
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
    """Consecutive pages of one document, and its type."""

    pages: tuple[PageFeatures, ...]
    type: TypeGuess

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
    opening = TypeGuess(UNKNOWN, "", 0.0)
    for page in pages:
        told = decided.get(page.view.number)
        if not runs or (told if told is not None else _starts(page, runs[-1], opening, rules)):
            runs.append([page])
            opening = decide([page], rules)
        else:
            runs[-1].append(page)
    return [Run(tuple(run), decide(run, rules)) for run in runs]


def _starts(page: PageFeatures, run: Sequence[PageFeatures], type_: TypeGuess, rules: Rules) -> bool:
    """Tell whether ``page`` begins a new document behind the pages of ``run``, whose type is ``type_``."""
    if page.nearly_empty:
        return False
    for_start = _first_page_evidence(page, run, type_, rules)
    return for_start - _continuation_evidence(page, type_) >= _START


def _first_page_evidence(page: PageFeatures, run: Sequence[PageFeatures], type_: TypeGuess, rules: Rules) -> float:
    doctype = rules.catalogue.doctype(type_.id)
    title = page.titles[0].score if page.titles and page.titles[0].score >= STRONG else 0.0
    weight = _TITLE * title
    if page.heading is not None:
        weight += _HEADING * page.heading.weight
    if page.page_of is not None and page.page_of[0] == 1:
        weight += _FIRST_OF
    if _other_size(page, run[-1]):
        weight += _SIZE_CHANGE
    if doctype is not None and doctype.max_pages is not None and len(run) >= doctype.max_pages:
        weight += _FORM_FULL
    if page.vietnamese != run[-1].vietnamese and not run[-1].nearly_empty:
        weight += _FOREIGN_PAGE if page.letters >= _FULL_PAGE and not page.vietnamese else _NOT_VIETNAMESE
    if not title:
        form = by_phrases(page, rules)
        near = (type_.id, *(doctype.confusable_with if doctype else ()))
        if form.confidence >= _FORM_CONFIDENCE and form.id not in near:
            weight += _OTHER_FORM
    return weight


def _continuation_evidence(page: PageFeatures, type_: TypeGuess) -> float:
    weight = 0.0
    if page.page_number is not None and page.page_number > 1:
        weight += _PAGE_NUMBER
    if page.page_of is not None and page.page_of[0] > 1:
        weight += _LATER_OF
    if page.certificate_inner and type_.id in _CERTIFICATES:
        weight += _INNER_PAGE
    if page.starts_low:
        weight += _STARTS_LOW
    if page.starts_with_item:
        weight += _STARTS_WITH_ITEM
    return weight


def _other_size(page: PageFeatures, before: PageFeatures) -> bool:
    """Tell whether the sheet differs in size from the one before; a quarter turn is no difference."""
    one, other = sorted(page.view.page.inches), sorted(before.view.page.inches)
    return any(abs(a - b) > _SIZE_TOLERANCE * max(a, b) for a, b in zip(one, other, strict=True))
