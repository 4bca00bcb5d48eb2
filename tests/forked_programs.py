"""Programs in separate processes, forked from one that has already imported their modules.

Importing what they need takes longer than most tests. How `footnote` starts for users, and what it imports, is tested
in test_cli_processes.py and test_end_to_end.py.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import DupFd
from pathlib import Path
from subprocess import PIPE, CompletedProcess
from typing import IO, Any, Protocol

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        *("killed_build", "chromadb_rust_bindings", "ctranslate2", "bm25s", "llama_index.core.vector_stores.utils"),
        *("footnote_bot.cli", "footnote_bot.discord_app", "footnote_bot.running", "footnote_bot.reading_room"),
        *("footnote_bot.terminal.builds", "footnote_bot.terminal.batch", "footnote_bot.terminal.chat"),
        *("footnote.adapters.database", "footnote.adapters.openai", "footnote_index.embedders.minilm"),
        *("footnote_index.connectors.__main__", "footnote_index.server.generations", "footnote_index.building.write"),
    ]
)
"""Those that are not found are left out."""


class Target(Protocol):
    """What a process does."""

    def __call__(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Footnote:
    """The command `footnote`."""

    arguments: tuple[str, ...]

    def __call__(self) -> None:
        from footnote_bot.cli import main

        sys.argv = ["footnote", *self.arguments]
        main()


@dataclass(frozen=True, slots=True)
class Code:
    """As `python -c`."""

    code: str
    arguments: tuple[str, ...] = ()

    def __call__(self) -> None:
        sys.argv = ["-c", *self.arguments]
        exec(self.code, {"__name__": "__main__"})  # noqa: S102 - a test's own


@dataclass(frozen=True, slots=True)
class Module:
    """A module's `main`, with the end of a pipe as its argument."""

    name: str
    connection: Connection | None = None

    def __call__(self) -> None:
        sys.argv = [self.name, *([str(self.connection.fileno())] if self.connection else [])]
        importlib.import_module(self.name).main()


class _Handed:
    """An open file that a process gets."""

    def __init__(self, file: int) -> None:
        self._file = file

    def __reduce__(self) -> tuple[Callable[[Any], int], tuple[object]]:
        return _received, (DupFd(self._file),)


def _received(copy: Any) -> int:
    file: int = copy.detach()
    return file


class Program:
    """As much of `subprocess.Popen` as tests need. Each file is None (there is nothing), PIPE or an open one."""

    def __init__(
        self,
        target: Target,
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        files: tuple[int | IO[bytes] | None, int | IO[bytes] | None, int | IO[bytes] | None] = (None, None, None),
    ) -> None:
        self.pipes: list[IO[bytes] | None] = [None, None, None]
        with ExitStack() as theirs:
            handed = [self._handed(number, file, theirs) for number, file in enumerate(files)]
            environment = dict(os.environ if env is None else env)
            arguments = target, str(cwd or Path.cwd()), environment, handed
            self._process = PROCESSES.Process(target=_run, args=arguments)
            self._process.start()

    def _handed(self, number: int, file: int | IO[bytes] | None, theirs: ExitStack) -> _Handed:
        if file is None:
            return _Handed(theirs.enter_context(Path(os.devnull).open("r+b")).fileno())
        if file != PIPE:
            return _Handed(file if isinstance(file, int) else file.fileno())
        reading, writing = os.pipe()
        its, ours = (reading, writing) if number == 0 else (writing, reading)
        theirs.callback(os.close, its)
        self.pipes[number] = os.fdopen(ours, "wb" if number == 0 else "rb")
        return _Handed(its)

    @property
    def stdin(self) -> IO[bytes] | None:
        return self.pipes[0]

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Its exit code, once it has ended; below 0 if that was by a signal."""
        return self._process.exitcode

    def wait(self, timeout: float = 60) -> int:
        """Kills it and raises TimeoutExpired when it takes longer."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            self.kill()
            raise subprocess.TimeoutExpired("a forked program", timeout)
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            if self.poll() is None:
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in filter(None, self.pipes):
            pipe.close()
        self.wait()


def start_writer(connection: Connection) -> Program:
    """As footnote_index.building.process does."""
    return Program(Module("footnote_index.building.process", connection))


def start_reader(replies: IO[bytes], environment: Mapping[str, str]) -> Program:
    """As footnote_index.connectors.reading does."""
    return Program(Module("footnote_index.connectors.__main__"), env=environment, files=(PIPE, replies, None))


def run(
    target: Target, *, cwd: Path | None = None, env: Mapping[str, str] | None = None, timeout: float = 60
) -> CompletedProcess[str]:
    """Waits for its end, and returns what it wrote. Raises TimeoutExpired."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        code = Program(target, cwd=cwd, env=env, files=(None, out, err)).wait(timeout)
        wrote = [os.pread(file.fileno(), 1_000_000, 0).decode() for file in (out, err)]
    return CompletedProcess(repr(target), code, *wrote)


def _run(target: Target, folder: str, environment: dict[str, str], files: list[int]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    target()
