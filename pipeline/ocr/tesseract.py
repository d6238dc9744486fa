"""Tesseract as a program, called through pytesseract.

1. The picture is written as an uncompressed PGM into anonymous memory and handed over as a path
   (``/proc/<pid>/fd/<n>``): no PNG is packed and unpacked (pytesseract would, and would drop the dpi), nothing
   touches a disk, and nothing is left behind when the process is killed.  Columns and the sides of a head are
   listed beside the rest of their page and read in the same run.
2. One run gives words, boxes and confidences (TSV).  It uses one core (``OMP_THREAD_LIMIT=1``: with OpenMP four
   processes on four cores took 153 s for three pages instead of 5 s, Unstructured-IO/unstructured-inference 185), the
   LSTM engine only, and does not try each doubtful word a second time inverted (``invert_threshold=0``).
3. Ink that no word covers is read again (``coverage``): in one more run for all of it, where it looks like print.
4. A watchdog stops it, with everything it started, at the time limit.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pytesseract.pytesseract import TesseractError, TesseractNotFoundError, run_tesseract

from pipeline.model import PageText, Word
from pipeline.ocr.base import ReadablePage
from pipeline.ocr.errors import EngineMissing, OcrTimedOut, PageNotRecognised, timed_out
from pipeline.ocr.layout import Part, layout, read_parts
from pipeline.ocr.models import PROGRAM, model_hashes, program_version
from pipeline.ocr.segmentation import PAGE, SAMPLE
from pipeline.ocr.stack import read_stacked
from pipeline.ocr.watchdog import time_limit
from pipeline.ocr.words import Readers, page_text, readability, words
from sohoa.wording import both

_NET = 10.0
"""Seconds after the watchdog at which pytesseract's own limit would end a call that still hangs."""
_DOUBT_TIMEOUT = 20.0
_LEAST_TIME = 1.0
"""Seconds for the lines that no word covers, when the page has used up its own."""


class TesseractEngine:
    """Reads pages with the tesseract program; see ``OcrEngine`` for what it promises."""

    def __init__(self, language: str = "vie") -> None:
        """``language`` names the models, such as ``vie`` or ``vie+eng``."""
        self._language = language
        os.environ["OMP_THREAD_LIMIT"] = "1"  # pytesseract's children inherit this process's environment

    @property
    def name(self) -> str:
        """Engine, version and model, such as ``tesseract 5.3.0 vie``."""
        return f"{PROGRAM} {program_version()} {self._language}"

    def read(self, page: ReadablePage, timeout: float = 120.0) -> PageText:
        """Return the words of the page; raises OcrTimedOut, PageNotRecognised or EngineMissing."""
        end = time.monotonic() + timeout
        parts = layout(page)
        found = read_parts(page, parts, partial(self._parts, page, timeout))
        pieces = partial(read_stacked, partial(self._again, page, end), page)
        return page_text(found, page, self.name, Readers(pieces=pieces), parts.page_columns(page))

    def readability(self, picture: NDArray[np.uint8], dpi: int) -> float:
        """Return the mean confidence over the letters of ``picture``, 0–100; 0 when hardly a letter is found."""
        return readability(self._run([picture], dpi, SAMPLE, _DOUBT_TIMEOUT))

    def versions(self) -> dict[str, str]:
        """Return the program's version, and for each model its name and SHA-256."""
        return {PROGRAM: program_version()} | model_hashes(self._language)

    def _parts(self, page: ReadablePage, timeout: float, parts: Sequence[Part]) -> Iterator[list[Word]]:
        """Read the parts of ``page`` in one run."""
        table = self._run([part.picture for part in parts], page.recognition_dpi, PAGE, timeout)
        for number, part in enumerate(parts, 1):
            yield list(words(table, page, part.corner, number=number))

    def _again(self, page: ReadablePage, end: float, picture: NDArray[np.uint8]) -> str:
        """Return the table of a picture of lines cut from ``page``, before the clock says ``end``."""
        return self._run([picture], page.recognition_dpi, SAMPLE, max(_LEAST_TIME, end - time.monotonic()))

    def _run(self, pictures: Sequence[NDArray[np.uint8]], dpi: int, segmentation: int, timeout: float) -> str:
        """Return Tesseract's TSV for ``pictures``, which it numbers as the pages of one document."""
        config = f"--psm {segmentation} --oem 1 --dpi {dpi} -c invert_threshold=0 -c tessedit_create_tsv=1"
        with _in_memory(pictures) as path, tempfile.TemporaryDirectory(prefix="sohoa-ocr-") as folder:
            base = str(Path(folder) / "page")
            try:
                with time_limit(timeout, path) as limit:
                    run_tesseract(path, base, "tsv", self._language, config, timeout=timeout + _NET)
            except TesseractNotFoundError:
                raise EngineMissing(both(f"chưa cài {PROGRAM}", f"{PROGRAM} is not installed")) from None
            except (TesseractError, RuntimeError) as error:
                if limit.passed:
                    raise OcrTimedOut(timed_out(timeout)) from None
                raise PageNotRecognised(both("Tesseract dừng giữa chừng", f"Tesseract stopped: {error}")) from error
            try:
                return Path(f"{base}.tsv").read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                said = both("Tesseract không trả về văn bản", f"Tesseract left no text: {error}")
                raise PageNotRecognised(said) from error


@contextlib.contextmanager
def _in_memory(pictures: Sequence[NDArray[np.uint8]]) -> Iterator[str]:
    """Give a path for another process of this user: of the one picture, or of a list of the pictures' own paths."""
    with contextlib.ExitStack() as files:
        paths = [files.enter_context(_memory_file("page.pgm", *_pgm(picture))) for picture in pictures]
        if len(paths) > 1:
            paths = [files.enter_context(_memory_file("pages.txt", "\n".join(paths).encode()))]
        yield paths[0]


@contextlib.contextmanager
def _memory_file(name: str, *content: bytes | memoryview) -> Iterator[str]:
    with os.fdopen(os.memfd_create(name), "wb") as file:
        file.writelines(content)
        file.flush()
        yield f"/proc/{os.getpid()}/fd/{file.fileno()}"


def _pgm(picture: NDArray[np.uint8]) -> tuple[bytes, memoryview]:
    height, width = picture.shape
    return b"P5\n%d %d\n255\n" % (width, height), np.ascontiguousarray(picture).data
