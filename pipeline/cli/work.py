"""The commands that bring papers in: ``digitize``, ``watch``, ``nightly``, ``status``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.options import (
    ArchiveUrl,
    CatalogueUrl,
    Config,
    Done,
    FailureRate,
    Json,
    SectionOption,
    UnitOption,
    Until,
    Workers,
    settings_of,
    share,
    start_workers_server,
)

app = typer.Typer()


@app.command()
def digitize(
    ctx: typer.Context,
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Tệp hoặc thư mục / files or folders.")],
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    unit: UnitOption = None,
    dossier: Annotated[
        str | None,
        typer.Option("--dossier", metavar="ID", help="Mọi trang thuộc hồ sơ này / all pages are this dossier's."),
    ] = None,
    section: SectionOption = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(metavar="[FILE=]N", help="Số trang của cả lô hoặc của tệp / pages there should be."),
    ] = None,
    done: Done = None,
    until: Until = None,
    max_failure_rate: FailureRate = None,
    workers: Workers = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Số hóa vào kho lưu trữ / digitise files and folders."""
    start_workers_server()  # it loads what workers need while this process loads what it needs itself
    from pipeline.commands import digitize as command

    flags = {"archive": archive, "catalogue": catalogue, "unit": unit, "workers": workers}
    flags |= {"nightly.until": until, "nightly.max_failure_rate": share(max_failure_rate)}
    settings = settings_of(ctx, config, flags)
    job = command.Job(inputs, dossier, section, command.expectations(expect or []), command.Destinations(done))
    raise typer.Exit(command.run(job, settings, as_json, command.bounds(settings, until, max_failure_rate)))


@app.command()
def watch(
    ctx: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[DIR]...", help="Thư mục; mặc định theo cấu hình / folders.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Dừng khi hết tệp chờ / stop when nothing waits.")] = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    unit: UnitOption = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Theo dõi thư mục quét / digitise what scanners drop."""
    start_workers_server()
    from pipeline.commands import watch as command

    flags = {"archive": archive, "catalogue": catalogue, "unit": unit}
    raise typer.Exit(command.run(folders or [], settings_of(ctx, config, flags), once, as_json))


@app.command()
def nightly(
    ctx: typer.Context,
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[INPUT]...", help="Thư mục; mặc định theo cấu hình / folders.")
    ] = None,
    until: Until = None,
    max_failure_rate: FailureRate = None,
    done: Done = None,
    workers: Workers = None,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    unit: UnitOption = None,
    as_json: Json = False,
    config: Config = None,
) -> None:
    """Việc ban đêm, có tổng kết / the unattended job."""
    start_workers_server()
    from pipeline.commands import nightly as command

    flags: dict[str, Any] = {"archive": archive, "catalogue": catalogue, "unit": unit, "workers": workers}
    flags |= {"nightly.until": until, "nightly.max_failure_rate": share(max_failure_rate), "nightly.done": done}
    raise typer.Exit(command.run(inputs or [], settings_of(ctx, config, flags), as_json))


@app.command()
def status(
    ctx: typer.Context,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Đang làm gì, việc gì chờ / what goes on, what waits."""
    from pipeline.commands import status as command

    raise typer.Exit(command.run(settings_of(ctx, config, {"archive": archive, "catalogue": catalogue}), as_json))
