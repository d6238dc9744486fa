"""Đất đai: the transfer contract, the applications, the slip to the tax office, the tax notice."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from samples.maker.blocks import Draw, Head, Motto, P, Sign, Signs, Table, Title, fields, paragraphs
from samples.maker.flow import Composer, Document
from samples.maker.forms.offices import LAND, TAX, Office
from samples.maker.people import Person, dmy, words
from samples.maker.sheet import Style


@dataclass(frozen=True)
class Parcel:
    """One invented parcel of land; ``area`` as printed, without the unit."""

    number: str
    sheet: str
    area: str
    area_words: str
    where: str
    use: str
    serial: str
    register: str

    @property
    def truth(self) -> dict[str, str]:
        area = self.area.replace(".", "").replace(",", ".")
        return {"thua_dat_so": self.number, "to_ban_do_so": self.sheet, "dien_tich_m2": area}


def change_application(person: Person, parcel: Parcel, day: dt.date) -> Document:
    """Đơn đăng ký biến động đất đai, tài sản gắn liền với đất (form 11/ĐK)."""
    content = "Nhận chuyển nhượng quyền sử dụng đất"
    blocks = (
        Motto(form="Mẫu số 11/ĐK"),
        Title(("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG", "ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT")),
        P("Kính gửi: Văn phòng Đăng ký đất đai Chi nhánh Tuy Sơn", align="c"),
        P("**I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ**", before=3),
        P("**1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất**", before=2),
        *fields(
            f"1.1. Tên (viết chữ in hoa): {person.name.upper()}",
            f"1.2. Giấy chứng minh nhân dân số: {person.old_id}",
            f"1.3. Địa chỉ: {person.address}",
        ),
        P("**2. Giấy chứng nhận đã cấp**", before=2),
        *fields(
            f"2.1. Số vào sổ cấp GCN: {parcel.register}",
            f"2.2. Số phát hành GCN: {parcel.serial}",
            "2.3. Ngày cấp GCN: 22/10/2012",
        ),
        P(f"**3. Nội dung biến động về:** {content}", before=2, align="l"),
        Table(
            (1, 1),
            (
                ("3.1. Nội dung trên GCN trước khi biến động", "3.2. Nội dung sau khi biến động"),
                (
                    f"- Người sử dụng đất: Phạm Thị Ngọc Lan và Võ Duy Khánh\n- Thửa đất số: {parcel.number}\n- Tờ bản "
                    f"đồ số: {parcel.sheet}\n- Diện tích: {parcel.area} m2",
                    f"- Người sử dụng đất: {person.name}\n- Thửa đất số: {parcel.number}\n- Tờ bản đồ số: "
                    f"{parcel.sheet}\n- Diện tích: {parcel.area} m2",
                ),
            ),
            size=12.5,
        ),
        *fields(
            "**4. Lý do biến động**",
            "Nhận chuyển nhượng quyền sử dụng đất theo hợp đồng đã được Ủy ban nhân dân xã Phước Vinh chứng thực số "
            "77 ngày 25/11/2015.",
            "**5. Tình hình thực hiện nghĩa vụ tài chính về đất đai đối với thửa đất đăng ký biến động**",
            "Đã thực hiện đầy đủ, không còn nợ tiền sử dụng đất.",
            "**6. Giấy tờ liên quan đến nội dung thay đổi nộp kèm theo đơn này gồm có:**",
            "- Giấy chứng nhận đã cấp;",
            "- Hợp đồng chuyển nhượng quyền sử dụng đất;",
            "- Tờ khai thuế thu nhập cá nhân, tờ khai lệ phí trước bạ.",
            before=1.6,
        ),
        *paragraphs(
            "Tôi cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi hoàn toàn chịu trách nhiệm trước "
            "pháp luật.",
        ),
        Signs(
            (None, Sign(("Người viết đơn",), "", "(Ký và ghi rõ họ tên)", hand_name=person.name)),
            date=f"Phước Vinh, {words(day)}",
        ),
        P("**II. XÁC NHẬN CỦA ỦY BAN NHÂN DÂN CẤP XÃ**", before=3),
        P(
            "//(Đối với trường hợp chuyển mục đích sử dụng đất không phải xin phép, thay đổi số hiệu thửa đất)//",
            size=12,
        ),
        *fields("<..>", "<..>", "<..>", before=1.5),
    )
    truth = {"so_vao_so": parcel.register, "so_phat_hanh": parcel.serial, "noi_dung": content}
    return Document(
        "don_dk_bien_dong", blocks, truth, (person.name, "Phạm Thị Ngọc Lan", "Võ Duy Khánh"), size=13, leading=1.3
    )


def tax_transfer_slip(person: Person, parcel: Parcel, dossier: str, received: dt.date, day: dt.date) -> Document:
    """Phiếu chuyển thông tin để xác định nghĩa vụ tài chính về đất đai."""
    number = "1023/PCTT-VPĐK"
    blocks = (
        Head(LAND.head, f"Số: {number}", f"{LAND.place}, {words(day)}"),
        Title(("PHIẾU CHUYỂN THÔNG TIN", "ĐỂ XÁC ĐỊNH NGHĨA VỤ TÀI CHÍNH VỀ ĐẤT ĐAI")),
        P("Kính gửi: Chi cục Thuế huyện Tuy Sơn", align="c"),
        P("**I. THÔNG TIN CHUNG VỀ HỒ SƠ THỦ TỤC HÀNH CHÍNH**", before=3),
        *fields(
            f"1.1. Mã số hồ sơ TTHC: {dossier}",
            f"1.2. Ngày nhận đủ hồ sơ hợp lệ: {dmy(received)}",
            "1.3. Nội dung: Chuyển nhượng quyền sử dụng đất",
        ),
        P("**II. THÔNG TIN VỀ NGƯỜI SỬ DỤNG ĐẤT**", before=3),
        *fields(
            f"2.1. Tên: {person.name}",
            f"2.2. Địa chỉ: {person.address}",
            f"2.3. Số điện thoại: {person.phone}",
            "2.4. Mã số thuế (nếu có): 8500012345",
            f"2.5. Giấy tờ: CMND số {person.old_id}, cấp ngày 15/06/2009",
        ),
        P("**III. THÔNG TIN VỀ ĐẤT VÀ TÀI SẢN GẮN LIỀN VỚI ĐẤT**", before=3),
        P("**3.1. Thông tin về đất**"),
        *fields(
            f"a) Thửa đất số: {parcel.number}; Tờ bản đồ số: {parcel.sheet}",
            f"b) Địa chỉ: {parcel.where}",
            "c) Loại đường, đoạn đường, khu vực: đường liên thôn, khu vực 2, vị trí 1",
            f"d) Mục đích sử dụng đất: {parcel.use}",
            f"đ) Diện tích: {parcel.area} m2",
            "e) Nguồn gốc sử dụng đất: Nhà nước giao đất không thu tiền sử dụng đất",
            "g) Thời hạn sử dụng đất: đến ngày 15/10/2043",
            "h) Thời điểm bắt đầu sử dụng đất: 15/10/1993",
            "i) Giá chuyển nhượng ghi trong hợp đồng: 450.000.000 đồng",
        ),
        P("**3.2. Thông tin về tài sản gắn liền với đất:** không có", align="l"),
        P("**IV. THÔNG TIN VỀ NHU CẦU GHI NỢ, MIỄN, GIẢM NGHĨA VỤ TÀI CHÍNH:** không có", align="l", before=3),
        P("**V. NHỮNG GIẤY TỜ KÈM THEO DO NGƯỜI SỬ DỤNG ĐẤT NỘP**", before=3),
        *fields(
            "1. Hợp đồng chuyển nhượng quyền sử dụng đất, số lượng 01 bản;",
            "2. Tờ khai thuế thu nhập cá nhân (mẫu 11/KK-TNCN), số lượng 02 bản;",
            "3. Tờ khai lệ phí trước bạ nhà, đất (mẫu 01), số lượng 02 bản;",
            "4. Bản sao Giấy chứng nhận quyền sử dụng đất, số lượng 01 bản.",
        ),
        Signs(
            (Sign(("NGƯỜI LẬP PHIẾU",), "Châu Ngọc Ánh", "(Ký, ghi rõ họ tên)"), LAND.sign("(Ký tên, đóng dấu)")),
            room=27,
        ),
    )
    truth = {"ma_ho_so": dossier, "so_pctt": number, **parcel.truth}
    return Document("phieu_chuyen_ttnvtc", blocks, truth, (person.name, LAND.signer), number, size=13.5, leading=1.34)


def tax_notice(person: Person, parcel: Parcel, day: dt.date) -> Document:
    """Thông báo nộp tiền về lệ phí trước bạ và thuế thu nhập cá nhân."""
    number, ident, amount = "1876/TB-CCT", "7152300001234567", "2.250.000"
    blocks = (
        Head(TAX.head, f"Số: {number}", f"{TAX.place}, {words(day)}"),
        Title(("THÔNG BÁO",), ("Nộp tiền về lệ phí trước bạ nhà, đất",), rule=True),
        *paragraphs(
            "Căn cứ Luật Quản lý thuế và các văn bản hướng dẫn thi hành; căn cứ hồ sơ và Phiếu chuyển thông tin số "
            "1023/PCTT-VPĐK của Văn phòng Đăng ký đất đai Chi nhánh Tuy Sơn, Chi cục Thuế huyện Tuy Sơn thông báo "
            "nộp lệ phí trước bạ nhà, đất như sau:",
        ),
        P("**I. THÔNG TIN VỀ NGƯỜI NỘP THUẾ**", before=2.5),
        *fields(
            f"1. Tên người nộp thuế: {person.name}",
            "2. Mã số thuế: 8500012345",
            f"3. Địa chỉ: {person.address}",
            f"4. Mã định danh khoản phải nộp (ID): {ident}",
        ),
        P("**II. THÔNG TIN VỀ TÀI SẢN**", before=2.5),
        *fields(
            f"1. Thửa đất số: {parcel.number}; Tờ bản đồ số: {parcel.sheet}",
            f"2. Địa chỉ: {parcel.where}",
            f"3. Diện tích tính lệ phí: {parcel.area} m2",
        ),
        P("**III. SỐ TIỀN PHẢI NỘP**", before=2.5),
        Table(
            (1, 5, 3, 2, 3),
            (
                ("STT", "Khoản thu", "Giá trị tính (đồng)", "Mức thu", "Số tiền (đồng)"),
                ("1", "Lệ phí trước bạ đất", "450.000.000", "0,5%", amount),
                ("", "**Cộng**", "", "", f"**{amount}**"),
            ),
            "clrcr",
        ),
        *fields(
            f"Số tiền phải nộp ngân sách nhà nước: {amount} đồng",
            "(Viết bằng chữ: Hai triệu hai trăm năm mươi nghìn đồng chẵn)",
        ),
        *paragraphs(
            "Thời hạn nộp tiền chậm nhất là 30 ngày kể từ ngày ban hành Thông báo này. Quá thời hạn trên, người nộp "
            "thuế phải nộp thêm tiền chậm nộp theo quy định của Luật Quản lý thuế.",
            "Nếu có vướng mắc, đề nghị liên hệ với Chi cục Thuế huyện Tuy Sơn, số điện thoại: 0252.3999 015.",
        ),
        Signs(
            (None, TAX.sign()),
            recipients=("Nơi nhận:", "- Như trên;", "- VPĐKĐĐ Tuy Sơn;", "- Lưu: VT, TBTK."),
            room=27,
        ),
    )
    truth = {"id_khoan_nop": ident, "mst": "8500012345", "so_tien": amount.replace(".", "")}
    return Document("thong_bao_thue", blocks, truth, (person.name, TAX.signer), number, size=13)


def first_application(person: Person, parcel: Parcel, day: dt.date) -> Document:
    """Đơn đăng ký đất đai, tài sản gắn liền với đất (form 15)."""
    blocks = (
        Motto(form="Mẫu số 15"),
        Title(("ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT",)),
        P("Kính gửi: Ủy ban nhân dân xã Bình Lâm", align="c"),
        P("**1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất, người quản lý đất:**", before=3, align="l"),
        *fields(
            f"a) Họ và tên: {person.name} <..>",
            f"b) Giấy tờ nhân thân/pháp nhân: Số CCCD {person.pid} <..>",
            f"c) Địa chỉ: {person.address}",
            f"d) Điện thoại liên hệ: {person.phone} <.10> Hộp thư điện tử (nếu có): <..>",
        ),
        P("**2. Thửa đất đăng ký:**", before=2.5),
        *fields(
            f"a) Thửa đất số: {parcel.number}; Tờ bản đồ số: {parcel.sheet} <..>",
            f"b) Địa chỉ: {parcel.where}",
            f"c) Diện tích: {parcel.area} m2; sử dụng chung: 0 m2; sử dụng riêng: {parcel.area} m2 <..>",
            f"d) Sử dụng vào mục đích: {parcel.use}, từ thời điểm: năm 1998 <..>",
            "đ) Thời hạn đề nghị được sử dụng đất: lâu dài <..>",
            "e) Nguồn gốc sử dụng đất: khai hoang năm 1998, sử dụng ổn định đến nay",
            "g) Có quyền hoặc hạn chế quyền đối với thửa đất liền kề số <.18>, của <..>",
        ),
        P("**3. Nhà ở, công trình xây dựng:**", before=2.5),
        *fields(
            "a) Loại nhà ở, công trình xây dựng: nhà ở riêng lẻ cấp IV <..>",
            "b) Địa chỉ: thôn Suối Đá, xã Bình Lâm <..>",
            "c) Diện tích xây dựng: 86,4 m2; Diện tích sàn: 86,4 m2 <..>",
            "d) Sở hữu chung: 0 m2; Sở hữu riêng: 86,4 m2 <..>",
            "đ) Số tầng: 01; trong đó số tầng nổi: 01; số tầng hầm: 0 <..>",
            "e) Kết cấu: tường gạch, mái tôn <.20> Thời hạn sở hữu đến: <..>",
        ),
        P("**4. Đề nghị của người đăng ký:**", before=2.5),
        *fields(
            "a) Đề nghị cấp Giấy chứng nhận: [x]",
            "b) Đề nghị ghi nợ nghĩa vụ tài chính: [ ]",
            "c) Đề nghị khác (nếu có): <..>",
        ),
        P("**5. Những giấy tờ nộp kèm theo:**", before=2.5),
        *fields(
            "(1) Phiếu lấy ý kiến khu dân cư về nguồn gốc và thời điểm sử dụng đất;",
            "(2) Sơ đồ thửa đất do người sử dụng đất tự vẽ;",
            "(3) Bản sao Căn cước công dân.",
        ),
        *paragraphs(
            "Tôi cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi hoàn toàn chịu trách nhiệm trước "
            "pháp luật.",
        ),
        Signs(
            (None, Sign(("Người viết đơn",), "", "(Ký, ghi rõ họ tên)", hand_name=person.name)),
            date=f"Bình Lâm, {words(day)}",
        ),
    )
    truth = {**parcel.truth, "ho_ten": person.name, "giay_to": person.pid}
    return Document("don_dk_dat_dai", blocks, truth, (person.name,), size=13.5, leading=1.42)


def neighbours(person: Person, parcel: Parcel, office: Office, day: dt.date) -> Document:
    """Phiếu lấy ý kiến khu dân cư, with the sketch of the parcel."""
    blocks = (
        Head((*office.head,), "", f"{office.place}, {words(day)}"),
        Title(("PHIẾU LẤY Ý KIẾN KHU DÂN CƯ",), ("Về nguồn gốc và thời điểm sử dụng đất",)),
        *paragraphs(
            f"Hôm nay, {words(day)}, tại nhà văn hóa thôn Suối Đá, Ủy ban nhân dân xã {office.place} tổ chức lấy ý "
            f"kiến khu dân cư đối với thửa đất của ông {person.name} như sau:",
        ),
        *fields(
            f"1. Thửa đất số: {parcel.number}; Tờ bản đồ số: {parcel.sheet}; Diện tích: {parcel.area} m2",
            f"2. Địa chỉ thửa đất: {parcel.where}",
            "3. Nguồn gốc sử dụng đất: khai hoang năm 1998",
            "4. Thời điểm bắt đầu sử dụng đất vào mục đích hiện nay: năm 1998",
            "5. Tình trạng tranh chấp đất đai: không có tranh chấp",
        ),
        Draw(52, _sketch(parcel)),
        Table(
            (1, 4, 2, 5, 3),
            (
                ("STT", "Họ và tên", "Năm sinh", "Nơi cư trú", "Ký tên"),
                ("1", "Mang Thị Xuân", "1962", "thôn Suối Đá, xã Bình Lâm", "~Xuân~"),
                ("2", "Katơr Phúc", "1958", "thôn Suối Đá, xã Bình Lâm", "~Phúc~"),
                ("3", "Nguyễn Hữu Thọ", "1971", "thôn Suối Đá, xã Bình Lâm", "~Thọ~"),
            ),
            "clcll",
            row_height=8,
        ),
        Signs(
            (Sign(("TRƯỞNG THÔN",), "Mang Văn Đoàn", "(Ký, ghi rõ họ tên)"), office.sign()),
            room=26,
        ),
    )
    truth = {key: parcel.truth[key] for key in ("thua_dat_so", "to_ban_do_so")}
    return Document("bien_ban_kiem_tra_dat", blocks, truth, (person.name, office.signer), size=12.5, leading=1.18)


def _sketch(parcel: Parcel) -> object:
    corners = ((38.0, 8.0), (88.0, 5.0), (92.0, 38.0), (41.0, 43.0))
    lengths = (("25,10", 60, 5), ("16,60", 94, 22), ("25,70", 64, 45.5), ("17,60", 29, 26))

    def draw(page: Composer) -> None:
        small = Style(10.5)
        left, top = page.left, page.y + 2
        for (x0, y0), (x1, y1) in zip(corners, (*corners[1:], corners[0]), strict=True):
            page.sheet.line(left + x0, top + y0, left + x1, top + y1, 0.35)
        for text, x, y in lengths:
            page.sheet.text(left + x, top + y, text, small)
        page.sheet.text(left + 60, top + 25, parcel.number, Style(12, "b"))
        page.sheet.text(left + 110, top + 12, "Đường liên thôn", Style(10.5, "i"))
        page.sheet.line(left + 104, top, left + 106, top + 46, 0.2)
        page.sheet.line(left + 136, top, left + 138, top + 46, 0.2)

    return draw
