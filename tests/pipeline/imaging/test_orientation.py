"""Pages with little on them: the engine is asked, and without it nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from pipeline.imaging import orientation
from pipeline.imaging.prepare import prepare
from pipeline.imaging.reduced import reduce
from pipeline.model import Orientation
from pipeline.ocr.tesseract import TesseractEngine
from scanners.base import ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
FEW = ["CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", "Số chứng thực: 1234, ngày 12 tháng 5 năm 2022"]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_two_lines_are_turned_by_reading_them(drawn: Draw, as_scanned: Scan, turns: int) -> None:
    page = as_scanned(drawn(lines=FEW, repeat=1).rotate(90 * turns, expand=True))
    assert prepare(page, judge=TesseractEngine("vie").readability).geometry.quarter_turns == turns


@pytest.mark.parametrize("turns", [0, 2])
def test_two_lines_stay_as_they_are_when_nobody_can_read_them(drawn: Draw, as_scanned: Scan, turns: int) -> None:
    geometry = prepare(as_scanned(drawn(lines=FEW, repeat=1).rotate(90 * turns, expand=True))).geometry
    assert geometry.quarter_turns == 0
    assert geometry.orientation_confidence < 0.5


@pytest.mark.parametrize("turns", [0, 1])
def test_an_ordinary_page_costs_no_reading(drawn: Draw, as_scanned: Scan, turns: int) -> None:
    asked: list[int] = []
    page = as_scanned(drawn().rotate(90 * turns, expand=True))
    assert prepare(page, judge=lambda picture, dpi: float(asked.append(dpi) or 0)).geometry.quarter_turns == turns
    assert asked == []


def test_a_page_is_turned_on_its_head_only_when_it_reads_so(drawn: Draw, as_scanned: Scan) -> None:
    """Lines that are all alike, as in a register, may look upside down when they are not."""
    page, like = as_scanned(drawn().rotate(180)), as_scanned(drawn(lines=["Nguyễn Thị Thu Hà, sinh 1985"], repeat=24))
    reader = TesseractEngine("vie").readability
    assert prepare(page, judge=reader).geometry.quarter_turns == 2
    assert prepare(like, judge=reader).geometry.quarter_turns == 0
    unread = prepare(page, judge=lambda picture, dpi: 0.0).geometry
    assert (unread.quarter_turns, unread.orientation_confidence < 0.5) == (2, True)


def test_a_container_s_turn_is_counted_in(drawn: Draw, as_scanned: Scan) -> None:
    sideways = as_scanned(drawn().rotate(90, expand=True))
    told = ScannedPage(
        sideways.source, sideways.data, sideways.media_type, sideways.width, sideways.height, sideways.dpi, 1
    )
    assert prepare(told).geometry.quarter_turns == prepare(sideways).geometry.quarter_turns == 1


def read_by_its_lines(page: Image.Image) -> Orientation:
    small = reduce(np.asarray(page), (200.0, 200.0))
    return orientation.detect(small, np.asarray(page))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "lines",
    [
        ["UBND HUYEN TUY SON TINH NAM THUAN", "CONG TY TNHH MTV XAY DUNG HOANG MINH", "NGUYEN VAN HAI VA TRAN THI HOA"],
        ["4.229.640   2.332.754   7.188.244", "3.281.818   8.902.753   741.623", "1.120.045   990.310   62.554"],
    ],
    ids=["capitals", "digits"],
)
def test_what_is_level_on_both_sides_leaves_doubt(drawn: Draw, lines: list[str], turns: int) -> None:
    """The edges of capitals and digits say nothing of up and down; taken for text they said the wrong thing, surely."""
    page = drawn(lines=lines, repeat=8).rotate(90 * turns, expand=True)
    assert read_by_its_lines(page).confidence < 0.5


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("lines", [["CONG TY TNHH MTV XAY DUNG HOANG MINH"], ["4.229.640   2.332.754   7.188.244"]])
def test_capitals_and_digits_are_turned_by_reading_them(
    drawn: Draw, as_scanned: Scan, lines: list[str], turns: int
) -> None:
    page = as_scanned(drawn(lines=lines, repeat=12).rotate(90 * turns, expand=True))
    geometry = prepare(page, judge=TesseractEngine("vie").readability).geometry
    assert geometry.quarter_turns == turns and geometry.orientation_confidence >= 0.5


@pytest.mark.parametrize("turns", [0, 2])
def test_a_title_and_a_signature_leave_doubt(drawn: Draw, turns: int) -> None:
    page = drawn(
        lines=["PHỤ LỤC HỢP ĐỒNG", "", "", "", "", "NGƯỜI ĐẠI DIỆN", "(Ký, ghi rõ họ tên)", "Nguyễn Hữu Phước"],
        repeat=1,
    )
    assert read_by_its_lines(page.rotate(90 * turns)).confidence < 0.5


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_stamp_across_a_form_does_not_turn_it(drawn: Draw, turns: int) -> None:
    form, stamp = drawn(repeat=2), drawn(lines=["CÔNG VĂN ĐẾN", "Số: 1284/VP ngày 12/5/2022"], repeat=1)
    piece = stamp.crop((190, 170, 900, 330)).rotate(90, expand=True)
    form.paste(piece, (1300, 1500))
    found = read_by_its_lines(form.rotate(90 * turns, expand=True))
    assert found.quarter_turns == turns and found.confidence >= 0.5
