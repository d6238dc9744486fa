"""Invented people, places, parcels and offices; a story is what the papers of one dossier have in common.

Personal IDs begin with 053, 055 or 081, which no province was given; provinces and districts do not exist.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_T = TypeVar("_T")
_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Trịnh", "Đinh", "Mai", "Tô", "Lâm", "Châu", "Kiều", "Thạch", "Cao", "Tạ", "Đoàn", "Quách", "Lương", "Hà",
    "Vương", "Tăng",
)  # fmt: skip
_MEN = ("Văn", "Hữu", "Đức", "Minh", "Xuân", "Quang", "Thanh", "Công", "Trọng", "Bá", "Đình", "Hoàng", "Ngọc", "")
_WOMEN = ("Thị", "Thị", "Thị Kim", "Thị Ngọc", "Ngọc", "Thị Thanh", "Thị Bích", "Thùy", "Thị Hồng", "Mỹ", "Thị Mai")
_MEN_GIVEN = (
    "An", "Bảo", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hòa", "Hùng", "Khoa", "Kiên", "Lâm", "Long",
    "Luân", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Tài", "Thắng", "Thịnh", "Toàn", "Trí",
    "Tuấn", "Việt", "Vinh", "Nhựt", "Tỵ", "Bé", "Đực",
)  # fmt: skip
_WOMEN_GIVEN = (
    "Anh", "Chi", "Diễm", "Duyên", "Hằng", "Hạnh", "Hiền", "Hoa", "Huệ", "Hương", "Liên", "Linh", "Loan", "Mai",
    "Nga", "Ngân", "Nhung", "Oanh", "Phượng", "Quyên", "Tâm", "Thảo", "Thơm", "Thúy", "Trang", "Tuyết", "Uyên",
    "Vân", "Xuân", "Gái", "Bưởi",
)  # fmt: skip
_RARE_MEN = ("Y Thuân Niê", "Giàng A Chỉnh", "K' Brèo", "Lò Văn Pành", "Sùng Mí Dế", "Rơ Châm Huynh", "Thạch Sô Phi")
_RARE_WOMEN = ("H' Lan Êban", "Vàng Thị Súa", "Ka Hiếp", "Lò Thị Ín", "Siu H' Bia", "Sầm Thị Nự", "Thạch Thị Sà Ry")
_PROVINCES = ("Trường Xuyên", "Đông Sa", "An Khê Hạ", "Bắc Lĩnh", "Tây Giang Hòa")
_DISTRICTS = ("Hòa Trạch", "Vân Điền", "Yên Thượng", "Mỹ Lộc Hạ", "Krông Sa", "Phú Tân Đông")
_COMMUNES = (
    "Tân Mỹ Hội",
    "Đại Phong",
    "Phú Thịnh Tây",
    "Long Hậu",
    "Ea Hđing",
    "Thạch Bàn Hạ",
    "Bình Đức",
    "Quảng Lưu",
    "Vĩnh Hòa Hiệp",
    "Mường Chiên",
)
_NATIONS = ("Kinh",) * 9 + ("Tày", "Khơ-me", "Ê-đê", "Mường", "Hoa", "Chăm")
_PURPOSES = (
    ("Đất ở tại nông thôn", "Lâu dài"),
    ("Đất ở tại đô thị", "Lâu dài"),
    ("Đất trồng cây lâu năm", "Đến ngày 15/10/2043"),
    ("Đất bằng trồng cây hàng năm khác", "Đến ngày 01/07/2064"),
    ("Đất chuyên trồng lúa nước", "Đến ngày 15/10/2063"),
)


@dataclass(frozen=True)
class Person:
    """One invented person."""

    name: str
    male: bool
    born: dt.date
    pid: str
    address: str
    phone: str
    nation: str

    @property
    def sex(self) -> str:
        return "Nam" if self.male else "Nữ"

    @property
    def title(self) -> str:
        return "ông" if self.male else "bà"


@dataclass(frozen=True)
class Parcel:
    """One invented parcel of land."""

    number: str
    sheet: str
    area: str
    place: str
    purpose: str
    term: str
    serial: str
    entry: str
    owner_since: dt.date

    @property
    def area_value(self) -> str:
        """The area as the fields give it: decimal point, no thousands."""
        return self.area.replace(".", "").replace(",", ".")


@dataclass
class Story:
    """A dossier's people, place and days; papers draw on it so that they belong together."""

    rng: random.Random
    province: str
    district: str
    commune: str
    town: bool
    day: dt.date
    dossier_id: str
    applicant: Person
    spouse: Person
    child: Person
    parent: Person
    other: Person
    parcel: Parcel
    procedure_name: str = ""
    procedure_code: str = ""

    @property
    def commune_name(self) -> str:
        return f"{'thị trấn' if self.town else 'xã'} {self.commune}"

    @property
    def people_committee(self) -> str:
        return f"Ủy ban nhân dân {self.commune_name}"

    @property
    def place(self) -> str:
        where = f"{self.commune_name}, huyện {self.district}, tỉnh {self.province}"
        return where if self.district else f"{self.commune_name}, tỉnh {self.province}"


def grouped(number: int) -> str:
    """450.000.000."""
    return f"{number:,}".replace(",", ".")


def dmy(day: dt.date) -> str:
    """15/09/2023."""
    return day.strftime("%d/%m/%Y")


