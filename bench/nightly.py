"""A night of many pages: is memory flat, does the pace hold, and does the parent stay out of the way?

    python bench/nightly.py [--pages 3000] [--keep FOLDER]

Runs ``sohoa nightly`` over copies of the samples' dossier folders, each under an ID of its own, and prints the resident
memory of the whole process tree and of the parent for every tenth of the way, the pages a minute of the first and the
last hundred pages, and the parent's share of all processor time.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

INPUTS = Path(__file__).resolve().parents[1] / "samples" / "inputs"
COMMAND = Path(sys.executable).with_name("sohoa")
_STEP = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        desk = options.keep or Path(scratch)
        desk.mkdir(exist_ok=True)
        pages = deliver(desk / "in", options.pages)
        (desk / "sohoa.toml").write_text('[log]\nfile = "night.jsonl"\n')
        started = time.monotonic()
        with (desk / "out.jsonl").open("w") as out:
            night = psutil.Popen([COMMAND, "nightly", "in", "--json"], cwd=desk, stdout=out, stderr=subprocess.STDOUT)
        samples = watch(night)
        seconds = time.monotonic() - started
        print(f"{pages} pages, {seconds:.0f} s, {60 * pages / seconds:.0f} pages/min, exit {night.returncode}")
        report(samples)
        pace(desk / "night.jsonl")
        (summary,) = (desk / "sohoa-data" / "summaries").glob("*.json")
        ledger = json.loads(summary.read_text())["batches"][0]["ledger"]
        print({name: count for name, count in ledger.items() if name != "missing"})


def deliver(folder: Path, wanted: int) -> int:
    """Copy dossiers under new IDs until there are so many pages."""
    pages, number = 0, 0
    originals = [path for path in sorted(INPUTS.iterdir()) if re.fullmatch(r"H[\d.]+-\d{6}-\d{4}", path.name)]
    truths = {path.name: json.loads((INPUTS.parent / "truth" / f"{path.name}.json").read_text()) for path in originals}
    while pages < wanted:
        for original in originals:
            shutil.copytree(original, folder / f"{original.name[:-4]}{1000 + number:04d}")
            pages += len(truths[original.name]["pages"])
        number += 1
    return pages


def watch(night: psutil.Popen) -> list[tuple[float, float, float, float]]:
    """Return (resident MB of all, of the parent, processor seconds of all, of the parent), twice a second."""
    samples, spent = [], {}
    while night.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            tree = [night, *night.children(recursive=True)]
            memory = {}
            for process in tree:
                with contextlib.suppress(psutil.NoSuchProcess):
                    memory[process.pid] = process.memory_info().rss / 1024**2
                    spent[process.pid] = sum(process.cpu_times()[:2])
            samples.append((sum(memory.values()), memory[night.pid], sum(spent.values()), spent[night.pid]))
        time.sleep(_STEP)
    return samples


def report(samples: list[tuple[float, float, float, float]]) -> None:
    step = max(1, len(samples) // 10)
    print("resident MB, median of each tenth: all processes (shared memory counted for each), parent")
    for start in range(0, step * 10, step):
        part = samples[start : start + step]
        both = (statistics.median(sample[place] for sample in part) for place in (0, 1))
        print("  " + "  ".join(f"{value:6.0f}" for value in both))
    whole, parent = samples[-1][2:]
    print(f"most {max(sample[0] for sample in samples):.0f} MB; parent {100 * parent / whole:.1f} % of {whole:.0f} s")


def pace(log: Path) -> None:
    """Print pages a minute of the first and the last hundred, from the moments in the log."""
    read = [json.loads(line)["timestamp"] for line in log.read_text().splitlines() if '"page-read"' in line]
    moments = [time.mktime(time.strptime(one[:19], "%Y-%m-%dT%H:%M:%S")) + float(one[19:-1]) for one in read]
    for name, part in (
        ("first", moments[:101]),
        ("middle", moments[len(moments) // 2 :][:101]),
        ("last", moments[-101:]),
    ):
        print(f"{name} hundred pages: {60 * (len(part) - 1) / (part[-1] - part[0]):.0f} pages/min")


if __name__ == "__main__":
    main()
