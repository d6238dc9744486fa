"""A dossier ID that cannot be: its unit was gone, or is none, or its day has not come."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.catalogue.loading import catalogue
from pipeline.understanding.identity import doubts
from sohoa import ids

TODAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("dossier", "codes"),
    [
        ("H11.35-230915-0001", []),
        ("H11.35-250829-0001", []),  # its systems were switched some weeks after the merger
        ("H11.35-250901-0001", ["unit-ended"]),
        ("H36.18-250901-0001", []),
        ("000.00.21.H10-260115-0012", ["unit-ended"]),
        ("H64.35-230915-0001", ["unit-unknown"]),
        ("000.00.21.H99-230915-0001", ["unit-unknown"]),
        ("G22.1-230915-000001", []),  # not all ministries are known
        ("030910-291115-TP05-4", []),
        ("03706/2026/07906", []),
        ("H36.18-260303-0001", []),  # a day begins earlier in Vietnam
        ("H36.18-260304-0001", ["received-in-future"]),
        ("H11.35-360915-0001", ["unit-ended", "received-in-future"]),
    ],
)
def test_what_cannot_be_is_told(dossier: str, codes: list[str]) -> None:
    assert [found.code for found in doubts(ids.parse(dossier), TODAY, catalogue().units)] == codes


def test_who_took_over_is_named() -> None:
    (found,) = doubts(ids.parse("H11.35-260101-0001"), TODAY, catalogue().units)
    assert "Bình Thuận (H11), 30/06/2025, nay thuộc Lâm Đồng (H36)" in found.message
    assert "now in Lâm Đồng (H36)" in found.message
