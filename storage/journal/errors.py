"""What can go wrong between processes that share the journal."""

from __future__ import annotations

from sohoa.wording import both
from storage.errors import StorageError


class LeaseLost(StorageError):
    """Another process has taken this batch over; it will bring it to its end."""

    code = "lease-lost"
    advice = both(
        "Không cần làm gì: tiến trình kia làm tiếp lô này. Xem: sohoa batches show MÃ-LÔ",
        "Nothing to do: the other process goes on with this batch. See: sohoa batches show ID",
    )


class BatchBusy(StorageError):
    """A living process is at work on this batch."""

    code = "batch-busy"
    advice = both(
        "Chờ tiến trình đó xong, hoặc dừng nó bằng Ctrl-C, rồi chạy lại lệnh này.",
        "Wait until that process is done, or stop it with Ctrl-C, then run the same command again.",
    )
