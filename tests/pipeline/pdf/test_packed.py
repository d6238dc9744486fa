"""Lossless sources: their own samples go through byte for byte where that is smaller, and show the same px."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from drawn_pages import Drawn, Pixels, render, section_info
from PIL import Image

from pipeline.imaging.decode import decode
from pipeline.model import ImageLayer, PageGeometry, PdfProfile, Skew
from pipeline.pdf import g4
from pipeline.pdf.assemble import SectionPage, write_section
from pipeline.pdf.layers import archival_layer, read_layers
from scanners import files
from scanners.base import IntakeLimits, ScannedPage

Rules = Callable[[bytes], list[object]]
PROFILES: tuple[PdfProfile, ...] = ("compact", "faithful", "original")
DPI = 150.0


@pytest.fixture
def deliver(tmp_path: Path) -> Callable[[bytes], ScannedPage]:
    """Put a file down and take its first page out of it, as a delivery is read."""

    def read(data: bytes) -> ScannedPage:
        path = tmp_path / "scan"
        path.write_bytes(data)
        return files.read_page(files.inspect(path, "scan", IntakeLimits()), 0, IntakeLimits())

    return read


def kept(page: ScannedPage, profile: PdfProfile) -> ImageLayer:
    image = decode(page)
    return archival_layer(page, image.pixels, image.colour, profile)


def one_page(layer: ImageLayer) -> bytes:
    geometry = PageGeometry(layer.width, layer.height, 0, Skew(0.0, 1.0, 0.0), (DPI, DPI))
    return write_section([SectionPage(layer, geometry)], section_info())


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, dpi=(DPI, DPI), **options)
    return file.getvalue()


def shown(layer: ImageLayer) -> Pixels:
    return render(one_page(layer), round(DPI))


def as_rgb(pixels: Pixels) -> Pixels:
    return np.repeat(pixels[..., None], 3, axis=2) if pixels.ndim == 2 else pixels


def coloured(drawn: Drawn) -> Image.Image:
    """The drawn page in four colours, as a drawing program writes it: no noise, few colours."""
    rgb = as_rgb(np.where(drawn.pixels < 128, 0, 255).astype(np.uint8)).copy()
    rgb[:80, :80], rgb[80:160, :80] = (200, 30, 40), (30, 60, 160)
    return Image.fromarray(rgb)


def pictures(drawn: Drawn) -> dict[str, Image.Image]:
    few = coloured(drawn)
    return {
        "1": Image.fromarray(drawn.pixels > 127),
        "L": Image.fromarray(drawn.pixels),
        "RGB": few,
        "P": few.convert("P", palette=Image.Palette.ADAPTIVE, colors=4),
        "P gray": Image.fromarray(drawn.pixels // 64 * 64).convert("P", palette=Image.Palette.ADAPTIVE, colors=4),
        "P 4": shaded(drawn, 16),
        "P 8": shaded(drawn, 256),
    }


def shaded(drawn: Drawn, colours: int) -> Image.Image:
    """The drawn page in ``colours`` shades from blue to white."""
    image = Image.fromarray((drawn.pixels.astype(int) * (colours - 1) // 255).astype(np.uint8), "P")
    image.putpalette(bytes(value for step in range(colours) for value in (255 * step // colours, 200, 255)))
    return image


@pytest.mark.parametrize(
    ("kind", "bits"), [("1", 1), ("L", 8), ("RGB", 8), ("P", 2), ("P gray", 2), ("P 4", 4), ("P 8", 8)]
)
def test_a_png_s_samples_are_carried_as_they_are(
    drawn: Drawn, deliver: Callable[[bytes], ScannedPage], rules: Rules, kind: str, bits: int
) -> None:
    data = saved(pictures(drawn)[kind], "PNG")
    page = deliver(data)
    layer = kept(page, "original")
    assert (layer.encoding, layer.untouched) == ("flate", True)
    assert layer.packing is not None and layer.packing.bits == bits
    assert layer.data in data or data.count(b"IDAT") > 1
    pdf = one_page(layer)
    assert rules(pdf) == []
    assert layer.data in pdf and read_layers(pdf) == [layer]
    assert np.array_equal(render(pdf, round(DPI)), as_rgb(decode(page).pixels))
    assert all(kept(page, profile).size <= len(data) for profile in PROFILES)


def test_a_png_in_many_chunks_becomes_one_stream(drawn: Drawn, deliver: Callable[[bytes], ScannedPage]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, drawn.pixels.shape, dtype=np.uint8)
    page = deliver(saved(Image.fromarray(noise), "PNG"))
    assert page.data.count(b"IDAT") > 1
    assert np.array_equal(shown(kept(page, "original")), as_rgb(noise))


@pytest.mark.parametrize("make", ["transparent", "interlaced", "16 bit", "profile"])
def test_a_png_that_a_pdf_would_show_otherwise_is_coded_anew(
    drawn: Drawn, deliver: Callable[[bytes], ScannedPage], make: str
) -> None:
    few = coloured(drawn)
    if make == "transparent":
        data = saved(few.convert("RGBA"), "PNG")
    elif make == "16 bit":
        data = saved(Image.fromarray(drawn.pixels.astype(np.uint16) * 257), "PNG")
    elif make == "profile":
        data = saved(few, "PNG", icc_profile=bytes(200))
    else:
        data = _interlaced(few)
    layer = kept(deliver(data), "original")
    assert not layer.untouched
    assert np.abs(shown(layer).astype(int) - np.asarray(few)).mean() < 2


def _interlaced(image: Image.Image) -> bytes:
    """A PNG whose header says that it is interlaced, its rows written in Adam7's seven passes, unfiltered."""
    rgb = np.asarray(image)
    passes = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
    rows = b"".join(b"\0" + row.tobytes() for y, x, down, across in passes for row in rgb[y::down, x::across])
    header = struct.pack(">IIBBBBB", image.width, image.height, 8, 2, 0, 0, 1)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    chunks = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def pdf_of(image: pikepdf.Stream, size: tuple[int, int], pdf: pikepdf.Pdf) -> bytes:
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = size
    width, height = (side * 72 / DPI for side in size)
    page = pdf.add_blank_page(page_size=(width, height))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.obj.Contents = pikepdf.Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode())
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["1", "L", "RGB", "P"])
@pytest.mark.parametrize("form", ["plain", "predicted", "inverted"])
def test_the_flate_stream_of_a_pdf_goes_through_byte_for_byte(
    drawn: Drawn, deliver: Callable[[bytes], ScannedPage], rules: Rules, kind: str, form: str
) -> None:
    image = pictures(drawn)[kind]
    pdf = pikepdf.new()
    samples = image.tobytes()
    channels = 3 if kind == "RGB" else 1
    bits = 1 if kind == "1" else 8
    stream = pikepdf.Stream(pdf, zlib.compress(samples))
    stream.Filter, stream.BitsPerComponent = pikepdf.Name.FlateDecode, bits
    stream.ColorSpace = pikepdf.Name.DeviceRGB if kind == "RGB" else pikepdf.Name.DeviceGray
    if kind == "P":
        colours = bytes(image.getpalette() or ())
        stream.ColorSpace = pikepdf.Array(
            [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, len(colours) // 3 - 1, pikepdf.String(colours)]
        )
    if form == "predicted":
        row = len(samples) // image.height
        up = np.frombuffer(samples, np.uint8).reshape(image.height, row)
        differences = np.diff(up, axis=0, prepend=np.zeros((1, row), np.uint8))
        stream.write(
            zlib.compress(b"".join(b"\2" + line.tobytes() for line in differences)),
            filter=pikepdf.Name.FlateDecode,
            decode_parms=pikepdf.Dictionary(Predictor=12, Colors=channels, BitsPerComponent=bits, Columns=image.width),
        )
    if form == "inverted":
        stream.Decode = pikepdf.Array([1, 0] * channels)
    own = stream.read_raw_bytes()
    page = deliver(pdf_of(stream, image.size, pdf))
    layer = kept(page, "original")
    if form == "inverted" and kind == "P":
        assert not layer.untouched, "rendered"
        return
    assert (layer.encoding, layer.data, layer.untouched) == ("flate", own, True)
    written = one_page(layer)
    assert rules(written) == []
    assert read_layers(written) == [layer]
    assert np.array_equal(render(written, round(DPI)), as_rgb(decode(page).pixels))


def jbig2(pixels: Pixels) -> bytes:
    """A JBIG2 stream as PDF embeds it: page information, then one generic region in the fax code."""
    height, width = pixels.shape
    info = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + g4.encode(pixels < 128)
    parts = ((0, 48, info), (1, 38, region))
    return b"".join(struct.pack(">IBBBI", number, kind, 0, 1, len(part)) + part for number, kind, part in parts)


@pytest.mark.parametrize("symbols", ["none", "own", "shared"])
def test_the_jbig2_stream_of_a_pdf_goes_through_unless_it_may_share_symbols_with_other_pages(
    deliver: Callable[[bytes], ScannedPage], rules: Rules, symbols: str
) -> None:
    pixels = np.full((900, 640), 255, np.uint8)
    for step in range(6):  # poppler 22.12 misreads the fax code where two runs end in one row
        pixels[50 + step * 20 : 400 - step * 10, 20 + step * 30 : 40 + step * 30] = 0
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, jbig2(pixels))
    stream.Filter, stream.BitsPerComponent, stream.ColorSpace = pikepdf.Name.JBIG2Decode, 1, pikepdf.Name.DeviceGray
    own = stream.read_raw_bytes()
    known = struct.pack(">IBBBI", 7, 62, 0, 0, 4) + bytes(4)  # an extension segment: a comment that nobody needs
    if symbols != "none":
        stream.DecodeParms = pikepdf.Dictionary(JBIG2Globals=pdf.make_stream(known))
    data = pdf_of(stream, (640, 900), pdf)
    if symbols == "shared":
        pdf.add_blank_page(page_size=(200, 200))
        file = io.BytesIO()
        pdf.save(file)
        data = file.getvalue()
    page = deliver(data)
    layer = kept(page, "original")
    assert (layer.encoding, layer.data == own) == (("g4", False) if symbols == "shared" else ("jbig2", True))
    written = one_page(layer)
    assert (b"/JBIG2Globals" in written) == (symbols == "own")
    assert rules(written) == []
    assert read_layers(written) == [layer]
    assert np.array_equal(render(written, round(DPI))[..., 0], pixels)


