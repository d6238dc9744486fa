from __future__ import annotations

import datetime as dt
import hashlib
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive, SearchRequest
from storage.catalogue.catalogue import ArchivedElsewhere
from storage.errors import IntegrityError, NotFound, ObjectExists, VersionConflict
from storage.layout import IDENTITY, folder, manifest_prefix
from storage.manifest import Manifest
from storage.objects.base import Content, ObjectInfo
from storage.objects.filesystem import FilesystemStore

ID = "H11.35-230915-0001"
LATER = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)


class Killed(BaseException):
    """Stands for the process's end: nothing in the archive may catch it."""


class DyingStore(FilesystemStore):
    """A real store whose process ends at its nth write: before the bytes, or just after them."""

    def __init__(self, root: Path, dies_at: int, after: bool, counts_identity: bool = False) -> None:
        super().__init__(root)
        self._counts_identity = counts_identity
        self._left = dies_at
        self._after = after

    def put_new(self, key: str, content: Content) -> None:
        self._left -= key != IDENTITY or self._counts_identity
        dies = self._left == 0
        if dies and not self._after:
            raise Killed
        super().put_new(key, content)
        if dies:
            raise Killed


def state(archive: Archive) -> dict[str, bytes]:
    """Every object but the identity, in which no two archives are alike."""
    keys = (info.key for info in archive.store.list(""))
    return {key: archive.read_object(key) for key in keys if key != IDENTITY}


def test_a_version_comes_back_as_it_was_committed(archive: Archive, version: Callable[..., Any], home: Any) -> None:
    made = version()
    manifest = archive.commit(made.draft, made.payloads)
    assert (manifest.version, manifest.previous) == (1, None)
    assert archive.latest("H11.35", 2023, ID) == manifest == archive.find(ID)
    for payload in made.payloads:
        assert archive.open_file(manifest, payload.name) == payload.data
    assert [page.text for page in archive.page_texts(manifest)] == ["Giấy chứng nhận", "Nguyễn Thị Hoa"]
    with home.open() as other:
        assert other.find(ID) == manifest
    assert archive.find("H11.35-230915-0002") is None
    assert archive.latest("H11.35", 2023, "H11.35-230915-0002") is None
    with pytest.raises(NotFound, match=r"records\.pdf"):
        archive.open_file(manifest, "results.pdf")


def test_the_next_version_names_the_one_before(archive: Archive, version: Callable[..., Any]) -> None:
    first = archive.commit(*_parts(version()))
    carried = tuple(file for file in first.files if file.role == "original")
    made = version(pages=["Kết quả"], section="results", carried=carried)
    second = archive.commit(made.draft, made.payloads[:2], base=first)
    stored = archive.read_object(f"H11.35/2023/{ID}/manifests/000001.json")
    assert (second.version, second.previous) == (2, hashlib.sha256(stored).hexdigest())
    assert archive.find(ID) == second
    assert archive.open_file(second, "quét.tif") == b"scan of a paper"
    assert [row.version for row in archive.catalogue.versions(ID)] == [1, 2]


def test_files_are_taken_from_paths_too(archive: Archive, version: Callable[..., Any], tmp_path: Path) -> None:
    made = version()
    paths = []
    for payload in made.payloads:
        path = tmp_path / payload.name
        path.write_bytes(payload.data)
        paths.append(type(payload)(payload.name, payload.role, payload.media_type, path))
    from_paths = archive.commit(made.draft, paths)
    with Archive.open(f"file://{tmp_path}/other", f"sqlite:///{tmp_path}/other.db", tmp_path / "s") as other:
        assert other.commit(made.draft, made.payloads) == from_paths


def test_an_original_is_not_written_again(archive: Archive, version: Callable[..., Any], home: Any) -> None:
    first = archive.commit(*_parts(version()))
    original = home.file("originals/*.tif")
    before = original.stat()
    archive.commit(*_parts(version(pages=["trang khác"])), base=first)
    after = original.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_one_of_two_writers_on_the_same_base_wins(home: Any, version: Callable[..., Any]) -> None:
    with home.open() as archive:
        base = archive.commit(*_parts(version()))
    drafts = [version(pages=[f"bản của người {number}"]) for number in range(4)]
    barrier = threading.Barrier(len(drafts))

    def commit(made: Any) -> Manifest | None:
        with home.open() as own:
            barrier.wait()
            try:
                return own.commit(*_parts(made), base=base)
            except VersionConflict:
                return None

    with ThreadPoolExecutor(len(drafts)) as pool:
        results = list(pool.map(commit, drafts))
    winners = [result for result in results if result is not None]
    assert len(winners) == 1
    with home.open() as archive:
        assert archive.find(ID) == winners[0]
        rebased = archive.commit(*_parts(drafts[0]), base=winners[0])
        assert rebased.version == 3


