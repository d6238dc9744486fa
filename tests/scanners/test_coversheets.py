"""The printed sheets and the clerk's list that they are made from."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from scanners import coversheets
from scanners.cover import CoverSheet
from scanners.coversheets import CoverListError, CoverPlaceError, FontsMissing, read_csv, write_covers
from sohoa.errors import ExitCode
from sohoa.ids import SECTION_FOLDERS, Section, parse

SHEETS = [
    CoverSheet(parse("000.00.21.H10-230915-0012"), Section.RECORDS, "1.004227", 12),
    CoverSheet(parse("03706/2026/07906"), Section.RESULTS),
    CoverSheet(parse("H11.35.100.200.300-230915-1234567"), Section.PROCESSING),
]
NAMES = {"1.004227": "Đăng ký biến động quyền sử dụng đất do đổi tên hoặc giảm diện tích thửa đất do sạt lở tự nhiên"}


def words(path: Path, page: int) -> str:
    command = ["pdftotext", "-f", str(page), "-l", str(page), str(path), "-"]
    return " ".join(subprocess.run(command, capture_output=True, check=True).stdout.decode().split())


def test_a_sheet_tells_a_person_everything(tmp_path: Path) -> None:
    path = tmp_path / "bìa.pdf"
    write_covers(SHEETS, path, NAMES)
    first = words(path, 1)
    for text in ("000.00.21.H10-230915-0012", "Thành phần hồ sơ", "1.004227", NAMES["1.004227"], "12"):
        assert text in first
    assert "KHÔNG THUỘC HỒ SƠ / NOT PART OF THE DOSSIER" in first and "Đặt tờ này ngay trước trang đầu" in first
    assert "03706/2026/07906" in words(path, 2) and "Kết quả giải quyết" in words(path, 2)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 3
        assert [round(float(edge)) for edge in pdf.pages[0].mediabox.as_list()] == [0, 0, 595, 842]
        fonts = [font for page in pdf.pages for font in page.resources.Font.values() if "/FontDescriptor" in font]
        assert fonts and all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_the_id_fits_the_sheet_and_is_large(kit: Any, tmp_path: Path) -> None:
    path = tmp_path / "covers.pdf"
    write_covers(SHEETS, path)
    found = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True).stdout.decode()
    for sheet in SHEETS:
        boxes = [line for line in found.splitlines() if f">{sheet.dossier_id}<" in line]
        edges = [[float(part.split('"')[1]) for part in line.split() if "=" in part] for line in boxes]
        left, top, right, bottom = max(edges, key=lambda box: box[3] - box[1])
        assert left >= 40 and right <= 555 and bottom - top > 25


def test_bytes_repeat_also_in_another_process(tmp_path: Path) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    write_covers(SHEETS, one)
    program = (
        "import sys; from pathlib import Path; from scanners.coversheets import *; from scanners.cover import *\n"
        "from sohoa.ids import *\n"
        "write_covers([CoverSheet(parse('000.00.21.H10-230915-0012'), Section.RECORDS, '1.004227', 12),"
        "CoverSheet(parse('03706/2026/07906'), Section.RESULTS),"
        "CoverSheet(parse('H11.35.100.200.300-230915-1234567'), Section.PROCESSING)], Path(sys.argv[1]))"
    )
    root = Path(coversheets.__file__).parents[1]
    subprocess.run([sys.executable, "-c", program, str(two)], check=True, cwd=root, env={"PYTHONHASHSEED": "5"})
    assert one.read_bytes() == two.read_bytes()


def test_a_failed_print_leaves_the_old_file_and_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "covers.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(coversheets, "_FONTS", (("fonts-none", "/nowhere/None.ttf", "None-Bold.ttf"),))
    with pytest.raises(FontsMissing) as caught:
        write_covers(SHEETS, path)
    assert "fonts-croscore" in str(caught.value) and caught.value.exit_code == ExitCode.USAGE
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["folder", "none/covers.pdf", "."])
def test_an_output_that_is_no_place_for_a_file_is_refused_without_scraps(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CoverPlaceError) as caught:
        write_covers(SHEETS, tmp_path / place)
    assert caught.value.exit_code == ExitCode.USAGE and " / " in caught.value.message and " / " in caught.value.advice
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_a_print_that_the_system_refuses_leaves_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_covers(SHEETS, tmp_path / "covers.pdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "dossier_id,section,procedure,pages\n000.00.21.H10-230915-0012,records,1.004227,12\n03706/2026/07906,results,,\n",
        "\ufeffma_ho_so;phan;thu_tuc;so_trang\r\n000.00.21.H10-230915-0012;ho-so;1.004227;12\r\n03706/2026/07906;ket-qua;;\r\n",
        "Ghi chú,Số trang,Thủ tục,Phần,Mã hồ sơ\nx,12,1.004227,,000.00.21.h10–230915–0012\n"
        "\n,,,Kết quả giải quyết,03706/2026/07906\n",
        "ma_ho_so\tphan\tpages\tprocedure\n000.00.21.H10-230915-0012\tThành phần hồ sơ\t12\t1.004227\n"
        "03706/2026/07906\tresults\n",
        "Mã hồ sơ;Phần;Thủ tục;Số trang;Ghi chú (tên, ngày, nơi nộp, người nhận, điện thoại)\n"
        "000.00.21.H10-230915-0012;Hồ sơ;1.004227;12;\n03706/2026/07906;Kết quả;;;\n",
        "Ghi chú (a;b;c;d),so_trang,thu_tuc,phan,ma_ho_so\n,12,1.004227,,000.00.21.H10-230915-0012\n"
        ",,,results,03706/2026/07906\n",
    ],
    ids=["english", "excel", "titles", "tabs", "commas in a title", "semicolons in a title"],
)
def test_lists_as_clerks_write_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / "danh sách.csv"
    path.write_text(text, "utf-8", newline="")
    assert read_csv(path) == SHEETS[:2]


@pytest.mark.parametrize(
    ("cell", "section"),
    [
        ("Hồ sơ", Section.RECORDS),
        ("thành phần hồ sơ", Section.RECORDS),
        ("", Section.RECORDS),
        ("Xử lý", Section.PROCESSING),
        ("XU_LY", Section.PROCESSING),
        ("Kết quả xử lý", Section.PROCESSING),
        ("Kết quả", Section.RESULTS),
        ("ket qua", Section.RESULTS),
        ("Kết quả giải quyết", Section.RESULTS),
        *SECTION_FOLDERS.items(),
    ],
)
def test_a_section_is_known_by_folder_and_by_name(tmp_path: Path, cell: str, section: Section) -> None:
    path = tmp_path / "covers.csv"
    path.write_text(f"ma_ho_so,phan\n03706/2026/07906,{cell}\n", "utf-8")
    assert [sheet.section for sheet in read_csv(path)] == [section]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dossier_id\n000.00.21.H10-231515-0012\n", ["line 2", "dossier_id", "000.00.21.H10-231515-0012"]),
        ("ma_ho_so;phan\n03706/2026/07906;records\n03706/2026/07906;khac\n", ["line 3", "phan", "section", "khac"]),
        ("dossier_id,procedure\n03706/2026/07906,1.4227\n", ["dòng 2", "procedure", "1.4227"]),
        ("dossier_id,pages\n03706/2026/07906,mười\n", ["line 2", "pages", "mười"]),
        ("dossier_id,pages\n03706/2026/07906,0\n", ["line 2", "pages"]),
        ("id,pages\n03706/2026/07906,1\n", ["dossier_id", "ma_ho_so"]),
        ("ma_ho_so,dossier_id\n1,2\n", ["twice"]),
        ("dossier_id\n", ["no rows"]),
        ("", ["no rows"]),
    ],
)
def test_mistakes_are_named_by_line_and_column(tmp_path: Path, text: str, said: list[str]) -> None:
    path = tmp_path / "covers.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(CoverListError) as caught:
        read_csv(path)
    assert all(part in str(caught.value) for part in said) and "covers.csv" in str(caught.value)
    assert caught.value.exit_code == ExitCode.USAGE and caught.value.advice


def test_lists_in_other_encodings_and_missing_lists(tmp_path: Path) -> None:
    path = tmp_path / "covers.csv"
    path.write_bytes("mã_hồ_sơ\n".encode("utf-16"))
    with pytest.raises(CoverListError, match="UTF-8"):
        read_csv(path)
    with pytest.raises(CoverListError, match="cannot be opened"):
        read_csv(tmp_path / "none.csv")
