"""How right the machine is: what ``evaluate`` prints."""

from __future__ import annotations

from typing import Literal

from pipeline.events.base import Event
from pipeline.understanding.evaluation import Cuts, Scores


class BinPart(Event):
    """Answers whose confidence lies between ``low`` and ``high``."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


class ConfusionPart(Event):
    """What was taken for something else, and how often."""

    truth: str
    given: str
    count: int


class ScoresPart(Event):
    """Shares 0–1 (null where there is nothing to divide by): of known items answered, of answers right.

    ``strange`` items are none of the catalogue's; ``refused`` is the share of them that was called unknown.
    """

    known: int
    coverage: float | None
    accuracy: float | None
    strange: int
    refused: float | None
    ece: float | None
    bins: tuple[BinPart, ...]
    confusions: tuple[ConfusionPart, ...]

    @classmethod
    def of(cls, scores: Scores) -> ScoresPart:
        """Return what ``scores`` say."""
        return cls(
            known=scores.known,
            coverage=scores.coverage,
            accuracy=scores.accuracy,
            strange=scores.strange,
            refused=scores.refused,
            ece=scores.ece,
            bins=tuple(
                BinPart(low=b.low, high=b.high, count=b.count, confidence=b.confidence, accuracy=b.accuracy)
                for b in scores.bins
            ),
            confusions=tuple(ConfusionPart(truth=t, given=g, count=count) for t, g, count in scores.confusions),
        )


class EvaluationEvent(Event):
    """How right types, procedures and the beginnings of documents are (``begin`` there are, ``found`` of them)."""

    event: Literal["evaluation"] = "evaluation"
    types: ScoresPart
    procedures: ScoresPart
    begin: int
    found: int
    false: int

    @classmethod
    def of(cls, types: Scores, procedures: Scores, parted: Cuts) -> EvaluationEvent:
        """Return the event of one evaluation."""
        return cls(
            types=ScoresPart.of(types),
            procedures=ScoresPart.of(procedures),
            begin=parted.begin,
            found=parted.found,
            false=parted.false,
        )
