"""Whoever else hears what a batch tells, as the settings ask: nobody, a log, metrics."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from pipeline.batch.outcome import Heard, Listener
from pipeline.batch.runner import BatchResult
from pipeline.settings import Settings

if TYPE_CHECKING:  # their libraries are loaded only where somebody asks for them
    from pipeline.reporting.logbook import Logbook
    from pipeline.reporting.metrics import Metrics


class Watchers:
    """Everybody who hears; ``hear`` is the listener to give to a batch.  A context manager."""

    def __init__(self, settings: Settings, also: Sequence[Listener]) -> None:
        self._settings = settings
        self._also = tuple(also)
        self._stack = ExitStack()
        self._log: Logbook | None = None
        self._metrics: Metrics | None = None

    def __enter__(self) -> Watchers:
        told = self._settings.log
        if told.file is not None:
            from pipeline.reporting.logbook import Logbook

            self._log = self._stack.enter_context(Logbook(told.file))
        if told.metrics_file is not None or told.metrics_port is not None:
            from pipeline.reporting.metrics import Metrics

            self._metrics = self._stack.enter_context(Metrics(told, disks(self._settings)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def hear(self, event: Heard) -> None:
        """Tell everybody."""
        for listener in self._also:
            listener(event)
        if self._log is not None:
            self._log.hear(event)
        if self._metrics is not None:
            self._metrics.hear(event)

    def batch_ended(self, result: BatchResult) -> None:
        """Tell everybody how a batch ended."""
        if self._log is not None:
            ledger = result.record.ledger.model_dump(include={"pages_in", "filed", "separators", "blank", "rejected"})
            reason = result.halt.reason if result.halt is not None else None
            told = {"batch": result.record.batch, "state": result.state.value, "seconds": round(result.seconds, 1)}
            level = "info" if result.state.value == "done" else "warning"
            self._log.say("batch-ended", level, **told, ledger=ledger, reason=reason)
        if self._metrics is not None:
            self._metrics.batch_ended(result.state.value)


def disks(settings: Settings) -> dict[str, Path]:
    """Return the folders that are written, by what they are for."""
    folders = {"work": settings.work, "rejected": settings.rejected, "search": settings.search}
    archive = urlsplit(settings.archive)
    if archive.scheme == "file":
        folders["archive"] = Path(url2pathname(f"{archive.netloc}{archive.path}"))
    if settings.catalogue.startswith("sqlite:///"):
        folders["catalogue"] = Path(settings.catalogue.removeprefix("sqlite:///")).parent
    return folders
