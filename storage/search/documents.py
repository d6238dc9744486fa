"""The form of a page in the index: tantivy's schema, and documents in both directions.

Facts of tantivy-py 0.27 that this module is built around: an ``add_unsigned_field`` kills the writer when it is
given a Python int, so integers are ``add_integer_field``; a tokenizer must be registered at each open; a commit
carries no payload of ours, so the cursor is a document of its own, replaced in the same commit as the pages.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import tantivy
import zstandard

from storage.search.base import BoxRow, FeedEnd, IndexedDossier, IndexedPage
from storage.search.query import id_parts, id_prefixes
from storage.search.words import boxed_numbers, words

SCHEMA = 2
"""Raised with every change of what is indexed or how; an index of another schema is rebuilt."""

_WORDS = "sohoa_words"
_RAW = ("dossier", "unit", "procedure", "doctype", "section")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _RAW:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("folded", "exact"):
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="position")
    for name in ("id_prefix", "id_part"):
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="basic")
    builder.add_integer_field("date", stored=True, indexed=True, fast=True)
    for name in ("page", "version"):
        builder.add_integer_field(name, stored=True)
    for name in ("text", "boxes"):
        builder.add_bytes_field(name, stored=True)
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("cursor", stored=True)
    return builder.build()


schema = _schema()


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as the index keeps it; ``box_of`` gives the box of a word by its number in the text."""

    dossier_id: str
    version: int
    unit: str
    procedure: str
    doctype: str
    section: str
    number: int
    date: dt.date
    text: str
    boxes: PackedBoxes


class PackedBoxes:
    """The boxes of a page's words, unpacked from their stored form.

    Four columns of 32-bit numbers (step from the last left, step from the last top, width, height), compressed
    with Zstandard: 4 bytes a word on a page of type; 7 with the coordinates as they are.
    Raises ValueError when the data is damaged.
    """

    def __init__(self, data: bytes) -> None:
        numbers = array("i")
        try:
            numbers.frombytes(zstandard.decompress(data))
        except zstandard.ZstdError as error:
            raise ValueError(f"damaged boxes: {error}") from error
        if sys.byteorder == "big":
            numbers.byteswap()
        count = len(numbers) // 4
        first, second, third, fourth = (numbers[start * count : (start + 1) * count] for start in range(4))
        self._columns = list(accumulate(first)), list(accumulate(second)), third, fourth

    @staticmethod
    def pack(boxes: Sequence[BoxRow]) -> bytes:
        """Return ``boxes`` in their stored form."""
        columns = array("i", _steps([box[0] for box in boxes]))
        columns.extend(_steps([box[1] for box in boxes]))
        columns.extend([box[2] - box[0] for box in boxes])
        columns.extend([box[3] - box[1] for box in boxes])
        if sys.byteorder == "big":
            columns.byteswap()
        return zstandard.compress(columns.tobytes())

    def box_of(self, number: int) -> BoxRow | None:
        """Return the box of a word by its 0-based number, or None when the page has fewer."""
        lefts, tops, widths, heights = self._columns
        if not 0 <= number < len(lefts):
            return None
        left, top = lefts[number], tops[number]
        return left, top, left + widths[number], top + heights[number]

    def all(self) -> tuple[BoxRow, ...]:
        """Return every box, in reading order."""
        boxes = map(self.box_of, range(len(self._columns[0])))
        return tuple(box for box in boxes if box is not None)


def _steps(values: list[int]) -> list[int]:
    return [value - last for last, value in pairwise([0, *values])]


def register(index: tantivy.Index) -> tantivy.Index:
    """Prepare an index that was just made or opened; without it every query and document of words fails."""
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def page_documents(dossier: IndexedDossier) -> list[tantivy.Document]:
    """Return one document per page."""
    prefixes, parts = " ".join(id_prefixes(dossier.dossier_id)), " ".join(id_parts(dossier.dossier_id))
    documents = []
    for page in dossier.pages:
        document = tantivy.Document()
        values = (dossier.dossier_id, dossier.unit, dossier.procedure, page.doctype, page.section)
        for name, value in zip(_RAW, values, strict=True):
            document.add_text(name, value)
        found = words(page.text)
        document.add_text("folded", " ".join([word.folded for word in found]))
        document.add_text("exact", " ".join([word.exact for word in found]))
        for number in boxed_numbers(page.text):  # a value of its own: no phrase leads into it
            document.add_text("folded", number)
            document.add_text("exact", number)
        document.add_text("id_prefix", prefixes)
        document.add_text("id_part", parts)
        document.add_integer("date", number_of_day(dossier.date))
        document.add_integer("page", page.number)
        document.add_integer("version", dossier.version)
        document.add_bytes("text", page.text.encode())
        document.add_bytes("boxes", PackedBoxes.pack(page.boxes))
        documents.append(document)
    return documents


def stored_page(document: tantivy.Document) -> StoredPage:
    """Return the page that a document of the index keeps."""
    values: dict[str, list[Any]] = document.to_dict()
    return StoredPage(
        dossier_id=values["dossier"][0],
        version=values["version"][0],
        unit=values["unit"][0],
        procedure=values["procedure"][0],
        doctype=values["doctype"][0],
        section=values["section"][0],
        number=values["page"][0],
        date=day_of_number(values["date"][0]),
        text=bytes(values["text"][0]).decode(),
        boxes=PackedBoxes(bytes(values["boxes"][0])),
    )


def indexed_page(page: StoredPage) -> IndexedPage:
    """Return a stored page in the form in which pages come to the index."""
    return IndexedPage(page.section, page.number, page.doctype, page.text, page.boxes.all())


def cursor_document(end: FeedEnd) -> tantivy.Document:
    """Return the document that says how far the index came, and by which schema it was made."""
    document = tantivy.Document()
    document.add_text("kind", "cursor")
    document.add_bytes("cursor", json.dumps({"schema": SCHEMA, "epoch": end.epoch, "seq": end.seq}).encode())
    return document


def read_cursor(searcher: tantivy.Searcher) -> FeedEnd | None:
    """Return how far an index came, or None when it is of another schema or was never filled."""
    found = searcher.search(tantivy.Query.term_query(schema, "kind", "cursor"), 1).hits
    if not found:
        return None
    cursor = json.loads(bytes(searcher.doc(found[0][1]).to_dict()["cursor"][0]))
    return FeedEnd(cursor["epoch"], cursor["seq"]) if cursor["schema"] == SCHEMA else None


def number_of_day(day: dt.date) -> int:
    """Return a day as the number yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of_number(number: int) -> dt.date:
    """Return the day that the number yyyymmdd names."""
    return dt.date(number // 10000, number // 100 % 100, number % 100)
