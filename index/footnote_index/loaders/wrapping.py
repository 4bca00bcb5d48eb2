"""Joins lines that an editor broke only because they were full.

A line break may also end a headline, a name in an address or a verse: two lines are joined only where the first is
full, or where the second cannot begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

ITEM = re.compile(r"^\s*+(?:[-*+•‣▪◦–—]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s++(?=\S)")
_WIDTHS = range(40, 121)
_NARROW = 20
_MANY_WORDS = 4
_LONGEST_END = 10
_STANDS_ALONE = re.compile(r"(?<!\s)\s*+(?:[-*+•‣▪◦–—#|>]|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s)")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]{2,50})-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"(?<![^\W\d_])[^\W\d_]++-\n\s*+[^\W\d_]++")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def unwrapped(lines: Sequence[str], words: frozenset[str] = frozenset(), *, breaks_are_soft: bool = False) -> list[str]:
    """A run of lines without a blank one between them. `words` are those of the whole text: a hyphen at the end of a
    line stays if they have the hyphenated word, or both of its parts. `breaks_are_soft`: the format does not show line
    breaks, so only those that end a sentence or a short line are kept.
    """
    joined: list[str] = []
    width = max(map(len, lines), default=0)
    are_full = all(_is_full(line, after, width) for line, after in pairwise(lines))
    is_wrapped = width in _WIDTHS and len(lines) > 2 and are_full
    for number, line in enumerate(lines):
        before = lines[number - 1]
        if joined and (
            _goes_on(before, line, width, joined[-1], is_wrapped=is_wrapped)
            or (breaks_are_soft and _is_open(before, line))
        ):
            joined[-1] = _join(joined[-1], line.strip(), words)
        else:
            joined.append(line)
    return joined


def words_of(text: str) -> frozenset[str]:
    """Its words in lower case, with hyphens, without those cut by a line's end; empty if no word is cut."""
    if "-\n" not in text:
        return frozenset()
    return frozenset(_WORD.findall(_CUT.sub(" ", text.lower())))


def _goes_on(before: str, line: str, width: int, item: str, *, is_wrapped: bool) -> bool:
    if ITEM.match(line) or line.lstrip().startswith(("#", "|", ">")):
        return False
    in_item = ITEM.match(item)
    if in_item and line[:1].isspace() and not before.endswith("  "):
        return True
    if before.endswith("-") and _HYPHENATED.search(before) and line.lstrip()[:1].islower():
        return True
    starts_small = line.lstrip()[:1].islower()
    is_open = not _ENDS.search(before[-_LONGEST_END:])
    if starts_small and is_open and len(before) >= _NARROW and (in_item or _is_full(before, line, width)):
        return True
    return is_wrapped


def _is_open(before: str, line: str) -> bool:
    """Whether no sentence ends or can begin at the line break."""
    if before.endswith(("  ", "\\")) or _ENDS.search(before.rstrip()[-_LONGEST_END:]) or _STANDS_ALONE.match(line):
        return False
    return line.lstrip()[:1].islower() or (len(before.split()) >= _MANY_WORDS and ":" not in before)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would have made this line wider than all others."""
    first = after.split(maxsplit=1)
    return bool(first) and len(line) + 1 + len(first[0]) > width


def _join(line: str, after: str, words: frozenset[str]) -> str:
    broken = _HYPHENATED.search(line) if line.endswith("-") else None
    rest = _FIRST_WORD.match(after)
    if not (broken and rest and rest[0][0].islower()):
        return f"{line.rstrip()} {after}"
    one, other = broken[1].lower(), rest[0].lower()
    is_compound = f"{one}-{other}" in words or (one in words and other in words)
    return line + after if is_compound else line[:-1] + after


def runs(lines: Iterable[str]) -> list[list[str]]:
    """Lines in groups, separated by blank lines."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]
