"""The functions that workers run; importing this module loads everything they need, once, in the fork server.

OpenMP and OpenCV would each start a thread per core in every worker: with one worker per core that makes pages
slower, in one published case by thirty times (ICIJ/datashare#2234), so both are held to one thread here.
"""

from __future__ import annotations

import os
from pathlib import Path

os.environ["OMP_THREAD_LIMIT"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import cv2

from pipeline.batch.assembly import AssemblyJob, assemble
from pipeline.batch.reading import ReadJob, read
from scanners.base import FileInfo, IntakeLimits
from scanners.files import inspect

__all__ = ["AssemblyJob", "InspectJob", "ReadJob", "assemble", "inspect_file", "read"]

cv2.setNumThreads(1)

InspectJob = tuple[Path, str, IntakeLimits]


def inspect_file(job: InspectJob) -> FileInfo:
    """Return what the file is, or raise why it cannot be taken in (scanners.base.FileRejected)."""
    path, name, limits = job
    return inspect(path, name, limits)
