"""The main job on the samples: every page accounted for, every dossier found again, every file whole."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pdfa_rules import violations

from sohoa.text import fold

pytestmark = pytest.mark.xdist_group("samples")

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TRUTHS = {t["dossier"]: t for t in (json.loads(p.read_text("utf-8")) for p in sorted(SAMPLES.glob("truth/*.json")))}


def content(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [page for page in truth["pages"] if page["kind"] == "content"]


def test_there_is_something_to_test() -> None:
    assert len(TRUTHS) >= 8
    assert sum(len(t["pages"]) for t in TRUTHS.values()) >= 40
    assert len({t["procedure"] for t in TRUTHS.values()}) >= 8


def test_every_dossier_is_archived_and_every_sheet_accounted_for(digitized: Any) -> None:
    _, ran = digitized
    assert ran.status in (0, 1), ran.stderr
    assert {key: event["status"] for key, event in ran.dossiers.items()} == dict.fromkeys(TRUTHS, "archived")
    pages = [page for truth in TRUTHS.values() for page in truth["pages"]]
    kinds = [page["kind"] for page in pages]
    assert ran.ledger == {
        "pages_in": len(pages),
        "filed": kinds.count("content"),
        "separators": kinds.count("cover"),
        "blank": kinds.count("blank"),
        "rejected": 0,
        "balanced": True,
        "missing": [],
    }


@pytest.mark.parametrize("dossier", TRUTHS)
def test_what_was_understood_is_true(digitized: Any, dossier: str) -> None:
    _, ran = digitized
    event, truth = ran.dossiers[dossier], TRUTHS[dossier]
    assert event["pages"] == len(content(truth))
    if event["procedure"]["code"] != "unknown":
        assert event["procedure"]["code"] == truth["procedure"]
    first_pages = {(p["section"], p["page"]): p["document"] for p in content(truth) if p["document_page"] == 1}
    types = {document["key"]: document["type"] for document in truth["documents"]}
    for document in event["documents"]:
        place = (document["section"], document["first_page"])
        assert place in first_pages, f"a cut where no document begins: {document}"
        if document["type"] != "unknown":
            assert document["type"] == types[first_pages[place]]


@pytest.mark.parametrize("dossier", TRUTHS)
def test_an_officer_finds_it_by_id_by_name_and_by_a_phrase(digitized: Any, dossier: str) -> None:
    desk, _ = digitized
    truth = TRUTHS[dossier]
    person = next(name for document in truth["documents"] for name in document["persons"])
    for query in (dossier, fold(person), f'"{_phrase(truth)}"'):
        hits = desk.sohoa("search", query, "--json", "--limit", "100").of("hit")
        assert dossier in {hit["dossier_id"] for hit in hits}, query


def _phrase(truth: dict[str, Any]) -> str:
    """Return four words of the body of an ordinary page, without marks."""
    pages = [p for p in content(truth) if p["difficulty"] == "normal"] or content(truth)
    for line in pages[0]["text"].split("\n")[3:]:
        match = re.search(r"[^\W\d_]+(?: [^\W\d_]+){3}", line)
        if match:
            return fold(match[0])
    raise AssertionError("no phrase on the page")


def test_a_hit_shows_the_words_in_their_place(digitized: Any) -> None:
    desk, _ = digitized
    ran = desk.sohoa("search", "khai sinh", "--json")
    hits = ran.of("hit")
    assert hits
    assert ran.of("total")[0]["total"] >= len(hits)
    for hit in hits:
        assert "«" in hit["snippet"]
        assert all(left < right and top < bottom for left, top, right, bottom in hit["boxes"])
        assert hit["boxes"]


def test_filters_narrow_and_the_total_stays_exact(digitized: Any) -> None:
    desk, _ = digitized
    everything = desk.sohoa("search", "ngày", "--json", "--limit", "1000")
    total = everything.of("total")[0]["total"]
    assert total == len(everything.of("hit")) > 20
    by_section = [
        desk.sohoa("search", "ngày", "--section", s, "--json", "--limit", "0").of("total")[0]["total"]
        for s in ("records", "processing", "results")
    ]
    assert sum(by_section) == total
    one = desk.sohoa("search", "ngày", "--from", "2024-01-01", "--json", "--limit", "1000").of("hit")
    assert one
    assert all(hit["date"] >= "2024-01-01" for hit in one)


@pytest.mark.parametrize("dossier", TRUTHS)
def test_the_pdfs_hold_the_pages_in_order_with_text_in_place(digitized: Any, dossier: str, tmp_path: Path) -> None:
    desk, _ = digitized
    assert desk.sohoa("export", dossier, "--output", tmp_path).status == 0
    truth = TRUTHS[dossier]
    for section in {page["section"] for page in content(truth)}:
        (pdf,) = tmp_path.rglob(f"{section}.pdf")
        for page in (p for p in content(truth) if p["section"] == section and p["difficulty"] == "normal"):
            number = str(page["page"])
            text = subprocess.run(
                ["pdftotext", "-f", number, "-l", number, str(pdf), "-"], capture_output=True, text=True, check=True
            ).stdout
            words = set(fold(text).split())
            expected = [w for w in fold(page["text"]).split() if w.isalpha()]
            found = sum(word in words for word in expected)
            assert found >= 0.85 * len(expected), f"{pdf.name} p{number}"


def test_every_pdf_keeps_the_rules_of_pdf_a(digitized: Any, tmp_path: Path) -> None:
    desk, _ = digitized
    for dossier in TRUTHS:
        desk.sohoa("export", dossier, "--output", tmp_path)
    desk.sohoa("export", next(iter(TRUTHS)), "--output", tmp_path, "--document", "1")
    sections = [path for path in tmp_path.rglob("*.pdf") if path.parent.name != "originals"]
    assert len(sections) >= 2 * len(TRUTHS)
    broken = {path.name: found for path in sections if (found := violations(path.read_bytes()))}
    assert not broken


def test_verify_and_reindex_agree(digitized: Any) -> None:
    desk, _ = digitized
    assert desk.sohoa("verify").status == 0

    def answers() -> dict[tuple[str, str, int], tuple[str, Any]]:
        hits = desk.sohoa("search", "nguyen", "--json", "--limit", "500").of("hit")
        return {(h["dossier_id"], h["section"], h["page"]): (h["snippet"], h["boxes"]) for h in hits}

    before = answers()
    assert desk.sohoa("reindex").status == 0
    assert answers() == before != {}


def test_a_rerun_reads_nothing_and_changes_nothing(digitized: Any) -> None:
    desk, first = digitized
    objects = {k: v for k, v in desk.objects().items() if not k.startswith("batches/")}
    again = desk.sohoa("digitize", SAMPLES / "inputs", "--json")
    assert {e["status"] for e in again.of("dossier")} == {"unchanged"}
    assert again.ledger == first.ledger
    assert {k: v for k, v in desk.objects().items() if not k.startswith("batches/")} == objects
