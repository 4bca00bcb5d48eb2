"""Parser processes, forked from one that has already imported their modules.

The same as parser_process.py starts, but without the start-up time: in a small test, starting Python and the parsers
takes longer than everything else.
"""

from __future__ import annotations

import importlib
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Lock

_PAGE = b"<html><head><title>A page</title></head><body><article><p>Its text.</p></article></body></html>"

_IMPORTS = (
    "footnote_index.building.canaries_file",
    *(f"footnote_index.web.{name}" for name in ("sources_file", "listing", "feeds", "robots", "sitemaps")),
    *(
        f"footnote_index.loaders.{name}"
        for name in ("markdown.loader", "docx.loader", "epub", "pdf.loader", "pdf.picture")
    ),
    *("charset_normalizer", "PIL.ImageDraw", "pypdfium2.raw"),  # which wait for their first file
)


class ForkedProcess:
    """As much of `subprocess.Popen` as a parser process needs."""

    def __init__(self, pid: int, stdin: int, stdout: int) -> None:
        self.pid = pid
        self.stdin = os.fdopen(stdin, "wb")
        self.stdout = os.fdopen(stdout, "rb")
        try:
            self._handle: int | None = os.pidfd_open(pid)
        except ProcessLookupError:  # it has ended already
            self._handle = None

    def kill(self) -> None:
        if self._handle is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def communicate(self) -> None:
        """Waits for its end."""
        with suppress(OSError):
            self.stdin.close()
        self.stdout.close()
        if self._handle is not None:
            select.select([self._handle], [], [])
            os.close(self._handle)
            self._handle = None


class Parsers:
    """Starts the process that the others are forked from with the first of them. From any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._origin: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def start(self) -> ForkedProcess:
        (its_stdin, stdin), (stdout, its_stdout) = os.pipe(), os.pipe()
        with self._lock:
            self._origin = _, asking = self._origin or _started()
            socket.send_fds(asking, [b"+"], [its_stdin, its_stdout])
            pid = int.from_bytes(asking.recv(8, socket.MSG_WAITALL), "big")
        os.close(its_stdin)
        os.close(its_stdout)
        return ForkedProcess(pid, stdin, stdout)

    def close(self) -> None:
        if self._origin:
            process, asking = self._origin
            asking.close()
            process.wait()


def _started() -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - this module
            [sys.executable, "-P", __file__],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    return process, ours


def _fork_on_demand() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    asked = socket.socket(fileno=os.dup(0))
    while True:
        order, files, _, _ = socket.recv_fds(asked, 1, 2)
        if not order:
            return
        if pid := os.fork():
            for file in files:
                os.close(file)
            asked.sendall(pid.to_bytes(8, "big"))
        else:
            asked.close()
            _parse(*files)


def _parse(stdin: int, stdout: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate((stdin, stdout)):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
    try:
        runpy.run_module("footnote_index.loaders", run_name="__main__")
    finally:
        os._exit(0)


def main() -> None:
    from footnote_index.loaders.html import loader as html  # not above: the tests' own process parses nothing

    for module in _IMPORTS:
        importlib.import_module(module)
    html.parse("page.html", _PAGE)  # trafilatura imports its parts when it needs them
    _fork_on_demand()


if __name__ == "__main__":
    main()
