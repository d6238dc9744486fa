"""Printing cover sheets: one A4 page per dossier section, put before its pages in the scanner.

Two QR codes in opposite corners (one stamp can hide one of them, never both), a Code128 for hand readers, and
the ID in type that can be read across a desk.  Codes are drawn as vectors, so any printer gives sharp edges.
Same sheets and fonts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from scanners.cover import CoverSheet, encode, encode_short
from scanners.cover_list import CoverListError, read_csv
from sohoa.errors import UsageError
from sohoa.wording import both

__all__ = ["CoverListError", "CoverPlaceError", "FontsMissing", "read_csv", "write_covers"]

_WIDTH, _HEIGHT = A4
_MARGIN = 15 * mm
_INNER = _WIDTH - 2 * _MARGIN
_QR_SIDE = 30 * mm
_BAR_MODULE, _BAR_HEIGHT = 0.38 * mm, 24 * mm
"""0.38 mm bars were read on every clean scan from 150 dpi on; thinner ones are lost to blur."""
_LARGEST_ID = 44.0
_FONTS = (
    ("fonts-croscore", "/usr/share/fonts/truetype/croscore/Arimo-Regular.ttf", "Arimo-Bold.ttf"),
    ("fonts-croscore", "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf", "Tinos-Bold.ttf"),
    ("fonts-liberation", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    (
        "fonts-liberation2",
        "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
    ),
    ("fonts-dejavu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
)
_STEPS = (
    "Đặt tờ này ngay trước trang đầu của hồ sơ, mặt có mã hướng theo giấy tờ.",
    "Đếm số trang rồi so với số ghi trên tờ; quét cả chồng, không cần tách tay.",
    "Tờ này không được lưu vào hồ sơ; có thể dùng lại cho lần quét sau của chính hồ sơ này.",
)


class FontsMissing(UsageError):
    """No font that covers Vietnamese is installed; nothing was printed."""

    code = "fonts-missing"
    advice = "sudo apt-get install fonts-croscore"


class CoverPlaceError(UsageError):
    """The file to print into names a folder, or a file in a folder that is not there; nothing was printed."""

    code = "cover-place"
    advice = both("Cho tên tệp PDF trong thư mục đã có.", "Give the name of a PDF file in a folder that is there.")


@dataclass(frozen=True, slots=True)
class _Type:
    """The two registered fonts, by reportlab's names."""

    regular: str
    bold: str


