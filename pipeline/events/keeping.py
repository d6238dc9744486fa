"""The archive's keeping: what ``verify`` finds, and what waits for a person."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pipeline.events.base import Event, SeverityName


class IssueEvent(Event):
    """Something that ``verify`` found wrong."""

    event: Literal["issue"] = "issue"
    code: str
    severity: SeverityName
    dossier_id: str | None
    file: str | None
    key: str
    message: str


class VerifiedEvent(Event):
    """The last line of ``verify``."""

    event: Literal["verified"] = "verified"
    dossiers: int
    issues: int
    seconds: float


class ReviewEvent(Event):
    """One finding in the review queue: about a dossier, or (null) about a file that ``batch`` could not take in."""

    event: Literal["review"] = "review"
    dossier_id: str | None
    batch: str | None
    code: str
    severity: SeverityName
    section: str | None
    page: int | None
    file: str | None
    box: tuple[int, int, int, int] | None
    message: str
    advice: str


class DecisionEvent(Event):
    """A decision that was carried out: the version that holds it, and how many findings of that dossier still wait."""

    event: Literal["decision"] = "decision"
    dossier_id: str
    version: int
    waiting: int


class RunningPart(Event):
    """A batch that a living process is at; ``started`` is when this run of it began."""

    batch: str
    pages: int
    read: int
    pages_per_minute: float
    started: dt.datetime


class StatusEvent(Event):
    """What ``status`` prints: the archive, what is going on, what waits, and the room there is in bytes."""

    event: Literal["status"] = "status"
    archive: str
    dossiers: int
    held_dossiers: int
    pages: int
    findings: int
    running: tuple[RunningPart, ...]
    waiting: int
    interrupted: int
    held: int
    last_done: dt.datetime | None
    free_bytes: dict[str, int]
    free_memory: int
