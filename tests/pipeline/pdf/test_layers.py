"""What the archive keeps of a page's picture: the scanner's bytes where possible, the same pixels where lossless."""

from __future__ import annotations

import io
import struct
import subprocess
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from drawn_pages import Drawn, Pixels, as_scanned, jpeg, render, scanned, section_info, section_page
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from pipeline.model import ImageLayer, PageGeometry, Skew
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.colour import srgb_profile
from pipeline.pdf.layers import JPEG_MAX_SIDE, LayersMissing, archival_layer, read_layers

RED, GREEN = (200, 30, 30), (30, 200, 30)


def level(width: int, height: int, dpi: float = 72.0) -> PageGeometry:
    return PageGeometry(width, height, 0, Skew(0.0, 1.0, 0.0), (dpi, dpi))


def one_page(layer: ImageLayer) -> bytes:
    return write_section([SectionPage(layer, level(layer.width, layer.height))], section_info())


def picture(colour: tuple[int, int, int] = RED, size: tuple[int, int] = (90, 60)) -> Image.Image:
    return Image.new("RGB", size, colour)


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def grained(pixels: Pixels) -> Pixels:
    """Return the picture as a scanner sees it, with noise that no lossless coding can keep for little."""
    noise = np.random.default_rng(5).normal(0, 1.2, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def rgb_jpeg(image: Image.Image) -> bytes:
    """Return a JPEG that stores red, green and blue themselves, marked by Adobe's transform 0."""
    data = encoded(image, keep_rgb=True, subsampling=0, quality=95)
    assert data[2:4] == b"\xff\xee" or b"Adobe" in data[:40]
    return data


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": "4:2:0"}, {"exif": b"Exif\0\0MM"}])
def test_a_scanners_jpeg_stays_byte_for_byte(options: dict[str, object]) -> None:
    data = encoded(picture(), quality=70, **options) + b"\r\n"  # some scanners pad behind the end marker
    layer = archival_layer(scanned(data, np.asarray(picture())), np.asarray(picture()), "rgb")
    assert layer == ImageLayer("jpeg", data, 90, 60, "rgb", untouched=True)
    pdf = one_page(layer)
    assert data in pdf
    assert read_layers(pdf) == [layer]


def test_a_gray_jpeg_stays_gray(drawn: Drawn) -> None:
    data = jpeg(drawn.pixels)
    layer = archival_layer(scanned(data, drawn.pixels), drawn.pixels, "gray")
    assert (layer.data, layer.colour) == (data, "gray")


@pytest.mark.parametrize("make", ["adobe-rgb", "cmyk", "jfif-against-adobe"])
def test_a_jpeg_that_viewers_read_differently_is_encoded_anew_with_the_same_colours(make: str) -> None:
    image = picture()
    if make == "adobe-rgb":
        data = rgb_jpeg(image)
    elif make == "cmyk":
        data = encoded(image.convert("CMYK"), quality=95)
    else:
        plain = encoded(image, quality=95)
        adobe = b"\xff\xee\x00\x0eAdobe" + struct.pack(">HHHB", 100, 0, 0, 0)
        data = plain[:20] + adobe + plain[20:]  # behind JFIF, which libjpeg believes
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    layer = archival_layer(scanned(data, pixels), pixels, "rgb")
    assert layer.data != data
    assert not layer.untouched
    shown = render(one_page(layer), 72)[30, 45]
    assert np.abs(shown.astype(int) - RED).max() <= 6


def swapped_profile() -> bytes:
    """Return a valid profile in which red means green and green means red."""
    return srgb_profile().replace(b"rXYZ", b"tmpX").replace(b"gXYZ", b"rXYZ").replace(b"tmpX", b"gXYZ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_an_embedded_profile_keeps_its_say(kind: str) -> None:
    options = {"quality": 95} if kind == "JPEG" else {}
    data = encoded(picture(RED), kind, icc_profile=swapped_profile(), **options)
    media_type = f"image/{kind.lower()}"
    layer = archival_layer(scanned(data, np.asarray(picture()), media_type), np.asarray(picture()), "rgb")
    assert layer.untouched == (kind == "JPEG")
    pdf = one_page(layer)
    shown = render(pdf, 72)[30, 45]
    assert np.abs(shown.astype(int) - GREEN).max() <= 8
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        space = opened.pages[0].Resources.XObject.Im0.ColorSpace
        assert space[0] == "/ICCBased"
        assert space[1].read_bytes() == swapped_profile()
    assert read_layers(pdf) == [layer]


@pytest.mark.parametrize(
    "profile", [b"no profile", swapped_profile()[:-1], swapped_profile().replace(b"RGB ", b"GRAY", 1)]
)
def test_a_profile_that_pdfa_forbids_is_left_out(profile: bytes) -> None:
    data = encoded(picture(RED), icc_profile=profile)
    pdf = one_page(archival_layer(scanned(data, np.asarray(picture())), np.asarray(picture()), "rgb"))
    assert np.abs(render(pdf, 72)[30, 45].astype(int) - RED).max() <= 6
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.pages[0].Resources.XObject.Im0.ColorSpace == "/DeviceRGB"


def test_pages_share_one_profile() -> None:
    data = encoded(picture(), icc_profile=swapped_profile())
    layer = archival_layer(scanned(data, np.asarray(picture())), np.asarray(picture()), "rgb")
    pdf = write_section([SectionPage(layer, level(90, 60))] * 3, section_info())
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len({page.Resources.XObject.Im0.ColorSpace[1].objgen for page in opened.pages}) == 1


@settings(max_examples=40, deadline=None)
@given(bits=arrays.arrays(np.bool_, st.tuples(st.integers(1, 40), st.integers(1, 70))))
def test_a_bitonal_page_keeps_every_pixel(bits: np.ndarray) -> None:
    pixels = np.where(bits, 255, 0).astype(np.uint8)
    page = scanned(b"P4 not read", pixels, "image/x-portable-anymap", untouched=False)
    layer = archival_layer(page, pixels, "bitonal")
    assert (layer.encoding, layer.width, layer.height) == ("g4", pixels.shape[1], pixels.shape[0])
    pdf = one_page(layer)
    assert read_layers(pdf) == [layer]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        image = pikepdf.PdfImage(opened.pages[0].Resources.XObject.Im0).as_pil_image()
    assert np.array_equal(np.asarray(image.convert("L")), pixels)


def test_another_decoder_gives_the_bitonal_page_pixel_for_pixel(drawn: Drawn, tmp_path: Path) -> None:
    pixels = np.where(drawn.pixels < 128, 0, 255).astype(np.uint8)
    layer = archival_layer(scanned(b"", pixels, "image/x-portable-anymap"), pixels, "bitonal")
    assert len(layer.data) < len(jpeg(pixels)) / 5
    (tmp_path / "g4.pdf").write_bytes(one_page(layer))
    subprocess.run(["pdfimages", "-png", "g4.pdf", "page"], cwd=tmp_path, check=True, timeout=60)
    with Image.open(tmp_path / "page-000.png") as image:
        assert np.array_equal(np.asarray(image.convert("L")), pixels)


def test_a_colour_page_without_jpeg_becomes_one_that_looks_the_same(drawn: Drawn) -> None:
    pixels = np.repeat(drawn.pixels[..., None], 3, axis=2)
    pixels[900:1000, 300:500] = RED  # a seal's ink
    pixels = grained(pixels)
    data = encoded(Image.fromarray(pixels), "PNG")
    layer = archival_layer(scanned(data, pixels, "image/png"), pixels, "rgb")
    assert (layer.encoding, layer.colour, layer.untouched) == ("jpeg", "rgb", False)
    again = np.asarray(Image.open(io.BytesIO(layer.data)))
    assert np.abs(again.astype(int) - pixels).mean() < 1.0
    assert np.abs(again[950, 301:499].astype(int) - RED).max() <= 8, (
        "full chroma: the seal keeps its colour to the edge"
    )
    assert archival_layer(scanned(data, pixels, "image/png"), pixels, "rgb") == layer


def test_cmyk_with_a_profile_is_converted_by_it() -> None:
    with_profile = encoded(picture().convert("CMYK"), quality=95, icc_profile=srgb_profile())
    pixels = np.asarray(picture())
    layer = archival_layer(scanned(with_profile, pixels), pixels, "rgb")  # no CMYK profile: as if there were none
    assert np.abs(render(one_page(layer), 72)[30, 45].astype(int) - RED).max() <= 6


def test_a_page_longer_than_jpeg_allows_is_scaled_to_fit() -> None:
    pixels = np.full((JPEG_MAX_SIDE + 5000, 40), 255, np.uint8)
    pixels[: len(pixels) // 2] = 0
    pixels = grained(pixels)
    data = b"P5 %d %d 255\n" % (40, len(pixels)) + pixels.tobytes()
    layer = archival_layer(scanned(data, pixels, "image/x-portable-anymap", untouched=False), pixels, "gray")
    assert layer.height == JPEG_MAX_SIDE
    page = SectionPage(layer, level(40, len(pixels), 400.0))
    shown = render(write_section([page], section_info()), 20)[:, 0, 0]
    assert abs(int((shown < 128).sum()) - len(shown) // 2) <= 1, "it still fills the page it was"


def test_layers_come_back_from_a_mixed_section_in_order(drawn: Drawn) -> None:
    bitonal = np.where(drawn.pixels < 128, 0, 255).astype(np.uint8)
    g4 = archival_layer(scanned(b"", bitonal, "image/x-portable-anymap"), bitonal, "bitonal")
    turned, geometry = as_scanned(drawn, turns=3, angle=1.0)
    gray = archival_layer(scanned(jpeg(turned), turned), turned, "gray")
    pages = [
        section_page(drawn),
        SectionPage(g4, level(g4.width, g4.height)),
        SectionPage(gray, geometry, drawn.words),
    ]
    first = write_section(pages, section_info())
    layers = read_layers(first)
    assert layers == [page.layer for page in pages]
    again = [SectionPage(layer, page.geometry, page.words) for layer, page in zip(layers, pages, strict=True)]
    assert write_section(again, section_info()) == first, "a later version can be made from the stored one"


def test_other_files_have_no_layers() -> None:
    with pytest.raises(LayersMissing):
        read_layers(b"%PDF-1.7 cut")
    with pikepdf.new() as empty:
        empty.add_blank_page()
        file = io.BytesIO()
        empty.save(file)
    with pytest.raises(LayersMissing, match="page 1"):
        read_layers(file.getvalue())
