"""What a PDF page shows: nothing, one image over the whole page, or something that has to be rendered.

1. Run the page's drawing operators (ISO 32000-1, annex A) far enough to know where images land and whether
   anything else is visible; text in render mode 3 (a hidden text layer) is not.
2. One upright, unmirrored image that covers nearly the whole crop box is the page, provided that nothing is
   drawn after it; what was drawn before it must lie wholly under it.
3. At the first doubt (layers, transparency, odd clips, annotations, damaged operators) the answer is RENDER:
   a rendering is never wrong, only larger and slower.
"""

from __future__ import annotations

import math
import re
import warnings
import zlib
from dataclasses import dataclass, field, replace
from enum import Enum

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Object, Stream

from scanners.pdf_geometry import Rectangle, area, bounds, meet, quarter_turns_of

_LONGEST_CONTENT = 2_000_000
"""Bytes of operators looked at; a scan with a text layer has under 300,000, a drawing of more is rendered anyway."""
_DEEPEST_FORM = 5
_COVERED = 0.9
"""Share of the crop box that the image must cover to be the page."""
_OUTSIDE = 0.02
"""Share of the image that may lie outside the crop box (rounding and bleed, not a crop)."""
_MARGIN_PT = 2.0
"""How far the page may reach beyond the image when something was drawn under it."""
_PAINT_PATH = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_SHOW_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_HARMLESS_STATE = re.compile(r"/(Type|LW|LC|LJ|ML|D|RI|OP|op|OPM|SA|AIS|TK|SM|FL|BG2?|UCR2?|HT)")
_WATCHED = "MP q Q cm Do BI ID EI Tr n W W* re m l c v y h sh gs BDC g rg k cs sc scn f F f* B B* b b* S s Tj TJ ' \""

_END = b"\n/SohoaEnd MP"
"""Put behind the operators: when it is not read back, an open string or dictionary swallowed the end."""
warnings.filterwarnings("ignore", "Unexpected end of stream", module=r"pikepdf\.models\._content_stream")


class Shows(Enum):
    """What is visible on a page."""

    NOTHING = "nothing"
    ONE_IMAGE = "one image"
    RENDER = "anything else"


@dataclass(frozen=True, slots=True)
class Content:
    """What a page shows; for ONE_IMAGE the image, its place, and whether a stencil is painted in black.

    ``quarter_turns`` clockwise make the image stand as drawn, before the page's own /Rotate.
    ``points`` is the (horizontal, vertical) extent of the image's own rows and columns on the page, in pt.
    """

    shows: Shows
    image: Stream | None = None
    quarter_turns: int = 0
    points: tuple[float, float] = (0.0, 0.0)
    black_ink: bool = True


class ContentDamaged(Exception):
    """The page has content that cannot be read."""


class _Doubt(Exception):
    """The page cannot be understood cheaply; render it."""


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix
    clip: Rectangle
    text_mode: int = 0
    black_ink: bool = True


@dataclass(slots=True)
class _Walk:
    state: _State
    stack: list[_State] = field(default_factory=list)
    image: Stream | None = None
    placed: _State | None = None
    drawn: bool = False
    path: list[tuple[float, float]] = field(default_factory=list)
    straight: bool = True
    clip_next: bool = False


def understand(page: pikepdf.Page, crop: Rectangle) -> Content:
    """Return what ``page`` shows inside its crop box ``crop`` (left, bottom, right, top in pt).

    Raises ContentDamaged when the page names content that is not there or is cut.
    """
    try:
        if _annotated(page):
            return Content(Shows.RENDER)
        operators = _operators(page)
        if not operators.strip():
            return Content(Shows.NOTHING)
        walk = _Walk(_State(Matrix(), crop))
        _run(walk, page.obj.get(Name.Resources), operators, 0)
        return _conclude(walk, crop)
    except (_Doubt, pikepdf.PdfError, ValueError, TypeError, ArithmeticError):
        return Content(Shows.RENDER)


