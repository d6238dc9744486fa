"""PDF/A-2u, what a page shows (ISO 19005-2, 6.2): content operators, colour spaces, images and fonts."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Generator, Iterator
from decimal import Decimal

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from pdfa_file import Violation, hex_violations
from PIL import Image, UnidentifiedImageError

_OPERATORS = {
    *(
        "q",
        "Q",
        "cm",
        "w",
        "J",
        "j",
        "M",
        "d",
        "ri",
        "i",
        "gs",
        "sh",
        "Do",
        "MP",
        "DP",
        "BMC",
        "BDC",
        "EMC",
        "BX",
        "EX",
    ),
    *("m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "d0", "d1"),
    *("BT", "ET", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts", "Td", "TD", "Tm", "T*", "Tj", "TJ", "'", '"'),
    *("CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k"),
}
"""All of ISO 32000-1 but inline images, which our files never have."""
_MAX_NESTING = 28
_DEVICE = {"/DeviceRGB": 3, "/DeviceGray": 1}
_ICC_SPACES = {b"RGB ": 3, b"GRAY": 1, b"Lab ": 3}
_INTENTS = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"}
_MAX_STRING, _MAX_NAME, _MAX_INTEGER = 32_767, 127, 2**31 - 1
_LARGEST_REAL, _SMALLEST_REAL = 3.403e38, 1.175e-38


def limit_violations(thing: object) -> Iterator[Violation]:
    """Yield where a string, name or number is beyond what 6.1.8 and 6.1.13 allow."""
    if isinstance(thing, pikepdf.String) and len(bytes(thing)) > _MAX_STRING:
        yield Violation("limits", f"a string of {len(bytes(thing))} bytes")
    elif isinstance(thing, pikepdf.Name):
        name = re.sub(rb"#([0-9a-fA-F]{2})", lambda m: bytes.fromhex(m[1].decode()), thing.unparse()[1:])
        if len(name) > _MAX_NAME:
            yield Violation("limits", f"a name of {len(name)} bytes")
        if name.decode("utf-8", "replace").count("\ufffd"):
            yield Violation("name-encoding", f"the name {name!r} is not UTF-8")
    elif isinstance(thing, int) and abs(thing) > _MAX_INTEGER:
        yield Violation("limits", f"the integer {thing}")
    elif isinstance(thing, Decimal) and thing and not _SMALLEST_REAL <= abs(thing) <= _LARGEST_REAL:
        yield Violation("limits", f"the number {thing}")


_ICC_CLASSES = {b"scnr", b"mntr", b"prtr", b"spac"}


def icc_violations(profile: bytes, components: int) -> Iterator[Violation]:
    """Yield what is wrong with an ICC profile's header and tag table."""
    if len(profile) < 132 or int.from_bytes(profile[:4], "big") != len(profile) or profile[36:40] != b"acsp":
        yield Violation("icc", "no ICC profile, or its size is wrong")
        return
    if not 2 <= profile[8] <= 4 or profile[12:16] not in _ICC_CLASSES:
        yield Violation("icc", f"version {profile[8]}, class {profile[12:16]!r}")
    if _ICC_SPACES.get(profile[16:20]) != components:
        yield Violation("icc", f"space {profile[16:20]!r} for {components} components")
    for i in range(int.from_bytes(profile[128:132], "big")):
        entry = profile[132 + 12 * i : 144 + 12 * i]
        if int.from_bytes(entry[4:8], "big") + int.from_bytes(entry[8:12], "big") > len(profile) or len(entry) < 12:
            yield Violation("icc", f"tag {entry[:4]!r} lies outside the profile")


