"""The words of the pipeline as frozen, typed objects; whatever crosses a module here is one of these.

Coordinates are pixels of the *upright, deskewed* page, origin top left.  Angles are degrees, counter-clockwise
positive: a page whose text lines rise to the right has a positive skew.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from scanners.base import Packing, PageSource
from scanners.identity_card import IdentityCard
from sohoa.ids import Section

DOUBTFUL = 60.0
"""Confidence below which a word is as likely wrong as right."""

PdfProfile = Literal["compact", "faithful", "original"]
"""How a section PDF shows its pages; ``pipeline.pdf.layers`` says what each means."""


class Severity(StrEnum):
    """How much a finding matters: ``info`` needs nobody, ``warning`` waits for review, ``error`` lost something."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the upright, deskewed page; ``right`` and ``bottom`` are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    def __reduce__(self) -> tuple[type[Box], tuple[int, int, int, int]]:
        """Pickle by the constructor: what ``dataclasses`` does for frozen slots looks up every field's name."""
        return Box, (self.left, self.top, self.right, self.bottom)

    @property
    def width(self) -> int:
        """Width in px."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in px."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word: NFC text without white space, its box, confidence 0–100, and its 0-based line.

    ``read`` is what the engine read where ``pipeline.ocr.repair`` put ``text`` right, else None; the confidence is the
    reading's.
    """

    text: str
    box: Box
    confidence: float
    line: int
    read: str | None = None

    def __reduce__(self) -> tuple[type[Word], tuple[str, Box, float, int, str | None]]:
        """Pickle by the constructor, as ``Box`` does: a page has hundreds of words."""
        return Word, (self.text, self.box, self.confidence, self.line, self.read)


@dataclass(frozen=True, slots=True)
class Skew:
    """The angle of the text lines in degrees, and how sure the measurement is (0–1).

    ``applied`` is the angle that was taken out of the page: 0.0 when unsure or too small to matter.
    """

    angle: float
    confidence: float
    applied: float


