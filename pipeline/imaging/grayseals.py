"""Seals that a gray scan or a photocopy shows in gray: found by their rings, told from print by their shade.

1. A seal's ink is lighter than print: its pixels lie between a quarter and ``_SHADE`` of the depth of the page's print.
   So do the soft edges of print, but these make no ring.
2. Rings of 24 to 52 mm are voted for (Hough) at 50 dpi, moved to where most of them has ink, and believed when ink of
   that shade lies along ``_RING`` of the circle: the rings of five pages had 0.93 to 1.00 of it, the best circles of 47
   others 0.60 at most.
3. Inside the ring, ink of that shade is lifted to the paper; print under it is darker, and stays with its edges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.decode import Pixels

_LIGHTEST, _SHADE = 0.25, 0.72
_PAPER_DEPTH = 40
_COARSE_DPI, _VOTING_DPI = 90, 50
_SMALLEST, _LARGEST = 12.0, 26.0
"""Radius in mm."""
_RING, _LIKELY_RING = 0.75, 0.4
_STRIDES = (2.0, 1.0, 0.5)
"""mm by which a likely ring is moved to see whether more of it has ink."""
_RING_WIDTH = 0.4
"""mm either way."""
_OUTSIDE = 1.0
"""mm beyond the ring that was found, which may be the inner one of two."""
_STEPS = 180
_EDGE_STEEPNESS, _VOTES = 100, 30


@dataclass(frozen=True, slots=True)
class GraySeal:
    """Where the ring of a seal is, in px of the picture that it was found in."""

    x: float
    y: float
    radius: float

    def inside(self, shape: tuple[int, ...]) -> Pixels:
        """Return where the seal is in a picture of that ``shape`` (uint8 0 or 1, height × width)."""
        mask = np.zeros(shape[:2], np.uint8)
        cv2.circle(mask, (round(self.x), round(self.y)), round(self.radius), 1, cv2.FILLED)
        return mask


def find_gray_seals(depth: Pixels, dpi: float) -> list[GraySeal]:
    """Return the seals of a page; ``depth`` says for each pixel how much darker than its paper it is (0–255)."""
    step = max(1, round(dpi / _COARSE_DPI))
    shaded, dpi = _shaded(np.ascontiguousarray(depth[::step, ::step])), dpi / step
    scale = _VOTING_DPI / dpi
    small = cv2.resize(shaded, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    mm = _VOTING_DPI / 25.4
    least, most = round(_SMALLEST * mm), round(_LARGEST * mm)
    circles = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, 1, least, None, _EDGE_STEEPNESS, _VOTES, minRadius=least, maxRadius=most
    )
    if circles is None:
        return []
    found = (GraySeal(*(float(side) / scale for side in circle)) for circle in np.reshape(circles, (-1, 3)))
    settled = (_settled(ring, shaded, dpi) for ring in found)
    rings = [ring for ring, share in settled if share >= _RING]
    return [GraySeal(r.x * step, r.y * step, (r.radius + _OUTSIDE * dpi / 25.4) * step) for r in rings]


def lift_gray_seals(depth: Pixels, dpi: float) -> None:
    """Lift the seals' ink to the paper, in ``depth`` in place."""
    for seal in find_gray_seals(depth, dpi):
        top, left = (max(0, int(middle - seal.radius)) for middle in (seal.y, seal.x))
        bottom, right = (int(middle + seal.radius) + 1 for middle in (seal.y, seal.x))
        patch = depth[top:bottom, left:right]
        print_ = np.asarray(patch >= _SHADE * _print_depth(depth)).view(np.uint8)
        near = cv2.dilate(print_, np.ones((3, 3), np.uint8))
        inside = GraySeal(seal.x - left, seal.y - top, seal.radius).inside(patch.shape)
        patch[(inside > 0) & (near == 0)] = 0


def _shaded(depth: Pixels) -> Pixels:
    """Return where ink of a seal's shade is (255)."""
    strength = _print_depth(depth)
    return np.asarray(cv2.inRange(depth, round(_LIGHTEST * strength), round(_SHADE * strength)), np.uint8)


def _print_depth(depth: Pixels) -> float:
    sample = depth[::2, ::2]
    dark = sample[sample > _PAPER_DEPTH]
    return float(np.percentile(dark, 90)) if dark.size else 255.0


def _settled(seal: GraySeal, shaded: Pixels, dpi: float) -> tuple[GraySeal, float]:
    """Move a circle that is likely a ring to where most of it has ink; return it and that share.

    Two rings and the letters between them draw the votes to the side, by a tenth of the radius.
    """
    share = _ring_share(seal, shaded, dpi)
    if share < _LIKELY_RING:
        return seal, share
    for reach in _STRIDES:
        moved = True
        while moved:
            ways = [GraySeal(seal.x + x, seal.y + y, seal.radius + r) for x, y, r in _ways(reach * dpi / 25.4)]
            best = max(ways, key=lambda way: _ring_share(way, shaded, dpi))
            moved = _ring_share(best, shaded, dpi) > share
            if moved:
                seal, share = best, _ring_share(best, shaded, dpi)
    return seal, share


def _ways(reach: float) -> Iterator[tuple[float, float, float]]:
    """Yield steps of ``reach`` in x, y and radius, one or several at a time."""
    steps = (-reach, 0.0, reach)
    return ((x, y, r) for x in steps for y in steps for r in steps if x or y or r)


def _ring_share(seal: GraySeal, shaded: Pixels, dpi: float) -> float:
    """Return along which share of the circle there is ink of a seal's shade."""
    angles = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)
    width = _RING_WIDTH * dpi / 25.4
    radii = seal.radius + np.linspace(-width, width, 5)[:, None]
    rows, columns = shaded.shape
    x = np.clip(np.rint(seal.x + radii * np.cos(angles)), 0, columns - 1).astype(np.int64)
    y = np.clip(np.rint(seal.y + radii * np.sin(angles)), 0, rows - 1).astype(np.int64)
    return float((shaded[y, x] > 0).any(axis=0).mean())
