"""How sohoa speaks to people: Vietnamese first, English second."""

from __future__ import annotations

from collections.abc import Iterable

_BETWEEN = " / "


def both(vietnamese: str, english: str) -> str:
    """Return one sentence in both languages."""
    return f"{vietnamese}{_BETWEEN}{english}"


def parted(text: str) -> tuple[str, str]:
    """Return the two languages of a sentence that ``both`` made; any other text stands for both."""
    vietnamese, between, english = text.partition(_BETWEEN)
    return (vietnamese, english) if between and _BETWEEN not in english else (text, text)


def listed(texts: Iterable[str]) -> str:
    """Return several sentences as one, in both languages."""
    parts = [parted(text) for text in texts]
    return both("; ".join(part[0] for part in parts), "; ".join(part[1] for part in parts))
