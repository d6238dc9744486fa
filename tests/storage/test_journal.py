"""The journal: what entered is never forgotten, moves are legal, and one process at a time has a batch."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa import owner
from storage.archive import Archive
from storage.errors import NotFound
from storage.journal.errors import BatchBusy, LeaseLost
from storage.journal.journal import LEASE, Journal
from storage.journal.rows import BatchRequest, FileEntry, PageEnd, PageStep
from storage.journal.states import (
    ENDS,
    MOVES,
    BatchState,
    FileState,
    IllegalMove,
    PageState,
    State,
    drawing,
    require_move,
)
from storage.manifest import BatchRecord, ExpectedRecord, LedgerRecord

DOCS = Path(__file__).resolve().parents[2] / "docs"
ROOT = Path(__file__).resolve().parents[2]
SHA = "a" * 64


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(f"file://{tmp_path}/archive", f"sqlite:///{tmp_path}/catalogue.db", tmp_path / "search") as made:
        yield made


@pytest.fixture
def journal(archive: Archive) -> Journal:
    return archive.journal


def request(*names: str, **options: str) -> BatchRequest:
    return BatchRequest("digitize", tuple(Path("/scans") / name for name in names or ("lô",)), options)


def entries(*names: str) -> list[FileEntry]:
    return [FileEntry("lô", name, Path("/scans/lô") / name) for name in names]


def record(batch: str, pages: int = 2, filed: int = 2) -> BatchRecord:
    now = dt.datetime.now(dt.UTC)
    ledger = LedgerRecord(pages_in=pages, filed=filed, separators=0, blank=0, rejected=0)
    return BatchRecord(batch=batch, started=now, finished=now, inputs=("lô",), dossiers=(), rejected=(), ledger=ledger)


def die_with(archive: Archive, script: str) -> None:
    """Let another process do something to the journal and be killed."""
    where = archive.store.url, str(archive.catalogue._database._file)
    code = f"""
import os, signal
from pathlib import Path
from storage.archive import Archive
from storage.journal.rows import *
from storage.journal.states import *
journal = Archive.open({where[0]!r}, "sqlite:///{where[1]}", Path("/nonexistent")).journal
request = BatchRequest("digitize", (Path("/scans/lô"),), {{}})
entries = [FileEntry("lô", name, Path("/scans/lô") / name) for name in ("1.jpg", "2.jpg")]
{script}
os.kill(os.getpid(), signal.SIGKILL)
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == -signal.SIGKILL, ran.stderr


def test_pages_are_written_down_before_they_are_read_and_where_they_ended(journal: Journal) -> None:
    entered = journal.enter(request(), entries("1.pdf", "2.jpg"))
    batch = entered.row.batch
    assert entered.positions == (1, 2)
    assert [file.state for file in journal.files(batch)] == [FileState.ENTERED] * 2
    journal.inspected(batch, {1: (SHA, 2)})
    journal.refused(batch, 2, "không đọc được")
    assert [(page.position, page.page, page.state) for page in journal.pages(batch)] == [
        (1, 1, PageState.ENTERED),
        (1, 2, PageState.ENTERED),
    ]
    journal.stepped(batch, [PageStep(1, 1, PageState.READING), PageStep(1, 1, PageState.READ, 1.25)])
    journal.settled(batch, [PageEnd(1, 1, PageState.FILED, "H", 1), PageEnd(1, 2, PageState.BLANK, "H", 1)])
    first, second = journal.pages(batch)
    assert (first.state, first.dossier_id, first.version, first.seconds) == (PageState.FILED, "H", 1, 1.25)
    assert second.state is PageState.BLANK
    journal.close(record(batch), BatchState.DONE)
    assert [file.state for file in journal.files(batch)] == [FileState.SETTLED, FileState.REFUSED]
    assert [move.state for move in journal.moves(batch)] == [BatchState.WAITING, BatchState.RUNNING, BatchState.DONE]


