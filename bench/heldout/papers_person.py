# ruff: noqa: E501  (a paragraph of a form is one line)
"""Identity cards, residence (Circulars 56/2021, 66/2023, 53/2025 of the Ministry of Public Security), certification."""

from __future__ import annotations

import datetime as dt
import unicodedata

from heldout.case import Case, form
from heldout.layout import A4, A5, CARD, PX
from heldout.story import Person, dmy, grouped, in_words


def _front(case: Case, who: Person, newest: bool) -> None:
    small = case.rng.random() < 0.5
    if newest:
        case.s.form(f"""
~ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
~ Độc lập - Tự do - Hạnh phúc
~ SOCIALIST REPUBLIC OF VIET NAM
~ Independence - Freedom - Happiness
= CĂN CƯỚC
~ IDENTITY CARD
Số định danh cá nhân / Personal identification number:
{case.v("so_dinh_danh", who.pid)}
Họ, chữ đệm và tên khai sinh / Full name:
{case.name("ho_ten", who, True)}
| Ngày, tháng, năm sinh / Date of birth: | Giới tính / Sex:
| {case.v("ngay_sinh", dmy(who.born), who.born.isoformat())} | {case.v("gioi_tinh", who.sex)}
Quốc tịch / Nationality: Việt Nam
""")
        return
    if case.maybe(0.25):  # the card of 2016 to 2020, with a bar code and no English
        case.s.form(f"""
~ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
~ Độc lập - Tự do - Hạnh phúc
= CĂN CƯỚC CÔNG DÂN
~ Số: {case.v("so_dinh_danh", who.pid)}
Họ và tên: {case.name("ho_ten", who, True)}
Ngày, tháng, năm sinh: {case.v("ngay_sinh", dmy(who.born), who.born.isoformat())}
| Giới tính: {case.v("gioi_tinh", who.sex)} | Quốc tịch: Việt Nam
Quê quán: {case.story.place}
Nơi thường trú: {who.address}
Có giá trị đến: 12/04/2035
""")
        return
    case.s.form(f"""
~ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
~ Độc lập - Tự do - Hạnh phúc
{"~ SOCIALIST REPUBLIC OF VIET NAM" if small else ""}
{"~ Independence - Freedom - Happiness" if small else ""}
= CĂN CƯỚC CÔNG DÂN
~ Citizen Identity Card
Số{case.pick(" / No.:", " / No. :", "/ No.:")} {case.v("so_dinh_danh", who.pid)}
Họ và tên / Full name:
{case.name("ho_ten", who, True)}
Ngày sinh{case.pick(" / Date of birth:", " / Date of birth :")} {case.v("ngay_sinh", dmy(who.born), who.born.isoformat())}
| Giới tính / Sex: {case.v("gioi_tinh", who.sex)} | Quốc tịch / Nationality: Việt Nam
Quê quán / Place of origin:
{case.story.place}
Nơi thường trú / Place of residence: {who.address}
{case.pick("Có giá trị đến: 12/04/2035", "Có giá trị đến / Date of expiry: 12/04/2035")}
""")


def _back(case: Case, who: Person, newest: bool) -> None:
    issued = who.born.replace(year=2021)
    check = case.digits(0, 9)
    strip = f"IDVNM{who.pid[-9:]}{check}{who.pid}<<{case.digits(0, 9)}"
    latin = "".join(c for c in unicodedata.normalize("NFD", who.name.upper().replace("Đ", "D")) if c.isascii())
    second = f"{who.born:%y%m%d}{case.digits(0, 9)}{'M' if who.male else 'F'}3504129VNM<<<<<<<<<<<{case.digits(0, 9)}"
    strips = f"{case.v('mrz', strip)}\n{second}\n{latin.replace(' ', '<', 1).replace(' ', '<'):<<30}"
    if newest:
        case.s.form(f"""
Nơi cư trú / Place of residence:
{who.address}
Nơi đăng ký khai sinh / Place of birth:
{case.story.place}
Ngày, tháng, năm cấp / Date of issue: {dmy(issued)}
Ngày, tháng, năm hết hạn / Date of expiry: 12/04/2035
BỘ CÔNG AN
MINISTRY OF PUBLIC SECURITY
{strips}
""")
        return
    case.s.form(f"""
Đặc điểm nhận dạng / Personal identification:
Nốt ruồi cách 1,5cm dưới sau cánh mũi trái
Ngày, tháng, năm / Date, month, year: {dmy(issued)}
{case.pick("CỤC TRƯỞNG CỤC CẢNH SÁT", "CỤC TRƯỞNG CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI")}
{case.pick("QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", "DIRECTOR GENERAL OF THE POLICE DEPARTMENT FOR ADMINISTRATIVE MANAGEMENT OF SOCIAL ORDER")}
Ngón trỏ trái / Left index finger
Ngón trỏ phải / Right index finger
{strips}
""")


