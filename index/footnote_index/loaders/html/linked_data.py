"""JSON-LD: what a page tells search engines about its article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from footnote_index.loaders.trees import Element

_ARTICLES = ("Article", "Posting", "Report", "WebPage", "Book", "Recipe", "Review", "Question", "CreativeWork")
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Fact:
    """The metadata of the first article that is described."""

    headline: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None


def facts_of(page: Element) -> Fact:
    """Empty if there is none or it is broken."""
    described = [each for each in _objects(page) if str(each.get("@type")).strip("[]'\"").endswith(_ARTICLES)]
    articles = sorted(described, key=lambda each: "WebPage" in str(each.get("@type")))
    for each in articles:
        return Fact(
            _text(each.get("headline")),
            ", ".join(_names(each.get("author"))) or None,
            _text(each.get("datePublished")),
            next(iter(_names(each.get("publisher"))), None),
        )
    return Fact()


def _objects(page: Element) -> Iterator[dict[str, Any]]:
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            with suppress(ValueError, RecursionError):
                waiting = [json.loads(script.text or "", strict=False)]
                for _ in range(_MOST):
                    if not waiting:
                        break
                    each = waiting.pop(0)
                    waiting += each if isinstance(each, list) else []
                    if isinstance(each, dict):
                        waiting += each.get("@graph") or []
                        yield each


def _names(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    named = (_text(each.get("name") if isinstance(each, dict) else each) for each in values[:20])
    return [name for name in named if name]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