def test_the_journal_survives_a_rebuild_of_the_catalogue(archive: Archive, journal: Journal) -> None:
    batch = journal.enter(request(), entries("1.pdf")).row.batch
    journal.inspected(batch, {1: (SHA, 3)})
    archive.reindex()
    assert journal.batch(batch).state is BatchState.RUNNING
    assert len(journal.pages(batch)) == 3
    assert len(journal.moves(batch)) == 2


@pytest.mark.parametrize("before", MOVES, ids=str)
@pytest.mark.parametrize("kind", [BatchState, FileState, PageState])
def test_every_move_is_legal_or_refused_by_name(before: State, kind: type[State]) -> None:
    for after in kind:
        if after in MOVES[before]:
            require_move(before, after, "lô")
        else:
            with pytest.raises(IllegalMove, match=r"lô.*/ "):
                require_move(before, after, "lô")


def test_only_ends_have_nothing_after_them() -> None:
    assert {state for state in BatchState if not MOVES[state]} == {
        BatchState.DONE,
        BatchState.RELEASED,
        BatchState.ABANDONED,
    }
    for kind in (BatchState, FileState, PageState):
        reached = {next(iter(kind))}
        while more := {after for state in reached for after in MOVES[state]} - reached:
            reached |= more
        assert reached == set(kind), f"{kind} has states that nothing leads to"


@pytest.mark.parametrize("kind", [BatchState, FileState, PageState])
def test_the_drawings_in_the_docs_are_the_moves_in_force(kind: type[State]) -> None:
    """Each is what ``storage.journal.states.drawing`` returns."""
    assert f"```mermaid\n{drawing(kind)}\n```" in (DOCS / "journal.md").read_text("utf-8")


def test_no_change_of_a_batch_that_is_done_is_taken(journal: Journal) -> None:
    batch = journal.enter(request(), entries("1.pdf")).row.batch
    journal.inspected(batch, {1: (SHA, 1)})
    journal.close(record(batch), BatchState.DONE)
    with pytest.raises(IllegalMove):
        journal.decide(batch, BatchState.ABANDONED, "Lan", "vì sao")
    with pytest.raises(IllegalMove):
        journal.close(record(batch), BatchState.HELD)
    with pytest.raises(IllegalMove):
        journal.refused(batch, 1, "x")
    assert journal.batch(batch).state is BatchState.DONE


def test_a_source_is_freed_only_when_its_batch_is_done_or_released(journal: Journal) -> None:
    batch = journal.enter(request(), entries("1.pdf", "2.pdf")).row.batch
    journal.inspected(batch, {1: (SHA, 1), 2: (SHA, 2)})
    journal.settled(batch, [PageEnd(position, 1, PageState.FILED, "H", 1) for position in (1, 2)])
    with pytest.raises(IllegalMove):
        journal.freed(batch, [1])
    journal.close(record(batch, filed=1), BatchState.HELD, "thiếu 1 trang")
    with pytest.raises(IllegalMove):
        journal.freed(batch, [1])
    assert journal.unfreed() == []
    journal.decide(batch, BatchState.RELEASED, "Lan", "đã đếm lại")
    assert [row.batch for row in journal.unfreed()] == [batch]
    journal.freed(batch, [1])
    with pytest.raises(IllegalMove):
        journal.freed(batch, [2])  # one of its pages ended nowhere: nobody's decision makes it archived
    assert journal.unfreed() == []
    last = journal.moves(batch)[-1]
    assert (last.state, last.person, last.reason) == (BatchState.RELEASED, "Lan", "đã đếm lại")


