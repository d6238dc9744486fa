"""How true the main job is on the samples: characters, angles, turns, types, procedures and fields.

    python bench/accuracy.py [--samples DIR] [--workers N] [--keep DIR]

Digitises ``samples/inputs`` with the installed ``sohoa`` into a fresh archive, then holds what the archive says against
``samples/truth``.  Prints one table; the exit status is 0 whatever it shows: a benchmark is not a test.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from metrics import Errors, characters, words

from storage.archive import Archive
from storage.manifest import Manifest, PageTextRecord

Json = dict[str, Any]


@dataclass(frozen=True)
class PageScore:
    """What one page came to: its set, errors in characters and words, how far its angle is off, boxes, bytes."""

    label: str
    difficulty: str
    characters: Errors
    words: Errors
    angle: float
    overlaps: list[float]
    size: float


@dataclass
class Score:
    """Running sums over all pages and dossiers."""

    pages: list[PageScore] = field(default_factory=list)
    turns_wrong: list[str] = field(default_factory=list)
    kinds_wrong: list[str] = field(default_factory=list)
    types: list[bool] = field(default_factory=list)
    types_wrong: list[str] = field(default_factory=list)
    procedures: list[bool] = field(default_factory=list)
    fields_right: int = 0
    fields_wrong: list[str] = field(default_factory=list)
    fields_missing: list[str] = field(default_factory=list)


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as scratch:
        desk = options.keep or Path(scratch)
        desk.mkdir(parents=True, exist_ok=True)
        command = [str(Path(sys.executable).with_name("sohoa")), "digitize", str(options.samples / "inputs"), "--json"]
        if options.workers:
            command += ["--workers", str(options.workers)]
        done = subprocess.run(command, cwd=desk, capture_output=True, text=True, check=False)
        print(done.stdout.splitlines()[-1], f"exit {done.returncode}", sep="\n")
        os.chdir(desk)
        score = measure(options.samples)
    report(score)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve().parents[1]
    parser.add_argument("--samples", type=Path, default=here / "samples")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--keep", type=Path, help="digitise into this folder and leave the archive there")
    options = parser.parse_args()
    options.samples = options.samples.resolve()
    return options


def measure(samples: Path) -> Score:
    score = Score()
    hashes = {
        str(path.relative_to(samples / "inputs")): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (samples / "inputs").rglob("*")
        if path.is_file()
    }
    with Archive.open("file://./sohoa-data/archive", "sqlite:///sohoa-data/catalogue.db", Path("search")) as archive:
        for file in sorted((samples / "truth").glob("*.json")):
            truth = json.loads(file.read_text(encoding="utf-8"))
            manifest = archive.find(truth["dossier"])
            if manifest is None:
                score.kinds_wrong.append(f"{truth['dossier']}: not archived")
                continue
            score_pages(score, truth, manifest, archive, hashes)
            score_documents(score, truth, manifest)
    return score


def score_pages(score: Score, truth: Json, manifest: Manifest, archive: Archive, hashes: dict[str, str]) -> None:
    texts = {(t.section, t.page): t for t in archive.page_texts(manifest)}
    pages = {(p.source.sha256, p.source.page): p for p in manifest.pages}
    aside = {(a.source.sha256, a.source.page): a.kind for a in manifest.set_aside}
    names = {"blank": "blank", "cover": "separator"}
    count = Counter(page.section for page in manifest.pages)
    section_bytes = {file.name.removesuffix(".pdf"): file.bytes for file in manifest.files if file.role == "section"}
    for page in truth["pages"]:
        key = (hashes[page["file"]], page["index"] + 1)
        label = f"{page['file']} p{page['index'] + 1}"
        record = pages.get(key)
        if (names.get(page["kind"]) != aside.get(key)) or (page["kind"] == "content") != (record is not None):
            score.kinds_wrong.append(
                f"{label}: {page['kind']} became {aside.get(key, 'content' if record else 'lost')}"
            )
        if record is None or page["kind"] != "content":
            continue
        if (record.section, record.number) != (page["section"], page["page"]):
            score.kinds_wrong.append(f"{label}: filed as {record.section} {record.number}")
        text = texts[record.section, record.number].text
        score.pages.append(
            PageScore(
                label,
                page["difficulty"],
                characters(page["text"], text),
                words(page["text"], text),
                abs(record.deskewed_by - page["skew"]),
                overlaps(page["words"], texts[record.section, record.number]),
                section_bytes[record.section] / count[record.section],
            )
        )
        if record.quarter_turns != page["turns"]:
            score.turns_wrong.append(label)


def score_documents(score: Score, truth: Json, manifest: Manifest) -> None:
    score.procedures.append(manifest.procedure.code == truth["procedure"])
    place: dict[str, tuple[str, int]] = {}
    for page in truth["pages"]:
        if page["kind"] == "content" and page["document_page"] == 1:
            place[page["document"]] = (page["section"], page["page"])
    for document in truth["documents"]:
        if document["key"] not in place:
            continue
        section, first = place[document["key"]]
        found = next((d for d in manifest.documents if (d.section, d.first_page) == (section, first)), None)
        guess = found.type.code if found else "no cut here"
        right = guess == document["type"] and found is not None
        score.types.append(right)
        if not right:
            score.types_wrong.append(f"{truth['dossier']} {section} p{first}: {document['type']} read as {guess}")
            continue
        values = {f.name: f.value for f in found.fields}
        for name, value in document["fields"].items():
            if name not in values:
                score.fields_missing.append(f"{document['type']}.{name}")
            elif values[name] == value:
                score.fields_right += 1
            else:
                score.fields_wrong.append(f"{document['type']}.{name}: {value!r} read as {values[name]!r}")


def report(score: Score) -> None:
    print("set      pages    CER    WER  worst  skew off by  within 0.2  boxes overlap  KB/page")
    for name in ("normal", "hard", "all"):
        print(line(name, [page for page in score.pages if name in (page.difficulty, "all")]))
    print()
    print(f"turns wrong           {len(score.turns_wrong)}")
    print(f"kinds wrong           {len(score.kinds_wrong)}")
    print(f"document types right  {sum(score.types)}/{len(score.types)}")
    print(f"procedures right      {sum(score.procedures)}/{len(score.procedures)}")
    wrong, missing = len(score.fields_wrong), len(score.fields_missing)
    print(f"fields                {score.fields_right} right, {wrong} wrong, {missing} missing")
    worst = sorted(score.pages, key=lambda page: page.characters.rate, reverse=True)[:8]
    for title, page in zip(["worst pages", *[""] * 7], worst, strict=False):
        print(f"{title:21} {page.characters.rate:.1%} {page.label} ({page.difficulty})")
    tilted = sorted(score.pages, key=lambda page: page.angle, reverse=True)[:4]
    print("worst angles          " + ", ".join(f"{page.angle:.2f} {page.label}" for page in tilted))
    for title, rows in (
        ("turns", score.turns_wrong),
        ("kinds", score.kinds_wrong),
        ("types", score.types_wrong),
        ("fields wrong", score.fields_wrong),
        ("fields missing", score.fields_missing),
    ):
        for row in rows[:25]:
            print(f"{title}: {row}")


def line(name: str, pages: list[PageScore]) -> str:
    rates = [sum((kind(page) for page in pages), Errors()).rate for kind in (lambda p: p.characters, lambda p: p.words)]
    angles = np.array([page.angle for page in pages] or [0.0])
    worst = max((page.characters.rate for page in pages), default=0.0)
    boxes = np.array([overlap for page in pages for overlap in page.overlaps] or [0.0])
    size = sum(page.size for page in pages) / max(1, len(pages)) / 1000
    return (
        f"{name:8} {len(pages):5} {rates[0]:6.2%} {rates[1]:6.2%} {worst:6.1%} {angles.mean():6.2f} {angles.max():5.2f}"
        f" {(angles <= 0.2).mean():11.1%} {boxes.mean():7.2f} {(boxes > 0.5).mean():6.1%} {size:8.1f}"
    )


def overlaps(truth: list[list[Any]], read: PageTextRecord) -> list[float]:
    """Return how much the box of each word that was read right overlaps its true box (intersection over union)."""
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    for text, box in zip(read.text.split(), read.boxes, strict=True):
        found.setdefault(text, []).append(box)
    return [
        max(overlap((left, top, right, bottom), box) for box in found[text])
        for text, left, top, right, bottom in truth
        if text in found
    ]


def overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    shared = max(0, across) * max(0, down)
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in (one, other))
    return shared / (area - shared)


if __name__ == "__main__":
    main()
