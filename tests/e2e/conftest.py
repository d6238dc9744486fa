"""The product as its users meet it: the installed command, on real files, in an empty folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
COMMAND = Path(sys.executable).with_name("sohoa")


@dataclass(frozen=True)
class Ran:
    """A finished command: exit status, the events on standard output, and standard error."""

    status: int
    stdout: str
    stderr: str

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stdout.splitlines()]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] == kind]

    @property
    def dossiers(self) -> dict[str | None, dict[str, Any]]:
        return {event["dossier_id"]: event for event in self.of("dossier")}

    @property
    def ledger(self) -> dict[str, Any]:
        (batch,) = self.of("batch")
        ledger: dict[str, Any] = batch["ledger"]
        return ledger


class Desk:
    """A working directory with an archive of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sohoa(self, *arguments: object, timeout: float = 280) -> Ran:
        done = subprocess.run(
            [str(COMMAND), *map(str, arguments)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    @property
    def archive(self) -> Path:
        return self.folder / "sohoa-data" / "archive"

    def objects(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.archive)): path.read_bytes()
            for path in sorted(self.archive.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Desk]:
    """Makes working directories for fixtures that live longer than a test."""
    return lambda: Desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="session")
def digitized(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Ran]:
    """The samples in an archive, digitised once for all tests that only read."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    return desk, desk.sohoa("digitize", SAMPLES / "inputs", "--json")


@pytest.fixture(scope="session")
def make_page() -> Callable[[str], bytes]:
    """A JPEG of an A4 page at 150 dpi with a few lines of print: quick to read, and not blank."""
    from io import BytesIO

    from PIL import Image, ImageDraw, ImageFont

    def make(text: str) -> bytes:
        page = Image.new("L", (1240, 1754), 250)
        font = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf", 40)
        draw = ImageDraw.Draw(page)
        for number, line in enumerate(text.split("\n")):
            draw.text((150, 150 + 70 * number), line, font=font, fill=20)
        out = BytesIO()
        page.save(out, "JPEG", quality=85, dpi=(150, 150))
        return out.getvalue()

    return make


@pytest.fixture
def put(desk: Desk, make_page: Callable[[str], bytes]) -> Callable[..., Path]:
    """Puts a page into the desk's folder ``in``: print, and the file's name, so that no two are the same."""

    def put(name: str, text: str = "GIẤY XÁC NHẬN") -> Path:
        file = desk.folder / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make_page(f"{text}\n{name}"))
        return file

    return put
