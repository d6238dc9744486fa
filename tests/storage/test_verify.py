from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.archive import Archive, SearchRequest
from storage.errors import IntegrityError, NotFound
from storage.manifest import BatchRecord, LedgerRecord
from storage.sealed import seal, unseal

ID, OTHER = "H11.35-230915-0001", "H11.35-230916-0002"


def flip(file: Path, position: float = 0.5) -> None:
    data = bytearray(file.read_bytes())
    data[int(position * (len(data) - 1))] ^= 4
    file.chmod(0o644)
    file.write_bytes(data)


@pytest.fixture
def filled(home: Any, version: Callable[..., Any], batch: Callable[..., Any]) -> Any:
    """Two dossiers, the first in two versions; a batch; search up to date; everything closed again."""
    with home.open() as archive:
        made = version()
        first = archive.commit(made.draft, made.payloads)
        made = version(pages=["Quyết định số 12/QĐ-UBND"], section="results", scan=b"a result")
        archive.commit(made.draft, made.payloads, base=first)
        made = version(OTHER, pages=["Tờ khai"], scan=b"another")
        archive.commit(made.draft, made.payloads)
        archive.record_batch(batch(dossiers=((ID, 2), (OTHER, 1))))
        archive.follow_search()
    return home


def issues(home: Any, *dossiers: str) -> list[tuple[str, str, str]]:
    with home.open() as archive:
        found = list(archive.verify(dossiers or None))
    assert all(" / " in issue.message for issue in found)
    return [(issue.code, issue.severity, issue.key) for issue in found]


def key_of(home: Any, file: Path) -> str:
    return file.relative_to(home.objects).as_posix()


def test_a_whole_archive_has_no_issues(filled: Any) -> None:
    seen: list[tuple[str, int, int]] = []
    with filled.open() as archive:
        assert list(archive.verify(progress=lambda *step: seen.append(step))) == []
        assert list(archive.verify([ID])) == []
        with pytest.raises(NotFound) as unknown:
            list(archive.verify(["H11.35-230915-0009"]))
    assert "sohoa search" in unknown.value.advice
    assert seen == [("dossiers", 1, 2), ("dossiers", 2, 2)]


KINDS = {
    "section PDF": "H11.35-230915-0001/objects/*.pdf",
    "pages": "H11.35-230916-0002/objects/*.jsonl.zst",
    "original": "H11.35-230916-0002/originals/*.tif",
    "older manifest": "H11.35-230915-0001/manifests/000001.json",
    "newest manifest": "H11.35-230915-0001/manifests/000002.json",
    "only manifest": "H11.35-230916-0002/manifests/000001.json",
    "batch record": "batches/B1.json",
    "identity": "archive.json",
}


@pytest.mark.parametrize("reindexed", [False, True], ids=["", "after reindex"])
@pytest.mark.parametrize("position", [0.0, 0.01, 0.5, 1.0])
@pytest.mark.parametrize("kind", KINDS)
def test_one_flipped_bit_is_named(filled: Any, kind: str, position: float, reindexed: bool) -> None:
    file = sorted(filled.objects.rglob(KINDS[kind]))[0]
    flip(file, position)
    if reindexed:
        with filled.open() as archive:
            archive.reindex()
    found = issues(filled)
    assert ("error", key_of(filled, file)) in {(severity, key) for _, severity, key in found}
    damaged = {key for _, severity, key in found if severity == "error"}
    assert damaged <= {key_of(filled, file), "batches/B1.json"}  # the batch names a version that cannot be read now


def test_an_issue_names_dossier_and_file(filled: Any) -> None:
    flip(filled.file("H11.35-230916-0002/objects/*.pdf"))
    with filled.open() as archive:
        [found] = archive.verify()
        assert (found.dossier_id, found.file) == (OTHER, "records.pdf")
        assert "SHA-256" in found.message
        assert list(archive.verify([ID])) == []
        assert list(archive.verify([OTHER])) == [found]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("H11.35-230916-0002/objects/*.pdf", "object-missing"),
        ("H11.35-230916-0002/manifests/000001.json", "manifest-missing"),
        ("H11.35-230915-0001/manifests/000001.json", "manifest-missing"),
        ("H11.35-230915-0001/manifests/000002.json", "manifest-missing"),
        ("batches/B1.json", "batch-missing"),
    ],
)
def test_what_is_gone_is_named(filled: Any, pattern: str, code: str) -> None:
    file = filled.file(pattern)
    file.unlink()
    found = [issue for issue in issues(filled) if issue[1] == "error"]
    assert found == [(code, "error", key_of(filled, file))]


def test_a_dossier_that_is_gone_altogether_is_named(filled: Any) -> None:
    for file in list(filled.objects.rglob("H11.35-230916-0002/*/*")):
        file.unlink()
    [(code, severity, key)] = issues(filled)
    assert (code, severity) == ("manifest-missing", "error")
    assert OTHER in key


def test_a_manifest_in_the_wrong_place_is_named(filled: Any) -> None:
    first = filled.file("H11.35-230915-0001/manifests/000002.json")
    first.with_name("000003.json").write_bytes(first.read_bytes())
    assert "manifest-damaged" in [code for code, _, key in issues(filled) if key.endswith("000003.json")]


