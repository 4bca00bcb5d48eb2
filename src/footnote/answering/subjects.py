"""The sentence that says what another one is about, where that one does not say so itself."""

from __future__ import annotations

import re

from footnote.answering.lists import place_of, start_of_item
from footnote.models import Candidate, Sentence

_PRONOUN = re.compile(
    r"(?:[-*+•]\s+)?(?:He|She|It|They|This|These|That|Those|His|Her|Its|Their|Both|Such|The (?:former|latter|same))\b"
)
_LABEL = re.compile(
    r"(?:[-*+•]|\d{1,3}[.)])\s+(?:\*\*)?\[?(?:`|--?[A-Za-z]|[A-Za-z]\w+\.[a-z]\w|[A-Za-z]\w*_\w)\S*(?:\s+\S+){0,11}\Z"
)
"""A list item that begins with a setting, option or command, in a few words."""


def subject_of(candidate: Candidate) -> Sentence | None:
    """The sentence before one that begins with a pronoun, in the same passage."""
    at = place_of(candidate)
    return candidate.passage.sentences[at - 1] if at > 0 and _PRONOUN.match(candidate.quote) else None


def label_of(candidate: Candidate) -> Sentence | None:
    """The beginning of the list item that a sentence explains, if that only names something: "`cache.ttl` (300)"."""
    first = start_of_item(candidate)
    return first if first and _LABEL.match(candidate.article.text, first.start, first.end) else None


def is_label(candidate: Candidate) -> bool:
    """Whether the sentence begins a list item and only names a setting, option or command."""
    return bool(_LABEL.match(candidate.quote))


def context_of(candidate: Candidate) -> list[Sentence]:
    """Both, as far as there are any, in reading order."""
    found = filter(None, [label_of(candidate), subject_of(candidate)])
    return list(dict.fromkeys(found))
