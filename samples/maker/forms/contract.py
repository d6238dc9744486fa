"""Đất đai: the contract that transfers a parcel, with the certifying officer's statement."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Gap, Motto, P, Sign, Signs, Title, fields, paragraphs
from samples.maker.flow import Block, Document
from samples.maker.forms.land import Parcel
from samples.maker.forms.offices import Office
from samples.maker.people import Person, words


def _party(title: str, people: tuple[Person, ...]) -> list[P]:
    lines = [P(f"**{title}:**", before=2)]
    for person in people:
        lines += fields(
            f"{person.title}: **{person.name},** sinh năm {person.born.year}",
            f"CMND số: {person.old_id}, Công an tỉnh Nam Thuận cấp ngày 15/06/2009",
            f"Nơi thường trú: {person.address}",
        )
    return lines


def transfer_contract(
    sellers: tuple[Person, ...], buyers: tuple[Person, ...], parcel: Parcel, office: Office, day: dt.date, price: str
) -> Document:
    """Hợp đồng chuyển nhượng quyền sử dụng đất, with the certifying officer's statement at the end."""
    in_words = "Bốn trăm năm mươi triệu đồng chẵn"
    persons = tuple(p.name for p in (*sellers, *buyers))
    blocks = (
        Motto(),
        Title(("HỢP ĐỒNG CHUYỂN NHƯỢNG QUYỀN SỬ DỤNG ĐẤT",)),
        *paragraphs(
            f"Hôm nay, {words(day)}, tại trụ sở Ủy ban nhân dân xã {office.place}, huyện Tuy Sơn, tỉnh Nam Thuận, "
            "chúng tôi gồm có:",
        ),
        *_party("BÊN CHUYỂN NHƯỢNG (BÊN A)", sellers),
        *_party("BÊN NHẬN CHUYỂN NHƯỢNG (BÊN B)", buyers),
        *paragraphs(
            "Hai bên tự nguyện cùng nhau lập và ký hợp đồng này để thực hiện việc chuyển nhượng quyền sử dụng đất "
            "theo các thỏa thuận sau đây:",
        ),
        P("**Điều 1. Quyền sử dụng đất chuyển nhượng**", before=2.5),
        *paragraphs(
            f"Bên A đồng ý chuyển nhượng cho Bên B quyền sử dụng đất của mình đối với thửa đất theo Giấy chứng nhận "
            f"quyền sử dụng đất số phát hành {parcel.serial}, số vào sổ cấp giấy chứng nhận {parcel.register}, do Ủy "
            "ban nhân dân huyện Tuy Sơn cấp ngày 22/10/2012, cụ thể như sau:",
        ),
        *fields(
            f"- Thửa đất số: {parcel.number}; Tờ bản đồ số: {parcel.sheet};",
            f"- Địa chỉ thửa đất: {parcel.where};",
            f"- Diện tích: {parcel.area} m2 (bằng chữ: {parcel.area_words});",
            "- Hình thức sử dụng: sử dụng riêng;",
            f"- Mục đích sử dụng: {parcel.use};",
            "- Thời hạn sử dụng: đến ngày 15 tháng 10 năm 2043;",
            "- Nguồn gốc sử dụng: Nhà nước giao đất không thu tiền sử dụng đất.",
        ),
        *paragraphs("Những hạn chế về quyền sử dụng đất: không có."),
        P("**Điều 2. Giá chuyển nhượng và phương thức thanh toán**", before=2.5),
        *paragraphs(
            f"1. Giá chuyển nhượng quyền sử dụng đất là: {price} đồng (bằng chữ: {in_words}).",
            "2. Phương thức thanh toán: Bên B thanh toán cho Bên A bằng tiền mặt hoặc chuyển khoản qua ngân hàng, một "
            "lần, ngay sau khi hợp đồng này được chứng thực.",
            "3. Việc giao và nhận số tiền nêu trên do hai bên tự thực hiện và chịu trách nhiệm trước pháp luật.",
        ),
        P("**Điều 3. Việc giao đất và đăng ký quyền sử dụng đất**", before=2.5),
        *paragraphs(
            "1. Bên A có nghĩa vụ giao thửa đất nêu tại Điều 1 của hợp đồng này cùng với giấy tờ về quyền sử dụng đất "
            "cho Bên B vào thời điểm hai bên thanh toán xong số tiền chuyển nhượng.",
            "2. Bên B có nghĩa vụ thực hiện đăng ký quyền sử dụng đất tại cơ quan có thẩm quyền theo quy định của "
            "pháp luật trong thời hạn 30 ngày kể từ ngày hợp đồng có hiệu lực.",
        ),
        P("**Điều 4. Trách nhiệm nộp thuế, lệ phí**", before=2.5),
        *paragraphs(
            "Thuế thu nhập cá nhân do Bên A nộp; lệ phí trước bạ và lệ phí chứng thực liên quan đến việc chuyển "
            "nhượng quyền sử dụng đất theo hợp đồng này do Bên B chịu trách nhiệm nộp.",
        ),
        P("**Điều 5. Phương thức giải quyết tranh chấp**", before=2.5),
        *paragraphs(
            "Trong quá trình thực hiện hợp đồng này, nếu phát sinh tranh chấp, các bên cùng nhau thương lượng giải "
            "quyết trên nguyên tắc tôn trọng quyền lợi của nhau. Trường hợp không giải quyết được thì một trong hai "
            "bên có quyền khởi kiện để yêu cầu Tòa án có thẩm quyền giải quyết theo quy định của pháp luật.",
        ),
        P("**Điều 6. Cam đoan của các bên**", before=2.5),
        *paragraphs(
            "1. Bên A cam đoan: những thông tin về nhân thân, về thửa đất đã ghi trong hợp đồng này là đúng sự thật; "
            "thửa đất thuộc trường hợp được chuyển nhượng theo quy định của pháp luật; tại thời điểm giao kết hợp "
            "đồng, thửa đất không có tranh chấp và quyền sử dụng đất không bị kê biên để bảo đảm thi hành án.",
            "2. Bên B cam đoan: những thông tin về nhân thân đã ghi trong hợp đồng này là đúng sự thật; đã xem xét "
            "kỹ, biết rõ về thửa đất nêu tại Điều 1 và các giấy tờ về quyền sử dụng đất; việc giao kết hợp đồng này "
            "hoàn toàn tự nguyện, không bị lừa dối, không bị ép buộc.",
        ),
        P("**Điều 7. Điều khoản cuối cùng**", before=2.5),
        *paragraphs(
            "Hai bên đã đọc lại hợp đồng, đã hiểu rõ quyền, nghĩa vụ và lợi ích hợp pháp của mình, cùng đồng ý toàn "
            "bộ nội dung và ký tên dưới đây. Hợp đồng được lập thành 03 bản có giá trị pháp lý như nhau, Bên A giữ "
            "01 bản, Bên B giữ 01 bản, lưu 01 bản tại Ủy ban nhân dân xã.",
        ),
        Signs(
            (
                Sign(("BÊN A",), sellers[0].name, "(Ký, ghi rõ họ tên)"),
                Sign(("BÊN B",), buyers[0].name, "(Ký, ghi rõ họ tên)"),
            ),
            room=22,
        ),
        *_statement(persons, office, day),
    )
    truth = {**parcel.truth, "gia": price.replace(".", ""), "so_chung_thuc": "77"}
    return Document(
        "hd_chuyen_nhuong_tang_cho",
        blocks,
        truth,
        (*persons, office.signer),
        size=14,
        leading=1.5,
        edge_seal=office.seal,
    )


def _statement(persons: tuple[str, ...], office: Office, day: dt.date) -> tuple[Block, ...]:
    return (
        Gap(4),
        P("**LỜI CHỨNG CỦA NGƯỜI CÓ THẨM QUYỀN CHỨNG THỰC**", align="c"),
        *paragraphs(
            f"Tôi, {office.signer}, Chủ tịch Ủy ban nhân dân xã {office.place}, huyện Tuy Sơn, tỉnh Nam Thuận, chứng "
            f"thực hợp đồng này được giao kết giữa {persons[0]} và {persons[-1]}; các bên đã tự nguyện thỏa thuận "
            "giao kết và đã cùng ký vào hợp đồng này trước mặt tôi.",
            "Số chứng thực: 77, quyển số: 01/2015-SCT/HĐ,GD.",
        ),
        Signs(
            (None, Sign(office.over, office.signer, seal=office.seal)), date=f"{office.place}, {words(day)}", room=27
        ),
    )
