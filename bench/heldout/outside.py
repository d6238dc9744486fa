# ruff: noqa: E501  (a paragraph of a form is one line)
"""Papers that no catalogue entry stands for: what lies in dossiers and deliveries all the same.

Many are near misses: they name catalogue papers in sentences, lists and titles of their own.
"""

from __future__ import annotations

from heldout.case import Case, Maker, form
from heldout.layout import A4, A5
from heldout.story import dmy, grouped, in_words


def outside(make: Maker) -> Maker:
    """Register a paper of an unknown type."""
    return form("unknown")(make)


_LAW = (
    "Cơ quan đăng ký hộ tịch thực hiện đăng ký khai sinh, kết hôn, khai tử theo quy định của pháp luật.",
    "Người yêu cầu đăng ký khai sinh nộp tờ khai theo mẫu quy định và giấy chứng sinh cho cơ quan đăng ký hộ tịch.",
    "Trường hợp hồ sơ chưa đầy đủ, hợp lệ thì trong thời hạn 03 ngày phải thông báo và hướng dẫn người nộp hồ sơ bổ sung.",
    "Ủy ban nhân dân cấp xã có trách nhiệm niêm yết công khai kết quả kiểm tra tại trụ sở trong thời hạn 15 ngày.",
    "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất được cấp cho người có đủ điều kiện.",
    "Việc ủy quyền phải được lập thành văn bản, được chứng thực theo quy định của pháp luật.",
    "Cá nhân, hộ gia đình có nhu cầu tách thửa đất lập 01 bộ hồ sơ nộp tại Văn phòng đăng ký đất đai.",
)


def _articles(case: Case, first: int, count: int) -> str:
    lines = []
    for number in range(first, first + count):
        lines.append(
            f"Điều {number}. {case.pick('Thẩm quyền', 'Trình tự, thủ tục', 'Hồ sơ', 'Trách nhiệm thi hành', 'Thời hạn giải quyết')}"
        )
        lines += [f"{place}. {sentence}" for place, sentence in enumerate(case.rng.sample(_LAW, 3), 1)]
    return "\n".join(lines)


@outside
def law(case: Case) -> None:
    case.begin(A4)
    case.motto(["QUỐC HỘI"], f"Luật số: {case.digits(10, 90)}/2014/QH13", "Hà Nội, ngày 20 tháng 11 năm 2014")
    case.s.form(f"""
= LUẬT
= {case.pick("HỘ TỊCH", "CƯ TRÚ", "ĐẤT ĐAI")}
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật.
= Chương I
= NHỮNG QUY ĐỊNH CHUNG
{_articles(case, 1, case.digits(4, 9))}
""")


@outside
def decree(case: Case) -> None:
    case.begin(A4)
    case.motto(["CHÍNH PHỦ"], f"Số: {case.digits(10, 150)}/2021/NĐ-CP", "Hà Nội, ngày 15 tháng 3 năm 2021")
    case.s.form(f"""
= NGHỊ ĐỊNH
= {case.pick("Quy định chi tiết một số điều của Luật Đất đai", "Quy định chính sách trợ giúp xã hội đối với đối tượng bảo trợ xã hội", "Về chứng thực bản sao từ bản chính, chứng thực chữ ký")}
Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
Theo đề nghị của Bộ trưởng;
Chính phủ ban hành Nghị định.
{_articles(case, 1, case.digits(3, 8))}
""")


@outside
def circular(case: Case) -> None:
    case.begin(A4)
    case.motto(["BỘ TƯ PHÁP"], f"Số: {case.digits(1, 20):02d}/2020/TT-BTP", "Hà Nội, ngày 28 tháng 5 năm 2020")
    case.s.form(f"""
= THÔNG TƯ
= Quy định chi tiết thi hành một số điều của Luật Hộ tịch
{_articles(case, 1, case.digits(3, 6))}
""")


