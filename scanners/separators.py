"""Reading cover sheets: which dossier the pages behind a sheet belong to.

1. A sheet carries two QR codes (dossier ID, section, procedure, expected pages) and one Code128 (dossier ID).
2. Read with zxing-cpp, these two formats only, in every orientation: the gray page first; where that gives no
   QR code of ours and the page has colour, the brightest channel, in which a red seal over a code disappears.
3. Only codes with our own prefix count.  Citizens' papers carry codes of their own, which never cut a dossier; those of
   ID cards are returned beside (``identity_card``), all others are neither kept nor logged.
4. A code of ours that is not valid, or two that disagree, is an InvalidCover: a person must look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from scanners import identity_card
from scanners.cover import CoverSheet, InvalidCover, decode
from scanners.identity_card import IdentityCard
from sohoa.wording import both

Pixels = NDArray[np.uint8]

_OURS = re.compile(r"SOHOA\d{1,3}\|")
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
_READING_DPI = 200.0
_A4_LONG_INCHES = 297 / 25.4
_HANDED = 0.15
"""Share of modules by which the mirrored symbol must agree better; the two readings differ in about half of them."""
_OWN_CONTRAST = 0.35
"""Of the paper's brightness; a code that shows through from the other side has less."""
_COLOURED, _COLOURED_SHARE = 20, 0.0005
"""Channels differ by more than this (of 255) on more than this share of a page with coloured ink: 0.3 cm² of A4."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What a page's codes say: a cover sheet or None, and the ID cards on it in reading order."""

    cover: CoverSheet | InvalidCover | None
    cards: tuple[IdentityCard, ...] = ()


def read_cover(pixels: Pixels, dpi: float | None = None) -> CoverSheet | InvalidCover | None:
    """Return what the cover sheet in ``pixels`` says, or None for a page without a code of ours; see ``read_codes``."""
    return read_codes(pixels, dpi).cover


def read_codes(pixels: Pixels, dpi: float | None = None) -> Codes:
    """Return what the codes of a page say.

    ``pixels`` is gray (height × width) or RGB (height × width × 3).  ``dpi`` of the pixels saves work on fine scans;
    without it an A4 sheet is assumed.
    """
    small = _reduced(pixels, _READING_DPI / (dpi or max(pixels.shape[:2]) / _A4_LONG_INCHES))
    if small.ndim == 2:
        payloads, cards = _payloads(small)
        return Codes(_agree(payloads), cards)
    payloads, cards = _payloads(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False))
    if not any(_tells_all(payload) for payload in payloads) and _has_colour(small):
        red, green, blue = cv2.split(small)
        more, others = _payloads(cv2.max(cv2.max(red, green), blue).astype(np.uint8, copy=False))
        payloads, cards = payloads | more, tuple(dict.fromkeys((*cards, *others)))
    return Codes(_agree(payloads), cards)


def _has_colour(pixels: Pixels) -> bool:
    """Tell whether the page has ink or paper of a colour, from every fourth pixel of every fourth row."""
    red, green, blue = cv2.split(np.ascontiguousarray(pixels[::4, ::4]))
    spread = cv2.absdiff(red, green) // 2 + cv2.absdiff(green, blue) // 2
    return float((spread > _COLOURED).mean()) > _COLOURED_SHARE


def _reduced(pixels: Pixels, scale: float) -> Pixels:
    """Return the page at about 200 dpi: 30 mm codes lose nothing there, and finer pages take twice the time.

    Whole factors average, which is quick then; between 1 and 2 interpolation is five times as quick and as good.
    """
    if scale > 0.85:
        return pixels
    if scale > 0.55:
        return cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)
    factor = max(2, round(1 / scale))
    height, width = (side // factor for side in pixels.shape[:2])
    whole = pixels[: height * factor, : width * factor]
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _payloads(gray: Pixels) -> tuple[set[str], tuple[IdentityCard, ...]]:
    """Return the texts of our own codes, and ID cards; all other codes are dropped here and go nowhere."""
    found = zxingcpp.read_barcodes(np.ascontiguousarray(gray), formats=_FORMATS, try_invert=False)
    ours = {code.text for code in found if _OURS.match(code.text) and _is_on_this_side(code, gray)}
    codes = [code for code in found if code.format == zxingcpp.BarcodeFormat.QRCode]
    codes.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return ours, tuple(card for code in codes if (card := identity_card.parse(code.bytes)) is not None)


def _is_on_this_side(code: zxingcpp.Barcode, gray: Pixels) -> bool:
    """Tell a code printed on this side from one that shows through from the other.

    The decoder reads mirrored codes too, so the blank back of a cover sheet would pass for a second cover sheet.
    Seen from behind, a QR code's modules agree with their transpose rather than with themselves; bars have no
    handedness, so a bar code must be dark enough (paper shows a third of the print at most).
    """
    place = code.position
    corners = [(p.x, p.y) for p in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]
    if code.format == zxingcpp.BarcodeFormat.Code128:
        left, top, width, height = cv2.boundingRect(np.array(corners, np.int32))
        dark, light = np.percentile(gray[max(0, top) : top + height + 1, max(0, left) : left + width + 1], (5, 95))
        return bool(light - dark >= _OWN_CONTRAST * max(light, 1.0))
    printed = zxingcpp.create_barcode(code.text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    modules = np.asarray(printed.to_image(scale=1, add_quiet_zones=False)) > 127
    side = modules.shape[0]
    grid = np.array([(0, 0), (side, 0), (side, side), (0, side)], np.float32)
    flat = cv2.getPerspectiveTransform(np.array(corners, np.float32), grid * 8)
    seen = cv2.resize(cv2.warpPerspective(gray, flat, (side * 8, side * 8)), (side, side), interpolation=cv2.INTER_AREA)
    light_modules = seen > np.median(seen)
    from_behind = (light_modules == modules.T).mean() - (light_modules == modules).mean()
    return bool(from_behind < _HANDED)  # of another version or mask than ours, neither agrees: believe the code


def _tells_all(payload: str) -> bool:
    sheet = decode(payload)
    return sheet is not None and sheet.complete


def _agree(payloads: set[str]) -> CoverSheet | InvalidCover | None:
    if not payloads:
        return None
    codes = tuple(sorted(payloads))
    sheets = [decode(code) for code in codes]
    valid = [sheet for sheet in sheets if sheet is not None]
    if len(valid) < len(sheets):
        reason = both("mã trên tờ bìa không hợp lệ", "a code on the cover sheet is not valid")
        return InvalidCover(reason, codes)
    told = [sheet for sheet in valid if sheet.complete]
    if len({sheet.dossier_id for sheet in valid}) > 1 or len(told) > 1:
        reason = both("các mã trên một trang mâu thuẫn nhau", "the codes on one page disagree")
        return InvalidCover(reason, codes)
    return told[0] if told else valid[0]
