"""The blocks that forms are made of: letterheads, titles, paragraphs, tables, signatures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from samples.maker import ink, markup, seals
from samples.maker.flow import Composer
from samples.maker.seals import Seal

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Head:
    """The two-column letterhead: agency on the left (its last line bold), country and motto on the right.

    ``number`` and ``place`` stand below, ``subject`` under the number as on official letters; ``pen`` is the
    number and the day that are written by hand into the gaps left in them.
    """

    agency: tuple[str, ...]
    number: str = ""
    place: str = ""
    subject: tuple[str, ...] = ()
    bold_from: int = -1
    country: str = COUNTRY
    pen: tuple[str, str] = ("", "")

    def put(self, page: Composer) -> None:
        size = min(page.style.size, 12.5)
        plain, bold = replace(page.style, size=size), replace(page.style, size=size, face="b")
        left, right = page.left + page.width * 0.19, page.left + page.width * 0.705
        motto = replace(bold, size=size + 0.5)
        first = len(self.agency) + self.bold_from if self.bold_from < 0 else self.bold_from
        rows = [(text, bold if i >= first else plain) for i, text in enumerate(self.agency)]
        heads = [(self.country, bold), (MOTTO, motto)]
        for i in range(max(len(rows), len(heads))):
            y = page.drop(size)
            if i < len(rows):
                wide = page.sheet.centred(left, y, *rows[i])
                if i == len(rows) - 1:
                    page.sheet.line(left - wide * 0.22, y + 1.4, left + wide * 0.22, y + 1.4, 0.25)
            if i < len(heads):
                wide = page.sheet.centred(right, y, *heads[i])
                if i == 1:
                    page.sheet.line(right - wide / 2, y + 1.5, right + wide / 2, y + 1.5, 0.25)
        page.y += 2.2
        self._under(page, left, right)
        page.y += 2.5

    def _under(self, page: Composer, left: float, right: float) -> None:
        if not (self.number or self.place):
            return
        y = page.drop()
        italic = replace(page.style, face="i")
        if self.number:
            start = left - page.style.width(self.number) / 2
            page.sheet.text(start, y, self.number, page.style)
            if self.pen[0]:
                ink.write(page.sheet, start + page.style.width("Số:  "), y - 0.4, self.pen[0], page.rng, 2.8)
        if self.place:
            wide = page.sheet.centred(right, y, self.place, italic)
            if self.pen[1]:
                at = right - wide / 2 + italic.width(self.place.split("   ")[0] + " ")
                ink.write(page.sheet, at, y - 0.4, self.pen[1], page.rng, 2.6)
        small = replace(page.style, size=page.style.size - 1)
        for line in self.subject:
            page.sheet.centred(left, page.drop(small.size), line, small)


@dataclass(frozen=True)
class Motto:
    """Country and motto in the middle, as declarations have them; ``form`` is the form's number at the right."""

    form: str = ""
    country: str = COUNTRY

    def put(self, page: Composer) -> None:
        if self.form:
            y = page.drop(11)
            style = replace(page.style, size=11, face="bi")
            page.sheet.text(page.right - style.width(self.form), y, self.form, style)
        centre = (page.left + page.right) / 2
        bold = replace(page.style, face="b")
        page.sheet.centred(centre, page.drop(), self.country, bold)
        y = page.drop()
        wide = page.sheet.centred(centre, y, MOTTO, bold)
        page.sheet.line(centre - wide / 2, y + 1.5, centre + wide / 2, y + 1.5, 0.25)
        page.y += 3


@dataclass(frozen=True)
class Title:
    """Centred lines in capitals, and a smaller ``under`` line; ``rule`` draws the short line below."""

    lines: tuple[str, ...]
    under: tuple[str, ...] = ()
    size: float = 14.0
    rule: bool = False
    red: bool = False

    def put(self, page: Composer) -> None:
        centre = (page.left + page.right) / 2
        page.y += 3
        for line in self.lines:
            style = replace(page.style, size=self.size, face="b")
            y = page.drop(self.size)
            wide = style.width(line)
            page.sheet.text(centre - wide / 2, y, line, style, ink="print-red" if self.red else "toner")
        for line in self.under:
            face = "b" if self.rule else "i"
            y = page.drop()
            wide = page.sheet.centred(centre, y, line, replace(page.style, face=face))
        if self.rule:
            page.sheet.line(centre - wide * 0.2, y + 1.6, centre + wide * 0.2, y + 1.6, 0.25)
        page.y += 2.5


@dataclass(frozen=True)
class P:
    """A paragraph in the markup language; ``indent`` of the first line, ``left`` of all lines, in mm."""

    text: str
    align: str = "j"
    indent: float = 0.0
    left: float = 0.0
    before: float = 0.9
    size: float = 0.0

    def put(self, page: Composer) -> None:
        style = replace(page.style, size=self.size or page.style.size)
        gap = page.style.width(" ")
        width = page.width - self.left
        lines = markup.wrap(markup.read(self.text, style), width, self.indent, gap)
        page.y += self.before
        for i, line in enumerate(lines):
            shift = self.indent if i == 0 else 0.0
            tall = 1.9 if any(a.kind == "boxes" for a in line) else 0.0
            page.y += tall * 0.6
            y = page.drop(style.size)
            last = i == len(lines) - 1
            align = "l" if self.align == "j" and last else self.align
            page.set_line(line, page.left + self.left + shift, width - shift, y, align)
            page.y += tall * 0.7


