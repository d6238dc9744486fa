"""Bảo trợ xã hội: the declaration, the disability certificate, the commune's meeting and the decision."""

from __future__ import annotations

import datetime as dt

from samples.maker import ink, seals
from samples.maker.blocks import Draw, Head, Motto, P, Sign, Signs, Title, fields, paragraphs
from samples.maker.flow import A5, Composer, Document
from samples.maker.forms.offices import BINH_LAM, DISTRICT_COMMITTEE
from samples.maker.people import Person, dmy, words

AMOUNT = "720.000"


def declaration(person: Person, guardian: str, day: dt.date) -> Document:
    """Tờ khai đề nghị trợ giúp xã hội."""
    blocks = (
        Motto(form="Mẫu số 1d"),
        Title(("TỜ KHAI ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI",), ("(Áp dụng đối với đối tượng là người khuyết tật)",)),
        P("**Phần 1. THÔNG TIN CỦA ĐỐI TƯỢNG**", before=2),
        *fields(
            f"1. Họ và tên (Viết chữ in hoa): {person.name.upper()} <..>",
            f"Ngày/tháng/năm sinh: {dmy(person.born)} <.6> Giới tính: {person.sex} <.6> Dân tộc: {person.nation} <..>",
            f"Giấy CMND hoặc Căn cước công dân số {person.pid} Cấp ngày 12/07/2021 <..>",
            f"2. Nơi thường trú: {person.address}",
            "Hiện ở với ai (Ghi rõ quan hệ, họ tên và địa chỉ): ~ở với vợ, cùng địa chỉ~ <..>",
            "3. Tình trạng đi học",
            "[x] Chưa đi học (Lý do: <.30>)",
            "[ ] Đang đi học (Ghi cụ thể: <.50>)",
            "4. Có thẻ BHYT không? [ ] Không [x] Có",
            "5. Đang hưởng chế độ nào sau đây:",
            "Lương hưu/Trợ cấp BHXH hằng tháng: 0 đồng. Hưởng từ tháng <..>",
            "Trợ cấp ưu đãi người có công hằng tháng: 0 đồng. Hưởng từ tháng <..>",
            "6. Thuộc hộ nghèo, cận nghèo không? [ ] Không [x] Có",
            "7. Có khuyết tật không? [ ] Không [x] Có",
            "Giấy xác nhận khuyết tật số 22972/2021/0045. Ngày cấp: 18/08/2021. Nơi cấp: UBND xã Bình Lâm",
            "- Dạng tật: Vận động",
            "- Mức độ khuyết tật: Nặng",
            "8. Có tham gia làm việc không? [x] Không [ ] Có",
            "9. Tình trạng hôn nhân: Đã kết hôn. Số con (Nếu có): 02 người. Trong đó, dưới 36 tháng tuổi: 0 người",
            "10. Khả năng tự phục vụ: cần người trợ giúp khi đi lại và sinh hoạt hằng ngày",
            before=1.6,
        ),
        P("**Phần 2. THÔNG TIN NGƯỜI GIÁM HỘ/NGƯỜI ĐƯỢC ỦY QUYỀN (nếu có)**", before=3),
        *fields(
            f"Họ và tên: {guardian} <..>",
            "Quan hệ với đối tượng: vợ <..>",
            f"Địa chỉ: {person.address}",
            before=1.6,
        ),
        *paragraphs(
            "Tôi xin cam đoan những lời khai trên là đúng, nếu có điều gì khai không đúng tôi xin chịu trách nhiệm "
            "hoàn toàn.",
        ),
        Signs(
            (
                None,
                Sign(("Người khai",), "", "(Ký, ghi rõ họ tên)", hand_name=guardian),
            ),
            date=f"Bình Lâm, {words(day)}",
        ),
        P("**XÁC NHẬN CỦA UBND CẤP XÃ**", align="c", before=4),
        *paragraphs(
            f"Ủy ban nhân dân xã Bình Lâm đã kiểm tra hồ sơ, xác nhận thông tin cá nhân nêu trên của ông {person.name} "
            "là đúng.",
        ),
        Signs(
            (Sign(("CÁN BỘ KIỂM TRA HỒ SƠ",), "Đạo Thị Bích Liễu", "(Ký, ghi rõ họ tên)"), BINH_LAM.sign()),
            room=26,
        ),
    )
    truth = {"ho_ten": person.name, "so_dinh_danh": person.pid}
    return Document("to_khai_tro_giup_xh", blocks, truth, (person.name, guardian, BINH_LAM.signer), size=13)


def disability(person: Person, day: dt.date) -> Document:
    """Giấy xác nhận khuyết tật, an A5 paper."""
    number = "22972/2021/0045"
    blocks = (
        Head(BINH_LAM.head, f"Số hiệu: {number}"),
        Title(("GIẤY XÁC NHẬN KHUYẾT TẬT",), size=14),
        *fields(
            f"Họ và tên: **{person.name.upper()}**",
            f"Sinh ngày: {dmy(person.born)}. Giới tính: {person.sex}",
            f"Số định danh cá nhân: {person.pid}",
            f"Nơi thường trú: {person.address}",
            "Dạng khuyết tật: Vận động",
            "Mức độ khuyết tật: Nặng",
            before=2,
        ),
        Signs((None, BINH_LAM.sign()), date=f"Bình Lâm, {words(day)}", room=26),
    )
    truth = {"so_hieu": number, "muc_do": "Nặng"}
    persons = (person.name, BINH_LAM.signer)
    return Document("giay_xn_khuyet_tat", blocks, truth, persons, number, A5, 11, 1.24)


