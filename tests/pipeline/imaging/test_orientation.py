"""Pages with little on them: the engine is asked, and without it nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from pipeline.imaging.prepare import prepare
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


def test_an_ordinary_page_costs_no_reading(drawn: Draw, as_scanned: Scan) -> None:
    asked: list[int] = []
    prepare(as_scanned(drawn().rotate(180)), judge=lambda picture, dpi: float(asked.append(dpi) or 0))
    assert asked == []


def test_a_container_s_turn_is_counted_in(drawn: Draw, as_scanned: Scan) -> None:
    sideways = as_scanned(drawn().rotate(90, expand=True))
    told = ScannedPage(
        sideways.source, sideways.data, sideways.media_type, sideways.width, sideways.height, sideways.dpi, 1
    )
    assert prepare(told).geometry.quarter_turns == prepare(sideways).geometry.quarter_turns == 1
