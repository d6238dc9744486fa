"""Tesseract's table (TSV) -> the words of a page, the same for every way in which Tesseract is run.

1. Rows that hold no word are dropped; boxes are divided by the picture's scale.  Columns and the sides of a head
   come as tables of their own (``layout``).
2. Doubtful lines are read again, where the way of running Tesseract can (``again``).
3. What was read into pen strokes is left out (``junk``).
4. Ink that no word covers is looked at again (``coverage``).
5. The words are put into visual lines, column by column where there is running text in columns (``lines``).
6. Marks and digits that were misread are put right (``repair``, ``figures``), and digits that stand in boxes of their
   own are parted.
7. The secrecy marks of stamps across the print come last (``stamped``), each on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Box, PageText, Word
from pipeline.ocr.again import LineReader, read_again
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.blocks import unread_blocks
from pipeline.ocr.coverage import Coverage, PieceReader, completed
from pipeline.ocr.errors import OcrTimedOut
from pipeline.ocr.figures import corrected
from pipeline.ocr.junk import without_junk
from pipeline.ocr.lines import visual_lines
from pipeline.ocr.places import on_page
from pipeline.ocr.repair import repaired
from pipeline.ocr.stamped import secrecy_words
from sohoa.text import nfc

_WORD_LEVEL = "5"
_ETH = str.maketrans("Ðð", "Đđ")
"""The Vietnamese model sometimes answers with the Icelandic letter, which looks the same and is found by nobody."""
_FEWEST_LETTERS = 10
_APART = 1.2
"""Width per digit in heights: 0.75 in print, 1.6 and more in boxes of 5 mm."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads parts of a page again: doubtful lines, and rows of letters that no word covers."""

    line: LineReader | None = None
    pieces: PieceReader | None = None


def page_text(
    found: Iterable[Word], page: ReadablePage, engine: str, readers: Readers, columns: Sequence[Box] = ()
) -> PageText:
    """Return the text of ``page`` from the words of its tables; parts of it are read again by ``readers``.

    ``columns`` of running text (px of the upright page) are read one after the other.  When the time runs out in a
    second look, what the first one read stands; when it runs out over a stamp, OcrTimedOut is raised.
    """
    first = list(found)
    stamped = secrecy_words(page, readers.pieces) if readers.pieces else []
    believed = without_junk(_settled(first, page, readers.line))
    whole = _completed(believed, page, readers.pieces)
    blocks = list(unread_blocks((word.box for word in whole.words), page))
    rows = [row for row in whole.unread if not any(_begins_in(row, block) for block in blocks)]
    unread = sorted((*rows, *blocks), key=lambda box: (box.top, box.left))
    right = corrected(repaired(visual_lines(whole.words, columns)))
    last = right[-1].line if right else -1
    lone = [replace(word, line=word.line + last + 1) for word in stamped]
    return PageText((*(part for word in right for part in _apart(word)), *lone), engine, tuple(unread))


def _settled(first: list[Word], page: ReadablePage, reader: LineReader | None) -> list[Word]:
    if reader is None:
        return first
    try:
        return list(read_again(first, page, reader))
    except OcrTimedOut:
        return first


def _completed(believed: list[Word], page: ReadablePage, reader: PieceReader | None) -> Coverage:
    if reader is None:
        return Coverage(believed, ())
    try:
        return completed(believed, page, reader)
    except OcrTimedOut:
        return completed(believed, page, lambda pieces: [[] for _ in pieces])  # tells of the rows that look like print


def readability(table: str) -> float:
    """Return the mean confidence over the letters of a picture, 0–100; 0 when hardly a letter is found."""
    letters = confidence = 0.0
    for row in _rows(table):
        count = sum(map(str.isalnum, row[11]))
        letters += count
        confidence += count * float(row[10])
    return confidence / letters if letters >= _FEWEST_LETTERS else 0.0


def words(
    table: str,
    page: ReadablePage,
    corner: tuple[int, int] = (0, 0),
    band: tuple[int, int] | None = None,
    number: int | None = None,
) -> Iterator[Word]:
    """Yield every word of the table in the engine's own order, with boxes in px of the upright page.

    ``corner`` is the point (px) of the page's picture at which the picture that was read begins; of the words,
    only those in ``band`` count (first and last row of the picture that was read, px) when it is given, and only those
    of the picture with that 1-based ``number`` when the engine was given several at once.
    """
    line, last = -1, None
    for row in _rows(table):
        if number is not None and row[1] != str(number):
            continue
        if row[1:5] != last:
            line, last = line + 1, row[1:5]
        left, top, width, height = map(int, row[6:10])
        if band is not None and not band[0] <= top + height / 2 < band[1]:
            continue
        left, top = left + corner[0], top + corner[1]
        box = on_page((left, top, left + width, top + height), page.scale, page.geometry)
        for part in nfc(row[11]).translate(_ETH).split():
            yield Word(part, box, float(row[10]), line)


def _apart(word: Word) -> Iterator[Word]:
    """Yield the digits of a number, unless they were put right, one by one when they stand in the boxes of a form."""
    box, count = word.box, len(word.text)
    if count < 2 or word.read or not word.text.isdecimal() or box.width < _APART * count * box.height:
        yield word
        return
    for place, digit in enumerate(word.text):
        left, right = (box.left + box.width * n // count for n in (place, place + 1))
        yield replace(word, text=digit, box=replace(box, left=left, right=right))


def _rows(table: str) -> Iterator[list[str]]:
    """Yield the rows that hold a word."""
    for line in table.splitlines():
        row = line.split("\t", 11)
        if len(row) == 12 and row[0] == _WORD_LEVEL and row[11].strip() and float(row[10]) >= 0:
            yield row


def _begins_in(row: Box, block: Box) -> bool:
    return block.left <= row.left < block.right and block.top <= (row.top + row.bottom) / 2 < block.bottom
