"""A page's look in 64 bits: two scans of one paper have nearly the same, however bright, skewed or fine they are.

The signs of the lowest frequencies of the page's shade against their median, as in the perceptual hash of Zauner
(“Implementation and benchmarking of perceptual image hash functions”, 2010); the shade is upright, level and free of
the paper's own colour already.  Forms of one kind look alike: who tells pages apart needs their text as well.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.decode import Pixels

_SIDE, _KEPT = 32, 8


def fingerprint(shade: Pixels) -> str:
    """Return 16 hexadecimal digits; ``shade`` says how dark each pixel of the upright page is (0–255)."""
    small = cv2.resize(shade, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = np.asarray(cv2.dct(small))[:_KEPT, :_KEPT].ravel()
    bits = low > np.median(low[1:])
    return np.packbits(bits).tobytes().hex()


def unlike(one: str, other: str) -> int:
    """Return in how many of the 64 bits two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
