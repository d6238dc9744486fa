# ruff: noqa: E501  (a paragraph of a form is one line)
"""Land: certificates of three generations, applications, contracts, maps, taxes."""

from __future__ import annotations

from heldout.case import Case, form
from heldout.layout import A3_WIDE, A4, A4_WIDE
from heldout.story import dmy, grouped, in_words


def _plot(case: Case) -> tuple[str, str]:
    """Return the parcel's number and its map sheet as values."""
    land = case.story.parcel
    return case.v("thua_dat_so", land.number), case.v("to_ban_do_so", land.sheet)


def _area(case: Case, name: str = "dien_tich_m2") -> str:
    land = case.story.parcel
    unit = case.pick(" m2", " m²", "m2", " m²")
    return f"{case.v(name, land.area, land.area_value)}{unit}" if not case.by_hand else f"{case.leaders()}{unit}"


def _office(case: Case) -> list[str]:
    return [
        case.pick("VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", f"VĂN PHÒNG ĐKĐĐ TỈNH {case.story.province.upper()}"),
        f"CHI NHÁNH {(case.story.district or case.story.commune).upper()}",
    ]


@form("gcn_qsdd_do", 0.35)
def red_book(case: Case) -> None:
    """The certificate before 2009: cover, the user's page, the plan, the changes."""
    story, land = case.story, case.story.parcel
    spread = case.maybe(0.3)
    case.begin(A3_WIDE if spread else A4, 13)
    case.s.numbering = ""
    case.s.gap(20)
    case.s.form(f"""
= CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
= Độc lập - Tự do - Hạnh phúc

= GIẤY CHỨNG NHẬN
= QUYỀN SỬ DỤNG ĐẤT

~ {case.v("so_phat_hanh_gcn", land.serial)}
""")
    if not spread:
        case.s.new_page()
    number, sheet = _plot(case)
    case.s.form(f"""
~ {case.pick("ỦY BAN NHÂN DÂN HUYỆN", "UBND HUYỆN")} {(story.district or "Hòa Trạch").upper()}
= CHỨNG NHẬN
I- Tên người sử dụng đất
{case.w(case.pick("Hộ ông", "Hộ bà", "Ông") + " " + story.applicant.name)}
Năm sinh: {case.w(str(story.applicant.born.year))}   CMND số: {case.w("301445566")}
Địa chỉ thường trú: {case.w(story.applicant.address)}
II- Thửa đất được quyền sử dụng
1. Thửa đất số: {number}
2. Tờ bản đồ số: {sheet}
3. Địa chỉ thửa đất: {case.w(land.place)}
4. Diện tích: {case.w(land.area)} m2
Bằng chữ: {case.w("Một nghìn hai trăm mét vuông")}
5. Hình thức sử dụng:
+ Sử dụng riêng: {case.w(land.area)} m2
+ Sử dụng chung: Không m2
6. Mục đích sử dụng đất: {case.w(land.purpose)}
7. Thời hạn sử dụng đất: {case.w(land.term)}
8. Nguồn gốc sử dụng đất: {case.w("Công nhận QSDĐ như giao đất có thu tiền sử dụng đất")}
III- Tài sản gắn liền với đất
~ {case.w("Không")}
IV- Ghi chú
>> {case.place_date(land.owner_since, story.district or "Hòa Trạch")}
>> TM. ỦY BAN NHÂN DÂN
>> CHỦ TỊCH
Vào sổ cấp giấy chứng nhận quyền sử dụng đất
Số: {case.v("so_vao_so", f"{case.digits(100, 4000):05d} {case.pick('QSDĐ/', 'QSDĐ/H', 'QSDĐ/')}{case.pick('HT', 'VD', 'TX')}")}
""")
    if case.maybe(0.5):
        case.s.new_page()
        case.s.form(
            f"""
= V- SƠ ĐỒ THỬA ĐẤT
~ Tỷ lệ 1/{case.pick(500, 1000, 2000)}
{case.digits(10, 60)},{case.digits(0, 9)}   {case.digits(10, 60)},{case.digits(0, 9)}

{land.number}
Đường đất

= VI- NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT
|| Ngày, tháng, năm | Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan có thẩm quyền
""",
            (0.2, 0.5, 0.3),
        )


@form("gcn_qsdd_hong")
def pink_book(case: Case) -> None:
    """The certificate of 2009 to 2024: four pages or an A3 spread."""
    story, land = case.story, case.story.parcel
    spread = case.maybe(0.25)
    case.begin(A3_WIDE if spread else A4, 13)
    case.s.numbering = ""
    serial = case.v("so_phat_hanh_gcn", land.serial)
    entry = case.v("so_vao_so", land.entry)
    owner = case.pick(
        f"Ông: {story.applicant.name}, Năm sinh: {story.applicant.born.year}",
        f"Bà {story.applicant.name}\nNăm sinh: {story.applicant.born.year}",
    )
    cover = f"""
= CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
= Độc lập - Tự do - Hạnh phúc

= GIẤY CHỨNG NHẬN
= QUYỀN SỬ DỤNG ĐẤT
= {case.pick("QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", "QUYỀN SỞ HỮU NHÀ Ở // VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT")}
I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất
{owner}
CCCD số: {story.applicant.pid}
Địa chỉ thường trú: {story.applicant.address}

~ {serial}
"""
    number, sheet = _plot(case)
    inner = f"""
II. Thửa đất, nhà ở và tài sản khác gắn liền với đất
1. Thửa đất:
{case.pick(f"a) Thửa đất số: {number}, tờ bản đồ số: {sheet}", f"| a) Thửa đất số: {number} | b) Tờ bản đồ số: {sheet}", f"a) Thửa đất số: {number}; Tờ bản đồ số: {sheet}")}
b) Địa chỉ: {case.v("dia_chi_thua", land.place)}
c) Diện tích: {_area(case)}, (bằng chữ: Một nghìn hai trăm mét vuông)
d) Hình thức sử dụng: {case.v("hinh_thuc", case.pick("Sử dụng riêng", "riêng", "Riêng"))}
đ) Mục đích sử dụng: {case.v("muc_dich", land.purpose)}
e) Thời hạn sử dụng: {case.v("thoi_han", land.term)}
g) Nguồn gốc sử dụng: Nhận chuyển nhượng đất được Nhà nước giao đất có thu tiền sử dụng đất
2. Nhà ở: -/-
3. Công trình xây dựng khác: -/-
4. Rừng sản xuất là rừng trồng: -/-
5. Cây lâu năm: -/-
6. Ghi chú: Không
>> {case.place_date(land.owner_since, story.district or story.commune)}
>> TM. ỦY BAN NHÂN DÂN
>> KT. CHỦ TỊCH
>> PHÓ CHỦ TỊCH
Số vào sổ cấp GCN: {entry}
"""
    case.s.gap(15)
    case.s.form(cover)
    if not spread:
        case.s.new_page()
    case.s.form(inner)
    if not spread and case.maybe(0.6):
        case.s.new_page()
        case.s.form(
            f"""
III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất
Số hiệu điểm   Chiều dài
1   {case.digits(5, 40)},{case.digits(10, 99)}
2   {case.digits(5, 40)},{case.digits(10, 99)}
3   {case.digits(5, 40)},{case.digits(10, 99)}
Tỷ lệ: 1/500
IV. Những thay đổi sau khi cấp giấy chứng nhận
|| Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan có thẩm quyền
|| {case.pick("", f"Chuyển nhượng cho {story.other.name}, theo hồ sơ số 001234.CN.001")} | {case.pick("", "CHI NHÁNH VPĐK ĐẤT ĐAI, GIÁM ĐỐC")}
""",
            (0.65, 0.35),
        )


