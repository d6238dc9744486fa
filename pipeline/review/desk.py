"""Where the versions of a review are made: assembled in a worker, committed on top of the newest one."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import cast

from pipeline.batch.cutting import Delivery
from pipeline.batch.jobs import ASSEMBLE, INSPECT, VERSIONS, Assembled, AssemblyJob, Base
from pipeline.batch.pool import Pool, Task
from pipeline.errors import PipelineError
from pipeline.model import Finding
from pipeline.settings import Settings
from scanners.base import FileInfo
from sohoa import __version__, ids
from sohoa.errors import ExitCode
from sohoa.ids import Section
from sohoa.wording import both
from storage.archive import Archive
from storage.errors import NotFound, VersionConflict
from storage.manifest import DecisionRecord, Manifest

_TIMEOUT = 900.0


class CannotDecide(PipelineError):
    """What was decided cannot be done to this dossier."""

    exit_code = ExitCode.USAGE
    code = "cannot-decide"
    advice = both("Xem hồ sơ bằng: sohoa show MÃ-HỒ-SƠ --pages", "See the dossier with: sohoa show ID --pages")


class Desk:
    """A context manager; workers are started when the first version needs one, files are gone at the end."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self._settings = settings
        self.archive = archive
        self._pool: Pool | None = None
        self._software: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def __enter__(self) -> Desk:
        self._scratch = tempfile.TemporaryDirectory(prefix="sohoa-review-")  # for this user only, gone at the end
        self.folder = Path(self._scratch.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.__exit__(kind, error, trace)
        self._scratch.cleanup()

    def place(self, kind: str) -> Path:
        """Return a new path of the desk's folder."""
        return self.folder / f"{next(self._numbers)}.{kind}"

    def commit(self, dossier_id: str, make: Callable[[Base | None], AssemblyJob | None], new: bool = False) -> Manifest:
        """Assemble and commit, on top of the newest version each time; with ``new`` there may be none yet.

        When ``make`` finds nothing to do, the newest version is the one.
        """
        while True:
            newest = self.archive.find(dossier_id)
            if newest is None and not new:
                raise NotFound(both("kho không có hồ sơ này", "no such dossier in the archive"), subject=dossier_id)
            job = make(self.base(newest) if newest is not None else None)
            if job is None:
                assert newest is not None
                return newest
            result = self.ask(ASSEMBLE, job)
            if isinstance(result, Finding):
                raise CannotDecide(result.message, subject=dossier_id, advice=result.advice)
            assembled = cast(Assembled, result)
            try:
                return self.archive.commit(assembled.draft, assembled.payloads, newest)
            except VersionConflict:
                continue

    def job(
        self, base: Base | None, dossier_id: str, decisions: Sequence[DecisionRecord], at: dt.datetime
    ) -> AssemblyJob:
        """Return the job of a version that brings no delivery."""
        known = base.manifest if base is not None else None
        dossier = None if ids.is_holding(dossier_id) else ids.parse(dossier_id)
        received = known.received if known else dossier.received if dossier else dt.date.today()
        return AssemblyJob(
            delivery=Delivery(dossier, dossier_id, holding=dossier_id if dossier is None else None),
            infos={},
            base=base,
            unit=known.unit if known else self._settings.unit or (dossier.unit if dossier else ""),
            received=received,
            created=at,
            batch="",
            software=self._versions(),
            folder=self.place("version"),
            catalogue=self._settings.understanding.catalogue_folder,
            refuse_secret=False,  # it was refused, or let in by a person, when it was delivered
            decisions=tuple(decisions),
        )

    def base(self, manifest: Manifest) -> Base:
        """Return a version with all that the next one is built from."""
        sections = {
            section: self.archive.open_file(manifest, f"{section.value}.pdf")
            for section in Section
            if manifest.file(f"{section.value}.pdf")
        }
        return Base(manifest, sections, tuple(self.archive.page_texts(manifest)))

    def originals(self, manifest: Manifest) -> dict[str, FileInfo]:
        """Return the version's originals as files to read from, by SHA-256."""
        originals = (file.sha256 for file in manifest.files if file.role == "original")
        return {sha256: self.original(manifest, sha256) for sha256 in originals}

    def original(self, manifest: Manifest, sha256: str) -> FileInfo:
        """Return an original of the version as a file to read from."""
        record = next(file for file in manifest.files if file.role == "original" and file.sha256 == sha256)
        path = self.folder / Path(record.name).name
        if not path.exists():
            path.write_bytes(self.archive.open_file(manifest, record.name))
        return cast(FileInfo, self.ask(INSPECT, (path, path.name, self._settings.limits.intake())))

    def ask(self, function: str, argument: object) -> object:
        """Let a worker do it; raises what stopped it."""
        if self._pool is None:
            self._pool = Pool(1, self._settings.limits.worker_memory)
        self._pool.submit(Task(None, function, argument, _TIMEOUT))
        while True:
            for done in self._pool.completed():
                if done.error is not None:
                    raise done.error
                return done.value

    def _versions(self) -> dict[str, str]:
        if not self._software:
            job = (self._settings.ocr, self._settings.understanding.catalogue_folder)
            self._software = {"sohoa": __version__, **cast(dict[str, str], self.ask(VERSIONS, job))}
        return self._software
