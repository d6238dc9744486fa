"""The dossier's procedure: from its papers when they are clear, unknown when they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from pipeline.catalogue.loading import catalogue
from pipeline.model import UNKNOWN
from pipeline.understanding.pages import PageInput
from pipeline.understanding.procedure import letters, likeness
from pipeline.understanding.understand import Understanding, understand
from sohoa.ids import Section

Pages = Callable[..., PageInput]
ID = "H11.35-250905-0012"


def of(pages: Mapping[Section, list[PageInput]], cover: str | None = None) -> Understanding:
    return understand(ID, pages, cover)


def slip(page: Pages, texts: dict[str, str], name: str) -> PageInput:
    return page(texts["slip"].replace("quyết: Đăng ký khai sinh", f"quyết: {name}"))


def test_slip_and_papers_agree(page: Pages, texts: dict[str, str]) -> None:
    found = of({Section.RECORDS: [page(texts[n]) for n in ("slip", "birth_form", "birth_note")]})
    assert (found.procedure.id, found.procedure.name, found.origin) == ("1.001193", "Đăng ký khai sinh", "content")
    assert found.procedure.confidence > 0.9
    assert any(e.found == "Đăng ký khai sinh" and e.box is not None for e in found.procedure.evidence)


@pytest.mark.parametrize(
    "code",
    [
        "1.001193",
        "1.004884",
        "1.003583",
        "1.000894",
        "1.004746",
        "1.004194",
        "1.004222",
        "1.012784",
        "1.001612",
        "1.000656",
    ],
)
def test_the_slip_alone_names_it_among_its_neighbours(code: str, page: Pages, texts: dict[str, str]) -> None:
    procedure = catalogue().procedure(code)
    assert procedure is not None
    assert of({Section.PROCESSING: [slip(page, texts, procedure.name)]}).procedure.id == code


def test_every_name_is_most_like_itself() -> None:
    names = [letters(p.name) for p in catalogue().procedures]
    for name in names:
        assert max(names, key=lambda other: likeness(name, other)) == name


def test_the_form_says_first_or_again(page: Pages, texts: dict[str, str]) -> None:
    again = texts["birth_form"].replace("ĐĂNG KÝ KHAI SINH", "ĐĂNG KÝ LẠI KHAI SINH")
    assert of({Section.RECORDS: [page(texts["birth_form"]), page(texts["birth_note"])]}).procedure.id == "1.001193"
    assert of({Section.RECORDS: [page(again)]}).procedure.id in ("1.004884", UNKNOWN)


def test_one_form_for_many_procedures_stays_unknown(page: Pages, texts: dict[str, str]) -> None:
    form = page(texts["motto_head"] + "^TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ\n1. Họ, chữ đệm và tên: Võ Thị Kim Yến")
    found = of({Section.RECORDS: [form]})
    assert found.procedure.id == UNKNOWN
    assert [f.code for f in found.findings] == ["procedure-unknown"]
    asked = page(
        texts["motto_head"]
        + "^TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ\n10. Nội dung đề nghị: Đăng ký tạm trú tại nhà ông Năm"
    )
    assert of({Section.RECORDS: [asked]}).procedure.id == "1.004194"


def test_a_lone_supporting_paper_decides_nothing(page: Pages, texts: dict[str, str]) -> None:
    copy = page(texts["motto_head"] + "^CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH\nSố chứng thực: 4521")
    assert of({Section.RECORDS: [copy]}).procedure.id == UNKNOWN


def test_a_code_on_the_slip_decides_and_many_codes_do_not(page: Pages, texts: dict[str, str]) -> None:
    one = slip(page, texts, "theo yêu cầu (mã thủ tục 1.012784.H36)")
    assert of({Section.PROCESSING: [one]}).procedure.id == "1.012784"
    codes = "\n".join(f"{n}. Thủ tục số {n} (mã {p.code})" for n, p in enumerate(catalogue().procedures[:12], 1))
    listing = page(texts["office_head"] + "^QUYẾT ĐỊNH\n^Về việc công bố danh mục\n" + codes)
    assert of({Section.PROCESSING: [listing]}).procedure.id == UNKNOWN


def test_a_person_applies_for_no_organisation(page: Pages, texts: dict[str, str]) -> None:
    name = (
        "Đăng ký đất đai, tài sản gắn liền với đất, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản"
        " gắn liền với đất lần đầu"
    )
    form = texts["motto_head"] + "^ĐƠN ĐĂNG KÝ ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT\n"
    person = page(form + "b) Giấy tờ nhân thân/pháp nhân: Số CCCD 060075000321")
    receipt = page(texts["slip"].replace("Đăng ký khai sinh\n1.", f"{name}\n1.", 1), width=2600)
    assert of({Section.RECORDS: [receipt, person]}).procedure.id == "1.013978"
    assert of({Section.RECORDS: [receipt, page(form)]}).procedure.id == UNKNOWN


def test_the_cover_sheet_decides(page: Pages, texts: dict[str, str]) -> None:
    found = of({Section.RECORDS: [page(texts["birth_note"])]}, "1.000894")
    assert (found.procedure.id, found.procedure.confidence, found.origin) == ("1.000894", 1.0, "cover")
    assert [f.code for f in found.findings] == ["component-missing"]  # nobody applied to be married here


def test_papers_that_contradict_the_cover_sheet_are_a_finding(page: Pages, texts: dict[str, str]) -> None:
    found = of({Section.RECORDS: [page(texts["slip"]), page(texts["birth_form"])]}, "1.012784")
    assert found.procedure.id == "1.012784"
    assert [f.code for f in found.findings] == ["procedure-mismatch", "component-missing", "component-foreign"]
    assert "1.001193" in found.findings[0].message


def test_a_cover_code_outside_the_catalogue(page: Pages, texts: dict[str, str]) -> None:
    found = of({Section.RECORDS: [page(texts["birth_note"])]}, "1.999999")
    assert (found.procedure.id, found.origin) == ("1.999999", "cover")
    assert [f.code for f in found.findings] == ["procedure-not-in-catalogue"]
    bad = of({Section.RECORDS: [page(texts["slip"])]}, "KHAI SINH")
    assert (bad.procedure.id, bad.origin) == ("1.001193", "content")
    assert [f.code for f in bad.findings] == ["procedure-not-in-catalogue", "component-missing"]