@outside
def newspaper(case: Case) -> None:
    case.begin(A4, 11)
    case.s.form(f"""
{case.pick("BÁO ĐÔNG SA", "Pháp luật và Đời sống")} - Thứ {case.pick("Hai", "Tư", "Sáu")}, {dmy(case.story.day)}
= {case.pick("Người dân không còn phải chờ giấy khai sinh", "Số hóa hồ sơ: Bộ phận một cửa hết cảnh quá tải", "CẢNH BÁO LỪA ĐẢO LÀM SỔ ĐỎ NHANH")}
(ĐS) - Từ đầu tháng, người dân đến làm thủ tục tại bộ phận một cửa không phải mang theo giấy khai sinh, giấy chứng nhận kết hôn hay sổ hộ khẩu. Mọi thông tin đã có trong cơ sở dữ liệu.
Chị {case.story.spouse.name}, {case.story.commune_name}, cho biết: “Tôi nộp tờ khai đăng ký khai sinh cho con qua mạng, hai ngày sau đã nhận được kết quả”.
Theo lãnh đạo địa phương, hồ sơ đất đai vẫn là lĩnh vực có nhiều vướng mắc nhất do phải đo đạc, trích lục bản đồ địa chính và lấy ý kiến khu dân cư.
{case.story.other.name.upper()}
""")


@outside
def private_letter(case: Case) -> None:
    case.begin(case.pick(A4, A5))
    case.s.form(f"""
>> {case.place_date()}
{case.story.applicant.name.split()[-1]} thân mến,
Lâu rồi không gặp, gia đình em khỏe không? Chị gửi kèm theo bản sao giấy khai sinh của cháu và cái sổ hộ khẩu cũ mà em hỏi hôm trước. Giấy chứng nhận kết hôn thì chị tìm chưa thấy, có lẽ mẹ cất trong tủ.
Miếng đất của ba, em cứ làm theo ý cả nhà, chị không có ý kiến gì.
Chúc em và các cháu mạnh giỏi.
Chị của em,
{case.story.spouse.name.split()[-1]}
""")


@outside
def curriculum_vitae(case: Case) -> None:
    who = case.story.applicant
    case.begin(A4)
    case.s.form(f"""
= {who.name.upper()}
~ Nhân viên kế toán
Ngày sinh: {dmy(who.born)}    Giới tính: {who.sex}
Điện thoại: {who.phone}   Email: ungvien@vidu.example
Địa chỉ: {who.address}
= MỤC TIÊU NGHỀ NGHIỆP
Trở thành kế toán trưởng trong vòng 5 năm, đóng góp vào sự phát triển của công ty.
= KINH NGHIỆM LÀM VIỆC
2019 - 2023: Công ty TNHH Thủy sản An Khê Hạ - lập báo cáo thuế, theo dõi công nợ.
2015 - 2019: Hợp tác xã Bình Đức
= HỌC VẤN
Cử nhân Kế toán, Trường Đại học Đông Sa
= KỸ NĂNG
Tin học văn phòng, tiếng Anh giao tiếp
""")


@outside
def invoice(case: Case) -> None:
    case.begin(A4, 11.5)
    case.s.form(
        f"""
= HÓA ĐƠN GIÁ TRỊ GIA TĂNG
~ Ngày {case.story.day.day} tháng {case.story.day.month} năm {case.story.day.year}
| Mẫu số: 1 | Ký hiệu: 1C{case.story.day.year % 100}TAA | Số: {case.digits(1, 9999):08d}
Đơn vị bán hàng: CÔNG TY TNHH VẬT LIỆU XÂY DỰNG ĐÔNG SA
Mã số thuế: {case.digits(5300000000, 5399999999)}
Địa chỉ: {case.story.other.address}
Họ tên người mua hàng: {case.story.applicant.name}
|| STT | Tên hàng hóa, dịch vụ | ĐVT | Số lượng | Đơn giá | Thành tiền
|| 1 | Xi măng PCB40 | bao | 50 | 92.000 | 4.600.000
|| 2 | Thép phi 12 | cây | 30 | 178.000 | 5.340.000
Cộng tiền hàng: 9.940.000    Thuế suất GTGT: 10 %
Tổng cộng tiền thanh toán: 10.934.000
<> Người mua hàng | Người bán hàng
""",
        (0.08, 0.36, 0.1, 0.14, 0.14, 0.18),
    )


@outside
def retail_bill(case: Case) -> None:
    case.begin(A5, 10)
    case.s.form(
        f"""
= CỬA HÀNG ĐIỆN NƯỚC HAI LÚA
~ HÓA ĐƠN BÁN LẺ
Khách hàng: {case.story.applicant.name}
|| Tên hàng | SL | Thành tiền
|| Ống nhựa 27 | 6 | 210.000
|| Keo dán | 2 | 50.000
Cộng: 260.000
Cảm ơn quý khách!
""",
        (0.6, 0.15, 0.25),
    )


