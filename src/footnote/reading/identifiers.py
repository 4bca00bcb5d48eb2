"""Settings, options, commands and files that a question names as they are written: RUSTUP_HOME, --force, /setup,
cache.ttl, getUser. What is said of another one is no answer.
"""

from __future__ import annotations

import re

from footnote.checks.words import STOPWORDS

_WRITTEN = re.compile(
    r"(?<![\w./@-])(?:"
    r"--(?P<option>[a-z][\w-]+)"
    r"|/(?P<command>[a-z][a-z_-]+)(?!/)"
    r"|(?P<snake>[A-Za-z]+\d*(?:_[A-Za-z0-9]+)+)"
    r"|(?P<camel>[a-z]{3,30}(?:[A-Z][a-z0-9]+)+)"
    r"|(?P<dotted>[A-Za-z][\w-]+(?:\.[a-z][\w-]+)+)"
    r")(?![\w-])"
)
_MARK = re.compile(r"(?<![\w-])(?:--?|/)(?=\w)")


def identifiers_in(question: str) -> frozenset[str]:
    """In lower case, without the marks in front, with hyphens for underscores."""
    found = (match[str(match.lastgroup)] for match in _WRITTEN.finditer(question))
    return frozenset(_plain(one) for one in found if STOPWORDS.isdisjoint(one.casefold().split(".")))


def lacks_identifier(asked: frozenset[str], text: str) -> bool:
    """Whether one of them is missing in the text. There, `max_connections` may also be "max connections"."""
    if not asked:
        return False
    plain = _plain(_MARK.sub(" ", text))
    return not all(_pattern(one).search(plain) for one in asked)


def _pattern(identifier: str) -> re.Pattern[str]:
    written = re.escape(identifier).replace(r"\-", r"[-\s]")
    return re.compile(rf"(?<![^\W_-])(?<![^\W_]-){written}(?![^\W_]|-\w|\.\w)")


def _plain(text: str) -> str:
    return text.casefold().replace("_", "-")
