"""Files as scanners write them: JPEG, multi-page TIFF (G4 or JPEG), PDF with one image on each page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin


@dataclass(frozen=True)
class Frame:
    """One page ready for a file: pixels, resolution in dpi, bitonal or not, JPEG quality."""

    pixels: NDArray[np.uint8]
    dpi: int
    bitonal: bool
    quality: int

    @property
    def image(self) -> Image.Image:
        image = Image.fromarray(self.pixels)
        return image.convert("1", dither=Image.Dither.NONE) if self.bitonal else image


def write(path: Path, frames: list[Frame]) -> None:
    """Write ``frames`` in the format that the name's ending asks for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jpg":
        (frame,) = frames
        path.write_bytes(_jpeg(frame))
    elif path.suffix in (".tif", ".tiff"):
        path.write_bytes(_tiff(frames))
    else:
        _pdf(path, frames)


def _jpeg(frame: Frame) -> bytes:
    out = io.BytesIO()
    frame.image.save(out, "JPEG", quality=frame.quality, dpi=(frame.dpi, frame.dpi), optimize=True)
    return out.getvalue()


def _tiff(frames: list[Frame]) -> bytes:
    """Write all pages with one compression, the first page's: a device does not change it in one job.

    Colour goes in as YCbCr, as scanners store it; RGB in JPEG would take twice the bytes.
    """
    first, images = frames[0], [f.image.convert("YCbCr") if f.pixels.ndim == 3 else f.image for f in frames]
    out = io.BytesIO()
    options: dict[str, object] = {"dpi": (first.dpi, first.dpi), "save_all": True}
    if first.bitonal:
        options["compression"] = "group4"
    else:
        options |= {"compression": "jpeg", "quality": first.quality}
    images[0].save(out, "TIFF", append_images=images[1:], **options)
    return out.getvalue()


def _pdf(path: Path, frames: list[Frame]) -> None:
    pdf = pikepdf.new()
    for frame in frames:
        high, wide = (n * 72 / frame.dpi for n in frame.pixels.shape[:2])
        image = _g4_image(pdf, frame) if frame.bitonal else _jpeg_image(pdf, frame)
        drawing = pikepdf.Stream(pdf, f"q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Im0 Do Q".encode())
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(wide, 3), round(high, 3)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image)),
            Contents=drawing,
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path, deterministic_id=True)
    pdf.close()


def _jpeg_image(pdf: pikepdf.Pdf, frame: Frame) -> pikepdf.Stream:
    stream = pikepdf.Stream(pdf, _jpeg(frame))
    for key, value in _header(frame).items():
        stream[key] = value
    stream.ColorSpace = pikepdf.Name.DeviceRGB if frame.pixels.ndim == 3 else pikepdf.Name.DeviceGray
    stream.BitsPerComponent, stream.Filter = 8, pikepdf.Name.DCTDecode
    return stream


def _header(frame: Frame) -> dict[str, object]:
    high, wide = frame.pixels.shape[:2]
    return {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": wide, "/Height": high}


def _g4_image(pdf: pikepdf.Pdf, frame: Frame) -> pikepdf.Stream:
    out = io.BytesIO()
    one_strip = TiffImagePlugin.ImageFileDirectory_v2()
    one_strip[TiffImagePlugin.ROWSPERSTRIP] = frame.pixels.shape[0]
    frame.image.save(out, "TIFF", compression="group4", tiffinfo=one_strip)
    tags = Image.open(out).tag_v2
    (start,), (length,) = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
    high, wide = frame.pixels.shape[:2]
    stream = pikepdf.Stream(pdf, out.getvalue()[start : start + length])
    for key, value in _header(frame).items():
        stream[key] = value
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 1
    stream.Filter = pikepdf.Name.CCITTFaxDecode
    black_is_one = tags[TiffImagePlugin.PHOTOMETRIC_INTERPRETATION] == 1
    stream.DecodeParms = pikepdf.Dictionary(K=-1, Columns=wide, Rows=high, BlackIs1=black_is_one)
    return stream
