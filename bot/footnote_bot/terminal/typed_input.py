"""Input typed in the terminal, with arrow keys and a history where Python's readline is installed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import cache
from threading import Thread
from typing import Any

from rich.console import Console
from rich.text import Text

from footnote_bot.terminal.ctrl_c import on_ctrl_c

_BOLD, _PLAIN = "\x01\x1b[1m\x02", "\x01\x1b[0m\x02"  # readline does not count what is between \x01 and \x02


class PromptLeft(SystemExit):
    """Ctrl-C at a prompt, with the exit code that shells know for it. Nothing may be read from the terminal after it:
    the thread that waits for input cannot be interrupted.
    """

    def __init__(self) -> None:
        super().__init__(128 + signal.SIGINT)


async def typed(console: Console, prompt: str) -> str:
    """The line that somebody types after a prompt. Raises EOFError, PromptLeft."""
    asks = _with_line_editor if _is_at_keyboard(console) and _has_line_editor() else _plainly
    with _terminal_as_it_was():
        return await _in_thread(lambda: asks(console, prompt))


def _with_line_editor(console: Console, prompt: str) -> str:
    """`input` writes the prompt, so that the editor knows where the line begins."""
    return input(f"{prompt} " if console.is_dumb_terminal else f"{_BOLD}{prompt}{_PLAIN} ")


def _plainly(console: Console, prompt: str) -> str:
    console.print(Text(prompt, style="bold"), end=" ", soft_wrap=True)
    return input() if sys.stdin.isatty() else _from_pipe()


def _from_pipe() -> str:
    """Not through the buffer of standard input: Python aborts at its end when a thread waits in there."""
    try:
        pipe = sys.stdin.fileno()
    except (OSError, ValueError):  # it is no file
        return input()
    line = b""
    while (byte := os.read(pipe, 1)) not in {b"", b"\n"}:
        line += byte
    if not line + byte:
        raise EOFError
    return line.decode(errors="replace")


def _is_at_keyboard(console: Console) -> bool:
    """Whether somebody types here, and `input` would write the prompt where the console writes."""
    return console.file is sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()


@cache
def _has_line_editor() -> bool:
    """Imports readline, which `input` then uses. Its history is in memory only."""
    try:
        import readline
    except ImportError:
        return False
    readline.parse_and_bind("set enable-bracketed-paste off")  # the terminal would stay in that mode after Ctrl-C
    return True


@contextmanager
def _terminal_as_it_was() -> Iterator[None]:
    """A line editor that is left alone in its thread leaves the terminal without echo."""
    settings = _terminal_settings()
    try:
        yield
    finally:
        if settings is not None:
            with suppress(termios.error, OSError, ValueError):
                termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, settings)


def _terminal_settings() -> list[Any] | None:
    """None if there is no terminal."""
    try:
        return termios.tcgetattr(sys.stdin.fileno())
    except (termios.error, OSError, ValueError):
        return None


async def _in_thread(work: Callable[[], str]) -> str:
    """Like `asyncio.to_thread`, but nobody waits for the work after Ctrl-C. Raises PromptLeft."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[str] = loop.create_future()

    def settle(outcome: Future[str]) -> None:
        if not done.done():
            error = outcome.exception()
            done.set_exception(error) if error else done.set_result(outcome.result())

    def run() -> None:
        outcome: Future[str] = Future()
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - handed on to the waiting task
            outcome.set_exception(error)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, outcome)

    def leave() -> None:
        if not done.done():
            done.set_exception(PromptLeft())

    with on_ctrl_c(leave):  # before anybody sees a prompt
        Thread(target=run, daemon=True).start()
        return await done
