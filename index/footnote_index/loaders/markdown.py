"""`.md`: YAML front matter (title, source, author, published, url, category), then the text as it stands."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders.encodings import decoded
from footnote_index.loaders.metadata import is_web_address

_FRONT_MATTER = re.compile(r"\A\s*+^---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_UNENDED = re.compile(r"\A\s*+^---[ \t]*\r?\n(?:title|source|author|published|url|category):", re.MULTILINE)
_FIELD = re.compile(r"^\S", re.MULTILINE)
_MAX_VALUES = 100

MAX_FRONT_MATTER = 64_000
"""Bytes; what comes after them is left out."""

_TOO_LONG = f"front matter of more than {MAX_FRONT_MATTER:,} bytes, of which no more is read"
_HEADING = re.compile(r"\A\s*+#[ \t]+([^\n]{1,300})(?:\n|\Z)")


def parse(article_id: str, content: bytes) -> Article:
    """The title falls back to a first heading, then to the file's name. Raises ArticleError on broken front matter."""
    front_matter, text = _split_front_matter(decoded(content))
    kept = front_matter.encode()[:MAX_FRONT_MATTER].decode(errors="ignore")
    fields = _fields(kept) if kept == front_matter else _fields_before_cut(kept)
    title = _line(fields, "title")
    if title is None and (heading := _HEADING.match(text)):
        title, text = heading.group(1).rstrip(" \t\r#"), text[heading.end() :]
    return Article(
        article_id,
        title or PurePosixPath(article_id).stem,
        text.strip(),
        source=_line(fields, "source"),
        author=_line(fields, "author"),
        published=_date(fields),
        url=_url(fields),
        category=_line(fields, "category"),
        remarks=() if kept == front_matter else (_TOO_LONG,),
    )


def _split_front_matter(content: str) -> tuple[str, str]:
    match = _FRONT_MATTER.match(content)
    if match is None:
        if _UNENDED.match(content):
            raise ArticleError("its front matter has no closing line `---`")
        return "", content
    return match.group(1), content[match.end() :]


def _fields(front_matter: str) -> dict[str, Any]:
    try:
        fields = yaml.load(front_matter, yaml.BaseLoader)  # noqa: S506 - makes strings, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or error).split("\n")[0]
        raise ArticleError(f"its front matter is not valid YAML: {problem}") from error
    if not isinstance(fields or {}, dict):
        raise ArticleError("its front matter is not a list of `name: value` lines")
    return fields or {}


def _fields_before_cut(front_matter: str) -> dict[str, Any]:
    """Without the last field where the cut has broken it."""
    last = max((line.start() for line in _FIELD.finditer(front_matter)), default=0)
    for text in (front_matter, front_matter[:last]):
        with suppress(ArticleError):
            return _fields(text)
    return {}


def _line(fields: dict[str, Any], name: str) -> str | None:
    """A field as one line of text. A list (several authors) becomes an enumeration."""
    value = fields.get(name)
    values = value if isinstance(value, list) else [value]
    # Lists within lists could be one list a million times over: YAML aliases make such a bomb in ten lines.
    if len(values) > _MAX_VALUES or not all(isinstance(value, str) for value in values if value is not None):
        raise ArticleError(f"its `{name}` is not one line of text")
    return ", ".join(" ".join(value.split()) for value in values if value) or None


def _date(fields: dict[str, Any]) -> date | None:
    value = _line(fields, "published")
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError as error:
        raise ArticleError(f"its `published` date {value[:40]!r} is not of the form 2021-09-06") from error


def _url(fields: dict[str, Any]) -> str | None:
    url = _line(fields, "url")
    if url is None:
        return None
    if not is_web_address(url):
        raise ArticleError(f"its `url` {url[:80]!r} is not a web address (http:// or https://)")
    return url
