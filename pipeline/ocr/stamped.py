"""What stamps across the print say, as far as a secrecy mark: MẬT must not be missed, whatever it was pressed over.

Other stamps (date of arrival, “bản sao”) are not taken for text: torn by the print under them, they read as anything.
Of 216 marks drawn over and beside the print of three office pages (MẬT, TỐI MẬT and TUYỆT MẬT, red, blue and violet,
turned by 0, -4, 8 and 15°) 215 are found.  179 pages without one have 3 pictures that might be stamps, and no mark.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.model import Box, Word
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.coverage import Piece, PieceReader
from pipeline.secrecy import secrecy_mark_like


def secrecy_words(page: ReadablePage, reader: PieceReader) -> list[Word]:
    """Return the words of the secrecy marks among the stamps of ``page``, each mark on a line of its own from 0 on."""
    if not page.stamps:
        return []
    pieces = [Piece(stamp.picture, (0, 0), likely=True) for stamp in page.stamps]
    found: list[Word] = []
    line = 0
    for stamp, read in zip(page.stamps, reader(pieces), strict=True):
        mark = secrecy_mark_like(" ".join(word.text for word in read), stamp.framed)
        if mark is None:
            continue
        confidence = min(word.confidence for word in read)
        for text, box in zip(mark.split(), _parts(stamp.box, len(mark.split())), strict=True):
            found.append(Word(text, box, confidence, line))
        line += 1
    return found


def _parts(box: Box, count: int) -> list[Box]:
    """Return ``box`` in ``count`` parts side by side."""
    sides = [box.left + box.width * part // count for part in range(count + 1)]
    return [Box(left, box.top, max(right, left + 1), box.bottom) for left, right in pairwise(sides)]
