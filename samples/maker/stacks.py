"""The stacks: files of several dossiers that cover sheets cut apart."""

from __future__ import annotations

import datetime as dt

from samples.maker import people as who
from samples.maker.forms import civil, land, offices
from samples.maker.forms.desk import Case
from samples.maker.forms.land import Parcel
from samples.maker.parts import COPY, MAIN, part, receipt
from samples.maker.plan import BITONAL, COLOUR, Cover, Dossier, File, Pages

_D = dt.date


def civil_stack() -> list[File]:
    """Hộ tịch: a duplex stack in one PDF; cover sheets cut it into two dossiers of two sections each."""
    single = Case(
        "H11.35.09-240314-0002", "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", who.DUNG, offices.HOA_PHU,
        _D(2024, 3, 14), _D(2024, 3, 18), "Lâm Thị Mộng Cầm",
        (("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", MAIN),),
    )  # fmt: skip
    purpose = "làm thủ tục đăng ký kết hôn"
    marital = Dossier(
        single.dossier,
        "H11.35.09",
        single.procedure,
        (
            receipt(single),
            part("declaration", civil.marital_declaration(who.DUNG, offices.HOA_PHU, _D(2024, 3, 14), purpose)),
            part(
                "confirmation",
                civil.marital_confirmation(who.DUNG, offices.HOA_PHU, _D(2024, 3, 15), purpose),
                "results",
            ),
        ),
    )
    died = _D(2024, 1, 3)
    death = Dossier(
        "H11.35.09-240105-0001",
        "H11.35.09",
        "1.000656",
        (
            part("declaration", civil.death_declaration(who.SAU, who.QUY, offices.HOA_PHU, died, _D(2024, 1, 5))),
            part("attorney", civil.power_of_attorney(who.QUY, who.TAM, _D(2024, 1, 4))),
            part("extract", civil.death_extract(who.SAU, offices.HOA_PHU, died, _D(2024, 1, 5)), "results"),
        ),
    )
    return [
        File(
            "Lô quét 15-03-2024.pdf",
            COLOUR,
            (
                Cover(marital, "records", 2, duplex=True),
                Pages(marital, "receipt", duplex=True),
                Pages(marital, "declaration", duplex=True, change={0: {"skew": 1.7}}),
                Cover(marital, "results", 1, duplex=True),
                Pages(marital, "confirmation", duplex=True),
                Cover(death, "records", 2, duplex=True, change={"turns": 2}),
                Pages(death, "declaration", duplex=True, change={0: {"fade": 0.4, "noise": 3.0, "hard": True}}),
                Pages(death, "attorney", duplex=True, change={0: {"turns": 2, "crease": 0.33}}),
                Cover(death, "results", 1, duplex=True),
                Pages(death, "extract", duplex=True),
            ),
        )
    ]


def land_stack() -> list[File]:
    """Đất đai: a bitonal TIFF stack of one dossier behind a cover sheet."""
    case = Case(
        "H36.18-250811-0009", "1.013978",
        "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn "
        "liền với đất lần đầu",
        who.LOI, offices.BINH_LAM_2025, _D(2025, 8, 11), _D(2025, 9, 5), "Đạo Thị Bích Liễu",
        (("Đơn đăng ký đất đai, tài sản gắn liền với đất", MAIN), ("Phiếu lấy ý kiến khu dân cư", MAIN),
         ("Căn cước công dân", COPY)),
    )  # fmt: skip
    parcel = Parcel(
        "142", "9", "430,8", "bốn trăm ba mươi phẩy tám mét vuông",
        "thôn Suối Đá, xã Bình Lâm, tỉnh Nam Thuận", "đất ở tại nông thôn", "", "",
    )  # fmt: skip
    dossier = Dossier(
        case.dossier,
        "H36.18",
        case.procedure,
        (
            receipt(case),
            part("application", land.first_application(who.LOI, parcel, _D(2025, 8, 11))),
            part("neighbours", land.neighbours(who.LOI, parcel, offices.BINH_LAM_2025, _D(2025, 8, 15)), "processing"),
        ),
    )
    return [
        File(
            "chong 02 dat dai.tif",
            BITONAL,
            (
                Cover(dossier, "records", 3),
                Pages(dossier, "receipt"),
                Pages(dossier, "application", change={1: {"turns": 1}}),
                Cover(dossier, "processing", 1, procedure=False),
                Pages(dossier, "neighbours", change={0: {"skew": 3.2, "hard": True}}),
            ),
        )
    ]
