"""The root of every error tree, and the exit codes that programs calling ``sohoa`` rely on.

SohoaError
├── scanners.base.ScanError      a file or page that cannot be taken in
├── storage.errors.StorageError  the archive, its catalogue or its search index
├── pipeline.errors.PipelineError  a page, document, dossier or batch that cannot be finished
└── UsageError                   a wrong command, setting or ID

An error carries what it is about and what to do next; the command line prints both and exits with the
class's own code, so nobody chooses a code by reading a message.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a ``sohoa`` command's exit status means."""

    OK = 0
    REVIEW = 1
    """Finished, but something waits in the review queue or was rejected."""
    USAGE = 2
    UNREACHABLE = 3
    """A service could not be reached; the work is kept for the next run."""
    INTEGRITY = 4
    """The sheet ledger does not balance, or stored bytes are not what was stored."""
    INTERRUPTED = 130


class SohoaError(Exception):
    """Something a person must know of, said in one sentence, with the next step in another.

    ``subject`` names the page, document, dossier, file or batch that it is about.
    """

    exit_code: ExitCode = ExitCode.REVIEW
    code: str = "error"
    advice: str = ""

    def __init__(self, message: str, *, subject: str = "", advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.subject = subject
        self.advice = advice or type(self).advice

    def __str__(self) -> str:
        return f"{self.subject}: {self.message}" if self.subject else self.message


class UsageError(SohoaError):
    """The command, a setting or an ID is wrong; nothing was done."""

    exit_code = ExitCode.USAGE
    code = "usage"