def test_a_commit_that_comes_too_late_leaves_nothing_behind(archive: Archive, version: Callable[..., Any]) -> None:
    base = archive.commit(*_parts(version()))
    archive.commit(*_parts(version(pages=["bản đến trước"])), base=base)
    before = state(archive)
    with pytest.raises(VersionConflict):
        archive.commit(*_parts(version(pages=["bản đến sau"], scan=b"later scan")), base=base)
    assert state(archive) == before
    assert list(archive.verify()) == []


def test_a_base_that_is_not_the_stored_one_is_refused(archive: Archive, version: Callable[..., Any]) -> None:
    base = archive.commit(*_parts(version()))
    with pytest.raises(VersionConflict):
        archive.commit(*_parts(version()), base=base.model_copy(update={"status": "held"}))


def test_a_dossier_has_one_home(archive: Archive, version: Callable[..., Any]) -> None:
    archive.commit(*_parts(version()))
    before = state(archive)
    with pytest.raises(ArchivedElsewhere, match=r"H11\.35, 2023"):
        archive.commit(*_parts(version(unit="H11.36")))
    assert state(archive) == before


def test_two_files_of_one_name_are_refused(archive: Archive, version: Callable[..., Any]) -> None:
    made = version()
    with pytest.raises(ValueError, match=r"records\.pdf"):
        archive.commit(made.draft, [*made.payloads, made.payloads[0]])
    assert state(archive) == {}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("second", [False, True], ids=["first version", "second version"])
def test_killed_at_any_step_a_rerun_reaches_the_same_state(
    home: Any,
    tmp_path: Path,
    version: Callable[..., Any],
    step: int,
    after: bool,
    second: bool,
) -> None:
    made = version(pages=["trang một", "trang hai"], scan=b"other scan")
    with Archive.open(f"file://{tmp_path}/whole", f"sqlite:///{tmp_path}/whole.db", tmp_path / "s") as whole:
        base = whole.commit(*_parts(version())) if second else None
        whole.commit(*_parts(made), base=base)
        expected, rows = state(whole), whole.catalogue.versions(ID)
    with home.open() as archive:
        base = archive.commit(*_parts(version())) if second else None
    dying = Archive(DyingStore(home.objects, step, after), f"sqlite:///{home.catalogue}", home.search)
    with dying, pytest.raises(Killed):
        dying.commit(*_parts(made), base=base)
    with home.open() as archive:
        latest = archive.latest("H11.35", 2023, ID)
        if latest == base:  # what the runner does: nothing of it is archived, so it is delivered again
            latest = archive.commit(*_parts(made), base=base)
        assert latest is not None
        assert state(archive) == expected
        assert archive.catalogue.versions(ID) == rows
        assert archive.search(SearchRequest("trang hai")).total == 1
        assert [issue for issue in archive.verify() if issue.severity != "info"] == []


def test_a_version_that_the_catalogue_missed_is_found_by_its_id_alone(home: Any, version: Callable[..., Any]) -> None:
    dying = Archive(DyingStore(home.objects, 4, True), f"sqlite:///{home.catalogue}", home.search)
    with dying, pytest.raises(Killed):
        dying.commit(*_parts(version()))
    with home.open() as archive:
        assert archive.catalogue.dossier(ID) is None
        found = archive.find(ID)
        assert found is not None
        row = archive.catalogue.dossier(ID)
        assert row is not None and row.version == 1
        assert archive.search(SearchRequest("giay chung nhan")).total == 1


