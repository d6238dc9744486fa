"""The ``sohoa`` command: names, options and exit codes. What each command does lies in ``pipeline.commands``.

Nothing heavy is imported here: each command loads its own module when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import atexit
import datetime as dt
import os
import signal
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from sohoa import __version__
from sohoa.errors import ExitCode, SohoaError
from sohoa.ids import Section

app = typer.Typer(
    name="sohoa",
    help="Số hóa hồ sơ một cửa: quét, OCR, PDF/A, lưu trữ, tra cứu.\n\n"
    "Digitise one-stop-office dossiers: scan, OCR, PDF/A, archive, search.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

batches_app = typer.Typer(no_args_is_help=False, rich_markup_mode=None)
app.add_typer(batches_app, name="batches")

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
_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


def _print_version(asked: bool) -> None:
    """Answer ``--version`` before a command is asked for: it stands alone."""
    if asked:
        typer.echo(f"sohoa {__version__}")
        raise typer.Exit


@app.callback()
def common(
    ctx: typer.Context,
    config: Config = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Phiên bản / print the version."),
    ] = False,
) -> None:
    """Keep what stands before the command for the command."""
    ctx.obj = config


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
    _start_workers_server()  # it loads what workers need while this process loads what it needs itself
    from pipeline.commands import digitize as command

    flags = {"archive": archive, "catalogue": catalogue, "unit": unit, "workers": workers}
    flags |= {"nightly.until": until, "nightly.max_failure_rate": _share(max_failure_rate)}
    settings = _settings(ctx, config, flags)
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
    _start_workers_server()
    from pipeline.commands import watch as command

    flags = {"archive": archive, "catalogue": catalogue, "unit": unit}
    raise typer.Exit(command.run(folders or [], _settings(ctx, config, flags), once, as_json))


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
    _start_workers_server()
    from pipeline.commands import nightly as command

    flags: dict[str, Any] = {"archive": archive, "catalogue": catalogue, "unit": unit, "workers": workers}
    flags |= {"nightly.until": until, "nightly.max_failure_rate": _share(max_failure_rate), "nightly.done": done}
    raise typer.Exit(command.run(inputs or [], _settings(ctx, config, flags), as_json))


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

    raise typer.Exit(command.run(_settings(ctx, config, {"archive": archive, "catalogue": catalogue}), as_json))


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
        typer.Option("--from", formats=_DAYS, metavar="DATE", help="Tiếp nhận từ ngày / received from."),
    ] = None,
    date_to: Annotated[
        dt.datetime | None, typer.Option("--to", formats=_DAYS, metavar="DATE", help="Đến ngày / received up to.")
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
        unit=unit,
        procedure=procedure,
        doctype=doctype,
        section=section.value if section else None,
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
        limit=limit,
        offset=offset,
    )
    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.run(request, settings, as_json))


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

    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.show(dossier, settings, as_json, pages))


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

    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
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

    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
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

    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
    raise typer.Exit(command.reindex(settings))


@app.command()
def review(
    ctx: typer.Context,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Xem và quyết định từng việc / decide one by one.")
    ] = False,
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
    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
    if interactive or accept:
        _start_workers_server()
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
    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
    _start_workers_server()
    from pipeline.commands import review as command

    raise typer.Exit(command.decide_one(settings, dossier, action, value, at, code, reason, as_json))


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

    raise typer.Exit(command.run(_settings(ctx, config, {})))


@app.command("config")
def show_config(ctx: typer.Context, config: Config = None) -> None:
    """Thiết lập đang dùng / settings in force, and their origin."""
    from pipeline.commands import config as command

    raise typer.Exit(command.run(config or ctx.obj))


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
    settings = _settings(ctx, config, {"archive": archive, "catalogue": catalogue})
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
    _start_workers_server()
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


def _settings(ctx: typer.Context, config: Path | None, flags: dict[str, Any]) -> Any:
    """Return the settings in force; typed Any so that pydantic is not imported for ``--help``."""
    from pipeline.config import load

    return load(config or ctx.obj, flags)[0]


def _share(text: str | None) -> str | None:
    """Return “10%” as the share that the setting is; anything else as it is, for the settings to judge."""
    if text is None or not text.endswith("%"):
        return text
    number = text.removesuffix("%").strip()
    return str(float(number) / 100) if number.replace(".", "", 1).isdigit() and number.isascii() else text


def main() -> NoReturn:
    """Run the command line and end the process with the command's exit code."""
    if sys.argv[1:2] == ["digitize"]:
        _start_workers_server()  # before the options are looked at, which takes a tenth of a second
    _leave(_run())


def _run() -> int:
    """Return the exit code; errors that a person must know of are told in one sentence with its advice."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except SohoaError as error:
        return _told(error)
    except OSError as error:
        if error.errno is None:  # a library's own complaint, not the operating system's: its place in the code matters
            raise
        from pipeline.errors import SystemRefused

        return _told(SystemRefused.of(error))
    except KeyboardInterrupt:
        typer.echo("Đã dừng; chạy lại lệnh để làm tiếp / stopped; run the same command again to go on.", err=True)
        return ExitCode.INTERRUPTED
    return ExitCode.OK


def _told(error: SohoaError) -> int:
    from pipeline.commands.output import report_error

    report_error(error, as_json="--json" in sys.argv)
    return error.exit_code


def _start_workers_server() -> None:
    from pipeline.batch.pool import start_server

    start_server()


def _leave(code: int) -> NoReturn:
    """End the process without taking apart what it has imported: that would keep the caller 0.2 to 0.4 s longer.

    All that a command opens it has closed; what else waits for the end is run, and what was printed is written out.
    """
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        sys.exit(code)
    os._exit(code)
