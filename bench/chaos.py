"""Kills the whole process tree of a batch at random moments and at every step boundary, and looks for what is lost.

    python bench/chaos.py [--rounds 200] [--points] [--seed 1] [--keep FOLDER]

Each round digitises the same delivery into an archive of its own: two dossiers for each procedure of the samples, as
folders and in a stack with cover sheets, with a page that nobody claims, blank backs and a broken file.  The run is
killed (every process stopped first, then SIGKILL to all), run again, sometimes killed again, and at last left alone.
With ``--points`` the kills come at each place of ``sohoa/faults.py`` in turn, the first and a later time that a run
comes by, instead of at random moments.

After each kill no source may be gone whose pages are not all in a committed version.  At the end the archive is held
against that of an undisturbed run, object by object (manifests but for the moments and the batch's name in them):
nothing lost, no version twice, no object that no manifest names, no unfinished file, every page at its end in the
journal, every source released.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scanners.cover import CoverSheet  # noqa: E402
from scanners.coversheets import find_fonts, write_covers  # noqa: E402
from sohoa import faults, ids  # noqa: E402
from sohoa.ids import Section  # noqa: E402

COMMAND = [str(Path(sys.executable).with_name("sohoa"))]
_PAGE = (874, 620)
_DPI = 150
_MOST_KILLS = 3
_TIMEOUT = 240.0


@dataclasses.dataclass
class Tally:
    """What was found over all rounds."""

    rounds: int = 0
    kills: int = 0
    moments: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    lost: int = 0
    double: int = 0
    orphans: int = 0
    released_early: int = 0
    other: int = 0
    faults: list[str] = dataclasses.field(default_factory=list)

    def said(self) -> str:
        moments = ", ".join(f"{state} {count}" for state, count in self.moments.most_common())
        return (
            f"{self.rounds} rounds, {self.kills} kills (batch at that moment: {moments}): {self.lost} lost, "
            f"{self.double} double, {self.orphans} orphans, {self.released_early} released early, {self.other} other"
        )


# ── the delivery ──────────────────────────────────────────────────────────────────────────────────────────────────


def procedures() -> list[str]:
    """Return the procedures of the samples."""
    truths = (json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "samples/truth").glob("*.json")))
    return sorted({truth["procedure"] if isinstance(truth["procedure"], str) else truth["procedure"]["code"]
                   for truth in truths})  # fmt: skip


def make_delivery(folder: Path, codes: list[str]) -> None:
    """Write two dossiers for each procedure: one in a folder of its own, one in a stack; and what goes wrong, too."""
    folder.mkdir(parents=True)
    stack = folder / "Lô quét 02"
    stack.mkdir()
    _page(stack / "000.jpg", "Trang lạc, không rõ của hồ sơ nào")
    for number, code in enumerate(codes, start=1):
        own = folder / f"H11.35-240102-{number:04d}"
        own.mkdir()
        _cover(own / "1.jpg", own.name, code, Section.RECORDS)
        _page(own / "2.jpg", f"Đơn đề nghị số {number}", f"Thủ tục {code}")
        (own / "ket-qua").mkdir()
        _page(own / "ket-qua" / "1.jpg", f"Quyết định số {number}", f"Thủ tục {code}")
        start = 10 * number
        _cover(stack / f"{start:03d}.jpg", f"H11.35-240103-{number:04d}", code, Section.RESULTS)
        _page(stack / f"{start + 1:03d}.jpg", f"Giấy chứng nhận số {number}", f"Thủ tục {code}")
        if number % 3 == 0:
            _page(stack / f"{start + 2:03d}.jpg")
    (folder / "hỏng.pdf").write_bytes(b"%PDF-1.7\nthis is no PDF\n")


def _page(path: Path, *lines: str) -> None:
    """Draw an A6 page with a few lines of print, all of them different; one without lines is blank."""
    page = Image.new("L", _PAGE, 250)
    font = ImageFont.truetype(str(find_fonts()[0]), 32)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((70, 90 + 70 * number), line, font=font, fill=20)
    page.putpixel((0, 0), hashlib.sha256(str(path).encode()).digest()[0] // 16 + 230)  # no two scans are the same
    page.save(path, quality=85, dpi=(_DPI, _DPI))


def _cover(path: Path, dossier: str, code: str, section: Section) -> None:
    from pdf2image import convert_from_path

    printed = path.with_suffix(".cover.tmp")
    write_covers([CoverSheet(ids.parse(dossier), section, code)], printed)
    convert_from_path(printed, dpi=_DPI)[0].convert("L").save(path, quality=85, dpi=(_DPI, _DPI))
    printed.unlink()


# ── running and killing ───────────────────────────────────────────────────────────────────────────────────────────


class Desk:
    """A folder with the delivery and an archive of its own."""

    def __init__(self, folder: Path, delivery: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        shutil.copytree(delivery, folder / "in")
        self.sources = {path.relative_to(folder / "in"): digest(path) for path in files(folder / "in")}

    @property
    def archive(self) -> Path:
        return self.folder / "sohoa-data" / "archive"

    def start(self, fault: str = "") -> subprocess.Popen[bytes]:
        # A page that is in hand at three kills would be read by the other engine, as it should, and differ.
        told = {
            **os.environ,
            "SOHOA_WORKERS": "2",
            "SOHOA_LIMITS__PAGE_ATTEMPTS": str(_MOST_KILLS + 1),
            **({"FAULT_AT": fault} if fault else {}),
        }
        log = (self.folder / "log").open("ab")
        return subprocess.Popen(
            [*COMMAND, "digitize", "in", "--done", "done", "--json"],
            cwd=self.folder, env=told, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def run(self) -> int:
        return self.start().wait(_TIMEOUT)

    def state(self) -> str:
        """Return the state of the newest batch as the journal's file has it, without asking sohoa."""
        with contextlib.suppress(sqlite3.Error), contextlib.closing(self._journal()) as journal:
            row = journal.execute("SELECT state FROM journal_batches ORDER BY started DESC").fetchone()
            return str(row[0]) if row else "none"
        return "none"

    def pages(self) -> collections.Counter[str]:
        with contextlib.closing(self._journal()) as journal:
            return collections.Counter(row[0] for row in journal.execute("SELECT state FROM journal_pages"))

    def batches(self) -> collections.Counter[str]:
        """Return the batches by state, and how many of them filed anything (under ``filed``)."""
        with contextlib.closing(self._journal()) as journal:
            found = journal.execute("SELECT state, filed FROM journal_batches").fetchall()
        return collections.Counter([state for state, _ in found] + ["filed" for _, filed in found if filed])

    def _journal(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.folder / 'sohoa-data' / 'catalogue.db'}?mode=ro", uri=True, timeout=10)


