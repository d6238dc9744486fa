"""The commands that ask the archive: ``search``, ``show``, ``export``, ``verify``, ``reindex``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import (
    DAYS,
    ArchiveUrl,
    CatalogueUrl,
    Config,
    Dossier,
    Json,
    SectionOption,
    UnitOption,
    settings_of,
)

app = typer.Typer()


@app.command()
def search(
    ctx: typer.Context,
    query: Annotated[
        str, typer.Argument(help='Từ cần tìm, có dấu hoặc không; cụm từ trong "..." / words, with or without marks.')
    ],
    unit: UnitOption = None,
    procedure: Annotated[str | None, typer.Option(metavar="CODE", help="Mã thủ tục / procedure code.")] = None,
    doctype: Annotated[str | None, typer.Option(metavar="TYPE", help="Loại giấy tờ / document type.")] = None,
    section: SectionOption = None,
    date_from: Annotated[
        dt.datetime | None,
        typer.Option("--from", formats=DAYS, metavar="DATE", help="Tiếp nhận từ ngày / received from."),
    ] = None,
    date_to: Annotated[
        dt.datetime | None, typer.Option("--to", formats=DAYS, metavar="DATE", help="Đến ngày / received up to.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, max=1000, help="Số kết quả / hits to show.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="Bỏ qua / hits to skip.")] = 0,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Tra cứu có dấu hoặc không dấu / find pages by words or ID."""
    from pipeline.commands import search as command

    request = command.Request(
        query=query,
        procedure=procedure,
        doctype=doctype,
        section=section.value if section else None,
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        limit=limit,
        offset=offset,
    )
    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.run(request, unit, settings, as_json))


@app.command()
def show(
    ctx: typer.Context,
    dossier: Dossier,
    pages: Annotated[bool, typer.Option("--pages", help="Chất lượng từng trang / the quality of each page.")] = False,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Xem một hồ sơ / show one dossier."""
    from pipeline.commands import dossier as command

    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.show(dossier, settings, as_json, pages))


@app.command()
def explain(
    ctx: typer.Context,
    dossier: Dossier,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Vì sao hồ sơ được hiểu như vậy / why a dossier is taken for what it is."""
    from pipeline.commands import explain as command

    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.explain(dossier, settings, as_json))


@app.command()
def evaluate(
    ctx: typer.Context,
    truth: Annotated[
        Path | None, typer.Option("--truth", metavar="DIR", help="Thư mục đáp án / folder that holds the truth.")
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="PNG", help="Vẽ đường tin cậy / draw the reliability curve.")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Máy đoán đúng đến đâu / how right the machine is."""
    from pipeline.commands import evaluate as command

    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.run(truth, chart, settings, as_json))


@app.command()
def export(
    ctx: typer.Context,
    dossier: Dossier,
    output: Annotated[Path, typer.Option("--output", metavar="DIR", help="Thư mục đích / folder to write to.")],
    section: SectionOption = None,
    document: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Chỉ giấy tờ số N / document N only.")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Xuất tệp của hồ sơ / write a dossier's files to a folder."""
    from pipeline.commands import dossier as command

    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.export(dossier, output, section, document, settings, as_json))


@app.command()
def verify(
    ctx: typer.Context,
    dossiers: Annotated[
        list[str] | None, typer.Argument(metavar="[DOSSIER]...", help="Mặc định tất cả / default all.")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Kiểm tra toàn vẹn kho / re-hash every stored object."""
    from pipeline.commands import maintenance as command

    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.verify(dossiers or [], settings, as_json))


@app.command()
def reindex(
    ctx: typer.Context,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Dựng lại danh mục, chỉ mục / rebuild both from the objects."""
    from pipeline.commands import maintenance as command

    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.reindex(settings))