def page_violations(page: pikepdf.Page, intent: int | None) -> Iterator[Violation]:
    """Yield what is wrong with one page's content; ``intent`` is the components of the output intent's profile."""
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    for image in resources.get("/XObject", {}).values():
        if image.get("/Subtype") != "/Image":
            yield Violation("xobject", f"an XObject of subtype {image.get('/Subtype')}")
            continue
        yield from _image(image, intent)
    try:
        shown = yield from _operators(page, resources, intent)
    except (pikepdf.PdfError, pikepdf.PdfParsingError) as error:
        yield Violation("content", str(error))
        return
    for name, strings in shown.items():
        yield from _font(resources.get("/Font", {}).get(name), name, strings)


def _operators(
    page: pikepdf.Page, resources: pikepdf.Object, intent: int | None
) -> Generator[Violation, None, dict[str, list[bytes]]]:
    """Yield violations; return the strings shown in each font."""
    contents = page.obj.get("/Contents", [])
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        yield from hex_violations(stream.read_bytes())
    depth, font = 0, ""
    shown: dict[str, list[bytes]] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name not in _OPERATORS:
            yield Violation("content", f"unknown operator {name}")
        for operand in operands:
            yield from limit_violations(operand)
        if name == "ri" and str(operands[0]) not in _INTENTS:
            yield Violation("rendering-intent", f"rendering intent {operands[0]}")
        depth += (name == "q") - (name == "Q")
        if depth < 0 or depth > _MAX_NESTING:
            yield Violation("q-nesting", f"q/Q nested {depth} deep")
        if name in "kK":
            yield Violation("device-cmyk", f"operator {name}")
        elif name in ("g", "G", "rg", "RG") and intent is None:
            yield Violation("device-colour", f"operator {name} without an output intent")
        elif name in ("cs", "CS"):
            space = resources.get("/ColorSpace", {}).get(str(operands[0]), operands[0])
            yield from _colour_space(space, intent)[1]
        elif name == "Tf":
            font = str(operands[0])
        elif name in ("Tj", "'", '"', "TJ"):
            parts = operands[-1] if name == "TJ" else [operands[-1]]
            shown.setdefault(font, []).extend(bytes(part) for part in parts if isinstance(part, pikepdf.String))
        for kind, used in (("/XObject", "Do"), ("/ExtGState", "gs"), ("/Font", "Tf")):
            if name == used and str(operands[0]) not in resources.get(kind, {}):
                yield Violation("resources", f"{operands[0]} is not among the page's own {kind}")
    if depth:
        yield Violation("q-nesting", f"{depth} q without Q")
    return shown


def _colour_space(space: pikepdf.Object | None, intent: int | None) -> tuple[int, list[Violation]]:
    """Return the number of components and what is wrong."""
    if isinstance(space, pikepdf.Array) and str(space[0]) == "/ICCBased":
        profile = space[1]
        return int(profile.N), list(icc_violations(profile.read_bytes(), int(profile.N)))
    if isinstance(space, pikepdf.Array) and str(space[0]) == "/Indexed":
        return 1, _colour_space(space[1], intent)[1]
    name = str(space)
    if name == "/DeviceCMYK":
        return 4, [Violation("device-cmyk", "DeviceCMYK without a CMYK output intent")] if intent != 4 else []
    if name not in _DEVICE:
        return 0, [Violation("colour-space", f"colour space {name}")]
    wrong = intent is None or (name == "/DeviceRGB" and intent != 3)
    return _DEVICE[name], [Violation("device-colour", f"{name} without its output intent")] if wrong else []


def _image(image: pikepdf.Object, intent: int | None) -> Iterator[Violation]:
    if image.get("/Interpolate", False):
        yield Violation("interpolate", "an image asks for interpolation")
    for key in ("/Alternates", "/OPI", "/SMask"):
        if key in image:
            yield Violation("image-keys", f"an image has {key}")
    if str(image.get("/Intent", "/Perceptual")) not in _INTENTS:
        yield Violation("rendering-intent", f"an image has rendering intent {image.Intent}")
    if "/Mask" in image:
        yield from _stencil(image.Mask)
    if int(image.get("/BitsPerComponent", 0)) not in (1, 2, 4, 8, 16):
        yield Violation("image-keys", f"{image.get('/BitsPerComponent')} bits per component")
    components, wrong = _colour_space(image.get("/ColorSpace"), intent)
    yield from wrong
    yield from _image_data(image, components)


