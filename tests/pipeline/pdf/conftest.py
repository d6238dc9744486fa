"""Fixtures of the PDF tests; ``drawn_pages`` and ``pdfa_rules`` beside this file can be imported by their tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from drawn_pages import Drawn, draw_page
from pdfa_rules import Violation, violations


@pytest.fixture(scope="session")
def drawn() -> Drawn:
    """A form of eight lines on A4 at 150 dpi."""
    return draw_page()


@pytest.fixture(scope="session")
def rules() -> Callable[[bytes], list[Violation]]:
    """The PDF/A-2u rule checker."""
    return violations
