from __future__ import annotations

import operator
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.pool import Done, Pool, Task, TaskTimedOut, WorkerDied

MEMORY = 3 * 1024**3


def run_all(pool: Pool, tasks: list[Task]) -> dict[object, Done]:
    waiting, finished = list(tasks), {}
    while len(finished) < len(tasks):
        while waiting and pool.idle:
            pool.submit(waiting.pop(0))
        for done in pool.completed():
            finished[done.key] = done
    return finished


def task(key: object, function: Callable[[Any], Any], argument: Any, timeout: float = 60) -> Task:
    return Task(key, f"{function.__module__}:{function.__qualname__}", argument, timeout)


@pytest.fixture(scope="module")
def pool() -> Any:
    with Pool(2, MEMORY) as running:
        yield running


def test_every_result_comes_back_under_its_key(pool: Pool) -> None:
    done = run_all(pool, [task(n, operator.neg, n) for n in range(20)])
    assert {key: d.value for key, d in done.items()} == {n: -n for n in range(20)}


def test_an_error_travels_with_its_type(pool: Pool) -> None:
    done = run_all(pool, [task("bad", int, "no number"), task("good", int, "7")])
    assert isinstance(done["bad"].error, ValueError)
    assert done["good"].value == 7


def test_a_worker_that_dies_costs_only_its_own_task(pool: Pool) -> None:
    done = run_all(pool, [task("dies", os._exit, 3), *(task(n, operator.neg, n) for n in range(8))])
    assert isinstance(done["dies"].error, WorkerDied)
    assert [done[n].value for n in range(8)] == [-n for n in range(8)]
    assert pool.size == 2


def test_a_task_over_its_limit_is_killed_with_its_children(pool: Pool, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    hang = task("hangs", os.system, f"sleep 300 & echo $! > {note}; wait", timeout=2)
    done = run_all(pool, [hang, task("fine", operator.neg, 1)])
    assert isinstance(done["hangs"].error, TaskTimedOut)
    assert done["fine"].value == -1
    sleeper = note.read_text().strip()
    for _ in range(50):
        state = subprocess.run(["ps", "-o", "stat=", "-p", sleeper], capture_output=True, text=True).stdout.strip()
        if state in ("", "Z"):
            break
        time.sleep(0.1)
    assert state in ("", "Z")


def test_the_memory_limit_of_a_worker_holds(pool: Pool) -> None:
    done = run_all(pool, [task("eats", bytearray, 4 * 1024**3)])
    assert isinstance(done["eats"].error, MemoryError)


def test_leaving_early_leaves_no_process() -> None:
    with Pool(2, MEMORY) as pool:
        pids = [run_all(pool, [task(0, operator.call, os.getpid)])[0].value]
        pool.submit(task("long", time.sleep, 300))
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_leaving_at_once_kills_workers_that_have_hardly_begun() -> None:
    for _ in range(5):
        with Pool(2, MEMORY) as pool:
            workers = [worker.process for worker in pool._workers]
            pool.submit(task("long", time.sleep, 300))
        assert not any(worker.is_alive() for worker in workers)


def test_a_task_that_asks_for_more_time_gets_it_and_no_more_than_that(pool: Pool) -> None:
    code = "import time; from pipeline.batch.pool import ask_for_time; ask_for_time({:.1f}); time.sleep(1.5)"
    tasks = [Task(seconds, "builtins:exec", code.format(seconds), 0.5) for seconds in (30.0, 0.6)]
    done = run_all(pool, tasks)
    assert done[30.0].error is None
    assert isinstance(done[0.6].error, TaskTimedOut)
