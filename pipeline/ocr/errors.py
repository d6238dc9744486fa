"""The tree of what can go wrong when a page is read.

OcrError
├── PageNotRecognised    this page could not be read; it is archived without text, with a finding
│   └── OcrTimedOut      it was still being read at the limit, and the engine was stopped
└── EngineMissing        the engine or its language model is not installed
"""

from __future__ import annotations

from sohoa.errors import ExitCode, SohoaError
from sohoa.wording import both


class OcrError(SohoaError):
    """A page could not be read."""

    code = "ocr-error"


class PageNotRecognised(OcrError):
    """The engine failed on this page; another page may well succeed."""

    code = "page-not-recognised"
    advice = both(
        "Trang đã được lưu nhưng chưa có chữ; đọc bằng mắt, hoặc quét lại và nộp vào đúng hồ sơ đó.",
        "The page is archived without text; read it by eye, or scan it again and deliver it to the same dossier.",
    )


class OcrTimedOut(PageNotRecognised):
    """The engine was still at work on this page at its limit and was stopped with everything it had started."""

    code = "page-timed-out"


class EngineMissing(OcrError):
    """The engine or its language model is not installed; no page can be read."""

    exit_code = ExitCode.USAGE
    code = "ocr-engine-missing"
    advice = both(
        "Chạy sohoa doctor để xem lệnh cài phần còn thiếu (mô hình nằm trong gói tesseract-ocr-<mã ngôn ngữ>).",
        "Run sohoa doctor for the command that installs what is missing (models are in tesseract-ocr-<language code>).",
    )


def timed_out(seconds: float) -> str:
    """Return what is said of a page that took longer than ``seconds``."""
    return both(f"quá {seconds:g} giây chưa đọc xong", f"not read after {seconds:g} s")
