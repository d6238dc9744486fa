"""The default engine: Tesseract, called through pytesseract.

1. The picture is written as an uncompressed PGM into anonymous memory and handed over as a path
   (``/proc/<pid>/fd/<n>``): no PNG is packed and unpacked (pytesseract would, and would drop the dpi), nothing
   touches a disk, and nothing is left behind when the process is killed.
2. One run gives words, boxes and confidences (TSV).  It uses one core (``OMP_THREAD_LIMIT=1``: with OpenMP four
   processes on four cores took 153 s for three pages instead of 5 s, Unstructured-IO/unstructured-inference 185), the
   LSTM engine only, and does not try each doubtful word a second time inverted (``invert_threshold=0``).
3. A watchdog stops it, with everything it started, at the time limit.
4. Rows that hold no word are dropped, boxes are divided by the picture's scale, what was read into pen strokes is left
   out (``junk``), and the words are put into visual lines (``lines``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pytesseract.pytesseract import TesseractError, TesseractNotFoundError, run_tesseract

from pipeline.model import Box, PageText, Word
from pipeline.ocr.base import EngineMissing, OcrTimedOut, PageNotRecognised, ReadablePage
from pipeline.ocr.junk import without_junk
from pipeline.ocr.lines import visual_lines
from pipeline.ocr.watchdog import time_limit
from sohoa import children
from sohoa.text import nfc

PROGRAM = "tesseract"

_NET = 10.0
"""Seconds after the watchdog at which pytesseract's own limit would end a call that still hangs."""
_PROBE_TIMEOUT = 20.0
_DOUBT_TIMEOUT = 20.0
_WORD_LEVEL = "5"
_ETH = str.maketrans("Ðð", "Đđ")
"""The Vietnamese model sometimes answers with the Icelandic letter, which looks the same and is found by nobody."""
_COLUMN = 4
_BLOCK = 6


class TesseractEngine:
    """Reads pages with Tesseract; see ``OcrEngine`` for what it promises."""

    def __init__(self, language: str = "vie") -> None:
        """``language`` names the models, such as ``vie`` or ``vie+eng``."""
        self._language = language
        os.environ["OMP_THREAD_LIMIT"] = "1"  # pytesseract's children inherit this process's environment

    @property
    def name(self) -> str:
        """Engine, version and model, such as ``tesseract 5.3.0 vie``."""
        return f"{PROGRAM} {program_version()} {self._language}"

    def read(self, page: ReadablePage, timeout: float = 120.0) -> PageText:
        """Return the words of the page.

        Raises OcrTimedOut, PageNotRecognised or EngineMissing.
        """
        table = self._run(page.recognition, page.recognition_dpi, _COLUMN, timeout)
        return PageText(tuple(visual_lines(without_junk(_words(table, page)))), self.name)

    def readability(self, picture: NDArray[np.uint8], dpi: int) -> float:
        """Return the mean confidence over the letters of ``picture``, 0–100; 0 when hardly a letter is found."""
        table = self._run(picture, dpi, _BLOCK, _DOUBT_TIMEOUT)
        letters = confidence = 0.0
        for row in _rows(table):
            count = sum(map(str.isalpha, row[11]))
            letters += count
            confidence += count * float(row[10])
        return confidence / letters if letters >= 10 else 0.0

    def versions(self) -> dict[str, str]:
        """Return the program's version, and for each model its name and SHA-256."""
        return versions(self._language)

    def _run(self, picture: NDArray[np.uint8], dpi: int, segmentation: int, timeout: float) -> str:
        """Return Tesseract's TSV for ``picture``."""
        config = f"--psm {segmentation} --oem 1 --dpi {dpi} -c invert_threshold=0 -c tessedit_create_tsv=1"
        with _in_memory(picture) as path, tempfile.TemporaryDirectory(prefix="sohoa-ocr-") as folder:
            base = str(Path(folder) / "page")
            try:
                with time_limit(timeout, path) as limit:
                    run_tesseract(path, base, "tsv", self._language, config, timeout=timeout + _NET)
            except TesseractNotFoundError:
                raise EngineMissing(f"{PROGRAM} is not installed") from None
            except (TesseractError, RuntimeError) as error:
                if limit.passed:
                    raise OcrTimedOut(f"not read after {timeout:g} s") from None
                raise PageNotRecognised(f"Tesseract stopped: {error}") from error
            try:
                return Path(f"{base}.tsv").read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise PageNotRecognised(f"Tesseract left no text: {error}") from error


def versions(language: str = "vie") -> dict[str, str]:
    """Return the program's version, and for each model its name and SHA-256.

    Raises EngineMissing when the program or a model is not installed.
    """
    found = {PROGRAM: program_version()}
    for model in language.split("+"):
        found[f"{PROGRAM}-model-{model}"] = f"sha256:{_model_hash(model)}"
    return found


@cache
def program_version() -> str:
    """Return Tesseract's version; raises EngineMissing."""
    match = re.search(rb"tesseract v?(\S+)", _probe("--version"))
    if match is None:
        raise EngineMissing(f"{PROGRAM} does not say its version")
    return match[1].decode()


def _model_hash(model: str) -> str:
    listing = _probe("--list-langs").decode(errors="replace")
    folder = re.search(r'"(.+)"', listing)
    file = Path(folder[1] if folder else "") / f"{model}.traineddata"
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        raise EngineMissing(f"the language model {model} is not installed") from None


def _probe(option: str) -> bytes:
    try:
        done = children.run([PROGRAM, option], timeout=_PROBE_TIMEOUT)
    except children.ChildFailed as error:
        raise EngineMissing(error.message) from error
    return done.stdout + done.stderr


@contextlib.contextmanager
def _in_memory(picture: NDArray[np.uint8]) -> Iterator[str]:
    """Give ``picture`` a path for another process of this user, as a PGM file in anonymous memory."""
    height, width = picture.shape
    with os.fdopen(os.memfd_create("page.pgm"), "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, height))
        file.write(np.ascontiguousarray(picture).data)
        file.flush()
        yield f"/proc/{os.getpid()}/fd/{file.fileno()}"


def _rows(table: str) -> Iterator[list[str]]:
    """Yield the rows of Tesseract's TSV that hold a word."""
    for line in table.splitlines()[1:]:
        row = line.split("\t", 11)
        if len(row) == 12 and row[0] == _WORD_LEVEL and row[11].strip() and float(row[10]) >= 0:
            yield row


def _words(table: str, page: ReadablePage) -> Iterator[Word]:
    line, last = -1, None
    for row in _rows(table):
        if row[1:5] != last:
            line, last = line + 1, row[1:5]
        box = _box([int(cell) for cell in row[6:10]], page)
        for part in nfc(row[11]).translate(_ETH).split():
            yield Word(part, box, float(row[10]), line)


def _box(corner: list[int], page: ReadablePage) -> Box:
    """Bring left, top, width and height in the picture to a box on the page that is at least 1 px wide and high."""
    left, top, width, height = corner
    across, down = page.scale
    x = min(max(0, int(left / across)), page.geometry.width - 1)
    y = min(max(0, int(top / down)), page.geometry.height - 1)
    right = min(page.geometry.width, max(x + 1, round((left + width) / across)))
    bottom = min(page.geometry.height, max(y + 1, round((top + height) / down)))
    return Box(x, y, right, bottom)
