"""The scanner: lays the inks of a sheet on paper, turns the sheet a little, and records it as a device would.

1. Each ink mask is moved, turned about the page's centre by the skew and brought to the scan's resolution in
   one step, so the angle in the truth is exact.
2. Paper, show-through of the other side, shade, creases, holes and staples are laid under the inks.
3. Inks multiply into the paper one over the other, as a red seal does over a signature.
4. Optics and sensor: blur, colour fringe, noise, dust streaks; then colour, gray or bitonal; then quarter turns.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.maker.sheet import DRAW_DPI, PX, Box, Sheet

Array = NDArray[np.float32]

INKS: dict[str, tuple[float, float, float]] = {
    "toner": (0.11, 0.11, 0.12),
    "print-red": (0.74, 0.10, 0.14),
    "black-pen": (0.14, 0.14, 0.20),
    "blue": (0.13, 0.20, 0.60),
    "red": (0.83, 0.15, 0.18),
}
"""The inks in the order they reach the paper, as RGB reflectance."""


@dataclass(frozen=True)
class Scan:
    """How one page was scanned; the defaults are an ordinary sheet through an ordinary office feeder."""

    dpi: int = 200
    mode: str = "rgb"
    """rgb, gray or bitonal."""
    skew: float = 0.0
    """Degrees, counter-clockwise positive: the text rises to the right."""
    turns: int = 0
    """Clockwise quarter turns that make the page upright again."""
    quality: int = 62
    blur: float = 0.45
    """Sigma in px of the scan."""
    noise: float = 1.6
    """Sigma in levels of 255."""
    paper: tuple[float, float, float] = (0.985, 0.98, 0.965)
    shade: float = 0.03
    """How much darker the far edge is."""
    gutter: float = 0.0
    """Depth of the shadow along the left edge, as on a flatbed with a bound file."""
    bleed: float = 0.0
    """How strongly the other side shows through."""
    fade: float = 1.0
    """How strong the toner is."""
    fat: float = 1.0
    """Gain of the toner's edges: above 1 letters grow, below they thin."""
    shift: tuple[float, float] = (0.0, 0.0)
    """Where the sheet lies against the ideal place, in mm."""
    holes: bool = False
    staple: bool = False
    crease: float = 0.0
    """Height of a fold across the page, as a share of its height; 0 for none."""
    streaks: int = 0
    dust: int = 0
    """Specks on the paper or the glass."""
    lid: float = 0.97
    """Brightness outside the paper."""
    hard: bool = False
    """Worse than an ordinary office scan."""


@dataclass(frozen=True)
class Shot:
    """A page as scanned: pixels (H × W or H × W × 3, uint8), and the size of the upright page in px."""

    pixels: NDArray[np.uint8]
    width: int
    height: int


def shoot(sheet: Sheet, scan: Scan, rng: np.random.Generator, back: Sheet | None = None) -> Shot:
    """Scan ``sheet``; ``back`` is what is printed on its other side."""
    width, height = round(sheet.width / 25.4 * scan.dpi), round(sheet.height / 25.4 * scan.dpi)
    place = _transform(sheet, scan, width, height)
    cover = _warp(np.full(_shape(sheet), 255, np.uint8), place, width, height, scan)
    page = _paper(sheet, scan, rng, place, width, height)
    _marks(page, scan, rng, place)
    if back is not None and scan.bleed:
        ghost = _warp(np.asarray(back.layer("toner"))[:, ::-1], place, width, height, scan)
        ghost = cv2.GaussianBlur(ghost, (0, 0), scan.dpi / 110) * scan.bleed
        page *= 1 - ghost[..., None] * np.array([0.80, 0.82, 0.88], np.float32)
    for ink, colour in INKS.items():
        if ink in sheet.layers:
            mask = _warp(np.asarray(sheet.layers[ink]), place, width, height, scan)
            page *= 1 - _laid(mask, ink, scan, rng)[..., None] * (1 - np.array(colour, np.float32))
    page = _beyond(page, cover, scan)
    pixels = _sensor(page, scan, rng)
    return Shot(np.ascontiguousarray(np.rot90(pixels, scan.turns)), width, height)


