"""How alike two scans of one paper are, and how unlike other papers: what the bounds of ``batch/rescans.py`` rest on.

    python bench/rescans.py OUT [--every 3]

Every third page of the samples' papers with other people (``sets.py``) is scanned twice in colour, once hard and once
bitonal at 200 dpi, and once more with yet other people; each scan is read as the product does.  Prints how many of 64
bits pairs differ in, and how many percent of their letters and figures agree.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import types
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from multiprocessing import Pool
from pathlib import Path

os.environ["OMP_THREAD_LIMIT"] = "1"

import numpy as np
import sets
from rapidfuzz import fuzz

from pipeline.batch.jobs import ReadJob
from pipeline.batch.reading import load, read
from pipeline.config import load as settings
from pipeline.imaging.fingerprint import unlike
from pipeline.ocr.engines import chosen
from samples.maker import build
from samples.maker.scan import Scan, shoot
from samples.maker.writers import Frame, write
from scanners.files import inspect
from sohoa.machine import usable_cores
from sohoa.text import fold

Look = tuple[str, str, str, str]
"""File name, fingerprint, letters, figures."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--every", type=int, default=3)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path, sheet, back, scan in scans(options.out, options.every):
        shot = shoot(sheet, scan, build.rng_for(path.stem, scan.dpi), back)
        write(path, [Frame(shot.pixels, scan.dpi, scan.mode == "bitonal", scan.quality)])
    with Pool(usable_cores()) as pool:
        looks = pool.map(look, sorted(path for path in options.out.iterdir() if path.suffix in (".jpg", ".tif")))
    pairs: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for one, other in combinations(looks, 2):
        figures = fuzz.ratio(one[3], other[3])
        pairs[relation(one[0], other[0])].append((unlike(one[1], other[1]), fuzz.ratio(one[2], other[2]), figures))
    print(f"{'':<28}{'pairs':>6}{'bits':>10}{'letters %':>14}{'figures %':>14}")
    for name, found in pairs.items():
        bits, letters, same = zip(*found, strict=True)
        spans = (
            f"{min(bits):>6}-{max(bits):<3}{min(letters):>9.1f}-{max(letters):<5.1f}{min(same):>8.1f}-{max(same):<5.1f}"
        )
        print(f"{name:<28}{len(found):>6}{spans}")


def scans(out: Path, every: int) -> Iterator[tuple[Path, sets.Sheet, sets.Sheet | None, Scan]]:
    for family, seed in (("x", 59), ("y", 61)):
        sets.random = types.SimpleNamespace(Random=lambda _, own=seed: random.Random(own))  # type: ignore[attr-defined]
        for number, (name, sheet, back, _) in enumerate(sets.other_papers()):
            if number % every:
                continue
            kinds = {"a": sets.office(number), "b": sets.office(number + 500), "h": sets.hard(number)}
            kinds["c"] = sets.bitonal(200, np.random.default_rng(number))
            for kind, scan in kinds.items() if family == "x" else [("a", sets.office(number + 900))]:
                suffix = "tif" if scan.mode == "bitonal" else "jpg"
                path = out / f"{family}-{name.replace('/', '_')}@{kind}.{suffix}"
                yield path, sheet, back, sets.replace(scan, turns=0)


def look(path: Path) -> Look:
    known, _ = settings()
    limits = known.limits.intake()
    info = inspect(path, path.name, limits)
    spool = path.with_suffix(".page")
    job = ReadJob(info, 0, 1, 0, None, spool, known.ocr, limits, chosen(known.ocr.engine))
    read(job)
    result = load(str(spool))
    text = result.text.text
    return path.name, result.fingerprint, re.sub("[^a-z]+", "", fold(text)), re.sub(r"\D+", "", text)


def relation(one: str, other: str) -> str:
    (first, _), (second, _) = one.split("@"), other.split("@")
    if first == second:
        return "the same paper"
    return "the same form, other people" if first[2:] == second[2:] else "other pages"


if __name__ == "__main__":
    sys.exit(main())
