"""What a procedure asks for is held against what is there: a reason to be missing is no doubt, a stray form is."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import UNKNOWN
from pipeline.understanding.pages import PageInput
from pipeline.understanding.understand import Understanding, understand
from sohoa.ids import Section

Pages = Callable[..., PageInput]
BIRTH = "1.001193"


def held(understanding: Understanding) -> dict[str, tuple[str, tuple[int, ...]]]:
    return {("→" if c.result else "") + c.type: (c.state, c.documents) for c in understanding.components}


def codes(understanding: Understanding) -> list[str]:
    return [f.code for f in understanding.findings if f.code.startswith("component")]


def test_what_is_there_and_what_a_database_has(page: Pages, texts: dict[str, str]) -> None:
    pages = [page(texts[name]) for name in ("birth_form", "birth_note")]
    found = understand("H11.35-230915-0001", {Section.RECORDS: pages}, BIRTH)
    assert held(found) == {
        "to_khai_khai_sinh": ("found", (1,)),
        "giay_chung_sinh": ("found", (2,)),
        "giay_uy_quyen": ("missing", ()),
        "cccd": ("database", ()),
        "giay_cn_ket_hon": ("database", ()),
        "→giay_khai_sinh": ("missing", ()),
    }
    assert codes(found) == [], "what a database has, and what may not apply, is no doubt"


def test_a_dossier_without_its_application_is_a_doubt(page: Pages, texts: dict[str, str]) -> None:
    found = understand("H11.35-230915-0001", {Section.RECORDS: [page(texts["birth_note"])]}, BIRTH)
    assert codes(found) == ["component-missing"]
    told = next(f for f in found.findings if f.code == "component-missing")
    assert "Tờ khai đăng ký khai sinh" in told.message and told.page is None
    unread = page(texts["office_head"] + "^GIẤY CHƯA AI BIẾT\nNội dung của giấy này không có trong danh mục nào cả.")
    with_unread = understand("H11.35-230915-0001", {Section.RECORDS: [page(texts["birth_note"]), unread]}, BIRTH)
    assert [d.type.id for d in with_unread.documents][1:] == [UNKNOWN], "the rest of this test needs it"
    assert codes(with_unread) == [], "a paper that nobody could tell may be it, and waits already"
    results = understand("H11.35-230915-0001", {Section.RESULTS: [page(texts["birth_note"])]}, BIRTH)
    assert codes(results) == [], "the result alone, as when it comes weeks later, lacks nothing"


def test_another_procedures_application_is_a_doubt_with_its_page(page: Pages, texts: dict[str, str]) -> None:
    stray = texts["motto_head"] + "\n^TỜ KHAI ĐĂNG KÝ KẾT HÔN\nHọ, chữ đệm, tên:"
    pages = [page(texts["birth_form"]), page(stray)]
    found = understand("H11.35-230915-0001", {Section.RECORDS: pages}, BIRTH)
    assert [d.type.id for d in found.documents] == ["to_khai_khai_sinh", "to_khai_ket_hon"]
    assert [(f.code, f.section, f.page) for f in found.findings if f.code.startswith("component")] == [
        ("component-foreign", Section.RECORDS, 2)
    ]


def test_a_certified_copy_is_out_of_scope(page: Pages, texts: dict[str, str]) -> None:
    copy = page(texts["birth_note"] + "\n\n^CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH\nSố chứng thực: 12 SCT/BS")
    found = understand("H11.35-230915-0001", {Section.RECORDS: [page(texts["birth_form"]), copy]}, BIRTH)
    assert held(found)["giay_chung_sinh"] == ("copy", (2,))
    assert held(found)["to_khai_khai_sinh"] == ("found", (1,))


def test_nothing_is_asked_for_while_the_procedure_is_unknown(page: Pages) -> None:
    found = understand("H11.35-230915-0001", {Section.RECORDS: [page("Một tờ giấy viết tay.")]}, None)
    assert found.components == ()


def test_a_procedure_guessed_from_the_papers_is_not_held_against_them(page: Pages, texts: dict[str, str]) -> None:
    found = understand("H11.35-230915-0001", {Section.RECORDS: [page(texts["birth_note"])]}, None)
    assert codes(found) == []
