"""A source sentence as it reads in an answer. Its citation keeps every byte of it."""

from __future__ import annotations

import re

_LIST_MARK = re.compile(r"^(?:[-*+•>]|\d{1,3}[.)])\s+(?=\S)")
_LINK = re.compile(r"!?\[([^\[\]]{1,300}+)\]\([^)\s]{0,1000}+\)")
_EMPHASIS = re.compile(r"(\*\*|__|`|~~)(?=\S)(.{1,500}?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_]{1,500}?)(?<=[^\s*_\\])\1(?![\w*])")


def as_prose(quote: str) -> str:
    """On one line, without list marks, Markdown emphasis and link targets."""
    line = _LIST_MARK.sub("", " ".join(quote.split()))
    return _SLANTED.sub(r"\2", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line)))
