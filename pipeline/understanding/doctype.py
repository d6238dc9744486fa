"""The type of a document, from its first page's title and the phrases of all its pages.

1. A specific title decides; phrases of the same form raise the confidence, a rival's phrases that outweigh its own
   lower it (a title's first line may be lost).
2. A general title (“QUYẾT ĐỊNH”) yields to a specific type whose phrases speak clearly.
3. Without a title the phrases may decide, with a clear margin, never with full confidence.
4. Below ``THRESHOLD`` the type is ``unknown``: the nearest guess is never given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.catalogue.entries import DocType
from pipeline.model import UNKNOWN, Alternative, Evidence, TypeGuess
from pipeline.understanding.features import PageFeatures
from pipeline.understanding.rules import Rules
from pipeline.understanding.titles import TitleFound

THRESHOLD = 0.55
"""Confidence from which a type is given."""

UNKNOWN_NAME = "Chưa rõ loại / Unknown"

_TITLE_SHARE, _SUPPORT_SHARE = 0.9, 0.6
_PHRASE_POINTS = 0.5
_WEAK_TITLE, _WEAK_TITLE_LABELS = 0.5, 2
_RIVAL_LEAD, _RIVAL_DOUBT = 0.4, 0.55
_CLEAR, _CLEAR_SHARE = 0.75, 0.85
_KEYWORD_SHARE, _KEYWORD_PHRASES, _KEYWORD_MARGIN = 0.8, 3, 0.2
_EVIDENCE = 4
_ALTERNATIVES, _WORTH_TELLING = 3, 0.2


@dataclass(frozen=True, slots=True)
class _Backing:
    """How much the phrases found speak for a type (0–1), how many stand like a form's labels, and which they are."""

    weight: float
    anchored: int
    evidence: tuple[Evidence, ...]


_NOTHING = _Backing(0.0, 0, ())


def decide(pages: Sequence[PageFeatures], rules: Rules) -> TypeGuess:
    """Return the type of the document that ``pages`` (at least one) make."""
    backing = _backing(pages, rules)
    heading = (pages[0].heading,) if pages[0].heading else ()
    best = TypeGuess(UNKNOWN, UNKNOWN_NAME, 0.0)
    guesses = [_by_title(title, backing, rules) for title in pages[0].titles]
    for guess in guesses:
        if guess.confidence > best.confidence:
            best = guess
    if best.confidence < THRESHOLD and not any(t.score >= THRESHOLD for t in pages[0].titles):
        phrases = by_phrases(pages[0], rules)  # long texts collect phrases of every form
        best = phrases if phrases.confidence > best.confidence else best
    evidence = (*best.evidence, *heading)
    confidence = round(best.confidence, 3)
    if best.confidence < THRESHOLD:
        return TypeGuess(UNKNOWN, UNKNOWN_NAME, confidence, evidence, _alternatives(UNKNOWN, guesses, backing, rules))
    return TypeGuess(best.id, best.name, confidence, evidence, _alternatives(best.id, guesses, backing, rules))


def _alternatives(
    given: str, guesses: Sequence[TypeGuess], backing: Mapping[str, _Backing], rules: Rules
) -> tuple[Alternative, ...]:
    """Return what else titles and phrases speak for."""
    weights = {id_: _KEYWORD_SHARE * own.weight for id_, own in backing.items() if own.weight >= _WORTH_TELLING}
    for guess in guesses:
        weights[guess.id] = max(guess.confidence, weights.get(guess.id, 0.0))
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    types = ((rules.catalogue.doctype(id_), weight) for id_, weight in ranked if id_ != given)
    found = [Alternative(doctype.id, doctype.name_vi, round(weight, 3)) for doctype, weight in types if doctype]
    return tuple(found[:_ALTERNATIVES])


