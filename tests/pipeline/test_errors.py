"""Every error tells the person at the keyboard what to do next, in Vietnamese and then in English."""

from __future__ import annotations

import errno

import pytest

from pipeline.catalogue.base import CatalogueInvalid
from pipeline.config import ConfigurationError
from pipeline.errors import BatchInterrupted, SystemRefused
from pipeline.ocr.errors import EngineMissing, OcrTimedOut, PageNotRecognised
from scanners.coversheets import CoverListError, CoverPlaceError
from sohoa.errors import SohoaError
from sohoa.ids import InvalidDossierId

ERRORS = [
    BatchInterrupted, SystemRefused, PageNotRecognised, OcrTimedOut, EngineMissing, CatalogueInvalid,
    ConfigurationError, CoverListError, CoverPlaceError, InvalidDossierId,
]  # fmt: skip


@pytest.mark.parametrize("kind", ERRORS)
def test_the_next_step_is_said_in_both_languages(kind: type[SohoaError]) -> None:
    vietnamese, english = kind.advice.split(" / ")
    assert not vietnamese.isascii() and english.replace("“", "").replace("”", "").isascii()


def test_the_reason_of_the_system_is_said_in_both_languages() -> None:
    full = SystemRefused.of(OSError(errno.ENOSPC, "No space left on device"))
    assert str(full) == "ổ đĩa đã đầy / No space left on device" and "df -h" in full.advice
    refused = SystemRefused.of(PermissionError(errno.EACCES, "Permission denied", b"/srv/h\xe1\xbb\x93 s\xc6\xa1"))
    assert str(refused) == "/srv/hồ sơ: không có quyền đọc hoặc ghi / Permission denied"
    rare = SystemRefused.of(OSError(errno.EXDEV, "Invalid cross-device link", "a"))
    assert str(rare) == "a: hệ điều hành từ chối / Invalid cross-device link" and rare.advice
