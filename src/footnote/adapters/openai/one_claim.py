"""A sentence that a model wrote, with the keys it names -> a claim. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from footnote.adapters.openai.keys import keys_in, names_keys, without_keys
from footnote.adapters.openai.tagged import UNSEEN
from footnote.ports import DraftClaim
from footnote.text.prose import as_prose

LONGEST_CLAIM = 1000
"""Characters. A longer one is no sentence."""

_LONGEST_WITH_KEYS = 4 * LONGEST_CLAIM
_TEXTS = ("text", "claim", "statement")
_SOURCES = ("sources", "keys", "citations", "source", "key", "citation", "references")


def claim_of(text: str, sources: Iterable[str] = (), translation: object = None) -> DraftClaim:
    """As prose, for models like Markdown, and with its markers as keys: some write them into the sentence as well."""
    if len(text) > _LONGEST_WITH_KEYS:
        return DraftClaim("", ())
    words, marked = without_keys(on_one_line(text))
    keys = tuple(dict.fromkeys([*sources, *marked]))
    return DraftClaim(as_prose(words) if len(words) <= LONGEST_CLAIM else words, keys, translated(translation))


def claim_in(item: object) -> DraftClaim | None:
    """Of an object, or of a text that names its sources itself. So must an object with other fields than it was asked
    for.
    """
    if isinstance(item, str):
        return claim_of(item) if names_sources(item) else None
    if not isinstance(item, dict):
        return None
    text = next((item[name] for name in _TEXTS if isinstance(item.get(name), str)), None)
    if text is None:
        return None
    keys = next(filter(None, (keys_in(item.get(name)) for name in _SOURCES)), [])
    claim = claim_of(text, keys, item.get("translation"))
    return claim if claim.keys or "text" in item else None


def names_sources(text: str) -> bool:
    return len(text) <= _LONGEST_WITH_KEYS and names_keys(on_one_line(text))


def translated(translation: object) -> str | None:
    if not isinstance(translation, str) or len(translation) > LONGEST_CLAIM:
        return None
    return without_keys(on_one_line(translation))[0] or None


def on_one_line(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())
