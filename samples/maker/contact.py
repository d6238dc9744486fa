"""A contact sheet: every page of the inputs, small, as it lies in its file."""

from __future__ import annotations

from pathlib import Path

from pdf2image import convert_from_path
from PIL import Image, ImageSequence

CELL = (118, 167)
COLUMNS = 11


def draw(inputs: Path, output: Path) -> None:
    """Write a JPEG of all pages under ``inputs`` to ``output``."""
    small = [_small(page) for path in sorted(inputs.rglob("*")) if path.is_file() for page in _pages(path)]
    rows = -(-len(small) // COLUMNS)
    gap = 6
    sheet = Image.new("RGB", (COLUMNS * (CELL[0] + gap) + gap, rows * (CELL[1] + gap) + gap), (96, 100, 106))
    for i, picture in enumerate(small):
        x, y = gap + i % COLUMNS * (CELL[0] + gap), gap + i // COLUMNS * (CELL[1] + gap)
        sheet.paste(picture, (x + (CELL[0] - picture.width) // 2, y + (CELL[1] - picture.height) // 2))
    output.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(output, quality=78, optimize=True)


def _pages(path: Path) -> list[Image.Image]:
    if path.suffix == ".pdf":
        return convert_from_path(path, dpi=40)
    with Image.open(path) as image:
        return [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]


def _small(page: Image.Image) -> Image.Image:
    page = page.convert("RGB")
    page.thumbnail(CELL, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return page
