"""Reads the program's files for texts that people get to see: those that are marked for translation, and those that
should be.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot" / "footnote_bot"

MARKS = frozenset({"_", "N_", "pgettext", "plural"})

SHOWN_BY_NAME = frozenset({"content", "description", "label", "placeholder", "text", "title"})
"""Arguments that people see even if they are a single word; for `name`, only those of an embed's fields."""

NAMES = frozenset({"Discord", "Footnote", "lower right", "all guilds", "answers from {} · /ask"})
"""Proper names, what other programs read, and the presence, which all servers share."""

OF_COMMANDS = frozenset({"The index that answers come from", "Answers and their review"})
"""Descriptions of command groups, which are in the catalogues without being marked: see translations/commands.py."""

ON_RECORD = frozenset(
    {
        *(", and those who manage its only server", "no article", "stored; the previous file is in {}"),
        *("now in {}", "removed from sources.yaml", "refused, {} of {} articles would be removed", "may lose {}: "),
        *("collections of {} {}", "review channel", "moderator role", "channels for questions", "direct messages"),
        *("as in channels", "not answered", "all channels"),
    }
)
"""For the log and the record of people's acts, which stay English."""

NOT_FOR_PEOPLE = NAMES | OF_COMMANDS | ON_RECORD

_PROSE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSEEN_CALLS = frozenset({"choices", "command", "compile", "create_task", "describe", "start"})
"""Calls whose texts need no mark: patterns, names of tasks, and commands (see translations/commands.py)."""

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
    """The Python files of these folders and files of the bot."""
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
    """Marked texts in places where Discord only allows short ones."""
    for call in _calls(file):
        for argument in call.keywords:
            for text in ast.walk(argument.value):
                if (_name(call), argument.arg) in LIMITS and isinstance(text, ast.Call) and _name(text) in MARKS:
                    for literal in filter(_is_text, text.args):
                        yield _found(literal, file, call, argument.arg or "")


def unmarked(file: Path) -> list[Found]:
    """Texts that are not translated although they are prose, or are in a place where people read even a single word.
    Not texts for the log, the audit or the documentation.
    """
    found: list[Found] = []
    _look_into(tree_of(file), file, found)
    return sorted(found, key=lambda one: one.line)


def _look_into(node: ast.AST, file: Path, found: list[Found]) -> None:
    for child in ast.iter_child_nodes(node):
        if _is_text(child):
            if _PROSE.search(_template(child, {})):
                found.append(_found(child, file))
            inside = child.values if isinstance(child, ast.JoinedStr) else []
            for part in inside:
                if isinstance(part, ast.FormattedValue):
                    _look_into(part, file, found)
        elif isinstance(child, ast.Call):
            if not _is_unseen(child):
                found += (_found(one, file) for one in _single_words(child))
                _look_into(child, file, found)
        elif not _is_docstring(child) and not isinstance(child, ast.Assert):
            _look_into(child, file, found)
    found[:] = [one for one in found if one.text not in NOT_FOR_PEOPLE]


def _single_words(call: ast.Call) -> Iterator[ast.expr]:
    for keyword in call.keywords:
        is_shown = keyword.arg in SHOWN_BY_NAME or (_name(call) == "add_field" and keyword.arg == "name")
        if is_shown and _is_text(keyword.value):
            said = _template(keyword.value, {})
            if _WORD.search(said.replace("{}", "")) and not _PROSE.search(said):
                yield keyword.value


def _is_unseen(call: ast.Call) -> bool:
    on = call.func.value if isinstance(call.func, ast.Attribute) else None
    whose = on.attr if isinstance(on, ast.Attribute) else getattr(on, "id", "")
    return _name(call) in MARKS | _UNSEEN_CALLS or whose in ("log", "_audit")


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _found(node: ast.AST, file: Path, call: ast.Call | None = None, argument: str = "") -> Found:
    return Found(_template(node, {}), file, getattr(node, "lineno", 0), _name(call) if call else "", argument)


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