def _whose(case: Case) -> Person:
    return case.pick(case.story.applicant, case.story.applicant, case.story.spouse, case.story.other)


@form("cccd")
def identity_two_sides(case: Case) -> None:
    """Both sides on one sheet of A4, as copied for a dossier."""
    who, newest = _whose(case), case.story.day.year >= 2024 and case.maybe(0.5)
    case.begin(A4, 8.5, (60, case.rng.uniform(30, 80), 60, 20))
    case.s.numbering = ""
    _front(case, who, newest)
    case.s.gap(case.rng.uniform(20, 45))
    _back(case, who, newest)


@form("cccd")
def identity_cards(case: Case) -> None:
    """The card itself, each side a page of its own."""
    who, newest = _whose(case), case.story.day.year >= 2024 and case.maybe(0.5)
    case.begin(case.pick(CARD, A4), 5.5, (26, 3, 2, 2))
    case.s.numbering = ""
    if case.s.size == A4:
        case.s.points, case.s.left, case.s.right = 8, int(70 * PX), int(50 * PX)
        case.s.y = case.rng.uniform(30, 150) * PX
    _front(case, who, newest)
    case.s.new_page()
    if case.s.size == A4:
        case.s.y = case.rng.uniform(30, 150) * PX
    _back(case, who, newest)


@form("cmnd", 0.1)
def identity_nine(case: Case) -> None:
    who = _whose(case)
    number = case.v("so_cmnd", f"0{case.digits(10, 99)}{case.digits(100000, 999999)}")
    case.begin(A4, 9, (60, case.rng.uniform(30, 80), 60, 20))
    case.s.numbering = ""
    case.s.form(f"""
~ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
~ Độc lập - Tự do - Hạnh phúc
= GIẤY CHỨNG MINH NHÂN DÂN
~ SỐ {number}
Họ tên {case.w(who.name.upper())}
Sinh ngày {case.w(dmy(who.born).replace("/", "-"))}
Nguyên quán {case.v("nguyen_quan", case.story.place.replace("xã ", "").replace("huyện ", "").replace("tỉnh ", "").replace("thị trấn ", ""))}
Nơi ĐKHK thường trú {case.w(who.address)}
""")
    case.s.gap(30)
    case.s.form(f"""
| Dân tộc: {case.w(who.nation)} | Tôn giáo: {case.w("Không")}
~ DẤU VẾT RIÊNG VÀ DỊ HÌNH
{case.w("Sẹo chấm cách 2cm trên sau đuôi mắt phải")}
Ngón trỏ trái
Ngón trỏ phải
>> Ngày 11 tháng 5 năm 2009
>> GIÁM ĐỐC CA TỈNH
""")


@form("so_ho_khau", 0.7)
def household_book(case: Case) -> None:
    story = case.story
    case.begin(A5)
    case.s.numbering = ""
    case.s.gap(30)
    case.s.form(f"""
= CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
= Độc lập - Tự do - Hạnh phúc

= SỔ HỘ KHẨU
~ Số: {case.v("so_so", str(case.digits(100000000, 999999999)))}
Họ và tên chủ hộ: {case.name("chu_ho", story.applicant)}
Nơi thường trú: {case.w(story.applicant.address)}
>> Ngày …… tháng …… năm ……
>> TRƯỞNG CÔNG AN: HUYỆN
""")
    for role, who in (("CHỦ HỘ", story.applicant), ("Vợ", story.spouse))[: case.pick(1, 2)]:
        case.s.new_page()
        case.s.form(f"""
Quan hệ với chủ hộ: {case.w(role)}
Họ và tên: {case.w(who.name)}
Họ và tên gọi khác (nếu có): ………
| Ngày, tháng, năm sinh: {case.w(dmy(who.born))} | Giới tính: {case.w(who.sex)}
Nguyên quán: {case.w(story.place)}
| Dân tộc: {case.w(who.nation)} | Tôn giáo: {case.w("Không")}
CMND số: {case.w("301234567")}   Hộ chiếu số: ………
Nghề nghiệp, nơi làm việc: {case.w("Làm nông")}
Chuyển đến ngày …………… Nơi thường trú trước khi chuyển đến: ……………
Lý do xóa đăng ký thường trú: ……………
<> CÁN BỘ ĐĂNG KÝ | TRƯỞNG CÔNG AN
""")


