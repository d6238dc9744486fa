"""Pages in layers: small, the same to the eye and to the reader, valid, and taken out of a section as they went in."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from drawn_pages import Drawn, Pixels, as_scanned, draw_page, jpeg, pdftotext, render, scanned, section_info
from PIL import Image
from rapidfuzz.distance import Levenshtein

from pipeline.imaging.decode import decode
from pipeline.imaging.prepare import prepare
from pipeline.model import ImageLayer, PageGeometry, Skew
from pipeline.ocr.engines import engine
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.colour import srgb_profile
from pipeline.pdf.extract import extract_pages
from pipeline.pdf.layers import WORTH, archival_layer, read_layers
from scanners import files
from scanners.base import IntakeLimits, PageSource, ScannedPage

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
RED, BLUE, BLACK = (200, 40, 50), (40, 50, 170), (25, 25, 25)
DPI = 200.0
LOST = 0.001
"""Share of the printed characters that may be read wrong in the layers and right in the scan."""


def letter() -> Pixels:
    """Draw a letter on grayish paper, with a red seal over black print and a blue signature."""
    gray = draw_page(dpi=int(DPI)).pixels
    rgb = np.clip(np.repeat(gray[..., None], 3, axis=2), 25, 240).astype(np.uint8)
    cv2.circle(rgb, (900, 1200), 150, RED, 6, cv2.LINE_AA)
    cv2.circle(rgb, (900, 1200), 110, RED, 4, cv2.LINE_AA)
    cv2.putText(rgb, "UBND", (820, 1220), cv2.FONT_HERSHEY_SIMPLEX, 2.0, RED, 5, cv2.LINE_AA)
    cv2.putText(rgb, "TM. CHU TICH", (700, 1110), cv2.FONT_HERSHEY_DUPLEX, 1.6, BLACK, 3, cv2.LINE_AA)
    cv2.ellipse(rgb, (1300, 1250), (180, 60), 20, 0, 300, BLUE, 5, cv2.LINE_AA)
    noise = np.random.default_rng(1).normal(0, 3, rgb.shape)
    return np.clip(rgb + noise, 0, 255).astype(np.uint8)


def compact(pixels: Pixels, data: bytes | None = None) -> ImageLayer:
    colour = "gray" if pixels.ndim == 2 else "rgb"
    page = scanned(data or jpeg(pixels, quality=80), pixels)
    page = ScannedPage(page.source, page.data, page.media_type, page.width, page.height, (DPI, DPI), 0, True)
    return archival_layer(page, pixels, colour, "compact")


def one_page(layer: ImageLayer, pixels: Pixels) -> bytes:
    geometry = PageGeometry(pixels.shape[1], pixels.shape[0], 0, Skew(0.0, 1.0, 0.0), (DPI, DPI))
    return write_section([SectionPage(layer, geometry)], section_info())


@pytest.fixture(scope="module")
def page() -> Pixels:
    return letter()


@pytest.fixture(scope="module")
def layer(page: Pixels) -> ImageLayer:
    return compact(page)


@pytest.fixture(scope="module")
def pdf(layer: ImageLayer, page: Pixels) -> bytes:
    return one_page(layer, page)


def test_a_letter_becomes_small(layer: ImageLayer, page: Pixels) -> None:
    assert len(layer.inks) == 2, "coloured ink and print"
    assert layer.size < len(jpeg(page, quality=80)) / 4
    assert layer == compact(page), "the same page gives the same bytes"


def test_it_keeps_the_rules_of_pdfa(pdf: bytes, rules: Callable[[bytes], list[object]]) -> None:
    assert rules(pdf) == []


def test_all_layers_come_back_byte_for_byte(layer: ImageLayer, pdf: bytes, page: Pixels) -> None:
    assert read_layers(pdf) == [layer]
    assert one_page(read_layers(pdf)[0], page) == pdf, "a later version carries the page over unchanged"


def test_a_document_cut_out_keeps_its_layers(layer: ImageLayer, page: Pixels) -> None:
    geometry = PageGeometry(page.shape[1], page.shape[0], 0, Skew(0.0, 1.0, 0.0), (DPI, DPI))
    plain = compact(np.full_like(page, 255))
    two = write_section([SectionPage(plain, geometry), SectionPage(layer, geometry)], section_info())
    assert read_layers(extract_pages(two, 2, 2)) == [layer]


@pytest.mark.parametrize(("colour", "name"), [(RED, "seal"), (BLUE, "signature"), (BLACK, "print")])
def test_ink_keeps_its_colour(colour: tuple[int, int, int], name: str, page: Pixels, pdf: bytes) -> None:
    shown = render(pdf, DPI)
    inked = np.abs(page.astype(int) - colour).max(axis=2) < 20
    assert inked.sum() > 1000
    assert np.abs(shown[inked].mean(axis=0) - colour).max() < 30, name


def test_it_looks_the_same(page: Pixels, pdf: bytes) -> None:
    shown = render(pdf, DPI)
    assert shown.shape == page.shape
    blurred = [cv2.GaussianBlur(picture, (0, 0), 1.5).astype(int) for picture in (shown, page)]
    assert np.abs(blurred[0] - blurred[1]).mean() < 2.0
    assert np.percentile(np.abs(blurred[0] - blurred[1]), 99.5) < 50


@pytest.mark.parametrize(("turns", "angle"), [(1, 0.0), (2, 1.7), (3, -2.0)])
def test_all_layers_are_turned_and_levelled_together(turns: int, angle: float, page: Pixels) -> None:
    drawn = Drawn(page, (), (DPI, DPI), 36.0, ())
    stored, geometry = as_scanned(drawn, turns=turns, angle=angle)
    kept = compact(stored)
    assert len(kept.inks) == 2
    shown = render(write_section([SectionPage(kept, geometry)], section_info()), DPI)
    blurred = [
        cv2.GaussianBlur(picture, (0, 0), 2.0)[50:-50, 50:-50].astype(float).ravel() for picture in (shown, page)
    ]
    assert np.corrcoef(*blurred)[0, 1] > 0.97


def photograph(height: int, width: int) -> Pixels:
    """Return shading and texture of all sizes, as photographs and shaded maps have them."""
    random, picture = np.random.default_rng(2), np.zeros((height, width, 3), np.float32)
    for cells in (4, 12, 40, 120, 400):
        tones = random.normal(0, 90 / cells**0.35, (cells, cells, 3)).astype(np.float32)
        picture += cv2.resize(tones, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(picture + 120, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("part", [1.0, 0.3, 0.16])
def test_a_page_with_a_photograph_stays_as_scanned(part: float, page: Pixels) -> None:
    pixels = page.copy()
    high, wide = round(pixels.shape[0] * part), round(pixels.shape[1] * part)
    pixels[-high:, :wide] = photograph(high, wide)
    data = jpeg(pixels, quality=80)
    assert compact(pixels, data).data == data


def test_layers_that_lose_are_not_kept() -> None:
    blank = np.full((2339, 1654), 250, np.uint8)
    data = jpeg(blank, quality=30, optimize=True)
    kept = compact(blank, data)
    assert kept.data == data or kept.size <= WORTH * len(data)
    assert kept.size <= len(data)


def test_a_foreign_profile_is_not_taken_for_srgb(page: Pixels) -> None:
    swapped = srgb_profile().replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")
    assert compact(page, jpeg(page, icc_profile=swapped)).inks == ()
    assert len(compact(page, jpeg(page, icc_profile=srgb_profile())).inks) == 2


@pytest.mark.parametrize("profile", ["faithful", "original"])
def test_the_other_profiles_keep_the_scanners_bytes(profile: str, page: Pixels) -> None:
    data = jpeg(page)
    assert archival_layer(scanned(data, page), page, "rgb", profile).data == data


def test_a_viewer_that_lists_images_finds_no_soft_mask(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name, image in opened.pages[0].Resources.XObject.items():
            assert "/SMask" not in image
            assert ("/Mask" in image) == (name != "/Im0")
    assert pdftotext(pdf).strip() == ""


def test_the_seal_and_the_print_under_it_are_the_scans_own(page: Pixels, pdf: bytes) -> None:
    shown, seen = (picture[1030:1370, 730:1070].astype(int) for picture in (render(pdf, DPI), page))
    scan = np.asarray(Image.open(io.BytesIO(jpeg(page, quality=80))))[1030:1370, 730:1070].astype(int)
    assert np.abs(shown - seen).mean() < np.abs(scan - seen).mean() + 1.5
    red, red_seen = (picture[..., 0] - picture[..., 1] for picture in (shown, seen))
    assert np.corrcoef(red.ravel(), red_seen.ravel())[0, 1] > 0.97
    under = (seen.max(axis=2) < 60) & (cv2.dilate((red_seen > 90).astype(np.uint8), np.ones((9, 9))) > 0)
    assert under.sum() > 50
    assert (shown[under].max(axis=1) < 100).mean() > 0.95, "print under a seal stays black"


def test_coloured_fringes_of_print_are_no_coloured_ink() -> None:
    gray = draw_page(dpi=int(DPI)).pixels
    fringed = np.dstack([gray] * 3)
    for channel, move in ((0, 0.22), (2, -0.22)):
        matrix = np.array([[1, 0, move], [0, 1, 0]])
        fringed[..., channel] = cv2.warpAffine(gray, matrix, gray.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
    assert len(compact(np.clip(fringed, 25, 240).astype(np.uint8)).inks) == 1


def test_a_dark_lid_is_no_picture(page: Pixels) -> None:
    pixels = page.copy()
    pixels[:, :60], pixels[-50:] = 90, 90
    assert len(compact(pixels).inks) == 2


@pytest.mark.parametrize("part", ["card", "map"])
def test_cards_and_maps_stay_as_scanned(part: str, page: Pixels) -> None:
    pixels = page.copy()
    if part == "card":  # an ID card laid on the glass: tinted ground, portrait
        pixels[300:725, 300:975] = (200, 225, 235)
        pixels[380:640, 330:530] = photograph(260, 200)
    else:
        lines = np.random.default_rng(5).integers(0, 1600, (400, 4))
        pixels[300:1900, 20:1630] = (225, 235, 205)
        for x, y, right, down in lines.tolist():
            cv2.line(pixels, (x, y + 300), (right, down + 300), (150, 140, 120), 1, cv2.LINE_AA)
    data = jpeg(pixels, quality=80)
    assert compact(pixels, data).data == data


# legibility, on pages that an office would scan


@cache
def sample_pages() -> list[tuple[ScannedPage, str]]:
    """Return every second page in colour or gray, with its printed text."""
    pages = []
    for file in sorted((SAMPLES / "truth").glob("*.json")):
        for truth in json.loads(file.read_text(encoding="utf-8"))["pages"]:
            if truth["kind"] == "content" and truth["mode"] != "bitonal" and truth["difficulty"] == "normal":
                pages.append(truth)
    chosen = []
    for truth in pages[::2]:
        path = SAMPLES / "inputs" / truth["file"]
        info = files.inspect(path, path.name, IntakeLimits())
        chosen.append((files.read_page(info, truth["index"], IntakeLimits()), truth["text"]))
    return chosen


def as_shown(page: ScannedPage) -> ScannedPage:
    """Return the page as a viewer shows its layers, at the scan's resolution."""
    image = decode(page)
    layer = archival_layer(page, image.pixels, image.colour, "compact")
    if not layer.inks:
        return page  # partly picture, as scanned
    geometry = PageGeometry(image.width, image.height, 0, Skew(0.0, 1.0, 0.0), page.dpi)
    shown = Image.fromarray(render(write_section([SectionPage(layer, geometry)], section_info()), page.dpi[0]))
    file = io.BytesIO()
    shown.convert("L" if image.colour == "gray" else "RGB").save(file, "PPM")
    source, turns = PageSource("shown", "0" * 64, 0), page.quarter_turns
    return ScannedPage(source, file.getvalue(), "image/x-portable-anymap", shown.width, shown.height, page.dpi, turns)


def wrong(text: str, read: str) -> int:
    """Count the characters that were read wrong; how lines are broken does not count."""
    return Levenshtein.distance(" ".join(text.split()), " ".join(read.split()))


def read(page: ScannedPage) -> str:
    reader = engine("tesserocr", "vie")
    return reader.read(prepare(page, judge=reader.readability), 120.0).text


def test_print_in_layers_is_read_as_well_as_the_scan() -> None:
    pytest.importorskip("tesserocr")
    printed = before = after = 0
    for page, text in sample_pages():
        printed += len(text)
        before += wrong(text, read(page))
        after += wrong(text, read(as_shown(page)))
    assert printed > 10_000
    assert after - before <= LOST * printed, (before, after, printed)
