from __future__ import annotations

import os
from pathlib import Path

from sohoa.machine import available_memory, quotas, rooms, usable_cores


def test_cores_follow_the_affinity_mask() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert 1 <= usable_cores() <= len(allowed)


def test_memory_is_a_real_amount() -> None:
    assert 0 < available_memory() < 1 << 50


def tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root


def test_limits_of_every_group_above_count(tmp_path: Path) -> None:
    root = tree(
        tmp_path / "cgroup",
        {
            "system.slice/cpu.max": "150000 100000\n",
            "system.slice/sohoa.service/cpu.max": "max 100000\n",
            "system.slice/memory.max": "max\n",
            "system.slice/memory.current": "9000\n",
            "system.slice/sohoa.service/memory.max": "5000\n",
            "system.slice/sohoa.service/memory.current": "4000\n",
            "system.slice/sohoa.service/memory.stat": "anon 1000\nfile 3000\ninactive_file 2500\n",
        },
    )
    membership = tree(tmp_path, {"self": "0::/system.slice/sohoa.service\n"}) / "self"
    assert list(quotas(root, membership)) == [1.5]
    assert list(rooms(root, membership)) == [5000 - 4000 + 2500]


def test_groups_of_the_older_kind_are_read_too(tmp_path: Path) -> None:
    root = tree(
        tmp_path / "cgroup",
        {
            "cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
            "cpu,cpuacct/job/cpu.cfs_quota_us": "200000\n",
            "cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
            "memory/memory.limit_in_bytes": "8000\n",
            "memory/memory.usage_in_bytes": "3000\n",
        },
    )
    membership = tree(tmp_path, {"self": "4:cpu,cpuacct:/job\n3:memory:/elsewhere/on/the/host\n0::/\n"}) / "self"
    assert list(quotas(root, membership)) == [2.0]
    assert list(rooms(root, membership)) == [5000]


def test_without_groups_there_is_no_limit(tmp_path: Path) -> None:
    assert list(quotas(tmp_path, tmp_path / "none")) == []
    assert list(rooms(tmp_path, tmp_path / "none")) == []
