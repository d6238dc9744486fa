# ruff: noqa: E501  (a paragraph of a form is one line)
"""Civil status: declarations, certificates, extracts (Circulars 15/2015, 04/2020, 04/2024 of the Ministry of Justice)."""

from __future__ import annotations

import datetime as dt

from heldout.case import Case, form
from heldout.layout import A4, A5, A5_WIDE
from heldout.story import Person, dmy, in_words

_OATH = "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình."


def _proof(case: Case, who: Person, name: str = "") -> str:
    """Return what stands behind “Giấy tờ tùy thân”; only a lone number is noted as a value."""
    kind = case.pick("CCCD số ", "Căn cước công dân số ", "Thẻ CCCD số: ", "CCCD ")
    number = case.v(name, who.pid) if name else case.w(who.pid)
    if case.by_hand:
        return case.stroke(who.pid)
    rest = case.pick("", f", cấp ngày {dmy(who.born + dt.timedelta(days=9000))}", " do Cục Cảnh sát QLHC về TTXH cấp")
    return f"{kind}{number}{rest}"


def _note(case: Case) -> str:
    return case.pick("", "", " (1)", "(2)", " (3)")


def _ask(case: Case, name: str = "nguoi_yeu_cau", proof: str = "") -> str:
    who = case.story.applicant
    home = case.pick("Nơi cư trú", "Nơi cư trú (2)", "Nơi thường trú/tạm trú")
    own = case.pick("Giấy tờ tùy thân", "Giấy tờ tùy thân (3)", "Giấy tờ tuỳ thân")
    return f"""Họ, chữ đệm, tên người yêu cầu{case.colon()} {case.name(name, who)}{case.tail()}
{case.pick("", f"Ngày, tháng, năm sinh: {case.w(dmy(who.born))}")}
{home}: {case.w(who.address)}
{own}: {_proof(case, who, proof)}"""


def _to(case: Case) -> str:
    return f"~ Kính gửi{case.pick(': (1)', ':')} {case.w(case.story.people_committee)}"


def _sign(case: Case, who: str = "Người yêu cầu") -> str:
    return f"""Làm tại: {case.place_date()}
<>  | {who}
<>  | (Ký, ghi rõ họ, chữ đệm, tên)
<>  | {"" if case.by_hand else case.story.applicant.name}"""


def _couple(case: Case) -> tuple[Person, Person]:
    one, two = case.story.applicant, case.story.spouse
    return (one, two) if one.male else (two, one)


@form("to_khai_khai_sinh", 0.3)
def birth_declaration(case: Case) -> None:
    story, child = case.story, case.story.child
    again = story.procedure_name.startswith("Đăng ký lại") or (not story.procedure_name and case.maybe(0.15))
    case.begin(A4)
    case.motto()
    father, mother = _couple(case)
    if case.maybe(0.08):
        father = None  # type: ignore[assignment]
    title = "TỜ KHAI ĐĂNG KÝ LẠI KHAI SINH" if again else "TỜ KHAI ĐĂNG KÝ KHAI SINH"
    words = case.w(in_words(child.born).removeprefix("ngày "))
    proof = "so_dinh_danh"
    earlier = ""
    if again:
        earlier = f"""Đã đăng ký khai sinh tại: {case.w(story.people_committee)} ngày {case.w("12/04/1987")}
Theo Giấy khai sinh số: {case.w("41")} Quyển số: {case.w("01/1987")}
Lý do đăng ký lại: {case.w("sổ hộ tịch và bản chính giấy khai sinh bị mất")}"""
    case.s.form(f"""
= {title}
{_to(case)}
{_ask(case, proof=proof)}
Quan hệ với người được khai sinh: {case.w(case.pick("cha", "mẹ", "Bố đẻ"))}
Đề nghị cơ quan đăng ký {"lại " if again else ""}khai sinh cho người dưới đây:
Họ, chữ đệm, tên: {case.name("ho_ten_con", child, case.maybe(0.6))}
Ngày, tháng, năm sinh: {case.date("ngay_sinh", child.born)}{case.pick(" ghi bằng chữ: ", " (ghi bằng chữ): ")}{words}
Nơi sinh{_note(case)}: {case.v("noi_sinh", case.pick("Trung tâm Y tế huyện Vân Điền", "Bệnh viện Sản - Nhi tỉnh Đông Sa", "Trạm Y tế xã Đại Phong"))}
| Giới tính: {case.w(child.sex)} | Dân tộc: {case.w(child.nation)} | Quốc tịch: {case.w("Việt Nam")}
Quê quán: {case.w(story.place)}
Họ, chữ đệm, tên người mẹ: {case.name("ho_ten_me", mother)}
| Năm sinh{_note(case)}: {case.w(str(mother.born.year))} | Dân tộc: {case.w(mother.nation)} | Quốc tịch: {case.w("Việt Nam")}
Nơi cư trú: {case.w(mother.address)}
Họ, chữ đệm, tên người cha: {case.name("ho_ten_cha", father) if father else case.leaders()}
| Năm sinh: {case.w(str(father.born.year)) if father else ""} | Dân tộc: {case.w(father.nation) if father else ""} | Quốc tịch: {case.w("Việt Nam") if father else ""}
Nơi cư trú: {case.w(father.address) if father else case.leaders()}
{earlier}
{_OATH}
{_sign(case)}
Đề nghị cấp bản sao{case.pick("", " (5)")}: Có □ , Không □
Số lượng: {case.w("03")} bản
""")


