"""How the samples of a PDF image become gray or RGB: colour spaces, palettes and packed bits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pikepdf import Array, Name, Object, Stream

Samples = NDArray[np.uint8]
_CHANNELS = {"/DeviceGray": 1, "/CalGray": 1, "/G": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/RGB": 3}


@dataclass(frozen=True, slots=True)
class Colours:
    """How samples become gray or RGB: channels, and for a palette its colours (n × 3)."""

    channels: int
    palette: Samples | None = None


def colours_of(space: Object | None, depth: int = 0) -> Colours | None:
    """Return how a colour space is read, or None when it is not gray, RGB or a palette of them."""
    if isinstance(space, Name):
        channels = _CHANNELS.get(str(space))
        return Colours(channels) if channels else None
    if not isinstance(space, Array) or not len(space) or depth > 1:
        return None
    family = str(space[0])
    if family == "/ICCBased":
        channels = int(space[1].get(Name.N, 0))
        return Colours(channels) if channels in (1, 3) else None
    if family in ("/Indexed", "/I"):
        return _palette(space, depth)
    channels = _CHANNELS.get(family)
    return Colours(channels) if channels else None


def _palette(space: Array, depth: int) -> Colours | None:
    base = colours_of(space[1], depth + 1)
    if base is None or base.palette is not None:
        return None
    table = space[3].read_bytes() if isinstance(space[3], Stream) else bytes(space[3])
    entries = np.frombuffer(table[: len(table) // base.channels * base.channels], np.uint8)
    entries = entries.reshape(-1, base.channels)[: int(space[2]) + 1]
    return Colours(1, np.repeat(entries, 3, axis=1) if base.channels == 1 else entries) if len(entries) else None


def unpacked(rows: Samples, columns: int, depth: int) -> Samples:
    """Return one sample per byte from rows packed at ``depth`` bits."""
    if depth == 8:
        return rows
    shifts = np.arange(8 - depth, -1, -depth, dtype=np.uint8)
    spread = (rows[:, :, None] >> shifts) & np.uint8((1 << depth) - 1)
    return np.ascontiguousarray(spread.reshape(rows.shape[0], -1)[:, :columns])


def shown(samples: Samples, colours: Colours, depth: int, *, inverted: bool) -> tuple[int, Samples]:
    """Return (channels, 8-bit samples) of what the samples show."""
    if colours.palette is not None:
        highest = np.uint8(len(colours.palette) - 1)
        table = colours.palette[::-1] if inverted else colours.palette
        looked_up = table[np.minimum(samples, highest)]
        gray = bool((colours.palette == colours.palette[:, :1]).all())
        return (1, np.ascontiguousarray(looked_up[:, :, 0])) if gray else (3, looked_up)
    scaled = samples if depth == 8 else (samples * np.uint8(255 // ((1 << depth) - 1))).astype(np.uint8)
    return colours.channels, np.invert(scaled) if inverted else scaled
