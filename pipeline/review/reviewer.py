"""Carries out what a person decided: a new version of the dossier that holds the decision, who made it, when and why.

1. Decisions go into the manifest, so they survive any rebuilding, and every later delivery keeps to them.
2. The version is made as any other: assembled in a worker, committed through the archive; when another writer was
   first, it is made again on top of the newest one.
3. ``rotate`` reads the page again from its original; ``move`` takes pages into another dossier as they are.
   A holding stays as it is, and waits no more once all of its pages have a home; a dossier gets a version without them.
"""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import cast

from PIL import Image

from pipeline.batch.cutting import Delivery, Place, Sheet
from pipeline.batch.decisions import place_in_original
from pipeline.batch.jobs import ASSEMBLE, INSPECT, READ, VERSIONS, Assembled, AssemblyJob, Base, Leaving, Moved, ReadJob
from pipeline.batch.pool import Pool, Task
from pipeline.batch.records import filed_places, place_of
from pipeline.errors import PipelineError
from pipeline.model import Finding
from pipeline.ocr.engines import chosen
from pipeline.settings import Settings
from scanners.base import FileInfo
from scanners.render import render
from sohoa import __version__, ids
from sohoa.errors import ExitCode
from sohoa.ids import DossierId, Section
from sohoa.wording import both
from storage.archive import Archive
from storage.errors import NotFound, VersionConflict
from storage.manifest import DecisionRecord, Manifest, PageRecord

_TIMEOUT = 900.0
_PICTURE_DPI = 110


class CannotDecide(PipelineError):
    """What was decided cannot be done to this dossier."""

    exit_code = ExitCode.USAGE
    code = "cannot-decide"
    advice = both("Xem hồ sơ bằng: sohoa show MÃ-HỒ-SƠ --pages", "See the dossier with: sohoa show ID --pages")


