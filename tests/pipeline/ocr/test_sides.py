"""Heads and signature blocks with two sides: each line whole and in its place, level or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from pictured import ENGINES, FONTS, Page, lines
from PIL import Image, ImageDraw, ImageFont

from pipeline.model import Box, Word
from pipeline.ocr.engines import EngineName, engine
from pipeline.ocr.grid import grid
from pipeline.ocr.layout import Part, layout, read_parts
from pipeline.ocr.sides import right_sides

DPI = 200
LEFT = ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ PHAN RANG -", "THÁP CHÀM", "Số: 441/QĐ-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nam Thuận, ngày 19 tháng 02 năm 2024"]
BODY = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;",
    "Theo đề nghị của Giám đốc Sở Tư pháp tại Tờ trình số 12/TTr-STP.",
]


def decision(lower: float, top: float = 0.6) -> Page:
    """The upper half of a decision: its head ``top`` inches down, the left side ``lower`` mm lower than the right."""
    picture = Image.new("L", (round(8.27 * DPI), round(5.8 * DPI)), 255)
    pen = ImageDraw.Draw(picture)
    styles = ("Bold", "Bold", "Italic"), ("Bold", "Bold", "Bold", "Regular")
    for x, side, style, y in ((5.45, RIGHT, styles[0], 0.0), (2.3, LEFT, styles[1], lower / 25.4)):
        for number, line in enumerate(side):
            font = ImageFont.truetype(FONTS.format(style[number]), round(12 / 72 * DPI))
            pen.text((x * DPI, (top + y + number * 16 / 72) * DPI), line, font=font, fill=20, anchor="ms")
    font = ImageFont.truetype(FONTS.format("Regular"), round(13 / 72 * DPI))
    for number, line in enumerate(BODY):
        pen.text((1.1 * DPI, (top + 1.5 + number * 19 / 72) * DPI), line, font=font, fill=20, anchor="ls")
    return Page(np.array(picture))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("lower", [-3.4, 2.5, 3.4])
def test_each_line_of_a_head_that_does_not_stand_level_is_read_whole(name: EngineName, lower: float) -> None:
    read = lines(engine(name, "vie").read(decision(lower), 60).words)
    whole = [line for line in LEFT + RIGHT if any(line in found for found in read)]
    assert whole == LEFT + RIGHT
    head = read[: read.index(BODY[0])]
    assert not any(line in found and not found.endswith(line) for line in RIGHT for found in head)
    assert [line for found in head for line in RIGHT if line in found] == RIGHT
    assert [line for found in head for line in LEFT if line in found] == LEFT


def test_the_right_side_is_cut_between_lines_and_read_after_the_rest() -> None:
    page = decision(2.5)
    (box,) = right_sides(grid(page.recognition, DPI))
    assert 3.2 * DPI < box.left < 4.2 * DPI and box.right == page.recognition.shape[1]
    assert (page.recognition[box.top, box.left :] > 200).all() and (
        page.recognition[box.bottom, box.left :] > 200
    ).all()
    shown: list[Part] = []

    def reader(parts: Sequence[Part]) -> list[list[Word]]:
        shown.extend(parts)
        return [[Word("một", Box(0, 0, 9, 9), 90, 0), Word("hai", Box(0, 9, 9, 18), 90, 1)] for _ in parts]

    assert [w.line for w in read_parts(page, layout(page), reader)] == [0, 1, 2, 3]
    rest, aside = shown
    assert (rest.corner, aside.corner) == ((0, 0), (box.left, box.top))
    ink = [int((picture < 128).sum()) for picture in (page.recognition, rest.picture, aside.picture)]
    assert ink[1] + ink[2] == ink[0] and ink[2] > 0


def test_level_sides_tables_and_plain_text_stay_together() -> None:
    level, table = decision(0.0).recognition.copy(), decision(2.5, top=4.0).recognition
    level[: round(1.3 * DPI), : 4 * DPI] = level[: round(1.3 * DPI), -4 * DPI :]  # the right side twice
    text = decision(2.5).recognition[2 * DPI :]
    below = np.vstack([table, text, text])
    assert right_sides(grid(level, DPI)) == []
    assert right_sides(grid(below, DPI)) == []
    assert right_sides(grid(decision(0.0).recognition[round(1.8 * DPI) :], DPI)) == []
    assert right_sides(grid(np.full((40, 40), 255, np.uint8), DPI)) == []
