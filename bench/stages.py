"""Where the milliseconds of a page go: processor time by stage, over the samples or any folder of page files.

    python bench/stages.py [FOLDER] [--engine auto|tesserocr|pytesseract]

One process reads every page through the worker's own code, after one warm-up page; the clock is the processor time
of the process and its children (in steps of 10 ms: the means count).  Prints one row per stage, indented under the
stage that it is part of: mean, 95th percentile, and share of the page.  Cover sheets and blank pages count nowhere.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.batch import reading
from pipeline.batch.jobs import ReadJob
from pipeline.imaging import prepare, recognition
from pipeline.model import PageKind
from pipeline.ocr.engines import chosen, engine
from pipeline.settings import OcrSettings
from scanners import files
from scanners.base import IntakeLimits

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "inputs"
STAGES: dict[str, list[tuple[object, str]]] = {
    "take out of the file": [(files, "read_page")],
    "decode": [(reading, "decode")],
    "look for a cover sheet": [(reading, "read_codes")],
    "prepare": [(reading, "prepare")],
    "  seals dropped": [(prepare, "gray_without_seals")],
    "  reduced to 100 dpi": [(prepare, "reduce")],
    "  blank?": [(prepare.blank, "examine")],
    "  orientation": [(prepare.orientation, "detect")],
    "  skew": [(prepare.deskew, "measure")],
    "  recognition picture": [(prepare, "recognition_picture")],
    "    scaled and levelled": [(recognition, "warp")],
    "    paper flattened": [(recognition, "_depth")],
    "    furniture found": [(recognition, "find_print")],
    "recognise": [(reading, "_recognise")],
    "archival layer": [(reading, "archival_layer")],
}


@dataclass
class Clock:
    """Processor seconds by stage of the page under way, and of all pages before."""

    now: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    pages: list[dict[str, float]] = field(default_factory=list)

    def wrap(self, stage: str, place: object, name: str) -> None:
        work: Callable[..., Any] = getattr(place, name)

        def timed(*args: Any, **options: Any) -> Any:
            started = seconds()
            try:
                return work(*args, **options)
            finally:
                self.now[stage] += seconds() - started

        setattr(place, name, timed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--engine", choices=["auto", "tesserocr", "pytesseract"], default="auto")
    options = parser.parse_args()
    clock = Clock()
    for stage, places in STAGES.items():
        for place, name in places:
            clock.wrap(stage, place, name)
    with jobs(options.folder, OcrSettings(engine=options.engine)) as every:
        for number, job in enumerate(every):
            clock.now = defaultdict(float)
            started = seconds()
            sheet = reading.read(job)
            clock.now["a page"] = seconds() - started
            if number and sheet.kind is PageKind.CONTENT:
                clock.pages.append(clock.now)
    print(engine(chosen(options.engine), OcrSettings().language).name)
    report(clock.pages)


@contextmanager
def jobs(folder: Path, ocr: OcrSettings) -> Iterator[Iterator[ReadJob]]:
    """Give the jobs of every page of every file under ``folder``, the first one twice for the warm-up."""
    limits = IntakeLimits()
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".txt", ".md"))
    with tempfile.TemporaryDirectory() as scratch:

        def every() -> Iterator[ReadJob]:
            for path in [paths[0], *paths]:
                info = files.inspect(path, path.name, limits)
                for index in range(info.pages):
                    spool = Path(scratch) / "page"
                    yield ReadJob(info, index, 1, 0, None, spool, ocr, limits, chosen(ocr.engine))

        yield every()


def seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def report(pages: list[dict[str, float]]) -> None:
    whole = statistics.fmean(page["a page"] for page in pages)
    print(f"{len(pages)} pages\n{'stage':26} {'mean':>8} {'p95':>8} {'share':>6}")
    for stage in (*STAGES, "a page"):
        taken = sorted(page.get(stage, 0.0) for page in pages)
        mean, high = statistics.fmean(taken), taken[int(0.95 * (len(taken) - 1))]
        print(f"{stage:26} {mean * 1000:5.0f} ms {high * 1000:5.0f} ms {mean / whole:6.1%}")


if __name__ == "__main__":
    main()
