"""Deliveries as tired people make them: nothing is lost, doubled, or filed where nobody said."""

from __future__ import annotations

import csv
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
import zxingcpp
from PIL import Image

DOSSIER = "H11.35-230915-0001"


@pytest.fixture
def put(desk: Any, make_page: Any) -> Any:
    """Writes a page with some print under the desk's ``in`` folder; the text makes its bytes its own."""

    def place(path: str, text: str | None = None) -> Path:
        file: Path = desk.folder / "in" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make_page(text or f"GIẤY XÁC NHẬN\nTệp {path}\nCư trú tại khu phố"))
        return file

    return place


@pytest.fixture
def covers(desk: Any) -> Any:
    """Prints cover sheets and scans them: a JPEG of each in the order of ``rows``."""

    def printed(*rows: tuple[str, str, str, str]) -> list[Path]:
        from pdf2image import convert_from_path

        table = desk.folder / "covers.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("ma_ho_so", "phan", "thu_tuc", "so_trang"), *rows])
        assert desk.sohoa("covers", table, "--output", "covers.pdf").status == 0
        made = []
        for number, image in enumerate(convert_from_path(desk.folder / "covers.pdf", dpi=150)):
            made.append(desk.folder / f"cover{number}.jpg")
            image.save(made[-1], quality=85, dpi=(150, 150))
        return made

    return printed


def review_codes(desk: Any) -> list[str]:
    return [event["code"] for event in desk.sohoa("review", "--json").events]