def _boxed(case: Case, name: str, digits: str) -> str:
    spaced = " ".join(digits) if case.maybe(0.6) else digits
    return case.v(name, spaced, digits)


@form("ct01", 0.4)
def residence_form(case: Case) -> None:
    story, who, head = case.story, case.story.applicant, case.story.spouse
    case.begin(A4, case.pick(11.5, 12, 12.5))
    case.s.form(
        f"^ Mẫu CT01 ban hành kèm theo Thông tư số {case.pick('56/2021/TT-BCA', '66/2023/TT-BCA', '53/2025/TT-BCA')}"
    )
    case.motto()
    wish = {
        "Tách hộ": "Tách hộ cùng địa chỉ thường trú",
        "Gia hạn tạm trú": "Gia hạn tạm trú đến ngày 20/12/2026",
        "Đăng ký tạm trú": "Đăng ký tạm trú tại " + story.other.address,
        "Đăng ký thường trú": "Đăng ký thường trú vào cùng hộ với " + ("vợ" if who.male else "chồng"),
        "Xác nhận thông tin về cư trú": "Xác nhận thông tin về cư trú",
    }.get(story.procedure_name, "Đăng ký thường trú về với con")
    oldest = case.maybe(0.3)
    lines = f"""
= TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ
~ Kính gửi{case.pick("(1)", " (1)", "")}: {case.w("Công an " + story.commune_name)}
1. Họ, chữ đệm và tên: {case.name("ho_ten", who, True)}
| 2. Ngày, tháng, năm sinh: {case.v("ngay_sinh", dmy(who.born), who.born.isoformat())} | 3. Giới tính: {case.v("gioi_tinh", who.sex)}
4. Số định danh cá nhân{case.pick("", "/CMND") if oldest else ""}: {_boxed(case, "so_dinh_danh", who.pid)}
"""
    if oldest:
        lines += f"""
| 5. Số điện thoại liên hệ: {case.w(who.phone)} | 6. Email: ……………
7. Nơi thường trú: {case.w(who.address)}
8. Nơi tạm trú: ……………………………
9. Nơi ở hiện tại: {case.w(who.address)}
10. Nghề nghiệp, nơi làm việc: {case.w("Công nhân")}
| 11. Họ, chữ đệm và tên chủ hộ: {case.name("chu_ho", head)} | 12. Quan hệ với chủ hộ: {case.w("Vợ")}
13. Số định danh cá nhân/CMND của chủ hộ: {case.w(" ".join(head.pid))}
14. Nội dung đề nghị{case.pick("(2)", "")}: {case.v("noi_dung", wish)}
15. Những thành viên trong hộ gia đình cùng thay đổi:
"""
    else:
        lines += f"""
| 5. Số điện thoại liên hệ: {case.w(who.phone)} | 6. Email: ……………
| 7. Họ, chữ đệm và tên chủ hộ: {case.name("chu_ho", head)} | 8. Mối quan hệ với chủ hộ: {case.w(case.pick("Vợ", "Chồng", "Con"))}
9. Số định danh cá nhân của chủ hộ: {case.w(" ".join(head.pid))}
10. Nội dung đề nghị{case.pick("(2)", " (2)", "")}: {case.v("noi_dung", wish)}
11. Những thành viên trong hộ gia đình cùng thay đổi:
"""
    case.s.form(lines)
    rows = "|| TT | Họ, chữ đệm và tên | Ngày, tháng, năm sinh | Giới tính | Số định danh cá nhân | Quan hệ với chủ hộ"
    if case.maybe():
        child = story.child
        rows += f"\n|| 1 | {case.w(child.name)} | {case.w(dmy(child.born))} | {case.w(child.sex)} | {case.w(child.pid)} | {case.w('Con')}"
    case.s.form(rows, (0.06, 0.27, 0.19, 0.11, 0.22, 0.15))
    case.s.form("""
<> ….., ngày….tháng….năm…… | ….., ngày….tháng….năm……
<> Ý KIẾN CỦA CHỦ HỘ | NGƯỜI KÊ KHAI
<> (Ký, ghi rõ họ tên) | (Ký, ghi rõ họ tên)
<> Ý KIẾN CỦA CHỦ SỞ HỮU CHỖ Ở HỢP PHÁP | Ý KIẾN CỦA CHA, MẸ HOẶC NGƯỜI GIÁM HỘ
""")
    if case.maybe(0.3):
        case.s.new_page()
        case.s.form("""
Chú thích:
(1) Cơ quan đăng ký cư trú.
(2) Ghi rõ ràng, cụ thể nội dung đề nghị. Ví dụ: đăng ký thường trú; đăng ký tạm trú; tách hộ; xác nhận thông tin về cư trú...
(3) Áp dụng đối với các trường hợp quy định tại khoản 2, khoản 3 Điều 20; khoản 1 Điều 25 Luật Cư trú.
""")


