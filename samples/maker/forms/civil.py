"""Hộ tịch: death and marital status, and the power of attorney."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Gap, Head, Motto, P, Sign, Signs, Title, fields, paragraphs
from samples.maker.flow import A4, Document
from samples.maker.forms.offices import Office
from samples.maker.people import Person, dmy, words

_POLICE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"


def identity(person: Person, issued: dt.date) -> str:
    return f"CCCD số {person.pid}, {_POLICE} cấp ngày {dmy(issued)}"


def where(office: Office) -> str:
    kind = "thị trấn" if office.place == "Liên Hà" else "xã"
    return f"{kind} {office.place}, huyện Tuy Sơn, tỉnh Nam Thuận"


def marital_declaration(person: Person, office: Office, day: dt.date, purpose: str) -> Document:
    """Tờ khai cấp Giấy xác nhận tình trạng hôn nhân."""
    status = "Hiện tại chưa đăng ký kết hôn với ai"
    blocks = (
        Motto(),
        Title(("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",)),
        P(f"Kính gửi: Ủy ban nhân dân {where(office)}", align="c"),
        Gap(3),
        *fields(
            f"Họ, chữ đệm, tên người yêu cầu: {person.name}",
            f"Nơi cư trú: {person.address}",
            f"Giấy tờ tùy thân: {identity(person, dt.date(2022, 3, 15))}",
            "Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân: bản thân",
            before=2,
        ),
        P("**Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:**", before=3),
        *fields(
            f"Họ, chữ đệm, tên: {person.name}",
            f"Ngày, tháng, năm sinh: {dmy(person.born)}",
            f"Giới tính: {person.sex} <.20> Dân tộc: {person.nation} <.20> Quốc tịch: Việt Nam",
            f"Nơi cư trú: {person.address}",
            f"Giấy tờ tùy thân: CCCD số {person.pid}",
            f"Tình trạng hôn nhân: {status}",
            "Trong thời gian cư trú tại xã Hòa Phú, huyện Tuy Sơn, tỉnh Nam Thuận từ ngày 09 tháng 10 năm 2019 "
            "đến nay.",
            f"Mục đích sử dụng Giấy xác nhận tình trạng hôn nhân: {purpose}",
            before=2,
        ),
        *paragraphs(
            "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam "
            "đoan của mình.",
            indent=8,
        ),
        Signs(
            (None, Sign(("Người yêu cầu",), "", "(Ký, ghi rõ họ, chữ đệm, tên)", hand_name=person.name)),
            date=f"Làm tại: Hòa Phú, {words(day)}",
        ),
    )
    truth = {"nguoi_yeu_cau": person.name, "tinh_trang": status, "muc_dich": purpose}
    return Document("to_khai_xn_tthn", blocks, truth, (person.name,), size=13.5, leading=1.25)


def marital_confirmation(person: Person, office: Office, day: dt.date, purpose: str) -> Document:
    """Giấy xác nhận tình trạng hôn nhân."""
    number = "212/UBND-XNTTHN"
    blocks = (
        Head(office.head, f"Số: {number}", f"{office.place}, {words(day)}"),
        Title(("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), size=15),
        *paragraphs(
            "Căn cứ Luật Hộ tịch và các văn bản hướng dẫn thi hành;",
            f"Xét đề nghị của bà {person.name} về việc cấp Giấy xác nhận tình trạng hôn nhân,",
        ),
        P("**XÁC NHẬN:**", align="c", before=3),
        *fields(
            f"Họ, chữ đệm, tên: **{person.name.upper()}**",
            f"Ngày, tháng, năm sinh: {dmy(person.born)}",
            f"Giới tính: {person.sex} <.15> Dân tộc: {person.nation} <.15> Quốc tịch: Việt Nam",
            f"Giấy tờ tùy thân: CCCD số {person.pid}",
            f"Nơi cư trú: {person.address}",
            "Tình trạng hôn nhân: Hiện tại chưa đăng ký kết hôn với ai.",
            before=2,
        ),
        *paragraphs(
            f"Giấy này được cấp để: {purpose}.",
            "Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.",
        ),
        Signs((None, office.sign()), recipients=("Nơi nhận:", "- Như trên;", "- Lưu: HSHT."), room=28),
    )
    truth = {"so_ky_hieu": number, "muc_dich": purpose}
    return Document("giay_xn_tthn", blocks, truth, (person.name, office.signer), number, size=13.5, leading=1.25)


def death_declaration(dead: Person, kin: Person, office: Office, died: dt.date, day: dt.date) -> Document:
    """Tờ khai đăng ký khai tử."""
    blocks = (
        Motto(),
        Title(("TỜ KHAI ĐĂNG KÝ KHAI TỬ",)),
        P(f"Kính gửi: Ủy ban nhân dân {where(office)}", align="c"),
        Gap(3),
        *fields(
            f"Họ, chữ đệm, tên người yêu cầu: {kin.name} <..>",
            f"Ngày, tháng, năm sinh: {dmy(kin.born)} <..>",
            f"Nơi cư trú: {kin.address}",
            f"Giấy tờ tùy thân: CCCD số {kin.pid} <..>",
            "Quan hệ với người đã chết: con đẻ <..>",
            before=1.6,
        ),
        P("**Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:**", before=3),
        *fields(
            f"Họ, chữ đệm, tên: **{dead.name}** <..>",
            f"Ngày, tháng, năm sinh: {dmy(dead.born)} <..>",
            f"Giới tính: {dead.sex} <.18> Dân tộc: {dead.nation} <.18> Quốc tịch: Việt Nam <..>",
            f"Nơi cư trú cuối cùng: {dead.address}",
            f"Giấy tờ tùy thân: CCCD số {dead.pid} <..>",
            f"Đã chết vào lúc: 05 giờ 10 phút, {words(died)}",
            "Nơi chết: tại nhà riêng, thôn Phú Điền, xã Hòa Phú",
            "Nguyên nhân chết: già yếu <..>",
            "Số Giấy báo tử/Giấy tờ thay thế Giấy báo tử: ~03/GBT~ do ~Trạm y tế xã~ cấp <..>",
            before=1.6,
        ),
        *paragraphs(
            "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam "
            "đoan của mình.",
            indent=8,
        ),
        Signs(
            (None, Sign(("Người yêu cầu",), "", "(Ký, ghi rõ họ, chữ đệm, tên)", hand_name=kin.name)),
            date=f"Làm tại: Hòa Phú, {words(day)}",
        ),
        P("Đề nghị cấp bản sao: Có [ ] Không [x]", align="l", before=2),
    )
    truth = {
        "nguoi_yeu_cau": kin.name,
        "chet_luc": died.isoformat(),
        "noi_chet": "tại nhà riêng, thôn Phú Điền, xã Hòa Phú",
    }
    return Document("to_khai_khai_tu", blocks, truth, (kin.name, dead.name), size=13)


def death_extract(dead: Person, office: Office, died: dt.date, day: dt.date) -> Document:
    """Trích lục khai tử."""
    number = "09/TLKT"
    blocks = (
        Head(office.head, f"Số: {number}", f"{office.place}, {words(day)}"),
        Title(("TRÍCH LỤC KHAI TỬ",), size=16),
        *fields(
            f"Họ, chữ đệm, tên: **{dead.name.upper()}**",
            f"Ngày, tháng, năm sinh: {dmy(dead.born)}",
            f"Giới tính: {dead.sex} <.15> Dân tộc: {dead.nation} <.15> Quốc tịch: Việt Nam",
            f"Số định danh cá nhân: {dead.pid}",
            f"Nơi cư trú cuối cùng: {dead.address}",
            f"Đã chết vào lúc: 05 giờ 10 phút, {words(died)}",
            "Nơi chết: tại nhà riêng, thôn Phú Điền, xã Hòa Phú, huyện Tuy Sơn, tỉnh Nam Thuận",
            "Nguyên nhân chết: già yếu",
            "Giấy báo tử/Giấy tờ thay thế Giấy báo tử số: 03/GBT, do Trạm y tế xã Hòa Phú cấp ngày 04/01/2024",
            f"Đã đăng ký khai tử tại: Ủy ban nhân dân {where(office)}",
            f"Số: 09 <.25> ngày {dmy(day)}",
            before=2.2,
        ),
        Signs((None, Sign(("NGƯỜI KÝ TRÍCH LỤC", *office.over[1:]), office.signer, seal=office.seal)), room=28),
    )
    truth = {"so": number, "nguyen_nhan": "già yếu"}
    return Document("trich_luc_khai_tu", blocks, truth, (dead.name, office.signer), number, A4, 13.5, 1.25)


def power_of_attorney(giver: Person, taker: Person, day: dt.date) -> Document:
    """Giấy ủy quyền."""
    content = "nộp hồ sơ và nhận kết quả thủ tục đăng ký khai tử"
    blocks = (
        Motto(),
        Title(("GIẤY ỦY QUYỀN",), size=15),
        P(f"//Hòa Phú, {words(day)}//", align="r"),
        *fields(
            f"Người ủy quyền: **{giver.name}**",
            f"Sinh ngày: {dmy(giver.born)}. Số định danh cá nhân: {giver.pid}",
            f"Nơi cư trú: {giver.address}",
            f"Người được ủy quyền: **{taker.name}**",
            f"Sinh ngày: {dmy(taker.born)}. Số định danh cá nhân: {taker.pid}",
            f"Nơi cư trú: {taker.address}",
            f"Nội dung ủy quyền: {content}",
            "Thời hạn ủy quyền: kể từ ngày ký đến khi hoàn thành công việc nêu trên",
            before=2,
        ),
        *paragraphs(
            f"{taker.title} {taker.name} được thay mặt tôi ký các giấy tờ cần thiết, nộp lệ phí và nhận kết quả tại Bộ "
            "phận Tiếp nhận và Trả kết quả xã Hòa Phú. Việc ủy quyền này không có thù lao.",
            "Tôi chịu trách nhiệm trước pháp luật về nội dung ủy quyền trên đây.",
        ),
        Signs(
            (
                Sign(("NGƯỜI ĐƯỢC ỦY QUYỀN",), taker.name, "(Ký, ghi rõ họ tên)"),
                Sign(("NGƯỜI ỦY QUYỀN",), giver.name, "(Ký, ghi rõ họ tên)"),
            ),
        ),
    )
    truth = {"ben_uy_quyen": giver.name, "noi_dung": content}
    return Document("giay_uy_quyen", blocks, truth, (giver.name, taker.name), size=13.5, leading=1.25)
