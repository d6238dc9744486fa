"""A small typesetter: lines of text in a real font become words with boxes in px at 300 dpi, as an engine finds them.

A form is a string, one paragraph to a line; the first characters say how it is set:

    =   a title, centred and bold            ~   centred                  >>  centred in the right half
    |   cells side by side                   ||  a row of a table         <>  left and right column of signatures
    ^   small, at the left                   ---  a new page              (nothing)  a paragraph, or a gap when empty

A title breaks at “ // ”.  A filled-in value stands between ``VALUE`` + name + ``NAME_END`` and ``VALUE_END``.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

PX = 300 / 25.4
"""Pixels per mm."""
VALUE, NAME_END, VALUE_END = "\x01", "\x02", "\x03"
GARBAGE = "?"
"""The name of a value that is no text: a pen's strokes, read as letters."""
_MARK = re.compile("(\x01[^\x02]*\x02|\x03)")
_FOLDERS = (Path("/usr/share/fonts/truetype/croscore"), Path("/usr/share/fonts/truetype/dejavu"))
A4, A5, A5_WIDE, CARD, A3_WIDE, A4_WIDE = (210, 297), (148, 210), (210, 148), (86, 54), (420, 297), (297, 210)

Font = ImageFont.FreeTypeFont


@dataclass(slots=True)
class Print:
    """A word on the paper, the field whose value it is part of, and how hard it is to read (0–1)."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    line: int
    field: str | None = None
    faint: float = 0.0


@dataclass
class SheetOfPaper:
    """One page: its size in px, and its words in reading order."""

    width: int
    height: int
    words: list[Print] = field(default_factory=list)


@lru_cache(maxsize=128)
def font(family: str, style: str, size: int) -> Font:
    """Return a font of the project's set-up; ``size`` in px."""
    for folder in _FOLDERS:
        file = folder / f"{family}-{style}.ttf"
        if file.exists():
            return ImageFont.truetype(str(file), size)
    raise FileNotFoundError(f"{family}-{style}.ttf: scripts/setup installs fonts-croscore")


@lru_cache(maxsize=60_000)
def _measure(family: str, style: str, size: int, text: str) -> tuple[float, int, int, int, int]:
    set_in = font(family, style, size)
    left, top, right, bottom = set_in.getbbox(text, anchor="ls")
    return set_in.getlength(text), int(left), int(top), int(right), int(bottom)


