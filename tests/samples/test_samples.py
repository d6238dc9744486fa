"""The samples keep their promises: enough of everything, a truth that agrees with itself and with the files."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
import yaml
from PIL import Image

from sohoa import ids

Json = dict[str, Any]
DATA = Path(__file__).resolve().parents[2] / "pipeline" / "catalogue" / "data"


def test_the_set_is_broad_and_small(samples: Path, truths: list[Json], pages: list[Json]) -> None:
    procedures = {truth["procedure"] for truth in truths}
    content = [page for page in pages if page["kind"] == "content"]
    hard = sum(page["difficulty"] == "hard" for page in content)
    with (DATA / "procedures.csv").open(encoding="utf-8") as file:
        field_of = {row["code"]: row["field"] for row in csv.DictReader(file)}
    assert len(truths) >= 8
    assert len(content) >= 40
    assert len(procedures) >= 8
    assert procedures <= set(field_of)
    assert len({field_of[code] for code in procedures}) >= 4
    assert len({document["type"] for truth in truths for document in truth["documents"]}) >= 10
    assert {ids.parse(truth["dossier"]).family for truth in truths} >= {"old", "new", "local"}
    assert {page["section"] for page in content} == {"records", "processing", "results"}
    assert {page["turns"] for page in content} == {0, 1, 2, 3}
    assert {page["mode"] for page in content} == {"rgb", "gray", "bitonal"}
    assert {page["dpi"] for page in content} == {200, 300}
    assert max(abs(page["skew"]) for page in content) <= 4
    assert 0.12 <= hard / len(content) <= 0.22
    assert sum(path.stat().st_size for path in samples.rglob("*") if path.is_file()) < 12_000_000


def test_every_page_of_every_file_has_one_truth(samples: Path, pages: list[Json]) -> None:
    told: dict[str, dict[int, Json]] = defaultdict(dict)
    for page in pages:
        assert page["index"] not in told[page["file"]]
        told[page["file"]][page["index"]] = page
    found = {}
    for path in (samples / "inputs").rglob("*"):
        if path.is_file():
            name = unicodedata.normalize("NFC", str(path.relative_to(samples / "inputs")))
            found[name] = _sizes(path)
    assert set(found) == set(told)
    for name, sizes in found.items():
        assert sorted(told[name]) == list(range(len(sizes))), name
        for index, size in enumerate(sizes):
            page = told[name][index]
            upright = size if page["turns"] % 2 == 0 else size[::-1]
            assert upright == (page["width"], page["height"]), (name, index)


def _sizes(path: Path) -> list[tuple[int, int]]:
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            images = [next(iter(page.get_images().values())) for page in pdf.pages]
            return [(int(image.Width), int(image.Height)) for image in images]
    with Image.open(path) as image:
        sizes = []
        for index in range(getattr(image, "n_frames", 1)):
            image.seek(index)
            sizes.append(image.size)
        return sizes


def test_words_are_the_text_and_lie_on_the_page(pages: list[Json]) -> None:
    for page in pages:
        assert page["text"] == unicodedata.normalize("NFC", page["text"])
        assert [word[0] for word in page["words"]] == page["text"].split()
        assert bool(page["words"]) == (page["kind"] == "content")
        for word, left, top, right, bottom in page["words"]:
            assert 0 <= left < right <= page["width"], word
            assert 0 <= top < bottom <= page["height"], word


def test_fields_are_known_and_printed(truths: list[Json]) -> None:
    catalogue = yaml.safe_load((DATA / "doctypes.yaml").read_text(encoding="utf-8"))
    known = {entry["id"]: {f["name"] for f in entry.get("fields", [])} for entry in catalogue["doctypes"]}
    checked = 0
    for truth in truths:
        for document in truth["documents"]:
            text = _flat(" ".join(p["text"] for p in truth["pages"] if p.get("document") == document["key"]))
            assert set(document["fields"]) <= known[document["type"]], document["type"]
            for name, value in document["fields"].items():
                assert any(_flat(form) in text for form in _printed(value)), (document["type"], name, value)
                checked += 1
            for person in document["persons"]:
                assert _flat(person) in text, person
            assert _flat(document["number"]) in text
    assert checked > 80


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


def _printed(value: str) -> list[str]:
    """The ways in which a normalised value may stand on paper."""
    forms = [value]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = dt.date.fromisoformat(value)
        forms += [day.strftime("%d/%m/%Y"), f"{day.day:02d}tháng{day.month}năm{day.year}"]
        forms += [f"{day.day:02d}tháng{day.month:02d}năm{day.year}"]
    elif re.fullmatch(r"\d+(\.\d+)?", value):
        whole, _, part = value.partition(".")
        forms.append(f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else ""))
    return forms


def test_sections_number_their_pages_and_documents(truths: list[Json]) -> None:
    for truth in truths:
        content = [page for page in truth["pages"] if page["kind"] == "content"]
        for section in {page["section"] for page in content}:
            numbers = [page["page"] for page in content if page["section"] == section]
            assert numbers == list(range(1, len(numbers) + 1))
        seen = Counter(page["document"] for page in content)
        assert seen == {document["key"]: document["pages"] for document in truth["documents"]}


def test_cover_sheets_announce_the_right_number_of_pages(pages: list[Json]) -> None:
    stacks: dict[str, list[Json]] = defaultdict(list)
    for page in pages:
        stacks[page["file"]].append(page)
    announced = 0
    for stack in stacks.values():
        cover, counted = None, 0
        for page in [*sorted(stack, key=lambda p: int(p["index"])), {"kind": "cover", "expected": None}]:
            if page["kind"] == "cover":
                assert cover is None or cover["expected"] == counted
                announced += cover is not None
                cover, counted = (page if page["expected"] else None), 0
            elif page["kind"] == "content":
                counted += 1
                assert cover is None or (page["dossier"], page["section"]) == (cover["dossier"], cover["section"])
    assert announced >= 5


@pytest.mark.parametrize(("skew", "turns"), [(1.5, 0), (-3.2, 1), (0.4, 2), (2.0, 3)])
def test_the_skew_in_the_truth_is_the_angle_on_the_page(skew: float, turns: int) -> None:
    from samples.maker.scan import Scan, shoot
    from samples.maker.sheet import Sheet

    sheet = Sheet(210.0, 148.0)
    sheet.line(30, 70, 180, 70, 0.4)
    shot = shoot(sheet, Scan(skew=skew, turns=turns, mode="gray"), np.random.default_rng(1))
    upright = np.rot90(shot.pixels, -turns)
    assert upright.shape == (shot.height, shot.width)
    y, x = np.nonzero(upright < 110)
    middle = (x > 300) & (x < 1350)
    slope = np.polyfit(x[middle], y[middle], 1)[0]
    assert -np.degrees(np.arctan(slope)) == pytest.approx(skew, abs=0.03)


def test_printed_ink_lies_in_the_word_boxes(samples: Path, pages: list[Json]) -> None:
    page = next(p for p in pages if p["file"].endswith("trang 9.jpg"))
    gray = Image.open(samples / "inputs" / page["file"]).convert("L").rotate(page["turns"] * -90, expand=True)
    upright = np.asarray(gray.rotate(-page["skew"], resample=Image.Resampling.BICUBIC, fillcolor=255))
    dark = upright < 100
    inside = np.zeros_like(dark)
    for _, left, top, right, bottom in page["words"]:
        inside[top - 1 : bottom + 1, left - 1 : right + 1] = True
        assert dark[top:bottom, left:right].any()
    for left, top, right, bottom in page["unread"]:
        inside[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = True
    inner = np.s_[60:-60, 60:-60]
    assert dark[inner].sum() > 10_000
    assert dark[inner][inside[inner]].sum() / dark[inner].sum() > 0.98


def test_making_a_file_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    from samples.maker import build, dossiers

    file = next(f for f in dossiers.everything() if f.path.endswith("to-trinh.pdf"))
    written = []
    for run in ("one", "two"):
        builder = build.Builder(tmp_path / run)
        builder.write(file)
        truth = build.dump(builder.truth(file.slots[0].dossier.id))
        written.append((truth, (tmp_path / run / file.path).read_bytes()))
    assert written[0] == written[1]


def test_bad_inputs_are_bad_and_small(tmp_path: Path) -> None:
    from samples.maker import bad

    made = bad.write(tmp_path)
    assert {b.kind for b in made} == {
        "cut", "empty", "encrypted", "mislabelled", "bomb", "many-pages", "noise", "name"
    }  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(b.path.name for b in made)
    assert sum(b.path.stat().st_size for b in made) < 4_000_000
    bombs = [b.path for b in made if b.kind == "bomb"]
    for bomb in bombs:
        assert bomb.stat().st_size < 200_000
        assert b"\x00\x00u0" in bomb.read_bytes() or b"0u\x00\x00" in bomb.read_bytes()
    with pikepdf.open(next(b.path for b in made if b.kind == "many-pages")) as pdf:
        assert len(pdf.pages) == bad.MANY_PAGES
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(next(b.path for b in made if b.kind == "encrypted"))
