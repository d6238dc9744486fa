"""What ``--json`` prints: one of these objects per line, and nothing else on standard output.

Other programs read these lines, so names and shapes are a contract; ``docs/events.schema.json`` is made from this
package and a test holds both that file and real output against it.  Fields may be added, never renamed or dropped.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter

from pipeline.events.base import ErrorEvent, Event
from pipeline.events.batches import (
    BatchEvent,
    BatchStateEvent,
    FileStateEvent,
    LedgerPart,
    MissingPart,
    MoveEvent,
    PageStateEvent,
)
from pipeline.events.dossiers import (
    DocumentPart,
    DossierEvent,
    ExplainEvent,
    ExportEvent,
    FilePart,
    FindingPart,
    GuessPart,
    RepairPart,
    ShowEvent,
)
from pipeline.events.evaluation import EvaluationEvent
from pipeline.events.keeping import DecisionEvent, IssueEvent, ReviewEvent, RunningPart, StatusEvent, VerifiedEvent
from pipeline.events.search import CatalogueEvent, HitEvent, TotalEvent

__all__ = [
    "AnyEvent",
    "BatchEvent",
    "BatchStateEvent",
    "CatalogueEvent",
    "DecisionEvent",
    "DocumentPart",
    "DossierEvent",
    "ErrorEvent",
    "EvaluationEvent",
    "Event",
    "ExplainEvent",
    "ExportEvent",
    "FilePart",
    "FileStateEvent",
    "FindingPart",
    "GuessPart",
    "HitEvent",
    "IssueEvent",
    "LedgerPart",
    "MissingPart",
    "MoveEvent",
    "PageStateEvent",
    "RepairPart",
    "ReviewEvent",
    "RunningPart",
    "ShowEvent",
    "StatusEvent",
    "TotalEvent",
    "VerifiedEvent",
    "json_schema",
]

AnyEvent = Annotated[
    DossierEvent
    | ShowEvent
    | ExplainEvent
    | EvaluationEvent
    | ExportEvent
    | BatchEvent
    | BatchStateEvent
    | FileStateEvent
    | MoveEvent
    | PageStateEvent
    | HitEvent
    | CatalogueEvent
    | TotalEvent
    | IssueEvent
    | VerifiedEvent
    | ReviewEvent
    | StatusEvent
    | DecisionEvent
    | ErrorEvent,
    Field(discriminator="event"),
]


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) that every line of ``--json`` output satisfies."""
    schema = TypeAdapter(AnyEvent).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "sohoa events", **schema}
