"""Runs a LlamaIndex reader in a process that can be ended: readers are third-party code and talk to third-party
servers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from footnote_index.connectors.entries import Connector

MAX_BYTES = 200_000_000
"""Bytes of all documents of one reader."""

OWN_SECRETS = ("DISCORD_TOKEN", "OPENAI_API_KEY", "CHROMA_TOKEN", "DATABASE_URL")
"""Footnote's own secrets, which a reader sees only if its entry names them."""

_LOOK_UP = 0.2


class Failed(Exception):
    """Why a reader returned nothing, in a few words."""


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """What a reader returned; its metadata has plain values only."""

    id: str
    text: str
    metadata: dict[str, Any]


def documents_of(connector: Connector, on_wait: Callable[[], None] = lambda: None) -> list[LoadedDocument]:
    """Blocking. `on_wait` is called every 0.2 s; if it raises, the reader is ended. Raises Failed."""
    with tempfile.TemporaryFile() as replies:
        process = _started(connector, replies)
        try:
            ends_at = time.monotonic() + connector.time_limit
            while process.poll() is None:
                if time.monotonic() > ends_at:
                    raise Failed(f"it takes longer than {connector.time_limit:g} s")
                if os.fstat(replies.fileno()).st_size > MAX_BYTES:
                    raise Failed(f"it returns more than {MAX_BYTES / 1e6:.0f} MB")
                on_wait()
                time.sleep(_LOOK_UP if ends_at - time.monotonic() > _LOOK_UP else 0.01)
        finally:
            process.kill()
            process.wait()
        replies.seek(0)
        return _read(replies)


def _started(connector: Connector, replies: IO[bytes]) -> subprocess.Popen[bytes]:
    kept = {
        name: value for name, value in os.environ.items() if name not in OWN_SECRETS or name in connector.secret_names
    }
    request = {name: getattr(connector, name) for name in ("reader", "arguments", "secrets", "load", "limit")}
    process = start_process(replies, {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))})
    assert process.stdin  # noqa: S101 - it is a pipe
    try:
        process.stdin.write(json.dumps(request, default=str).encode() + b"\n")
        process.stdin.close()
    except OSError:
        pass  # it has ended: its reply says why, if there is one
    return process


def start_process(replies: IO[bytes], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The other side, `__main__.py`."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "footnote_index.connectors"],
        stdin=subprocess.PIPE,
        stdout=replies,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _read(replies: IO[bytes]) -> list[LoadedDocument]:
    documents: list[LoadedDocument] = []
    for line in replies:
        reply = json.loads(line) if line.endswith(b"\n") else {}
        if "reason" in reply:
            raise Failed(reply["reason"])
        if "done" in reply:
            return documents
        if "text" in reply:
            documents.append(LoadedDocument(reply["id"], reply["text"], reply["metadata"]))
    raise Failed("it ended before it was done")
