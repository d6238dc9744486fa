"""The QR code of a citizen's ID card: what the card says of its holder, free of recognition errors.

The payload is ``number|former number|name|born|gender|address|issued``, dates as ddmmyyyy; cards of 2024 append more
fields.  It is used to check what is printed on the card and never logged.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal

from sohoa.text import nfc

_NUMBER, _FORMER = re.compile(r"\d{12}"), re.compile(r"\d{9}|")
_LEAST_FIELDS = 7
Gender = Literal["Nam", "Nữ"]
_GENDERS: dict[str, Gender] = {"nam": "Nam", "nữ": "Nữ"}


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What the code says; nothing of it shows when the object is printed."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    born: dt.date = field(repr=False)
    gender: Gender = field(repr=False)
    address: str = field(repr=False)
    issued: dt.date | None = field(repr=False)


def parse(payload: bytes) -> IdentityCard | None:
    """Return the card that a code's bytes describe, or None when they are no ID card's.

    The bytes are UTF-8, whatever a decoder takes them for.
    """
    try:
        parts = [nfc(part.strip()) for part in payload.decode("utf-8").split("|")]
    except UnicodeDecodeError:
        return None
    if len(parts) < _LEAST_FIELDS:
        return None
    number, former, name, born, gender, address, issued = parts[:_LEAST_FIELDS]
    day, known = _date(born), _GENDERS.get(gender.lower())
    if not _NUMBER.fullmatch(number) or not _FORMER.fullmatch(former) or not name or day is None or known is None:
        return None
    return IdentityCard(number, name, day, known, address, _date(issued))


def _date(text: str) -> dt.date | None:
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return dt.date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
