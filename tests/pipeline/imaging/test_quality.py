"""A blurred page is told from a sharp one, whatever its ink and size; nothing is said of an empty one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageFilter

from pipeline.imaging.prepare import prepare
from pipeline.imaging.quality import BLURRED
from pipeline.model import Quality
from scanners.base import ScannedPage

Draw = Callable[..., Image.Image]
Scan = Callable[..., ScannedPage]
Measure = Callable[..., Quality]


@pytest.fixture
def measured(drawn: Draw, as_scanned: Scan) -> Measure:
    def of(dpi: int = 200, ink: int = 25, blur_mm: float = 0.0, angle: float = 0.0) -> Quality:
        page = drawn(dpi, ink=ink).rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
        return prepare(as_scanned(page.filter(ImageFilter.GaussianBlur(blur_mm * dpi / 25.4)), dpi)).quality

    return of


def sharpness(quality: Quality) -> float:
    assert quality.sharpness is not None
    return quality.sharpness


@pytest.mark.parametrize("dpi", [200, 300, 400])
@pytest.mark.parametrize("ink", [25, 140])
def test_blur_is_seen_whatever_the_resolution_and_the_ink(measured: Measure, dpi: int, ink: int) -> None:
    assert sharpness(measured(dpi, ink)) > 0.35
    assert sharpness(measured(dpi, ink, blur_mm=0.4)) < BLURRED


def test_blur_grows_step_by_step_and_levelling_is_no_blur(measured: Measure) -> None:
    steps = [sharpness(measured(300, blur_mm=mm)) for mm in (0.0, 0.1, 0.2, 0.3, 0.4)]
    assert steps == sorted(steps, reverse=True)
    assert sharpness(measured(300, angle=2.3)) > 0.35


def test_faint_print_has_less_contrast_and_not_less_ink(measured: Measure) -> None:
    strong, faint = measured(ink=25), measured(ink=150)
    assert strong.contrast > 0.8 > 0.5 > faint.contrast
    assert faint.ink == pytest.approx(strong.ink, rel=0.25)


def test_of_an_empty_page_nothing_is_said(as_scanned: Scan) -> None:
    quality = prepare(as_scanned(Image.new("L", (1654, 2339), 245))).quality
    assert (quality.sharpness, quality.ink) == (None, 0.0)
