"""Fields: values, boxes and confidences from the page, and findings for what cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalogue.loading import catalogue
from pipeline.model import FieldValue, Finding
from pipeline.understanding.fields import document_date, read_fields
from pipeline.understanding.lines import PageLines, without_marks
from pipeline.understanding.pages import PageInput, PageView
from pipeline.understanding.rules import rules
from pipeline.understanding.values import contradiction, normalise
from sohoa.ids import Section
from sohoa.text import nfc

Pages = Callable[..., PageInput]


def read(type_: str, *pages: PageInput) -> tuple[dict[str, FieldValue], tuple[Finding, ...]]:
    known = catalogue().doctype(type_)
    assert known is not None
    lines = [PageLines(PageView(page, number)) for number, page in enumerate(pages, 1)]
    result = read_fields(known, lines, Section.RECORDS, rules().matcher)
    return {field.name: field for field in result.fields}, result.findings


def test_a_birth_form(page: Pages, texts: dict[str, str]) -> None:
    fields, findings = read("to_khai_khai_sinh", page(texts["birth_form"]))
    values = {name: field.value for name, field in fields.items()}
    assert values["nguoi_yeu_cau"] == "Nguyễn Thị Thu Hà"
    assert values["ho_ten_con"] == "Nguyễn Gia Bảo"
    assert values["ho_ten_cha"] == "Trần Văn Bình"
    assert values["so_dinh_danh"] == "060190001234"
    assert values["noi_sinh"] == "Bệnh viện Đa khoa khu vực Bắc Bình Thuận"
    assert values["ngay_ban_hanh"] == "2025-09-05"
    assert findings == ()


def test_where_and_how_sure(page: Pages) -> None:
    one = page("Lời mở đầu của trang\nTổng diện tích sàn: 185,6 m²", confidence=80.0)
    two = page("Số: 87/GPXD-UBND\n1. Cấp cho: LÊ VĂN TÁM", confidence=60.0)
    fields, _ = read("giay_phep_xay_dung", one, two)
    area, number, name = fields["tong_san"], fields["so_gpxd"], fields["cap_cho"]
    assert (area.value, area.page, number.value, number.page) == ("185.6", 1, "87/GPXD-UBND", 2)
    word = next(w for w in one.text.words if w.text == "185,6")
    assert area.box == word.box
    assert area.confidence == pytest.approx(0.8) and number.confidence == pytest.approx(0.6)
    assert name.value == "Lê Văn Tám" and "LÊ VĂN TÁM" in name.rule
    assert name.box is not None and name.box.left == two.text.words[5].box.left


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("ngày 15 tháng 9 năm 2023", "2023-09-15"),
        ("ngày 05 tháng 01 năm 2024", "2024-01-05"),
        ("15/09/2023", "2023-09-15"),
        ("02.09.2023", "2023-09-02"),
        ("15 - 9 - 2023", "2023-09-15"),
    ],
)
def test_dates_become_iso(said: str, value: str, page: Pages) -> None:
    fields, _ = read("giay_cn_ket_hon", page(f"Ngày, tháng, năm đăng ký: {said}"))
    assert fields["ngay_dang_ky"].value == value
    assert document_date(list(fields.values())) == dt.date.fromisoformat(value)


def test_a_day_that_never_was_is_a_finding_and_stays_as_written(page: Pages) -> None:
    fields, findings = read("giay_cn_ket_hon", page("Ngày, tháng, năm đăng ký: 31 tháng 2 năm 2023"))
    assert fields["ngay_dang_ky"].value == "31 tháng 2 năm 2023"
    assert fields["ngay_dang_ky"].confidence == 0
    assert [f.code for f in findings] == ["field-invalid"]
    assert findings[0].page == 1
    assert "ở mục “Ngày đăng ký”" in findings[0].message and "ngay_dang_ky" not in findings[0].message
    assert document_date(list(fields.values())) is None


def test_boxed_digits(page: Pages) -> None:
    fields, findings = read("ct01", page("4. Số định danh cá nhân: | 0 6 0 1 | 9 5 0 0 | 4 3 2 1 |"))
    assert fields["so_dinh_danh"].value == "060195004321" and findings == ()
    assert fields["so_dinh_danh"].box is not None and fields["so_dinh_danh"].box.width > 200


@pytest.mark.parametrize("said", ["06O190001234", "0 6 0 1 9 5 0 0 4 3 2 l", "999190001234"])
def test_a_misread_personal_id_is_a_finding_not_a_guess(said: str, page: Pages) -> None:
    fields, findings = read("ct01", page(f"4. Số định danh cá nhân: {said}"))
    assert [f.code for f in findings] == ["field-invalid"]
    assert fields["so_dinh_danh"].confidence == 0 and fields["so_dinh_danh"].value == said
    assert said not in findings[0].message


CARD = "^CĂN CƯỚC CÔNG DÂN\nSố / No.: {id}\nNgày sinh / Date of birth: {born}\nGiới tính / Sex: {sex}"


@pytest.mark.parametrize(
    ("id_", "born", "sex", "fits"),
    [
        ("060190001234", "15/07/1990", "Nữ", True),
        ("060090001234", "15/07/1990", "Nam", True),
        ("060305001234", "15/07/2005", "Nữ", True),
        ("060090001234", "15/07/1990", "Nữ", False),  # digit 4 says a man
        ("060190001234", "15/07/1991", "Nữ", False),  # digits 5 and 6 say 1990
        ("060390001234", "15/07/1990", "Nữ", False),  # digit 4 says born after 2000
    ],
)
def test_a_personal_id_is_held_against_gender_and_birth(id_: str, born: str, sex: str, fits: bool, page: Pages) -> None:
    fields, findings = read("cccd", page(CARD.format(id=id_, born=born, sex=sex)))
    assert fields["so_dinh_danh"].value == id_
    assert [f.code for f in findings] == ([] if fits else ["field-invalid"])


def test_forms_of_several_persons_are_not_compared(page: Pages) -> None:
    text = (
        "Giấy tờ tùy thân: CCCD số 060190001234\nĐề nghị cơ quan đăng ký khai sinh cho người dưới đây:\n"
        "Họ, chữ đệm, tên: Nguyễn Gia Bảo\nNgày, tháng, năm sinh: 02/09/2025"
    )
    fields, findings = read("to_khai_khai_sinh", page(text))
    assert fields["ngay_sinh"].value == "2025-09-02" and findings == ()


def test_lost_marks_and_wrong_letters_in_labels(page: Pages) -> None:
    fields, _ = read("giay_uy_quyen", page("Nguời uy quyen: Lê Thị Hồng\nNội dung ủy quyên: nộp hồ sơ"))
    assert fields["ben_uy_quyen"].value == "Lê Thị Hồng" and fields["noi_dung"].value == "nộp hồ sơ"
    fields, _ = read("trich_luc_khai_tu", page("Nguyxn nhân chết: già yếu"))
    assert fields["nguyen_nhan"].value == "già yếu" and fields["nguyen_nhan"].confidence < 0.9


def test_values_below_or_beside_their_label(page: Pages) -> None:
    fields, _ = read("cccd", page("Họ và tên / Full name:\nTRẦN THỊ MỸ LỆ\nSố / No.:      060190001234"))
    assert fields["ho_ten"].value == "Trần Thị Mỹ Lệ"
    assert fields["so_dinh_danh"].value == "060190001234"


def test_a_value_broken_by_the_margin_is_whole(page: Pages) -> None:
    text = (
        "Thủ tục hành chính cần giải quyết: Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy\n"
        "chứng nhận quyền sử dụng đất lần đầu đối với cá nhân\n"
        "1. Thành phần hồ sơ nộp gồm những giấy tờ sau đây theo quy định của pháp luật đất đai"
    )
    fields, _ = read("phieu_tiep_nhan", page(text))
    assert fields["thu_tuc"].value == (
        "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất lần đầu đối với cá nhân"
    )


def test_an_empty_label_does_not_take_the_next_one(page: Pages) -> None:
    fields, _ = read("to_khai_khai_sinh", page("Nơi sinh:\nHọ, chữ đệm, tên người mẹ: Trần Thị Lan"))
    assert "noi_sinh" not in fields and fields["ho_ten_me"].value == "Trần Thị Lan"


def test_land_and_money(page: Pages, texts: dict[str, str]) -> None:
    fields, findings = read("hd_chuyen_nhuong_tang_cho", page(texts["contract_1"]), page(texts["contract_2"]))
    assert {n: (f.value, f.page) for n, f in fields.items()} == {
        "thua_dat_so": ("215", 1),
        "to_ban_do_so": ("34", 1),
        "dien_tich_m2": ("1250.5", 1),
        "gia": ("450000000", 2),
    }
    assert findings == ()


@pytest.mark.parametrize(
    ("said", "value"), [("1.250,5", "1250.5"), ("1250.5", "1250.5"), ("1.250", "1250"), ("120", "120")]
)
def test_areas(said: str, value: str) -> None:
    found = normalise("area", said)
    assert found is not None and found.text == value


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.booleans())
def test_a_true_personal_id_never_contradicts(born: dt.date, woman: bool) -> None:
    digit = (born.year // 100 - 19) * 2 + woman
    personal_id = f"060{digit}{born.year % 100:02}000001"
    assert contradiction(personal_id, "Nữ" if woman else "Nam", born) is None
    assert contradiction(personal_id, "Nam" if woman else "Nữ", born) is not None


@given(st.text(max_size=40))
def test_text_without_marks_keeps_its_places(text: str) -> None:
    assert len(without_marks(nfc(text))) == len(nfc(text))
