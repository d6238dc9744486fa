"""Rectangles and image matrices of PDF pages, in pt with the origin at the bottom left."""

from __future__ import annotations

from typing import TypeAlias

from pikepdf import Matrix

Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_SQUARE = 1e-3
"""A matrix is upright when it slants by less than this: one pixel in a thousand."""


def quarter_turns_of(a: float, b: float, c: float, d: float) -> int | None:
    """Return the clockwise turns of an image matrix, or None when it is mirrored or slanted."""
    if a * d - b * c <= 0:
        return None
    if max(abs(b), abs(c)) <= _SQUARE * min(abs(a), abs(d)):
        return 0 if a > 0 else 2
    if max(abs(a), abs(d)) <= _SQUARE * min(abs(b), abs(c)):
        return 3 if b > 0 else 1
    return None


def bounds(matrix: Matrix, box: list[float]) -> Rectangle:
    """Return the smallest upright rectangle around ``box`` after ``matrix``."""
    corners = [matrix.transform((x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
    columns, rows = [x for x, _ in corners], [y for _, y in corners]
    return min(columns), min(rows), max(columns), max(rows)


def meet(one: Rectangle, other: Rectangle) -> Rectangle:
    """Return what two rectangles share; right < left or top < bottom when that is nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def area(box: Rectangle) -> float:
    """Return the area of a rectangle, 0 for one that holds nothing."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
