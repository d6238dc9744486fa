"""From pixels to points: the page's box, the image's matrix, and the place of a pixel of the upright page.

The stored image is never resampled; a content-stream matrix turns it (quarter turns), rotates it (deskew) and shifts it
(crop), so a better angle or edge can replace the old one later without touching the picture.  What of the scan lies
outside of the page's box is kept in the file and not shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.model import WHOLE, PageGeometry, Place

MIN_SIDE, MAX_SIDE = 3.0, 14_400.0
"""pt; the bounds of a page's sides that PDF/A-2 keeps (ISO 19005-2, 6.1.13)."""

SHY = 0.01
"""px by which the image of a level page ends short of the page's right and lower edge.  Poppler gives an image whose
edge lies on a px boundary one px more, and resamples all of it: level pages came out 1 to 3 levels off on average;
now they come out exact."""

_PART_SHY = 1.5 * SHY
"""px by which a part of the image is drawn in, since its edges are moved by up to SHY with the whole."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """A page of ``width`` × ``height`` pt; one px of the upright page is ``scale`` (horizontal, vertical) pt.

    ``image`` is the matrix of the page's image, ``inset`` by how much the sides of a part of it are drawn in.
    """

    width: float
    height: float
    scale: tuple[float, float]
    image: Matrix
    inset: Place

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in pt (origin bottom left) of a place in px of the upright page (origin top left)."""
        return x * self.scale[0], self.height - y * self.scale[1]

    def part(self, part: Place) -> Matrix:
        """Return the matrix of a picture that fills that part of the image.

        Its edges lie on px boundaries too, and are drawn in for the same reason (``SHY``).
        """
        if part == WHOLE:
            return self.image
        left, top, right, bottom = (side + inset for side, inset in zip(part, self.inset, strict=True))
        ax, ay, bx, by, x, y = self.image
        across, down = right - left, bottom - top
        corner = x + left * ax + (1 - bottom) * bx, y + left * ay + (1 - bottom) * by
        return across * ax, across * ay, down * bx, down * by, *corner


def place(geometry: PageGeometry) -> Placement:
    """Return where the page's image and words go; 1:1 in size but for pages beyond what a PDF page may measure."""
    width, height = geometry.points
    shrink = min(1.0, MAX_SIDE / max(width, height))
    width, height = (max(MIN_SIDE, round(side * shrink, 3)) for side in (width, height))
    scale = width / geometry.width, height / geometry.height
    across, down = _PART_SHY / geometry.stored_width, _PART_SHY / geometry.stored_height
    image = _image_matrix(geometry, height, scale)
    return Placement(width, height, scale, image, (across, down, -across, -down))


def _image_matrix(geometry: PageGeometry, height: float, scale: tuple[float, float]) -> Matrix:
    """Follow three corners of the stored image (origin, right, top of PDF's unit square) to the page."""
    wide, high = geometry.stored_width, geometry.stored_height
    corners = [_upright(geometry, x, y) for x, y in ((0.0, high), (wide, high), (0.0, 0.0))]
    shy = SHY if geometry.skew.applied == 0.0 else 0.0
    across, down = scale[0] * (1 - shy / geometry.width), scale[1] * (1 - shy / geometry.height)
    (ox, oy), (rx, ry), (tx, ty) = [(x * across, height - y * down) for x, y in corners]
    return rx - ox, ry - oy, tx - ox, ty - oy, ox, oy


def _upright(geometry: PageGeometry, x: float, y: float) -> tuple[float, float]:
    """Return where px (x, y) of the stored image lies on the upright, deskewed, cropped page (y grows downwards)."""
    wide, high = geometry.stored_width, geometry.stored_height
    x, y = ((x, y), (high - y, x), (wide - x, high - y), (y, wide - x))[geometry.quarter_turns % 4]
    left, top = geometry.corner
    if geometry.skew.applied == 0.0:
        return x - left, y - top
    angle = math.radians(-geometry.skew.applied)
    centre = geometry.whole_width / 2, geometry.whole_height / 2
    dx, dy = x - centre[0], y - centre[1]
    return (
        centre[0] + dx * math.cos(angle) + dy * math.sin(angle) - left,
        centre[1] - dx * math.sin(angle) + dy * math.cos(angle) - top,
    )
