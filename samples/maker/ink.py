"""The pen: handwriting and signatures as smooth strokes of uneven width."""

from __future__ import annotations

import math
import unicodedata
import zlib
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samples.maker.sheet import PX, Sheet
from samples.maker.strokes import FORMS, GLYPHS, MARKS, Points

Stroke = NDArray[np.float64]


def spline(points: Points | Stroke, steps: int = 10) -> Stroke:
    """Run a Catmull-Rom curve through ``points``."""
    p = np.asarray(points, dtype=np.float64)
    if len(p) < 3:
        return p
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.vstack([*parts, p[-2:-1]])


def write(sheet: Sheet, x: float, baseline: float, text: str, rng: np.random.Generator, size: float = 2.6) -> float:
    """Write ``text`` by hand in blue with its x-height ``size`` mm, note its box as unread, return its width."""
    strokes: list[Stroke] = []
    at, drift = 0.0, 0.0
    for char in unicodedata.normalize("NFC", text):
        if char == " ":
            at += 0.75
            continue
        drift = 0.8 * drift + rng.normal(0, 0.05)
        parts, advance = _letter(char, rng)
        scale = 1 + rng.normal(0, 0.05)
        strokes += [part * scale + (at, drift) for part in parts]
        at += advance * scale * (1 + rng.normal(0, 0.04))
    slant, tilt = 0.25 + rng.normal(0, 0.03), rng.normal(0, 0.008)
    placed = [_place(s, x, baseline, size, slant, tilt) for s in strokes]
    _draw(sheet, placed, rng, width=0.36)
    return at * size


def width_of(text: str, size: float = 2.6) -> float:
    """Return about how wide ``write`` makes ``text``, in mm."""
    rng = np.random.default_rng(0)
    return size * sum(0.75 if c == " " else _letter(c, rng)[1] for c in text)


def _letter(char: str, rng: np.random.Generator) -> tuple[list[Stroke], float]:
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    glyph = GLYPHS.get(base) or GLYPHS.get(FORMS.get(base, ""), GLYPHS["n"])
    parts = [spline(np.asarray(s) + rng.normal(0, 0.035, (len(s), 2))) for s in glyph]
    if base == "i" and marks:
        parts = parts[:1]
    advance = max(float(p[:, 0].max()) for p in parts)
    top = 2.1 if base.isupper() else 1.15
    for mark in sorted(marks, key=lambda m: m in "\u0300\u0301\u0303\u0309"):
        shift = (advance * 0.3, 0.0 if mark == "\u0323" else top)
        parts.append(spline(np.asarray(MARKS[mark]) + rng.normal(0, 0.03, (len(MARKS[mark]), 2))) + shift)
        top += 0.35 if mark in "\u0302\u0306" else 0.0
    return parts, advance + (0.12 if base.isupper() or base.isdigit() else -0.02)


def _place(stroke: Stroke, x: float, baseline: float, size: float, slant: float, tilt: float) -> Stroke:
    across = stroke[:, 0] + slant * stroke[:, 1]
    return np.column_stack([x + across * size, baseline - size * stroke[:, 1] - tilt * across * size])


_STARTS: tuple[Points, ...] = (
    ((-0.5, -0.1), (-0.38, 0.75), (-0.3, 0.3), (-0.42, -0.45), (-0.48, 0.1), (-0.28, 0.05)),
    ((-0.22, 0.62), (-0.42, 0.66), (-0.44, 0.25), (-0.26, -0.02), (-0.34, -0.42), (-0.58, -0.25), (-0.25, 0.0)),
    ((-0.3, 0.5), (-0.52, 0.3), (-0.52, -0.2), (-0.3, -0.36), (-0.16, 0.0), (-0.3, 0.42), (-0.42, 0.2), (-0.2, 0.0)),
    ((-0.55, 0.2), (-0.42, 0.62), (-0.4, -0.62), (-0.36, 0.3), (-0.22, 0.1)),
    ((-0.6, -0.3), (-0.35, 0.6), (-0.28, 0.7), (-0.3, 0.1), (-0.36, -0.3), (-0.46, -0.05), (-0.2, 0.08)),
)
_TAILS: tuple[Points, ...] = (
    ((0.3, 0.15), (0.58, 0.42), (0.6, 0.2), (0.1, -0.36), (-0.4, -0.42), (0.5, -0.22)),
    ((0.3, 0.02), (0.45, 0.06), (0.62, -0.02), (0.95, 0.05)),
    ((0.3, -0.12), (0.38, -0.18), (0.5, 0.3), (0.62, 0.6)),
    ((0.3, 0.12), (0.42, 0.1), (0.44, -0.5), (0.3, -0.62), (0.24, -0.35), (0.8, 0.0)),
    ((0.3, 0.3), (0.5, 0.1), (0.3, -0.1), (-0.2, -0.28), (-0.5, -0.2), (-0.2, -0.4), (0.7, -0.3)),
)


