"""The real Chroma server, `chroma run`, on a port of its own."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from footnote.errors import ServerAway
from footnote_index.server.connection import ChromaConnection, ChromaServer

_CHROMA = "import sys, chromadb_rust_bindings; chromadb_rust_bindings.cli(['chroma', *sys.argv[1:]])"
"""What the program `chroma` does, without importing chromadb, which takes longer than the rest."""

_UP_WITHIN = 30.0


class RealChroma:
    """Keeps its data in the folder `folder`, over restarts as well."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = ChromaServer(f"http://127.0.0.1:{self._port}")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        self._process = subprocess.Popen(  # noqa: S603 - chromadb's own program
            [
                sys.executable,
                "-c",
                _CHROMA,
                "run",
                "--path",
                self._folder,
                "--host",
                "127.0.0.1",
                "--port",
                str(self._port),
            ],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _UP_WITHIN
        while True:
            try:
                self.address.connect().close()
            except ServerAway:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)  # it does not say when it listens
            else:
                return

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()

    @contextmanager
    def connection(self) -> Iterator[ChromaConnection]:
        with closing(self.address.connect()) as connection:
            yield connection

    def clear(self) -> None:
        """Deletes all collections."""
        with self.connection() as chroma:
            for name in chroma.names():
                chroma.delete(name)

    def names(self) -> list[str]:
        """Of all collections."""
        with self.connection() as chroma:
            return sorted(chroma.names())
