"""Single-image files: kept as they are, or plainly refused."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from scanners import files
from scanners.base import DamagedFile, IntakeLimits, PageTooLarge

LIMITS = IntakeLimits()
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "JPEG2000": "image/jp2"}
MIRROR = {2: np.fliplr, 4: np.flipud, 5: lambda a: np.fliplr(np.rot90(a, 3)), 7: lambda a: np.fliplr(np.rot90(a, 1))}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_file_itself_is_the_page(kit: Any, take: Any, kind: str, mode: str) -> None:
    data = kit.saved(kit.draw_page(mode), kind)
    info, [page] = take(data, "ảnh chụp.pdf")
    assert info.media_type == page.media_type == KINDS[kind] and info.pages == 1
    assert page.untouched and page.data == data and (page.width, page.height) == (400, 576)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_resolution_is_read(kit: Any, take: Any, kind: str) -> None:
    _, [page] = take(kit.saved(kit.draw_page("L", (1654, 2339)), kind, dpi=(200, 200)))
    assert page.dpi == pytest.approx((200, 200), abs=0.01) and page.dpi_known


@pytest.mark.parametrize("dpi", [None, (1, 1), (72, 72), (30_000, 30_000), (200, 2000)])
def test_unbelievable_resolution_makes_a_sheet_of_paper(kit: Any, take: Any, dpi: tuple[int, int] | None) -> None:
    options = {"dpi": dpi} if dpi else {}
    _, [page] = take(kit.saved(kit.draw_page("L", (2480, 3508)), "JPEG", **options))
    assert page.dpi == (300, 300) and not page.dpi_known


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_told_or_undone(kit: Any, take: Any, orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    stored = kit.draw_page()
    data = kit.saved(stored, "JPEG", exif=exif, quality=95, dpi=(150, 150))
    _, [page] = take(data)
    pixels = np.asarray(stored)
    turned = {1: 0, 6: 3, 3: 2, 8: 1}
    wanted = np.rot90(pixels, turned[orientation]) if orientation in turned else MIRROR[orientation](pixels)
    assert page.untouched == (orientation in turned)
    assert (page.data == data) == page.untouched
    assert kit.difference(kit.upright(page), wanted) < 3


def test_cmyk_and_transparent_images_become_what_paper_shows(kit: Any, take: Any) -> None:
    _, [cmyk] = take(kit.saved(kit.draw_page("CMYK"), "JPEG", quality=95))
    assert cmyk.data.startswith(b"P6") and kit.difference(kit.upright(cmyk), np.asarray(kit.draw_page())) < 8
    clear = Image.new("RGBA", (400, 576), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (10, 10, 50, 50))
    _, [page] = take(kit.saved(clear, "PNG"))
    shown = kit.upright(page)
    assert tuple(shown[300, 300]) == (255, 255, 255) and tuple(shown[20, 20]) == (255, 0, 0)


def test_sixteen_bit_gray_keeps_its_range(kit: Any, take: Any) -> None:
    ramp = np.linspace(0, 65535, 400 * 576).astype(np.uint16).reshape(576, 400)
    _, [page] = take(kit.saved(Image.fromarray(ramp), "PNG"))
    assert page.data.startswith(b"P5")
    assert np.abs(kit.upright(page)[:, :, 0].astype(int) - ramp // 257).max() <= 1


def test_bitonal_and_palette_png_stay_files(kit: Any, take: Any) -> None:
    for mode in ("1", "P"):
        data = kit.saved(kit.draw_page(mode), "PNG")
        _, [page] = take(data)
        assert page.untouched and page.data == data


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95, 0.99, 0.999])
def test_cut_files_are_found_at_inspection(kit: Any, take: Any, kind: str, share: float) -> None:
    data = kit.saved(kit.draw_page(), kind)
    with pytest.raises(DamagedFile) as caught:
        take(data[: int(len(data) * share)], "hồ sơ.jpg")
    assert caught.value.subject == "hồ sơ.jpg" and "Chép hoặc quét lại" in caught.value.advice


def test_bytes_behind_the_end_do_no_harm(kit: Any, take: Any) -> None:
    data = kit.saved(kit.draw_page(), "JPEG") + bytes(3000)
    _, [page] = take(data)
    assert page.data == data


def test_progressive_jpeg_and_thumbnail_are_not_mistaken(kit: Any, take: Any) -> None:
    exif = b"Exif\0\0" + b"II*\0\x08\0\0\0\0\0\0\0\0\0" + kit.saved(kit.draw_page(size=(40, 60)), "JPEG")
    whole = kit.saved(kit.draw_page(), "JPEG", progressive=True, exif=exif)
    _, [page] = take(whole)
    assert page.untouched
    with pytest.raises(DamagedFile):  # the thumbnail's end marker is not the picture's
        take(whole[:-100])


def test_flipped_bit_in_png_is_found(kit: Any, take: Any) -> None:
    data = bytearray(kit.saved(kit.draw_page(), "PNG"))
    data[len(data) // 2] ^= 1
    with pytest.raises(DamagedFile):
        take(bytes(data))


def bomb_png(side: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(100_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_bomb_headers_are_refused_before_decoding(kit: Any, tmp_path: Path) -> None:
    jpeg = bytearray(kit.saved(kit.draw_page("L"), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 30_000, 30_000)
    for name, data in (("bomb.png", bomb_png(30_000)), ("bomb.jpg", bytes(jpeg))):
        path = tmp_path / name
        path.write_bytes(data)
        info = files.inspect(path, name, LIMITS)
        with warnings.catch_warnings(), pytest.raises(PageTooLarge) as caught:
            warnings.simplefilter("error")
            files.read_page(info, 0, LIMITS)
        assert "30000 × 30000" in str(caught.value) and f"{name}, trang 1 / page 1" in str(caught.value)


def test_large_pages_within_the_limit_raise_no_warning(take: Any) -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 14_000), 1).save(out, "PNG")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _, [page] = take(out.getvalue())
    assert page.width * page.height == 140_000_000


def test_text_chunk_bomb_does_not_stop_a_page(kit: Any, take: Any) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "ghi chú " * 100)
    data = kit.saved(kit.draw_page("L"), "PNG", pnginfo=notes)
    _, [page] = take(data)
    assert page.untouched