def _police(case: Case) -> list[str]:
    return [f"CÔNG AN TỈNH {case.story.province.upper()}", f"CÔNG AN XÃ {case.story.commune.upper()}"]


@form("ct07")
def residence_confirmation(case: Case) -> None:
    story, who = case.story, case.story.applicant
    end = story.day + dt.timedelta(days=365)
    case.begin(A4)
    case.s.form("^ Mẫu CT07 ban hành kèm theo Thông tư số 66/2023/TT-BCA")
    case.motto(_police(case), f"Số: {case.digits(1, 900)}/XN", case.place_date())
    case.s.form(
        f"""
= XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ
I. Theo đề nghị của Ông/Bà:
1. Họ, chữ đệm và tên: {who.name.upper()}
| 2. Ngày, tháng, năm sinh: {dmy(who.born)} | 3. Giới tính: {who.sex}
4. Số định danh cá nhân: {" ".join(who.pid)}
| 5. Dân tộc: {who.nation} | 6. Quốc tịch: Việt Nam
7. Quê quán: {story.place}
II. Công an {story.commune_name} xác nhận thông tin về cư trú như sau:
1. Nơi thường trú: {who.address}
2. Nơi tạm trú: Không
3. Nơi ở hiện tại: {who.address}
4. Họ, chữ đệm và tên chủ hộ: {story.spouse.name}
5. Thông tin các thành viên khác trong hộ gia đình:
|| TT | Họ, chữ đệm và tên | Ngày sinh | Giới tính | Số định danh cá nhân | Quan hệ
|| 1 | {story.child.name} | {dmy(story.child.born)} | {story.child.sex} | {story.child.pid} | Con
6. Nội dung xác nhận khác: ………………
Xác nhận này có giá trị đến hết {case.pick("ngày", "ngày")} {case.v("hieu_luc_den", in_words(end).removeprefix("ngày "), end.isoformat())}.
<>  | THỦ TRƯỞNG CƠ QUAN ĐĂNG KÝ CƯ TRÚ
""",
        (0.06, 0.27, 0.17, 0.12, 0.23, 0.15),
    )


@form("thong_bao_cu_tru")
def residence_notice(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4)
    case.motto(_police(case), f"Số: {case.v('so_ky_hieu', f'{case.digits(1, 900)}/TB-CAX')}", case.place_date())
    case.s.form(f"""
= THÔNG BÁO
= {case.pick("Kết quả giải quyết, hủy bỏ thủ tục về cư trú", "KẾT QUẢ GIẢI QUYẾT, HỦY BỎ THỦ TỤC VỀ CƯ TRÚ", "Về kết quả giải quyết thủ tục về cư trú")}
Kính gửi: {case.pick("Ông/Bà", "ông (bà)")} {who.name}
Căn cứ Luật Cư trú ngày 13/11/2020; Công an {story.commune_name} thông báo cho Ông/Bà kết quả giải quyết hồ sơ đăng ký cư trú như sau:
1. Họ, chữ đệm và tên: {who.name.upper()}
2. Ngày, tháng, năm sinh: {dmy(who.born)}
3. Số định danh cá nhân: {who.pid}
4. Nội dung: Đã cập nhật thông tin về nơi thường trú của Ông/Bà trong Cơ sở dữ liệu về cư trú.
Nơi thường trú: {who.address}
Quan hệ với chủ hộ: Vợ
Vậy thông báo để Ông/Bà biết./.
<> Nơi nhận: | TRƯỞNG CÔNG AN XÃ
""")


