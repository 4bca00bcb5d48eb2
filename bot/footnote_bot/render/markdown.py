"""Foreign text inside Discord's markdown: escaped, shortened, never active."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from footnote_bot.citation_format import on_one_line

ELLIPSIS = "…"
LONGEST_LINK = 500

_ACTIVE = re.compile(
    r"[\\*_~`|<>\[\]]"  # emphasis, code, spoilers, mentions, masked links
    r"|(?<=\])\("  # masked links, once more
    r"|:(?=//)"  # bare links: only an article's own url becomes one
    r"|^[#+-]"  # headings, list items, small text
)
_NUMBERED_ITEM = re.compile(r"^(\d+)([.)])")
_LOUD = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_UNSAFE_IN_LINK = re.compile("[\\s\x00-\x1f\x7f-\x9f<>\"'`\\\\|\\[\\]{}^@*~\u202a-\u202e\u2066-\u2069]")


def width(text: str) -> int:
    """The length by Discord's strictest count: UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def escape(text: str) -> str:
    """The text on one line, shown literally. A zero-width space breaks `@everyone` and `@here`."""
    line = _NUMBERED_ITEM.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", on_one_line(text)))
    return _LOUD.sub("@\u200b", line)


def fit(text: str, limit: int) -> str:
    """The text escaped; if that is wider than `limit`, its beginning up to a word's end, and "…"."""
    line = _beginning(text, max(limit, 0) + 2)
    if width(escape(line)) <= limit:
        return escape(line)
    size = _largest_size(len(line), limit, lambda size: escape(line[:size]))
    word_end = line.rfind(" ", 0, size + 1)
    return escape(line[: word_end if word_end > size // 2 else size]) + ELLIPSIS if size else ""


def fit_end(text: str, limit: int) -> str:
    """Like `fit`, but keeps the end."""
    line = _end(text, max(limit, 0) + 2)
    if width(escape(line)) <= limit:
        return escape(line)
    size = _largest_size(len(line), limit, lambda size: escape(line[len(line) - size :]))
    start = len(line) - size
    word_start = line.find(" ", max(start - 1, 0)) + 1
    return ELLIPSIS + escape(line[word_start if start <= word_start < start + size // 2 else start :]) if size else ""


def cut(text: str, limit: int) -> str:
    """The text on one line as it is, for places that know no markdown; its beginning and "…" if it is wider."""
    line = _beginning(text, limit + 2)
    if width(line) <= limit:
        return line.strip()
    return line[: _largest_size(len(line), limit, lambda size: line[:size])].strip() + ELLIPSIS


def link(url: str | None) -> str | None:
    """A bare link that is safe inside a message; None unless it is http or https and not too long."""
    address = (url or "").strip()
    if len(address) > LONGEST_LINK or not _is_web_address(address):
        return None
    safe = _UNSAFE_IN_LINK.sub(lambda unsafe: quote(unsafe[0], safe=""), address)
    return safe if width(safe) <= LONGEST_LINK else None


def _beginning(text: str, size: int) -> str:
    """The first `size` characters on one line, the last of which may be a space.

    A text of a million characters takes hardly longer than one page.
    """
    part = on_one_line(text[: 4 * size])
    return (part if len(part) >= size else on_one_line(text))[:size]


def _end(text: str, size: int) -> str:
    part = on_one_line(text[-4 * size :])
    return (part if len(part) >= size else on_one_line(text))[-size:]


def _largest_size(size: int, limit: int, shown: Callable[[int], str]) -> int:
    """The largest size up to `size` whose text leaves room for "…"; 0 when there is none."""
    room = limit - width(ELLIPSIS)
    return max(bisect_right(range(size + 1), room, key=lambda size: width(shown(size))) - 1, 0)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
