"""How this room names a page to people: always with its file, in both languages."""

from __future__ import annotations


def page_of(name: str, index: int) -> str:
    """Return how people call the 0-based page ``index`` of the file ``name``."""
    return f"{name}, trang {index + 1} / page {index + 1}"
