"""Rendering one PDF page with pdf2image (poppler), bounded in pixels, time and memory."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from pathlib import Path

from scanners.base import IntakeLimits, PageTooLarge, PageUnreadable
from sohoa import children
from sohoa.wording import both

_CHILD = Path(__file__).with_name("render_child.py")
_LOWEST_DPI = 100
"""Below this, small print cannot be read: a page too large even so is refused, not blurred."""
_MEMORY_BASE = 1024**3
_MEMORY_PER_PIXEL = 12
"""poppler's bitmap, the pipe and Pillow's copy hold the page at 3 bytes a pixel each."""
_SYNTAX_ERRORS = 3
_USUAL_PIXELS = 2480 * 3508


@dataclass(frozen=True, slots=True)
class Rendering:
    """A P6 image, its size in px, and whether poppler met syntax errors on the way."""

    data: bytes
    width: int
    height: int
    flawed: bool


def fitting_dpi(points: tuple[float, float], limits: IntakeLimits, subject: str) -> int:
    """Return the dpi for a page of ``points`` (width, height in pt): the limits' own, or less to fit page_pixels.

    Raises PageTooLarge when even 100 dpi has too many pixels.
    """
    square_inches = points[0] * points[1] / 72**2
    dpi = min(limits.render_dpi, math.floor(math.sqrt(limits.page_pixels / square_inches)))
    if dpi < min(_LOWEST_DPI, limits.render_dpi):
        centimetres = " × ".join(f"{side / 72 * 2.54:.0f}" for side in points)
        raise PageTooLarge(
            both(f"trang quá lớn: {centimetres} cm", f"the page is too large: {centimetres} cm"), subject=subject
        )
    return dpi


def render(path: Path, index: int, dpi: int, points: tuple[float, float], timeout: float, subject: str) -> Rendering:
    """Return the 0-based page ``index`` of the PDF as poppler shows it at ``dpi``.

    Raises PageUnreadable when poppler fails, runs longer than ``timeout`` seconds or needs too much memory; a page
    larger than A4 at 300 dpi has so much more time.
    """
    command = [sys.executable, "-P", str(_CHILD), str(path.absolute()), str(index + 1), str(dpi)]
    pixels = points[0] * points[1] * (dpi / 72) ** 2
    timeout *= max(1.0, pixels / _USUAL_PIXELS)
    try:
        finished = children.run(command, timeout=timeout, memory=_MEMORY_BASE + int(pixels * _MEMORY_PER_PIXEL))
    except children.ChildTimedOut as error:
        raise PageUnreadable(
            both(
                f"dựng hình trang quá {timeout:g} giây nên bị dừng",
                f"rendering took over {timeout:g} s and was stopped",
            ),
            subject=subject,
        ) from error
    head = finished.stdout[:64].split(b"\n", 3)
    if finished.status not in (0, _SYNTAX_ERRORS) or len(head) < 4:
        raise PageUnreadable(both("không dựng được hình trang", "the page cannot be rendered"), subject=subject)
    width, height = (int(side) for side in head[1].split())
    return Rendering(finished.stdout, width, height, flawed=finished.status == _SYNTAX_ERRORS)
