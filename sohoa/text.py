"""Unicode rules for Vietnamese text: stored in NFC, searched with or without marks.

NFKC is never used on stored text: it turns “m²” into “m2” and “½” into “1⁄2”, and an archive keeps what
the paper says.  ``fold`` keeps one character per character of its NFC input, so a position in folded
text is the same position in the original; snippets and highlights depend on that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MISPLACED_TONE = re.compile(
    rf"(?P<first>[oO][{_TONES}])(?P<second>[aAeE])(?![\u0300-\u036f\w])"
    rf"|(?P<u>(?<![qQ])[uU][{_TONES}])(?P<y>[yY])(?![\u0300-\u036f\w])"
)


def nfc(text: str) -> str:
    """Return ``text`` in NFC, the only form that sohoa stores."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in "đĐðÐ":  # Ð, the Icelandic letter, stands for Đ in old fonts and in misread text
        return "d"
    base = unicodedata.normalize("NFD", char)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


def fold(text: str) -> str:
    """Return NFC ``text`` without tone and vowel marks, đ as d, in lower case.

    The result has exactly one character per character of ``nfc(text)``.
    """
    return "".join(map(_fold_char, nfc(text)))


def match_form(text: str) -> str:
    """Return lower-case NFC ``text`` with tones moved to one place (hòa → hoà, ủy → uỷ), for exact matching.

    Both placements are printed on real forms; the result has the same length as ``nfc(text)``.
    """
    decomposed = unicodedata.normalize("NFD", nfc(text).lower())
    return nfc(_MISPLACED_TONE.sub(_move_tone, decomposed))


def _move_tone(match: re.Match[str]) -> str:
    first, second = (match["first"], match["second"]) if match["first"] else (match["u"], match["y"])
    return first[0] + second + first[1]


def has_marks(text: str) -> bool:
    """Tell whether ``text`` carries any mark that ``fold`` would drop."""
    return fold(text) != nfc(text).lower()
