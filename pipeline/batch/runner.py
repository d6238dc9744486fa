"""The batch runner: groups -> pages -> deliveries -> committed versions -> one balanced ledger.

1. A batch is in the journal before any of its files is touched; the same request goes on with one that did not come to
   its end.
2. ``driver`` leads the groups through the workers until all are done or the governor says halt.
3. A batch whose sheets add up is recorded in the archive and done; one whose do not is held for a person; one that was
   stopped keeps its spooled pages for the next run.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from pipeline.batch.driver import Driver
from pipeline.batch.governor import Governor, Halt
from pipeline.batch.jobs import VERSIONS
from pipeline.batch.missing import missing_sheets
from pipeline.batch.outcome import Listener, Outcome
from pipeline.batch.patience import Patience
from pipeline.batch.plan import Group
from pipeline.batch.pool import Pool, Task
from pipeline.batch.rejects import RejectKeeper
from pipeline.batch.story import BatchStory
from pipeline.batch.track import Order, Track
from pipeline.batch.work import WorkFolder
from pipeline.settings import Settings
from scanners.folder import shown_text
from sohoa import __version__
from sohoa.ids import Section
from storage.archive import Archive
from storage.errors import StorageError
from storage.journal.rows import BatchRequest, BatchRow
from storage.journal.states import BatchState
from storage.manifest import BatchRecord

VERSIONS_TIMEOUT = 60.0
EXPECT = "expect:"
"""What the wishes of a request begin with that tell numbers of pages."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch left: its record and state, how long it took, and whether anything waits for a person.

    ``halt`` says why it stopped before its end; its record is then of what was done so far.
    """

    record: BatchRecord
    state: BatchState
    seconds: float
    needs_review: bool
    halt: Halt | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be digitised, and for whom: the groups of ``request``, and what was told of them.

    ``section`` is where pages go that neither a folder nor a cover sheet puts elsewhere.
    """

    request: BatchRequest
    groups: Sequence[Group]
    section: Section | None = None
    order: Order = field(default_factory=Order)


def run_batch(
    work: Work, settings: Settings, workers: int, archive: Archive, tell: Listener, governor: Governor
) -> BatchResult:
    """Digitise ``work`` into ``archive`` and return what it left; ``tell`` hears of each dossier as it ends.

    Raises StoreUnreachable when the archive stays away (what was committed stays, and the journal says where the batch
    stands), never for bad input.
    """
    clock = time.monotonic()
    patiently = Patience(settings.limits.outage, tell, lambda: governor.halt() is not None)
    with Pool(workers, settings.limits.worker_memory) as pool:
        software = {"sohoa": __version__, **_versions(pool, settings)}
        finished = patiently(partial(_recorded, archive, work))
        if finished is not None:
            return BatchResult(finished, BatchState.DONE, time.monotonic() - clock, bool(finished.rejected))
        track = Track.enter(archive, work.request, work.groups, patiently, work.order)
        try:
            outcome = Outcome(track, software, RejectKeeper(settings.rejected), tell)
            _remember_expected(outcome, work)
            for file, pages in track.gone():
                outcome.went_away(file, pages)
            wanted = {row.batch for row in patiently(archive.journal.open_batches)}
            name = _fingerprint(settings, software)
            with WorkFolder(settings.work, track.batch, name, wanted.__contains__) as folder:
                story = BatchStory(settings, archive, folder.spool, outcome, work.section, patiently, governor)
                halt = Driver(pool, story, work.groups, outcome, governor).run()
                if halt is not None:
                    folder.keep()
            record = _record(outcome, work)
            state = _finish(archive, track, record, halt, patiently)
        except BaseException as error:
            # Where the journal cannot be written either, it finds out by itself that this process is gone.
            with contextlib.suppress(StorageError):
                track.stop(BatchState.INTERRUPTED, str(error) or type(error).__name__)
            raise
    return BatchResult(record, state, time.monotonic() - clock, outcome.needs_review, halt)


def _recorded(archive: Archive, work: Work) -> BatchRecord | None:
    """Return the record of a batch of this request that was killed when all that was left to do was to say so.

    None when there is no such batch, when a person gave it up, and when files came since then: those make a new batch.
    """
    row = archive.journal.pending(work.request)
    record = archive.batch_record(row.batch) if row is not None else None
    if record is None:
        return None
    if record.end != "done":
        archive.journal.decide(record.batch, BatchState(record.end), record.person, record.reason)
        return None
    archive.journal.conclude(record)
    known = {file.file for file in record.ledger.files}
    return record if all(file.name in known for group in work.groups for file in group.files) else None


def _remember_expected(outcome: Outcome, work: Work) -> None:
    """Hold the batch to what was told of it: by cover sheets in an earlier run, and by the person who started it."""
    for group, told in outcome.track.expected.items():
        outcome.ledger.expect(group, told)
    outcome.ledger.promised = expected_pages(outcome.track.row)


def expected_pages(row: BatchRow) -> dict[str, int]:
    """Return how many pages a person said that the batch (the name "") or files by their names have."""
    wishes = row.wishes.items()
    return {name.removeprefix(EXPECT): int(told) for name, told in wishes if name.startswith(EXPECT)}


def _record(outcome: Outcome, work: Work) -> BatchRecord:
    return BatchRecord(
        batch=outcome.batch,
        started=outcome.started,
        finished=dt.datetime.now(dt.UTC),
        inputs=tuple(shown_text(str(path)) for path in work.request.inputs),
        dossiers=tuple(outcome.versions.items()),
        rejected=tuple(outcome.rejected),
        findings=tuple(outcome.findings),
        ledger=outcome.ledger.record(),
    )


def _finish(archive: Archive, track: Track, record: BatchRecord, halt: Halt | None, patiently: Patience) -> BatchState:
    """Bring the batch to the state that it is in now; only one that is done gets its record into the archive."""
    if halt is not None and not halt.hold:
        track.flush()
        state = BatchState.WAITING if halt.later else BatchState.INTERRUPTED
        patiently(partial(track.stop, state, halt.reason))
        return state
    if halt is not None or not record.ledger.complete:
        reason = halt.reason if halt is not None else missing_sheets(record.ledger)[0].message
        track.close(record, BatchState.HELD, reason)
        return BatchState.HELD
    track.flush()
    patiently(partial(archive.record_batch, record))
    track.close(record, BatchState.DONE)
    return BatchState.DONE


def _fingerprint(settings: Settings, software: dict[str, str]) -> str:
    """Return what is another when a page would be read in another way."""
    read_by = [settings.ocr.model_dump_json(), settings.pdf.model_dump_json(), settings.limits.model_dump_json()]
    return hashlib.sha256(json.dumps([*read_by, software], sort_keys=True).encode()).hexdigest()[:16]


def _versions(pool: Pool, settings: Settings) -> dict[str, str]:
    """Ask a worker for the versions of what will read the pages.

    Raises EngineMissing and CatalogueInvalid before any file is touched.
    """
    job = (settings.ocr, settings.understanding.catalogue_folder)
    pool.submit(Task(None, VERSIONS, job, VERSIONS_TIMEOUT))
    (done,) = pool.completed()
    if done.error is not None:
        raise done.error
    return cast(dict[str, str], done.value)
