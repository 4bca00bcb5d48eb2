"""`python -m footnote_index.loaders`: the process that parses files for parser_process.py, until its input ends."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any

from footnote.errors import ArticleError
from footnote_index.loaders.confinement import confine
from footnote_index.loaders.parser_process import LOADERS, Unreadable

_LOADERS = "footnote_index.loaders"
_OTHERS: Mapping[str, tuple[str, str]] = {
    "canaries": ("footnote_index.building.canaries_file", "parse"),
    "feed": ("footnote_index.web.feeds", "read_feed"),
    "pdf picture": (f"{_LOADERS}.pdf.picture", "picture"),
    "robots": ("footnote_index.web.robots", "permission"),
    "sitemap": ("footnote_index.web.sitemaps", "read_sitemap"),
    "sources": ("footnote_index.web.sources_file", "parse"),
    "sources with": ("footnote_index.web.listing", "with_page"),
    "sources without": ("footnote_index.web.listing", "without_page"),
}
"""Modules by name: each is imported when it is first needed."""

_DEEPEST = 10_000
"""Python stack frames: a tree of elements may be 2,000 deep, and walking it takes a few frames for each level."""


def main() -> None:
    """Parses one file after the other. What parsers print is discarded, like the process's errors."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends this process
    sys.setrecursionlimit(_DEEPEST)
    confine()
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in requests:
        request = json.loads(line)
        content = requests.read(request["size"])
        replies.write(json.dumps(_reply(partial(_parsed, request, content))).encode() + b"\n")
        replies.flush()


def _parsed(request: dict[str, Any], content: bytes) -> object:
    if request["parser"] == "article":
        article_id = request["arguments"]["article_id"]
        loader = LOADERS[PurePosixPath(article_id).suffix.lower()]
        article = import_module(f"{_LOADERS}.{loader}").parse(article_id, content)
        fields = {name: getattr(article, name) for name in article.__slots__ if name != "version"}
        return fields | {"published": article.published and article.published.isoformat()}
    from pydantic_core import to_jsonable_python  # not at the top: most articles do not need it

    module, name = _OTHERS[request["parser"]]
    return to_jsonable_python(getattr(import_module(module), name)(content, **request["arguments"]))


def _reply(parse: Callable[[], object]) -> dict[str, Any]:
    """What a parser returns, or why it returns nothing."""
    try:
        return {"result": parse()}
    except Unreadable as error:
        return {"reason": str(error), "line": error.line}
    except ArticleError as error:
        reason = str(error)
    except MemoryError:
        reason = "it takes too much memory to read"
    except RecursionError:
        reason = "it is nested too deeply"
    except Exception as error:  # noqa: BLE001 - a parser may raise anything over a broken file
        reason = f"it is damaged ({type(error).__name__})"
    return {"reason": reason, "line": None}


main()
