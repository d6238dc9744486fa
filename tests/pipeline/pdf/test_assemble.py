"""The section file as people and programs meet it: upright pages, bookmarks, labels, metadata, the same bytes."""

from __future__ import annotations

import hashlib
import io
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from drawn_pages import (
    Drawn,
    Pixels,
    document,
    draw_page,
    jpeg,
    pdftotext,
    render,
    scanned,
    section_info,
    section_page,
    words_with_boxes,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf2image import convert_from_bytes
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from pipeline.model import UNKNOWN, Box, PageGeometry, Skew
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.layers import archival_layer, read_layers
from pipeline.pdf.placement import SHY, place
from sohoa.ids import Section

CASES = [(turns, angle) for turns in range(4) for angle in (-3.0, 0.0, 1.7)]


@pytest.fixture(scope="module")
def card() -> Drawn:
    return draw_page("Họ và tên: Nguyễn Thị Ánh Tuyết\nSố: 1742/QĐ-UBND\nĐịa chỉ: tổ 5, thị trấn", size=(120, 70))


@pytest.fixture(scope="module")
def crooked(card: Drawn) -> bytes:
    """The same page as scanned in every quarter turn and with three skews."""
    return write_section([section_page(card, turns=t, angle=a) for t, a in CASES], section_info())


@pytest.mark.parametrize(("turns", "angle"), CASES)
def test_a_cropped_page_shows_the_sheet_only_and_keeps_the_scan(card: Drawn, turns: int, angle: float) -> None:
    """The page is what lies in the crop, words in their places; the image in the file is the whole scan."""
    crop = Box(30, 20, card.width - 60, card.height - 90)
    whole = section_page(card, turns=turns, angle=angle)
    words = [
        replace(w, box=Box(w.box.left - 30, w.box.top - 20, w.box.right - 30, w.box.bottom - 20)) for w in whole.words
    ]
    page = SectionPage(whole.layer, replace(whole.geometry, crop=crop), words)
    pdf = write_section([page], section_info())
    shown = render(pdf, 150)[..., 1]
    wanted = card.pixels[crop.top : crop.bottom, crop.left : crop.right]
    assert np.abs(np.subtract(shown.shape, wanted.shape)).max() <= 1
    height, width = np.minimum(shown.shape, wanted.shape)
    soft = [cv2.blur(picture[:height, :width], (5, 5)).astype(int) for picture in (shown, wanted)]
    assert np.abs(soft[0] - soft[1]).mean() < 3
    for found, word in zip(words_with_boxes(pdf), words, strict=True):
        assert found.text == word.text
        assert abs(found.left - word.box.left * 72 / 150) < 0.1 and abs(found.right - word.box.right * 72 / 150) < 0.1
    assert [layer.data for layer in read_layers(pdf)] == [whole.layer.data]


@pytest.fixture(scope="module")
def crooked_shown(crooked: bytes) -> list[Pixels]:
    return [np.asarray(image.convert("L")) for image in convert_from_bytes(crooked, dpi=150)]


@pytest.mark.parametrize("case", range(len(CASES)), ids=[f"{t} turns, {a} degrees" for t, a in CASES])
def test_every_page_is_shown_upright_and_level_under_its_words(
    case: int, card: Drawn, crooked: bytes, crooked_shown: list[Pixels]
) -> None:
    shown = crooked_shown[case]
    assert shown.shape == card.pixels.shape
    dark = shown < 128
    under = np.zeros_like(dark)
    for word in card.words:
        box = word.box
        inked = dark[box.top : box.bottom, box.left : box.right].sum()
        drawn = (card.pixels[box.top : box.bottom, box.left : box.right] < 128).sum()
        assert 0.8 < inked / drawn < 1.25, word
        under[box.top - 1 : box.bottom + 2, box.left - 1 : box.right + 2] = True
    assert (dark & under).sum() / dark.sum() > 0.99
    blurred = [cv2.GaussianBlur(picture, (0, 0), 1.5).astype(float).ravel() for picture in (shown, card.pixels)]
    assert np.corrcoef(*blurred)[0, 1] > 0.97
    assert [word.text for word in words_with_boxes(crooked, case + 1)] == [word.text for word in card.words]


def test_paper_is_white_where_deskewing_swings_a_corner_in() -> None:
    black = np.zeros((300, 400), np.uint8)
    layer = archival_layer(scanned(jpeg(black), black), black, "gray")
    page = SectionPage(layer, PageGeometry(400, 300, 0, Skew(5.0, 1.0, 5.0), (100.0, 100.0)))
    shown = render(write_section([page], section_info()), 100)[..., 0]
    assert shown[150, 200] < 10
    assert min(shown[2, 397], shown[297, 2], shown[2, 2], shown[297, 397]) > 250


def test_a_fax_with_unequal_resolutions_has_its_real_shape(card: Drawn) -> None:
    squeezed = cv2.resize(card.pixels, (card.width, card.height // 2), interpolation=cv2.INTER_AREA)
    layer = archival_layer(scanned(jpeg(squeezed), squeezed), squeezed, "gray")
    geometry = PageGeometry(card.width, card.height // 2, 0, Skew(0.0, 1.0, 0.0), (150.0, 75.0))
    shown = render(write_section([SectionPage(layer, geometry)], section_info()), 150)[..., 0]
    assert abs(shown.shape[0] - card.height) <= 1
    height = min(shown.shape[0], card.height)
    assert np.abs(shown[:height].astype(int) - card.pixels[:height]).mean() < 6


def test_pages_of_all_sizes_keep_their_size() -> None:
    sizes = [(148, 210), (210, 297), (420, 297)]
    pages = [section_page(draw_page("trang", dpi=d, size=s)) for s, d in zip(sizes, (100, 150, 72), strict=True)]
    with pikepdf.open(io.BytesIO(write_section(pages, section_info()))) as pdf:
        for page, (width, height) in zip(pdf.pages, sizes, strict=True):
            left, bottom, right, top = (float(value) for value in page.MediaBox)
            assert (left, bottom) == (0, 0)
            assert right == pytest.approx(width * 72 / 25.4, abs=0.8)
            assert top == pytest.approx(height * 72 / 25.4, abs=0.8)


@pytest.mark.parametrize(
    ("width", "height", "dpi"), [(30_000, 400, 72.0), (40, 2000, 10.0), (2, 2, 300.0), (5, 900, 300.0)]
)
def test_pages_of_impossible_sizes_are_fitted_into_what_pdfa_allows(
    width: int, height: int, dpi: float, rules: Callable[[bytes], list[object]]
) -> None:
    pixels = np.full((height, width), 255, np.uint8)
    pixels[: height // 2] = 0
    layer = archival_layer(scanned(jpeg(pixels), pixels), pixels, "gray")
    geometry = PageGeometry(width, height, 0, Skew(0.0, 1.0, 0.0), (dpi, dpi))
    pdf = write_section([SectionPage(layer, geometry)], section_info())
    assert rules(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        _, _, wide, high = (float(value) for value in opened.pages[0].MediaBox)
    assert all(3 <= side <= 14_400 for side in (wide, high))
    if max(width, height) * 72 / dpi > 14_400:
        assert wide / high == pytest.approx(width / height, rel=0.01), "its shape stays"


@settings(max_examples=200, deadline=None)
@given(
    size=st.tuples(st.integers(50, 5000), st.integers(50, 5000)),
    turns=st.integers(0, 3),
    angle=st.floats(-10, 10),
    dpi=st.sampled_from([(300.0, 300.0), (204.0, 98.0), (72.0, 72.0)]),
)
def test_the_centre_stays_and_nothing_is_stretched(
    size: tuple[int, int], turns: int, angle: float, dpi: tuple[float, float]
) -> None:
    geometry = PageGeometry(*size, turns, Skew(angle, 1.0, angle), dpi)
    placed = place(geometry)
    a, b, c, d, e, f = placed.image
    shy = SHY if angle == 0 else 0.0
    assert e + (a + c) / 2 == pytest.approx((placed.width - shy * placed.scale[0]) / 2, abs=1e-6)
    assert f + (b + d) / 2 == pytest.approx((placed.height + shy * placed.scale[1]) / 2, abs=1e-6)
    sides = [np.hypot(x / placed.scale[0], y / placed.scale[1]) for x, y in ((a, b), (c, d))]
    assert sides == pytest.approx([side - shy for side in size], rel=1e-6)
    assert a * d - b * c > 0, "turned, never mirrored"


# what the file says of itself


@pytest.fixture(scope="module")
def described(card: Drawn) -> bytes:
    documents = [document("Đơn đăng ký đất đai", 1, 2), document("", 3, 3)]
    return write_section([section_page(card)] * 3, section_info(documents, Section.PROCESSING))


def test_each_document_has_a_bookmark_to_its_first_page(described: bytes) -> None:
    outlines = list(PDFDocument(PDFParser(io.BytesIO(described))).get_outlines())
    assert [title for _, title, *_ in outlines] == [
        "Đơn đăng ký đất đai (trang 1–2)",
        "Giấy tờ chưa xác định loại (trang 3)",
    ]
    with pikepdf.open(io.BytesIO(described)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        with pdf.open_outline() as outline:
            assert [pages.index(item.destination[0].objgen) for item in outline.root] == [0, 2]
        assert pdf.Root.PageMode == "/UseOutlines"


@pytest.mark.parametrize(("section", "prefix"), [("records", "HS-"), ("processing", "XL-"), ("results", "KQ-")])
def test_pages_are_labelled_by_their_section(section: str, prefix: str, card: Drawn) -> None:
    pdf = write_section([section_page(card)] * 2, section_info(section=Section(section)))
    labels = PDFDocument(PDFParser(io.BytesIO(pdf))).get_page_labels()
    assert [next(labels), next(labels)] == [f"{prefix}1", f"{prefix}2"]


def pdfinfo(pdf: bytes, tmp_path: Path, *options: str) -> str:
    path = tmp_path / "section.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfinfo", *options, path], capture_output=True, check=True, text=True, timeout=60).stdout


def test_viewers_see_title_and_procedure(described: bytes, tmp_path: Path) -> None:
    shown = pdfinfo(described, tmp_path)
    assert "000.00.21.H10-230915-0012 – Kết quả xử lý" in shown
    assert "Đăng ký, cấp Giấy chứng nhận <lần đầu> & tài sản (1.002273)" in shown
    assert "Date" not in shown, "no clock"


def test_the_dossier_can_be_read_from_the_xmp(described: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(described)) as pdf, pdf.open_metadata() as xmp:
        own = {key.partition("}")[2]: value for key, value in xmp.items() if key.startswith("{urn:sohoa:")}
        assert xmp.pdfa_status == "2U"
        assert xmp["dc:language"] == {"vi"}
        assert xmp["dc:title"] == str(pdf.docinfo["/Title"])
        assert pdf.Root.Lang == "vi"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert own == {
        "DossierID": "000.00.21.H10-230915-0012",
        "Section": "processing",
        "Unit": "H10.21",
        "Received": "2023-09-15",
        "ProcedureCode": "1.002273",
        "ProcedureName": "Đăng ký, cấp Giấy chứng nhận <lần đầu> & tài sản",
    }
    assert "sohoa:DossierID" in pdfinfo(described, tmp_path, "-meta")


def test_an_undecided_procedure_is_not_stated(card: Drawn, rules: Callable[[bytes], list[object]]) -> None:
    info = replace(section_info(), procedure_code=UNKNOWN, procedure_name="Chưa xác định")
    pdf = write_section([section_page(card)], info)
    assert b"Procedure" not in pdf
    assert rules(pdf) == []


@settings(max_examples=40, deadline=None)
@given(unit=st.text(max_size=30), name=st.text(max_size=60), kind=st.text(max_size=40))
def test_no_name_breaks_the_file(
    unit: str, name: str, kind: str, rules: Callable[[bytes], list[object]], tiny: SectionPage
) -> None:
    info = replace(section_info([document(kind, 1, 1)]), unit=unit, procedure_name=name)
    assert rules(write_section([tiny], info)) == []


@pytest.fixture(scope="session")
def tiny() -> SectionPage:
    return section_page(draw_page("nhỏ", size=(30, 20)), words=())


# the bytes


def test_the_same_section_is_the_same_bytes_in_every_process(card: Drawn, tmp_path: Path) -> None:
    pages = [section_page(card, turns=1, angle=0.4), section_page(card)]
    info = section_info([document("Giấy khai sinh", 1, 2)])
    here = hashlib.sha256(write_section(pages, info)).hexdigest()
    (tmp_path / "pages").write_bytes(pickle.dumps((pages, info)))
    script = (
        "import hashlib, pickle, sys; from pipeline.pdf.assemble import write_section; "
        "print(hashlib.sha256(write_section(*pickle.load(open(sys.argv[1], 'rb')))).hexdigest())"
    )
    for seed, zone in (("1", "UTC"), ("2", "Asia/Ho_Chi_Minh")):
        env = {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ":".join(sys.path)}
        command = [sys.executable, "-c", script, str(tmp_path / "pages")]
        done = subprocess.run(command, env=env, capture_output=True, check=True, text=True, timeout=60)
        assert done.stdout.strip() == here


def test_different_content_has_a_different_identity(card: Drawn) -> None:
    files = [write_section([section_page(card)], section_info(section=section)) for section in Section]
    identities = set()
    for data in files:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            identities.add(bytes(pdf.trailer.ID[0]))
    assert len(identities) == 3


def test_a_later_version_appends_pages_to_the_stored_ones(card: Drawn) -> None:
    stored = section_page(card, turns=2, angle=1.7)
    first = write_section([stored], section_info())
    (layer,) = read_layers(first)
    added = section_page(card)
    second = write_section([SectionPage(layer, stored.geometry, stored.words), added], section_info())
    assert second == write_section([stored, added], section_info())
    assert pdftotext(second).split() == [word.text for word in card.words] * 2


def test_an_empty_section_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        write_section([], section_info())


def test_memory_stays_within_twice_the_file() -> None:
    """A generator of pages in a process of its own; the kernel says what the peak was."""
    script = """
import resource, numpy as np, drawn_pages as c
from dataclasses import replace
from pipeline.pdf.assemble import SectionPage, write_section
noise = np.random.default_rng(0).integers(0, 256, (900, 900), dtype=np.uint8)
data = c.jpeg(noise, quality=90)
stored, geometry = noise, c.as_scanned(c.Drawn(noise, (), (150.0, 150.0), 1.0, ()))[1]
layer = c.archival_layer(c.scanned(data, noise), noise, "gray")
page = lambda n: SectionPage(replace(layer, data=data[:-2] + bytes([n]) + data[-2:]), geometry)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
write_section([page(0)], c.section_info())
before = peak()
size = len(write_section((page(n % 200) for n in range(120)), c.section_info()))
print(size, peak() - before)
"""
    env = {"PYTHONPATH": ":".join([str(Path(__file__).parent), *sys.path])}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=env, capture_output=True, check=True, text=True, timeout=120)
    size, grown = map(int, done.stdout.split())
    assert size > 50_000_000
    assert grown < 2.3 * size