def tokens(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the words of a marked-up text, each with the field it is part of."""
    name: str | None = None
    word, of, glued = "", None, False
    for part in _MARK.split(text):
        if part.startswith(VALUE):
            name = part[1:-1]
        elif part == VALUE_END:
            name = None
        elif part:
            if part[0].isspace() and word:
                yield word, of
                word, of = "", None
            pieces = part.split()
            for place, piece in enumerate(pieces):
                if place and word:
                    yield word, of
                    word, of = "", None
                word, of = word + piece, of or name
            glued = not part[-1].isspace()
            if not glued and word:
                yield word, of
                word, of = "", None
    if word:
        yield word, of


class Typesetter:
    """Sets forms on pages of one size, from the top down."""

    def __init__(
        self,
        rng: random.Random,
        size: tuple[int, int] = A4,
        family: str = "Tinos",
        points: float = 13.0,
        leading: float = 1.28,
        margins: tuple[float, float, float, float] = (28, 18, 18, 18),
        numbering: str = "",
    ) -> None:
        """``margins`` are left, top, right and bottom in mm; ``numbering`` is a pattern with {page}, or empty."""
        self.rng, self.family, self.points, self.leading, self.numbering = rng, family, points, leading, numbering
        self.size = size
        self.left, self.top, self.right, self.bottom = (int(m * PX) for m in margins)
        self.pages: list[SheetOfPaper] = []
        self.indent = rng.choice((0, 0, int(10 * PX)))
        self.stretch = rng.uniform(1.0, 1.35)
        self.columns_apart = rng.random() < 0.3
        self.line = 0
        self.foot: list[Print] = []
        self.new_page()

    # -- pages ---------------------------------------------------------------------------------------------------

    def new_page(self) -> None:
        if self.pages:
            self.close()
        self.page = SheetOfPaper(int(self.size[0] * PX), int(self.size[1] * PX))
        self.pages.append(self.page)
        self.line, self.y = 0, float(self.top)
        if self.numbering and len(self.pages) > 1:
            line = list(tokens(self.numbering.removeprefix("v").format(page=len(self.pages))))
            foot = self.numbering.startswith("v")
            self.y = self.page.height - self.bottom * 0.6 if foot else self.top * 0.45
            points = self.points - 1
            self.set(line, self.left + (self.width - self.length(line, "Regular", points)) / 2, "Regular", points)
            if foot:  # read last, but set now: ``finish`` puts it behind the rest
                self.foot, self.page.words = self.page.words, []
            self.line += 1
            self.y = float(self.top)

    def close(self) -> None:
        """Put the number at the foot behind the page's other words."""
        for word in self.foot:
            word.line = self.line + 1
        if self.page.words:
            self.page.words += self.foot
        self.foot = []

    @property
    def width(self) -> int:
        return self.page.width - self.left - self.right

    # -- lines ---------------------------------------------------------------------------------------------------

    def _px(self, points: float) -> int:
        return max(12, round(points * 300 / 72))

    def _space(self, style: str, size: int) -> float:
        return _measure(self.family, style, size, " ")[0]

    def wrap(
        self, text: str, width: float, style: str, points: float, first: float = 0.0
    ) -> list[list[tuple[str, str | None]]]:
        size = self._px(points)
        space = self._space(style, size)
        lines: list[list[tuple[str, str | None]]] = [[]]
        at = first
        for word, of in tokens(text):
            advance = _measure(self.family, style, size, word)[0]
            if lines[-1] and at + advance > width:
                lines.append([])
                at = 0.0
            lines[-1].append((word, of))
            at += advance + space
        return [line for line in lines if line]

    def length(self, line: Sequence[tuple[str, str | None]], style: str, points: float) -> float:
        size = self._px(points)
        return sum(_measure(self.family, style, size, w)[0] for w, _ in line) + self._space(style, size) * (
            len(line) - 1
        )

    def set(
        self, line: Sequence[tuple[str, str | None]], x: float, style: str, points: float, stretch: float = 1.0
    ) -> None:
        """Set the words at ``x`` on the current baseline; the line's number and ``y`` stay."""
        size = self._px(points)
        space = self._space(style, size) * stretch
        base = self.y + size
        for word, of in line:
            advance, left, top, right, bottom = _measure(self.family, style, size, word)
            nudge = self.rng.randint(-1, 1)
            self.page.words.append(
                Print(
                    word,
                    int(x + left),
                    int(base + top) + nudge,
                    max(int(x + right), int(x + left) + 2),
                    max(int(base + bottom) + nudge, int(base + top) + nudge + 2),
                    self.line,
                    None if of == GARBAGE else of,
                    0.9 if of == GARBAGE else 0.0,
                )
            )
            x += advance + space

    def feed(self, points: float, lines: float = 1.0) -> None:
        self.line += 1
        self.y += self._px(points) * self.leading * lines

    def room(self, points: float, lines: int = 1) -> None:
        if self.page.words and self.y + self._px(points) * self.leading * lines > self.page.height - self.bottom:
            self.new_page()

    def gap(self, mm: float) -> None:
        self.y += mm * PX

    # -- blocks --------------------------------------------------------------------------------------------------

    def paragraph(
        self, text: str, style: str = "Regular", points: float | None = None, indent: float | None = None
    ) -> None:
        points = points or self.points
        first = float(self.indent if indent is None else indent)
        lines = self.wrap(text, self.width, style, points, first)
        for place, line in enumerate(lines):
            self.room(points)
            x = self.left + (first if place == 0 else 0.0)
            self.set(line, x, style, points, self.stretch if place < len(lines) - 1 else 1.0)
            self.feed(points)

    def centred(self, text: str, style: str = "Regular", points: float | None = None) -> None:
        points = points or self.points
        for line in self.wrap(text, self.width * 0.97, style, points):
            self.room(points)
            self.set(line, self.left + (self.width - self.length(line, style, points)) / 2, style, points)
            self.feed(points)

    def half(self, text: str, right: bool, style: str = "Regular", points: float | None = None) -> None:
        points = points or self.points
        for line in self.wrap(text, self.width * 0.52, style, points):
            self.room(points)
            middle = self.left + self.width * (0.74 if right else 0.24)
            x = max(float(self.left), middle - self.length(line, style, points) / 2)
            self.set(line, x, style, points)
            self.feed(points)

    def cells(self, texts: Sequence[str], at: Sequence[float] | None = None) -> None:
        """Set texts side by side on one line; ``at`` are shares of the width."""
        self.room(self.points)
        starts = at or [place / len(texts) for place in range(len(texts))]
        reach = 0.0
        for text, share in zip(texts, starts, strict=True):
            line = list(tokens(text))
            x = max(self.left + share * self.width, reach)
            self.set(line, x, "Regular", self.points)
            reach = x + self.length(line, "Regular", self.points) + self._px(self.points) * 0.8
        self.feed(self.points)

    def columns(
        self,
        left: Sequence[tuple[str, str]],
        right: Sequence[tuple[str, str]],
        shares: tuple[float, float] = (0.40, 0.60),
        points: float | None = None,
    ) -> None:
        """Set two columns of centred (text, style) rows: read row by row, or one column after the other."""
        points = points or self.points - 0.5
        middles = (self.left + self.width * shares[0] / 2, self.left + self.width * (1 - shares[1] / 2))
        longest = max(self.length(list(tokens(text)), style, points) for text, style in right)
        if shares[0] < 0.5 and longest > self.width * shares[1]:  # offices make the national heading fit
            points *= self.width * shares[1] * 0.98 / longest
        rows: list[list[tuple[list[tuple[str, str | None]], str]]] = []
        for texts, share in ((left, shares[0]), (right, shares[1])):
            rows.append(
                [
                    (line, style)
                    for text, style in texts
                    for line in (self.wrap(text, self.width * share * 0.99, style, points) or [[]])
                ]
            )
        height = max(len(rows[0]), len(rows[1]))
        self.room(points, min(height, 4))
        top = self.y
        apart = self.columns_apart
        if apart:
            for column, middle in zip(rows, middles, strict=True):
                self.y = top
                for line, style in column:
                    self.set(line, middle - self.length(line, style, points) / 2, style, points)
                    self.feed(points)
            self.y = top + height * self._px(points) * self.leading
            return
        for place in range(height):
            for column, middle in zip(rows, middles, strict=True):
                if place < len(column):
                    line, style = column[place]
                    self.set(line, middle - self.length(line, style, points) / 2, style, points)
            self.feed(points)

    def row(self, texts: Sequence[str], widths: Sequence[float], style: str = "Regular") -> None:
        """Set a table's row: each cell is wrapped in its share of the width; lines at one height are read as one."""
        points = self.points - 1
        wrapped = [
            self.wrap(text, share * self.width * 0.94, style, points)
            for text, share in zip(texts, widths, strict=False)
        ]
        for place in range(max((len(w) for w in wrapped), default=0)):
            self.room(points)
            x = float(self.left)
            for lines, share in zip(wrapped, widths, strict=False):
                if place < len(lines):
                    self.set(lines[place], x + self.width * share * 0.03, style, points)
                x += share * self.width
            self.feed(points)
        self.gap(0.8)

    # -- forms ---------------------------------------------------------------------------------------------------

    def form(self, text: str, widths: Sequence[float] = ()) -> None:
        """Set a form written in the mark-up above; ``widths`` are the shares of a table's columns."""
        header = True
        for raw in text.strip("\n").split("\n"):
            line = raw.strip()
            if line.startswith("||"):
                cells = [cell.strip() for cell in line[2:].split("|")]
                shares = widths or [1 / len(cells)] * len(cells)
                self.row(cells, shares, "Bold" if header else "Regular")
                header = False
                continue
            header = True
            self._plain(line)

    def _plain(self, line: str) -> None:
        if not line:
            self.gap(self.rng.uniform(1.0, 3.0))
        elif line == "---":
            self.new_page()
        elif line.startswith("="):
            self.room(self.points + 1, 2)
            points = self.points + self.rng.choice((0, 1, 1, 2))
            for part in line[1:].split(" // "):
                self.centred(part.strip(), "Bold", points)
        elif line.startswith("~"):
            self.centred(line[1:].strip(), self.rng.choice(("Regular", "Italic")))
        elif line.startswith(">>"):
            self.half(line[2:].strip(), True, "Italic")
        elif line.startswith("<>"):
            left, _, right = line[2:].partition("|")
            style = "Bold" if left.isupper() or right.isupper() else "Regular"
            self.columns([(left.strip(), style)], [(right.strip(), style)], (0.5, 0.5))
        elif line.startswith("^"):
            self.paragraph(line[1:].strip(), "Italic", self.points - 2, 0)
        elif line.startswith("|"):
            self.cells([cell.strip() for cell in line[1:].split("|")])
        else:
            self.paragraph(line)
