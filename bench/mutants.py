"""Hundreds of damaged inputs at once: each is archived or rejected with its reason, and the parent lives.

    python bench/mutants.py [--count 500] [--seed 1] [--keep FOLDER]

A seeded script damages a file of every format that sohoa reads (PDF, TIFF, JPEG, PNG, JPEG 2000; of the samples, and
drawn): bytes flipped, cut short, cut out, doubled, set to zero, overwritten with noise, or spliced with another file.
All of them are digitised in one batch.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ROOT / "samples" / "inputs"
COMMAND = Path(sys.executable).with_name("sohoa")


def seeds() -> dict[str, bytes]:
    """Return a small sound file of every format."""
    found = {
        "pdf": (INPUTS / "H11.35-230915-0012" / "ho-so" / "Hồ sơ khai sinh.pdf").read_bytes(),
        "tif": (INPUTS / "H15.50.05.13-240506-0021" / "ket-qua" / "thong bao.tif").read_bytes(),
        "jpg": (INPUTS / "H11.35.12-240509-0007" / "ho-so" / "Scan 98.jpg").read_bytes(),
    }
    page = Image.open(BytesIO(found["jpg"])).convert("L")
    page = page.resize((page.width // 2, page.height // 2))
    for ending, kind in (("png", "PNG"), ("jp2", "JPEG2000")):
        out = BytesIO()
        page.save(out, kind)
        found[ending] = out.getvalue()
    return found


def mutate(data: bytes, others: list[bytes], chance: random.Random) -> tuple[str, bytes]:
    """Return one damaged file, and what was done to it."""
    how = chance.choice(["flip", "cut", "remove", "double", "zero", "noise", "splice"])
    start = chance.randrange(len(data))
    length = min(len(data) - start, int(2 ** chance.uniform(0, 14)))
    damaged = bytearray(data)
    if how == "flip":
        for _ in range(int(2 ** chance.uniform(0, 7))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    elif how == "cut":
        del damaged[start:]
    elif how == "remove":
        del damaged[start : start + length]
    elif how == "double":
        damaged[start:start] = damaged[start : start + length]
    elif how == "zero":
        damaged[start : start + length] = bytes(length)
    elif how == "noise":
        damaged[start : start + length] = chance.randbytes(length)
    else:
        other = chance.choice(others)
        damaged[start:] = other[chance.randrange(len(other)) :]
    return how, bytes(damaged)


def make(folder: Path, count: int, seed: int) -> None:
    """Write ``count`` damaged files, each in a folder of its own so that each is a delivery of its own."""
    chance, sound = random.Random(seed), seeds()
    for number in range(count):
        ending = list(sound)[number % len(sound)]
        how, data = mutate(sound[ending], list(sound.values()), chance)
        file = folder / f"{number:04d}" / f"{number:04d}-{how}.{ending}"
        file.parent.mkdir(parents=True)
        file.write_bytes(data)


def look(desk: Path, events: list[dict], count: int) -> list[str]:
    """Return what is wrong: a file that is neither archived nor rejected, a ledger that does not add up."""
    (batch,) = (event for event in events if event["event"] == "batch")
    wrong = [] if batch["ledger"]["balanced"] and batch["state"] == "done" else [f"ledger: {batch}"]
    record = json.loads(next((desk / "sohoa-data/archive/batches").glob("*.json")).read_bytes())["record"]
    accounted = {entry["file"] for entry in record["rejected"] if entry["finding"]["code"]}
    for path in (desk / "sohoa-data" / "archive").rglob("manifests/*.json"):
        manifest = json.loads(path.read_bytes())["record"]
        accounted |= {page["source"]["file"] for page in (*manifest["pages"], *manifest["set_aside"])}
    names = {path.relative_to(path.parent.parent).as_posix() for path in (desk / "in").rglob("*.*")}
    wrong += [f"not accounted for: {name}" for name in sorted(names - accounted)]
    return wrong + ([] if len(names) == count else [f"{len(names)} files"])


def digitize(desk: Path, timeout: float) -> tuple[int, list[dict], str]:
    ran = subprocess.run(
        [COMMAND, "digitize", "in", "--json"],
        cwd=desk, capture_output=True, text=True, encoding="utf-8", timeout=timeout, check=False,
    )  # fmt: skip
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], ran.stderr


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        desk = options.keep or Path(scratch)
        make(desk / "in", options.count, options.seed)
        started = time.monotonic()
        status, events, said = digitize(desk, 3600)
        seconds = time.monotonic() - started
        statuses = collections.Counter(event["status"] for event in events if event["event"] == "dossier")
        codes = collections.Counter(
            found["code"] for event in events if event["event"] == "dossier" for found in event["findings"]
        )
        wrong = [*look(desk, events, options.count), *([said] if "Traceback" in said else [])]
        print(f"{options.count} inputs, exit {status}, {seconds:.0f} s: {dict(statuses)}")
        print(f"findings: {dict(codes.most_common())}")
        print(f"ledger: {next(event['ledger'] for event in events if event['event'] == 'batch')}")
        for one in wrong:
            print(f"WRONG {one}")
    return 1 if wrong or status not in (0, 1) else 0


if __name__ == "__main__":
    sys.exit(main())
