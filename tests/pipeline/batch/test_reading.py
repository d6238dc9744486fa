"""What is said of a page's resolution when it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.batch import reading
from pipeline.batch.jobs import ReadJob
from pipeline.ocr.engines import chosen
from pipeline.settings import OcrSettings
from scanners import files
from scanners.base import IntakeLimits

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"


@pytest.mark.parametrize(
    ("size", "stated", "told", "used"),
    [
        ((1654, 2339), 200, set(), 200),
        ((1654, 2339), 96, {"dpi-implausible"}, 200),
        ((1240, 1754), 72, {"dpi-implausible", "dpi-low"}, 150),
        ((1240, 1754), 150, {"dpi-low"}, 150),
        ((1654, 2339), None, {"pixel-dpi-unknown"}, 200),
    ],
)
def test_a_resolution_that_cannot_be_true_is_a_finding_and_not_used(
    tmp_path: Path, size: tuple[int, int], stated: int | None, told: set[str], used: int
) -> None:
    page = Image.new("L", size, 245)
    font = ImageFont.truetype(FONT, round(13 / 72 * used))
    ImageDraw.Draw(page).text((used, used), "Kính gửi: Ủy ban nhân dân xã Hòa Phú", font=font, fill=25)
    path = tmp_path / "page.png"
    page.save(path, dpi=(stated, stated)) if stated else page.save(path)
    limits, ocr = IntakeLimits(), OcrSettings()
    info = files.inspect(path, path.name, limits)
    job = ReadJob(info, 0, 1, 0, None, tmp_path / "spool", ocr, limits, chosen(ocr.engine))
    sheet = reading.read(job)
    assert {finding.code for finding in sheet.findings if "dpi" in finding.code} == told
    geometry = reading.load(str(tmp_path / "spool")).geometry
    assert geometry.dpi == pytest.approx((used, used), abs=0.1)
    assert (geometry.stated_dpi is not None) == ("dpi-implausible" in told)


@pytest.mark.parametrize("damage", ["cut", "zeros", "of another release"])
def test_a_spooled_reading_that_is_of_no_use_is_read_again(tmp_path: Path, damage: str) -> None:
    import pickle

    path = tmp_path / "scan.png"
    page = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(page).text((150, 150), "Giấy xác nhận", font=ImageFont.truetype(FONT, 40), fill=20)
    page.save(path, dpi=(150, 150))
    limits, ocr = IntakeLimits(), OcrSettings()
    info = files.inspect(path, path.name, limits)
    job = ReadJob(info, 0, 1, 0, None, tmp_path / "1.page", ocr, limits, chosen(ocr.engine))
    first = reading.read(job)
    sound = job.spool.read_bytes()
    if damage == "of another release":
        data = pickle.dumps((first, None)).replace(b"pipeline.batch.cutting", b"pipeline.batch.nowhere")
        job.spool.write_bytes(reading._digest(data) + data)
    else:
        job.spool.write_bytes(sound[:100] if damage == "cut" else bytes(len(sound)))
    assert reading.read(job) == first
    assert job.spool.read_bytes() == sound
