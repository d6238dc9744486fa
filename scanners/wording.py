"""How this room speaks to people: Vietnamese first, English second, and always which file and page."""

from __future__ import annotations


def both(vietnamese: str, english: str) -> str:
    """Return one sentence in both languages."""
    return f"{vietnamese} / {english}"


def page_of(name: str, index: int) -> str:
    """Return how people call the 0-based page ``index`` of the file ``name``."""
    return f"{name}, trang {index + 1} / page {index + 1}"
