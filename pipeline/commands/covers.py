"""``sohoa covers``: separator sheets to print, one page per row of a CSV file."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

from rich.text import Text

from pipeline.catalogue.loading import catalogue
from pipeline.commands.output import console, errors
from pipeline.settings import Settings
from scanners.cover import CoverSheet
from scanners.cover_list import read_csv
from scanners.coversheets import write_covers
from sohoa.errors import ExitCode
from sohoa.wording import both


def run(csv: Path, output: Path, settings: Settings) -> ExitCode:
    """Write the sheets of ``csv`` to ``output``.

    Raises UsageError naming the line and column that is wrong, or the output that is no place for a file.
    """
    sheets = read_csv(csv)
    names = {p.code: p.name for p in catalogue(settings.understanding.catalogue_folder).procedures}
    write_covers(sheets, output, names)
    console.print(Text(f"{len(sheets)} tờ bìa / cover sheets → {output}"), soft_wrap=True)
    _warn_of_unknown(sheets, names.keys())
    return ExitCode.OK


def _warn_of_unknown(sheets: Sequence[CoverSheet], known: Set[str]) -> None:
    """Name the procedures that the catalogue lacks: a slip of the pen, or one that is newer than the catalogue."""
    for code in dict.fromkeys(s.procedure for s in sheets if s.procedure is not None and s.procedure not in known):
        dossiers = ", ".join(sheet.dossier_id.text for sheet in sheets if sheet.procedure == code)
        said = both(
            f"không có thủ tục {code} trong danh mục; tờ bìa vẫn được in, hãy so lại mã",
            f"procedure {code} is not in the catalogue; its sheets were printed, compare the code",
        )
        errors.print(Text.assemble(("Lưu ý / note: ", "yellow"), f"{said}: {dossiers}"), soft_wrap=True)
