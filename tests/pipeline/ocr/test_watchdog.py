"""A wrapper that leaves the real engine running is stopped with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest

from pipeline.imaging.blank import Blankness
from pipeline.imaging.decode import PixelImage
from pipeline.imaging.prepare import PreparedPage
from pipeline.model import PageGeometry, Quality, Skew
from pipeline.ocr.errors import OcrTimedOut, PageNotRecognised
from pipeline.ocr.models import program_version
from pipeline.ocr.tesseract import TesseractEngine

Install = Callable[[str], TesseractEngine]
BLANK = np.full((50, 80), 255, np.uint8)
PAGE = PreparedPage(
    PixelImage(BLANK, "gray"),
    PageGeometry(80, 50, 0, Skew(0.0, 0.0, 0.0), (200.0, 200.0)),
    BLANK,
    200,
    (1.0, 1.0),
    Blankness(False, 10.0),
    Quality(None, 1.0, 0.0),
    np.zeros((12, 20), np.uint8),
)


@pytest.fixture
def engine_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a stand-in for the tesseract program first on the path, once the real one has told its version."""
    program_version()

    def install(script: str) -> TesseractEngine:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return TesseractEngine("vie")

    return install


def test_a_hanging_wrapper_and_its_child_are_both_gone(engine_that: Install, tmp_path: Path) -> None:
    engine = engine_that(f'sleep 987 & echo $! > "{tmp_path}/child"; wait')
    with pytest.raises(OcrTimedOut):
        engine.read(PAGE, 0.5)
    child = int((tmp_path / "child").read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE
    left = [p for p in psutil.process_iter(["cmdline"]) if any(str(tmp_path) in w for w in p.info["cmdline"] or [])]
    assert left == []


@pytest.mark.parametrize("script", ["exit 3", "kill -SEGV $$", "exit 0"])
def test_an_engine_that_breaks_or_writes_nothing_costs_one_page(engine_that: Install, script: str) -> None:
    with pytest.raises(PageNotRecognised) as failed:
        engine_that(script).read(PAGE, 30.0)
    assert not isinstance(failed.value, OcrTimedOut)
    assert failed.value.advice
