"""When something is not as it must be, the command says so by its exit status: 4, or a refusal that stores nothing."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DOSSIER = "H11.35-230915-0001"
LOSING_COUNT = """
from pipeline.batch.ledger import Ledger
from pipeline.cli import main

Ledger.ended = lambda *told: None
main()
"""
"""The command with one fault put in: what became of archived pages is never counted."""


@pytest.fixture
def dossier(desk: Any, make_page: Any) -> Path:
    folder: Path = desk.folder / "in" / DOSSIER
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(make_page("GIẤY XÁC NHẬN\nTình trạng hôn nhân\nHọ tên người yêu cầu"))
    return folder


def test_one_flipped_bit_ends_verify_with_status_4_and_the_file_s_name(desk: Any, dossier: Path) -> None:
    assert desk.sohoa("digitize", dossier).status in (0, 1)
    assert desk.sohoa("verify").status == 0
    (stored,) = desk.archive.rglob("objects/*.pdf")
    data = bytearray(stored.read_bytes())
    data[len(data) // 2] ^= 1
    stored.chmod(0o644)
    stored.write_bytes(data)
    told = desk.sohoa("verify", "--json")
    assert told.status == 4
    (issue,) = (i for i in told.of("issue") if i["severity"] == "error")
    assert (issue["dossier_id"], issue["file"]) == (DOSSIER, "records.pdf")
    assert stored.name in issue["key"]


def test_a_ledger_that_does_not_add_up_ends_with_status_4(desk: Any, dossier: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOSING_COUNT, "digitize", str(dossier)],
        cwd=desk.folder, capture_output=True, text=True, encoding="utf-8", timeout=200,
    )  # fmt: skip
    assert ran.returncode == 4, ran.stderr
    assert "KHÔNG CÂN" in ran.stdout


def test_links_in_a_dossier_are_refused_by_name_and_never_followed(desk: Any, dossier: Path, make_page: Any) -> None:
    elsewhere = desk.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "private.jpg").write_bytes(make_page("NGƯỜI NHÀ KHÁC"))
    (dossier / "2.jpg").symlink_to(elsewhere / "private.jpg")
    (dossier / "ket-qua").symlink_to(elsewhere, target_is_directory=True)
    ran = desk.sohoa("digitize", desk.folder / "in", "--json")
    assert ran.status == 1
    assert ran.ledger == {
        "pages_in": 3,
        "filed": 1,
        "separators": 0,
        "blank": 0,
        "rejected": 2,
        "balanced": True,
        "missing": [],
    }
    refused = [f for f in ran.dossiers[DOSSIER]["findings"] if f["code"] == "file-not-regular"]
    assert {Path(f["file"]).name for f in refused} == {"2.jpg", "ket-qua"}
    assert {path.name.rsplit(".", 2)[-2] for path in (desk.folder / "sohoa-data" / "rejected").iterdir()} == {"reason"}
    assert desk.sohoa("search", "nguoi nha khac", "--json").of("total")[0]["total"] == 0


def test_nothing_of_a_dossier_with_a_secret_page_is_stored(desk: Any, dossier: Path, make_page: Any) -> None:
    (dossier / "2.jpg").write_bytes(make_page("TỐI MẬT\n\nBÁO CÁO\nVề tình hình an ninh trên địa bàn"))
    before = desk.objects()
    ran = desk.sohoa("digitize", desk.folder / "in", "--json")
    assert ran.status == 1
    (event,) = ran.of("dossier")
    assert (event["status"], event["dossier_id"]) == ("rejected", DOSSIER)
    assert "secret-mark" in {f["code"] for f in event["findings"]}
    assert (ran.ledger["rejected"], ran.ledger["balanced"]) == (2, True)
    stored = {key for key in desk.objects() if key not in before}
    assert not [key for key in stored if DOSSIER in key], stored
    kept = list((desk.folder / "sohoa-data").rglob("*.jpg"))
    assert kept == [], "a secret page was copied"
    misread = desk.sohoa("--config", _storing(desk.folder), "digitize", desk.folder / "in", "--json")
    assert misread.dossiers[DOSSIER]["status"] == "archived"


def test_a_secrecy_stamp_pressed_across_the_lines_is_found(desk: Any, dossier: Path, make_page: Any) -> None:
    lines = "BÁO CÁO\nVề tình hình an ninh trên địa bàn xã\nKính gửi: Ủy ban nhân dân huyện Tuy Sơn\nSố: 12/BC-CAX"
    (dossier / "2.jpg").write_bytes(_stamped(make_page(lines), "TUYỆT MẬT"))
    ran = desk.sohoa("digitize", desk.folder / "in", "--json")
    assert ran.dossiers[DOSSIER]["status"] == "rejected"
    (found,) = (f for f in ran.dossiers[DOSSIER]["findings"] if f["code"] == "secret-mark")
    assert "TUYỆT MẬT" in found["message"]
    assert not [key for key in desk.objects() if DOSSIER in key]


def _stamped(page: bytes, text: str) -> bytes:
    """A page of 150 dpi with a framed red stamp pressed askew across its second and third line."""
    stamp = Image.new("L", (340, 90), 0)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((0, 0, 339, 89), outline=255, width=4)
    font = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", 46)
    pen.text((170, 48), text, font=font, fill=255, anchor="mm")
    sheet = Image.open(BytesIO(page)).convert("RGB")
    mask = Image.new("L", sheet.size, 0)
    mask.paste(stamp.rotate(5, expand=True, resample=Image.Resampling.BICUBIC), (260, 220))
    ink = ImageChops.multiply(sheet, Image.new("RGB", sheet.size, (195, 35, 45)))
    out = BytesIO()
    Image.composite(ink, sheet, mask).save(out, "JPEG", quality=85, dpi=(150, 150))
    return out.getvalue()


def _storing(folder: Path) -> Path:
    file = folder / "misread.toml"
    file.write_text("[understanding]\nrefuse_secret = false\n")
    return file


def test_the_same_papers_make_the_same_bytes_in_another_archive(new_desk: Any) -> None:
    """Whatever the day, the folder and the number of workers: section PDFs, texts and originals are the same files."""
    archives = []
    for workers in (1, 2):
        desk = new_desk()
        (desk.folder / "sohoa.toml").write_text('[pdf]\nprofile = "compact"\n')
        ran = desk.sohoa("digitize", SAMPLES / "inputs" / "H11.35-230915-0012", "--workers", workers, "--json")
        assert ran.dossiers["H11.35-230915-0012"]["status"] == "archived", ran.stderr
        stored = desk.objects()
        archives.append({key: data for key, data in stored.items() if "/objects/" in key or "/originals/" in key})
    assert len([key for key in archives[0] if key.endswith(".pdf")]) >= 3
    assert archives[0] == archives[1]
