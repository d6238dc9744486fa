"""How true the geometry of pages is: skew by range of angles, quarter turns, and pages without lines.

    python bench/geometry.py [skew] [turns] [still] [--real FOLDER ...] [--every N]

skew   turns the samples' pages and those of real scans by known angles and holds what is measured against the truth;
       a real scan's own angle is the median of what was measured less what was added.
turns  lays drawn pages (``geometry_pages``), samples and real scans in all four ways, straight and askew.
still  pages without lines of text must stay exactly as they are.

Prints one table each; ``--every N`` takes each N-th page.  The exit status is 0 whatever it shows.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from geometry_pages import DPI, WITH_LINES, WITHOUT_LINES, Pixels

from pipeline.imaging import blank, deskew, orientation
from pipeline.imaging.decode import decode
from pipeline.imaging.reduced import reduce
from pipeline.imaging.seals import gray_without_seals
from pipeline.model import Orientation, Skew
from pipeline.ocr.engines import chosen, engine
from scanners import files
from scanners.base import IntakeLimits

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
ADDED = (0.05, -0.1, 0.17, -0.25, 0.4, -0.65, 0.93, -1.4, 2.15, -3.3, 4.7, -6.45, 8.2, -10.35, 12.6, -14.1, 14.9)
RANGES = ((0.0, 0.1), (0.1, 0.5), (0.5, 2.0), (2.0, 5.0), (5.0, 10.0), (10.0, 15.0))
ASKEW = (0.0, 1.7, -5.2)
SEEDS = 4


@dataclass(frozen=True)
class Scan:
    """A gray page, upright, its dpi (horizontal, vertical) and its own skew, None when nobody knows."""

    name: str
    gray: Pixels
    dpi: tuple[float, float]
    skew: float | None


@dataclass
class Turns:
    """How often the quarter turn was right, wrong but in doubt, wrong and sure; right but in doubt; engine asked."""

    right: int = 0
    doubted: int = 0
    wrong: int = 0
    sure_wrong: int = 0
    asked: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return self.right + self.wrong + self.sure_wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part")
    parser.add_argument("--real", type=Path, nargs="*", default=[])
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    parts = options.parts or ["skew", "turns", "still"]  # argparse cannot check choices of an optional list
    if "skew" in parts:
        report_skew("samples", list(samples())[:: options.every])
        if options.real:
            report_skew("real", list(real(options.real))[:: options.every])
    if "turns" in parts:
        report_turns(options)
    if "still" in parts:
        report_still()


def samples() -> Iterator[Scan]:
    """Give the samples' content pages, turned upright by the truth."""
    for file in sorted((SAMPLES / "truth").glob("*.json")):
        for page in json.loads(file.read_text(encoding="utf-8"))["pages"]:
            if page["kind"] == "content":
                path = SAMPLES / "inputs" / page["file"]
                yield take(path, page["index"], page["turns"], page["skew"])


def real(folders: list[Path]) -> Iterator[Scan]:
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.suffix in (".pdf", ".png", ".jpg")):
            for index in range(min(3, files.inspect(path, path.name, IntakeLimits()).pages)):
                yield take(path, index, 0, None)


def take(path: Path, index: int, turns: int, skew: float | None) -> Scan:
    scanned = files.read_page(files.inspect(path, path.name, IntakeLimits()), index, IntakeLimits())
    gray, _ = gray_without_seals(decode(scanned), scanned.dpi[0])
    turns += scanned.quarter_turns
    dpi = scanned.dpi if turns % 2 == 0 else scanned.dpi[::-1]
    return Scan(f"{path.stem[-24:]} {index + 1}", np.ascontiguousarray(np.rot90(gray, -turns)), dpi, skew)


def tilted(gray: Pixels, angle: float) -> Pixels:
    """Return the page turned counter-clockwise by ``angle`` degrees about its centre."""
    if angle == 0.0:
        return gray
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    ground = float(np.percentile(gray[::8, ::8], 80))
    return np.asarray(cv2.warpAffine(gray, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=ground), np.uint8)


def report_skew(title: str, scans: list[Scan]) -> None:
    """Print the error by range of the true angle; a page that is left as it is counts with its whole angle."""
    rows: dict[tuple[float, float], list[tuple[float, bool, str]]] = defaultdict(list)
    for scan in scans:
        found = [(added, skew_of(tilted(scan.gray, added), scan.dpi)) for added in ADDED]
        own = scan.skew
        if own is None:
            seen = [skew.angle - added for added, skew in found if skew.confidence >= deskew.SURE]
            own = float(np.median(seen or [0.0]))
        for added, skew in found:
            true = own + added
            span = next((r for r in RANGES if r[0] <= abs(true) < r[1]), None)
            if span is not None:
                rows[span].append((abs(true - skew.applied), skew.applied != 0.0, f"{scan.name} {true:+.2f}"))
    print(f"skew, {title}\n{'degrees':>10} {'pages':>6} {'applied':>8} {'mean':>6} {'95 %':>6} {'worst':>6}  over 0.1")
    for (low, high), measured in sorted(rows.items()):
        errors = np.array([error for error, applied, _ in measured if applied or low == 0.0])
        taken = np.mean([applied for _, applied, _ in measured])
        over = [f"{name} ({e:.2f})" for e, _, name in sorted(measured, reverse=True) if e > 0.1]
        print(
            f"{low:4.1f}–{high:4.1f}  {len(measured):6} {taken:8.1%}",
            *(f"{v:6.3f}" for v in (errors.mean(), np.percentile(errors, 95), errors.max())),
            f" {len(over)}: " + ", ".join(over[:4]),
        )


