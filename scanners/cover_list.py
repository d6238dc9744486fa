"""The clerk's list of cover sheets to print: a CSV file, one row per sheet, errors named by line and column."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from scanners.cover import CoverSheet
from sohoa.errors import UsageError
from sohoa.ids import SECTION_FOLDERS, Section, try_parse
from sohoa.text import fold, nfc
from sohoa.wording import both

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
_TITLES = {"dossier_id": "ma_ho_so", "section": "phan", "procedure": "thu_tuc", "pages": "so_trang"}
"""What a Vietnamese list calls each column."""
_DELIMITERS = ",;\t"


class CoverListError(UsageError):
    """The list of cover sheets cannot be followed; nothing was printed."""

    code = "cover-list"
    advice = both(
        "Sửa ô đó rồi chạy lại; dòng đầu: ma_ho_so,phan,thu_tuc,so_trang.",
        "Correct the cell and run again; first line: dossier_id,section,procedure,pages.",
    )


def read_csv(path: Path) -> list[CoverSheet]:
    """Return one sheet per row of a UTF-8 file with “,” or “;” between cells; other columns are left alone.

    The first line names the columns: dossier_id, section, procedure, pages, or ma_ho_so, phan, thu_tuc, so_trang.
    Only the dossier ID is required; an empty section is ``records``, and any other is a folder name of
    ``SECTION_FOLDERS`` or the section's name, with marks or without.  Raises CoverListError naming line and column.
    """
    text = _text(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
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


def _delimiter(text: str) -> str:
    """Return the separator that finds the most known columns in the header; a Vietnamese Excel writes semicolons.

    Counting signs would be misled by a title of another column: “Mã hồ sơ;Ghi chú (tên, ngày, nơi nộp)”.
    """

    def known(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = next((row for row in rows if any(cell.strip() for cell in row)), [])
        return sum(_column(title) is not None for title in header)

    return max(_DELIMITERS, key=known)


def _column(title: str) -> str | None:
    return _HEADERS.get("_".join(fold(title).split()))


def _columns(header: list[str], path: Path) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, title in enumerate(header):
        name = _column(title)
        if name in columns:
            raise CoverListError(
                both(f"cột “{title}” có hai lần", f"column “{title}” is there twice"), subject=path.name
            )
        if name is not None:
            columns[name] = at
    if "dossier_id" not in columns:
        message = both("dòng đầu thiếu cột ma_ho_so", "the first line has no column dossier_id")
        raise CoverListError(message, subject=path.name)
    return columns


def _sheet(cells: dict[str, str], place: str) -> CoverSheet:
    dossier_id = try_parse(cells["dossier_id"])
    if dossier_id is None:
        raise _wrong(place, "dossier_id", cells["dossier_id"], "không phải mã hồ sơ", "is no dossier ID")
    section = _section(cells.get("section", ""))
    if section is None:
        vietnamese, english = "không phải ho-so, xu-ly, ket-qua", "is none of records, processing, results"
        raise _wrong(place, "section", cells["section"], vietnamese, english)
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


def _section(given: str) -> Section | None:
    """Return the section that a cell names, in whatever spelling: “Kết quả”, “ket-qua”, “results”; records if empty."""
    return _SECTIONS.get(_plain(given)) if given else Section.RECORDS


def _plain(name: str) -> str:
    """Return a name without marks and capitals, a dash between its words."""
    return "-".join(re.split(r"[\W_]+", fold(name).strip()))


_SECTIONS = {_plain(folder): section for folder, section in SECTION_FOLDERS.items()} | {
    _plain(section.name_vi): section for section in Section
}


def _wrong(place: str, column: str, value: str, vietnamese: str, english: str) -> CoverListError:
    return CoverListError(
        both(f"cột {_TITLES[column]}: “{value}” {vietnamese}", f"column {column}: “{value}” {english}"), subject=place
    )
