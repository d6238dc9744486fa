"""How right the machine is, told from what people know: shares answered and right, confusions, honesty of confidence.

1. An item is one document's type or one dossier's procedure: what it is, what the machine says, how sure it is.
   ``unknown`` is no answer; saying so of what the catalogue does not know is right.
2. Accuracy is of what was answered, coverage the share that was; neither means much without the other.
3. A confidence is honest when of all answers given with 90 % nine in ten are right.  The expected calibration error
   (ECE) is the mean difference over ten equal bins, weighted by their size (Naeini et al., AAAI 2015).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import UNKNOWN

BINS = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be known: ``where`` it is, what it is (``truth``), and what the machine says (``given``)."""

    where: str
    truth: str
    given: str
    confidence: float

    @property
    def answered(self) -> bool:
        """Tell whether the machine says anything."""
        return self.given != UNKNOWN

    @property
    def right(self) -> bool:
        """Tell whether it is right."""
        return self.given == self.truth


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence lies between ``low`` and ``high``: how many, how sure on average, and how many right."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What a set of items says of the machine; shares are 0–1, and None where there is nothing to divide by.

    ``known`` counts items that the catalogue knows, ``strange`` those that it does not.
    """

    known: int
    coverage: float | None
    accuracy: float | None
    strange: int
    refused: float | None
    """Share of the strange that were called unknown."""
    ece: float | None
    bins: tuple[Bin, ...]
    confusions: tuple[tuple[str, str, int], ...]
    """(truth, given, how often), the most frequent first; what was not answered is none."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where documents begin: ``begin`` places where they do, ``found`` of them told, ``false`` told wrongly."""

    begin: int
    found: int
    told: int
    false: int

    @property
    def recall(self) -> float | None:
        """Share of the beginnings that were told."""
        return _share(self.found, self.begin)

    @property
    def false_share(self) -> float | None:
        """Share of what was told that is none."""
        return _share(self.false, self.told)


def score(items: Sequence[Item]) -> Scores:
    """Return what ``items`` say of the machine."""
    known = [one for one in items if one.truth != UNKNOWN]
    strange = [one for one in items if one.truth == UNKNOWN]
    answers = [one for one in items if one.answered]
    wrong = Counter((one.truth, one.given) for one in answers if not one.right)
    bins = tuple(_bins(answers))
    return Scores(
        known=len(known),
        coverage=_share(sum(one.answered for one in known), len(known)),
        accuracy=_share(sum(one.right for one in answers), len(answers)),
        strange=len(strange),
        refused=_share(sum(not one.answered for one in strange), len(strange)),
        ece=sum(b.count * abs(b.accuracy - b.confidence) for b in bins) / len(answers) if answers else None,
        bins=bins,
        confusions=tuple((*pair, count) for pair, count in wrong.most_common()),
    )


def cuts(truth: Iterable[set[int]], told: Iterable[set[int]]) -> Cuts:
    """Return how well beginnings were told; each set holds those of one section, its first page left out."""
    pairs = list(zip(truth, told, strict=True))
    return Cuts(
        begin=sum(len(true) for true, _ in pairs),
        found=sum(len(true & said) for true, said in pairs),
        told=sum(len(said) for _, said in pairs),
        false=sum(len(said - true) for true, said in pairs),
    )


def _bins(answers: Sequence[Item]) -> Iterable[Bin]:
    for number in range(BINS):
        inside = [one for one in answers if min(int(one.confidence * BINS), BINS - 1) == number]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.right for one in inside) / len(inside)
            yield Bin(number / BINS, (number + 1) / BINS, len(inside), mean, right)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
