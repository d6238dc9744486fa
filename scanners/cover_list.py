"""The clerk's list of cover sheets to print: a CSV file, one row per sheet, errors named by line and column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from scanners.separators import CoverSheet
from scanners.wording import both
from sohoa.errors import UsageError
from sohoa.ids import SECTION_FOLDERS, Section, try_parse
from sohoa.text import fold, nfc

_HEADERS = {
    "dossier_id": "dossier_id",
    "ma_ho_so": "dossier_id",
    "section": "section",
    "phan": "section",
    "procedure": "procedure",
    "thu_tuc": "procedure",
    "pages": "pages",
    "so_trang": "pages",
}
_SECTIONS = {**SECTION_FOLDERS, **{fold(section.name_vi): section for section in Section}}


class CoverListError(UsageError):
    """The list of cover sheets cannot be followed; nothing was printed."""

    code = "cover-list"
    advice = (
        "Sửa ô đó rồi chạy lại; dòng đầu: dossier_id,section,procedure,pages. / "
        "Correct the cell and run again; first line: dossier_id,section,procedure,pages."
    )


def read_csv(path: Path) -> list[CoverSheet]:
    """Return one sheet per row of a UTF-8 file with “,” or “;” between cells; other columns are left alone.

    The first line names the columns: dossier_id, section, procedure, pages, or ma_ho_so, phan, thu_tuc, so_trang.
    Only the dossier ID is required; an empty section is ``records``.  Raises CoverListError naming line and column.
    """
    rows = csv.reader(io.StringIO(_text(path), newline=""), delimiter=_delimiter(path))
    sheets: list[CoverSheet] = []
    columns: dict[str, int] | None = None
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if columns is None:
            columns = _columns(row, path)
            continue
        cells = {name: nfc(row[at]).strip() if at < len(row) else "" for name, at in columns.items()}
        sheets.append(_sheet(cells, f"{path.name}, dòng {rows.line_num} / line {rows.line_num}"))
    if not sheets:
        raise CoverListError(both("danh sách không có dòng nào", "the list has no rows"), subject=path.name)
    return sheets


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CoverListError(
            both("tệp không phải UTF-8", "the file is not UTF-8"),
            subject=path.name,
            advice=both("Trong Excel, lưu dạng “CSV UTF-8”.", "In Excel, save it as “CSV UTF-8”."),
        ) from error
    except OSError as error:
        raise CoverListError(
            both("không mở được danh sách", f"the list cannot be opened: {error.strerror}"), subject=str(path)
        ) from error


def _delimiter(path: Path) -> str:
    """Return the separator that the header line uses most; a Vietnamese Excel writes semicolons."""
    header = _text(path).lstrip().partition("\n")[0]
    return max(",;\t", key=header.count)


def _columns(header: list[str], path: Path) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, title in enumerate(header):
        name = _HEADERS.get("_".join(fold(title).split()))
        if name in columns:
            raise CoverListError(
                both(f"cột “{title}” có hai lần", f"column “{title}” is there twice"), subject=path.name
            )
        if name is not None:
            columns[name] = at
    if "dossier_id" not in columns:
        message = both("dòng đầu thiếu cột dossier_id (ma_ho_so)", "the first line has no column dossier_id (ma_ho_so)")
        raise CoverListError(message, subject=path.name)
    return columns


def _sheet(cells: dict[str, str], place: str) -> CoverSheet:
    dossier_id = try_parse(cells["dossier_id"])
    if dossier_id is None:
        raise _wrong(place, "dossier_id", cells["dossier_id"], "không phải mã hồ sơ", "is no dossier ID")
    given = fold(cells.get("section", ""))
    section = _SECTIONS.get(given) if given else Section.RECORDS
    if section is None:
        allowed = "records, processing, results"
        raise _wrong(place, "section", cells["section"], f"không phải {allowed}", f"is none of {allowed}")
    procedure, pages = cells.get("procedure") or None, cells.get("pages", "")
    try:
        CoverSheet(dossier_id, section, procedure)
    except ValueError as error:
        raise _wrong(
            place, "procedure", procedure or "", "không có dạng 1.004227", "is not shaped like 1.004227"
        ) from error
    try:
        return CoverSheet(dossier_id, section, procedure, int(pages) if pages else None)
    except ValueError as error:
        raise _wrong(place, "pages", pages, "không phải số từ 1 đến 9999", "is no number from 1 to 9999") from error


def _wrong(place: str, column: str, value: str, vietnamese: str, english: str) -> CoverListError:
    return CoverListError(
        both(f"cột {column}: “{value}” {vietnamese}", f"column {column}: “{value}” {english}"), subject=place
    )
