"""The way of one group through a batch: inspect, read, cut, assemble, commit.

Bad input never leaves here as an exception: a file or page that cannot be taken becomes a finding, a kept copy under
``rejected/`` and a line of the ledger.  Only the archive itself being out of reach stops the batch.
"""

from __future__ import annotations

import datetime as dt
import errno
import itertools
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from pipeline.batch.cutting import Delivery, Sheet, count_pages, cut
from pipeline.batch.governor import Governor
from pipeline.batch.jobs import ASSEMBLE, INSPECT, READ, Assembled, AssemblyJob, Base, ReadJob
from pipeline.batch.outcome import Outcome
from pipeline.batch.patience import Patience
from pipeline.batch.plan import Group, PlannedFile
from pipeline.batch.pool import Done, Task
from pipeline.batch.records import archived_places
from pipeline.batch.signed import divided, tell_of_signatures
from pipeline.errors import SystemRefused
from pipeline.findings import finding, finding_of
from pipeline.model import Finding
from pipeline.ocr.engines import chosen, second
from pipeline.ocr.errors import EngineMissing
from pipeline.settings import Settings
from scanners.base import FileInfo, PageSource, ScanError
from sohoa import faults, ids
from sohoa.errors import SohoaError
from sohoa.ids import Section
from sohoa.wording import both
from storage.archive import Archive
from storage.errors import VersionConflict
from storage.manifest import Manifest

INSPECT_TIMEOUT = 120.0
ASSEMBLY_TIMEOUT = 900.0
UNASSIGNED_UNIT = "unassigned"
_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE)
"""What the system refuses whatever the page is."""

Steps = Generator[list[Task], list[Done], None]


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """A file that can be read, and its place in the batch's journal."""

    file: PlannedFile
    info: FileInfo
    position: int


