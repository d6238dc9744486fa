"""What is no print leaves the picture for recognition, and the print beside it stays as it was."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.prepare import prepare
from scanners.base import ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
FACE = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", 36)


def recognition(scanned: ScannedPage) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.asarray(prepare(scanned).recognition)


@pytest.mark.parametrize("strength", [0.12, 0.2, 0.28])
def test_the_other_side_of_the_sheet_goes_and_faint_print_stays(drawn: Draw, as_scanned: Scan, strength: float) -> None:
    front = np.asarray(drawn(repeat=1)).astype(float)
    front = np.minimum(front, np.roll(np.asarray(drawn(repeat=1, ink=165)), 900, axis=0))  # a faint carbon copy
    back = np.roll(255.0 - np.asarray(drawn(repeat=2))[:, ::-1], 700, axis=0)
    shine = cv2.GaussianBlur(back, (0, 0), 1.8) * strength
    clean = recognition(as_scanned(Image.fromarray(front.astype(np.uint8))))
    shone = recognition(as_scanned(Image.fromarray(np.clip(front - shine, 0, 255).astype(np.uint8))))
    print_, paper = clean < 128, cv2.erode(clean, np.ones((9, 9), np.uint8)) > 250
    assert (shone[print_] < 160).mean() > 0.97
    assert (shone[paper] < 200).mean() < 0.0005


@pytest.mark.parametrize("size", [24, 30, 44])
@pytest.mark.parametrize("ticked", [False, True])
def test_tick_boxes_go_with_their_tick_and_letters_like_them_stay(
    drawn: Draw, as_scanned: Scan, size: int, ticked: bool
) -> None:
    page = drawn(repeat=1)
    pen = ImageDraw.Draw(page)
    pen.text((200, 1200), "ĐỘ HÒA BỘ QUẢN ĐỒN HHH", font=FACE, fill=20)
    without = recognition(as_scanned(page))
    for x in (300, 700):
        pen.rectangle((x, 1400, x + size, 1400 + size), outline=20, width=3)
        if ticked:
            pen.line((x + 3, 1400 + size // 2, x + size // 2, 1396 + size, x + size + 5, 1394), fill=20, width=4)
    boxed = recognition(as_scanned(page))
    assert np.array_equal(boxed[1150:1300], without[1150:1300])
    assert (boxed[1380:1480] < 200).sum() == 0


def test_the_beads_of_a_certificate_go_and_a_column_of_numbers_stays(drawn: Draw, as_scanned: Scan) -> None:
    page = drawn(repeat=2)
    pen = ImageDraw.Draw(page)
    for row in range(34):
        pen.text((1450, 300 + 48 * row), str(row % 10), font=FACE, fill=20)
    without = recognition(as_scanned(page))
    for x in (90, 1570):
        for y in range(120, 2220, 15):
            pen.ellipse((x - 9, y - 9, x + 9, y + 9), outline=90, width=2)
    framed = recognition(as_scanned(page))
    assert (framed[200:2100, 70:110] < 200).sum() == (framed[200:2100, 1550:1590] < 200).sum() == 0
    assert (framed[200:2100, 130:1540] != without[200:2100, 130:1540]).mean() < 0.001
