"""How commands speak: JSON lines on standard output for programs, Vietnamese first for people.

With ``--json`` standard output carries events and nothing else; whatever is meant for a person goes to standard
error.
"""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.text import Text

from pipeline.events import ErrorEvent, Event
from sohoa.errors import SohoaError

SEVERITY_STYLE = {"info": "dim", "warning": "yellow", "error": "bold red"}
SECTION_NAMES = {"records": "thành phần", "processing": "xử lý", "results": "kết quả"}

console = Console(highlight=False, soft_wrap=False)
errors = Console(stderr=True, highlight=False)


def emit(event: Event) -> None:
    """Print one event as one line, at once: whoever reads the pipe may be waiting for it."""
    sys.stdout.write(event.model_dump_json() + "\n")
    sys.stdout.flush()


def report_error(error: SohoaError, *, as_json: bool) -> None:
    """Say what went wrong, about what, and what to do next; lines are not broken, so that commands can be copied."""
    if as_json:
        event = ErrorEvent(code=error.code, subject=error.subject, message=error.message, advice=error.advice)
        try:
            emit(event)
        except BrokenPipeError:  # nobody reads standard output any more; the person at standard error still may
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # or Python complains when it flushes at exit
    errors.print(Text.assemble(("Lỗi / error: ", "bold red"), str(error)), soft_wrap=True)
    if error.advice:
        errors.print(Text(f"→ {error.advice}"), soft_wrap=True)