def test_a_killed_owner_s_batch_is_gone_on_with_by_the_same_request(archive: Archive, journal: Journal) -> None:
    die_with(
        archive,
        """
batch = journal.enter(request, entries).row.batch
journal.inspected(batch, {1: ("a" * 64, 1), 2: ("b" * 64, 2)})
journal.settled(batch, [PageEnd(1, 1, PageState.FILED, "H", 1)])
journal.stepped(batch, [PageStep(2, 1, PageState.READING)])
""",
    )
    (left,) = journal.unfinished()
    assert (left.state, journal.is_worked_on(left)) == (BatchState.RUNNING, False)
    assert journal.enter(request("other"), []).row.batch != left.batch
    entered = journal.enter(request(), entries("1.jpg", "2.jpg", "3.jpg"))
    assert (entered.row.batch, entered.row.attempts, entered.positions) == (left.batch, 2, (1, 2, 3))
    assert entered.row.started == left.started
    assert entered.attempts == {(2, 1): 1}, "the page that was in hand when the process died"
    assert {page.state for page in journal.pages(left.batch)} == {PageState.ENTERED}
    assert "died" in journal.moves(left.batch)[2].reason


def test_what_cover_sheets_said_is_remembered_for_the_next_run(archive: Archive, journal: Journal) -> None:
    die_with(
        archive,
        """
from storage.manifest import ExpectedRecord
batch = journal.enter(request, entries).row.batch
told = ExpectedRecord(said_by="cover", group="lô", file="1.jpg", page=1, expected=3, found=2)
journal.promised(batch, "lô", [("a" * 64, told), ("b" * 64, told)])
journal.promised(batch, "lô", [("a" * 64, told)])
""",
    )
    entered = journal.enter(request(), entries("1.jpg", "2.jpg"))
    told = ExpectedRecord(said_by="cover", group="lô", file="1.jpg", page=1, expected=3, found=2)
    assert entered.expected == {"lô": (told,)}
    assert journal.earlier_promises(["a" * 64, "b" * 64]) == [("a" * 64, told)], "another batch is told, too"


def test_a_file_that_was_written_anew_with_fewer_pages_can_be_settled(archive: Archive, journal: Journal) -> None:
    die_with(
        archive,
        """
batch = journal.enter(request, entries).row.batch
journal.inspected(batch, {1: ("a" * 64, 3), 2: ("b" * 64, 1)})
""",
    )
    batch = journal.enter(request(), entries("1.jpg", "2.jpg")).row.batch
    journal.inspected(batch, {1: ("c" * 64, 1), 2: ("b" * 64, 1)})
    journal.settled(batch, [PageEnd(n, 1, PageState.FILED, "H", 1) for n in (1, 2)])
    journal.close(record(batch), BatchState.DONE)
    assert {file.state for file in journal.files(batch)} == {FileState.SETTLED}


def test_files_that_are_gone_keep_what_is_known_of_them(archive: Archive, journal: Journal) -> None:
    die_with(
        archive,
        """
batch = journal.enter(request, entries).row.batch
journal.inspected(batch, {1: ("a" * 64, 1), 2: ("b" * 64, 1)})
journal.settled(batch, [PageEnd(n, 1, PageState.FILED, "H", 1) for n in (1, 2)])
""",
    )
    batch = journal.enter(request(), entries("1.jpg")).row.batch
    assert [page.state for page in journal.pages(batch)] == [PageState.ENTERED, PageState.FILED]


def test_a_living_owner_s_batch_is_left_to_it(archive: Archive, journal: Journal) -> None:
    mine = journal.enter(request(), entries("1.jpg")).row
    with _another_process(archive) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().strip()
        assert theirs != mine.batch, "it took over what this process has"
        with pytest.raises(BatchBusy):
            journal.decide(theirs, BatchState.ABANDONED, "Lan", "không cần nữa")
        with pytest.raises(LeaseLost):
            journal.beat(theirs)
        assert journal.is_worked_on(journal.batch(theirs))
    assert not journal.is_worked_on(journal.batch(theirs))


