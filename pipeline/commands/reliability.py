"""The reliability curve as a picture: share of right answers by confidence; on the diagonal a machine is honest."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline.understanding.evaluation import Scores
from scanners.coversheets import find_fonts

_SIDE, _LEFT, _TOP, _GAP = 360, 70, 70, 70
_LETTERS = 18
_INK, _PALE, _LINE = (30, 30, 30), (200, 200, 200), (30, 90, 160)
_LEAST, _MOST = 4, 14
"""Radius of the dot of one answer, and of all."""


def draw(path: Path, types: Scores, procedures: Scores) -> None:
    """Write a PNG with the curves of types and procedures beside each other; a dot is as large as its bin."""
    font = ImageFont.truetype(str(find_fonts()[0]), _LETTERS)
    width = 2 * (_LEFT + _SIDE) + _GAP
    picture = Image.new("RGB", (width, _TOP + _SIDE + _GAP), "white")
    pen = ImageDraw.Draw(picture)
    parts = (("Loại giấy tờ / document types", types), ("Thủ tục / procedures", procedures))
    for number, (name, scores) in enumerate(parts):
        _curve(pen, font, _LEFT + number * (_LEFT + _SIDE + _GAP // 2), name, scores)
    picture.save(path, "PNG")


def _curve(pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, left: int, name: str, scores: Scores) -> None:
    def at(confidence: float, accuracy: float) -> tuple[float, float]:
        return left + confidence * _SIDE, _TOP + (1 - accuracy) * _SIDE

    ece = "–" if scores.ece is None else f"{scores.ece:.1%}"
    pen.text((left, _TOP - 52), name, _INK, font)
    pen.text((left, _TOP - 28), f"ECE {ece}", _INK, font)
    for tenth in range(0, 11, 2):
        share = tenth / 10
        pen.line([at(share, 0), at(share, 1)], _PALE)
        pen.line([at(0, share), at(1, share)], _PALE)
        pen.text((at(share, 0)[0], _TOP + _SIDE + 8), f"{share:.0%}", _INK, font, anchor="mt")
        pen.text((left - 8, at(0, share)[1]), f"{share:.0%}", _INK, font, anchor="rm")
    pen.text((left + _SIDE / 2, _TOP + _SIDE + 46), "độ tin / confidence", _INK, font, anchor="mm")
    pen.line([at(0, 0), at(1, 1)], _PALE, 3)
    points = [at(one.confidence, one.accuracy) for one in scores.bins]
    if len(points) > 1:
        pen.line(points, _LINE, 3)
    total = sum(one.count for one in scores.bins)
    for (x, y), one in zip(points, scores.bins, strict=True):
        radius = _LEAST + (_MOST - _LEAST) * one.count / total
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), _LINE)
