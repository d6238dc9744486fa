"""How true recognition is on real pages: a folder of page files, each with its text beside it.

    python bench/ocr_real.py FOLDER ... [--engine auto] [--language vie] [--second-model FILE] [--every N] [--brief]

A page is ``name.pdf`` (or .jpg, .png, .tif, .jp2), its truth ``name.gt.txt``; only first pages are read.  Prints
the character and word error rates per page and in all, the words found nowhere on the page (for two-column heads, whose
order is open), and the processor seconds of preparing and of recognising.  Each folder ends in one line of its own
(with ``--brief`` that is all), which also has its worst page.  Scoring rules: ``metrics.scoring_form``.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import get_args

from metrics import TRUTH, Errors, characters, pairs, unordered_words, words

from pipeline.imaging.prepare import prepare
from pipeline.ocr.base import OcrEngine
from pipeline.ocr.engines import EngineChoice, chosen, engine
from scanners import files
from scanners.base import IntakeLimits

HEAD = f"{'CER':>7} {'WER':>7} {'missed':>7} {'conf':>5} {'prepare':>9} {'read':>7}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one page, or all of a folder, came to: errors, confidence, and processor seconds of each step."""

    characters: Errors
    words: Errors
    missed: Errors
    confidence: float
    preparing: float
    recognising: float

    def __str__(self) -> str:
        rates = (f"{errors.rate:7.2%}" for errors in (self.characters, self.words, self.missed))
        return " ".join((*rates, f"{self.confidence:5.1f} {self.preparing:7.2f} s {self.recognising:5.2f} s"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--engine", choices=get_args(EngineChoice), default="auto")
    parser.add_argument("--language", default="vie")
    parser.add_argument("--second-model", type=Path, help="a larger model, as a .traineddata file")
    parser.add_argument("--every", type=int, default=1, help="read every Nth page only")
    parser.add_argument("--brief", action="store_true", help="print folders, not pages")
    options = parser.parse_args()
    reader = engine(chosen(options.engine), options.language, options.second_model)
    print(f"{reader.name}\n{HEAD}")
    for folder in options.folders:
        found = list(pairs(folder))
        if not found:
            parser.error(f"no page with a {TRUTH} file beside it in {folder}")
        report(folder.name, found[:: options.every], reader, options.brief)


def report(name: str, pairs: list[tuple[Path, Path]], reader: OcrEngine, brief: bool) -> None:
    readings = []
    for page, truth in pairs:
        readings.append(read(page, truth.read_text(encoding="utf-8"), reader))
        if not brief:
            print(readings[-1], f" {page.name}", flush=True)
    worst, _ = max(zip(readings, pairs, strict=True), key=lambda r: r[0].characters.rate)
    print(in_all(readings), f" {name}: {len(pairs)} pages, the worst {worst.characters.rate:.2%}", flush=True)


def read(page: Path, truth: str, reader: OcrEngine) -> Reading:
    started = processor_seconds()
    scanned = files.read_page(files.inspect(page, page.name, IntakeLimits()), 0, IntakeLimits())
    prepared = prepare(scanned, judge=reader.readability)
    preparing, started = processor_seconds() - started, processor_seconds()
    text = reader.read(prepared, 300.0)
    recognising = processor_seconds() - started
    errors = [count(truth, text.text) for count in (characters, words, unordered_words)]
    return Reading(*errors, text.confidence, preparing, recognising)


def in_all(readings: list[Reading]) -> Reading:
    """Return the errors of all pages together, and the means of their confidence and seconds."""
    errors = (sum((getattr(r, part) for r in readings), Errors()) for part in ("characters", "words", "missed"))
    means = (mean(getattr(r, part) for r in readings) for part in ("confidence", "preparing", "recognising"))
    return Reading(*errors, *means)


def processor_seconds() -> float:
    """Return what this process and its children have used."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
