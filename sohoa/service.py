"""Talking to the service manager (systemd): ready, still alive, what is being done, stopping.

Nothing is sent where no manager listens, so the same command runs in a terminal.  Source of the protocol: sd_notify(3).
"""

from __future__ import annotations

import contextlib
import os
import socket
import time


class Service:
    """The manager's ear, where there is one; ``alive`` may be called as often as one likes."""

    def __init__(self) -> None:
        self._address = os.environ.get("NOTIFY_SOCKET", "")
        watchdog = os.environ.get("WATCHDOG_USEC", "")
        self._pause = int(watchdog) / 1e6 / 3 if watchdog.isdigit() else None
        self._said = float("-inf")

    def ready(self) -> None:
        """Say that the start is over."""
        self._send("READY=1")

    def status(self, text: str) -> None:
        """Say in a few words what is being done, for ``systemctl status``."""
        self._send(f"STATUS={text}")

    def alive(self) -> None:
        """Feed the watchdog, three times in its time at most."""
        now = time.monotonic()
        if self._pause is not None and now - self._said >= self._pause:
            self._send("WATCHDOG=1")
            self._said = now

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._send("STOPPING=1")

    def _send(self, text: str) -> None:
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        # A manager that does not listen must not stop the work.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
            ear.sendto(text.encode(), address)
