"""Which regular expressions of the three packages are slow, and on what.

It runs in a process of its own: `re` cannot be interrupted in any other way.

Prints a line of JSON for each pattern before it is tried, and one for each case that is slow.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGES = ("footnote", "footnote_index", "footnote_bot")
LONG, MIDDLE, SHORT = 20_000, 6_000, 2_000
LIMIT = 0.1
"""Seconds for LONG characters."""
SUSPICIOUS = 0.8
"""The share of the time that a quadratic pattern which reaches LIMIT needs for fewer characters: what needs less than
that is not tried with more.
"""

PIECES = (
    *(
        " ",
        "\n",
        "\t",
        "\r\n",
        "\xa0",
        "a",
        "A",
        "0",
        "_",
        "-",
        ".",
        ",",
        ":",
        "/",
        "\\",
        "[",
        "]",
        "(",
        "<",
        ">",
        "{",
        "#",
    ),
    *(
        "*",
        "`",
        "|",
        "!",
        "@",
        "&",
        "=",
        "%",
        '"',
        "'",
        "’",
        "“",
        "«",
        "½",
        "é",
        "你",
        "\u200b",
        "\xad",
        "A ",
        "A. ",
        "a.",
    ),
    *(
        "a ",
        "a-",
        "a\n",
        "1,",
        "1.",
        "1 ",
        " [1]",
        "[1",
        "[a](",
        "![a](b",
        "<a b",
        "<img ",
        "a://",
        "www.a",
        "a@",
        "a's ",
    ),
    *(
        "not a ",
        "the ",
        "hundred ",
        "one and ",
        "on 6 ",
        "why ",
        "thanks ",
        "---\n",
        "a: ",
        "| a ",
        "\n\n",
        " \n",
        "**a",
        "[.]",
    ),
    *("**a ", "http://a.b/", "ignore all ", "Mr A of the ", "6 May "),
)
SHAPES = {repr(piece): piece for piece in PIECES}


def shape(piece: str, size: int) -> str:
    return f"a{piece * (size // len(piece))}\0"


_CALLS = {f"re.{way}" for way in ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")}

Pattern = re.Pattern[str] | re.Pattern[bytes]


def patterns() -> dict[str, Pattern]:
    """All patterns in modules, also in tuples, mappings, classes and values, and those written where they are used."""
    found = dict[tuple[object, int], tuple[str, Pattern]]()
    for module in _modules():
        held = dict(_held_by(vars(module), module.__name__, set()))
        for name, pattern in (held | _written_in(module)).items():
            found.setdefault((pattern.pattern, pattern.flags), (name, pattern))
    return dict(found.values())


def _modules() -> Iterator[ModuleType]:
    for package in map(importlib.import_module, PACKAGES):
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not info.name.endswith((".__main__", ".migrations.env")):
                yield importlib.import_module(info.name)


def _held_by(value: object, name: str, seen: set[int]) -> Iterator[tuple[str, Pattern]]:
    if isinstance(value, re.Pattern):
        yield name, value
        return
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        parts = [*value.items()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        parts = [*enumerate(value)]
    elif type(value).__module__.startswith(PACKAGES):
        parts = [(slot, getattr(value, slot, None)) for slot in getattr(type(value), "__slots__", ())]
        parts += [*getattr(value, "__dict__", {}).items()]
    elif isinstance(value, type) and value.__module__.startswith(PACKAGES):
        parts = [*vars(value).items()]
    else:
        return
    for key, part in parts:
        yield from _held_by(part, f"{name}.{key}", seen)


def _written_in(module: ModuleType) -> dict[str, Pattern]:
    """Those of `re.sub("...", ...)` and the like; what `re.compile` makes is held by the module."""
    tree = ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    found: dict[str, Pattern] = {}
    for call in calls:
        first = call.args[0] if call.args else None
        if ast.unparse(call.func) in _CALLS and isinstance(first, ast.Constant):
            assert isinstance(first.value, str)  # the packages write no other
            found[f"{module.__name__}:{call.lineno}"] = re.compile(first.value)
    return found


def slow_cases(pattern: Pattern) -> Iterator[tuple[str, float]]:
    for name, piece in SHAPES.items():
        if seconds := _slow_at(pattern, piece):
            yield name, seconds


def _slow_at(pattern: Pattern, piece: str) -> float | None:
    """The seconds for the first size that is slow: what is slow for a few characters would take minutes for many."""
    for size in (SHORT, MIDDLE, LONG):
        seconds = _seconds(pattern, shape(piece, size))
        if LIMIT < seconds < 5 * LIMIT:  # it may have been the machine
            seconds = min(seconds, _seconds(pattern, shape(piece, size)))
        if seconds > LIMIT:
            return seconds
        if seconds < SUSPICIOUS * LIMIT * (size / LONG) ** 2:
            return None
    return None


def _seconds(pattern: Pattern, text: str) -> float:
    """Processor time of finding it everywhere, and of holding it against the whole."""
    subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = time.thread_time()
    for _ in pattern.finditer(subject):
        pass
    pattern.fullmatch(subject)
    return time.thread_time() - start


def main() -> None:
    for name, pattern in patterns().items():
        print(json.dumps({"pattern": name}), flush=True)  # noqa: T201
        for slow, seconds in islice(slow_cases(pattern), 1):
            print(json.dumps({"pattern": name, "shape": slow, "seconds": round(seconds, 2)}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
