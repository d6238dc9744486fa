from __future__ import annotations

import pytest

from pipeline.batch.patience import Patience, Waiting
from storage.errors import NotFound, StoreUnreachable


class Away:
    """A store that is away for the first calls."""

    def __init__(self, calls: int, lasting: bool = False) -> None:
        self.left = calls
        self.lasting = lasting
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.left:
            self.left -= 1
            error = StoreUnreachable("đi vắng / away")
            error.lasting = self.lasting
            raise error
        return "here"


def test_it_waits_longer_each_time_and_tells_once() -> None:
    told: list[Waiting] = []
    slept: list[float] = []
    patience = Patience(300, told.append, sleep=slept.append)
    assert patience(Away(7)) == "here"
    assert slept == [0.5, 1, 2, 4, 8, 10, 10]
    assert len(told) == 1
    assert patience(Away(1)) == "here"
    assert len(told) == 2, "each outage is told of"


def test_it_gives_up_after_its_time_and_at_once_on_what_waiting_cannot_mend() -> None:
    slept: list[float] = []
    with pytest.raises(StoreUnreachable):
        Patience(60, lambda _: None, sleep=slept.append)(Away(1000))
    assert 60 <= sum(slept) <= 70
    lasting = Away(1000, lasting=True)
    with pytest.raises(StoreUnreachable):
        Patience(60, lambda _: None, sleep=slept.append)(lasting)
    assert lasting.asked == 1


def test_a_person_who_stops_the_batch_is_heard_while_it_waits() -> None:
    away = Away(1000)
    with pytest.raises(StoreUnreachable):
        Patience(10**6, lambda _: None, lambda: away.asked >= 3, sleep=lambda _: None)(away)
    assert away.asked == 3


def test_other_errors_are_not_waited_for() -> None:
    def missing() -> None:
        raise NotFound("không có / no such object")

    with pytest.raises(NotFound):
        Patience(60, lambda _: None, sleep=lambda _: None)(missing)
