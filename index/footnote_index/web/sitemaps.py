"""Sitemaps, news sitemaps and sitemap indexes -> the pages and the further sitemaps that they name."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from footnote_index.loaders import metadata
from footnote_index.loaders.parser_process import Unreadable
from footnote_index.web.listed_page import ListedPage, absolute

MOST_ENTRIES = 50_000
"""As the protocol has it; those after them are not looked at."""

_MOST_ELEMENTS = 500_000
_ENTRIES = {"url", "sitemap"}


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`further` are the addresses of more sitemaps, the last changed first."""

    pages: tuple[ListedPage, ...]
    further: tuple[str, ...]


def read_sitemap(content: bytes, base: str, *, size: int) -> Sitemap:
    """`base` is its own address; a file in gzip may have `size` bytes unpacked. For the reading process. Raises
    Unreadable.
    """
    pages: list[ListedPage] = []
    further: list[tuple[date, str]] = []
    for kind, fields in _entries(_unpacked(content, size)):
        url = absolute(fields.get("loc", ""), base)
        changed = metadata.day(fields.get("lastmod"))
        if url is None:
            continue
        if kind == "sitemap":
            further.append((changed or date.min, url))
        else:
            published = metadata.day(fields.get("publication_date"))
            pages.append(ListedPage(url, metadata.line(fields.get("title")), published, changed))
    return Sitemap(tuple(pages), tuple(url for _, url in sorted(further, key=lambda one: one[0], reverse=True)))


def _unpacked(content: bytes, size: int) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        unpacked = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(content, size + 1)
    except zlib.error as error:
        raise Unreadable("its compressed content is damaged") from error
    if len(unpacked) > size:
        raise Unreadable(f"it is larger than {size / 1e6:g} MB")
    return unpacked


def _entries(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `url` or `sitemap` element with the texts inside it, by their names without namespace."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    around: list[Element] = []
    elements = entries = inside = 0
    try:
        for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
            name = _name(element)
            if event == "start":
                if not around and name not in {"urlset", "sitemapindex"}:
                    raise Unreadable("it is not a sitemap")
                around.append(element)
                elements += 1
                inside += name in _ENTRIES
            else:
                around.pop()
                if name in _ENTRIES:
                    yield name, {_name(part): (part.text or "").strip() for part in element.iter()}
                    element.clear()
                    entries += 1
                    inside -= 1
                if around and not inside:
                    around[-1].clear()
            if entries == MOST_ENTRIES or elements == _MOST_ELEMENTS:
                return
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("its XML is broken or not allowed") from error


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
