"""The functions that workers run; importing this module loads everything they need, once, in the fork server.

OpenMP and OpenCV would each start a thread per core in every worker: with one worker per core that makes pages
slower, in one published case by thirty times (ICIJ/datashare#2234), so both are held to one thread here.
"""

from __future__ import annotations

import os

os.environ["OMP_THREAD_LIMIT"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import cv2

from pipeline.batch.assembly import assemble
from pipeline.batch.jobs import InspectJob, VersionsJob
from pipeline.batch.reading import read
from pipeline.imaging.decode import decode
from pipeline.ocr.engines import chosen, engine
from pipeline.understanding.rules import rules
from scanners.base import FileInfo, ScanError
from scanners.files import inspect, read_page
from scanners.separators import read_cover

__all__ = ["assemble", "inspect_file", "read", "starts_with_cover", "versions"]

cv2.setNumThreads(1)


def inspect_file(job: InspectJob) -> FileInfo:
    """Return what the file is, or raise why it cannot be taken in (scanners.base.FileRejected)."""
    path, name, limits = job
    return inspect(path, name, limits)


def versions(job: VersionsJob) -> dict[str, str]:
    """Return the versions of the engine that will read, of its models, and of the catalogue that papers are filed by.

    Raises EngineMissing and CatalogueInvalid, before a page is read.
    """
    ocr, folder = job
    named = engine(chosen(ocr.engine), ocr.language, ocr.second_model).versions()
    return {**named, "catalogue": rules(folder).catalogue.digest}


def starts_with_cover(job: InspectJob) -> bool:
    """Tell whether the first page of a file is a cover sheet; a file that cannot be read has none."""
    path, name, limits = job
    try:
        scanned = read_page(inspect(path, name, limits), 0, limits)
        return not scanned.empty and read_cover(decode(scanned).pixels, scanned.dpi[0]) is not None
    except ScanError:
        return False
