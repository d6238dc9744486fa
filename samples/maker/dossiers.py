"""The ten dossiers of the set and how each reached the office's disk."""

from __future__ import annotations

import datetime as dt

from samples.maker import people as who
from samples.maker.flow import A4, A5, A5_WIDE, Document, Paper
from samples.maker.forms import building, business, civil, desk, land, offices, residence, welfare
from samples.maker.forms.desk import Case
from samples.maker.forms.land import Parcel
from samples.maker.plan import BITONAL, COLOUR, COLOUR_300, FLATBED, GRAY, Cover, Dossier, File, Pages, Part

_D = dt.date
MAIN, COPY = "Bản chính", "Bản sao"


def _receipt(case: Case, paper: Paper = A4, size: float = 12.5, hand_phone: bool = False) -> Part:
    return Part("receipt", "records", desk.receipt(case, paper, size, hand_phone))


def _part(key: str, document: Document, section: str = "records") -> Part:
    return Part(key, section, document)


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
            _receipt(case, A5, 10.5),
            _part(
                "declaration",
                civil.birth_declaration(child, "Nam", born, who.HA, who.BINH, case.office, _D(2023, 9, 15)),
            ),
            _part("live-birth", civil.live_birth(who.HA, born, child, "1024/2023")),
            _part(
                "certificate",
                civil.birth_certificate(
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
            _receipt(case, A5_WIDE, 9),
            _part("application", building.permit_application(who.TAM, _D(2023, 6, 19))),
            _part("control", desk.control(case, steps), "processing"),
            _part("inspection", building.inspection(who.TAM, _D(2023, 6, 28)), "processing"),
            _part("permit", building.permit(who.TAM, _D(2023, 7, 10)), "results"),
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
    contract = land.transfer_contract(
        (who.LAN, who.KHANH), (who.HUY,), parcel, offices.PHUOC_VINH, _D(2015, 11, 25), "450.000.000"
    )
    dossier = Dossier(
        case.dossier,
        "030910",
        case.procedure,
        (
            _part("application", land.change_application(who.HUY, parcel, _D(2015, 11, 27))),
            _part("contract", contract),
            _part(
                "slip",
                land.tax_transfer_slip(who.HUY, parcel, case.dossier, _D(2015, 11, 30), _D(2015, 12, 3)),
                "processing",
            ),
            _part("tax", land.tax_notice(who.HUY, parcel, _D(2015, 12, 8)), "processing"),
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
            _part("application", business.application(who.HUY, _D(2024, 5, 8))),
            _receipt(case, hand_phone=True),
            _part("certificate", business.certificate(who.HUY, _D(2024, 5, 13)), "results"),
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
            _receipt(case),
            _part("declaration", welfare.declaration(who.CHIN, "Thông Thị Mận", _D(2023, 11, 17))),
            _part("disability", welfare.disability(who.CHIN, _D(2021, 8, 18))),
            _part("submission", welfare.submission(who.CHIN, _D(2023, 11, 27)), "processing"),
            _part("decision", welfare.decision(who.CHIN, _D(2023, 12, 8)), "results"),
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
            _part("ct01", residence.ct01(who.THONG, who.YEN, who.THONG, _D(2024, 5, 6))),
            _part("lease", residence.lease(who.TRINH, who.THONG, _D(2024, 4, 29))),
            _part("notice", residence.notice(who.THONG, _D(2024, 5, 10)), "results"),
        ),
    )
    root = dossier.id
    return [
        File(
            f"{root}/ho-so/Đăng ký thường trú.pdf",
            GRAY,
            (
                Pages(dossier, "ct01", change={0: {"mode": "rgb", "quality": 60}}),
                Pages(dossier, "lease", change={0: {"staple": True}, 2: {"fade": 0.42, "noise": 3.2, "hard": True}}),
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
        (_receipt(case), _part("ct01", residence.ct01(who.YEN, who.YEN, who.THONG, _D(2024, 1, 12)))),
    )
    root = case.dossier
    return [
        File(f"{root}/trang 2.jpg", GRAY, (Pages(dossier, "receipt"),)),
        File(f"{root}/trang 10.jpg", COLOUR, (Pages(dossier, "ct01", change={0: {"skew": -3.8, "hard": True}}),)),
    ]


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
            _receipt(single),
            _part("declaration", civil.marital_declaration(who.DUNG, offices.HOA_PHU, _D(2024, 3, 14), purpose)),
            _part(
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
            _part("declaration", civil.death_declaration(who.SAU, who.QUY, offices.HOA_PHU, died, _D(2024, 1, 5))),
            _part("attorney", civil.power_of_attorney(who.QUY, who.TAM, _D(2024, 1, 4))),
            _part("extract", civil.death_extract(who.SAU, offices.HOA_PHU, died, _D(2024, 1, 5)), "results"),
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
            _receipt(case),
            _part("application", land.first_application(who.LOI, parcel, _D(2025, 8, 11))),
            _part("neighbours", land.neighbours(who.LOI, parcel, offices.BINH_LAM_2025, _D(2025, 8, 15)), "processing"),
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


def everything() -> list[File]:
    """Return all files of the set."""
    makers = (birth, permit, transfer, business_, allowance, residence_, confirmation, civil_stack, land_stack)
    return [file for make in makers for file in make()]
