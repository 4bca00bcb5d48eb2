"""The `footnote` command in its own process: what it loads, how it ends, and two of them at the same time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from subprocess import PIPE

import pytest
from forked_programs import Footnote, Program, run
from terminal_stage import (
    KNOWN,
    UNKNOWN,
    Terminal,
    chatting,
)

HELP = """
import sys
from footnote_bot.cli import main
indexes = [f"index {name}" for name in ("build", "status", "verify", "rollback", "gc", "show")]
reviews = [f"review {name}" for name in ("list", "stats", "export", "why")]
for command in ["", "ask", "chat", "bot", "index", *indexes, "review", *reviews]:
    sys.argv = ["footnote", *command.split(), "--help"]
    try:
        main()
    except SystemExit as left:
        assert not left.code, command
heavy = {"chromadb", "llama_index", "discord", "ctranslate2", "openai", "pydantic_settings", "sqlalchemy", "bm25s"}
heavy |= {"matplotlib", "numpy"}
print(sorted(heavy & set(sys.modules)))
"""

ASK = """
import gc
import sys
from footnote_bot.cli import main
sys.argv = ["footnote", "ask", "Who leads the front?"]
try:
    main()
finally:
    print(sorted({"alembic", "openai"} & set(sys.modules)), gc.isenabled())
"""


def test_a_question_loads_neither_the_model_s_sdk_nor_what_makes_tables_that_are_there(terminal: Terminal) -> None:
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", ASK], cwd=terminal.folder, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[] True"


def test_help_is_there_for_everything_and_loads_nothing_heavy() -> None:
    ran = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert ran.stdout.count("Usage: ") == 16
    assert ran.stdout.splitlines()[-1] == "[]"
    assert ran.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code"), [(["ask", UNKNOWN], 0), (["index", "show", "nowhere.md"], 1), (["ask"], 2)]
)
def test_the_exit_code_tells_success_from_error_from_wrong_usage(
    terminal: Terminal, arguments: list[str], code: int
) -> None:
    assert run(Footnote(tuple(arguments)), cwd=terminal.folder).returncode == code


@pytest.mark.parametrize("arguments", [["index", "show", "valley.md"], ["ask", KNOWN, "--json"]], ids=" ".join)
def test_a_closed_pipe_is_not_an_error(terminal: Terminal, arguments: list[str]) -> None:
    nobody, out = os.pipe()
    os.close(nobody)
    with Program(Footnote(tuple(arguments)), cwd=terminal.folder, files=(None, out, PIPE)) as process:
        os.close(out)
        assert process.pipes[2] is not None
        assert process.pipes[2].read() == b""
    assert process.poll() == 1


def test_a_second_process_is_refused_until_the_first_has_left(terminal: Terminal) -> None:
    with chatting(terminal.folder):
        for arguments in (["ask", KNOWN], ["chat"], ["index", "build"]):
            error = terminal.run(*arguments).error
            assert error.startswith("footnote: The data folder var is in use by another Footnote")
    assert terminal.ask(KNOWN)["outcome"] == "answered"


def test_the_index_can_be_looked_at_while_another_process_answers(terminal: Terminal) -> None:
    with chatting(terminal.folder):
        assert terminal.run("index", "status").code == 0
        assert terminal.run("index", "show", "valley.md").code == 0


@pytest.mark.parametrize(("stopped_by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_batch_leaves_at_once_and_does_not_look_complete(
    terminal: Terminal, stopped_by: signal.Signals, code: int
) -> None:
    lines = (json.dumps({"id": number, "question": KNOWN}) for number in range(20_000))
    (terminal.folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    part = terminal.folder / "answers.jsonl.part"
    batch = Footnote(("ask", "--batch", "questions.jsonl", "--out", "answers.jsonl"))
    with Program(batch, cwd=terminal.folder, files=(None, None, PIPE)) as process:
        while process.poll() is None and not (part.exists() and part.stat().st_size):
            time.sleep(0.02)  # another process does not say that it has begun
        process.send_signal(stopped_by)
        assert process.pipes[2] is not None
        err = process.pipes[2].read()
    assert process.poll() == code
    assert b"Traceback" not in err
    assert not (terminal.folder / "answers.jsonl").exists()
