"""Commands that run beside a test: started, waited for by what the journal says, stopped where they stop themselves."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from typing import Any

import psutil

from tests.e2e.conftest import COMMAND


def batches(desk: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.sohoa("batches", "--all", "--json").of("batch-state")
    return found


def only_batch(desk: Any) -> dict[str, Any]:
    (batch,) = batches(desk)
    return batch


def start(desk: Any, *arguments: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(COMMAND), *arguments],
        cwd=desk.folder, env={**os.environ, **variables}, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def wait_for_pages(desk: Any, state: str, count: int) -> None:
    """Wait until the journal has so many pages in that state; asked of its file, for sohoa is busy."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"file:{desk.folder}/sohoa-data/catalogue.db?mode=ro", uri=True)) as journal,
        ):
            found = journal.execute("SELECT count(*) FROM journal_pages WHERE state = ?", (state,)).fetchone()[0]
            if found >= count:
                return
        time.sleep(0.02)
    raise AssertionError(f"never {count} pages {state}")


def wait_until_stopped(child: subprocess.Popen[str]) -> None:
    """Wait until the process has come to the place where it was told to stop itself."""
    until = time.monotonic() + 120
    while psutil.Process(child.pid).status() != psutil.STATUS_STOPPED:
        assert time.monotonic() < until
        assert child.poll() is None, "it never came by"
        time.sleep(0.01)