@pytest.mark.parametrize("kind", ["gray", "4:2:0", "4:4:4"])
@pytest.mark.parametrize("rows", [16, 48, 100_000])
def test_the_jpeg_of_a_tiff_is_put_together_from_its_strips(
    drawn: Drawn, deliver: Callable[[bytes], ScannedPage], rules: Rules, kind: str, rows: int
) -> None:
    picture = Image.fromarray(drawn.pixels) if kind == "gray" else coloured(drawn)
    options = {} if kind == "gray" else {"subsampling": kind}
    page = deliver(_jpeg_tiff(picture, min(rows, picture.height), **options))
    layer = kept(page, "original")
    assert (layer.encoding, layer.untouched) == ("jpeg", True)
    written = one_page(layer)
    assert rules(written) == []
    assert read_layers(written) == [layer]
    seen = render(written, round(DPI)).astype(int)
    there = as_rgb(decode(page).pixels)
    assert np.abs(seen - there).mean() < 0.5 and np.percentile(np.abs(seen - there), 99.9) < 24


def _jpeg_tiff(image: Image.Image, rows: int, **options: object) -> bytes:
    """A TIFF whose strips are JPEG images that share their tables, as scanners' drivers write them."""
    strips = []
    for top in range(0, image.height, rows):
        strip = io.BytesIO()
        image.crop((0, top, image.width, min(top + rows, image.height))).save(strip, "JPEG", quality=80, **options)
        strips.append(strip.getvalue())
    tables, bare = b"", []
    for strip in strips:
        segments, rest = _cut(strip)
        tables = b"".join(segment for segment in segments if segment[1] in (0xDB, 0xC4))
        bare.append(b"\xff\xd8" + b"".join(s for s in segments if s[1] not in (0xDB, 0xC4, 0xE0)) + rest)
    gray = image.mode == "L"
    factors = (2, 2) if options.get("subsampling") == "4:2:0" else (1, 1)
    return _tiff(image, rows, b"\xff\xd8" + tables + b"\xff\xd9", bare, gray=gray, factors=factors)


