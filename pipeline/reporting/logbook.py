"""The log for machines: one JSON object per line, with the batch, dossier, file and page that it is about.

The file is opened for appending and each line is written by one call, so several commands may share it and
``logrotate`` may copy and truncate it.  Names of files are in it as people gave them; texts of pages and values of
fields never are.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

from pipeline.batch.outcome import Heard, PagesRead
from pipeline.batch.patience import Waiting
from pipeline.batch.release import Freed
from pipeline.events import DossierEvent


class Logbook:
    """Writes what is heard to a file; a context manager."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._log: Any = None

    def __enter__(self) -> Logbook:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._stream = self._file.open("a", encoding="utf-8", buffering=1)
        self._log = structlog.wrap_logger(
            structlog.WriteLogger(self._stream),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.say("stopped", "error", error=str(error), kind=type(error).__name__)
        self._stream.close()

    def hear(self, event: Heard) -> None:
        """Write one line about a page, dossier or outage, and one for each finding of a dossier."""
        if isinstance(event, PagesRead):
            level = "warning" if event.kind is None else "info"
            told = {"batch": event.batch, "file": event.file, "page": event.page, "seconds": round(event.seconds, 3)}
            self.say("page-read", level, **told, kind=event.kind, codes=event.codes, error=event.error or None)
        elif isinstance(event, Waiting):
            self.say("waiting", "warning", error=str(event.error), seconds=event.seconds)
        elif isinstance(event, Freed):
            self.say("source-left", "warning", file=str(event.source), error=event.why)
        else:
            self._hear_of_dossier(event)

    def say(self, event: str, level: str = "info", **told: object) -> None:
        """Write one line; what is None is left out."""
        # What cannot be logged must not stop the work: the archive and its journal say what became of each page.
        with contextlib.suppress(OSError):
            getattr(self._log, level)(event, **{name: value for name, value in told.items() if value is not None})

    def _hear_of_dossier(self, event: DossierEvent) -> None:
        about = {"dossier": event.dossier_id, "batch": event.batch}
        level = "info" if event.status in ("archived", "unchanged") else "warning"
        self.say("dossier", level, **about, status=event.status, version=event.version, pages=event.pages)
        for found in event.findings:
            place = {"section": found.section, "page": found.page, "file": found.file}
            self.say("finding", found.severity, **about, code=found.code, **place)
