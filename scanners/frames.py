"""Pages of TIFF files: counted without decoding, taken out as they are encoded."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from scanners import pnm, tiff
from scanners.base import DamagedFile, FileInfo, FileTooLarge, IntakeLimits, PageSource, PageUnreadable, ScannedPage
from scanners.images import DECODING_ERRORS, PLAIN_MODES, check_pixels, pose, upright
from scanners.resolution import settle
from scanners.wording import page_of
from sohoa.wording import both

_TIFF = "image/tiff"
_DEFLATE = "tiff_adobe_deflate"


def inspect(path: Path, name: str, limits: IntakeLimits) -> int:
    """Return the number of frames, each checked to lie inside the file.

    Raises DamagedFile or FileTooLarge.
    """
    try:
        with path.open("rb") as file:
            size, count = path.stat().st_size, 0
            for frame in tiff.frames(file, limits.pages_per_file):
                tiff.check(frame, size)
                count += 1
    except tiff.BrokenTiff as error:
        raise _damaged(name) from error
    if count > limits.pages_per_file:
        raise FileTooLarge(
            both(f"tệp có hơn {limits.pages_per_file} trang", f"the file has more than {limits.pages_per_file} pages"),
            subject=name,
        )
    if count == 0:
        raise _damaged(name)
    return count


def read(info: FileInfo, index: int, limits: IntakeLimits) -> ScannedPage:
    """Return one frame, fully decoded once to prove it whole.

    Raises PageUnreadable, PageTooLarge, and DamagedFile when the file has changed.
    """
    subject = page_of(info.name, index)
    try:
        with info.path.open("rb") as file:
            frame = _chosen(file, [index], info)[0]
            check_pixels(frame.number(tiff.WIDTH, 0), frame.number(tiff.HEIGHT, 0), limits, subject)
            return _page(file, frame, info, index)
    except (tiff.BrokenTiff, UnidentifiedImageError, *DECODING_ERRORS) as error:
        raise PageUnreadable(
            both("ảnh của trang bị cắt hoặc hỏng", "the page's image is cut or corrupt"), subject=subject
        ) from error


def extract(info: FileInfo, indices: Sequence[int]) -> bytes:
    """Return a TIFF file of just these frames, encoded as they are (old-style JPEG frames without loss as Deflate).

    Raises DamagedFile.
    """
    try:
        with info.path.open("rb") as file:
            chosen = _chosen(file, indices, info)
            if all(frame.movable for frame in chosen):
                return tiff.copy(file, chosen)
            decoded = [_decoded(file, index) for index in indices]
    except (tiff.BrokenTiff, UnidentifiedImageError, *DECODING_ERRORS) as error:
        raise _damaged(info.name) from error
    out = io.BytesIO()
    decoded[0].save(out, "TIFF", save_all=True, append_images=decoded[1:], compression=_DEFLATE)
    return out.getvalue()


def _page(file: BinaryIO, frame: tiff.Frame, info: FileInfo, index: int) -> ScannedPage:
    orientation = frame.number(tiff.ORIENTATION, 1)
    turned = pose(orientation)
    image, data = _opened(file, frame, info, index, upright_already=orientation == 1)
    with image:
        stated = frame.dpi
        if data is not None and image.mode in PLAIN_MODES and turned.mirror is None:
            image.load()
            payload, media_type, untouched = data, _TIFF, True
        else:
            image = upright(image, turned)
            payload, media_type, untouched = pnm.encode(image), "image/x-portable-anymap", False
        width, height = image.size
    if stated is not None and orientation in (5, 7):
        stated = stated[::-1]
    resolution = settle(stated, width, height)
    return ScannedPage(
        source=PageSource(info.name, info.sha256, index),
        data=payload,
        media_type=media_type,
        width=width,
        height=height,
        dpi=resolution.dpi,
        quarter_turns=turned.quarter_turns,
        untouched=untouched,
        dpi_known=resolution.known,
        dpi_disbelieved=resolution.disbelieved,
    )


def _opened(
    file: BinaryIO, frame: tiff.Frame, info: FileInfo, index: int, *, upright_already: bool
) -> tuple[Image.Image, bytes | None]:
    """Return the frame opened in Pillow, and its bytes as a TIFF file when it could be copied as encoded.

    The copy has no orientation tag: Pillow and OpenCV would turn it while decoding, and the page be turned twice.
    """
    if not frame.movable:
        return _decoded(file, index), None
    if info.pages == 1 and upright_already:
        file.seek(0)
        data = file.read()
    else:
        data = tiff.copy(file, [frame], upright=True)
    return Image.open(io.BytesIO(data)), data


def _decoded(file: BinaryIO, index: int) -> Image.Image:
    file.seek(0)
    with Image.open(file) as image:
        image.seek(index)
        return image.copy()


def _chosen(file: BinaryIO, indices: Sequence[int], info: FileInfo) -> list[tiff.Frame]:
    if file.seek(0, 2) != info.size:
        raise _damaged(info.name)
    last = max(indices)
    found = {number: frame for number, frame in enumerate(tiff.frames(file, last + 1)) if number in set(indices)}
    if len(found) != len(set(indices)):
        raise _damaged(info.name)
    return [found[index] for index in indices]


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(both("tệp TIFF bị cắt hoặc hỏng", "the TIFF file is cut or corrupt"), subject=name)