@form("giay_chung_sinh", 0.35)
def live_birth(case: Case) -> None:
    story, child = case.story, case.story.child
    _, mother = _couple(case)
    case.begin(case.pick(A4, A5, A5_WIDE))
    hospital = case.pick("TRUNG TÂM Y TẾ HUYỆN VÂN ĐIỀN", "BỆNH VIỆN SẢN - NHI ĐÔNG SA", "BỆNH VIỆN ĐA KHOA HÒA TRẠCH")
    number = case.v("so_gcs", f"{case.digits(12, 2400)}/{story.day.year}")
    case.motto([case.pick("SỞ Y TẾ", "BỘ Y TẾ"), hospital], f"Số: {number}")
    weight = case.digits(2300, 4100)
    case.s.form(f"""
= GIẤY CHỨNG SINH
Họ và tên {case.pick("mẹ", "mẹ/Người nuôi dưỡng", "mẹ/người nuôi dưỡng")}: {case.name("ho_ten_me", mother, True)}
Năm sinh: {case.w(str(mother.born.year))}
Nơi đăng ký thường trú: {case.w(mother.address)}
Mã số BHXH/Thẻ BHYT số: {case.w("GD4" + str(case.digits(10**11, 10**12 - 1)))}
Số CCCD/Hộ chiếu: {case.w(mother.pid)}   Dân tộc: {case.w(mother.nation)}
{case.pick("Đã sinh con vào lúc", "Đã sinh con lúc")}: {case.w(str(case.digits(0, 23)))} giờ {case.w(str(case.digits(10, 59)))} phút, ngày {case.v("sinh_luc", in_words(child.born).removeprefix("ngày "), child.born.isoformat())}
Tại: {case.w(hospital.capitalize())}
Số lần sinh: {case.w("2")}   Số con hiện sống: {case.w("2")}   Số con trong lần sinh này: {case.w("1")}
Giới tính của con: {case.w(child.sex)}   Cân nặng{case.pick("", " của con")}: {case.v("can_nang_g", str(weight))} {case.pick("gram", "g", "gam")}
Hiện trạng sức khỏe của con: {case.w("Khỏe")}
Dự kiến đặt tên con là: {case.w(child.name)}
Ghi chú: …………………
<> Xác nhận của cha, mẹ | {case.place_date(child.born)}
<> hoặc người thân thích | Thủ trưởng cơ sở y tế
<> Người đỡ đẻ | (Ký tên, đóng dấu)
""")


@form("giay_khai_sinh", 0.05)
def birth_certificate(case: Case) -> None:
    story, child = case.story, case.story.child
    father, mother = _couple(case)
    case.begin(A4)
    number = case.v("so", case.pick(f"{case.digits(1, 300)}/{story.day.year}", f"{case.digits(1, 300)}"))
    case.motto([*case.agency()], case.pick(f"Số: {number}", f"Số{case.pick(': ', ' ')}{number}"))
    copy = case.maybe(0.25)
    day = story.day
    case.s.form(f"""
= GIẤY KHAI SINH
{"~ (BẢN SAO)" if copy else ""}
Họ, chữ đệm, tên: {case.name("ho_ten", child, True)}
Ngày, tháng, năm sinh: {case.v("ngay_sinh", dmy(child.born), child.born.isoformat())} ghi bằng chữ: {case.w("Ngày mùng hai tháng chín năm hai nghìn không trăm mười chín")}
| Giới tính: {case.v("gioi_tinh", child.sex)} | Dân tộc: {case.w(child.nation)} | Quốc tịch: {case.w("Việt Nam")}
Nơi sinh: {case.w("Trung tâm Y tế huyện Vân Điền")}
Quê quán: {case.w(story.place)}
Số định danh cá nhân: {case.v("so_dinh_danh", child.pid)}
Họ, chữ đệm, tên người mẹ: {case.w(mother.name.upper())}
| Năm sinh: {case.w(str(mother.born.year))} | Dân tộc: {case.w(mother.nation)} | Quốc tịch: Việt Nam
Nơi cư trú: {case.w(mother.address)}
Họ, chữ đệm, tên người cha: {case.w(father.name.upper())}
| Năm sinh: {case.w(str(father.born.year))} | Dân tộc: {case.w(father.nation)} | Quốc tịch: Việt Nam
Nơi cư trú: {case.w(father.address)}
Họ, chữ đệm, tên người đi khai sinh: {case.w(story.applicant.name)}
Giấy tờ tùy thân: {case.w("CCCD số " + story.applicant.pid)}
Nơi đăng ký khai sinh: {case.v("noi_dang_ky", f"{story.people_committee}{story.place.removeprefix(story.commune_name)}")}
Ngày, tháng, năm đăng ký: {case.date("ngay_dang_ky", day)}
{f"Sao từ Sổ đăng ký khai sinh, {case.place_date()}" if copy else ""}

<> NGƯỜI ĐI KHAI SINH | {case.pick("NGƯỜI KÝ GIẤY KHAI SINH", "CHỦ TỊCH")}
<> {story.applicant.name} | {case.pick("", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH")}
""")


