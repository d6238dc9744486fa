from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sohoa.errors import UsageError
from storage.archive import Archive
from storage.catalogue.rows import PageSourceRow
from storage.errors import StoreUnreachable
from storage.objects.open import open_store

ID, OTHER, HELD = "H11.35-230915-0001", "H11.36-240102-0002", "HOLD-0123456789abcdef"


@pytest.fixture
def filled(archive: Archive, version: Callable[..., Any], batch: Callable[..., Any]) -> Archive:
    for dossier_id, options in ((ID, {}), (OTHER, {"scan": b"2"}), (HELD, {"scan": b"3", "status": "held"})):
        made = version(dossier_id, **options)
        archive.commit(made.draft, made.payloads)
    archive.record_batch(batch(dossiers=((ID, 1), (OTHER, 1), (HELD, 1))))
    return archive


def test_a_summary_says_what_the_latest_version_is(filled: Archive, version: Callable[..., Any]) -> None:
    made = version(pages=["một", "hai", "ba"], procedure="2.000")
    filled.commit(made.draft, made.payloads, base=filled.find(ID))
    row = filled.catalogue.dossier(ID)
    assert row is not None
    assert (row.unit, row.version, row.pages, row.documents, row.procedure_code) == ("H11.35", 2, 3, 3, "2.000")
    assert row.received == dt.date(2023, 9, 15)
    assert row.created == made.draft.created
    assert row.created.tzinfo is dt.UTC
    assert filled.catalogue.dossier("H11.35-230915-0009") is None


def test_it_says_where_every_page_of_a_file_went(filled: Archive, version: Callable[..., Any]) -> None:
    sha256 = version().draft.pages[0].source.sha256
    assert filled.catalogue.sources(sha256) == [
        PageSourceRow(sha256, 1, ID, "separator", None, 0),
        PageSourceRow(sha256, 2, ID, "filed", "records", 1),
        PageSourceRow(sha256, 3, ID, "filed", "records", 2),
        PageSourceRow(sha256, 4, ID, "blank", "records", 2),
    ]
    assert filled.catalogue.sources("f" * 64) == []


def test_the_review_queue_holds_what_waits_for_a_person(filled: Archive, version: Callable[..., Any]) -> None:
    queue = filled.catalogue.review()
    assert [(row.severity, row.dossier_id, row.batch) for row in queue] == [
        ("error", None, "B1"),
        ("warning", ID, None),
        ("warning", OTHER, None),
        ("warning", HELD, None),
    ]
    assert filled.catalogue.review_total() == 4
    assert filled.catalogue.review(limit=2, offset=1) == queue[1:3]
    made = version()
    resolved = type(made.draft)(**{name: getattr(made.draft, name) for name in made.draft.__slots__} | {"findings": ()})
    filled.commit(resolved, made.payloads, base=filled.find(ID))
    assert ID not in [row.dossier_id for row in filled.catalogue.review()]


def test_statistics_count_the_latest_versions(filled: Archive) -> None:
    found = filled.catalogue.statistics()
    assert (found.dossiers, found.held, found.versions, found.batches) == (3, 1, 3, 1)
    assert (found.pages, found.separators, found.blanks, found.documents, found.open_findings) == (6, 3, 3, 6, 4)
    assert [(group.unit, group.dossiers, group.pages) for group in found.groups] == [("H11.35", 2, 4), ("H11.36", 1, 2)]


def test_the_outbox_numbers_every_version(filled: Archive, version: Callable[..., Any]) -> None:
    made = version(pages=["mới"])
    filled.commit(made.draft, made.payloads, base=filled.find(ID))
    rows = filled.catalogue.outbox(0, 100)
    assert [(row.seq, row.dossier_id, row.version) for row in rows] == [
        (1, ID, 1),
        (2, OTHER, 1),
        (3, HELD, 1),
        (4, ID, 2),
    ]
    assert filled.catalogue.outbox(2, 1) == rows[2:3]
    assert filled.catalogue.outbox_end()[1] == 4


def test_an_empty_archive_answers(archive: Archive) -> None:
    assert archive.catalogue.statistics().dossiers == 0
    assert archive.catalogue.review() == []
    assert archive.catalogue.outbox_end()[1] == 0


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import Home
from sqlalchemy import text
with Home(Path(sys.argv[2])).open() as archive:
    with archive._catalogue._database.write() as connection:
        connection.execute(text("update dossiers set pages = 99"))
        print("in the middle", flush=True)
        sys.stdin.readline()
"""


def test_a_reader_does_not_wait_for_another_process_that_writes(
    filled: Archive, home: Any, request: pytest.FixtureRequest
) -> None:
    command = [sys.executable, "-c", WRITER, str(request.path.parent), str(home.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin and child.stdout
        assert child.stdout.readline() == "in the middle\n"
        with home.open() as reader:
            assert reader.catalogue.dossier(ID).pages == 2
            assert reader.find(ID).version == 1
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.wait() == 0
    assert filled.catalogue.dossier(ID).pages == 99


def test_many_may_open_a_new_catalogue_at_once(home: Any, version: Callable[..., Any]) -> None:
    barrier = threading.Barrier(6)

    def commit(number: int) -> None:
        with home.open() as archive:
            made = version(f"H11.35-230915-{number:04d}")
            barrier.wait()
            archive.commit(made.draft, made.payloads)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(commit, range(1, 7)))
    with home.open() as archive:
        assert archive.catalogue.statistics().dossiers == 6
        assert list(archive.verify()) == []


def test_a_catalogue_that_cannot_be_opened_is_unreachable(home: Any) -> None:
    home.catalogue.mkdir()
    with home.open() as archive, pytest.raises(StoreUnreachable):
        archive.catalogue.statistics()


@pytest.mark.parametrize(
    "url", ["", "catalogue.db", "sqlite://", "sqlite:///:memory:", "postgresql://host/db", "mysql://x"]
)
def test_other_addresses_are_wrong_usage(url: str, home: Any) -> None:
    with pytest.raises(UsageError):
        Archive(open_store(f"file://{home.objects}"), url, home.search)
