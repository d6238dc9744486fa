"""Hộ tịch: the declaration of a birth, the hospital's paper, the certificate."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Gap, Head, Motto, P, Sign, Signs, Title, fields, paragraphs
from samples.maker.flow import Document, Paper
from samples.maker.forms.civil import identity, where
from samples.maker.forms.offices import HOSPITAL, Office
from samples.maker.people import Person, dmy, words

FRAMED = Paper(210, 297, (34, 30, 30, 26))


def birth_declaration(
    child: str, sex: str, born: dt.date, mother: Person, father: Person, office: Office, day: dt.date
) -> Document:
    """Tờ khai đăng ký khai sinh."""
    blocks = (
        Motto(),
        Title(("TỜ KHAI ĐĂNG KÝ KHAI SINH",)),
        P(f"Kính gửi: Ủy ban nhân dân {where(office)}", align="c"),
        Gap(2),
        *fields(
            f"Họ, chữ đệm, tên người yêu cầu: {father.name} <..>",
            f"Ngày, tháng, năm sinh: {dmy(father.born)} <..>",
            f"Nơi cư trú: {father.address}",
            f"Giấy tờ tùy thân: {identity(father, dt.date(2021, 8, 10))}",
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
    }
    persons = (father.name, child, mother.name)
    return Document("to_khai_khai_sinh", blocks, truth, persons, size=13, leading=1.16)


def _parent(who: str, person: Person) -> tuple[P, ...]:
    return fields(
        f"Họ, chữ đệm, tên người {who}: **{person.name}** <..>",
        f"Năm sinh: {person.born.year} <.16> Dân tộc: {person.nation} <.16> Quốc tịch: Việt Nam <..>",
        f"Nơi cư trú: {person.address}",
        f"Giấy tờ tùy thân: {identity(person, dt.date(2021, 8, 10))}",
    )


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
            f"Nơi đăng ký khai sinh: Ủy ban nhân dân {where(office)}",
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
        "noi_dang_ky": f"Ủy ban nhân dân {where(office)}",
        "ngay_dang_ky": day.isoformat(),
    }
    persons = (child, mother.name, father.name)
    return Document("giay_khai_sinh", blocks, truth, persons, number, FRAMED, size=12.5, ground="certificate")
