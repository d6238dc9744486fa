"""What one page shows of being a first page or a continuation, gathered once per page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model import Box, Evidence
from pipeline.understanding.matching import Index, page_syllables
from pipeline.understanding.pages import CAPITALS, PageView, Piece, capitals
from pipeline.understanding.rules import CERTIFICATE_INNER, MOTTO, NATIONAL_HEADING, Rules
from pipeline.understanding.titles import TitleFound, find_titles
from sohoa.text import fold, has_marks

_HEADING_ZONE, _NUMBER_ZONE, _FORM_NUMBER_ZONE = 0.45, 0.12, 0.3
_IN_A_SENTENCE = 0.4
"""How much a form's label weighs when it stands inside a sentence: other papers mention it there."""
_PAGE_NUMBER = re.compile(r"\W{0,2}(\d{1,3})\W{0,2}")
_PAGE_OF = re.compile(r"\btrang\s*:?\s*(\d{1,3})\s*/\s*(\d{1,3})\b")
_LIST_ITEM = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-–+•*]|dieu \d+\b|[ivx]{1,4}\.)\s*\S")
_VIETNAMESE, _MARKED = 0.5, 0.25
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class PhraseFound:
    """A supporting phrase on a page: the page's words, where, how firmly (0–1); ``anchored`` at a line's start."""

    said: str
    box: Box
    strength: float
    anchored: bool


@dataclass(frozen=True)
class PageFeatures:
    """One page's evidence.

    ``page_number`` is printed at the top centre, ``page_of`` is “Trang n/m”.  ``letters`` counts words of two
    letters and more; ``vietnamese`` tells whether they read as Vietnamese at all.  ``support`` maps a phrase's
    words to where it was found.
    """

    view: PageView
    titles: tuple[TitleFound, ...]
    heading: Evidence | None
    page_number: int | None
    page_of: tuple[int, int] | None
    starts_low: bool
    starts_with_item: bool
    certificate_inner: bool
    letters: int
    vietnamese: bool
    support: Mapping[str, PhraseFound]

    @property
    def nearly_empty(self) -> bool:
        """Tell whether too few words were read to say anything of the page."""
        return self.letters < _FEW_WORDS


def look(view: PageView, rules: Rules) -> PageFeatures:
    """Return what the page shows."""
    index = Index(page_syllables(view.words))
    texts = [word.text for word in view.words if sum(c.isalpha() for c in word.text) >= 2]
    first = _first_line(view)
    return PageFeatures(
        view=view,
        titles=find_titles(view, rules),
        heading=_heading(view, rules),
        page_number=_page_number(view),
        page_of=_page_of(view),
        starts_low=first is not None and first.text.lstrip("([“\"'")[:1].islower(),
        starts_with_item=first is not None and _LIST_ITEM.match(fold(first.text)) is not None,
        certificate_inner=any(rules.matcher.find(phrase, index) for phrase in CERTIFICATE_INNER),
        letters=len(texts),
        vietnamese=_is_vietnamese(texts, rules.matcher.vocabulary),
        support=_support(view, index, rules),
    )


def _support(view: PageView, index: Index, rules: Rules) -> dict[str, PhraseFound]:
    openings = _openings(view, index)
    found: dict[str, PhraseFound] = {}
    for text, phrase in {s.phrase.text: s.phrase for s in rules.support}.items():
        match = rules.matcher.find(phrase, index, openings)
        if match is None:
            continue
        said = view.said(match.first, match.last)
        box = view.box(match.first, match.last)
        form_number = phrase.syllables[0].exact == "mẫu"
        if form_number and box.top > _FORM_NUMBER_ZONE * view.page.height:
            continue  # body text speaks of other forms
        anchored = form_number or match.end - match.length in openings
        strength = match.score * (1.0 if anchored else _IN_A_SENTENCE)
        if text.isupper() and capitals(said) < CAPITALS:
            strength *= _IN_A_SENTENCE
        found[text] = PhraseFound(said, box, strength, anchored)
    return found


def _openings(view: PageView, index: Index) -> set[int]:
    """Return the syllables at which a line piece begins, list numbers such as “2.” or “a)” passed over."""
    first = {piece.first: piece.last for piece in view.pieces}
    openings = set()
    for place, syllable in enumerate(index.syllables):
        if syllable.word in first and (place == 0 or index.syllables[place - 1].word != syllable.word):
            last = first[syllable.word]
            openings.add(place)
            while len(syllable.plain) <= 2 and place + 1 < len(index.syllables):
                place, syllable = place + 1, index.syllables[place + 1]
                if syllable.word > last:
                    break
                openings.add(place)
    return openings


def _heading(view: PageView, rules: Rules) -> Evidence | None:
    """Return the national heading or motto in the upper part of the page."""
    upper = {i for p in view.pieces if view.depth(p) <= _HEADING_ZONE for i in range(p.first, p.last + 1)}
    index = Index([s for s in page_syllables(view.words) if s.word in upper])
    for phrase, weight in ((NATIONAL_HEADING, 1.0), (MOTTO, 0.8)):
        match = rules.matcher.find(phrase, index)
        if match is not None:
            box = view.box(match.first, match.last)
            said = view.said(match.first, match.last)
            if phrase is NATIONAL_HEADING and capitals(said) < CAPITALS:
                continue  # a sentence that names the state
            return Evidence(phrase.text, said, view.number, box, round(weight * match.score, 3))
    return None


def _page_number(view: PageView) -> int | None:
    for piece in view.top_down[:6]:
        middle = (piece.box.left + piece.box.right) / 2
        match = _PAGE_NUMBER.fullmatch(piece.text)
        if match and view.depth(piece) <= _NUMBER_ZONE and abs(middle / view.page.width - 0.5) <= 0.18:
            return int(match[1])
    return None


def _page_of(view: PageView) -> tuple[int, int] | None:
    match = _PAGE_OF.search(fold(view.page.text.text))
    return (int(match[1]), int(match[2])) if match and 0 < int(match[1]) <= int(match[2]) else None


def _first_line(view: PageView) -> Piece | None:
    """Return the topmost piece that says something: not a page number, not a stray mark."""
    for piece in view.top_down:
        if sum(c.isalpha() for c in piece.text) >= 6:
            return piece
    return None


def _is_vietnamese(texts: list[str], vocabulary: frozenset[str]) -> bool:
    words = ["".join(c for c in text if c.isalpha()) for text in texts]
    if not words:
        return False
    known = sum(fold(word) in vocabulary for word in words) / len(words)
    marked = sum(has_marks(word) for word in words) / len(words)
    return known >= _VIETNAMESE and marked >= _MARKED