@outside
def labour_contract(case: Case) -> None:
    case.begin(A4)
    case.motto(["CÔNG TY TNHH MAY ĐÔNG SA"], f"Số: {case.digits(1, 300)}/HĐLĐ")
    case.s.form(f"""
= HỢP ĐỒNG LAO ĐỘNG
Hôm nay, {in_words(case.story.day)}, tại văn phòng công ty, chúng tôi gồm:
Bên A: Người sử dụng lao động: Công ty TNHH May Đông Sa
Bên B: Người lao động: Ông/bà {case.story.applicant.name}, CCCD số {case.story.applicant.pid}
Điều 1. Loại hợp đồng: không xác định thời hạn. Công việc: công nhân may.
Điều 2. Thời giờ làm việc 8 giờ/ngày.
Điều 3. Mức lương chính: 5.800.000 đồng/tháng. Bảo hiểm xã hội, bảo hiểm y tế theo quy định.
<> NGƯỜI LAO ĐỘNG | NGƯỜI SỬ DỤNG LAO ĐỘNG
""")


@outside
def sale_contract(case: Case) -> None:
    case.begin(A4)
    case.motto()
    case.s.form(f"""
= {case.pick("HỢP ĐỒNG MUA BÁN XE MÁY", "HỢP ĐỒNG MUA BÁN HÀNG HÓA", "HỢP ĐỒNG VAY TIỀN", "HỢP ĐỒNG ĐẶT CỌC", "HỢP ĐỒNG THI CÔNG XÂY DỰNG NHÀ Ở")}
Hôm nay, {in_words(case.story.day)}, chúng tôi gồm:
Bên A: {case.story.other.name}, CCCD: {case.story.other.pid}
Bên B: {case.story.applicant.name}, CCCD: {case.story.applicant.pid}
Điều 1. Đối tượng của hợp đồng: theo thỏa thuận của hai bên, giá trị {grouped(case.digits(10, 900) * 1_000_000)} đồng.
Điều 2. Phương thức thanh toán: tiền mặt hoặc chuyển khoản.
Điều 3. Bên A cam kết tài sản thuộc quyền sở hữu hợp pháp của mình, có giấy chứng nhận quyền sử dụng đất hoặc giấy đăng ký kèm theo.
<> BÊN A | BÊN B
""")


@outside
def price_list(case: Case) -> None:
    case.begin(A4)
    case.s.form(
        f"""
= BẢNG GIÁ DỊCH VỤ SAO CHỤP - ĐÁNH MÁY
~ Áp dụng từ {in_words(case.story.day)}
|| STT | Dịch vụ | Đơn giá (đồng)
|| 1 | Photo A4 một mặt | 500
|| 2 | Đánh máy tờ khai đăng ký khai sinh | 10.000
|| 3 | Đánh máy hợp đồng chuyển nhượng quyền sử dụng đất | 50.000
|| 4 | Giấy ủy quyền, đơn đề nghị | 15.000
|| 5 | Chụp ảnh thẻ căn cước | 30.000
""",
        (0.1, 0.65, 0.25),
    )


@outside
def paper_list(case: Case) -> None:
    """A leaflet about what to bring: every line is another paper's title."""
    case.begin(A4)
    case.motto(case.agency() if case.maybe() else None)
    case.s.form(f"""
= {case.pick("DANH MỤC HỒ SƠ CẦN CHUẨN BỊ", "THÀNH PHẦN HỒ SƠ CẦN NỘP", "HƯỚNG DẪN THỦ TỤC HÀNH CHÍNH")}
~ Thủ tục: {case.pick("Đăng ký khai sinh", "Cấp giấy phép xây dựng", "Đăng ký thường trú")}
1. Tờ khai đăng ký khai sinh (theo mẫu);
2. Giấy chứng sinh (bản chính);
3. Giấy chứng nhận kết hôn của cha, mẹ (xuất trình);
4. Căn cước công dân (xuất trình);
5. Giấy ủy quyền (trường hợp ủy quyền);
6. Giấy chứng nhận quyền sử dụng đất (bản sao);
7. Đơn đề nghị cấp giấy phép xây dựng.
Thời hạn giải quyết: ngay trong ngày. Lệ phí: miễn.
Mọi thắc mắc liên hệ số điện thoại 0900 222 333.
""")


