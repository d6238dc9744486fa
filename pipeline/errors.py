"""The error tree of the pipeline room.

PipelineError
├── BatchInterrupted     Ctrl-C or a termination signal; running the same command again goes on
├── LedgerUnbalanced     the sheet ledger of a batch does not add up
└── SystemIncomplete     a program or model that the work needs is not installed
"""

from __future__ import annotations

from sohoa.errors import ExitCode, SohoaError


class PipelineError(SohoaError):
    """The work on a page, document, dossier or batch cannot be finished."""

    code = "pipeline-error"


class BatchInterrupted(PipelineError):
    """A person or the system stopped the batch; what was archived stays archived."""

    exit_code = ExitCode.INTERRUPTED
    code = "interrupted"
    advice = "Run the same command again: what is archived already is skipped."


class LedgerUnbalanced(PipelineError):
    """The sheets that came in are not all accounted for."""

    exit_code = ExitCode.INTEGRITY
    code = "ledger-unbalanced"
    advice = "Keep the paper together and count it against the report; nothing of this batch was released."


class SystemIncomplete(PipelineError):
    """A program or model that the work needs is not installed."""

    exit_code = ExitCode.USAGE
    code = "system-incomplete"
    advice = "Run: sohoa doctor"
