"""Sections part into documents where a new paper begins, and no page is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import UNKNOWN, Guidance
from pipeline.understanding.features import look
from pipeline.understanding.pages import PageInput, PageView
from pipeline.understanding.rules import rules
from pipeline.understanding.splitting import Run, split
from pipeline.understanding.understand import understand
from sohoa.ids import Section

Pages = Callable[..., PageInput]

NOISE = "\n".join("~ | ;. x# 0q /\\ k%w zj =—" for _ in range(20))
FOREIGN = "\n".join(
    "The parties hereto agree that this lease shall be governed by the law of England" for _ in range(6)
)


def runs(pages: list[PageInput]) -> list[Run]:
    return split([look(PageView(page, number), rules()) for number, page in enumerate(pages, 1)], rules())


def spans(pages: list[PageInput]) -> list[tuple[str, int, int]]:
    return [(run.type.id, run.first_page, run.last_page) for run in runs(pages)]


def test_a_dossier_of_several_papers(page: Pages, texts: dict[str, str]) -> None:
    names = ("slip", "birth_form", "birth_note", "contract_1", "contract_2", "contract_3")
    assert spans([page(texts[name]) for name in names]) == [
        ("phieu_tiep_nhan", 1, 1),
        ("to_khai_khai_sinh", 2, 2),
        ("giay_chung_sinh", 3, 3),
        ("hd_chuyen_nhuong_tang_cho", 4, 6),
    ]


def test_a_decision_goes_on_over_its_own_word_on_page_two(page: Pages, texts: dict[str, str]) -> None:
    first = page(texts["office_head"] + "^QUYẾT ĐỊNH\n^Về việc phê duyệt kế hoạch\nCăn cứ Luật Đất đai")
    second = page("^2\n^QUYẾT ĐỊNH:\nĐiều 1. Phê duyệt kế hoạch kèm theo Quyết định này.\nNơi nhận:")
    assert spans([first, second]) == [("quyet_dinh", 1, 2)]


def test_page_of_says_where_a_paper_goes_on(page: Pages, texts: dict[str, str]) -> None:
    wide = {"width": 3307, "height": 2339}
    title = "^GIẤY CHỨNG SINH\nHọ và tên mẹ: Nguyễn Thị Thu Hà"
    assert spans([page(texts["birth_form"]), page(f"{title}\n>Trang 2/2")]) == [("to_khai_khai_sinh", 1, 2)]
    assert len(spans([page(texts["birth_form"]), page(f"{title}\n>Trang 1/2", **wide)])) == 2


def test_certificate_inner_pages_belong_to_the_certificate(page: Pages, texts: dict[str, str]) -> None:
    cover = page(
        texts["motto_head"]
        + "\n^GIẤY CHỨNG NHẬN\n^QUYỀN SỬ DỤNG ĐẤT\n^QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT"
    )
    inner = page(
        "^IV. NHỮNG THAY ĐỔI SAU KHI CẤP GIẤY CHỨNG NHẬN\nNội dung thay đổi và cơ sở pháp lý     Xác nhận của cơ quan"
    )
    assert spans([cover, inner, page(texts["birth_note"])]) == [("gcn_qsdd_hong", 1, 2), ("giay_chung_sinh", 3, 3)]


def test_two_copies_of_one_form_are_two_documents(page: Pages, texts: dict[str, str]) -> None:
    one = page(texts["birth_form"])
    assert [s[1:] for s in spans([one, one])] == [(1, 1), (2, 2)]


def test_a_card_begins_without_heading(page: Pages, texts: dict[str, str]) -> None:
    card = page("\n\n\n^CĂN CƯỚC CÔNG DÂN\n^Citizen Identity Card\nSố / No.: 060190001234")
    assert spans([page(texts["birth_form"]), card])[1] == ("cccd", 2, 2)


def test_a_heading_begins_a_document_of_unknown_type(page: Pages, texts: dict[str, str]) -> None:
    other = page(texts["office_head"] + "^GIẤY MỜI\nKính mời ông bà đến dự buổi gặp mặt cuối năm tại hội trường xã")
    assert spans([page(texts["birth_note"]), other]) == [("giay_chung_sinh", 1, 1), (UNKNOWN, 2, 2)]


def test_noise_and_foreign_pages_stand_for_themselves(page: Pages, texts: dict[str, str]) -> None:
    note = page(texts["birth_note"])
    assert spans([note, page(NOISE)]) == [("giay_chung_sinh", 1, 1), (UNKNOWN, 2, 2)]
    assert spans([note, page(FOREIGN)]) == [("giay_chung_sinh", 1, 1), (UNKNOWN, 2, 2)]
    assert spans([page(NOISE)]) == [(UNKNOWN, 1, 1)]


def test_an_almost_empty_back_stays_with_its_front(page: Pages, texts: dict[str, str]) -> None:
    assert spans([page(texts["birth_note"]), page("~ .")]) == [("giay_chung_sinh", 1, 2)]


def test_another_paper_size_counts(page: Pages, texts: dict[str, str]) -> None:
    form = page(texts["birth_form"])
    plan = "Bản vẽ nhà ở của ông Năm tại thôn Lạc Trị, xã Tuy Phong\ntỷ lệ một trên một trăm"
    assert len(spans([form, page(plan)])) == 1
    wide = page(plan, width=3307, height=2339)
    assert len(spans([form, form, wide])) == 2 or spans([form, wide])[0][2] == 1


def test_no_pages_no_documents() -> None:
    assert runs([]) == []


KINDS = ("slip", "birth_form", "birth_note", "contract_1", "contract_2", "contract_3", "noise", "foreign", "empty")


@settings(max_examples=25, deadline=None)
@given(order=st.lists(st.sampled_from(KINDS), max_size=7), seed=st.integers(0, 5))
def test_documents_partition_the_section(
    order: list[str], seed: int, page: Pages, texts: dict[str, str], worn: Callable[..., str]
) -> None:
    known = {**texts, "noise": NOISE, "foreign": FOREIGN, "empty": ""}
    found = runs([page(worn(known[kind], seed)) for kind in order])
    covered = [number for run in found for number in range(run.first_page, run.last_page + 1)]
    assert covered == list(range(1, len(order) + 1))


def test_each_cut_says_how_sure_it_is_and_why(page: Pages, texts: dict[str, str]) -> None:
    first, second = runs([page(texts["birth_form"]), page(texts["birth_note"])])
    assert first.cuts == ()
    (cut,) = second.cuts
    assert (cut.page, cut.begins) == (2, True) and cut.confidence > 0.95
    assert {"title", "heading"} <= {sign.phrase for sign in cut.evidence}
    assert next(sign for sign in cut.evidence if sign.phrase == "title").found == "GIẤY CHỨNG SINH"
    told = split(
        [look(PageView(page(texts[name]), number), rules()) for number, name in enumerate(("slip", "birth_form"), 1)],
        rules(),
        {2: False},
    )
    assert [(c.begins, c.confidence, c.evidence[0].phrase) for run in told for c in run.cuts] == [
        (False, 1.0, "person")
    ]


def test_a_page_that_may_be_either_is_told_of(page: Pages, texts: dict[str, str]) -> None:
    """Another paper size alone neither parts nor joins for sure."""
    body = "\n".join("Các bên thống nhất thực hiện đúng những điều đã ghi trong giấy này" for _ in range(12))
    pages = [page(texts["birth_form"]), page(body, width=1165, height=1654)]
    found = understand("H11.35-230915-0001", {Section.RECORDS: pages}, None)
    assert [(f.code, f.page) for f in found.findings if f.code.endswith("-doubtful")] == [("join-doubtful", 2)]
    numbered = [page(texts["birth_form"]), page("^2\n" + texts["birth_note"])]
    found = understand("H11.35-230915-0001", {Section.RECORDS: numbered}, None)
    assert not [f for f in found.findings if f.code.endswith("-doubtful")], "title and heading outweigh a number"
    assert [d.first_page for d in found.documents] == [1, 2]
    settled = Guidance(starts={(Section.RECORDS, 2): True})
    found = understand("H11.35-230915-0001", {Section.RECORDS: pages}, None, settled)
    assert not [f for f in found.findings if f.code.endswith("-doubtful")]
