"""What is shown where a program writes something into a sentence: `Needs Java <Version/> or newer.` Without a mark,
the sentence would look whole.
"""

from __future__ import annotations

import re

_GAP = "…"
_HEADING = re.compile(r"\A\s*+#{1,6}\s")
_MARKS = re.compile(r"\A[\s>]*+(?:[-*+]|\d{1,9}[.)])\s+")
_WORD = re.compile(r"\w")
_IS_ENDED = re.compile(r"[.!?。！？…][\"'”’)*_]*\s*\Z")
_FIRST_LETTER = re.compile(r"\A[\s*_]*+(\w)")
_NEEDS_NO_SPACE = re.compile(r"\A[*_]*+(?:[\s.,;:!?)]|\Z)")


def in_place_of_text(before: str, after: str) -> str:
    """A mark, or nothing where no sentence goes on: at the end of a heading, for a symbol before a name. `before` and
    `after`: the other text of the line.
    """
    if before.lstrip().startswith("|"):
        before, after = before.rpartition("|")[2], after.partition("|")[0]
        return _GAP if _WORD.search(before) or not after.strip() or _begins_small(after) else ""
    has_words = _WORD.search(_MARKS.sub("", before, count=1)) is not None
    if _HEADING.match(before):
        return _GAP if has_words and _WORD.search(after) else ""
    if has_words and not _IS_ENDED.search(before):
        return _GAP
    return _GAP if _begins_small(after) else ""


def _begins_small(text: str) -> bool:
    found = _FIRST_LETTER.match(text)
    return found is not None and found[1].islower()


def joined(before: str, shown: str, after: str) -> str:
    """`before` and what is shown behind it, without a space that nothing follows: `**so **` would not be bold."""
    if not shown and _NEEDS_NO_SPACE.match(after):
        return before.rstrip(" ")
    return before + shown


def remark_on(names: list[str]) -> str | None:
    """`text that a program writes, shown as “…” (Version)`."""
    shown = ", ".join(dict.fromkeys(names))
    return f"text that a program writes, which is shown as “{_GAP}” ({shown[:100]})" if names else None
