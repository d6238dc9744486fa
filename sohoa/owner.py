"""Who works on something, so that another process can tell whether that one is still alive.

A process is named by its host, the host's boot, its number and the moment it started: numbers are used again, and
after a restart of the machine all of them.  A process of this very boot is asked for directly, so that neither a clock
that jumps nor a machine that slept makes a living one look dead; of one elsewhere only its lease tells.
"""

from __future__ import annotations

import getpass
import os
import socket
from functools import cache
from pathlib import Path

import psutil

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@cache
def _here() -> str:
    boot = _BOOT.read_text().strip() if _BOOT.is_file() else ""
    return f"{socket.gethostname()}/{boot}"


def this_process() -> str:
    """Return the name of the calling process as an owner."""
    return _named(os.getpid()) or f"{_here()}:{os.getpid()}:0"


def is_alive(owner: str) -> bool | None:
    """Tell whether ``owner`` still runs, or None when it belongs to another host or boot and cannot be asked."""
    where, _, rest = owner.partition(":")
    if where != _here():
        return None
    number = rest.partition(":")[0]
    return number.isdigit() and _named(int(number)) == owner


def person() -> str:
    """Return who decides at this keyboard: the name that the system knows the user by."""
    return getpass.getuser()


def shown(owner: str) -> str:
    """Return the owner as people call it: host and process number."""
    where, _, rest = owner.partition(":")
    return f"{where.partition('/')[0]}:{rest.partition(':')[0]}"


def _named(pid: int) -> str | None:
    """Return the owner's name of a running process, or None when there is none of that number (zombies are none)."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        # In ticks since the boot as the kernel keeps it: create_time() would follow the clock when it jumps.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return f"{_here()}:{pid}:{fields[19]}"
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return None