@dataclass(frozen=True, slots=True)
class Orientation:
    """Clockwise quarter turns (0–3) that make the page upright, and how sure that is (0–1)."""

    quarter_turns: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the scan of a page is; see ``pipeline.imaging.quality``.

    ``sharpness`` is the steepness of the print's edges (0.4 and more for a good scan, None where hardly anything is
    printed), ``contrast`` how much darker than the paper print is (0–1), ``ink`` the share of the sheet it covers.
    """

    sharpness: float | None
    contrast: float
    ink: float


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """How the stored image becomes the upright page.

    ``stored_width`` × ``stored_height`` px is the encoded image; it is turned clockwise by ``quarter_turns``
    (container's and detected turns together), then rotated by ``-skew.applied`` about its centre on a canvas of
    the same size: ``whole_width`` × ``whole_height`` px.  The upright page is ``crop`` of that, or all of it:
    ``width`` × ``height`` px at ``dpi`` (horizontal, vertical).  Every box and word is placed from its top left corner.
    """

    stored_width: int
    stored_height: int
    quarter_turns: int
    skew: Skew
    dpi: tuple[float, float]
    orientation_confidence: float = 1.0
    crop: Box | None = None
    """The sheet, where the scanner's lid shows around it; None when the whole scan is the page."""
    stated_dpi: tuple[float, float] | None = None
    """What the scan says of ``dpi``, when that cannot be true."""

    @property
    def whole_width(self) -> int:
        """Width in px of the upright scan before it is cropped."""
        return self.stored_height if self.quarter_turns % 2 else self.stored_width

    @property
    def whole_height(self) -> int:
        """Height in px of the upright scan before it is cropped."""
        return self.stored_width if self.quarter_turns % 2 else self.stored_height

    @property
    def corner(self) -> tuple[int, int]:
        """Where the page's top left corner lies on the upright scan, in px from the left and from the top."""
        return (self.crop.left, self.crop.top) if self.crop else (0, 0)

    @property
    def width(self) -> int:
        """Width of the upright page in px."""
        return self.crop.width if self.crop else self.whole_width

    @property
    def height(self) -> int:
        """Height of the upright page in px."""
        return self.crop.height if self.crop else self.whole_height

    @property
    def points(self) -> tuple[float, float]:
        """Size of the upright page in pt (1/72 inch)."""
        return self.width * 72 / self.dpi[0], self.height * 72 / self.dpi[1]


Place = tuple[float, float, float, float]
"""Left, top, right and bottom of a part of a picture, as shares of its width and height."""
WHOLE: Place = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class InkLayer:
    """Ink that lies over a page's paper: its colours, shown where a 1-bit mask says so.

    ``mask`` is a bare CCITT G4 stream of ``width`` × ``height`` px, black where there is ink; ``colours`` a JPEG file
    of ``colours_width`` × ``colours_height`` px, deflated (zlib): where it is one flat colour, JPEG alone takes bits
    for each block.  Both fill that ``place`` of the page's image.
    """

    mask: bytes = field(repr=False)
    width: int
    height: int
    colours: bytes = field(repr=False)
    colours_width: int
    colours_height: int
    place: Place = WHOLE


@dataclass(frozen=True, slots=True)
class ImageLayer:
    """The archival image of a page, encoded once; never cleaned of content.

    ``data`` is a JPEG file (``encoding`` jpeg), a JPEG 2000 file (jpx), a bare CCITT fax stream (g4, g3, or g3-mixed
    when some rows are coded in two dimensions), whose black runs are ink unless ``inverted``, or a bare stream of
    deflated samples (flate) or of JBIG2 (jbig2), as ``packing`` says.  ``colour`` is rgb, gray or bitonal.
    ``untouched`` says that the bytes are the scanner's own.  ``inks`` are painted over it, first to last; the image is
    then the paper alone, and smaller than the scan.
    """

    encoding: str
    data: bytes = field(repr=False)
    width: int
    height: int
    colour: str
    untouched: bool
    inks: tuple[InkLayer, ...] = ()
    inverted: bool = False
    packing: Packing | None = None

    @property
    def size(self) -> int:
        """Bytes of the image, of what it needs to be shown, and of the inks over it."""
        shared = len(self.packing.symbols) + len(self.packing.palette) if self.packing else 0
        return len(self.data) + shared + sum(len(ink.mask) + len(ink.colours) for ink in self.inks)


@dataclass(frozen=True, slots=True)
class Finding:
    """Anything a machine was unsure of or refused, with the next step for a person.

    ``code`` is from ``pipeline.findings``; ``page`` is 1-based in ``section`` (or in ``file`` when there is no
    section yet); ``file`` is the source's name; ``box`` the place on the page, where it is about one.
    """

    code: str
    severity: Severity
    message: str
    advice: str = ""
    section: Section | None = None
    page: int | None = None
    file: str | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on a page, by which engine: words in reading order.

    ``unread`` are the places that look like print and could not be read.
    """

    words: tuple[Word, ...]
    engine: str
    unread: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        """The page's text: words of a line joined by one blank, lines by a line feed; ``split()`` gives the words."""
        lines: list[list[str]] = []
        last = None
        for word in self.words:
            if word.line != last:
                lines.append([])
                last = word.line
            lines[-1].append(word.text)
        return "\n".join(" ".join(line) for line in lines)

    @property
    def confidence(self) -> float:
        """Mean confidence over characters, 0–100; 0 for a page without words."""
        weight = sum(len(w.text) for w in self.words)
        return math.fsum(w.confidence * len(w.text) for w in self.words) / weight if weight else 0.0

    @property
    def low_confidence(self) -> float:
        """The confidence that one word in ten does not reach, 0–100: a mean hides a bad part of a page."""
        ordered = sorted(w.confidence for w in self.words)
        return ordered[len(ordered) // 10] if ordered else 0.0

    @property
    def doubtful(self) -> float:
        """The share of words with a confidence below ``DOUBTFUL``, 0–1."""
        return sum(w.confidence < DOUBTFUL for w in self.words) / len(self.words) if self.words else 0.0


class PageKind(StrEnum):
    """What became of a page: exactly one of these, so that the sheet ledger can count it."""

    CONTENT = "content"
    BLANK = "blank"
    COVER = "cover"


@dataclass(frozen=True, slots=True)
class PageResult:
    """Everything that reading one page gave.

    ``text`` has no words when recognition failed or the page is blank; the reason is then among ``findings``.
    """

    source: PageSource
    kind: PageKind
    geometry: PageGeometry
    layer: ImageLayer
    text: PageText
    quality: Quality
    findings: tuple[Finding, ...] = ()
    fingerprint: str = ""
    """How the page looks, see ``pipeline.imaging.fingerprint``."""
    cards: tuple[IdentityCard, ...] = ()
    """ID cards whose QR codes are on the page."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided a guess: the phrase of the catalogue, what the page says, where, and its weight."""

    phrase: str
    found: str
    page: int
    box: Box | None
    weight: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else a paper or dossier may be: catalogue id, name, and how much speaks for it (0–1)."""

    id: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """A document type or procedure: its catalogue id and name, confidence 0–1 and the words that decided.

    ``id`` is ``unknown`` below the threshold; it is never the nearest guess.  ``alternatives`` are for a person to
    choose from, the likeliest first.
    """

    id: str
    name: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value read from a document: normalised text, page (1-based in the section), box, confidence and rule."""

    name: str
    value: str
    page: int
    box: Box | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Whether a document begins on a page (1-based in its section), how sure that is (0.5–1), and what says so.

    Each piece of evidence names its sign in ``phrase``; it weighs more than 0 when it speaks for a first page.
    """

    page: int
    begins: bool
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A run of pages of one type inside a section; pages are 1-based and inclusive, ``date`` is printed on them."""

    section: Section
    type: TypeGuess
    first_page: int
    last_page: int
    fields: tuple[FieldValue, ...] = ()
    date: dt.date | None = None
    by_person: bool = False
    """A person chose the type."""
    cut: Cut | None = None
    """Why it begins where it does; None for the first document of a section."""


ComponentState = Literal["found", "copy", "database", "missing"]


@dataclass(frozen=True, slots=True)
class Component:
    """One paper that the procedure asks for (or gives: ``result``), and the documents (1-based) that are it.

    ``copy``: only certified copies were handed in; ``database``: not there, and a database may have what it says.
    """

    type: str
    name: str
    result: bool
    state: ComponentState
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidance:
    """What people decided that understanding has to keep to; pages are 1-based in their section.

    ``starts`` says of pages whether a document begins there, ``types`` what the document is that begins there.
    """

    starts: Mapping[tuple[Section, int], bool] = field(default_factory=dict)
    types: Mapping[tuple[Section, int], str] = field(default_factory=dict)
    procedure: str | None = None


UNKNOWN = "unknown"
"""The id of a type or procedure that could not be decided."""
