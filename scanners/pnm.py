"""Binary PNM images (P4, P5, P6): the plainest container, readable by everything, without loss or choices."""

from __future__ import annotations

from PIL import Image


def encode(image: Image.Image) -> bytes:
    """Return a bitonal, gray or RGB Pillow image as P4, P5 or P6 bytes.

    Raises ValueError for any other mode.
    """
    if image.mode == "1":
        return _header("P4", image.width, image.height) + _inverted(image.tobytes())
    if image.mode not in ("L", "RGB"):
        raise ValueError(f"no PNM form for mode {image.mode}")
    return samples(image.width, image.height, 1 if image.mode == "L" else 3, image.tobytes())


def bits(width: int, height: int, packed: bytes) -> bytes:
    """Return a P4 image of rows packed to whole bytes, most significant bit first, 1 being black."""
    return _header("P4", width, height) + packed


def samples(width: int, height: int, channels: int, data: bytes) -> bytes:
    """Return a P5 (1 channel) or P6 (3 channels) image of interleaved 8-bit samples."""
    return _header("P5" if channels == 1 else "P6", width, height) + b"255\n" + data


def white(width: int, height: int) -> bytes:
    """Return a white bitonal page."""
    return bits(width, height, bytes((width + 7) // 8 * height))


def _header(magic: str, width: int, height: int) -> bytes:
    return f"{magic}\n{width} {height}\n".encode("ascii")


def _inverted(packed: bytes) -> bytes:
    return packed.translate(_FLIP)


_FLIP = bytes(255 - value for value in range(256))