@form("the_bhyt")
def health_card(case: Case) -> None:
    who = case.pick(case.story.child, case.story.applicant)
    case.begin(case.pick(CARD, A4), 6, (24, 3, 2, 2))
    case.s.numbering = ""
    if case.s.size == A4:
        case.s.points, case.s.left, case.s.right = 9, int(60 * PX), int(55 * PX)
        case.s.y = case.rng.uniform(30, 90) * PX
    number = str(case.digits(5300000000, 5599999999))
    old = case.maybe()
    code = f"{case.pick('TE1', 'GD4', 'HN2', 'DN4')}{case.digits(10, 96)}{number}"
    shown = case.v("so_the", code) if old else case.v("ma_bhxh", number)
    case.s.form(f"""
~ {case.pick("BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI VIỆT NAM")}
= THẺ BẢO HIỂM Y TẾ
Mã số: {shown}
Họ và tên: {who.name.upper()}
| Ngày sinh: {dmy(who.born)} | Giới tính: {who.sex}
{case.pick("Địa chỉ: " + who.address, "")}
Nơi đăng ký KCB BĐ: Trạm Y tế {case.story.commune_name}
{case.pick("Giá trị sử dụng: từ ngày 01/01/2024", "Giá trị sử dụng từ: 01/01/2024   Nơi cấp đổi thẻ: BHXH huyện")}
Thời điểm đủ 05 năm liên tục: Từ ngày 01/06/2027
""")


@form("hd_thue_nha", 0.1)
def lease(case: Case) -> None:
    story, one, two = case.story, case.story.other, case.story.applicant
    case.begin(A4)
    case.motto()
    rent = case.digits(12, 80) * 100_000
    case.s.form(f"""
= {case.pick("HỢP ĐỒNG THUÊ NHÀ", "HỢP ĐỒNG CHO THUÊ NHÀ Ở", "HỢP ĐỒNG THUÊ NHÀ Ở", "HỢP ĐỒNG THUÊ NHÀ TRỌ")}
Hôm nay, {in_words(story.day)}, tại {one.address}, chúng tôi gồm:
BÊN CHO THUÊ (Bên A):
Ông/bà: {case.w(one.name)}   Sinh năm: {case.w(str(one.born.year))}
CCCD số: {case.w(one.pid)}
Thường trú: {case.w(one.address)}
BÊN THUÊ (Bên B):
Ông/bà: {case.w(two.name)}   Sinh năm: {case.w(str(two.born.year))}
CCCD số: {case.w(two.pid)}
Hai bên thỏa thuận ký kết hợp đồng với các điều khoản sau:
Điều 1. Bên A cho Bên B thuê căn nhà tại địa chỉ {one.address} với diện tích {case.digits(16, 120)} m2 để ở.
Điều 2. Thời hạn thuê là {case.digits(1, 5)} năm, kể từ ngày {dmy(story.day)}.
Điều 3. {case.pick("Giá thuê là", "Giá thuê nhà là", "Giá thuê:")} {case.v("gia_thue", grouped(rent), str(rent))} {case.pick("đồng/tháng", "đồng/ tháng", "đồng (viết bằng chữ: hai triệu đồng) một tháng")}, thanh toán vào ngày 05 hàng tháng.
Điều 4. Trách nhiệm của Bên A: giao nhà đúng thời hạn; bảo đảm quyền sử dụng trọn vẹn cho Bên B; đăng ký tạm trú cho Bên B tại công an xã.
Điều 5. Trách nhiệm của Bên B: trả đủ tiền thuê nhà đúng kỳ hạn; không được tự ý sửa chữa; giữ gìn vệ sinh môi trường.
Điều 6. Hai bên cam kết thực hiện đúng các điều khoản. Hợp đồng lập thành 02 bản có giá trị như nhau.
<> BÊN CHO THUÊ | BÊN THUÊ
<> {one.name} | {two.name}
""")


# -- certification ---------------------------------------------------------------------------------------------------


def _book(case: Case, kind: str) -> str:
    return f"{case.digits(1, 4):02d}/{case.story.day.year}{case.pick(' - ', '-', ' - ')}SCT/{kind}"


def _book_value(case: Case, kind: str) -> str:
    """Return the book's number as a value, which has no blanks around its dash."""
    book = _book(case, kind)
    return case.v("quyen_so", book, book.replace(" - ", "-"))


