"""Titles of forms: upper-case lines, anchored at the line's start, in the upper part of the page.

1. A block is a line piece and up to three pieces right below it: titles run over two or three lines.
2. Each catalogue title is aligned to the start of each block; among titles on one block the one that reaches
   furthest wins, so “TỜ KHAI CẤP GIẤY XÁC NHẬN …” is never taken for “GIẤY XÁC NHẬN …”.
3. The score is the match, times how far up it stands, how much of it is capitals and how long it is.  A strange
   capital line right above (a title's first line that was not read) and a tail that belongs to another type's
   longer title take from it: both mean that the real title may be another one.
4. The topmost strong title is the page's own; tables further down list other papers' titles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.catalogue.entries import DocType
from pipeline.model import Box, Evidence
from pipeline.understanding.matching import Match, Matcher, Phrase, Syllable, syllables
from pipeline.understanding.pages import CAPITALS, PageView, Piece, capitals
from pipeline.understanding.rules import MOTTO, NATIONAL_HEADING, Rules, Title
from sohoa.text import fold

STRONG = 0.6
"""Score from which a title makes its page a first page."""

_BLOCK_PIECES, _GAP_SYLLABLES, _LINE_PITCH = 4, 12, 1.9
_MIXED_CASE, _MIXED_CASE_ANYWHERE = 0.5, 0.35
_LOST_LINE_ABOVE = _OTHER_TAIL = 0.6
_BELOW_ANOTHER = 0.5
_LETTER_SCORE = 0.8
"""Score of the letter rule (“Kính gửi” with “V/v”), which has no title of its own."""
_CONNECTIVES = ("ve", "viec", "v")
_EXPLAINED = re.compile(
    r"^\W*(?:so|mau|phu luc|uy ban|ubnd|so [a-z]+|phong|chi cuc|van phong|bo|cong an|toa an|hoi dong|trung tam|"
    r"benh vien|tram|chi nhanh|tong cuc|cuc|bao hiem|ngan hang|tinh|huyen|xa|phuong|thi tran|thanh pho|ban sao|kho bac|"
    r"don vi|ban quan ly|so tu phap|truong|cong ty)\b"
)


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title on a page: its type, score 0–1, where it stands, and the evidence."""

    doctype: DocType
    score: float
    top: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Hit:
    """One title aligned to one block; ``end`` is the syllable of the block behind the match."""

    title: Title
    score: float
    first: int
    last: int
    end: int


def find_titles(view: PageView, rules: Rules) -> tuple[TitleFound, ...]:
    """Return the titles on the page, best first; one per block."""
    found = []
    given = _givable(view, rules)
    for piece in view.top_down:
        if view.depth(piece) > 0.5 and piece.capitals < CAPITALS:
            continue
        hit = _best_hit(view, piece, given, rules)
        if hit is not None:
            found.append(hit)
    return _ranked(found)


def _givable(view: PageView, rules: Rules) -> list[Title]:
    """Return the titles whose types the page may have: what a type needs stands in the page's upper half."""
    upper = fold("\n".join(piece.text for piece in view.pieces if view.depth(piece) <= 0.5))
    return [
        title
        for title in rules.titles
        if not title.doctype.needs or any(re.search(need, upper, re.MULTILINE) for need in title.doctype.needs)
    ]


def _ranked(found: Sequence[TitleFound]) -> tuple[TitleFound, ...]:
    """Let the topmost strong title stand before those below it, and a special type before a general one."""
    strong = [t for t in found if t.score >= STRONG]
    if strong:
        special = [t for t in strong if t.doctype.priority > 8] or strong
        own = min(special, key=lambda t: t.top)
        found = [t if t is own else replace(t, score=t.score * _BELOW_ANOTHER) for t in found]
    return tuple(sorted(found, key=lambda t: (-t.score, t.top)))


def _best_hit(view: PageView, piece: Piece, titles: Sequence[Title], rules: Rules) -> TitleFound | None:
    block = _block(view, piece)
    read, ends = _read(block)
    if not read:
        return None
    shapes = {s.shape for s in read[:24]}
    hits = []
    for title in titles:
        if len(title.shapes & shapes) * 2 >= len(title.shapes):
            hit = _align(title, read, ends, rules.matcher)
            if hit is not None:
                hits.append(hit)
    if not hits:
        return None
    best = max(hits, key=lambda h: (h.end, h.score, h.title.length))
    score = best.score * _weight(view, piece, best)
    if _tail_of_another(best, read, rules):
        score *= _OTHER_TAIL
    if _lost_line_above(view, piece, rules.matcher):
        score *= _LOST_LINE_ABOVE
    box = view.box(best.first, best.last) if best.first <= best.last else piece.box
    said = view.said(best.first, best.last)
    evidence = Evidence(best.title.text, said, view.number, box, round(score, 3))
    return TitleFound(best.title.doctype, score, piece.box.top, evidence)


def _block(view: PageView, piece: Piece) -> list[Piece]:
    """Return ``piece`` and the pieces that stand right below it in its column."""
    block = [piece]
    while len(block) < _BLOCK_PIECES:
        below = _neighbour(view, block[-1], piece.box, down=True)
        if below is None:
            break
        block.append(below)
    return block


