"""Single-image files: JPEG, PNG and JPEG 2000.

Sizes are read from headers of our own and held against IntakeLimits before Pillow sees a byte, so Pillow's
limit (which warns from 89 million pixels on, less than an A0 map at 300 dpi) is switched off for the process.
Pillow's LOAD_TRUNCATED_IMAGES stays off: a cut image must fail, never come back half grey.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from scanners import jpeg, pnm
from scanners.base import DamagedFile, FileInfo, IntakeLimits, PageSource, PageTooLarge, PageUnreadable, ScannedPage
from scanners.resolution import settle
from scanners.wording import page_of
from sohoa.wording import both

Image.MAX_IMAGE_PIXELS = None

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JP2_SIGNATURES = (b"\x00\x00\x00\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")
PLAIN_MODES = frozenset({"1", "L", "P", "RGB"})
DECODING_ERRORS = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error, zlib.error)
"""What Pillow raises on damaged files, by format: a cut TIFF is a TypeError, a cut PNG a SyntaxError."""

_QUARTER_TURNS = {1: 0, 6: 1, 3: 2, 8: 3}
_MIRRORS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    7: Image.Transpose.TRANSVERSE,
}


@dataclass(frozen=True, slots=True)
class Pose:
    """How an EXIF or TIFF orientation (1–8) becomes upright: clockwise quarter turns, or one mirroring."""

    quarter_turns: int
    mirror: Image.Transpose | None


def pose(orientation: object) -> Pose:
    """Return the pose of an orientation tag; a value outside 1–8 means nothing and is taken as upright."""
    number = orientation if isinstance(orientation, int) else 1
    return Pose(_QUARTER_TURNS.get(number, 0), _MIRRORS.get(number))


def inspect(data: bytes, media_type: str, name: str) -> None:
    """Check that the file is whole as far as its structure tells, without decoding it.

    Raises DamagedFile.
    """
    if size(data, media_type) is None:
        raise DamagedFile(both("phần đầu của ảnh bị hỏng", "the image's header is broken"), subject=name)
    if not _complete(data, media_type):
        raise DamagedFile(
            both("ảnh bị cắt cụt, thiếu phần cuối", "the image is cut off: its end is missing"), subject=name
        )


def size(data: bytes, media_type: str) -> tuple[int, int] | None:
    """Return (width, height) in px from the header, or None when it is broken."""
    if media_type == "image/jpeg":
        found = jpeg.facts(data)
        return (found.width, found.height) if found else None
    width, height = _png_size(data) if media_type == "image/png" else _jp2_size(data)
    return (width, height) if width > 0 and height > 0 else None


def read(info: FileInfo, data: bytes, limits: IntakeLimits) -> ScannedPage:
    """Return the one page of an image file whose bytes are ``data``, fully decoded once to prove it whole.

    Raises PageTooLarge and PageUnreadable.
    """
    subject = page_of(info.name, 0)
    dimensions = size(data, info.media_type)
    if dimensions is None or not _complete(data, info.media_type):
        raise _unreadable(subject)
    check_pixels(*dimensions, limits, subject)
    try:
        with Image.open(io.BytesIO(data)) as image:
            orientation = image.getexif().get(ExifTags.Base.Orientation, 1) if info.media_type == "image/jpeg" else 1
            stated = image.info.get("dpi")
            turned = pose(orientation)
            if image.mode in PLAIN_MODES and "transparency" not in image.info and turned.mirror is None:
                prove(data, info.media_type)
                payload, media_type, (width, height) = data, info.media_type, dimensions
            else:
                plain = upright(image, turned)
                payload, media_type, (width, height) = pnm.encode(plain), "image/x-portable-anymap", plain.size
    except (UnidentifiedImageError, *DECODING_ERRORS) as error:
        raise _unreadable(subject) from error
    if stated is not None and turned.mirror in (Image.Transpose.TRANSPOSE, Image.Transpose.TRANSVERSE):
        stated = stated[::-1]
    resolution = settle(_numbers(stated), width, height)
    return ScannedPage(
        source=PageSource(info.name, info.sha256, 0),
        data=payload,
        media_type=media_type,
        width=width,
        height=height,
        dpi=resolution.dpi,
        quarter_turns=turned.quarter_turns,
        untouched=payload is data,
        dpi_known=resolution.known,
        dpi_disbelieved=resolution.disbelieved,
    )


def check_pixels(width: int, height: int, limits: IntakeLimits, subject: str) -> None:
    """Raise PageTooLarge when the image has more pixels than the limits allow."""
    if width * height > limits.page_pixels:
        raise PageTooLarge(
            both(
                f"trang có {width} × {height} điểm ảnh, vượt giới hạn {limits.page_pixels // 1_000_000} triệu",
                f"the page has {width} × {height} px, more than the limit of {limits.page_pixels // 1_000_000} million",
            ),
            subject=subject,
        )


def prove(data: bytes, media_type: str) -> None:
    """Decode the whole of an image as cheaply as its codec allows; a cut one raises one of DECODING_ERRORS.

    A JPEG is decoded at 1/8 of its size: all its data is still read, only the inverse transforms are saved.
    """
    with Image.open(io.BytesIO(data)) as image:
        if media_type == "image/jpeg":
            image.draft("L", (image.width // 8 or 1, image.height // 8 or 1))
        elif media_type == "image/jp2":
            image.reduce = 2  # type: ignore[method-assign, assignment]  # Pillow's name for resolution levels to drop
        image.load()


def upright(image: Image.Image, turned: Pose) -> Image.Image:
    """Return the image as bitonal, gray or RGB on white paper, mirrored back where its tag asks for it."""
    image.load()
    plain = _flattened(image)
    return plain.transpose(turned.mirror) if turned.mirror is not None else plain


def _flattened(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image, dtype=np.uint32) * 255 // 65535).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        paper.alpha_composite(layer)
        return paper.convert("L" if image.mode in ("L", "LA", "La", "1") else "RGB")
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("I", "F"):
        raise ValueError(f"samples of mode {image.mode} have no agreed range")
    return image.convert("RGB")


def _complete(data: bytes, media_type: str) -> bool:
    if media_type == "image/jpeg":
        found = jpeg.facts(data)
        return found is not None and found.complete
    if media_type == "image/png":
        return _png_complete(data)
    return data.rfind(b"\xff\xd9", len(data) - 4096 if len(data) > 4096 else 0) >= 0


def _png_size(data: bytes) -> tuple[int, int]:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return 0, 0
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _png_complete(data: bytes) -> bool:
    """Walk the chunks, each with its check sum, to the end chunk."""
    at, view = len(PNG_SIGNATURE), memoryview(data)
    while at + 12 <= len(data):
        length = struct.unpack_from(">I", data, at)[0]
        end = at + 12 + length
        if end > len(data) or zlib.crc32(view[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end
    return False


def _jp2_size(data: bytes) -> tuple[int, int]:
    """Read the SIZ segment of the code stream (ITU-T T.800, A.5.1), which a JP2 file wraps in boxes."""
    start = data.find(b"\xff\x4f\xff\x51", 0, 1 << 20)
    if start < 0 or start + 24 > len(data):
        return 0, 0
    right, bottom, left, top = struct.unpack_from(">IIII", data, start + 8)
    return right - left, bottom - top


def _numbers(stated: object) -> tuple[float, float] | None:
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    try:
        horizontal, vertical = float(stated[0]), float(stated[1])
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return horizontal, vertical


def _unreadable(subject: str) -> PageUnreadable:
    return PageUnreadable(
        both("ảnh bị cắt hoặc hỏng, không đọc hết được", "the image is cut or corrupt and cannot be read to its end"),
        subject=subject,
    )
