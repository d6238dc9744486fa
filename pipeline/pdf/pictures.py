"""How much of a page is picture: what paper and ink in layers would not keep as it looks.

1. The page is judged by squares of 2 mm.  A square is picture when its paper holds fine detail that a small JPEG would
   miss, when dark or coloured ink covers most of it, or when it is much darker than the page's paper.
2. Where coloured ink is, the scan itself is kept, so detail there counts for nothing.
3. Dark margins are no pictures: they are the scanner's lid or the gutter of a bound file.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.shrink import reduced, shrunk
from pipeline.pdf.coloured import Coloured
from pipeline.pdf.ink import Ink

Pixels = NDArray[np.uint8]

_SQUARE = 2.0
"""mm."""
_DETAIL = 10.0
"""Levels that the paper's JPEG may miss on average in a square."""
_SOLID = 0.6
"""Share of a square that ink covers in a picture; bold capitals cover 0.4, and the frames of certificates have few
such squares: 0.5 % of the page."""
_SHADE = 40.0
"""Levels by which a picture's paper is darker than the page's: a drawn photograph on 3 % of a page has 2.3 % such
squares, real letters at most 0.06 %."""
_MARGIN = 15.0
"""mm."""
_SAMPLE = 2
"""Every second row and column tells detail as well as all do, in a quarter of the time."""
_LEAST_PAPER = 64
"""Of 255; part of a square, below which its few px of paper are taken for more."""


def picture_share(
    pixels: Pixels, ink: Ink, coloured: Coloured | None, kept: Pixels, paper: Pixels, dpi: float
) -> float:
    """Return which share of the page's squares is picture; ``kept`` (255) is what is not shown by ``paper``."""
    step = round(_SQUARE / 25.4 * dpi / _SAMPLE)
    small = np.ascontiguousarray(_one_channel(paper))
    seen, bare = _sampled(pixels), cv2.bitwise_not(_sampled(kept))
    size = reduced(seen, step)
    missed = cv2.absdiff(seen, cv2.resize(small, seen.shape[::-1], interpolation=cv2.INTER_LINEAR))
    lost, share = (shrunk(np.asarray(part, np.uint8), step) for part in (cv2.bitwise_and(missed, bare), bare))
    detailed = lost * np.float32(255) > _DETAIL * np.maximum(share, _LEAST_PAPER)
    solid = shrunk(_sampled(ink.every), step) > 255 * _SOLID
    if coloured is not None:
        solid |= cv2.resize(coloured.ink, size, interpolation=cv2.INTER_AREA) > 255 * _SOLID
    levels = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    shaded = levels < np.median(levels) - _SHADE
    return float(np.mean(solid | detailed | _inner(shaded)))


def _inner(squares: NDArray[np.bool_]) -> NDArray[np.bool_]:
    margin, inner = round(_MARGIN / _SQUARE), np.zeros_like(squares)
    inner[margin:-margin, margin:-margin] = squares[margin:-margin, margin:-margin]
    return inner


def _sampled(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(_one_channel(pixels)[::_SAMPLE, ::_SAMPLE])


def _one_channel(pixels: Pixels) -> Pixels:
    return pixels if pixels.ndim == 2 else pixels[..., 1]
