"""The invisible text of a page: every recognised word on its ink, so that it can be searched, selected and copied.

One text object per line; each word is stretched (Tz) to the width of its box, and a real blank is stretched over the
gap to the next word, because viewers that guess blanks from gaps run words together or tear them apart.

The order of the lines is the reading order; no structure tree repeats it.  An element for each line took 4.6 KB on a
page of 40 lines; one for the page took 0.9 KB, said no more than that order, and every extract would have to prune it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.model import Word
from pipeline.pdf.glyphless import InvisibleFont, natural_width, printable
from pipeline.pdf.lines import PlacedWord, place_line
from pipeline.pdf.placement import Placement
from sohoa.text import nfc

_INVISIBLE = "3 Tr"
_SMALLEST = 0.01
"""Font size (pt) and stretch (%) that are still written as more than 0, which would make the text's matrix singular."""
_NARROWEST_BLANK = 0.06
"""Parts of the font size that the blank between touching or overlapping words takes, from the end of the first:
poppler 22 joins words that are less than 0.036 apart even when a blank is written between them."""


def text_operators(words: Sequence[Word], page: Placement, font: InvisibleFont, font_name: str) -> Iterator[str]:
    """Yield the content-stream operators that write ``words``, in their order, on the page.

    Words are put into NFC; characters that no text layer may hold are left out, and so is a word without any other.
    """
    yield _INVISIBLE
    for _, group in groupby(words, key=lambda word: word.line):
        line = [Word(text, w.box, w.confidence, w.line) for w in group if (text := nfc(printable(w.text)))]
        if line:
            yield _line(place_line(line), page, font, font_name)


def _line(words: Sequence[PlacedWord], page: Placement, font: InvisibleFont, font_name: str) -> str:
    parts = ["BT"]
    x = y = size = 0.0
    for word, following in zip(words, [*words[1:], None], strict=True):
        wanted = max(_SMALLEST, round(word.size * page.scale[1], 2))  # rounded here, so that widths are exact
        if size != wanted:
            size = wanted
            parts.append(f"{font_name} {number(size)} Tf")
        left, baseline = (round(value, 2) for value in page.point(word.left, word.baseline))
        parts.append(f"{number(left - x)} {number(baseline - y)} Td")
        x, y = left, baseline
        width, blank = word.width * page.scale[0], _NARROWEST_BLANK * size
        if following is not None:
            room = (following.left - word.left) * page.scale[0]
            width = min(width, max(room - blank, width / 2))
            blank = max(room - width, blank)
        parts.append(_stretched(word.text, width, size, font))
        if following is not None:
            parts.append(_stretched(" ", blank, size, font))
    parts.append("ET")
    return " ".join(parts)


def _stretched(text: str, width: float, size: float, font: InvisibleFont) -> str:
    """Return the operators that show ``text`` over ``width`` pt in a font of ``size`` pt."""
    stretch = max(_SMALLEST, 100 * width / (natural_width(text) * size))
    return f"{number(stretch)} Tz <{font.encode(text)}> Tj"


def number(value: float, decimals: int = 2) -> str:
    """Return ``value`` as PDF writes it: no exponent, no “-0”; two decimals of a point are 0.04 px at 300 dpi."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
