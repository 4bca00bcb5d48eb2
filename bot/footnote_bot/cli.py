"""The `footnote` command. Each sub-command is defined in one module of terminal/.

Those modules import heavy parts inside their functions, so that --help answers at once.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer

from footnote.errors import FootnoteError
from footnote_bot.citation_format import on_one_line
from footnote_bot.terminal import (
    ask_commands,
    backup_commands,
    doctor_commands,
    eval_command,
    index_commands,
    review_commands,
    web_command,
)
from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.own_command import typeable


def _flush(*_: object, **__: object) -> None:
    """Inside it, typer still handles a closed pipe: `footnote index show x.md | true`."""
    sys.stdout.flush()


app = Commands(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, result_callback=_flush)
for _group in (ask_commands, web_command, doctor_commands, backup_commands, eval_command):
    app.add_typer(_group.app)
app.add_typer(index_commands.app, name="index")
app.add_typer(review_commands.app, name="review")

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def main() -> None:
    """Errors become one line and exit code 1, never a traceback (unless LOG_LEVEL=DEBUG)."""
    gc.disable()  # until `open_session`: collecting what imports create, all of which stays, would take 0.1 s
    os.umask(
        0o077
    )  # questions, answers and articles are for the user who runs Footnote, not for all users of the machine
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows ? for what it cannot show
    try:
        app()
    except FootnoteError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _fail("The disk is full. Free some space (`footnote index gc` may help), then try again.")
        if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
            raise
        _fail(f"Something unexpected happened ({type(error).__name__}: {error}). LOG_LEVEL=DEBUG shows where.")
    finally:
        gc.enable()


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"footnote {version('footnote')}")
        raise typer.Exit


@app.callback()
def footnote(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Answers questions about your articles and cites the source sentence of everything it says."""


def _fail(message: str) -> NoReturn:
    print(f"footnote: {on_one_line(typeable(message))}", file=sys.stderr)  # noqa: T201 - the terminal is this module's output
    sys.exit(1)
