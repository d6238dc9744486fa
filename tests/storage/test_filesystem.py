from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.errors import UsageError
from storage.errors import InvalidKey, NotFound, ObjectExists, StoreUnreachable
from storage.objects.filesystem import FilesystemStore
from storage.objects.open import open_store


@pytest.fixture
def store(tmp_path: Path) -> FilesystemStore:
    return FilesystemStore(tmp_path / "objects")


def test_exactly_one_of_racing_creates_wins(store: FilesystemStore) -> None:
    contents = [f"writer {number}".encode() * 5000 for number in range(8)]
    for round_number in range(20):
        key, barrier = f"a/{round_number:06d}.json", threading.Barrier(len(contents))

        def create(content: bytes, key: str = key, barrier: threading.Barrier = barrier) -> bool:
            barrier.wait()
            try:
                store.put_new(key, content)
            except ObjectExists:
                return False
            return True

        with ThreadPoolExecutor(len(contents)) as pool:
            won = list(pool.map(create, contents))
        assert won.count(True) == 1
        assert store.get(key) == contents[won.index(True)]


def test_a_content_addressed_put_is_written_once(store: FilesystemStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x" * 3_000_000)
    assert store.put("a/x.bin", source) is True
    written = (tmp_path / "objects/a/x.bin").stat()
    assert store.put("a/x.bin", source) is False
    again = (tmp_path / "objects/a/x.bin").stat()
    assert (written.st_ino, written.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)
    assert store.stat("a/x.bin").size == 3_000_000
    with store.open("a/x.bin") as stream:
        assert stream.read() == source.read_bytes()
    assert written.st_mode & 0o222 == 0


@settings(deadline=None)
@given(
    st.sets(st.from_regex(r"[a-c]([./_-]?[a-c0]){0,3}", fullmatch=True), max_size=8),
    st.sampled_from(["", "a", "a/", "b."]),
)
def test_listing_is_in_key_order_and_by_prefix(
    tmp_path_factory: pytest.TempPathFactory, keys: set[str], prefix: str
) -> None:
    store = FilesystemStore(tmp_path_factory.mktemp("list"))
    kept = []
    for key in sorted(keys):
        if not any(other.startswith(f"{key}/") or key.startswith(f"{other}/") for other in keys):
            store.put_new(key, key.encode())
            kept.append(key)
    assert [info.key for info in store.list(prefix)] == [key for key in kept if key.startswith(prefix)]


@pytest.mark.parametrize(
    "key", ["../x", "a/../../x", "/etc/passwd", "a//b", "", ".incoming/x", "a/.hidden", "đ", "a\0b"]
)
def test_a_key_that_leaves_the_store_is_refused(store: FilesystemStore, key: str) -> None:
    for call in (store.get, store.exists, lambda k: store.put_new(k, b"")):
        with pytest.raises(InvalidKey):
            call(key)


def test_what_is_not_there_is_not_found(store: FilesystemStore) -> None:
    assert list(store.list("")) == []
    assert not store.exists("a/b")
    for call in (store.get, store.stat):
        with pytest.raises(NotFound):
            call("a/b")


def test_a_store_that_cannot_be_written_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreUnreachable):
        FilesystemStore(tmp_path / "file").put_new("a", b"")


def test_a_killed_writer_leaves_no_object_and_the_next_one_tidies_up(tmp_path: Path) -> None:
    root, source = tmp_path / "objects", tmp_path / "pipe"
    os.mkfifo(source)  # the writer hangs reading it, in the middle of its put
    script = "import sys; from pathlib import Path; from storage.objects.filesystem import FilesystemStore as S\n"
    script += "S(Path(sys.argv[1])).put_new('a/b', Path(sys.argv[2]))"
    child = subprocess.Popen([sys.executable, "-c", script, str(root), str(source)])
    with source.open("wb", buffering=0) as stream:
        stream.write(b"half")
        child.send_signal(signal.SIGKILL)
        child.wait()
    store = FilesystemStore(root)
    assert not store.exists("a/b")
    assert list(store.list("")) == []
    assert len(list((root / ".incoming").iterdir())) == 1
    store.put_new("a/b", b"whole")
    assert store.get("a/b") == b"whole"
    assert list((root / ".incoming").iterdir()) == []


def test_a_writer_at_work_is_not_swept(tmp_path: Path) -> None:
    source = tmp_path / "pipe"
    os.mkfifo(source)
    first, second = FilesystemStore(tmp_path / "objects"), FilesystemStore(tmp_path / "objects")
    writer = threading.Thread(target=first.put_new, args=("a/slow", source))
    writer.start()
    with source.open("wb") as stream:
        second.put_new("a/quick", b"quick")
        stream.write(b"slow")
    writer.join()
    assert [first.get(info.key) for info in first.list("a/")] == [b"quick", b"slow"]


def test_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("file://./data/archive").put_new("a", b"1")
    assert (tmp_path / "data/archive/a").read_bytes() == b"1"
    assert open_store(f"file://{tmp_path}/data/archive").get("a") == b"1"
    assert open_store(open_store("file://./data/archive").url).get("a") == b"1"
    for wrong in ("s3://bucket", "data/archive", "file://", "http://x"):
        with pytest.raises(UsageError):
            open_store(wrong)
