"""Coloured grounds of certificates: fine wave patterns and a frame, as reflectance at 100 dpi."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_DPI = 200


def ground(name: str, width: float, height: float) -> NDArray[np.float32]:
    """Return the ground called ``name`` for a sheet of ``width`` × ``height`` mm: H × W × 3, 1.0 is bare paper."""
    shape = round(height / 25.4 * _DPI), round(width / 25.4 * _DPI)
    tint, line = _COLOURS[name]
    picture = np.ones((*shape, 3), np.float32)
    inner = np.zeros(shape, np.float32)
    edge = round(15 / 25.4 * _DPI)
    inner[edge:-edge, edge:-edge] = 1
    strength = (inner * _waves(shape))[..., None]
    picture *= 1 - strength * (1 - np.array(tint, np.float32))
    _frame(picture, edge, line)
    return picture


_COLOURS = {
    "certificate": ((0.99, 0.93, 0.78), (0.80, 0.42, 0.36)),
    "pink": ((0.98, 0.86, 0.88), (0.72, 0.36, 0.50)),
}


def _waves(shape: tuple[int, int]) -> NDArray[np.float32]:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    one = np.sin((y + 9 * np.sin(x / 21)) / 2.6)
    two = np.sin((y - 9 * np.sin(x / 21 + 1.2)) / 2.6)
    middle = np.hypot(x - shape[1] / 2, (y - shape[0] / 2))
    rosette = np.exp(-((middle / (shape[1] * 0.24)) ** 4)) * np.clip(np.sin(middle / 3.2) + 0.4, 0, 1)
    return (0.45 + 0.3 * (one > 0.75) + 0.3 * (two > 0.75) + 0.5 * rosette).astype(np.float32)


def _frame(picture: NDArray[np.float32], edge: int, colour: tuple[float, float, float]) -> None:
    high, wide = picture.shape[:2]
    for inset, thick in ((edge - 14, 3), (edge + 14, 2)):
        cv2.rectangle(picture, (inset, inset), (wide - inset, high - inset), colour, thick, cv2.LINE_AA)
    step = 15
    for x in range(edge, wide - edge, step):
        for y in (edge, high - edge):
            cv2.circle(picture, (x, y), 9, colour, 1, cv2.LINE_AA)
            cv2.circle(picture, (x + 7, y), 4, colour, 1, cv2.LINE_AA)
    for y in range(edge, high - edge, step):
        for x in (edge, wide - edge):
            cv2.circle(picture, (x, y), 9, colour, 1, cv2.LINE_AA)
            cv2.circle(picture, (x, y + 7), 4, colour, 1, cv2.LINE_AA)
