"""The front matter of a Markdown article: YAML between `---` lines, or TOML between `+++` lines.

A field that cannot be understood is left out and reported; the article is still read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import yaml

from footnote.errors import ArticleError
from footnote_index.loaders.dates import day_of
from footnote_index.loaders.metadata import author, is_web_address, line

_YAML = re.compile(r"\A\s*+^---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\s*+^\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_UNENDED = re.compile(r"\A\s*+^---[ \t]*\r?\n(?:title|source|author|published|date|url|category):", re.MULTILINE)
_FIELD = re.compile(r"([\w-]{1,40}):[ \t]+(\S*\w.*?)\s*")
_LINE_START = re.compile(r"^\S", re.MULTILINE)
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,20}(?:/|$)", re.IGNORECASE)
_MAX_VALUES = 100

MOST_BYTES = 64_000
"""Bytes of front matter; the rest is left out."""

_NAMES = {
    "title": ("title", "headline"),
    "source": ("source", "site", "publication", "publisher", "outlet"),
    "author": ("author", "authors", "by", "byline", "creator", "writer"),
    "published": (
        *("published", "lastmod", "last_modified_at", "last_modified", "lastmodified", "modified", "modified_at"),
        *("updated", "updated_at", "last_updated", "last_update", "date_modified", "datemodified"),
        *("date", "publishdate", "date_published", "pubdate", "published_at", "datepublished"),
        *("created", "created_at", "creation_date"),
    ),
    "url": (*("url", "link", "canonical", "canonical_url", "canonicalurl", "source_url", "original_url", "permalink"),),
    "category": ("category", "categories", "section"),
}
DAYS = frozenset(_NAMES["published"])
METADATA = frozenset(name for names in _NAMES.values() for name in names)
"""The names of all fields that are read here."""

T = TypeVar("T")


@dataclass
class FrontMatter:
    """The fields as written, by their names in lower case; `remarks` on those that are not understood. `names`: those
    of fields in YAML as they are written, by the same names in lower case.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def line(self, name: str) -> str | None:
        """A field as one line of text. A list (several authors) becomes a comma-separated one."""
        return self._first(name, _as_line)

    @property
    def author(self) -> str | None:
        return author(self.line("author"))

    @property
    def published(self) -> date | None:
        return self._first("published", _as_day)

    @property
    def url(self) -> str | None:
        return self._first("url", _as_address)

    def _first(self, name: str, read: Callable[[Any], T | None]) -> T | None:
        """The value of the first of a field's names that is there and understood."""
        for known in _NAMES[name]:
            value = self.fields.get(known)
            if value in (None, "", []) or _is_path(known, value):
                continue
            found = read(value)
            if found is not None:
                return found
            shown = value if isinstance(value, str) else type(value).__name__
            self.remarks.append(f"a `{known}` that is not understood and left out ({shown[:40]!r})")
        return None


def split(content: str) -> tuple[FrontMatter, str]:
    """Front matter and the text below it. Raises ArticleError when it does not end."""
    for form, read in ((_YAML, _of_yaml), (_TOML, _of_toml)):
        if found := form.match(content):
            matter = read(found[1]) if len(found[1].encode()) <= MOST_BYTES else _cut(found[1], read)
            return (matter, content[found.end() :]) if matter else (FrontMatter(), content)
    if _UNENDED.match(content):
        raise ArticleError("its front matter has no closing line `---`")
    return FrontMatter(), content


def _cut(text: str, read: Callable[[str], FrontMatter | None]) -> FrontMatter:
    """The beginning of front matter that is too long, without a field that is cut off unless it is the only one."""
    kept = text.encode()[:MOST_BYTES].decode(errors="ignore")
    last = max((line.start() for line in _LINE_START.finditer(kept)), default=0)
    remark = f"front matter of more than {MOST_BYTES:,} bytes; the rest is not read"
    matter = read(kept[:last] if last else kept)
    return FrontMatter(matter.fields if matter else {}, [remark], matter.names if matter else {})


def _of_yaml(text: str) -> FrontMatter | None:
    """None if it is something else between two rules."""
    try:
        fields = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes strings, lists and mappings only
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or error).split("\n")[0]
        lines = [line for line in text.splitlines() if line.strip()]
        found = [match for line in lines if (match := _FIELD.fullmatch(line))]
        remarks = [f"front matter that is not valid YAML ({problem})"] if len(found) < len(lines) else []
        return FrontMatter({match[1].lower(): match[2].strip("\"'") for match in found}, remarks)
    if fields is None:
        return FrontMatter()
    if not isinstance(fields, dict):
        return None
    named = [(str(name), value) for name, value in fields.items()]
    return FrontMatter({name.lower(): value for name, value in named}, names={name.lower(): name for name, _ in named})


def _of_toml(text: str) -> FrontMatter | None:
    try:
        fields = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return FrontMatter({}, [f"front matter that is not valid TOML ({error})"])
    return FrontMatter({name.lower(): value for name, value in fields.items()})


def _is_path(name: str, value: Any) -> bool:  # noqa: ANN401
    """Whether an address is only a path on its own site, which is not named. Permalinks need no slash for that."""
    return isinstance(value, str) and (
        (name == "url" and value.startswith("/")) or (name == "permalink" and "://" not in value)
    )


def _as_line(value: Any) -> str | None:  # noqa: ANN401 - whatever YAML and TOML contain
    values = value if isinstance(value, list) else [value]
    # Lists within lists could be one list a million times over: YAML aliases make such a bomb in ten lines.
    if len(values) > _MAX_VALUES:
        return None
    named = [each.get("name") if isinstance(each, dict) else each for each in values]
    if not all(isinstance(each, (str, int, float, date)) for each in named if each is not None):
        return None
    return line(", ".join(" ".join(str(each).split()) for each in named if each not in (None, "")))


def _as_day(value: Any) -> date | None:  # noqa: ANN401
    value = value.get("date") if isinstance(value, dict) else value  # Docusaurus names its author as well
    is_several = isinstance(value, list) and len(value) > 1
    text = None if is_several else _as_line(value)
    return day_of(text) if text else None


def _as_address(value: Any) -> str | None:  # noqa: ANN401
    text = value.strip() if isinstance(value, str) else ""
    address = f"https://{text}" if _WITHOUT_SCHEME.match(text) else text
    return address if is_web_address(address) else None
