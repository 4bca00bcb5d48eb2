"""The sentence that says what another one is about, where that one does not say so itself."""

from __future__ import annotations

import re
from dataclasses import replace

from footnote.answering.lists import place_of, start_of_item
from footnote.grounding.citing import said_above
from footnote.grounding.fragments import lead_above
from footnote.grounding.short_answers import leaves_out, question_above
from footnote.models import Candidate, Sentence
from footnote.text.items import ITEM
from footnote.text.lead_ins import below_list

_PRONOUN = re.compile(
    r"(?:[-*+•]\s+)?(?:He|She|It|They|This|These|That|Those|His|Her|Its|Their|Both|Such|The (?:former|latter|same))\b"
)
_LABEL = re.compile(
    r"(?:[-*+•]|\d{1,3}[.)])\s+(?:\*\*)?\[?(?:`|--?[A-Za-z]|[A-Za-z]\w+\.[a-z]\w|[A-Za-z]\w*_\w)\S*(?:\s+\S+){0,11}\Z"
)
"""A list item that begins with a setting, option or command, in a few words."""

_FURTHEST = 3  # sentences

_OPENS = re.compile(
    r"\A(?:[-*+•]\s+)?(?:[^,;]{0,80}\b(?:until|till|since|by|from) then\b|(?:until|before|after) (?:that|this|these)\b"
    r"|(?:in|under) (?:that|this|these|those|such|either|both) cases?\b|if (?:so|not)\b|otherwise\b|instead\b(?! of)"
    r"|afterwards\b|(?:at|from|by) that (?:time|point|moment|day|date)\b|(?:everybody|everyone|anybody|anyone) else\b"
    r"|(?:all|the) others\b|the same (?:applies|goes|holds)\b"
    r"|(?:this|doing (?:this|so)|that) (?:also |only )?(?:will|would|should|can|could|may|might|must|won['’]t|fixes"
    r"|solves|stops|prevents|allows|lets|makes|removes|disables|enables|causes|helps|ensures|requires|works|takes)\b)",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with what the one before says."""

_CODE_ABOVE = re.compile(
    r"\b(?:commands?|code|snippet|lines?|example)\s+above\b|\babove\s+(?:command|code)", re.IGNORECASE
)
_ABOVE = re.compile(
    r"\b(?:the|this|these|those|both|all)\s+(?:\w+\s+)?(?:commands?|code|snippet|example|lines?|steps?|lists?|tables?"
    r"|rules?|instructions?|settings?|options?|prices?|fees?|times?|hours?|days?|address(?:es)?|numbers?|figures?|links?"
    r"|forms?|exceptions?|conditions?|requirements?|points?|items?)\s+above\b(?!\s+(?:the|a|an|\d))"
    r"|\bthe above\b|\babove-mentioned\b|\bas (?:described|shown|explained|stated|mentioned) above\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\A(?!.*\b(?:if|when|because|and|or|a|an|the|your|our|their|each|every|any|no|this|that)\b)"
    r"(?:[!/`]?\w[\w`'’-]*\s+){1,3}(?:it|them)"
    r"(?:[.!]\Z|\s+(?:in|on|at|to|for|from|with|by|before|after|up|off|out|back|again|here|there|only|first)\b)",
    re.IGNORECASE,
)
"""A few words about a thing that the sentence does not name: "!cancel undoes it."."""


_SEE_NOTE = re.compile(r"\bsee (?:the )?(?:foot)?notes? (?:below|underneath|at the (?:end|bottom))\b", re.IGNORECASE)


def subject_of(candidate: Candidate) -> Sentence | None:
    """The sentence before one that begins with a pronoun, in the same passage."""
    at = place_of(candidate)
    return candidate.passage.sentences[at - 1] if at > 0 and _PRONOUN.match(candidate.quote) else None


def pointed_to(candidate: Candidate) -> list[Sentence]:
    """The sentences of the passage without which this one says nothing, in reading order: what "until then", "the
    command above" or "it" points to, and what "Residents can." leaves out.
    """
    found: list[Sentence] = []
    while len(found) < _FURTHEST and (before := _right_before(candidate)):
        found.insert(0, before)
        candidate = replace(candidate, sentence=before)
    return found


def _right_before(candidate: Candidate) -> Sentence | None:
    quote, at = candidate.quote, place_of(candidate)
    if at < 1 or candidate.is_code or quote.startswith("|"):
        return None
    earlier = [replace(candidate, sentence=one) for one in candidate.passage.sentences[:at]]
    code = next((one.sentence for one in reversed(earlier) if one.is_code), None)
    if code and _CODE_ABOVE.search(quote):
        return code
    points = _OPENS.match(quote) or _ABOVE.search(quote) or _OBJECT.match(quote)
    is_short = leaves_out(quote) and question_above(candidate) is None
    return earlier[-1].sentence if (points or is_short) and not earlier[-1].quote.startswith("#") else None


def note_below(candidate: Candidate) -> Sentence | None:
    """The sentence below the list that an item points to: "Browsing by folders (see note below)"."""
    is_item = ITEM.match(candidate.quote) and _SEE_NOTE.search(candidate.quote)
    return below_list(candidate.article.text, candidate.sentence.start) if is_item else None


def label_of(candidate: Candidate) -> Sentence | None:
    """The beginning of the list item that a sentence explains, if that only names something: "`cache.ttl` (300)"."""
    first = start_of_item(candidate)
    return first if first and _LABEL.match(candidate.article.text, first.start, first.end) else None


def is_label(candidate: Candidate) -> bool:
    """Whether the sentence begins a list item and only names a setting, option or command."""
    return bool(_LABEL.match(candidate.quote))


def context_of(candidate: Candidate) -> list[Sentence]:
    """All of these and what stands over it, as far as there are any, in reading order."""
    over = said_above(candidate) or lead_above(candidate)
    pointed = [over.sentence if over else None, label_of(candidate), *pointed_to(candidate), subject_of(candidate)]
    return list(dict.fromkeys(filter(None, [*pointed, note_below(candidate)])))
