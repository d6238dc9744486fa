"""An ID card's QR code against what is printed on the card: the code is free of recognition errors, and goes before.

1. A document's card is the one whose code is on its pages; where there are several, the one with the printed number.
2. A value that was read and says the same becomes sure; one that was not read is taken from the code; one that was read
   for sure and says otherwise is a finding, for a copy may show two people's cards.
3. No finding quotes a value: what the code says is never logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from pipeline.findings import finding
from pipeline.model import FieldValue, Finding
from pipeline.understanding.labels import field_label
from scanners.identity_card import IdentityCard
from sohoa.ids import Section
from sohoa.text import fold

ID_CARD = "cccd"
_NUMBER, _NAME = "so_dinh_danh", "ho_ten"
_FROM_CODE = 0.99
_SURELY_READ = 0.8
_MISREAD_NAME = 80.0
"""How alike two names are, of 100, of which one is the other misread."""


def card_of(cards: Iterable[IdentityCard], fields: Sequence[FieldValue]) -> IdentityCard | None:
    """Return the card that a document is, or None when its pages carry no code, or several of which none is named."""
    found = list(dict.fromkeys(cards))
    if len(found) == 1:
        return found[0]
    number = next((one.value for one in fields if one.name == _NUMBER), None)
    return next((card for card in found if card.number == number), None)


def settle(
    fields: Sequence[FieldValue], card: IdentityCard, section: Section, page: int
) -> tuple[tuple[FieldValue, ...], tuple[Finding, ...]]:
    """Return the fields with what the code on ``page`` says, and where the print says otherwise."""
    told = {
        _NUMBER: card.number,
        _NAME: card.name.title() if card.name.isupper() else card.name,
        "ngay_sinh": card.born.isoformat(),
        "gioi_tinh": card.gender,
    }
    printed = {one.name: one for one in fields}
    findings = []
    for name, value in told.items():
        before = printed.get(name)
        box = before.box if before is not None and before.value == value else None
        rule = f"{ID_CARD}.{name} QR"
        printed[name] = FieldValue(name, value, before.page if before else page, box, _FROM_CODE, rule)
        if before is not None and before.confidence >= _SURELY_READ and _contradicts(name, before.value, value):
            label = f"“{field_label(name)}”"
            findings.append(finding("card-differs", section=section, page=before.page, field=label))
    return tuple(printed.values()), tuple(findings)


def _contradicts(name: str, printed: str, value: str) -> bool:
    if name == _NAME:
        return fuzz.ratio(fold(printed), fold(value)) < _MISREAD_NAME
    return printed != value
