from __future__ import annotations

import io
import subprocess
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw, TiffImagePlugin

from scanners import files
from scanners.base import FileInfo, IntakeLimits, ScannedPage

Arrays = np.ndarray[Any, np.dtype[np.uint8]]
LIMITS = IntakeLimits()


def draw_page(mode: str = "RGB", size: tuple[int, int] = (400, 576), seed: int = 1) -> Image.Image:
    """A page with a shape of its own in every corner, so that no turn or mirror looks like another."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    width, height = size
    random = np.random.default_rng(seed)
    for y in range(60, height - 60, 24):
        for x in range(40, width - 60, 30):
            pen.rectangle((x, y, x + int(random.integers(6, 24)), y + 10), fill=(20, 20, 30))
    pen.rectangle((10, 10, 50, 30), fill=(200, 30, 30))
    pen.ellipse((width - 60, 12, width - 20, 52), fill=(30, 60, 200))
    pen.polygon([(12, height - 12), (52, height - 12), (12, height - 52)], fill=(0, 0, 0))
    if mode == "1":
        return image.convert("L").point(lambda value: 255 if value > 128 else 0).convert("1", dither=Image.Dither.NONE)
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def g4_strip(image: Image.Image, compression: str = "group4") -> bytes:
    """The bare fax stream of a bitonal image, black runs being black ink; Pillow writes ink as the white runs."""
    image = ImageChops.invert(image)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[278] = image.height
    data = saved(image, "TIFF", compression=compression, tiffinfo=tags)
    with Image.open(io.BytesIO(data)) as opened:
        offsets, counts = opened.tag_v2[273], opened.tag_v2[279]
    assert len(offsets) == 1
    return data[offsets[0] : offsets[0] + counts[0]]


@dataclass
class PdfMaker:
    """Builds one PDF page by page; a page is a content stream over named images."""

    pdf: pikepdf.Pdf
    folder: Path

    def image(self, data: bytes, size: tuple[int, int], space: Any, codec: str | None, **more: Any) -> pikepdf.Stream:
        stream = pikepdf.Stream(self.pdf, data)
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        stream.Width, stream.Height = size
        stream.BitsPerComponent = more.pop("bits", 8)
        if space is not None:
            stream.ColorSpace = pikepdf.Name(space) if isinstance(space, str) else space
        if codec:
            stream.Filter = pikepdf.Name(codec)
        for key, value in more.items():
            stream[f"/{key}"] = value
        return stream

    def jpeg(self, image: Image.Image, **options: Any) -> pikepdf.Stream:
        space = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[image.mode]
        return self.image(saved(image, "JPEG", quality=85, **options), image.size, space, "/DCTDecode")

    def flate(self, image: Image.Image, **more: Any) -> pikepdf.Stream:
        bits, space = (
            (1, "/DeviceGray") if image.mode == "1" else (8, "/DeviceGray" if image.mode == "L" else "/DeviceRGB")
        )
        return self.image(zlib.compress(image.tobytes()), image.size, space, "/FlateDecode", bits=bits, **more)

    def page(
        self,
        images: list[pikepdf.Stream],
        content: str | None = None,
        size: tuple[float, float] = (200, 288),
        **keys: Any,
    ) -> pikepdf.Page:
        page = self.pdf.add_blank_page(page_size=size)
        page.obj.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({f"/Im{number}": image for number, image in enumerate(images)}),
            Font=pikepdf.Dictionary(
                F=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                )
            ),
        )
        drawn = f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q" if content is None else content
        page.obj.Contents = pikepdf.Stream(self.pdf, drawn.encode())
        for key, value in keys.items():
            page.obj[f"/{key}"] = value
        return page

    def save(self, name: str = "scan.pdf", **options: Any) -> Path:
        path = self.folder / name
        self.pdf.save(path, **options)
        return path


@pytest.fixture
def maker(tmp_path: Path) -> PdfMaker:
    return PdfMaker(pikepdf.new(), tmp_path)


@pytest.fixture
def limits() -> IntakeLimits:
    return LIMITS


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., tuple[FileInfo, list[ScannedPage]]]:
    """Write bytes (or take a path), inspect the file and read all of its pages."""

    def run(
        source: bytes | Path, name: str = "scan", limits: IntakeLimits = LIMITS
    ) -> tuple[FileInfo, list[ScannedPage]]:
        path = source if isinstance(source, Path) else tmp_path / name
        if isinstance(source, bytes):
            path.write_bytes(source)
        info = files.inspect(path, path.name, limits)
        return info, [files.read_page(info, index, limits) for index in range(info.pages)]

    return run


def upright(page: ScannedPage) -> Arrays:
    """The page as a person sees it: decoded without EXIF, then turned by its quarter turns."""
    with Image.open(io.BytesIO(page.data)) as image:
        shown = image.convert("RGB").rotate(-90 * page.quarter_turns, expand=True)
    return np.asarray(shown)


def poppler(path: Path, page: int, dpi: float) -> Arrays:
    """What a viewer shows, as the judge: pdftoppm at the given resolution."""
    command = ["pdftoppm", "-r", str(dpi), "-cropbox", "-f", str(page), "-l", str(page), str(path)]
    drawn = subprocess.run(command, capture_output=True, check=True).stdout
    with Image.open(io.BytesIO(drawn)) as image:
        return np.asarray(image.convert("RGB"))


def difference(one: Arrays, other: Arrays) -> float:
    """Mean difference per sample of two pictures of (nearly) one size."""
    assert max(abs(a - b) for a, b in zip(one.shape, other.shape, strict=True)) <= 2, (one.shape, other.shape)
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    return float(np.abs(one[:height, :width].astype(int) - other[:height, :width]).mean())


def alike(one: Arrays, other: Arrays) -> bool:
    """Whether two pictures show the same page, give or take a pixel: poppler stretches images by one.

    Measured on the drawn page: poppler's stretch differs by at most 5.5, any half turn, mirror or inversion by 29.
    """
    return difference(one, other) < 10


class Kit:
    """The helpers above, for test modules: they cannot import a conftest."""

    draw_page = staticmethod(draw_page)
    saved = staticmethod(saved)
    g4_strip = staticmethod(g4_strip)
    upright = staticmethod(upright)
    poppler = staticmethod(poppler)
    difference = staticmethod(difference)
    alike = staticmethod(alike)


@pytest.fixture
def kit() -> Kit:
    return Kit()
