"""A sheet of paper before it is scanned: layers of ink in millimetres, and what an OCR should read on it.

Ink is kept in separate masks (toner, blue pen, red seal) at ``DRAW_DPI`` so that the scanner can lay them on
the paper as inks do, one over the other, and turn and sample them only once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

DRAW_DPI = 400
PX = DRAW_DPI / 25.4
"""Drawing pixels per millimetre."""
POINT = 25.4 / 72
"""Millimetres per point."""

FONTS = Path("/usr/share/fonts/truetype/croscore")
_FACES = {"": "Regular", "b": "Bold", "i": "Italic", "bi": "BoldItalic"}

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Style:
    """How a run of text is set: size in pt, weight and slant (``""``, b, i, bi), family (Tinos is Times-like)."""

    size: float = 13.0
    face: str = ""
    family: str = "Tinos"

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return _font(self.family, self.face, self.size)

    def width(self, text: str) -> float:
        return float(self.font.getlength(text)) / PX


@lru_cache(maxsize=64)
def _font(family: str, face: str, size: float) -> ImageFont.FreeTypeFont:
    path = FONTS / f"{family}-{_FACES[face]}.ttf"
    return ImageFont.truetype(str(path), size * DRAW_DPI / 72, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True)
class Word:
    """A printed word: its text, its ink box and its baseline, in mm from the top left."""

    text: str
    box: Box
    baseline: float


@dataclass
class Sheet:
    """One side of a sheet; ``background`` is the colour ground of a certificate, if it has one."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    unread: list[Box] = field(default_factory=list)
    """Boxes of pen strokes, seals, leaders and tick boxes: ink that is no printed text."""
    background: NDArray[np.float32] | None = None
    layers: dict[str, Image.Image] = field(default_factory=dict)

    def layer(self, name: str) -> Image.Image:
        """Return the mask of one ink (toner, blue, red), 255 where it is full."""
        if name not in self.layers:
            size = round(self.width * PX), round(self.height * PX)
            self.layers[name] = Image.new("L", size)
        return self.layers[name]

    def pen(self, name: str = "toner") -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.layer(name))

    def text(self, x: float, baseline: float, text: str, style: Style, ink: str = "toner", read: bool = True) -> float:
        """Draw ``text`` with its left end at ``x`` and return its width; words are noted unless not ``read``."""
        pen, space = self.pen(ink), style.width(" ")
        at = x
        for word in text.split(" "):
            if word:
                self._word(pen, at, baseline, word, style, read)
            at += style.width(word) + space
        return at - space - x

    def _word(self, pen: ImageDraw.ImageDraw, x: float, y: float, word: str, style: Style, read: bool) -> None:
        where = x * PX, y * PX
        pen.text(where, word, fill=255, font=style.font, anchor="ls")
        left, top, right, bottom = (v / PX for v in pen.textbbox(where, word, font=style.font, anchor="ls"))
        if read:
            self.words.append(Word(word, (left, top, right, bottom), y))
        else:
            self.unread.append((left, top, right, bottom))

    def centred(self, x: float, baseline: float, text: str, style: Style) -> float:
        width = style.width(text)
        self.text(x - width / 2, baseline, text, style)
        return width

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.2, ink: str = "toner") -> None:
        self.pen(ink).line((x0 * PX, y0 * PX, x1 * PX, y1 * PX), fill=255, width=max(1, round(width * PX)))

    def frame(self, box: Box, width: float = 0.2) -> None:
        corners = tuple(v * PX for v in box)
        self.pen().rectangle(corners, outline=255, width=max(1, round(width * PX)))

    def leader(self, x0: float, x1: float, baseline: float, size: float) -> None:
        """Dot the line from ``x0`` to ``x1`` as forms do where something is to be written."""
        radius, pitch = size * 0.045 * POINT, size * 0.25 * POINT
        pen, y = self.pen(), (baseline - radius) * PX
        at = x0 + pitch
        while at < x1 - pitch / 2:
            pen.ellipse((at * PX - radius * PX, y - radius * PX, at * PX + radius * PX, y + radius * PX), fill=255)
            at += pitch
        if x1 - x0 > 3:
            self.unread.append((x0, baseline - 1.0, x1, baseline + 0.3))

    def lines(self) -> list[list[Word]]:
        """Return the words as the eye reads them: visual lines from the top, each from left to right."""
        rows: list[list[Word]] = []
        for word in sorted(self.words, key=lambda w: (w.baseline, w.box[0])):
            if rows and word.baseline - rows[-1][0].baseline < 1.5:
                rows[-1].append(word)
            else:
                rows.append([word])
        return [sorted(row, key=lambda w: w.box[0]) for row in rows]
