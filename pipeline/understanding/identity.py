"""The dossier's own ID held against what is known of units and days: it has no check digit, so this is its defence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.catalogue.units import Units, canonical
from pipeline.findings import finding
from pipeline.model import Finding
from sohoa.ids import DossierId

_TOLERANCE = dt.timedelta(60)
"""How long after a unit's last day its systems still gave IDs: they were not all switched on one day."""
_TOMORROW = dt.timedelta(1)
"""A day begins earlier in Vietnam than where a machine's clock may be set."""
_PROVINCES = "H"
"""All provinces are in the catalogue; of ministries and local offices only some are."""


def doubts(own: DossierId, today: dt.date, units: Units) -> Iterator[Finding]:
    """Yield what cannot be about the ID of a dossier that is delivered ``today``."""
    unit = units.nearest(own.unit)
    if unit is None:
        if canonical(own.unit).startswith(_PROVINCES):
            yield finding("unit-unknown", unit=own.unit)
    elif unit.until is not None and own.received > unit.until + _TOLERANCE:
        now = ", ".join(f"{one.name} ({one.code})" for one in map(units.find, unit.successors) if one is not None)
        yield finding("unit-ended", unit=f"{unit.name} ({unit.code})", until=f"{unit.until:%d/%m/%Y}", now=now)
    if own.received > today + _TOMORROW:
        yield finding("received-in-future", day=f"{own.received:%d/%m/%Y}")