@outside
def procedure_sheet(case: Case) -> None:
    case.begin(A4)
    case.s.form(
        f"""
= QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH
1. Tên thủ tục: {case.pick("Cấp Giấy xác nhận tình trạng hôn nhân", "Đăng ký kết hôn")}
|| Bước | Nội dung công việc | Trách nhiệm | Thời gian
|| B1 | Tiếp nhận hồ sơ, viết giấy tiếp nhận hồ sơ và hẹn trả kết quả | Bộ phận một cửa | 0,5 ngày
|| B2 | Thẩm định hồ sơ, dự thảo giấy xác nhận | Công chức tư pháp | 1,5 ngày
|| B3 | Ký duyệt | Chủ tịch | 0,5 ngày
|| B4 | Trả kết quả, vào sổ | Bộ phận một cửa | 0,5 ngày
""",
        (0.1, 0.5, 0.22, 0.18),
    )


@outside
def school_certificate(case: Case) -> None:
    case.begin(A4)
    case.motto(["SỞ GIÁO DỤC VÀ ĐÀO TẠO"])
    case.s.form(f"""
= {case.pick("BẰNG TỐT NGHIỆP", "GIẤY CHỨNG NHẬN TỐT NGHIỆP TẠM THỜI")}
= TRUNG HỌC PHỔ THÔNG
Cấp cho: {case.story.applicant.name}
Ngày sinh: {dmy(case.story.applicant.born)}
Học sinh trường: THPT Vân Điền   Năm tốt nghiệp: {case.story.applicant.born.year + 18}
Số hiệu: A {case.digits(1000000, 9999999)}
<>  | GIÁM ĐỐC
""")


@outside
def school_record(case: Case) -> None:
    case.begin(A4)
    case.s.form(f"""
= HỌC BẠ TIỂU HỌC
Họ và tên học sinh: {case.story.child.name}
Ngày, tháng, năm sinh: {dmy(case.story.child.born)}  Giới tính: {case.story.child.sex}
Trường Tiểu học Đại Phong
|| Môn học | Mức đạt được | Nhận xét
|| Tiếng Việt | Hoàn thành tốt | Đọc to, rõ ràng
|| Toán | Hoàn thành | Cần luyện thêm phép chia
""")


@outside
def death_announcement(case: Case) -> None:
    case.begin(A5)
    case.s.form(f"""
= {case.pick("TIN BUỒN", "CÁO PHÓ")}
Gia đình chúng tôi vô cùng thương tiếc báo tin: {case.story.parent.name}, sinh năm {case.story.parent.born.year}, đã từ trần vào lúc 4 giờ 20, {in_words(case.story.day)}, hưởng thọ 88 tuổi.
Lễ nhập quan lúc 14 giờ cùng ngày. Lễ an táng tại nghĩa trang {case.story.commune_name}.
Cáo phó này thay thế thiệp tang.
""")


@outside
def wedding_invitation(case: Case) -> None:
    case.begin(A5)
    case.s.form(f"""
= THIỆP MỜI
~ Trân trọng kính mời
~ đến dự tiệc chung vui cùng gia đình chúng tôi
= LỄ THÀNH HÔN
~ {case.story.applicant.name} & {case.story.spouse.name}
~ Vào lúc 11 giờ 00, {in_words(case.story.day)}
~ Tại tư gia nhà trai
""")


@outside
def medical_report(case: Case) -> None:
    case.begin(A4)
    case.motto(["BỆNH VIỆN ĐA KHOA HÒA TRẠCH", "KHOA NỘI"], f"Số vào viện: {case.digits(1000, 9999)}")
    case.s.form(f"""
= {case.pick("GIẤY RA VIỆN", "PHIẾU KẾT QUẢ XÉT NGHIỆM", "GIẤY KHÁM SỨC KHỎE", "ĐƠN THUỐC", "TÓM TẮT BỆNH ÁN")}
Họ tên người bệnh: {case.story.applicant.name.upper()}   Tuổi: 54   Giới tính: {case.story.applicant.sex}
Mã số BHXH/Thẻ BHYT số: GD4{case.digits(10**11, 10**12 - 1)}
Địa chỉ: {case.story.applicant.address}
Chẩn đoán: Tăng huyết áp độ II
Phương pháp điều trị: Nội khoa
<> Thủ trưởng đơn vị | Trưởng khoa
""")