def skew_of(gray: Pixels, dpi: tuple[float, float]) -> Skew:
    return deskew.measure(reduce(gray, dpi))


def report_turns(options: argparse.Namespace) -> None:
    print(f"{'turns':28} {'pages':>5} {'right':>7} {'doubted':>8} {'wrong':>6} {'and sure':>9} {'asked':>6}")
    for name, make in WITH_LINES.items():
        pages = [Scan(name, make(np.random.default_rng(seed)), (DPI, DPI), 0.0) for seed in range(2)]
        print_turns(name, pages)
    print_turns("samples", list(samples())[:: options.every])
    if options.real:
        print_turns("real scans", list(real(options.real))[:: options.every])
        low = [lowered(scan) for scan in list(real(options.real))[:: options.every]]
        print_turns("real scans, bitonal 144", low)


def lowered(scan: Scan) -> Scan:
    """Return the page as a bitonal scan of 144 dpi."""
    size = tuple(round(side * 144 / dpi) for side, dpi in zip(scan.gray.shape[::-1], scan.dpi, strict=True))
    small = cv2.resize(scan.gray, size, interpolation=cv2.INTER_AREA)
    around = cv2.blur(np.maximum(small, 120), (61, 61))
    return Scan(scan.name, np.where(small > 0.74 * around, 255, 0).astype(np.uint8), (144.0, 144.0), scan.skew)


def print_turns(name: str, scans: list[Scan]) -> None:
    sums = Turns()
    for scan in scans:
        for askew in ASKEW:
            page = tilted(scan.gray, askew)
            for turns in range(4):
                count_turn(sums, np.ascontiguousarray(np.rot90(page, turns)), scan, turns, askew)
    n = sums.pages
    print(
        f"{name:28} {n:5} {sums.right / n:7.1%} {sums.doubted / n:8.1%} {sums.wrong:6} {sums.sure_wrong:9} "
        f"{sums.asked / n:6.1%}  {'; '.join(sums.names[:5])}"
    )


def count_turn(sums: Turns, gray: Pixels, scan: Scan, turns: int, askew: float) -> None:
    before = len(ASKED)
    found = turn_of(gray, scan.dpi if turns % 2 == 0 else scan.dpi[::-1])
    sums.asked += len(ASKED) > before
    sure = found.confidence >= orientation.SURE
    if found.quarter_turns == turns:
        sums.right += 1
        sums.doubted += not sure
    else:
        sums.sure_wrong += sure
        sums.wrong += not sure
        sums.names.append(f"{scan.name} {askew} {turns}→{found.quarter_turns} {found.confidence}{'!' if sure else ''}")


ASKED: list[int] = []


def turn_of(gray: Pixels, dpi: tuple[float, float]) -> Orientation:
    return orientation.detect(reduce(gray, dpi), gray, ask)


def ask(picture: Pixels, dpi: int) -> float:
    ASKED.append(dpi)
    return engine(chosen("auto"), "vie").readability(picture, dpi)


def report_still() -> None:
    print(f"{'without lines':28} {'pages':>5} {'turned':>7} {'and sure':>9} {'tilted':>7} {'blank':>6}")
    for name, make in WITHOUT_LINES.items():
        turned = sure = tilts = blanks = pages = 0
        told = []
        for seed in range(SEEDS):
            page = make(np.random.default_rng(seed))
            for askew in (0.0, 3.1, -7.4):
                gray = tilted(page, askew)
                small = reduce(gray, (DPI, DPI))
                turn = orientation.detect(small, gray, ask)
                skew = deskew.measure(small.turned(turn.quarter_turns))
                pages += 1
                turned += turn.quarter_turns != 0
                sure += turn.confidence >= orientation.SURE
                tilts += skew.applied != 0.0
                blanks += blank.examine(small).blank
                if skew.applied:
                    told.append(f"{skew.applied:+.1f} ({skew.confidence})")
        print(f"{name:28} {pages:5} {turned:7} {sure:9} {tilts:7} {blanks:6}  {', '.join(told[:5])}")


if __name__ == "__main__":
    main()
