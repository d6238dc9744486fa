"""Options that several commands have, and the settings that come of them.

Nothing heavy is imported here: each command loads its own module when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sohoa.ids import Section

Config = Annotated[Path | None, typer.Option("--config", help="Tệp cấu hình / configuration file.")]
ArchiveUrl = Annotated[str | None, typer.Option("--archive", metavar="URL", help="Kho lưu trữ / archive address.")]
CatalogueUrl = Annotated[str | None, typer.Option("--catalogue", metavar="URL", help="Danh mục / catalogue address.")]
Json = Annotated[bool, typer.Option("--json", help="Mỗi dòng một đối tượng JSON / one JSON object per line.")]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="CODE", help="Mã đơn vị / unit code.")]
SectionOption = Annotated[Section | None, typer.Option("--section", help="Phần của hồ sơ / section of the dossier.")]
Dossier = Annotated[str, typer.Argument(metavar="DOSSIER", help="Mã hồ sơ / dossier ID.")]
Until = Annotated[str | None, typer.Option("--until", metavar="HH:MM", help="Giờ kết thúc / end of the window.")]
FailureRate = Annotated[
    str | None, typer.Option("--max-failure-rate", metavar="N%", help="Giữ lại khi quá tỷ lệ lỗi / hold above it.")
]
Done = Annotated[
    Path | None,
    typer.Option("--done", metavar="DIR", help="Chuyển tệp gốc đã lưu vào đây / move archived sources here."),
]
Workers = Annotated[int | None, typer.Option("--workers", min=1, metavar="N", help="Số tiến trình / worker processes.")]
FindingCode = Annotated[str | None, typer.Option("--code", metavar="CODE", help="Việc được giải quyết / the finding.")]
Batch = Annotated[str, typer.Argument(metavar="BATCH", help="Mã lô / batch ID.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Lý do / why.")]
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def settings_of(ctx: typer.Context, config: Path | None, flags: dict[str, Any]) -> Any:
    """Return the settings in force; typed Any so that pydantic is not imported for ``--help``."""
    from pipeline.config import load

    return load(config or ctx.obj, flags)[0]


def share(text: str | None) -> str | None:
    """Return “10%” as the share that the setting is; anything else as it is, for the settings to judge."""
    if text is None or not text.endswith("%"):
        return text
    number = text.removesuffix("%").strip()
    return str(float(number) / 100) if number.replace(".", "", 1).isdigit() and number.isascii() else text


def start_workers_server() -> None:
    """Let the server that workers are forked from load while this process loads what it needs itself."""
    from pipeline.batch.pool import start_server

    start_server()
