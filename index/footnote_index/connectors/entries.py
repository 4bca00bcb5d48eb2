"""`readers:` in sources.yaml: the LlamaIndex readers that provide articles.

readers:
  - name: handbook
    reader: llama_index.readers.github.GithubRepositoryReader
    arguments:
      owner: example
      repo: handbook
      github_client: {class: llama_index.readers.github.GithubClient, secrets: {github_token: GITHUB_TOKEN}}
    load: {branch: main}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from footnote.errors import BuildError
from footnote.models.collections import TOP, is_name
from footnote_index.web.sources_file import NAME, READERS, entries_of

TIME_LIMIT = 300.0
"""Seconds for one reader, unless it says otherwise."""

LIMIT = 1_000
_MOST = 100_000
_FIELDS = {"name", "reader", "arguments", "secrets", "load", "limit", "time_limit", "collection"}
_CLASS = re.compile(r"(?<![\w.])[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)+")
_NAME = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True, slots=True)
class Connector:
    """One entry. `arguments` create the reader, `secrets` are further arguments from the environment variables that
    they name, `load` has the arguments of `load_data`. `limit` is in documents, `time_limit` in seconds. Its articles
    belong to the `collection` that it names, if any.
    """

    name: str
    reader: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    load: Mapping[str, Any] = field(default_factory=dict)
    limit: int = LIMIT
    time_limit: float = TIME_LIMIT
    collection: str = TOP

    @property
    def secret_names(self) -> set[str]:
        """Footnote's own environment variables that it may see."""
        return {*self.secrets.values(), *_named_in(self.arguments)}


def read_connectors(folder: Path) -> tuple[Connector, ...]:
    """The readers of an articles folder. Raises BuildError when an entry does not have the form above."""
    connectors = tuple(_connector(entry, where) for entry, where in entries_of(READERS, folder))
    if len({one.name for one in connectors}) < len(connectors):
        raise BuildError(f"{folder / NAME}: two readers have the same name; give each a `name:` of its own.")
    return connectors


def _connector(entry: object, where: str) -> Connector:
    fields = entry if isinstance(entry, dict) else {}
    unknown = {str(name) for name in fields} - _FIELDS
    reader = fields.get("reader")
    if unknown or not isinstance(reader, str) or not _CLASS.fullmatch(reader):
        what = f"{min(unknown)} is not known" if unknown else "`reader:` names no class"
        raise BuildError(f"{where}: {what}. See docs/articles.md.")
    for name in ("arguments", "secrets", "load"):
        if not isinstance(fields.get(name) or {}, dict):
            raise BuildError(f"{where}: `{name}:` is not of the form {{name: value}}.")
    name = str(fields.get("name") or reader.rpartition(".")[2])
    if not _NAME.fullmatch(name):
        raise BuildError(f"{where}: `name:` is not made of letters, digits, dots and dashes.")
    collection = fields.get("collection", TOP)
    if collection != TOP and not (isinstance(collection, str) and is_name(collection)):
        raise BuildError(f"{where}: `collection:` is not the name of a folder.")
    return Connector(
        name,
        reader,
        fields.get("arguments") or {},
        {str(key): str(value) for key, value in (fields.get("secrets") or {}).items()},
        fields.get("load") or {},
        int(_number(fields.get("limit", LIMIT), _MOST, f"{where}: `limit:`")),
        _number(fields.get("time_limit", TIME_LIMIT), 86_400, f"{where}: `time_limit:`"),
        collection,
    )


def _number(value: object, most: float, where: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= most:
        raise BuildError(f"{where} is not a number from 1 to {most:,}.")
    return value


def _named_in(value: object) -> set[str]:
    """The environment variables named in `secrets` of objects among the arguments."""
    if isinstance(value, list):
        return {name for one in value for name in _named_in(one)}
    if not isinstance(value, dict):
        return set()
    own = value.get("secrets") if "class" in value else None
    return {*(map(str, own.values()) if isinstance(own, dict) else ()), *_named_in([*value.values()])}
