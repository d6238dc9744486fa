"""An archive and its catalogue know each other, and nothing is done with the catalogue of another archive."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sohoa.errors import ExitCode
from storage.archive import Archive, SearchRequest
from storage.errors import ArchiveEmpty, ForeignCatalogue
from storage.layout import IDENTITY
from storage.records import read_identity
from tests.storage.conftest import Home
from tests.storage.test_commit import DyingStore, Killed

ID, OTHER = "H11.35-230915-0001", "H11.35-230916-0002"
QUESTIONS = {
    "find": lambda archive: archive.find(ID),
    "latest": lambda archive: archive.latest("H11.35", 2023, ID),
    "search": lambda archive: archive.search(SearchRequest("hoa")),
    "statistics": lambda archive: archive.catalogue.statistics(),
    "verify": lambda archive: list(archive.verify()),
    "reindex": lambda archive: archive.reindex(),
}


def fill(home: Home, version: Callable[..., Any], dossier_id: str = ID) -> Home:
    with home.open() as archive:
        made = version(dossier_id)
        archive.commit(made.draft, made.payloads)
        archive.follow_search()
    return home


@pytest.fixture
def filled(home: Home, version: Callable[..., Any]) -> Home:
    return fill(home, version)


@pytest.fixture
def foreign(home: Home, version: Callable[..., Any]) -> Home:
    """Another archive, with a catalogue of its own."""
    return fill(Home(home.root / "other"), version, OTHER)


def with_catalogue_of(home: Home, objects: Path) -> Archive:
    return Archive.open(f"file://{objects}", f"sqlite:///{home.catalogue}", home.search)


def kept(home: Home) -> dict[str, bytes]:
    """The catalogue's rows and the search folder's files, to see whether anything was touched."""
    connection = sqlite3.connect(home.catalogue)
    rows = "\n".join(connection.iterdump()).encode()
    connection.close()
    files = {str(path): path.read_bytes() for path in home.search.rglob("*") if path.is_file()}
    return {"catalogue": rows} | files


def identity_of(home: Home) -> str:
    with home.open() as archive:
        return read_identity(archive.store).archive


def remembered_by(home: Home) -> str | None:
    connection = sqlite3.connect(home.catalogue)
    row = connection.execute("select value from meta where name = 'archive'").fetchone()
    connection.close()
    return row[0] if row else None


def forget(home: Home, *, archive: bool = True, catalogue: bool = True) -> None:
    """Make them what they were before there were identities."""
    if archive:
        (home.objects / IDENTITY).unlink()
    if catalogue:
        with sqlite3.connect(home.catalogue) as connection:
            connection.execute("delete from meta where name like 'archive%'")
        connection.close()


@pytest.mark.parametrize("first", ["version", "batch"])
def test_the_first_write_gives_an_identity_that_stays(
    home: Home, version: Callable[..., Any], batch: Callable[..., Any], first: str
) -> None:
    with home.open() as archive:
        assert archive.catalogue.statistics().dossiers == 0
        assert not home.objects.exists()  # asking makes nothing
        if first == "batch":
            archive.record_batch(batch())
        else:
            made = version()
            archive.commit(made.draft, made.payloads)
    given = identity_of(home)
    fill(home, version, OTHER)
    assert identity_of(home) == given == remembered_by(home)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_the_identity_a_rerun_goes_on(home: Home, version: Callable[..., Any], after: bool) -> None:
    dying = Archive(DyingStore(home.objects, 1, after, True), f"sqlite:///{home.catalogue}", home.search)
    made = version()
    with dying, pytest.raises(Killed):
        dying.commit(made.draft, made.payloads)
    assert (home.objects / IDENTITY).exists() is after
    fill(home, version)
    assert identity_of(home) == remembered_by(home)


@pytest.mark.parametrize("question", QUESTIONS)
def test_another_archives_catalogue_is_refused(filled: Home, foreign: Home, question: str) -> None:
    before = kept(filled)
    with with_catalogue_of(filled, foreign.objects) as archive, pytest.raises(ForeignCatalogue) as refused:
        QUESTIONS[question](archive)
    assert refused.value.exit_code is ExitCode.USAGE
    assert all(place in str(refused.value) for place in (str(filled.catalogue), str(filled.objects)))
    assert refused.value.subject == foreign.objects.as_uri()
    assert "--catalogue" in refused.value.advice
    assert kept(filled) == before


def test_a_new_archive_is_not_begun_with_anothers_catalogue(
    filled: Home, version: Callable[..., Any], batch: Callable[..., Any], tmp_path: Path
) -> None:
    made = version(OTHER)
    with with_catalogue_of(filled, tmp_path / "new") as archive:
        with pytest.raises(ForeignCatalogue):
            archive.commit(made.draft, made.payloads)
        with pytest.raises(ForeignCatalogue):
            archive.record_batch(batch())
    assert not (tmp_path / "new").exists()


def test_an_archive_may_be_moved(filled: Home, version: Callable[..., Any], tmp_path: Path) -> None:
    moved = filled.objects.rename(tmp_path / "moved")
    made = version(OTHER)
    with with_catalogue_of(filled, moved) as archive:
        assert archive.search(SearchRequest("hoa")).total == 1
        archive.commit(made.draft, made.payloads)
        assert list(archive.verify()) == []
    shutil.rmtree(moved)
    with with_catalogue_of(filled, moved) as archive, pytest.raises(ArchiveEmpty):
        archive.reindex()


@pytest.mark.parametrize("archive", [False, True], ids=["", "archive"])
@pytest.mark.parametrize("catalogue", [False, True], ids=["", "catalogue"])
def test_what_is_older_than_identities_takes_one_up_silently(
    filled: Home, version: Callable[..., Any], archive: bool, catalogue: bool
) -> None:
    forget(filled, archive=archive, catalogue=catalogue)
    with filled.open() as opened:
        assert opened.find(ID) is not None
        assert [found.code for found in opened.verify() if found.code != "identity-missing"] == []
    fill(filled, version, OTHER)
    assert identity_of(filled) == remembered_by(filled)
    with filled.open() as opened:
        assert list(opened.verify()) == []
        assert opened.catalogue.statistics().dossiers == 2


@pytest.mark.parametrize("archive", [False, True], ids=["", "archive"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_old_catalogue_does_not_take_up_another_archive(
    filled: Home, foreign: Home, archive: bool, question: str
) -> None:
    forget(filled)
    forget(foreign, archive=archive)
    with with_catalogue_of(filled, foreign.objects) as opened, pytest.raises(ForeignCatalogue):
        QUESTIONS[question](opened)


@pytest.mark.parametrize("forgotten", [False, True], ids=["", "older than identities"])
@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_archive_whose_disk_is_not_mounted_is_unreachable(
    filled: Home, question: str, left: str, forgotten: bool
) -> None:
    if forgotten:
        forget(filled)
    before = kept(filled)
    shutil.rmtree(filled.objects)
    if left == "an empty folder":
        filled.objects.mkdir()
    with filled.open() as archive, pytest.raises(ArchiveEmpty) as refused:
        QUESTIONS[question](archive)
    assert refused.value.exit_code is ExitCode.UNREACHABLE
    assert refused.value.subject == filled.objects.as_uri()
    assert "--archive" in refused.value.advice
    assert kept(filled) == before


def test_nothing_is_written_where_a_disk_should_be_mounted(filled: Home, version: Callable[..., Any]) -> None:
    shutil.rmtree(filled.objects)
    made = version(OTHER)
    with filled.open() as archive, pytest.raises(ArchiveEmpty):
        archive.commit(made.draft, made.payloads)
    assert not filled.objects.exists()


def test_a_rebuild_does_not_empty_what_only_the_identity_is_left_of(filled: Home) -> None:
    before = kept(filled)
    shutil.rmtree(filled.objects / "H11.35")
    with filled.open() as archive, pytest.raises(ArchiveEmpty):
        archive.reindex()
    assert kept(filled) == before


def test_a_catalogue_of_another_schema_is_not_emptied_either(filled: Home) -> None:
    with sqlite3.connect(filled.catalogue) as connection:
        connection.execute("update meta set value = '0' where name = 'schema'")
    connection.close()
    before = kept(filled)
    shutil.rmtree(filled.objects)
    with filled.open() as archive, pytest.raises(ArchiveEmpty):
        archive.catalogue.statistics()
    assert kept(filled) == before


def test_a_catalogue_without_dossiers_may_be_rebuilt_for_another_archive(
    home: Home, foreign: Home, batch: Callable[..., Any]
) -> None:
    with home.open() as archive:
        archive.record_batch(batch())
    with with_catalogue_of(home, foreign.objects) as archive:
        with pytest.raises(ForeignCatalogue):
            archive.catalogue.statistics()
        assert archive.reindex().problems == ()
        assert archive.catalogue.statistics().dossiers == 1
    assert remembered_by(home) == identity_of(foreign)


@pytest.mark.parametrize("lost", ["catalogue", "identity in it", "nothing"])
def test_a_rebuilt_catalogue_knows_its_archive(filled: Home, lost: str) -> None:
    if lost == "catalogue":
        filled.catalogue.unlink()
    elif lost == "identity in it":
        forget(filled, archive=False)
    with filled.open() as archive:
        archive.reindex()
    assert remembered_by(filled) == identity_of(filled)


def test_a_damaged_identity_is_named_and_stops_nobody(filled: Home, version: Callable[..., Any]) -> None:
    known = remembered_by(filled)
    file = filled.objects / IDENTITY
    data = bytearray(file.read_bytes())
    data[-40] ^= 4
    file.chmod(0o644)
    file.write_bytes(data)
    fill(filled, version, OTHER)
    with filled.open() as archive:
        assert archive.reindex().problems == ()
        [found] = archive.verify()
    assert (found.code, found.severity, found.key) == ("identity-damaged", "error", IDENTITY)
    assert remembered_by(filled) == known


def test_a_lost_identity_is_named_and_made_again(filled: Home, version: Callable[..., Any]) -> None:
    known = identity_of(filled)
    forget(filled, catalogue=False)
    with filled.open() as archive:
        [found] = archive.verify()
    assert (found.code, found.severity, found.key) == ("identity-missing", "error", IDENTITY)
    fill(filled, version, OTHER)
    assert identity_of(filled) == known
    with filled.open() as archive:
        assert list(archive.verify()) == []
