"""Formats whose parsers a file could break are read in a process of their own: at worst that is ended.

    request    a line of JSON {"article_id", "size"}, then so many bytes
    reply      a line of JSON, {"article": its fields} or {"reason": why not}

The other side is `__main__.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from threading import Event, Timer
from types import TracebackType
from typing import Any

from footnote.errors import ArticleError
from footnote.models import Article

FORMATS = (".docx", ".epub", ".htm", ".html", ".pdf")

TIME_LIMIT = 30
"""Seconds for one file; 2,000 full pages of PDF take about half as long."""


class ReadingProcess:
    """Reads one file after the other. The process is started with the first, and anew after one that it did not
    survive.
    """

    def __init__(self, *, time_limit: float = TIME_LIMIT) -> None:
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, whatever it does."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def parse(self, article_id: str, content: bytes) -> Article:
        """Raises ArticleError, also when the process took too long over the file, or died."""
        self._process = process = self._process or _started()
        is_late = Event()

        def end() -> None:
            is_late.set()
            process.kill()

        timer = Timer(self._time_limit, end)
        timer.start()
        try:
            reply = _asked(process, article_id, content)
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
        if not reply.endswith(b"\n"):
            self.close()
            raise ArticleError("it takes too long to read" if is_late.is_set() else "it is too much for its reader")
        return _article(json.loads(reply))


def _started() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "footnote_index.loaders"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _asked(process: subprocess.Popen[bytes], article_id: str, content: bytes) -> bytes:
    """The line that it replies; less than a line when it has ended."""
    assert process.stdin  # noqa: S101 - both are pipes
    assert process.stdout  # noqa: S101
    try:
        process.stdin.write(json.dumps({"article_id": article_id, "size": len(content)}).encode() + b"\n")
        process.stdin.write(content)
        process.stdin.flush()
    except OSError:
        return b""
    return process.stdout.readline()


def _article(reply: dict[str, Any]) -> Article:
    if "reason" in reply:
        raise ArticleError(reply["reason"])
    fields = reply["article"]
    published = fields["published"] and date.fromisoformat(fields["published"])
    lists = {name: tuple(fields[name]) for name in ("pages", "remarks")}
    return Article(**fields | lists | {"published": published})