@form("giay_khai_sinh", 0.85)
def birth_certificate_old(case: Case) -> None:
    """The form of the eighties and nineties, mostly in handwriting."""
    story, child = case.story, case.story.parent
    case.begin(A5)
    case.motto(
        [
            f"Xã, thị trấn: {story.commune}",
            f"Huyện, quận: {story.district or 'Hòa Trạch'}",
            f"Tỉnh, T.phố: {story.province}",
        ]
    )
    case.s.form(
        f"""
^ Mẫu HT2-P3
= GIẤY KHAI SINH
{case.pick("~ BẢN SAO", "~ (BẢN CHÍNH)", "")}
| Số: {case.v("so", str(case.digits(1, 300)))} | Quyển số: {case.w("02")}
Họ và tên: {case.w(child.name)}   Nam, Nữ: {case.w(child.sex)}
Ngày, tháng, năm sinh: {case.date("ngay_sinh", child.born)}
Nơi sinh: {case.w(story.place)}
|| Phần ghi về cha, mẹ | Người mẹ | Người cha
|| Họ và tên | {case.w("Lê Thị Nở")} | {case.w("Hồ Văn Đá")}
|| Tuổi | {case.w("34")} | {case.w("36")}
|| Dân tộc | {case.w("Kinh")} | {case.w("Kinh")}
|| Quốc tịch | {case.w("Việt Nam")} | {case.w("Việt Nam")}
|| Nghề nghiệp | {case.w("Làm nông")} | {case.w("Làm nông")}
|| Nơi ĐKNK thường trú | {case.w(story.commune)} | {case.w(story.commune)}
Họ và tên, tuổi, nơi ĐKNK thường trú, số giấy chứng minh nhân dân của người đứng khai: {case.w("Hồ Văn Đá")}
<> Người đứng khai | Đăng ký ngày …… tháng …… năm 19……
<> (Ký tên) | TM. UBND ký tên, đóng dấu
""",
        (0.34, 0.33, 0.33),
    )


@form("trich_luc_khai_sinh")
def birth_extract(case: Case) -> None:
    story, child = case.story, case.story.child
    father, mother = _couple(case)
    case.begin(A4)
    number = case.v("so", f"{case.digits(1, 900)}/TLKS{case.pick('-BS', '', '-BS')}")
    case.motto(case.agency(), f"Số: {number}", case.place_date())
    case.s.form(f"""
= TRÍCH LỤC KHAI SINH
= (BẢN SAO)
Họ, chữ đệm, tên: {child.name.upper()}
Ngày, tháng, năm sinh: {case.v("ngay_sinh", dmy(child.born), child.born.isoformat())}
Ghi bằng chữ: ngày tám tháng hai năm hai nghìn không trăm hai mươi
| Giới tính: {child.sex} | Dân tộc: {child.nation} | Quốc tịch: Việt Nam
Nơi sinh: Bệnh viện Đa khoa Hòa Trạch
Quê quán: {story.place}
Số định danh cá nhân: {child.pid}
Họ, chữ đệm, tên người mẹ: {mother.name.upper()}
| Năm sinh: {mother.born.year} | Dân tộc: {mother.nation} | Quốc tịch: Việt Nam
Họ, chữ đệm, tên người cha: {father.name.upper()}
| Năm sinh: {father.born.year} | Dân tộc: {father.nation} | Quốc tịch: Việt Nam
Nơi đăng ký khai sinh: {story.people_committee}
Số: {case.digits(1, 100)}, ngày {dmy(child.born + dt.timedelta(days=20))}
Ghi chú: {case.pick("Không", "……………………")}
Thực hiện trích lục từ: Sổ đăng ký khai sinh

<>  | NGƯỜI KÝ TRÍCH LỤC
<>  | (Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)
<>  | {story.other.name}
""")


@form("to_khai_ket_hon", 0.3)
def marriage_declaration(case: Case) -> None:
    story = case.story
    man, woman = _couple(case)
    again = story.procedure_name.startswith("Đăng ký lại")
    case.begin(A4)
    case.motto()
    times = case.v("lan_ket_hon", case.pick("Lần thứ nhất", "01", "lần 1"))
    case.s.form(f"""
= TỜ KHAI ĐĂNG KÝ {"LẠI " if again else ""}KẾT HÔN
{_to(case)}
""")
    rows = [
        "|| Thông tin | Bên nữ | Bên nam",
        f"|| Họ, chữ đệm, tên | {case.w(woman.name)} | {case.w(man.name)}",
        f"|| Ngày, tháng, năm sinh | {case.w(dmy(woman.born))} | {case.w(dmy(man.born))}",
        f"|| Dân tộc | {case.w(woman.nation)} | {case.w(man.nation)}",
        f"|| Quốc tịch | {case.w('Việt Nam')} | {case.w('Việt Nam')}",
        f"|| Nơi cư trú (2) | {case.w(woman.address)} | {case.w(man.address)}",
        f"|| Giấy tờ tùy thân (3) | {case.w('CCCD số ' + woman.pid)} | {case.w('CCCD số ' + man.pid)}",
        f"|| Kết hôn lần thứ mấy | {times} | {case.w('lần 1')}",
    ]
    case.fields.pop("lan_ket_hon", None)  # two people's answers stand side by side
    case.s.form("\n".join(rows), (0.28, 0.36, 0.36))
    case.s.form(f"""
Chúng tôi cam đoan những lời khai trên đây là đúng sự thật, việc kết hôn của chúng tôi là tự nguyện, không vi phạm quy định của Luật Hôn nhân và gia đình Việt Nam.
Chúng tôi chịu hoàn toàn trách nhiệm trước pháp luật về nội dung cam đoan của mình.
Đề nghị cấp bản sao: Có □, Không □    Số lượng: ……… bản
>> {case.where()}, ngày …… tháng …… năm {story.day.year}
<> Bên nữ | Bên nam
<> (Ký, ghi rõ họ, chữ đệm, tên) | (Ký, ghi rõ họ, chữ đệm, tên)
""")


