"""Embedded images come out untouched, and always show what a viewer shows."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw

from scanners.base import PageUnreadable

NATIVE = 144
PNM = "image/x-portable-anymap"


def jbig2(kit: Any, image: Image.Image) -> bytes:
    """A JBIG2 stream as PDF embeds it: page information, then one generic region in MMR (the fax code)."""
    width, height = image.size
    info = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + kit.g4_strip(image)

    def segment(number: int, kind: int, data: bytes) -> bytes:
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data

    return segment(0, 48, info) + segment(1, 38, region)


def check_shown(kit: Any, path: Any, page: Any) -> None:
    assert kit.alike(kit.upright(page), kit.poppler(path, page.source.index + 1, NATIVE))


def test_the_judge_sees_every_turn_mirror_and_inversion(kit: Any) -> None:
    for mode in ("1", "L", "RGB"):
        shown = np.asarray(kit.draw_page(mode).convert("RGB"))
        assert kit.alike(shown, shown)
        for other in (255 - shown, shown[::-1], shown[:, ::-1], np.rot90(shown, 2)):
            assert not kit.alike(shown, np.ascontiguousarray(other))


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_jpeg_is_byte_for_byte_what_the_pdf_embeds(kit: Any, maker: Any, take: Any, mode: str) -> None:
    image = kit.draw_page(mode)
    data = kit.saved(image, "JPEG", quality=85)
    maker.page([maker.jpeg(image)])
    path = maker.save()
    _, [page] = take(path)
    assert page.untouched and page.data == data and page.media_type == "image/jpeg"
    assert page.dpi == pytest.approx((NATIVE, NATIVE), rel=0.001) and page.dpi_known
    check_shown(kit, path, page)


def test_jpeg_inside_flate_loses_only_the_outer_filter(kit: Any, maker: Any, take: Any) -> None:
    data = kit.saved(kit.draw_page(), "JPEG")
    stream = maker.image(zlib.compress(data), kit.draw_page().size, "/DeviceRGB", None)
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode])
    maker.page([stream])
    _, [page] = take(maker.save())
    assert page.untouched and page.data == data


def test_icc_based_jpeg_is_taken_out(kit: Any, maker: Any, take: Any) -> None:
    profile = pikepdf.Stream(maker.pdf, b"profile")
    profile.N = 3
    stream = maker.jpeg(kit.draw_page())
    stream.ColorSpace = pikepdf.Array([pikepdf.Name.ICCBased, profile])
    maker.page([stream])
    _, [page] = take(maker.save())
    assert page.untouched and page.media_type == "image/jpeg"


def test_jpeg_2000_is_taken_out(kit: Any, maker: Any, take: Any) -> None:
    data = kit.saved(kit.draw_page(), "JPEG2000")
    maker.page([maker.image(data, kit.draw_page().size, "/DeviceRGB", "/JPXDecode")])
    path = maker.save()
    _, [page] = take(path)
    assert page.untouched and page.data == data and page.media_type == "image/jp2"
    check_shown(kit, path, page)


@pytest.mark.parametrize("black_is_1", [None, True, False])
@pytest.mark.parametrize("decode", [None, [0, 1], [1, 0]])
@pytest.mark.parametrize("space", ["gray", "indexed", "indexed reversed", "stencil"])
def test_fax_images_keep_their_stream_and_their_polarity(
    kit: Any, maker: Any, take: Any, black_is_1: bool | None, decode: list[int] | None, space: str
) -> None:
    image = kit.draw_page("1")
    stream = kit.g4_strip(image)
    parameters = pikepdf.Dictionary(K=-1, Columns=image.width, Rows=image.height)
    if black_is_1 is not None:
        parameters.BlackIs1 = black_is_1
    table = {"indexed": b"\x00\x00\x00\xff\xff\xff", "indexed reversed": b"\xff\xff\xff\x00\x00\x00"}.get(space)
    spaces: dict[str, Any] = {"gray": "/DeviceGray", "stencil": None}
    colours = (
        pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, pikepdf.String(table)])
        if table
        else spaces[space]
    )
    xobject = maker.image(stream, image.size, colours, "/CCITTFaxDecode", bits=1, DecodeParms=parameters)
    if decode:
        xobject.Decode = pikepdf.Array(decode)
    if space == "stencil":
        xobject.ImageMask = True
    maker.page([xobject])
    path = maker.save()
    _, [page] = take(path)
    assert page.untouched and page.media_type == "image/tiff" and page.data.endswith(stream)
    check_shown(kit, path, page)


@pytest.mark.parametrize("k", [0, 4])
def test_group_3_fax_images(kit: Any, maker: Any, take: Any, k: int) -> None:
    image = kit.draw_page("1")
    if k:
        tags = {292: 1, 278: image.height}
        data = kit.saved(ImageChops.invert(image), "TIFF", compression="group3", tiffinfo=tags)
        with Image.open(io.BytesIO(data)) as opened:
            stream = data[opened.tag_v2[273][0] :][: opened.tag_v2[279][0]]
    else:
        stream = kit.g4_strip(image, "group3")
    parameters = pikepdf.Dictionary(K=k, Columns=image.width, Rows=image.height, EndOfLine=True)
    maker.page([maker.image(stream, image.size, "/DeviceGray", "/CCITTFaxDecode", bits=1, DecodeParms=parameters)])
    path = maker.save()
    _, [page] = take(path)
    assert page.untouched and page.media_type == "image/tiff"
    check_shown(kit, path, page)


def test_jbig2_is_decoded_without_loss(kit: Any, maker: Any, take: Any) -> None:
    image = Image.new("1", (400, 576), 255)
    pen = ImageDraw.Draw(image)
    for step in range(6):  # poppler 22.12 misreads MMR where two runs end in one row; bars of unequal length do not
        pen.rectangle((20 + step * 30, 50 + step * 20, 40 + step * 30, 400 - step * 10), fill=0)
    maker.page([], content="")
    maker.page([maker.image(jbig2(kit, image), image.size, "/DeviceGray", "/JBIG2Decode", bits=1)])
    _, [_, page] = take(maker.save())
    assert page.media_type == PNM and page.data.startswith(b"P4") and not page.untouched
    assert np.array_equal(kit.upright(page), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_flate_images_are_pixel_exact(kit: Any, maker: Any, take: Any, mode: str) -> None:
    image = kit.draw_page(mode)
    maker.page([maker.flate(image)])
    _, [page] = take(maker.save())
    assert page.media_type == PNM and (page.width, page.height) == image.size
    assert page.data[:2] == {"1": b"P4", "L": b"P5", "RGB": b"P6"}[mode]
    assert np.array_equal(kit.upright(page), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_inverted_decode_arrays(kit: Any, maker: Any, take: Any, mode: str) -> None:
    image = kit.draw_page(mode)
    maker.page([maker.flate(image, Decode=pikepdf.Array([1, 0] * (3 if mode == "RGB" else 1)))])
    path = maker.save()
    _, [page] = take(path)
    assert page.media_type == PNM
    check_shown(kit, path, page)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_palettes_of_every_depth(kit: Any, maker: Any, take: Any, bits: int) -> None:
    random = np.random.default_rng(bits)
    samples = random.integers(0, 2**bits, (576, 400)).astype(np.uint8)
    palette = random.integers(0, 256, 3 * 2**bits).astype(np.uint8).tobytes()
    unpacked = (samples[:, :, None] >> np.arange(bits - 1, -1, -1, dtype=np.uint8)) & 1
    packed = np.packbits(unpacked.reshape(576, -1), axis=1)
    space = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 2**bits - 1, pikepdf.String(palette)])
    maker.page([maker.image(zlib.compress(packed.tobytes()), (400, 576), space, "/FlateDecode", bits=bits)])
    _, [page] = take(maker.save())
    assert page.media_type == PNM
    assert np.array_equal(kit.upright(page), np.frombuffer(palette, np.uint8).reshape(-1, 3)[samples])


def test_predictors_are_undone(kit: Any, maker: Any, take: Any) -> None:
    image = kit.draw_page("L")
    rows = np.asarray(image)
    up = np.vstack([rows[:1], np.diff(rows, axis=0)]).astype(np.uint8)
    filtered = np.hstack([np.full((image.height, 1), 2, np.uint8), up]).tobytes()
    parameters = pikepdf.Dictionary(Predictor=15, Colors=1, BitsPerComponent=8, Columns=image.width)
    maker.page(
        [maker.image(zlib.compress(filtered), image.size, "/DeviceGray", "/FlateDecode", DecodeParms=parameters)]
    )
    _, [page] = take(maker.save())
    assert page.data.startswith(b"P5") and np.array_equal(kit.upright(page)[:, :, 0], rows)


def test_what_only_a_viewer_can_show_is_rendered(kit: Any, maker: Any, take: Any) -> None:
    image = kit.draw_page()
    soft = maker.flate(kit.draw_page("L", seed=2))
    masked = maker.jpeg(image)
    masked.SMask = soft
    keyed = maker.flate(image)
    keyed.Mask = pikepdf.Array([250, 255] * 3)
    red_stencil = maker.flate(kit.draw_page("1"))
    del red_stencil.ColorSpace
    red_stencil.ImageMask = True
    lying = maker.jpeg(image)
    lying.Width = 390
    decoded = maker.jpeg(image)
    decoded.Decode = pikepdf.Array([1, 0] * 3)
    placed = "200 0 0 288 0 0 cm /Im0 Do"
    for stream in (masked, keyed, lying, decoded, maker.jpeg(image.convert("CMYK"))):
        maker.page([stream])
    maker.page([red_stencil], f"1 0 0 rg {placed}")
    path = maker.save()
    _, pages = take(path)
    assert len(pages) == 6
    for page in pages:
        assert not page.untouched and page.data.startswith(b"P6") and page.dpi == pytest.approx((300, 300), rel=0.01)
        assert kit.difference(kit.upright(page), kit.poppler(path, page.source.index + 1, 300)) == 0


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("codec", ["jpeg", "flate", "jpx"])
def test_a_cut_image_stream_is_never_half_a_page(kit: Any, maker: Any, take: Any, share: float, codec: str) -> None:
    image = kit.draw_page()
    whole = {
        "jpeg": lambda: maker.jpeg(image),
        "flate": lambda: maker.flate(image),
        "jpx": lambda: maker.image(kit.saved(image, "JPEG2000"), image.size, "/DeviceRGB", "/JPXDecode"),
    }[codec]()
    maker.page([whole])
    data = whole.read_raw_bytes()
    whole.write(data[: int(len(data) * share)], filter=whole.Filter)
    with pytest.raises(PageUnreadable) as caught:
        take(maker.save())
    assert "scan.pdf, trang 1 / page 1" in str(caught.value) and "Quét lại trang này" in caught.value.advice
