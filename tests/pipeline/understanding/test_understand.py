"""The room as a whole: what the batch runner gets for a dossier's pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import UNKNOWN, Severity
from pipeline.understanding.pages import PageInput
from pipeline.understanding.understand import understand
from sohoa.ids import Section, holding_number
from tests.pipeline.understanding.conftest import BIRTH_FORM, build_page

Pages = Callable[..., PageInput]
ID = "H11.35-250905-0012"


def codes(dossier: str | None, *pages: PageInput) -> list[tuple[str, int | None]]:
    """Return the findings on ``pages``, with the procedure's application behind them: no paper is missing."""
    found = understand(dossier, {Section.RECORDS: [*pages, build_page(BIRTH_FORM)]}, "1.001193")
    return [(f.code, f.page) for f in found.findings]


def test_a_whole_dossier(page: Pages, texts: dict[str, str]) -> None:
    records = [page(texts[name]) for name in ("birth_form", "birth_note", "contract_1", "contract_2")]
    found = understand(ID, {Section.PROCESSING: [page(texts["slip"])], Section.RECORDS: records}, None)
    assert [(d.section, d.type.id, d.first_page, d.last_page) for d in found.documents] == [
        (Section.RECORDS, "to_khai_khai_sinh", 1, 1),
        (Section.RECORDS, "giay_chung_sinh", 2, 2),
        (Section.RECORDS, "hd_chuyen_nhuong_tang_cho", 3, 4),
        (Section.PROCESSING, "phieu_tiep_nhan", 1, 1),
    ]
    assert found.procedure.id == "1.001193" and found.findings == ()
    slip = {field.name: field.value for field in found.documents[3].fields}
    assert slip["ma_ho_so"] == ID and slip["thoi_gian_tra"] == "2025-09-08"


def test_the_same_pages_give_the_same_answer(page: Pages, texts: dict[str, str], worn: Callable[..., str]) -> None:
    pages = {Section.RECORDS: [page(worn(text, 7)) for text in texts.values()]}
    assert understand(ID, pages, None) == understand(ID, pages, None)


def test_worn_pages_are_still_understood(page: Pages, texts: dict[str, str], worn: Callable[..., str]) -> None:
    names = ("slip", "birth_form", "birth_note", "contract_1", "contract_2", "contract_3")
    right = 0
    for seed in range(15):
        found = understand(ID, {Section.RECORDS: [page(worn(texts[name], seed)) for name in names]}, None)
        types = [(d.type.id, d.first_page, d.last_page) for d in found.documents]
        right += (
            types
            == [
                ("phieu_tiep_nhan", 1, 1),
                ("to_khai_khai_sinh", 2, 2),
                ("giay_chung_sinh", 3, 3),
                ("hd_chuyen_nhuong_tang_cho", 4, 6),
            ]
            and found.procedure.id == "1.001193"
        )
    assert right >= 14


def test_no_pages_at_all() -> None:
    found = understand(None, {}, None)
    assert found.documents == () and found.procedure.id == UNKNOWN
    assert found.findings == ()  # nothing to read is nothing to review


def test_an_unknown_paper_is_a_finding_in_both_languages(page: Pages) -> None:
    found = understand(
        ID, {Section.RESULTS: [page("^THƯ MỜI\nKính mời ông bà đến dự buổi gặp mặt cuối năm")]}, "1.001193"
    )
    assert [d.type.id for d in found.documents] == [UNKNOWN]
    (unknown,) = found.findings
    assert unknown.message == "Không nhận ra loại giấy tờ / Document type not recognised"
    assert unknown.page == 1
    assert (unknown.section, unknown.page, unknown.severity) == (Section.RESULTS, 1, Severity.WARNING)


@pytest.mark.parametrize(
    "printed", ["H11.35-250905-0013", "H11.35 – 250905 – 0013", "000.00.21.H10-230915-0012", "030910-291115-TP05-4"]
)
def test_another_dossiers_id_is_a_finding(printed: str, page: Pages, texts: dict[str, str]) -> None:
    stray = page(texts["slip"].replace(ID, printed))
    assert codes(ID, page(texts["birth_form"]), stray) == [("foreign-dossier-id", 2)]


@pytest.mark.parametrize("printed", [ID, "H11.35 - 250905 - 0012", "H11.35—250905—0012", "H11.35-25O9O5-0012"])
def test_its_own_id_in_any_spelling_is_none(printed: str, page: Pages, texts: dict[str, str]) -> None:
    assert codes(ID, page(texts["slip"].replace(ID, printed))) == []


def test_dates_phones_and_invalid_ids_are_no_dossier_ids(page: Pages, texts: dict[str, str]) -> None:
    text = texts["birth_note"] + "\nĐiện thoại 0252-385012-3456, số 12/2023/0045\nH11.35-259999-0012"
    assert codes(ID, page(text)) == []


def test_pages_without_a_dossier_have_no_foreign_ids(page: Pages, texts: dict[str, str]) -> None:
    assert codes(None, page(texts["slip"])) == []
    assert codes(holding_number("ab" * 32), page(texts["slip"])) == []


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "| MẬT |", "MÂT", "TÔI MẬT"])
def test_a_secrecy_stamp_stops_the_dossier(mark: str, page: Pages, texts: dict[str, str]) -> None:
    found = understand(ID, {Section.PROCESSING: [page(f"{mark}\n{texts['birth_note']}")]}, "1.001193")
    assert [(f.code, f.severity, f.page) for f in found.findings] == [("secret-mark", Severity.ERROR, 1)]


@pytest.mark.parametrize("text", ["MẶT TRƯỚC", "Bí mật đời tư được pháp luật bảo vệ", "mật", "MẤT", "^MẬT ĐỘ XÂY DỰNG"])
def test_other_words_are_no_secrecy_stamp(text: str, page: Pages, texts: dict[str, str]) -> None:
    assert codes(ID, page(f"{texts['birth_note']}\n{text}")) == []


MAP = """
SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI                Độc lập - Tự do - Hạnh phúc

^TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH
Số thứ tự thửa đất: 215; Tờ bản đồ số: 34
Bản vẽ thửa đất và chiều dài cạnh thửa đất
"""


@pytest.mark.parametrize(("dpi", "told"), [(200.0, True), (296.0, False), (300.0, False)])
def test_a_map_is_to_be_scanned_at_300_dpi(page: Pages, dpi: float, told: bool) -> None:
    scale = dpi / 200
    map_page = page(MAP, width=round(1654 * scale), height=round(2339 * scale), dpi=dpi)
    assert (("map-dpi-low", 1) in codes(ID, map_page)) is told


def test_print_may_be_scanned_at_200_dpi(page: Pages, texts: dict[str, str]) -> None:
    assert "map-dpi-low" not in [code for code, _ in codes(ID, page(texts["birth_form"]))]
