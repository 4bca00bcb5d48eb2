"""Links whose words only point, as in "Download it here": without their addresses they say nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.markup.elements import PERMALINKS
from footnote_index.loaders.markup.text import plain_text
from footnote_index.loaders.trees import Element, name

LONGEST_ADDRESS = 200
"""A longer one would take too much of an answer, and nobody types it."""

_LONGEST_WORDS = 100
_ADDRESS = re.compile(r"https?://[^\s@/<>\"'`{}|\\^]+(?:[/?#][^\s<>\"'`{}|\\^]*)?", re.IGNORECASE)
_MARKS = " \t\r\n*_.,:;!→»›>"
_INLINE = {"a", "b", "em", "i", "small", "span", "strong", "u"}


def with_address(words: str, address: str) -> str | None:
    """`this page.` -> `this page (https://...).`; None if the words say what the link leads to, or the address is none
    of the web, is too long, or names a user before its host.
    """
    if len(words) > _LONGEST_WORDS or len(address) > LONGEST_ADDRESS or not address.isprintable():
        return None
    said = words.strip(_MARKS)
    if not (_pointing().fullmatch(on_one_line(said).casefold()) and _ADDRESS.fullmatch(address)):
        return None
    before, _, after = words.partition(said)
    return f"{before}{said} ({address}){after}"


def said_by(link: Element) -> str | None:
    """What is said in place of a link: nothing for one from a heading to itself; None for its own words."""
    address, words = link.get("href") or "", plain_text(link)
    if address.startswith("#"):
        return "" if words.strip() in PERMALINKS else None
    said = with_address(words, address)
    return said if said and _is_said(link) else None


def _is_said(link: Element) -> bool:
    """Whether it is in a sentence, or in the cell of a table: alone, it is a button."""
    parent, before = link.getparent(), link.getprevious()
    if parent is None:
        return False
    near = [link.tail, parent.text if before is None else before.tail]
    if before is not None and name(before) in _INLINE:
        near += before.itertext()
    if any(text and text.strip() for text in near):
        return True
    return _is_said(parent) if name(parent) in _INLINE else name(parent) in {"td", "th"}


@lru_cache(maxsize=1)
def _pointing() -> re.Pattern[str]:
    lines = files(__package__).joinpath("pointing.txt").read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")))
