from __future__ import annotations

import os

from sohoa.machine import available_memory, usable_cores


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