def write_covers(sheets: Sequence[CoverSheet], output: Path, procedure_names: Mapping[str, str] | None = None) -> None:
    """Write a PDF of one A4 page per sheet; ``procedure_names`` gives names for procedure codes.

    The file appears whole or not at all.  Raises FontsMissing, CoverPlaceError, or OSError when it cannot be written.
    """
    _demand_place(output)
    fonts = _fonts()
    part = output.with_name(f".{output.name}.part")
    canvas = Canvas(str(part), pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("Tờ bìa tách hồ sơ")
    canvas.setAuthor("sohoa")
    for sheet in sheets:
        name = (procedure_names or {}).get(sheet.procedure or "", "")
        _draw(canvas, fonts, sheet, name)
        canvas.showPage()
    try:
        canvas.save()
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def _demand_place(output: Path) -> None:
    if output.is_dir():
        raise CoverPlaceError(both("đây là thư mục, không phải tệp", "this is a folder, no file"), subject=str(output))
    if not output.parent.is_dir():
        folder = output.parent
        raise CoverPlaceError(both(f"không có thư mục {folder}", f"there is no folder {folder}"), subject=str(output))


def find_fonts() -> tuple[Path, Path]:
    """Return the regular and the bold font file that sheets are printed with; raises FontsMissing."""
    for _, regular, bold in _FONTS:
        paths = Path(regular), Path(regular).with_name(bold)
        if all(path.is_file() for path in paths):
            return paths
    raise FontsMissing(
        both("chưa cài phông chữ có tiếng Việt", "no font that covers Vietnamese is installed: fonts-croscore")
    )


def _fonts() -> _Type:
    regular, bold = find_fonts()
    for path in (regular, bold):
        pdfmetrics.registerFont(TTFont(path.stem, str(path)))
    return _Type(regular.stem, bold.stem)


def _draw(canvas: Canvas, fonts: _Type, sheet: CoverSheet, procedure_name: str) -> None:
    top = _HEIGHT - _MARGIN
    _draw_code(canvas, _modules(encode(sheet), qr=True), _MARGIN, top - _QR_SIDE, _QR_SIDE, _QR_SIDE)
    _draw_code(canvas, _modules(encode(sheet), qr=True), _WIDTH - _MARGIN - _QR_SIDE, _MARGIN, _QR_SIDE, _QR_SIDE)
    _draw_heading(canvas, fonts, _MARGIN + _QR_SIDE + 8 * mm, top)
    _draw_id(canvas, fonts, sheet, top - 58 * mm)
    _draw_facts(canvas, fonts, sheet, procedure_name, top - 84 * mm)
    bars = _modules(encode_short(sheet), qr=False)
    width = max(bars.shape[1] * _BAR_MODULE, 120 * mm)
    _draw_code(canvas, bars, (_WIDTH - width) / 2, 72 * mm, width, _BAR_HEIGHT)
    canvas.setFont(fonts.regular, 10)
    canvas.drawCentredString(_WIDTH / 2, 67 * mm, sheet.dossier_id.text)
    _draw_steps(canvas, fonts)


def _draw_heading(canvas: Canvas, fonts: _Type, left: float, top: float) -> None:
    canvas.setFillGray(0)
    canvas.setFont(fonts.bold, 26)
    canvas.drawString(left, top - 9 * mm, "TỜ BÌA TÁCH HỒ SƠ")
    canvas.setFont(fonts.regular, 11)
    canvas.drawString(left, top - 15 * mm, "Dossier cover sheet")
    box = 11 * mm
    canvas.rect(left, top - _QR_SIDE, _WIDTH - _MARGIN - left, box, stroke=0, fill=1)
    canvas.setFillGray(1)
    text = "KHÔNG THUỘC HỒ SƠ / NOT PART OF THE DOSSIER"
    size = _fitting(text, fonts.bold, _WIDTH - _MARGIN - left - 8 * mm, 14)
    canvas.setFont(fonts.bold, size)
    canvas.drawCentredString((left + _WIDTH - _MARGIN) / 2, top - _QR_SIDE + box / 2 - size * 0.36, text)
    canvas.setFillGray(0)


def _draw_id(canvas: Canvas, fonts: _Type, sheet: CoverSheet, baseline: float) -> None:
    canvas.setFont(fonts.regular, 12)
    canvas.drawString(_MARGIN, baseline + 19 * mm, "Mã hồ sơ / Dossier ID")
    canvas.setLineWidth(1.2)
    canvas.line(_MARGIN, baseline + 16 * mm, _WIDTH - _MARGIN, baseline + 16 * mm)
    size = _fitting(sheet.dossier_id.text, fonts.bold, _INNER, _LARGEST_ID)
    canvas.setFont(fonts.bold, size)
    canvas.drawCentredString(_WIDTH / 2, baseline, sheet.dossier_id.text)
    canvas.line(_MARGIN, baseline - 8 * mm, _WIDTH - _MARGIN, baseline - 8 * mm)


def _draw_facts(canvas: Canvas, fonts: _Type, sheet: CoverSheet, procedure_name: str, top: float) -> None:
    pages = str(sheet.expected_pages) if sheet.expected_pages is not None else "…………"
    procedure = sheet.procedure or "…………………………"
    baseline = top
    for label, english, value in (
        ("Phần hồ sơ", "Section", f"{sheet.section.name_vi} ({sheet.section.value})"),
        ("Thủ tục", "Procedure", procedure),
        ("Số trang dự kiến", "Expected pages", pages),
    ):
        canvas.setFont(fonts.regular, 12)
        canvas.drawString(_MARGIN, baseline, label)
        canvas.setFont(fonts.regular, 8.5)
        canvas.drawString(_MARGIN, baseline - 4.2 * mm, english)
        canvas.setFont(fonts.bold, 18)
        canvas.drawString(_MARGIN + 45 * mm, baseline - 1.5 * mm, value)
        if label == "Thủ tục" and procedure_name:
            canvas.setFont(fonts.regular, 12)
            for line in _wrapped(procedure_name, fonts.regular, 12, _INNER - 45 * mm)[:3]:
                baseline -= 6 * mm
                canvas.drawString(_MARGIN + 45 * mm, baseline - 2.5 * mm, line)
        baseline -= 16 * mm


def _draw_steps(canvas: Canvas, fonts: _Type) -> None:
    width = _INNER - _QR_SIDE - 12 * mm
    baseline = _MARGIN + _QR_SIDE - 4 * mm
    canvas.setFont(fonts.bold, 11)
    canvas.drawString(_MARGIN, baseline, "Hướng dẫn")
    for number, step in enumerate(_STEPS, start=1):
        canvas.setFont(fonts.regular, 10)
        baseline -= 1.2 * mm
        for at, line in enumerate(_wrapped(step, fonts.regular, 10, width - 6 * mm)):
            baseline -= 4.4 * mm
            if at == 0:
                canvas.drawString(_MARGIN, baseline, f"{number}.")
            canvas.drawString(_MARGIN + 6 * mm, baseline, line)


def _modules(text: str, *, qr: bool) -> NDArray[np.bool_]:
    """Return the code's modules (True is black), without a quiet zone: the page's white is wider."""
    if qr:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    else:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128)
    dark = np.asarray(code.to_image(scale=1, add_quiet_zones=False, add_hrt=False)) < 128
    return dark if qr else dark[:1]


def _draw_code(
    canvas: Canvas, modules: NDArray[np.bool_], left: float, bottom: float, width: float, height: float
) -> None:
    """Fill the dark modules, each run of a row as one rectangle, as one path so that no seams show."""
    rows, columns = modules.shape
    across, down = width / columns, height / rows
    path = canvas.beginPath()
    for row in range(rows):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], modules[row], [False]))))
        for start, end in edges.reshape(-1, 2).tolist():
            path.rect(left + start * across, bottom + (rows - 1 - row) * down, (end - start) * across, down)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _fitting(text: str, font: str, width: float, largest: float) -> float:
    """Return the type size in pt at which ``text`` fits ``width``, at most ``largest``."""
    return min(largest, largest * width / float(pdfmetrics.stringWidth(text, font, largest)))


def _wrapped(text: str, font: str, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pdfmetrics.stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
