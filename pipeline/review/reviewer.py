"""Carries out what a person decided: a new version of the dossier that holds the decision, who made it, when and why.

1. Decisions go into the manifest, so they survive any rebuilding, and every later delivery keeps to them.
2. The version is made as any other: assembled in a worker, committed through the archive; when another writer was
   first, it is made again on top of the newest one (``desk``).
3. ``rotate`` reads the page again from its original; ``move`` takes pages into another dossier as they are (``mover``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import cast

from PIL import Image

from pipeline.batch.cutting import Sheet
from pipeline.batch.decisions import place_in_original, where_now
from pipeline.batch.jobs import READ, AssemblyJob, Base, ReadJob
from pipeline.catalogue.entries import Catalogue
from pipeline.catalogue.loading import catalogue
from pipeline.ocr.engines import chosen
from pipeline.review.desk import CannotDecide, Desk
from pipeline.review.mover import Mover, gone
from pipeline.settings import Settings
from scanners.render import render
from sohoa.ids import DossierId, Section
from sohoa.wording import both
from storage.archive import Archive
from storage.manifest import DecisionRecord, Manifest

_PICTURE_DPI = 110


class Reviewer:
    """A context manager; workers are started when the first decision needs one."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self._settings = settings
        self._archive = archive
        self._desk = Desk(settings, archive)
        self._mover = Mover(self._desk)

    def __enter__(self) -> Reviewer:
        self._desk.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._desk.__exit__(kind, error, trace)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that people choose types and procedures from."""
        return catalogue(self._settings.understanding.catalogue_folder)

    def picture(self, manifest: Manifest, section: str, page: int) -> Path:
        """Return a picture (PNG) of an archived page; it is gone when the review ends."""
        name = f"{manifest.dossier_id.replace('/', '_')}-{manifest.version}-{section}"
        pdf, shown = self._desk.folder / f"{name}.pdf", self._desk.folder / f"{name}-{page}.png"
        if not pdf.exists():
            pdf.write_bytes(self._archive.open_file(manifest, f"{section}.pdf"))
        if not shown.exists():
            record = next(p for p in manifest.pages if (p.section, p.number) == (section, page))
            points = record.width * 72 / record.dpi[0], record.height * 72 / record.dpi[1]
            timeout = self._settings.limits.render_timeout
            picture = render(pdf, page - 1, _PICTURE_DPI, points, timeout, manifest.dossier_id)
            Image.open(BytesIO(picture.data)).save(shown)
        return shown

    def decide(self, seen: Manifest, decisions: Sequence[DecisionRecord]) -> Manifest:
        """Make the version that holds these decisions, which a person took on the version ``seen``.

        Pages that an order broken off still claims are moved first; a page is the one that was seen, however it is
        numbered by now.  Raises CannotDecide, NotFound, StoreUnreachable.
        """
        self._mover.finish(seen.dossier_id)

        def job(base: Base | None) -> AssemblyJob:
            assert base is not None  # a dossier that is not there was refused
            now = [_as_numbered(seen, base.manifest, one) for one in decisions]
            reread: dict[tuple[str, int], str] = {}
            for one in now:
                _require_page(base.manifest, one)
                if one.action == "rotate":
                    reread[(one.section or "", one.page or 0)] = self._read_again(base.manifest, one)
            return replace(self._desk.job(base, base.manifest.dossier_id, now, now[-1].at), reread=reread)

        return self._desk.commit(seen.dossier_id, job)

    def move(
        self, seen: Manifest, pages: frozenset[tuple[str, int]], dossier: DossierId, decision: DecisionRecord
    ) -> Manifest:
        """Take ``pages`` (section, 1-based page) of a holding or dossier into another; return the other's new version.

        Raises CannotDecide, and has then moved none, when one of them is elsewhere or claimed for elsewhere.
        """
        return self._mover.move(seen, pages, str(dossier), decision)

    def homes(self, holding: Manifest, section: str, page: int) -> list[str]:
        """Return the dossiers that have a page of a holding already."""
        return self._mover.homes(holding, section, page)

    def settle_in_batch(self, batch: str, decision: DecisionRecord) -> None:
        """Keep a decision about a finding that no dossier has."""
        self._archive.record_decision(batch, decision)

    def _read_again(self, manifest: Manifest, decision: DecisionRecord) -> str:
        """Read a page again as a person turned it; return the spool of the reading."""
        page = next(p for p in manifest.pages if (p.section, p.number) == (decision.section, decision.page))
        if page.source.original is None:
            raise CannotDecide(both("bản gốc không được giữ", "its original was not kept"), subject=manifest.dossier_id)
        info = replace(self._desk.original(manifest, page.source.original), name=page.source.file)
        spool = self._desk.place("page")
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
        sheet = cast(Sheet, self._desk.ask(READ, job))
        if sheet.spool is None:
            raise CannotDecide(sheet.findings[0].message, subject=manifest.dossier_id)
        return sheet.spool


def _as_numbered(seen: Manifest, newest: Manifest, decision: DecisionRecord) -> DecisionRecord:
    """Return a decision about a page that was seen as one about the same page as it is numbered now."""
    if decision.section is None or decision.page is None:
        return decision  # about the dossier, or a page of a file
    page, went = where_now(seen, newest, decision.section, decision.page)
    if page is None:
        raise gone(seen, decision.section, decision.page, went)
    return decision.model_copy(update={"page": page})


def _require_page(manifest: Manifest, decision: DecisionRecord) -> None:
    """Raise CannotDecide when the decision is about a page that there is not, or that cannot be joined."""
    if decision.action not in ("type", "split", "join", "rotate"):
        return
    starts = {(document.section, document.first_page) for document in manifest.documents}
    place = (decision.section, decision.page)
    shown = f"{manifest.dossier_id} {decision.section}:{decision.page}"
    if any(place == (one.section, one.page) for one in manifest.moving):
        raise CannotDecide(both("trang này đang được chuyển đi", "this page is being moved away"), subject=shown)
    if place not in {(page.section, page.number) for page in manifest.pages}:
        raise CannotDecide(both("không có trang này", "there is no such page"), subject=shown)
    if decision.action == "type" and place not in starts:
        raise CannotDecide(both("không có giấy tờ nào bắt đầu ở trang này", "no document begins here"), subject=shown)
    if decision.action == "join" and (decision.page == 1 or place not in starts):
        raise CannotDecide(both("không có gì để nối ở trang này", "there is nothing to join here"), subject=shown)
    if decision.action == "split" and place in starts:
        raise CannotDecide(both("giấy tờ đã bắt đầu ở trang này", "a document begins here already"), subject=shown)