@form("loi_chung_ban_sao", 0.15)
def copy_page(case: Case) -> None:
    """The last, otherwise empty page of a copy with the office's stamp of certification."""
    story = case.story
    case.begin(A4)
    case.s.gap(case.rng.uniform(10, 120))
    case.s.form(f"""
= {case.pick("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "CHỨNG THỰC BẢN SAO // ĐÚNG VỚI BẢN CHÍNH")}
Số chứng thực: {case.v("so_chung_thuc", str(case.digits(1, 6000)))} quyển số: {_book_value(case, "BS")}
>> Ngày {story.day.day:02d} tháng {story.day.month} năm {story.day.year}
>> {case.pick("CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")}
>> {story.other.name}
""")


@form("loi_chung_chu_ky")
def signature_words(case: Case) -> None:
    story, who = case.story, case.story.applicant
    case.begin(A4)
    case.motto()
    number = case.v("so_chung_thuc", str(case.digits(1, 900)))
    case.s.form(f"""
= {case.pick("LỜI CHỨNG CHỨNG THỰC CHỮ KÝ", "LỜI CHỨNG CHỨNG THỰC CHỮ KÝ TẠI BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ")}
Ngày {story.day.day:02d} tháng {story.day.month} năm {story.day.year} (Bằng chữ: ngày mười hai tháng tư năm hai nghìn không trăm hai mươi ba)
Tại {story.people_committee}, {story.place}.
Tôi {story.other.name}, là {case.pick("Phó Chủ tịch", "Chủ tịch")} {story.people_committee}
= CHỨNG THỰC
Ông/bà {who.name}, Giấy tờ tùy thân: CCCD số {who.pid}, cam đoan đã hiểu, tự chịu trách nhiệm về nội dung của giấy tờ, văn bản và đã ký vào giấy tờ, văn bản này trước mặt tôi.
Số chứng thực {number}, quyển số {_book(case, "CK, ĐC")}.
<> Cán bộ tiếp nhận hồ sơ | PHÓ CHỦ TỊCH
""")


@form("loi_chung_giao_dich")
def deal_words(case: Case) -> None:
    story = case.story
    case.begin(A4)
    title = case.pick(
        "LỜI CHỨNG CỦA NGƯỜI THỰC HIỆN CHỨNG THỰC",
        "LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN",
        "LỜI CHỨNG CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ",
    )
    case.motto()
    case.s.form(f"""
= {title}
Ngày {story.day.day:02d} tháng {story.day.month} năm {story.day.year}, tại {story.people_committee}, {story.place}.
Tôi {story.other.name}, Chủ tịch {story.people_committee}
= CHỨNG THỰC:
- Hợp đồng chuyển nhượng quyền sử dụng đất này được giao kết giữa:
Bên A: Ông/bà {story.applicant.name}, Giấy tờ tùy thân số {story.applicant.pid}
Bên B: Ông/bà {story.other.name}, Giấy tờ tùy thân số {story.other.pid}
- Các bên tham gia hợp đồng cam đoan đã hiểu rõ quyền, nghĩa vụ, lợi ích hợp pháp của mình và hậu quả pháp lý của việc giao kết hợp đồng.
- Tại thời điểm chứng thực, các bên tham gia hợp đồng minh mẫn, nhận thức và làm chủ được hành vi của mình; tự nguyện giao kết và đã cùng ký vào hợp đồng này trước mặt tôi.
Hợp đồng này được lập thành 03 bản chính, mỗi bản gồm 04 tờ, 07 trang, cấp cho các bên 02 bản; lưu tại Ủy ban nhân dân 01 bản.
Số chứng thực {case.digits(1, 400)}, quyển số {_book_value(case, case.pick("HĐ,GD", "HĐ, GD", "HĐGD"))}
<>  | CHỦ TỊCH
""")


