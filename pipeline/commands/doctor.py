"""``sohoa doctor``: what is installed, in which version, what is missing, and the command that mends it."""

from __future__ import annotations

import errno
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rich.table import Table
from rich.text import Text

from pipeline.commands.output import console
from pipeline.errors import system_reason
from pipeline.ocr.engines import chosen, engine
from pipeline.ocr.errors import EngineMissing
from pipeline.ocr.models import model_hashes
from pipeline.settings import Settings
from scanners.coversheets import FontsMissing, find_fonts
from sohoa import __version__
from sohoa.children import ChildFailed
from sohoa.children import run as run_child
from sohoa.errors import ExitCode, SohoaError
from sohoa.machine import available_memory, usable_cores
from sohoa.wording import both
from storage.catalogue.sqlite import database_file
from storage.objects.open import open_store

_PACKAGES = (
    "pytesseract", "opencv-python", "pikepdf", "pdf2image", "zxing-cpp", "tantivy", "SQLAlchemy", "pydantic",
)  # fmt: skip
_SCRIPTS = {"script/Vietnamese": "tesseract-ocr-script-viet", "script/Latin": "tesseract-ocr-script-latn"}
_PLACES = {
    "Kho / archive": "archive",
    "Danh mục / catalogue": "catalogue",
    "Chỉ mục / search index": "search",
    "Tệp từ chối / rejected files": "rejected",
    "Tệp tạm / work files": "work",
}
"""The settings that say where sohoa writes."""
_VARIABLES = {
    "archive": 'SOHOA_ARCHIVE="file://$HOME/sohoa-data/archive"',
    "catalogue": 'SOHOA_CATALOGUE="sqlite:///$HOME/sohoa-data/catalogue.db"',
    "search": 'SOHOA_SEARCH="$HOME/sohoa-data/search"',
    "rejected": 'SOHOA_REJECTED="$HOME/sohoa-data/rejected"',
    "work": 'SOHOA_WORK="$HOME/sohoa-data/work"',
}
_LEAST = 1024**3
"""Bytes that should be free, of memory and of every disk."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that sohoa needs: what was found, whether it serves, and the command that mends it if not."""

    name: str
    found: str
    good: bool
    remedy: str = ""


def run(settings: Settings) -> ExitCode:
    """Print every check; USAGE when something that the main job needs is missing."""
    checks = list(_checks(settings))
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("Thành phần / part", no_wrap=True)
    table.add_column("Tìm thấy / found", overflow="fold")
    for check in checks:
        mark, style = ("✓", "green") if check.good else ("✗", "bold red")
        table.add_row(Text(mark, style), Text(check.name), Text(check.found))
    console.print(table)
    missing = [check for check in checks if not check.good]
    for remedy in dict.fromkeys(check.remedy for check in missing):
        found = "".join(f"\n{check.name}: {check.found}" for check in missing if check.remedy == remedy)
        console.print(Text(f"{found}\n  → {remedy}", "yellow"), soft_wrap=True)  # a broken command cannot be copied
    if not missing:
        console.print("\nMọi thứ đã sẵn sàng / everything is ready.", style="green")
    return ExitCode.USAGE if missing else ExitCode.OK


def _checks(settings: Settings) -> Iterator[Check]:
    yield Check("sohoa", __version__, True)
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", python, sys.version_info >= (3, 11), "sudo apt-get install python3 python3-venv")
    yield _program("tesseract", ["tesseract", "--version"], "tesseract-ocr")
    yield _engine(settings)
    yield _models(settings)
    yield _program("pdftoppm", ["pdftoppm", "-v"], "poppler-utils")
    yield _font()
    for package in _PACKAGES:
        yield _package(package)
    yield _machine()
    for label, name in _PLACES.items():
        yield _place(label, name, str(getattr(settings, name)))


def _program(name: str, command: list[str], package: str) -> Check:
    remedy = f"sudo apt-get install {package}"
    if shutil.which(command[0]) is None:
        return Check(name, "chưa cài / not installed", False, remedy)
    try:
        finished = run_child(command, timeout=20)
    except ChildFailed as error:
        return Check(name, both("không chạy được", f"does not run: {error.message}"), False, remedy)
    first = (finished.stdout or finished.stderr).decode(errors="replace").splitlines()[:1]
    return Check(name, first[0] if first else "?", finished.status == 0, remedy)


