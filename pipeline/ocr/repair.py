"""Vowel marks that were misread, put right where the language leaves hardly a doubt.

Four misreadings in five by Tesseract's Vietnamese model are one letter's marks: the hook above lost or made a tilde
(thẩm read as thâm, nổ as nỗ), the roof of ô or â lost (đối read as đói).

1. Looked at are words of small letters read below ``UNSURE``, and at the beginning of a sentence a word with a capital
   that is no possible syllable.  Names, abbreviations, numbers, codes and what is printed in capitals are not.
2. What may be printed instead: the same letters with one other tone, mark or đ, if it is a syllable of the ``lexicon``.
3. It is weighed by how likely it is between its neighbours and how often such a confusion happens (``_TONES``), against
   what was read and against every other candidate.  A reading that is no possible syllable weighs nothing.
4. The winner is taken when it is ``CLEARLY`` likelier than all others and stands in a ``PHRASE`` of official language,
   which an impossible syllable need not; what was read stays beside it (``Word.read``).

The method is the noisy channel of Kernighan, Church and Gale (1990).  173 pages: 334 words became right, 3 wrong.  Word
errors of scanned laws 3.38 % -> 1.74 and 4.42 -> 2.43, of circulars at 227 dpi 3.72 -> 2.79, of letters in colour 5.24
-> 4.12, of hard forms 1.93 -> 1.89, of clean ones 1.21 as before.  Less of it: only impossible syllables, 13 right and
none wrong; without neighbours, 37 and none; all confusions weighed alike, 329 and 6.  More of it: no phrase asked for,
361 and 5, but five times as many words of a novel would go wrong; sure words that are 22,000 times as likely, 96 more
right and none wrong, but a sure reading stays as it is; words in capitals, 40 right, but a man's VĂN twice made VẬN;
every capital that small letters follow, 12 more right, among names.  All figures are of before
possible syllables with a capital, and numbers in words, were left as read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf, log

from pipeline.model import Word
from pipeline.ocr.lexicon import lexicon
from pipeline.ocr.syllable import is_syllable
from sohoa.text import fold, nfc

UNSURE = 95.0
"""Below lie 6 % of the words of small letters that were read right and 68 % of the others; below 70, 0.1 and 1 %."""
CLEARLY = 6.0
"""Difference of natural logarithms: 400 times as likely."""
PHRASE = 100
"""How often the syllable must have been counted beside its neighbours, unless what was read is no possible one."""
_APART = 2.0
"""Line heights between two columns."""
_LEVEL, _FALLING, _RISING, _TILDE, _HOOK, _DOT = "", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_TONE_MARKS = (_LEVEL, _FALLING, _RISING, _TILDE, _HOOK, _DOT)
_TONES = {
    (_LEVEL, _HOOK): 87,
    (_TILDE, _HOOK): 46,
    (_FALLING, _HOOK): 34,
    (_LEVEL, _RISING): 30,
    (_LEVEL, _FALLING): 23,
    (_RISING, _HOOK): 22,
    (_HOOK, _RISING): 13,
    (_HOOK, _LEVEL): 9,
    (_HOOK, _FALLING): 7,
    (_RISING, _LEVEL): 4,
    (_FALLING, _RISING): 4,
    (_FALLING, _TILDE): 2,
    (_LEVEL, _TILDE): 2,
    (_TILDE, _LEVEL): 2,
    (_DOT, _RISING): 1,
    (_DOT, _LEVEL): 1,
    (_TILDE, _FALLING): 1,
}
"""(tone read, tone printed): how often, in 133 pages of the samples, of drawn forms and of scanned laws."""
_OTHER_LETTER, _BOTH = 17, 6
"""The same for ă for a, ô for o, đ for d and their like: with the tone as printed, and with another."""
_MOST = max(_TONES.values())
_LETTERS = {"a": "aăâ", "d": "dđ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}
_NUMBERS = frozenset(
    ("mốt", "hai", "bốn", "tư", "lăm", "nhăm", "sáu", "bảy", "tám", "chín", "mười", "mươi", "trăm", "nghìn", "triệu")
)
"""A number in words is as much a number as one in digits: ba mười triệu stays as read.  “năm” is mostly a year."""
_AROUND = ".,;:!?()[]\"'“”‘’-–/*…"
_GOES_ON = frozenset(["", ",", ";"])
"""Signs over which two syllables are still neighbours."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A word's text between the signs around it."""

    before: str
    core: str
    after: str

    @property
    def neighbour(self) -> str | None:
        """The syllable that it is to the words beside it, or None."""
        cased = self.core.islower() or self.core.istitle()
        return self.core.lower() if cased and is_syllable(self.core) else None


