"""RSS and Atom -> the pages that a feed names."""

from __future__ import annotations

import io
import re
import time
from datetime import date
from itertools import islice
from typing import Any

from footnote_index.loaders import metadata
from footnote_index.loaders.dates import believable
from footnote_index.loaders.parser_process import Unreadable
from footnote_index.web.listed_page import ListedPage, absolute

MOST_ENTRIES = 1000
"""Later entries are ignored: feeds show the newest first, and feedparser takes 0.2 ms for each."""

_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_ROOT_ENDS = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf)\s*>|<(?:[\w.-]+:)?(?:rss|feed|rdf)\b[^<>]*/>", re.IGNORECASE)
_WITHIN = 20_000  # bytes from the end
_SHORTEST_DATE = 8  # a year or month alone is not a day


def read_feed(content: bytes, base: str) -> tuple[ListedPage, ...]:
    """`base` is the feed's own address. Entries without a usable link are left out. For the parser process. Raises
    Unreadable.
    """
    import feedparser

    # Wrapped: bytes that look like a path are opened as a file otherwise.
    feed = feedparser.parse(io.BytesIO(_cut(content)), sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("entries") and not feed.get("version"):
        raise Unreadable("it is neither RSS nor Atom")
    if _is_cut_short(content):
        raise Unreadable("it is cut short")
    return tuple(named for entry in feed.entries if (named := _named(entry, base)))


def _is_cut_short(content: bytes) -> bool:
    """Whether its last element never ends: a feed that was cut off must not remove pages from the articles."""
    end = content[-_WITHIN:].replace(b"\0", b"")  # UTF-16
    return not content.lstrip().startswith(b"{") and not _ROOT_ENDS.search(end)


def _cut(content: bytes) -> bytes:
    after = next(islice(_ENTRY.finditer(content), MOST_ENTRIES, None), None)
    return content[: after.start()] if after else content


def _named(entry: dict[str, Any], base: str) -> ListedPage | None:
    url = absolute(entry.get("link") or "", base)
    if url is None:
        return None
    published = _day(entry, "published") or _day(entry, "updated")
    return ListedPage(url, metadata.line(str(entry.get("title") or "")), published)


def _day(entry: dict[str, Any], name: str) -> date | None:
    if f"{name}_parsed" not in entry:  # reading a missing key has side effects in feedparser
        return None
    moment: time.struct_time | None = entry[f"{name}_parsed"]
    if moment is None or len(str(entry[name])) < _SHORTEST_DATE:
        return None
    try:
        return believable(date(moment.tm_year, moment.tm_mon, moment.tm_mday))
    except ValueError:
        return None
