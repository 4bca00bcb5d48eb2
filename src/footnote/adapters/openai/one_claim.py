"""A sentence that a model wrote, with the keys it names -> a claim. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from footnote.adapters.openai.keys import Says, keys_in, names_keys, nowhere, without_keys
from footnote.adapters.openai.tagged import UNSEEN
from footnote.ports import DraftClaim
from footnote.text.prose import as_prose

LONGEST_CLAIM = 1000
"""Characters. A longer one is no sentence."""

_LONGEST_WITH_KEYS = 4 * LONGEST_CLAIM
_TEXTS = ("text", "claim", "statement")
_SOURCES = ("sources", "keys", "citations", "source", "key", "citation", "references")


def claim_of(text: str, sources: Sequence[str] = (), *, says: Says = nowhere) -> DraftClaim:
    """As prose, for models like Markdown, and with its markers as keys: some write them into the sentence as well."""
    if len(text) > _LONGEST_WITH_KEYS:
        return DraftClaim("", ())
    words, marked = without_keys(on_one_line(text), sources, says)
    keys = tuple(dict.fromkeys([*sources, *marked]))
    return DraftClaim(as_prose(words) if len(words) <= LONGEST_CLAIM else words, keys)


def claim_in(item: object, says: Says = nowhere) -> DraftClaim | None:
    """Of an object, or of a text that names its sources itself. So must an object with other fields than it was asked
    for.
    """
    if isinstance(item, str):
        return claim_of(item, says=says) if names_sources(item) else None
    if not isinstance(item, dict):
        return None
    text = next((item[name] for name in _TEXTS if isinstance(item.get(name), str)), None)
    if text is None:
        return None
    keys = next(filter(None, (keys_in(item.get(name)) for name in _SOURCES)), [])
    claim = translated(claim_of(text, keys, says=says), item.get("translation"))
    return claim if claim.keys or "text" in item else None


def names_sources(text: str) -> bool:
    return len(text) <= _LONGEST_WITH_KEYS and names_keys(on_one_line(text))


def translated(claim: DraftClaim, translation: object) -> DraftClaim:
    """The claim with its translation, in which the same markers are part of the text; without one if it is no text."""
    if not isinstance(translation, str) or len(translation) > LONGEST_CLAIM:
        return claim
    words, _ = without_keys(on_one_line(translation), claim.keys, lambda words, _: words in claim.text)
    return replace(claim, translation=words or None)


def on_one_line(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())
