"""Whoever may only read the data folder gets answers all the same, and never half of a change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.storage.conftest import Home

ID = "H11.35-230915-0001"
POWERS = "-dac_override,-dac_read_search"

READER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import Home, make_version
from storage.archive import SearchRequest
from storage.errors import StoreUnreachable
with Home(Path(sys.argv[2])).open() as archive:
    found = archive.search(SearchRequest("hoa"))
    print(json.dumps({
        "dossiers": archive.catalogue.statistics().dossiers,
        "waiting": archive.catalogue.review_total(),
        "version": archive.find("H11.35-230915-0001").version,
        "search": (found.total, found.behind),
        "issues": [issue.code for issue in archive.verify()],
        "batches": len(archive.journal.batches()),  # older than the journal: there is no table of it, and none is made
    }))
    made = make_version("H11.35-230917-0003")
    for write in (archive.reindex, lambda: archive.commit(made.draft, made.payloads)):
        try:
            write()
        except StoreUnreachable as error:
            print(error.message)
"""

KILLED_WRITER = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import Home, make_version
archive = Home(Path(sys.argv[2])).open()
made = make_version("H11.35-230916-0002")
archive.commit(made.draft, made.payloads)
os._exit(0)
"""

SLOW_READER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from conftest import Home
from storage.catalogue import schema
from storage.errors import StoreUnreachable
with Home(Path(sys.argv[2])).open() as archive:
    try:
        with archive._catalogue._database.read() as connection:
            print("reading", flush=True)
            sys.stdin.readline()
            connection.execute(schema.dossiers.select()).all()
        print("whole")
    except StoreUnreachable as error:
        print(error.message)
    print(archive.catalogue.statistics().dossiers)
"""


def command(script: str, home: Home) -> list[str]:
    """A Python process that the rights of files hold for, even where the tests run as root."""
    plain = [sys.executable, "-c", script, str(Path(__file__).parent), str(home.root)]
    if os.geteuid() != 0:
        return plain
    if not shutil.which("setpriv"):
        pytest.skip("needs setpriv to give up root's right to write everywhere")
    return ["setpriv", f"--bounding-set={POWERS}", f"--inh-caps={POWERS}", *plain]


def commit(home: Home, version: Callable[..., Any], dossier_id: str = ID, *, follow: bool = True) -> None:
    with home.open() as archive:
        made = version(dossier_id)
        archive.commit(made.draft, made.payloads)
        if follow:
            archive.follow_search()


def allow_writing(root: Path, allowed: bool) -> None:
    for path in [root, *root.rglob("*")]:
        path.chmod((0o755 if path.is_dir() else 0o644) if allowed else (0o555 if path.is_dir() else 0o444))


@pytest.fixture
def filled(home: Home, version: Callable[..., Any]) -> Iterator[Home]:
    commit(home, version)
    yield home
    allow_writing(home.root, True)


def answers(home: Home) -> tuple[dict[str, Any], list[str]]:
    done = subprocess.run(command(READER, home), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    first, *refusals = done.stdout.splitlines()
    return json.loads(first), refusals


EXPECTED = {"dossiers": 1, "waiting": 1, "version": 1, "search": [1, 0], "issues": [], "batches": 0}


def test_a_reader_without_the_right_to_write_gets_answers(filled: Home) -> None:
    allow_writing(filled.root, False)
    found, refusals = answers(filled)
    assert found == EXPECTED
    assert refusals == [
        "danh mục chỉ đọc được, không ghi được / the catalogue can be read but not written",
        "không đọc hoặc ghi được: Permission denied / cannot be read or written: Permission denied",
    ]


def test_it_reads_beside_a_writer_too(filled: Home, version: Callable[..., Any]) -> None:
    """Only root can write here, so this shows what a service with more rights and a reader with fewer do."""
    if os.geteuid() != 0:
        pytest.skip("needs a writer with more rights than the reader")
    with filled.open() as writer:
        made = version("H11.35-230916-0002")
        writer.commit(made.draft, made.payloads)
        assert filled.catalogue.with_name("catalogue.db-wal").exists()
        allow_writing(filled.root, False)
        found, _ = answers(filled)
    assert (found["dossiers"], found["search"]) == (2, [1, 1])
    assert set(found["issues"]) == {"search-differs"}


def test_it_reads_what_a_killed_writer_left_in_the_journal(filled: Home) -> None:
    plain = [sys.executable, "-c", KILLED_WRITER, str(Path(__file__).parent), str(filled.root)]
    subprocess.run(plain, check=True, timeout=60)
    assert filled.catalogue.with_name("catalogue.db-wal").stat().st_size > 0
    allow_writing(filled.root, False)
    found, _ = answers(filled)
    assert (found["dossiers"], found["search"]) == (2, [1, 1])


def test_it_discards_what_it_read_while_the_file_was_changed(filled: Home, version: Callable[..., Any]) -> None:
    allow_writing(filled.root, False)
    with subprocess.Popen(
        command(SLOW_READER, filled), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin and child.stdout
        assert child.stdout.readline() == "reading\n"
        allow_writing(filled.root, True)
        commit(filled, version, "H11.35-230916-0002")
        allow_writing(filled.root, False)
        out, _ = child.communicate("\n", timeout=60)
    assert child.returncode == 0
    assert out.splitlines() == ["danh mục đã thay đổi trong khi đọc / the catalogue was changed while it was read", "2"]


def test_an_index_that_is_behind_says_so(filled: Home, version: Callable[..., Any]) -> None:
    commit(filled, version, "H11.35-230916-0002", follow=False)
    allow_writing(filled.root, False)
    found, _ = answers(filled)
    assert (found["dossiers"], found["search"]) == (2, [1, 1])
