"""Hộ tịch: birth, death, marital status; and the hospital's birth paper."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Gap, Head, Motto, P, Sign, Signs, Title, fields, paragraphs
from samples.maker.flow import A4, Document, Paper
from samples.maker.forms.offices import HOSPITAL, Office
from samples.maker.people import Person, dmy, words

FRAMED = Paper(210, 297, (34, 30, 30, 26))
_POLICE = "Cục Cảnh sát quản lý hành chính về trật tự xã hội"


def _identity(person: Person, issued: dt.date) -> str:
    return f"CCCD số {person.pid}, {_POLICE} cấp ngày {dmy(issued)}"


def birth_declaration(
    child: str, sex: str, born: dt.date, mother: Person, father: Person, office: Office, day: dt.date
) -> Document:
    """Tờ khai đăng ký khai sinh."""
    blocks = (
        Motto(),
        Title(("TỜ KHAI ĐĂNG KÝ KHAI SINH",)),
        P(f"Kính gửi: Ủy ban nhân dân {_where(office)}", align="c"),
        Gap(2),
        *fields(
            f"Họ, chữ đệm, tên người yêu cầu: {father.name} <..>",
            f"Ngày, tháng, năm sinh: {dmy(father.born)} <..>",
            f"Nơi cư trú: {father.address}",
            f"Giấy tờ tùy thân: {_identity(father, dt.date(2021, 8, 10))}",
            "Quan hệ với người được khai sinh: cha đẻ <..>",
        ),
        P("**Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:**", before=2),
        *fields(
            f"Họ, chữ đệm, tên: **{child.upper()}**",
            f"Ngày, tháng, năm sinh: {dmy(born)} ghi bằng chữ: Ngày hai, tháng chín, năm hai nghìn không trăm hai "
            "mươi ba",
            "Nơi sinh: Bệnh viện Đa khoa Tuy Sơn, huyện Tuy Sơn, tỉnh Nam Thuận",
            f"Giới tính: {sex} <.20> Dân tộc: Kinh <.20> Quốc tịch: Việt Nam <..>",
            "Quê quán: xã Phước Vinh, huyện Tuy Sơn, tỉnh Nam Thuận <..>",
        ),
        *_parent("mẹ", mother),
        *_parent("cha", father),
        *paragraphs(
            "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí "
            "của các bên liên quan theo quy định pháp luật.",
            "Tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình.",
            indent=8,
        ),
        Signs(
            (None, Sign(("Người yêu cầu",), "", "(Ký, ghi rõ họ, chữ đệm, tên)", hand_name=father.name)),
            date=f"Làm tại: Liên Hà, {words(day)}",
            room=24,
        ),
        P("Đề nghị cấp bản sao: Có [x] Không [ ]", align="l", before=2),
        P("Số lượng: ~02~ bản", align="l"),
    )
    truth = {
        "nguoi_yeu_cau": father.name,
        "ho_ten_con": child,
        "ngay_sinh": born.isoformat(),
        "noi_sinh": "Bệnh viện Đa khoa Tuy Sơn, huyện Tuy Sơn, tỉnh Nam Thuận",
        "ho_ten_me": mother.name,
        "ho_ten_cha": father.name,
        "so_dinh_danh": father.pid,
    }
    persons = (father.name, child, mother.name)
    return Document("to_khai_khai_sinh", blocks, truth, persons, size=13, leading=1.16)


def _parent(who: str, person: Person) -> tuple[P, ...]:
    return fields(
        f"Họ, chữ đệm, tên người {who}: **{person.name}** <..>",
        f"Năm sinh: {person.born.year} <.16> Dân tộc: {person.nation} <.16> Quốc tịch: Việt Nam <..>",
        f"Nơi cư trú: {person.address}",
        f"Giấy tờ tùy thân: {_identity(person, dt.date(2021, 8, 10))}",
    )


def _where(office: Office) -> str:
    kind = "thị trấn" if office.place == "Liên Hà" else "xã"
    return f"{kind} {office.place}, huyện Tuy Sơn, tỉnh Nam Thuận"


def live_birth(mother: Person, born: dt.date, child: str, number: str) -> Document:
    """Giấy chứng sinh: most of it filled in by hand at the ward."""
    blocks = (
        Head(HOSPITAL.head, bold_from=-1),
        P(f"Số: {number}", align="l", left=14),
        Title(("GIẤY CHỨNG SINH",), size=16),
        *fields(
            f"Họ và tên mẹ/người nuôi dưỡng: {mother.name} <..>",
            f"Năm sinh: {mother.born.year} <..>",
            f"Nơi đăng ký thường trú: {mother.address}",
            "Mã số BHXH/Thẻ BHYT số: ~GD 4 59 0123 004 217~ <..>",
            f"Số CCCD: {mother.pid} <.22> Dân tộc: {mother.nation} <..>",
            f"Đã sinh con vào lúc: 07 giờ 45 phút, {words(born)}",
            "Tại: Khoa Sản, Bệnh viện Đa khoa Tuy Sơn <..>",
            "Số con trong lần sinh này: 01 <..>",
            "Giới tính của con: Nam <.30> Cân nặng: 3200 gram <..>",
            "Hiện trạng sức khỏe của con: ~khỏe mạnh, khóc to~ <..>",
            f"Dự kiến đặt tên con là: {child} <..>",
            "Ghi chú: <..>",
            before=1.8,
        ),
        Signs(
            (
                Sign(("Cha, mẹ hoặc người thân",), "", "(Ký, ghi rõ họ tên)", hand_name="Trần Quốc Bình"),
                Sign(("Người đỡ đẻ",), "NHS. Vũ Thị Thắm", "(Ký, ghi rõ chức danh)"),
            ),
            date=f"Tuy Sơn, {words(born + dt.timedelta(days=2))}",
        ),
        Signs((None, HOSPITAL.sign()), room=26),
    )
    truth = {
        "ho_ten_me": mother.name,
        "sinh_luc": born.isoformat(),
        "can_nang_g": "3200",
        "so_gcs": number,
    }
    return Document("giay_chung_sinh", blocks, truth, (mother.name, child), number, size=13, leading=1.2)


def birth_certificate(
    child: str, pid: str, sex: str, born: dt.date, mother: Person, father: Person, office: Office, day: dt.date
) -> Document:
    """Giấy khai sinh: a certificate on coloured ground in a frame."""
    number = "87/2023"
    blocks = (
        Motto(),
        Title(("GIẤY KHAI SINH",), size=20, red=True),
        P(f"Số: {number}", align="c"),
        Gap(3),
        *fields(
            f"Họ, chữ đệm, tên: **{child.upper()}**",
            f"Ngày, tháng, năm sinh: {dmy(born)}",
            "Ghi bằng chữ: Ngày hai, tháng chín, năm hai nghìn không trăm hai mươi ba",
            f"Giới tính: {sex} <.14> Dân tộc: Kinh <.14> Quốc tịch: Việt Nam",
            "Nơi sinh: Bệnh viện Đa khoa Tuy Sơn, huyện Tuy Sơn, tỉnh Nam Thuận",
            "Quê quán: xã Phước Vinh, huyện Tuy Sơn, tỉnh Nam Thuận",
            f"Số định danh cá nhân: {pid}",
            before=2,
        ),
        *fields(
            f"Họ, chữ đệm, tên người mẹ: **{mother.name.upper()}**",
            f"Năm sinh: {mother.born.year} <.14> Dân tộc: Kinh <.14> Quốc tịch: Việt Nam",
            f"Nơi cư trú: {mother.address}",
            f"Họ, chữ đệm, tên người cha: **{father.name.upper()}**",
            f"Năm sinh: {father.born.year} <.14> Dân tộc: Kinh <.14> Quốc tịch: Việt Nam",
            f"Nơi cư trú: {father.address}",
            f"Nơi đăng ký khai sinh: Ủy ban nhân dân {_where(office)}",
            f"Ngày, tháng, năm đăng ký: {dmy(day)}",
            f"Họ, chữ đệm, tên người đi khai sinh: {father.name}",
            f"Giấy tờ tùy thân: CCCD số {father.pid}",
            before=2,
        ),
        Signs((None, Sign(("NGƯỜI KÝ GIẤY KHAI SINH", *office.over[1:]), office.signer, seal=office.seal)), room=26),
    )
    truth = {
        "so": number,
        "ho_ten": child,
        "ngay_sinh": born.isoformat(),
        "so_dinh_danh": pid,
        "noi_dang_ky": f"Ủy ban nhân dân {_where(office)}",
        "ngay_dang_ky": day.isoformat(),
    }
    persons = (child, mother.name, father.name)
    return Document("giay_khai_sinh", blocks, truth, persons, number, FRAMED, size=12.5, ground="certificate")


def marital_declaration(person: Person, office: Office, day: dt.date, purpose: str) -> Document:
    """Tờ khai cấp Giấy xác nhận tình trạng hôn nhân."""
    status = "Hiện tại chưa đăng ký kết hôn với ai"
    blocks = (
        Motto(),
        Title(("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",)),
        P(f"Kính gửi: Ủy ban nhân dân {_where(office)}", align="c"),
        Gap(3),
        *fields(
            f"Họ, chữ đệm, tên người yêu cầu: {person.name}",
            f"Nơi cư trú: {person.address}",
            f"Giấy tờ tùy thân: {_identity(person, dt.date(2022, 3, 15))}",
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
        P(f"Kính gửi: Ủy ban nhân dân {_where(office)}", align="c"),
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
            f"Đã đăng ký khai tử tại: Ủy ban nhân dân {_where(office)}",
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
