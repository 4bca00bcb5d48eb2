"""What a page's meta elements say."""

from __future__ import annotations

from collections.abc import Iterator

from footnote_index.loaders.trees import Element


def meta_of(page: Element) -> list[tuple[str, str]]:
    """The key and content of each."""
    return [(_key(each), each.get("content") or "") for each in page.iter("meta") if _key(each)]


def _key(meta: Element) -> str:
    return str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()


def values_of(meta: list[tuple[str, str]], *keys: str) -> Iterator[str]:
    """Their values for the keys, in the order of the keys."""
    for wanted in keys:
        yield from (value for key, value in meta if key == wanted and value.strip())
