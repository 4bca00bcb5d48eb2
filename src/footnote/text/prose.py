"""A source sentence as it reads in an answer. Its citation keeps every byte of it."""

from __future__ import annotations

import re

from footnote.text.local_dates import MONTH_NAMES

_LIST_MARK = re.compile(r"^(?:[*•]|[-+](?!\s[\d.]{1,6}\s?(?:°|degrees?\b))|>(?=\s\D)|\d{1,3}[.)])\s(?=(?P<word>\w*))")
_LINK = re.compile(r"!?\[([^\[\]]{1,300}+)\]\([^)\s]{0,1000}+\)")
_EMPHASIS = re.compile(r"(\*\*|__|`|~~)(?=\S)(.{1,500}?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])([^*_]{1,500}?)(?<=[^\s*_\\])\1(?![\w*])")


_READ_AS_MARKUP = (".md", ".mdx", ".markdown", ".html", ".htm", ".docx", ".epub")


def as_prose(quote: str) -> str:
    """On one line, without list marks, Markdown emphasis and link targets. "12. Mai" and "- 5 degrees" stay whole."""
    return _SLANTED.sub(r"\2", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", without_mark(quote))))


def without_mark(quote: str) -> str:
    """On one line, without list marks only: `__init__.py` stays as it is."""
    line = " ".join(quote.split())
    mark = _LIST_MARK.match(line)
    return line[mark.end() :] if mark and mark["word"].casefold() not in MONTH_NAMES else line


def is_without_markup(article_id: str) -> bool:
    """Whether its loader has resolved all markup, so that what looks like Markdown is text: `__name__`, `lib/*.py`."""
    return article_id.lower().endswith(_READ_AS_MARKUP)


def code_on_one_line(code: str) -> str:
    """Its lines with a mark between them, as two commands would read as one: `git clone URL ↵ pip install -e .`"""
    return " ↵ ".join(" ".join(line.split()) for line in code.splitlines() if line.strip())
