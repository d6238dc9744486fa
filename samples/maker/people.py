"""Invented people and places; nobody and no place here is real.

The province “Nam Thuận” does not exist, and personal IDs start with 059, a number no province was given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PROVINCE = "Nam Thuận"
DISTRICT = "Tuy Sơn"
TOWN = "Liên Hà"


@dataclass(frozen=True)
class Person:
    """One invented person; ``place`` is the home address down to the commune."""

    name: str
    male: bool
    born: dt.date
    tail: str
    place: str
    phone: str = "0900 000 217"
    nation: str = "Kinh"
    district: str = DISTRICT
    """Empty for papers after July 2025, when there are no districts any more."""

    @property
    def sex(self) -> str:
        return "Nam" if self.male else "Nữ"

    @property
    def title(self) -> str:
        return "Ông" if self.male else "Bà"

    @property
    def pid(self) -> str:
        """The 12 digits: province, century and sex, year of birth, six more."""
        century = (0 if self.male else 1) + (2 if self.born.year >= 2000 else 0)
        return f"059{century}{self.born.year % 100:02d}{self.tail}"

    @property
    def old_id(self) -> str:
        """The nine digits of an identity card before 2016; no province's numbers start with 599."""
        return f"599{self.tail}"

    @property
    def address(self) -> str:
        return (
            f"{self.place}, huyện {self.district}, tỉnh {PROVINCE}"
            if self.district
            else f"{self.place}, tỉnh {PROVINCE}"
        )


def dmy(day: dt.date) -> str:
    """15/09/2023."""
    return day.strftime("%d/%m/%Y")


def words(day: dt.date) -> str:
    """“ngày 15 tháng 9 năm 2023”, with the leading zeros that Decree 30/2020 asks for."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


_D = dt.date
HA = Person("Nguyễn Thị Thu Hà", False, _D(1995, 4, 12), "004217", f"khu phố 3, thị trấn {TOWN}")
BINH = Person("Trần Quốc Bình", True, _D(1992, 11, 3), "007731", f"khu phố 3, thị trấn {TOWN}", "0900 000 334")
TAM = Person("Lê Văn Tám", True, _D(1978, 6, 20), "001189", "thôn Phú Điền, xã Hòa Phú", "0900 000 408")
HUY = Person(
    "Đặng Quốc Huy", True, _D(1988, 2, 14), "007654", f"số 27 đường Nguyễn Trãi, thị trấn {TOWN}", "0900 000 562"
)
LAN = Person("Phạm Thị Ngọc Lan", False, _D(1969, 9, 8), "002046", "thôn Tân Hải, xã Phước Vinh", "0900 000 615")
KHANH = Person("Võ Duy Khánh", True, _D(1966, 1, 25), "003350", "thôn Tân Hải, xã Phước Vinh", "0900 000 616")
THONG = Person("Huỳnh Minh Thông", True, _D(1983, 12, 30), "008123", f"khu phố 7, thị trấn {TOWN}", "0900 000 731")
YEN = Person("Bùi Thị Kim Yến", False, _D(1986, 5, 17), "008124", f"khu phố 7, thị trấn {TOWN}", "0900 000 732")
CHIN = Person("Thông Văn Chín", True, _D(1957, 7, 2), "000561", "thôn Lạc Sơn, xã Bình Lâm", "0900 000 840", "Chăm")
DUNG = Person("Đỗ Thùy Dung", False, _D(2001, 10, 9), "005518", "thôn Phú Điền, xã Hòa Phú", "0900 000 903")
QUY = Person("Ngô Thị Quý", False, _D(1974, 3, 21), "006270", "thôn Phú Điền, xã Hòa Phú", "0900 000 951")
SAU = Person("Ngô Văn Sáu", True, _D(1941, 8, 15), "000093", "thôn Phú Điền, xã Hòa Phú")
LOI = Person("Mang Đức Lợi", True, _D(1980, 2, 5), "003908", "thôn Suối Đá, xã Bình Lâm", "0900 000 128", "Raglai", "")
TRINH = Person("Lý Tuyết Trinh", False, _D(1990, 6, 6), "009017", f"khu phố 1, thị trấn {TOWN}", "0900 000 276")
