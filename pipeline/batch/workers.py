"""How many workers to start: never more than the cores and the memory that this process may use."""

from __future__ import annotations

from pipeline.settings import Settings
from sohoa.machine import available_memory, usable_cores

WORKER_PEAK = 700 * 1024**2
"""Resident bytes that one worker and its Tesseract child may come to on an A3 page at 300 dpi in colour."""


def worker_count(settings: Settings) -> int:
    """Return the configured number of workers, or one per usable core that the free memory can feed."""
    if settings.workers is not None:
        return settings.workers
    return max(1, min(usable_cores(), available_memory() // WORKER_PEAK))
