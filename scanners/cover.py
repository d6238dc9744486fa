"""What a cover sheet says, and the texts of its codes.

Reading the codes off a page is ``separators``' work, drawing them on a sheet that of ``coversheets``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sohoa.ids import DossierId, Section, try_parse

PREFIX = "SOHOA1"
_PROCEDURE = re.compile(r"\d\.\d{6}")
_MOST_PAGES = 9999


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What a cover sheet says about the pages behind it.

    ``complete`` is False when only the bar code could be read: section, procedure and pages are then not known.
    Raises ValueError for a procedure not shaped like 1.004227 and for expected pages outside 1–9999.
    """

    dossier_id: DossierId
    section: Section = Section.RECORDS
    procedure: str | None = None
    expected_pages: int | None = None
    complete: bool = True

    def __post_init__(self) -> None:
        if self.procedure is not None and not _PROCEDURE.fullmatch(self.procedure):
            raise ValueError(f"no procedure code: {self.procedure}")
        if self.expected_pages is not None and not 1 <= self.expected_pages <= _MOST_PAGES:
            raise ValueError(f"no number of pages: {self.expected_pages}")


@dataclass(frozen=True, slots=True)
class InvalidCover:
    """A page that carries codes of ours which cannot be followed: why, and the codes' texts."""

    reason: str
    codes: tuple[str, ...]


def encode(sheet: CoverSheet) -> str:
    """Return the text of the sheet's QR codes."""
    pages = "" if sheet.expected_pages is None else str(sheet.expected_pages)
    return "|".join((PREFIX, sheet.dossier_id.text, sheet.section.value, sheet.procedure or "", pages))


def encode_short(sheet: CoverSheet) -> str:
    """Return the text of the sheet's Code128: just the dossier ID."""
    return f"{PREFIX}|{sheet.dossier_id.text}"


def decode(payload: str) -> CoverSheet | None:
    """Return the sheet that a code's text describes, or None when it is not exactly one that ``encode`` writes."""
    prefix, _, rest = payload.partition("|")
    fields = rest.split("|")
    dossier_id = try_parse(fields[0])
    if prefix != PREFIX or dossier_id is None or len(fields) not in (1, 4):
        return None
    if len(fields) == 1:
        sheet = CoverSheet(dossier_id, complete=False)
        return sheet if encode_short(sheet) == payload else None
    try:
        pages = int(fields[3]) if fields[3] else None
        sheet = CoverSheet(dossier_id, Section(fields[1]), fields[2] or None, pages)
    except ValueError:
        return None
    return sheet if encode(sheet) == payload else None
