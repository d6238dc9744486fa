"""Telling a damaged index from everything else that tantivy may raise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sohoa.wording import both
from storage.errors import IntegrityError


class IndexDamaged(IntegrityError):
    """The search index cannot be opened or read; it is rebuilt from the archive."""

    code = "search-damaged"
    advice = "Chạy: sohoa reindex / Run: sohoa reindex"


@contextmanager
def reading(where: object) -> Iterator[None]:
    """Turn what tantivy raises on damaged files into IndexDamaged.

    Mostly ValueError; but of 450 indexes with one flipped bit each, two made it panic, and that is a
    ``pyo3_runtime.PanicException``, which cannot be imported and is no Exception.  What cannot be caught: a few
    flips in a ``.store`` file make it ask for so much memory that the process is aborted.  ``checksums`` finds
    every flip, but reading all files first would cost each search a second, so only verify does.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise _damaged(where, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(where, error) from error


def _damaged(where: object, error: BaseException) -> IndexDamaged:
    message = both(f"không đọc được chỉ mục tra cứu: {error}", f"the search index cannot be read: {error}")
    return IndexDamaged(message, subject=str(where))
