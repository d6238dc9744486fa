"""What this process may use of the machine: the cores and the memory, not what the machine has.

A container's cgroup and the scheduler's affinity mask both lower the count below ``os.cpu_count()``;
starting more OCR workers than that only makes each page slower.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import psutil

_CGROUP = Path("/sys/fs/cgroup")


def usable_cores() -> int:
    """Return how many cores this process may use: the smaller of its affinity mask and its cgroup quota."""
    affinity = len(os.sched_getaffinity(0))
    quota = _cgroup_quota()
    return max(1, min(affinity, math.ceil(quota))) if quota else affinity


def available_memory() -> int:
    """Return the bytes this process may still allocate: free memory, capped by its cgroup's limit."""
    free = int(psutil.virtual_memory().available)
    limit, used = _read_int(_CGROUP / "memory.max"), _read_int(_CGROUP / "memory.current")
    return min(free, max(0, limit - used)) if limit is not None and used is not None else free


def _cgroup_quota() -> float | None:
    try:
        quota, period = (_CGROUP / "cpu.max").read_text().split()
        return None if quota == "max" else int(quota) / int(period)
    except (OSError, ValueError):
        return None


def _read_int(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None
