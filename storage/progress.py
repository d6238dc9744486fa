"""How long work says how far it came; what is shown of it is the caller's affair."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how many of its things are done, and how many there are (0: not known)."""


def silent(step: str, done: int, total: int) -> None:
    """Show nothing."""
