"""Doubtful lines, read a second time: what two readings agree on is print, what they do not is mostly a scribble.

1. A line with a word below ``DOUBTFUL`` and something of a word in it is cut out of the picture, within a white rim,
   and read as one line; by the larger model where there is one.  What the cut has of the lines above and below is
   cleared: Tesseract answers nothing at all when it sees parts of two lines, and took 13 of 68 lines of low-resolution
   laws for scribbles (1.45 % of character errors, 1.14 % since).
2. The words of both readings are put together where they overlap from side to side; sure words stay as they were.
3. Same letters, marks aside: the words are believed as much as the surer reading does, in its spelling when that is
   better by the engine's confidence and the lexicon together (``repair.likelihood``); also where the first reading was
   in no doubt, but not sure.  Other letters: the second reading counts when it is sure, else the first with the lower
   confidence of the two, and ``junk`` decides; but what makes a phrase with the words around it is no scribble and
   keeps its own.  A word that only the second reading has is not taken.

46 sample pages and 9 scanned laws, character errors: normal 0.56 % -> 0.37 %, hard 1.84 -> 1.25, laws 1.18 -> 0.91
with the larger model (4.0.0_best_int); 0.46, 1.52 and 0.95 with the page's own.  Debian's script/Vietnamese gave 0.41,
1.22 and 1.00: the laws lose by it, so it is not looked for.  Words counted as the same with a letter in five wrong: no
gain, 0.56 for 0.54 over all samples.  Doubt up to 80 in place of 70 gained 4 % of the word errors of laws and decrees
before the lexicon repaired them, and costs office pages 25 wrong words for 23 since, and a tenth more time.  All lines
of every page by the larger model: laws 4.13 % of word errors for 4.24, forms 3.24 for 1.46, for a third more time.
The lexicon's voice in both, 171 pages, after ``repair``: 1,084 wrong words and 3,016 wrong letters without it; 1,065
and 2,998 when it chooses between spellings; 1,044 and 2,886 when it also keeps phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.pieces import find_pieces
from pipeline.model import Word
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.repair import UNSURE, likelihood, makes_phrase
from sohoa.text import fold

DOUBTFUL = 70.0
_CLEARLY = 10.0
_SURE = 85.0
_PER_VOTE, _VOTES = 10.0, 3.0
"""Confidence that weighs as much as a word being e times as likely; and how much of both a new spelling needs."""
_OVERLAP = 0.3
"""Share of the narrower word's width."""
_BOXES = 4
"""Numbers side by side that the second reading takes for one word.  A form lost an ID of 12 digits; letters, decrees
and hard pages read the same."""
_MARGIN, _RIM = 0.02, 10
"""inch of the picture around the line; px of white around that."""
_PRINT = 160
"""Brightness below which the picture holds print."""
_REACHES_IN = 0.3
"""Share of the line's height that a piece at the edge of the cut must reach into it to belong to it: a tail does."""
_MARKS = 0.4
"""Of the height of capitals."""
_WHITE = 255

Cut = NDArray[np.uint8]
LineReader = Callable[[Cut, tuple[int, int]], list[Word]]
"""Reads a picture of one line whose corner lies at that point (px) of the page's picture."""


def read_again(words: Iterable[Word], page: ReadablePage, reader: LineReader) -> Iterator[Word]:
    """Yield ``words`` (line by line) with the doubtful ones settled by a second reading."""
    for _, group in groupby(words, key=lambda w: w.line):
        line = list(group)
        if _lowest(line) < DOUBTFUL and any(sum(map(str.isalnum, w.text)) > 1 for w in line):
            yield from _settled(line, reader(*_cut(line, page)))
        else:
            yield from line


def _cut(line: Sequence[Word], page: ReadablePage) -> tuple[Cut, tuple[int, int]]:
    """Return the picture of the line within a white rim, and where its corner lies in the page's picture."""
    across, down = page.scale
    height, width = page.recognition.shape
    margin = max(4, round(_MARGIN * page.recognition_dpi))
    left = max(0, round(min(w.box.left for w in line) * across) - margin)
    top = max(0, round(min(w.box.top for w in line) * down) - max(margin, _marks(line, down)))
    right = min(width, round(max(w.box.right for w in line) * across) + margin)
    bottom = min(height, round(max(w.box.bottom for w in line) * down) + margin)
    body = (median(w.box.top for w in line) * down - top, median(w.box.bottom for w in line) * down - top)
    inner = _alone(page.recognition[top:bottom, left:right], body)
    cut = cv2.copyMakeBorder(inner, _RIM, _RIM, _RIM, _RIM, cv2.BORDER_CONSTANT, value=_WHITE)
    return np.asarray(cut, np.uint8), (left - _RIM, top - _RIM)


