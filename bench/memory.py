"""How much memory a worker takes, and whether it grows: many pages of A4 in colour at 300 dpi through one worker.

    python bench/memory.py [--pages 1000] [PAGE ...]

Digitises dossiers of copies of the PAGE files (JPEG; by default the two A4 samples in colour at 300 dpi) with one
worker, and prints the resident memory of the worker with all that it started, as the pages go by: the most at any
moment (sampled 20 times a second) and the median, for every tenth of the way.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

INPUTS = Path(__file__).resolve().parents[1] / "samples" / "inputs"
PAGES = (
    INPUTS / "H11.35-230915-0012" / "ket-qua" / "Giấy khai sinh.jpg",
    INPUTS / "H11.35.12-240509-0007" / "ket-qua" / "Scan 101.jpg",
)
_PER_DOSSIER = 20
_STEP = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path, nargs="*", default=list(PAGES))
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        desk = Path(scratch)
        for number in range(options.pages):
            folder = desk / "in" / f"H11.35-230915-{number // _PER_DOSSIER:04d}"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(options.page[number % len(options.page)], folder / f"{number:05d}.jpg")
        samples = run(desk)
    report(samples)


def run(desk: Path) -> list[int]:
    """Return the resident bytes of the worker and its children, moment by moment."""
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", "in", "--json", "--workers", "1"]
    samples = []
    with (desk / "out").open("w+") as out:
        batch = psutil.Popen(command, cwd=desk, stdout=out, stderr=subprocess.DEVNULL)
        while batch.poll() is None:
            samples.append(resident(batch))
            time.sleep(_STEP)
        out.seek(0)
        last = json.loads(out.read().splitlines()[-1])
    print(f"{last['ledger']['pages_in']} pages, {len(samples) * _STEP / 60:.0f} minutes or a little more")
    return [sample for sample in samples if sample]


def resident(batch: psutil.Popen) -> int:
    """Return the resident bytes of the one worker (the fork server's child with the most) and its children."""
    try:
        families = [
            [child, *child.children(recursive=True)] for server in batch.children() for child in server.children()
        ]
        return max((sum(member.memory_info().rss for member in family) for family in families), default=0)
    except psutil.NoSuchProcess:
        return 0


def report(samples: list[int]) -> None:
    print("share of the way   most MB   median MB")
    for tenth in range(10):
        part = samples[len(samples) * tenth // 10 : len(samples) * (tenth + 1) // 10]
        print(
            f"{tenth * 10:3d}-{tenth * 10 + 10:3d} % {max(part) / 2**20:15.0f} {statistics.median(part) / 2**20:11.0f}"
        )
    print(f"most at any moment {max(samples) / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
