"""A secrecy stamp pressed across the print is read, however it lies; other coloured ink across print is no stamp."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from pictured import ENGINES, FONTS, lines
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.prepare import PreparedPage, prepare
from pipeline.ocr.base import OcrEngine
from pipeline.ocr.engines import EngineName, engine
from scanners.base import ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
RED, BLUE, VIOLET = (190, 30, 40), (40, 60, 160), (110, 50, 150)
MM = 200 / 25.4
PLACE = (500, 420)
"""px at 200 dpi of a stamp's top left corner on the drawn page: across its second and third line."""

reader = cache(engine)


def pressed(text: str, frame: bool = True) -> Image.Image:
    """A stamp of capitals 6 mm high, as a mask."""
    font = ImageFont.truetype(FONTS.format("Bold"), round(8 * MM))
    left, top, right, bottom = font.getbbox(text)
    rim = round(2.4 * MM)
    stamp = Image.new("L", (round(right - left) + 2 * rim, round(bottom - top) + 2 * rim), 0)
    pen = ImageDraw.Draw(stamp)
    pen.text((rim - left, rim - top), text, font=font, fill=255)
    if frame:
        pen.rectangle((0, 0, stamp.width - 1, stamp.height - 1), outline=255, width=round(0.7 * MM))
    return stamp


def inked(page: Image.Image, stamp: Image.Image, colour: tuple[int, int, int], angle: float = 0.0) -> Image.Image:
    """``page`` with a stamp laid over it, as ink lies over toner: both darken."""
    mask = Image.new("L", page.size, 0)
    mask.paste(stamp.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC), PLACE)
    share = np.asarray(mask)[..., None] / 255 * (1 - np.array(colour) / 255)
    return Image.fromarray((np.asarray(page.convert("RGB")) * (1 - share)).astype(np.uint8))


def read(page: PreparedPage, name: EngineName) -> list[str]:
    one: OcrEngine = reader(name, "vie")
    return lines(one.read(page, 60).words)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    ("mark", "colour", "angle", "turns"),
    [("MẬT", RED, 0, 0), ("TỐI MẬT", BLUE, 12, 0), ("TUYỆT MẬT", VIOLET, -5, 1), ("MẬT", RED, 8, 2)],
)
def test_a_secrecy_stamp_across_the_print_is_read_on_a_line_of_its_own(
    drawn: Draw, as_scanned: Scan, name: EngineName, mark: str, colour: tuple[int, int, int], angle: int, turns: int
) -> None:
    page = inked(drawn(), pressed(mark), colour, angle)
    prepared = prepare(as_scanned(page.rotate(-90 * turns, expand=True)))
    text = reader(name, "vie").read(prepared, 60)
    assert lines(text.words)[-1] == mark
    assert sum("ĐĂNG KÝ KHAI SINH" in line for line in lines(text.words)) == 3, "the print under it is read, too"
    (stamp,) = prepared.stamps
    found = [w.box for w in text.words if w.line == text.words[-1].line]
    assert (found[0].left, found[-1].right) == (stamp.box.left, stamp.box.right)
    assert abs(stamp.box.left - PLACE[0]) < 20 and abs(stamp.box.top - PLACE[1]) < 20


@pytest.mark.parametrize("name", ENGINES)
def test_another_stamp_s_text_is_not_taken_for_the_page_s(drawn: Draw, as_scanned: Scan, name: EngineName) -> None:
    plain = read(prepare(as_scanned(drawn())), name)
    for stamp in (pressed("BẢN SAO"), pressed("HỎA TỐC"), pressed("MẪU")):
        prepared = prepare(as_scanned(inked(drawn(), stamp, BLUE)))
        assert len(prepared.stamps) == 1
        assert read(prepared, name) == plain


def test_a_pen_stroke_beside_a_framed_stamp_is_no_part_of_it(drawn: Draw, as_scanned: Scan) -> None:
    stamp = pressed("TUYỆT MẬT")
    signed = Image.new("L", (stamp.width, stamp.height + 100), 0)
    signed.paste(stamp, (0, 100))
    ImageDraw.Draw(signed).line([(200, 60), (240, 20), (260, 80), (330, 30)], fill=255, width=4, joint="curve")
    (alone,) = prepare(as_scanned(inked(drawn(), stamp, VIOLET))).stamps
    (beside,) = prepare(as_scanned(inked(drawn(), signed, VIOLET))).stamps
    assert alone.framed and beside.framed
    assert abs(alone.picture.shape[0] - beside.picture.shape[0]) < 4


def test_a_seal_a_signature_and_a_page_without_colour_give_no_stamp(drawn: Draw, as_scanned: Scan) -> None:
    seal = Image.new("L", (290, 290), 0)
    pen = ImageDraw.Draw(seal)
    pen.ellipse((2, 2, 286, 286), outline=255, width=6)
    pen.ellipse((60, 60, 228, 228), outline=255, width=3)
    dot = Image.new("L", (20, 20), 255)
    for ink in (seal, dot):
        assert prepare(as_scanned(inked(drawn(), ink, RED))).stamps == ()
    assert prepare(as_scanned(drawn())).stamps == ()
