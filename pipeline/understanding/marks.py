"""Marks that concern the whole dossier: dossier IDs printed on pages, procedure codes, secrecy stamps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import secrecy
from pipeline.model import Box
from pipeline.understanding.lines import PageLines
from pipeline.understanding.pages import PageView
from sohoa import ids

_DASH = r"\s?[-\u2010-\u2015\u2212]\s?"
_D = r"[\dOoIl]"
_DOSSIER_ID = re.compile(
    rf"(?<![\w.])(?:{_D}{{3}}\.{_D}{{2}}\.{_D}{{2}}\.[GH]{_D}{{2}}|[GH]{_D}{{2}}(?:\s?\.\s?{_D}{{1,3}}){{0,4}})"
    rf"{_DASH}{_D}{{6}}{_DASH}{_D}{{4,7}}(?!\w)"
    rf"|(?<![\w.])\d{{6}}{_DASH}\d{{6}}{_DASH}[A-Z]{{2}}\d{{2}}{_DASH}\d{{1,5}}(?!\w)"
)
_INSURANCE_ID = re.compile(r"mã (?:số )?hồ sơ\D{0,12}(?P<id>\d{5}/\d{4}/\d{5})(?!\d)", re.IGNORECASE)
_LOOKALIKES = str.maketrans("OoIl", "0011")
_CODE = re.compile(r"(?<![\d.,])(?P<code>[1-3]\.\d{6})(?:\.(?:[GH]\d{2}|000\.00\.00\.[GH]\d{2}))?(?![\d.,]\d|\d)")
_STAMP_ZONE = 0.5


@dataclass(frozen=True, slots=True)
class PrintedId:
    """A dossier ID printed on a page; ``repaired`` says that letters had to be taken for digits."""

    text: str
    repaired: bool
    box: Box


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A procedure code printed on a page, without the province's suffix."""

    code: str
    said: str
    box: Box


def dossier_ids(lines: PageLines) -> list[PrintedId]:
    """Return the valid dossier IDs printed on the page, each once, in order."""
    found: dict[str, PrintedId] = {}
    spans = [m.span() for m in _DOSSIER_ID.finditer(lines.text)]
    spans += [m.span("id") for m in _INSURANCE_ID.finditer(lines.text)]
    for start, end in spans:
        said = lines.text[start:end]
        parsed = ids.try_parse(said)
        repaired = parsed is None
        parsed = parsed or ids.try_parse(said.translate(_LOOKALIKES))
        if parsed is not None and parsed.text not in found:
            found[parsed.text] = PrintedId(parsed.text, repaired, lines.box(start, end))
    return list(found.values())


def procedure_codes(lines: PageLines) -> list[PrintedCode]:
    """Return what looks like a procedure code on the page, each once, in order."""
    found: dict[str, PrintedCode] = {}
    for match in _CODE.finditer(lines.text):
        found.setdefault(match["code"], PrintedCode(match["code"], match[0], lines.box(*match.span())))
    return list(found.values())


def secrecy_mark(view: PageView) -> str | None:
    """Return the secrecy mark of the page: MẬT, TỐI MẬT or TUYỆT MẬT, alone on its line piece as a stamp is.

    Read generously (marks may be lost): a false alarm costs a look, a missed stamp stores a secret.
    """
    high = (piece for piece in view.pieces if view.depth(piece) <= _STAMP_ZONE)
    return next(filter(None, (secrecy.secrecy_mark(piece.text) for piece in high)), None)