@outside
def bank_statement(case: Case) -> None:
    rows = "\n".join(
        f"|| {dmy(case.story.day)} | Chuyển khoản {case.digits(100, 999)} | {grouped(case.digits(10, 900) * 10_000)} | {grouped(case.digits(100, 9000) * 10_000)}"
        for _ in range(case.digits(5, 12))
    )
    case.begin(A4, 11)
    case.s.form(f"""
NGÂN HÀNG NÔNG NGHIỆP ĐÔNG SA
= SAO KÊ TÀI KHOẢN
Chủ tài khoản: {case.story.applicant.name.upper()}
Số tài khoản: {case.digits(10**11, 10**12 - 1)}
|| Ngày giao dịch | Diễn giải | Số tiền | Số dư
{rows}
""")


@outside
def electricity_bill(case: Case) -> None:
    case.begin(A5, 10)
    case.s.form(f"""
ĐIỆN LỰC HÒA TRẠCH
= {case.pick("THÔNG BÁO TIỀN ĐIỆN", "GIẤY BÁO TIỀN NƯỚC", "HÓA ĐƠN TIỀN ĐIỆN")}
Tên khách hàng: {case.story.applicant.name}
Mã khách hàng: PB{case.digits(10**9, 10**10 - 1)}
Chỉ số cũ: {case.digits(100, 900)}   Chỉ số mới: {case.digits(901, 1900)}
Tổng cộng tiền thanh toán: {grouped(case.digits(50, 900) * 1000)} đồng
""")


@outside
def driving_licence(case: Case) -> None:
    case.begin(A4, 9, (60, 60, 60, 20))
    case.s.form(f"""
BỘ GTVT  MOT        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
= GIẤY PHÉP LÁI XE/DRIVER'S LICENSE
Số/No: {case.digits(10**11, 10**12 - 1)}
Họ tên/Full name: {case.story.applicant.name.upper()}
Ngày sinh/Date of Birth: {dmy(case.story.applicant.born)}
Quốc tịch/Nationality: VIỆT NAM
Nơi cư trú/Address: {case.story.commune}
Hạng/Class: A1    Có giá trị đến/Expires: Không thời hạn
""")


@outside
def vehicle_registration(case: Case) -> None:
    case.begin(A4, 9, (60, 60, 60, 20))
    case.s.form(f"""
CÔNG AN TỈNH {case.story.province.upper()}
= CHỨNG NHẬN ĐĂNG KÝ XE MÔ TÔ, XE MÁY
Tên chủ xe: {case.story.applicant.name.upper()}
Địa chỉ: {case.story.applicant.address}
Nhãn hiệu: HONDA   Số loại: WAVE
Số máy: {case.digits(10**6, 10**7 - 1)}   Biển số đăng ký: 53B1-{case.digits(10000, 99999)}
""")


@outside
def passport(case: Case) -> None:
    case.begin(A4, 9, (50, 60, 50, 20))
    case.s.form(f"""
= CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
~ HỘ CHIẾU / PASSPORT
Số hộ chiếu / Passport No: C{case.digits(1000000, 9999999)}
Họ và tên / Full name: {case.story.applicant.name.upper()}
Ngày sinh / Date of birth: {dmy(case.story.applicant.born)}
Số GCMND / ID card No: {case.story.applicant.pid}
Nơi cấp / Place of issue: Cục Quản lý xuất nhập cảnh
P<VNMNGUYEN<<VAN<AN<<<<<<<<<<<<<<<<<<<<<<<<<
""")


@outside
def meeting_programme(case: Case) -> None:
    case.begin(A4)
    case.motto(case.agency())
    case.s.form(f"""
= {case.pick("CHƯƠNG TRÌNH", "LỊCH CÔNG TÁC TUẦN", "GIẤY MỜI HỌP")}
= Hội nghị triển khai số hóa kết quả giải quyết thủ tục hành chính
|| Thời gian | Nội dung | Người thực hiện
|| 7 giờ 30 | Đón tiếp đại biểu | Văn phòng
|| 8 giờ 00 | Khai mạc, trình bày báo cáo | Chủ tịch UBND
|| 9 giờ 00 | Thảo luận | Đại biểu
|| 10 giờ 30 | Kết luận | Chủ trì
""")