def _cut(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the segments before the scan, and the scan with all behind it."""
    place, found = 2, []
    while data[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        found.append(data[place:end])
        place = end
    return found, data[place:]


def _tiff(
    image: Image.Image, rows: int, tables: bytes, strips: list[bytes], *, gray: bool, factors: tuple[int, int]
) -> bytes:
    body, places = bytearray(8), []
    for part in (tables, *strips):
        places.append(len(body))
        body += part + bytes(len(part) % 2)

    def stored(code: str, values: list[int]) -> tuple[int, int, bytes]:
        packed = struct.pack(f"<{len(values)}{code}", *values)
        if len(packed) <= 4:
            return (3 if code == "H" else 4), len(values), packed.ljust(4, b"\0")
        place = len(body)
        body.extend(packed + bytes(len(packed) % 2))
        return (3 if code == "H" else 4), len(values), struct.pack("<I", place)

    samples = 1 if gray else 3
    tags = {
        256: stored("I", [image.width]),
        257: stored("I", [image.height]),
        258: stored("H", [8] * samples),
        259: stored("H", [7]),
        262: stored("H", [1 if gray else 6]),
        273: stored("I", places[1:]),
        277: stored("H", [samples]),
        278: stored("I", [rows]),
        279: stored("I", [len(strip) for strip in strips]),
        347: (7, len(tables), struct.pack("<I", places[0])),
    }
    if not gray:
        tags[530] = stored("H", list(factors))
    directory = struct.pack("<H", len(tags))
    directory += b"".join(struct.pack("<HHI", n, t, c) + v for n, (t, c, v) in sorted(tags.items())) + bytes(4)
    struct.pack_into("<2sHI", body, 0, b"II", 42, len(body))
    return bytes(body) + directory


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "raw"])
@pytest.mark.parametrize("kind", ["L", "RGB", "P"])
def test_a_lossless_page_that_no_scanner_saw_is_never_larger_than_it_came(
    drawn: Drawn, deliver: Callable[[bytes], ScannedPage], rules: Rules, kind: str, compression: str
) -> None:
    data = saved(pictures(drawn)[kind], "TIFF", compression=compression)
    page = deliver(data)
    for profile in PROFILES:
        layer = kept(page, profile)
        assert layer.size <= len(data)
        assert rules(one_page(layer)) == []
    if layer.encoding == "flate":
        assert np.array_equal(shown(layer), as_rgb(decode(page).pixels))
