"""The little language that forms are written in, and its atoms: things that stand on a line.

``**bold**``, ``//italic//``, ``~by hand~``, ``[ ]`` and ``[x]`` tick boxes, ``#012345#`` digits in boxes,
``<..>`` a dotted leader to the end of the line, ``<.20>`` one of 20 mm, ``<>`` empty space to the end of the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from samples.maker import ink
from samples.maker.sheet import Sheet, Style

_MARK = r"\*\*|//|~[^~]+~|\[[ x]\]|#\d+#|<\.\.>|<\.\d+>|<>"
_TOKEN = re.compile(rf"{_MARK}|(?:(?!{_MARK})\S)+")


@dataclass(frozen=True)
class Atom:
    """One thing on a line: ``kind`` is word, hand, tick, boxes, leader or space; ``width`` in mm."""

    kind: str
    text: str
    style: Style
    width: float
    stretch: bool = False

    def put(self, sheet: Sheet, x: float, baseline: float, rng: np.random.Generator) -> None:
        """Draw the atom with its left end at ``x``."""
        _DRAW[self.kind](self, sheet, x, baseline, rng)


def read(text: str, style: Style) -> list[Atom]:
    """Return the atoms of ``text``; toggles switch bold and italic on top of ``style``."""
    atoms: list[Atom] = []
    bold, slant = "b" in style.face, "i" in style.face
    for token in _TOKEN.findall(text):
        if token == "**":
            bold = not bold
        elif token == "//":
            slant = not slant
        else:
            atoms.append(_atom(token, replace(style, face=("b" if bold else "") + ("i" if slant else ""))))
    return atoms


def _atom(token: str, style: Style) -> Atom:
    if token[0] == "~":
        return Atom("hand", token[1:-1], style, ink.width_of(token[1:-1]) + 5)
    if token in ("[ ]", "[x]"):
        return Atom("tick", token[1].strip(), style, style.size * 0.28)
    if token[0] == "#" and len(token) > 2:
        return Atom("boxes", token[1:-1], style, 5.6 * (len(token) - 2))
    if token in ("<..>", "<>"):
        return Atom("leader" if "." in token else "space", "", style, 6.0, stretch=True)
    if token.startswith("<."):
        return Atom("leader", "", style, float(token[2:-1]))
    return Atom("word", token, style, style.width(token))


def _word(atom: Atom, sheet: Sheet, x: float, baseline: float, _: np.random.Generator) -> None:
    sheet.text(x, baseline, atom.text, atom.style)


def _hand(atom: Atom, sheet: Sheet, x: float, baseline: float, rng: np.random.Generator) -> None:
    sheet.leader(x, x + atom.width, baseline, atom.style.size)
    ink.write(sheet, x + 2, baseline - 0.5, atom.text, rng)


def _tick(atom: Atom, sheet: Sheet, x: float, baseline: float, rng: np.random.Generator) -> None:
    side = atom.width
    box = (x, baseline - side * 0.9, x + side, baseline + side * 0.1)
    sheet.frame(box, 0.25)
    sheet.unread.append(box)
    if atom.text:
        ink.write(sheet, x + side * 0.1, baseline, "x", rng, size=side * 0.9)


def _boxes(atom: Atom, sheet: Sheet, x: float, baseline: float, _: np.random.Generator) -> None:
    for i, digit in enumerate(atom.text):
        left = x + 5.6 * i
        sheet.frame((left, baseline - 4.8, left + 5.6, baseline + 1.4), 0.2)
        sheet.centred(left + 2.8, baseline, digit, atom.style)


def _leader(atom: Atom, sheet: Sheet, x: float, baseline: float, _: np.random.Generator) -> None:
    sheet.leader(x, x + atom.width, baseline, atom.style.size)


def _space(_atom: Atom, _sheet: Sheet, _x: float, _baseline: float, _rng: np.random.Generator) -> None:
    """Leave the place empty."""


_DRAW = {"word": _word, "hand": _hand, "tick": _tick, "boxes": _boxes, "leader": _leader, "space": _space}


def wrap(atoms: list[Atom], width: float, indent: float, gap: float) -> list[list[Atom]]:
    """Break ``atoms`` into lines of at most ``width`` mm, the first one shorter by ``indent``."""
    lines: list[list[Atom]] = [[]]
    at = indent
    for atom in atoms:
        step = atom.width + (gap if lines[-1] else 0)
        if lines[-1] and at + step > width + 0.01:
            lines.append([])
            at, step = 0.0, atom.width
        lines[-1].append(atom)
        at += step
    return lines


def stretch(line: list[Atom], width: float, gap: float) -> list[Atom]:
    """Let the line's elastic atoms share what is left of ``width``."""
    elastic = sum(a.stretch for a in line)
    if not elastic:
        return line
    used = sum(0 if a.stretch else a.width for a in line) + gap * (len(line) - 1)
    share = max(2.0, (width - used) / elastic)
    return [replace(a, width=share) if a.stretch else a for a in line]
