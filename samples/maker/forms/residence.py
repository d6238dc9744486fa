"""Cư trú: form CT01, the lease, the notice of the police."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Head, Motto, P, Sign, Signs, Table, Title, fields, paragraphs
from samples.maker.flow import Document, Paper
from samples.maker.forms.offices import POLICE
from samples.maker.people import Person, dmy, words

_TIGHT = Paper(210, 297, (25, 15, 15, 14))


def ct01(person: Person, spouse: Person, head: Person, day: dt.date) -> Document:
    """Tờ khai thay đổi thông tin cư trú, with its boxes for the personal ID."""
    request = "Đăng ký thường trú tại chỗ ở hợp pháp do thuê"
    blocks = (
        P("**Mẫu CT01 ban hành kèm theo Thông tư số 66/2023/TT-BCA**", align="r", size=10.5),
        Motto(),
        Title(("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ",)),
        P("Kính gửi: Công an thị trấn Liên Hà", align="c"),
        *fields(
            f"1. Họ, chữ đệm và tên: {person.name}",
            f"2. Ngày, tháng, năm sinh: {dmy(person.born)} <.20> 3. Giới tính: {person.sex}",
            f"4. Số định danh cá nhân: #{person.pid}#",
            f"5. Số điện thoại liên hệ: {person.phone} <.10> 6. Email: <..>",
            f"7. Họ, chữ đệm và tên chủ hộ: {head.name}",
            "8. Mối quan hệ với chủ hộ: chủ hộ",
            f"9. Số định danh cá nhân của chủ hộ: #{head.pid}#",
            f"10. Nội dung đề nghị: {request}",
            "11. Những thành viên trong hộ gia đình cùng thay đổi:",
            before=1.8,
        ),
        Table(
            (1, 4, 2.6, 2, 3.6, 2.8),
            (
                (
                    "TT",
                    "Họ, chữ đệm và tên",
                    "Ngày, tháng, năm sinh",
                    "Giới tính",
                    "Số định danh cá nhân",
                    "Quan hệ với chủ hộ",
                ),
                ("1", spouse.name, dmy(spouse.born), spouse.sex, spouse.pid, "vợ"),
                ("2", "Huỳnh Bảo Ngọc", "12/03/2014", "Nữ", "059314002277", "con"),
            ),
            "clcccc",
            size=11,
            row_height=8,
        ),
        Signs(
            (
                Sign(("Ý KIẾN CỦA CHỦ HỘ",), "", "(Ký, ghi rõ họ tên)", hand_name=head.name),
                Sign(("NGƯỜI KÊ KHAI",), "", "(Ký, ghi rõ họ tên)", hand_name=person.name),
            ),
            date=f"Liên Hà, {words(day)}",
            room=22,
        ),
        Signs(
            (
                Sign(
                    ("Ý KIẾN CỦA CHỦ SỞ HỮU", "CHỖ Ở HỢP PHÁP"), "", "(Ký, ghi rõ họ tên)", hand_name="Lý Tuyết Trinh"
                ),
                Sign(("Ý KIẾN CỦA CHA, MẸ", "HOẶC NGƯỜI GIÁM HỘ"), "", "(Ký, ghi rõ họ tên)", signed=False),
            ),
            room=20,
        ),
    )
    truth = {"ho_ten": person.name, "so_dinh_danh": person.pid, "chu_ho": head.name, "noi_dung": request}
    persons = (person.name, spouse.name, "Huỳnh Bảo Ngọc")
    return Document("ct01", blocks, truth, persons, paper=_TIGHT, size=12.5)


def lease(owner: Person, tenant: Person, day: dt.date) -> Document:
    """Hợp đồng thuê nhà."""
    price = "2.500.000"
    blocks = (
        Motto(),
        Title(("HỢP ĐỒNG THUÊ NHÀ",), ("Số: 05/HĐTN",)),
        *paragraphs(f"Hôm nay, {words(day)}, tại {owner.address}, chúng tôi gồm có:"),
        P("**BÊN CHO THUÊ (BÊN A):**", before=2.5),
        *fields(
            f"{owner.title}: **{owner.name},** sinh ngày {dmy(owner.born)}",
            f"Số định danh cá nhân: {owner.pid}",
            f"Nơi thường trú: {owner.address}",
        ),
        P("**BÊN THUÊ (BÊN B):**", before=2.5),
        *fields(
            f"{tenant.title}: **{tenant.name},** sinh ngày {dmy(tenant.born)}",
            f"Số định danh cá nhân: {tenant.pid}",
            "Nơi thường trú: thôn Tân Hải, xã Phước Vinh, huyện Tuy Sơn, tỉnh Nam Thuận",
        ),
        *paragraphs("Hai bên thống nhất ký kết hợp đồng thuê nhà với các điều khoản sau đây:"),
        P("**Điều 1. Nhà ở cho thuê**", before=2.5),
        *paragraphs(
            f"Bên A cho Bên B thuê toàn bộ căn nhà cấp IV, diện tích sử dụng 64 m2, tại {tenant.address}, để ở. Bên A "
            "đồng ý cho Bên B và các thành viên trong hộ gia đình đăng ký thường trú tại căn nhà này.",
        ),
        P("**Điều 2. Thời hạn thuê**", before=2.5),
        *paragraphs("Thời hạn thuê là 36 tháng, kể từ ngày 01 tháng 5 năm 2024 đến hết ngày 30 tháng 4 năm 2027."),
        P("**Điều 3. Giá thuê và phương thức thanh toán**", before=2.5),
        *paragraphs(
            f"1. Giá thuê là: {price} đồng/tháng (Hai triệu năm trăm nghìn đồng mỗi tháng), chưa bao gồm tiền điện, "
            "tiền nước và phí thu gom rác.",
            "2. Bên B thanh toán cho Bên A vào ngày 05 hằng tháng bằng tiền mặt hoặc chuyển khoản.",
            "3. Bên B đặt cọc trước một tháng tiền thuê nhà; số tiền này được hoàn trả khi hợp đồng kết thúc nếu Bên B "
            "không vi phạm hợp đồng.",
        ),
        P("**Điều 4. Quyền và nghĩa vụ của Bên A**", before=2.5),
        *paragraphs(
            "1. Giao nhà và trang thiết bị gắn liền với nhà cho Bên B theo đúng hợp đồng; bảo đảm cho Bên B sử dụng ổn "
            "định nhà trong thời hạn thuê.",
            "2. Bảo trì nhà ở theo quy định; sửa chữa kịp thời những hư hỏng không do lỗi của Bên B gây ra.",
            "3. Phối hợp cung cấp giấy tờ để Bên B thực hiện thủ tục đăng ký cư trú.",
        ),
        P("**Điều 5. Quyền và nghĩa vụ của Bên B**", before=2.5),
        *paragraphs(
            "1. Sử dụng nhà đúng mục đích, giữ gìn nhà và có trách nhiệm sửa chữa những hư hỏng do mình gây ra.",
            "2. Trả đủ tiền thuê nhà đúng kỳ hạn; chấp hành quy định về giữ gìn vệ sinh môi trường, an ninh trật tự "
            "trong khu vực cư trú.",
            "3. Trả lại nhà cho Bên A khi hết thời hạn thuê hoặc khi hai bên thỏa thuận chấm dứt hợp đồng.",
        ),
        P("**Điều 6. Cam kết chung**", before=2.5),
        *paragraphs(
            "Hai bên cam kết thực hiện đúng các điều khoản đã ghi trong hợp đồng. Hợp đồng được lập thành 03 bản, mỗi "
            "bên giữ 01 bản, 01 bản nộp cho cơ quan đăng ký cư trú.",
        ),
        Signs(
            (
                Sign(("BÊN A",), owner.name, "(Ký, ghi rõ họ tên)", ink="black-pen"),
                Sign(("BÊN B",), tenant.name, "(Ký, ghi rõ họ tên)"),
            ),
        ),
    )
    truth = {"gia_thue": price.replace(".", "")}
    return Document("hd_thue_nha", blocks, truth, (owner.name, tenant.name), "05/HĐTN", size=14, leading=1.5)


def notice(person: Person, day: dt.date) -> Document:
    """Thông báo kết quả giải quyết thủ tục về cư trú (CT08)."""
    number = "118/TB-CATT"
    blocks = (
        P("**Mẫu CT08**", align="r", size=10.5),
        Head(POLICE.head, f"Số: {number}", f"{POLICE.place}, {words(day)}"),
        Title(("THÔNG BÁO",), ("Kết quả giải quyết, hủy bỏ thủ tục về cư trú",), rule=True),
        P(f"Kính gửi: Ông {person.name}", align="c"),
        *paragraphs(
            f"Ngày 06/05/2024, Công an thị trấn Liên Hà tiếp nhận hồ sơ đề nghị đăng ký thường trú của ông "
            f"{person.name}, sinh ngày {dmy(person.born)}, số định danh cá nhân {person.pid}.",
            "Căn cứ Luật Cư trú năm 2020 và các văn bản hướng dẫn thi hành, Công an thị trấn Liên Hà thông báo kết quả "
            "giải quyết như sau:",
            "1. Đã đăng ký thường trú cho ông và 02 thành viên trong hộ gia đình kể từ ngày 10/05/2024.",
            f"2. Nơi thường trú: {person.address}.",
            "3. Họ, chữ đệm và tên chủ hộ: Huỳnh Minh Thông. Quan hệ với chủ hộ: chủ hộ.",
            "4. Thông tin đã được cập nhật trong Cơ sở dữ liệu về cư trú và Cơ sở dữ liệu quốc gia về dân cư.",
            "Công an thị trấn Liên Hà thông báo để ông biết và thực hiện./.",
        ),
        Signs(
            (None, Sign(("CƠ QUAN ĐĂNG KÝ CƯ TRÚ", *POLICE.over), POLICE.signer, seal=POLICE.seal)),
            recipients=("Nơi nhận:", "- Như trên;", "- Lưu: CATT."),
            room=28,
        ),
    )
    truth = {"so_ky_hieu": number}
    return Document("thong_bao_cu_tru", blocks, truth, (person.name, POLICE.signer), number, size=14, leading=1.3)