@form("giay_uy_quyen", 0.15)
def power(case: Case) -> None:
    story, one, two = case.story, case.story.applicant, case.story.other
    case.begin(A4)
    case.motto()
    what = case.pick(
        "nộp hồ sơ và nhận kết quả giải quyết thủ tục hành chính",
        "thay mặt tôi làm thủ tục cấp bản sao trích lục khai sinh",
        "nhận Giấy chứng nhận quyền sử dụng đất tại Bộ phận một cửa",
    )
    style = case.digits(0, 2)
    if style == 0:
        case.s.form(f"""
= GIẤY ỦY QUYỀN
~ {case.pick("", "(Dành cho cá nhân)")}
Căn cứ Bộ luật Dân sự năm 2015;
Hôm nay, {in_words(story.day)}, tại {story.place}
I. BÊN ỦY QUYỀN:
Họ tên: {case.w(one.name)}
Địa chỉ: {case.w(one.address)}
Số CCCD: {case.w(one.pid)}
II. BÊN ĐƯỢC ỦY QUYỀN:
Họ tên: {case.w(two.name)}
Địa chỉ: {case.w(two.address)}
Số CCCD: {case.w(two.pid)}
III. NỘI DUNG ỦY QUYỀN:
{case.w("Bên ủy quyền ủy quyền cho Bên được ủy quyền " + what)}.
IV. CAM KẾT
Hai bên cam kết sẽ hoàn toàn chịu trách nhiệm trước Pháp luật về mọi thông tin ủy quyền ở trên.
<> BÊN ĐƯỢC ỦY QUYỀN | BÊN ỦY QUYỀN
""")
    elif style == 1:
        case.s.form(f"""
= GIẤY {case.pick("ỦY", "UỶ")} QUYỀN
Người ủy quyền: {case.name("ben_uy_quyen", one)}
Sinh năm: {case.w(str(one.born.year))}   CCCD: {case.w(one.pid)}
Nơi cư trú: {case.w(one.address)}
Người được ủy quyền: {case.w(two.name)}
Sinh năm: {case.w(str(two.born.year))}   CCCD: {case.w(two.pid)}
Nội dung ủy quyền: {case.v("noi_dung", what)}.
Thời hạn ủy quyền: {case.w("đến khi hoàn thành công việc")}
Tôi xin chịu trách nhiệm trước pháp luật về việc ủy quyền này.
>> {case.place_date()}
<> Người được ủy quyền | Người ủy quyền
""")
    else:
        case.s.form(f"""
= GIẤY ỦY QUYỀN
Kính gửi: {story.people_committee}
Tôi tên là: {case.w(one.name)}, sinh năm {case.w(str(one.born.year))}, CCCD số {case.w(one.pid)}
Thường trú tại: {case.w(one.address)}
Vì lý do sức khỏe nên nay tôi làm giấy này ủy quyền cho: {case.w(two.name)}, CCCD số {case.w(two.pid)}, là {case.w("em ruột")} của tôi được {case.w(what)}.
Kính mong quý cơ quan giúp đỡ.
<>  | Người viết giấy
""")


@form("hop_dong_uy_quyen")
def power_contract(case: Case) -> None:
    story, one, two = case.story, case.story.applicant, case.story.other
    case.begin(A4)
    case.motto()
    number = case.v("so_cong_chung", str(case.digits(100, 6000)))
    case.s.form(f"""
= HỢP ĐỒNG ỦY QUYỀN
Tại Văn phòng Công chứng Đông Sa, chúng tôi gồm có:
BÊN ỦY QUYỀN (Sau đây gọi là Bên A): Ông/bà {one.name}, sinh ngày {dmy(one.born)}, CCCD số {one.pid}, thường trú: {one.address}
BÊN ĐƯỢC ỦY QUYỀN (Sau đây gọi là Bên B): Ông/bà {two.name}, sinh ngày {dmy(two.born)}, CCCD số {two.pid}, thường trú: {two.address}
= ĐIỀU 1
= CĂN CỨ ỦY QUYỀN
Bên A là chủ sử dụng thửa đất số {story.parcel.number}, tờ bản đồ số {story.parcel.sheet} theo Giấy chứng nhận quyền sử dụng đất số {story.parcel.serial}.
= ĐIỀU 2
= PHẠM VI ỦY QUYỀN
Bên A ủy quyền cho Bên B được toàn quyền quản lý, sử dụng, chuyển nhượng, tặng cho thửa đất nói trên.
= ĐIỀU 3
= THỜI HẠN VÀ THÙ LAO ỦY QUYỀN
Thời hạn ủy quyền là 10 năm kể từ ngày ký. Hợp đồng ủy quyền này không có thù lao.
= ĐIỀU 4
= NGHĨA VỤ CỦA BÊN A VÀ BÊN B
Bên B thực hiện công việc theo ủy quyền và báo cho Bên A về việc thực hiện công việc đó; chịu trách nhiệm về những việc do mình thực hiện.
= ĐIỀU 5
= CAM ĐOAN CỦA CÁC BÊN
Các bên giao kết hợp đồng hoàn toàn tự nguyện, không bị lừa dối, không bị ép buộc.
<> BÊN A | BÊN B
{case.pick("LỜI CHỨNG CỦA CÔNG CHỨNG VIÊN", "")}
Số công chứng: {number}, quyển số {case.digits(1, 12):02d} TP/CC-SCC/HĐGD
""")


