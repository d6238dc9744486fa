"""PDF files: how many pages, and each page as the scanner's own image wherever that is what the page shows.

Files are opened with repair off.  qpdf would rebuild a cut file's page list from what is left of it: measured, a
file cut at 99.9 % opened with 4 of its 5 pages and no error.  Better a rejected file than a silently shorter one.
"""

from __future__ import annotations

import math
import os
import re
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from pikepdf import Name, Object

from scanners import pnm, render
from scanners.base import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileInfo,
    FileTooLarge,
    IntakeLimits,
    PageSource,
    PageUnreadable,
    ScannedPage,
    UnknownFormat,
)
from scanners.images import DECODING_ERRORS, check_pixels, prove
from scanners.pdf_content import ContentDamaged, Shows, understand
from scanners.pdf_images import PNM, ImageDamaged, TakenImage, pixel_size, take_out
from scanners.pdf_signatures import is_signed
from scanners.resolution import settle
from scanners.wording import page_of
from sohoa.children import ChildFailed
from sohoa.wording import both

pikepdf.settings.set_qpdf_limits(flate_max_memory=640_000_000, run_length_max_memory=640_000_000)
"""Bytes a stream may unpack to: 200 million RGB pixels fit; 1.5 MB of zeros that unpack to gigabytes do not."""

