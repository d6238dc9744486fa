"""Prometheus metrics of a running command: served on a port of this host, written to a text file, or both.

::

    sohoa_pages_total{end}            pages by what became of them: content, blank, cover, failed
    sohoa_page_seconds                how long a worker had a page (histogram)
    sohoa_dossiers_total{status}      archived, unchanged, held, rejected
    sohoa_findings_total{code}        findings by code
    sohoa_batches_total{state}        batches that this process brought to a state
    sohoa_outages_total               times that the archive was away
    sohoa_pages_waiting               pages of the running batch that are not read yet
    sohoa_disk_free_bytes{folder}     room on the disks that are written
    sohoa_last_batch_timestamp_seconds   when the last batch came to its end
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server, write_to_textfile

from pipeline.batch.outcome import Heard, PagesRead
from pipeline.batch.patience import Waiting
from pipeline.events import DossierEvent
from pipeline.settings import LogSettings
from sohoa.disk import free_bytes

_WRITE = 5.0
"""Seconds between two writings of the text file."""
_SECONDS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300)


class Metrics:
    """Counts what is heard; a context manager.  ``folders`` are those whose disks are watched, by their names."""

    def __init__(self, settings: LogSettings, folders: Mapping[str, Path]) -> None:
        self._settings = settings
        self._folders = folders
        self._written = float("-inf")
        self.registry = CollectorRegistry()
        told = self.registry
        self._pages = Counter("sohoa_pages", "Pages by what became of them", ["end"], registry=told)
        self._seconds = Histogram("sohoa_page_seconds", "Worker's seconds for a page", buckets=_SECONDS, registry=told)
        self._dossiers = Counter("sohoa_dossiers", "Dossiers by status", ["status"], registry=told)
        self._findings = Counter("sohoa_findings", "Findings by code", ["code"], registry=told)
        self._batches = Counter("sohoa_batches", "Batches by the state they were brought to", ["state"], registry=told)
        self._outages = Counter("sohoa_outages", "Times that the archive was away", registry=told)
        self._waiting = Gauge("sohoa_pages_waiting", "Pages of the running batch not read yet", registry=told)
        self._disk = Gauge("sohoa_disk_free_bytes", "Room on the disks that are written", ["folder"], registry=told)
        self._last = Gauge("sohoa_last_batch_timestamp_seconds", "When the last batch came to its end", registry=told)

    def __enter__(self) -> Metrics:
        if self._settings.metrics_port is not None:
            self._server, self._thread = start_http_server(self._settings.metrics_port, "127.0.0.1", self.registry)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()
        if self._settings.metrics_port is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def hear(self, event: Heard) -> None:
        """Count a page, dossier or outage."""
        if isinstance(event, PagesRead):
            self._pages.labels(event.kind or "failed").inc()
            self._seconds.observe(event.seconds)
            self._waiting.set(max(0, event.known - event.read))
        elif isinstance(event, Waiting):
            self._outages.inc()
        elif isinstance(event, DossierEvent):
            self._dossiers.labels(event.status).inc()
            for found in event.findings:
                self._findings.labels(found.code).inc()
        if time.monotonic() - self._written > _WRITE:
            self._write()

    def batch_ended(self, state: str) -> None:
        """Count a batch that came to a state."""
        self._batches.labels(state).inc()
        self._waiting.set(0)
        self._last.set_to_current_time()
        self._write()

    def _write(self) -> None:
        """Look at the disks, and write the text file, whole or not at all."""
        self._written = time.monotonic()
        for name, folder in self._folders.items():
            self._disk.labels(name).set(free_bytes(folder))
        if self._settings.metrics_file is not None:
            self._settings.metrics_file.parent.mkdir(parents=True, exist_ok=True)
            write_to_textfile(str(self._settings.metrics_file), self.registry)
