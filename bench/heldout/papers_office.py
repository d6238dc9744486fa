# ruff: noqa: E501  (a paragraph of a form is one line)
"""Construction, household business, welfare, and the official papers of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

import datetime as dt

from heldout.case import Case, form
from heldout.layout import A3_WIDE, A4, A5
from heldout.story import dmy, grouped, in_words


@form("don_de_nghi_gpxd", 0.3)
def building_application(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    case.begin(A4, case.pick(12, 12.5, 13))
    case.s.form(f"^ {case.pick('Mẫu số 01', 'Phụ lục II - Mẫu số 01', 'PHỤ LỤC SỐ 1')}")
    case.motto()
    name = story.procedure_name
    if name.startswith("Gia hạn"):
        title = "ĐƠN ĐỀ NGHỊ GIA HẠN GIẤY PHÉP XÂY DỰNG"
    elif name.startswith("Cấp lại"):
        title = "ĐƠN ĐỀ NGHỊ CẤP LẠI GIẤY PHÉP XÂY DỰNG"
    elif name.startswith("Cấp điều chỉnh"):
        title = "ĐƠN ĐỀ NGHỊ ĐIỀU CHỈNH GIẤY PHÉP XÂY DỰNG"
    else:
        title = case.pick("ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG", "ĐƠN ĐỀ NGHỊ // CẤP GIẤY PHÉP XÂY DỰNG")
    floors = str(case.digits(1, 4))
    case.s.form(f"""
= {title}
~ {case.pick("(Sử dụng cho công trình: Nhà ở riêng lẻ)", "(Nhà ở riêng lẻ)", "")}
~ Kính gửi: {case.w(case.pick("Ủy ban nhân dân huyện", "Phòng Quản lý đô thị", story.people_committee))}
1. Thông tin về chủ đầu tư:
- Tên chủ đầu tư (tên chủ hộ): {case.name("chu_dau_tu", who)}
- Người đại diện: {case.w(who.name)} Chức vụ (nếu có): ……
- Địa chỉ liên hệ: {case.w(who.address)}
- Số điện thoại: {case.w(who.phone)}
2. Thông tin công trình:
- Địa điểm xây dựng: {case.w(land.place)}
- Lô đất số: {case.v("lo_dat", land.number)}{case.pick("; ", "   ", "  ")}{case.pick("Diện tích:", "Diện tích")} {case.v("dien_tich_m2", land.area, land.area_value)} {case.pick("m2", "m²", "m2.")}
- Tại số nhà: …… Đường/phố ……, xã {story.commune}
3. Nội dung đề nghị cấp phép:
- Loại công trình: {case.w("Nhà ở riêng lẻ")}   Cấp công trình: {case.w("IV")}
- Diện tích xây dựng: {case.w("92,5")} m2.
- Cốt xây dựng: {case.w("+0,30")} m
- Tổng diện tích sàn: {case.w("185")} m2
- Chiều cao công trình: {case.w("7,6")} m
- Số tầng: {case.v("so_tang", floors)}{case.pick("", " (tầng)", " tầng")}
4. Đơn vị hoặc người thiết kế: {case.w("Công ty TNHH Kiến trúc Đông Sa")}
5. Dự kiến thời gian hoàn thành công trình: {case.w("06")} tháng.
6. Cam kết: Tôi xin cam đoan làm theo đúng giấy phép được cấp, nếu sai tôi xin hoàn toàn chịu trách nhiệm và bị xử lý theo quy định của pháp luật.
Gửi kèm theo Đơn này các tài liệu:
1 - {case.w("Giấy chứng nhận quyền sử dụng đất")}
2 - {case.w("Bản vẽ thiết kế xây dựng")}
>> {case.where()}, ngày …… tháng …… năm ……
<>  | NGƯỜI LÀM ĐƠN/ĐẠI DIỆN CHỦ ĐẦU TƯ
<>  | Ký, ghi rõ họ tên, đóng dấu (nếu có)
""")


@form("giay_phep_xay_dung")
def building_permit(case: Case) -> None:
    who, land = case.story.applicant, case.story.parcel
    case.begin(A4)
    number = case.v("so_gpxd", f"{case.digits(1, 900)}/{case.pick('GPXD', 'GPXD-UBND', 'GPXD')}")
    beside = case.maybe(0.6)
    case.motto(case.agency("district"), f"Số: {number}" if beside else "", case.place_date() if beside else "")
    floor = f"{case.digits(80, 400)},{case.digits(1, 9)}"
    case.s.form(f"""
= GIẤY PHÉP XÂY DỰNG
{"" if beside else f"~ Số: {number}"}
~ {case.pick("(Sử dụng cho công trình nhà ở riêng lẻ)", "(Sử dụng cho nhà ở riêng lẻ)", "")}
1. Cấp {case.pick("cho", "cho")}: {case.pick("", "Ông ", "Bà ")}{case.name("cap_cho", who)}
Địa chỉ: {who.address}
2. Được phép xây dựng công trình: Nhà ở riêng lẻ
- Theo thiết kế: ký hiệu KT-01 đến KT-08
- Do: Công ty TNHH Kiến trúc Đông Sa lập
- Gồm các nội dung sau:
+ Vị trí xây dựng: thửa đất số {land.number}, tờ bản đồ số {land.sheet}, {land.place}
+ Cốt nền xây dựng công trình: +0,30 m so với mặt đường
+ Mật độ xây dựng: 75 %, hệ số sử dụng đất: 1,5
+ Chỉ giới đường đỏ, chỉ giới xây dựng: trùng chỉ giới đường đỏ
+ Diện tích xây dựng tầng 1: 92,5 m2
+ Tổng diện tích {case.pick("sàn", "sàn xây dựng", "sàn")}: {case.v("tong_san", floor, floor.replace(",", "."))} {case.pick("m2", "m²")}
+ Chiều cao công trình: 7,6 m; số tầng: 02 tầng
3. Giấy tờ về đất đai: Giấy chứng nhận quyền sử dụng đất số {land.serial}
4. Giấy phép này có hiệu lực khởi công xây dựng trong thời hạn 12 tháng kể từ ngày cấp; quá thời hạn trên thì phải đề nghị gia hạn giấy phép xây dựng.
{"" if beside else ">> " + case.place_date()}
<> Nơi nhận: | {case.pick("CHỦ TỊCH", "KT. CHỦ TỊCH")}
<> - Như trên; |
<> - Lưu: VT. |
""")
    if case.maybe(0.4):
        case.s.new_page()
        case.s.form("""
