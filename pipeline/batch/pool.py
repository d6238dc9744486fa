"""Worker processes that survive what they are fed.

1. Each worker is a process group leader with a cap on its address space; whatever it starts belongs to its group.
2. A worker holds one task at a time. The parent knows the task's deadline and the worker's sentinel.
3. A worker that passes the deadline, or dies, is killed with its whole group and replaced at once; its task comes
   back as ``TaskTimedOut`` or ``WorkerDied``: one poison page costs one worker, never the batch.
   A task that finds its page larger than usual asks for more time (``ask_for_time``).
4. Workers are forked from a server process that has the heavy modules loaded (forkserver, ``preload``), so that a
   replacement starts in milliseconds and no thread of the parent is ever forked.  ``start_server`` lets it load them
   while the parent loads its own: 0.5 s sooner to the first page.

``concurrent.futures`` is not used: its pool breaks as a whole when one worker dies, and cannot kill a running task.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing as mp
import os
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pkgutil import resolve_name
from typing import Any

from pipeline.errors import PipelineError
from sohoa.children import kill_group, limit_memory

_PRELOAD = ["pipeline.batch.preload"]


class TaskTimedOut(PipelineError):
    """The task was still running at its deadline; its worker was killed."""

    code = "page-timed-out"


class WorkerDied(PipelineError):
    """The worker ended in the middle of the task (crash, or out of its memory limit)."""

    code = "page-crashed"


@dataclass(frozen=True, slots=True)
class Task:
    """A function by its name (``package.module:function``) and its one picklable argument, with a limit in seconds.

    ``key`` is the caller's.
    """

    key: object
    function: str
    argument: Any
    timeout: float


@dataclass(frozen=True, slots=True)
class Done:
    """A finished task: what the function returned, or what stopped it."""

    key: object
    value: Any = None
    error: BaseException | None = None


def start_server() -> None:
    """Start the server that workers are forked from, unless it runs; it goes on loading by itself.

    It never hears Ctrl-C, which is the parent's to handle, and ends with the parent.
    """
    forkserver.set_forkserver_preload(_PRELOAD)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the server inherits the mask
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    deadline: float = field(default=float("inf"))


class Pool:
    """A fixed number of workers; a context manager that leaves no process behind, however it is left."""

    def __init__(self, workers: int, memory: int) -> None:
        start_server()
        self._context = mp.get_context("forkserver")
        self._memory = memory
        self._workers = [self._start() for _ in range(workers)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            if worker.task is None:
                with contextlib.suppress(BrokenPipeError):
                    worker.pipe.send(None)
        for worker in self._workers:
            worker.process.join(1.0 if worker.task is None else 0)
            self._kill(worker)

    @property
    def size(self) -> int:
        """Number of workers."""
        return len(self._workers)

    @property
    def idle(self) -> int:
        """Number of workers without a task."""
        return sum(w.task is None for w in self._workers)

    def submit(self, task: Task) -> None:
        """Hand ``task`` to an idle worker; the caller asks ``idle`` first."""
        worker = next(w for w in self._workers if w.task is None)
        worker.pipe.send((task.function, task.argument))
        worker.task, worker.deadline = task, time.monotonic() + task.timeout

    def completed(self, timeout: float | None = None) -> Iterator[Done]:
        """Wait until at least one task ended (or ``timeout`` seconds passed) and yield each that did."""
        busy = [w for w in self._workers if w.task is not None]
        if not busy:
            return
        patience = max(0.0, min(w.deadline for w in busy) - time.monotonic())
        wait([w.pipe for w in busy], patience if timeout is None else min(patience, timeout))
        for worker in busy:
            done = self._collect(worker)
            if done is not None:
                yield done

    def _collect(self, worker: _Worker) -> Done | None:
        task = worker.task
        assert task is not None  # only busy workers are asked
        if worker.pipe.poll():
            try:
                answer = worker.pipe.recv()
                if isinstance(answer, float):
                    worker.deadline = time.monotonic() + answer
                    return None
                value, error = answer
            except EOFError:
                self._replace(worker)
                status = worker.process.exitcode
                return Done(task.key, error=WorkerDied(f"a worker process ended with status {status} at this page"))
            worker.task = None
            return Done(task.key, value, error)
        if time.monotonic() >= worker.deadline:
            self._replace(worker)
            return Done(task.key, error=TaskTimedOut(f"still not finished after {task.timeout:g} s"))
        return None

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._memory), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _replace(self, worker: _Worker) -> None:
        self._kill(worker)
        self._workers[self._workers.index(worker)] = self._start()

    @staticmethod
    def _kill(worker: _Worker) -> None:
        pid = worker.process.pid
        if pid is not None:
            worker.process.kill()  # one that was forked this very moment leads no group yet
            kill_group(pid)
        worker.process.join()
        worker.pipe.close()


_asking: Connection | None = None
"""The pipe to the parent, in a worker."""


def ask_for_time(seconds: float) -> None:
    """Ask, from within a task, for so many seconds from now on; outside of a worker nobody need be asked."""
    if _asking is not None:
        _asking.send(seconds)


def _serve(pipe: Connection, memory: int) -> None:
    """Run tasks one after another until told to stop or the parent is gone (the worker's whole life)."""
    global _asking
    _asking = pipe
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    limit = limit_memory(memory)
    if limit is not None:
        limit()
    gc.freeze()  # what the server loaded is no garbage, and to look for some would copy the memory shared with it
    while True:
        try:
            message = pipe.recv()
        except EOFError:
            return
        if message is None:
            return
        function, argument = message
        try:
            answer: tuple[Any, BaseException | None] = (resolve_name(function)(argument), None)
        except Exception as error:  # noqa: BLE001 - it is not swallowed: it travels to the parent, which decides
            error.add_note(traceback.format_exc())  # pickling drops the traceback, a note stays
            answer = (None, error)
        pipe.send(answer)
