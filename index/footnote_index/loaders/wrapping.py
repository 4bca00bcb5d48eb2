"""Joins lines that an editor broke only because they were full.

A line break may also end a headline, a name in an address or a verse: two lines are joined only where the first is
full, or where the second cannot begin a sentence. Lines of a list may be of similar length, too: all lines of a run are
joined only if enough of the breaks are inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from footnote_index.loaders.questions import is_labelled

ITEM = re.compile(r"^\s*+(?:[-*+•‣▪◦–—]|\(?(?:(\d{1,3})|[a-zA-Z])[.)])\s++(?=\S)")
_WIDTHS = range(40, 121)
_NARROW = 20
_MANY_WORDS = 4
_LONGEST_END = 10
_STANDS_ALONE = re.compile(r"(?<!\s)\s*+(?:[*+•‣▪◦–—#|>]|-(?!-?\w))")
_INSIDE = 4  # of so many line breaks of a wrapped paragraph, one at least is clearly inside a sentence
_OPENING = "\"'“”„‘’‚«»‹›([¿¡"
_NEVER_LAST = frozenset(
    word
    for words in {
        "en": "a an the of and or for with by from at in on to",
        "de": "der die das den dem des ein eine einen einem einer eines und oder im am zu zum zur von vom für mit auf"
        " aus bei beim nach seit bis über unter vor durch als wie sowie",
        "fr": "le la les un une des du de d’un d’une et ou à au aux en dans par pour sur avec sans sous chez vers entre"
        " que qui dont",
        "es": "el los las una del y por para con sin sobre que al desde",
        "it": "il lo gli uno di della dei delle dal dalla nel nella che per",
        "nl": "het een van op te met voor",
        "pt": "os um uma da dos das em no na com ao",
    }.values()
    for word in words.split()
)
"""Words before names, dates and, in German, nouns: what follows them begins with a capital or a figure."""

_COLUMNS = re.compile(r"\.{5}|(?:\. ){4}|…{3}|_{5}|\S(?: {4}|\t)")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"([^\W\d_]{2,50})-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"(?<![^\W\d_])[^\W\d_]++-\n\s*+[^\W\d_]++")
_NEXT_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?] +[^\W\d_]")
_LETTER = re.compile(r"\w")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def unwrapped(lines: Sequence[str], words: frozenset[str] = frozenset(), *, breaks_are_soft: bool = False) -> list[str]:
    """A run of lines without a blank one between them. `words` are those of the whole text: a hyphen at the end of a
    line stays if they have the hyphenated word, or both of its parts. `breaks_are_soft`: the format does not show line
    breaks, so only those that end a sentence or a short line are kept.
    """
    joined: list[str] = []
    width = max(map(len, lines), default=0)
    is_wrapped = _seems_wrapped(lines, width) and not _is_list(lines)
    for number, line in enumerate(lines):
        before = lines[number - 1]
        can_go_on = bool(joined) and not _begins_block(before, line, breaks_are_soft=breaks_are_soft)
        if can_go_on and (
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
    in_item = ITEM.match(item)
    if in_item and line[:1].isspace() and not before.endswith("  "):
        return True
    if before.endswith("-") and _HYPHENATED.search(before) and line.lstrip()[:1].islower():
        return True
    starts_small = line.lstrip()[:1].islower()
    is_open = not _ENDS.search(before[-_LONGEST_END:])
    if starts_small and is_open and len(before) >= _NARROW and (in_item or _is_full(before, line, width)):
        return not _COLUMNS.search(before)
    return is_wrapped and not _COLUMNS.search(before)


def _begins_block(before: str, line: str, *, breaks_are_soft: bool) -> bool:
    """Whether a line begins a list item or another block. A number may be part of a sentence, as in `am\\n12. Mai`: in
    formats with soft breaks, no list inside a paragraph begins with it.
    """
    item, last = ITEM.match(line), ITEM.match(before)
    if item and item[1] and item[1] != "1" and not (last and last[1]):
        return not (breaks_are_soft or _ends_inside(before))
    return bool(item) or line.lstrip().startswith(("#", "|", ">")) or is_labelled(line.lstrip())


def _seems_wrapped(lines: Sequence[str], width: int) -> bool:
    are_full = all(_is_full(line, after, width) for line, after in pairwise(lines))
    return width in _WIDTHS and len(lines) > 2 and are_full


def _is_list(lines: Sequence[str]) -> bool:
    """Whether lines that seem wrapped have columns, or almost never break inside a sentence."""
    if _has_columns(lines):
        return True
    inside = sum(map(_is_inside, lines, lines[1:]))
    return inside * _INSIDE < len(lines) - 1


def _is_inside(before: str, line: str) -> bool:
    """Whether a line break is clearly inside a sentence, also in one that began within the line."""
    if _begins_small(line) or before.endswith(",") or _ends_inside(before):
        return True
    return bool(_NEXT_SENTENCE.search(before)) and not _ENDS.search(before[-_LONGEST_END:])


def _has_columns(lines: Sequence[str]) -> bool:
    return 2 * sum(1 for line in lines if _COLUMNS.search(line)) > len(lines)


def _begins_small(line: str) -> bool:
    """Or with a letter that has no capital."""
    first = line.lstrip().lstrip(_OPENING)[:1]
    return first.isalpha() and not first.isupper()


def _ends_inside(line: str) -> bool:
    """Whether its last word cannot end a sentence. After a colon it is a value: "Parking: no", "Language: en"."""
    *before, last = line.rsplit(maxsplit=2) or [""]
    return last in _NEVER_LAST and not (before and before[-1].endswith((":", "?")))


def _is_open(before: str, line: str) -> bool:
    """Whether no sentence ends or can begin at the line break."""
    if before.endswith(("  ", "\\")) or _ENDS.search(before.rstrip()[-_LONGEST_END:]) or _STANDS_ALONE.match(line):
        return False
    is_inside = line.lstrip()[:1].islower() or _ends_inside(before)
    return is_inside or (len(before.split()) >= _MANY_WORDS and ":" not in before)


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
    """Lines in groups, separated by blank lines. Lines of a list that seem wrapped are also groups of their own: who
    reads the text after us must not join them either.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [part for group in groups if group for part in _listed(group)]


def _listed(group: list[str]) -> list[list[str]]:
    """The parts of a group: its head, up to a line that underlines a heading, and the entries of a list."""
    start = max((place for place, line in enumerate(group, 1) if not _LETTER.search(line)), default=0)
    rest = group[start:]
    is_list = _has_columns(rest) or (_seems_wrapped(rest, max(map(len, rest), default=0)) and _is_list(rest))
    if not is_list or any(map(ITEM.match, rest)):
        return [group]
    entries = [group[:start]] if start else []
    for place, line in enumerate(rest):
        if place and (_begins_small(line) or line[:1].isspace()) and not _COLUMNS.search(rest[place - 1]):
            entries[-1].append(line)
        else:
            entries.append([line])
    return entries