class Reviewer:
    """A context manager; workers are started when the first decision needs one."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self._settings = settings
        self._archive = archive
        self._pool: Pool | None = None
        self._software: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def __enter__(self) -> Reviewer:
        self._scratch = tempfile.TemporaryDirectory(prefix="sohoa-review-")  # for this user only, gone at the end
        self._folder = Path(self._scratch.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.__exit__(kind, error, trace)
        self._scratch.cleanup()

    def picture(self, manifest: Manifest, section: str, page: int) -> Path:
        """Return a picture (PNG) of an archived page; it is gone when the review ends."""
        name = f"{manifest.dossier_id.replace('/', '_')}-{manifest.version}-{section}"
        pdf, shown = self._folder / f"{name}.pdf", self._folder / f"{name}-{page}.png"
        if not pdf.exists():
            pdf.write_bytes(self._archive.open_file(manifest, f"{section}.pdf"))
        if not shown.exists():
            record = next(p for p in manifest.pages if (p.section, p.number) == (section, page))
            points = record.width * 72 / record.dpi[0], record.height * 72 / record.dpi[1]
            timeout = self._settings.limits.render_timeout
            picture = render(pdf, page - 1, _PICTURE_DPI, points, timeout, manifest.dossier_id)
            Image.open(BytesIO(picture.data)).save(shown)
        return shown

    def decide(self, dossier_id: str, decisions: Sequence[DecisionRecord]) -> Manifest:
        """Make the version that holds these decisions; raises CannotDecide, NotFound, StoreUnreachable."""

        def job(base: Base | None) -> AssemblyJob:
            assert base is not None  # a dossier that is not there was refused
            reread: dict[tuple[str, int], str] = {}
            for one in decisions:
                _require_page(base.manifest, one)
                if one.action == "rotate":
                    reread[(one.section or "", one.page or 0)] = self._read_again(base.manifest, one)
            return self._job(base, base.manifest.dossier_id, decisions, reread=reread)

        return self._commit(dossier_id, job)

    def move(
        self, origin: Manifest, pages: frozenset[tuple[str, int]], dossier: DossierId, decision: DecisionRecord
    ) -> Manifest:
        """Take ``pages`` (section, 1-based page) of a holding or dossier into another; return the other's new version.

        They are in the other dossier before they leave their own: killed between, the next try goes on there.
        """
        here = [page for page in origin.pages if (page.section, page.number) in pages]
        here = [page for page in here if not self._is_elsewhere(page, origin.dossier_id, str(dossier))]
        if not here or origin.dossier_id == str(dossier):
            message = both("các trang này đã thuộc một hồ sơ khác", "these pages are in another dossier already")
            if origin.dossier_id == str(dossier):
                message = both("các trang này đã ở trong hồ sơ này", "these pages are in this dossier already")
            raise CannotDecide(message, subject=origin.dossier_id)
        places = {place_of(page.source, page.section) for page in here}
        moved = Moved(self._base(origin), frozenset((p.section, p.number) for p in here), self._originals(origin))

        def job(base: Base | None) -> AssemblyJob | None:
            if base is not None and places <= filed_places(base.manifest):
                return None  # an earlier try, or somebody else, brought them
            return self._job(base, str(dossier), [decision], moved=moved)

        there = self._commit(str(dossier), job, new=True)
        if not ids.is_holding(origin.dossier_id):
            self._let_go(origin.dossier_id, places, str(dossier), decision)
        return there

    def _let_go(self, origin: str, places: set[Place], to: str, decision: DecisionRecord) -> None:
        """Make the version of ``origin`` that is without the pages that another dossier has now."""

        def job(base: Base | None) -> AssemblyJob:
            assert base is not None  # it had the pages
            gone = [page for page in base.manifest.pages if place_of(page.source, page.section) in places]
            if not gone:
                message = both("người khác vừa chuyển các trang này", "somebody else has just moved these pages")
                raise CannotDecide(message, subject=origin)
            told = [
                decision.model_copy(
                    update={"action": "move-out", "section": page.section, "page": page.number, "value": to}
                )
                for page in reversed(gone)  # so that the numbers of those that follow are still right
            ]
            leaving = Leaving(frozenset((p.section, p.number) for p in gone), to, self._originals(base.manifest))
            return self._job(base, origin, told, leaving=leaving)

        self._commit(origin, job)

    def _originals(self, manifest: Manifest) -> dict[str, FileInfo]:
        originals = (file.sha256 for file in manifest.files if file.role == "original")
        return {sha256: self._original(manifest, sha256) for sha256 in originals}

    def _is_elsewhere(self, page: PageRecord, origin: str, dossier: str) -> bool:
        """Tell whether a third dossier has the page already: no page goes to two families."""
        return any(
            row.file_page == page.source.page
            and row.dossier_id not in (origin, dossier)
            and not ids.is_holding(row.dossier_id)
            for row in self._archive.catalogue.sources(page.source.sha256)
        )

    def settle_in_batch(self, batch: str, decision: DecisionRecord) -> None:
        """Keep a decision about a finding that no dossier has."""
        self._archive.record_decision(batch, decision)

    def _commit(
        self, dossier_id: str, make: Callable[[Base | None], AssemblyJob | None], new: bool = False
    ) -> Manifest:
        """Assemble and commit, on top of the newest version each time; with ``new`` there may be none yet.

        When ``make`` finds nothing to do, the newest version is the one.
        """
        while True:
            newest = self._archive.find(dossier_id)
            if newest is None and not new:
                raise NotFound(both("kho không có hồ sơ này", "no such dossier in the archive"), subject=dossier_id)
            job = make(self._base(newest) if newest is not None else None)
            if job is None:
                assert newest is not None
                return newest
            result = self._ask(ASSEMBLE, job)
            if isinstance(result, Finding):
                raise CannotDecide(result.message, subject=dossier_id, advice=result.advice)
            assembled = cast(Assembled, result)
            try:
                return self._archive.commit(assembled.draft, assembled.payloads, newest)
            except VersionConflict:
                continue

    def _job(
        self,
        base: Base | None,
        dossier_id: str,
        decisions: Sequence[DecisionRecord],
        reread: dict[tuple[str, int], str] | None = None,
        moved: Moved | None = None,
        leaving: Leaving | None = None,
    ) -> AssemblyJob:
        known = base.manifest if base is not None else None
        dossier = None if ids.is_holding(dossier_id) else ids.parse(dossier_id)
        delivery = Delivery(dossier, dossier_id, holding=dossier_id if dossier is None else None)
        received = known.received if known else dossier.received if dossier else dt.date.today()
        unit = known.unit if known else self._settings.unit or (dossier.unit if dossier else "")
        return AssemblyJob(
            delivery=delivery,
            infos={},
            base=base,
            unit=unit,
            received=received,
            created=decisions[-1].at,
            batch="",
            software=self._versions(),
            folder=self._folder / f"{next(self._numbers)}.version",
            refuse_secret=False,  # it was refused, or let in by a person, when it was delivered
            decisions=tuple(decisions),
            reread=reread or {},
            moved=moved,
            leaving=leaving,
        )

    def _read_again(self, manifest: Manifest, decision: DecisionRecord) -> str:
        """Read a page again as a person turned it; return the spool of the reading."""
        page = next(p for p in manifest.pages if (p.section, p.number) == (decision.section, decision.page))
        if page.source.original is None:
            raise CannotDecide(both("bản gốc không được giữ", "its original was not kept"), subject=manifest.dossier_id)
        info = self._original(manifest, page.source.original)
        spool = self._folder / f"{next(self._numbers)}.page"
        job = ReadJob(
            info=info,
            index=place_in_original(manifest, page.source, info.pages),
            position=1,
            file_order=0,
            section=Section(page.section),
            spool=spool,
            ocr=self._settings.ocr,
            limits=self._settings.limits.intake(),
            engine=chosen(self._settings.ocr.engine),
            profile=self._settings.pdf.profile,
            turns=int(decision.value or 0),
        )
        sheet = cast(Sheet, self._ask(READ, job))
        if sheet.spool is None:
            raise CannotDecide(sheet.findings[0].message, subject=manifest.dossier_id)
        return sheet.spool

    def _original(self, manifest: Manifest, sha256: str) -> FileInfo:
        """Return an original of the version as a file to read from."""
        record = next(file for file in manifest.files if file.role == "original" and file.sha256 == sha256)
        path = self._folder / Path(record.name).name
        if not path.exists():
            path.write_bytes(self._archive.open_file(manifest, record.name))
        return cast(FileInfo, self._ask(INSPECT, (path, path.name, self._settings.limits.intake())))

    def _base(self, manifest: Manifest) -> Base:
        sections = {
            section: self._archive.open_file(manifest, f"{section.value}.pdf")
            for section in Section
            if manifest.file(f"{section.value}.pdf")
        }
        return Base(manifest, sections, tuple(self._archive.page_texts(manifest)))

    def _versions(self) -> dict[str, str]:
        if not self._software:
            self._software = {"sohoa": __version__, **cast(dict[str, str], self._ask(VERSIONS, self._settings.ocr))}
        return self._software

    def _ask(self, function: str, argument: object) -> object:
        """Let a worker do it; raises what stopped it."""
        if self._pool is None:
            self._pool = Pool(1, self._settings.limits.worker_memory)
        self._pool.submit(Task(None, function, argument, _TIMEOUT))
        while True:
            for done in self._pool.completed():
                if done.error is not None:
                    raise done.error
                return done.value


def _require_page(manifest: Manifest, decision: DecisionRecord) -> None:
    """Raise CannotDecide when the decision is about a page that there is not, or that cannot be joined."""
    if decision.action not in ("type", "split", "join", "rotate"):
        return
    starts = {(document.section, document.first_page) for document in manifest.documents}
    place = (decision.section, decision.page)
    shown = f"{manifest.dossier_id} {decision.section}:{decision.page}"
    if place not in {(page.section, page.number) for page in manifest.pages}:
        raise CannotDecide(both("không có trang này", "there is no such page"), subject=shown)
    if decision.action == "type" and place not in starts:
        raise CannotDecide(both("không có giấy tờ nào bắt đầu ở trang này", "no document begins here"), subject=shown)
    if decision.action == "join" and (decision.page == 1 or place not in starts):
        raise CannotDecide(both("không có gì để nối ở trang này", "there is nothing to join here"), subject=shown)
    if decision.action == "split" and place in starts:
        raise CannotDecide(both("giấy tờ đã bắt đầu ở trang này", "a document begins here already"), subject=shown)