def _annotated(page: pikepdf.Page) -> bool:
    """Tell whether any annotation may be visible; links, pop-ups, hidden and sizeless ones are not."""
    annotations = page.obj.get(Name.Annots)
    if annotations is None:
        return False
    for annotation in annotations.as_list() if isinstance(annotations, pikepdf.Array) else [None]:
        if not isinstance(annotation, Dictionary):
            return True
        kind, flags = annotation.get(Name.Subtype), int(annotation.get(Name.F, 0))
        left, bottom, right, top = (float(edge) for edge in annotation.get(Name.Rect, [0, 0, 0, 0]))
        unseen = kind == Name.Popup or bool(flags & 0b100010) or left == right or bottom == top
        if not unseen and not (kind == Name.Link and Name.AP not in annotation):
            return True
    return False


def _operators(page: pikepdf.Page) -> bytes:
    contents = page.obj.get(Name.Contents)
    if contents is None:
        if Name.Contents in page.obj:
            raise ContentDamaged
        return b""
    parts = list(contents.as_list()) if isinstance(contents, pikepdf.Array) else [contents]
    streams = [part for part in parts if isinstance(part, Stream)]
    if len(streams) != len(parts):
        raise ContentDamaged
    return b"\n".join(_decoded(stream) for stream in streams)


def _decoded(stream: Stream) -> bytes:
    """Return the stream's operators, never inflating more than _LONGEST_CONTENT bytes of them."""
    filters = stream.get(Name.Filter)
    raw_length = int(stream.get(Name.Length, 0))
    if raw_length > _LONGEST_CONTENT:
        raise _Doubt
    raw = stream.read_raw_bytes()
    if filters is None or not raw:
        return raw
    single = filters[0] if isinstance(filters, pikepdf.Array) and len(filters) == 1 else filters
    if single != Name.FlateDecode or Name.DecodeParms in stream:
        raise _Doubt
    inflater = zlib.decompressobj()
    try:
        data = inflater.decompress(raw, _LONGEST_CONTENT)
    except zlib.error as error:
        raise ContentDamaged from error
    if inflater.unconsumed_tail:
        raise _Doubt
    if not inflater.eof:
        raise ContentDamaged
    return data


def _run(walk: _Walk, resources: Object | None, operators: bytes, depth: int) -> None:
    scratch = pikepdf.new()
    instructions = pikepdf.parse_content_stream(scratch.make_stream(operators + _END), _WATCHED)
    if not instructions or [str(operand) for operand in instructions.pop().operands] != ["/SohoaEnd"]:
        raise _Doubt
    for instruction in instructions:
        name = str(instruction.operator)
        operands = list(instruction.operands)
        if name == "Do":
            _draw(walk, resources, operands[0], depth)
        elif name in ("INLINE IMAGE", "sh"):
            _paint(walk)
        elif name in _SHOW_TEXT:
            if walk.state.text_mode != 3:
                _paint(walk)
        elif name == "BDC":
            if operands and operands[0] == Name.OC:
                raise _Doubt
        elif name == "gs":
            _check_state(resources, operands[0])
        elif name in ("W", "W*"):
            walk.clip_next = True
        elif name == "n" or name in _PAINT_PATH:
            _end_path(walk, painted=name != "n")
        elif name in ("re", "m", "l", "c", "v", "y"):
            _extend_path(walk, name, [float(value) for value in operands])
        else:
            _set_state(walk, name, operands)


def _set_state(walk: _Walk, name: str, operands: list[Object]) -> None:
    state = walk.state
    if name == "q":
        walk.stack.append(state)
    elif name == "Q" and walk.stack:
        walk.state = walk.stack.pop()
    elif name == "cm":
        step = Matrix(*(float(value) for value in operands))
        walk.state = replace(state, matrix=step @ state.matrix)
    elif name == "Tr":
        walk.state = replace(state, text_mode=int(operands[0]))
    elif name in ("g", "rg", "k"):
        values = [float(value) for value in operands]
        black = values == [0, 0, 0, 1] if name == "k" else not any(values)
        walk.state = replace(state, black_ink=black)
    elif name in ("cs", "sc", "scn"):
        walk.state = replace(state, black_ink=False)


