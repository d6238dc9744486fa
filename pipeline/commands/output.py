"""How commands speak: JSON lines on standard output for programs, Vietnamese first for people.

With ``--json`` standard output carries events and nothing else; whatever is meant for a person goes to standard
error.
"""

from __future__ import annotations

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
    """Say what went wrong, about what, and what to do next."""
    if as_json:
        emit(ErrorEvent(code=error.code, subject=error.subject, message=error.message, advice=error.advice))
    errors.print(Text.assemble(("Lỗi / error: ", "bold red"), str(error)))
    if error.advice:
        errors.print(Text(f"→ {error.advice}"))
