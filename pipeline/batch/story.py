"""The way of one group through a batch: inspect, read, cut, assemble, commit.

Bad input never leaves here as an exception: a file or page that cannot be taken becomes a finding, a kept copy under
``rejected/`` and a line of the ledger.  Only the archive itself being out of reach stops the batch.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Generator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline.batch.cutting import Delivery, Sheet, count_pages, cut
from pipeline.batch.jobs import ASSEMBLE, INSPECT, READ, Assembled, AssemblyJob, Base, ReadJob
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Group, PlannedFile
from pipeline.batch.pool import Done, Task
from pipeline.batch.records import archived_places
from pipeline.batch.signed import divided, tell_of_signatures
from pipeline.findings import finding, finding_of
from pipeline.model import Finding
from pipeline.ocr.engines import chosen, second
from pipeline.ocr.errors import EngineMissing
from pipeline.settings import Settings
from scanners.base import FileInfo, PageSource, ScanError
from sohoa import ids
from sohoa.errors import SohoaError
from sohoa.ids import Section
from storage.archive import Archive
from storage.errors import VersionConflict
from storage.manifest import Manifest

INSPECT_TIMEOUT = 120.0
ASSEMBLY_TIMEOUT = 900.0
UNASSIGNED_UNIT = "unassigned"

Steps = Generator[list[Task], list[Done], None]
InspectedFile = tuple[PlannedFile, FileInfo]


class BatchStory:
    """Tells each group's story; what all groups share lies in ``outcome``."""

    def __init__(
        self, settings: Settings, archive: Archive, folder: Path, outcome: Outcome, section: Section | None
    ) -> None:
        """``section`` is where pages go that neither a folder nor a cover sheet puts elsewhere."""
        self._section = section
        self._settings = settings
        self._archive = archive
        self._folder = folder
        self._outcome = outcome
        self._numbers = itertools.count(1)

    def group(self, group: Group) -> Steps:
        """Tell one group's story from its files to its committed versions."""
        if not group.files:
            self._outcome.nothing_delivered(group.name, group.dossier)
            return
        infos, refused = yield from self._inspect(group)
        if refused and (group.dossier is None or not infos):
            self._outcome.nothing_taken(group.dossier, refused)
        also = refused if group.dossier is not None else []
        sheets = yield from self._read_new(group, infos, also)
        deliveries = cut(group.name, sheets, group.dossier, by_folder=group.is_folder, section=self._section)
        assert count_pages(deliveries) == len(sheets), "a page was lost or doubled while cutting"
        files = {info.sha256: info for _, info in infos}
        parted = tell_of_signatures(deliveries, files)
        for number, delivery in enumerate(deliveries):
            if number == 0:
                delivery.findings.extend(also)
            yield from self._archive_delivery(delivery, files)
        self._outcome.keep_signed(parted)

    def _inspect(self, group: Group) -> Generator[list[Task], list[Done], tuple[list[InspectedFile], list[Finding]]]:
        """Look at every file; return those that can be read, and the findings about the others."""
        limits = self._settings.limits.intake()
        looked = yield [Task(None, INSPECT, (f.path, f.name, limits), INSPECT_TIMEOUT) for f in group.files]
        infos: list[InspectedFile] = []
        refused: list[Finding] = []
        for file, done in zip(group.files, looked, strict=True):
            if done.error is None:
                self._outcome.ledger.came_in(done.value.pages)
                infos.append((file, done.value))
            else:
                reason = _reason(done.error, "file-damaged", file.name)
                self._outcome.refuse_file(file, reason)
                refused.append(reason)
        return infos, refused

    def _read_new(
        self, group: Group, infos: Sequence[InspectedFile], also: Sequence[Finding]
    ) -> Generator[list[Task], list[Done], list[Sheet]]:
        """Read the group's pages in order, or none when the archive has all that can be read.

        Pages that no dossier has are tried first: on a rerun those are the ones that were refused before, and when
        they are refused again, no other page is read.  Otherwise the group is cut anew, and for that read as a whole.
        """
        jobs = [
            self._read_job(info, index, order, file.section)
            for order, (file, info) in enumerate(infos)
            for index in range(info.pages)
        ]
        homes = self._homes(group, jobs)
        tried = yield from self._read_pages([job for job in jobs if job.place not in homes])
        if homes and all(sheet.kind is None for sheet in tried):
            self._unchanged(group, {job.place: job.source for job in jobs}, homes, tried, infos, also)
            return []
        known = yield from self._read_pages([job for job in jobs if job.place in homes])
        return sorted((*tried, *known), key=lambda sheet: (sheet.file_order, sheet.source.index))

    def _homes(self, group: Group, jobs: Sequence[ReadJob]) -> dict[tuple[int, int], Manifest]:
        """Return the dossier that has each page; in a dossier's folder only that dossier counts.

        A page that was held and then delivered to its dossier is at home there.
        """
        homes: dict[tuple[int, int], Manifest] = {}
        rows = {sha256: self._archive.catalogue.sources(sha256) for sha256 in {job.info.sha256 for job in jobs}}
        find = cache(self._archive.find)
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
        self._outcome.refuse_sheets(refused, {info.sha256: info for _, info in infos})
        again = [finding for sheet in refused for finding in sheet.findings]
        for dossier_id in dict.fromkeys(home.dossier_id for home in homes.values()):
            own = [place for place, home in homes.items() if home.dossier_id == dossier_id]
            told = [*also, *again] if group.dossier is not None else []
            self._outcome.archived("unchanged", homes[own[0]], [sources[place] for place in own], told)
        if again and group.dossier is None:
            self._outcome.nothing_taken(None, again)
        shares = ((sources[place].file_sha256, home.dossier_id) for place, home in homes.items())
        self._outcome.keep_signed(divided(shares, {info.sha256: info for _, info in infos}))

    def _read_pages(self, jobs: Sequence[ReadJob]) -> Generator[list[Task], list[Done], list[Sheet]]:
        """Read the pages in order; one that cannot be read is a sheet with its reason."""
        sheets = yield from self._attempt(jobs)
        for again in (_by_the_second_engine, _without_text):
            # What takes a worker down is nearly always recognition: another engine may live; the picture surely does.
            poison = {n: retry for n, sheet in enumerate(sheets) if (retry := again(jobs[n], sheet)) is not None}
            retried = yield from self._attempt(list(poison.values()))
            for place, sheet in zip(poison, retried, strict=True):
                sheets[place] = sheet
        read = zip(jobs, sheets, strict=True)
        return [_reject(job, sheet) if isinstance(sheet, Finding) else sheet for job, sheet in read]

    def _attempt(self, jobs: Sequence[ReadJob]) -> Generator[list[Task], list[Done], list[Sheet | Finding]]:
        """Read the pages once; a page that took its worker down, or fell over, is the finding that says so."""
        finished = yield [Task(None, READ, job, self._settings.limits.page_timeout) for job in jobs]
        return [
            done.value if done.error is None else _reason(done.error, "page-crashed", job.info.name, job.index + 1)
            for job, done in zip(jobs, finished, strict=True)
        ]

    def _read_job(self, info: FileInfo, index: int, order: int, section: Section | None) -> ReadJob:
        return ReadJob(
            info=info,
            index=index,
            file_order=order,
            section=section,
            spool=self._folder / f"{next(self._numbers):07d}.page",
            ocr=self._settings.ocr,
            engine=chosen(self._settings.ocr.engine),
            profile=self._settings.pdf.profile,
            limits=self._settings.limits.intake(),
        )

    def _archive_delivery(self, delivery: Delivery, files: dict[str, FileInfo]) -> Steps:
        """Commit one delivery as a new version; start over from the newest one when another writer was first."""
        if delivery.is_empty:
            self._outcome.refuse_sheets(delivery.rejected, files)
            self._outcome.nothing_filed(delivery)
            return
        if delivery.dossier is None:
            delivery.holding = self._holding_of(delivery)
        while True:
            newest = self._newest(delivery)
            if newest is not None and delivery.places <= archived_places(newest):
                self._outcome.refuse_sheets(delivery.rejected, files)
                self._outcome.archived("unchanged", newest, delivery.sources, delivery.findings)
                return
            job = self._assembly_job(delivery, files, newest)
            (done,) = yield [Task(None, ASSEMBLE, job, ASSEMBLY_TIMEOUT)]
            if done.error is not None:
                self._outcome.refuse_delivery(delivery, files, _reason(done.error, "dossier-failed", delivery.name))
                return
            assembled: Assembled | Finding = done.value
            if isinstance(assembled, Finding):
                self._outcome.refuse_delivery(delivery, files, assembled)
                return
            try:
                manifest = self._archive.commit(assembled.draft, assembled.payloads, newest)
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
                    Path(sheet.spool).unlink()


def _by_the_second_engine(job: ReadJob, outcome: Sheet | Finding) -> ReadJob | None:
    other = second(job.engine)
    return replace(job, engine=other, retried=outcome) if other and isinstance(outcome, Finding) else None


def _without_text(job: ReadJob, outcome: Sheet | Finding) -> ReadJob | None:
    return replace(job, without_text=outcome) if isinstance(outcome, Finding) else None


def _reject(job: ReadJob, why: Finding) -> Sheet:
    """Return the sheet of a page that took a worker down even without being recognised."""
    return job.unread(finding("page-unreadable", file=job.info.name, page=job.index + 1, reason=why.message))


def _reason(error: BaseException, fallback: str, file: str, page: int | None = None) -> Finding:
    """Return the finding for what stopped a task; errors that sohoa does not know of keep their own words."""
    if isinstance(error, EngineMissing):
        raise error  # no page could be read: the batch stops, nothing is filed without text by the thousand
    if isinstance(error, ScanError):
        return finding_of(error, file=file, page=page)
    if isinstance(error, SohoaError):
        return finding(error.code, file=file, page=page, reason=error.message)
    return finding(fallback, file=file, page=page, reason=f"{type(error).__name__}: {error}")
