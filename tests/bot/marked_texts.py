"""Reads the program's files for texts that people get to see: those that are marked for translation, and those that
should be.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot" / "footnote_bot"

MARKS = frozenset({"_", "N_", "pgettext", "plural"})

SHOWN_BY_NAME = frozenset({"content", "description", "label", "placeholder", "text", "title"})
"""Arguments that go to people, whatever is called with them. Of `name` and `value`, those of an embed's fields."""

SHOWN_BY = {
    "send": 0,
    "send_message": 0,
    "tell": 1,
    "offer": 1,
    "report": 1,
    "add_field": None,
}
"""Calls whose argument with that number goes to people. None: only their named arguments."""

LIMITS = {
    ("Button", "label"): 80,
    ("button", "label"): 80,
    ("SelectOption", "label"): 100,
    ("SelectOption", "description"): 100,
    ("Select", "placeholder"): 150,
    ("ChannelSelect", "placeholder"): 150,
    ("RoleSelect", "placeholder"): 150,
    ("TextInput", "label"): 45,
    ("TextInput", "placeholder"): 100,
    ("Label", "text"): 45,
    ("Label", "description"): 100,
    ("Modal", "title"): 45,
    ("Embed", "title"): 256,
    ("add_field", "name"): 256,
}
"""How long Discord allows a text to be, by what is called and the name of the argument."""


@dataclass(frozen=True, slots=True)
class Found:
    """A text in a file, and the call that it is an argument of."""

    text: str
    file: Path
    line: int
    call: str = ""
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.file.relative_to(BOT)}:{self.line}: {self.text!r}"


def python_files(*parts: str) -> list[Path]:
    """Of these folders and files of the bot."""
    return sorted(file for part in parts for file in ([BOT / part] if "." in part else (BOT / part).rglob("*.py")))


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def said_below() -> frozenset[str]:
    """Every literal text of the core and the index; an f-string with `{}` for its values, and with its constants."""
    root = BOT.parents[1]
    files = [file for folder in ("src", "index") for file in (root / folder).rglob("*.py")]
    constants = {
        name.id: node.value.value
        for file in files
        for node in tree_of(file).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for name in node.targets
        if isinstance(name, ast.Name)
    }
    texts = set[str]()
    for file in files:
        for node in ast.walk(tree_of(file)):
            if _is_text(node):
                texts |= {_template(node, {}), _template(node, constants)}
    return frozenset(texts)


def _template(node: ast.AST, constants: Mapping[str, str]) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else constants.get(getattr(part.value, "id", ""), "{}")  # type: ignore[attr-defined]
        for part in node.values
    )


def limited(file: Path) -> Iterator[Found]:
    """Marked texts that stand where Discord allows only short ones."""
    for call in _calls(file):
        for argument in call.keywords:
            for text in ast.walk(argument.value):
                if (_name(call), argument.arg) in LIMITS and isinstance(text, ast.Call) and _name(text) in MARKS:
                    for literal in filter(_is_text, text.args):
                        yield _found(literal, file, call, argument.arg)


def unmarked(file: Path) -> Iterator[Found]:
    """Literal texts with a blank that go to people as they are, and those that a refusal is raised with."""
    for call in _calls(file):
        for name, argument in _shown_arguments(call):
            yield from (_found(one, file, call, name) for one in _bare_texts(argument))
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and "assert" not in _name(node.exc).lower():
            for argument in node.exc.args:
                yield from (_found(one, file, node.exc, "") for one in _bare_texts(argument))


def _shown_arguments(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    name = _name(call)
    if name == "command":  # the catalogues have these without a mark: see translations/commands.py
        return
    for keyword in call.keywords:
        if keyword.arg in SHOWN_BY_NAME or (name == "add_field" and keyword.arg in ("name", "value")):
            yield keyword.arg or "", keyword.value
    number = SHOWN_BY.get(name)
    if number is not None and len(call.args) > number:
        yield "", call.args[number]


def _bare_texts(node: ast.expr) -> Iterator[ast.expr]:
    """Texts inside an expression that nothing translates, and that are no keys or file names: they have blanks."""
    if isinstance(node, ast.Call):
        if _name(node) in MARKS:
            return
        children = [*node.args, *(keyword.value for keyword in node.keywords)] if _name(node) == "join" else []
        if _name(node) == "format" and isinstance(node.func, ast.Attribute):
            children = [node.func.value]
    elif _is_text(node):
        if " " in _words(node).strip():
            yield node
        return
    elif isinstance(node, ast.IfExp):
        children = [node.body, node.orelse]
    elif isinstance(node, ast.BinOp):
        children = [node.left, node.right]
    elif isinstance(node, ast.List | ast.Tuple):
        children = [*node.elts]
    else:
        return
    for child in children:
        yield from _bare_texts(child)


def _calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _words(node: ast.expr) -> str:
    """Of an f-string, what stands between its values; letters only count."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    said = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
    return said if any(letter.isalpha() for letter in said) else ""


def _found(node: ast.expr, file: Path, call: ast.Call, argument: str | None) -> Found:
    return Found(_words(node), file, node.lineno, _name(call), argument or "")


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
