"""Xây dựng: the application for a building permit, the site inspection, the permit."""

from __future__ import annotations

import datetime as dt

from samples.maker.blocks import Head, Motto, P, Sign, Signs, Title, fields, paragraphs
from samples.maker.flow import Document
from samples.maker.forms.offices import CONSTRUCTION, DISTRICT_COMMITTEE
from samples.maker.people import Person, dmy, words

PLOT, AREA, FLOORS, FLOOR_AREA = "215", "120", "02", "185,6"


def permit_application(person: Person, day: dt.date) -> Document:
    """Đơn đề nghị cấp giấy phép xây dựng."""
    blocks = (
        Motto(form="Mẫu số 01"),
        Title(("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG",), ("(Sử dụng cho công trình: Nhà ở riêng lẻ)",)),
        P("Kính gửi: Ủy ban nhân dân huyện Tuy Sơn", align="c"),
        P("**1. Thông tin về chủ đầu tư:**", before=3),
        *fields(
            f"- Tên chủ đầu tư (tên chủ hộ): {person.name}",
            "- Người đại diện: <..> Chức vụ (nếu có): <.30>",
            f"- Số định danh cá nhân: {person.pid}",
            f"- Địa chỉ: {person.address}",
            f"- Số điện thoại: {person.phone}",
            before=1.4,
        ),
        P("**2. Thông tin công trình:**", before=2.5),
        *fields(
            "Địa điểm xây dựng:",
            f"Lô đất số: {PLOT}; Diện tích: {AREA} m2",
            "Tại số nhà: <.22> Đường/phố: đường liên thôn Phú Điền",
            "Xã: Hòa Phú. Huyện: Tuy Sơn. Tỉnh: Nam Thuận",
            before=1.4,
        ),
        P("**3. Tổ chức/cá nhân lập, thẩm tra thiết kế xây dựng:**", before=2.5),
        P("**3.1. Tổ chức/cá nhân lập thiết kế xây dựng:**"),
        *fields(
            "- Tên tổ chức/cá nhân: Công ty TNHH Tư vấn Xây dựng Sơn Hải",
            "- Mã số chứng chỉ năng lực: NTH-00012345",
            "- Tên và mã số chứng chỉ hành nghề của chủ nhiệm, chủ trì thiết kế: Lưu Tấn Đạt, NTH-00054321",
            before=1.4,
        ),
        P("**4. Nội dung đề nghị cấp phép:**", before=2.5),
        *fields(
            "- Loại công trình: Nhà ở riêng lẻ. Cấp công trình: cấp III",
            "- Diện tích xây dựng tầng 1 (tầng trệt): 92,8 m2",
            f"- Tổng diện tích sàn: {FLOOR_AREA} m2 (trong đó ghi rõ diện tích sàn các tầng trên mặt đất và tum)",
            "- Chiều cao công trình: 7,9 m (tầng 1: 3,9 m; tầng 2: 3,6 m)",
            f"- Số tầng: {FLOORS} tầng",
            before=1.4,
        ),
        P("**5. Dự kiến thời gian hoàn thành công trình:** 08 tháng", align="l", before=2.5),
        P("**6. Cam kết:**", before=2.5),
        *paragraphs(
            "Tôi xin cam đoan làm theo đúng giấy phép được cấp, nếu sai tôi xin hoàn toàn chịu trách nhiệm và bị xử "
            "lý theo quy định của pháp luật.",
        ),
        P("Gửi kèm theo Đơn này các tài liệu:", before=2),
        *fields(
            "1. Bản sao Giấy chứng nhận quyền sử dụng đất số phát hành BK 482913;",
            "2. 02 bộ bản vẽ thiết kế xây dựng;",
            "3. Bản cam kết bảo đảm an toàn đối với công trình liền kề.",
        ),
        Signs(
            (None, Sign(("NGƯỜI LÀM ĐƠN", "CHỦ ĐẦU TƯ"), "", "(Ký, ghi rõ họ tên)", hand_name=person.name)),
            date=f"Hòa Phú, {words(day)}",
        ),
    )
    truth = {"chu_dau_tu": person.name, "lo_dat": PLOT, "dien_tich_m2": AREA, "so_tang": FLOORS}
    return Document("don_de_nghi_gpxd", blocks, truth, (person.name,), size=13.5, leading=1.26)


