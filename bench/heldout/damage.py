"""Reads printed words as badly as an engine does: the words of a page in, its recognised words out.

Levels give the share of characters that go wrong and what else happens to a page.  Fields are told apart by whether all
words of their value came through, so that a rule is not blamed for what was never read.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from heldout.layout import Print, SheetOfPaper
from pipeline.model import Box, PageText, Word

_LIKE = {
    "o": "0c", "0": "Oo6", "O": "0Q", "l": "1I", "1": "l7I", "I": "l1", "i": "íìl", "5": "S6", "S": "5", "8": "B3",
    "B": "8", "3": "8", "6": "8", "7": "1", "2": "Z", "9": "g", "4": "A", "c": "e", "e": "c", "n": "u", "u": "n",
    "h": "b", "Đ": "D", "đ": "d", ":": ".;", ",": ".", ".": ",", "-": "–~", "/": "l1", "ă": "ã", "â": "á",
}  # fmt: skip
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BADGE = ("*", "ẢN", "JÂN", "D", "xÃ", "★", "ỦY", "ð", "“", "J", "ÂN", "NIH", "»", "Ÿ", "cHỦ")
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"


@dataclass(frozen=True)
class Level:
    """How bad a reading is; shares are of characters, words, lines or pages as named."""

    character: float
    digit: float
    merged: float
    split: float
    lost_word: float
    lost_line: float
    badge: float
    moved_line: float
    broken_line: float
    doubt: float


LEVELS = {
    "clean": Level(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "office": Level(0.005, 0.0015, 0.002, 0.002, 0.001, 0.002, 0.35, 0.01, 0.01, 0.03),
    "hard": Level(0.04, 0.008, 0.012, 0.012, 0.01, 0.012, 0.7, 0.04, 0.04, 0.15),
}


def _wrong(char: str, rng: random.Random) -> str:
    """Return what a character is taken for: another tone, no tone, or a letter that looks like it."""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1 or char in _VOWELS:
        base = "".join(c for c in parts if c not in _TONES)
        tone = rng.choice(("", "", *_TONES)) if any(c in _TONES for c in parts) else rng.choice(("", *_TONES))
        if rng.random() < 0.3 and len(parts) > 1:
            return unicodedata.normalize("NFC", parts[0] + parts[-1] if rng.random() < 0.5 else parts[0])
        return unicodedata.normalize("NFC", base + tone)
    return rng.choice(_LIKE.get(char, char))


def _misread(text: str, level: Level, rng: random.Random) -> str:
    read = []
    for char in text:
        share = level.digit if char.isdigit() else level.character
        if rng.random() < share:
            char = rng.choice("0123456789") if char.isdigit() and rng.random() < 0.6 else _wrong(char, rng)
        read.append(char)
    return "".join(read)


def read_page(page: SheetOfPaper, level: Level, rng: random.Random) -> tuple[PageText, set[str]]:
    """Return the recognised page, and the fields of whose values some word was not read as printed."""
    hurt: set[str] = set()
    lines = [list(run) for _, run in groupby(page.words, key=lambda word: word.line)]
    if level.moved_line and rng.random() < 0.5:
        for place in range(len(lines) - 1):
            if rng.random() < level.moved_line:
                lines[place], lines[place + 1] = lines[place + 1], lines[place]
    words: list[Word] = []
    number = 0
    for line in lines:
        if rng.random() < level.lost_line:
            hurt.update(word.field for word in line if word.field)
            continue
        number += 1
        for place, word in enumerate(_merge_and_split(line, level, rng, hurt)):
            if rng.random() < level.lost_word:
                if word.field:
                    hurt.add(word.field)
                continue
            if place and rng.random() < level.broken_line and _apart(words[-1], word) if words else False:
                number += 1
            read = _misread(word.text, level, rng)
            if not read.strip():
                continue
            changed = read != word.text
            if changed and word.field:
                hurt.add(word.field)
            words.append(Word(read, _box(word, rng), _confidence(word, changed, level, rng), number))
    if rng.random() < level.badge:
        words = _sealed(words, page, rng)
    return PageText(tuple(_numbered(words)), "damage"), hurt


def _apart(before: Word, word: Print) -> bool:
    return word.left - before.box.right > 2 * (word.bottom - word.top)


def _box(word: Print, rng: random.Random) -> Box:
    return Box(word.left + rng.randint(-1, 1), word.top, word.right + rng.randint(1, 3), word.bottom)


def _confidence(word: Print, changed: bool, level: Level, rng: random.Random) -> float:
    if word.faint:
        return rng.uniform(5, 55)
    if changed:
        return rng.uniform(30, 94)
    if rng.random() < level.doubt:
        return rng.uniform(45, 85)
    return rng.uniform(88, 97)


def _merge_and_split(line: Sequence[Print], level: Level, rng: random.Random, hurt: set[str]) -> list[Print]:
    """Return the line's words with some run together and some torn apart."""
    out: list[Print] = []
    for word in line:
        if out and rng.random() < level.merged and word.left - out[-1].right < (word.bottom - word.top):
            last = out.pop()
            hurt.update(name for name in (last.field, word.field) if name)
            out.append(
                Print(
                    last.text + word.text,
                    last.left,
                    min(last.top, word.top),
                    word.right,
                    max(last.bottom, word.bottom),
                    word.line,
                    last.field or word.field,
                )
            )
        elif len(word.text) > 4 and rng.random() < level.split:
            at = rng.randint(2, len(word.text) - 2)
            middle = word.left + (word.right - word.left) * at // len(word.text)
            if word.field:
                hurt.add(word.field)
            out.append(
                Print(
                    word.text[:at],
                    word.left,
                    word.top,
                    max(word.left + 1, middle - 3),
                    word.bottom,
                    word.line,
                    word.field,
                )
            )
            out.append(
                Print(
                    word.text[at:],
                    middle + 3,
                    word.top,
                    max(middle + 4, word.right),
                    word.bottom,
                    word.line,
                    word.field,
                )
            )
        else:
            out.append(word)
    return out


def _sealed(words: list[Word], page: SheetOfPaper, rng: random.Random) -> list[Word]:
    """Put what a seal reads as among the words in the lower right of the page."""
    spot = [k for k, w in enumerate(words) if w.box.top > page.height * 0.55 and w.box.left > page.width * 0.45]
    if not spot:
        return words
    at = rng.choice(spot)
    near = words[at]
    for step in range(rng.randint(1, 4)):
        left = min(near.box.right + 10 + 70 * step, page.width - 60)
        box = Box(left, near.box.top, min(left + 50, page.width), near.box.bottom)
        words.insert(at + 1 + step, Word(rng.choice(_BADGE), box, rng.uniform(0, 45), near.line))
    return words


def _numbered(words: Sequence[Word]) -> list[Word]:
    """Number the lines 0, 1, 2 … in reading order."""
    numbered, last, number = [], None, -1
    for word in words:
        if word.line != last:
            number, last = number + 1, word.line
        numbered.append(Word(word.text, word.box, word.confidence, number))
    return numbered
