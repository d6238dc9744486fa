"""The paper of a page without its ink, and the colours of its ink: small pictures, their holes filled from around.

1. The paper is the mean of what is not ink, by squares.  Squares that are nearly all ink are holes; they are filled
   smoothly from the paper around them, so that the JPEG made of it holds nothing sharp.
2. The ink's colours are the means of its core, by squares and their neighbours: where a square holds just a px or two
   of a letter, the letters beside it have the say.  They are spread to where there is no ink at all.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.shrink import reduced, shrunk

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

HOLES = 8
"""Paper px per px of the coarse picture that holes are filled from."""
_SOUND = 64
"""Of 255; the part of a square that must be paper, or it is a hole."""
_SAMPLE = 2
"""Every second row and column tells the ink's colours as well as all do, in a quarter of the time."""


def bare_paper(pixels: Pixels, ink: Pixels, step: int) -> Pixels:
    """Return the page ``step`` times smaller without the ink (255)."""
    size = reduced(pixels, step)
    bare = cv2.bitwise_not(ink)
    shown, share = shrunk(_mask(cv2.bitwise_and(pixels, pixels, mask=bare)), step), shrunk(_mask(bare), step)
    paper = cv2.divide(shown, share if pixels.ndim == 2 else cv2.merge([share] * 3), scale=255)
    holes = np.where(share < _SOUND, 255, 0).astype(np.uint8)
    sound = cv2.bitwise_and(paper, paper, mask=cv2.bitwise_not(holes))
    coarse = [
        cv2.resize(part, reduced(holes, HOLES), interpolation=cv2.INTER_AREA)
        for part in (sound, cv2.bitwise_not(holes))
    ]
    filled = _spread(coarse[0] * np.float32(255), coarse[1].astype(np.float32)).astype(np.uint8)
    return np.asarray(cv2.copyTo(cv2.resize(filled, size, interpolation=cv2.INTER_LINEAR), holes, paper), np.uint8)


def ink_colours(pixels: Pixels, core: Pixels, step: int) -> Pixels:
    """Return the mean colours of the core pixels (255) by squares of ``step`` px."""
    width, height = reduced(pixels, step)
    sample = np.asarray(core[::_SAMPLE, ::_SAMPLE] > 0)
    rows, columns = (places * _SAMPLE for places in np.divmod(np.flatnonzero(sample), sample.shape[1]))
    squares = rows // step * width + columns // step
    inked = pixels[rows, columns].reshape(len(rows), -1)
    sums = [np.bincount(squares, inked[:, channel], width * height) for channel in range(inked.shape[1])]
    summed = np.stack(sums, axis=-1).reshape(height, width, -1).astype(np.float32)
    count = np.bincount(squares, minlength=width * height).reshape(height, width).astype(np.float32)
    return _spread(_blurred(summed).reshape(summed.shape), _blurred(count)).astype(np.uint8)


def _spread(summed: Floats, weight: Floats) -> Floats:
    """Return ``summed / weight``; where nothing weighs, the mean of what lies around, from ever wider surroundings."""
    known = weight > 0
    shape = summed.shape
    summed = summed.reshape(*weight.shape, -1)
    if known.all() or max(weight.shape) == 1:
        return np.asarray((summed / np.maximum(weight, 1e-6)[..., None]).reshape(shape), np.float32)
    around = _spread(_halved(summed), _halved(weight))
    wide = cv2.resize(around, weight.shape[::-1], interpolation=cv2.INTER_LINEAR).reshape(summed.shape)
    return np.where(known[..., None], summed / np.maximum(weight, 1e-6)[..., None], wide).reshape(shape)


def _halved(values: Floats) -> Floats:
    return np.asarray(cv2.resize(values, reduced(values, 2), interpolation=cv2.INTER_AREA), np.float32)


def _blurred(values: Floats) -> Floats:
    return np.asarray(cv2.blur(values, (3, 3)), np.float32)


def _mask(values: NDArray[np.generic]) -> Pixels:
    return np.asarray(values, np.uint8)
