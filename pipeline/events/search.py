"""What a search finds, in the archive or in the domain catalogue."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

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


class CatalogueEvent(Event):
    """A procedure, document type or unit of the domain catalogue; ``entry`` is all that its data file says."""

    event: Literal["catalogue"] = "catalogue"
    kind: Literal["procedure", "doctype", "unit"]
    code: str
    name: str
    entry: dict[str, Any]


class TotalEvent(Event):
    """The last line of ``search``: exact number of pages that match, and the seconds it took."""

    event: Literal["total"] = "total"
    total: int
    seconds: float
