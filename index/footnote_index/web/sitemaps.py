"""Sitemaps, news sitemaps, sitemap indexes and lists of addresses -> the pages and further sitemaps that they name."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from footnote_index.loaders import metadata
from footnote_index.loaders.parser_process import Unreadable
from footnote_index.web.listed_page import ListedPage, absolute

MOST_ENTRIES = 50_000
"""The protocol's limit; later entries are ignored."""

MOST_SITEMAPS = 50
"""Sitemaps of one source, including nested ones."""

_MOST_ELEMENTS = 500_000
_ENTRIES = {"url", "sitemap"}
_ADDRESS = re.compile(rb"https?://\S+", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+[\w:.-]+(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:\"[^\"<>]*\"|'[^'<>]*'))+)?\s*>")
_BARE_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)", re.DOTALL
)
_PROLOG = 2_000
_WITHIN = 100_000
_DECLARATION = re.compile(rb"<\?xml\s[^<>]{0,200}\?>")
_ROOT = re.compile(rb"<(?:urlset|sitemapindex)\b", re.IGNORECASE)
_PREFIX = re.compile(rb"<([a-zA-Z]{1,20}):\w")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`further` are the addresses of more sitemaps, the most recently changed first."""

    pages: tuple[ListedPage, ...]
    further: tuple[str, ...]


def read_sitemap(content: bytes, base: str, *, size: int) -> Sitemap:
    """`base` is its own address; a gzip file may have `size` bytes unpacked. For the parser process. Raises
    Unreadable.
    """
    pages: list[ListedPage] = []
    further: list[tuple[date, str]] = []
    for kind, fields in _listed(_unpacked(content, size)):
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


def _listed(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """The protocol also allows plain text, one address per line."""
    plain = content.removeprefix(b"\xef\xbb\xbf").strip()
    if plain and not plain.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        for line in plain.splitlines()[:MOST_ENTRIES]:
            if _ADDRESS.fullmatch(line.strip()):
                yield "url", {"loc": line.strip().decode("utf-8", "replace")}
            elif line.strip() and not line.startswith(b"#"):
                raise Unreadable("it is not a sitemap")
    else:
        yield from _entries(_as_xml(plain))


def _as_xml(content: bytes) -> bytes:
    """Without common, harmless errors: a DOCTYPE that declares nothing, something in front of the declaration, bare
    ampersands, and undeclared prefixes.
    """
    if b"\0" in content[:_PROLOG]:
        return content  # UTF-16
    head = _DOCTYPE.sub(b"", content[:_PROLOG], count=1)
    head = _ROOT.sub(lambda root: root[0] + _missing_prefixes(content), head[_begin(head) :], count=1)
    whole = head + content[_PROLOG:]
    if b"&" not in whole:
        return whole
    return _BARE_AMPERSAND.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], whole)


def _begin(head: bytes) -> int:
    """The position of the declaration or the root."""
    found = _DECLARATION.search(head) or _ROOT.search(head)
    start = found.start() if found else 0
    return 0 if b"<!DOCTYPE" in head[:start].upper() else start


def _missing_prefixes(content: bytes) -> bytes:
    used = {*_PREFIX.findall(content[:_WITHIN])} - {b"news"}
    return b"".join(
        b' xmlns:%s="urn:sitemap-image/1.1"' % prefix for prefix in sorted(used) if b"xmlns:%s=" % prefix not in content
    )


def _entries(content: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Each `url` or `sitemap` element with its texts, by their names without namespace."""
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
                    yield name, _fields(element)
                    element.clear()
                    entries += 1
                    inside -= 1
                if around and not inside:
                    around[-1].clear()
            if entries == MOST_ENTRIES or elements == _MOST_ELEMENTS:
                return
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("its XML is broken or not allowed") from error


def _fields(entry: Element) -> dict[str, str]:
    """Its direct children, and those of its news element. Pictures and videos have addresses, titles and dates too."""
    parts = [*(part for child in entry if _name(child) == "news" for part in child), *entry]
    return {_name(part): (part.text or "").strip() for part in parts if not _is_media(part)}


def _is_media(element: Element) -> bool:
    namespace = str(element.tag).rpartition("}")[0]
    return namespace.endswith(("sitemap-image/1.1", "sitemap-video/1.1"))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()
