"""One job from what was asked for to its freed sources: plan, run, and release, on an open archive.

``digitize``, ``nightly`` and ``watch`` all bring papers in through here, and ``batches retry`` makes the job of a batch
anew from what the journal keeps of it.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.batch.governor import Governor, Governors
from pipeline.batch.guards import Room
from pipeline.batch.outcome import Listener
from pipeline.batch.plan import Group, plan
from pipeline.batch.release import Destinations, free_sources
from pipeline.batch.runner import EXPECT, BatchResult, Work, expected_pages, run_batch
from pipeline.batch.track import Order
from pipeline.batch.workers import worker_count
from pipeline.reporting.watchers import Watchers, disks
from pipeline.settings import Settings
from sohoa import ids
from sohoa.errors import UsageError
from sohoa.ids import Section
from sohoa.owner import is_alive, this_process
from sohoa.text import fold
from sohoa.wording import both
from storage.archive import Archive
from storage.journal.rows import BatchRequest, BatchRow
from storage.journal.states import BatchState

_FOLDERS = ("done", "rejected")


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for.

    ``expected`` are numbers of pages by file name ("" for the whole batch); ``to`` is where sources go when the archive
    has them.
    """

    inputs: Sequence[Path]
    dossier: str | None = None
    section: Section | None = None
    expected: Mapping[str, int] = field(default_factory=dict)
    to: Destinations = field(default_factory=Destinations)
    origin: str = "digitize"
    first: tuple[str, ...] = ()
    """Patterns of names that come before all others, most urgent first."""

    def request(self, settings: Settings) -> BatchRequest:
        """Return what the journal keeps of it."""
        options = {"dossier": self.dossier, "section": self.section and self.section.value, "unit": settings.unit}
        wishes = {f"{EXPECT}{name}": str(count) for name, count in self.expected.items()}
        folders = {"done": self.to.done, "rejected": self.to.rejected}
        wishes |= {name: _told(folder) for name, folder in folders.items() if folder is not None}
        given = tuple(Path(os.path.abspath(path)) for path in self.inputs)  # noqa: PTH100  # links keep their names
        return BatchRequest(self.origin, given, {name: told for name, told in options.items() if told}, wishes)

    @classmethod
    def of(cls, row: BatchRow) -> Job:
        """Return the job that a batch was made of."""
        section = Section(row.options["section"]) if "section" in row.options else None
        return cls(row.inputs, row.options.get("dossier"), section, expected_pages(row), destinations(row), row.origin)


def destinations(row: BatchRow) -> Destinations:
    """Return where the sources of a batch are to go."""
    folders = [Path(os.fsdecode(bytes.fromhex(told))) if (told := row.wishes.get(name)) else None for name in _FOLDERS]
    return Destinations(*folders)


def settings_of(row: BatchRow, settings: Settings) -> Settings:
    """Return the settings with the unit that a batch was asked for with, which decides where its dossiers lie."""
    return settings.model_copy(update={"unit": row.options.get("unit")})


def digitize(
    archive: Archive, job: Job, settings: Settings, watchers: Watchers, governor: Governor, order: Order | None = None
) -> BatchResult:
    """Digitise what ``job`` names into an open archive, and free its sources when all of it is done.

    Raises NoRoom, before anything is touched, when a disk is nearly full.
    """
    _require_done_outside(job)
    room = Room(list(disks(settings).values()), settings.limits)
    room.require()
    freed = free_left_over(archive, watchers.hear) if job.to.done is not None else {}
    gone = {path: row for path, row in freed.items() if not os.path.lexists(path)}
    inputs = [path for path in job.inputs if Path(os.path.abspath(path)) not in gone]  # noqa: PTH100
    if not inputs and gone:  # the killed run had nothing left to do but to move them away
        done = next(iter(gone.values()))
        if done.record is not None:
            return BatchResult(done.record, BatchState.DONE, 0.0, bool(done.record.rejected))
    job = replace(job, inputs=inputs)
    dossier = ids.parse(job.dossier) if job.dossier else None
    groups = ordered(plan(job.inputs, dossier, follow=job.origin != "watch"), job.first)
    work = Work(job.request(settings), groups, job.section, order or Order())
    both_govern = Governors([governor, room])
    result = run_batch(work, settings, worker_count(settings), archive, watchers.hear, both_govern)
    archive.follow_search()
    watchers.batch_ended(result)
    if result.state is BatchState.DONE:
        free(archive, result.record.batch, watchers.hear)
    return result


def ordered(groups: Sequence[Group], first: Sequence[str]) -> list[Group]:
    """Return the groups with those in front whose name fits one of the patterns, earlier patterns first."""

    def place(group: Group) -> int:
        names = [fold(group.name), *(fold(file.name) for file in group.files[:1])]
        fits = (n for n, one in enumerate(first) if any(fnmatch.fnmatchcase(name, fold(one)) for name in names))
        return next(fits, len(first))

    return sorted(groups, key=place)


def free_left_over(archive: Archive, tell: Listener) -> dict[Path, BatchRow]:
    """Go on with moving sources away where a run was killed at that, or they would be taken for a new delivery.

    Returns the sources of those batches, each with its batch.
    """
    sources: dict[Path, BatchRow] = {}
    for row in archive.journal.unfreed():
        living = row.owner != this_process() and is_alive(row.owner)  # it is at that itself
        if destinations(row).done is not None and not living:
            sources |= {file.path: row for file in archive.journal.files(row.batch)}
            free(archive, row.batch, tell)
    return sources


def free(archive: Archive, batch: str, tell: Listener) -> None:
    """Free the sources of a batch that is done or released, and tell of those that stay where they are."""
    row = archive.journal.batch(batch)
    for freed in free_sources(archive, row, destinations(row)):
        if freed.moved_to is None:
            tell(freed)


def _require_done_outside(job: Job) -> None:
    """Raise UsageError when done sources would go into an input: the next run would take them for a delivery."""
    done = job.to.done.absolute() if job.to.done is not None else None
    for given in job.inputs:
        if done is not None and job.origin != "watch" and Path(given).absolute() in (done, *done.parents):
            message = both("thư mục --done nằm trong đầu vào", "the folder for done sources lies in an input")
            advice = both("Chọn một thư mục ở ngoài.", "Choose a folder outside of it.")
            raise UsageError(message, subject=str(job.to.done), advice=advice)


def _told(folder: Path) -> str:
    return os.fsencode(folder.absolute()).hex()
