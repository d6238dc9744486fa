"""The sides of ornamental frames: chains, braids and beads down a certificate, which read as “: : 3” beside its lines.

1. Ink is brought to cells of ``_CELL`` mm, each grown by one all round, so that what nearly touches is joined.
2. What then runs down without a break for ``_LONG`` mm, is nowhere wider than ``_WIDE`` mm and has blank paper on both
   sides is the side of a frame: no column of print is so narrow and so close.

Upper and lower edges stay: they are rows of their own, which read as nothing and lie beside no print.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import find_pieces

_CELL = 0.5
_RUN, _LONG, _WIDE = 40.0, 70.0, 6.0
"""mm."""
_BESIDE, _BLANK = 2, 0.1
"""Cells on either side of which at most this share has ink."""

Mask = NDArray[np.uint8]


def clear_ornaments(keep: Mask, mm: float) -> None:
    """Take the sides of ornamental frames out of ``keep`` (0 or 1, height × width) in place; ``mm`` is px per mm."""
    cell = max(1, round(_CELL * mm))
    per_mm = mm / cell
    height, width = (side // cell for side in keep.shape)
    inked = cv2.resize(keep[: height * cell, : width * cell] * 255, (width, height), interpolation=cv2.INTER_AREA) > 0
    ink = np.asarray(inked).view(np.uint8)
    runs = cv2.morphologyEx(
        cv2.dilate(ink, np.ones((3, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((round(_RUN * per_mm), 1), np.uint8)
    )
    pieces = find_pieces(np.asarray(runs, np.uint8))
    for left, top, across, down in pieces.boxes[1:].tolist():
        if down < _LONG * per_mm or across > _WIDE * per_mm:
            continue
        near = (
            ink[top : top + down, max(0, left - _BESIDE) : left],
            ink[top : top + down, left + across :][:, :_BESIDE],
        )
        if all(side.any(axis=1).mean() <= _BLANK for side in near if side.size):
            keep[top * cell : (top + down) * cell, left * cell : (left + across) * cell] = 0
