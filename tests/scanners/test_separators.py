"""Cover sheets are read from bad scans, and nothing else is ever taken for one."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from pdf2image import convert_from_path
from PIL import Image

from scanners.cover import CoverSheet, InvalidCover, decode, encode, encode_short
from scanners.coversheets import write_covers
from scanners.separators import read_codes, read_cover
from sohoa.ids import Section, parse

Pixels = Any
OLD = CoverSheet(parse("000.00.21.H10-230915-0012"), Section.RESULTS, "1.004227", 12)
INSURANCE = CoverSheet(parse("03706/2026/07906"))
LONG = CoverSheet(parse("H11.35.100.200.300-230915-1234567"), Section.PROCESSING, "2.000889", 9999)
SHEETS = (OLD, INSURANCE, LONG)
ID_CARD = "001099012345|123456789|Nguyễn Văn Thử|01011990|Nam|Số 1 phố Thử, phường Mẫu, Hà Nội|01012021"


def rasters(path: Path, dpi: int) -> list[Pixels]:
    pages = []
    for page in range(1, len(SHEETS) + 1):
        command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), str(path)]
        with Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)) as image:
            pages.append(np.asarray(image.convert("RGB")))
    return pages


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[Pixels]]:
    path = tmp_path_factory.mktemp("covers") / "covers.pdf"
    write_covers(SHEETS, path)
    return {dpi: rasters(path, dpi) for dpi in (200, 300)}


def rotated(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255, 255, 255))


def noisy(pixels: Pixels, sigma: float) -> Pixels:
    cv2.setRNGSeed(7)
    noise = cv2.randn(np.zeros(pixels.shape, np.int16), (0, 0, 0), (sigma, sigma, sigma))
    return cv2.add(pixels.astype(np.int16), noise, dtype=cv2.CV_8U)


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    return cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def stamped(pixels: Pixels, ink: tuple[int, int, int] = (220, 60, 60)) -> Pixels:
    """A seal of 36 mm over each QR code, its ink multiplied with the paper."""
    dpi = pixels.shape[0] / (297 / 25.4)
    layer = np.full_like(pixels, 255)
    for x, y in ((30, 30), (180, 267)):
        centre, radius = (int(x / 25.4 * dpi), int(y / 25.4 * dpi)), int(18 / 25.4 * dpi)
        cv2.circle(layer, centre, radius, ink, int(dpi / 12))
        cv2.circle(layer, centre, radius // 2, ink, -1)
        cv2.line(layer, (centre[0] - radius, centre[1]), (centre[0] + radius, centre[1]), ink, int(dpi / 20))
    return (pixels.astype(np.uint16) * layer // 255).astype(np.uint8)


DEGRADED: dict[str, Callable[[Pixels], Pixels]] = {
    "clean": lambda page: page,
    "quarter turn": lambda page: np.rot90(page, 1),
    "half turn": lambda page: np.rot90(page, 2),
    "three quarters": lambda page: np.rot90(page, 3),
    "skew": lambda page: rotated(page, 3),
    "skew back": lambda page: rotated(page, -3),
    "noise": lambda page: noisy(page, 40),
    "jpeg 30": lambda page: jpeg(page, 30),
    "blur": lambda page: cv2.GaussianBlur(page, (0, 0), 1.5),
    "faint": lambda page: (150 + page * (60 / 255)).astype(np.uint8),
    "bitonal": lambda page: ((page > 140) * 255).astype(np.uint8),
    "red seals": stamped,
    "all at once": lambda page: jpeg(noisy(rotated(stamped(np.rot90(page, 2)), 3), 15), 30),
}


@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize("damage", DEGRADED)
def test_every_degraded_sheet_is_read(printed: dict[int, list[Pixels]], dpi: int, damage: str) -> None:
    for page, sheet in zip(printed[dpi], SHEETS, strict=True):
        scan = np.ascontiguousarray(DEGRADED[damage](page))
        assert read_cover(scan) == read_cover(scan, float(dpi)) == sheet


def test_gray_scans_are_read_too(printed: dict[int, list[Pixels]]) -> None:
    for page, sheet in zip(printed[200], SHEETS, strict=True):
        assert read_cover(np.ascontiguousarray(page[:, :, 1])) == sheet


def test_one_covered_code_leaves_the_other(printed: dict[int, list[Pixels]]) -> None:
    page = printed[200][0].copy()
    page[: page.shape[0] // 5, : page.shape[1] // 3] = 30
    assert read_cover(page) == OLD


def test_the_bar_code_alone_says_only_the_dossier(printed: dict[int, list[Pixels]]) -> None:
    page = printed[200][0].copy()
    page[: page.shape[0] // 5, : page.shape[1] // 3] = 255
    page[page.shape[0] * 4 // 5 :, page.shape[1] * 2 // 3 :] = 255
    found = read_cover(page)
    assert isinstance(found, CoverSheet) and found.dossier_id == OLD.dossier_id and not found.complete


def page_with(*texts: str, form: Any = zxingcpp.BarcodeFormat.QRCode, scale: int = 6) -> Pixels:
    page = np.full((2339, 1654), 255, np.uint8)
    for place, text in enumerate(texts):
        code = np.asarray(zxingcpp.create_barcode(text, form).to_image(scale=scale))
        top, left = 200 + 700 * (place // 2), 100 + 750 * (place % 2)
        page[top : top + code.shape[0], left : left + code.shape[1]] = code
    return page


@pytest.mark.parametrize(
    "text",
    [
        ID_CARD,
        "https://dichvucong.example.vn/tra-cuu?ma=000.00.21.H10-230915-0012",
        "000.00.21.H10-230915-0012",
        "sohoa1|x",
        " SOHOA1|x",
    ],
)
def test_other_peoples_codes_are_no_covers(text: str) -> None:
    page = page_with(text)
    assert zxingcpp.read_barcodes(page), "the code itself must be readable, or this proves nothing"
    assert read_cover(page) is None


def test_a_citizens_code_beside_ours_changes_nothing_and_is_not_kept() -> None:
    assert read_cover(page_with(ID_CARD, encode(OLD))) == OLD
    spoiled = read_cover(page_with(ID_CARD, "SOHOA1|not an id|records||"))
    assert isinstance(spoiled, InvalidCover) and "Nguyễn" not in repr(spoiled) and "001099" not in repr(spoiled)


@pytest.mark.parametrize(
    "text",
    [
        "SOHOA1|000.00.21.H10-231315-0012|records||",
        "SOHOA1|000.00.21.H10-230915-0012|record||",
        "SOHOA1|000.00.21.H10-230915-0012|records|4227|",
        "SOHOA1|000.00.21.H10-230915-0012|records||0",
        "SOHOA1|000.00.21.H10-230915-0012|records||012",
        "SOHOA1|000.00.21.H10-230915-0012|records|",
        "SOHOA1|000.00.21.h10-230915-0012|records||",
        "SOHOA1|",
        "SOHOA2|000.00.21.H10-230915-0012|records||",
    ],
)
def test_codes_of_ours_that_are_not_valid_are_never_content(text: str) -> None:
    assert decode(text) is None
    found = read_cover(page_with(text))
    assert isinstance(found, InvalidCover) and found.codes == (text,) and "not valid" in found.reason


def test_two_sheets_in_one_picture_are_never_guessed() -> None:
    for other in (INSURANCE, CoverSheet(OLD.dossier_id, Section.RECORDS)):
        found = read_cover(page_with(encode(OLD), encode(other)))
        assert isinstance(found, InvalidCover) and "disagree" in found.reason
    mixed = page_with(encode(OLD))
    bars = page_with(encode_short(INSURANCE), form=zxingcpp.BarcodeFormat.Code128, scale=3)
    mixed[1200:] = bars[100:1239]
    assert isinstance(read_cover(mixed), InvalidCover)


def test_content_pages_are_no_covers(kit: Any) -> None:
    for mode in ("L", "RGB"):
        assert read_cover(np.asarray(kit.draw_page(mode, (1654, 2339)))) is None
    assert read_cover(np.random.default_rng(1).integers(0, 256, (1200, 900, 3), dtype=np.uint8)) is None
    assert read_cover(np.zeros((3, 2), np.uint8)) is None


IDS = st.sampled_from([sheet.dossier_id for sheet in SHEETS])
PROCEDURES = st.one_of(st.none(), st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True))
PAGES = st.one_of(st.none(), st.integers(1, 9999))


@given(st.builds(CoverSheet, IDS, st.sampled_from(Section), PROCEDURES, PAGES))
def test_what_is_encoded_is_decoded(sheet: CoverSheet) -> None:
    assert decode(encode(sheet)) == sheet
    short = decode(encode_short(sheet))
    assert short is not None and short.dossier_id == sheet.dossier_id and not short.complete


@given(st.text())
def test_any_other_text_is_no_cover(text: str) -> None:
    sheet = decode(text)
    assert sheet is None or text in (encode(sheet), encode_short(sheet))


@pytest.mark.parametrize(("procedure", "pages"), [("4227", None), ("1.00422x", None), (None, 0), (None, 10_000)])
def test_sheets_that_could_not_be_read_back_cannot_be_made(procedure: str | None, pages: int | None) -> None:
    with pytest.raises(ValueError, match="no "):
        CoverSheet(OLD.dossier_id, Section.RECORDS, procedure, pages)


@pytest.mark.parametrize("share", [0.1, 0.2, 0.33])
def test_a_cover_sheet_that_shows_through_its_blank_back_is_no_second_cover(share: float, tmp_path: Path) -> None:
    sheet = CoverSheet(parse("H11.35-230915-0001"), Section.RECORDS, "1.001193", 12)
    write_covers([sheet], tmp_path / "cover.pdf")
    (page,) = convert_from_path(tmp_path / "cover.pdf", dpi=200, grayscale=True)
    front = np.asarray(page)
    back = np.ascontiguousarray(255 - (255 - front[:, ::-1].astype(np.float32)) * share).astype(np.uint8)
    assert read_cover(front) == sheet
    assert read_cover(back) is None


def test_id_cards_are_returned_beside_in_reading_order() -> None:
    other = ID_CARD.replace("001099012345", "059190001234")
    found = read_codes(page_with(ID_CARD, encode(OLD), other))
    assert found.cover == OLD
    assert [card.number for card in found.cards] == ["001099012345", "059190001234"]
    assert (found.cards[0].name, found.cards[0].address) == ("Nguyễn Văn Thử", "Số 1 phố Thử, phường Mẫu, Hà Nội")
    colour = np.repeat(page_with(ID_CARD)[:, :, None], 3, axis=2)
    colour[1000:1200, :, 0] = 200
    assert len(read_codes(colour).cards) == 1, "each once, however many channels show it"
