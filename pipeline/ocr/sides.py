"""The two sides of a head or of a signature block, each read on its own.

“TÊN CƠ QUAN” stands left of “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM”, “Nơi nhận:” left of “CHỦ TỊCH”, and the lines of the
two seldom stand level.  Tesseract draws one line through both: what lies higher or lower than it thinks loses its
marks, or the line is lost (heads drawn 1 to 3 mm out of level lost 0 to 4 of their 7 lines, read apart none).

1. The picture is laid on a grid of 1 mm (``grid``); a cell with print in it is full.
2. A gutter is a strip of 5 mm without a full cell between two sides of which each is as wide as a short line and has
   the height of two.  It begins in the top quarter of the page, or next to nothing stands below it; between there are
   tables, whose columns read apart lost words.  One longer than 60 mm may part the columns of a text and
   is left to ``columns``.
3. The tallest gutter of a place counts, in the middle of the white around it; and only where a line of one side spans
   the white between two lines of the other.  Sides that stand level are read together: apart they gain nothing, and
   took forms a tenth more time.
4. What stands right of it is read apart (``layout``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model import Box
from pipeline.ocr.grid import Cells, Grid

_GUTTER, _LONGEST = 5, 60
"""mm."""
_LEAST_WIDTH, _LEAST_HEIGHT = 25, 8
"""mm of print: a line has at most 6."""
_HEAD = 0.25
"""Share of the page's height."""
_FOOT = 12
"""mm of print below a signature block: a page number, a note."""


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A white strip in mm: its left edge, its top and its bottom (exclusive)."""

    left: int
    top: int
    bottom: int


def right_sides(grid: Grid) -> list[Box]:
    """Return where the right sides of heads and signature blocks stand, in px of the picture, from the top down."""
    full, print_, mm = grid.full, grid.print_, grid.mm
    boxes = []
    for gutter in _gutters(full):
        left = gutter.left + _GUTTER // 2
        empty = np.flatnonzero(~full[gutter.top : gutter.bottom, left:].any(axis=1)) + gutter.top
        if empty.size and _is_side(full[empty[0] : empty[-1], left:]):
            box = grid.box(left, int(empty[0]), full.shape[1], int(empty[-1]) + 1)
            sides = np.split(print_[box.top : box.bottom], [box.left], axis=1)
            rows = [np.asarray(side.sum(axis=1) > 1, np.bool_) for side in sides]
            if _spanned(rows[0], rows[1], mm) or _spanned(rows[1], rows[0], mm):
                boxes.append(box)
    return sorted(boxes, key=lambda b: b.top)


def _spanned(rows: Cells, other: Cells, mm: float) -> bool:
    """Tell whether print in ``other``'s rows spans the white between two lines of ``rows``."""
    inked = np.flatnonzero(rows)
    return any(
        other[above : below + 1].all()
        for above, below in zip(inked[:-1].tolist(), inked[1:].tolist(), strict=True)
        if 1 < below - above <= _LEAST_HEIGHT * mm
    )


def _gutters(full: Cells) -> list[_Gutter]:
    """Return the gutters of a page, no two of them beside each other."""
    found = sorted(_candidates(full), key=lambda g: g.bottom - g.top, reverse=True)
    chosen: list[_Gutter] = []
    for gutter in found:
        if all(gutter.bottom <= c.top or c.bottom <= gutter.top for c in chosen):
            alike = [g.left for g in found if (g.top, g.bottom) == (gutter.top, gutter.bottom)]
            chosen.append(replace(gutter, left=alike[len(alike) // 2]))
    return chosen


def _candidates(full: Cells) -> Iterator[_Gutter]:
    """Yield each strip of white, from left to right, that has enough print on both sides."""
    height, width = full.shape
    before = np.zeros((height, width + 1), np.int32)  # full cells left of each column
    np.cumsum(full, axis=1, out=before[:, 1:])
    for left in range(_LEAST_WIDTH, width - _LEAST_WIDTH - _GUTTER):
        right = left + _GUTTER
        crossed = np.flatnonzero(before[:, right] > before[:, left])
        edges = np.concatenate(([-1], crossed, [height]))
        lines = [np.cumsum(np.append(0, side)) for side in (before[:, left] > 0, before[:, width] > before[:, right])]
        tall = np.minimum.reduce([line[edges[1:]] - line[edges[:-1] + 1] for line in lines]) >= _LEAST_HEIGHT
        for above, below in zip(edges[:-1][tall].tolist(), edges[1:][tall].tolist(), strict=True):
            both = full[above + 1 : below, :left], full[above + 1 : below, left + _GUTTER :]
            rows = np.flatnonzero(both[0].any(axis=1) | both[1].any(axis=1)) + above + 1
            if not rows.size or rows[-1] - rows[0] >= _LONGEST or not all(map(_is_side, both)):
                continue
            if rows[0] < _HEAD * height or np.count_nonzero(full[below:].any(axis=1)) <= _FOOT:
                yield _Gutter(left, max(above + 1, int(rows[0]) - 1), min(below, int(rows[-1]) + 2))


def _is_side(cells: Cells) -> bool:
    """Tell whether the cells hold about two lines of print, one of them not just a word."""
    across = np.flatnonzero(cells.any(axis=0))
    lines = np.count_nonzero(cells.any(axis=1))
    return bool(lines >= _LEAST_HEIGHT and across[-1] - across[0] >= _LEAST_WIDTH)
