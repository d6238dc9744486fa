"""The error tree of the pipeline room.

PipelineError
├── BatchInterrupted           Ctrl-C or a termination signal; running the same command again goes on
├── SystemRefused              the operating system refused a file or folder: no right, no space, no such place
├── batch.pool.TaskTimedOut    a task ran longer than it may
├── batch.pool.WorkerDied      a task took its worker process down
├── pdf.layers.LayersMissing   a section PDF is not one that sohoa wrote
└── catalogue.base.CatalogueInvalid   the data of document types and procedures is not well formed
"""

from __future__ import annotations

import errno
import os

from sohoa.errors import ExitCode, SohoaError
from sohoa.wording import both


class PipelineError(SohoaError):
    """The work on a page, document, dossier or batch cannot be finished."""

    code = "pipeline-error"


class BatchInterrupted(PipelineError):
    """A person or the system stopped the batch; what was archived stays archived."""

    exit_code = ExitCode.INTERRUPTED
    code = "interrupted"
    advice = both(
        "Chạy lại đúng lệnh đó: phần đã lưu sẽ được bỏ qua.",
        "Run the same command again: what is archived already is skipped.",
    )


class SystemRefused(PipelineError):
    """The operating system refused a file or folder; the subject is its path, where the system says it."""

    exit_code = ExitCode.UNREACHABLE
    code = "system-refused"
    advice = both(
        "Xem đường dẫn đang dùng bằng: sohoa config, sửa lại rồi chạy lại lệnh; sohoa doctor kiểm tra từng thư mục.",
        "See the paths in use with: sohoa config, correct the path and run again; sohoa doctor checks every folder.",
    )

    @classmethod
    def of(cls, error: OSError) -> SystemRefused:
        """Return what ``error`` means to the person at the keyboard."""
        path = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
        return cls(system_reason(error), subject=path, advice=_ADVICE.get(error.errno or 0, ""))


def system_reason(error: OSError) -> str:
    """Return why the operating system refused: in Vietnamese, then in the system's own words."""
    said = error.strerror or str(error)
    return both(_REASONS.get(error.errno or 0, "hệ điều hành từ chối"), said)


_REASONS = {
    errno.EACCES: "không có quyền đọc hoặc ghi",
    errno.EPERM: "không có quyền làm việc này",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết hạn mức lưu trữ",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "trên đường dẫn có tệp nằm ở chỗ của thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.EEXIST: "đã có tệp cùng tên ở chỗ này",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EIO: "ổ đĩa báo lỗi đọc ghi",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENFILE: "máy đang mở quá nhiều tệp",
    errno.ENOMEM: "không đủ bộ nhớ",
}
_RIGHTS = both(
    "Chạy sohoa doctor để xem lệnh cấp quyền, hoặc chọn thư mục khác trong sohoa.toml, rồi chạy lại lệnh.",
    "Run sohoa doctor for the command that gives the right, or choose another folder in sohoa.toml; then run again.",
)
_SPACE = both(
    "Giải phóng ổ đĩa (xem chỗ trống: df -h) rồi chạy lại lệnh; phần đã lưu sẽ được bỏ qua.",
    "Free some space (see it with: df -h) and run again; what is archived already is skipped.",
)
_ADVICE = {
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
}
