"""LlamaIndex's documents -> articles, with stable ids and their metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.models.collections import in_collection
from footnote_index.building.reports import Skipped
from footnote_index.connectors.entries import Connector
from footnote_index.connectors.reading import LoadedDocument
from footnote_index.loaders import metadata
from footnote_index.loaders.folder import MAX_CHARACTERS

FOLDER = "readers"
_IDS = ("file_path", "path", "url", "html_url", "source_url", "page_id", "document_id", "source", "id")
_TITLES = ("title", "name", "subject", "file_name", "filename", "note_name", "page_title")
_ADDRESSES = ("url", "html_url", "source_url", "link", "web_url", "permalink", "source")
_DATES = (
    "published",
    "published_at",
    "date",
    "created_at",
    "creation_date",
    "created",
    "last_modified_date",
    "updated_at",
)
_AUTHORS = ("author", "authors", "creator", "user", "created_by", "owner")
_RANDOM = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_NOT_IN_IDS = re.compile(r"[^\w./-]+")
_LONGEST_ID = 150


def articles_of(connector: Connector, documents: Iterable[LoadedDocument]) -> Iterator[Article | Skipped]:
    """Documents with the same id are parts of one article: the pages of a file, for example."""
    name = connector.name
    parts: dict[str, list[LoadedDocument]] = {}
    for document in documents:
        if document.text.strip():
            article_id = in_collection(connector.collection, _id(name, document))
            parts.setdefault(article_id, []).append(document)
    for article_id, those in parts.items():
        try:
            yield _article(article_id, name, those)
        except ArticleError as error:
            yield Skipped(article_id, str(error))


def _article(article_id: str, name: str, parts: list[LoadedDocument]) -> Article:
    text = "\n\n".join(part.text.strip() for part in parts)
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(f"its text has {len(text):,} characters, more than {MAX_CHARACTERS:,}")
    about = parts[0].metadata
    url = next((value for value in _values(about, _ADDRESSES) if metadata.is_web_address(value)), None)
    return Article(
        article_id,
        next(filter(None, map(metadata.line, _values(about, _TITLES))), None) or article_id.rpartition("/")[2],
        text.replace("\0", ""),
        source=name,
        author=next(filter(None, map(metadata.line, _values(about, _AUTHORS))), None),
        published=next(filter(None, map(metadata.day, _values(about, _DATES))), None),
        url=url,
    )


def _id(name: str, document: LoadedDocument) -> str:
    """The id from the metadata, or else the document's own id unless it is random, its title, or its text."""
    own = next(_values(document.metadata, _IDS), None)
    if own is None and (file := next(_values(document.metadata, ("file_name", "filename")), None)):
        own = "/".join([*_values(document.metadata, ("folder_path", "folder_name")), file])
    if own is None and _RANDOM.fullmatch(document.id):
        own = next(_values(document.metadata, _TITLES), None)
    if own is None:
        is_random = _RANDOM.fullmatch(document.id) or not document.id
        own = sha256(document.text.encode("utf-8", "replace")).hexdigest()[:16] if is_random else document.id
    plain = _NOT_IN_IDS.sub("_", re.sub(r"^\w+://", "", own)).strip("/.")
    if len(plain) > _LONGEST_ID:
        plain = f"{plain[:_LONGEST_ID]}-{sha256(own.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"{FOLDER}/{name}/{plain or 'document'}"


def _values(about: dict[str, Any], names: Iterable[str]) -> Iterator[str]:
    return (str(about[name]) for name in names if about.get(name) not in (None, "", [], {}))