class BatchStory:
    """Tells each group's story; what all groups share lies in ``outcome``."""

    def __init__(
        self,
        settings: Settings,
        archive: Archive,
        folder: Path,
        outcome: Outcome,
        section: Section | None,
        patiently: Patience,
        governor: Governor,
    ) -> None:
        """``section`` is where pages go that neither a folder nor a cover sheet puts elsewhere.

        ``folder`` is the batch's own; ``patiently`` does what needs the archive, and waits when it is away;
        ``governor`` is asked before a group's pages are begun.
        """
        self._section = section
        self._settings = settings
        self._archive = archive
        self._folder = folder
        self._outcome = outcome
        self._patiently = patiently
        self._governor = governor
        self._numbers = itertools.count(1)

    def group(self, group: Group) -> Steps:
        """Tell one group's story from its files to its committed versions."""
        if not group.files:
            self._outcome.nothing_delivered(group.name, group.dossier)
            return
        looked = yield from self._inspect(group)
        pages = sum(done.value.pages for done in looked if done.error is None)
        if not self._governor.may_begin(pages):
            self._outcome.deferred += 1
            return
        infos, refused = self._take_in(group, looked)
        if refused and (group.dossier is None or not infos):
            self._outcome.nothing_taken(group.dossier, refused)
        also = refused if group.dossier is not None else []
        sheets = yield from self._read_new(group, infos, also)
        deliveries = cut(group.name, sheets, group.dossier, by_folder=group.is_folder, section=self._section)
        assert count_pages(deliveries) == len(sheets), "a page was lost or doubled while cutting"
        files = {one.info.sha256: one.info for one in infos}
        first = min((one.position for one in infos), default=0)  # stays, whatever comes in front of it later
        key = f"{first:06d} {group.name}"  # two groups may have one name
        if sheets:
            self._outcome.promised(key, [promise for delivery in deliveries for promise in delivery.promises])
        elif infos:
            self._outcome.promised_before(key, [one.info.sha256 for one in infos])
        parted = tell_of_signatures(deliveries, files)
        for number, delivery in enumerate(deliveries):
            if number == 0:
                delivery.findings.extend(also)
            yield from self._archive_delivery(delivery, files)
        self._outcome.keep_signed(parted)

    def _inspect(self, group: Group) -> Generator[list[Task], list[Done], list[Done]]:
        """Look at every file: what it is, or why it cannot be taken in."""
        limits = self._settings.limits.intake()
        return (yield [Task(None, INSPECT, (f.path, f.name, limits), INSPECT_TIMEOUT) for f in group.files])

    def _take_in(self, group: Group, looked: Sequence[Done]) -> tuple[list[InspectedFile], list[Finding]]:
        """Write down what entered; return the files that can be read, and the findings about the others."""
        taken: list[tuple[PlannedFile, FileInfo]] = []
        refused: list[Finding] = []
        for file, done in zip(group.files, looked, strict=True):
            if done.error is None:
                self._outcome.ledger.came_in(done.value.name, done.value.sha256, done.value.pages)
                taken.append((file, done.value))
            else:
                reason = _reason(done.error, "file-damaged", file.name)
                self._outcome.refuse_file(file, reason)
                self._governor.refused()
                refused.append(reason)
        positions = self._outcome.track.inspected(taken)
        return [InspectedFile(*one, position) for one, position in zip(taken, positions, strict=True)], refused

    def _read_new(
        self, group: Group, infos: Sequence[InspectedFile], also: Sequence[Finding]
    ) -> Generator[list[Task], list[Done], list[Sheet]]:
        """Read the group's pages in order, or none when the archive has all that can be read.

        Pages that no dossier has are tried first: on a rerun those are the ones that were refused before, and when
        they are refused again, no other page is read.  Otherwise the group is cut anew, and for that read as a whole.
        """
        jobs = [self._read_job(one, index, order) for order, one in enumerate(infos) for index in range(one.info.pages)]
        homes = self._homes(group, jobs)
        new = [job for job in jobs if job.place not in homes]
        self._governor.begun(len(new))
        tried = yield from self._read_pages(new)
        if homes and all(sheet.kind is None for sheet in tried):
            self._unchanged(group, {job.place: job.source for job in jobs}, homes, tried, infos, also)
            return []
        self._governor.begun(len(jobs) - len(new))
        known = yield from self._read_pages([job for job in jobs if job.place in homes])
        return sorted((*tried, *known), key=lambda sheet: (sheet.file_order, sheet.source.index))

    def _homes(self, group: Group, jobs: Sequence[ReadJob]) -> dict[tuple[int, int], Manifest]:
        """Return the dossier that has each page; in a dossier's folder only that dossier counts.

        A page that was held and then delivered to its dossier is at home there.
        """
        homes: dict[tuple[int, int], Manifest] = {}
        sources = self._archive.catalogue.sources
        rows = {sha256: self._patiently(partial(sources, sha256)) for sha256 in {job.info.sha256 for job in jobs}}
        find = cache(lambda dossier_id: self._patiently(partial(self._archive.find, dossier_id)))
        for job in jobs:
            for row in rows[job.info.sha256]:
                foreign = group.dossier is not None and row.dossier_id != str(group.dossier)
                elsewhere = job.section is not None and row.section != job.section.value
                if row.file_page != job.index + 1 or foreign or elsewhere:
                    continue
                home = find(row.dossier_id)
                if home is not None and (job.place not in homes or homes[job.place].status == "held"):
                    homes[job.place] = home
        return homes

    def _unchanged(
        self,
        group: Group,
        sources: dict[tuple[int, int], PageSource],
        homes: dict[tuple[int, int], Manifest],
        refused: Sequence[Sheet],
        infos: Sequence[InspectedFile],
        also: Sequence[Finding],
    ) -> None:
        """Tell of the dossiers that have every page already, and of the pages that were refused once more."""
        files = {one.info.sha256: one.info for one in infos}
        self._outcome.refuse_sheets(refused, files)
        again = [finding for sheet in refused for finding in sheet.findings]
        for dossier_id in dict.fromkeys(home.dossier_id for home in homes.values()):
            own = [place for place, home in homes.items() if home.dossier_id == dossier_id]
            told = [*also, *again] if group.dossier is not None else []
            self._outcome.archived("unchanged", homes[own[0]], [sources[place] for place in own], told)
        if again and group.dossier is None:
            self._outcome.nothing_taken(None, again)
        shares = ((sources[place].file_sha256, home.dossier_id) for place, home in homes.items())
        self._outcome.keep_signed(divided(shares, files))

    def _read_pages(self, jobs: Sequence[ReadJob]) -> Generator[list[Task], list[Done], list[Sheet]]:
        """Read the pages in order; one that cannot be read is a sheet with its reason.

        What takes a worker down is nearly always recognition: another engine may live; the picture surely does.  A page
        that took this whole program down before, and that as often as may be, begins further down the ladder.
        """
        ladder = (_first, _by_the_second_engine, _without_text)
        rungs = [self._rung(job) for job in jobs]
        sheets: list[Sheet | Finding | None] = [
            _poison(job, deaths) for job, (_, deaths) in zip(jobs, rungs, strict=True)
        ]
        for height, again in enumerate(ladder):
            tries = {
                n: retry
                for n, (rung, _) in enumerate(rungs)
                if rung <= height and (retry := again(jobs[n], sheets[n])) is not None
            }
            tried = yield from self._attempt(list(tries.values()))
            for place, sheet in zip(tries, tried, strict=True):
                sheets[place] = sheet
        return [
            sheet if isinstance(sheet, Sheet) else _reject(job, sheet) for job, sheet in zip(jobs, sheets, strict=True)
        ]

    def _rung(self, job: ReadJob) -> tuple[int, int]:
        """Return where on the ladder a page begins, and how often the program died with it to make it so (0: never)."""
        deaths = self._outcome.track.attempts(job.position, job.index)
        rung = max(0, deaths - self._settings.limits.page_attempts + 1)
        return rung, deaths if rung else 0

    def _attempt(self, jobs: Sequence[ReadJob]) -> Generator[list[Task], list[Done], list[Sheet | Finding]]:
        """Read the pages once; a page that took its worker down, or fell over, is the finding that says so."""
        finished = yield [Task(None, READ, job, self._settings.limits.page_timeout) for job in jobs]
        return [
            done.value if done.error is None else _reason(done.error, "page-crashed", job.info.name, job.index + 1)
            for job, done in zip(jobs, finished, strict=True)
        ]

    def _read_job(self, one: InspectedFile, index: int, order: int) -> ReadJob:
        return ReadJob(
            info=one.info,
            index=index,
            position=one.position,
            file_order=order,
            section=one.file.section,
            # The same page of the same bytes has the same name when another run goes on with the batch.
            spool=self._folder / f"{one.position:06d}-{index:05d}-{one.info.sha256[:16]}.page",
            ocr=self._settings.ocr,
            engine=chosen(self._settings.ocr.engine),
            profile=self._settings.pdf.profile,
            timeout=self._settings.limits.page_timeout,
            limits=self._settings.limits.intake(),
        )

    def _archive_delivery(self, delivery: Delivery, files: dict[str, FileInfo]) -> Steps:
        """Commit one delivery as a new version; start over from the newest one when another writer was first."""
        if delivery.is_empty:
            self._outcome.refuse_sheets(delivery.rejected, files)
            self._outcome.nothing_filed(delivery)
            return
        if delivery.dossier is None:
            delivery.holding = self._patiently(partial(self._holding_of, delivery))
        while True:
            newest = self._patiently(partial(self._newest, delivery))
            if newest is not None and delivery.places == archived_places(newest, delivery.places):
                self._outcome.refuse_sheets(delivery.rejected, files)
                self._outcome.archived("unchanged", newest, delivery.sources, delivery.findings)
                return
            self._patiently(partial(self._tell_of_twins, delivery, newest))
            job = self._patiently(partial(self._assembly_job, delivery, files, newest))
            (done,) = yield [Task(None, ASSEMBLE, job, ASSEMBLY_TIMEOUT)]
            if done.error is not None:
                self._outcome.refuse_delivery(delivery, files, _reason(done.error, "dossier-failed", delivery.name))
                return
            assembled: Assembled | Finding = done.value
            if isinstance(assembled, Finding):
                self._outcome.refuse_delivery(delivery, files, assembled)
                return
            faults.reach("assembled")
            try:
                manifest = self._patiently(partial(self._archive.commit, assembled.draft, assembled.payloads, newest))
            except VersionConflict:
                continue
            self._outcome.refuse_sheets(delivery.rejected, files)
            self._outcome.archived(manifest.status, manifest, delivery.sources, ())
            self._forget(delivery)
            return

    def _holding_of(self, delivery: Delivery) -> str | None:
        """Return the holding that has one of these pages from an earlier delivery, as when a folder has grown."""
        for sheet in (sheet for sheets in delivery.pages.values() for sheet in sheets):
            for row in self._archive.catalogue.sources(sheet.source.file_sha256):
                if row.file_page == sheet.source.index + 1 and ids.is_holding(row.dossier_id):
                    return row.dossier_id
        return None

    def _tell_of_twins(self, delivery: Delivery, newest: Manifest | None) -> None:
        """Give the delivery a finding for each file of which another dossier has the very same pages."""
        known = archived_places(newest, delivery.places) if newest is not None else set()
        new: dict[str, set[int]] = {}
        for place in delivery.places - known:
            new.setdefault(place.file_sha256, set()).add(place.page)
        names = {source.file_sha256: source.name for source in delivery.sources}
        for file_sha256 in (one for one in names if one in new):
            elsewhere: dict[str, list[int]] = {}
            for row in self._archive.catalogue.sources(file_sha256):
                if row.file_page in new[file_sha256] and row.dossier_id != delivery.dossier_id and row.role == "filed":
                    elsewhere.setdefault(row.dossier_id, []).append(row.file_page)
            for dossier_id, pages in elsewhere.items():
                if ids.is_holding(dossier_id):
                    continue  # it waits there for its home, which this is
                told = finding(
                    "file-elsewhere", file=names[file_sha256], dossier=dossier_id, pages=", ".join(map(str, pages))
                )
                if told not in delivery.findings:
                    delivery.findings.append(told)

    def _newest(self, delivery: Delivery) -> Manifest | None:
        """Return the dossier's newest version, wherever it lies: a dossier is never split over two units."""
        known = self._archive.find(delivery.dossier_id)
        unit = known.unit if known else self._unit(delivery)
        received = known.received if known else self._received(delivery)
        return self._archive.latest(unit, received.year, delivery.dossier_id)

    def _assembly_job(self, delivery: Delivery, files: dict[str, FileInfo], newest: Manifest | None) -> AssemblyJob:
        return AssemblyJob(
            delivery=delivery,
            infos=files,
            base=self._base(newest) if newest else None,
            unit=newest.unit if newest else self._unit(delivery),
            received=newest.received if newest else self._received(delivery),
            created=self._outcome.started,
            batch=self._outcome.batch,
            software=self._outcome.software,
            folder=self._folder / f"{next(self._numbers):07d}.version",
            refuse_secret=self._settings.understanding.refuse_secret,
            catalogue=self._settings.understanding.catalogue_folder,
        )

    def _base(self, manifest: Manifest) -> Base:
        sections = {
            section: self._archive.open_file(manifest, f"{section.value}.pdf")
            for section in Section
            if manifest.file(f"{section.value}.pdf")
        }
        return Base(manifest, sections, tuple(self._archive.page_texts(manifest)))

    def _unit(self, delivery: Delivery) -> str:
        return self._settings.unit or (delivery.dossier.unit if delivery.dossier else UNASSIGNED_UNIT)

    def _received(self, delivery: Delivery) -> dt.date:
        return delivery.dossier.received if delivery.dossier else self._outcome.started.date()

    @staticmethod
    def _forget(delivery: Delivery) -> None:
        """Remove the spooled pages of a committed delivery: a night's batch must not fill the disk."""
        for sheets in delivery.pages.values():
            for sheet in sheets:
                if sheet.spool is not None:
                    Path(sheet.spool).unlink(missing_ok=True)  # the same page may have gone to two sections