def _another_process(archive: Archive) -> subprocess.Popen[str]:
    where = archive.store.url, str(archive.catalogue._database._file)
    code = f"""
import sys
from pathlib import Path
from storage.archive import Archive
from storage.journal.rows import *
journal = Archive.open({where[0]!r}, "sqlite:///{where[1]}", Path("/nonexistent")).journal
print(journal.enter(BatchRequest("digitize", (Path("/scans/lô"),), {{}}), []).row.batch, flush=True)
sys.stdin.readline()
"""
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_the_one_who_lost_a_batch_changes_nothing_more(archive: Archive, journal: Journal) -> None:
    batch = journal.enter(request(), entries("1.jpg")).row.batch
    journal.inspected(batch, {1: (SHA, 1)})
    with archive.catalogue._database.write() as connection:
        connection.exec_driver_sql("UPDATE journal_batches SET owner = 'another/boot:1:1'")
    for change in (
        lambda: journal.stepped(batch, [PageStep(1, 1, PageState.READING)]),
        lambda: journal.settled(batch, [PageEnd(1, 1, PageState.FILED)]),
        lambda: journal.close(record(batch), BatchState.DONE),
        lambda: journal.promised(batch, "lô", []),
    ):
        with pytest.raises(LeaseLost, match="another:1"):
            change()
    assert journal.pages(batch)[0].state is PageState.ENTERED


@pytest.mark.parametrize("jump", [dt.timedelta(days=-400), dt.timedelta(), dt.timedelta(days=400)])
def test_a_clock_that_jumps_takes_no_batch_from_a_living_process_here(archive: Archive, jump: dt.timedelta) -> None:
    with _another_process(archive) as other:
        assert other.stdout is not None
        theirs = other.stdout.readline().strip()
        jumped = Journal(archive.catalogue._database, lambda: dt.datetime.now(dt.UTC) + jump)
        assert jumped.enter(request(), []).row.batch != theirs
        assert jumped.is_worked_on(jumped.batch(theirs))


def test_another_host_s_batch_is_taken_over_when_its_lease_is_over(archive: Archive) -> None:
    now = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)
    clock = [now]
    journal = Journal(archive.catalogue._database, lambda: clock[0])
    batch = journal.enter(request(), []).row.batch
    with archive.catalogue._database.write() as connection:
        connection.exec_driver_sql("UPDATE journal_batches SET owner = 'another/boot:1:1'")
    clock[0] = now + LEASE - dt.timedelta(seconds=1)
    assert journal.is_worked_on(journal.batch(batch))
    assert journal.pending(request()) is None
    clock[0] = now + LEASE
    assert journal.enter(request(), []).row.batch == batch


def test_an_owner_is_told_from_one_that_has_its_number_later() -> None:
    here = owner.this_process()
    assert owner.is_alive(here) is True
    assert owner.is_alive(here.rpartition(":")[0] + ":1") is False
    assert owner.is_alive(f"elsewhere/boot:{os.getpid()}:1") is None


def test_a_batch_that_nobody_knows_is_named(journal: Journal) -> None:
    with pytest.raises(NotFound, match="20240101T000000-abcdef"):
        journal.batch("20240101T000000-abcdef")


def test_names_that_are_no_utf8_come_back_as_they_were(journal: Journal) -> None:
    odd = Path(os.fsdecode(b"/scans/\xff\xfe.pdf"))
    batch = journal.enter(BatchRequest("digitize", (odd,)), [FileEntry("g", "?", odd)]).row.batch
    assert journal.batch(batch).inputs == (odd,)
    assert journal.files(batch)[0].path == odd


@given(st.lists(st.sampled_from([*PageState]), max_size=12))
def test_a_page_is_always_where_the_last_legal_move_put_it(states: list[PageState]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/catalogue.db"
        with Archive.open(f"file://{folder}/archive", url, Path(folder) / "search") as archive:
            journal = archive.journal
            batch = journal.enter(request(), entries("1.jpg")).row.batch
            journal.inspected(batch, {1: (SHA, 1)})
            at = PageState.ENTERED
            for state in states:
                try:
                    if state in ENDS:
                        journal.settled(batch, [PageEnd(1, 1, state)])
                    else:
                        journal.stepped(batch, [PageStep(1, 1, state)])
                except IllegalMove:
                    assert state not in MOVES[at]
                    assert state is not at
                    continue
                assert state in MOVES[at] or state is at
                at = state
            assert journal.pages(batch)[0].state is at