CHỦ ĐẦU TƯ PHẢI THỰC HIỆN CÁC NỘI DUNG SAU ĐÂY:
1. Phải hoàn toàn chịu trách nhiệm trước pháp luật nếu xâm phạm các quyền hợp pháp của các chủ sở hữu liền kề.
2. Phải thực hiện đúng các quy định của pháp luật về đất đai, về đầu tư xây dựng và Giấy phép xây dựng này.
3. Phải thông báo cho cơ quan cấp phép xây dựng đến kiểm tra khi định vị công trình, xây móng.
4. Xuất trình Giấy phép xây dựng cho chính quyền sở tại trước khi khởi công xây dựng và treo biển báo tại địa điểm xây dựng.
ĐIỀU CHỈNH/GIA HẠN GIẤY PHÉP
1. Nội dung điều chỉnh/gia hạn: ……
2. Thời gian có hiệu lực của giấy phép: ……
""")


@form("ban_ve")
def drawing(case: Case) -> None:
    story = case.story
    case.begin(case.pick(A3_WIDE, A4), 11)
    case.s.numbering = ""
    what = case.pick("MẶT BẰNG TẦNG 1", "MẶT ĐỨNG TRỤC 1-4", "MẶT CẮT A-A", "MẶT BẰNG MÓNG", "MẶT BẰNG TỔNG THỂ")
    spots = (
        "PHÒNG KHÁCH",
        "PHÒNG NGỦ",
        "BẾP + ĂN",
        "WC",
        "HIÊN",
        "SÂN",
        "3600",
        "4200",
        "1200",
        "±0.000",
        "+3.600",
        "A",
        "B",
        "1",
        "2",
    )
    for _ in range(case.digits(5, 12)):
        case.s.gap(case.rng.uniform(3, 12))
        picked = case.rng.sample(spots, case.digits(1, 4))
        case.s.cells(picked, sorted(case.rng.uniform(0, 0.9) for _ in picked))
    case.s.form(
        f"""
= {what}
~ TỶ LỆ 1/{case.pick(50, 75, 100)}
|| CÔNG TRÌNH: NHÀ Ở RIÊNG LẺ | CHỦ ĐẦU TƯ: {story.applicant.name.upper()} | {case.pick("KÝ HIỆU BẢN VẼ:", "KÝ HIỆU:")} {case.v("ky_hieu", f"KT-{case.digits(1, 12):02d}")}
|| ĐỊA ĐIỂM: XÃ {story.commune.upper()} | THIẾT KẾ: KTS. TÔ MINH LÝ | TÊN BẢN VẼ: {what}
""",
        (0.34, 0.36, 0.3),
    )


@form("giay_de_nghi_dk_hkd", 0.3)
def business_application(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4, case.pick(12, 12.5, 13))
    name = story.procedure_name
    again, change = name.startswith("Cấp lại"), name.startswith("Đăng ký thay đổi")
    case.s.form(f"^ {case.pick('Phụ lục III-1', 'Mẫu số 1', 'Phụ lục III - 1')}")
    case.motto()
    shop = case.pick(
        "CƠ SỞ MAY MẶC HỒNG LOAN", "ĐẠI LÝ VẬT TƯ NÔNG NGHIỆP TÂM ĐỨC", "QUÁN CÀ PHÊ GÓC PHỐ", "TIỆM SỬA XE HAI LÚA"
    )
    capital = case.digits(3, 90) * 10_000_000
    title = "GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH"
    if again:
        title = case.pick(
            "GIẤY ĐỀ NGHỊ CẤP LẠI GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
            "GIẤY ĐỀ NGHỊ // CẤP LẠI GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
        )
    if change:
        title = "GIẤY ĐỀ NGHỊ ĐĂNG KÝ THAY ĐỔI NỘI DUNG // ĐĂNG KÝ HỘ KINH DOANH"
    head = f"""
>> {case.place_date()}
= {title}
~ Kính gửi: {case.w("Phòng Tài chính - Kế hoạch huyện " + (story.district or "Hòa Trạch"))}
Tôi là {case.pick("(ghi họ tên bằng chữ in hoa)", "(ghi họ tên bằng chữ in hoa)", "(ghi bằng chữ in hoa)")}: {case.name("chu_ho", who, True)}   Giới tính: {case.w(who.sex)}
Sinh ngày: {case.w(dmy(who.born))}   Dân tộc: {case.w(who.nation)}   Quốc tịch: {case.w("Việt Nam")}
"""
    if again or change:
        case.s.form(
            head
            + f"""
