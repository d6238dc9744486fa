"""The ``sohoa`` command: names, options and exit codes. What each command does lies in ``pipeline.commands``.

Nothing heavy is imported here: each command loads its own module when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
import traceback
from typing import Annotated, NoReturn

import typer

from pipeline.cli import archive, people, setup, work
from pipeline.cli.options import Config, start_workers_server
from sohoa import __version__
from sohoa.errors import ExitCode, SohoaError

app = typer.Typer(
    name="sohoa",
    help="Số hóa hồ sơ một cửa: quét, OCR, PDF/A, lưu trữ, tra cứu.\n\n"
    "Digitise one-stop-office dossiers: scan, OCR, PDF/A, archive, search.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for part in (work, archive, people, setup):
    app.add_typer(part.app)


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


def main() -> NoReturn:
    """Run the command line and end the process with the command's exit code."""
    if sys.argv[1:2] == ["digitize"]:
        start_workers_server()  # before the options are looked at, which takes a tenth of a second
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
    except Exception:  # noqa: BLE001 - told in full; 1 would say “finished, something waits”
        traceback.print_exc()
        return ExitCode.INTEGRITY
    except KeyboardInterrupt:
        typer.echo("Đã dừng; chạy lại lệnh để làm tiếp / stopped; run the same command again to go on.", err=True)
        return ExitCode.INTERRUPTED
    return ExitCode.OK


def _told(error: SohoaError) -> int:
    from pipeline.commands.output import report_error

    report_error(error, as_json="--json" in sys.argv)
    return error.exit_code


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
