"""``sohoa doctor``: what is installed, in which version, what is missing, and the command that mends it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from rich.table import Table

from pipeline.commands.output import console
from pipeline.config import Settings
from pipeline.ocr.tesseract import versions
from scanners.coversheets import FontsMissing, find_fonts
from sohoa import __version__
from sohoa.children import ChildFailed
from sohoa.children import run as run_child
from sohoa.errors import ExitCode, SohoaError
from sohoa.machine import available_memory, usable_cores
from storage.objects.open import open_store

_PACKAGES = (
    "pytesseract", "opencv-python", "pikepdf", "pdf2image", "zxing-cpp", "tantivy", "SQLAlchemy", "pydantic",
)  # fmt: skip


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
        table.add_row(f"[{style}]{mark}[/]", check.name, check.found)
    console.print(table)
    missing = [check for check in checks if not check.good]
    for check in missing:
        console.print(f"\n{check.name}: {check.found}\n  → {check.remedy}", style="yellow")
    if not missing:
        console.print("\nMọi thứ đã sẵn sàng / everything is ready.", style="green")
    return ExitCode.USAGE if missing else ExitCode.OK


def _checks(settings: Settings) -> Iterator[Check]:
    yield Check("sohoa", __version__, True)
    python = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", python, sys.version_info >= (3, 11), "sudo apt-get install python3 python3-venv")
    yield _program("tesseract", ["tesseract", "--version"], "tesseract-ocr")
    yield _models(settings)
    yield _program("pdftoppm", ["pdftoppm", "-v"], "poppler-utils")
    yield _font()
    for package in _PACKAGES:
        yield _package(package)
    cores, memory = usable_cores(), available_memory() / 1024**3
    yield Check("Máy / machine", f"{cores} nhân / cores, {memory:.1f} GB bộ nhớ trống / free memory", memory > 1)
    yield _writable("Kho / archive", settings.archive)


def _program(name: str, command: list[str], package: str) -> Check:
    remedy = f"sudo apt-get install {package}"
    if shutil.which(command[0]) is None:
        return Check(name, "chưa cài / not installed", False, remedy)
    try:
        finished = run_child(command, timeout=20)
    except ChildFailed as error:
        return Check(name, error.message, False, remedy)
    first = (finished.stdout or finished.stderr).decode(errors="replace").splitlines()[:1]
    return Check(name, first[0] if first else "?", finished.status == 0, remedy)


def _models(settings: Settings) -> Check:
    remedy = "sudo apt-get install tesseract-ocr-vie tesseract-ocr-osd"
    try:
        found = versions(settings.ocr.language)
    except SohoaError as error:
        return Check("Mô hình OCR / OCR model", error.message, False, error.advice or remedy)
    models = ", ".join(
        f"{name.removeprefix('model.')} {value[:12]}" for name, value in found.items() if "model" in name
    )
    return Check("Mô hình OCR / OCR model", models, bool(models), remedy)


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


def _writable(name: str, url: str) -> Check:
    try:
        where = open_store(url).url
    except SohoaError as error:
        return Check(name, error.message, False, error.advice)
    folder = Path(where.removeprefix("file://"))
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return Check(name, f"{where} ({usage.free / 1024**3:.1f} GB trống / free)", usage.free > 1024**3, "df -h")
