"""What this process may use of the machine: the cores and the memory, not what the machine has.

1. The scheduler's affinity mask and the control groups that the process is in both lower ``os.cpu_count()``; starting
   more OCR workers than that only makes each page slower.
2. A limit may be set on any group between the process's own and the root: the lowest counts.  Both kinds of groups are
   read (version 2, one tree; version 1, one tree per controller), since older servers still run the second.
3. A group's page cache can be given back, so it counts as free memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psutil

_ROOT, _MEMBERSHIP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def usable_cores() -> int:
    """Return how many cores this process may use: whole ones, of its affinity mask and its groups' quotas."""
    return max(1, int(min([len(os.sched_getaffinity(0)), *quotas()])))


def available_memory() -> int:
    """Return the bytes this process may still allocate: free memory, capped by what its groups leave."""
    return max(0, min([int(psutil.virtual_memory().available), *rooms()]))


def quotas(root: Path = _ROOT, membership: Path = _MEMBERSHIP) -> Iterator[float]:
    """Yield the cores that each group with a quota grants."""
    for group in _groups("cpu", root, membership):
        quota, period, *_ = [*_words(group / "cpu.max"), "", ""]  # version 2: “150000 100000” or “max 100000”
        if not quota:
            quota, period = _first(group / "cpu.cfs_quota_us"), _first(group / "cpu.cfs_period_us")
        if quota.isdigit() and period.isdigit() and int(period):  # no quota is “max” or -1
            yield int(quota) / int(period)


def rooms(root: Path = _ROOT, membership: Path = _MEMBERSHIP) -> Iterator[int]:
    """Yield the bytes that each group with a memory limit leaves."""
    names = (("memory.max", "memory.current"), ("memory.limit_in_bytes", "memory.usage_in_bytes"))
    for group in _groups("memory", root, membership):
        statistics = _words(group / "memory.stat")
        cache = dict(zip(statistics[::2], statistics[1::2], strict=False)).get("inactive_file", "0")
        for limit, used in ((_first(group / limit), _first(group / used)) for limit, used in names):
            if limit.isdigit() and used.isdigit():
                yield int(limit) - int(used) + int(cache)


def _groups(controller: str, root: Path, membership: Path) -> Iterator[Path]:
    """Yield the folders of the groups that ``controller`` has this process in, from its own up to the root.

    Inside a container the path may be the host's and not exist here; the root of what is mounted is its group then.
    """
    try:
        lines = membership.read_text().splitlines()
    except OSError:
        return
    for number, controllers, path in (line.split(":", 2) for line in lines if line.count(":") >= 2):
        if number == "0" and not controllers:
            top = root
        elif controller in controllers.split(","):
            top = root / controllers if (root / controllers).is_dir() else root / controller
        else:
            continue
        own = top / path.strip("/")
        yield from (folder for folder in (own, *own.parents) if folder == top or top in folder.parents)


def _words(file: Path) -> list[str]:
    try:
        return file.read_text().split()
    except OSError:
        return []


def _first(file: Path) -> str:
    return (_words(file) or [""])[0]