def _first(job: ReadJob, outcome: Sheet | Finding | None) -> ReadJob | None:
    return job if outcome is None else None


def _by_the_second_engine(job: ReadJob, outcome: Sheet | Finding | None) -> ReadJob | None:
    other = second(job.engine)
    return replace(job, engine=other, retried=outcome) if other and isinstance(outcome, Finding) else None


def _without_text(job: ReadJob, outcome: Sheet | Finding | None) -> ReadJob | None:
    return replace(job, without_text=outcome) if isinstance(outcome, Finding) else None


def _poison(job: ReadJob, deaths: int) -> Finding | None:
    """Return why a page is not to be given to the first engine once more, or None."""
    if not deaths:
        return None
    reason = both(
        f"chương trình đã {deaths} lần dừng đột ngột khi đang đọc trang này",
        f"the program died {deaths} times with this page in its hands",
    )
    return finding("page-crashed", file=job.info.name, page=job.index + 1, reason=reason)


def _reject(job: ReadJob, why: Finding | None) -> Sheet:
    """Return the sheet of a page that took a worker down even without being recognised."""
    reason = why.message if why is not None else None
    return job.unread(finding("page-unreadable", file=job.info.name, page=job.index + 1, reason=reason))


def _reason(error: BaseException, fallback: str, file: str, page: int | None = None) -> Finding:
    """Return the finding for what stopped a task; errors that sohoa does not know of keep their own words."""
    if isinstance(error, EngineMissing):
        raise error  # no page could be read: the batch stops, nothing is filed without text by the thousand
    if isinstance(error, OSError) and error.errno in _MACHINE:
        raise SystemRefused.of(error)  # nor are pages refused by the thousand because a disk is full
    if isinstance(error, ScanError):
        return finding_of(error, file=file, page=page)
    if isinstance(error, SohoaError):
        return finding(error.code, file=file, page=page, reason=error.message)
    return finding(fallback, file=file, page=page, reason=f"{type(error).__name__}: {error}")
