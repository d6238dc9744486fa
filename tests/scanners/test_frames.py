"""TIFF files: every codec, every frame, nothing of the other pages."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from scanners import files, tiff
from scanners.base import DamagedFile, FileTooLarge, IntakeLimits, PageTooLarge, PageUnreadable

LIMITS = IntakeLimits()
CODECS = [
    ("1", "group4"),
    ("1", "group3"),
    ("1", "tiff_ccitt"),
    ("1", None),
    ("L", "tiff_lzw"),
    ("L", "packbits"),
    ("RGB", "tiff_adobe_deflate"),
    ("RGB", "jpeg"),
    ("RGB", None),
    ("P", "tiff_lzw"),
]


def stack(kit: Any, mode: str, codec: str | None, pages: int = 3, **options: Any) -> bytes:
    images = [kit.draw_page(mode, seed=seed) for seed in range(pages)]
    return kit.saved(
        images[0], "TIFF", save_all=True, append_images=images[1:], compression=codec, dpi=(144, 144), **options
    )


def decoded(data: bytes, frame: int = 0) -> Any:
    with Image.open(io.BytesIO(data)) as image:
        image.seek(frame)
        return np.asarray(image.convert("RGB"))


@pytest.mark.parametrize(("mode", "codec"), CODECS)
def test_frames_of_every_codec_are_pixel_exact(kit: Any, take: Any, mode: str, codec: str | None) -> None:
    data = stack(kit, mode, codec)
    info, pages = take(data)
    assert info.media_type == "image/tiff" and info.pages == 3
    for index, page in enumerate(pages):
        assert page.untouched and page.media_type == "image/tiff" and page.dpi == (144, 144) and page.dpi_known
        assert np.array_equal(decoded(page.data), decoded(data, index))
    shown = [page.data for page in pages]
    assert len(set(shown)) == 3


def test_a_single_frame_is_the_file_itself(kit: Any, take: Any) -> None:
    data = kit.saved(kit.draw_page("1"), "TIFF", compression="group4")
    _, [page] = take(data)
    assert page.data == data and page.untouched


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_byte_orders(kit: Any, take: Any, order: str) -> None:
    pixels = np.asarray(kit.draw_page("L"))
    tags = [(256, 4, 400), (257, 4, 576), (258, 3, 8), (259, 3, 1), (262, 3, 1), (277, 3, 1), (278, 4, 576)]
    tags += [(273, 4, 8), (279, 4, pixels.size)]
    entries = b"".join(
        struct.pack(order + "HHI", number, kind, 1) + struct.pack(order + ("I" if kind == 4 else "Hxx"), value)
        for number, kind, value in sorted(tags)
    )
    directory = 8 + pixels.size
    one = struct.pack(order + "H", len(tags)) + entries
    second = directory + len(one) + 4
    data = struct.pack(order + "2sHI", b"II" if order == "<" else b"MM", 42, directory) + pixels.tobytes()
    data += one + struct.pack(order + "I", second) + one + struct.pack(order + "I", 0)
    _, pages = take(data)
    assert len(pages) == 2
    for page in pages:
        assert np.array_equal(decoded(page.data)[:, :, 0], pixels)


def test_big_tiff(kit: Any, take: Any) -> None:
    data = stack(kit, "L", None, big_tiff=True)
    assert data[2] == 43
    _, pages = take(data)
    assert [np.array_equal(decoded(page.data), decoded(data, at)) for at, page in enumerate(pages)] == [True] * 3


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("pages", [1, 2])
def test_orientation_tags_are_told_once(kit: Any, take: Any, orientation: int, pages: int) -> None:
    data = stack(kit, "L", "tiff_lzw", pages, tiffinfo={274: orientation})
    _, found = take(data)
    with Image.open(io.BytesIO(data)) as image:  # Pillow turns a TIFF while it loads it
        wanted = np.asarray(image.convert("RGB"))
    assert np.array_equal(kit.upright(found[0]), wanted)
    assert found[0].untouched == (orientation in (1, 3, 6, 8))


def test_resolution_in_centimetres(kit: Any, take: Any) -> None:
    data = kit.saved(kit.draw_page("L"), "TIFF", resolution_unit=3, x_resolution=60.0, y_resolution=60.0)
    _, [page] = take(data)
    assert page.dpi == pytest.approx((152.4, 152.4), abs=0.01)


def test_transparent_and_cmyk_frames_become_what_paper_shows(kit: Any, take: Any) -> None:
    clear = Image.new("LA", (400, 576), (0, 0))
    data = kit.saved(clear, "TIFF", save_all=True, append_images=[kit.draw_page("CMYK")])
    _, [blank, colour] = take(data)
    assert (kit.upright(blank) == 255).all() and blank.data.startswith(b"P5")
    assert colour.data.startswith(b"P6") and kit.difference(kit.upright(colour), np.asarray(kit.draw_page())) < 3


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("codec", ["group4", "tiff_lzw"])
def test_cut_files_are_found_at_inspection(kit: Any, take: Any, share: float, codec: str) -> None:
    data = stack(kit, "1", codec)
    with pytest.raises(DamagedFile):
        take(data[: int(len(data) * share)])


def test_a_damaged_strip_spoils_its_page_only(kit: Any, tmp_path: Path) -> None:
    data = bytearray(stack(kit, "L", "tiff_adobe_deflate"))
    with Image.open(io.BytesIO(bytes(data))) as image:
        image.seek(1)
        offset, length = image.tag_v2[273][0], image.tag_v2[279][0]
    data[offset : offset + length] = bytes(length)
    path = tmp_path / "scan.tif"
    path.write_bytes(bytes(data))
    info = files.inspect(path, "scan.tif", LIMITS)
    assert files.read_page(info, 0, LIMITS).untouched and files.read_page(info, 2, LIMITS).untouched
    with pytest.raises(PageUnreadable) as caught:
        files.read_page(info, 1, LIMITS)
    assert "scan.tif, trang 2 / page 2" in str(caught.value)


def test_a_chain_that_runs_in_a_circle_ends(kit: Any, take: Any) -> None:
    data = bytearray(stack(kit, "1", "group4", 2))
    with Image.open(io.BytesIO(bytes(data))) as image:
        first = struct.unpack_from("<I", data, 4)[0]
        image.seek(1)
    entries = struct.unpack_from("<H", data, first)[0]
    struct.pack_into("<I", data, first + 2 + 12 * entries, first)
    with pytest.raises(DamagedFile):
        take(bytes(data))


def test_too_many_frames(kit: Any, take: Any) -> None:
    with pytest.raises(FileTooLarge, match="2"):
        take(stack(kit, "1", "group4", 3), limits=IntakeLimits(pages_per_file=2))


def test_bomb_headers_are_refused_before_decoding(kit: Any, take: Any) -> None:
    data = bytearray(kit.saved(kit.draw_page("1"), "TIFF", compression="group4"))
    with Image.open(io.BytesIO(bytes(data))) as image:
        start = struct.unpack_from("<I", data, 4)[0]
        assert image.tag_v2[256] == 400
    for entry in range(struct.unpack_from("<H", data, start)[0]):
        at = start + 2 + 12 * entry
        if struct.unpack_from("<H", data, at)[0] in (256, 257):
            struct.pack_into("<HII", data, at + 2, 4, 1, 30_000)
    with pytest.raises(PageTooLarge):
        take(bytes(data))


@pytest.mark.parametrize(("mode", "codec"), CODECS)
def test_extracted_frames_are_exact_private_and_repeatable(kit: Any, take: Any, mode: str, codec: str | None) -> None:
    data = stack(kit, mode, codec, 4)
    info, _ = take(data)
    part, media_type = files.extract_original(info, [2, 1])
    assert media_type == "image/tiff" and part == files.extract_original(info, [2, 1])[0]
    with Image.open(io.BytesIO(part)) as image:
        assert image.n_frames == 2
    assert np.array_equal(decoded(part, 0), decoded(data, 2)) and np.array_equal(decoded(part, 1), decoded(data, 1))
    with info.path.open("rb") as file:
        strips = [data[offset : offset + length] for frame in tiff.frames(file, 9) for offset, length in frame.pieces]
    per_page = len(strips) // 4
    for strip in strips[:per_page] + strips[3 * per_page :]:
        if strip not in strips[per_page : 3 * per_page]:
            assert strip not in part


def test_all_frames_are_the_file_itself(kit: Any, take: Any) -> None:
    data = stack(kit, "1", "group4")
    info, _ = take(data)
    assert files.extract_original(info, [0, 1, 2]) == (data, "image/tiff")
    info.path.write_bytes(data + b"\0")
    with pytest.raises(DamagedFile):
        files.extract_original(info, [0, 1, 2])
    with pytest.raises(DamagedFile):
        files.extract_original(info, [1])
