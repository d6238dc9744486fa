"""What lies on a form and is no print: leaders, rules, frames, tick boxes, seals, pen strokes and the other side.

An engine reads leaders as “....--<5s” and rules as “|”; on the sample forms that was nine in ten of all errors.
The archival image keeps all of it; only the picture for recognition is cleared.

1. Ink is what is darker than a third of the page's own print; its connected pieces are measured in mm.
2. Leaders: flat small pieces that stand in a row of at least four over 3 mm.  Rules: flat pieces over 6 mm, upright
   ones over 5.5 mm.  Specks of a pixel or two go as well.
3. What shines through from the other side (``showthrough``), tick boxes with whatever is in them (``tickboxes``), and
   the sides of ornamental frames (``ornaments``).
4. Large pieces: a frame round the page goes whole; a dense round patch of 9 to 60 mm is a seal and goes; from
   any other, straight strokes of table rules are taken out, and what is left must be made of letters' sizes.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.decode import Pixels
from pipeline.imaging.ornaments import clear_ornaments
from pipeline.imaging.pieces import Mask, Measures, Pieces, find_pieces
from pipeline.imaging.showthrough import show_through
from pipeline.imaging.tickboxes import is_tick_box, may_be_tick_boxes

_INK_SHARE = 0.33
_RIM = 8.0
"""mm along the edges where the print's depth is not taken: a black border there cost gray print 13 % of its ink."""
_LEADER_GAP = 2.0
_LEADER_RUN, _LEADER_RISE, _LEADER_DOTS = 3.2, 1.05, 4
_RULE_ACROSS, _RULE_DOWN = 12.0, 5.2
_LARGE_ACROSS, _LARGE_DOWN = 15.0, 9.0
_FRAME, _FRAME_RIM = 80.0, 12.0
_LONGEST_SEAL, _SEAL_FILL = 60.0, 0.3
_STROKE, _STROKE_DEPTH = 7.0, 0.65
"""mm (and shares of the print's depth)."""


@dataclass(frozen=True, slots=True)
class Print:
    """Where a page's print is (uint8 0 or 1, height × width), and how much darker than its paper it is (0–255)."""

    mask: Mask
    depth: float


def find_print(depth: Pixels, dpi: float) -> Print:
    """Return where the print is; ``depth`` says for each pixel how much darker than its paper it is (0–255)."""
    mm = dpi / 25.4
    rim = round(_RIM * mm) if min(depth.shape) > 6 * _RIM * mm else 0
    sample = depth[rim : depth.shape[0] - rim : 3, rim : depth.shape[1] - rim : 3]
    dark = sample[sample > 40]
    strength = float(np.percentile(dark, 75)) if dark.size > 200 else 200.0
    ink = np.asarray(depth > _INK_SHARE * strength).view(np.uint8)
    pieces = find_pieces(ink)
    width, height, area = pieces.width, pieces.height, pieces.area
    ghost = show_through(depth, pieces, strength)
    rules = (height <= 0.6 * mm) & (width >= 6 * mm) | (height >= 5.5 * mm) & (width <= 1.3 * mm)
    drop = _leaders(pieces, mm) | rules | (area <= 2) | ghost.pieces
    drop[0] = True
    keep = pieces.where(~drop)
    if ghost.level:
        keep[depth <= ghost.level] = 0
    clear_ornaments(keep, mm)
    large = (width >= _LARGE_ACROSS * mm) | (height >= _LARGE_DOWN * mm)
    square = may_be_tick_boxes(width, height, mm)
    for number in pieces.numbers((large | square) & ~drop):
        place, piece = pieces.place(number), pieces.shape(number).view(np.bool_)
        if square[number]:
            if is_tick_box(piece, mm):
                keep[place][piece] = 0
        else:
            _clear_large(keep[place], piece, depth[place], strength, mm)
    return Print(keep, strength)


def _leaders(pieces: Pieces, mm: float) -> NDArray[np.bool_]:
    """Return which pieces are dots or dashes of a leader: small, flat, and in a row with others."""
    width, height = pieces.width, pieces.height
    flat = (height <= 0.8 * mm) & (width <= 0.85 * mm)
    flat |= (height <= 0.7 * mm) & (width <= 3.5 * mm)
    flat[0] = False
    dots = np.flatnonzero(flat)
    leaders = np.zeros(len(pieces), np.bool_)
    for shift in (0.0, 0.5):  # a row may lie across the border of two bands, but then not across the shifted one
        leaders[dots[_in_rows(pieces.boxes[dots], shift, mm)]] = True
    return leaders


def _in_rows(dots: Measures, shift: float, mm: float) -> NDArray[np.bool_]:
    """Tell which ``dots`` (boxes) stand close together in a long row, within bands as high as a leader may rise."""
    left, right = dots[:, 0], dots[:, 0] + dots[:, 2]
    middle = dots[:, 1] + dots[:, 3] / 2
    band = np.floor(middle / (_LEADER_RISE * mm) + shift).astype(np.int64)
    order = np.lexsort((left, band))
    starts = np.ones(order.size, np.bool_)
    starts[1:] = np.diff(band[order]) != 0
    starts[1:] |= left[order][1:] - right[order][:-1] > _LEADER_GAP * mm
    row = np.cumsum(starts) - 1
    if not row.size:
        return starts
    count = np.bincount(row)
    length = np.maximum.reduceat(right[order], np.flatnonzero(starts)) - left[order][starts]
    found = np.zeros(order.size, np.bool_)
    found[order] = ((count >= _LEADER_DOTS) & (length >= _LEADER_RUN * mm))[row]
    return found


def _clear_large(keep: Mask, piece: NDArray[np.bool_], depth: Pixels, strength: float, mm: float) -> None:
    """Take a large piece out of ``keep`` (a view of its box), as far as it is no print."""
    down, across = piece.shape
    if min(across, down) >= _FRAME * mm:
        rim = int(_FRAME_RIM * mm)
        if piece[rim:-rim, rim:-rim].mean() < 0.002:
            keep[piece] = 0
            return
    elif min(across, down) >= 9 * mm and max(across, down) <= _LONGEST_SEAL * mm and piece.mean() > _SEAL_FILL:
        keep[piece] = 0
        return
    shape = piece.view(np.uint8)
    rules = np.zeros_like(shape)
    if across >= _RULE_ACROSS * mm:
        rules |= _opened(shape, (1, int(_RULE_ACROSS * mm)))
    if down >= _RULE_DOWN * mm:
        rules |= _opened(shape, (int(_RULE_DOWN * mm), 1))
    if rules.any():
        keep[(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0) & piece] = 0
    if min(across, down) >= 9 * mm:
        rest = (keep > 0) & piece
        core = np.asarray(rest & (depth > _STROKE_DEPTH * strength)).view(np.uint8)
        parts = find_pieces(core)
        letters = (np.minimum(parts.width, parts.height) < _STROKE * mm) & (parts.area > 3)
        near = cv2.dilate(parts.where(letters), np.ones((3, 3), np.uint8))
        keep[rest & (near == 0)] = 0


def _opened(mask: Mask, size: tuple[int, int]) -> Mask:
    """Return what is left of ``mask`` where a block of ``size`` (height, width) px fits in."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(size, np.uint8)), np.uint8)
