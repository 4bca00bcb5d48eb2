"""`footnote backup` and `restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from footnote_bot.terminal.commands import Commands

app = Commands()


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write, such as footnote-2026-03-01.tar.gz.")],
) -> None:
    """Put the live index and the database into one file, also while a bot runs.

    The articles folder, .env and earlier generations are not in it: back up the articles yourself.
    """
    from footnote_bot.terminal.backups import backup_to
    from footnote_bot.terminal.session import open_session

    session = open_session()
    backup_to(session.out, session.err, session.settings, file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `footnote backup` wrote.")],
    *,
    yes: Annotated[
        bool,
        typer.Option(
            "--yes", help="Restore even if there is already an index or answers: they are moved aside, not deleted."
        ),
    ] = False,
) -> None:
    """Restore the index and the database from a backup, into SQLite or PostgreSQL. Stop the bot first."""
    from footnote_bot.terminal.backups import restore_from
    from footnote_bot.terminal.session import open_session

    session = open_session()
    restore_from(session.out, session.err, session.settings, file, yes=yes)
