"""Figures of right and wrong, on cases counted by hand."""

from __future__ import annotations

import pytest

from pipeline.model import UNKNOWN
from pipeline.understanding.evaluation import Item, cuts, score


def item(truth: str, given: str, confidence: float = 0.95) -> Item:
    return Item("đâu đó", truth, given, confidence)


def test_shares_of_known_and_strange() -> None:
    items = [item("a", "a"), item("a", "b"), item("a", "b"), item("b", UNKNOWN), item(UNKNOWN, UNKNOWN)]
    found = score([*items, item(UNKNOWN, "a")])
    assert (found.known, found.strange) == (4, 2)
    assert found.coverage == pytest.approx(3 / 4)
    assert found.accuracy == pytest.approx(1 / 4), "of all answers, those about strange papers too"
    assert found.refused == pytest.approx(1 / 2)
    assert found.confusions == (("a", "b", 2), (UNKNOWN, "a", 1))


def test_a_machine_as_sure_as_it_is_right_is_honest() -> None:
    honest = [item("a", "a" if n < 9 else "b", 0.9) for n in range(10)] + [
        item("a", "ab"[n % 2], 0.5) for n in range(4)
    ]
    assert score(honest).ece == pytest.approx(0.0)
    boastful = [item("a", "ab"[n % 2], 1.0) for n in range(10)]
    found = score(boastful)
    assert found.ece == pytest.approx(0.5)
    assert [(b.low, b.count, b.confidence, b.accuracy) for b in found.bins] == [(0.9, 10, 1.0, 0.5)]


def test_nothing_to_divide_by_is_no_figure() -> None:
    found = score([])
    assert (found.coverage, found.accuracy, found.refused, found.ece, found.bins) == (None, None, None, None, ())
    assert cuts([], []).recall is None


def test_beginnings() -> None:
    found = cuts([{2, 4}, set()], [{2, 3}, {5}])
    assert (found.begin, found.found, found.told, found.false) == (2, 1, 3, 2)
    assert (found.recall, found.false_share) == (0.5, pytest.approx(2 / 3))
