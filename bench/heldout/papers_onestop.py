# ruff: noqa: E501  (a paragraph of a form is one line)
"""The slips of the one-stop office: forms 01 to 06 of Circular 01/2018/TT-VPCP and what portals print instead."""

from __future__ import annotations

import datetime as dt

from heldout.case import Case, form
from heldout.layout import A4, A4_WIDE, A5, A5_WIDE
from heldout.story import dmy, grouped, in_words, some

_PAPERS = (
    "Tờ khai theo mẫu",
    "Bản sao Căn cước công dân",
    "Giấy chứng nhận quyền sử dụng đất",
    "Giấy ủy quyền",
    "Giấy chứng sinh",
    "Đơn đăng ký biến động đất đai",
    "Hợp đồng chuyển nhượng quyền sử dụng đất",
    "Giấy xác nhận tình trạng hôn nhân",
    "Trích lục khai tử",
    "Đơn đề nghị cấp giấy phép xây dựng",
    "Bản vẽ thiết kế xây dựng",
    "Giấy chứng nhận kết hôn",
)


def _desk(case: Case) -> list[str]:
    desk = case.pick("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "BỘ PHẬN MỘT CỬA", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG")
    return [*case.agency(), desk]


def _procedure(case: Case) -> str:
    return case.story.procedure_name or case.pick("Đăng ký khai tử", "Đăng ký tạm trú", "Tách hộ")


def _who(case: Case, name: str, label: str) -> str:
    return f"{label}{case.colon()} {case.pick('', 'Ông/Bà ', 'Ông (bà): ')}{case.name(name, case.story.applicant)}"


def _clock(case: Case, name: str, day: dt.date) -> str:
    said = case.pick(in_words(day).removeprefix("ngày "), dmy(day))
    hour = f"{case.digits(7, 16)} giờ {case.digits(0, 59):02d}"
    return f"{hour}{case.pick(' phút,', ' phút', ' phút,')} ngày {case.v(name, said, day.isoformat())}"


