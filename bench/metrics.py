"""Error rates of recognised text against its truth.

Both texts are brought to one form first (``scoring_form``), so that a rate counts what a reader would call an error
and not how a line was broken or which of several quotation marks was typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from sohoa.text import nfc

_QUOTES = re.compile("[\u2018\u2019\u201a\u201b\u2032`´]")
_DOUBLE_QUOTES = re.compile("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]|''")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
TRUTH = ".gt.txt"
_PAGE_NUMBER = re.compile(r"^\d{1,3}(?=\s)")


def scoring_form(text: str) -> str:
    """Return ``text`` in NFC with white space collapsed, quotes and dashes unified, a leading page number dropped."""
    text = _DASHES.sub("-", _DOUBLE_QUOTES.sub('"', _QUOTES.sub("'", nfc(text))))
    return " ".join(_PAGE_NUMBER.sub("", text.strip()).split())


@dataclass(frozen=True, slots=True)
class Errors:
    """Edits that turn what was read into the truth, of how many units (characters or words) of truth."""

    edits: int = 0
    units: int = 0

    @property
    def rate(self) -> float:
        """Edits per unit; 0 for an empty truth that was read as empty."""
        return self.edits / self.units if self.units else float(self.edits > 0)

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.edits + other.edits, self.units + other.units)


def characters(truth: str, read: str) -> Errors:
    """Count the character errors (CER) by Levenshtein distance."""
    truth, read = scoring_form(truth), scoring_form(read)
    return Errors(Levenshtein.distance(truth, read), len(truth))


def words(truth: str, read: str) -> Errors:
    """Count the word errors (WER) by Levenshtein distance over words."""
    expected, found = scoring_form(truth).split(), scoring_form(read).split()
    return Errors(Levenshtein.distance(expected, found), len(expected))


def unordered_words(truth: str, read: str) -> Errors:
    """Count the truth's words that were not read anywhere on the page: for two-column heads, whose order is open."""
    expected, found = Counter(scoring_form(truth).split()), Counter(scoring_form(read).split())
    return Errors((expected - found).total(), expected.total())


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Yield every page file of ``folder`` (``name.pdf``, .jpg, …) that has its truth beside it, ``name.gt.txt``."""
    for truth in sorted(folder.glob(f"*{TRUTH}")):
        stem = truth.name.removesuffix(TRUTH)
        yield from ((page, truth) for page in sorted(folder.iterdir()) if page.stem == stem and page != truth)
