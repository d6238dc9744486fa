"""The same paper scanned twice: pages of a dossier that look alike and say the same, from different scans.

1. Looks are compared first (``imaging.fingerprint``): it costs nothing, and what looks otherwise is another page.
2. Forms of one kind look alike and have most of their words in common; what tells two families apart are the numbers
   and names between them.  So the figures must agree, and the letters more the fewer figures there are.
3. Nothing is taken away: a finding shows both, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.findings import finding
from pipeline.imaging.fingerprint import unlike
from pipeline.model import Finding
from sohoa.ids import Section
from sohoa.text import fold
from storage.manifest import PageRecord

RESCANNED = "page-rescanned"

_MOST_BITS = 20
"""Of 64: the most in which two scans of 15 papers, each in colour twice, hard and bitonal, differed."""
_ALIKE_FIGURES, _FIGURES = 97.0, 10
_ALIKE_LETTERS, _ALIKE_WITHOUT_FIGURES = 97.5, 98.5
"""The same 90 pairs agree in 97.9 % of letters and 98.2 % of figures and more.  Pages that print other people agree in
97 % and 94 % at most; backs of forms, where nobody is printed, are the same (``bench/rescans.py``)."""
_LEAST_LETTERS = 60
"""Letters from which a page says enough to be known again."""
_NOT_LETTERS, _NOT_FIGURES = re.compile(r"[^a-z]+"), re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class _Look:
    record: PageRecord
    letters: str
    figures: str


def rescans(pages: Iterable[tuple[PageRecord, str]]) -> Iterator[Finding]:
    """Yield a finding for each page that was scanned before; ``pages`` are a dossier's, each with its text."""
    seen: list[_Look] = []
    for record, text in pages:
        look = _Look(record, _NOT_LETTERS.sub("", fold(text)), _NOT_FIGURES.sub("", text))
        before = next((one for one in seen if _same(one, look)), None) if record.fingerprint else None
        if before is not None:
            first = before.record
            yield finding(
                RESCANNED,
                section=Section(record.section),
                page=record.number,
                where=Section(first.section).name_vi,
                place=first.section,
                number=first.number,
            )
        seen.append(look)


def _same(one: _Look, other: _Look) -> bool:
    first, second = one.record, other.record
    if not first.fingerprint or not second.fingerprint or _is_same_scan(first, second):
        return False
    if len(other.letters) < _LEAST_LETTERS or unlike(first.fingerprint, second.fingerprint) > _MOST_BITS:
        return False
    telling = min(len(one.figures), len(other.figures)) >= _FIGURES
    if telling and fuzz.ratio(one.figures, other.figures, score_cutoff=_ALIKE_FIGURES) == 0:
        return False
    wanted = _ALIKE_LETTERS if telling else _ALIKE_WITHOUT_FIGURES
    return fuzz.ratio(one.letters, other.letters, score_cutoff=wanted) > 0


def _is_same_scan(one: PageRecord, other: PageRecord) -> bool:
    """Tell whether both are one scan: that is told of as such."""
    return (one.source.sha256, one.source.page) == (other.source.sha256, other.source.page)
