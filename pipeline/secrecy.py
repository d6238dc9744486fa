"""The secrecy marks of state papers, and what of a reading counts as one (Law on Protection of State Secrets, 2018).

Two rules, for two kinds of reading.  On a page, many words might be taken for a mark: there it has to be spelt as one,
marks aside.  A stamp lifted from among the lines is read off a torn picture: there it may be a third of its letters
away.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from sohoa.text import fold, match_form

MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_SPELT = {fold(mark): mark for mark in MARKS}
_OTHER_WORDS = {"mắt", "mất", "mạt", "mát"}
_OTHER_STAMPS = {"mẫu"}
"""“MẪU” (specimen) is a stamp of its own, two strokes from “MẬT”."""


def secrecy_mark(text: str) -> str | None:
    """Return the mark that ``text`` in capitals is spelt as, and nothing else; its tone and vowel marks may be lost."""
    said = _said(text)
    if not said.isupper() or match_form(said) in _OTHER_WORDS:
        return None
    return _SPELT.get(fold(said))


def secrecy_mark_like(text: str, framed: bool) -> str | None:
    """Return the mark that a stamp's ``text`` is nearest to; ``framed`` ones may be further from it.

    A false alarm costs a look, a missed stamp stores a secret.
    """
    said = _said(text)
    if match_form(said) in _OTHER_STAMPS:
        return None
    shape = fold(said).replace(" ", "")
    nearest = min(_SPELT, key=lambda spelt: Levenshtein.normalized_distance(shape, spelt.replace(" ", "")))
    letters = nearest.replace(" ", "")
    allowed = len(letters) // 3 - (not framed)
    return _SPELT[nearest] if Levenshtein.distance(shape, letters) <= allowed else None


def _said(text: str) -> str:
    """Return ``text`` without punctuation and without letters that stand alone, which are specks and strokes."""
    words = (re.sub(r"\W", "", word) for word in text.split())
    return " ".join(word for word in words if len(word) > 1)
