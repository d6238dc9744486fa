"""The invented offices: how they head their papers, who signs for them, and their seals."""

from __future__ import annotations

from dataclasses import dataclass

from samples.maker.blocks import Sign
from samples.maker.people import DISTRICT, PROVINCE
from samples.maker.seals import Seal


@dataclass(frozen=True)
class Office:
    """An office as it stands on its papers: head lines, place of the date, signer, seal."""

    head: tuple[str, ...]
    place: str
    over: tuple[str, ...]
    signer: str
    seal: Seal
    desk: tuple[str, ...] = ("BỘ PHẬN TIẾP NHẬN", "VÀ TRẢ KẾT QUẢ")

    def sign(self, note: str = "") -> Sign:
        return Sign(self.over, self.signer, note, self.seal)


def _commune(kind: str, name: str, over: tuple[str, ...], signer: str) -> Office:
    return Office(
        (f"ỦY BAN NHÂN DÂN {kind}", name.upper()) if kind != "XÃ" else ("ỦY BAN NHÂN DÂN", f"XÃ {name.upper()}"),
        name,
        over,
        signer,
        Seal(f"U.B.N.D {kind} {name.upper()}", f"H. {DISTRICT.upper()} - T. {PROVINCE.upper()}"),
    )


_DEPUTY = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
TOWN = Office(
    ("ỦY BAN NHÂN DÂN", "THỊ TRẤN LIÊN HÀ"),
    "Liên Hà",
    _DEPUTY,
    "Trịnh Công Hậu",
    Seal("U.B.N.D THỊ TRẤN LIÊN HÀ", f"H. {DISTRICT.upper()} - T. {PROVINCE.upper()}"),
)
HOA_PHU = _commune("XÃ", "Hòa Phú", _DEPUTY, "Phan Thị Diễm")
BINH_LAM = _commune("XÃ", "Bình Lâm", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Kiều Minh Tuấn")
BINH_LAM_2025 = Office(
    ("ỦY BAN NHÂN DÂN", "XÃ BÌNH LÂM"),
    "Bình Lâm",
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    "Kiều Minh Tuấn",
    Seal("ỦY BAN NHÂN DÂN XÃ BÌNH LÂM", f"TỈNH {PROVINCE.upper()}"),
    ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"),
)
PHUOC_VINH = _commune("XÃ", "Phước Vinh", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Hồ Sĩ Nguyên")
DISTRICT_COMMITTEE = Office(
    ("ỦY BAN NHÂN DÂN", f"HUYỆN {DISTRICT.upper()}"),
    DISTRICT,
    _DEPUTY,
    "Dương Hoài Nam",
    Seal(f"U.B.N.D HUYỆN {DISTRICT.upper()}", f"TỈNH {PROVINCE.upper()}"),
)
FINANCE = Office(
    (f"UBND HUYỆN {DISTRICT.upper()}", "PHÒNG TÀI CHÍNH - KẾ HOẠCH"),
    DISTRICT,
    ("TRƯỞNG PHÒNG",),
    "Cao Thị Bích Vân",
    Seal(f"UBND HUYỆN {DISTRICT.upper()}", f"TỈNH {PROVINCE.upper()}", ("PHÒNG", "TÀI CHÍNH", "KẾ HOẠCH")),
)
LAND = Office(
    ("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", f"CHI NHÁNH {DISTRICT.upper()}"),
    DISTRICT,
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    "Lương Đình Phúc",
    Seal("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", f"TỈNH {PROVINCE.upper()}", ("CHI NHÁNH", DISTRICT.upper())),
)
TAX = Office(
    (f"CỤC THUẾ TỈNH {PROVINCE.upper()}", f"CHI CỤC THUẾ HUYỆN {DISTRICT.upper()}"),
    DISTRICT,
    ("KT. CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG"),
    "Tạ Quang Vinh",
    Seal(f"CỤC THUẾ TỈNH {PROVINCE.upper()}", f"HUYỆN {DISTRICT.upper()}", ("CHI CỤC", "THUẾ")),
)
POLICE = Office(
    (f"CÔNG AN HUYỆN {DISTRICT.upper()}", "CÔNG AN THỊ TRẤN LIÊN HÀ"),
    "Liên Hà",
    ("TRƯỞNG CÔNG AN THỊ TRẤN",),
    "Trung tá Hà Trọng Nghĩa",
    Seal("CÔNG AN THỊ TRẤN LIÊN HÀ", f"CÔNG AN HUYỆN {DISTRICT.upper()}"),
)
HOSPITAL = Office(
    (f"SỞ Y TẾ TỈNH {PROVINCE.upper()}", "BỆNH VIỆN ĐA KHOA TUY SƠN"),
    DISTRICT,
    ("TL. GIÁM ĐỐC", "TRƯỞNG KHOA SẢN"),
    "BS. Mai Thị Hạnh",
    Seal("SỞ Y TẾ TỈNH NAM THUẬN", "HUYỆN TUY SƠN", ("BỆNH VIỆN", "ĐA KHOA")),
)
CONSTRUCTION = Office(
    (f"UBND HUYỆN {DISTRICT.upper()}", "PHÒNG KINH TẾ VÀ HẠ TẦNG"),
    DISTRICT,
    ("TRƯỞNG PHÒNG",),
    "Nghiêm Xuân Hòa",
    Seal(f"UBND HUYỆN {DISTRICT.upper()}", f"TỈNH {PROVINCE.upper()}", ("PHÒNG", "KINH TẾ VÀ", "HẠ TẦNG")),
)