_A4_PT = (595.0, 842.0)
_WHITE_DPI = 100.0
_LONGEST_WHITE_PX = 2400
_HARMLESS_WARNINGS = (
    "stream keyword followed by",
    "duplicated key",
    "whitespace",
    "reported number of objects",
    "stray #",
)
"""What qpdf says of sound files that common printers and programs write; any other warning is damage."""
_LINEARIZED = re.compile(rb"/Linearized.{0,200}?/L\s+(\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What inspection learns of a PDF."""

    pages: int
    signed: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's visible box (left, bottom, right, top), size in pt after UserUnit, and clockwise quarter turns."""

    crop: tuple[float, float, float, float]
    unit: float
    quarter_turns: int

    @property
    def points(self) -> tuple[float, float]:
        """(width, height) as shown, in pt."""
        left, bottom, right, top = self.crop
        size = (right - left) * self.unit, (top - bottom) * self.unit
        return size[::-1] if self.quarter_turns % 2 else size


_opened = threading.local()
"""The last PDF of this thread: qpdf's objects are bound to neither other threads nor forked children."""


def open_strictly(path: Path, name: str, *, inherit: bool = True) -> pikepdf.Pdf:
    """Return the PDF opened with repair off; ``inherit`` gives each page what its parents in the page tree say.

    Inheriting walks the page tree, and qpdf then corrects the tree's count to the pages that it found.
    Raises EncryptedFile when it needs a password, DamagedFile when it would need repair.
    """
    try:
        return pikepdf.open(path, attempt_recovery=False, inherit_page_attributes=inherit)
    except pikepdf.PasswordError as error:
        raise EncryptedFile(both("tệp đặt mật khẩu", "the file needs a password"), subject=name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise _damaged(name) from error


def inspect(path: Path, name: str, limits: IntakeLimits) -> PdfFacts:
    """Return the number of pages and whether the file is signed.

    Raises EmptyFile, EncryptedFile, DamagedFile, FileTooLarge, and UnknownFormat for a form that only Adobe Reader
    can show.
    """
    _check_length(path, name)
    with open_strictly(path, name, inherit=False) as pdf:
        try:
            claimed = pdf.Root.Pages.get(Name.Count, 0)
            _check_pages(int(claimed), limits, name)
            pages = len(pdf.pages)
            _check_pages(pages, limits, name)
            if pages != int(claimed) or any(_matters(str(warning)) for warning in pdf.get_warnings()):
                raise _damaged(name)
            if pages == 0:
                raise EmptyFile(both("tệp PDF không có trang nào", "the PDF has no pages"), subject=name)
            if bool(pdf.Root.get(Name.NeedsRendering, False)):
                raise UnknownFormat(
                    both(
                        "biểu mẫu XFA động, các trang chỉ có trong Adobe Reader; hãy in ra PDF",
                        "a dynamic XFA form whose pages exist in Adobe Reader only; print it to PDF",
                    ),
                    subject=name,
                )
            return PdfFacts(pages, is_signed(pdf))
        except (pikepdf.PdfError, AttributeError, TypeError, ValueError, RuntimeError) as error:
            raise _damaged(name) from error


def read(info: FileInfo, index: int, limits: IntakeLimits) -> ScannedPage:
    """Return the 0-based page ``index``: its embedded image untouched where the page is one image, else rendered.

    Raises PageUnreadable and PageTooLarge.
    """
    subject = page_of(info.name, index)
    pdf = _cached(info)
    pdf.get_warnings()  # reading them also empties the list
    try:
        page = pdf.pages[index]
        sheet = _sheet(page)
        found = understand(page, sheet.crop)
        taken = None
        if found.shows is Shows.ONE_IMAGE and found.image is not None:
            check_pixels(*pixel_size(found.image), limits, subject)
            taken = take_out(
                found.image,
                black_ink=found.black_ink,
                file=info.path,
                index=index,
                timeout=limits.render_timeout,
                alone=info.pages == 1,
            )
            if taken is not None and taken.media_type != PNM:
                prove(taken.data, taken.media_type)
    except (ContentDamaged, ImageDamaged, pikepdf.PdfError, ChildFailed, *DECODING_ERRORS) as error:
        raise _unreadable(subject) from error
    remark = _FLAWED if any(_matters(str(warning)) for warning in pdf.get_warnings()) else ""
    source = PageSource(info.name, info.sha256, index)
    if found.shows is Shows.NOTHING:
        if remark:
            raise _unreadable(subject)
        return _white(source, sheet)
    if taken is None:
        return _rendered(info, source, sheet, limits, remark)
    check_pixels(taken.width, taken.height, limits, subject)
    return replace(_embedded(source, sheet, taken, found.quarter_turns, found.points), remark=remark)


def _matters(warning: str) -> bool:
    return not any(harmless in warning for harmless in _HARMLESS_WARNINGS)


def _embedded(
    source: PageSource, sheet: _Sheet, taken: TakenImage, turns: int, points: tuple[float, float]
) -> ScannedPage:
    stated = tuple(
        pixels * 72 / (extent * sheet.unit) for pixels, extent in zip((taken.width, taken.height), points, strict=True)
    )
    resolution = settle((stated[0], stated[1]), taken.width, taken.height)
    return ScannedPage(
        source=source,
        data=taken.data,
        media_type=taken.media_type,
        width=taken.width,
        height=taken.height,
        dpi=resolution.dpi,
        quarter_turns=(turns + sheet.quarter_turns) % 4,
        untouched=taken.untouched,
        packed=taken.packed,
        dpi_known=resolution.known,
        dpi_disbelieved=resolution.disbelieved,
    )


def _rendered(info: FileInfo, source: PageSource, sheet: _Sheet, limits: IntakeLimits, remark: str) -> ScannedPage:
    subject = page_of(info.name, source.index)
    dpi = render.fitting_dpi(sheet.points, limits, subject)
    drawn = render.render(info.path, source.index, dpi, sheet.points, limits.render_timeout, subject)
    width, height = sheet.points
    resolution = settle((drawn.width * 72 / width, drawn.height * 72 / height), drawn.width, drawn.height)
    return ScannedPage(
        source=source,
        data=drawn.data,
        media_type=PNM,
        width=drawn.width,
        height=drawn.height,
        dpi=resolution.dpi,
        dpi_known=resolution.known,
        dpi_disbelieved=resolution.disbelieved,
        remark=_FLAWED if drawn.flawed else remark,
    )


_FLAWED = both(
    "tệp PDF có lỗi cú pháp ở trang này; hãy so trang với bản giấy",
    "the PDF has syntax errors on this page; compare it with the paper",
)


def _white(source: PageSource, sheet: _Sheet) -> ScannedPage:
    points = sheet.points if max(sheet.points) < _LONGEST_WHITE_PX * 72 / _WHITE_DPI else _A4_PT
    width, height = (max(1, round(side * _WHITE_DPI / 72)) for side in points)
    dpi = (_WHITE_DPI, _WHITE_DPI)
    return ScannedPage(source, pnm.white(width, height), PNM, width, height, dpi, empty=True)


def _sheet(page: pikepdf.Page) -> _Sheet:
    media, crop = (_ordered(box) for box in (page.mediabox, page.cropbox))
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    unit = float(page.obj.get(Name.UserUnit, 1.0))
    if not (box[0] < box[2] and box[1] < box[3] and unit > 0 and math.isfinite(sum(box))):
        box = (0.0, 0.0, *_A4_PT)
    return _Sheet(box, unit, int(page.obj.get(Name.Rotate, 0)) // 90 % 4)


def _ordered(box: Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in box.as_list())
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _cached(info: FileInfo) -> pikepdf.Pdf:
    """Return the file opened, reusing this thread's last one: parsing 300 pages anew for each would dominate."""
    status = info.path.stat()
    key = (os.getpid(), info.path, status.st_size, status.st_mtime_ns)
    if getattr(_opened, "key", None) != key:
        _opened.key = None
        if status.st_size != info.size:
            raise DamagedFile(
                both("tệp đã thay đổi sau khi kiểm tra", "the file changed after inspection"), subject=info.name
            )
        _opened.pdf = open_strictly(info.path, info.name)
        _opened.key = key
    pdf: pikepdf.Pdf = _opened.pdf
    return pdf


def _check_length(path: Path, name: str) -> None:
    """Raise DamagedFile when a file laid out for the web says that it was longer."""
    with path.open("rb") as file:
        found = _LINEARIZED.search(file.read(1024))
    if found and int(found[1]) > path.stat().st_size:
        raise _damaged(name)


def _check_pages(pages: int, limits: IntakeLimits, name: str) -> None:
    if pages > limits.pages_per_file:
        raise FileTooLarge(
            both(
                f"tệp có {pages} trang, vượt giới hạn {limits.pages_per_file}",
                f"the file has {pages} pages, more than the limit of {limits.pages_per_file}",
            ),
            subject=name,
        )


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(both("tệp PDF bị cắt hoặc hỏng", "the PDF file is cut or corrupt"), subject=name)


def _unreadable(subject: str) -> PageUnreadable:
    return PageUnreadable(
        both("nội dung của trang bị hỏng trong tệp PDF", "the page's content is damaged in the PDF file"),
        subject=subject,
    )
