"""Bad inputs for tests and demonstrations: what a drop folder gets when things go wrong.

``write`` fills a folder and says of each file what is wrong with it.  The files are small on disk, the same
bytes each time, and made from scratch: nothing is committed.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw, TiffImagePlugin

from samples.maker.sheet import Style
from samples.maker.writers import Frame
from samples.maker.writers import write as write_pages

BOMB_SIDE = 30_000
MANY_PAGES = 10_000


@dataclass(frozen=True)
class Bad:
    """One bad file: where it is, what was done to it, and whether nothing of it can be taken in.

    ``kind`` is cut, empty, encrypted, mislabelled, bomb, many-pages, noise or name; files of the last two kinds are
    whole files with odd content or odd names: they must be archived or held, and crash nothing.
    """

    path: Path
    kind: str
    rejected: bool


def write(folder: Path) -> list[Bad]:
    """Write all bad inputs into ``folder`` and return them in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    makers = (_cut, _empty, _encrypted, _mislabelled, _bombs, _many, _noise, _names)
    made = [bad for make in makers for bad in make(folder)]
    return sorted(made, key=lambda bad: str(bad.path))


def page(text: str = "GIẤY XÁC NHẬN", dpi: int = 100) -> Frame:
    """Return a small clean page with a few printed lines."""
    image = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 255)
    pen = ImageDraw.Draw(image)
    style = Style(13 * dpi / 400)
    for i, line in enumerate((text, *(f"Dòng thứ {n} của trang thử, ngày {n:02d}/09/2023." for n in range(1, 30)))):
        pen.text((dpi, dpi + i * 0.28 * dpi), line, fill=20, font=style.font)
    return Frame(np.asarray(image), dpi, bitonal=False, quality=70)


def cut(whole: Path, share: float, to: Path) -> Path:
    """Write the first ``share`` (0–1) of the bytes of ``whole`` to ``to``, as a broken copy leaves it."""
    data = whole.read_bytes()
    to.write_bytes(data[: round(len(data) * share)])
    return to


def _cut(folder: Path) -> list[Bad]:
    made = []
    for suffix, pages in ((".pdf", 3), (".jpg", 1), (".tif", 3)):
        whole = folder / f"whole{suffix}"
        write_pages(whole, [page(f"TRANG {n + 1}") for n in range(pages)])
        made += [
            Bad(cut(whole, percent / 100, folder / f"cut at {percent}%{suffix}"), "cut", True)
            for percent in (10, 50, 95)
        ]
        whole.unlink()
    return made


def _empty(folder: Path) -> list[Bad]:
    made = []
    for name in ("empty.pdf", "empty.jpg", "empty.tif"):
        (folder / name).write_bytes(b"")
        made.append(Bad(folder / name, "empty", True))
    return made


def _encrypted(folder: Path) -> list[Bad]:
    """A PDF that cannot be opened without its password.

    AES keys are random by design, so this one file differs from run to run; RC4 with a fixed ID would not, but no
    office writes that any more.
    """
    path = folder / "encrypted.pdf"
    write_pages(path, [page("MẬT KHẨU")])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="mở", owner="chủ", R=6))
    return [Bad(path, "encrypted", True)]


def _mislabelled(folder: Path) -> list[Bad]:
    """A text called PDF, a program called JPEG, and a JPEG called PDF, which is a good page whatever its name says."""
    (folder / "notes.pdf").write_text("Đây không phải là tệp PDF.\n" * 40, encoding="utf-8")
    (folder / "program.jpg").write_bytes(b"\x7fELF" + bytes(range(256)) * 8)
    (folder / "picture.jpg").unlink(missing_ok=True)
    write_pages(folder / "picture.jpg", [page("ẢNH")])
    (folder / "picture.jpg").rename(folder / "really a jpeg.pdf")
    return [
        Bad(folder / "notes.pdf", "mislabelled", True),
        Bad(folder / "program.jpg", "mislabelled", True),
        Bad(folder / "really a jpeg.pdf", "mislabelled", False),
    ]


def _bombs(folder: Path) -> list[Bad]:
    """30,000 × 30,000 white pixels of one bit as PNG and as G4 TIFF: 900 million pixels in a few kilobytes."""
    (folder / "bomb.png").write_bytes(_png_bomb(BOMB_SIDE))
    (folder / "bomb.tif").write_bytes(_tiff_bomb(BOMB_SIDE))
    return [Bad(folder / "bomb.png", "bomb", True), Bad(folder / "bomb.tif", "bomb", True)]


def _png_bomb(side: int) -> bytes:
    packer, row = zlib.compressobj(9), b"\0" + b"\xff" * -(-side // 8)
    body = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _tiff_bomb(side: int) -> bytes:
    """Write the TIFF by hand: a white G4 row is one V0 code, a single set bit, so the strip is ``side`` one bits."""
    strip = b"\xff" * (side // 8) + b"\x00\x10\x01\x00"
    tags = {
        TiffImagePlugin.IMAGEWIDTH: (4, side),
        TiffImagePlugin.IMAGELENGTH: (4, side),
        TiffImagePlugin.BITSPERSAMPLE: (3, 1),
        TiffImagePlugin.COMPRESSION: (3, 4),
        TiffImagePlugin.PHOTOMETRIC_INTERPRETATION: (3, 0),
        TiffImagePlugin.STRIPOFFSETS: (4, 8),
        TiffImagePlugin.SAMPLESPERPIXEL: (3, 1),
        TiffImagePlugin.ROWSPERSTRIP: (4, side),
        TiffImagePlugin.STRIPBYTECOUNTS: (4, len(strip)),
    }
    directory = struct.pack("<H", len(tags))
    for tag, (kind, value) in sorted(tags.items()):
        directory += struct.pack("<HHII", tag, kind, 1, value)
    padded = strip + b"\0" * (len(strip) % 2)
    return struct.pack("<2sHI", b"II", 42, 8 + len(padded)) + padded + directory + struct.pack("<I", 0)


def _many(folder: Path) -> list[Bad]:
    """A PDF of 10,000 pages that all share one empty content: 1 MB or so, hours of work for the unwary."""
    path = folder / "ten thousand pages.pdf"
    with pikepdf.new() as pdf:
        nothing = pdf.make_stream(b"")
        for _ in range(MANY_PAGES):
            blank = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 595, 842], Contents=nothing)
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return [Bad(path, "many-pages", True)]


def _noise(folder: Path) -> list[Bad]:
    """A page of pure noise: nothing to read, no angle to find, and an engine may chew on it for minutes."""
    pixels = np.random.default_rng(7).integers(0, 256, (1169, 827), dtype=np.uint8)
    path = folder / "noise.jpg"
    write_pages(path, [Frame(pixels, 100, bitonal=False, quality=60)])
    return [Bad(path, "noise", False)]


def _names(folder: Path) -> list[Bad]:
    """Good pages under names with Vietnamese, blanks, quotes, and names that try to climb out of the folder."""
    made = []
    for name in NAMES:
        path = folder / name
        write_pages(folder / "page.jpg", [page(f"TÊN TỆP {len(made) + 1}")])
        (folder / "page.jpg").rename(path)
        made.append(Bad(path, "name", False))
    return made


NAMES = (
    "Đơn đề nghị của bà Thúy (bản 2).jpg",
    "hai  dấu cách và 'nháy' “kép”.jpg",
    "..jpg.jpg",
    "..\\..\\etc\\passwd.jpg",
    "..%2f..%2fetc%2fpasswd.jpg",
    "-rf $(touch x);`id`.jpg",
    "xuống\ndòng.jpg",
)