def paragraphs(*texts: str, indent: float = 10.0) -> tuple[P, ...]:
    """Return justified paragraphs with an indented first line, the body of decisions and contracts."""
    return tuple(P(text, indent=indent, before=1.4) for text in texts)


def fields(*texts: str, before: float = 0.9) -> tuple[P, ...]:
    """Return the lines of a form, label and value, without indent."""
    return tuple(P(text, align="l", before=before) for text in texts)


@dataclass(frozen=True)
class Gap:
    """Empty space of ``height`` mm."""

    height: float

    def put(self, page: Composer) -> None:
        page.y += self.height


@dataclass(frozen=True)
class Break:
    """The next block starts a new sheet."""

    def put(self, page: Composer) -> None:
        page.turn_page()


@dataclass(frozen=True)
class Draw:
    """Free drawing of ``height`` mm, for bar codes and sketches."""

    height: float
    draw: Callable[[Composer], None]

    def put(self, page: Composer) -> None:
        page.need(self.height)
        self.draw(page)
        page.y += self.height


@dataclass(frozen=True)
class Table:
    """Ruled cells: ``widths`` are shares, ``rows`` cells in markup, the first row a bold heading."""

    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: str = ""
    size: float = 11.5
    head: bool = True
    row_height: float = 0.0

    def put(self, page: Composer) -> None:
        page.y += 2
        total = sum(self.widths)
        spans = [w / total * page.width for w in self.widths]
        for i, row in enumerate(self.rows):
            self._row(page, spans, row, heading=self.head and i == 0)
        page.y += 2

    def _row(self, page: Composer, spans: list[float], row: tuple[str, ...], heading: bool) -> None:
        style = replace(page.style, size=self.size, face="b" if heading else "")
        gap, pitch = style.width(" "), page.pitch(self.size)
        cells = [
            [line for part in cell.split("\n") for line in markup.wrap(markup.read(part, style), w - 3, 0.0, gap)]
            for cell, w in zip(row, spans, strict=True)
        ]
        height = max(max(len(c) for c in cells) * pitch + 2.4, self.row_height)
        page.need(height)
        x = page.left
        for i, (lines, width) in enumerate(zip(cells, spans, strict=True)):
            page.sheet.frame((x, page.y, x + width, page.y + height), 0.22)
            align = "c" if heading else (self.aligns or "l" * len(row))[i]
            for n, line in enumerate(lines):
                page.set_line(line, x + 1.5, width - 3, page.y + pitch * (n + 0.82) + 0.9, align)
            x += width
        page.y += height


@dataclass(frozen=True)
class Sign:
    """One column of a signature block; ``signed`` draws the pen's signature, ``seal`` presses the seal over it."""

    title: tuple[str, ...]
    name: str = ""
    note: str = ""
    seal: Seal | None = None
    signed: bool = True
    ink: str = "blue"
    hand_name: str = ""


@dataclass(frozen=True)
class Signs:
    """Signature columns side by side; ``date`` stands above the last, ``room`` is the height left for the pen.

    A seal gets the room that typists leave for it, so that it only brushes the title and the name.
    """

    columns: tuple[Sign | None, ...]
    date: str = ""
    room: float = 24.0
    recipients: tuple[str, ...] = ()

    def put(self, page: Composer) -> None:
        titles = max(len(c.title) + bool(c.note) for c in self.columns if c)
        room = max(self.room, 31.0) if any(c and c.seal for c in self.columns) else self.room
        page.need((titles + 1 + bool(self.date)) * page.pitch() + room)
        page.y += 2.5
        span = page.width / len(self.columns)
        if self.date:
            centre = page.left + span * (len(self.columns) - 0.5)
            centre = min(centre, page.right - page.style.width(self.date) / 2)
            page.sheet.centred(centre, page.drop(), self.date, replace(page.style, face="i"))
        top = page.y
        for i, column in enumerate(self.columns):
            if column:
                self._column(
                    page, column, page.left + span * (i + 0.5), top, top + page.pitch() * (titles + 1) + room - 1
                )
        for i, text in enumerate(self.recipients):
            style = replace(page.style, size=page.style.size - (1 if i == 0 else 2), face="bi" if i == 0 else "")
            page.sheet.text(page.left, top + page.pitch() * (i + 1), text, style)
        page.y = max(top + page.pitch() * (titles + 1) + room, top + page.pitch() * len(self.recipients))

    def _column(self, page: Composer, column: Sign, x: float, top: float, name_y: float) -> None:
        pitch = page.pitch()
        bold, italic = replace(page.style, face="b"), replace(page.style, face="i", size=page.style.size - 1)
        rows = [(t, bold) for t in column.title] + ([(column.note, italic)] if column.note else [])
        for n, (text, style) in enumerate(rows):
            page.sheet.centred(x, top + pitch * (n + 1), text, style)
        under = top + pitch * len(rows)
        middle = (under + name_y - 0.7 * pitch) / 2
        if column.signed:
            wide = min(34.0, page.width / len(self.columns) * 0.55, (name_y - under - pitch) * 1.7)
            ink.sign(page.sheet, x + 3, middle, column.name or column.hand_name, page.rng, wide, column.ink)
        if column.seal:
            seals.press(page.sheet, column.seal, x - 15, middle, page.rng)
        if column.name:
            page.sheet.centred(x, name_y, column.name, bold)
        if column.hand_name:
            wide = ink.width_of(column.hand_name, 2.6)
            ink.write(page.sheet, x - wide / 2, name_y, column.hand_name, page.rng, 2.6)
