"""The contract of every engine that reads a page."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.imaging.stamps import Stamp
from pipeline.model import PageGeometry, PageText


class ReadablePage(Protocol):
    """One page to read, as ``pipeline.imaging.prepare`` makes it."""

    @property
    def recognition(self) -> NDArray[np.uint8]:
        """Gray picture, height × width: upright and level, dark ink on light paper."""
        ...

    @property
    def recognition_dpi(self) -> int:
        """Resolution of the picture, the same in both directions."""
        ...

    @property
    def scale(self) -> tuple[float, float]:
        """Picture px per page px (horizontal, vertical): an engine divides its boxes by it."""
        ...

    @property
    def geometry(self) -> PageGeometry:
        """The upright page; no box reaches beyond its width and height."""
        ...

    @property
    def shade(self) -> NDArray[np.uint8]:
        """How much darker than its paper the page is (0–255), before it was cleared; much smaller than the picture."""
        ...

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """Stamps that lie across the print and are not in the picture."""
        ...


class OcrEngine(Protocol):
    """Reads pages.  One engine serves one worker process.

    An engine SHALL

    - give the words in reading order, NFC, none empty or with white space in it, with boxes in px of the upright
      page, confidences 0–100 and line numbers that count from 0 and never fall;
    - use one core: the caller runs one worker per core, and threads of the engine's own would only fight;
    - bound the time of every call and leave no process and no file behind when the bound is passed;
    - leave nothing behind on disk when its process is killed in the middle of a page;
    - give the same words for the same picture;
    - raise PageNotRecognised (or OcrTimedOut) for a page that cannot be read, never return half a page, and
      raise EngineMissing only for what no page could survive.

    The caller SHALL call an engine from one thread at a time, and run it in a process whose group can be killed as a
    whole, so that a killed worker takes its engine with it.
    """

    @property
    def name(self) -> str:
        """Engine, version and model in one short line, kept with every page's text."""
        ...

    def read(self, page: ReadablePage, timeout: float) -> PageText:
        """Return the words of the page within ``timeout`` seconds; a page may well have none."""
        ...

    def readability(self, picture: NDArray[np.uint8], dpi: int) -> float:
        """Return how much like upright text ``picture`` reads, 0–100; a step of imaging asks it only when in doubt."""
        ...

    def versions(self) -> dict[str, str]:
        """Return what the manifest records: program versions, model names and the models' SHA-256."""
        ...