@outside
def plan(case: Case) -> None:
    case.begin(A4)
    case.motto(case.agency(), f"Số: {case.digits(1, 200)}/KH-UBND", case.place_date())
    case.s.form(f"""
= KẾ HOẠCH
= {case.pick("Cải cách hành chính", "Số hóa hồ sơ, giấy tờ", "Tuyên truyền, phổ biến giáo dục pháp luật")} năm {case.story.day.year}
I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao hiệu lực, hiệu quả quản lý nhà nước trên địa bàn.
2. Bảo đảm 90% giấy khai sinh, giấy chứng nhận kết hôn, trích lục khai tử được số hóa.
II. NỘI DUNG
1. Rà soát, công bố danh mục thủ tục hành chính.
2. Tổ chức tập huấn cho công chức bộ phận một cửa.
III. TỔ CHỨC THỰC HIỆN
Văn phòng Ủy ban nhân dân chủ trì, báo cáo kết quả trước ngày 15/12./.
<> Nơi nhận: | CHỦ TỊCH
""")


@outside
def passport_form(case: Case) -> None:
    case.begin(A4)
    case.s.form("^ Mẫu TK01")
    case.motto()
    case.s.form(f"""
= TỜ KHAI
= {case.pick("Đề nghị cấp hộ chiếu phổ thông ở trong nước", "ĐĂNG KÝ DỰ THI TỐT NGHIỆP", "ĐỀ NGHỊ CẤP ĐỔI GIẤY PHÉP LÁI XE", "ĐĂNG KÝ XE")}
1. Họ và tên (chữ in hoa): {case.w(case.story.applicant.name.upper())}   2. {case.story.applicant.sex}
3. Sinh ngày: {case.w(dmy(case.story.applicant.born))}  Nơi sinh: {case.w(case.story.province)}
4. Số ĐDCN/CMND: {case.w(case.story.applicant.pid)}
5. Dân tộc: {case.story.applicant.nation}   6. Tôn giáo: Không
7. Số điện thoại: {case.w(case.story.applicant.phone)}
8. Địa chỉ thường trú: {case.w(case.story.applicant.address)}
10. Nội dung đề nghị: cấp lần đầu
<> Xác nhận của Trưởng Công an | Người đề nghị
""")


@outside
def insurance_form(case: Case) -> None:
    case.begin(A4)
    case.s.form("^ Mẫu TK1-TS")
    case.motto()
    case.s.form(f"""
= TỜ KHAI
= THAM GIA, ĐIỀU CHỈNH THÔNG TIN BẢO HIỂM XÃ HỘI, BẢO HIỂM Y TẾ
Kính gửi: Bảo hiểm xã hội huyện
[01]. Họ và tên (viết chữ in hoa): {case.w(case.story.applicant.name.upper())}
[02]. Giới tính: {case.w(case.story.applicant.sex)}   [03]. Ngày, tháng, năm sinh: {case.w(dmy(case.story.applicant.born))}
[04]. Quốc tịch: Việt Nam
[05]. Số CCCD/CMND/Hộ chiếu: {case.w(case.story.applicant.pid)}
[08]. Mã số BHXH: {case.w(str(case.digits(5300000000, 5399999999)))}
<>  | Người kê khai
""")


@outside
def criminal_record_form(case: Case) -> None:
    case.begin(A4)
    case.motto()
    case.s.form(f"""
= {case.pick("TỜ KHAI YÊU CẦU CẤP PHIẾU LÝ LỊCH TƯ PHÁP", "PHIẾU LÝ LỊCH TƯ PHÁP SỐ 1", "PHIẾU ĐĂNG KÝ DỰ TUYỂN", "PHIẾU KHẢO SÁT MỨC ĐỘ HÀI LÒNG")}
Kính gửi: Sở Tư pháp tỉnh {case.story.province}
1. Tên tôi là: {case.w(case.story.applicant.name)}
3. Ngày, tháng, năm sinh: {case.w(dmy(case.story.applicant.born))}  4. Giới tính: {case.w(case.story.applicant.sex)}
8. Nơi thường trú: {case.w(case.story.applicant.address)}
9. CMND/CCCD: {case.w(case.story.applicant.pid)}
= QUÁ TRÌNH CƯ TRÚ CỦA BẢN THÂN
|| Từ tháng, năm đến tháng, năm | Nơi thường trú/ Tạm trú | Nghề nghiệp, nơi làm việc
|| 2005 - nay | {case.story.commune} | Làm nông
""")


