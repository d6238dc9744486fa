"""The font of the invisible text: a TrueType program whose glyphs have widths and boxes but no ink.

Each character that a file uses gets the next free code (1, 2, …) of a two-byte font.  Codes point to one of a handful
of glyphs by width, so that half a word, found by a viewer's search, is marked about where its letters are; a ToUnicode
map gives the characters back.  Beyond the Basic Multilingual Plane that works the same.

A glyph is one line there and back: no area to paint, but the bounding box of a full letter.  Chrome and Edge (PDFium)
mark search hits by that box; with truly empty glyphs the marks had no height and lone hyphens vanished from the text.

Reference: ISO 32000-1, 9.7.4 (CIDFontType2), 9.10.3 (ToUnicode); ISO 19005-2, 6.2.11 (fonts in PDF/A-2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

FONT_NAME = "SohoaInvisible"
UNITS_PER_EM = 1000
ASCENT, DESCENT = 0.89, -0.216
"""Parts of the font size, as Times-like fonts have them; a selection then covers capitals with two marks."""

ADVANCES = (250, 278, 333, 444, 500, 611, 722, 889)
"""Widths of a Times-like face; glyph n + 1 has the n-th."""
_CLASSES = {
    250: " .,",
    278: "ijlt:;'|/!",
    333: 'frIJ()[]-"',
    444: "aceszs“”",
    611: "EFLPSTZ&",
    722: "ABCDĐGHKNOQRUVXYw",
    889: "MWm%@…",
}
_ADVANCE_OF = {char: advance for advance, chars in _CLASSES.items() for char in chars}
DEFAULT_ADVANCE = 500
_UNMAPPABLE = {"\ufeff", "\ufffe", "\uffff"}
_UNPRINTABLE = {"Cc", "Cs", "Cn", "Zl", "Zp"}
_SHOWN = re.compile(rb"<([0-9a-f]+)> Tj")
_ENTRY = re.compile(rb"<[0-9a-f]{4}> <[0-9a-f]{4,8}>")


def printable(text: str) -> str:
    """Return ``text`` without what no text layer may hold: controls, lone surrogates, unassigned code points."""
    return "".join(c for c in text if c not in _UNMAPPABLE and unicodedata.category(c) not in _UNPRINTABLE)


@lru_cache(maxsize=16_384)
def natural_width(text: str) -> float:
    """Return the width of ``text`` in parts of the font size, before it is stretched."""
    return sum(map(_advance, text)) / UNITS_PER_EM


class InvisibleFont:
    """The codes that one file gives to its characters, in the order in which they are first used."""

    def __init__(self) -> None:
        self._digits: dict[str, str] = {}

    def encode(self, text: str) -> str:
        """Return ``text`` (see ``printable``) as the hexadecimal digits of a PDF string."""
        digits = self._digits
        for char in text:
            if char not in digits:
                digits[char] = f"{len(digits) + 1:04x}"
        return "".join([digits[char] for char in text])

    @property
    def used(self) -> bool:
        """Tell whether any character was encoded yet."""
        return bool(self._digits)

    def to_pdf(self, pdf: Pdf) -> pikepdf.Object:
        """Return the Type 0 font dictionary, made for the characters encoded so far."""
        advances = [_advance(char) for char in self._digits]
        glyphs = bytes(2) + b"".join((ADVANCES.index(a) + 1).to_bytes(2, "big") for a in advances)
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/" + FONT_NAME),
            Flags=4,
            FontBBox=Array([0, round(DESCENT * UNITS_PER_EM), UNITS_PER_EM, round(ASCENT * UNITS_PER_EM)]),
            ItalicAngle=0,
            Ascent=round(ASCENT * UNITS_PER_EM),
            Descent=round(DESCENT * UNITS_PER_EM),
            CapHeight=660,
            StemV=80,
            FontFile2=Stream(pdf, font_program(), Length1=len(font_program())),
        )
        cid_font = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name("/" + FONT_NAME),
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=DEFAULT_ADVANCE,
            W=Array([1, Array(advances)]),
            CIDToGIDMap=Stream(pdf, glyphs),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + FONT_NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(cid_font)]),
            ToUnicode=Stream(pdf, self._to_unicode()),
        )
        return pdf.make_indirect(font)

    def _to_unicode(self) -> bytes:
        return _cmap([f"<{code}> <{char.encode('utf-16-be').hex()}>" for char, code in self._digits.items()])


def without_unused(to_unicode: bytes, contents: Iterable[bytes]) -> bytes:
    """Return a file's map from codes to characters with only those that its pages' ``contents`` show."""
    shown = {
        digits[i : i + 4] for text in contents for digits in _SHOWN.findall(text) for i in range(0, len(digits), 4)
    }
    return _cmap([entry.decode() for entry in _ENTRY.findall(to_unicode) if entry[1:5] in shown])


def _cmap(entries: Sequence[str]) -> bytes:
    """Return a CMap from codes to characters; a block may hold at most 100 entries (Adobe TN 5014)."""
    blocks = [entries[i : i + 100] for i in range(0, len(entries), 100)]
    maps = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
    return _CMAP.replace("MAPS", maps).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
MAPSendcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@lru_cache(maxsize=8192)
def _advance(char: str) -> int:
    base = unicodedata.normalize("NFD", char)[0]
    return _ADVANCE_OF.get(base, DEFAULT_ADVANCE)


@lru_cache(maxsize=1)
def font_program() -> bytes:
    """Return the TrueType file: ``.notdef`` and one glyph per width of ``ADVANCES`` (``scripts/invisible-font``)."""
    return (resources.files("pipeline.pdf.data") / f"{FONT_NAME}.ttf").read_bytes()