def _paint(walk: _Walk) -> None:
    if walk.image is not None:
        raise _Doubt
    walk.drawn = True


def _draw(walk: _Walk, resources: Object | None, name: Object, depth: int) -> None:
    found = resources.get(Name.XObject, Dictionary()).get(str(name)) if resources is not None else None
    if not isinstance(found, Stream):
        raise ContentDamaged
    if Name.OC in found:
        raise _Doubt
    if found.get(Name.Subtype) == Name.Image:
        if walk.image is not None:
            raise _Doubt
        walk.image, walk.placed = found, walk.state
        return
    if found.get(Name.Subtype) != Name.Form or depth >= _DEEPEST_FORM:
        raise _Doubt
    before, stack = walk.state, walk.stack
    matrix = Matrix(*(float(v) for v in found.get(Name.Matrix, [1, 0, 0, 1, 0, 0]))) @ before.matrix
    box = bounds(matrix, [float(v) for v in found[Name.BBox]])
    walk.state, walk.stack = replace(before, matrix=matrix, clip=meet(before.clip, box)), []
    _run(walk, found.get(Name.Resources, resources), _decoded(found), depth + 1)
    walk.state, walk.stack = before, stack


def _check_state(resources: Object | None, name: Object) -> None:
    state = resources.get(Name.ExtGState, Dictionary()).get(str(name)) if resources is not None else None
    if not isinstance(state, Dictionary):
        raise _Doubt
    for key, value in state.items():
        opaque = key in ("/CA", "/ca") and float(value) == 1.0
        plain = key == "/BM" and value in (Name.Normal, Name.Compatible)
        if not (_HARMLESS_STATE.fullmatch(key) or opaque or plain or (key == "/SMask" and value == Name("/None"))):
            raise _Doubt


def _extend_path(walk: _Walk, name: str, values: list[float]) -> None:
    if name == "re":
        x, y, width, height = values
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        walk.straight = walk.straight and not walk.path
    elif name in ("m", "l"):
        corners = [(values[0], values[1])]
    else:
        corners, walk.straight = [(values[-2], values[-1])], False
    walk.path += [walk.state.matrix.transform(corner) for corner in corners]


def _end_path(walk: _Walk, *, painted: bool) -> None:
    if painted:
        _paint(walk)
    if walk.clip_next:
        rows = {round(y, 2) for _, y in walk.path}
        columns = {round(x, 2) for x, _ in walk.path}
        if not walk.straight or len(rows) != 2 or len(columns) != 2 or not 4 <= len(walk.path) <= 5:
            raise _Doubt
        box = (min(columns), min(rows), max(columns), max(rows))
        walk.state = replace(walk.state, clip=meet(walk.state.clip, box))
    walk.path, walk.straight, walk.clip_next = [], True, False


def _conclude(walk: _Walk, crop: Rectangle) -> Content:
    if walk.image is None or walk.placed is None:
        return Content(Shows.RENDER if walk.drawn else Shows.NOTHING)
    a, b, c, d = walk.placed.matrix.shorthand[:4]
    whole = bounds(walk.placed.matrix, [0, 0, 1, 1])
    seen = meet(meet(whole, crop), walk.placed.clip)
    covers = area(seen) >= _COVERED * area(crop) and area(seen) >= (1 - _OUTSIDE) * area(whole)
    gap = max(seen[0] - crop[0], seen[1] - crop[1], crop[2] - seen[2], crop[3] - seen[3])
    turns = quarter_turns_of(a, b, c, d)
    if not covers or turns is None or (walk.drawn and gap > _MARGIN_PT):
        return Content(Shows.RENDER)
    extent = (math.hypot(a, b), math.hypot(c, d))
    return Content(Shows.ONE_IMAGE, walk.image, turns, extent, walk.placed.black_ink)
