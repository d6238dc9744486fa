"""What every worker needs, loaded once by the server that workers are forked from (``pool``).

Importing this module is all there is to it: the tasks with their libraries, the lexicon, the text layer's font, and the
catalogue made ready for matching.  Workers share that memory, and none of them makes it again.
"""

from __future__ import annotations

from pipeline.batch import tasks
from pipeline.ocr.lexicon import lexicon
from pipeline.pdf.glyphless import font_program
from pipeline.understanding.rules import rules

__all__ = ["tasks"]

rules()
lexicon()
font_program()
