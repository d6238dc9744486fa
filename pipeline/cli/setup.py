"""The commands around it: ``covers``, ``doctor``, ``config``, ``catalogue``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import Config, Json, settings_of

app = typer.Typer()


@app.command()
def covers(
    ctx: typer.Context,
    csv: Annotated[Path, typer.Argument(metavar="CSV", help="Cột: ma_ho_so, phan, thu_tuc, so_trang.")],
    output: Annotated[Path, typer.Option("--output", metavar="PDF", help="Tệp PDF để in / PDF to print.")],
    config: Config = None,
) -> None:
    """In tờ bìa phân cách hồ sơ / print cover sheets."""
    from pipeline.commands import covers as command

    raise typer.Exit(command.run(csv, output, settings_of(ctx, config, {})))


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


class Kind(StrEnum):
    """What the domain catalogue holds."""

    PROCEDURE = "procedure"
    DOCTYPE = "doctype"
    UNIT = "unit"


known = typer.Typer(help="Danh mục thủ tục, giấy tờ, đơn vị / procedures, document types, units.", no_args_is_help=True)
app.add_typer(known, name="catalogue")


@known.command()
def check(ctx: typer.Context, config: Config = None) -> None:
    """Kiểm tra các tệp danh mục / check the data files."""
    from pipeline.commands import catalogue as command

    raise typer.Exit(command.check(settings_of(ctx, config, {})))


@known.command("list")
def list_(
    ctx: typer.Context,
    kind: Annotated[Kind | None, typer.Argument(help="Loại mục / kind of entry.")] = None,
    find: Annotated[str, typer.Option("--find", metavar="TEXT", help="Có các từ này / that have these words.")] = "",
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Liệt kê / list entries."""
    from pipeline.commands import catalogue as command

    raise typer.Exit(command.list_(kind.value if kind else None, find, settings_of(ctx, config, {}), as_json))


@known.command()
def show(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="1.001193, giay_khai_sinh, H11 …")],
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Xem một mục / show one entry."""
    from pipeline.commands import catalogue as command

    raise typer.Exit(command.show(code, settings_of(ctx, config, {}), as_json))
