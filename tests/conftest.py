"""What holds for every test: property tests never fail for the machine's speed."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("sohoa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("sohoa")
