"""Types of realistic pages: confusable pairs, damaged titles, and everything that must stay unknown."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from pipeline.catalogue.loading import catalogue
from pipeline.model import UNKNOWN, TypeGuess
from pipeline.understanding.doctype import THRESHOLD, decide
from pipeline.understanding.features import look
from pipeline.understanding.pages import PageInput, PageView
from pipeline.understanding.rules import rules

Pages = Callable[..., PageInput]

HEAD = """\
ỦY BAN NHÂN DÂN           CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ LIÊN HƯƠNG                Độc lập - Tự do - Hạnh phúc
"""
NUMBER = "Số: 145/QĐ-UBND                 Liên Hương, ngày 15 tháng 9 năm 2025\n"
APPLICANT = """\
Kính gửi: Ủy ban nhân dân xã Liên Hương
Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thu Hà
Nơi cư trú: Khu phố 3, xã Liên Hương, tỉnh Lâm Đồng
Giấy tờ tùy thân: CCCD số 060190001234
"""
LAND = """\
Thửa đất số: 215; Tờ bản đồ số: 34
Địa chỉ: thôn Lạc Trị, xã Tuy Phong
Diện tích: 1.250,5 m2
Căn cứ Giấy chứng nhận quyền sử dụng đất số DK 700320
"""

CONFUSABLE = {
    "to_khai_xn_tthn": HEAD
    + "^TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN\n"
    + APPLICANT
    + "Quan hệ với người được cấp Giấy xác nhận: bản thân\n"
    + "Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:\n"
    + "Tình trạng hôn nhân: chưa đăng ký kết hôn với ai",
    "giay_xn_tthn": HEAD
    + "^GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN\n"
    + "Xét đề nghị của ông/bà: Nguyễn Thị Thu Hà\n^XÁC NHẬN\n"
    + "Tình trạng hôn nhân: chưa đăng ký kết hôn với ai\nGiấy này được cấp để: làm thủ tục kết hôn",
    "don_de_nghi_gpxd": HEAD
    + "^ĐƠN ĐỀ NGHỊ CẤP GIẤY PHÉP XÂY DỰNG\n^(Sử dụng cho công trình: Nhà ở riêng lẻ)\n"
    + "Kính gửi: Ủy ban nhân dân xã Liên Hương\n1. Thông tin về chủ đầu tư:\nTên chủ đầu tư (tên chủ hộ): Lê Văn Tám\n"
    + "2. Thông tin công trình:\nLô đất số: 215; Diện tích: 120 m2",
    "giay_phep_xay_dung": HEAD
    + "^GIẤY PHÉP XÂY DỰNG\n^Số: 87/GPXD-UBND\n1. Cấp cho: Lê Văn Tám\n2. Được phép xây dựng công trình: nhà ở\n"
    + "Theo thiết kế: KT-01 do ông Võ Thành Trung lập",
    "to_khai_khai_sinh": HEAD + "^TỜ KHAI ĐĂNG KÝ KHAI SINH\n" + APPLICANT + "Quan hệ với người được khai sinh: mẹ",
    "giay_khai_sinh": HEAD
    + "^GIẤY KHAI SINH\nSố: 87/2025\nHọ, chữ đệm, tên: NGUYỄN GIA BẢO\nNgày, tháng, năm sinh: 02/09/2025\n"
    + "Nơi đăng ký khai sinh: Ủy ban nhân dân xã Liên Hương\nQuê quán: Tuy Phong",
    "trich_luc_khai_sinh": HEAD + "^TRÍCH LỤC KHAI SINH\n^(BẢN SAO)\nSố: 152/TLKS-BS\nSổ đăng ký khai sinh năm 1998",
    "giay_chung_sinh": HEAD
    + "^GIẤY CHỨNG SINH\nHọ và tên mẹ: Trần Thị Lan\nCân nặng: 3200 gram\nNgười đỡ đẻ: Lê Thị Sương",
    "to_khai_ket_hon": HEAD + "^TỜ KHAI ĐĂNG KÝ KẾT HÔN\nBên nữ          Bên nam\nKết hôn lần thứ mấy: lần thứ nhất",
    "giay_cn_ket_hon": HEAD + "^GIẤY CHỨNG NHẬN KẾT HÔN\nHọ, chữ đệm, tên vợ: Lê Thị Hồng\nNơi đăng ký kết hôn: xã",
    "to_khai_khai_tu": HEAD
    + "^TỜ KHAI ĐĂNG KÝ KHAI TỬ\n"
    + APPLICANT
    + "Quan hệ với người đã chết: con\nNơi chết: tại nhà",
    "trich_luc_khai_tu": HEAD + "^TRÍCH LỤC KHAI TỬ\nSố: 09/TLKT\nĐã chết vào lúc: 05 giờ\nNguyên nhân chết: già yếu",
    "giay_bao_tu": HEAD + "^GIẤY BÁO TỬ\nHọ và tên người tử vong: Trần Văn Chín\nNguyên nhân tử vong: già yếu",
    "to_khai_trich_luc": HEAD
    + "^TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH\n"
    + APPLICANT
    + "Số lượng bản sao yêu cầu cấp: 03",
    "to_khai_cai_chinh": HEAD
    + "^TỜ KHAI\n^ĐĂNG KÝ VIỆC THAY ĐỔI, CẢI CHÍNH, BỔ SUNG THÔNG TIN HỘ TỊCH,\n^XÁC ĐỊNH LẠI DÂN TỘC\n"
    + APPLICANT,
    "trich_luc_cai_chinh": HEAD + "^TRÍCH LỤC\n^CẢI CHÍNH HỘ TỊCH\nSố: 18/TLCCHT",
    "trich_luc_ho_tich_khac": HEAD + "^TRÍCH LỤC\n^ĐĂNG KÝ NHẬN CHA, MẸ, CON\nSố: 3",
    "giay_uy_quyen": HEAD + "^GIẤY UỶ QUYỀN\nNgười ủy quyền: Lê Thị Hồng\nNội dung ủy quyền: nộp hồ sơ",
    "hop_dong_uy_quyen": HEAD + "^HỢP ĐỒNG ỦY QUYỀN\nBÊN ỦY QUYỀN: ông Võ Văn Năm\nPhạm vi ủy quyền: bán đất",
    "hd_chuyen_nhuong_tang_cho": HEAD + "^HỢP ĐỒNG\n^TẶNG CHO QUYỀN SỬ DỤNG ĐẤT\nBên tặng cho: ông Võ Văn Năm\n" + LAND,
    "hd_the_chap": HEAD + "^HỢP ĐỒNG THẾ CHẤP QUYỀN SỬ DỤNG ĐẤT\nBên bảo đảm: ông Võ Văn Năm\n" + LAND,
    "don_dk_dat_dai": "^Mẫu số 15\n" + HEAD + "^ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT\n" + LAND,
    "don_dk_bien_dong": "^Mẫu số 18\n"
    + HEAD
    + "^ĐƠN ĐĂNG KÝ BIẾN ĐỘNG\n^ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT\n2. Nội dung biến động: nhận chuyển nhượng\n"
    + LAND,
    "gcn_qsdd_do": HEAD + "\n^GIẤY CHỨNG NHẬN\n^QUYỀN SỬ DỤNG ĐẤT\n^ỦY BAN NHÂN DÂN HUYỆN TUY PHONG",
    "gcn_qsdd_hong": HEAD
    + "\n^GIẤY CHỨNG NHẬN\n^QUYỀN SỬ DỤNG ĐẤT\n^QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT\n"
    + "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất\nông Võ Văn Năm\n>DK 700320",
    "gcn_2025_qr": HEAD
    + "^GIẤY CHỨNG NHẬN\n^QUYỀN SỬ DỤNG ĐẤT,\n^QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT\n"
    + "2. Thông tin thửa đất:\nThông tin chi tiết được thể hiện tại mã QR\n>AA 01085158",
    "phieu_chuyen_ttnvtc": HEAD
    + "Số: 1023/PCTT-VPĐK\n^PHIẾU CHUYỂN THÔNG TIN\n^ĐỂ XÁC ĐỊNH NGHĨA VỤ TÀI CHÍNH VỀ ĐẤT ĐAI\n"
    + "I. THÔNG TIN CHUNG VỀ HỒ SƠ THỦ TỤC HÀNH CHÍNH\n"
    + LAND,
    "thong_bao_thue": "^CHI CỤC THUẾ KHU VỰC\n^THÔNG BÁO\n^Về việc nộp tiền lệ phí trước bạ\nMã số thuế: 8512345678",
    "thong_bao_hkd": HEAD + "^THÔNG BÁO\n^Về việc chấm dứt hoạt động hộ kinh doanh\nMã số hộ kinh doanh: 48C8001234",
    "thong_bao": HEAD + NUMBER.replace("QĐ", "TB") + "^THÔNG BÁO\n^Về việc nghỉ lễ Quốc khánh\nNơi nhận:",
    "quyet_dinh": HEAD + NUMBER + "^QUYẾT ĐỊNH\n^Về việc phê duyệt kế hoạch năm 2025\nCăn cứ Luật Tổ chức chính quyền",
    "qd_tro_cap": HEAD
    + NUMBER
    + "^QUYẾT ĐỊNH\n^Về việc hưởng trợ cấp xã hội hằng tháng\nCăn cứ Nghị định số 20/2021/NĐ-CP",
    "qd_chuyen_muc_dich": HEAD + NUMBER + "^QUYẾT ĐỊNH\n^Về việc cho phép chuyển mục đích sử dụng đất\n" + LAND,
    "qd_ly_hon": "TÒA ÁN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    + "Số: 112/2022/QĐST-HNGĐ\n^QUYẾT ĐỊNH\n^CÔNG NHẬN THUẬN TÌNH LY HÔN\n^VÀ SỰ THỎA THUẬN CỦA CÁC ĐƯƠNG SỰ",
    "bien_ban_hoa_giai": HEAD + "^BIÊN BẢN\n^Về việc hòa giải tranh chấp đất đai\nHôm nay, vào lúc 8 giờ 30",
    "bien_ban": HEAD + "^BIÊN BẢN HỌP\nHôm nay, vào hồi 9 giờ 00, ngày 21/03/2024\nThành phần: cán bộ xã",
    "cccd": "^CĂN CƯỚC CÔNG DÂN\n^Citizen Identity Card\nSố / No.: 060190001234\nHọ và tên / Full name:",
    "giay_de_nghi_dk_hkd": HEAD + "^GIẤY ĐỀ NGHỊ\n^ĐĂNG KÝ THÀNH LẬP HỘ KINH DOANH\nTôi là: ĐẶNG QUỐC HUY",
    "gcn_dk_hkd": HEAD + "^GIẤY CHỨNG NHẬN\n^ĐĂNG KÝ HỘ KINH DOANH\nMã số hộ kinh doanh: 48C8001234",
    "don_de_nghi": HEAD + "^ĐƠN ĐỀ NGHỊ\nKính gửi: UBND xã\nTôi tên là: Phạm Thị Út\nNay tôi làm đơn này xin hỗ trợ",
    "cong_van": HEAD + "Số: 1203/UBND-NC\nV/v đẩy mạnh số hóa hồ sơ\n^Kính gửi: Các ban, ngành\nNơi nhận:\n- Lưu: VT.",
}


def guess(page: PageInput) -> TypeGuess:
    return decide([look(PageView(page, 1), rules())], rules())


@pytest.mark.parametrize("type_", CONFUSABLE)
def test_confusable_papers_keep_apart(type_: str, page: Pages) -> None:
    found = guess(page(CONFUSABLE[type_]))
    assert found.id == type_
    assert found.confidence >= THRESHOLD and found.evidence


def test_confusable_papers_keep_apart_when_damaged(page: Pages, worn: Callable[..., str]) -> None:
    wrong, unknown, total = [], 0, 0
    for type_, text in CONFUSABLE.items():
        for seed in range(6):
            found = guess(page(worn(text, seed, 0.03)))
            total += 1
            unknown += found.id == UNKNOWN
            if found.id not in (type_, UNKNOWN):
                wrong.append((type_, seed, found.id))
    assert len(wrong) <= total * 0.01, wrong
    assert unknown <= total * 0.05


def test_every_type_knows_its_own_blank(page: Pages) -> None:
    for doctype in catalogue().doctypes:
        if doctype.needs:
            continue
        title = doctype.titles[0].replace("…", " ").replace("$", "")
        body = "\n".join(text for text in doctype.phrases if not text.isupper())
        found = guess(page(f"{HEAD}\n^{title}\n\n{body}"))
        assert found.id == doctype.id, doctype.id


def test_a_title_over_three_lines_and_its_evidence(page: Pages) -> None:
    text = HEAD + "^GIẤY TIẾP NHẬN\n^HỒ SƠ VÀ HẸN\n^TRẢ KẾT QUẢ\nTiếp nhận hồ sơ của: Võ Thị Bé"
    found = guess(page(text))
    assert found.id == "phieu_tiep_nhan"
    title = found.evidence[0]
    assert title.phrase == "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
    assert title.found == "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
    assert title.box is not None and title.box.height > 80
    assert any("CỘNG HÒA" in e.found for e in found.evidence)


def test_a_title_that_lost_its_first_line_is_not_the_result(page: Pages) -> None:
    text = CONFUSABLE["to_khai_xn_tthn"].replace("^TỜ KHAI CẤP GIẤY", "^W# XIHJ KXÂP\n^GIẤY")
    assert guess(page(text)).id in (UNKNOWN, "to_khai_xn_tthn")


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Giấy chứng nhận quyền sử dụng đất số DK 700320 do Sở cấp\nvà Giấy phép xây dựng số 87/GPXD,\n"
        "theo Tờ khai đăng ký khai sinh của bà Út, hai bên đã gặp nhau và thống nhất như trên.",
        "Giấy chứng nhận quyền sử dụng đất đã cấp cho ông Năm năm 2012 có sơ đồ kèm theo.",
        "^PHỤ LỤC\nDanh mục giấy tờ đã nộp theo quy định của pháp luật hiện hành tại địa phương",
        "^HÓA ĐƠN BÁN HÀNG\nCửa hàng vật liệu Huy Hồng, xi măng mười bao, cát hai khối",
        "^THE GREAT GATSBY\nIn my younger and more vulnerable years my father gave me some advice\n"
        "that I have been turning over in my mind ever since.",
        "",
    ],
)
def test_what_is_no_form_stays_unknown(text: str, page: Pages) -> None:
    found = guess(page(text))
    assert found.id == UNKNOWN and found.confidence < THRESHOLD


def test_noise_stays_unknown(page: Pages) -> None:
    for seed in range(12):
        rng = random.Random(seed)
        signs = "aăâbcdđeêghiklmnoôơpqrstuưvxyÀÁÂẤẦỞỮỊ.,;|/\\~^°=-_0123456789"
        words = ["".join(rng.choices(signs, k=rng.randint(1, 7))) for _ in range(250)]
        text = "\n".join(" ".join(words[i : i + 8]) for i in range(0, 250, 8))
        assert guess(page(text)).id == UNKNOWN


def test_a_stamp_on_a_copy_does_not_hide_the_paper(page: Pages) -> None:
    text = "^BẢN SAO\n" + CONFUSABLE["giay_khai_sinh"] + "\nCHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH\nSố chứng thực: 4521"
    assert guess(page(text)).id == "giay_khai_sinh"


def test_two_spellings_of_the_national_heading(page: Pages) -> None:
    for heading in ("CỘNG HÒA", "CỘNG HOÀ"):
        text = CONFUSABLE["giay_khai_sinh"].replace("CỘNG HÒA", heading)
        assert guess(page(text)).evidence[-1].found.startswith(heading)
