"""What all entries of the domain catalogue share, and the error that names a wrong one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from pipeline.errors import PipelineError
from sohoa.errors import ExitCode
from sohoa.wording import both


class CatalogueInvalid(PipelineError):
    """A catalogue file does not say what it must; the subject names the file, the line and the entry."""

    exit_code = ExitCode.USAGE
    code = "catalogue-invalid"
    advice = both("Sửa mục đó, hoặc cài lại sohoa.", "Correct the entry, or install sohoa again.")


class Entry(BaseModel):
    """One entry, frozen; a key that is not known is an error, for it would be passed over unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