def repaired(words: Sequence[Word]) -> list[Word]:
    """Return the words, in reading order as they came, with misread marks put right."""
    parts = [_part(word.text) for word in words]
    result = list(words)
    for place, (word, part) in enumerate(zip(words, parts, strict=True)):
        left = parts[place - 1] if place and _is_near(words[place - 1], word) else None
        right = parts[place + 1] if place + 1 < len(parts) and _is_near(word, words[place + 1]) else None
        begins = not place or parts[place - 1].after.endswith((".", ";"))
        if word.confidence < UNSURE and (_is_small(part.core) or (begins and _is_misread(part, right))):
            printed = _cased_like(part.core, _printed(part.core.lower(), _left_of(part, left), _right_of(part, right)))
            if printed != part.core:
                result[place] = replace(word, text=f"{part.before}{printed}{part.after}", read=word.text)
    return result


def _is_near(word: Word, following: Word) -> bool:
    """Tell whether two words follow each other in a text rather than in two columns or cells of a table."""
    if following.line != word.line:
        return following.box.left < word.box.left  # a text goes on at the left; cells of a table need not
    gap = following.box.left - word.box.right
    return gap <= _APART * max(word.box.height, following.box.height)


def likelihood(left: Word | None, word: Word, right: Word | None) -> float | None:
    """Return the natural logarithm of how likely the small-letter ``word`` is between its neighbours on the line.

    Minus infinity when it is no possible syllable; None for a word of other than small letters.
    """
    part = _part(word.text)
    if not _is_small(part.core):
        return None
    if not is_syllable(part.core):
        return -inf
    before, behind = (_part(side.text) if side else None for side in (left, right))
    return lexicon().likelihood(_left_of(part, before), part.core, _right_of(part, behind))


def makes_phrase(left: Word | None, word: Word, right: Word | None) -> bool:
    """Tell whether the small-letter ``word``, put right where need be, stands in a phrase with its neighbours."""
    part = _part(word.text)
    before, behind = (_part(side.text) if side else None for side in (left, right))
    sides = _left_of(part, before), _right_of(part, behind)
    return _is_small(part.core) and lexicon().together(sides[0], _printed(part.core, *sides), sides[1]) >= PHRASE


def _is_small(core: str) -> bool:
    return core.isalpha() and core.islower()


def _is_misread(part: _Part, right: _Part | None) -> bool:
    """Tell whether a capital begins a sentence with no name: small letters follow what is no possible syllable."""
    follows = right is not None and _is_small(right.core)
    return len(part.core) > 1 and part.core.istitle() and follows and not is_syllable(part.core)


def _cased_like(core: str, printed: str) -> str:
    return printed.capitalize() if core[:1].isupper() else printed


def _printed(core: str, left: str | None, right: str | None) -> str:
    """Return what is printed where ``core`` was read: itself, unless something else is clearly likelier."""
    known = lexicon()
    weighed = [
        (known.likelihood(left, other, right) + weight, other) for other, weight in _confused(core) if other in known
    ]
    as_read = known.likelihood(left, core, right) if is_syllable(core) else -inf
    second, best = sorted([*weighed, (as_read, core), (-inf, core)])[-2:]
    if core in _NUMBERS or best[1] in _NUMBERS:
        return core
    is_phrase = as_read == -inf or known.together(left, best[1], right) >= PHRASE
    return best[1] if is_phrase and best[0] - second[0] > CLEARLY else core


@lru_cache(maxsize=4096)
def _confused(core: str) -> tuple[tuple[str, float], ...]:
    """Return the possible syllables one confusion away from ``core``, each with the confusion's weight (logarithm)."""
    found = []
    for place, letter in enumerate(core):
        for other, count in _alike(letter):
            text = core[:place] + other + core[place + 1 :]
            if is_syllable(text):
                found.append((text, log((count + 1) / (_MOST + 1))))
    return tuple(found)


def _alike(letter: str) -> Iterator[tuple[str, int]]:
    """Yield the letters that differ from ``letter`` in nothing but marks, with how often they are confused."""
    base, tone = _without_tone(letter)
    for other in _LETTERS.get(fold(letter), ""):
        for other_tone in (_LEVEL,) if fold(other) == "d" else _TONE_MARKS:
            if other == base and other_tone != tone:
                yield nfc(other + other_tone), _TONES.get((tone, other_tone), 0)
            elif other != base:
                yield nfc(other + other_tone), _OTHER_LETTER if other_tone == tone else _BOTH


def _without_tone(letter: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in decomposed if mark in _TONE_MARKS[1:]), _LEVEL)
    return nfc(decomposed.replace(tone, "") if tone else decomposed), tone


def _part(text: str) -> _Part:
    core = text.strip(_AROUND)
    before = text[: len(text) - len(text.lstrip(_AROUND))]
    return _Part(before, core, text[len(before) + len(core) :])


def _left_of(part: _Part, left: _Part | None) -> str | None:
    return left.neighbour if left and not part.before and left.after in _GOES_ON else None


def _right_of(part: _Part, right: _Part | None) -> str | None:
    return right.neighbour if right and not right.before and part.after in _GOES_ON else None
