"""JavaScript between the paragraphs of MDX: imports, exports and expressions, which no reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from footnote_index.loaders.markdown.blocks import closes, fence_of
from footnote_index.loaders.markdown.mdx.jsx import behind_braces

_IMPORT = re.compile(r"import\s(?:[^'\"\n]{0,500}\sfrom\s+)?['\"][^'\"\n]{1,300}['\"];?[ \t]*")
_IMPORT_BEGINS = re.compile(r"import\s+(?:\w+\s*,\s*)?\{[^}'\"]*")
_IMPORTED = re.compile(r"^import\s([^'\";]{1,1000}?)\sfrom\s", re.MULTILINE)
_NAME = re.compile(r"\w+(?:\s+as\s+(\w+))?")
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|function|async)\s")
_EXPRESSION = re.compile(r"\A\s*+\{(?!/\*|[{%:#.])")
_MOST_LINES = 20
_MOST_OF_CODE = 500  # lines


def is_mdx(article_id: str, text: str) -> bool:
    """By its name, or as it imports components. Pages of Vue do so in scripts."""
    if article_id.lower().endswith(".mdx"):
        return True
    return "import" in text and "<script" not in text and any(_imports(text.splitlines()))


def imported_names(text: str) -> frozenset[str]:
    """What a page imports, under the names that it gives to it."""
    lists = _IMPORTED.findall(text) if "import" in text else ()
    return frozenset(name[1] or name[0] for names in lists for name in _NAME.finditer(names))


def end_of_code(lines: Sequence[str], place: int, *, of_mdx: bool) -> int:
    """Where code of the page that begins in a line ends; 0 if there is none."""
    line = lines[place]
    if _IMPORT.fullmatch(line):
        return place + 1
    if _IMPORT_BEGINS.fullmatch(line):
        ends = (at + 1 for at in range(place + 1, min(len(lines), place + _MOST_LINES)) if "}" in lines[at])
        return next(ends, 0)
    if _EXPORT.match(line):
        return _end_of_export(lines, place)
    return _end_of_expression(lines, place) if of_mdx and _EXPRESSION.match(line) else 0


def _imports(lines: Sequence[str]) -> Iterator[bool]:
    fence = ""
    for place, line in enumerate(lines):
        fence = ("" if closes(line, fence) else fence) if fence else fence_of(line)
        yield not fence and line.startswith("import") and end_of_code(lines, place, of_mdx=False) > 0


def _end_of_export(lines: Sequence[str], place: int) -> int:
    """The next blank line, or a later one if braces are open there and closed below it."""
    first, depth = 0, 0
    for at in range(place, min(len(lines), place + _MOST_OF_CODE)):
        if not lines[at].strip():
            first = first or at
            if depth <= 0:
                return at
        depth += lines[at].count("{") - lines[at].count("}")
    return first or len(lines)


def _end_of_expression(lines: Sequence[str], place: int) -> int:
    code = "\n".join(lines[place : place + _MOST_OF_CODE])
    end = behind_braces(code, code.index("{"), len(code))
    behind = code[end:].partition("\n")[0] if end > 0 else "none"
    return 0 if behind.strip() else place + code.count("\n", 0, end) + 1
