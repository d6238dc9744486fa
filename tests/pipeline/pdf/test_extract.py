"""One document cut out of a section: whole in itself, and nothing of the other citizen's papers inside."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import cv2
import numpy as np
import pikepdf
import pytest
from drawn_pages import document, draw_page, jpeg, scanned, section_info
from readers import pdfium_text

from pipeline.model import PageGeometry, Skew
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.extract import extract_pages
from pipeline.pdf.layers import archival_layer, read_layers

TEXTS = ["GIẤY KHAI SINH\nHọ tên: Đỗ Quỳnh Ớt", "ĐƠN XIN\nsố 4827", "SỔ HỘ KHẨU\nChủ hộ: Vũ Ẩn Ở, 1963"]
NAMES = ["Giấy khai sinh", "Đơn xin xác nhận", "Sổ hộ khẩu"]


def a_page(text: str, number: int) -> SectionPage:
    """A scan of 200 dpi with a seal of its own, kept in layers: paper, and red over dark ink."""
    drawn = draw_page(text, dpi=200, size=(150, 100))
    noise = np.random.default_rng(number).normal(0, 4, (*drawn.pixels.shape, 3))
    pixels = np.clip(np.clip(drawn.pixels, 25, 240)[..., None] + noise, 0, 255).astype(np.uint8)
    cv2.circle(pixels, (600 + 100 * number, 500), 150, (200, 40, 50), 6, cv2.LINE_AA)
    page = replace(scanned(jpeg(pixels, quality=90), pixels), dpi=drawn.dpi)
    geometry = PageGeometry(drawn.width, drawn.height, 0, Skew(0.0, 1.0, 0.0), drawn.dpi)
    return SectionPage(archival_layer(page, pixels, "rgb", "compact"), geometry, drawn.words)


@pytest.fixture(scope="module")
def section() -> bytes:
    documents = [document(name, number, number) for number, name in enumerate(NAMES, 1)]
    return write_section([a_page(text, n) for n, text in enumerate(TEXTS)], section_info(documents))


def everything(pdf: bytes) -> Iterator[bytes]:
    """Every object of the file, whether anything leads to it or not; streams packed as they are, and unpacked."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for thing in opened.objects:
            yield thing.unparse()
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_raw_bytes()
                if thing.get("/Filter") in (None, "/FlateDecode"):
                    yield thing.read_bytes()


def images(pdf: bytes) -> list[set[bytes]]:
    """The encoded images of each page, its layers' masks and colours included."""
    return [
        {layer.data, *(ink.mask for ink in layer.inks), *(ink.colours for ink in layer.inks)}
        for layer in read_layers(pdf)
    ]


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_no_object_of_an_extracted_document_is_another_s(
    kept: int, section: bytes, rules: Callable[[bytes], list[object]]
) -> None:
    part = extract_pages(section, kept, kept)
    assert rules(part) == []
    whole = images(section)
    assert all(len(of_page) > 1 for of_page in whole), "pages in layers"
    assert images(part) == [whole[kept - 1]]
    assert pdfium_text(part).split() == TEXTS[kept - 1].split()
    found = set(everything(part))
    own = "".join(sorted(set(TEXTS[kept - 1])))
    for number, (text, name) in enumerate(zip(TEXTS, NAMES, strict=True), 1):
        if number == kept:
            continue
        assert not (whole[number - 1] - whole[kept - 1]) & found
        for form in (name.encode(), name.encode("utf-16-be"), name.encode("utf-16-be").hex().encode()):
            assert not any(form in thing for thing in found), "a title is left"
        for char in set(text) - set(own):
            assert not any(f"<{char.encode('utf-16-be').hex()}>".encode() in thing for thing in found), char


def test_the_same_extract_is_the_same_bytes(section: bytes) -> None:
    assert extract_pages(section, 2, 3) == extract_pages(section, 2, 3)


def test_a_document_of_pages_without_text_can_be_extracted(rules: Callable[[bytes], list[object]]) -> None:
    blank = a_page("", 0)
    part = extract_pages(write_section([blank, blank, a_page("chữ", 1)], section_info()), 1, 2)
    assert rules(part) == []
    assert pdfium_text(part) == ""
