"""``sohoa config``: every setting in force, and which source set it."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from pipeline.commands.output import console
from pipeline.config import load
from sohoa.errors import ExitCode

_ORIGINS = {"default": "mặc định / default", "environment": "môi trường / environment"}


def run(config: Path | None) -> ExitCode:
    """Print name, value and origin of every setting."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Thiết lập / setting", "Giá trị / value", "Nguồn / origin"):
        table.add_column(heading, overflow="fold")
    for setting in load(config)[1]:
        changed = setting.origin != "default"
        table.add_row(
            setting.name,
            str(setting.value),
            _ORIGINS.get(setting.origin, setting.origin),
            style="bold" if changed else "",
        )
    console.print(table)
    return ExitCode.OK
