"""Finds files, functions and constructors that are too large to be read at once. Part of `make check`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

FOLDERS = ("src", "index", "bot")
HISTORY = "versions"
"""The folder of database migrations, which are never changed: they are as long as their tables."""

LONGEST_FILE = 250
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 8
"""Of a constructor, without self. Values (dataclasses) have as many fields as they need."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of a file, and what is too large there."""

    line: int
    what: str


def findings(source: str) -> Iterator[Finding]:
    """All that is too large in one file."""
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        yield Finding(1, f"{lines} lines; at most {LONGEST_FILE}. Split it along an idea")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield from _of_function(node)


def _of_function(function: Function) -> Iterator[Finding]:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if lines > LONGEST_FUNCTION:
        yield Finding(function.lineno, f"{function.name} has {lines} lines; at most {LONGEST_FUNCTION}")
    parameters = len([*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]) - 1
    if function.name == "__init__" and parameters > MOST_PARAMETERS:
        yield Finding(function.lineno, f"a constructor with {parameters} parameters; at most {MOST_PARAMETERS}")


def all_findings(root: Path = ROOT) -> list[str]:
    """A line for each thing that is too large: where it is, and how large."""
    return [
        f"{path.relative_to(root)}:{finding.line}: {finding.what}"
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*.py"))
        if path.parent.name != HISTORY
        for finding in findings(path.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    found = all_findings()
    print("\n".join(found) or "Nothing is too large.")
    sys.exit(bool(found))
