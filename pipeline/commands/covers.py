"""``sohoa covers``: separator sheets to print, one page per row of a CSV file."""

from __future__ import annotations

from pathlib import Path

from pipeline.commands.output import console
from pipeline.understanding.catalogue import catalogue
from scanners.cover_list import read_csv
from scanners.coversheets import write_covers
from sohoa.errors import ExitCode


def run(csv: Path, output: Path) -> ExitCode:
    """Write the sheets of ``csv`` to ``output``; raises UsageError naming the line and column that is wrong."""
    sheets = read_csv(csv)
    known = catalogue()
    write_covers(sheets, output, {p.code: p.name for p in known.procedures})
    console.print(f"{len(sheets)} tờ bìa / cover sheets → {output}")
    return ExitCode.OK
