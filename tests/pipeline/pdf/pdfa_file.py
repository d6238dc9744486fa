"""PDF/A-2u, the file's outer shape (ISO 19005-2, 6.1.2 to 6.1.7): read from the raw bytes, without a PDF library.

Only files with a classic cross-reference table are understood, which is what ``write_section`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Violation:
    """One broken rule: its short name and what was found."""

    rule: str
    message: str


_STREAM = re.compile(rb">>[\x00\t\n\f\r ]*stream(\r\n|\n|\r|)")
_LENGTH = re.compile(rb"/Length[\x00\t\n\f\r ]+(\d+)(?:[\x00\t\n\f\r ]+(\d+)[\x00\t\n\f\r ]+R)?")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)")
_LITERAL = re.compile(rb"\((?:\\.|[^\\()])*\)", re.S)
_HEX = re.compile(rb"(?<!<)<(?!<)([^>]*)>")
_ID = re.compile(rb"/ID\s*\[\s*(<[0-9a-fA-F]+>|\((?:\\.|[^\\)])+\))\s*(<[0-9a-fA-F]+>|\((?:\\.|[^\\)])+\))\s*\]", re.S)


def file_violations(data: bytes) -> Iterator[Violation]:
    """Yield what is wrong with header, end, cross-reference table, trailer and stream lengths."""
    yield from _header(data)
    if not re.search(rb"%%EOF[\r\n]{0,2}\Z", data):
        yield Violation("eof", "the file does not end with %%EOF and one end of line")
    table = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data)
    start = int(table[1]) if table else -1
    if data[start : start + 4] != b"xref":
        yield Violation("xref", f"startxref does not point to a cross-reference table ({start})")
        return
    if not re.compile(rb"xref(\r\n|\n|\r)\d+ \d+").match(data, start):
        yield Violation("xref", "not one end of line between “xref” and its first subsection")
    offsets, trailer = {}, start
    for number, offset, problem in _entries(data, start):
        if problem:
            yield Violation("xref", problem)
        elif number >= 0:
            offsets[number] = offset
        trailer = max(trailer, offset if number < 0 else trailer)
    yield from _trailer(data[trailer : table.start() if table else None])
    ordered = sorted(offsets.items(), key=lambda item: item[1])
    for (number, offset), (_, end) in pairwise([*ordered, (0, len(data))]):
        yield from _spacing(data, number, offset, end)
        yield from _stream(data, number, offset, end, offsets)


def hex_violations(text: bytes) -> Iterator[Violation]:
    """Yield what is wrong with the hexadecimal strings in a piece of PDF syntax."""
    for digits in _HEX.findall(_LITERAL.sub(b"", text)):
        if len(re.sub(rb"\s", b"", digits)) % 2 or re.search(rb"[^0-9a-fA-F\s]", digits):
            yield Violation("hex-string", f"<{digits[:20]!r}> is no even number of hexadecimal digits")


def _header(data: bytes) -> Iterator[Violation]:
    first, _, rest = data.partition(b"\n")
    if not re.fullmatch(rb"%PDF-1\.[0-7]\r?", first):
        yield Violation("header", f"the first line is {first[:20]!r}")
    comment = rest.partition(b"\n")[0]
    if not (comment.startswith(b"%") and len(comment) >= 5 and all(byte > 127 for byte in comment[1:5])):
        yield Violation("binary-comment", f"the second line is {comment[:20]!r}")


def _entries(data: bytes, start: int) -> Iterator[tuple[int, int, str]]:
    """Yield (object number, offset, problem) of each used object; at last (-1, place of the trailer, "")."""
    place = start + 4
    seen: set[int] = set()
    while head := re.compile(rb"\s*(\d+) (\d+)\s*\n").match(data, place):
        first, count = int(head[1]), int(head[2])
        place = head.end()
        for number in range(first, first + count):
            entry = _ENTRY.match(data, place)
            if entry is None:
                yield -2, 0, f"entry {number} is not 20 bytes of the required form"
                return
            place = entry.end()
            if number in seen:
                yield number, 0, f"object {number} is listed twice"
            seen.add(number)
            offset, generation = int(entry[1]), int(entry[2])
            if entry[3] == b"n":
                right = re.compile(rb"%d %d obj\b" % (number, generation)).match(data, offset)
                yield number, offset, "" if right else f"object {number} is not at {offset}"
    yield -1, place, ""


def _trailer(text: bytes) -> Iterator[Violation]:
    if not text.lstrip().startswith(b"trailer"):
        yield Violation("xref", "no trailer behind the cross-reference table")
    identity = _ID.search(text)
    if identity is None or min(len(identity[1]), len(identity[2])) < 18:
        yield Violation("trailer-id", "the trailer has no /ID of two strings")
    if b"/Encrypt" in text:
        yield Violation("encrypt", "the file is encrypted")


def _spacing(data: bytes, number: int, start: int, end: int) -> Iterator[Violation]:
    """Hold the keywords of the object between ``start`` and ``end`` against 6.1.9, and its strings against 6.1.6."""
    head = re.compile(rb"\d+ \d+ obj(\r\n|\n|\r)").match(data, start)
    tail = re.compile(rb"[\r\n]endobj[\r\n]").search(data, start, end)
    if data[start - 1 : start] not in (b"\r", b"\n") or head is None or tail is None:
        yield Violation("object-spacing", f"object {number}: “obj” and “endobj” are not each on a line's end")
    stream = _STREAM.search(data, start, end)
    yield from hex_violations(data[start : stream.start() if stream else end])


def _stream(data: bytes, number: int, start: int, end: int, offsets: dict[int, int]) -> Iterator[Violation]:
    """Hold the /Length of the object between ``start`` and ``end``, if it is a stream, against its data."""
    stream = _STREAM.search(data, start, end)
    if stream is None:
        return
    if stream[1] not in (b"\n", b"\r\n"):
        yield Violation("stream-length", f"object {number}: no line feed behind “stream”")
    length = _LENGTH.search(data, start, stream.start() + 2)
    if length is None:
        yield Violation("stream-length", f"object {number}: no /Length")
        return
    size = int(length[1])
    if length[2] is not None:
        indirect = re.compile(rb"\d+ \d+ obj\s+(\d+)\s+endobj").match(data, offsets.get(size, len(data)))
        size = int(indirect[1]) if indirect else -1
    if size < 0 or not re.compile(rb"(\r\n|\n|\r)endstream\b").match(data, stream.end() + size):
        yield Violation("stream-length", f"object {number}: its data is not {size} bytes long")
