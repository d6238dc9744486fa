"""Coloured ink over black print: stamps and signatures in blue, violet, red or green that run across the lines.

1. Coloured ink is where the channels stand apart; black print is where they do not, is dark and of letters' size, so
   that a dotted line or a rule to write on is none.
2. A piece of coloured ink of a stamp's size that touches black print lies over it and goes, with those of its letters
   that do; what stands by itself (a stamp in the margin, blue handwriting on a line, a red title) is text, and stays.
3. There, the lightest of the three channels decides: in it, coloured ink is at least half as light as the paper and
   black print under it is not.

Of the words of three office pages with three blue stamps or signatures drawn over each, 0.6 % (square stamps), 1.0 %
(round) and 0.2 % (pen) are missed, 0.2 % without them, where five such pages missed 8, 9 and 9 % before.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.decode import Pixels
from pipeline.imaging.pieces import Edges, Pieces, find_pieces

_COARSE_DPI = 100
_APART = 40
"""Levels between the lightest and the darkest channel of coloured ink."""
_BLACK, _LIFTED = 0.45, 0.4
"""Shares of the paper's lightest channel: black print is darker than the one, coloured ink lighter than the other."""
_LETTER, _LONGEST = (1.0, 9.0), 15.0
"""mm: height, and width of letters that run together."""
_STAMP = (6.0, 90.0)
"""mm, the longer side: less is the fringe of a letter, more the pattern of a certificate's paper and a title on it."""
_TOUCHES = 6
"""px at 100 dpi that a piece shares with black print."""
_RIM = 0.35
"""mm around coloured ink where its soft edge is lifted too."""
_PAPER = 92
_ONE_STAMP = 3.0
"""mm between pieces of coloured ink that belong together: the letters of a stamp, and its frame."""


def lift_overprint(rgb: Pixels, gray: Pixels, dpi: float) -> list[Edges]:
    """Lift coloured ink that lies over black print to the paper, in ``gray`` (height × width) in place.

    Returns the places of the stamps, seals and signatures of which some ink was lifted.
    """
    step = max(1, round(dpi / _COARSE_DPI))
    down, across = rgb.shape[0] // step, rgb.shape[1] // step
    small = cv2.resize(rgb[: down * step, : across * step], (across, down), interpolation=cv2.INTER_NEAREST)
    red, green, blue = cv2.split(small)
    light = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    apart = cv2.subtract(light, cv2.min(cv2.min(red, green), blue))
    _, coloured = cv2.threshold(apart, _APART, 1, cv2.THRESH_BINARY)
    if cv2.countNonZero(coloured) < _TOUCHES:
        return []
    closed = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    paper = float(np.percentile(light[::4, ::4], _PAPER))
    near = cv2.dilate(closed, np.ones((3, 3), np.uint8))
    _, dark = cv2.threshold(light, _BLACK * paper, 1, cv2.THRESH_BINARY_INV)
    dark[coloured > 0] = 0  # the dark core of blue and violet strokes is no black print for themselves to lie over
    if cv2.countNonZero(cv2.bitwise_and(near, dark)) < _TOUCHES:
        return []
    black = _letters(np.asarray(dark, np.uint8), dpi / step / 25.4)
    strokes = find_pieces(np.asarray(near, np.uint8))
    touches = np.bincount(strokes.labels[black > 0], minlength=len(strokes)) >= _TOUCHES
    touches[0] = False
    longest = np.maximum(strokes.width, strokes.height) * (step * 25.4 / dpi)
    lifted = touches & (longest >= _STAMP[0]) & (longest <= _STAMP[1])
    if not lifted.any():
        return []
    stamps, part_of = _together(strokes, round(_ONE_STAMP * dpi / step / 25.4))
    whole = (np.maximum(stamps.width, stamps.height) * (step * 25.4 / dpi) <= _STAMP[1])[part_of]
    lifted |= touches & whole & np.isin(part_of, part_of[lifted])
    for number in strokes.numbers(lifted):
        rows, columns = strokes.place(number)
        place = (slice(rows.start * step, rows.stop * step), slice(columns.start * step, columns.stop * step))
        _lift(rgb[place], gray[place], strokes.shape(number), paper, 2 * round(_RIM * dpi / 25.4) + 1)
    edges = np.stack([stamps.left, stamps.top, stamps.right, stamps.bottom], axis=1)[np.unique(part_of[lifted])]
    return [(left, top, right, bottom) for left, top, right, bottom in (edges * step).tolist()]


def _together(strokes: Pieces, gap: int) -> tuple[Pieces, NDArray[np.int32]]:
    """Return the groups of ``strokes`` less than ``gap`` px apart, and the number of the group of each stroke."""
    every = strokes.where(np.ones(len(strokes), np.bool_))
    groups = find_pieces(np.asarray(cv2.dilate(every, np.ones((gap | 1, gap | 1), np.uint8)), np.uint8))
    part_of = np.zeros(len(strokes), np.int32)
    part_of[strokes.labels.ravel()[strokes.ink]] = groups.labels.ravel()[strokes.ink]
    return groups, part_of


def _letters(dark: Pixels, mm: float) -> Pixels:
    """Return where ``dark`` (0 or 1) is of letters' size."""
    pieces = find_pieces(dark)
    high = (pieces.height >= _LETTER[0] * mm) & (pieces.height <= _LETTER[1] * mm)
    return pieces.where(high & (pieces.width <= _LONGEST * mm))


def _lift(rgb: Pixels, gray: Pixels, here: Pixels, paper: float, rim: int) -> None:
    """Lift what is coloured ink around ``here`` (coarse, 0 or 1) in a patch of the page."""
    height, width = gray.shape
    near = cv2.resize(here, (width, height), interpolation=cv2.INTER_NEAREST)
    near = cv2.dilate(near, np.ones((rim, rim), np.uint8))
    light = rgb.max(axis=2)
    gray[(near > 0) & (light > _LIFTED * paper)] = int(np.percentile(gray, _PAPER))
