"""The folder of language models, which every way of running Tesseract shares, and what the manifest says of them."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from functools import cache
from pathlib import Path

from pipeline.ocr.errors import EngineMissing
from sohoa import children
from sohoa.wording import both

PROGRAM = "tesseract"
_PROBE_TIMEOUT = 20.0
_USUAL_FOLDERS = "/usr/share/tesseract-ocr/*/tessdata"
_OWN_FOLDER = Path(sys.prefix, "share", "tessdata")
"""In the virtual environment: a model that no system package ships needs no root to be installed."""


@cache
def program_version() -> str:
    """Return the version of the tesseract program; raises EngineMissing."""
    match = re.search(rb"tesseract v?(\S+)", _probe("--version"))
    if match is None:
        raise EngineMissing(both(f"không rõ phiên bản {PROGRAM}", f"{PROGRAM} does not say its version"))
    return match[1].decode()


@cache
def model_folder() -> Path:
    """Return the folder with ``*.traineddata``: where TESSDATA_PREFIX, the program or Debian's packages have it.

    Raises EngineMissing when there is none.
    """
    given = os.environ.get("TESSDATA_PREFIX")
    if given:
        return Path(given)
    usual = sorted(Path("/").glob(_USUAL_FOLDERS.lstrip("/")))
    if usual:
        return usual[-1]
    listing = _probe("--list-langs").decode(errors="replace")
    found = re.search(r'"(.+)"', listing)
    if found is None:
        raise EngineMissing(both("không thấy thư mục mô hình ngôn ngữ", "no folder of Tesseract's models"))
    return Path(found[1])


def model_hashes(language: str) -> dict[str, str]:
    """Return the SHA-256 of each model that ``language`` (such as ``vie`` or ``vie+eng``) names.

    Raises EngineMissing when one is not installed.
    """
    return {f"{PROGRAM}-model-{model}": f"sha256:{_hash(model_folder(), model)}" for model in language.split("+")}


def second_model(language: str, given: Path | None) -> Path | None:
    """Return the larger model that reads doubtful lines again: ``given``, or the first ``<language>_best`` there is.

    It is looked for beside the other models, then where ``scripts/setup`` puts it.  None when there is none; raises
    EngineMissing when the given one is not there.
    """
    if given is None:
        places = (folder / f"{language}_best.traineddata" for folder in (model_folder(), _OWN_FOLDER))
        return next((place for place in places if place.is_file()), None)
    _hash(given.parent, given.stem)
    return given


def second_model_hash(model: Path | None) -> dict[str, str]:
    """Return the SHA-256 of the larger model by its name; nothing without one."""
    return {f"{PROGRAM}-second-model-{model.stem}": f"sha256:{_hash(model.parent, model.stem)}"} if model else {}


@cache
def _hash(folder: Path, model: str) -> str:
    try:
        return hashlib.sha256((folder / f"{model}.traineddata").read_bytes()).hexdigest()
    except OSError:
        said = both(f"chưa cài mô hình ngôn ngữ {model}", f"the language model {model} is not installed")
        raise EngineMissing(said) from None


def _probe(option: str) -> bytes:
    try:
        done = children.run([PROGRAM, option], timeout=_PROBE_TIMEOUT)
    except children.ChildFailed as error:
        raise EngineMissing(error.message) from error
    return done.stdout + done.stderr