def boxes(items: list[Box], scan: Scan) -> list[list[int]]:
    """Bring boxes in mm of the sheet to pixels of the upright, deskewed page."""
    k = scan.dpi / 25.4
    dx, dy = scan.shift
    return [
        [int((a + dx) * k), int((b + dy) * k), int(np.ceil((c + dx) * k)), int(np.ceil((d + dy) * k))]
        for a, b, c, d in items
    ]


def _shape(sheet: Sheet) -> tuple[int, int]:
    return round(sheet.height * PX), round(sheet.width * PX)


def _transform(sheet: Sheet, scan: Scan, width: int, height: int) -> NDArray[np.float64]:
    k = scan.dpi / DRAW_DPI
    dx, dy = (v / 25.4 * scan.dpi for v in scan.shift)
    scale = np.array([[k, 0, dx], [0, k, dy], [0, 0, 1]])
    turn = np.vstack([cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), scan.skew, 1.0), [0, 0, 1]])
    return (turn @ scale)[:2]


def _warp(mask: NDArray[np.uint8], place: NDArray[np.float64], width: int, height: int, scan: Scan) -> Array:
    """Smooth, move and sample a mask; only the part that bears ink is touched."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return np.zeros((height, width), np.float32)
    top, left = max(0, rows[0] - 8), max(0, columns[0] - 8)
    smooth = cv2.GaussianBlur(mask[top : rows[-1] + 9, left : columns[-1] + 9], (0, 0), 0.42 * DRAW_DPI / scan.dpi)
    moved = place.copy()
    moved[:, 2] += place[:, :2] @ (left, top)
    warped = cv2.warpAffine(smooth, moved, (width, height), flags=cv2.INTER_LINEAR)
    return warped.astype(np.float32) / 255


def _laid(mask: Array, ink: str, scan: Scan, rng: np.random.Generator) -> Array:
    """How much of an ink stays on the paper: toner flakes a little, thins or grows."""
    if not ink.startswith(("toner", "print")):
        return mask * 0.92
    grain = _field(mask.shape, rng, 90) * 0.05 + _grain(mask.shape, rng) * 0.05
    return np.clip(mask * scan.fat, 0, 1) * np.clip(scan.fade + grain * scan.fade, 0, 1)


def _grain(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    return rng.standard_normal(shape, dtype=np.float32)


def _field(shape: tuple[int, ...], rng: np.random.Generator, cell: int) -> Array:
    """A smooth random field of unit variance with features of about ``cell`` px."""
    small = rng.normal(0, 1, (shape[0] // cell + 2, shape[1] // cell + 2)).astype(np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def _paper(
    sheet: Sheet, scan: Scan, rng: np.random.Generator, place: NDArray[np.float64], width: int, height: int
) -> Array:
    shape = (height, width)
    light = 1 - scan.shade * np.linspace(0, 1, height, dtype=np.float32)[:, None] ** 2
    light = light * (1 - scan.shade * 0.6 * np.linspace(1, 0, width, dtype=np.float32)[None] ** 3)
    light = light + 0.004 * _field(shape, rng, 160) + 0.003 * _field(shape, rng, 9)
    if scan.gutter:
        reach = 0.045 * width
        light = light * (1 - scan.gutter * np.exp(-np.arange(width, dtype=np.float32) / reach)[None])
    page = light[..., None] * np.array(scan.paper, np.float32)
    if sheet.background is not None:
        zoom = np.diag([_shape(sheet)[1] / sheet.background.shape[1], _shape(sheet)[0] / sheet.background.shape[0], 1])
        full = np.vstack([place, [0, 0, 1]]) @ zoom
        page *= cv2.warpAffine(sheet.background, full[:2], (width, height), borderValue=(1, 1, 1))
    return page.astype(np.float32)


def _marks(page: Array, scan: Scan, rng: np.random.Generator, place: NDArray[np.float64]) -> None:
    """Punch holes, a staple's trace and a fold, which belong to the sheet and turn with it."""
    k, height = scan.dpi / 25.4, page.shape[0]

    def at(x: float, y: float) -> tuple[int, int]:
        where = place @ np.array([x * PX, y * PX, 1.0])
        return round(float(where[0])), round(float(where[1]))

    if scan.crease:
        y = scan.crease * height / k
        a, b = at(0, y), at(210, y + rng.uniform(-1, 1))
        relief = np.zeros(page.shape[:2], np.float32)
        cv2.line(relief, a, b, 1.0, max(1, round(0.3 * k)), cv2.LINE_AA)
        below = np.roll(cv2.GaussianBlur(relief, (0, 0), 0.9 * k), round(0.9 * k), axis=0)
        page *= 1 - 0.05 * relief[..., None] - 0.22 * below[..., None]
    if scan.holes:
        middle = height / k / 2
        for y in (middle - 40, middle + 40):
            x = 11.5 + rng.uniform(-0.5, 0.5)
            cv2.circle(page, at(x + 0.25, y + 0.35), round(3.0 * k), (0.72, 0.72, 0.72), -1, cv2.LINE_AA)
            cv2.circle(page, at(x, y), round(2.75 * k), (0.30, 0.30, 0.31), -1, cv2.LINE_AA)
    if scan.staple:
        x, y = rng.uniform(7, 10), rng.uniform(8, 11)
        a, b = at(x, y + 6), at(x + 7, y)
        wrinkle = np.zeros(page.shape[:2], np.float32)
        cv2.line(wrinkle, at(x - 4, y + 14), at(x + 16, y - 6), 1.0, round(1.2 * k), cv2.LINE_AA)
        page *= 1 - 0.10 * cv2.GaussianBlur(wrinkle, (0, 0), 1.0 * k)[..., None]
        for spot in (a, b):
            cv2.circle(page, spot, max(2, round(0.55 * k)), (0.35, 0.33, 0.32), -1, cv2.LINE_AA)


