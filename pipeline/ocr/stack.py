"""Many small pictures read in one run: stacked into one picture of lines, and the words given back to each.

For an engine that is a program of its own, so that a page costs one more child at most, and none where no picture is
likely to be print.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pipeline.model import Word
from pipeline.ocr.again import Cut
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.coverage import Piece
from pipeline.ocr.words import words

_BETWEEN = 24
"""px of white, so that no two pictures are taken for one line."""
_WHITE = 255


def read_stacked(run: Callable[[Cut], str], page: ReadablePage, pieces: Sequence[Piece]) -> list[list[Word]]:
    """Return the words of each piece of ``page``; ``run`` gives Tesseract's TSV for a picture of several lines."""
    if not any(piece.likely for piece in pieces):
        return [[] for _ in pieces]
    height = sum(piece.picture.shape[0] + _BETWEEN for piece in pieces)
    stack = np.full((height, max(piece.picture.shape[1] for piece in pieces)), _WHITE, np.uint8)
    places, top = [], 0
    for piece in pieces:
        places.append((top, top + piece.picture.shape[0]))
        top = places[-1][1] + _BETWEEN
    for piece, (first, last) in zip(pieces, places, strict=True):
        stack[first:last, : piece.picture.shape[1]] = piece.picture
    table = run(stack)
    return [
        list(words(table, page, (piece.corner[0], piece.corner[1] - first), (first, last)))
        for piece, (first, last) in zip(pieces, places, strict=True)
    ]
