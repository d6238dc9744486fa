"""sohoa against OCRmyPDF on the same pages, in turn, in one run: pages a minute, processor time, size, errors.

    python -m venv /somewhere && /somewhere/bin/pip install ocrmypdf
    python bench/versus_ocrmypdf.py --ocrmypdf /somewhere/bin/ocrmypdf [--rounds 3] [--pages 24]

Both get one PDF that embeds the sample pages as scanned (cover sheets and blank backs left out) and the same number of
cores.  OCRmyPDF runs as its users would for scans: ``-l vie --deskew --rotate-pages --jobs CORES``.
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

from metrics import Errors, characters

from pipeline.imaging.decode import decode
from pipeline.model import PageGeometry, Skew
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
    errors: Errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ocrmypdf", default="ocrmypdf")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=1000, help="use only the first N sample pages")
    options = parser.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "pages.pdf"
        truths = write_source(source, options.pages)
        print(
            f"{len(truths)} pages, {source.stat().st_size / len(truths) / 1024:.0f} KB a page, {usable_cores()} cores"
        )
        peers: dict[str, Callable[[Path], Run]] = {
            "OCRmyPDF": lambda folder: run_ocrmypdf(options.ocrmypdf, source, folder, truths),
            "sohoa": lambda folder: run_sohoa(source, folder, truths),
        }
        runs: dict[str, list[Run]] = {name: [] for name in peers}
        for number in range(options.rounds):
            for name, run in peers.items():
                folder = Path(scratch) / f"{name}-{number}"
                folder.mkdir()
                runs[name].append(run(folder))
    report(runs, len(truths))


def write_source(target: Path, most: int) -> list[str]:
    """Write the sample pages as scanned into one PDF and return their true texts, page by page."""
    pages, texts = [], []
    limits = IntakeLimits()
    for truth in sorted(SAMPLES.glob("truth/*.json")):
        for page in json.loads(truth.read_text("utf-8"))["pages"]:
            if page["kind"] != "content" or len(pages) == most:
                continue
            path = SAMPLES / "inputs" / page["file"]
            scanned = files.read_page(files.inspect(path, path.name, limits), page["index"], limits)
            image = decode(scanned)
            turned = scanned.quarter_turns % 2
            dpi = scanned.dpi[::-1] if turned else scanned.dpi
            geometry = PageGeometry(image.width, image.height, scanned.quarter_turns, Skew(0.0, 1.0, 0.0), dpi)
            pages.append(SectionPage(archival_layer(scanned, image.pixels, image.colour), geometry, ()))
            texts.append(page["text"])
    info = SectionInfo(DOSSIER, "H11.35", dt.date(2023, 9, 15), Section.RECORDS, "unknown", "bench", ())
    target.write_bytes(write_section(pages, info))
    return texts


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
    errors = sum((characters(truth, text) for truth, text in zip(truths, read, strict=False)), Errors())
    return Run(seconds, processor, (folder / "out.pdf").stat().st_size, errors)


def run_sohoa(source: Path, folder: Path, truths: list[str]) -> Run:
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", str(source), "--dossier", DOSSIER, "--json"]
    seconds, processor = timed(command, folder)
    data = folder / "sohoa-data"
    with Archive.open(f"file://{data}/archive", f"sqlite:///{data}/catalogue.db", data / "search") as archive:
        manifest = archive.find(DOSSIER)
        assert manifest is not None
        numbers = {page.number: page.source.page for page in manifest.pages}
        read = {numbers[t.page]: t.text for t in archive.page_texts(manifest)}
        size = sum(file.bytes for file in manifest.files if file.role == "section")
    errors = sum((characters(truth, read.get(n, "")) for n, truth in enumerate(truths, 1)), Errors())
    return Run(seconds, processor, size, errors)


def report(runs: dict[str, list[Run]], pages: int) -> None:
    def median(name: str, value: Callable[[Run], Any]) -> float:
        return float(statistics.median(value(run) for run in runs[name]))

    print(f"{'':10}{'pages/min':>11}{'s/page':>9}{'CPU s/page':>12}{'KB/page':>9}{'CER':>8}")
    for name in runs:
        seconds = median(name, lambda r: r.seconds)
        print(
            f"{name:10}{60 * pages / seconds:>11.1f}{seconds / pages:>9.2f}"
            f"{median(name, lambda r: r.processor) / pages:>12.2f}"
            f"{median(name, lambda r: r.size) / pages / 1024:>9.0f}{median(name, lambda r: r.errors.rate):>8.2%}"
        )
    ratios = [a.seconds / b.seconds for a, b in zip(runs["OCRmyPDF"], runs["sohoa"], strict=True)]
    print(f"sohoa is {statistics.median(ratios):.1f} times as fast (rounds: {', '.join(f'{r:.1f}' for r in ratios)})")


if __name__ == "__main__":
    main()