def _stencil(mask: pikepdf.Object) -> Iterator[Violation]:
    """Yield what is wrong with an explicit mask (ISO 32000-1, 8.9.6.3): it must be a stencil, with no colours."""
    stencil = isinstance(mask, pikepdf.Stream) and mask.get("/Subtype") == "/Image" and mask.get("/ImageMask", False)
    if not stencil or int(mask.get("/BitsPerComponent", 1)) != 1:
        yield Violation("image-mask", "a /Mask is no 1-bit image mask")
        return
    for key in ("/ColorSpace", "/Mask", "/SMask", "/Alternates", "/OPI"):
        if key in mask:
            yield Violation("image-mask", f"an image mask has {key}")
    if mask.get("/Interpolate", False):
        yield Violation("interpolate", "an image mask asks for interpolation")
    yield from _image_data(mask, 1)


def _image_data(image: pikepdf.Object, components: int) -> Iterator[Violation]:
    size = int(image.Width), int(image.Height)
    try:
        data = image.read_raw_bytes()
        if image.get("/Filter") == "/JBIG2Decode":
            yield from _jbig2(data, size)
            return
        if image.get("/Filter") == ["/FlateDecode", "/DCTDecode"]:
            data = zlib.decompress(data)
        if image.get("/Filter") in ("/DCTDecode", "/JPXDecode", ["/FlateDecode", "/DCTDecode"]):
            decoded = Image.open(io.BytesIO(data))
            if image.Filter == "/JPXDecode":
                yield from _jpx(data)
            if len(decoded.getbands()) != components:
                yield Violation("image-data", f"{len(decoded.getbands())} components for a space of {components}")
        else:
            decoded = pikepdf.PdfImage(image).as_pil_image()
        decoded.load()
    except (OSError, UnidentifiedImageError, pikepdf.PdfError, NotImplementedError, ValueError) as error:
        yield Violation("image-data", f"an image cannot be decoded: {error}")
        return
    if decoded.size != size:
        yield Violation("image-data", f"an image of {decoded.size} px is said to have {size}")


def _jbig2(data: bytes, size: tuple[int, int]) -> Iterator[Violation]:
    """Hold the page information, the first segment (ITU-T T.88, 7.2 and 7.4.8), against what the PDF says."""
    number, kind, _, page, _ = struct.unpack_from(">IBBBI", data)
    stated = struct.unpack_from(">II", data, 11)
    if (number, kind & 63, page) != (0, 48, 1) or stated != size:
        yield Violation("image-data", f"a JBIG2 image of {stated} px is said to have {size}")


def _jpx(data: bytes) -> Iterator[Violation]:
    """Yield what ISO 19005-2, 6.2.8.3 forbids: more than one colour specification, or one that is not enumerated sRGB.

    Several are allowed when one is marked best, and ICC profiles, too; our files have neither.
    """
    spaces = [data[at + 4 : at + 11] for at in range(len(data) - 11) if data[at : at + 4] == b"colr"]
    if len(spaces) != 1 or spaces[0][0] != 1 or int.from_bytes(spaces[0][3:7], "big") not in (16, 17):
        yield Violation("jpx-colour", f"{len(spaces)} colour specifications")