def kill_tree(leader: int) -> None:
    """Stop every process first, so that none sees another die, then kill all of them."""
    tree = [psutil.Process(leader)]
    with contextlib.suppress(psutil.NoSuchProcess):
        tree[0].suspend()
        tree += tree[0].children(recursive=True)
    for process in tree:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.suspend()
    for process in tree:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(tree[1:], timeout=10)


def kill_after(desk: Desk, seconds: float) -> bool:
    """Start a run and kill it after that time; False when it came to its end before."""
    child = desk.start()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(seconds)
        return False
    kill_tree(child.pid)
    child.wait()
    return True


def kill_at(desk: Desk, fault: str) -> bool:
    """Start a run and kill it where it stops itself; False when it never comes by."""
    child = desk.start(fault)
    until = time.monotonic() + _TIMEOUT
    while child.poll() is None and time.monotonic() < until:
        if any(_is_stopped(process) for process in _tree(child.pid)):
            kill_tree(child.pid)
            child.wait()
            return True
        time.sleep(0.01)
    return False


def _tree(leader: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(leader)
        return [process, *process.children(recursive=True)]
    return []


def _is_stopped(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() == psutil.STATUS_STOPPED)
    return False


# ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────────


def files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def archive_of(folder: Path) -> dict[str, object]:
    """Return what an archive holds, by key: objects by their bytes, records without what differs from run to run."""
    held: dict[str, object] = {}
    for path in files(folder):
        key = str(path.relative_to(folder))
        if key.startswith("batches/"):
            record = json.loads(path.read_bytes())["record"]
            if held.get("batch") is None:  # a later run had nothing left to do but the broken file
                held["batch"] = _timeless(record)
        elif key == "archive.json":
            held[key] = "identity"
        elif "/manifests/" in key:
            held[key] = _timeless(json.loads(path.read_bytes())["record"])
        else:
            held[key] = digest(path)
    return held


def _timeless(value: object) -> object:
    """Drop moments, the batch's name and what hangs on them; keep every other word."""
    if isinstance(value, dict):
        dropped = ("created", "at", "batch", "previous", "started", "finished", "inputs", "kept_at")
        kept = {name: _timeless(one) for name, one in sorted(value.items()) if name not in dropped}
        if "rejected" in kept and "dossiers" in kept:
            kept["dossiers"] = sorted(kept["dossiers"])  # in the order in which they were done
        return kept
    return [_timeless(one) for one in value] if isinstance(value, list) else value


def named(folder: Path) -> set[str]:
    """Return the keys of all manifests and records, and of what manifests name."""
    keys = {str(path.relative_to(folder)) for path in folder.rglob("manifests/*.json")} | {"archive.json", "batch"}
    for path in folder.rglob("manifests/*.json"):
        keys |= {file["key"] for file in json.loads(path.read_bytes())["record"]["files"]}
    return keys


def committed_pages(folder: Path) -> set[str]:
    """Return the SHA-256 of every source file that some manifest has pages of."""
    found = set()
    for path in folder.rglob("manifests/*.json"):
        record = json.loads(path.read_bytes())["record"]
        found |= {page["source"]["sha256"] for page in (*record["pages"], *record["set_aside"])}
    return found


def look_after_kill(desk: Desk, tally: Tally) -> None:
    """No source may be gone, and none released whose pages are not committed."""
    committed = committed_pages(desk.archive)
    for name, sha256 in desk.sources.items():
        here, gone = desk.folder / "in" / name, desk.folder / "done" / "in" / name
        if not here.exists() and not gone.exists():
            tally.lost += 1
            tally.faults.append(f"{desk.folder.name}: source {name} is gone")
        elif gone.exists() and sha256 not in committed:
            tally.released_early += 1
            tally.faults.append(f"{desk.folder.name}: {name} was released before it was archived")


def look_at_end(desk: Desk, expected: dict[str, object], tally: Tally) -> None:
    """Hold the archive against an undisturbed one."""

    def told(what: str) -> None:
        tally.faults.append(f"{desk.folder.name}: {what}")

    found = archive_of(desk.archive)
    for key in expected.keys() - found.keys():
        tally.lost += 1
        told(f"lost {key}")
    for key in found.keys() - expected.keys():
        tally.double += "/manifests/" in key
        told(f"not in the undisturbed archive: {key}")
    for key in found.keys() - named(desk.archive):
        tally.orphans += 1
        told(f"no manifest names {key}")
    for key in found.keys() & expected.keys():
        if found[key] != expected[key]:
            tally.other += 1
            told(f"differs: {key}\n  {found[key]}\n  {expected[key]}")
    incoming = list((desk.archive / ".incoming").glob("*"))
    tally.orphans += len(incoming)
    unended = {state for state in desk.pages() if state not in ("filed", "separator", "blank", "rejected")}
    work = list((desk.folder / "sohoa-data" / "work").glob("*"))
    left = [name for name in desk.sources if (desk.folder / "in" / name).exists() and name.name != "hỏng.pdf"]
    for what, wrong in (("incoming", incoming), ("pages", unended), ("work", work), ("not released", left)):
        if wrong:
            tally.other += 1
            told(f"{what}: {sorted(map(str, wrong))}")
    batches = desk.batches()
    if batches["filed"] != 1:
        tally.double += 1
        told(f"{batches['filed']} batches filed pages: {dict(batches)}")
    if batches.keys() - {"done", "filed"}:
        tally.other += 1
        told(f"not every batch is done: {dict(batches)}")
    look_after_kill(desk, tally)


# ── rounds ────────────────────────────────────────────────────────────────────────────────────────────────────────


def finish(desk: Desk, expected: dict[str, object], tally: Tally) -> None:
    status = desk.run()
    if status not in (0, 1):
        tally.other += 1
        tally.faults.append(f"{desk.folder.name}: exit {status}\n{(desk.folder / 'log').read_text()[-3000:]}")
    look_at_end(desk, expected, tally)
    tally.rounds += 1


def random_round(desk: Desk, expected: dict[str, object], seconds: float, chance: random.Random, tally: Tally) -> None:
    """Kill a run at a random moment of an undisturbed one's time, perhaps again, and let the last one end."""
    for _ in range(_MOST_KILLS):
        if not kill_after(desk, chance.uniform(0.3, seconds)):
            break  # it came to its end before; the next run finds the broken file only
        tally.kills += 1
        tally.moments[desk.state()] += 1
        look_after_kill(desk, tally)
        if chance.random() < 0.6:
            break
    finish(desk, expected, tally)


def point_round(desk: Desk, expected: dict[str, object], fault: str, tally: Tally) -> bool:
    """Kill a run where it comes by ``fault``, and let the next one end; False when it never came by."""
    hit = kill_at(desk, fault)
    if hit:
        tally.kills += 1
        tally.moments[desk.state()] += 1
        look_after_kill(desk, tally)
        finish(desk, expected, tally)
    else:
        look_at_end(desk, expected, tally)
    return hit


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--points", action="store_true", help="kill at every step boundary instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work here, and keep what went wrong")
    options = parser.parse_args()
    chance, tally = random.Random(options.seed), Tally()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        delivery = folder / "delivery"
        make_delivery(delivery, procedures())
        undisturbed = Desk(folder / "undisturbed", delivery)
        started = time.monotonic()
        assert undisturbed.run() == 1, (undisturbed.folder / "log").read_text()
        seconds = time.monotonic() - started
        expected = archive_of(undisturbed.archive)
        print(f"undisturbed: {seconds:.1f} s, {len(expected)} objects, {dict(undisturbed.pages())}", flush=True)
        if options.points:
            rounds = [f"{point}:{count}" for point in faults.POINTS for count in (1, 5)]
        else:
            rounds = [str(number) for number in range(options.rounds)]
        for name in rounds:
            desk, before = Desk(folder / name.replace(":", "-"), delivery), len(tally.faults)
            if options.points:
                hit = point_round(desk, expected, name, tally)
                print(f"{name}: {'killed' if hit else 'never came by'}", flush=True)
            else:
                random_round(desk, expected, seconds, chance, tally)
            for fault in tally.faults[before:]:
                print(fault, flush=True)
            if len(tally.faults) == before:
                shutil.rmtree(desk.folder)
            if tally.rounds % 10 == 0:
                print(tally.said(), flush=True)
    print(tally.said())
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