def _beyond(page: Array, cover: Array, scan: Scan) -> Array:
    """Put the feeder's lid where the paper ends, with the thin shadow that the paper's edge casts."""
    outside = 1 - cover
    if float(outside.max()) < 0.5:
        return page
    near = cv2.GaussianBlur(outside, (0, 0), scan.dpi / 70)
    edge = np.clip(near * 4, 0, 1) * np.clip((1 - near) * 4, 0, 1)
    lid = np.full(3, scan.lid, np.float32)
    mixed = page * cover[..., None] + lid * outside[..., None]
    return mixed * (1 - 0.16 * edge[..., None])


def _sensor(page: Array, scan: Scan, rng: np.random.Generator) -> NDArray[np.uint8]:
    if scan.mode == "rgb":
        for channel, offset in ((0, 0.22), (2, -0.22)):
            move = np.array([[1, 0, offset], [0, 1, offset / 2]])
            page[..., channel] = cv2.warpAffine(
                page[..., channel], move, (page.shape[1], page.shape[0]), borderMode=cv2.BORDER_REPLICATE
            )
    else:
        page = (page @ np.array([0.30, 0.59, 0.11], np.float32))[..., None]
    for _ in range(scan.dust):
        x, y = int(rng.integers(page.shape[1])), int(rng.integers(page.shape[0]))
        tone = float(rng.uniform(0.25, 0.8))
        cv2.circle(page, (x, y), int(rng.integers(0, 1 + scan.dpi // 100)), (tone,) * 3, -1, cv2.LINE_AA)
    for _ in range(scan.streaks):
        x = int(rng.integers(page.shape[1] // 20, page.shape[1] - 5))
        page[:, x : x + int(rng.integers(1, 3))] *= rng.uniform(0.80, 0.93)
    page = cv2.GaussianBlur(page, (0, 0), scan.blur).reshape(page.shape)
    levels = page * 255 + _grain(page.shape[:2], rng)[..., None] * scan.noise
    if scan.mode == "rgb":
        levels += _grain(page.shape, rng) * (scan.noise * 0.4)
    if scan.mode == "bitonal":
        return _threshold(levels[..., 0])
    levels = np.clip((levels - 6) * 1.035, 0, 255).astype(np.uint8)
    return levels if scan.mode == "rgb" else levels[..., 0]


def _threshold(levels: Array) -> NDArray[np.uint8]:
    """Black and white as a feeder does it: against the brightness of the paper around."""
    around = cv2.blur(np.maximum(levels, 120), (81, 81))
    return np.where(levels > around * 0.74, 255, 0).astype(np.uint8)
