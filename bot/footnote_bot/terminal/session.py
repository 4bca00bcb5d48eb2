"""What every command of the terminal has: the settings, and where it writes."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TextIO

from rich.console import Console

from footnote_bot import json_form
from footnote_bot.log_format import formatter
from footnote_bot.settings import Settings, read_settings
from footnote_bot.terminal.builds import warn
from footnote_bot.unknown_settings import unknown_settings, unreadable_lines

log = logging.getLogger(__name__)

_CHATTY = ("alembic", "discord.client", "httpx")
"""Loggers that report each migration, the lack of voice support, and each request to a Chroma server."""


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command: results go to `out`, everything else to `err`."""

    settings: Settings
    out: Console
    err: Console

    def print_json(self, value: dict[str, Any]) -> None:
        self.out.file.write(json_form.one_line(value) + "\n")


class Terminated(SystemExit):
    """Stopped by SIGTERM, with the exit code that shells know for it."""

    def __init__(self) -> None:
        super().__init__(128 + signal.SIGTERM)


def open_session(*, quiet: bool = True) -> Session:
    """Reads the settings, warns of unknown ones, and sets up logging. Raises SettingsError.

    At INFO a bot logs its work; a `quiet` command does not. Switches garbage collection on.
    """
    gc.freeze()  # what imports created stays: collecting it again and again would pause everything for 0.06 s
    gc.enable()
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # it names no file; `unreadable_lines` does
    settings = read_settings()
    session = Session(settings, _console(sys.stdout), _console(sys.stderr))
    for line in [*unreadable_lines(), *unknown_settings(os.environ)]:
        warn(session.err, line)
    level = "WARNING" if quiet and settings.log_level == "INFO" else settings.log_level
    logging.basicConfig(level=level)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(formatter(settings.log_format))
    if level != "DEBUG":
        for name in _CHATTY:
            logging.getLogger(name).setLevel(logging.ERROR)
    return session


def _console(stream: TextIO) -> Console:
    """Lines are wrapped for people only: programs need whole lines."""
    return Console(file=stream, highlight=False, soft_wrap=not stream.isatty())


def run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """A service manager stops a program with SIGTERM: exit as cleanly as after Ctrl-C. Raises Terminated."""

    async def run() -> None:
        task = asyncio.ensure_future(work)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await task

    try:
        asyncio.run(run())
    except asyncio.CancelledError as error:
        log.info("stopped")
        raise Terminated from error
