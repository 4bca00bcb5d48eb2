"""Lists in articles: which sentences are an item together, and which items are a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from footnote.checks.words import content
from footnote.models import Candidate, Sentence
from footnote.models.structure import outline_of
from footnote.reading.citable import is_citable
from footnote.reading.statements import is_only_named
from footnote.text.items import ITEM, begun_at
from footnote.text.lead_ins import item_around
from footnote.text.prose import without_mark

_NUMBERED = re.compile(r"(\d{1,3})[.)]\s")
_MARKS = " *_`"
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LABELLED = re.compile(r"[-*+•]\s+[*_]{0,3}([^:|\n]{1,60}?)[*_]{0,3}:[*_]{0,3}\s+\S")
"""An item such as "Press: press@example.org"."""


def list_around(candidate: Candidate, *, introduced: bool = False) -> list[Sentence]:
    """What is said of the list that the candidate belongs to or introduces, in its passage: the first sentence of each
    item, and its code. Empty if there is none.
    """
    text, whole = candidate.article.text, _whole_list(candidate, introduced=introduced)
    said = [one for one in whole if ITEM.match(text, one.start) or outline_of(text).is_code(one.start)]
    return [one for one in said if is_citable(text, one)]


def is_cut_list(chosen: Sequence[Candidate]) -> bool:
    """Whether two or more of them are items of a list that has others."""
    places = {(one.article.id, one.sentence.start) for one in chosen}
    for one in chosen:
        items = list_around(one)
        given = [item for item in items if (one.article.id, item.start) in places]
        if len(given) > 1 and (len(given) < len(items) or _goes_on(one.article.text, _whole_list(one))):
            return True
    return False


def _goes_on(text: str, whole: Sequence[Sentence]) -> bool:
    """Whether another item stands before or after those that are in one passage."""
    lines_before = text[: whole[0].start].rstrip().rsplit("\n", 1)
    return bool(ITEM.match(text[whole[-1].end :].lstrip("` \n\r")) or ITEM.match(lines_before[-1].lstrip()))


def named_items(question: str, candidate: Candidate) -> list[Sentence]:
    """The items that a question names, of a list whose items all have labels and to which the candidate belongs:
    "Label: value", or a label with items inside of it, which are named with it. None if it names no item, or all. A
    word names an item only if no other item has it, nor what stands above them.
    """
    text, items = candidate.article.text, list_around(candidate)
    labels = [_label(text, items, at) for at in range(len(items))]
    owners = [_outermost(text, items, at) for at in range(len(items))]
    outer = [at for at, owner in enumerate(owners) if at == owner]
    if len(outer) < 2 or not all(labels[at] for at in outer):
        return []
    words = [content(labels[at]) for at in outer]
    above = content(" ".join([candidate.article.title, *candidate.article.sections_at(candidate.sentence.start)]))
    asked = content(question) - above
    own = [mine - frozenset().union(*words[:at], *words[at + 1 :]) for at, mine in enumerate(words)]
    named = {item for item, mine in zip(outer, own, strict=True) if mine & asked}
    return [one for one, owner in zip(items, owners, strict=True) if owner in named] if len(named) < len(outer) else []


def _label(text: str, items: Sequence[Sentence], at: int) -> str:
    """With the words of `-DNetThreads` and `net_threads` by themselves; empty for an item without one."""
    one = items[at]
    labelled = _LABELLED.match(text, one.start, one.end)
    may_go_on = at + 1 == len(items) or _outermost(text, items, at + 1) == at
    is_name = may_go_on and is_only_named(without_mark(text[one.start : one.end]))
    found = labelled[1] if labelled else text[one.start : one.end] if is_name else ""
    return f"{found} {_HUMP.sub(' ', found).replace('_', ' ')}".strip()


def _outermost(text: str, items: Sequence[Sentence], at: int) -> int:
    """The place of the item of the list that it is inside of, or of itself."""
    place = at
    while (around := item_around(text, items[place].start)) and around in items[:place]:
        place = items.index(around)
    return place


def start_of_item(candidate: Candidate) -> Sentence | None:
    """The first sentence of the list item that the candidate goes on with, as it often names what the others are about:
    "Timeout: how long it waits. The default is 30."
    """
    at = place_of(candidate)
    first = begun_at(candidate.article.text, candidate.passage.sentences, at)
    return first if first != candidate.sentence else None


def next_in_item(candidate: Candidate) -> Sentence | None:
    """The sentence that goes on with the candidate's list item on the same line."""
    sentences, at = candidate.passage.sentences, place_of(candidate)
    if not 0 <= at < len(sentences) - 1:
        return None
    owners = _owners(candidate)
    is_one_line = "\n" not in candidate.article.text[sentences[at].end : sentences[at + 1].start]
    return sentences[at + 1] if is_one_line and owners[at + 1] == owners[at] >= 0 else None


def _whole_list(candidate: Candidate, *, introduced: bool = False) -> Sequence[Sentence]:
    sentences, at, owners = candidate.passage.sentences, place_of(candidate), _owners(candidate)
    if introduced and 0 <= at < len(sentences) - 1 and owners[at] < 0:
        at += 1
        if (_number(candidate.article.text, sentences[at]) or 1) > 1:
            return []  # it goes on with another list
    if at < 0 or owners[at] < 0:
        return []
    first = last = at
    while first and owners[first - 1] >= 0:
        first -= 1
    while last + 1 < len(sentences) and owners[last + 1] >= 0:
        last += 1
    return sentences[first : last + 1]


def place_of(candidate: Candidate) -> int:
    """Which sentence of its passage it is, counted from 0; -1 if it is none."""
    sentences = candidate.passage.sentences
    return sentences.index(candidate.sentence) if candidate.sentence in sentences else -1


def _owners(candidate: Candidate) -> list[int]:
    """For each sentence of the passage, the place of the one that begins its item; -1 outside lists. An item goes on to
    the end of its line and with its code; one with a number goes on to the next number.
    """
    text, sentences = candidate.article.text, candidate.passage.sentences
    owners: list[int] = []
    for at, one in enumerate(sentences):
        goes_on = bool(owners) and ("\n" not in text[sentences[at - 1].end : one.start] or _has_code(candidate, at))
        owners.append(at if ITEM.match(text, one.start) else owners[-1] if goes_on else -1)
    for start, after in pairwise([at for at, owner in enumerate(owners) if owner == at]):
        between = range(start + 1, after)
        numbers = [_number(text, sentences[at]) for at in (start, after)]
        is_next = numbers[0] is not None and numbers[1] == numbers[0] + 1
        if is_next and not any(text.startswith("#", sentences[at].start) for at in between):
            owners[start:after] = [start] * (after - start)
    return owners


def _has_code(candidate: Candidate, at: int) -> bool:
    """Whether a sentence is code of the item above it: of a step, of one that ends with a colon, or of one that another
    item follows. Other code below a list is not part of it.
    """
    text, sentences = candidate.article.text, candidate.passage.sentences
    is_code = outline_of(text).is_code
    if not is_code(sentences[at].start):
        return False
    before = next((one for one in reversed(sentences[:at]) if not is_code(one.start)), None)
    after = next((one for one in sentences[at:] if not is_code(one.start)), None)
    if before is None:
        return False
    introduces = text[before.start : before.end].rstrip(_MARKS).endswith(":")
    is_step = _number(text, before) is not None
    return introduces or is_step or (after is not None and ITEM.match(text, after.start) is not None)


def _number(text: str, sentence: Sentence) -> int | None:
    found = _NUMBERED.match(text, sentence.start)
    return int(found[1]) if found else None