def sign(
    sheet: Sheet, x: float, y: float, name: str, rng: np.random.Generator, width: float = 34.0, ink: str = "blue"
) -> None:
    """Sign around (``x``, ``y``), the middle of the signature; ``name`` fixes its shape, ``rng`` the day's hand."""
    own = np.random.default_rng(zlib.crc32(name.encode()))
    points = list(_STARTS[int(own.integers(len(_STARTS)))])
    count, loops = int(own.integers(2, 7)), own.random() < 0.5
    for i in range(count):
        at, high = -0.2 + 0.48 * i / count, own.uniform(0.08, 0.42)
        low = -own.uniform(0.02, 0.25)
        points += [(at + 0.06, high), (at + (0.01 if loops else 0.08), high * 0.8), (at + 0.04, low), (at + 0.08, low)]
    points += _TAILS[int(own.integers(len(_TAILS)))]
    p = np.asarray(points) + own.normal(0, 0.02, (len(points), 2)) + rng.normal(0, 0.016, (len(points), 2))
    angle = math.radians(own.uniform(2, 16))
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    curves = [spline(p, 14)]
    if own.random() < 0.35:
        curves.append(spline(((-0.1, -0.3), (0.2, -0.22), (0.55, -0.24)), 14))
    size = np.array([width, width * own.uniform(0.34, 0.5)])
    strokes = [np.column_stack([x + c[:, 0], y - c[:, 1]]) for c in ((curve * size) @ turn for curve in curves)]
    _draw(sheet, strokes, rng, width=float(own.uniform(0.3, 0.45)), ink=ink)


def _draw(sheet: Sheet, strokes: list[Stroke], rng: np.random.Generator, width: float, ink: str = "blue") -> None:
    everything = np.vstack(strokes)
    pad = 1.0
    left, top = everything.min(axis=0) - pad
    right, bottom = everything.max(axis=0) + pad
    origin = np.floor(np.array([left, top]) * PX)
    shape = (int((bottom - top) * PX) + 2, int((right - left) * PX) + 2)
    mask = np.zeros(shape, np.uint8)
    for stroke in strokes:
        _trace(mask, stroke * PX - origin, rng, width * PX)
    mask = cv2.GaussianBlur(mask, (0, 0), 1.2)
    layer = sheet.layer(ink)
    where = int(origin[0]), int(origin[1])
    patch = np.asarray(layer.crop((*where, where[0] + shape[1], where[1] + shape[0])))
    layer.paste(Image.fromarray(np.maximum(patch, mask)), where)
    sheet.unread.append((left + pad / 2, top + pad / 2, right - pad / 2, bottom - pad / 2))


def _trace(mask: NDArray[np.uint8], stroke: Stroke, rng: np.random.Generator, width: float) -> None:
    """Draw a stroke that is thicker where the pen is slow and turns."""
    if len(stroke) < 3 and np.ptp(stroke, axis=0).max() < 0.7 * PX:
        centre = stroke.mean(axis=0)
        cv2.circle(mask, (round(centre[0]), round(centre[1])), max(2, round(width * 0.6)), 255, -1, cv2.LINE_AA)
        return
    speed = np.linalg.norm(np.diff(stroke, axis=0), axis=1)
    pace = speed if len(speed) < 7 else np.convolve(np.pad(speed, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    thick = width * np.clip(1.25 - 0.5 * pace / (pace.mean() + 1e-9), 0.6, 1.25)
    shade = int(rng.uniform(215, 255))
    for (a, b), w in zip(pairwise(stroke), thick, strict=False):
        p, q = (int(a[0] * 16), int(a[1] * 16)), (int(b[0] * 16), int(b[1] * 16))
        cv2.line(mask, p, q, shade, max(2, round(float(w))), cv2.LINE_AA, 4)
