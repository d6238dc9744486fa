"""The ten dossiers of the set and how each reached the office's disk."""

from __future__ import annotations

import datetime as dt

from samples.maker import people as who
from samples.maker import stacks
from samples.maker.flow import A5, A5_WIDE
from samples.maker.forms import birth as birth_papers
from samples.maker.forms import building, business, contract, desk, land, offices, residence, welfare
from samples.maker.forms.desk import Case
from samples.maker.forms.land import Parcel
from samples.maker.parts import COPY, MAIN, part, receipt
from samples.maker.plan import BITONAL, COLOUR, COLOUR_300, FLATBED, GRAY, Dossier, File, Pages

_D = dt.date


def birth() -> list[File]:
    """Hộ tịch: birth registration; a PDF of what was handed in, the certificate as a JPEG."""
    case = Case(
        "H11.35-230915-0012", "1.001193", "Đăng ký khai sinh", who.BINH, offices.TOWN, _D(2023, 9, 15),
        _D(2023, 9, 18), "Vương Thị Mỹ Hạnh",
        (("Tờ khai đăng ký khai sinh", MAIN), ("Giấy chứng sinh", MAIN),
         ("Căn cước công dân của cha, mẹ", "Xuất trình")),
    )  # fmt: skip
    child, born = "Trần Gia Bảo", _D(2023, 9, 2)
    dossier = Dossier(
        case.dossier,
        "H11.35",
        case.procedure,
        (
            receipt(case, A5, 10.5),
            part(
                "declaration",
                birth_papers.birth_declaration(child, "Nam", born, who.HA, who.BINH, case.office, _D(2023, 9, 15)),
            ),
            part("live-birth", birth_papers.live_birth(who.HA, born, child, "1024/2023")),
            part(
                "certificate",
                birth_papers.birth_certificate(
                    child, "059223004567", "Nam", born, who.HA, who.BINH, case.office, _D(2023, 9, 18)
                ),
                "results",
            ),
        ),
    )
    root = case.dossier
    return [
        File(
            f"{root}/ho-so/Hồ sơ khai sinh.pdf",
            COLOUR,
            (
                Pages(dossier, "receipt", change={0: {"dpi": 300, "quality": 45}}),
                Pages(dossier, "declaration"),
                Pages(dossier, "live-birth", change={0: {"crease": 0.5, "paper": (0.97, 0.95, 0.9)}}),
            ),
        ),
        File(f"{root}/ket-qua/Giấy khai sinh.jpg", COLOUR_300, (Pages(dossier, "certificate"),)),
    ]


def permit() -> list[File]:
    """Xây dựng: building permit with papers in all three sections."""
    case = Case(
        "000.00.21.H10-230620-0045", "1.009994", "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ", who.TAM,
        offices.DISTRICT_COMMITTEE, _D(2023, 6, 20), _D(2023, 7, 11), "Triệu Khánh Linh",
        (("Đơn đề nghị cấp giấy phép xây dựng", MAIN), ("Giấy chứng nhận quyền sử dụng đất", COPY),
         ("Bản vẽ thiết kế xây dựng", MAIN)),
    )  # fmt: skip
    steps = (
        ("Bộ phận Tiếp nhận và Trả kết quả", _D(2023, 6, 20), "8 giờ 30 phút", "Đúng hạn"),
        ("Phòng Kinh tế và Hạ tầng", _D(2023, 6, 21), "14 giờ 00 phút", "Trước hạn"),
        ("Lãnh đạo Ủy ban nhân dân huyện", _D(2023, 7, 6), "9 giờ 15 phút", "Đúng hạn"),
        ("Bộ phận Tiếp nhận và Trả kết quả", _D(2023, 7, 10), "16 giờ 00 phút", "Trước hạn"),
    )
    dossier = Dossier(
        case.dossier,
        "000.00.21.H10",
        case.procedure,
        (
            receipt(case, A5_WIDE, 9),
            part("application", building.permit_application(who.TAM, _D(2023, 6, 19))),
            part("control", desk.control(case, steps), "processing"),
            part("inspection", building.inspection(who.TAM, _D(2023, 6, 28)), "processing"),
            part("permit", building.permit(who.TAM, _D(2023, 7, 10)), "results"),
        ),
    )
    root = case.dossier
    return [
        File(
            f"{root}/records/don.pdf",
            GRAY,
            (
                Pages(dossier, "receipt", change={0: {"dpi": 300, "turns": 1}}),
                Pages(dossier, "application", change={0: {"staple": True}, 1: {"skew": -3.4, "hard": True}}),
            ),
        ),
        File(
            f"{root}/processing/xu ly.tif",
            BITONAL,
            (Pages(dossier, "control", change={0: {"turns": 3}}), Pages(dossier, "inspection")),
        ),
        File(
            f"{root}/results/giay-phep.pdf",
            COLOUR,
            (Pages(dossier, "permit", change={0: {"holes": True}, 1: {"holes": True, "bleed": 0.3, "hard": True}}),),
        ),
    ]


