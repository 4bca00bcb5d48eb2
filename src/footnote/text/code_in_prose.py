"""Code in a sentence, whose full stops end none: `./run.sh`, `*.{flac,mp3}`, `artist.*`, `10.` or `192.168.`

The text of an article has no marks around such code, so its shape has to show it.
"""

from __future__ import annotations

import re

_GLUED = re.compile(r"[/\\](?!\s)|[{*%&+=|,]|<[\w/]|[$:](?!\d)")
"""What follows a full stop without a space, and begins no sentence."""

_ALONE = re.compile(r"(?<=\s)\.{1,2}\s+$")
_AFTER_ALONE = re.compile(r"-{1,2}\w|&&|[|<>;*~/\\]")
_NUMBER = re.compile(r"(?<![\w.,:/])\d{1,3}(?:\.\d{1,3}){0,3}\.\s+$")
_AFTER_NUMBERS = re.compile(r"(?:or|and|to|through|as|in|into|on|for|is|are)\b")
_COMMAND = re.compile(r"(?<!\S)[:/$\\-]{1,2}\w{1,30}[!?]\s+$")
_CALLED = re.compile(r"[a-z\d_][!?]$")
_EMPHASIS_ENDS = re.compile(r"[*_]{1,3}(?:\s+(?=[^\W\d_a-z]|[\"“(\[*_])|\s*$)")
_BULLET = re.compile("[•‣⁃▪▸►◆●◦]")
_ENCLOSED = re.compile(
    r"\"[^\"]{1,100}\"|“[^“”]{1,100}”|„[^„“]{1,100}“|«[^«»]{1,100}»|\([^()]{1,200}\)|\[[^\[\]]{1,200}\]"
)
_LONGEST = 60


def is_in_code(text: str, end: int) -> bool:
    """Whether what seems to be the end of a sentence, before the last character of the text, is inside code."""
    before, after = text[max(0, end - _LONGEST) : end], text[end : end + _LONGEST]
    match before[-1]:
        case ".":
            return _GLUED.match(after) is not None or (before[-2:-1].isspace() and after[0] in "/\\")
        case "!" | "?":
            return after[0] in "([{" and _CALLED.search(before) is not None
        case '"' | "'":
            return before[-2:-1] == "." and before[-3:-2].isalnum() and (after[0].islower() or after[0].isdigit())
    if not before[-1].isspace():
        return False
    if _NUMBER.search(before):
        return _AFTER_NUMBERS.match(after) is not None
    if _ALONE.search(before):
        goes_on = after[0].islower() or _AFTER_ALONE.match(after) is not None
        return goes_on and not _is_spaced_out(text)
    return after[0].islower() and _COMMAND.search(before) is not None


def _is_spaced_out(text: str) -> bool:
    """Whether there are spaces before all its signs , as in this line ."""
    return " , " in text or text.rstrip().endswith(" .")


def behind_emphasis(text: str, end: int) -> int:
    """The end of a sentence, moved behind marks of emphasis that close there: `*It is late.* Then`, not `late.* or`."""
    found = _EMPHASIS_ENDS.match(text, end) if text[end - 1] in ".!?" else None
    return found.end() if found else end


def without_inner_bullets(text: str) -> str:
    """With another sign for bullets inside quotation marks and brackets, which begin no item: `(Alice • Bob)`."""
    if text.isascii() or not _BULLET.search(text):
        return text
    return _ENCLOSED.sub(lambda found: _BULLET.sub("&", found[0]), text)