@form("giay_cn_ket_hon", 0.05)
def marriage_certificate(case: Case) -> None:
    story = case.story
    man, woman = _couple(case)
    case.begin(case.pick(A4, A5_WIDE))
    case.motto(case.agency(), f"Số: {case.v('so', f'{case.digits(1, 120)}/{story.day.year}')}")
    long = case.maybe(0.5)
    case.s.form("= GIẤY CHỨNG NHẬN KẾT HÔN")
    if long:
        case.s.form(f"""
Họ, chữ đệm, tên vợ: {case.name("ho_ten_vo", woman, True)}
Ngày, tháng, năm sinh: {case.w(dmy(woman.born))}
Dân tộc: {case.w(woman.nation)}   Quốc tịch: Việt Nam
Nơi cư trú: {case.w(woman.address)}
Giấy tờ tùy thân: {case.w("CCCD số " + woman.pid)}
Họ, chữ đệm, tên chồng: {case.name("ho_ten_chong", man, True)}
Ngày, tháng, năm sinh: {case.w(dmy(man.born))}
Dân tộc: {case.w(man.nation)}   Quốc tịch: Việt Nam
Nơi cư trú: {case.w(man.address)}
""")
    else:
        case.s.form(f"""
| Họ, chữ đệm, tên vợ: {case.name("ho_ten_vo", woman, True)} | Họ, chữ đệm, tên chồng: {case.name("ho_ten_chong", man, True)}
| Ngày, tháng, năm sinh: {case.w(dmy(woman.born))} | Ngày, tháng, năm sinh: {case.w(dmy(man.born))}
| Dân tộc: {woman.nation} | Dân tộc: {man.nation}
| Quốc tịch: Việt Nam | Quốc tịch: Việt Nam
| Giấy tờ tùy thân: {case.w(woman.pid)} | Giấy tờ tùy thân: {case.w(man.pid)}
""")
    case.s.form(f"""
Nơi đăng ký kết hôn: {case.w(story.people_committee)}
Ngày, tháng, năm đăng ký: {case.date("ngay_dang_ky", story.day)}
{case.pick("", "Giấy chứng nhận kết hôn này có giá trị kể từ ngày đăng ký.")}
<> Vợ | Chồng
<> (Ký, ghi rõ họ, chữ đệm, tên) | (Ký, ghi rõ họ, chữ đệm, tên)
<>  | NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN
""")


@form("to_khai_xn_tthn", 0.25)
def single_declaration(case: Case) -> None:
    who = case.story.applicant
    case.begin(A4)
    case.motto()
    state = case.pick("chưa đăng ký kết hôn với ai", "Chưa kết hôn", "đã ly hôn, hiện tại chưa kết hôn với ai")
    purpose = case.pick(
        "để làm thủ tục đăng ký kết hôn",
        "làm thủ tục chuyển nhượng quyền sử dụng đất",
        "bổ túc hồ sơ vay vốn ngân hàng",
    )
    case.s.form(f"""
= {case.pick("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "TỜ KHAI CẤP GIẤY XÁC NHẬN // TÌNH TRẠNG HÔN NHÂN")}
{_to(case)}
{_ask(case)}
Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân: {case.w(case.pick("bản thân", "Cha ruột"))}
Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:
Họ, chữ đệm, tên: {case.w(who.name)}
Ngày, tháng, năm sinh: {case.w(dmy(who.born))}
| Giới tính: {case.w(who.sex)} | Dân tộc: {case.w(who.nation)} | Quốc tịch: {case.w("Việt Nam")}
Nơi cư trú: {case.w(who.address)}
Giấy tờ tùy thân: {_proof(case, who)}
Tình trạng hôn nhân{_note(case)}: {case.v("tinh_trang", state)}
{case.pick("", "Trong thời gian cư trú tại …………………… từ ngày …… đến ngày ……")}
Mục đích sử dụng Giấy xác nhận tình trạng hôn nhân{_note(case)}: {case.v("muc_dich", purpose)}
{_OATH}
{_sign(case)}
""")


@form("giay_xn_tthn")
def single_certificate(case: Case) -> None:
    who = case.story.applicant
    case.begin(A4)
    number = case.v("so_ky_hieu", f"{case.digits(1, 800)}/{case.pick('UBND-XNTTHN', 'XNTTHN', 'UBND-XNTTHN')}")
    case.motto(case.agency(), f"Số: {number}", case.place_date())
    purpose = case.pick("làm thủ tục đăng ký kết hôn", "bổ sung hồ sơ mua bán nhà đất", "vay vốn tại ngân hàng")
    case.s.form(f"""
= GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN
{case.pick("", "~ CHỦ TỊCH ỦY BAN NHÂN DÂN")}
Xét đề nghị của ông/bà: {who.name}, về việc cấp Giấy xác nhận tình trạng hôn nhân cho: {who.name}
= XÁC NHẬN:
Họ, chữ đệm, tên: {who.name.upper()}
Ngày, tháng, năm sinh: {dmy(who.born)}
| Giới tính: {who.sex} | Dân tộc: {who.nation} | Quốc tịch: Việt Nam
Giấy tờ tùy thân: Căn cước công dân số {who.pid}
Nơi cư trú: {who.address}
Tình trạng hôn nhân: {case.pick("Chưa đăng ký kết hôn với ai.", "Đã ly hôn theo Bản án số 41/2019/HNGĐ-ST; từ đó đến nay chưa đăng ký kết hôn với ai.")}
Giấy này được cấp để: {case.v("muc_dich", purpose)}{case.pick("", ".")}
Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp./.

<>  | NGƯỜI KÝ GIẤY XÁC NHẬN
<>  | (Ký, ghi rõ họ, chữ đệm, tên, chức vụ và đóng dấu)
""")


