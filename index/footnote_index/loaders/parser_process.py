"""Foreign content is parsed in a separate process, which can be ended when a parser crashes or never ends.

    request    a line of JSON {"parser", "arguments", "size"}, then so many bytes
    reply      a line of JSON, {"result": what the parser returned} or {"reason", "line": why there is nothing}

The other side is `__main__.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Any, TypeVar

from footnote.errors import ArticleError
from footnote.models import Article

LOADERS: Mapping[str, str] = {
    ".md": "markdown.loader",
    ".mdx": "markdown.loader",
    ".markdown": "markdown.loader",
    ".docx": "docx.loader",
    ".epub": "epub",
    ".htm": "html.loader",
    ".html": "html.loader",
    ".pdf": "pdf.loader",
}
"""File name extension -> the module of this package that reads it."""

FORMATS = tuple(LOADERS)

TIME_LIMIT = 30
"""Seconds for one file; 2,000 full pages of PDF take about half as long."""

_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SYSTEMROOT")
"""What the process gets from the environment: no token, no key, no address of a database."""

_Result = TypeVar("_Result")


class Unreadable(Exception):
    """Something cannot be read: `str(error)` says why, and `line` where, if known."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line

    def in_file(self, file: Path) -> str:
        """The reason, with the place in front of it."""
        return f"{file}, line {self.line}: {self}" if self.line else f"{file}: {self}"


class ParserProcess:
    """Parses one file after the other, from any thread. The process starts with the first file, and again after a file
    that crashed it.
    """

    def __init__(self, *, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._reading = Lock()

    def __enter__(self) -> ParserProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def parse(self, article_id: str, content: bytes) -> Article:
        """Raises ArticleError, also when the process took too long or died."""
        try:
            return _article(self._reply("article", content, {"article_id": article_id}))
        except Unreadable as error:
            raise ArticleError(str(error)) from error

    def read(self, parser: str, content: bytes, result: type[_Result], **arguments: object) -> _Result:
        """What a parser returns for the content; `result` is its type, which is checked.

        Raises Unreadable, also when the process took too long, or died.
        """
        from pydantic import TypeAdapter

        return TypeAdapter(result).validate_python(self._reply(parser, content, arguments))

    async def read_soon(self, parser: str, content: bytes, result: type[_Result], **arguments: object) -> _Result:
        """Like `read`, without blocking the event loop. When it is cancelled, so is the reading."""
        import asyncio  # not at the top: the process itself imports this module too, and should start quickly

        try:
            return await asyncio.to_thread(partial(self.read, parser, content, result, **arguments))
        except asyncio.CancelledError:
            if process := self._process:
                process.kill()
            raise

    def _reply(self, parser: str, content: bytes, arguments: Mapping[str, object]) -> Any:  # noqa: ANN401 - JSON
        request = {"parser": parser, "arguments": arguments, "size": len(content)}
        with self._reading:
            reply = json.loads(self._line(json.dumps(request).encode() + b"\n" + content))
        if "reason" in reply:
            raise Unreadable(reply["reason"], line=reply["line"])
        return reply["result"]

    def _line(self, request: bytes) -> bytes:
        self._process = process = self._process or start_process()
        is_late = Event()

        def end() -> None:
            is_late.set()
            process.kill()

        timer = Timer(self._time_limit, end)
        timer.start()
        try:
            reply = _asked(process, request)
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
        if not reply.endswith(b"\n"):
            self.close()
            raise Unreadable(
                "it takes too long to read" if is_late.is_set() else "its parser ran out of memory or crashed"
            )
        return reply


def start_process() -> subprocess.Popen[bytes]:
    """Starts the other side, which waits for requests."""
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "footnote_index.loaders"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _asked(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """The line of its reply; incomplete if it has ended."""
    assert process.stdin  # noqa: S101 - both are pipes
    assert process.stdout  # noqa: S101
    try:
        process.stdin.write(request)
        process.stdin.flush()
    except OSError:
        return b""
    return process.stdout.readline()


def _article(fields: dict[str, Any]) -> Article:
    published = fields["published"] and date.fromisoformat(fields["published"])
    tuples = {name: tuple(fields[name]) for name in ("pages", "remarks")}
    return Article(**fields | tuples | {"published": published})