def submission(person: Person, day: dt.date) -> Document:
    """Tờ trình of the commune to the district; number and day are written by pen, so they are no printed fields."""
    office = BINH_LAM
    subject = "Về việc trợ cấp xã hội hằng tháng đối với người khuyết tật nặng"
    blocks = (
        Head(office.head, "Số:          /TTr-UBND", "Bình Lâm, ngày       tháng 11 năm 2023", pen=("56", str(day.day))),
        Draw(0, _arrival),
        Title(("TỜ TRÌNH",), ("Về việc trợ cấp xã hội hằng tháng", "đối với người khuyết tật nặng"), rule=True),
        P("Kính gửi: Ủy ban nhân dân huyện Tuy Sơn", align="c"),
        *paragraphs(
            "Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ quy định chính sách trợ giúp xã "
            "hội đối với đối tượng bảo trợ xã hội;",
            f"Xét Tờ khai đề nghị trợ giúp xã hội của ông {person.name}, sinh ngày {dmy(person.born)}, nơi thường trú: "
            f"{person.address}; kết quả niêm yết công khai tại trụ sở Ủy ban nhân dân xã từ ngày 22/11/2023 đến ngày "
            "24/11/2023, không có ý kiến thắc mắc, khiếu nại,",
            "Ủy ban nhân dân xã Bình Lâm kính trình Ủy ban nhân dân huyện Tuy Sơn xem xét, quyết định hưởng trợ cấp xã "
            f"hội hằng tháng cho ông {person.name} thuộc đối tượng người khuyết tật nặng, hệ số 2,0, mức trợ cấp "
            f"{AMOUNT} đồng/tháng, kể từ tháng 12 năm 2023.",
            "Kính đề nghị Ủy ban nhân dân huyện, Phòng Lao động - Thương binh và Xã hội quan tâm giải quyết./.",
        ),
        Signs(
            (None, office.sign()),
            recipients=("Nơi nhận:", "- Như trên;", "- Phòng LĐTB&XH;", "- Lưu: VT, VHXH."),
            room=28,
        ),
    )
    truth = {"trich_yeu": subject.removeprefix("Về việc ")}
    return Document("to_trinh", blocks, truth, (person.name, office.signer), size=14, leading=1.3)


def _arrival(page: Composer) -> None:
    """The district's arrival stamp beside the title, its number and day written in."""
    x, y = seals.arrival(page.sheet, page.left - 12, page.y - 1, page.rng, "UBND HUYỆN TUY SƠN")
    ink.write(page.sheet, x, y, "2318", page.rng)
    ink.write(page.sheet, x, y + 8, "29/11", page.rng, 2.3)


def decision(person: Person, day: dt.date) -> Document:
    """Quyết định hưởng trợ cấp xã hội, two pages."""
    number = "1145/QĐ-UBND"
    office = DISTRICT_COMMITTEE
    blocks = (
        Head(office.head, f"Số: {number}", f"{office.place}, {words(day)}"),
        Title(("QUYẾT ĐỊNH",), ("Về việc trợ cấp xã hội hằng tháng đối với người khuyết tật",), rule=True),
        P("**CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN TUY SƠN**", align="c", before=2),
        *paragraphs(
            "//Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều "
            "của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;//",
            "//Căn cứ Luật Người khuyết tật ngày 17 tháng 6 năm 2010;//",
            "//Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ quy định chính sách trợ giúp "
            "xã hội đối với đối tượng bảo trợ xã hội;//",
            "//Xét Tờ trình số 56/TTr-UBND ngày 27 tháng 11 năm 2023 của Ủy ban nhân dân xã Bình Lâm;//",
            "//Theo đề nghị của Trưởng phòng Phòng Lao động - Thương binh và Xã hội huyện.//",
        ),
        P("**QUYẾT ĐỊNH:**", align="c", before=4),
        *paragraphs(
            f"**Điều 1.** Trợ cấp xã hội hằng tháng đối với ông **{person.name},** sinh ngày {dmy(person.born)}, số "
            f"định danh cá nhân {person.pid}, nơi thường trú: {person.address}, thuộc đối tượng người khuyết tật nặng, "
            f"với mức trợ cấp là: {AMOUNT} đồng/tháng (Bảy trăm hai mươi nghìn đồng mỗi tháng), kể từ ngày 01 tháng 12 "
            "năm 2023.",
            "**Điều 2.** Kinh phí thực hiện trích từ nguồn bảo đảm xã hội trong dự toán ngân sách huyện năm 2023 và "
            "các năm tiếp theo. Việc chi trả thực hiện trước ngày 10 hằng tháng thông qua tổ chức dịch vụ chi trả.",
            "**Điều 3.** Quyết định này có hiệu lực kể từ ngày ký.",
            "Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện, Trưởng phòng Phòng Lao động - Thương binh và "
            "Xã hội, Trưởng phòng Phòng Tài chính - Kế hoạch, Chủ tịch Ủy ban nhân dân xã Bình Lâm và ông "
            f"{person.name} chịu trách nhiệm thi hành Quyết định này./.",
        ),
        Signs(
            (None, office.sign()),
            recipients=("Nơi nhận:", "- Như Điều 3;", "- Sở LĐTB&XH;", "- CT, PCT UBND huyện;", "- Lưu: VT."),
            room=28,
        ),
    )
    truth = {"so_ky_hieu": number, "ngay_ban_hanh": day.isoformat(), "muc": AMOUNT.replace(".", "")}
    return Document("qd_tro_cap", blocks, truth, (person.name, office.signer), number, size=14, leading=1.66)
