"""Rubber stamps: the round red seal with its circular text and star, and the square arrival stamp."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.maker.sheet import PX, Sheet, Style


@dataclass(frozen=True)
class Seal:
    """A round seal: the text that runs over the top, the one along the bottom, the one across the middle."""

    top: str
    bottom: str
    middle: tuple[str, ...] = ()
    diameter: float = 35.0
    """In mm."""


def press(sheet: Sheet, seal: Seal, x: float, y: float, rng: np.random.Generator, strength: float = 1.0) -> None:
    """Press ``seal`` with its centre at (``x``, ``y``) mm, turned a little and inked unevenly."""
    art = _art(seal).rotate(rng.uniform(-14, 14), resample=Image.Resampling.BICUBIC)
    mask = np.asarray(art, np.float32) * _inking(art.size[0], rng) * strength
    layer = sheet.layer("red")
    half = art.size[0] // 2
    where = round(x * PX) - half, round(y * PX) - half
    _lay(layer, mask.astype(np.uint8), where)
    radius = seal.diameter / 2
    sheet.unread.append((x - radius, y - radius, min(x + radius, sheet.width), y + radius))


def arrival(sheet: Sheet, x: float, y: float, rng: np.random.Generator, agency: str) -> tuple[float, float]:
    """Press the square “ĐẾN” stamp with its top left at (``x``, ``y``); return where its number is to be written."""
    wide, high = 42.0, 24.0
    image = Image.new("L", (round(wide * PX), round(high * PX)))
    pen = ImageDraw.Draw(image)
    style, big = Style(8.5, "b", "Arimo"), Style(13, "b", "Arimo")
    pen.rectangle((3, 3, image.size[0] - 4, image.size[1] - 4), outline=255, width=round(0.4 * PX))
    pen.line((0, 6.5 * PX, image.size[0], 6.5 * PX), fill=255, width=round(0.3 * PX))
    pen.text((wide / 2 * PX, 4.6 * PX), agency, fill=255, font=style.font, anchor="ms")
    pen.text((2 * PX, 16 * PX), "ĐẾN", fill=255, font=big.font, anchor="ls")
    for i, label in enumerate(("Số:...............", "Ngày:.............")):
        pen.text((16 * PX, (12 + 8 * i) * PX), label, fill=255, font=Style(9, "", "Arimo").font, anchor="ls")
    turned = image.rotate(rng.uniform(-3, 3), resample=Image.Resampling.BICUBIC, expand=True)
    mask = np.asarray(turned, np.float32) * _inking(max(turned.size), rng)[: turned.size[1], : turned.size[0]]
    _lay(sheet.layer("red"), mask.astype(np.uint8), (round(x * PX), round(y * PX)))
    sheet.unread.append((x, y, x + wide, y + high))
    return x + 23.0, y + 11.0


def _lay(layer: Image.Image, mask: NDArray[np.uint8], where: tuple[int, int]) -> None:
    patch = Image.fromarray(mask)
    layer.paste(255, (*where, where[0] + patch.size[0], where[1] + patch.size[1]), patch)


def _inking(side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """How much ink the rubber gave, from patchy to full, with fine grain."""
    coarse = cv2.resize(rng.normal(0, 1, (9, 9)).astype(np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    fine = cv2.resize(rng.normal(0, 1, (side // 5, side // 5)).astype(np.float32), (side, side))
    return np.clip(0.84 + 0.12 * coarse + 0.10 * fine, 0.15, 1.0).astype(np.float32)


def _art(seal: Seal) -> Image.Image:
    side = round((seal.diameter + 8) * PX)
    image = Image.new("L", (side, side))
    pen = ImageDraw.Draw(image)
    centre = side / 2
    for radius, width in ((seal.diameter / 2, 0.75), (seal.diameter / 2 - 1.3, 0.25), (seal.diameter * 0.3, 0.25)):
        r = radius * PX
        pen.ellipse((centre - r, centre - r, centre + r, centre + r), outline=255, width=round(width * PX))
    ring = seal.diameter * 0.385
    _arc(image, seal.top, ring, 0.0, size=seal.diameter * 0.235)
    _arc(image, seal.bottom, ring, 180.0, size=seal.diameter * 0.2)
    if seal.middle:
        _middle(pen, seal, centre)
    else:
        _star(pen, centre, centre, seal.diameter * 0.2 * PX)
    return image


def _middle(pen: ImageDraw.ImageDraw, seal: Seal, centre: float) -> None:
    style = Style(seal.diameter * 0.235, "b", "Tinos")
    first = centre - (len(seal.middle) - 1) * 1.9 * PX + 1.4 * PX
    for i, text in enumerate(seal.middle):
        pen.text((centre, first + i * 3.8 * PX), text, fill=255, font=style.font, anchor="ms")


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float) -> None:
    corners = []
    for i in range(10):
        r = radius if i % 2 == 0 else radius * 0.382
        angle = math.radians(36 * i - 90)
        corners.append((x + r * math.cos(angle), y + r * math.sin(angle)))
    pen.polygon(corners, fill=255)


def _arc(image: Image.Image, text: str, radius: float, middle: float, size: float) -> None:
    """Set ``text`` on a circle of ``radius`` mm about the image's centre; ``middle`` 0 is the top, 180 the bottom."""
    style = Style(size, "b")
    below = middle == 180.0
    inner = radius - size * 0.12 * (1 if not below else -1)
    spacing = 1.08
    total = sum(style.width(c) for c in text) * spacing
    at = -total / 2
    centre = image.size[0] / 2
    for char in text:
        width = style.width(char) * spacing
        angle = math.degrees((at + width / 2) / inner)
        at += width
        turn = -angle if not below else angle
        tile_side = round(size * PX * 0.9)
        tile = Image.new("L", (tile_side, tile_side))
        ImageDraw.Draw(tile).text((tile_side / 2, tile_side * 0.62), char, fill=255, font=style.font, anchor="ms")
        tile = tile.rotate(turn, resample=Image.Resampling.BICUBIC)
        direction = math.radians(angle) if not below else math.radians(180 - angle)
        x = centre + radius * PX * math.sin(direction)
        y = centre - radius * PX * math.cos(direction)
        image.paste(255, (round(x - tile_side / 2), round(y - tile_side / 2)), tile)
