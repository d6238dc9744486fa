"""Hộ kinh doanh: the application and the certificate."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Head, Motto, P, Sign, Signs, Table, Title, fields, paragraphs
from samples.maker.flow import Document, Paper
from samples.maker.forms.offices import FINANCE
from samples.maker.people import Person, dmy, words

NAME, CAPITAL = "TẠP HÓA HUY HỒNG", "150.000.000"
_LINES = (("Bán lẻ lương thực, thực phẩm trong cửa hàng tổng hợp", "4711"), ("Bán lẻ đồ uống", "4723"))


def application(person: Person, day: dt.date) -> Document:
    """Giấy đề nghị đăng ký hộ kinh doanh."""
    rows = tuple((str(i + 1), name, code) for i, (name, code) in enumerate(_LINES))
    blocks = (
        Motto(),
        P(f"//{person.place.rsplit(' ', 2)[-2]} {person.place.rsplit(' ', 1)[-1]}, {words(day)}//", align="r"),
        Title(("GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH",)),
        P("Kính gửi: Phòng Tài chính - Kế hoạch huyện Tuy Sơn", align="c"),
        *fields(
            f"Tôi là (ghi họ tên bằng chữ in hoa): {person.name.upper()}",
            f"Sinh ngày: {dmy(person.born)} <.20> Giới tính: {person.sex}",
            f"Số định danh cá nhân: {person.pid}",
            f"Nơi thường trú: {person.address}",
            f"Điện thoại: ~{person.phone}~ Email (nếu có): <..>",
            before=2,
        ),
        P("**Đăng ký thành lập hộ kinh doanh do tôi là chủ hộ với các nội dung như sau:**", before=2.5),
        *fields(
            f"**1. Tên hộ kinh doanh viết bằng tiếng Việt (ghi bằng chữ in hoa):** {NAME}",
            f"**2. Trụ sở của hộ kinh doanh:** {person.address}",
            "**3. Ngành, nghề kinh doanh:**",
            before=2,
        ),
        Table((1, 8, 3), (("STT", "Tên ngành", "Mã ngành"), *rows), "clc", size=12.5),
        *fields(
            f"**4. Vốn kinh doanh (bằng số, bằng chữ, VNĐ):** {CAPITAL} đồng",
            "(Một trăm năm mươi triệu đồng)",
            "**5. Chủ thể thành lập hộ kinh doanh** (đánh dấu X vào ô thích hợp):",
            "[x] Cá nhân <.25> [ ] Các thành viên hộ gia đình",
            "**6. Thông tin đăng ký thuế:**",
            "- Ngày bắt đầu hoạt động: 15/05/2024",
            "- Tổng số lao động (dự kiến): 02",
            "- Phương pháp tính thuế: [x] Khoán [ ] Kê khai",
            before=2,
        ),
        *paragraphs(
            "Tôi cam kết bản thân không thuộc diện pháp luật cấm kinh doanh; không đồng thời là chủ hộ kinh doanh "
            "khác, chủ doanh nghiệp tư nhân, thành viên hợp danh của công ty hợp danh; trụ sở hộ kinh doanh thuộc "
            "quyền sử dụng hợp pháp của tôi và được sử dụng đúng mục đích theo quy định của pháp luật.",
            "Tôi hoàn toàn chịu trách nhiệm trước pháp luật về tính hợp pháp, chính xác, trung thực của nội dung đăng "
            "ký trên.",
        ),
        Signs((None, Sign(("CHỦ HỘ KINH DOANH",), "", "(Ký và ghi họ tên)", hand_name=person.name)), room=24),
    )
    truth = {
        "chu_ho": person.name,
        "so_dinh_danh": person.pid,
        "ten_hkd": NAME,
        "von": CAPITAL.replace(".", ""),
    }
    return Document("giay_de_nghi_dk_hkd", blocks, truth, (person.name,), size=13.5, leading=1.4)


def certificate(person: Person, day: dt.date) -> Document:
    """Giấy chứng nhận đăng ký hộ kinh doanh, on coloured ground."""
    number = "48C8001234"
    rows = tuple((str(i + 1), name, code) for i, (name, code) in enumerate(_LINES))
    blocks = (
        Head(FINANCE.head),
        Title(("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"), size=17, red=True),
        P(f"Mã số hộ kinh doanh: **{number}**", align="c"),
        P(f"Đăng ký lần đầu, {words(day)}", align="c"),
        *fields(
            f"**1. Tên hộ kinh doanh:** {NAME}",
            f"**2. Địa chỉ trụ sở hộ kinh doanh:** {person.address}",
            f"Điện thoại: {person.phone}",
            "**3. Ngành, nghề kinh doanh:**",
            before=2.2,
        ),
        Table((1, 8, 3), (("STT", "Tên ngành", "Mã ngành"), *rows), "clc", size=12.5),
        *fields(
            f"**4. Vốn kinh doanh:** {CAPITAL} đồng",
            "**5. Chủ thể thành lập hộ kinh doanh:** cá nhân",
            f"**6. Chủ hộ kinh doanh:** {person.name.upper()}",
            f"Sinh ngày: {dmy(person.born)} <.12> Giới tính: {person.sex} <.12> Dân tộc: {person.nation}",
            f"Số định danh cá nhân: {person.pid}",
            f"Nơi thường trú: {person.address}",
            before=2.2,
        ),
        Signs((None, FINANCE.sign()), room=30),
    )
    truth = {"ma_so_hkd": number, "ngay_cap": day.isoformat()}
    paper = Paper(210, 297, (32, 28, 28, 24))
    persons = (person.name, FINANCE.signer)
    return Document("gcn_dk_hkd", blocks, truth, persons, number, paper, 13, 1.24, ground="pink")