Tên hộ kinh doanh (ghi bằng chữ in hoa): {case.v("ten_hkd", shop)}
Mã số hộ kinh doanh/Mã số thuế: {case.w("53C8" + str(case.digits(100000, 999999)))}
Cấp lần đầu ngày: {case.w(dmy(story.parcel.owner_since))} tại: {case.w("Phòng Tài chính - Kế hoạch")}
Địa chỉ trụ sở hộ kinh doanh: {case.w(who.address)}
{"Đề nghị cấp lại Giấy chứng nhận đăng ký hộ kinh doanh. Lý do đề nghị cấp lại: " + case.w("bị mất") if again else "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh như sau: " + case.w("thay đổi ngành, nghề kinh doanh")}
Tôi cam kết chịu hoàn toàn trách nhiệm trước pháp luật về tính hợp pháp, chính xác, trung thực của nội dung Giấy đề nghị này.
<>  | CHỦ HỘ KINH DOANH
<>  | (Ký và ghi họ tên)
"""
        )
        return
    case.s.form(
        head
        + f"""
{case.pick("Số định danh cá nhân", "Số định danh cá nhân", "Căn cước công dân số")}: {case.v("so_dinh_danh", who.pid)}
Nơi thường trú: {case.w(who.address)}
Điện thoại: {case.w(who.phone)}  Email: ……
= Đăng ký hộ kinh doanh do tôi làm chủ với các nội dung sau:
1. Tên hộ kinh doanh{case.pick(" viết bằng tiếng Việt (ghi bằng chữ in hoa)", " (ghi bằng chữ in hoa)", "")}: {case.v("ten_hkd", shop)}
2. {case.pick("Trụ sở của hộ kinh doanh", "Địa chỉ trụ sở hộ kinh doanh")}: {case.w(who.address)}
3. Ngành, nghề kinh doanh:
|| STT | Tên ngành | Mã ngành | Ngành, nghề kinh doanh chính
|| 1 | {case.w("Bán lẻ lương thực, thực phẩm")} | {case.w("4722")} | {case.w("X")}
4. Vốn kinh doanh{case.pick(" (bằng số; bằng chữ; VNĐ)", " (bằng số, bằng chữ, VNĐ)", "")}{case.pick(": ", ": ", " : ")}{case.v("von", grouped(capital), str(capital))} {case.pick("đồng", "VNĐ", "đồng (bằng chữ: ba trăm triệu đồng)")}
5. Thông tin đăng ký thuế: Phương pháp tính thuế: Kê khai □ Khoán □
Số lượng lao động: {case.w("02")}
6. Chủ thể thành lập hộ kinh doanh: Cá nhân □ Các thành viên hộ gia đình □
Tôi xin cam kết: Bản thân không thuộc diện pháp luật cấm kinh doanh; không đồng thời là chủ hộ kinh doanh khác; chịu trách nhiệm về tính hợp pháp của nội dung đăng ký.
<>  | CHỦ HỘ KINH DOANH
<>  | (Ký và ghi họ tên)
""",
        (0.08, 0.5, 0.17, 0.25),
    )


@form("gcn_dk_hkd")
def business_certificate(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4)
    case.motto([*case.agency("district"), "PHÒNG TÀI CHÍNH - KẾ HOẠCH"])
    code = f"{case.digits(10, 90)}{case.pick('A', 'B', 'C', 'D')}8{case.digits(0, 999999):06d}"
    first = story.day
    case.s.form(f"""
