"""How much of a batch the parent process does itself, and so how many workers it can feed.

    python bench/parent.py [--workers 16] [--copies 4]

Digitises the sample dossiers, ``--copies`` times under other IDs, in one batch, and samples the processor time of the
parent and of everything it started.  A parent that takes 1 part in 100 of the work could feed 100 cores; start-up and
imports are told apart, since they are paid once a batch.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "inputs"
DOSSIER = "H11.35.07-231120-0003"
"""A sample folder that is one dossier by its name, so that it can be copied under other names."""
_STEP = 0.05


@dataclass
class Used:
    """Processor seconds so far: of the parent, of the parent when its first worker began, and of all others."""

    parent: float = 0.0
    start: float = 0.0
    others: float = 0.0
    peak: int = 0
    """The most resident bytes that any one other process had."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--copies", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        desk = Path(scratch)
        for number in range(options.copies):
            shutil.copytree(SAMPLES / DOSSIER, desk / "in" / f"{DOSSIER[:-1]}{number}")
        pages, used = run(desk, options.workers)
    work = used.parent - used.start + used.others
    share = (used.parent - used.start) / work
    print(f"{pages} pages, {options.workers} workers")
    print(f"parent: {used.start:.2f} s to start, then {(used.parent - used.start) / pages * 1000:.0f} ms a page")
    print(f"all together: {work / pages:.2f} s of processor time a page")
    print(f"the parent does {share:.1%} of the work: it could feed {1 / share:.0f} cores")
    print(f"largest worker: {used.peak / 1024**2:.0f} MB resident")


def run(desk: Path, workers: int) -> tuple[int, Used]:
    command = [str(Path(sys.executable).with_name("sohoa")), "digitize", "in", "--json", "--workers", str(workers)]
    with (desk / "out").open("w+") as out:
        batch = psutil.Popen(command, cwd=desk, stdout=out, stderr=subprocess.DEVNULL)
        used = Used()
        others: dict[int, float] = {}
        while batch.poll() is None:
            sample(batch, used, others)
            time.sleep(_STEP)
        out.seek(0)
        last = json.loads(out.read().splitlines()[-1])
    used.others = sum(others.values())
    return last["ledger"]["pages_in"], used


def sample(batch: psutil.Popen, used: Used, others: dict[int, float]) -> None:
    try:
        mine = batch.cpu_times()
        used.parent = mine.user + mine.system
        children = batch.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    if not children:
        used.start = used.parent
    for child in children:
        try:
            times = child.cpu_times()
            others[child.pid] = times.user + times.system
            used.peak = max(used.peak, child.memory_info().rss)
        except psutil.NoSuchProcess:
            continue


if __name__ == "__main__":
    main()
