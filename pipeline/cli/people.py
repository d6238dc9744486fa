"""The commands by which people decide: ``review``, ``decide``, ``batches``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.cli.options import (
    ArchiveUrl,
    Batch,
    CatalogueUrl,
    Config,
    Dossier,
    FindingCode,
    Json,
    Reason,
    settings_of,
    start_workers_server,
)

app = typer.Typer()
batches_app = typer.Typer(no_args_is_help=False, rich_markup_mode=None)
app.add_typer(batches_app, name="batches")


@app.command()
def review(
    ctx: typer.Context,
    interactive: Annotated[
        bool | None,
        typer.Option("--interactive/--list", help="Từng việc một; mặc định khi ở màn hình / one by one, or a list."),
    ] = None,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="CODE", help="Chấp nhận mọi việc loại này / accept all of it.")
    ] = None,
    dossier: Annotated[
        str | None, typer.Option("--dossier", metavar="ID", help="Chỉ hồ sơ này / of this dossier only.")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", metavar="CODE", help="Chỉ loại này / of this code only.")
    ] = None,
    reason: Reason = "",
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Việc cần người xem lại / what waits for a person."""
    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    if interactive is None:
        interactive = not as_json and sys.stdin.isatty() and sys.stdout.isatty()
    if interactive or accept:
        start_workers_server()
    from pipeline.commands import review as command

    if accept:
        raise typer.Exit(command.accept(settings, accept, dossier, reason, as_json))
    if interactive:
        raise typer.Exit(command.interactive(settings, dossier, code))
    raise typer.Exit(command.run(settings, dossier, code, as_json))


@app.command()
def decide(
    ctx: typer.Context,
    dossier: Dossier,
    action: Annotated[
        str,
        typer.Argument(metavar="ACTION", help="accept, rescan, type, procedure, split, join, rotate, dossier."),
    ],
    value: Annotated[
        str | None, typer.Argument(metavar="[VALUE]", help="Loại, mã, độ xoay / type, code, turn.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="SECTION:PAGE", help="Trang, ví dụ records:3 / the page.")
    ] = None,
    code: FindingCode = None,
    reason: Reason = "",
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Quyết định về một hồ sơ / decide about a dossier."""
    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    start_workers_server()
    from pipeline.commands import review as command

    raise typer.Exit(command.decide_one(settings, dossier, action, value, at, code, reason, as_json))


@batches_app.callback(invoke_without_command=True)
def batches(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Cả các lô đã xong / those at their end, too.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Số lô / batches to list.")] = 50,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    catalogue: CatalogueUrl = None,
    config: Config = None,
) -> None:
    """Các lô đang làm, giữ lại, dở dang / batches under way."""
    settings = settings_of(ctx, config, {"archive": archive, "catalogue": catalogue})
    if ctx.invoked_subcommand is not None:
        ctx.obj = settings
        return
    from pipeline.commands import batches as command

    raise typer.Exit(command.list_batches(settings, everything, limit, as_json))


@batches_app.command("show")
def show_batch(
    ctx: typer.Context,
    batch: Batch,
    pages: Annotated[bool, typer.Option("--pages", help="Từng trang / each page.")] = False,
    as_json: Json = False,
) -> None:
    """Xem một lô / show one batch."""
    from pipeline.commands import batches as command

    raise typer.Exit(command.show(batch, ctx.obj, pages, as_json))


@batches_app.command()
def retry(ctx: typer.Context, batch: Batch, reason: Reason = "", as_json: Json = False) -> None:
    """Chạy lại lô bị giữ hay dở dang / run a batch again."""
    start_workers_server()
    from pipeline.commands import batches as command

    raise typer.Exit(command.retry(batch, ctx.obj, reason, as_json))


@batches_app.command()
def release(ctx: typer.Context, batch: Batch, reason: Reason = "") -> None:
    """Cho qua lô bị giữ, kèm lý do / let a held batch go."""
    from pipeline.commands import batches as command

    raise typer.Exit(command.release(batch, ctx.obj, reason))


@batches_app.command()
def abandon(ctx: typer.Context, batch: Batch, reason: Reason = "") -> None:
    """Bỏ lô, giữ tệp gốc, kèm lý do / give a batch up."""
    from pipeline.commands import batches as command

    raise typer.Exit(command.abandon(batch, ctx.obj, reason))