def transfer() -> list[File]:
    """Đất đai: an old local dossier of 2015, bitonal TIFF and numbered JPEG pages."""
    case = Case(
        "030910-301115-TP05-4", "1.013831",
        "Đăng ký biến động quyền sử dụng đất trong trường hợp chuyển nhượng quyền sử dụng đất", who.HUY,
        offices.LAND, _D(2015, 11, 30), _D(2015, 12, 25), "Âu Dương Thanh",
        (("Đơn đăng ký biến động", MAIN), ("Hợp đồng chuyển nhượng quyền sử dụng đất", MAIN),
         ("Giấy chứng nhận quyền sử dụng đất", MAIN), ("Tờ khai thuế, lệ phí trước bạ", MAIN)),
    )  # fmt: skip
    parcel = Parcel(
        "318", "27", "1.250,5", "một nghìn hai trăm năm mươi phẩy năm mét vuông",
        "thôn Tân Hải, xã Phước Vinh, huyện Tuy Sơn, tỉnh Nam Thuận", "đất trồng cây hằng năm khác", "BK 700320",
        "CH 01234",
    )  # fmt: skip
    agreement = contract.transfer_contract(
        (who.LAN, who.KHANH), (who.HUY,), parcel, offices.PHUOC_VINH, _D(2015, 11, 25), "450.000.000"
    )
    dossier = Dossier(
        case.dossier,
        "030910",
        case.procedure,
        (
            part("application", land.change_application(who.HUY, parcel, _D(2015, 11, 27))),
            part("contract", agreement),
            part(
                "slip",
                land.tax_transfer_slip(who.HUY, parcel, case.dossier, _D(2015, 11, 30), _D(2015, 12, 3)),
                "processing",
            ),
            part("tax", land.tax_notice(who.HUY, parcel, _D(2015, 12, 8)), "processing"),
        ),
    )
    root = case.dossier
    old = {"paper": (0.955, 0.93, 0.87)}
    return [
        File(
            f"{root}/ho-so/1. Đơn và hợp đồng.tif",
            BITONAL,
            (
                Pages(dossier, "application", change={1: {"fade": 0.5, "hard": True}}),
                Pages(dossier, "contract", change={1: {"skew": 2.6}, 2: {"turns": 2}}),
            ),
        ),
        File(f"{root}/xu-ly/trang 9.jpg", GRAY, (Pages(dossier, "slip", (0,), change={0: old}),)),
        File(f"{root}/xu-ly/trang 10.jpg", GRAY, (Pages(dossier, "slip", (1,), change={1: old}),)),
        File(
            f"{root}/xu-ly/trang 11.jpg",
            COLOUR,
            (Pages(dossier, "tax", change={0: {"quality": 14, "blur": 0.7, "hard": True}}),),
        ),
    ]


def business_() -> list[File]:
    """Hộ kinh doanh: numbered JPEG pages from a flatbed with its lid open."""
    case = Case(
        "H11.35.12-240509-0007", "1.001612", "Đăng ký thành lập hộ kinh doanh", who.HUY, offices.DISTRICT_COMMITTEE,
        _D(2024, 5, 9), _D(2024, 5, 14), "Triệu Khánh Linh", (("Giấy đề nghị đăng ký hộ kinh doanh", MAIN),),
    )  # fmt: skip
    dossier = Dossier(
        case.dossier,
        "H11.35.12",
        case.procedure,
        (
            part("application", business.application(who.HUY, _D(2024, 5, 8))),
            receipt(case, hand_phone=True),
            part("certificate", business.certificate(who.HUY, _D(2024, 5, 13)), "results"),
        ),
    )
    root = case.dossier
    return [
        File(f"{root}/ho-so/Scan 98.jpg", FLATBED, (Pages(dossier, "application", (0,)),)),
        File(f"{root}/ho-so/Scan 99.jpg", FLATBED, (Pages(dossier, "application", (1,), change={1: {"skew": 2.9}}),)),
        File(f"{root}/ho-so/Scan 100.jpg", FLATBED, (Pages(dossier, "receipt", change={0: {"turns": 1}}),)),
        File(f"{root}/ket-qua/Scan 101.jpg", COLOUR_300, (Pages(dossier, "certificate"),)),
    ]