COMMITTER = """
import itertools, sys
sys.path.insert(0, sys.argv[1])
from conftest import Home, make_version
from pathlib import Path
from typing import Any
home = Home(Path(sys.argv[2]))
with home.open() as archive:
    base = archive.latest("H11.35", 2023, "H11.35-230915-0001")
    for number in itertools.count((base.version if base else 0) + 1):
        made = make_version(pages=[f"lần thứ {number}", "trang chung"], scan=b"scan %d" % number)
        base = archive.commit(made.draft, made.payloads, base=base)
        archive.follow_search()
        print(base.version, flush=True)
"""


def test_sigkill_at_random_moments_loses_nothing_acknowledged(home: Any, tmp_path: Path) -> None:
    rng = random.Random(5)
    acknowledged = 0
    for _ in range(4):
        command = [sys.executable, "-c", COMMITTER, str(Path(__file__).parent), str(home.root)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        for line in child.stdout:
            acknowledged = int(line)
            break
        time.sleep(rng.uniform(0, 0.3))
        child.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *(int(line) for line in child.stdout if line.endswith("\n"))])
        child.wait()
        with home.open() as archive:
            latest = archive.latest("H11.35", 2023, ID)
            assert latest is not None
            assert latest.version in (acknowledged, acknowledged + 1)
            result = archive.search(SearchRequest(f'"lan thu {latest.version}"'))
            assert (result.total, result.behind) == (1, 0)
            issues = [issue for issue in archive.verify() if issue.severity != "info"]
            assert issues == []
    assert acknowledged >= 4


def test_a_lost_manifest_is_not_written_over(home: Any, version: Callable[..., Any]) -> None:
    with home.open() as archive:
        first = archive.commit(*_parts(version()))
        archive.commit(*_parts(version(pages=["hai"])), base=first)
    home.file("000002.json").unlink()
    with home.open() as archive, pytest.raises(IntegrityError, match="000002"):
        archive.latest("H11.35", 2023, ID)


class CommittedMeanwhile(FilesystemStore):
    """A real store in which another process commits, once, just after the objects of ``place`` were listed."""

    place: str | None = None

    def __init__(self, root: Path, commit: Callable[[], object]) -> None:
        super().__init__(root)
        self._commit = commit

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        yield from list(super().list(prefix))
        if prefix == self.place:
            self.place = None
            self._commit()


def test_a_version_that_another_process_commits_meanwhile_is_not_taken_for_lost(
    home: Any, version: Callable[..., Any]
) -> None:
    with home.open() as other:
        first = other.commit(*_parts(version()))
        drafts = iter([version(pages=["hai"]), version(pages=["ba"])])
        base = first

        def commit() -> None:
            nonlocal base
            base = other.commit(*_parts(next(drafts)), base=base)

        store = CommittedMeanwhile(home.objects, commit)
        with Archive(store, f"sqlite:///{home.catalogue}", home.search) as archive:
            store.place = manifest_prefix("H11.35", 2023, ID)
            assert archive.latest("H11.35", 2023, ID) == first
            assert base.version == 2, "the other process committed"
            store.place = f"{folder('H11.35', 2023, ID)}/"
            assert [issue.code for issue in archive.verify([ID]) if issue.severity == "error"] == []
            assert base.version == 3
            assert archive.latest("H11.35", 2023, ID) == base


def test_bytes_that_changed_are_not_handed_out(home: Any, version: Callable[..., Any]) -> None:
    with home.open() as archive:
        manifest = archive.commit(*_parts(version()))
        flip_bit(home.file("objects/*.pdf"), 20)
        with pytest.raises(IntegrityError, match=r"objects/.*\.pdf"):
            archive.open_file(manifest, "records.pdf")
        with pytest.raises(IntegrityError):  # the same bytes delivered again are not “already there”
            archive.commit(*_parts(version()), base=manifest)


def test_a_batch_record_is_kept_once(archive: Archive, batch: Callable[..., Any]) -> None:
    record = batch()
    archive.record_batch(record)
    archive.record_batch(record)
    assert list(archive.catalogue.batches()) == ["B1"]
    with pytest.raises(ObjectExists):
        archive.record_batch(record.model_copy(update={"inputs": ("khác",)}))


def flip_bit(file: Path, position: int) -> None:
    data = bytearray(file.read_bytes())
    data[position] ^= 1
    file.chmod(0o644)
    file.write_bytes(data)


def _parts(made: Any) -> tuple[Any, Any]:
    return made.draft, made.payloads
