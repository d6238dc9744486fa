"""Decode a page image, once.

1. Pillow reads the header: format, size, mode. Nothing is unpacked yet.
2. A gray or RGB JPEG that ends with its end marker is unpacked by OpenCV (42 ms for A4 at 300 dpi in colour, against
   79 ms by Pillow); OpenCV would give a cut one back half gray without a word, so any other JPEG goes to step 3.
3. Everything else is unpacked by Pillow, which refuses data that ends too early.
4. Whatever the file stores becomes 8-bit gray or RGB: palettes are looked up, 16 bits become 8, transparency is laid
   over white paper, CMYK becomes RGB, one bit becomes 0 and 255.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scanners.base import IntakeLimits, PageTooLarge, PageUnreadable, ScannedPage

Pixels = NDArray[np.uint8]
Colour = Literal["rgb", "gray", "bitonal"]

Image.MAX_IMAGE_PIXELS = None
"""Pillow's own bound is below the scanners room's; ``_check_size`` keeps ours instead."""

_UNREADABLE = (OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, struct.error, zlib.error, cv2.error)
"""What Pillow's readers and OpenCV are known to raise on damaged data."""

_JPEG_END = b"\xff\xd9"
_PADDING = b"\x00\r\n \xff"
_WHITE = 255


@dataclass(frozen=True, slots=True)
class PixelImage:
    """A decoded page as stored: uint8, height × width for gray and bitonal (0 black, 255 white), × 3 for RGB."""

    pixels: Pixels
    colour: Colour

    @property
    def width(self) -> int:
        """Width in px."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height in px."""
        return int(self.pixels.shape[0])


def decode(page: ScannedPage) -> PixelImage:
    """Unpack the page's image as it is stored: not turned, not scaled.

    Raises PageUnreadable when the data is damaged, cut or in no format that can be read, PageTooLarge when it holds
    more pixels than its source announced and the limits allow, or does not fit into the memory of a worker.
    """
    subject = f"{page.source.name}, page {page.source.index + 1}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd tags; what matters is whether the pixels come out
            with Image.open(io.BytesIO(page.data)) as image:
                _check_size(image, page, subject)
                return _unpack(image, page.data)
    except MemoryError as error:
        raise PageTooLarge("the image does not fit into the memory of one worker", subject=subject) from error
    except _UNREADABLE as error:
        raise PageUnreadable(f"the image cannot be decoded ({error})", subject=subject) from error


def _check_size(image: Image.Image, page: ScannedPage, subject: str) -> None:
    bound = max(page.width * page.height, IntakeLimits().page_pixels)
    if image.width * image.height > bound:
        raise PageTooLarge(f"the image has {image.width} × {image.height} pixels", subject=subject)


def _unpack(image: Image.Image, data: bytes) -> PixelImage:
    if image.format == "JPEG" and image.mode in ("L", "RGB") and _ends_well(data):
        gray = image.mode == "L"
        flag = cv2.IMREAD_GRAYSCALE if gray else cv2.IMREAD_COLOR_RGB
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flag | cv2.IMREAD_IGNORE_ORIENTATION)
        if pixels is None:
            raise ValueError("no JPEG image")
        return PixelImage(_as_pixels(pixels), "gray" if gray else "rgb")
    return _convert(image)


def _ends_well(data: bytes) -> bool:
    """Tell whether the end marker closes the data; some writers pad behind it."""
    end = data.rfind(_JPEG_END)
    return end > 0 and not data[end + 2 :].strip(_PADDING)


def _convert(image: Image.Image) -> PixelImage:
    image.load()
    mode = image.mode
    if mode == "1":
        return PixelImage(_as_pixels(np.asarray(image.convert("L"))), "bitonal")
    if mode.startswith("I") or mode == "F":
        return PixelImage(_to_eight_bits(np.asarray(image)), "gray")
    if image.has_transparency_data:
        return _over_white(image)
    if mode == "L":
        return PixelImage(_as_pixels(np.asarray(image)), "gray")
    rgb = _as_pixels(np.asarray(image.convert("RGB")))
    return _without_empty_chroma(rgb) if mode == "P" else PixelImage(rgb, "rgb")


def _over_white(image: Image.Image) -> PixelImage:
    paper = Image.new("RGBA", image.size, (_WHITE,) * 4)
    rgb = _as_pixels(np.asarray(Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")))
    return PixelImage(rgb, "rgb") if image.mode in ("RGBA", "RGBa") else _without_empty_chroma(rgb)


def _without_empty_chroma(rgb: Pixels) -> PixelImage:
    """Gray palettes are common in scanners' PNG files: keep one channel where all three are equal."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return PixelImage(np.ascontiguousarray(green), "gray")
    return PixelImage(rgb, "rgb")


def _to_eight_bits(values: NDArray[np.generic]) -> Pixels:
    """Samples of more than 8 bits: integers are 16-bit, floating point runs from 0 to 1 (or to 255)."""
    numbers = np.nan_to_num(values.astype(np.float32))
    top = float(numbers.max(initial=0.0))
    if np.issubdtype(values.dtype, np.floating):
        full = 1.0 if top <= 1.0 else 255.0
    else:
        full = 65535.0 if top > 255.0 else 255.0
    return _as_pixels(np.clip(numbers * (255.0 / full) + 0.5, 0, 255).astype(np.uint8))


def _as_pixels(values: NDArray[np.generic]) -> Pixels:
    return np.ascontiguousarray(values, dtype=np.uint8)
