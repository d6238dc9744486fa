"""sohoa against OCRmyPDF on the same pages, in turn, in one run: pages a minute, processor time, size, errors.

    python -m venv /somewhere && /somewhere/bin/pip install ocrmypdf
    python bench/versus_ocrmypdf.py --ocrmypdf /somewhere/bin/ocrmypdf [--rounds 3] [--pages 24] [FOLDER]

All get one PDF that embeds the sample pages as scanned (cover sheets and blank backs left out), or the page files of
FOLDER that have their text beside them (``metrics.pairs``), and the same number of cores.  OCRmyPDF runs as its
users would for scans: ``-l vie --deskew --rotate-pages --jobs CORES``; sohoa once with the engine inside the worker and
once with the tesseract program.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metrics import Errors, characters, pairs, words

from pipeline.imaging.decode import decode
from pipeline.model import PageGeometry, Skew
from pipeline.ocr.engines import EngineName
from pipeline.pdf.assemble import SectionInfo, SectionPage, write_section
from pipeline.pdf.layers import archival_layer
from scanners import files
from scanners.base import IntakeLimits
from sohoa.ids import Section
from sohoa.machine import usable_cores
from storage.archive import Archive

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DOSSIER = "H11.35-230915-0001"


@dataclass(frozen=True)
class Run:
    """One finished run over all pages: seconds on the clock and of processor time, bytes, and errors."""

    seconds: float
    processor: float
    size: int
    characters: Errors
    words: Errors


@dataclass(frozen=True)
class Page:
    """A page to read: the file and the 0-based page in it, and its true text."""

    path: Path
    index: int
    text: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--ocrmypdf", default="ocrmypdf")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=1000, help="use only the first N pages")
    options = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "pages.pdf"
        pages = folder_pages(options.folder) if options.folder else sample_pages()
        truths = write_source(source, pages[: options.pages])
        print(
            f"{len(truths)} pages, {source.stat().st_size / len(truths) / 1024:.0f} KB a page, {usable_cores()} cores"
        )
        peers: dict[str, Callable[[Path], Run]] = {
            "OCRmyPDF": lambda folder: run_ocrmypdf(options.ocrmypdf, source, folder, truths),
            "sohoa": lambda folder: run_sohoa("tesserocr", source, folder, truths),
            "sohoa, program": lambda folder: run_sohoa("pytesseract", source, folder, truths),
        }
        runs: dict[str, list[Run]] = {name: [] for name in peers}
        for number in range(options.rounds):
            for name, run in peers.items():
                folder = Path(scratch) / f"{name}-{number}"
                folder.mkdir()
                runs[name].append(run(folder))
    report(runs, len(truths))


def sample_pages() -> list[Page]:
    return [
        Page(SAMPLES / "inputs" / page["file"], page["index"], page["text"])
        for truth in sorted(SAMPLES.glob("truth/*.json"))
        for page in json.loads(truth.read_text("utf-8"))["pages"]
        if page["kind"] == "content"
    ]


def folder_pages(folder: Path) -> list[Page]:
    return [Page(page, 0, truth.read_text("utf-8")) for page, truth in pairs(folder)]


def write_source(target: Path, wanted: list[Page]) -> list[str]:
    """Write the pages as scanned into one PDF and return their true texts, page by page."""
    pages, limits = [], IntakeLimits()
    for page in wanted:
        scanned = files.read_page(files.inspect(page.path, page.path.name, limits), page.index, limits)
        image = decode(scanned)
        dpi = scanned.dpi[::-1] if scanned.quarter_turns % 2 else scanned.dpi
        geometry = PageGeometry(image.width, image.height, scanned.quarter_turns, Skew(0.0, 1.0, 0.0), dpi)
        pages.append(SectionPage(archival_layer(scanned, image.pixels, image.colour, "original"), geometry, ()))
    info = SectionInfo(DOSSIER, "H11.35", dt.date(2023, 9, 15), Section.RECORDS, "unknown", "bench", ())
    target.write_bytes(write_section(pages, info))
    return [page.text for page in wanted]


def adopt_orphans() -> None:
    """Make this process the parent of its descendants' orphans (Linux: PR_SET_CHILD_SUBREAPER)."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - clock
    with contextlib.suppress(ChildProcessError):  # adopt what outlives the command, so that its time counts too
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_ocrmypdf(program: str, source: Path, folder: Path, truths: list[str]) -> Run:
    options = ["-l", "vie", "--deskew", "--rotate-pages", "--jobs", str(usable_cores()), "--sidecar", "text.txt"]
    seconds, processor = timed([program, *options, str(source), "out.pdf"], folder)
    read = (folder / "text.txt").read_text("utf-8").split("\f")
    return Run(seconds, processor, (folder / "out.pdf").stat().st_size, *errors(truths, read))


def run_sohoa(engine: EngineName, source: Path, folder: Path, truths: list[str]) -> Run:
    (folder / "sohoa.toml").write_text(f'[ocr]\nengine = "{engine}"\n', "utf-8")
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", str(source), "--dossier", DOSSIER, "--json"]
    seconds, processor = timed(command, folder)
    data = folder / "sohoa-data"
    with Archive.open(f"file://{data}/archive", f"sqlite:///{data}/catalogue.db", data / "search") as archive:
        manifest = archive.find(DOSSIER)
        assert manifest is not None
        numbers = {page.number: page.source.page for page in manifest.pages}
        read = {numbers[t.page]: t.text for t in archive.page_texts(manifest)}
        size = sum(file.bytes for file in manifest.files if file.role == "section")
    return Run(seconds, processor, size, *errors(truths, [read.get(n, "") for n in range(1, len(truths) + 1)]))


def errors(truths: list[str], read: list[str]) -> tuple[Errors, Errors]:
    """Return the errors in characters and in words of what was read, page by page."""
    read = read + [""] * (len(truths) - len(read))
    both = [[count(*texts) for texts in zip(truths, read, strict=False)] for count in (characters, words)]
    return sum(both[0], Errors()), sum(both[1], Errors())


def report(runs: dict[str, list[Run]], pages: int) -> None:
    def median(name: str, value: Callable[[Run], Any]) -> float:
        return float(statistics.median(value(run) for run in runs[name]))

    print(f"{'':15}{'pages/min':>10}{'CPU s/page':>11}{'KB/page':>8}{'CER':>8}{'WER':>8}")
    for name in runs:
        print(
            f"{name:15}{60 * pages / median(name, lambda r: r.seconds):>10.1f}"
            f"{median(name, lambda r: r.processor) / pages:>11.2f}"
            f"{median(name, lambda r: r.size) / pages / 1024:>8.0f}"
            f"{median(name, lambda r: r.characters.rate):>8.2%}{median(name, lambda r: r.words.rate):>8.2%}"
        )
    first, *ours = runs
    for name in ours:
        ratios = [a.seconds / b.seconds for a, b in zip(runs[first], runs[name], strict=True)]
        smaller = median(first, lambda r: r.size) / median(name, lambda r: r.size)
        wrong = median(name, lambda r: r.words.rate) / median(first, lambda r: r.words.rate)
        print(
            f"{name}: {statistics.median(ratios):.1f} times as fast as {first} "
            f"(rounds: {', '.join(f'{r:.1f}' for r in ratios)}), 1/{smaller:.1f} of its bytes, "
            f"{wrong:.2f} of its wrong words"
        )


if __name__ == "__main__":
    main()