def inspection(person: Person, day: dt.date) -> Document:
    """Biên bản kiểm tra thực địa."""
    blocks = (
        Head(CONSTRUCTION.head, "Số: 38/BB-KTHT", f"{CONSTRUCTION.place}, {words(day)}"),
        Title(("BIÊN BẢN",), ("Kiểm tra thực địa vị trí đề nghị cấp giấy phép xây dựng",), rule=True),
        *paragraphs(
            f"Hôm nay, vào hồi 9 giờ 00, ngày {dmy(day)}, tại thửa đất số {PLOT}, thôn Phú Điền, xã Hòa Phú, huyện Tuy "
            "Sơn, tỉnh Nam Thuận, chúng tôi gồm:",
        ),
        P("**I. Thành phần:**", before=2),
        *fields(
            f"1. Ông {CONSTRUCTION.signer}, Trưởng phòng Kinh tế và Hạ tầng, chủ trì;",
            "2. Ông Quách Thành Long, chuyên viên Phòng Kinh tế và Hạ tầng, ghi biên bản;",
            "3. Bà Lâm Thị Mộng Cầm, công chức địa chính - xây dựng xã Hòa Phú;",
            f"4. Ông {person.name}, chủ đầu tư.",
        ),
        P("**II. Nội dung:**", before=2),
        *paragraphs(
            "1. Hiện trạng: thửa đất trống, đã san lấp mặt bằng, ranh giới có cọc bê tông, không có tranh chấp với "
            "các hộ liền kề. Phía trước giáp đường liên thôn rộng 6 mét.",
            "2. Vị trí công trình dự kiến phù hợp với quy hoạch nông thôn mới xã Hòa Phú đã được phê duyệt; chỉ giới "
            "đường đỏ cách tim đường 5,0 mét; khoảng lùi 2,0 mét.",
            "3. Kết luận: đủ điều kiện để xem xét cấp giấy phép xây dựng theo quy định.",
        ),
        *paragraphs(
            "Biên bản kết thúc vào hồi 10 giờ 15 cùng ngày, đã đọc lại cho mọi người cùng nghe, thống nhất ký tên và "
            "lập thành 02 bản có giá trị như nhau.",
        ),
        Signs(
            (
                Sign(("CHỦ ĐẦU TƯ",), person.name),
                Sign(("NGƯỜI GHI BIÊN BẢN",), "Quách Thành Long"),
                Sign(("CHỦ TRÌ",), CONSTRUCTION.signer, seal=CONSTRUCTION.seal),
            ),
            room=26,
        ),
    )
    truth = {"ngay_lap": day.isoformat()}
    persons = (person.name, CONSTRUCTION.signer)
    return Document("bien_ban", blocks, truth, persons, "38/BB-KTHT", size=13.5, leading=1.26)


def permit(person: Person, day: dt.date) -> Document:
    """Giấy phép xây dựng, two pages."""
    number = "87/GPXD-UBND"
    office = DISTRICT_COMMITTEE
    blocks = (
        Head(office.head, f"Số: {number}", f"{office.place}, {words(day)}"),
        Title(("GIẤY PHÉP XÂY DỰNG",), ("(Sử dụng cho nhà ở riêng lẻ)",), size=16),
        *fields(
            f"**1. Cấp cho:** {person.name}",
            f"Địa chỉ: {person.address}",
            "**2. Được phép xây dựng công trình:** Nhà ở riêng lẻ",
            "- Theo thiết kế: Nhà ở gia đình, ký hiệu SH-2305",
            "- Do: Công ty TNHH Tư vấn Xây dựng Sơn Hải lập",
            "- Gồm các nội dung sau đây:",
            f"+ Vị trí xây dựng: thửa đất số {PLOT}, tờ bản đồ số 14, thôn Phú Điền, xã Hòa Phú",
            "+ Cốt nền xây dựng công trình: cao hơn tim đường 0,45 m",
            "+ Mật độ xây dựng: 77,3%; hệ số sử dụng đất: 1,55 lần",
            "+ Chỉ giới đường đỏ: cách tim đường 5,0 m; chỉ giới xây dựng: lùi 2,0 m",
            "+ Diện tích xây dựng tầng 1 (tầng trệt): 92,8 m2",
            f"+ Tổng diện tích sàn: {FLOOR_AREA} m2",
            "+ Chiều cao công trình: 7,9 m; chiều cao từng tầng: 3,9 m và 3,6 m",
            f"+ Số tầng: {FLOORS} tầng",
            before=2,
        ),
        *paragraphs(
            "**3. Giấy tờ về quyền sử dụng đất:** Giấy chứng nhận quyền sử dụng đất số phát hành BK 482913 do Ủy ban "
            "nhân dân huyện Tuy Sơn cấp ngày 12/07/2016.",
            "**4.** Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn "
            "trên thì phải đề nghị gia hạn giấy phép xây dựng.",
            indent=0,
        ),
        Signs(
            (None, office.sign()),
            recipients=("Nơi nhận:", "- Chủ đầu tư;", "- UBND xã Hòa Phú;", "- Lưu: VT, KTHT."),
            room=28,
        ),
        P("**CHỦ ĐẦU TƯ PHẢI THỰC HIỆN CÁC NỘI DUNG SAU ĐÂY:**", align="c", before=8),
        *paragraphs(
            "1. Phải hoàn toàn chịu trách nhiệm trước pháp luật nếu xâm phạm các quyền hợp pháp của các chủ sở hữu "
            "liền kề.",
            "2. Phải thực hiện đúng các quy định của pháp luật về đất đai, về đầu tư xây dựng và giấy phép xây dựng "
            "này.",
            "3. Phải thông báo bằng văn bản về ngày khởi công cho Phòng Kinh tế và Hạ tầng trước khi khởi công xây "
            "dựng công trình.",
            "4. Xuất trình giấy phép xây dựng cho chính quyền sở tại trước khi khởi công và treo biển báo tại địa "
            "điểm xây dựng.",
            "5. Khi điều chỉnh thiết kế làm thay đổi nội dung giấy phép xây dựng thì phải đề nghị điều chỉnh và chờ "
            "quyết định của cơ quan cấp giấy phép.",
        ),
        P("**ĐIỀU CHỈNH, GIA HẠN GIẤY PHÉP**", align="c", before=5),
        *fields(
            "1. Nội dung điều chỉnh, gia hạn: <..>", "<..>", "2. Thời gian có hiệu lực của giấy phép: <..>", before=2
        ),
    )
    truth = {"so_gpxd": number, "cap_cho": person.name, "tong_san": FLOOR_AREA.replace(",", ".")}
    return Document("giay_phep_xay_dung", blocks, truth, (person.name, office.signer), number, size=13.5, leading=1.26)