def _engine(settings: Settings) -> Check:
    """Check the engine that reads the pages; without tesserocr the program does, more slowly."""
    name = chosen(settings.ocr.engine)
    try:
        found = engine(name, settings.ocr.language, settings.ocr.second_model).name
    except EngineMissing as error:
        return Check("Bộ nhận dạng / engine", error.message, False, "scripts/setup")
    return Check("Bộ nhận dạng / engine", found, True)


def _models(settings: Settings) -> Check:
    label = "Mô hình OCR / OCR model"
    found, missing = [], []
    for model in settings.ocr.language.split("+"):
        try:
            found.append(f"{model} {model_hashes(model)[f'tesseract-model-{model}'].removeprefix('sha256:')[:12]}")
        except EngineMissing:
            missing.append(model)
    if not missing:
        return Check(label, ", ".join(found), True)
    said = f"{', '.join(missing)}: chưa cài / not installed"
    return Check(label, said, False, f"sudo apt-get install {' '.join(map(_model_package, missing))}")


def _model_package(model: str) -> str:
    """Return the Debian package of a language model: chi_sim is in tesseract-ocr-chi-sim, scripts have short names."""
    if model.startswith("script/"):
        return _SCRIPTS.get(model, "tesseract-ocr-all")
    return f"tesseract-ocr-{model.replace('_', '-').lower()}"


def _font() -> Check:
    try:
        return Check("Phông chữ / font", find_fonts()[0].stem, True)
    except FontsMissing as error:
        return Check("Phông chữ / font", error.message, False, "sudo apt-get install fonts-croscore")


def _package(name: str) -> Check:
    try:
        return Check(name, metadata.version(name), True)
    except metadata.PackageNotFoundError:
        return Check(name, "chưa cài / not installed", False, "scripts/setup")


def _machine() -> Check:
    cores, memory = usable_cores(), available_memory()
    found = f"{cores} nhân / cores, {memory / 1024**3:.1f} GB bộ nhớ trống / free memory"
    words = both("Đóng bớt chương trình, xem chương trình nào chiếm nhiều", "close programs, see which take most")
    return Check("Máy / machine", found, memory > _LEAST, f"{words}: ps -eo pid,rss,comm --sort=-rss | head")


def _place(label: str, name: str, value: str) -> Check:
    """Check that sohoa may write where the setting ``name`` says, and that there is room."""
    try:
        folder = _folder(name, value).absolute()
    except SohoaError:
        return Check(label, both(f"địa chỉ “{value}” không dùng được", "no such address"), False, _elsewhere(name))
    there = folder
    try:
        while not there.exists() and there != there.parent:
            there = there.parent
        _try_to_write(there)
        if name == "catalogue" and (file := database_file(value)).exists():
            file.open("r+b").close()
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Check(label, f"{folder}: {system_reason(error)}", False, _mend(error, folder, there, name))
    words = both("Giải phóng ổ đĩa, xem chỗ nào chiếm nhiều", "free some space, see what takes most")
    remedy = f"{words}: sudo du -xh {_quoted(_mount(there))} | sort -h | tail -20"
    return Check(label, f"{folder} ({free / 1024**3:.1f} GB trống / free)", free > _LEAST, remedy)


def _folder(name: str, value: str) -> Path:
    if name == "archive":
        return Path(unquote(urlsplit(open_store(value).url).path))
    return database_file(value).parent if name == "catalogue" else Path(value)


def _try_to_write(folder: Path) -> None:
    """Make a file without a name in ``folder``: rights alone do not tell of a read-only disk; raises OSError."""
    with tempfile.TemporaryFile(dir=folder):
        return


def _mend(error: OSError, folder: Path, there: Path, name: str) -> str:
    """Return the command after which ``folder``, of which ``there`` is the part that exists, can be written."""
    if error.errno in (errno.EACCES, errno.EPERM) and len(folder.parts) > 2:  # /srv itself must not change hands
        return f'sudo mkdir -p {_quoted(folder)} && sudo chown -R "$(id -un)" {_quoted(folder)}'
    if error.errno == errno.EROFS:
        return f"sudo mount -o remount,rw {_quoted(_mount(there))}"
    if there.is_file():
        return f"mv {_quoted(there)} {_quoted(there.with_name(f'{there.name}.old'))}"
    return _elsewhere(name)


def _elsewhere(name: str) -> str:
    return f"export {_VARIABLES[name]}"


def _mount(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.is_mount())


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