@form("to_khai_khai_tu", 0.3)
def death_declaration(case: Case) -> None:
    story, dead = case.story, case.story.parent
    died = story.day - dt.timedelta(days=case.digits(1, 14))
    case.begin(A4)
    case.motto()
    case.s.form(f"""
= {"TỜ KHAI ĐĂNG KÝ LẠI KHAI TỬ" if story.procedure_name.startswith("Đăng ký lại") else "TỜ KHAI ĐĂNG KÝ KHAI TỬ"}
{_to(case)}
{_ask(case)}
Quan hệ với người đã chết: {case.w(case.pick("con", "Cháu nội"))}
Đề nghị cơ quan đăng ký khai tử cho người có tên dưới đây:
Họ, chữ đệm, tên: {case.w(dead.name)}
Ngày, tháng, năm sinh: {case.w(dmy(dead.born))}
| Giới tính: {case.w(dead.sex)} | Dân tộc: {case.w(dead.nation)} | Quốc tịch: {case.w("Việt Nam")}
Nơi cư trú cuối cùng: {case.w(dead.address)}
Giấy tờ tùy thân: {_proof(case, dead)}
Đã chết vào lúc: {case.w(str(case.digits(1, 23)))} giờ {case.w("30")} phút, ngày {case.v("chet_luc", in_words(died).removeprefix("ngày "), died.isoformat())}
Nơi chết: {case.v("noi_chet", case.pick("tại nhà riêng", "Bệnh viện Đa khoa Hòa Trạch", "Nhà ở"))}
Nguyên nhân chết: {case.w(case.pick("Bệnh già", "Tai biến mạch máu não"))}
Số Giấy báo tử/ Giấy tờ thay thế Giấy báo tử: {case.w("12/2022")} do {case.w(story.people_committee)} cấp {in_words(died)}
{_OATH}
{_sign(case)}
Đề nghị cấp bản sao: Có □, Không □  Số lượng: …… bản
""")


@form("giay_bao_tu", 0.15)
def death_notice(case: Case) -> None:
    story, dead = case.story, case.story.parent
    died = story.day - dt.timedelta(days=case.digits(1, 14))
    case.begin(case.pick(A4, A5))
    hospital = case.maybe(0.6)
    number = case.v("so", f"{case.digits(1, 90)}/{case.pick(str(story.day.year), 'GBT', 'GBT-UBND')}")
    left = ["SỞ Y TẾ", "BỆNH VIỆN ĐA KHOA HÒA TRẠCH"] if hospital else case.agency()
    case.motto(left, f"Số: {number}", case.place_date(died))
    if hospital:
        case.s.form(f"""
= GIẤY BÁO TỬ
Họ và tên người tử vong: {case.w(dead.name.upper())}
| Ngày, tháng, năm sinh: {case.w(dmy(dead.born))} | Giới tính: {case.w(dead.sex)}
Dân tộc: {case.w(dead.nation)}  Quốc tịch: {case.w("Việt Nam")}
Nơi thường trú/tạm trú: {case.w(dead.address)}
Số định danh cá nhân: {case.w(dead.pid)}
Đã tử vong vào lúc: {case.w(str(case.digits(1, 23)))} giờ {case.w("05")} phút, ngày {case.v("tu_vong_luc", in_words(died).removeprefix("ngày "), died.isoformat())}
Nơi tử vong: {case.w("Bệnh viện Đa khoa Hòa Trạch")}
Nguyên nhân tử vong: {case.w("Suy hô hấp")}
<> Người thân thích | Thủ trưởng cơ sở khám bệnh, chữa bệnh
<> (Ký, ghi rõ họ tên) | (Ký tên, đóng dấu)
""")
        return
    case.s.form(f"""
= GIẤY BÁO TỬ
~ {story.people_committee.upper()}
Báo tử cho người có tên dưới đây:
Họ, chữ đệm, tên: {case.w(dead.name.upper())}
Ngày, tháng, năm sinh: {case.w(dmy(dead.born))}
Dân tộc: {case.w(dead.nation)}   Quốc tịch: Việt Nam
Nơi cư trú cuối cùng: {case.w(dead.address)}
Đã chết vào lúc {case.w("4")} giờ {case.w("20")} phút, {in_words(died)}
Nơi chết: {case.w("tại nhà")}
Nguyên nhân: {case.w("già yếu")}
<>  | TM. ỦY BAN NHÂN DÂN
<>  | CHỦ TỊCH
""")


@form("trich_luc_khai_tu")
def death_extract(case: Case) -> None:
    story, dead = case.story, case.story.parent
    died = story.day - dt.timedelta(days=case.digits(1, 14))
    copy = case.maybe(0.4)
    case.begin(A4)
    number = case.v("so", f"{case.digits(1, 90)}/TLKT{'-BS' if copy else ''}")
    case.motto(case.agency(), f"Số: {number}", case.place_date())
    cause = case.pick("Bệnh già", "Già yếu", "Tai nạn giao thông", "Ung thư gan")
    case.s.form(f"""
= TRÍCH LỤC KHAI TỬ{" (BẢN SAO)" if copy else ""}
Họ, chữ đệm, tên: {dead.name.upper()}
Ngày, tháng, năm sinh: {dmy(dead.born)}
| Giới tính: {dead.sex} | Dân tộc: {dead.nation} | Quốc tịch: Việt Nam
{case.pick("Nơi cư trú cuối cùng: " + dead.address, "")}
Số định danh cá nhân/Giấy tờ tùy thân: {dead.pid}
Đã chết vào lúc {case.digits(1, 23)} giờ 15 phút, {in_words(died)}
Ghi bằng chữ: ngày mười bốn tháng ba năm hai nghìn không trăm hai mươi mốt
Nơi chết: {case.pick("tại nhà", "Bệnh viện Đa khoa Hòa Trạch")}
Nguyên nhân chết: {case.v("nguyen_nhan", cause)}
Giấy báo tử/Giấy tờ thay thế Giấy báo tử số: {case.digits(1, 50)} do {story.people_committee} cấp {in_words(died)}
Nơi đăng ký khai tử: {story.people_committee}
Số: {case.digits(1, 70)} ngày {dmy(story.day)}
Họ, chữ đệm, tên người đi khai tử: {story.applicant.name}

<>  | NGƯỜI KÝ TRÍCH LỤC
<>  | {story.other.name}
""")


