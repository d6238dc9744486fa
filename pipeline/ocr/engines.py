"""Which engine reads the pages: in this process where tesserocr is installed, else the tesseract program.

Both take the same models and settings; a doubtful line is read a second time only in this process, because the program
would need another child for each.  The program is the second opinion: what takes a worker down from inside its
own process costs the program one child.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pipeline.ocr.base import OcrEngine

EngineName = Literal["tesserocr", "pytesseract"]
EngineChoice = Literal["auto", "tesserocr", "pytesseract"]


def chosen(choice: EngineChoice) -> EngineName:
    """Return the engine that ``choice`` stands for on this machine."""
    if choice == "auto":
        return "tesserocr" if find_spec("tesserocr") is not None else "pytesseract"
    return choice


def second(name: EngineName) -> EngineName | None:
    """Return the engine to try when ``name`` failed on a page: the program, unless it was that."""
    return "pytesseract" if name == "tesserocr" else None


@lru_cache(maxsize=4)
def engine(name: EngineName, language: str, second_model: Path | None = None) -> OcrEngine:
    """Return this process's engine of that name, made once; only its own library is loaded.  Raises EngineMissing.

    ``second_model`` is a larger model for doubtful lines; the program reads none twice and has no use for it.
    """
    if name == "tesserocr":
        from pipeline.ocr.inprocess import InProcessEngine

        return InProcessEngine(language, second_model)
    from pipeline.ocr.tesseract import TesseractEngine

    return TesseractEngine(language)