def test_a_manifest_that_was_exchanged_is_named(filled: Any) -> None:
    """The seal fits, but it is not the one that was committed: the chain and the catalogue both know."""
    with filled.open() as archive:
        manifest = archive.find(ID)
        assert manifest is not None
    newest, oldest = (filled.file(f"H11.35-230915-0001/manifests/00000{number}.json") for number in (2, 1))
    for file in (newest, oldest):
        file.chmod(0o644)
    newest.write_bytes(seal(manifest.model_copy(update={"unit": manifest.unit, "status": "held"})))
    assert [issue[:2] for issue in issues(filled) if issue[1] == "error"] == [("manifest-differs", "error")]
    newest.write_bytes(seal(manifest))
    with filled.open() as archive:
        changed = archive._manifest_at(key_of(filled, oldest)).model_copy(update={"status": "held"})
    oldest.write_bytes(seal(changed))
    with filled.open() as archive:
        archive.reindex()
    assert ("chain-broken", "error", key_of(filled, newest)) in issues(filled)


def test_leftovers_of_killed_runs_are_information(filled: Any) -> None:
    with filled.open() as archive:
        archive.store.put_new(f"H11.35/2023/{ID}/objects/{'a' * 64}.pdf", b"left behind")
        archive.store.put_new("H11.35/2023/note.txt", b"by hand")
    assert issues(filled) == [
        ("orphan", "info", f"H11.35/2023/{ID}/objects/{'a' * 64}.pdf"),
        ("foreign", "warning", "H11.35/2023/note.txt"),
    ]


def test_a_catalogue_that_says_something_else_is_named(filled: Any) -> None:

    with sqlite3.connect(filled.catalogue) as connection:
        connection.execute("update documents set doctype = 'khác' where dossier_id = ?", [OTHER])
    connection.close()
    [(code, severity, key)] = issues(filled)
    assert (code, severity) == ("catalogue-differs", "warning")
    assert OTHER in key
    with filled.open() as archive:
        archive.reindex()
    assert issues(filled) == []


def test_a_damaged_catalogue_file_is_named_and_rebuilt(filled: Any) -> None:
    data = bytearray(filled.catalogue.read_bytes())
    data[:100] = bytes(100)
    filled.catalogue.write_bytes(data)
    for side in ("-wal", "-shm"):
        filled.catalogue.with_name(filled.catalogue.name + side).unlink(missing_ok=True)
    assert [code for code, _, _ in issues(filled)] == ["catalogue-damaged"]
    with filled.open() as archive, pytest.raises(IntegrityError, match=r"database"):
        archive.catalogue.statistics()
    with filled.open() as archive:
        assert archive.reindex().problems == ()
        assert archive.catalogue.statistics().dossiers == 2
    assert filled.catalogue.with_name("catalogue.db.damaged-1").exists()
    assert issues(filled) == []


@pytest.mark.parametrize("suffix", ["store", "idx", "pos", "term", "fast", "fieldnorm"])
def test_a_damaged_search_file_is_named_and_rebuilt(filled: Any, suffix: str) -> None:
    [file] = filled.search.glob(f"*/*.{suffix}")
    flip(file, 0.2)
    assert [(code, severity) for code, severity, _ in issues(filled)] == [("search-damaged", "warning")]
    with filled.open() as archive:
        archive.reindex()
        assert archive.search(SearchRequest("to khai")).total == 1
    assert issues(filled) == []


def test_search_that_holds_another_text_is_named(filled: Any, version: Callable[..., Any]) -> None:
    with filled.open() as archive:
        archive._index.follow()
        feed = archive._feed
        honest = feed.dossier

        def altered(dossier_id: str) -> Any:
            dossier = honest(dossier_id)
            pages = tuple(type(page)(page.section, page.number, page.doctype, "khác", ()) for page in dossier.pages)
            return type(dossier)(dossier_id, dossier.version, dossier.unit, dossier.procedure, dossier.date, pages)

        feed.dossier = altered  # type: ignore[method-assign]  # the fault put in
        archive._index.rebuild()
    assert {code for code, _, _ in issues(filled)} == {"search-differs"}


@settings(deadline=None)
@given(position=st.integers(min_value=0), bit=st.integers(0, 7))
def test_no_single_bit_of_a_sealed_record_can_change_unseen(position: int, bit: int) -> None:

    ledger = LedgerRecord(pages_in=5, filed=2, separators=1, blank=1, rejected=1)
    data = bytearray(seal(ledger))
    assert unseal(bytes(data), LedgerRecord, "k") == ledger
    data[position % len(data)] ^= 1 << bit
    with pytest.raises(IntegrityError, match=r"^k: "):
        unseal(bytes(data), LedgerRecord, "k")


def test_a_sealed_record_of_another_form_is_refused(batch: Callable[..., Any]) -> None:

    with pytest.raises(IntegrityError, match="not of a form"):
        unseal(seal(batch()), LedgerRecord, "k")
    assert unseal(seal(batch()), BatchRecord, "k") == batch()


def test_an_unbalanced_ledger_is_named(archive: Archive, batch: Callable[..., Any]) -> None:
    record = batch()
    archive.record_batch(record.model_copy(update={"ledger": record.ledger.model_copy(update={"pages_in": 6})}))
    assert [found.code for found in archive.verify()] == ["ledger-unbalanced"]


def test_originals_and_pages_are_held_against_each_other(archive: Archive, version: Callable[..., Any]) -> None:
    made = version()
    other = "f" * 64
    page, *rest = made.draft.pages
    strange = page.model_copy(update={"source": page.source.model_copy(update={"original": other})})
    archive.commit(replace(made.draft, pages=(strange, *rest)), made.payloads, None)
    (issue,) = archive.verify()
    assert (issue.code, issue.severity, other in issue.message) == ("original-missing", "error", True)
    lone = version("H11.35-230916-0002")
    named = {"pages": (), "set_aside": (), "documents": ()}
    archive.commit(replace(lone.draft, **named), lone.payloads, None)
    found = [issue for issue in archive.verify(["H11.35-230916-0002"]) if issue.code != "search-differs"]
    assert [(issue.code, issue.severity, issue.file) for issue in found] == [("original-foreign", "error", "quét.tif")]
