"""A paper in the making: the story it belongs to, how it is filled in, what is true of it, and its pages."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from heldout.layout import A4, GARBAGE, NAME_END, VALUE, VALUE_END, SheetOfPaper, Typesetter
from heldout.story import Person, Story, dmy, in_words

_T = TypeVar("_T")
_STROKES = ("Ny", "lt", "cC", "zv", "Jr", "ut", "Hư", "tơi", "ủ", "we", "NE", "đyc", "~", "g4", "Lp")


@dataclass
class Paper:
    """A finished paper: its type (``unknown`` outside the catalogue), pages, and the values printed on it."""

    kind: str
    maker: str
    pages: list[SheetOfPaper]
    fields: dict[str, str]
    persons: list[str]
    by_hand: bool
    day: str = ""
    """The day it was written, which a date without a place may tell."""


@dataclass
class Case:
    """What a form's function works with."""

    story: Story
    rng: random.Random
    by_hand: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    persons: list[str] = field(default_factory=list)
    setter: Typesetter | None = None

    @property
    def s(self) -> Typesetter:
        if self.setter is None:
            self.begin()
        assert self.setter is not None
        return self.setter

    def begin(
        self,
        size: tuple[int, int] = A4,
        points: float | None = None,
        margins: tuple[float, float, float, float] | None = None,
    ) -> Typesetter:
        """Take a sheet of paper; fonts, sizes and page numbers as that office has them."""
        rng = self.rng
        small = size[0] < 200 or size[1] < 200
        points = points or (rng.choice((10.5, 11, 11.5)) if small else rng.choice((12, 12.5, 13, 13, 14)))
        margins = margins or (
            (14, 10, 12, 10) if small else (rng.uniform(22, 32), rng.uniform(14, 22), rng.uniform(13, 20), 18)
        )
        family = rng.choices(("Tinos", "Arimo", "DejaVuSerif"), (85, 12, 3))[0]
        numbering = rng.choice(("", "{page}", "{page}", "vTrang {page}", "v{page}"))
        leading = rng.uniform(1.16, 1.42)
        if family == "DejaVuSerif":
            family, points = "Tinos", points + 1
        self.setter = Typesetter(rng, size, family, points, leading, margins, numbering)
        return self.setter

    # -- values --------------------------------------------------------------------------------------------------

    def v(self, name: str, text: str | None, value: str | None = None) -> str:
        """Return a filled-in value and note its truth; what is written by hand or left out becomes leaders."""
        if text is None or text == "":
            return self.leaders()
        if self.by_hand:
            return self.stroke(text)
        self.fields.setdefault(name, value if value is not None else text)
        return f"{VALUE}{name}{NAME_END}{text}{VALUE_END}"

    def w(self, text: str | None) -> str:
        """Return a filled-in value that no field asks for."""
        if not text:
            return self.leaders()
        return self.stroke(text) if self.by_hand else text

    def name(self, name: str, who: Person, capitals: bool | None = None) -> str:
        """Return a person's name as a value, now and then in capitals."""
        capitals = self.rng.random() < 0.3 if capitals is None else capitals
        self.persons.append(who.name)
        shown = who.name.upper() if capitals else who.name
        return self.v(name, shown, who.name.upper().title() if capitals else who.name)

    def date(self, name: str, day: dt.date) -> str:
        """Return a date as a value in one of the usual ways."""
        spelled = self.rng.choice((dmy(day), dmy(day), in_words(day), f"{day.day:02d}-{day.month:02d}-{day.year}"))
        return self.v(name, spelled, day.isoformat())

    def stroke(self, text: str) -> str:
        """Return what an engine sees of handwriting: leaders, nothing, or strokes read as letters."""
        chance = self.rng.random()
        if chance < 0.5:
            return self.leaders()
        if chance < 0.75:
            return ""
        count = max(1, len(text.split()) // 2)
        return f"{VALUE}{GARBAGE}{NAME_END}{' '.join(self.rng.choice(_STROKES) for _ in range(count))}{VALUE_END}"

    def leaders(self) -> str:
        return self.rng.choice(("…", ".")) * self.rng.randint(6, 22)

    def tail(self) -> str:
        """Return leaders that are left behind a value."""
        return " " + self.leaders() if self.rng.random() < 0.2 else ""

    # -- choices -------------------------------------------------------------------------------------------------

    def pick(self, *options: _T) -> _T:
        return self.rng.choice(options)

    def maybe(self, share: float = 0.5) -> bool:
        return self.rng.random() < share

    def colon(self) -> str:
        return self.rng.choice((":", ":", ":", " :", ": "))

    def digits(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    # -- heads and feet ------------------------------------------------------------------------------------------

    def motto(self, left: list[str] | None = None, number: str = "", place_date: str = "", subject: str = "") -> None:
        """Set the national heading; on the left an agency's name, number and subject."""
        hoa = self.pick("HÒA", "HÒA", "HOÀ")
        nation = [
            (f"CỘNG {hoa} XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold"),
            (self.pick("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"), "Bold"),
        ]
        if self.maybe(0.3):
            nation.append((self.pick("---------------", "_______________", "-----o0o-----"), "Regular"))
        if not left:
            for text, style in nation:
                self.s.centred(text, style)
            self.s.gap(self.rng.uniform(2, 6))
            return
        rows = [(text, "Bold" if place == len(left) - 1 else "Regular") for place, text in enumerate(left)]
        if number:
            rows.append((number, "Regular"))
        if subject:
            rows.append((subject, "Regular"))
        if place_date:
            nation.append((place_date, "Italic"))
        self.s.columns(rows, nation)
        self.s.gap(self.rng.uniform(2, 7))

    def agency(self, level: str = "commune") -> list[str]:
        """Return an agency's name as it stands at the top left."""
        story = self.story
        kind = "THỊ TRẤN" if story.town else "XÃ"
        commune = f"{kind} {story.commune}".upper()
        district = f"HUYỆN {story.district}".upper() if story.district else ""
        if level == "district" and district:
            return [self.pick("ỦY BAN NHÂN DÂN", "UBND"), district] if self.maybe(0.5) else [f"UBND {district}"]
        uy = self.pick("ỦY", "ỦY", "UỶ")
        if district and self.maybe(0.5):
            return [f"{uy} BAN NHÂN DÂN {district}", f"{uy} BAN NHÂN DÂN", commune][self.pick(0, 1) :]
        return [f"{uy} BAN NHÂN DÂN", commune]

    def where(self) -> str:
        return self.story.commune

    def place_date(self, day: dt.date | None = None, place: str = "") -> str:
        """“Tân Mỹ Hội, ngày 05 tháng 9 năm 2023”, the first of which is the paper's ``ngay_ban_hanh``."""
        day = day or self.story.day
        place = place or self.where()
        if self.by_hand:
            return f"{place}, ngày {self.leaders()[:8]} tháng {self.leaders()[:8]} năm {day.year}"
        said = in_words(day).removeprefix("ngày ")
        if "ngay_ban_hanh" not in self.fields:
            said = self.v("ngay_ban_hanh", said, day.isoformat())
        return f"{place}, ngày {said}"

    def finish(self, kind: str, maker: str) -> Paper:
        self.s.close()
        pages = [page for page in self.s.pages if page.words]
        printed = {word.field for page in pages for word in page.words}
        fields = {name: value for name, value in self.fields.items() if name in printed}
        return Paper(kind, maker, pages, fields, self.persons, self.by_hand, self.story.day.isoformat())


Maker = Callable[[Case], None]


@dataclass(frozen=True)
class Form:
    """A form: the type it is of, its function, and how often it is filled in by hand."""

    kind: str
    make: Maker
    hand: float

    def paper(self, story: Story, rng: random.Random) -> Paper:
        case = Case(story, rng, rng.random() < self.hand)
        self.make(case)
        return case.finish(self.kind, self.make.__name__)


FORMS: dict[str, list[Form]] = {}
"""All forms by their type; ``unknown`` are the papers outside the catalogue."""


def form(kind: str, hand: float = 0.0) -> Callable[[Maker], Maker]:
    """Register a form of that type, of whose copies a share is filled in by hand."""

    def register(make: Maker) -> Maker:
        FORMS.setdefault(kind, []).append(Form(kind, make, hand))
        return make

    return register