def allowance() -> list[File]:
    """Bảo trợ xã hội: declaration, commune's submission, the district's decision."""
    case = Case(
        "H11.35.07-231120-0003", "1.001776",
        "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng, hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng",
        who.CHIN, offices.BINH_LAM, _D(2023, 11, 20), _D(2023, 12, 15), "Đạo Thị Bích Liễu",
        (("Tờ khai đề nghị trợ giúp xã hội", MAIN), ("Giấy xác nhận khuyết tật", COPY)),
    )  # fmt: skip
    dossier = Dossier(
        case.dossier,
        "H11.35.07",
        case.procedure,
        (
            receipt(case),
            part("declaration", welfare.declaration(who.CHIN, "Thông Thị Mận", _D(2023, 11, 17))),
            part("disability", welfare.disability(who.CHIN, _D(2021, 8, 18))),
            part("submission", welfare.submission(who.CHIN, _D(2023, 11, 27)), "processing"),
            part("decision", welfare.decision(who.CHIN, _D(2023, 12, 8)), "results"),
        ),
    )
    root = case.dossier
    return [
        File(
            f"{root}/ho-so/ho so.pdf",
            COLOUR,
            (
                Pages(dossier, "receipt", change={0: {"mode": "gray"}}),
                Pages(dossier, "declaration", change={0: {"staple": True}, 1: {"bleed": 0.26, "hard": True}}),
                Pages(dossier, "disability", change={0: {"dpi": 300, "quality": 45, "turns": 3, "crease": 0.48}}),
            ),
        ),
        File(f"{root}/xu-ly/to-trinh.pdf", COLOUR, (Pages(dossier, "submission", change={0: {"holes": True}}),)),
        File(
            f"{root}/ket-qua/quyet dinh.tif",
            COLOUR,
            (Pages(dossier, "decision", change={0: {"holes": True}, 1: {"holes": True}}),),
        ),
    ]


def residence_() -> list[File]:
    """Cư trú: permanent residence; a PDF with a lease of several pages, the notice as TIFF."""
    dossier = Dossier(
        "H15.50.05.13-240506-0021",
        "H15.50.05.13",
        "1.004222",
        (
            part("ct01", residence.ct01(who.THONG, who.YEN, who.THONG, _D(2024, 5, 6))),
            part("lease", residence.lease(who.TRINH, who.THONG, _D(2024, 4, 29))),
            part("notice", residence.notice(who.THONG, _D(2024, 5, 10)), "results"),
        ),
    )
    root = dossier.id
    return [
        File(
            f"{root}/ho-so/Đăng ký thường trú.pdf",
            GRAY,
            (
                Pages(dossier, "ct01", change={0: {"mode": "rgb", "quality": 60}}),
                Pages(dossier, "lease", change={0: {"staple": True}, 1: {"fade": 0.42, "noise": 3.2, "hard": True}}),
            ),
        ),
        File(f"{root}/ket-qua/thong bao.tif", COLOUR, (Pages(dossier, "notice", change={0: {"turns": 2}}),)),
    ]


def confirmation() -> list[File]:
    """Cư trú: a small dossier whose folder has no sections: two JPEG pages."""
    case = Case(
        "H11.35.12-240112-0102", "1.010041", "Xác nhận thông tin về cư trú", who.YEN, offices.POLICE, _D(2024, 1, 12),
        _D(2024, 1, 15), "Thượng úy Lục Minh Quân", (("Tờ khai thay đổi thông tin cư trú (CT01)", MAIN),),
    )  # fmt: skip
    dossier = Dossier(
        case.dossier,
        "H11.35.12",
        case.procedure,
        (receipt(case), part("ct01", residence.ct01(who.YEN, who.YEN, who.THONG, _D(2024, 1, 12)))),
    )
    root = case.dossier
    return [
        File(f"{root}/trang 2.jpg", GRAY, (Pages(dossier, "receipt"),)),
        File(f"{root}/trang 10.jpg", COLOUR, (Pages(dossier, "ct01", change={0: {"skew": -3.8, "hard": True}}),)),
    ]


def everything() -> list[File]:
    """Return all files of the set."""
    makers = (
        birth,
        permit,
        transfer,
        business_,
        allowance,
        residence_,
        confirmation,
        stacks.civil_stack,
        stacks.land_stack,
    )
    return [file for make in makers for file in make()]