@form("phieu_tiep_nhan", 0.08)
def receipt_2018(case: Case) -> None:
    story = case.story
    case.begin(case.pick(A5, A5_WIDE, A4))
    dossier = case.v("ma_ho_so", story.dossier_id)
    number = case.pick(f"Số: {case.digits(1, 3000)}/TNHS", f"Mã hồ sơ: {dossier}", "Số:……/TNHS")
    case.motto(_desk(case), number, case.place_date() if case.maybe(0.6) else "")
    if case.maybe(0.6):
        case.s.form("= GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
    else:
        case.s.form("= GIẤY TIẾP NHẬN HỒ SƠ // VÀ HẸN TRẢ KẾT QUẢ")
    if "hồ sơ" not in number:
        case.s.form(f"~ Mã hồ sơ: {dossier}")
    if case.maybe(0.4):
        case.s.form(f"~ {case.pick('(Liên: Giao khách hàng)', '(Liên: Lưu)')}")
    back = story.day + dt.timedelta(days=case.digits(1, 30))
    papers = some(case.rng, _PAPERS, 2)[:5]
    items = "\n".join(f"{place}. {paper}" for place, paper in enumerate(papers, 1))
    asked = case.pick("Nội dung yêu cầu giải quyết", "Thủ tục hành chính cần giải quyết")
    case.s.form(f"""
{_who(case, "nguoi_nop", "Tiếp nhận hồ sơ của")}
Địa chỉ: {case.w(story.applicant.address)}
Số điện thoại: {case.v("sdt", story.applicant.phone)}{case.pick("", "   Email: …………………")}
{asked}: {case.v("thu_tuc", _procedure(case))}
Thành phần hồ sơ nộp gồm:
{items}
Số lượng hồ sơ: {case.v("so_bo", "01")} (bộ)
Thời gian giải quyết hồ sơ theo quy định là: {case.digits(1, 30):02d} ngày làm việc
Thời gian nhận hồ sơ: {_clock(case, "thoi_gian_nhan", story.day)}
Thời gian trả kết quả giải quyết hồ sơ: {_clock(case, "thoi_gian_tra", back)}
Đăng ký nhận kết quả tại: {case.pick("Bộ phận một cửa", "qua dịch vụ bưu chính công ích")}
{case.pick("", "Vào Sổ theo dõi hồ sơ, Quyển số: 02   Số thứ tự: 187")}

<> NGƯỜI NỘP HỒ SƠ | NGƯỜI TIẾP NHẬN HỒ SƠ
<> (Ký và ghi rõ họ tên) | (Ký và ghi rõ họ tên)
""")


@form("phieu_tiep_nhan")
def receipt_portal(case: Case) -> None:
    """The slip as a provincial portal prints it, with a table of the papers."""
    story = case.story
    case.begin(case.pick(A4, A4, A5))
    case.motto(_desk(case), case.pick("", f"Số: {story.dossier_id}"))
    if case.maybe():
        case.s.form(f"^ {story.dossier_id}")
    case.s.form("= GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ")
    back = story.day + dt.timedelta(days=case.digits(1, 30))
    code = f"{story.procedure_code} - " if story.procedure_code and case.maybe(0.3) else ""
    case.s.form(f"""
Mã hồ sơ: {case.v("ma_ho_so", story.dossier_id)}
Bộ phận tiếp nhận và trả kết quả {story.commune_name}
{_who(case, "nguoi_nop", "Tiếp nhận hồ sơ của")}
Số CCCD: {story.applicant.pid}
Địa chỉ: {story.applicant.address}
| Số điện thoại: {case.v("sdt", story.applicant.phone)} | Email:
Thủ tục hành chính cần giải quyết: {case.v("thu_tuc", code + _procedure(case))}
1. Thành phần hồ sơ nộp gồm:
""")
    rows = "\n".join(
        f"|| {n} | {paper} | {case.pick('Bản chính', 'Bản sao', 'Bản điện tử')} | 01"
        for n, paper in enumerate(some(case.rng, _PAPERS, 2)[:6], 1)
    )
    case.s.form(f"|| STT | Tên giấy tờ | Hình thức | Số lượng\n{rows}", (0.1, 0.55, 0.2, 0.15))
    case.s.form(f"""
2. Số lượng hồ sơ: {case.v("so_bo", case.pick("01", "1", "02"))} (bộ)
3. Thời gian giải quyết hồ sơ theo quy định là: {case.digits(1, 30)} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ
4. Thời gian nhận hồ sơ: {_clock(case, "thoi_gian_nhan", story.day)}
5. Thời gian trả kết quả giải quyết hồ sơ: {_clock(case, "thoi_gian_tra", back)}
6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công
7. Phí, lệ phí: {grouped(case.digits(1, 90) * 1000)} đồng

<> NGƯỜI NỘP HỒ SƠ | NGƯỜI TIẾP NHẬN HỒ SƠ
<> (Ký và ghi rõ họ tên) | (Ký và ghi rõ họ tên)

<> {story.applicant.name} | {story.other.name}
{case.pick("", "^ Ghi chú: Tra cứu tình trạng hồ sơ bằng mã hồ sơ trên Cổng Dịch vụ công quốc gia.")}
""")


@form("phieu_tiep_nhan")
def receipt_2011(case: Case) -> None:
    """An older slip: BIÊN NHẬN HỒ SƠ."""
    story = case.story
    case.begin(case.pick(A5, A5_WIDE))
    case.motto(_desk(case), f"Số: {case.digits(1, 2000)}/BNHS")
    back = story.day + dt.timedelta(days=case.digits(1, 30))
    case.s.form(f"""
= {case.pick("GIẤY BIÊN NHẬN HỒ SƠ", "BIÊN NHẬN HỒ SƠ", "GIẤY BIÊN NHẬN")}
{case.pick("~ (Liên 2: Giao người nộp)", "")}
Họ và tên người nộp: {story.applicant.name}
Địa chỉ: {story.applicant.address}
Điện thoại: {case.v("sdt", story.applicant.phone)}
Mã hồ sơ: {case.v("ma_ho_so", story.dossier_id)}
Về việc: {_procedure(case)}
Hồ sơ gồm có:
- {case.pick(*_PAPERS)}: 01 bản chính
- {case.pick(*_PAPERS)}: 01 bản sao
Ngày nhận hồ sơ: {dmy(story.day)}
Ngày hẹn trả kết quả: {dmy(back)}

<> NGƯỜI NỘP | NGƯỜI NHẬN
""")


@form("phieu_yeu_cau_bo_sung", 0.05)
def supplement(case: Case) -> None:
    story = case.story
    case.begin(case.pick(A5, A4, A5_WIDE))
    case.motto(_desk(case), f"Số: {case.digits(1, 400)}/HDHS", case.place_date())
    reason = case.pick(
        "Thiếu giấy tờ chứng minh chỗ ở hợp pháp",
        "Bản khai chưa ghi đủ thông tin của người mẹ",
        "Chữ ký của các bên chưa được chứng thực",
        "Diện tích ghi trong đơn không khớp với Giấy chứng nhận đã cấp",
    )
    asked = case.v("thu_tuc", _procedure(case))
    case.s.form(f"""
= {case.pick("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "PHIẾU HƯỚNG DẪN HOÀN THIỆN HỒ SƠ")}
{case.pick("", f"Mã hồ sơ: {case.v('ma_ho_so', story.dossier_id)}")}
{_who(case, "nguoi_nop", "Hồ sơ của")}
Nội dung yêu cầu giải quyết: {asked}
Địa chỉ: {case.w(story.applicant.address)}
Số điện thoại: {case.w(story.applicant.phone)}    Email: …………
Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:
1. {case.pick(*_PAPERS)} (bản chính)
2. {case.pick(*_PAPERS)}
Lý do: {case.v("ly_do", reason)}{case.pick("", ".")}
Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà liên hệ với Bộ phận tiếp nhận và trả kết quả,
số điện thoại 0900 111 222 để được hướng dẫn./.

<>  | NGƯỜI HƯỚNG DẪN
<>  | (Ký và ghi rõ họ tên)
""")


@form("phieu_tu_choi", 0.05)
def refusal(case: Case) -> None:
    story = case.story
    case.begin(case.pick(A5, A4))
    case.motto(_desk(case), f"Số: {case.digits(1, 90)}/TC-HS", case.place_date())
    reason = case.pick(
        "Hồ sơ không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã",
        "Thửa đất đang có đơn tranh chấp chưa được giải quyết",
        "Người yêu cầu không thường trú tại địa phương",
    )
    case.s.form(f"""
= {case.pick("PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ", "PHIẾU TỪ CHỐI TIẾP NHẬN HỒ SƠ")}
Bộ phận tiếp nhận và trả kết quả {story.commune_name}
{_who(case, "nguoi_nop", "Tiếp nhận hồ sơ của")}
Địa chỉ: {case.w(story.applicant.address)}
Số điện thoại: {case.w(story.applicant.phone)}
Nội dung yêu cầu giải quyết: {case.v("thu_tuc", _procedure(case))}
Qua xem xét, Bộ phận tiếp nhận và trả kết quả thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:
{case.v("ly_do", reason)}.
Xin thông báo cho Ông/Bà được biết và thực hiện./.

<> NGƯỜI NỘP HỒ SƠ | NGƯỜI TIẾP NHẬN HỒ SƠ
""")


@form("phieu_xin_loi")
def apology(case: Case) -> None:
    story = case.story
    case.begin(case.pick(A4, A5))
    case.motto(case.agency(), f"Số: {case.digits(1, 90)}/PXL", case.place_date())
    due = story.day + dt.timedelta(days=10)
    again = due + dt.timedelta(days=case.digits(2, 20))
    reason = case.pick("Chờ kết quả xác minh của cơ quan Công an", "Hệ thống cơ sở dữ liệu hộ tịch bị gián đoạn")
    new_day = case.v("hen_lai", in_words(again).removeprefix("ngày "), again.isoformat())
    case.s.form(f"""
= PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ
~ Kính gửi: Ông/Bà {story.applicant.name}
Ngày {dmy(story.day)}, {story.people_committee} tiếp nhận giải quyết hồ sơ đề nghị giải quyết thủ tục {_procedure(case)} của Ông/Bà; mã hồ sơ: {case.v("ma_ho_so", story.dossier_id)}.
Thời gian hẹn trả kết quả: 16 giờ 00, {in_words(due)}.
Tuy nhiên đến nay, {story.people_committee} chưa trả kết quả giải quyết hồ sơ của Ông/Bà đúng thời hạn quy định ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
Lý do: {case.v("ly_do", reason)}.
Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của Ông/Bà. {story.people_committee} xin lỗi Ông/Bà và {case.pick("sẽ trả kết quả vào", "hẹn lại Ông/Bà vào", "sẽ trả kết quả giải quyết hồ sơ vào")} ngày {new_day}.
Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này./.

<>  | {case.pick("THỦ TRƯỞNG CƠ QUAN", "CHỦ TỊCH")}
""")


@form("phieu_kiem_soat", 0.1)
def control(case: Case) -> None:
    story = case.story
    case.begin(case.pick(A4, A4, A5))
    case.motto(case.agency(), "", case.place_date() if case.maybe() else "")
    attached = case.pick(
        f"(Kèm theo hồ sơ của: {case.name('nguoi_nop', story.applicant)})",
        f"Kèm theo hồ sơ của: {case.name('nguoi_nop', story.applicant)}",
    )
    case.s.form(f"""
= PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ
Mã hồ sơ: {case.v("ma_ho_so", story.dossier_id)}
{attached}
Cơ quan (bộ phận) giải quyết hồ sơ: {story.people_committee}
""")
    rows = []
    for giver, taker in (("Bộ phận một cửa", "Công chức chuyên môn"), ("Công chức chuyên môn", "Lãnh đạo UBND")):
        rows.append(
            f"|| 1. Giao: {giver} 2. Nhận: {taker} | {case.w('08')} giờ {case.w('15')} phút, {in_words(story.day)} "
            "Người giao Người nhận | □ Trước hạn □ Đúng hạn □ Quá hạn | "
        )
    head = (
        "|| TÊN CƠ QUAN | THỜI GIAN GIAO, NHẬN HỒ SƠ | KẾT QUẢ GIẢI QUYẾT HỒ SƠ (Trước hạn/đúng hạn/quá hạn) | GHI CHÚ"
    )
    case.s.form("\n".join([head, *rows]), (0.26, 0.34, 0.28, 0.12))


@form("so_theo_doi", 0.1)
def register(case: Case) -> None:
    story = case.story
    case.begin(A4_WIDE, 10.5)
    case.motto(case.agency())
    case.s.form(f"= SỔ THEO DÕI HỒ SƠ\n~ Năm {story.day.year}")
    rows = [
        "|| STT | Mã hồ sơ | Tên TTHC | Số bộ | Tên cá nhân, tổ chức | Nhận hồ sơ | Hẹn trả kết quả | Trả kết quả | Ký nhận"
    ]
    for place in range(1, case.digits(6, 14)):
        day = story.day + dt.timedelta(days=place)
        one = f"{story.dossier_id.rsplit('-', 1)[0]}-{place:04d}"
        rows.append(
            f"|| {place} | {case.w(one)} | {case.pick('Khai sinh', 'Kết hôn', 'Chứng thực')} | 1 | "
            f"{case.w(case.pick('Lê Thị Tám', 'Hồ Văn Kiệm', 'Đoàn Thị Lài'))} | {case.w(dmy(day))} | {case.w(dmy(day))} | | "
        )
    case.s.form("\n".join(rows), (0.05, 0.2, 0.12, 0.06, 0.17, 0.11, 0.11, 0.1, 0.08))
