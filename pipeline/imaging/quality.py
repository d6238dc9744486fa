"""How good a scan is, measured on the print itself: sharp, dark, and how much of it there is.

1. Contrast is how much darker than its paper the print is.
2. Sharpness is the steepest tenth of the print's edges (Sobel), as a share of the contrast per px at 200 dpi.  It
   depends neither on the contrast nor on the letters: eight samples of all kinds had 0.42 to 0.50 as scanned, 0.26 to
   0.29 blurred with 3 px at 300 dpi (character errors of 1.4 to 8.8 %), 0.21 to 0.24 with 4 px (4 to 24 %).
3. Ink is the share of the sheet that print covers.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.decode import Pixels
from pipeline.imaging.furniture import Print
from pipeline.model import Quality

BLURRED = 0.25
"""Sharpness below which letters run together."""
LEAST_DPI = 195.0
"""The archive rule asks for 200 dpi (maps 300); scanners' clocks and paper feeds are not exact."""
_MEASURED_DPI = 200.0
_RIM = np.ones((3, 3), np.uint8)
_STEEPEST = 90
_LEAST_PRINT = 500
"""px of edge below which nothing can be said: a few specks."""


def measure(depth: Pixels, print_: Print, dpi: float) -> Quality:
    """Return the quality of a page; ``depth`` says how much darker than its paper each pixel is, at ``dpi``."""
    near = np.asarray(cv2.dilate(print_.mask, _RIM)).view(np.bool_)
    across, down = (slope[near].astype(np.float32) for slope in cv2.spatialGradient(depth))
    ink = float(print_.mask.mean())
    if across.size < _LEAST_PRINT:
        return Quality(None, print_.depth / 255, ink)
    steepest = float(np.percentile(np.hypot(across, down), _STEEPEST)) / 8  # Sobel's weights add up to 8
    return Quality(steepest / print_.depth * dpi / _MEASURED_DPI, print_.depth / 255, ink)
