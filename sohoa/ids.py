"""Dossier IDs (mã hồ sơ): the families in use, their checks, and what may be derived from one.

Four families live side by side in one archive:

=========  ==============================  ===========================================
family     example                         source
=========  ==============================  ===========================================
old        000.00.21.H10-230915-0012       Circular 01/2018/TT-VPCP, art. 19 (yymmdd)
new        H11.35-230915-0001              Decision 20/2020/QĐ-TTg order (yymmdd)
local      030910-291115-TP05-4            district systems before 2018 (ddmmyy)
insurance  03706/2026/07906                social insurance
=========  ==============================  ===========================================

There is no check digit, so the shape, the calendar date and a positive running number are the whole
defence; ``parse`` applies all three and never repairs a misread letter.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from sohoa.errors import UsageError


class Section(StrEnum):
    """The three parts of a dossier, in the order an officer reads them."""

    RECORDS = "records"
    PROCESSING = "processing"
    RESULTS = "results"

    @property
    def name_vi(self) -> str:
        """The section's name in Vietnamese, as the regulation words it."""
        return {
            Section.RECORDS: "Thành phần hồ sơ",
            Section.PROCESSING: "Kết quả xử lý",
            Section.RESULTS: "Kết quả giải quyết",
        }[self]


SECTION_FOLDERS: dict[str, Section] = {
    "records": Section.RECORDS,
    "ho-so": Section.RECORDS,
    "processing": Section.PROCESSING,
    "xu-ly": Section.PROCESSING,
    "results": Section.RESULTS,
    "ket-qua": Section.RESULTS,
}
"""Folder names inside a dossier's folder, and the section each stands for."""


class InvalidDossierId(UsageError):
    """The text is no dossier ID of any known family."""

    code = "invalid-dossier-id"
    advice = (
        "So lại với mã trên giấy tiếp nhận; ví dụ: 000.00.21.H10-230915-0012, H11.35-230915-0001. / "
        "Check the ID on the receipt slip; examples: 000.00.21.H10-230915-0012, H11.35-230915-0001."
    )


_FAMILIES = {
    "old": re.compile(r"(?P<unit>\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})-(?P<ymd>\d{6})-(?P<seq>\d{4})", re.ASCII),
    "new": re.compile(r"(?P<unit>[GH]\d{2}(?:\.\d{1,3}){0,4})-(?P<ymd>\d{6})-(?P<seq>\d{4}|\d{6,7})", re.ASCII),
    "local": re.compile(r"(?P<unit>\d{6})-(?P<dmy>\d{6})-(?P<field>[A-Z]{2}\d{2})-(?P<seq>\d{1,5})", re.ASCII),
    "insurance": re.compile(r"(?P<unit>\d{5})/(?P<year>\d{4})/(?P<seq>\d{5})", re.ASCII),
}
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_AROUND_SIGNS = re.compile(r"\s*([-./])\s*")
_HOLDING = re.compile(r"HOLD-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class DossierId:
    """One valid dossier ID.

    ``received`` is the day of reception written in the ID (1 January where only the year is written).
    """

    text: str
    family: str
    unit: str
    received: dt.date

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """The ID as one ASCII path segment; different IDs never share one."""
        return self.text.replace("/", "_")


def normalise(text: str) -> str:
    """Bring dashes, blanks beside signs and letter case to the one form that ``parse`` compares.

    A blank between letters or digits stays, and makes the text no ID: “…-0012 34” is a copied folder, not 001234.
    """
    return _AROUND_SIGNS.sub(r"\1", _DASHES.sub("-", unicodedata.normalize("NFC", text).strip())).upper()


def parse(text: str) -> DossierId:
    """Return the dossier ID that ``text`` is, whole.

    Raises InvalidDossierId when the shape, the date or the running number is not valid.
    """
    value = normalise(text)
    for family, pattern in _FAMILIES.items():
        match = pattern.fullmatch(value)
        if match is None:
            continue
        received = _received(family, match)
        if received is None or int(match["seq"]) == 0:
            break
        return DossierId(value, family, match["unit"], received)
    raise InvalidDossierId("không phải mã hồ sơ hợp lệ / this is no valid dossier ID", subject=text)


def try_parse(text: str) -> DossierId | None:
    """Return the dossier ID that ``text`` is, or None."""
    try:
        return parse(text)
    except InvalidDossierId:
        return None


def from_folder_name(name: str) -> DossierId | None:
    """Return the ID that a folder is named by; a folder name may write “/” as “_”."""
    return try_parse(name) or try_parse(name.replace("_", "/"))


def is_holding(text: str) -> bool:
    """Tell whether ``text`` is a holding number: pages that wait for a person to name their dossier."""
    return _HOLDING.fullmatch(text) is not None


def holding_number(sha256: str) -> str:
    """Return the holding number of pages whose identities hash to ``sha256`` (hexadecimal).

    Derived from content, so the same pages delivered again meet their earlier holding.
    """
    return f"HOLD-{sha256[:16]}"


def _received(family: str, match: re.Match[str]) -> dt.date | None:
    try:
        if family == "insurance":
            return dt.date(int(match["year"]), 1, 1)
        if family == "local":
            day, month, year = (int(match["dmy"][i : i + 2]) for i in (0, 2, 4))
        else:
            year, month, day = (int(match["ymd"][i : i + 2]) for i in (0, 2, 4))
        return dt.date(2000 + year, month, day)
    except ValueError:
        return None
