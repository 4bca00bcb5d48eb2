"""`sources.yaml` in the articles folder: which feeds, pages and sitemaps of the web belong to the articles.

feeds:
  - https://example.org/rss.xml
urls:
  - https://example.org/2021/09/06/report.html
sitemaps:
  - {url: https://example.org/sitemap.xml, only: /news/, limit: 200, collection: news}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from pathlib import Path

import yaml
from yarl import URL

from footnote.errors import BuildError
from footnote.models.collections import TOP, in_collection, is_name
from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.web.addresses import article_id, checked
from footnote_index.web.fetch_errors import Unfetched
from footnote_index.web.listed_page import ListedPage

NAME = "sources.yaml"
READERS, FOLDERS = "readers", "folders"
"""Sections that others read: connectors/entries.py and building/page_addresses.py."""

LIMIT = 1000
"""Pages of one feed or sitemap, unless it says otherwise."""

_MOST = 100_000
_OF_LISTINGS = {"only", "limit"}


class SourceKind(StrEnum):
    """Kinds of sources: a feed, the file itself, or a sitemap."""

    FEED = "feed"
    URL = "url"
    SITEMAP = "sitemap"


@dataclass(frozen=True, slots=True)
class WebSource:
    """One entry. From a feed or sitemap, the newest `limit` pages whose address contains `only` are used. The articles
    belong to its `collection`, if it names one.
    """

    kind: SourceKind
    url: str
    only: str = ""
    limit: int = LIMIT
    collection: str = TOP

    def article_id(self, url: str) -> str:
        """The id of the article that one of its pages becomes."""
        return in_collection(self.collection, article_id(URL(url)))

    def chosen(self, pages: Iterable[ListedPage]) -> list[ListedPage]:
        """Its pages that belong to the articles, each once, newest first."""
        matching: dict[str, ListedPage] = {}
        for page in pages:
            if self.only in page.url:
                matching.setdefault(page.url, page)
        return [*islice(matching.values(), self.limit)]


def read_sources(folder: Path) -> tuple[WebSource, ...]:
    """The sources of an articles folder, each once; empty when it has no such file.

    Raises BuildError, with the number of the line, when the file is not of the form above.
    """
    file = folder / NAME
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise BuildError(f"{file} cannot be read: {error.strerror}.") from error
    try:
        return _parsed_apart(content)
    except Unreadable as error:
        raise BuildError(f"{error.in_file(file)}. docs/articles.md shows its form.") from error


def entries_of(section: str, folder: Path) -> list[tuple[object, str]]:
    """The entries of READERS or FOLDERS, each with where it stands, for messages. Raises BuildError if they are no
    list; what else is wrong with the file, `read_sources` says.
    """
    file = folder / NAME
    try:
        root = yaml.safe_load(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return []
    entries = root.get(section) if isinstance(root, dict) else None
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise BuildError(f"{file}: below {section}: there is no list. See docs/articles.md.")
    return [(entry, f"{file}, {section}, entry {number}") for number, entry in enumerate(entries, 1)]


@lru_cache(maxsize=4)
def _parsed_apart(content: bytes) -> tuple[WebSource, ...]:
    """Cached: it is read often, and rarely changes."""
    with ParserProcess() as process:
        return process.read("sources", content, tuple[WebSource, ...])


def parse(content: bytes) -> tuple[WebSource, ...]:
    """The sources that the file's content names. For the parser process. Raises Unreadable."""
    try:
        root = yaml.compose(content.decode("utf-8-sig"), yaml.SafeLoader)
        return tuple({source.url: source for source in _sources(root)}.values()) if root else ()
    except UnicodeDecodeError as error:
        raise Unreadable("it is not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is not YAML"
        raise Unreadable(reason, line=mark.line + 1 if mark else None) from error


def _wrong(node: yaml.Node, reason: str) -> Unreadable:
    return Unreadable(reason, line=node.start_mark.line + 1)


def _sources(root: yaml.Node) -> Iterator[WebSource]:
    if not isinstance(root, yaml.MappingNode):
        raise _wrong(root, "it has none of feeds:, urls:, sitemaps:, readers: and folders:")
    for name, entries in root.value:
        if isinstance(name, yaml.ScalarNode) and name.value in {READERS, FOLDERS}:
            continue
        kind = {f"{kind}s": kind for kind in SourceKind}.get(name.value if isinstance(name, yaml.ScalarNode) else "")
        if kind is None:
            raise _wrong(name, "only feeds:, urls:, sitemaps:, readers: and folders: are allowed")
        if isinstance(entries, yaml.ScalarNode) and not entries.value:
            continue
        if not isinstance(entries, yaml.SequenceNode):
            raise _wrong(entries, f"{kind}s: must be a list of addresses")
        yield from (_source(kind, entry) for entry in entries.value)


def _source(kind: SourceKind, entry: yaml.Node) -> WebSource:
    if isinstance(entry, yaml.ScalarNode):
        return WebSource(kind, _address(entry))
    if not isinstance(entry, yaml.MappingNode):
        raise _wrong(entry, "it is not an address")
    fields = {name.value: value for name, value in entry.value if isinstance(name, yaml.ScalarNode)}
    if not {"url"} <= set(fields) <= {"url", "collection"} | (_OF_LISTINGS if kind is not SourceKind.URL else set()):
        listed = "" if kind is SourceKind.URL else ", only: PART, limit: NUMBER"
        raise _wrong(entry, f"it is not of the form {{url: ADDRESS{listed}, collection: NAME}}")
    only, limit, collection = fields.get("only"), fields.get("limit"), fields.get("collection")
    return WebSource(
        kind,
        _address(fields["url"]),
        _text(only) if only else "",
        _number(limit) if limit else LIMIT,
        _collection(collection) if collection else TOP,
    )


def _collection(node: yaml.Node) -> str:
    name = _text(node)
    if not is_name(name):
        raise _wrong(node, "collection is not the name of a folder")
    return name


def _address(node: yaml.Node) -> str:
    try:
        return str(checked(_text(node)))
    except Unfetched as error:
        raise _wrong(node, f"the address cannot be used: {error}") from error


def _number(node: yaml.Node) -> int:
    text = _text(node)
    if not text.isdecimal() or not 0 < int(text[:9]) <= _MOST:
        raise _wrong(node, f"limit is not a number from 1 to {_MOST:,}")
    return int(text)


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or not node.value:
        raise _wrong(node, "a text is missing")
    return str(node.value)
