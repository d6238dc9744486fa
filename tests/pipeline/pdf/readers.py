"""Words of our files as two PDF libraries find them: pdfminer, and pdfium, which is in Chrome and Edge."""

from __future__ import annotations

import io
import re
from itertools import groupby

import numpy as np
from drawn_pages import Drawn, FoundWord, Pixels
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTTextBox, LTTextLine
from pypdfium2 import PdfDocument, PdfPage, PdfTextPage


def true_places(drawn: Drawn) -> list[FoundWord]:
    """Return the words of a drawn page in pt: left and right of the ink, top and bottom of the font (0.89, 0.22 em)."""
    across, down = (72 / dpi for dpi in drawn.dpi)
    places = []
    for word in drawn.words:
        baseline = drawn.baselines[word.line]
        top, bottom = baseline - 0.89 * drawn.size, baseline + 0.216 * drawn.size
        places.append(FoundWord(word.text, word.box.left * across, top * down, word.box.right * across, bottom * down))
    return places


def overlap(one: FoundWord, other: FoundWord) -> float:
    """Return what two boxes share, as a part of what they cover together."""
    wide = max(0.0, min(one.right, other.right) - max(one.left, other.left))
    high = max(0.0, min(one.bottom, other.bottom) - max(one.top, other.top))
    areas = [(box.right - box.left) * (box.bottom - box.top) for box in (one, other)]
    return wide * high / (sum(areas) - wide * high)


def pdfminer_words(pdf: bytes, page: int = 1) -> list[FoundWord]:
    """Return the words of a page, line by line from its top."""
    (found,) = extract_pages(io.BytesIO(pdf), page_numbers=[page - 1], laparams=LAParams(all_texts=True))
    lines = [line for box in found if isinstance(box, LTTextBox) for line in box if isinstance(line, LTTextLine)]
    words = []
    for line in sorted(lines, key=lambda line: -line.y0):
        for blank, chars in groupby(line, key=lambda char: not char.get_text().strip()):
            inked = [char for char in chars if isinstance(char, LTChar)]
            if not blank:
                text = "".join(char.get_text() for char in inked)
                left, right = inked[0].x0, inked[-1].x1
                words.append(FoundWord(text, left, found.height - inked[0].y1, right, found.height - inked[0].y0))
    return words


def pdfium_text(pdf: bytes, page: int = 1) -> str:
    """Return the page's text in the order in which selecting all of it copies it."""
    with PdfDocument(pdf) as document:
        return str(document[page - 1].get_textpage().get_text_range()).replace("\r\n", "\n")


def pdfium_words(pdf: bytes, page: int = 1) -> list[FoundWord]:
    """Return the words of a page in its order, each with the box that a search for it marks."""
    with PdfDocument(pdf) as document:
        shown = document[page - 1]
        text = shown.get_textpage()
        words = re.finditer(r"\S+", text.get_text_range())
        return [_marked(shown, text, word.start(), word.end()) for word in words]


def pdfium_hits(pdf: bytes, phrase: str, page: int = 1) -> list[FoundWord]:
    """Return what a person who searches the page for ``phrase`` sees marked, hit by hit."""
    with PdfDocument(pdf) as document:
        shown = document[page - 1]
        text, hits = shown.get_textpage(), []
        search = text.search(phrase)
        while (place := search.get_next()) is not None:
            hits.append(_marked(shown, text, place[0], place[0] + place[1]))
        return hits


def pdfium_picture(pdf: bytes, dpi: float = 150) -> Pixels:
    """Return the first page as Chrome shows it, in gray: of its crop box, turned by its /Rotate."""
    with PdfDocument(pdf) as document:
        return np.asarray(document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))


def _marked(page: PdfPage, text: PdfTextPage, start: int, end: int) -> FoundWord:
    boxes = [text.get_rect(number) for number in range(text.count_rects(start, end - start))]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    height = page.get_height()
    return FoundWord(
        text.get_text_range(start, end - start), min(lefts), height - max(tops), max(rights), height - min(bottoms)
    )