def _marks(line: Sequence[Word], down: float) -> int:
    """Return how far above a line of capitals its marks may stand, in px of the picture; 0 for other lines.

    Tesseract's boxes leave out the marks of bold titles: cut by them, GIẤY became GIAY in the second reading.
    """
    capitals = [word.box.height for word in line if word.text.isupper()]
    return round(_MARKS * median(capitals) * down) if 2 * len(capitals) > len(line) else 0


def _alone(cut: Cut, body: tuple[float, float]) -> Cut:
    """Return the cut without the pieces of print that enter it from the lines above and below.

    ``body`` is the line's own top and bottom in px of the cut.
    """
    print_ = np.asarray(cut < _PRINT).view(np.uint8)
    pieces = find_pieces(print_)
    top, bottom = pieces.top, pieces.bottom
    inside = np.minimum(bottom, body[1]) - np.maximum(top, body[0])
    foreign = ((top == 0) | (bottom == cut.shape[0])) & (inside < _REACHES_IN * (body[1] - body[0]))
    foreign[0] = False
    if not foreign.any():
        return cut
    soft_edge = np.ones((3, 3), np.uint8)
    entering = pieces.where(foreign)
    own, others = cv2.dilate(print_ & ~entering, soft_edge), cv2.dilate(entering, soft_edge)
    return np.where((others > 0) & (own == 0), np.uint8(_WHITE), cut)


def _settled(line: Sequence[Word], other: Sequence[Word]) -> Iterator[Word]:
    number = line[0].line
    places = [(first, second) for first, second in _side_by_side(line, other) if first]
    for at, (first, second) in enumerate(places):
        left = places[at - 1][0][-1] if at else None
        right = places[at + 1][0][0] if at + 1 < len(places) else None
        for word in _believed(first, second, left, right):
            yield replace(word, line=number)


def _believed(first: list[Word], second: list[Word], left: Word | None, right: Word | None) -> list[Word]:
    """Return what to believe of two readings of one place, between the words ``left`` and ``right`` of the line."""
    before, now = _lowest(first), _lowest(second)
    doubtful = before < DOUBTFUL
    letters = _letters(first)
    if letters and letters == _letters(second):
        runs_on = len(second) < len(first)  # the larger model leaves out blanks between small letters
        better = before < UNSURE and not runs_on and _is_better(first, second, left, right)
        chosen = second if better else first
        return [replace(w, confidence=max(w.confidence, before, now)) for w in chosen] if doubtful else chosen
    if doubtful and now >= max(_SURE, before + _CLEARLY):
        return second
    return list(_disputed(first, now, left, right)) if doubtful else first


def _disputed(first: list[Word], now: float, left: Word | None, right: Word | None) -> Iterator[Word]:
    """Yield the first reading, believed no more than the second unless it makes a phrase with the words around it.

    Digits in the boxes of a form are no line to a reader of lines: its answer says nothing against them.
    """
    if len(first) >= _BOXES and all(word.text.isdecimal() for word in first):
        yield from first
        return
    sides = [left, *first, right]
    for before, word, behind in zip(sides, first, sides[2:], strict=False):
        yield word if makes_phrase(before, word, behind) else replace(word, confidence=min(word.confidence, now))


def _is_better(first: list[Word], second: list[Word], left: Word | None, right: Word | None) -> bool:
    """Tell whether of two spellings of the same letters the second is the better by the engine and the lexicon."""
    surer = _lowest(second) - _lowest(first)
    if len(first) == len(second) == 1:
        for_first, for_second = likelihood(left, first[0], right), likelihood(left, second[0], right)
        if for_first is not None and for_second is not None and for_first != for_second:
            return surer / _PER_VOTE + for_second - for_first > _VOTES
    return surer > _CLEARLY


def _side_by_side(first: Sequence[Word], second: Sequence[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """Yield the words of two readings of a line that share a place, from left to right."""
    both = [(word, 0) for word in first] + [(word, 1) for word in second]
    place: tuple[list[Word], list[Word]] = ([], [])
    end = narrowest = 0
    for word, reading in sorted(both, key=lambda b: (b[0].box.left, b[0].box.right, b[1])):
        if end - word.box.left <= _OVERLAP * min(word.box.width, narrowest or word.box.width):
            yield place
            place, narrowest = ([], []), 0
        place[reading].append(word)
        end, narrowest = max(end, word.box.right), min(word.box.width, narrowest or word.box.width)
    yield place


def _lowest(words: Sequence[Word]) -> float:
    return min((w.confidence for w in words), default=0.0)


def _letters(words: Sequence[Word]) -> str:
    return "".join(filter(str.isalnum, fold("".join(w.text for w in words))))
