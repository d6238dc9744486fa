"""Whatever a file stores, its page comes out as 8-bit gray or RGB; what is cut never comes out at all."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipeline.imaging.decode import decode
from scanners.base import PageSource, PageTooLarge, PageUnreadable, ScannedPage

RGB = np.zeros((60, 80, 3), np.uint8)
RGB[:, :40] = (200, 40, 60)
RGB[:, 40:] = (30, 120, 220)
GRAY = np.tile(np.linspace(0, 255, 80, dtype=np.uint8), (60, 1))
BITS = (np.indices((60, 80)).sum(axis=0) % 16 < 8).astype(np.uint8) * 255


def page(image: Image.Image, form: str, **options: object) -> ScannedPage:
    out = BytesIO()
    image.save(out, form, **options)
    return as_page(out.getvalue(), image.width, image.height)


def as_page(data: bytes, width: int = 80, height: int = 60) -> ScannedPage:
    return ScannedPage(PageSource("a.bin", "0" * 64, 0), data, "image/any", width, height, (200.0, 200.0))


@pytest.mark.parametrize(
    ("pixels", "form", "options", "colour"),
    [
        (RGB, "PNG", {}, "rgb"),
        (RGB, "PPM", {}, "rgb"),
        (RGB, "TIFF", {"compression": "tiff_lzw"}, "rgb"),
        (RGB, "JPEG2000", {"irreversible": False}, "rgb"),
        (GRAY, "PNG", {}, "gray"),
        (GRAY, "PPM", {}, "gray"),
        (GRAY, "TIFF", {"compression": "tiff_deflate"}, "gray"),
        (GRAY, "JPEG2000", {"irreversible": False}, "gray"),
    ],
)
def test_lossless_forms_come_out_as_they_went_in(
    pixels: NDArray[np.uint8], form: str, options: dict[str, object], colour: str
) -> None:
    image = decode(page(Image.fromarray(pixels), form, **options))
    assert image.colour == colour
    assert np.array_equal(image.pixels, pixels)


@pytest.mark.parametrize("form", ["PNG", "PPM", "TIFF"])
def test_one_bit_is_known_as_such(form: str) -> None:
    options = {"compression": "group4"} if form == "TIFF" else {}
    image = decode(page(Image.fromarray(BITS).convert("1"), form, **options))
    assert image.colour == "bitonal"
    assert np.array_equal(image.pixels, BITS)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_jpeg_keeps_its_colours(mode: str) -> None:
    image = decode(page(Image.fromarray(RGB).convert(mode), "JPEG", quality=95))
    expected = np.asarray(Image.fromarray(RGB).convert(mode).convert("RGB" if mode == "CMYK" else mode))
    assert image.pixels.shape == expected.shape
    assert np.abs(image.pixels[:, 10:30].astype(int) - expected[:, 10:30]).max() < 12


def test_a_jpeg_is_not_turned_by_its_exif_note() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the scanners room has counted this turn already
    assert decode(page(Image.fromarray(RGB), "JPEG", exif=exif)).pixels.shape == RGB.shape


def test_transparency_lies_on_white_paper() -> None:
    clear = np.dstack([RGB, np.zeros((60, 80), np.uint8)])
    assert (decode(page(Image.fromarray(clear), "PNG")).pixels == 255).all()


def test_gray_palettes_and_sixteen_bits_become_gray() -> None:
    palette = decode(page(Image.fromarray(GRAY).quantize(256), "PNG"))
    deep = decode(page(Image.fromarray(GRAY.astype(np.uint16) * 257), "PNG"))
    assert (palette.colour, deep.colour) == ("gray", "gray")
    assert np.array_equal(palette.pixels, GRAY)
    assert np.array_equal(deep.pixels, GRAY)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "JPEG2000", "PPM"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_cut_image_is_refused_with_its_name(form: str, share: float) -> None:
    grain = np.random.default_rng(1).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    whole = page(Image.fromarray(grain), form).data
    with pytest.raises(PageUnreadable) as refused:
        decode(as_page(whole[: int(len(whole) * share)]))
    assert "a.bin" in refused.value.subject


def test_an_image_with_far_more_pixels_than_announced_is_never_unpacked() -> None:
    bomb = page(Image.new("1", (20_000, 20_000)), "PNG").data
    with pytest.raises(PageTooLarge):
        decode(as_page(bomb))
