"""How small and how legible archived pages are: bytes, processor time and lost characters by profile.

    python bench/size.py [--pages N] [--no-ocr] [--keep DIR] [FOLDER]

Without FOLDER: the content pages of ``samples/``, read before and after.  The page's PDF is rendered at the scan's own
resolution and read by the same engine as the scan; ``CER scan`` and ``CER PDF`` are against the printed text.  With
FOLDER: the page files in it that have their text beside them (``metrics.pairs``), and every page of its PDF files that
have none, for these sizes only.  ``--keep`` leaves every page's PDF in DIR, to be looked at.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import cv2
from metrics import Errors, characters, pairs
from pdf2image import convert_from_bytes

from pipeline.imaging.decode import PixelImage, decode
from pipeline.imaging.prepare import prepare
from pipeline.model import ImageLayer, PageGeometry, PdfProfile, Skew
from pipeline.ocr.engines import chosen, engine
from pipeline.pdf.assemble import SectionInfo, SectionPage, write_section
from pipeline.pdf.layers import archival_layer
from scanners import files
from scanners.base import IntakeLimits, PageSource, ScannedPage
from sohoa.ids import Section

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LIMITS = IntakeLimits()


@dataclass(frozen=True)
class Page:
    name: str
    scanned: ScannedPage
    image: PixelImage
    text: str | None


@dataclass
class Sum:
    """Running sums of one profile."""

    bytes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    layered: int = 0
    before: Errors = field(default_factory=Errors)
    after: Errors = field(default_factory=Errors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, help="only the first N pages")
    parser.add_argument("--no-ocr", action="store_true")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    sums: dict[PdfProfile, Sum] = {profile: Sum() for profile in get_args(PdfProfile)}
    pages = pages_of(options.folder) if options.folder else sample_pages()
    for number, page in enumerate(pages):
        if options.pages is not None and number >= options.pages:
            break
        measure(page, sums, options)
    report(sums)


def sample_pages() -> Iterator[Page]:
    for file in sorted((SAMPLES / "truth").glob("*.json")):
        for truth in json.loads(file.read_text(encoding="utf-8"))["pages"]:
            if truth["kind"] == "content":
                path = SAMPLES / "inputs" / truth["file"]
                scanned = files.read_page(files.inspect(path, path.name, LIMITS), truth["index"], LIMITS)
                yield Page(f"{truth['document']}-{truth['page']}", scanned, decode(scanned), truth["text"])


def pages_of(folder: Path) -> Iterator[Page]:
    told = {path: text.read_text("utf-8") for path, text in pairs(folder)}
    for path in sorted({*told, *folder.glob("*.pdf")}):
        info = files.inspect(path, path.name, LIMITS)
        for index in range(info.pages):
            scanned = files.read_page(info, index, LIMITS)
            yield Page(f"{path.stem[:24]}-{index + 1}", scanned, decode(scanned), told.get(path))


def measure(page: Page, sums: dict[PdfProfile, Sum], options: argparse.Namespace) -> None:
    told = [f"{page.name:32} {page.image.colour:8} {page.scanned.dpi[0]:4.0f} dpi"]
    before = after = None
    for profile, total in sums.items():
        started = time.process_time()
        layer = archival_layer(page.scanned, page.image.pixels, page.image.colour, profile)
        total.seconds.append(time.process_time() - started)
        total.bytes.append(layer.size)
        total.layered += bool(layer.inks)
        told.append(f"{profile} {layer.size / 1000:4.0f} KB {total.seconds[-1] * 1000:4.0f} ms")
        if profile != "compact":
            continue
        pdf = page_pdf(layer, page)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{len(total.bytes):02d} {page.name}.pdf").write_bytes(pdf)
        if page.text is not None and not options.no_ocr:
            before = characters(page.text, read(page.scanned))
            after = characters(page.text, read(rendered(pdf, page))) if layer.inks else before
            total.before, total.after = total.before + before, total.after + after
            told.append(f"CER {before.rate:.2%} -> {after.rate:.2%}")
    print("  ".join(told), flush=True)


def page_pdf(layer: ImageLayer, page: Page) -> bytes:
    """Return a PDF of the page as stored: neither turned nor deskewed, so that both are read from the same picture."""
    geometry = PageGeometry(page.image.width, page.image.height, 0, Skew(0.0, 1.0, 0.0), page.scanned.dpi)
    info = SectionInfo("000.00.00.H00-000000-0000", "H00", dt.date(2000, 1, 1), Section.RECORDS, "unknown", "")
    return write_section([SectionPage(layer, geometry)], info)


def rendered(pdf: bytes, page: Page) -> ScannedPage:
    (image,) = convert_from_bytes(pdf, size=(page.image.width, page.image.height))
    file = io.BytesIO()
    image.convert("RGB" if page.image.colour == "rgb" else "L").save(file, "PPM")
    turns, source = page.scanned.quarter_turns, PageSource(page.name, "0" * 64, 0)
    return ScannedPage(
        source, file.getvalue(), "image/x-portable-anymap", image.width, image.height, page.scanned.dpi, turns
    )


def read(page: ScannedPage) -> str:
    reader = engine(chosen("auto"), "vie")
    return reader.read(prepare(page, judge=reader.readability), 300.0).text


def report(sums: dict[PdfProfile, Sum]) -> None:
    print(f"\n{'profile':9} {'KB mean':>8} {'median':>7} {'most':>6} {'ms mean':>8} {'most':>5} {'in layers':>9}")
    for profile, total in sums.items():
        sizes, times, count = sorted(total.bytes), total.seconds, len(total.bytes)
        print(
            f"{profile:9} {sum(sizes) / count / 1000:8.1f} {sizes[count // 2] / 1000:7.1f} {sizes[-1] / 1000:6.1f}"
            f" {sum(times) / count * 1000:8.0f} {max(times) * 1000:5.0f} {total.layered:4d} of {count}"
        )
    compact = sums["compact"]
    if compact.before.units:
        lost = compact.after.rate - compact.before.rate
        print(f"CER scan {compact.before.rate:.3%}, CER PDF {compact.after.rate:.3%}: {lost * 100:+.3f} points")


if __name__ == "__main__":
    main()
