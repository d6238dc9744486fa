"""The commands around it: ``covers``, ``doctor``, ``config``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import Config, settings_of

app = typer.Typer()


@app.command()
def covers(
    csv: Annotated[Path, typer.Argument(metavar="CSV", help="Cột: ma_ho_so, phan, thu_tuc, so_trang.")],
    output: Annotated[Path, typer.Option("--output", metavar="PDF", help="Tệp PDF để in / PDF to print.")],
) -> None:
    """In tờ bìa phân cách hồ sơ / print cover sheets."""
    from pipeline.commands import covers as command

    raise typer.Exit(command.run(csv, output))


@app.command()
def doctor(ctx: typer.Context, config: Config = None) -> None:
    """Kiểm tra cài đặt / check what is installed."""
    from pipeline.commands import doctor as command

    raise typer.Exit(command.run(settings_of(ctx, config, {})))


@app.command("config")
def show_config(ctx: typer.Context, config: Config = None) -> None:
    """Thiết lập đang dùng / settings in force, and their origin."""
    from pipeline.commands import config as command

    raise typer.Exit(command.run(config or ctx.obj))
