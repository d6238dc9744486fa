"""From a form written as blocks to sheets: what stands where on the page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from samples.maker import markup
from samples.maker.sheet import POINT, Sheet, Style


@dataclass(frozen=True)
class Paper:
    """A paper format and its margins (left, top, right, bottom), in mm."""

    width: float = 210.0
    height: float = 297.0
    margins: tuple[float, float, float, float] = (30.0, 18.0, 18.0, 18.0)


A4 = Paper()
A5 = Paper(148.0, 210.0, (14.0, 10.0, 12.0, 10.0))
A5_WIDE = Paper(210.0, 148.0, (18.0, 9.0, 15.0, 8.0))


class Block(Protocol):
    """A piece of a form that draws itself at the composer's place and moves it down."""

    def put(self, page: Composer) -> None: ...


@dataclass(frozen=True)
class Document:
    """A paper as data: its type in the catalogue, its blocks, and the truth about it.

    ``fields`` are the printed values by the catalogue's field names (dates ISO, numbers plain); ``number`` is
    the document number printed on it.
    """

    type: str
    blocks: tuple[Block, ...]
    fields: dict[str, str] = field(default_factory=dict)
    persons: tuple[str, ...] = ()
    number: str = ""
    paper: Paper = A4
    size: float = 13.0
    leading: float = 1.22
    family: str = "Tinos"
    numbered: bool = True
    ground: str = ""
    """Name of a colour ground (see ``grounds``), for certificates."""
    edge_seal: object | None = None
    """A seal pressed across the right edges of all pages (giáp lai)."""


class Composer:
    """Places blocks on sheets from the top down and opens a new sheet when one is full."""

    def __init__(self, document: Document, rng: np.random.Generator) -> None:
        self.document, self.rng = document, rng
        self.paper = document.paper
        self.style = Style(document.size, "", document.family)
        self.left, self.top, right, bottom = self.paper.margins
        self.right, self.bottom = self.paper.width - right, self.paper.height - bottom
        self.sheets: list[Sheet] = []
        self.turn_page()

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def width(self) -> float:
        return self.right - self.left

    def pitch(self, size: float | None = None) -> float:
        """The distance of two baselines in mm."""
        return (size or self.style.size) * POINT * self.document.leading

    def turn_page(self) -> None:
        self.sheets.append(Sheet(self.paper.width, self.paper.height))
        self.y = self.top
        if len(self.sheets) > 1 and self.document.numbered:
            self.sheet.centred(self.paper.width / 2, self.top - 4, str(len(self.sheets)), replace(self.style, size=13))
            self.y = self.top + 3

    def need(self, height: float) -> None:
        """Open a new sheet when less than ``height`` mm are left on this one."""
        if self.y + height > self.bottom:
            self.turn_page()

    def drop(self, size: float | None = None) -> float:
        """Move down by one line and return its baseline."""
        step = self.pitch(size)
        self.need(step)
        self.y += step
        return self.y

    def set_line(self, line: list[markup.Atom], x: float, width: float, baseline: float, align: str) -> None:
        """Draw one line of atoms inside ``width``: l, c, r or j (justified)."""
        gap = self.style.width(" ")
        line = markup.stretch(line, width, gap)
        used = sum(a.width for a in line) + gap * (len(line) - 1)
        if align == "j" and len(line) > 1:
            gap += max(0.0, min(width - used, 0.5 * gap * len(line) + 8)) / (len(line) - 1)
        elif align in "cr":
            x += (width - used) / (2 if align == "c" else 1)
        for atom in line:
            atom.put(self.sheet, x, baseline, self.rng)
            x += atom.width + gap


def compose(document: Document, rng: np.random.Generator) -> list[Sheet]:
    """Lay ``document`` out and return its sheets."""
    composer = Composer(document, rng)
    for block in document.blocks:
        block.put(composer)
    return composer.sheets
