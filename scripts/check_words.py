"""Finds words that are not plain English, in what people read: `python scripts/check_words.py`. Part of `make check`.

The words are in banned_words.txt. In Python files only strings, docstrings and comments are read, except strings that
end with a question mark: questions are what other people ask.
"""

from __future__ import annotations

import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = Path(__file__).with_name("banned_words.txt")

CODE = ("src", "index", "bot", "scripts", "tests", "benchmarks", "training", "examples", "deploy")
TEXTS = (
    *("*.md", "docs/*.md", "training/*.md", "examples/*.md", ".env.example", "Makefile", "compose.yaml", "Dockerfile"),
    *("deploy/*", "bot/footnote_bot/web/templates/*.html", "src/footnote/adapters/openai/prompts/*.md"),
)

_TEXT_TOKENS = {tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}

_ALONE = "(?<=[\"'|])(?:{word})[\"'|]"
"""A word alone in quotes, or in a pattern: data about language, such as a list of pronouns."""


def banned(words: str) -> dict[re.Pattern[str], str]:
    """Each banned word, and what to write instead."""
    lines = [line for line in words.splitlines() if line and not line.startswith("#")]
    pairs = (line.split("  ", 1) for line in lines)
    return {
        re.compile(rf"(?<!\w)(?!{_ALONE.format(word=word)})(?:{word})(?!\w)", re.IGNORECASE): instead
        for word, instead in pairs
    }


def texts(root: Path) -> Iterator[tuple[Path, int, str]]:
    """What people read: file, line and text."""
    found = {file for pattern in TEXTS for file in root.glob(pattern) if file.is_file() and file.suffix != ".py"}
    for file in sorted(found):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield file, number, line
    for folder in CODE:
        for file in sorted((root / folder).rglob("*.py")):
            with file.open("rb") as source:
                for token in tokenize.tokenize(source.readline):
                    if token.type in _TEXT_TOKENS and not _is_question(token):
                        for number, line in enumerate(token.string.splitlines(), token.start[0]):
                            yield file, number, line


def _is_question(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.STRING and token.string.endswith(('?"', "?'"))


def findings(root: Path = ROOT, words: str | None = None) -> list[str]:
    """A line for each banned word: where it is, and what to write instead. `words` are lines as in banned_words.txt."""
    patterns = banned(WORDS.read_text(encoding="utf-8") if words is None else words)
    return [
        f"{file.relative_to(root)}:{number}: “{found[0]}”: write {instead}"
        for file, number, line in texts(root)
        for word, instead in patterns.items()
        for found in word.finditer(line)
    ]


if __name__ == "__main__":
    found = findings()
    print("\n".join(found) or "No banned words.")
    sys.exit(bool(found))
