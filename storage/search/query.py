"""The query language: what an officer types, as clauses that must all be met on one page.

Words are joined by “and”; “"…"” is a phrase, and so is a word with signs inside (12/2024, NĐ-CP).  A word that
looks like the beginning of a dossier ID, or one of its numbers, may also be met by the page's dossier ID.  Every
other sign only separates, an open quote reaches to the end, and no text is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sohoa import ids
from sohoa.text import has_marks, nfc
from storage.search.words import words

_MOST_WORDS = 32
"""More words than this (a pasted page) do not narrow a search any more; each costs time. The same for a phrase."""

_QUOTES = re.compile("[\u201c\u201d\u201e\u00ab\u00bb\uff02]")
_PART = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_CODE = re.compile(r"(?=[^\s]*[0-9])[0-9A-Z]+(?:[./_-][0-9A-Z]+)*[./-]?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{3,}", re.ASCII)
_SHORTEST_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that must be on the page: words that follow each other, without (``folded``) and with marks.

    ``code`` is the word as a dossier ID typed so far, in lower case; it meets the clause by the ID as well.
    ``number`` says that the code is digits only: more likely a number in the text than an ID.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    marked: bool
    quoted: bool = False
    code: str | None = None
    number: bool = False


def parse(query: str) -> tuple[Clause, ...]:
    """Return the clauses of a query; a query without any letter or digit has none."""
    text = nfc(query)
    if whole := ids.try_parse(text):
        text = whole.text  # an ID typed with blanks or long dashes in it is still one ID
    parts = _PART.finditer(_QUOTES.sub('"', text))
    clauses = [_clause(part["word"] or part["phrase"] or "", part["word"] is None) for part in parts]
    return tuple(clause for clause in clauses if clause.folded)[:_MOST_WORDS]


def id_prefixes(dossier_id: str) -> list[str]:
    """Return every beginning of a dossier ID that finds it."""
    text = _comparable(dossier_id)
    return [text[:end] for end in range(_SHORTEST_PREFIX, len(text) + 1)]


def id_parts(dossier_id: str) -> list[str]:
    """Return the pieces behind the unit that find a dossier by themselves: its day, its number, both together.

    The year in an insurance number is not one: every dossier of that year has it.
    """
    pieces = _comparable(dossier_id).split("-")
    if len(pieces) == 1:
        return []
    tails = ["-".join(pieces[start:]) for start in range(1, len(pieces))]
    numbers = pieces[2:] if len(pieces[1]) == 4 else pieces[1:]
    return list(dict.fromkeys([*tails, *numbers]))


def _clause(text: str, quoted: bool) -> Clause:
    found = words(text)[:_MOST_WORDS]
    code = None if quoted else _code(text)
    number = code is not None and _NUMBER.fullmatch(code) is not None
    return Clause(
        tuple(word.folded for word in found), tuple(word.exact for word in found), has_marks(text), quoted, code, number
    )


def _code(word: str) -> str | None:
    normal = ids.normalise(word)
    if len(normal) < _SHORTEST_PREFIX or (_CODE.fullmatch(normal) is None and not normal.startswith("HOLD-")):
        return None
    return _comparable(normal)


def _comparable(code: str) -> str:
    """Bring an ID, also as a folder name writes it, to one form: lower case, “-” for “/” and “_”."""
    return code.lower().replace("/", "-").replace("_", "-")
