"""A chat at a keyboard: arrow keys, history and Ctrl-C, in a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT

import pytest
from forked_programs import Code, Program
from terminal_stage import KNOWN, Terminal

UP, LEFT, CTRL_C, CTRL_D = "\x1b[A", "\x1b[D", "\x03", "\x04"

AT_KEYBOARD = """
import asyncio, fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
if sys.argv[1] == "without readline":
    sys.modules["readline"] = None
from footnote.answering.pipeline import Answering
ask = Answering.ask
async def asked(self, question, **options):
    if question == "slow":
        print("It thinks.", flush=True)
        await asyncio.sleep(60)
    return await ask(self, question, **options)
Answering.ask = asked
from footnote.review.recording import Review
store = Review.record_here
async def stored(self, outcome):
    if outcome.question == "Stored slowly: who leads the front?":
        print("It stores.", flush=True)
        await asyncio.sleep(1)
    await store(self, outcome)
Review.record_here = stored
from footnote_bot.cli import main
sys.argv = ["footnote", *sys.argv[2:]]
main()
"""
SECONDS = 60.0


class Keyboard:
    """The keyboard and the screen of a program."""

    def __init__(self, side: int, program: Program) -> None:
        self.program = program
        self._side = side
        self._seen = ""

    def type(self, keys: str) -> None:
        os.write(self._side, keys.encode())

    def read_until(self, text: str) -> str:
        """What appears on the screen up to this text, without styles."""
        deadline = time.monotonic() + SECONDS
        while (plain := re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", self._seen)).find(text) < 0:
            ready, _, _ = select.select([self._side], [], [], max(deadline - time.monotonic(), 0.0))
            assert ready, f"{text!r} does not appear after {plain!r}"
            self._seen += self._some()
        before, _, self._seen = plain.partition(text)
        return before + text

    def _some(self) -> str:
        try:
            return os.read(self._side, 65536).decode(errors="replace").replace("\r\n", "\n")
        except OSError:  # the program has ended
            return ""

    @property
    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self._side)[3] & termios.ECHO)


@contextmanager
def at_keyboard(folder: Path, *arguments: str, without: str = "nothing") -> Iterator[Keyboard]:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "HOME": str(folder)}
    try:
        with Program(
            Code(AT_KEYBOARD, (f"without {without}", *arguments)),
            cwd=folder,
            env=environment,
            files=(theirs, theirs, theirs),
        ) as program:
            keyboard = Keyboard(ours, program)
            yield keyboard
            program.wait()
    finally:
        os.close(ours)
        os.close(theirs)


def test_the_arrow_keys_edit_the_line_and_bring_back_earlier_ones(terminal: Terminal) -> None:
    with at_keyboard(terminal.folder, "chat") as keyboard:
        keyboard.read_until("? ")
        keyboard.type(f"{KNOWN}\r")
        keyboard.read_until("leads the front.¹")
        keyboard.read_until("? ")
        keyboard.type(f"{UP}\r")
        assert "[A" not in keyboard.read_until("leads the front.¹")
        keyboard.read_until("? ")
        keyboard.type(f"/qut{LEFT}i\r")
    assert keyboard.program.poll() == 0
    assert not [file for file in terminal.folder.rglob("*history*") if file.is_file()]


def test_a_chat_needs_no_readline(terminal: Terminal) -> None:
    with at_keyboard(terminal.folder, "chat", without="readline") as keyboard:
        keyboard.read_until("? ")
        keyboard.type(f"{KNOWN}\r")
        keyboard.read_until("leads the front.¹")
        keyboard.read_until("? ")
        keyboard.type(CTRL_D)
    assert keyboard.program.poll() == 0


@pytest.mark.parametrize("typed", ["", "half a quest"])
@pytest.mark.parametrize("without", ["nothing", "readline"])
def test_ctrl_c_at_the_prompt_leaves_quietly(terminal: Terminal, typed: str, without: str) -> None:
    with at_keyboard(terminal.folder, "chat", without=without) as keyboard:
        keyboard.read_until("? ")
        time.sleep(0.2)  # until the line editor is ready
        keyboard.type(typed + CTRL_C)
        keyboard.program.wait()
        assert keyboard.echoes
    assert keyboard.program.poll() == 0


def test_ctrl_c_stops_only_the_answer(terminal: Terminal) -> None:
    with at_keyboard(terminal.folder, "bot") as keyboard:
        keyboard.read_until("? ")
        keyboard.type("slow\r")
        keyboard.read_until("It thinks.")
        keyboard.type(CTRL_C)
        keyboard.read_until("Stopped.")
        keyboard.read_until("? ")
        keyboard.type(f"{KNOWN}\r")
        keyboard.read_until("leads the front.¹")
        keyboard.read_until("? ")
        keyboard.type("/quit\r")
    assert keyboard.program.poll() == 0


def test_ctrl_c_after_an_answer_leaves_once_it_is_stored(terminal: Terminal) -> None:
    with at_keyboard(terminal.folder, "chat") as keyboard:
        keyboard.read_until("? ")
        keyboard.type("Stored slowly: who leads the front?\r")
        keyboard.read_until("It stores.")
        keyboard.type(CTRL_C)
    assert keyboard.program.poll() == 0
    with closing(sqlite3.connect(terminal.folder / "var/footnote.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (1,)


def test_ctrl_c_leaves_quietly_where_questions_come_from_a_pipe(terminal: Terminal) -> None:
    started = [sys.executable, "-c", "from footnote_bot.cli import main; main()", "chat"]
    with subprocess.Popen(started, cwd=terminal.folder, stdin=PIPE, stdout=PIPE, stderr=STDOUT, text=True) as chat:  # noqa: S603 - our own code
        assert chat.stdout is not None
        assert chat.stdin is not None
        chat.stdin.write(f"{KNOWN}\n")
        chat.stdin.flush()
        shown = ""
        while not ("leads the front.¹" in shown and shown.endswith("\n? ")):
            shown += (some := chat.stdout.read(1))
            assert some, shown
        chat.send_signal(signal.SIGINT)
        assert "Fatal" not in chat.stdout.read()
    assert chat.returncode == 0


def test_sigterm_still_ends_a_chat_at_its_prompt(terminal: Terminal) -> None:
    with at_keyboard(terminal.folder, "chat") as keyboard:
        keyboard.read_until("? ")
        time.sleep(0.2)
        keyboard.program.send_signal(signal.SIGTERM)
        keyboard.program.wait()
        assert keyboard.echoes
    assert keyboard.program.poll() == 128 + signal.SIGTERM


def test_ctrl_c_still_ends_other_commands_as_shells_expect(terminal: Terminal) -> None:
    with at_keyboard(terminal.folder, "ask", "slow") as keyboard:
        keyboard.read_until("It thinks.")
        keyboard.type(CTRL_C)
    assert keyboard.program.poll() == 128 + signal.SIGINT


def test_ctrl_c_at_a_question_of_a_rebuild_leaves_the_chat(terminal: Terminal) -> None:
    for name in ("valley.md", "reports/front.md"):
        (terminal.articles / name).unlink()
    with at_keyboard(terminal.folder, "chat") as keyboard:
        keyboard.read_until("? ")
        keyboard.type("/rebuild\r")
        keyboard.read_until("Continue? [y/N] ")
        keyboard.type(CTRL_C)
    assert keyboard.program.poll() == 0
