"""The one way to start another program: a wall-clock limit, a memory limit and a process group of its own.

A child that runs out of time is killed with everything it started, so no orphan holds a page or a core.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sohoa.errors import SohoaError


class ChildFailed(SohoaError):
    """Another program ended with an error, ran out of time or could not be started."""

    code = "child-failed"


class ChildTimedOut(ChildFailed):
    """Another program was still running at its limit and was killed."""

    code = "child-timed-out"


@dataclass(frozen=True, slots=True)
class Finished:
    """What a child that ended by itself left: its exit status and its two outputs."""

    status: int
    stdout: bytes
    stderr: bytes


def limit_memory(limit: int | None) -> Callable[[], None] | None:
    """Return a function that caps the calling process's address space at ``limit`` bytes, or None."""
    if limit is None:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def run(
    command: Sequence[str],
    *,
    timeout: float,
    memory: int | None = None,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
) -> Finished:
    """Run ``command`` to its end and return what it left; a non-zero status is the caller's to judge.

    ``timeout`` is in seconds, ``memory`` in bytes of address space.  ``env`` is added to the environment.
    Raises ChildTimedOut after killing the whole process group, ChildFailed when it cannot be started.
    """
    try:
        child = subprocess.Popen(  # the one place that may: limits and group are set here
            command,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=limit_memory(memory),
            env={**os.environ, **(env or {})},
        )
    except OSError as error:
        raise ChildFailed(f"cannot start {command[0]}: {error.strerror}", advice="Run: sohoa doctor") from error
    try:
        stdout, stderr = child.communicate(stdin, timeout=timeout)
    except BaseException as stopped:
        kill_group(child.pid)
        child.communicate()
        if isinstance(stopped, subprocess.TimeoutExpired):
            raise ChildTimedOut(f"{command[0]} was still running after {timeout:g} s and was killed") from None
        raise
    return Finished(child.returncode, stdout, stderr)


def kill_group(leader: int) -> None:
    """Kill the process group of ``leader`` at once; a group that is gone is no error."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
