"""Places in a batch's way where the chaos test stops the process, to kill it there with all that it started.

``FAULT_AT=manifest-stored:2`` makes the process stop itself (SIGSTOP) when it comes to that place the second time;
whoever set the variable then kills it.  Without the variable a place costs one look-up.  Every boundary between two
lasting changes has one: what survives a kill at each of them survives a kill anywhere between.
"""

from __future__ import annotations

import os
import signal

POINTS = (
    "batch-entered",
    "file-inspected",
    "page-reading",
    "page-read",
    "assembled",
    "payload-stored",
    "manifest-stored",
    "catalogue-recorded",
    "pages-settled",
    "copy-kept",
    "batch-recorded",
    "batch-closed",
    "file-claimed",
    "source-freed",
)
"""Every place, in the order in which a batch comes by."""

_VARIABLE = "FAULT_AT"
_name, _, _count = os.environ.get(_VARIABLE, "").partition(":")
_left = int(_count or 1)


def reach(point: str) -> None:
    """Say that the process came to ``point``; it stops there when it was asked to."""
    global _left
    if point == _name:
        assert point in POINTS, point
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