= {case.pick("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "GIẤY CHỨNG NHẬN // ĐĂNG KÝ HỘ KINH DOANH")}
~ {case.pick("Mã số hộ kinh doanh", "Mã số đăng ký hộ kinh doanh", "Số")}: {case.v("ma_so_hkd", code)}
~ Đăng ký lần đầu, ngày {case.v("ngay_cap", in_words(first).removeprefix("ngày "), first.isoformat())}
{case.pick("", f"~ Đăng ký thay đổi lần thứ: 01, {in_words(first + dt.timedelta(days=400))}")}
1. Tên hộ kinh doanh: {case.pick("TẠP HÓA BA KHỞI", "CƠ SỞ MAY MẶC HỒNG LOAN")}
2. Địa chỉ {case.pick("kinh doanh", "trụ sở hộ kinh doanh")}: {who.address}
Điện thoại: {who.phone}   Email:
3. Ngành, nghề kinh doanh: Bán lẻ hàng hóa tổng hợp
4. Vốn kinh doanh: {grouped(case.digits(3, 90) * 10_000_000)} đồng
5. Chủ thể thành lập hộ kinh doanh: Cá nhân
6. Thông tin về chủ hộ kinh doanh:
Họ và tên: {who.name.upper()}   Giới tính: {who.sex}
Sinh ngày: {dmy(who.born)}   Dân tộc: {who.nation}   Quốc tịch: Việt Nam
Số CCCD: {who.pid}
Nơi thường trú: {who.address}
<>  | TRƯỞNG PHÒNG
""")


@form("thong_bao_hkd", 0.3)
def business_notice(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4)
    shop = case.pick("TẠP HÓA BA KHỞI", "CƠ SỞ MAY MẶC HỒNG LOAN", "TIỆM BÁNH ÁNH DƯƠNG")
    stop = story.procedure_name.startswith("Tạm ngừng") or (not story.procedure_name and case.maybe())
    end = story.procedure_name.startswith("Chấm dứt") or (not stop and not story.procedure_name)
    left = [f"HỘ KINH DOANH {shop}"] if case.maybe(0.4) else None
    case.motto(left, f"Số: {case.digits(1, 9):02d}/TB" if left else "", case.place_date() if left else "")
    title = case.pick(
        "THÔNG BÁO // Về việc tạm ngừng kinh doanh/tiếp tục kinh doanh trước thời hạn đã thông báo của hộ kinh doanh",
        "THÔNG BÁO // Tạm ngừng kinh doanh của hộ kinh doanh",
        "THÔNG BÁO VỀ VIỆC TẠM NGỪNG KINH DOANH CỦA HỘ KINH DOANH",
    )
    if end:
        title = case.pick(
            "THÔNG BÁO // Về việc chấm dứt hoạt động hộ kinh doanh",
            "THÔNG BÁO VỀ VIỆC CHẤM DỨT HOẠT ĐỘNG HỘ KINH DOANH",
        )
    case.s.form(f"""
= {title}
~ Kính gửi: {case.w("Phòng Tài chính - Kế hoạch huyện")}
Tên hộ kinh doanh (ghi bằng chữ in hoa): {case.v("ten_hkd", shop)}
Mã số hộ kinh doanh/Mã số thuế: {case.w("53C8001122")}
Địa chỉ trụ sở: {case.w(who.address)}
Điện thoại: {case.w(who.phone)}
{"Thông báo chấm dứt hoạt động hộ kinh doanh kể từ ngày " + case.w(dmy(story.day)) + ". Lý do: " + case.w("không còn nhu cầu") if end else "Đăng ký tạm ngừng kinh doanh từ ngày " + case.w(dmy(story.day)) + " đến ngày " + case.w("31/12/2026") + ". Lý do tạm ngừng: " + case.w("sửa chữa mặt bằng")}
Hộ kinh doanh cam kết đã thanh toán đủ các khoản nợ, gồm cả nợ thuế và nghĩa vụ tài chính chưa thực hiện.
<>  | CHỦ HỘ KINH DOANH
<>  | {"" if case.by_hand else who.name}
""")


@form("to_khai_tro_giup_xh", 0.35)
def welfare(case: Case) -> None:
    story = case.story
    who = story.parent if case.maybe(0.7) else story.applicant
    case.begin(A4)
    case.s.form(f"^ Mẫu số {case.pick('1a', '1b', '1d', '1đ', '01')}")
    case.motto()
    old_age = "hưu trí" in story.procedure_name
    title = "TỜ KHAI ĐỀ NGHỊ TRỢ CẤP HƯU TRÍ XÃ HỘI" if old_age else "TỜ KHAI ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI"
    case.s.form(f"""
= {title}
~ {case.pick("(Áp dụng đối với đối tượng quy định tại khoản 5 Điều 5 Nghị định số 20/2021/NĐ-CP)", "", "(Áp dụng đối với người khuyết tật)")}
= THÔNG TIN CỦA ĐỐI TƯỢNG
1. Họ và tên{case.pick(" (Viết chữ in hoa)", " (Viết chữ in hoa)", "")}: {case.name("ho_ten", who, True)}
Ngày/tháng/năm sinh: {case.w(dmy(who.born).replace("/", " / "))}  Giới tính: {case.w(who.sex)}  Dân tộc: {case.w(who.nation)}
{case.pick("Giấy CMND hoặc căn cước công dân số", "Căn cước công dân số", "Số định danh cá nhân/CCCD số")}: {case.v("so_dinh_danh", who.pid)} {case.pick("", "Cấp ngày 02/05/2021 Nơi cấp: Cục CSQLHC về TTXH")}
2. Hộ khẩu thường trú: {case.w(who.address)}
Hiện ở với ai và ở đâu? {case.w("ở với con tại " + story.commune_name)}
3. Tình trạng đi học: □ Chưa đi học □ Đã nghỉ học □ Đang đi học
4. Có thẻ bảo hiểm y tế không? □ Không □ Có
5. Đang hưởng chế độ nào sau đây:
Trợ cấp BHXH hàng tháng: {case.w("0")} đồng. Hưởng từ tháng: ……/……
Trợ cấp BTXH hàng tháng: {case.w("0")} đồng. Hưởng từ tháng: ……/……
6. Thuộc hộ nghèo, hộ cận nghèo không? □ Không □ Có
7. Thời điểm có quyết định cấp giấy xác nhận khuyết tật: {case.w("14/03/2020")}
8. Có khả năng tham gia lao động không? □ Không □ Có
= THÔNG TIN NGƯỜI GIÁM HỘ HOẶC NGƯỜI ĐẠI DIỆN
1. Họ và tên: {case.w(story.other.name)}
Giấy CMND hoặc căn cước công dân số: {case.w(story.other.pid)}
2. Mối quan hệ với đối tượng: {case.w("con")}
Tôi xin cam đoan những lời khai trên là đúng sự thật, nếu có điều gì khai không đúng, tôi xin chịu trách nhiệm hoàn toàn.
>> Ngày …… tháng …… năm ……
>> Người khai
---
= XÁC NHẬN CỦA ỦY BAN NHÂN DÂN CẤP XÃ
Đã thẩm tra và xác nhận thông tin cá nhân nêu trên là đúng.
<> CÁN BỘ TIẾP NHẬN HỒ SƠ | CHỦ TỊCH
""")


@form("to_khai_mai_tang", 0.3)
def funeral(case: Case) -> None:
    story, dead = case.story, case.story.parent
    died = story.day - dt.timedelta(days=case.digits(5, 60))
    case.begin(A4)
    case.s.form(f"^ Mẫu số {case.pick('04', '4', '11')}")
    case.motto()
    case.s.form(f"""
= {case.pick("TỜ KHAI ĐỀ NGHỊ HỖ TRỢ CHI PHÍ MAI TÁNG", "TỜ KHAI // ĐỀ NGHỊ HỖ TRỢ CHI PHÍ MAI TÁNG", "TỜ KHAI HƯỞNG MAI TÁNG PHÍ")}
~ {case.pick("(Áp dụng đối với đối tượng quy định tại khoản 1 Điều 11 Nghị định số 20/2021/NĐ-CP)", "")}
I. THÔNG TIN NGƯỜI CHẾT ĐƯỢC MAI TÁNG
1. Họ và tên (Viết chữ in hoa): {case.w(dead.name.upper())}
Ngày/tháng/năm sinh: {case.w(dmy(dead.born))}  Giới tính: {case.w(dead.sex)}  Dân tộc: {case.w(dead.nation)}
2. Hộ khẩu thường trú: {case.w(dead.address)}
3. {case.pick("Ngày, tháng, năm chết", "Ngày tháng năm chết", "Ngày … tháng … năm chết") if case.by_hand else case.pick("Ngày, tháng, năm chết", "Ngày tháng năm chết")}: {case.date("ngay_chet", died)}
4. Nguyên nhân chết: {case.w("bệnh già")}
5. Thời gian mai táng: {case.w(dmy(died + dt.timedelta(days=2)))}
6. Địa điểm mai táng: {case.w("Nghĩa trang " + story.commune_name)}
II. THÔNG TIN CƠ QUAN, TỔ CHỨC, HỘ GIA ĐÌNH, CÁ NHÂN ĐỨNG RA MAI TÁNG
1. Trường hợp cá nhân: Họ và tên (Chủ hộ hoặc người đại diện): {case.w(story.applicant.name)}
Căn cước công dân số: {case.w(story.applicant.pid)}
Quan hệ với người chết: {case.w("con")}
Tôi xin cam đoan những lời khai trên là đúng sự thật.
<>  | NGƯỜI KHAI
""")


@form("giay_xn_khuyet_tat", 0.1)
def disability(case: Case) -> None:
    story, who = case.story, case.story.parent
    case.begin(case.pick(A4, A5))
    case.motto(case.agency())
    case.s.form(f"""
= {case.pick("GIẤY XÁC NHẬN KHUYẾT TẬT", "GIẤY XÁC NHẬN // KHUYẾT TẬT")}
Họ và tên: {case.w(who.name.upper())}
Ngày, tháng, năm sinh: {case.w(dmy(who.born))}   Giới tính: {case.w(who.sex)}
Số CMND/CCCD: {case.w(who.pid)}
Nơi ĐKHK thường trú: {case.w(who.address)}
Dạng khuyết tật: {case.w(case.pick("Vận động", "Nghe, nói", "Thần kinh, tâm thần"))}
Mức độ khuyết tật: {case.v("muc_do", case.pick("Nặng", "Đặc biệt nặng", "nhẹ"))}
Ngày cấp: {case.w(dmy(story.day))}
Số hiệu: {case.v("so_hieu", f"{case.digits(20000, 29999)}/{story.day.year}/{case.digits(1, 900):04d}")}
<> Cơ sở pháp lý: Luật Người khuyết tật | CHỦ TỊCH UBND
""")


@form("qd_ho_ngheo")
def poor_household(case: Case) -> None:
    story = case.story
    case.begin(A4)
    case.motto(case.agency(), f"Số: {case.v('so_ky_hieu', f'{case.digits(10, 900)}/QĐ-UBND')}", case.place_date())
    year = story.day.year
    case.s.form(
        f"""
= QUYẾT ĐỊNH
= {case.pick(f"Công nhận danh sách hộ nghèo, hộ cận nghèo năm {year}", f"Về việc công nhận hộ nghèo, hộ cận nghèo thường xuyên năm {year}", f"Về việc công nhận danh sách hộ nghèo, hộ cận nghèo năm {year} trên địa bàn {story.commune_name}")}
= CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ {story.commune.upper()}
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Quyết định số 24/2021/QĐ-TTg ngày 16 tháng 7 năm 2021 của Thủ tướng Chính phủ quy định quy trình rà soát hộ nghèo, hộ cận nghèo hằng năm;
Theo đề nghị của Ban Chỉ đạo rà soát hộ nghèo, hộ cận nghèo xã.
= QUYẾT ĐỊNH:
Điều 1. Công nhận danh sách {case.digits(3, 80)} hộ nghèo, {case.digits(3, 80)} hộ cận nghèo năm {year} (Danh sách kèm theo).
Điều 2. Thời gian thực hiện kể từ ngày ký.
Điều 3. Công chức Văn hóa - Xã hội, các thôn và các hộ gia đình có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.
<> Nơi nhận: | CHỦ TỊCH
---
= DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {year}
~ (Kèm theo Quyết định của Chủ tịch Ủy ban nhân dân xã)
|| STT | Họ và tên chủ hộ | Năm sinh | Địa chỉ | Số khẩu | Ghi chú
|| 1 | {story.applicant.name} | {story.applicant.born.year} | Thôn 3 | 4 | Hộ nghèo
|| 2 | {story.other.name} | {story.other.born.year} | Thôn 5 | 2 | Cận nghèo
""",
        (0.08, 0.3, 0.12, 0.25, 0.1, 0.15),
    )


@form("qd_tro_cap")
def allowance(case: Case) -> None:
    story, who = case.story, case.story.parent
    case.begin(A4)
    when = case.place_date()
    case.motto(case.agency(), f"Số: {case.v('so_ky_hieu', f'{case.digits(10, 4000)}/QĐ-UBND')}", when)
    amount = case.digits(5, 90) * 90_000
    burial = "mai táng" in story.procedure_name or (not story.procedure_name and case.maybe(0.4))
    title = (
        case.pick("Về việc hỗ trợ chi phí mai táng", "Về việc hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội")
        if burial
        else case.pick(
            "Về việc trợ cấp xã hội hàng tháng",
            "Về việc hưởng trợ cấp xã hội hàng tháng",
            "Về việc thực hiện trợ cấp xã hội hàng tháng và cấp thẻ bảo hiểm y tế",
        )
    )
    one = (
        f"Hỗ trợ chi phí mai táng cho gia đình {who.title} {who.name}, số tiền: {case.v('muc', grouped(amount), str(amount))} đồng."
        if burial
        else f"Trợ cấp xã hội hàng tháng cho {who.title} {who.name}, sinh năm {who.born.year}, với mức trợ cấp {case.pick('là', 'hàng tháng là')}: {case.v('muc', grouped(amount), str(amount))} {case.pick('đồng/tháng', 'đồng')}, kể từ tháng {story.day.month} năm {story.day.year}."
    )
    case.s.form(f"""
= QUYẾT ĐỊNH
= {title}
= CHỦ TỊCH ỦY BAN NHÂN DÂN {case.pick("XÃ", "HUYỆN")} {story.commune.upper()}
Căn cứ Nghị định số 20/2021/NĐ-CP ngày 15 tháng 3 năm 2021 của Chính phủ quy định chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội;
Xét hồ sơ đề nghị của {story.applicant.title} {story.applicant.name};
Theo đề nghị của Trưởng phòng Lao động - Thương binh và Xã hội.
= QUYẾT ĐỊNH:
Điều 1. {one}
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Các cơ quan có liên quan và {who.title} có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.
<> Nơi nhận: | CHỦ TỊCH
""")


# -- official papers -------------------------------------------------------------------------------------------------


def _official(case: Case, letters: str, subject: str = "") -> None:
    case.begin(A4)
    when = case.place_date()
    level = case.pick("commune", "district")
    case.motto(case.agency(level), f"Số: {case.v('so_ky_hieu', f'{case.digits(1, 3000)}/{letters}')}", when, subject)


def _close(case: Case) -> str:
    return case.pick(
        "<> Nơi nhận: | TM. ỦY BAN NHÂN DÂN\n<> - Như trên; | KT. CHỦ TỊCH\n<> - Lưu: VT. | PHÓ CHỦ TỊCH",
        "<> Nơi nhận: | CHỦ TỊCH\n<> - Lưu: VT, ĐC. | ",
    )


@form("quyet_dinh")
def decision(case: Case) -> None:
    _official(case, "QĐ-UBND")
    about = case.pick(
        "thành lập Tổ công nghệ số cộng đồng",
        "kiện toàn Ban Chỉ huy phòng chống thiên tai năm 2023",
        "phân công nhiệm vụ thành viên Ủy ban nhân dân xã",
        "phê duyệt dự toán công trình nâng cấp đường giao thông nông thôn",
        "khen thưởng thành tích trong phong trào thi đua yêu nước",
    )
    case.s.form(f"""
= QUYẾT ĐỊNH
= Về việc {case.v("trich_yeu", about)}
= ỦY BAN NHÂN DÂN XÃ {case.story.commune.upper()}
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;
Xét đề nghị của công chức Văn phòng - Thống kê,
= QUYẾT ĐỊNH:
Điều 1. {about.capitalize()} gồm các ông, bà có tên trong danh sách kèm theo.
Điều 2. Các ông, bà có tên tại Điều 1 thực hiện nhiệm vụ theo quy chế làm việc.
Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký.
Văn phòng Ủy ban nhân dân, các ban ngành có liên quan chịu trách nhiệm thi hành Quyết định này./.
{_close(case)}
""")


@form("to_trinh")
def submission(case: Case) -> None:
    _official(case, case.pick("TTr-UBND", "TTr-TNMT", "TTr-ĐC"))
    about = case.pick(
        "đề nghị cấp Giấy chứng nhận quyền sử dụng đất",
        "đề nghị phê duyệt kế hoạch sử dụng đất",
        "xin hỗ trợ kinh phí sửa chữa nhà văn hóa",
    )
    case.s.form(f"""
= TỜ TRÌNH
= Về việc {case.v("trich_yeu", about)}
~ Kính gửi: Ủy ban nhân dân huyện {case.story.district or "Hòa Trạch"}
Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;
Sau khi thẩm tra hồ sơ của {case.story.applicant.title} {case.story.applicant.name}, {case.story.people_committee} kính trình Ủy ban nhân dân huyện xem xét, quyết định.
Kính trình Ủy ban nhân dân huyện xem xét, giải quyết./.
{_close(case)}
""")


@form("cong_van")
def letter(case: Case) -> None:
    about = case.pick(
        "phối hợp xác minh tình trạng hôn nhân",
        "cung cấp thông tin địa chính thửa đất",
        "trả lời đơn kiến nghị của công dân",
        "rà soát hồ sơ tồn đọng",
    )
    _official(case, case.pick("UBND-TP", "UBND-ĐC", "UBND", "VP-NC"), f"V/v {case.v('trich_yeu', about)}")
    case.s.form(f"""
~ Kính gửi: {case.pick("Ủy ban nhân dân xã Bình Đức", "Phòng Tư pháp huyện", "Ông " + case.story.applicant.name)}
Thực hiện chức năng quản lý nhà nước về hộ tịch, {case.story.people_committee} đang giải quyết hồ sơ của {case.story.applicant.title} {case.story.applicant.name}, sinh năm {case.story.applicant.born.year}.
Theo Tờ khai, ông/bà {case.story.applicant.name} từng thường trú tại địa phương của quý cơ quan. Để có cơ sở giải quyết, đề nghị quý cơ quan xác minh và có văn bản trả lời trong thời hạn 03 ngày làm việc.
Rất mong nhận được sự phối hợp của quý cơ quan./.
{_close(case)}
""")


@form("thong_bao")
def announcement(case: Case) -> None:
    _official(case, "TB-UBND")
    case.s.form(f"""
= THÔNG BÁO
= {case.pick("Về việc tiếp công dân định kỳ tháng 6", "Lịch tiếp công dân của Chủ tịch Ủy ban nhân dân xã", "Kết luận của Chủ tịch UBND xã tại cuộc họp giao ban")}
Căn cứ Luật Tiếp công dân năm 2013; {case.story.people_committee} thông báo đến cán bộ, công chức và nhân dân trên địa bàn như sau:
1. Thời gian: từ 7 giờ 30 đến 11 giờ 00 vào thứ Năm hằng tuần.
2. Địa điểm: Phòng tiếp công dân.
3. Nội dung: tiếp nhận kiến nghị, phản ánh, khiếu nại, tố cáo.
Đề nghị các thôn thông báo rộng rãi để nhân dân được biết./.
{_close(case)}
""")


@form("bao_cao")
def report(case: Case) -> None:
    _official(case, "BC-UBND")
    case.s.form(f"""
= BÁO CÁO
= {case.pick("Kết quả thẩm tra hồ sơ cấp Giấy chứng nhận quyền sử dụng đất", "Công tác cải cách hành chính quý II", "Tình hình giải quyết thủ tục hành chính tháng 6")}
I. KẾT QUẢ THỰC HIỆN
1. Trong kỳ, Bộ phận một cửa tiếp nhận {case.digits(100, 900)} hồ sơ, trong đó đăng ký khai sinh {case.digits(10, 80)} hồ sơ, chứng thực bản sao {case.digits(50, 400)} hồ sơ, đăng ký kết hôn {case.digits(3, 40)} hồ sơ.
2. Đã giải quyết đúng hạn 98,6 %; quá hạn {case.digits(1, 9)} hồ sơ.
II. TỒN TẠI, HẠN CHẾ
Việc số hóa kết quả giải quyết còn chậm; trang thiết bị chưa đáp ứng yêu cầu.
III. KIẾN NGHỊ
Đề nghị cấp trên trang bị máy quét tài liệu.
{_close(case)}
""")


@form("bien_ban", 0.3)
def minutes(case: Case) -> None:
    story = case.story
    case.begin(A4)
    case.motto(case.agency() if case.maybe() else None)
    title = case.pick(
        "BIÊN BẢN // Kiểm tra hiện trạng sử dụng đất",
        "BIÊN BẢN XÁC MINH",
        "BIÊN BẢN HỌP THÔN // Về việc bình xét hộ nghèo, hộ cận nghèo",
        "BIÊN BẢN LÀM VIỆC",
    )
    when = case.v(
        "ngay_lap", case.pick(in_words(story.day).removeprefix("ngày "), dmy(story.day)), story.day.isoformat()
    )
    case.s.form(f"""
= {title}
Hôm nay, {case.pick("vào hồi 9 giờ 00, ", "lúc 8 giờ 00 phút, ", "")}ngày {when}, tại {story.people_committee}
Chúng tôi gồm:
1. Ông {case.w("Hồ Văn Kiệm")}, chức vụ: {case.w("Công chức địa chính")}
2. Bà {case.w("Lê Thị Sáng")}, chức vụ: {case.w("Công chức tư pháp - hộ tịch")}
3. {story.applicant.title.capitalize()} {case.w(story.applicant.name)}, {case.w(story.applicant.address)}
Tiến hành làm việc với nội dung sau: {case.w("kiểm tra hiện trạng sử dụng đất của hộ gia đình, đất sử dụng ổn định, không có tranh chấp")}
Biên bản lập xong lúc 10 giờ 30 phút cùng ngày, đã đọc lại cho mọi người cùng nghe, thống nhất và ký tên.
<> NGƯỜI GHI BIÊN BẢN | ĐẠI DIỆN UBND
""")


@form("don_de_nghi", 0.35)
def request(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4)
    case.motto()
    name = story.procedure_name
    title = case.pick(
        "ĐƠN ĐỀ NGHỊ", "ĐƠN YÊU CẦU", "ĐƠN ĐỀ NGHỊ // Xác nhận nguồn gốc đất", "GIẤY ĐỀ NGHỊ",
    )  # fmt: skip
    if "hộ nghèo" in name:
        title = (
            "GIẤY ĐỀ NGHỊ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"
            if "thoát" not in name
            else "GIẤY ĐỀ NGHỊ RÀ SOÁT HỘ THOÁT NGHÈO, HỘ THOÁT CẬN NGHÈO"
        )
    elif "khuyết tật" in name:
        title = (
            "ĐƠN ĐỀ NGHỊ // Xác định, xác định lại mức độ khuyết tật và cấp, cấp đổi, cấp lại Giấy xác nhận khuyết tật"
        )
    elif "bán trú" in name:
        title = "ĐƠN ĐỀ NGHỊ HỖ TRỢ HỌC SINH BÁN TRÚ"
    elif "liệt sĩ" in name:
        title = "ĐƠN ĐỀ NGHỊ GIẢI QUYẾT CHẾ ĐỘ TRỢ CẤP THỜ CÚNG LIỆT SĨ"
    elif "tranh chấp" in name:
        title = "ĐƠN YÊU CẦU // Giải quyết tranh chấp đất đai"
    case.s.form(f"""
= {title}
~ Kính gửi: {case.w(story.people_committee)}
{case.pick("Tôi tên là", "Tôi tên là", "Họ và tên", "Tôi tên")}: {case.name("ho_ten", who)}
Sinh ngày: {case.w(dmy(who.born))}   CCCD số: {case.w(who.pid)}
Thường trú tại: {case.w(who.address)}
Nay tôi làm đơn này đề nghị {case.w("quý cơ quan xem xét, giải quyết theo quy định cho gia đình tôi")}.
Lý do: {case.w("hoàn cảnh gia đình khó khăn, không có việc làm ổn định")}
Kính mong quý cơ quan xem xét, giải quyết. Tôi xin chân thành cảm ơn.
>> {case.where()}, ngày …… tháng …… năm ……
>> Người làm đơn
""")


@form("giay_xac_nhan", 0.2)
def confirmation(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4)
    kind = case.digits(0, 2)
    if kind == 0:
        case.motto(case.agency(), f"Số: {case.v('so_ky_hieu', f'{case.digits(1, 90)}/GXN-UBND')}", case.place_date())
        case.s.form(f"""
= {case.pick("GIẤY XÁC NHẬN", "GIẤY XÁC NHẬN // Về việc hai tên là một người")}
~ {story.people_committee.upper()} XÁC NHẬN:
{who.title.capitalize()}: {case.w(who.name)}, sinh ngày {case.w(dmy(who.born))}
Thường trú: {case.w(who.address)}
Là công dân của địa phương, hiện có hoàn cảnh khó khăn, chấp hành tốt chủ trương của Đảng và pháp luật của Nhà nước.
Giấy này có giá trị 30 ngày kể từ ngày ký.
<>  | CHỦ TỊCH
""")
    elif kind == 1:
        case.motto(case.agency(), f"Số: {case.v('so_ky_hieu', f'{case.digits(1, 90)}/GGT-UBND')}", case.place_date())
        case.s.form(f"""
= GIẤY GIỚI THIỆU
{story.people_committee} trân trọng giới thiệu:
{who.title.capitalize()} {case.w(who.name)}, chức vụ: {case.w("Công chức")}
Được cử đến: {case.w("Chi nhánh Văn phòng đăng ký đất đai")}
Về việc: {case.w("liên hệ công tác")}
Đề nghị quý cơ quan tạo điều kiện để ông/bà có tên ở trên hoàn thành nhiệm vụ.
Giấy này có giá trị đến hết ngày {case.w("30/06/2024")}.
<>  | CHỦ TỊCH
""")
    else:
        case.motto()
        case.s.form(f"""
= SƠ YẾU LÝ LỊCH
~ TỰ THUẬT
Họ và tên: {case.w(who.name.upper())}   Nam, nữ: {case.w(who.sex)}
Sinh ngày: {case.w(dmy(who.born))}
Nơi đăng ký thường trú: {case.w(who.address)}
CCCD số: {case.w(who.pid)}
Dân tộc: {case.w(who.nation)}   Tôn giáo: {case.w("Không")}
Trình độ văn hóa: {case.w("12/12")}
= HOÀN CẢNH GIA ĐÌNH
Họ và tên bố: {case.w("Hồ Văn Đá")}   Tuổi: ……
Họ và tên mẹ: {case.w("Lê Thị Nở")}   Tuổi: ……
= QUÁ TRÌNH HOẠT ĐỘNG CỦA BẢN THÂN
|| Từ tháng năm đến tháng năm | Làm công tác gì | Ở đâu
|| 2008 - 2012 | {case.w("Học sinh")} | {case.w("Trường THPT Vân Điền")}
Tôi xin cam đoan bản khai sơ yếu lý lịch trên là đúng sự thật.
<> Xác nhận của Ủy ban nhân dân xã | Người khai
""")


@form("bien_lai_phi", 0.1)
def receipt_of_fee(case: Case) -> None:
    story = case.story
    case.begin(A5)
    amount = case.digits(1, 80) * 1000
    number = f"{case.digits(1, 99999):07d}"
    case.motto([case.pick("ỦY BAN NHÂN DÂN", "UBND HUYỆN VÂN ĐIỀN"), f"XÃ {story.commune.upper()}"])
    case.s.form(f"""
= {case.pick("BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ", "BIÊN LAI THU LỆ PHÍ", "BIÊN LAI THU PHÍ, LỆ PHÍ")}
~ (Liên 2: Giao người nộp tiền)
| Ký hiệu: {case.pick("AB", "TP", "VD")}-{story.day.year % 100}E | Số: {case.v("so_bien_lai", number)}
Tên đơn vị hoặc người nộp tiền: {case.w(story.applicant.name)}
Địa chỉ: {case.w(story.applicant.address)}
Lý do thu: {case.w(case.pick("Lệ phí hộ tịch", "Phí chứng thực"))}
Số tiền: {case.v("so_tien", grouped(amount), str(amount))} đồng
(Viết bằng chữ): {case.w("tám nghìn đồng")}
Hình thức thanh toán: {case.w("Tiền mặt")}
<> Người nộp tiền | Người thu tiền
""")


@form("bia_ho_so", 0.2)
def folder_cover(case: Case) -> None:
    story = case.story
    case.begin(A4)
    case.s.numbering = ""
    case.s.gap(20)
    case.s.form(f"""
~ {" ".join(case.agency())}
{case.pick("~ VĂN PHÒNG", "")}

= HỒ SƠ
~ {case.w("Cấp Giấy chứng nhận quyền sử dụng đất của hộ gia đình, cá nhân năm " + str(story.day.year))}

~ Từ ngày {dmy(story.day)} đến ngày {dmy(story.day + dt.timedelta(days=200))}
~ Gồm: {case.v("so_to", str(case.digits(8, 240)))} tờ

| Phông số: 12 |
| Mục lục số: 01 | THỜI HẠN BẢO QUẢN{case.pick(": ", " : ")}{case.v("thbq", case.pick("Vĩnh viễn", "70 năm", "20 năm"))}
| Hồ sơ số: {case.v("ho_so_so", str(case.digits(2, 4000)))} |
""")


@form("muc_luc_van_ban", 0.1)
def contents(case: Case) -> None:
    story = case.story
    case.begin(A4)
    rows = "\n".join(
        f"|| {n:02d} | {case.digits(1, 900)}/{case.pick('QĐ-UBND', 'TTr-UBND', 'UBND')} | {dmy(story.day)} | "
        f"{case.pick('UBND xã', 'UBND huyện')} | {case.pick('Về việc cấp GCNQSDĐ', 'Đơn đăng ký đất đai', 'Trích lục bản đồ địa chính', 'Tờ trình về việc cấp đất')} | {n} | "
        for n in range(1, case.digits(4, 16))
    )
    case.s.form(
        f"""
= MỤC LỤC VĂN BẢN{case.pick(", TÀI LIỆU", " TRONG HỒ SƠ", "")}
~ {case.pick("Hồ sơ số", "Hồ sơ số")}: {case.v("ho_so_so", str(case.digits(2, 4000)))}
|| STT | Số, ký hiệu | Ngày tháng | Tác giả | Tên loại và trích yếu nội dung văn bản | Tờ số | Ghi chú
{rows}
""",
        (0.07, 0.17, 0.13, 0.13, 0.3, 0.08, 0.12),
    )
