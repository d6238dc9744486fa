"""Tesseract inside the worker, through tesserocr: no process, no file, and the model stays loaded.

1. One instance per language and process; it is cleared after each page, so that no page depends on the one before
   (46 pages read forwards and backwards gave the same words, and 266 MB at both ends).
2. The same settings as the program is given (``tesseract``): LSTM only, no second look at doubtful words inverted.
3. Doubtful lines and ink that no word covers are read again (``again``, ``coverage``), by a larger model where one is
   installed.  The larger model first, for scans below 215 dpi, took word errors of laws from 2.34 to 1.97 %, but those
   of forms of 200 dpi from 0.62 to 1.69 %, for a fifth more time.
4. Recognition stops at the time limit by itself.  What hangs before it (layout analysis does not look at the clock),
   or takes the worker down, is the supervisor's to end: the page then goes to the program.

A page of the samples took 0.73 s of processor time against 1.19 s with the program (tesserocr 2.13.0 with Tesseract
5.5.4, program 5.3.0, 200 dpi): most of it because its wheel is built for newer processors than Debian's package.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.model import PageText, Word
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.coverage import Piece
from pipeline.ocr.errors import EngineMissing, OcrTimedOut, PageNotRecognised, timed_out
from pipeline.ocr.layout import Part, layout, read_parts
from pipeline.ocr.models import model_folder, model_hashes, second_model, second_model_hash
from pipeline.ocr.segmentation import ALONE, LINE, PAGE, SAMPLE
from pipeline.ocr.words import Readers, page_text, readability, words
from sohoa.wording import both

_DOUBT_TIMEOUT = 20.0
_LEAST_TIME = 0.001
"""Seconds: Tesseract takes none as no limit."""


class InProcessEngine:
    """Reads pages with tesserocr; see ``OcrEngine`` for what it promises."""

    def __init__(self, language: str = "vie", second_model: Path | None = None) -> None:
        """``language`` names the models, such as ``vie`` or ``vie+eng``; ``second_model`` is a ``.traineddata`` file.

        Raises EngineMissing without tesserocr.
        """
        try:
            import tesserocr
        except ImportError as error:
            raise EngineMissing(both("chưa cài tesserocr", f"tesserocr is not installed: {error}")) from None
        self._tesserocr: Any = tesserocr
        self._language = language
        self._given = second_model
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)

    @cached_property
    def name(self) -> str:
        """Engine, version and model, such as ``tesseract 5.5.4 vie (tesserocr 2.13.0)``."""
        models = self._language + (f" and {self._second_model.stem}" if self._second_model else "")
        return f"tesseract {self._version} {models} (tesserocr {metadata.version('tesserocr')})"

    def read(self, page: ReadablePage, timeout: float = 120.0) -> PageText:
        """Return the words of the page; raises OcrTimedOut or PageNotRecognised."""
        end = time.monotonic() + timeout
        try:
            line = partial(self._line, page, end)
            readers = Readers(line, lambda pieces: [self._piece(page, end, piece) for piece in pieces])
            parts = layout(page)
            found = read_parts(page, parts, partial(self._parts, page, end))
            return page_text(found, page, self.name, readers, parts.page_columns(page))
        except OcrTimedOut:
            raise OcrTimedOut(timed_out(timeout)) from None

    def readability(self, picture: NDArray[np.uint8], dpi: int) -> float:
        """Return the mean confidence over the letters of ``picture``, 0–100; 0 when hardly a letter is found."""
        return readability(self._table(self._api, picture, dpi, SAMPLE, _DOUBT_TIMEOUT))

    def versions(self) -> dict[str, str]:
        """Return the versions of the library and its binding, and for each model its name and SHA-256."""
        known = {"tesseract": self._version, "tesserocr": metadata.version("tesserocr")}
        return known | model_hashes(self._language) | second_model_hash(self._second_model)

    @property
    def _version(self) -> str:
        return str(self._tesserocr.tesseract_version().split()[1])

    @cached_property
    def _second_model(self) -> Path | None:
        return second_model(self._language, self._given)

    @cached_property
    def _api(self) -> Any:
        model_hashes(self._language)  # a model that is not there would be told of by a bare RuntimeError
        return self._reader(model_folder(), self._language)

    @cached_property
    def _larger_api(self) -> Any:
        """The larger model, or without one the page's own: a line alone before it reads differently."""
        model = self._second_model
        return self._reader(model.parent, model.stem) if model else self._api

    def _reader(self, folder: Path, models: str) -> Any:
        return self._tesserocr.PyTessBaseAPI(
            path=f"{folder}/",
            lang=models,
            oem=self._tesserocr.OEM.LSTM_ONLY,
            variables={"invert_threshold": "0"},
        )

    def _parts(self, page: ReadablePage, end: float, parts: Sequence[Part]) -> Iterator[list[Word]]:
        """Read the parts of ``page`` one after another, before the clock says ``end``."""
        for part in parts:
            left = max(_LEAST_TIME, end - time.monotonic())
            table = self._table(self._api, part.picture, page.recognition_dpi, PAGE, left)
            yield list(words(table, page, part.corner))

    def _piece(self, page: ReadablePage, end: float, piece: Piece) -> list[Word]:
        """Read a row of letters; one that is likely print, and in which the engine finds no line, as it is."""
        found = self._line(page, end, piece.picture, piece.corner)
        if found or not piece.likely:
            return found
        tight = piece.trimmed()
        return self._line(page, end, tight.picture, tight.corner, ALONE)

    def _line(
        self,
        page: ReadablePage,
        end: float,
        cut: NDArray[np.uint8],
        corner: tuple[int, int],
        segmentation: int = LINE,
    ) -> list[Word]:
        """Read a line cut from ``page`` at ``corner``, before the clock says ``end``."""
        left = max(_LEAST_TIME, end - time.monotonic())
        return list(words(self._table(self._larger_api, cut, page.recognition_dpi, segmentation, left), page, corner))

    def _table(self, api: Any, picture: NDArray[np.uint8], dpi: int, segmentation: int, timeout: float) -> str:
        height, width = picture.shape
        try:
            api.SetPageSegMode(segmentation)
            api.SetImageBytes(np.ascontiguousarray(picture).tobytes(), width, height, 1, width)
            api.SetSourceResolution(dpi)
            if not api.Recognize(round(timeout * 1000)):
                raise OcrTimedOut(timed_out(timeout))
            return str(api.GetTSVText(0))
        except RuntimeError as error:
            raise PageNotRecognised(both("Tesseract dừng giữa chừng", f"Tesseract stopped: {error}")) from error
        finally:
            api.Clear()
