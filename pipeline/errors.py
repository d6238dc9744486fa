"""The error tree of the pipeline room.

PipelineError
├── BatchInterrupted           Ctrl-C or a termination signal; running the same command again goes on
├── batch.pool.TaskTimedOut    a task ran longer than it may
├── batch.pool.WorkerDied      a task took its worker process down
├── pdf.layers.LayersMissing   a section PDF is not one that sohoa wrote
└── understanding.catalogue.CatalogueInvalid   the data of document types and procedures is not well formed
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
