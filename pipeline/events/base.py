"""What all events have in common, and the one that says that a command cannot go on."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

SeverityName = Literal["info", "warning", "error"]
Box = tuple[int, int, int, int]


class Event(BaseModel):
    """Base of all events: frozen, and complete (absent values are null, never left out)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorEvent(Event):
    """The command could not go on; its exit status says of which kind the error is."""

    event: Literal["error"] = "error"
    code: str
    subject: str
    message: str
    advice: str