@outside
def complaint(case: Case) -> None:
    case.begin(A4)
    case.motto()
    case.s.form(f"""
= {case.pick("ĐƠN KHIẾU NẠI", "ĐƠN TỐ CÁO", "ĐƠN KHỞI KIỆN", "BẢN TƯỜNG TRÌNH", "BẢN KIỂM ĐIỂM CÁ NHÂN", "BẢN CAM KẾT")}
Kính gửi: {case.story.people_committee}
Tôi tên: {case.w(case.story.applicant.name)}, sinh năm {case.w(str(case.story.applicant.born.year))}
Địa chỉ: {case.w(case.story.applicant.address)}
Ngày {dmy(case.story.day)}, tôi nhận được Quyết định số 145/QĐ-UBND về việc cho phép chuyển mục đích sử dụng đất của hộ liền kề. Tôi không đồng ý vì ranh giới đo đạc chưa đúng với Giấy chứng nhận quyền sử dụng đất đã cấp cho gia đình tôi.
Kính mong cơ quan xem xét.
<>  | Người viết
""")


@outside
def instruction_page(case: Case) -> None:
    """The back of a form: notes on how to fill it in."""
    case.begin(A4)
    case.s.form(f"""
{case.pick("Chú thích:", "Ghi chú:", "HƯỚNG DẪN GHI TỜ KHAI")}
(1) Ghi rõ tên cơ quan đăng ký khai sinh.
(2) Ghi theo nơi đăng ký thường trú; nếu không có nơi đăng ký thường trú thì ghi theo nơi đăng ký tạm trú.
(3) Ghi thông tin về giấy tờ tùy thân của người đi đăng ký, ghi rõ tên giấy tờ, số, cơ quan cấp, ngày cấp.
Ví dụ: Chứng minh nhân dân số 001089123, Công an thành phố cấp ngày 20/10/2014.
(4) Trường hợp sinh tại cơ sở y tế thì ghi rõ tên cơ sở y tế và địa chỉ trụ sở cơ sở y tế đó.
(5) Đề nghị đánh dấu X vào ô nếu có yêu cầu cấp bản sao và ghi rõ số lượng.
""")


@outside
def planning_map_note(case: Case) -> None:
    case.begin(A4)
    case.motto(["CÔNG TY CỔ PHẦN ĐO ĐẠC ĐÔNG SA"])
    case.s.form(f"""
= {case.pick("BẢNG KÊ TỌA ĐỘ GÓC RANH", "PHIẾU ĐO ĐẠC THỰC ĐỊA", "BẢNG DỰ TOÁN CHI PHÍ")}
|| Điểm | X (m) | Y (m)
|| 1 | {case.digits(1200000, 1299999)},{case.digits(10, 99)} | {case.digits(400000, 599999)},{case.digits(10, 99)}
|| 2 | {case.digits(1200000, 1299999)},{case.digits(10, 99)} | {case.digits(400000, 599999)},{case.digits(10, 99)}
|| 3 | {case.digits(1200000, 1299999)},{case.digits(10, 99)} | {case.digits(400000, 599999)},{case.digits(10, 99)}
Người đo: {case.story.other.name}
""")


@outside
def party_resolution(case: Case) -> None:
    case.begin(A4)
    case.motto(
        ["HỘI ĐỒNG NHÂN DÂN", f"XÃ {case.story.commune.upper()}"],
        f"Số: {case.digits(1, 40)}/NQ-HĐND",
        case.place_date(),
    )
    case.s.form(f"""
= NGHỊ QUYẾT
= {case.pick("Về dự toán thu, chi ngân sách xã", "Về kế hoạch đầu tư công trung hạn", "Về chương trình giám sát năm 2024")}
= HỘI ĐỒNG NHÂN DÂN XÃ {case.story.commune.upper()}
Căn cứ Luật Tổ chức chính quyền địa phương;
Xét Tờ trình số {case.digits(1, 90)}/TTr-UBND của Ủy ban nhân dân xã;
= QUYẾT NGHỊ:
Điều 1. Thông qua nội dung do Ủy ban nhân dân xã trình.
Điều 2. Giao Ủy ban nhân dân xã tổ chức thực hiện.
<>  | CHỦ TỊCH
""")


@outside
def photograph(case: Case) -> None:
    """A photograph of a house: a few stray letters."""
    case.begin(A4)
    case.s.gap(80)
    case.s.form(
        f"""
{case.pick("", "TẠP HÓA BA KHỞI")}
{case.digits(10, 99)} {case.pick("ATM", "Bia hơi", "Cấm đậu xe", "HONDA")}
"""
        + f"\nẢnh chụp hiện trạng ngày {dmy(case.story.day)}"
    )