def in_words(day: dt.date) -> str:
    """“ngày 05 tháng 9 năm 2023”."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def title_case(name: str) -> str:
    return name.title()


def person(
    rng: random.Random, address: str, born: tuple[int, int], male: bool | None = None, family: str = ""
) -> Person:
    """Return somebody born between two years, inclusive."""
    male = rng.random() < 0.5 if male is None else male
    day = dt.date(rng.randint(*born), rng.randint(1, 12), rng.randint(1, 28))
    if rng.random() < 0.05 and not family:
        name = rng.choice(_RARE_MEN if male else _RARE_WOMEN)
        nation = rng.choice(_NATIONS[-6:])
    else:
        given = rng.choice(_MEN_GIVEN if male else _WOMEN_GIVEN)
        middle = rng.choice(_MEN if male else _WOMEN)
        name = " ".join(part for part in (family or rng.choice(_FAMILY), middle, given) if part)
        nation = rng.choice(_NATIONS)
    century = (0 if male else 1) + (2 if day.year >= 2000 else 0)
    pid = f"{rng.choice(('053', '055', '081'))}{century}{day.year % 100:02d}{rng.randint(100, 999_999):06d}"
    phone = f"0900 {rng.randint(100, 999)} {rng.randint(100, 999)}"
    if rng.random() < 0.5:
        phone = phone.replace(" ", "")
    return Person(name, male, day, pid, address, phone, nation)


def _dossier_id(rng: random.Random, day: dt.date) -> str:
    unit = f"H{rng.choice((13, 22, 37, 44, 52))}"
    ymd, run = day.strftime("%y%m%d"), f"{rng.randint(1, 1400):04d}"
    kind = rng.random()
    if kind < 0.45:
        return f"{unit}.{rng.randint(1, 60):02d}-{ymd}-{run}"
    if kind < 0.75:
        return f"{unit}.{rng.randint(1, 60):02d}.{rng.randint(1, 40):02d}-{ymd}-{run}"
    if kind < 0.92:
        return f"000.{rng.randint(0, 30):02d}.{rng.randint(1, 60):02d}.{unit}-{ymd}-{run}"
    office = f"{rng.randint(1, 9):02d}0{rng.randint(1, 9)}{rng.randint(10, 40)}"
    return f"{office}-{day.strftime('%d%m%y')}-DD{rng.randint(1, 9):02d}-{int(run)}"


def parcel(rng: random.Random, place: str) -> Parcel:
    whole = rng.randint(80, 9500)
    part = rng.choice(("", "", f",{rng.randint(1, 9)}"))
    purpose, term = rng.choice(_PURPOSES)
    letters = "".join(rng.choice("ABCDHKMNPQSTVX") for _ in range(2))
    return Parcel(
        str(rng.randint(3, 1200)),
        f"{rng.randint(1, 96):02d}" if rng.random() < 0.5 else str(rng.randint(1, 96)),
        grouped(whole) + part,
        place,
        purpose,
        term,
        f"{letters} {rng.randint(100_000, 999_999)}",
        f"{rng.choice(('CS', 'CH', 'CS'))} {rng.randint(100, 19_999):05d}",
        dt.date(rng.randint(1999, 2023), rng.randint(1, 12), rng.randint(1, 28)),
    )


def story(rng: random.Random) -> Story:
    """Invent what a dossier is about."""
    new = rng.random() < 0.3
    day = dt.date(2025, 8, 1) if new else dt.date(2019, 3, 1)
    day += dt.timedelta(days=rng.randint(0, 300 if new else 2200))
    province, commune, town = rng.choice(_PROVINCES), rng.choice(_COMMUNES), rng.random() < 0.3 and not new
    district = "" if new else rng.choice(_DISTRICTS)
    where = (
        f"{'thị trấn' if town else 'xã'} {commune}" + (f", huyện {district}" if district else "") + f", tỉnh {province}"
    )

    def home() -> str:
        spot = rng.choice(
            ("thôn {n}", "ấp Phú Lợi", "tổ {n}, ấp Hòa Đông", "số {m} đường Lý Thường Kiệt", "buôn Tơ Roa")
        )
        return f"{spot.format(n=rng.randint(1, 12), m=rng.randint(2, 400))}, {where}"

    address = home()
    applicant = person(rng, address, (1958, 1998))
    year = applicant.born.year
    spouse = person(rng, address, (year - 4, year + 4), not applicant.male)
    family = applicant.name.split()[0] if applicant.name.split()[0] in _FAMILY else ""
    child_born = (max(day.year - 3, 2016), day.year - 1)
    return Story(
        rng, province, district, commune, town, day, _dossier_id(rng, day), applicant, spouse,
        person(rng, address, child_born, None, family), person(rng, address, (1928, 1950), None, family),
        person(rng, home(), (1960, 1995)), parcel(rng, f"{rng.choice(('thôn 4', 'ấp Tân An', 'thôn Đông'))}, {where}"),
    )  # fmt: skip


def pick(rng: random.Random, *options: _T) -> _T:
    return rng.choice(options)


def some(rng: random.Random, options: Sequence[_T], least: int = 1) -> list[_T]:
    """Return some of the options in random order."""
    return rng.sample(list(options), rng.randint(min(least, len(options)), len(options)))
