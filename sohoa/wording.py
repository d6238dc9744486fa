"""How sohoa speaks to people: Vietnamese first, English second."""

from __future__ import annotations


def both(vietnamese: str, english: str) -> str:
    """Return one sentence in both languages."""
    return f"{vietnamese} / {english}"
