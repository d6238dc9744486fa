"""Recognising a file by its first bytes, and naming what it is when sohoa does not read it."""

from __future__ import annotations

import codecs
from pathlib import Path

from scanners.base import DamagedFile, UnknownFormat
from scanners.images import JP2_SIGNATURES, PNG_SIGNATURE
from sohoa.wording import both

_HEAD = 4096
_PDF_WITHIN = 1024
"""ISO 32000-1, annex H: readers accept the PDF header anywhere in the first 1024 bytes."""
_TIFF = (b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"MM\0+\0\x08\0\0")
_OTHERS: tuple[tuple[int, bytes, str, str], ...] = (
    (4, b"ftyphei", "ảnh HEIC của điện thoại", "a HEIC photo of a phone"),
    (4, b"ftyphev", "ảnh HEIC của điện thoại", "a HEIC photo of a phone"),
    (4, b"ftypmif1", "ảnh HEIC của điện thoại", "a HEIC photo of a phone"),
    (4, b"ftypmsf1", "ảnh HEIC của điện thoại", "a HEIC photo of a phone"),
    (4, b"ftypavif", "ảnh AVIF", "an AVIF image"),
    (4, b"ftyp", "phim MP4 hoặc MOV", "an MP4 or MOV film"),
    (8, b"WEBP", "ảnh WebP", "a WebP image"),
    (0, b"GIF8", "ảnh GIF", "a GIF image"),
    (0, b"BM", "ảnh BMP", "a BMP image"),
    (0, b"AT&TFORM", "tệp DjVu", "a DjVu file"),
    (0, b"%!PS", "tệp PostScript", "a PostScript file"),
    (0, b"\xd0\xcf\x11\xe0", "tệp Word, Excel hoặc PowerPoint đời cũ", "an old Word, Excel or PowerPoint file"),
    (0, b"{\\rtf", "văn bản RTF", "an RTF document"),
    (0, b"Rar!", "tệp nén RAR", "a RAR archive"),
    (0, b"7z\xbc\xaf", "tệp nén 7z", "a 7z archive"),
    (0, b"\x1f\x8b", "tệp nén gzip", "a gzip archive"),
    (0, b"MZ", "chương trình Windows", "a Windows program"),
    (0, b"<?xml", "tệp XML", "an XML file"),
    (0, b"<!DOCTYPE html", "trang web HTML", "an HTML page"),
    (0, b"<html", "trang web HTML", "an HTML page"),
)
_ZIPPED: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "văn bản Word", "a Word document"),
    (b"xl/", "bảng tính Excel", "an Excel workbook"),
    (b"ppt/", "trình chiếu PowerPoint", "a PowerPoint presentation"),
    (b"opendocument", "tệp LibreOffice", "a LibreOffice file"),
)

_NO_KIND = ("dữ liệu không rõ loại", "data of no known kind")


def recognise(path: Path, name: str) -> str:
    """Return the media type of a file that sohoa reads.

    Raises UnknownFormat, naming what it looks like, and DamagedFile for a file of zero bytes that was made to
    size but never filled.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[: _PDF_WITHIN + 5]:
        return "application/pdf"
    if head.startswith(_TIFF):
        return "image/tiff"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(PNG_SIGNATURE):
        return "image/png"
    if head.startswith(JP2_SIGNATURES):
        return "image/jp2"
    if not head.strip(b"\0"):
        raise DamagedFile(
            both("tệp chỉ gồm các byte 0, chép chưa xong", "the file holds only zeros: copying was not finished"),
            subject=name,
        )
    vietnamese, english = _guess(head)
    raise UnknownFormat(
        both(f"tệp không đọc được: đây là {vietnamese}", f"not a format that sohoa reads: this is {english}"),
        subject=name,
    )


def _guess(head: bytes) -> tuple[str, str]:
    if head.startswith(b"PK\x03\x04"):
        return next(((vi, en) for mark, vi, en in _ZIPPED if mark in head), ("tệp nén ZIP", "a ZIP archive"))
    for offset, mark, vietnamese, english in _OTHERS:
        if head[offset : offset + len(mark)] == mark:
            return vietnamese, english
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _NO_KIND
    return ("văn bản thô", "plain text") if b"\0" not in head else _NO_KIND