@form("trich_luc_khai_tu", 0.5)
def death_certificate_old(case: Case) -> None:
    story, dead = case.story, case.story.parent
    case.begin(A5)
    case.motto(
        [f"Xã: {story.commune}", f"Huyện: {story.district or 'Hòa Trạch'}"],
        f"Số: {case.v('so', str(case.digits(1, 70)))}",
    )
    case.s.form(f"""
= GIẤY CHỨNG TỬ
~ {case.pick("(BẢN SAO)", "")}
Họ và tên: {case.w(dead.name)}   Giới tính: {case.w(dead.sex)}
Sinh ngày: {case.w(dmy(dead.born))}
Nơi thường trú/tạm trú cuối cùng: {case.w(dead.address)}
Đã chết vào lúc: {case.w("9")} giờ {case.w("00")} phút, ngày {case.w("14 tháng 3 năm 2009")}
Nơi chết: {case.w("tại nhà")}
Nguyên nhân chết: {case.v("nguyen_nhan", case.pick("bệnh già", "bệnh tim"))}
Đăng ký khai tử ngày {case.w("16")} tháng {case.w("3")} năm {case.w("2009")}
<> CÁN BỘ TƯ PHÁP HỘ TỊCH | CHỦ TỊCH
""")


@form("to_khai_trich_luc", 0.3)
def extract_declaration(case: Case) -> None:
    story, who = case.story, case.story.child
    case.begin(A4)
    case.motto()
    what = case.pick("khai sinh", "kết hôn", "khai tử")
    entered = dt.date(case.digits(1988, 2016), case.digits(1, 12), case.digits(1, 28))
    number, book = case.digits(1, 200), f"{case.digits(1, 3):02d}/{entered.year}"
    case.s.form(f"""
= TỜ KHAI CẤP BẢN SAO TRÍCH LỤC {case.pick("HỘ TỊCH", "HỘ TỊCH", what.upper())}
{_to(case)}
{_ask(case)}
Quan hệ với người được cấp bản sao Trích lục hộ tịch: {case.w("con")}
Đề nghị cấp bản sao trích lục {case.w(what)} cho người có tên dưới đây:
Họ, chữ đệm, tên: {case.w(who.name)}
Ngày, tháng, năm sinh: {case.w(dmy(who.born))}
| Giới tính: {case.w(who.sex)} | Dân tộc: {case.w(who.nation)} | Quốc tịch: {case.w("Việt Nam")}
Nơi cư trú: {case.w(who.address)}
Giấy tờ tùy thân: {case.w("CCCD " + who.pid)}
Số định danh cá nhân (nếu có): {case.w(who.pid)}
Đã đăng ký tại: {case.w(story.people_committee)}
Ngày đăng ký{case.pick(":", " :")} {case.date("ngay_dang_ky", entered)}   Số: {case.v("so_dang_ky", str(number))}   Quyển số: {case.v("quyen_so", book)}
Số lượng bản sao yêu cầu cấp: {case.v("so_ban_sao", case.pick("02", "3", "05"))} bản
{_OATH}
{_sign(case)}
""")


@form("to_khai_cai_chinh", 0.3)
def correction_declaration(case: Case) -> None:
    story, who = case.story, case.story.child
    case.begin(A4)
    case.motto()
    wrong, right = case.pick(
        ("chữ đệm “Thị”", "chữ đệm “Thi”"), ("năm sinh 1986", "năm sinh 1988"), ("tên “Bé”", "tên “Bế”")
    )
    kind = case.pick("cải chính hộ tịch", "thay đổi hộ tịch", "bổ sung thông tin hộ tịch")
    case.s.form(f"""
= {case.pick("TỜ KHAI ĐĂNG KÝ VIỆC THAY ĐỔI, CẢI CHÍNH, BỔ SUNG THÔNG TIN HỘ TỊCH, XÁC ĐỊNH LẠI DÂN TỘC", "TỜ KHAI // ĐĂNG KÝ VIỆC THAY ĐỔI, CẢI CHÍNH, // BỔ SUNG THÔNG TIN HỘ TỊCH, XÁC ĐỊNH LẠI DÂN TỘC", "TỜ KHAI ĐĂNG KÝ CẢI CHÍNH HỘ TỊCH")}
{_to(case)}
{_ask(case)}
Quan hệ với người đề nghị được thay đổi, cải chính, xác định lại dân tộc, bổ sung thông tin hộ tịch: {case.w("con")}
Đề nghị cơ quan đăng ký việc {case.w(kind)} cho người có tên dưới đây:
Họ, chữ đệm, tên: {case.w(who.name)}
Ngày, tháng, năm sinh: {case.w(dmy(who.born))}
| Giới tính: {case.w(who.sex)} | Dân tộc: {case.w(who.nation)} | Quốc tịch: {case.w("Việt Nam")}
Nơi cư trú: {case.w(who.address)}
Đã đăng ký {case.w("khai sinh")} tại: {case.w(story.people_committee)} ngày {case.w("11/02/2003")} số: {case.w("17")} Quyển số: {case.w("01")}
Nội dung: {case.w("từ " + wrong)} thành {case.v("noi_dung", right)}
Lý do: {case.w("ghi sai khi đăng ký")}
{_OATH}
{_sign(case)}
""")


