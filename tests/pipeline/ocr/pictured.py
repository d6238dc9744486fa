"""What the tests of reading share: a page that is its own picture, the engines, and the lines that were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import groupby

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.imaging.shrink import shrunk
from pipeline.imaging.stamps import Stamp
from pipeline.model import PageGeometry, Skew, Word

FONTS = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"
ENGINES = [
    pytest.param("tesserocr", marks=pytest.mark.skipif(find_spec("tesserocr") is None, reason="no tesserocr here")),
    "pytesseract",
]


def blank_picture() -> NDArray[np.uint8]:
    return np.full((600, 800), 255, np.uint8)


@dataclass(frozen=True)
class Page:
    """A page to read; its picture is ``scale`` times as large as the page."""

    recognition: NDArray[np.uint8] = field(default_factory=blank_picture)
    recognition_dpi: int = 200
    scale: tuple[float, float] = (1.0, 1.0)
    stamps: tuple[Stamp, ...] = ()

    @property
    def shade(self) -> NDArray[np.uint8]:
        return shrunk(255 - self.recognition, 4)

    @property
    def geometry(self) -> PageGeometry:
        height, width = self.recognition.shape
        across, down = self.scale
        dpi = (self.recognition_dpi / across, self.recognition_dpi / down)
        return PageGeometry(round(width / across), round(height / down), 0, Skew(0, 1, 0), dpi)


def lines(words: Sequence[Word]) -> list[str]:
    return [" ".join(w.text for w in line) for _, line in groupby(words, key=lambda w: w.line)]