def _neighbour(view: PageView, piece: Piece, column: Box, down: bool) -> Piece | None:
    """Return the nearest piece below (or above) that shares the column's centre, within a line's pitch."""
    reach = _LINE_PITCH * piece.text_height
    best: tuple[float, Piece] | None = None
    for other in view.pieces:
        if other is piece:
            continue
        gap = other.box.top - piece.box.bottom if down else piece.box.top - other.box.bottom
        beyond = other.box.top > piece.box.top if down else other.box.bottom < piece.box.bottom
        if not beyond or gap < -0.4 * piece.text_height or gap > reach:
            continue
        overlap = min(other.box.right, column.right) - max(other.box.left, column.left)
        if overlap > 0.5 * min(other.box.width, column.width) and (best is None or gap < best[0]):
            best = (gap, other)
    return best[1] if best else None


def _read(block: Sequence[Piece]) -> tuple[list[Syllable], set[int]]:
    """Return the block's syllables, and the indices behind each line's last one."""
    read: list[Syllable] = []
    ends: set[int] = set()
    for piece in block:
        for place, word in enumerate(piece.words, piece.first):
            read += syllables(word.text, place)
        ends.add(len(read))
    return read, ends


def _align(title: Title, read: Sequence[Syllable], ends: set[int], matcher: Matcher) -> _Hit | None:
    for start in _anchors(read, matcher):
        match = matcher.at(title.parts[0], read, start)
        if match is None or any(end <= start for end in ends if end):
            continue
        points, end, last = match.score * len(title.parts[0]), match.end, match.last
        for part in title.parts[1:]:
            following = _within_gap(part, read, end, matcher)
            if following is None:
                break
            points, end, last = points + following.score * len(part), following.end, following.last
        else:
            if title.whole_line and end not in ends:
                continue
            return _Hit(title, points / title.length, read[start].word, last, end)
    return None


def _anchors(read: Sequence[Syllable], matcher: Matcher) -> list[int]:
    """Return where a title may begin: the first syllable, or behind up to two stray marks."""
    anchors = [0]
    for place, syllable in enumerate(read[:2]):
        if len(syllable.plain) > 2 or syllable.plain in matcher.vocabulary or syllable.plain.isdigit():
            break
        anchors.append(place + 1)
    return anchors


def _within_gap(part: Phrase, read: Sequence[Syllable], start: int, matcher: Matcher) -> Match | None:
    for place in range(start, min(start + _GAP_SYLLABLES + 1, len(read))):
        match = matcher.at(part, read, place)
        if match is not None:
            return match
    return None


def _weight(view: PageView, piece: Piece, hit: _Hit) -> float:
    """Weigh a match by its place on the page, its capitals and its length."""
    doctype = hit.title.doctype
    if doctype.needs:
        return _LETTER_SCORE if view.depth(piece) <= 0.5 else 0.0
    depth = view.depth(piece)
    anywhere = doctype.title_zone == "anywhere"
    place = 1.0 if depth <= 0.36 else 0.9 if anywhere else 0.8 if depth <= 0.5 else 0.45
    opening = view.words[hit.first : min(hit.last, piece.last) + 1]  # a title's later lines may be in small letters
    upper = capitals(" ".join(word.text for word in opening)) >= CAPITALS
    case = 1.0 if upper else _MIXED_CASE_ANYWHERE if anywhere or hit.title.length < 3 else _MIXED_CASE
    length = {1: 0.6, 2: 0.86, 3: 0.95}.get(hit.title.length, 1.0)
    return place * case * length


def _tail_of_another(hit: _Hit, read: Sequence[Syllable], rules: Rules) -> bool:
    """Tell whether a longer title of another type goes on where this one ends, in words that are there but damaged."""
    tail = {s.plain for s in read[hit.end : hit.end + 8]}
    if not tail:
        return False
    size = hit.title.length
    for title in rules.titles:
        longer = title.parts[0]
        if (
            title.doctype.id == hit.title.doctype.id
            or len(longer) <= size
            or len(title.parts) + len(hit.title.parts) > 2
        ):
            continue
        if longer.key[:size] == hit.title.parts[0].key:
            rest = [s for s in longer.key[size:] if s not in _CONNECTIVES]
            if sum(s in tail for s in rest) * 2 >= len(rest):
                return True
    return False


def _lost_line_above(view: PageView, piece: Piece, matcher: Matcher) -> bool:
    """Tell whether a capital line that nothing explains stands right above, centred on the title."""
    above = _neighbour(view, piece, piece.box, down=False)
    if above is None or above.capitals < CAPITALS or sum(c.isalpha() for c in above.text) < 5:
        return False
    centre = abs((above.box.left + above.box.right) - (piece.box.left + piece.box.right)) / 2
    if centre > 0.1 * view.page.width or above.box.top > piece.box.top:
        return False
    if _EXPLAINED.match(fold(above.text)):
        return False
    read, _ = _read([above])
    return all(
        matcher.at(mark, read, start) is None for mark in (NATIONAL_HEADING, MOTTO) for start in range(len(read))
    )


def best_per_type(found: Sequence[TitleFound]) -> list[TitleFound]:
    """Return the best title of each type, best first."""
    ordered = sorted(found, key=lambda t: (t.doctype.id, -t.score, t.top))
    best = [next(group) for _, group in groupby(ordered, key=lambda t: t.doctype.id)]
    return sorted(best, key=lambda t: (-t.score, t.top))