@form("trich_luc_cai_chinh")
def correction_extract(case: Case) -> None:
    story, who = case.story, case.story.child
    case.begin(A4)
    number = case.v("so", f"{case.digits(1, 90)}/{case.pick('TLCCHT', 'TLTĐHT', 'TLBSHT')}")
    case.motto(case.agency(), f"Số: {number}", case.place_date())
    case.s.form(f"""
= {case.pick("TRÍCH LỤC CẢI CHÍNH HỘ TỊCH", "TRÍCH LỤC // THAY ĐỔI, CẢI CHÍNH, BỔ SUNG THÔNG TIN HỘ TỊCH", "TRÍCH LỤC THAY ĐỔI HỘ TỊCH")}
Họ, chữ đệm, tên: {who.name.upper()}
Ngày, tháng, năm sinh: {dmy(who.born)}
| Giới tính: {who.sex} | Dân tộc: {who.nation} | Quốc tịch: Việt Nam
Nơi cư trú: {who.address}
Đã đăng ký cải chính hộ tịch tại {story.people_committee}, số {case.digits(1, 40)} ngày {dmy(story.day)}
Trong: Giấy khai sinh số 17, đăng ký ngày 11/02/2003
Nội dung: cải chính năm sinh của người mẹ từ 1986 thành 1988
<>  | NGƯỜI KÝ TRÍCH LỤC
""")


@form("trich_luc_ho_tich_khac")
def other_extract(case: Case) -> None:
    story, who = case.story, case.story.child
    case.begin(A4)
    case.motto(case.agency(), f"Số: {case.digits(1, 50)}/TLNCMC", case.place_date())
    title = case.pick(
        "TRÍCH LỤC ĐĂNG KÝ NHẬN CHA, MẸ, CON",
        "TRÍCH LỤC // ĐĂNG KÝ NHẬN CHA, MẸ, CON",
        "TRÍCH LỤC ĐĂNG KÝ GIÁM HỘ",
        "TRÍCH LỤC GHI CHÚ LY HÔN",
    )
    case.s.form(f"""
= {title}
Họ, chữ đệm, tên người {case.pick("cha", "giám hộ")}: {story.applicant.name.upper()}
Ngày, tháng, năm sinh: {dmy(story.applicant.born)}
| Dân tộc: {story.applicant.nation} | Quốc tịch: Việt Nam
Nơi cư trú: {story.applicant.address}
Giấy tờ tùy thân: CCCD số {story.applicant.pid}
Họ, chữ đệm, tên người con: {who.name.upper()}
Ngày, tháng, năm sinh: {dmy(who.born)}
Nơi đăng ký: {story.people_committee}
{case.pick("Ngày, tháng, năm đăng ký", "Ngày, tháng, năm đăng ký")}: {case.date("ngay_dang_ky", story.day)}
<>  | NGƯỜI KÝ TRÍCH LỤC
""")


@form("qd_ly_hon")
def divorce(case: Case) -> None:
    story = case.story
    man, woman = _couple(case)
    case.begin(A4)
    number = case.v("so_qd", f"{case.digits(1, 300)}/{story.day.year}/QĐST-HNGĐ")
    court = f"TÒA ÁN NHÂN DÂN HUYỆN {(story.district or 'Hòa Trạch').upper()}"
    case.motto([court, f"TỈNH {story.province.upper()}"], f"Số: {number}", case.place_date())
    case.s.form(f"""
= QUYẾT ĐỊNH
= CÔNG NHẬN THUẬN TÌNH LY HÔN VÀ SỰ THỎA THUẬN CỦA CÁC ĐƯƠNG SỰ
Căn cứ vào Điều 212 và Điều 213 của Bộ luật Tố tụng dân sự;
Căn cứ vào các Điều 55, 57, 58, 81, 82, 83 và 84 của Luật Hôn nhân và gia đình;
Sau khi nghiên cứu hồ sơ vụ án dân sự thụ lý số {case.digits(10, 300)}/{story.day.year}/TLST-HNGĐ giữa:
Nguyên đơn: {woman.title.capitalize()} {woman.name}, sinh năm {woman.born.year}
Địa chỉ: {woman.address}
Bị đơn: {man.title.capitalize()} {man.name}, sinh năm {man.born.year}
Địa chỉ: {man.address}
= XÉT THẤY:
Việc thuận tình ly hôn và thỏa thuận của các đương sự được ghi trong biên bản ghi nhận sự tự nguyện ly hôn và hòa giải thành là hoàn toàn tự nguyện và không vi phạm điều cấm của luật, không trái đạo đức xã hội.
Đã hết thời hạn 07 ngày, kể từ ngày lập biên bản, không có đương sự nào thay đổi ý kiến về sự thỏa thuận đó.
= QUYẾT ĐỊNH:
1. Công nhận sự thuận tình ly hôn giữa: Bà {woman.name} và ông {man.name}.
2. Công nhận sự thỏa thuận của các đương sự cụ thể như sau:
Về quan hệ hôn nhân: Bà {woman.name} và ông {man.name} thuận tình ly hôn.
Về con chung: Giao cháu {story.child.name} cho bà {woman.name} trực tiếp nuôi dưỡng, chăm sóc, giáo dục. Ông {man.name} có nghĩa vụ cấp dưỡng nuôi con mỗi tháng 1.500.000 đồng.
Về tài sản chung, nợ chung: Các đương sự tự thỏa thuận, không yêu cầu Tòa án giải quyết.
Về án phí: Bà {woman.name} tự nguyện chịu 150.000 đồng án phí hôn nhân và gia đình sơ thẩm.
3. Quyết định này có hiệu lực pháp luật ngay sau khi được ban hành và không bị kháng cáo, kháng nghị theo thủ tục phúc thẩm.
4. Quyết định này được thi hành theo quy định tại Điều 2 Luật Thi hành án dân sự.
<> Nơi nhận: | THẨM PHÁN
<> - Các đương sự; |
<> - VKSND huyện; |
""")