@form("gcn_2025_qr")
def new_certificate(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(A4)
    case.s.numbering = ""
    letters = land.serial.split()[0]
    serial = case.v("so_phat_hanh_gcn", f"{letters} {case.digits(10_000_000, 99_999_999):08d}")
    number, sheet = _plot(case)
    case.s.form(f"""
= CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
= Độc lập - Tự do - Hạnh phúc
= GIẤY CHỨNG NHẬN
= QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:
Ông {story.applicant.name}, CCCD số: {story.applicant.pid}
2. Thông tin thửa đất:
{case.pick(f"a) Thửa đất số: {number}; b) Tờ bản đồ số: {sheet}", f"| a) Thửa đất số: {number} | b) Tờ bản đồ số: {sheet}")}
c) Diện tích: {_area(case)}
d) Loại đất: {land.purpose}
đ) Thời hạn sử dụng đất: {land.term}
e) Hình thức sử dụng đất: Sử dụng riêng
g) Địa chỉ: {land.place}
3. Thông tin tài sản gắn liền với đất: -/-
>> {case.place_date()}
>> CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI
>> GIÁM ĐỐC
~ {serial}
(Thông tin chi tiết được thể hiện tại mã QR)
""")
    case.s.new_page()
    case.s.form(
        f"""
4. Sơ đồ thửa đất, tài sản gắn liền với đất:
Tỷ lệ 1/500
5. Ghi chú: Không
6. Những thay đổi sau khi cấp Giấy chứng nhận:
|| Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan có thẩm quyền
Số vào sổ cấp Giấy chứng nhận: {case.v("so_vao_so", land.entry)}
""",
        (0.65, 0.35),
    )


@form("trang_bo_sung_gcn", 0.2)
def additional_page(case: Case) -> None:
    land = case.story.parcel
    case.begin(A4)
    case.s.form(
        f"""
= TRANG BỔ SUNG GIẤY CHỨNG NHẬN
Số thửa: {case.w(land.number)}   Tờ bản đồ số: {case.w(land.sheet)}
Số phát hành Giấy chứng nhận: {case.w(land.serial)}
Số vào sổ cấp {case.pick("Giấy chứng nhận", "GCN")}: {case.v("so_vao_so", land.entry)}
Trang bổ sung số: 01
IV. Những thay đổi sau khi cấp Giấy chứng nhận
|| Nội dung thay đổi và cơ sở pháp lý | Xác nhận của cơ quan có thẩm quyền
|| Thế chấp bằng quyền sử dụng đất tại Ngân hàng TMCP Đông Sa theo hồ sơ số 1122.TC.001 | Ngày {dmy(case.story.day)} CHI NHÁNH VPĐKĐĐ GIÁM ĐỐC
|| Xóa nội dung đăng ký thế chấp ngày {dmy(land.owner_since)} theo hồ sơ số 1122.XC.002 | CHI NHÁNH VPĐKĐĐ PHÓ GIÁM ĐỐC
""",
        (0.62, 0.38),
    )


@form("don_dk_dat_dai", 0.35)
def first_registration(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    old = case.maybe(0.5)
    case.begin(A4, case.pick(11.5, 12, 12.5))
    case.s.form(
        f"^ {case.pick('Mẫu số 15', 'Mẫu số 04/ĐK', 'Mẫu số 04a/ĐK', 'Mẫu số 11/ĐK') if not old else 'Mẫu số 04a/ĐK'}"
    )
    case.motto()
    number, sheet = _plot(case)
    title = (
        "ĐƠN ĐĂNG KÝ, CẤP GIẤY CHỨNG NHẬN // QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"
        if old
        else case.pick(
            "ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT", "ĐƠN ĐĂNG KÝ ĐẤT ĐAI, // TÀI SẢN GẮN LIỀN VỚI ĐẤT"
        )
    )
    if old:
        case.s.form(f"""
= {title}
~ Kính gửi: {case.w(story.people_committee)}
= I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người quản lý đất
1.1. Tên (viết chữ in hoa): {case.w(who.name.upper())}
Năm sinh: {case.w(str(who.born.year))}, CCCD số {case.w(who.pid)}
1.2. Địa chỉ thường trú(1): {case.w(who.address)}
2. Đề nghị: - Đăng ký QSDĐ □ - Cấp GCN đối với đất □ - Đăng ký quyền quản lý đất □ - Cấp GCN đối với tài sản trên đất □
3. Thửa đất đăng ký (2)
3.1. Thửa đất số: {number}; 3.2. Tờ bản đồ số: {sheet};
3.3. Địa chỉ tại: {case.w(land.place)};
3.4. Diện tích: {_area(case)}; sử dụng chung: …… m2; sử dụng riêng: …… m2;
3.5. Sử dụng vào mục đích: {case.w(land.purpose)}, từ thời điểm: {case.w("1993")};
3.6. Thời hạn đề nghị được sử dụng đất: {case.w(land.term)};
3.7. Nguồn gốc sử dụng(3): {case.w("Khai hoang năm 1991, sử dụng ổn định, không tranh chấp")};
3.8. Có quyền sử dụng hạn chế đối với thửa đất số ……, của ……, nội dung quyền sử dụng ……;
4. Nhà ở, công trình xây dựng khác: ……
5. Những giấy tờ nộp kèm theo: {case.w("Bản sao CCCD; trích lục bản đồ địa chính")}
Tôi xin cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi hoàn toàn chịu trách nhiệm trước pháp luật.
>> {case.where()}, ngày …… tháng …… năm ……
>> Người viết đơn
---
= II. XÁC NHẬN CỦA ỦY BAN NHÂN DÂN XÃ, PHƯỜNG, THỊ TRẤN
1. Nội dung kê khai so với hiện trạng: {case.w("Đúng với hiện trạng")}
2. Nguồn gốc sử dụng đất: {case.w("Khai hoang")}
3. Thời điểm sử dụng đất vào mục đích đăng ký: {case.w("1993")}
4. Tình trạng tranh chấp đất đai, tài sản gắn liền với đất: {case.w("Không tranh chấp")}
5. Sự phù hợp với quy hoạch sử dụng đất, quy hoạch xây dựng: {case.w("Phù hợp")}
<> Công chức địa chính | TM. Ủy ban nhân dân
= III. Ý KIẾN CỦA CƠ QUAN ĐĂNG KÝ ĐẤT ĐAI
(Phải nêu rõ có đủ hay không đủ điều kiện cấp GCN, lý do và căn cứ pháp lý áp dụng)
<> Người kiểm tra | Giám đốc
""")
        return
    case.s.form(f"""
= {title}
~ Kính gửi (1): {case.w(story.people_committee)}
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người được giao quản lý đất:
a) {case.pick("Họ và tên (2)", "Tên (2)", "Họ và tên(2)")}: {case.name("ho_ten", who)}
b) Giấy tờ nhân thân/pháp nhân (3): {case.pick("Số CCCD", "CCCD số", "Số định danh")} {case.v("giay_to", who.pid)}
c) Địa chỉ (4): {case.w(who.address)}
d) Điện thoại liên hệ (nếu có): {case.w(who.phone)}; Hộp thư điện tử (nếu có): ……
2. Thửa đất đăng ký:
a) Thửa đất số: {number}; Tờ bản đồ số: {sheet};
b) Địa chỉ (5): {case.w(land.place)};
c) Diện tích (6): {_area(case)}; sử dụng chung: …… m2; sử dụng riêng: {case.w(land.area)} m2;
d) Sử dụng vào mục đích (7): {case.w(land.purpose)}, từ thời điểm: {case.w("15/10/1993")};
đ) Thời hạn đề nghị được sử dụng đất (8): {case.w(land.term)};
e) Nguồn gốc sử dụng đất (9): {case.w("nhận thừa kế của cha mẹ năm 1988")};
g) Có quyền hoặc hạn chế quyền đối với thửa đất liền kề số …… của …… nội dung (10) ……
3. Nhà ở, công trình xây dựng (nếu có): ……
4. Đề nghị (11): Cấp Giấy chứng nhận quyền sử dụng đất □ Ghi nợ tiền sử dụng đất □
5. Những giấy tờ nộp kèm theo (12):
(1) {case.w("Bản sao CCCD")}
(2) {case.w("Trích lục bản đồ địa chính")}
Cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi/chúng tôi hoàn toàn chịu trách nhiệm trước pháp luật.
>> {case.place_date()}
>> Người viết đơn
""")


@form("don_dk_bien_dong", 0.3)
def change_registration(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    old = case.maybe(0.5)
    case.begin(A4, case.pick(11.5, 12, 12.5, 13))
    case.s.form(f"^ Mẫu số {'09/ĐK' if old else case.pick('18', '11/ĐK')}")
    case.motto()
    name = story.procedure_name
    if name.startswith("Cấp đổi"):
        what = case.pick("Cấp đổi Giấy chứng nhận do ố, nhòe, rách", "Cấp đổi Giấy chứng nhận quyền sử dụng đất")
    elif name.startswith("Cấp lại"):
        what = "Cấp lại Giấy chứng nhận do bị mất"
    elif name.startswith("Đính chính"):
        what = "Đính chính Giấy chứng nhận đã cấp do sai năm sinh"
    elif "đổi tên" in name:
        what = "Thay đổi thông tin về giấy tờ nhân thân trên Giấy chứng nhận"
    else:
        what = case.pick(
            "Nhận chuyển nhượng quyền sử dụng đất", "Nhận tặng cho quyền sử dụng đất", "Nhận thừa kế quyền sử dụng đất"
        )
    shown = case.v("noi_dung", what)
    if old:
        case.s.form(f"""
= ĐƠN ĐĂNG KÝ BIẾN ĐỘNG
= ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT
~ Kính gửi: {case.w("Chi nhánh Văn phòng đăng ký đất đai " + (story.district or story.commune))}
= I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất
1.1. Tên (viết chữ in hoa): {case.w(who.name.upper())}
1.2. Địa chỉ(1): {case.w(who.address)}
2. Giấy chứng nhận đã cấp
2.1. Số vào sổ cấp GCN: {case.v("so_vao_so", land.entry)}; 2.2. Số phát hành GCN: {case.v("so_phat_hanh", land.serial)};
2.3. Ngày cấp GCN {case.w(dmy(land.owner_since))}
3. Nội dung biến động về: {shown}
3.1. Nội dung trên GCN trước khi biến động: {case.w(story.other.name)};
3.2. Nội dung sau khi biến động: {case.w(who.name)};
4. Lý do biến động: {case.w(what)}
5. Tình hình thực hiện nghĩa vụ tài chính về đất đai đối với thửa đất đăng ký biến động: ……
6. Giấy tờ liên quan đến nội dung thay đổi nộp kèm theo đơn này gồm có:
- Giấy chứng nhận đã cấp;
- {case.w("Hợp đồng chuyển nhượng quyền sử dụng đất")}
Tôi □ có nhu cầu cấp GCN mới □ không có nhu cầu cấp GCN mới
Tôi cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi hoàn toàn chịu trách nhiệm trước pháp luật.
>> {case.where()}, ngày …… tháng …… năm ……
>> Người viết đơn
---
= II. XÁC NHẬN CỦA ỦY BAN NHÂN DÂN CẤP XÃ
(Đối với hộ gia đình, cá nhân đề nghị được tiếp tục sử dụng đất nông nghiệp khi hết hạn sử dụng)
= III. Ý KIẾN CỦA CƠ QUAN ĐĂNG KÝ ĐẤT ĐAI
{case.w("Đủ điều kiện giải quyết")}
<> Người kiểm tra | Giám đốc
""")
        return
    case.s.form(f"""
= ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT
~ Kính gửi: {case.w("Chi nhánh Văn phòng đăng ký đất đai")}
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người được giao quản lý đất:
a) Tên: {case.w(who.name)}
b) Giấy tờ nhân thân/pháp nhân: {case.w("CCCD số " + who.pid)}
c) Địa chỉ: {case.w(who.address)}
d) Điện thoại liên hệ (nếu có): {case.w(who.phone)}
2. Nội dung biến động: {shown}
3. Giấy chứng nhận đã cấp:
a) Số vào sổ cấp Giấy chứng nhận: {case.v("so_vao_so", land.entry)}
b) Số phát hành Giấy chứng nhận: {case.v("so_phat_hanh", land.serial)}
c) Ngày cấp Giấy chứng nhận: {case.w(dmy(land.owner_since))}
4. Giấy tờ liên quan đến nội dung biến động nộp kèm theo đơn này gồm có:
(1) Giấy chứng nhận đã cấp;
(2) {case.w("Hợp đồng chuyển nhượng, có chứng thực")}
Cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi/chúng tôi hoàn toàn chịu trách nhiệm trước pháp luật.
>> {case.place_date()}
>> Người viết đơn
""")


@form("don_tach_hop_thua", 0.3)
def split_application(case: Case) -> None:
    who, land = case.story.applicant, case.story.parcel
    case.begin(A4)
    case.s.form(f"^ Mẫu số {case.pick('01/ĐK', '11/ĐK', '21')}")
    case.motto()
    number, sheet = _plot(case)
    case.s.form(f"""
= {case.pick("ĐƠN ĐỀ NGHỊ TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT", "ĐƠN ĐỀ NGHỊ // TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT", "ĐƠN ĐỀ NGHỊ TÁCH THỬA ĐẤT")}
~ Kính gửi: {case.w("Chi nhánh Văn phòng đăng ký đất đai")}
1. Người sử dụng đất:
a) Tên: {case.w(who.name)}
b) Giấy tờ nhân thân/pháp nhân số: {case.w(who.pid)}
c) Địa chỉ: {case.w(who.address)}
2. Đề nghị tách thửa đất, hợp thửa đất như sau:
2.1. Đề nghị tách thành {case.w("02")} thửa đất đối với thửa đất dưới đây:
a) Thửa đất số: {number}; b) Tờ bản đồ số: {sheet};
c) Địa chỉ thửa đất: {case.w(land.place)}
d) Diện tích: {_area(case)}
đ) Số phát hành Giấy chứng nhận: {case.w(land.serial)}; Số vào sổ cấp Giấy chứng nhận: {case.w(land.entry)}
e) Diện tích các thửa đất sau khi tách thửa: Thửa thứ nhất: {case.w("600")} m2; thửa thứ hai: {case.w("400")} m2
2.2. Đề nghị hợp các thửa đất dưới đây thành một thửa đất: ……
3. Lý do tách, hợp thửa đất: {case.w("tặng cho con")}
4. Giấy tờ nộp kèm theo đơn này gồm có: Giấy chứng nhận về quyền sử dụng đất của thửa đất trên; Bản vẽ tách thửa đất, hợp thửa đất.
Tôi cam đoan nội dung kê khai trên đơn là đúng.
>> {case.place_date()}
>> Người viết đơn
""")


@form("ban_ve_tach_thua")
def split_drawing(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(case.pick(A4, A4_WIDE))
    case.motto(_office(case))
    number, sheet = _plot(case)
    scale = case.v("ty_le", f"1/{case.pick(500, 1000, 200)}")
    case.s.form(f"""
= BẢN VẼ TÁCH THỬA ĐẤT, HỢP THỬA ĐẤT
~ (Kèm theo Đơn đề nghị tách thửa đất, hợp thửa đất ngày {dmy(story.day)})
I. Hình thức tách, hợp thửa: tách thửa đất
1. Tách thửa đất số: {number}; Tờ bản đồ số: {sheet}
Địa chỉ: {land.place}
Tên người sử dụng đất: {story.applicant.name}
II. Sơ đồ thửa đất
|| STT | Số hiệu thửa sau tách | Diện tích (m2) | Ghi chú
|| 1 | {case.digits(400, 900)} | {case.digits(80, 400)},{case.digits(0, 9)} |
|| 2 | {case.digits(400, 900)} | {case.digits(80, 400)},{case.digits(0, 9)} |
Tỷ lệ{case.pick(":", "")} {scale}
<> NGƯỜI SỬ DỤNG ĐẤT | ĐƠN VỊ ĐO ĐẠC
""")


@form("don_chuyen_muc_dich", 0.25)
def purpose_application(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    case.begin(A4)
    case.motto()
    number, sheet = _plot(case)
    case.s.form(f"""
= {case.pick("ĐƠN XIN CHUYỂN MỤC ĐÍCH SỬ DỤNG ĐẤT", "ĐƠN ĐỀ NGHỊ CHUYỂN MỤC ĐÍCH SỬ DỤNG ĐẤT", "ĐƠN XIN PHÉP CHUYỂN MỤC ĐÍCH SỬ DỤNG ĐẤT", "ĐƠN ĐỀ NGHỊ GIAO ĐẤT/CHO THUÊ ĐẤT/CHUYỂN MỤC ĐÍCH SỬ DỤNG ĐẤT")}
~ Kính gửi: {case.w("Ủy ban nhân dân huyện " + (story.district or "Hòa Trạch"))}
1. Người xin chuyển mục đích sử dụng đất: {case.w(who.name)}
2. Địa chỉ/trụ sở chính: {case.w(who.address)}
3. Địa chỉ liên hệ: {case.w(who.phone)}
4. Địa điểm thửa đất: {case.w(land.place)}
Thửa đất số: {number}, tờ bản đồ số: {sheet}
5. Diện tích: {_area(case)}
6. Để sử dụng vào mục đích: {case.w("đất ở tại nông thôn")}
7. Thời hạn sử dụng: {case.w("lâu dài")}
8. Cam kết sử dụng đất đúng mục đích, chấp hành đúng các quy định của pháp luật đất đai, nộp tiền sử dụng đất đầy đủ, đúng hạn.
Các cam kết khác (nếu có): ……
>> {case.place_date()}
>> Người làm đơn
""")


@form("qd_chuyen_muc_dich")
def purpose_decision(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(A4)
    when = case.place_date()
    case.motto(case.agency("district"), f"Số: {case.v('so_ky_hieu', f'{case.digits(10, 4000)}/QĐ-UBND')}", when)
    number, sheet = _plot(case)
    case.s.form(f"""
= QUYẾT ĐỊNH
= {case.pick("Về việc cho phép chuyển mục đích sử dụng đất", "Về việc cho phép ông/bà chuyển mục đích sử dụng đất", "Về việc cho phép hộ gia đình, cá nhân chuyển mục đích sử dụng đất")}
= {case.pick("ỦY BAN NHÂN DÂN HUYỆN", "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN")} {(story.district or "Hòa Trạch").upper()}
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;
Căn cứ Luật Đất đai ngày 29/11/2013;
Căn cứ Quyết định số 88/QĐ-UBND về việc phê duyệt kế hoạch sử dụng đất năm {story.day.year};
Xét đề nghị của Phòng Tài nguyên và Môi trường tại Tờ trình số {case.digits(10, 300)}/TTr-TNMT,
= QUYẾT ĐỊNH:
Điều 1. Cho phép {story.applicant.title} {story.applicant.name} được chuyển mục đích sử dụng {_area(case)} đất trồng cây lâu năm thuộc thửa đất số {number}, tờ bản đồ số {sheet} tại {land.place} sang mục đích đất ở.
Điều 2. Giao Chi nhánh Văn phòng đăng ký đất đai chỉnh lý hồ sơ địa chính; Chi cục Thuế thông báo nộp tiền sử dụng đất.
Điều 3. Quyết định này có hiệu lực thi hành kể từ ngày ký. Chánh Văn phòng HĐND và UBND, Trưởng phòng Tài nguyên và Môi trường và người sử dụng đất có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.
<> Nơi nhận: | TM. ỦY BAN NHÂN DÂN
<> - Như Điều 3; | KT. CHỦ TỊCH
<> - Lưu: VT. | PHÓ CHỦ TỊCH
""")


@form("hd_chuyen_nhuong_tang_cho", 0.05)
def transfer(case: Case) -> None:
    story, one, two, land = case.story, case.story.other, case.story.applicant, case.story.parcel
    gift = case.maybe(0.4)
    case.begin(A4)
    case.motto()
    price = case.digits(80, 3000) * 1_000_000
    number, sheet = _plot(case)
    words = "tặng cho" if gift else "chuyển nhượng"
    title = f"HỢP ĐỒNG {words.upper()}{case.pick(' ', chr(10) + '= ')}QUYỀN SỬ DỤNG ĐẤT{case.pick('', ' VÀ TÀI SẢN GẮN LIỀN VỚI ĐẤT')}"
    money = (
        ""
        if gift
        else f"Giá chuyển nhượng quyền sử dụng đất {case.pick('là', 'nêu tại Điều 1 của Hợp đồng này là')}: {case.v('gia', grouped(price), str(price))} đồng"
    )
    case.s.form(f"""
= {title}
{case.pick("", f"Hôm nay, {in_words(story.day)}, tại {story.people_committee},")}
Chúng tôi gồm có:
Bên {words} (sau đây gọi là Bên A):
Ông/bà: {case.w(one.name)}, sinh năm: {case.w(str(one.born.year))}
CCCD số: {case.w(one.pid)}, cấp ngày {case.w("12/04/2021")}
Địa chỉ thường trú: {case.w(one.address)}
Bên nhận {words} (sau đây gọi là Bên B):
Ông/bà: {case.w(two.name)}, sinh năm: {case.w(str(two.born.year))}
CCCD số: {case.w(two.pid)}
Địa chỉ thường trú: {case.w(two.address)}
Hai bên đồng ý thực hiện việc {words} quyền sử dụng đất theo các thỏa thuận sau đây:
= ĐIỀU 1
= QUYỀN SỬ DỤNG ĐẤT {words.upper()}
Quyền sử dụng đất của Bên A đối với thửa đất theo Giấy chứng nhận quyền sử dụng đất số {land.serial}, số vào sổ cấp GCN {land.entry}, cụ thể như sau:
- Thửa đất số: {number}
- Tờ bản đồ số: {sheet}
- Địa chỉ thửa đất: {land.place}
- Diện tích: {_area(case)} (bằng chữ: một nghìn hai trăm mét vuông)
- Hình thức sử dụng: riêng
- Mục đích sử dụng: {land.purpose}
- Thời hạn sử dụng: {land.term}
- Nguồn gốc sử dụng: Công nhận quyền sử dụng đất
= ĐIỀU 2
= {"ĐIỀU KIỆN TẶNG CHO" if gift else "GIÁ CHUYỂN NHƯỢNG VÀ PHƯƠNG THỨC THANH TOÁN"}
1. {money or "Việc tặng cho quyền sử dụng đất không có điều kiện kèm theo"}
2. {"Bên B đồng ý nhận quyền sử dụng đất được tặng cho" if gift else "Phương thức thanh toán: tiền mặt, một lần ngay khi ký hợp đồng"}.
= ĐIỀU 3
= VIỆC GIAO VÀ ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT
1. Bên A có nghĩa vụ giao thửa đất và các giấy tờ về quyền sử dụng đất cho Bên B ngay sau khi ký hợp đồng.
2. Bên B có nghĩa vụ thực hiện đăng ký quyền sử dụng đất tại cơ quan có thẩm quyền theo quy định của pháp luật.
= ĐIỀU 4
= TRÁCH NHIỆM NỘP THUẾ, LỆ PHÍ
Thuế, lệ phí liên quan đến việc {words} quyền sử dụng đất theo Hợp đồng này do Bên B chịu trách nhiệm nộp.
= ĐIỀU 5
= PHƯƠNG THỨC GIẢI QUYẾT TRANH CHẤP HỢP ĐỒNG
Trong quá trình thực hiện Hợp đồng này, nếu phát sinh tranh chấp, các bên cùng nhau thương lượng giải quyết; trường hợp không giải quyết được thì yêu cầu Tòa án có thẩm quyền giải quyết.
= ĐIỀU 6
= CAM ĐOAN CỦA CÁC BÊN
Bên A cam đoan: thửa đất thuộc trường hợp được {words} quyền sử dụng đất; tại thời điểm giao kết Hợp đồng này thửa đất không có tranh chấp; quyền sử dụng đất không bị kê biên để bảo đảm thi hành án.
Bên B cam đoan đã xem xét kỹ, biết rõ về thửa đất và các giấy tờ về quyền sử dụng đất.
= ĐIỀU 7
= ĐIỀU KHOẢN CHUNG
Hai bên đã tự đọc lại, hiểu và đồng ý toàn bộ nội dung ghi trong Hợp đồng và ký vào Hợp đồng này.
<> BÊN A | BÊN B
<> (Ký và ghi rõ họ tên) | (Ký và ghi rõ họ tên)
""")
    if case.maybe(0.5):
        case.s.new_page()
        case.s.form(f"""
= LỜI CHỨNG CỦA {case.pick("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", "CÔNG CHỨNG VIÊN")}
Ngày {story.day.day} tháng {story.day.month} năm {story.day.year}, tại {story.people_committee}
= CHỨNG THỰC:
Hợp đồng {words} quyền sử dụng đất này được giao kết giữa Bên A là {one.name} và Bên B là {two.name}; các bên đã tự nguyện giao kết và ký vào hợp đồng trước mặt tôi.
Số chứng thực: {case.v("so_chung_thuc", str(case.digits(1, 300)))}, quyển số {case.digits(1, 3):02d}/{story.day.year}-SCT/HĐ,GD
<>  | CHỦ TỊCH
""")
    # the certifying page belongs to the contract on purpose: offices bind them


@form("hd_the_chap")
def mortgage(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    case.begin(A4)
    number, sheet = _plot(case)
    if case.maybe():
        case.motto()
        case.s.form(f"""
= HỢP ĐỒNG THẾ CHẤP QUYỀN SỬ DỤNG ĐẤT
~ Số: {case.digits(100, 900)}/{story.day.year}/HĐTC
Hôm nay, {in_words(story.day)}, tại Ngân hàng Nông nghiệp Đông Sa, chúng tôi gồm:
BÊN THẾ CHẤP (Bên A): Ông/bà {who.name}, CCCD {who.pid}
BÊN NHẬN THẾ CHẤP (Bên B): Ngân hàng Nông nghiệp Đông Sa - Chi nhánh {story.district or story.commune}
Điều 1. Nghĩa vụ được bảo đảm: khoản vay {grouped(case.digits(50, 900) * 1_000_000)} đồng theo Hợp đồng tín dụng.
Điều 2. Tài sản thế chấp: Quyền sử dụng đất theo Giấy chứng nhận số {land.serial}:
- Thửa đất số: {number}; tờ bản đồ số: {sheet}
- Diện tích: {land.area} m2; địa chỉ: {land.place}
Điều 3. Giá trị tài sản thế chấp do hai bên thỏa thuận.
Điều 4. Quyền và nghĩa vụ của các bên theo quy định của Bộ luật Dân sự.
<> BÊN THẾ CHẤP | BÊN NHẬN THẾ CHẤP
""")
        return
    case.s.form("^ Mẫu số 01a")
    case.motto()
    case.s.form(f"""
= {case.pick("PHIẾU YÊU CẦU ĐĂNG KÝ BIỆN PHÁP BẢO ĐẢM", "PHIẾU YÊU CẦU XÓA ĐĂNG KÝ BIỆN PHÁP BẢO ĐẢM")}
= BẰNG QUYỀN SỬ DỤNG ĐẤT, TÀI SẢN GẮN LIỀN VỚI ĐẤT
~ Kính gửi: Chi nhánh Văn phòng đăng ký đất đai
1. Người yêu cầu đăng ký: □ Bên bảo đảm □ Bên nhận bảo đảm
2. Bên bảo đảm: {who.name}
3. Bên nhận bảo đảm: Ngân hàng Nông nghiệp Đông Sa
4. Mô tả tài sản bảo đảm
- Thửa đất số: {number}; Tờ bản đồ số: {sheet}
- Giấy chứng nhận số phát hành: {land.serial}
5. Hợp đồng bảo đảm số {case.digits(1, 900)}/HĐTC, ngày {dmy(story.day)}
<> BÊN BẢO ĐẢM | BÊN NHẬN BẢO ĐẢM
""")


@form("trich_luc_ban_do")
def map_extract(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(case.pick(A4, A4, A4_WIDE))
    case.motto(_office(case), f"Số: {case.digits(10, 900)}/TL", case.place_date() if case.maybe() else "")
    number, sheet = _plot(case)
    case.s.form(f"""
= {case.pick("TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH", "MẢNH TRÍCH ĐO BẢN ĐỒ ĐỊA CHÍNH", "TRÍCH ĐO BẢN ĐỒ ĐỊA CHÍNH", "TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH THỬA ĐẤT")}
{case.pick(f"1. Số hiệu thửa đất: {number}; Tờ bản đồ số: {sheet}", f"1. Thửa đất số: {number}   Tờ bản đồ số: {sheet}", f"1. Số thứ tự thửa đất: {number}; Tờ bản đồ số: {sheet}")}; xã: {story.commune}
2. Diện tích: {_area(case)}
3. Mục đích sử dụng đất: {land.purpose}
4. Tên người sử dụng đất: {story.applicant.name}
Địa chỉ: {story.applicant.address}
5. Các thay đổi của thửa đất so với giấy tờ pháp lý: Không
6. Bản vẽ thửa đất
6.1. Sơ đồ thửa đất      6.2. Chiều dài cạnh thửa
|| Cạnh | Chiều dài (m)
|| 1-2 | {case.digits(8, 60)},{case.digits(10, 99)}
|| 2-3 | {case.digits(8, 60)},{case.digits(10, 99)}
|| 3-1 | {case.digits(8, 60)},{case.digits(10, 99)}
~ Tỷ lệ 1/{case.pick(500, 1000, 2000)}
<> NGƯỜI THỰC HIỆN | GIÁM ĐỐC
""")


@form("bien_ban_ranh_gioi", 0.3)
def boundaries(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(A4)
    case.motto()
    number, sheet = _plot(case)
    case.s.form(
        f"""
= BẢN MÔ TẢ RANH GIỚI, MỐC GIỚI THỬA ĐẤT
Ngày {case.w(str(story.day.day))} tháng {case.w(str(story.day.month))} năm {story.day.year}, đơn vị đo đạc đã tiến hành xác định ranh giới, mốc giới thửa đất tại thực địa của (ông, bà, đơn vị): {case.w(story.applicant.name)}
đang sử dụng đất tại: {case.w(land.place)}
Thửa đất số: {number}, tờ bản đồ số: {sheet}
Sau khi xem xét hiện trạng về sử dụng đất và ý kiến thống nhất của những người sử dụng đất liền kề, đã xác định được ranh giới, mốc giới sử dụng đất và lập Bản mô tả ranh giới, mốc giới sử dụng đất như sau:
SƠ HỌA RANH GIỚI, MỐC GIỚI THỬA ĐẤT
MÔ TẢ CHI TIẾT MỐC GIỚI, RANH GIỚI THỬA ĐẤT
- Từ điểm 1 đến điểm 2: {case.w("theo mép ngoài tường xây")}
- Từ điểm 2 đến điểm 3: {case.w("theo hàng rào")}
Người sử dụng đất hoặc chủ quản lý đất liền kề ký xác nhận ranh giới, mốc giới sử dụng đất:
|| STT | Tên người sử dụng đất liền kề | Đồng ý (ký tên) | Không đồng ý (nêu lý do)
|| 1 | {case.w("Hồ Văn Kiệm")} | |
|| 2 | {case.w("Lê Thị Sáng")} | |
<> Người dẫn đạc | Cán bộ đo đạc
""",
        (0.1, 0.4, 0.25, 0.25),
    )


@form("phieu_chuyen_ttnvtc")
def tax_slip(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    case.begin(A4)
    notation = f"{case.digits(10, 4000)}/{case.pick('PCTT', 'PC-CNVPĐK', 'PCTT-CNVPĐK')}"
    case.motto(_office(case), f"Số: {case.v('so_pctt', notation)}", case.place_date())
    number, sheet = _plot(case)
    case.s.form(f"""
= {case.pick("PHIẾU CHUYỂN THÔNG TIN", "PHIẾU CHUYỂN THÔNG TIN")}
= ĐỂ XÁC ĐỊNH NGHĨA VỤ TÀI CHÍNH VỀ ĐẤT ĐAI
~ Kính gửi: Chi cục Thuế khu vực {story.district or story.commune}
I. THÔNG TIN CHUNG VỀ HỒ SƠ THỦ TỤC HÀNH CHÍNH VỀ ĐẤT ĐAI
1.1. Mã số hồ sơ{case.pick(" thủ tục hành chính", " TTHC", "")}: {case.v("ma_ho_so", story.dossier_id)}
1.2. Ngày nhận hồ sơ hợp lệ: {dmy(story.day)}
II. THÔNG TIN CHUNG VỀ NGƯỜI SỬ DỤNG ĐẤT, SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT
2.1. Tên: {who.name}
2.2. Địa chỉ: {who.address}
2.3. Số điện thoại liên hệ: {who.phone}   Email (nếu có):
2.4. Mã số thuế (nếu có):
2.5. Giấy tờ nhân thân/pháp nhân: CCCD   Số: {who.pid}
2.6. Loại thủ tục cần xác định nghĩa vụ tài chính: chuyển nhượng
III. THÔNG TIN VỀ ĐẤT VÀ TÀI SẢN GẮN LIỀN VỚI ĐẤT
3.1. Thông tin về đất
3.1.1. Thửa đất số: {number}; Tờ bản đồ số: {sheet}
3.1.2. Địa chỉ tại: {land.place}
3.1.3. Loại đường/khu vực: Khu vực 2
3.1.4. Vị trí (1, 2, 3, 4...): VT1
3.1.6. Diện tích thửa đất: {_area(case)}
- Diện tích sử dụng chung: 0 m2
- Diện tích sử dụng riêng: {land.area} m2
3.1.8. Nguồn gốc sử dụng đất: Nhận chuyển nhượng
3.1.9. Mục đích sử dụng đất: {land.purpose}
3.1.10. Thời hạn sử dụng đất: {land.term}
3.2. Thông tin về tài sản gắn liền với đất: Không
IV. THÔNG TIN VỀ NHU CẦU GHI NỢ, MIỄN, GIẢM NGHĨA VỤ TÀI CHÍNH: Không
V. NHỮNG GIẤY TỜ KÈM THEO DO NGƯỜI SỬ DỤNG ĐẤT NỘP
1. Tờ khai lệ phí trước bạ nhà, đất
2. Tờ khai thuế thu nhập cá nhân
3. Hợp đồng chuyển nhượng quyền sử dụng đất
<> Nơi nhận: | GIÁM ĐỐC
""")


@form("thong_bao_thue")
def tax_notice(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    case.begin(A4)
    amount = case.digits(2, 90) * 1_250_000
    case.motto(
        [
            f"CỤC THUẾ TỈNH {story.province.upper()}",
            f"CHI CỤC THUẾ KHU VỰC {(story.district or story.commune).upper()}",
        ],
        f"Số: {case.digits(100, 9000)}/TB-CCTKV",
        case.place_date(),
    )
    tax = case.pick("lệ phí trước bạ nhà, đất", "thuế thu nhập cá nhân", "tiền sử dụng đất")
    case.s.form(f"""
= THÔNG BÁO
= {case.pick(f"Nộp {tax}", f"NỘP TIỀN VỀ {tax.upper()}", f"Về việc nộp {tax}")}
1. Tên người nộp thuế: {who.name}
Mã số thuế: {case.v("mst", case.pick(str(case.digits(8000000000, 8999999999)), who.pid))}
Địa chỉ nhận thông báo: {who.address}
2. Thửa đất số {land.number}, tờ bản đồ số {land.sheet}, địa chỉ: {land.place}
3. Căn cứ tính: diện tích {land.area} m2; giá đất 1.200.000 đồng/m2
Số tiền phải nộp{case.pick("", " ngân sách nhà nước", " vào ngân sách nhà nước")}: {case.v("so_tien", grouped(amount), str(amount))} đồng
(Viết bằng chữ: mười hai triệu năm trăm nghìn đồng)
Mã định danh khoản phải nộp (ID): {case.v("id_khoan_nop", str(case.digits(10**15, 10**16 - 1)))}
Thời hạn nộp tiền: chậm nhất là 30 ngày kể từ ngày ban hành thông báo này.
Nếu quá thời hạn mà chưa nộp thì phải nộp tiền chậm nộp 0,03%/ngày.
Có vướng mắc đề nghị liên hệ với Chi cục Thuế để được hướng dẫn./.
<> Nơi nhận: | KT. CHI CỤC TRƯỞNG
""")


@form("giay_nop_tien")
def payment(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(case.pick(A4, A4_WIDE), 11.5)
    case.s.form(
        f"""
^ Mẫu số C1-{case.pick("02", "09")}/NS
= GIẤY NỘP TIỀN VÀO NGÂN SÁCH NHÀ NƯỚC
~ Tiền mặt □ Chuyển khoản □
Người nộp thuế: {who.name}
Mã số thuế: {case.v("mst", str(case.digits(8000000000, 8999999999)))}
Địa chỉ: {who.address}
Đề nghị NH/KBNN trích TK số: …… hoặc thu tiền mặt để: Nộp vào NSNN
Tại KBNN: {story.district or story.commune}
Tên cơ quan quản lý thu: Chi cục Thuế khu vực
|| STT | Số tờ khai/Số quyết định | Nội dung các khoản nộp NS | Số tiền VND
|| 1 | 1122/TB-CCT | Lệ phí trước bạ nhà đất | {grouped(case.digits(1, 90) * 100_000)}
Tổng số tiền ghi bằng chữ: Ba triệu đồng chẵn
<> ĐỐI TƯỢNG NỘP TIỀN | KHO BẠC NHÀ NƯỚC
""",
        (0.08, 0.27, 0.4, 0.25),
    )


@form("to_khai_le_phi_truoc_ba", 0.3)
def registration_fee(case: Case) -> None:
    story, who, land = case.story, case.story.applicant, case.story.parcel
    case.begin(A4)
    case.s.form(f"^ Mẫu số: {case.pick('01/LPTB', '03/BĐS-TNCN')} (Ban hành kèm theo Thông tư số 80/2021/TT-BTC)")
    case.motto()
    income = case.maybe()
    title = "TỜ KHAI THUẾ THU NHẬP CÁ NHÂN" if income else "TỜ KHAI LỆ PHÍ TRƯỚC BẠ"
    number = str(case.digits(8000000000, 8999999999))
    shown = case.v("mst", case.pick(number, " ".join(number), number), number)
    sub = (
        "(Áp dụng đối với cá nhân có thu nhập từ chuyển nhượng bất động sản; thu nhập từ nhận thừa kế và nhận quà tặng là bất động sản)"
        if income
        else "(Áp dụng đối với nhà, đất)"
    )
    case.s.form(f"""
= {title}
~ {sub}
[01] Kỳ tính thuế: □ Theo từng lần phát sinh
[02] Lần đầu: □   [03] Bổ sung lần thứ: ……
[04] {case.pick("Tên người nộp thuế", "Người nộp thuế")}: {case.w(who.name)}
[05] Mã số thuế: {shown}
[06] Địa chỉ: {case.w(who.address)}
[07] Quận/huyện: {case.w(story.district)} [08] Tỉnh/Thành phố: {case.w(story.province)}
[09] Điện thoại: {case.w(who.phone)} [10] Fax: …… [11] Email: ……
ĐẶC ĐIỂM NHÀ ĐẤT:
1. Đất:
1.1. Thửa đất số: {case.w(land.number)}; Tờ bản đồ số: {case.w(land.sheet)}
1.2. Địa chỉ thửa đất: {case.w(land.place)}
1.4. Mục đích sử dụng đất: {case.w(land.purpose)}
1.5. Diện tích (m2): {case.w(land.area)}
1.6. Nguồn gốc nhà đất: {case.w("nhận chuyển nhượng")}
2. Nhà: Không
3. Trị giá nhà, đất thực tế chuyển giao: {case.w("450.000.000")} đồng
4. Tài sản thuộc diện không phải nộp hoặc được miễn lệ phí trước bạ (lý do): ……
Tôi cam đoan số liệu khai trên là đúng và chịu trách nhiệm trước pháp luật về số liệu đã khai./.
<>  | NGƯỜI NỘP THUẾ
""")


@form("bien_ban_hoa_giai", 0.15)
def mediation(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(A4)
    case.motto(
        case.agency(), case.pick("", f"Số: {case.digits(1, 60)}/BB-UBND"), case.place_date() if case.maybe() else ""
    )
    when = case.v("ngay_lap", in_words(story.day).removeprefix("ngày "), story.day.isoformat())
    case.s.form(f"""
= BIÊN BẢN
= {case.pick("Hòa giải tranh chấp đất đai", "HÒA GIẢI TRANH CHẤP ĐẤT ĐAI", "V/v hòa giải tranh chấp đất đai giữa hai hộ")}
Hôm nay, {case.pick("vào lúc", "hồi")} 8 giờ 30{case.pick(" phút", "")}, ngày {when}, tại trụ sở {story.people_committee}.
Thành phần hội đồng hòa giải gồm:
1. Ông {case.w("Hồ Văn Kiệm")} - Phó Chủ tịch UBND xã - Chủ tịch Hội đồng
2. Bà {case.w("Lê Thị Sáng")} - Công chức địa chính
3. Ông {case.w("Tô Minh Lý")} - Chủ tịch UBMTTQ xã
Bên có đơn: Ông/bà {case.w(story.applicant.name)}, {case.w(story.applicant.address)}
Bên bị tranh chấp: Ông/bà {case.w(story.other.name)}
Nội dung: Tranh chấp ranh giới thửa đất số {land.number}, tờ bản đồ số {land.sheet}.
Ý kiến của các bên:
- {story.applicant.name} trình bày: gia đình sử dụng đất từ năm 1991, đã được cấp Giấy chứng nhận quyền sử dụng đất; nay phía bên kia xây hàng rào lấn sang 0,6 m.
- {story.other.name} trình bày: hàng rào xây theo ranh cũ, không lấn chiếm.
Kết luận: Hai bên {case.pick("thống nhất giữ nguyên ranh giới hiện trạng. Hòa giải thành.", "không thống nhất. Hòa giải không thành, hướng dẫn các bên khởi kiện tại Tòa án nhân dân.")}
Biên bản kết thúc lúc 10 giờ cùng ngày, đã đọc cho mọi người cùng nghe và thống nhất ký tên.
<> CÁC BÊN TRANH CHẤP | CHỦ TỊCH HỘI ĐỒNG
""")


@form("bien_ban_kiem_tra_dat", 0.3)
def opinions(case: Case) -> None:
    story, land = case.story, case.story.parcel
    case.begin(A4)
    number, sheet = _plot(case)
    if case.maybe():
        case.motto(case.agency())
        case.s.form(f"""
= PHIẾU LẤY Ý KIẾN CỦA KHU DÂN CƯ
= {case.pick("Về nguồn gốc và thời điểm sử dụng đất", "VỀ NGUỒN GỐC VÀ THỜI ĐIỂM SỬ DỤNG ĐẤT")}
Hôm nay, {in_words(story.day)}, tại nhà văn hóa thôn, chúng tôi gồm những người cư trú cùng thời điểm:
1. {case.w("Hồ Văn Kiệm")}, trưởng thôn
2. {case.w("Lê Thị Sáng")}, người dân
đã họp và có ý kiến về thửa đất của ông/bà {case.w(story.applicant.name)}:
Thửa đất số: {number}; tờ bản đồ số: {sheet}; địa chỉ: {land.place}
1. Nguồn gốc sử dụng đất: {case.w("Ông bà để lại")}
2. Thời điểm sử dụng đất vào mục đích đang sử dụng: {case.w("trước 15/10/1993")}
3. Tình trạng tranh chấp: {case.w("Không")}
<> Những người tham gia | XÁC NHẬN CỦA UBND
""")
        return
    case.motto(case.agency(), f"Số: {case.digits(1, 90)}/DSCK", case.place_date())
    case.s.form(
        f"""
= {case.pick("DANH SÁCH CÔNG KHAI", "DANH SÁCH CÔNG KHAI KẾT QUẢ KIỂM TRA HỒ SƠ")}
= Các trường hợp đủ điều kiện cấp Giấy chứng nhận
|| STT | Tên người sử dụng đất | Địa chỉ thửa đất | Diện tích | Nguồn gốc
|| 1 | {story.applicant.name} | Thửa đất số: {number}; tờ bản đồ số: {sheet} | {land.area} | Khai hoang
Thời gian công khai 15 ngày, kể từ ngày {dmy(story.day)}. Mọi ý kiến phản ánh gửi về {story.people_committee}.
<>  | CHỦ TỊCH
""",
        (0.07, 0.27, 0.35, 0.13, 0.18),
    )
