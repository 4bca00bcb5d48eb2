"""The sentence that says what another one is about, where that one does not say so itself."""

from __future__ import annotations

import re

from footnote.models import Candidate, Sentence
from footnote.text.items import begun_at

_PRONOUN = re.compile(
    r"(?:[-*+•]\s+)?(?:He|She|It|They|This|These|That|Those|His|Her|Its|Their|Both|Such|The (?:former|latter|same))\b"
)
_LABEL = re.compile(
    r"(?:[-*+•]|\d{1,3}[.)])\s+(?:\*\*)?\[?(?:`|--?[A-Za-z]|[A-Za-z]\w+\.[a-z]\w|[A-Za-z]\w*_\w)\S*(?:\s+\S+){0,11}\Z"
)
"""A list item that begins with a setting, option or command, in a few words."""


def subject_of(candidate: Candidate) -> Sentence | None:
    """The sentence before one that begins with a pronoun, in the same passage."""
    at = _place(candidate)
    return candidate.passage.sentences[at - 1] if at and _PRONOUN.match(candidate.quote) else None


def label_of(candidate: Candidate) -> Sentence | None:
    """The beginning of the list item that a sentence explains, if that only names something: "`cache.ttl` (300)"."""
    text = candidate.article.text
    first = begun_at(text, candidate.passage.sentences, _place(candidate))
    is_label = first and first != candidate.sentence and _LABEL.match(text, first.start, first.end)
    return first if is_label else None


def is_label(candidate: Candidate) -> bool:
    """Whether the sentence begins a list item and only names a setting, option or command."""
    return bool(_LABEL.match(candidate.quote))


def context_of(candidate: Candidate) -> list[Sentence]:
    """Both, as far as there are any, in reading order."""
    found = filter(None, [label_of(candidate), subject_of(candidate)])
    return list(dict.fromkeys(found))


def _place(candidate: Candidate) -> int:
    sentences = candidate.passage.sentences
    return sentences.index(candidate.sentence) if candidate.sentence in sentences else 0