@form("qd_ly_hon")
def divorce_judgement(case: Case) -> None:
    story = case.story
    man, woman = _couple(case)
    case.begin(A4)
    number = case.v("so_qd", f"{case.digits(1, 90)}/{story.day.year}/HNGĐ-ST")
    court = f"TÒA ÁN NHÂN DÂN HUYỆN {(story.district or 'Hòa Trạch').upper()}"
    case.motto([court, f"TỈNH {story.province.upper()}"], "")
    case.s.form(f"""
Bản án số: {number}
Ngày {story.day.day} - {story.day.month} - {story.day.year}
V/v “Tranh chấp về ly hôn, nuôi con”
= NHÂN DANH
= NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
= TÒA ÁN NHÂN DÂN HUYỆN {(story.district or "Hòa Trạch").upper()}
- Thành phần Hội đồng xét xử sơ thẩm gồm có:
Thẩm phán - Chủ tọa phiên tòa: Ông {story.other.name}
Các Hội thẩm nhân dân: Bà Lê Thị Sáng, ông Hồ Văn Kiệm
Trong các ngày {dmy(story.day)} tại trụ sở Tòa án nhân dân huyện xét xử sơ thẩm công khai vụ án thụ lý số 112/TLST-HNGĐ về việc “Tranh chấp về ly hôn, nuôi con” giữa các đương sự:
Nguyên đơn: Bà {woman.name}, sinh năm {woman.born.year}; địa chỉ: {woman.address}; có mặt.
Bị đơn: Ông {man.name}, sinh năm {man.born.year}; vắng mặt.
---
= NỘI DUNG VỤ ÁN:
Theo đơn khởi kiện, nguyên đơn trình bày: Bà và ông {man.name} tự nguyện kết hôn, có đăng ký kết hôn tại {story.people_committee}. Quá trình chung sống phát sinh mâu thuẫn, hai bên sống ly thân từ năm {story.day.year - 2}.
= NHẬN ĐỊNH CỦA TÒA ÁN:
Xét yêu cầu ly hôn của nguyên đơn là có căn cứ, phù hợp với Điều 56 Luật Hôn nhân và gia đình.
= QUYẾT ĐỊNH:
Xử: Cho bà {woman.name} được ly hôn ông {man.name}.
<> Nơi nhận: | TM. HỘI ĐỒNG XÉT XỬ
""")


@form("gcn_nuoi_con_nuoi", 0.05)
def adoption(case: Case) -> None:
    story, who = case.story, case.story.child
    case.begin(A4)
    case.motto(case.agency(), f"Số: {case.digits(1, 20)}/{story.day.year}")
    case.s.form(f"""
= {case.pick("GIẤY CHỨNG NHẬN NUÔI CON NUÔI TRONG NƯỚC", "GIẤY CHỨNG NHẬN // NUÔI CON NUÔI TRONG NƯỚC")}
|| CHA NUÔI | MẸ NUÔI
|| Họ, chữ đệm, tên: {case.w(story.applicant.name)} | Họ, chữ đệm, tên: {case.w(story.spouse.name)}
|| Ngày, tháng, năm sinh: {case.w(dmy(story.applicant.born))} | Ngày, tháng, năm sinh: {case.w(dmy(story.spouse.born))}
|| Dân tộc: Kinh | Dân tộc: Kinh
Con nuôi:
Họ, chữ đệm, tên: {case.w(who.name)}   Giới tính: {case.w(who.sex)}
Ngày, tháng, năm sinh: {case.w(dmy(who.born))}
Nơi sinh: {case.w(story.place)}
Nơi đăng ký: {case.w(story.people_committee)}
Ngày, tháng, năm đăng ký: {case.date("ngay_dang_ky", story.day)}
<> CHA NUÔI, MẸ NUÔI | CHỦ TỊCH
""")


@form("so_ho_tich", 0.9)
def civil_book(case: Case) -> None:
    story, who = case.story, case.story.child
    case.begin(A4)
    what = case.pick("KHAI SINH", "KẾT HÔN", "KHAI TỬ")
    case.s.form(f"""
= {case.pick("SỔ ĐĂNG KÝ", "SỔ")} {what}
~ Quyển số: {case.v("quyen_so", f"{case.digits(1, 3):02d}/{case.digits(1987, 2010)}")}
Số: {case.v("so", str(case.digits(1, 300)))}   Ngày, tháng, năm đăng ký: {case.w(dmy(story.day))}
Họ và tên: {case.w(who.name)}   Nam, nữ: {case.w(who.sex)}
Ngày, tháng, năm sinh: {case.w(dmy(who.born))}
Nơi sinh: {case.w(story.place)}
Dân tộc: {case.w(who.nation)}   Quốc tịch: {case.w("Việt Nam")}
Họ và tên người cha: {case.w(story.applicant.name)}
Họ và tên người mẹ: {case.w(story.spouse.name)}
Ghi chú: những thay đổi sau khi đăng ký
<> Người đi khai | Cán bộ hộ tịch
""")
