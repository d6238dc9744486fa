"""What a search finds."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pipeline.events.base import Box, Event


class HitEvent(Event):
    """One page that answers a search; ``boxes`` are the hit words in px of the upright page."""

    event: Literal["hit"] = "hit"
    dossier_id: str
    section: str
    page: int
    procedure: str
    doctype: str
    unit: str
    date: dt.date
    snippet: str
    score: float
    boxes: tuple[Box, ...]


class TotalEvent(Event):
    """The last line of ``search``: exact number of pages that match, and the seconds it took."""

    event: Literal["total"] = "total"
    total: int
    seconds: float
