"""How true recognition is on real pages: a folder of page files, each with its text beside it.

    python bench/ocr_real.py FOLDER [--language vie]

A page is ``name.pdf`` (or .jpg, .png, .tif, .jp2), its truth ``name.gt.txt``; only first pages are read.  Prints
the character and word error rates per page and in all, the words found nowhere on the page (for two-column heads, whose
order is open), and the processor seconds of preparing and of recognising.  Scoring rules: ``metrics.scoring_form``.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from metrics import Errors, characters, unordered_words, words

from pipeline.imaging.prepare import prepare
from pipeline.ocr.tesseract import TesseractEngine
from scanners import files
from scanners.base import IntakeLimits

TRUTH = ".gt.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="vie")
    options = parser.parse_args()
    pairs = sorted((page, truth) for truth in options.folder.glob(f"*{TRUTH}") for page in pages_of(truth))
    if not pairs:
        parser.error(f"no page with a {TRUTH} file beside it in {options.folder}")
    report(pairs, TesseractEngine(options.language))


def pages_of(truth: Path) -> list[Path]:
    stem = truth.name.removesuffix(TRUTH)
    return [p for p in truth.parent.iterdir() if p.stem == stem and p != truth]


def report(pairs: list[tuple[Path, Path]], engine: TesseractEngine) -> None:
    totals = [Errors(), Errors(), Errors()]
    print(f"{engine.name}\n{'CER':>7} {'WER':>7} {'missed':>7} {'conf':>5} {'prepare':>8} {'read':>6}  page")
    for page, truth_file in pairs:
        truth = truth_file.read_text(encoding="utf-8")
        started = time.process_time()
        scanned = files.read_page(files.inspect(page, page.name, IntakeLimits()), 0, IntakeLimits())
        prepared = prepare(scanned, judge=engine.readability)
        preparing, before = time.process_time() - started, child_seconds()
        read = engine.read(prepared, 300.0)
        rates = [count(truth, read.text) for count in (characters, words, unordered_words)]
        totals = [total + errors for total, errors in zip(totals, rates, strict=True)]
        print(
            *(f"{errors.rate:7.2%}" for errors in rates),
            f"{read.confidence:5.1f} {preparing:6.2f} s {child_seconds() - before:4.2f} s  {page.name}",
        )
    print(*(f"{errors.rate:7.2%}" for errors in totals), "all")


def child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