def test_a_held_stack_that_grows_stays_one_holding_until_its_dossier_is_named(desk: Any, put: Any) -> None:
    first = put("lô sáng/1.jpg")
    (held,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    assert held["status"] == "held"
    put("lô sáng/2.jpg")
    (grown,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    assert (grown["dossier_id"], grown["version"], grown["pages"]) == (held["dossier_id"], 2, 2)
    assert "folder-name-no-id" in review_codes(desk)
    named = desk.sohoa("digitize", first.parent, "--dossier", DOSSIER, "--json").dossiers[DOSSIER]
    assert (named["status"], named["pages"]) == ("archived", 2)
    assert "folder-name-no-id" not in review_codes(desk), "what is at home no longer waits"
    (again,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    assert (again["dossier_id"], again["status"]) == (DOSSIER, "unchanged")


def test_a_pdf_without_pages_and_an_empty_folder_are_told(desk: Any, put: Any) -> None:
    pikepdf.new().save(put("zero/none.pdf"))
    (desk.folder / "in" / DOSSIER / "records").mkdir(parents=True)
    ran = desk.sohoa("digitize", "in", "--json")
    assert ran.status == 1
    assert {f["code"] for e in ran.of("dossier") for f in e["findings"]} == {"file-empty", "folder-empty"}
    assert ran.ledger["rejected"] == 1
    assert sorted(review_codes(desk)) == ["file-empty", "folder-empty"]


def test_cover_sheets_that_nothing_follows_wait_in_review(desk: Any, covers: Any) -> None:
    for sheet in covers((DOSSIER, "records", "", ""), ("H11.35-230915-0002", "results", "", "")):
        (desk.folder / "in").mkdir(exist_ok=True)
        shutil.copy(sheet, desk.folder / "in")
    ran = desk.sohoa("digitize", "in", "--json")
    assert (ran.status, ran.ledger["separators"]) == (1, 2)
    assert review_codes(desk) == ["cover-empty", "cover-empty"]


def test_a_wrong_count_still_waits_after_the_next_delivery(desk: Any, put: Any, covers: Any) -> None:
    (sheet,) = covers((DOSSIER, "records", "", "3"))
    put("a/2.jpg")
    shutil.copy(sheet, desk.folder / "in" / "a" / "1.jpg")
    desk.sohoa("digitize", "in/a")
    later = put(f"{DOSSIER}/ket-qua/1.jpg").parents[1]
    (event,) = desk.sohoa("digitize", later, "--json").of("dossier")
    assert event["version"] == 2
    assert "cover-page-count" in {f["code"] for f in event["findings"]}


def test_the_same_papers_in_another_section_are_filed_there_too(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/ho-so/1.jpg", "BẢN SAO")
    desk.sohoa("digitize", "in")
    put(f"{DOSSIER}/ket-qua/1.jpg", "BẢN SAO")
    (event,) = desk.sohoa("digitize", "in", "--json").of("dossier")
    assert (event["version"], set(event["files"])) == (2, {"records.pdf", "results.pdf"})
    assert desk.sohoa("digitize", "in", "--json").dossiers[DOSSIER]["status"] == "unchanged"


def test_a_mended_file_ends_its_finding(desk: Any, put: Any) -> None:
    put(f"{DOSSIER}/1.jpg")
    bad = put(f"{DOSSIER}/2.pdf")
    bad.write_bytes(b"")
    desk.sohoa("digitize", "in")
    assert review_codes(desk).count("file-empty") == 1, "one refused file waits once"
    bad.write_bytes(put("other.jpg", "TỆP ĐÚNG").read_bytes())
    (event,) = desk.sohoa("digitize", f"in/{DOSSIER}", "--json").of("dossier")
    assert (event["version"], event["pages"]) == (2, 2)
    assert "file-empty" not in review_codes(desk)


def test_a_stack_with_a_refused_page_is_not_read_again(desk: Any, put: Any) -> None:
    """The first run reads two pages and refuses a third; of the second, only the third is tried."""
    put("lô/1.jpg"), put("lô/2.jpg")
    cut = put("lô/3.jpg")
    cut.write_bytes(cut.read_bytes()[:5000])
    first = desk.sohoa("digitize", "in", "--json")
    again = desk.sohoa("digitize", "in", "--json")
    assert {e["status"] for e in again.of("dossier")} == {"unchanged", "rejected"}
    assert again.ledger == first.ledger
    assert again.ledger["balanced"]


def test_a_file_s_name_need_not_be_text(desk: Any, put: Any) -> None:
    odd = put("x.jpg").rename(desk.folder / b"in/b\xffad.jpg".decode("utf-8", "surrogateescape"))
    ran = desk.sohoa("digitize", odd, "--json")
    assert ran.status == 1
    assert ran.ledger["filed"] == 1


def test_a_pipe_gets_one_line_per_dossier(desk: Any, put: Any) -> None:
    for number in range(3):
        put(f"H11.35-230915-000{number + 1}/1.jpg", f"GIẤY KHÔNG TÊN\nsố {number}")
    lines = desk.sohoa("digitize", "in").stdout.splitlines()
    assert {line.split()[2] for line in lines[:3]} == {f"H11.35-230915-000{n}" for n in (1, 2, 3)}
    assert lines[3] == ""


def test_the_very_same_scan_in_two_dossiers_is_told_of_once(desk: Any, put: Any) -> None:
    scan = put("H11.35-230915-0001/1.jpg")
    put("H11.35-230915-0001/2.jpg")
    desk.sohoa("digitize", "in")
    copy = desk.folder / "in" / "H11.35-230915-0002" / "nhầm.jpg"
    copy.parent.mkdir()
    copy.write_bytes(scan.read_bytes())
    found = desk.sohoa("digitize", "in", "--json").dossiers["H11.35-230915-0002"]["findings"]
    (told,) = [f for f in found if f["code"] == "file-elsewhere"]
    assert told["file"] == "H11.35-230915-0002/nhầm.jpg" and told["severity"] == "warning"
    assert "H11.35-230915-0001, trang 1" in told["message"]
    assert desk.sohoa("decide", "H11.35-230915-0002", "accept", "--code", "file-elsewhere").status == 0
    again = desk.sohoa("digitize", "in", "--json").dossiers["H11.35-230915-0002"]
    assert again["status"] == "unchanged"
    waiting = desk.sohoa("review", "--list", "--json").of("review")
    assert not [one for one in waiting if one["code"] == "file-elsewhere"]


def test_a_paper_scanned_again_is_told_of_and_both_are_kept(desk: Any, put: Any, make_page: Any) -> None:
    person = "Họ và tên: Nguyễn Thị Thu Hà\nSố định danh: 060190001234\nNgày sinh: 15/07/1990"
    lines = f"GIẤY XÁC NHẬN\n{person}\nNơi cư trú: xã Liên Hương"
    first = put("H11.35-230915-0001/1.jpg", lines)
    first.write_bytes(make_page(lines))
    desk.sohoa("digitize", "in")
    again = Image.open(first).rotate(0.6, fillcolor=250).point(lambda level: min(255, level + 8))
    again.save(first.with_name("2.jpg"), quality=70, dpi=(150, 150))
    first.with_name("3.jpg").write_bytes(
        make_page(lines.replace("Thu Hà", "Kim Cúc").replace("060190001234", "060288005512"))
    )
    ran = desk.sohoa("digitize", "in", "--json")
    assert ran.ledger["filed"] == 3
    told = [f for f in ran.dossiers["H11.35-230915-0001"]["findings"] if f["code"] == "page-rescanned"]
    assert [(f["section"], f["page"], "trang 1" in f["message"]) for f in told] == [("records", 2, True)]


def test_an_id_cards_code_is_used_and_shown_to_nobody(desk: Any, put: Any, make_page: Any) -> None:
    payload = "059190001234|261234567|Trần Thị Mỹ Lệ|15071990|Nữ|Khu phố 3, Liên Hà, Tuy Sơn, Nam Thuận|10052021"
    code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=5)
    print_ = "CĂN CƯỚC CÔNG DÂN\nCitizen Identity Card\nHọ và tên / Full name: TRẦN THỊ MỸ LỆ\nSố / No.: 059190007234"
    page = Image.open(BytesIO(make_page(print_)))
    page.paste(Image.fromarray(np.asarray(code)), (700, 600))
    page.save(put("H11.35-230915-0001/1.jpg"), quality=85, dpi=(150, 150))
    ran = desk.sohoa("digitize", "in", "--json")
    told = [f for f in ran.dossiers["H11.35-230915-0001"]["findings"] if f["code"] == "card-differs"]
    assert len(told) == 1 and "Số định danh" in told[0]["message"]
    assert "059190001234" not in ran.stdout + ran.stderr and "Mỹ Lệ" not in ran.stdout + ran.stderr
    (document,) = desk.sohoa("show", "H11.35-230915-0001", "--json").of("show")[0]["manifest"]["documents"]
    fields = {one["name"]: one["value"] for one in document["fields"]}
    assert (document["type"]["code"], fields["so_dinh_danh"], fields["ngay_sinh"]) == (
        "cccd",
        "059190001234",
        "1990-07-15",
    )
    # The next version is understood from the archive, code and all.
    put("H11.35-230915-0001/2.jpg", "trang khác")
    desk.sohoa("digitize", "in")
    (first, *_) = desk.sohoa("show", "H11.35-230915-0001", "--json").of("show")[0]["manifest"]["documents"]
    assert {one["name"]: one["value"] for one in first["fields"]}["so_dinh_danh"] == "059190001234"