def _font(font: pikepdf.Object | None, name: str, strings: list[bytes]) -> Iterator[Violation]:
    if font is None or font.get("/Subtype") != "/Type0" or len(font.get("/DescendantFonts", [])) != 1:
        yield Violation("font-type", f"{name} is no composite font")
        return
    cid_font = font.DescendantFonts[0]
    descriptor = cid_font.get("/FontDescriptor", pikepdf.Dictionary())
    if not font.BaseFont == cid_font.get("/BaseFont") == descriptor.get("/FontName"):
        yield Violation("font-type", f"{name}: its names differ")
    if font.get("/Encoding") != "/Identity-H" or cid_font.get("/Subtype") != "/CIDFontType2":
        yield Violation("font-type", f"{name}: not Identity-H with CIDFontType2")
    if not font.get("/Type") == cid_font.get("/Type") == "/Font":
        yield Violation("font-type", f"{name}: a font dictionary is not of type Font")
    if {"/CIDSet", "/FontFile", "/FontFile3"} & set(descriptor.keys()) or "/UseCMap" in font.get("/ToUnicode", {}):
        yield Violation("font-type", f"{name} has a CIDSet, a second program, or a map that builds on another")
    program = descriptor.get("/FontFile2")
    if not isinstance(program, pikepdf.Stream):
        yield Violation("font-embedded", f"{name} is not embedded")
        return
    if any(len(string) % 2 for string in strings):
        yield Violation("content", f"a string in {name} has an odd number of bytes")
    codes = {int.from_bytes(s[i : i + 2], "big") for s in strings for i in range(0, len(s), 2)}
    yield from _glyphs(name, cid_font, program, codes)
    yield from _unicode(name, font.get("/ToUnicode"), codes)


def _glyphs(name: str, cid_font: pikepdf.Object, program: pikepdf.Stream, codes: set[int]) -> Iterator[Violation]:
    try:
        font = TTFont(io.BytesIO(program.read_bytes()))
        order, metrics, units = font.getGlyphOrder(), font["hmtx"], font["head"].unitsPerEm
    except (TTLibError, KeyError) as error:
        yield Violation("font-embedded", f"the program of {name} cannot be read: {error}")
        return
    widths, default = _widths(cid_font), int(cid_font.get("/DW", 1000))
    mapping = cid_font.get("/CIDToGIDMap")
    table = mapping.read_bytes() if isinstance(mapping, pikepdf.Stream) else None
    if table is None and mapping != "/Identity":
        yield Violation("font-type", f"{name} has no CIDToGIDMap")
    for code in sorted(codes):
        glyph = code if table is None else int.from_bytes(table[2 * code : 2 * code + 2], "big")
        if not 0 < glyph < len(order):
            yield Violation("notdef", f"code {code} of {name} shows glyph {glyph} of {len(order)}")
            continue
        real = metrics[order[glyph]][0] * 1000 / units
        if abs(widths.get(code, default) - real) > 1:
            yield Violation("font-width", f"code {code} of {name}: {widths.get(code, default)}, in the font {real:g}")


def _widths(cid_font: pikepdf.Object) -> dict[int, float]:
    widths: dict[int, float] = {}
    items = list(cid_font.get("/W", []))
    while items:
        first = int(items.pop(0))
        if isinstance(items[0], pikepdf.Array):
            widths.update(enumerate(map(float, items.pop(0)), first))
        else:
            last, width = int(items.pop(0)), float(items.pop(0))
            widths.update(dict.fromkeys(range(first, last + 1), width))
    return widths


def _unicode(name: str, cmap: pikepdf.Object | None, codes: set[int]) -> Iterator[Violation]:
    if not isinstance(cmap, pikepdf.Stream):
        yield Violation("to-unicode", f"{name} has no ToUnicode map")
        return
    text = cmap.read_bytes()
    known: dict[int, str] = {}
    for count, block in re.findall(rb"(\d+)\s+beginbfchar(.*?)endbfchar", text, re.S):
        pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", block)
        if len(pairs) != int(count) or int(count) > 100:
            yield Violation("to-unicode", f"a block of {len(pairs)} entries says {int(count)}")
        known.update({int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in pairs})
    for code in sorted(codes):
        value = known.get(code, "")
        if not value or any(char in "\0\ufeff\ufffe" for char in value):
            yield Violation("to-unicode", f"code {code} of {name} stands for {value!r}")
