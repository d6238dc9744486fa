"""The source's own stream: carried byte for byte where a PDF can, never traded for something larger."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from drawn_pages import Drawn, Pixels, jpeg, render, scanned, section_info
from PIL import Image

from pipeline.imaging.decode import decode
from pipeline.model import ImageLayer, PageGeometry, PdfProfile, Skew
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.layers import archival_layer, read_layers
from scanners import files
from scanners.base import IntakeLimits, ScannedPage

_ROWS_PER_STRIP, _T4_OPTIONS = 278, 292
PROFILES: tuple[PdfProfile, ...] = ("compact", "faithful", "original")


def kept(page: ScannedPage, profile: PdfProfile) -> ImageLayer:
    image = decode(page)
    return archival_layer(page, image.pixels, image.colour, profile)


def one_page(layer: ImageLayer, dpi: float = 150.0) -> bytes:
    geometry = PageGeometry(layer.width, layer.height, 0, Skew(0.0, 1.0, 0.0), (dpi, dpi))
    return write_section([SectionPage(layer, geometry)], section_info())


def bits(drawn: Drawn) -> Pixels:
    return np.where(drawn.pixels < 128, 0, 255).astype(np.uint8)


def tiff(pixels: Pixels, compression: str, *, inverted: bool = False, **tags: int) -> bytes:
    """Return a bitonal TIFF of one strip; ``inverted`` codes black as white runs, and says so."""
    file = io.BytesIO()
    info = {_ROWS_PER_STRIP: pixels.shape[0]} | ({_T4_OPTIONS: tags["options"]} if "options" in tags else {})
    Image.fromarray(pixels > 127).save(file, "TIFF", compression=compression, tiffinfo=info)
    data = file.getvalue()
    photometric = b"\x06\x01\x03\x00\x01\x00\x00\x00"
    assert data.count(photometric) == 1
    return data.replace(photometric + b"\x01", photometric + b"\x00") if inverted else data


def as_page(data: bytes, pixels: Pixels, media_type: str) -> ScannedPage:
    return scanned(data, pixels, media_type)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("inverted", [False, True])
def test_a_g4_page_is_no_larger_than_it_came(drawn: Drawn, profile: PdfProfile, inverted: bool) -> None:
    page = as_page(tiff(bits(drawn), "group4", inverted=inverted), drawn.pixels, "image/tiff")
    layer = kept(page, profile)
    assert len(layer.data) <= len(page.data)
    assert layer.data in page.data or profile != "original"
    shown = render(one_page(layer), 150)[..., 0]
    assert np.array_equal(shown, decode(page).pixels), "the same picture, black on white or white on black"


@pytest.mark.parametrize("options", [0, 1])
def test_a_g3_page_stays_as_coded_in_the_profile_original(drawn: Drawn, options: int) -> None:
    page = as_page(tiff(bits(drawn), "group3", options=options), drawn.pixels, "image/tiff")
    layer = kept(page, "original")
    assert layer.encoding == ("g3-mixed" if options else "g3")
    assert layer.untouched
    assert layer.data in page.data
    pdf = one_page(layer)
    assert np.array_equal(render(pdf, 150)[..., 0], bits(drawn))
    assert read_layers(pdf) == [layer]
    smaller = kept(page, "compact")
    assert smaller.encoding == "g4"
    assert len(smaller.data) < len(layer.data)


def test_the_fax_stream_of_a_pdf_goes_through_byte_for_byte(drawn: Drawn, tmp_path: Path) -> None:
    first = one_page(kept(as_page(tiff(bits(drawn), "group4"), drawn.pixels, "image/tiff"), "original"))
    (tmp_path / "in.pdf").write_bytes(first)
    info = files.inspect(tmp_path / "in.pdf", "in.pdf", IntakeLimits())
    page = files.read_page(info, 0, IntakeLimits())
    (stream,) = read_layers(first)
    assert kept(page, "original") == stream
    assert all(len(kept(page, profile).data) <= len(stream.data) for profile in PROFILES)


def test_strips_coded_apart_are_coded_anew_without_loss(drawn: Drawn) -> None:
    file = io.BytesIO()
    Image.fromarray(bits(drawn) > 127).save(file, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: 100})
    layer = kept(as_page(file.getvalue(), drawn.pixels, "image/tiff"), "original")
    assert not layer.untouched
    assert np.array_equal(render(one_page(layer), 150)[..., 0], bits(drawn))


def jp2(pixels: Pixels, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG2000", **options)
    return file.getvalue()


@pytest.mark.parametrize("channels", [1, 3])
def test_jpeg_2000_stays_in_the_profile_original(drawn: Drawn, channels: int, rules: object) -> None:
    pixels = drawn.pixels if channels == 1 else np.repeat(drawn.pixels[..., None], 3, axis=2)
    page = as_page(jp2(pixels), pixels, "image/jp2")
    layer = kept(page, "original")
    assert (layer.encoding, layer.data) == ("jpx", page.data)
    pdf = one_page(layer)
    assert callable(rules)
    assert rules(pdf) == []
    assert read_layers(pdf) == [layer]
    assert np.array_equal(render(pdf, 150)[..., 0], drawn.pixels)


def test_jpeg_2000_stays_in_every_profile_when_ours_is_larger(drawn: Drawn) -> None:
    photo = np.random.default_rng(3).normal(128, 40, (400, 400)).clip(0, 255).astype(np.uint8)
    page = as_page(jp2(photo, irreversible=True, quality_mode="rates", quality_layers=[40]), photo, "image/jp2")
    assert [kept(page, profile).data for profile in PROFILES] == [page.data] * 3


def test_a_code_stream_without_its_file_format_names_no_colours(drawn: Drawn) -> None:
    page = as_page(jp2(drawn.pixels, no_jp2=True), drawn.pixels, "image/jp2")
    assert kept(page, "original").encoding == "jpeg"


@pytest.mark.parametrize("profile", PROFILES)
def test_a_photograph_in_jpeg_stays_in_every_profile(profile: PdfProfile) -> None:
    photo = np.random.default_rng(4).normal(128, 40, (600, 800, 3)).clip(0, 255).astype(np.uint8)
    page = as_page(jpeg(photo), photo, "image/jpeg")
    assert kept(page, profile).data == page.data
