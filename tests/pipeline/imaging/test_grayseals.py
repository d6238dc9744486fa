"""Seals that came out gray: found by their ring, lifted from the print, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.imaging.grayseals import find_gray_seals, lift_gray_seals

DPI = 180
MM = DPI / 25.4
PRINT = 215


def depth_of(drawn: Callable[..., Image.Image]) -> np.ndarray:
    """Return the drawn page's depth, its print as deep as toner's."""
    page = 255 - np.asarray(drawn(repeat=2)).astype(int)
    page = np.clip((page - page.min()) * PRINT / (page.max() - page.min()), 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(page, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA), np.uint8)


def sealed(depth: np.ndarray, shade: int, radius_mm: float = 17.0) -> np.ndarray:
    """Return the page with a seal of that shade over the middle of its print."""
    seal = np.zeros_like(depth)
    centre = (round(0.4 * depth.shape[1]), round(0.3 * depth.shape[0]))
    cv2.circle(seal, centre, round(radius_mm * MM), shade, round(0.75 * MM), cv2.LINE_AA)
    cv2.putText(seal, "UBND", (centre[0] - 60, centre[1]), cv2.FONT_HERSHEY_DUPLEX, 1.5, shade, 3, cv2.LINE_AA)
    return np.maximum(depth, seal)


@pytest.mark.parametrize("shade", [80, 105, 130])
def test_a_gray_seal_goes_and_the_print_under_it_stays(drawn: Callable[..., Image.Image], shade: int) -> None:
    clean = depth_of(drawn)
    page = sealed(clean, shade)
    assert len(find_gray_seals(page, DPI)) == 1
    lift_gray_seals(page, DPI)
    assert (page[clean > 0.8 * PRINT] > 0.75 * PRINT).all(), "print"
    left = int((page[clean < 20] > 60).sum())
    assert left < 0.1 * int((sealed(clean, shade)[clean < 20] > 60).sum()), "seal"


def test_what_is_as_dark_as_print_stays(drawn: Callable[..., Image.Image]) -> None:
    page = sealed(depth_of(drawn), PRINT)
    before = page.copy()
    lift_gray_seals(page, DPI)
    assert np.array_equal(page, before)


def test_a_page_without_a_seal_has_none(drawn: Callable[..., Image.Image]) -> None:
    assert find_gray_seals(depth_of(drawn), DPI) == []
    assert find_gray_seals(np.zeros((300, 200), np.uint8), DPI) == []


def test_a_seal_across_the_edge_of_the_page_is_no_error(drawn: Callable[..., Image.Image]) -> None:
    page = depth_of(drawn)
    cv2.circle(page, (10, 500), round(17 * MM), 120, round(0.75 * MM), cv2.LINE_AA)
    lift_gray_seals(page, DPI)
