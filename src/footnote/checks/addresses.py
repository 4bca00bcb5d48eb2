"""Links, domains and mentions: what could lead a reader away or notify somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.source import QuotedSource

_DOT = r"(?:\.|\[\.\]|\(\.\)|[\[(]dot[\])])"
_ADDRESS = re.compile(
    r"\w{1,30}://\S+|\bwww\.\S+|\b(?:data|discord|file|javascript|mailto|sms|tel|vbscript):\S+"
    rf"|[\w-]{{1,63}}+(?:{_DOT}[\w-]{{1,63}}+){{0,10}}{_DOT}[^\W\d_]{{2,}}\b(?:/\S*)?"
    r"|@\w+|<[@#/:a]?[^<>\s]+>|\]\(",
    re.IGNORECASE,
)
_UNSEEN = re.compile("[\xad\u180e\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_OTHER_DOTS = str.maketrans(dict.fromkeys("․．。｡", "."))
_END_OF_SENTENCE = ".,;:!?)\"'”’"


def has_known_addresses(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every address and mention in the claim is in a source, character by character, however it is disguised."""
    quotes = [_undisguised(source.quote) for source in sources]
    found = (address.rstrip(_END_OF_SENTENCE) for address in _ADDRESS.findall(_undisguised(claim)))
    return all(any(address in quote for quote in quotes) for address in found)


def _undisguised(text: str) -> str:
    """Without invisible characters, and with one kind of dot: browsers treat all kinds alike."""
    return _UNSEEN.sub("", text).translate(_OTHER_DOTS)