def _by_title(title: TitleFound, backing: Mapping[str, _Backing], rules: Rules) -> TypeGuess:
    doctype = title.doctype
    own = backing.get(doctype.id, _NOTHING)
    rival, against = _strongest_rival(doctype, backing, rules)
    if rival is not None and doctype.is_general and not rival.is_general and against.weight >= _CLEAR:
        evidence = (*against.evidence, title.evidence)
        return TypeGuess(rival.id, rival.name_vi, _CLEAR_SHARE * against.weight, evidence)
    confidence = 1 - (1 - _TITLE_SHARE * title.score) * (1 - _SUPPORT_SHARE * own.weight)
    if title.score <= _WEAK_TITLE and own.anchored < _WEAK_TITLE_LABELS:
        confidence = title.score  # a sentence may begin with a form's name
    evidence = (title.evidence, *own.evidence)
    if rival is not None and not doctype.is_general and against.weight >= own.weight + _RIVAL_LEAD:
        confidence *= _RIVAL_DOUBT
        evidence = (*evidence, *against.evidence[:1])
    return TypeGuess(doctype.id, doctype.name_vi, confidence, evidence)


def _strongest_rival(
    doctype: DocType, backing: Mapping[str, _Backing], rules: Rules
) -> tuple[DocType | None, _Backing]:
    """Return the type, among those easily taken for ``doctype``, that the phrases speak for most."""
    rivals = [
        other
        for other in rules.catalogue.doctypes
        if other.id != doctype.id and (other.id in doctype.confusable_with or doctype.id in other.confusable_with)
    ]
    rivals.sort(key=lambda r: -backing.get(r.id, _NOTHING).weight)
    return (rivals[0], backing.get(rivals[0].id, _NOTHING)) if rivals else (None, _NOTHING)


def _by_phrases(backing: Mapping[str, _Backing], rules: Rules) -> TypeGuess:
    """Return the type that the phrases alone speak for, with no confidence when two do or too few phrases do."""
    ranked = sorted(backing.items(), key=lambda item: (-item[1].weight, item[0]))
    if not ranked:
        return TypeGuess(UNKNOWN, UNKNOWN_NAME, 0.0)
    id_, own = ranked[0]
    second = ranked[1][1].weight if len(ranked) > 1 else 0.0
    doctype = rules.catalogue.doctype(id_)
    clear = own.anchored >= _KEYWORD_PHRASES and own.weight - second >= _KEYWORD_MARGIN
    if doctype is None or doctype.is_general or not clear:
        return TypeGuess(UNKNOWN, UNKNOWN_NAME, 0.0, own.evidence)
    return TypeGuess(id_, doctype.name_vi, _KEYWORD_SHARE * own.weight, own.evidence)


def by_phrases(page: PageFeatures, rules: Rules) -> TypeGuess:
    """Return the type that one page's phrases speak for; confidence 0 when they do not."""
    return _by_phrases(_backing([page], rules), rules)


def _backing(pages: Sequence[PageFeatures], rules: Rules) -> dict[str, _Backing]:
    """Gather, for each type, the phrases found on any of the pages; each phrase counts once."""
    missing: dict[str, float] = {}
    evidence: dict[str, list[Evidence]] = {}
    anchored: Counter[str] = Counter()
    for support in rules.support:
        text, id_ = support.phrase.text, support.doctype.id
        places = [(page.support[text], page.view.number) for page in pages if text in page.support]
        if not places:
            continue
        found, number = max(places, key=lambda place: (place[0].strength, -place[1]))
        weight = support.weight * found.strength
        missing[id_] = missing.get(id_, 1.0) * (1 - _PHRASE_POINTS * weight)
        anchored[id_] += found.anchored
        evidence.setdefault(id_, []).append(Evidence(text, found.said, number, found.box, round(weight, 3)))
    return {
        id_: _Backing(1 - left, anchored[id_], tuple(sorted(evidence[id_], key=lambda e: -e.weight)[:_EVIDENCE]))
        for id_, left in missing.items()
    }
