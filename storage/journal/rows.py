"""What goes into the journal and what comes out: frozen rows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from storage.journal.states import BatchState, FileState, PageState
from storage.manifest import BatchRecord, ExpectedRecord, LedgerRecord


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What somebody asked for: these inputs, in this way.

    ``inputs`` are absolute paths; ``options`` are the caller's own words for the way, kept to do it again, and make
    it another request when they differ.  ``wishes`` do not: a later run's replace an earlier one's.
    """

    origin: str
    inputs: tuple[Path, ...]
    options: dict[str, str] = field(default_factory=dict)
    wishes: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What is equal for two requests exactly when they ask for the same; who asks does not matter."""
        told = [os.fsencode(path) for path in self.inputs] + [json.dumps(self.options, sort_keys=True).encode()]
        return hashlib.sha256(b"\0".join(told)).hexdigest()


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that entered: the group that it belongs to, its name for people, and where it lies."""

    group: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as the journal has it; ``owner`` and ``lease`` are those of the process that had it last."""

    batch: str
    origin: str
    inputs: tuple[Path, ...]
    options: dict[str, str]
    wishes: dict[str, str]
    state: BatchState
    started: dt.datetime
    changed: dt.datetime
    attempts: int
    owner: str
    lease: dt.datetime
    ledger: LedgerRecord
    last_error: str
    record: BatchRecord | None
    """What the last run that came to an end left; what a person decides about is this."""

    @property
    def request(self) -> BatchRequest:
        """What was asked for."""
        return BatchRequest(self.origin, self.inputs, self.options, self.wishes)


@dataclass(frozen=True, slots=True)
class Entered:
    """A batch that this process owns now: its row, and the position in it of each file that was entered, in order.

    ``attempts`` says of pages, by position and 1-based page, how often a process died with them in its hands;
    ``expected``, by group, what cover sheets said in an earlier run.
    """

    row: BatchRow
    positions: tuple[int, ...]
    attempts: Mapping[tuple[int, int], int]
    expected: Mapping[str, tuple[ExpectedRecord, ...]]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a batch; ``pages`` and ``sha256`` are None until it was inspected."""

    position: int
    group: str
    name: str
    path: Path
    sha256: str | None
    pages: int | None
    state: FileState
    last_error: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page (1-based) of a file of a batch, and where it ended."""

    position: int
    page: int
    state: PageState
    attempts: int
    dossier_id: str | None
    version: int | None
    seconds: float | None
    last_error: str


@dataclass(frozen=True, slots=True)
class PageEnd:
    """What became of a page: the file's place in its batch, the 1-based page, and where it went."""

    position: int
    page: int
    state: PageState
    dossier_id: str | None = None
    version: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PageStep:
    """A page that a worker was given (``reading``) or gave back (``read``, or ``entered`` to be tried again)."""

    position: int
    page: int
    state: PageState
    seconds: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move of a batch: when, to which state, by which process or person, and why."""

    at: dt.datetime
    state: BatchState
    owner: str
    person: str
    reason: str


def joined(paths: Sequence[Path]) -> bytes:
    """Return paths as one value: no path has a NUL in it, and one that is no UTF-8 stays what it is."""
    return b"\0".join(os.fsencode(path) for path in paths)


def parted(value: bytes) -> tuple[Path, ...]:
    """Return the paths in ``value``."""
    return tuple(Path(os.fsdecode(part)) for part in value.split(b"\0"))