@form("vb_phan_chia_di_san")
def inheritance(case: Case) -> None:
    story, dead, land = case.story, case.story.parent, case.story.parcel
    case.begin(A4)
    case.motto()
    kind = case.digits(0, 2)
    title = ("VĂN BẢN THỎA THUẬN PHÂN CHIA DI SẢN", "VĂN BẢN KHAI NHẬN DI SẢN", "VĂN BẢN TỪ CHỐI NHẬN DI SẢN")[kind]
    if story.procedure_name.startswith("Chứng thực văn bản từ chối"):
        kind, title = 2, "VĂN BẢN TỪ CHỐI NHẬN DI SẢN"
    if kind == 0 and case.maybe(0.3):
        title = "VĂN BẢN THỎA THUẬN // PHÂN CHIA TÀI SẢN THỪA KẾ"
    leaver = case.name("nguoi_de_lai_di_san", dead, False)
    case.s.form(f"""
= {title}
Hôm nay, {in_words(story.day)}, tại {story.people_committee}, chúng tôi gồm có:
1. {story.applicant.title.capitalize()} {story.applicant.name}, sinh năm {story.applicant.born.year}, CCCD số {story.applicant.pid}; thường trú tại {story.applicant.address}
2. {story.other.title.capitalize()} {story.other.name}, sinh năm {story.other.born.year}, CCCD số {story.other.pid}
Chúng tôi là những người thừa kế theo pháp luật của người để lại di sản là {dead.title} {leaver}, chết ngày {dmy(story.day - dt.timedelta(days=200))} theo Trích lục khai tử số 12/TLKT.
= DI SẢN
Quyền sử dụng đất theo Giấy chứng nhận quyền sử dụng đất số {land.serial}, cụ thể như sau:
- Thửa đất số: {case.v("thua_dat_so", land.number)}; {case.pick("tờ", "Tờ")} bản đồ số: {case.v("to_ban_do_so", land.sheet)}
- Địa chỉ: {land.place}
- Diện tích: {land.area} m2; mục đích sử dụng: {land.purpose}
= {("NỘI DUNG THỎA THUẬN", "NỘI DUNG KHAI NHẬN", "NỘI DUNG TỪ CHỐI")[kind]}
{("Chúng tôi thống nhất phân chia toàn bộ di sản nêu trên cho " + story.applicant.name + " được toàn quyền quản lý, sử dụng.", "Tôi là người duy nhất được hưởng di sản nêu trên và xin nhận toàn bộ di sản.", "Nay tôi tự nguyện từ chối nhận phần di sản mà tôi được hưởng theo pháp luật.")[kind]}
Chúng tôi xin cam đoan: Những thông tin về nhân thân đã ghi trong văn bản này là đúng sự thật; ngoài chúng tôi ra, không còn ai khác được hưởng di sản; việc lập văn bản này không nhằm trốn tránh việc thực hiện nghĩa vụ về tài sản.
<>  | Những người thỏa thuận
<>  | (Ký, điểm chỉ và ghi rõ họ tên)
""")


@form("di_chuc", 0.2)
def will(case: Case) -> None:
    story, who, land = case.story, case.story.parent, case.story.parcel
    case.begin(A4)
    case.motto()
    case.s.form(f"""
= {case.pick("DI CHÚC", "DI CHÚC", "TỜ DI CHÚC")}
{case.pick("Hôm nay, ", "Hôm nay ")}ngày {case.v("ngay_lap", in_words(story.day).removeprefix("ngày "), story.day.isoformat())}, tại {story.people_committee}, {story.place}.
Tôi là: {case.w(who.name)}, sinh năm {case.w(str(who.born.year))}, CCCD số {case.w(who.pid)}
Thường trú tại: {case.w(who.address)}
Trong trạng thái tinh thần hoàn toàn minh mẫn, sáng suốt, không bị ai lừa dối, đe dọa, tôi lập di chúc này để định đoạt tài sản của tôi như sau:
Thửa đất số {land.number}, tờ bản đồ số {land.sheet}, diện tích {land.area} m2 tại {land.place}, đã được cấp Giấy chứng nhận quyền sử dụng đất số {land.serial}.
Sau khi tôi qua đời, toàn bộ tài sản nêu trên được để lại cho con tôi là {case.w(story.applicant.name)}.
Người thực hiện di chúc: {case.w(story.spouse.name)}.
Di chúc này được lập thành 02 bản.
<> NGƯỜI LÀM CHỨNG | NGƯỜI LẬP DI CHÚC
""")
