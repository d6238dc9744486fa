"""Short ways to put a paper into a dossier."""

from __future__ import annotations

from samples.maker.flow import A4, Document, Paper
from samples.maker.forms import desk
from samples.maker.forms.desk import Case
from samples.maker.plan import Part

MAIN, COPY = "Bản chính", "Bản sao"


def receipt(case: Case, paper: Paper = A4, size: float = 12.5, hand_phone: bool = False) -> Part:
    return Part("receipt", "records", desk.receipt(case, paper, size, hand_phone))


def part(key: str, document: Document, section: str = "records") -> Part:
    return Part(key, section, document)
