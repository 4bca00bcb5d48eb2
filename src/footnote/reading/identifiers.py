"""Settings, options, commands and files that a question names as they are written: RUSTUP_HOME, --force, /setup,
cache.ttl, getUser. What is said of another one is no answer.
"""

from __future__ import annotations

import re

from footnote.checks.words import STOPWORDS, WORD, plain

_WRITTEN = re.compile(
    r"(?<![\w./@-])(?:"
    r"--(?P<option>[a-z]\w*(?:[.-]\w+)*)"
    r"|/(?P<command>[a-z][a-z_-]+)(?!/)"
    r"|(?P<snake>[A-Za-z]+\d*(?:_[A-Za-z0-9]+)+(?:\.[a-z]\w*)*)"
    r"|(?P<camel>[a-z]{3,30}(?:[A-Z][a-z0-9]+)+(?:\.[a-z]\w*)*)"
    r"|(?P<dotted>[A-Za-z][\w-]+(?:\.[a-z][\w-]+)+)"
    r")(?![\w-]|\.\w)"
)
_NO_CODE = STOPWORDS.union(
    ["please", "pls", "plz", "thanks", "thank", "thx", "hello", "hi", "hey", "dr", "mr", "mrs", "ms", "prof", "st"]
)
"""Where one of these stands before or behind a dot, somebody left out a blank: "my password.please help"."""
_BEFORE_A_COMMAND = STOPWORDS.union(["use", "used", "using", "run", "running", "type", "enter", "call", "command"])
"""Not "students /teachers" or "a night /week"."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OPTIONAL = re.compile(r"\\\.(com|org|net|js)\Z")
_BEFORE_AN_ENTRY = " \t|#*+•`[0123456789.)-"
_MARK = re.compile(r"(?<![\w-])(?:--?|/)(?=\w)")


def identifiers_in(question: str) -> frozenset[str]:
    """In lower case, without the marks in front, with hyphens for underscores and before inner capitals."""
    return frozenset(filter(None, map(_identifier, _WRITTEN.finditer(question))))


def _identifier(found: re.Match[str]) -> str:
    written = found[str(found.lastgroup)]
    if not _NO_CODE.isdisjoint(written.casefold().split(".")):
        return ""
    before = WORD.findall(found.string[: found.start()])[-1:] if found["command"] else []
    if any(plain(word) not in _BEFORE_A_COMMAND for word in before):
        return ""
    return _plain(_HUMP.sub("-", written) if found["camel"] else written).removeprefix("www.")


def lacks_identifier(asked: frozenset[str], text: str) -> bool:
    """Whether one of them is missing in the text. There, `max_connections` may also be "max connections" or
    `maxConnections`, and Booking.com "Booking".
    """
    if not asked:
        return False
    inside = _plain(_MARK.sub(" ", text))
    return not all(_pattern(one).search(inside) for one in asked)


def is_entry_of(asked: frozenset[str], begins: str) -> bool:
    """Whether a list item, a row of a table or a heading begins with one of them, and so tells about it."""
    if not asked:
        return False
    plain_begin = _plain(_MARK.sub("", begins.lstrip(_BEFORE_AN_ENTRY)))
    return any(_pattern(one).match(plain_begin) for one in asked)


def _pattern(identifier: str) -> re.Pattern[str]:
    written = _OPTIONAL.sub(r"(?:\\.\1)?", re.escape(identifier)).replace(r"\-", r"[-\s]?")
    return re.compile(rf"(?<![^\W_-])(?<![^\W_]-){written}(?![^\W_]|-\w|\.\w)")


def _plain(text: str) -> str:
    return text.casefold().replace("_", "-")
