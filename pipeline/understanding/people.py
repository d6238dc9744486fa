"""Whose papers a dossier's are: a paper that has no person in common with the others may be another family's.

1. A paper's people are the names that its fields give for sure.  Two papers belong together when a name of one stands
   anywhere in the other's text, as far as recognition can be trusted, or when both print the same personal ID.
2. The papers that belong together, directly or over others, make one party; the largest is the dossier's own.  A paper
   with people outside of it is a doubt that shows both.  One without people of its own says nothing, and may bind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.catalogue.entries import Catalogue
from pipeline.findings import finding
from pipeline.model import Document, Finding
from pipeline.understanding.lines import PageLines
from sohoa.text import fold

_SURE = 0.8
_ALIKE = 86.0
_SHORTEST = 7
"""Letters from which a name tells one person from another."""
_SHOWN = 3
_PERSONAL_ID = re.compile(r"(?<!\d)\d{12}(?!\d)")
_NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class _Paper:
    document: Document
    names: tuple[str, ...]
    folded: tuple[str, ...]
    text: str
    ids: frozenset[str]


def doubts(
    documents: Sequence[Document], pages: Iterable[tuple[Document, PageLines]], catalogue: Catalogue
) -> Iterator[Finding]:
    """Yield a finding for each paper whose people are none of the dossier's others."""
    texts: dict[int, list[str]] = {}
    for document, lines in pages:
        texts.setdefault(id(document), []).append(lines.view.page.text.text)
    papers = [_paper(one, "\n".join(texts.get(id(one), ())), _kinds(one, catalogue)) for one in documents]
    parties = [named for party in _parties(papers) if (named := [paper for paper in party if paper.names])]
    if len(parties) < 2:
        return
    own = max(parties, key=len)  # of several the first: the slip and the application lie on top
    people = _shown(name for paper in own for name in paper.names)
    for party in parties:
        for paper in party if party is not own else ():
            yield finding(
                "people-differ",
                section=paper.document.section,
                page=paper.document.first_page,
                names=_shown(paper.names),
                others=people,
            )


def _kinds(document: Document, catalogue: Catalogue) -> Mapping[str, str]:
    doctype = catalogue.doctype(document.type.id)
    return {field.name: field.kind for field in doctype.fields} if doctype else {}


def _paper(document: Document, text: str, kinds: Mapping[str, str]) -> _Paper:
    sure = [one for one in document.fields if kinds.get(one.name) == "name" and one.confidence >= _SURE]
    names = {_letters(one.value): one.value for one in sure if len(_letters(one.value)) >= _SHORTEST}
    return _Paper(document, tuple(names.values()), tuple(names), _letters(text), frozenset(_PERSONAL_ID.findall(text)))


def _parties(papers: Sequence[_Paper]) -> list[list[_Paper]]:
    """Return the papers that belong together, directly or over others, in their order."""
    parties: list[list[_Paper]] = []
    for paper in papers:
        joined = [party for party in parties if any(_belong(paper, other) for other in party)]
        merged = [one for party in joined for one in party] + [paper]
        place = parties.index(joined[0]) if joined else len(parties)
        parties = [party for party in parties if party not in joined]
        parties.insert(place, merged)
    return parties


def _belong(one: _Paper, other: _Paper) -> bool:
    if one.ids & other.ids:
        return True
    return any(
        fuzz.partial_ratio(name, there.text, score_cutoff=_ALIKE) > 0
        for here, there in ((one, other), (other, one))
        for name in here.folded
    )


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold(text))


def _shown(names: Iterable[str]) -> str:
    unlike = list(dict.fromkeys(names))
    return ", ".join(unlike[:_SHOWN]) + (", …" if len(unlike) > _SHOWN else "")
