"""Units (cơ quan, đơn vị): their codes in both orders, how long they existed, and which took over from which.

A dossier keeps the ID that it was given, but its unit may be gone: since 1 July 2025 there are 34 provinces for 63, and
no districts.  An officer who looks for either finds the papers of both.

The codes follow QCVN 102:2016/BTTTT.  Circular 01/2018/TT-VPCP writes the lowest level first and fills with zeros
(``000.00.21.H10``), Decision 20/2020/QĐ-TTg the highest first (``H10.21``): ``canonical`` makes the latter of both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field, field_validator, model_validator

from pipeline.catalogue.base import Entry
from sohoa.text import nfc
from sohoa.wording import both

_LOWEST_FIRST = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[GH]\d{2}")


class Unit(Entry):
    """One unit; ``until`` is its last day, after which its ``successors`` (codes) have its papers."""

    code: str = Field(pattern=r"^(?:[GH]\d{2}(?:\.\d{1,3}){0,4}|\d{5,6})$")
    name: str = Field(min_length=1)
    level: Literal["province", "ministry", "district", "commune", "office"]
    since: dt.date | None = None
    until: dt.date | None = None
    successors: tuple[str, ...] = ()

    @field_validator("name")
    @classmethod
    def _nfc(cls, text: str) -> str:
        return nfc(text)

    @model_validator(mode="after")
    def _is_consistent(self) -> Unit:
        if self.successors and self.until is None:
            raise ValueError(both("có đơn vị kế tục mà thiếu ngày cuối", "successors without a last day (until)"))
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError(both("ngày cuối trước ngày đầu", "until is before since"))
        return self

    def existed(self, day: dt.date) -> bool:
        """Tell whether the unit existed on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Units:
    """All known units; codes of any order are taken everywhere."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.code: unit for unit in units}

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def find(self, code: str) -> Unit | None:
        """Return the unit of that very code, or None."""
        return self._units.get(canonical(code))

    def nearest(self, code: str) -> Unit | None:
        """Return the unit of that code or the nearest one above it that is known, or None."""
        parts = canonical(code).split(".")
        above = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((self._units[one] for one in above if one in self._units), None)

    def kin(self, code: str) -> frozenset[str]:
        """Return the code, all that took over from it and all that it took over from, in the order of highest first."""
        own = canonical(code)
        return frozenset({own, *_reach(own, self._successors), *_reach(own, self._predecessors)})

    def belongs(self, unit: str, asked: str) -> bool:
        """Tell whether papers of ``unit`` are what one looks for who asks for the unit ``asked`` with all below it."""
        place = canonical(unit)
        return any(place == one or place.startswith(f"{one}.") for one in self.kin(asked))

    @cached_property
    def _successors(self) -> dict[str, list[str]]:
        return {unit.code: list(unit.successors) for unit in self}

    @cached_property
    def _predecessors(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for unit in self:
            for successor in unit.successors:
                found[successor].append(unit.code)
        return dict(found)


def canonical(code: str) -> str:
    """Return a unit's code with the highest level first and without the zeros that fill it up."""
    text = code.strip().upper()
    if not _LOWEST_FIRST.fullmatch(text):
        return text
    highest, *lower = reversed(text.split("."))
    while lower and not int(lower[-1]):
        lower.pop()
    return ".".join([highest, *lower])


def _reach(start: str, edges: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    left = list(edges.get(start, ()))
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += edges.get(one, ())
    return found
