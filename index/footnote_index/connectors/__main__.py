"""`python -m footnote_index.connectors`: runs one reader, in a process of its own (reading.py is the other side).

request    a line of JSON: {"reader", "arguments", "secrets", "load", "limit"}
replies    lines of JSON: {"text", "id", "metadata"} for each document, then {"done": true} or {"reason"}
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, cast

_LONGEST_REASON = 300


class _Refused(Exception):
    pass


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends this process
    request = json.loads(sys.stdin.buffer.readline())
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a reader prints is discarded
    secrets: list[str] = []
    try:
        for document in _documents(request, secrets):
            replies.write(json.dumps(document) + "\n")
        reply: dict[str, Any] = {"done": True}
    except _Refused as error:
        reply = {"reason": str(error)}
    except Exception as error:  # noqa: BLE001 - a reader may raise anything
        reply = {"reason": _without_secrets(f"{type(error).__name__}: {error}", secrets)}
    replies.write(json.dumps(reply) + "\n")
    replies.flush()
    os._exit(0)  # does not wait for the reader's own threads


def _documents(request: dict[str, Any], secrets: list[str]) -> Iterator[dict[str, Any]]:
    found = _class(request["reader"])
    from llama_index.core.readers.base import BaseReader  # takes seconds, which are not needed for a missing package

    if not (isinstance(found, type) and issubclass(found, BaseReader)):
        raise _Refused(f"{request['reader']} is not a LlamaIndex reader")
    try:
        reader = cast("BaseReader", _made(found, request, secrets))
        loaded = reader.load_data(**_fields_of(request["load"], secrets))
    except ImportError as error:
        name = (error.name or "").partition(".")[0]
        raise _Refused(f"it needs another package: {_pip(name) if name else str(error)[:_LONGEST_REASON]}") from error
    for document in islice(loaded, request["limit"]):
        yield {
            "id": document.id_,
            "text": document.get_content(),
            "metadata": {str(name): _plain(value) for name, value in document.metadata.items()},
        }


def _made(found: Callable[..., Any], fields: dict[str, Any], secrets: list[str]) -> object:
    """An object of a class, from arguments and secrets."""
    arguments: dict[str, Any] = _fields_of(fields.get("arguments") or {}, secrets)
    for name, variable in (fields.get("secrets") or {}).items():
        if not os.environ.get(variable):
            raise _Refused(f"the environment variable {variable} is not set")
        arguments[name] = os.environ[variable]
        secrets.append(arguments[name])
    return found(**arguments)


def _fields_of(fields: dict[str, Any], secrets: list[str]) -> dict[str, Any]:
    return {str(name): _resolved(value, secrets) for name, value in fields.items()}


def _resolved(value: object, secrets: list[str]) -> object:
    """Mappings with `class` become objects of it."""
    if isinstance(value, list):
        return [_resolved(one, secrets) for one in value]
    if isinstance(value, dict):
        if isinstance(value.get("class"), str):
            return _made(_class(value["class"]), value, secrets)
        return _fields_of(value, secrets)
    return value


def _class(path: str) -> Callable[..., Any]:
    module, _, name = path.rpartition(".")
    try:
        found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        missing = error.name or module
        is_itself = module == missing or module.startswith(f"{missing}.")
        raise _Refused(f"its package is not installed: {_pip(module if is_itself else missing)}") from error
    except AttributeError as error:
        raise _Refused(f"{module} has no {name}") from error
    return found


def _pip(module: str) -> str:
    """How to install a module: LlamaIndex's packages are named after the first three parts of their modules."""
    parts = module.split(".")
    name = "-".join(parts[:3] if parts[:2] == ["llama_index", "readers"] else parts[:1])
    return f"pip install {name.replace('_', '-')}"


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _without_secrets(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        text = text.replace(secret, "***")
    return " ".join(text.split())[:_LONGEST_REASON]


if __name__ == "__main__":
    main()
