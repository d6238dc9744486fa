"""The table of pages: a person sees at 80 columns how each page was scanned, and which one should be scanned again."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from pipeline.commands import pages
from storage.manifest import Manifest, PageRecord, QualityRecord, SourceRecord


def page(number: int, dpi: float, quality: QualityRecord | None, confidence: float, words: int = 300) -> PageRecord:
    return PageRecord(
        section="records",
        number=number,
        source=SourceRecord(file="a.pdf", sha256="0" * 64, page=number),
        width=1654,
        height=2339,
        dpi=(dpi, dpi),
        quarter_turns=1,
        orientation_confidence=1.0,
        skew=-1.25,
        skew_confidence=1.0,
        deskewed_by=-1.25,
        engine="tesseract",
        words=words,
        confidence=confidence,
        quality=quality,
    )


def test_each_page_has_its_line_and_what_is_bad_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    console = Console(file=said, width=80, force_terminal=True, no_color=False, color_system="standard")
    monkeypatch.setattr(pages, "console", console)
    good = QualityRecord(sharpness=0.45, contrast=0.7, ink=0.05, low_confidence=93.0, doubtful=0.006)
    blurred = QualityRecord(sharpness=0.2, contrast=0.4, ink=0.05, low_confidence=41.0, doubtful=0.31)
    empty = QualityRecord(sharpness=None, contrast=0.4, ink=0.001, low_confidence=0.0, doubtful=0.0)
    records = (page(1, 300, good, 96), page(2, 150, blurred, 55), page(3, 200, empty, 0, 0), page(4, 200, None, 90))
    pages.print_pages(Manifest.model_construct(pages=records))
    lines = [line for line in said.getvalue().splitlines() if line.strip()]
    assert lines[0].endswith("Thành phần hồ sơ\x1b[0m")
    assert "nghiêng" in lines[1] and "skew" in lines[2]
    first, second, third, fourth = lines[3:]
    assert first.split() == ["1", "300", "-1.2°", "90°", "0.45", "70%", "5.0%", "96", "93", "0.6%"]
    for number in ("150", "0.20", "55", "41"):  # too coarse, blurred, doubtful as a whole and in its worst tenth
        assert f"\x1b[1;33m{number}\x1b[0m" in second.replace(" ", "")
    assert third.count("–") == 4 and fourth.count("–") == 5
