"""`python -m footnote_index.loaders`: the process that parser_process.py hands files to, until its input ends."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import docx, epub, html, pdf

_PARSERS: Mapping[str, Callable[[str, bytes], Article]] = {
    ".docx": docx.parse,
    ".epub": epub.parse,
    ".htm": html.parse,
    ".html": html.parse,
    ".pdf": pdf.parse,
}
_MAX_MEMORY = 2_000_000_000
_DEEPEST = 10_000
"""Frames of Python: a tree of elements may be 2,000 deep, and its walkers take a few of them for each level."""


def main() -> None:
    """Serves one file after the other. What parsers print goes where the process's errors go: nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends this process
    sys.setrecursionlimit(_DEEPEST)
    _limit_memory()
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in requests:
        request = json.loads(line)
        content = requests.read(request["size"])
        replies.write(json.dumps(_reply(request["article_id"], content)).encode() + b"\n")
        replies.flush()


def _reply(article_id: str, content: bytes) -> dict[str, Any]:
    """The article's fields, or why there is none."""
    try:
        article = _PARSERS[PurePosixPath(article_id).suffix.lower()](article_id, content)
    except ArticleError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "it takes too much memory to read"}
    except RecursionError:
        return {"reason": "it is nested too deeply"}
    except Exception as error:  # noqa: BLE001 - a parser may raise anything over a broken file
        return {"reason": f"it is damaged ({type(error).__name__})"}
    fields = {name: getattr(article, name) for name in article.__slots__ if name != "version"}
    return {"article": fields | {"published": article.published and article.published.isoformat()}}


def _limit_memory() -> None:
    if sys.platform == "linux":  # elsewhere the system does not hold to it, or has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))


main()
