from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive, SearchRequest
from storage.errors import IntegrityError

ID, OTHER, HELD = "H11.35-230915-0001", "03706/2026/07906", "HOLD-0123456789abcdef"
QUERIES = ("giay chung nhan", '"nguyễn thị hoa"', "H11.35-", "07906", "quyết định", "hoa", "khong co")
TABLES = ("dossiers", "versions", "documents", "fields", "pages", "page_sources", "findings", "batches")


@pytest.fixture
def filled(home: Any, version: Callable[..., Any], batch: Callable[..., Any]) -> Any:
    with home.open() as archive:
        made = version()
        first = archive.commit(made.draft, made.payloads)
        for dossier_id, options in ((OTHER, {}), (HELD, {"status": "held"})):
            made = version(dossier_id, **options)
            archive.commit(made.draft, made.payloads)
        made = version(pages=["Quyết định", "Hoa"], section="results", scan=b"a result")
        archive.commit(made.draft, made.payloads, base=first)
        archive.record_batch(batch(dossiers=((ID, 2), (OTHER, 1), (HELD, 1))))
    return home


def tables(home: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, apart from numbers that only say in which order rows were written."""
    connection = sqlite3.connect(home.catalogue)
    try:
        found = {}
        for table in TABLES:
            names = [row[1] for row in connection.execute(f"pragma table_info({table})") if row[1] != "id"]
            found[table] = sorted(connection.execute(f"select {','.join(names)} from {table}").fetchall(), key=repr)
        found["outbox"] = sorted(connection.execute("select dossier_id, version from outbox").fetchall())
        return found
    finally:
        connection.close()


def answers(archive: Archive) -> dict[str, Any]:
    found = {}
    for query in QUERIES:
        result = archive.search(SearchRequest(query))
        hits = sorted((h.dossier_id, h.section, h.page, h.doctype, h.snippet.marked(), h.boxes) for h in result.hits)
        found[query] = (result.total, hits)
    return found


@pytest.mark.parametrize("lost", ["nothing", "catalogue", "search", "both"])
def test_what_is_rebuilt_from_the_objects_alone_equals_what_was(filled: Any, lost: str) -> None:
    with filled.open() as archive:
        asked, held = answers(archive), tables(filled)
    assert asked["giay chung nhan"][0] == 2
    assert sum(map(len, held.values())) > 40
    if lost in ("catalogue", "both"):
        filled.catalogue.unlink()
    if lost in ("search", "both"):
        shutil.rmtree(filled.search)
    with filled.open() as archive:
        report = archive.reindex()
        assert (report.records, report.problems) == (5, ())
        assert tables(filled) == held
        assert answers(archive) == asked
        assert list(archive.verify()) == []


def test_a_catalogue_that_was_deleted_is_built_again_by_the_next_question(filled: Any) -> None:
    held = tables(filled)
    filled.catalogue.unlink()
    with filled.open() as archive:
        assert archive.search(SearchRequest("quyet dinh")).total == 1
        assert archive.find(OTHER) is not None
    assert tables(filled) == held


def test_a_catalogue_of_an_older_schema_is_built_again(filled: Any) -> None:
    held = tables(filled)
    connection = sqlite3.connect(filled.catalogue)
    connection.execute("update meta set value = '0' where name = 'schema'")
    connection.execute("drop table page_sources")
    connection.commit()
    connection.close()
    with filled.open() as archive:
        assert archive.catalogue.statistics().dossiers == 3
    assert tables(filled) == held


def test_the_order_of_versions_survives(filled: Any, version: Callable[..., Any]) -> None:
    with filled.open() as archive:
        archive.reindex()
        latest = archive.find(ID)
        assert latest is not None and latest.version == 2
        made = version(pages=["Bản ba"])
        assert archive.commit(made.draft, made.payloads, base=latest).version == 3
        assert archive.search(SearchRequest("ban ba")).total == 1


def test_a_broken_manifest_is_left_out_and_reported(filled: Any) -> None:
    file = filled.file("HOLD-*/manifests/000001.json")
    data = file.read_bytes().replace(b'"held"', b'"hold"')
    file.chmod(0o644)
    file.write_bytes(data)
    with filled.open() as archive:
        [problem] = archive.reindex().problems
        assert problem.subject.endswith(f"{HELD}/manifests/000001.json")
        assert archive.catalogue.statistics().dossiers == 2
        with pytest.raises(IntegrityError):
            archive.latest("H11.35", 2024, HELD)


def test_broken_page_texts_leave_the_dossier_to_be_found_by_its_id(filled: Any) -> None:
    [file] = filled.objects.rglob("03706_2026_07906/objects/*.zst")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1])
    with filled.open() as archive:
        [problem] = archive.reindex().problems
        assert problem.subject.endswith(".jsonl.zst")
        assert {hit.dossier_id for hit in archive.search(SearchRequest(OTHER)).hits} == {OTHER}
        assert archive.search(SearchRequest("giay chung nhan")).total == 1


REINDEXER = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import Home
with Home(Path(sys.argv[2])).open() as archive:
    def at(step, done, total):
        if (step, done) == (sys.argv[3], int(sys.argv[4])):
            os.kill(os.getpid(), signal.SIGKILL)
    archive.reindex(at)
"""


@pytest.mark.parametrize(("step", "done"), [("catalogue", 1), ("catalogue", 5), ("search", 4)])
def test_killed_in_the_middle_the_old_ones_stay_usable(filled: Any, step: str, done: int) -> None:
    with filled.open() as archive:
        asked, held = answers(archive), tables(filled)
    command = [sys.executable, "-c", REINDEXER, str(Path(__file__).parent), str(filled.root), step, str(done)]
    child = subprocess.run(command, env={**os.environ})
    assert child.returncode == -signal.SIGKILL
    assert tables(filled) == held
    with filled.open() as archive:
        assert answers(archive) == asked
        assert list(archive.verify()) == []


def test_readers_go_on_while_it_is_rebuilt(filled: Any) -> None:
    seen = []

    def look(step: str, done: int, total: int) -> None:
        with filled.open() as other:
            seen.append((step, other.catalogue.statistics().dossiers, other.search(SearchRequest("hoa")).total))

    with filled.open() as archive:
        expected = archive.search(SearchRequest("hoa")).total
        archive.reindex(look)
    assert {step for step, _, _ in seen} == {"catalogue", "search"}
    assert {(dossiers, total) for _, dossiers, total in seen} == {(3, expected)}
