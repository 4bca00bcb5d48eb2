"""Links, domains and mentions: what could lead a reader away or notify somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.source import QuotedSource
from footnote.text.terms import NO_BLANKS

_DOT = r"(?:\.|\[\.\]|\(\.\)|[\[(]dot[\])])"
_ADDRESS = re.compile(
    r"\w{1,30}://\S+|\bwww\.\S+|\b(?:data|discord|file|javascript|mailto|sms|tel|vbscript):\S+"
    r"|[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){0,10}"
    rf"|[\w-]{{1,63}}+(?:{_DOT}[\w-]{{1,63}}+){{0,10}}{_DOT}[^\W\d_]{{2,}}\b(?:/\S*)?"
    r"|@\w+|<[@#/:a]?[^<>\s]+>|\]\(",
    re.IGNORECASE,
)
_LETTER = rf"[^\W{NO_BLANKS}]"
_BEGINS = rf"(?:(?<!{_LETTER})(?<![@-])(?<!{_LETTER}\.)|(?<=\bwww\.))"
_ENDS = rf"(?!{_LETTER}|[@-]|(?:{_DOT}|/)\w)"
"""No part of a longer address: bank.com is not in notbank.com, nor bank.co in bank.com. www.bank.com is bank.com."""

_HOST = re.compile(r"(?:\w{1,30}://|[\w.+-]{1,64}+@)?[^\s/?#:@]+")
_HOST_ENDS = rf"(?!{_LETTER}|@|{_DOT}\w|-[\w-]{{0,63}}+(?:{_DOT}\w|@))"
"""A page of the same host is no other place, nor is its name in a compound: bank.com-owned, not bank.com-evil.net."""

_MARKUP = ("<", "](")
_UNSEEN = re.compile("[\xad\u180e\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_OTHER_DOTS = str.maketrans(dict.fromkeys("․．。｡", "."))
_END_OF_SENTENCE = ".,;:!?)\"'”’"


def has_known_addresses(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every address and mention in the claim is in a source, character by character, however it is disguised."""
    quotes = [_undisguised(source.quote) for source in sources]
    found = (address.rstrip(_END_OF_SENTENCE) for address in _ADDRESS.findall(_undisguised(claim)))
    return all(any(_is_in(address, quote) for quote in quotes) for address in found)


def _is_in(address: str, quote: str) -> bool:
    if address not in quote:
        return False
    ends = _HOST_ENDS if _HOST.fullmatch(address) else _ENDS
    return address.startswith(_MARKUP) or bool(re.search(f"{_BEGINS}{re.escape(address)}{ends}", quote))


def _undisguised(text: str) -> str:
    """Without invisible characters, and with one kind of dot: browsers treat all kinds alike."""
    return _UNSEEN.sub("", text).translate(_OTHER_DOTS)
