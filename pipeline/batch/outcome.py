"""What a batch leaves behind, told as it happens: the ledger, the dossiers touched, the files refused.

Every page's end passes through here once: into the ledger, and into the journal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.batch.cutting import Delivery, Promise, Sheet
from pipeline.batch.jobs import ReadJob
from pipeline.batch.ledger import End, Ledger, ends_in
from pipeline.batch.patience import Waiting
from pipeline.batch.plan import PlannedFile
from pipeline.batch.records import finding_record
from pipeline.batch.rejects import SECRET_MARK, RejectKeeper
from pipeline.batch.release import Freed
from pipeline.batch.signed import DIVIDED
from pipeline.batch.track import Track
from pipeline.events import DossierEvent, FindingPart
from pipeline.findings import finding
from pipeline.model import Finding
from scanners.base import FileInfo, PageSource
from sohoa.ids import DossierId
from storage.journal.rows import FileRow, PageRow
from storage.journal.states import ENDS, FileState, PageState
from storage.manifest import ExpectedRecord, FindingRecord, Manifest, RejectedRecord


@dataclass(frozen=True, slots=True)
class PagesRead:
    """Told after each page: pages read so far, of those known so far, and what became of this one.

    ``page`` is 1-based in ``file``; ``kind`` is None when it could not be read this way, and ``error`` says why;
    ``codes`` are those of its findings, of whatever severity.
    """

    batch: str
    read: int
    known: int
    file: str
    page: int
    seconds: float
    kind: str | None
    codes: tuple[str, ...] = ()
    error: str = ""


Heard = DossierEvent | PagesRead | Waiting | Freed
"""What a batch tells of while it runs: a dossier, a page, an outage, a source that stays where it is."""
Listener = Callable[[Heard], None]


@dataclass(slots=True)
class Outcome:
    """The running result of one batch; ``tell`` hears of each dossier as it ends.

    ``software`` names the programs and models whose work the manifests record.
    """

    track: Track
    software: dict[str, str]
    keeper: RejectKeeper
    tell: Listener
    ledger: Ledger = field(default_factory=Ledger)
    versions: dict[str, int] = field(default_factory=dict)
    rejected: list[RejectedRecord] = field(default_factory=list)
    findings: list[FindingRecord] = field(default_factory=list)
    pages_read: int = 0
    deferred: int = 0
    """Dossiers and stacks that were not begun: they wait for the next run."""
    needs_review: bool = False

    @property
    def batch(self) -> str:
        """The batch's ID."""
        return self.track.batch

    @property
    def started(self) -> dt.datetime:
        """When the batch was begun first: a later run that goes on with it makes the same versions."""
        return self.track.row.started

    def page_read(self, job: ReadJob, sheet: Sheet | None, seconds: float, error: BaseException | None) -> None:
        """Count one page read, for whoever watches."""
        self.pages_read += 1
        kind = sheet.kind.value if sheet is not None and sheet.kind is not None else None
        codes = tuple(found.code for found in sheet.findings) if sheet is not None else ()
        said = "" if error is None else str(error)
        known = self.ledger.pages_in
        page = job.index + 1
        self.tell(PagesRead(self.batch, self.pages_read, known, job.info.name, page, seconds, kind, codes, said))

    def archived(
        self,
        status: Literal["archived", "unchanged", "held"],
        manifest: Manifest,
        sources: Sequence[PageSource],
        also: Sequence[Finding],
    ) -> None:
        """Count ``sources`` where the manifest has them, and tell of the dossier, with findings not in it."""
        for source, end in ends_in(manifest, sources):
            self._ended(source, end, manifest.dossier_id, manifest.version)
        self.track.flush()
        self.versions[manifest.dossier_id] = manifest.version
        told = set(manifest.findings)
        for place, entry in enumerate(self.rejected):
            if entry.finding in told:
                self.rejected[place] = entry.model_copy(update={"dossier_id": manifest.dossier_id})
        brought = {(source.file_sha256, source.index + 1) for source in sources}
        sections = {p.section for p in manifest.pages if (p.source.sha256, p.source.page) in brought}
        event = DossierEvent.of(manifest, status, next(iter(sections)) if len(sections) == 1 else None)
        known = {part.model_dump_json() for part in event.findings}
        new = tuple(part for part in map(_part, also) if part.model_dump_json() not in known)
        self._say(event.model_copy(update={"findings": (*event.findings, *new)}))

    def nothing_taken(self, dossier: DossierId | None, refused: Sequence[Finding]) -> None:
        """Tell of a group of which files were refused and no dossier holds the findings; ``refuse_file`` keeps them."""
        self._say(DossierEvent.rejected(str(dossier) if dossier else None, tuple(map(_part, refused))))

    def nothing_filed(self, delivery: Delivery) -> None:
        """Account for a delivery without a page to archive: cover sheets alone, or only pages that were refused."""
        for aside in delivery.set_aside:
            self._ended(aside.sheet.source, "separator")
        self.track.flush()
        refused = {f for sheet in delivery.rejected for f in sheet.findings}
        self.findings += [finding_record(f) for f in delivery.findings if f not in refused]
        dossier_id = str(delivery.dossier) if delivery.dossier else None
        self._say(DossierEvent.rejected(dossier_id, tuple(map(_part, delivery.findings))))

    def promised(self, group: str, promises: Iterable[Promise]) -> None:
        """Hold what cover sheets said would follow against what did."""
        told = [(promise.cover.file_sha256, _expected(group, promise)) for promise in promises]
        self.ledger.expect(group, [one for _, one in told])
        self.track.promised(group, told)

    def promised_before(self, group: str, files: Sequence[str]) -> None:
        """Hold a group whose cover sheets are not read again to what they said when they were."""
        told = self.track.earlier_promises(files)
        self.ledger.expect(group, [one for _, one in told])
        self.track.promised(group, [(sha256, one.model_copy(update={"group": group})) for sha256, one in told])

    def went_away(self, file: FileRow, pages: Sequence[PageRow]) -> None:
        """Account for a file of an earlier run of this batch that is there no more, by what the journal says of it.

        A page that had not come to its end then is missing, and holds the batch.
        """
        if file.state is FileState.REFUSED:
            self.ledger.refused_file(file.name, file.sha256)
        else:
            self.ledger.came_in(file.name, file.sha256, file.pages or 1)
            for page in pages:
                if page.state in ENDS:
                    self.ledger.ended(file.name, file.sha256, page.page - 1, _END[page.state])
        self.findings.append(finding_record(finding("file-vanished", file=file.name)))

    def nothing_delivered(self, name: str, dossier: DossierId | None) -> None:
        """Tell of a folder without a file in it."""
        reason = finding("folder-empty", file=name)
        self.findings.append(finding_record(reason))
        self._say(DossierEvent.rejected(str(dossier) if dossier else None, (_part(reason),)))

    def refuse_file(self, file: PlannedFile, reason: Finding) -> None:
        """Keep a whole file aside."""
        copy, digest = self.keeper.keep(file.path, file.name, reason)
        self.ledger.refused_file(file.name, digest)
        self.track.refused(file, f"[{reason.code}] {reason.message}")
        self._reject(file.name, None, digest, reason, str(copy) if copy else None)

    def refuse_sheets(self, sheets: Sequence[Sheet], files: Mapping[str, FileInfo]) -> None:
        """Keep aside the files of pages that could not be read."""
        for sheet in sheets:
            self._refuse_sheet(sheet, files, sheet.findings[0])

    def refuse_delivery(self, delivery: Delivery, files: Mapping[str, FileInfo], reason: Finding) -> None:
        """Keep aside every page of a delivery that could not be made into a version.

        Pages that could not be read have a reason of their own, unless the delivery is secret: no copy is made then.
        """
        sheets = [s for pages in delivery.pages.values() for s in pages]
        for sheet in [*sheets, *(aside.sheet for aside in delivery.set_aside)]:
            self._refuse_sheet(sheet, files, reason)
        for sheet in delivery.rejected:
            self._refuse_sheet(sheet, files, reason if reason.code == SECRET_MARK else sheet.findings[0])
        dossier_id = str(delivery.dossier) if delivery.dossier else None
        self._say(DossierEvent.rejected(dossier_id, tuple(map(_part, (*delivery.findings, reason)))))

    def keep_signed(self, divided: Iterable[FileInfo]) -> None:
        """Keep signed files aside whole whose pages went to several dossiers, none of them refused as secret."""
        secret = {record.sha256 for record in self.rejected if record.finding.code == SECRET_MARK}
        for info in divided:
            if info.sha256 not in secret:
                self.keeper.keep(info.path, info.name, finding(DIVIDED, file=info.name))

    def _refuse_sheet(self, sheet: Sheet, files: Mapping[str, FileInfo], reason: Finding) -> None:
        info = files[sheet.source.file_sha256]
        copy, digest = self.keeper.keep(info.path, info.name, reason)
        self._ended(sheet.source, "rejected", reason=f"[{reason.code}] {reason.message}")
        self._reject(info.name, sheet.source.index + 1, digest, reason, str(copy) if copy else None)

    def _ended(
        self, source: PageSource, end: End, dossier_id: str | None = None, version: int | None = None, reason: str = ""
    ) -> None:
        self.ledger.ended(source.name, source.file_sha256, source.index, end)
        self.track.ended(source, end, dossier_id, version, reason)

    def _reject(self, file: str, page: int | None, digest: str | None, reason: Finding, kept_at: str | None) -> None:
        self.rejected.append(
            RejectedRecord(
                file=file, page=page, sha256=digest, finding=finding_record(reason), kept_at=kept_at, pages=1
            )
        )

    def _say(self, event: DossierEvent) -> None:
        waits = any(part.severity != "info" for part in event.findings)
        self.needs_review |= waits or event.status in ("held", "rejected")
        self.tell(event.model_copy(update={"batch": self.batch}))


_END: Mapping[PageState, End] = {
    PageState.FILED: "filed",
    PageState.SEPARATOR: "separator",
    PageState.BLANK: "blank",
    PageState.REJECTED: "rejected",
}


def _expected(group: str, promise: Promise) -> ExpectedRecord:
    return ExpectedRecord(
        said_by="cover",
        group=group,
        dossier_id=str(promise.dossier),
        section=promise.section.value,
        file=promise.cover.name,
        page=promise.cover.index + 1,
        expected=promise.expected,
        found=promise.found,
        blank=promise.blank,
        last_file=promise.last.name,
        last_page=promise.last.index + 1,
    )


def _part(reason: Finding) -> FindingPart:
    return FindingPart.of(finding_record(reason))
