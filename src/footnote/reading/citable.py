"""Which sentences of a passage may be cited, and what is above them."""

from __future__ import annotations

import re

from footnote.models import Passage, Sentence
from footnote.models.structure import names_columns
from footnote.reading.label_lines import is_label_line

QUESTION = re.compile(r"[?؟？]!*[\s\"'”’»）」』)\]]*$")
_HEADING = re.compile(r"\A(?:#{1,6}\s|[=*_-]{3,}$)")
_WORD = re.compile(r"[^\W_]")
_MARKS = " \t*_"
_SHORT = 25  # words
_DOCUMENT = (
    r"(?:sections?|chapters?|pages?|documentation|docs|guides?|manual|handbook|tutorial|terms|appendix|examples?|faq"
    r"|reference|readme|wiki|(?:more|further) information)"
)
_TOLD = r"(?:information|info|details?|documentation|instructions|examples?|explanation|description|list)"
_ADVISES = (
    r".*(?:[:;]\s|\b(?:if|when|whenever|unless|before|after|until|because|from|that|which|who|must|should|has|have|was"
    r"|doctor|nurse|physician|dentist|vet|pharmacist|specialist|lawyer|manager|team|staff|office)\b)"
)
"""A condition, a reason or a person to see: "See a doctor if you have one of the symptoms above"."""
_POINTS_ELSEWHERE = re.compile(
    r"\A[^\w|]*(?:(?:please|also|but|and|or)\W+)*(?:"
    rf"(?:see|refer to|consult)\b(?!{_ADVISES})(?:"
    rf"[^,;:]{{0,90}}\b(?:{_DOCUMENT}\b|(?:below|above|details|here)\W*\Z)|\s\[|\s(?:below|above|here) for\b)"
    rf"|for (?:(?:more|further|additional|detailed|full|complete|all|the|a)\s){{1,3}}(?:{_TOLD}|on|about)\b"
    r"[^.;]{0,80}?\b(?:see|refer to|read|consult|visit)\b"
    rf"|(?:to|for|if you want to) [^.,;:]{{1,80}}?,? (?:please )?(?:see|refer to|consult)\b(?!{_ADVISES})"
    rf"[^,;:]{{0,90}}\b(?:{_DOCUMENT}\b|(?:below|above|details|here)\W*\Z)"
    r"|for [^.,;:]{1,80}?,? (?:please )?see: [^\d]*\Z"
    rf"|(?:more|further|additional|detailed) {_TOLD}\b[^,;:]{{0,80}}\b(?:(?:can|may) be found\b"
    r"|(?:is|are) (?:(?:found|available|given|described) )?(?:at|in|on)\b"
    rf"|(?:at|in|on)\b[^,;:]{{0,60}}\b{_DOCUMENT}\W*\Z))",
    re.IGNORECASE | re.DOTALL,
)
_POINTED_AT = re.compile(r"\s\(https?://[^\s()]++(?:\([^\s()]*+\)[^\s()]*+)*\)")
"""What loaders add to a link whose words only point: "See here (https://...) for details."."""

_GIVES_ADDRESS = re.compile(r"@|\d(?:[\s()/.-]{0,2}\d){5}")
_ASKS_WHERE = re.compile(
    r"\bwhere\b|\b(?:links?|urls?|docs?|documentation|documented|websites?|sources?|pages?|chapters?|sections?|manuals?|guides?"
    r"|tutorials?|described|explained|look up|learn|read|find out|details|info|more (?:about|on|information))\b",
    re.IGNORECASE,
)


def header(passage: Passage) -> str:
    """Title, headings and day of publication on one line."""
    article = passage.article
    day = f"{article.published.day} {article.published:%B %Y}" if article.published else ""
    return " · ".join(filter(None, [article.title, *passage.headings, day]))


def is_citable(text: str, sentence: Sentence) -> bool:
    """Headings, questions, the lead-ins of lists, labels of paragraphs and column names match a question's words best
    of all, and answer nothing.
    """
    quote = text[sentence.start : sentence.end]
    states_something = _WORD.search(quote) and not (
        _HEADING.match(quote) or QUESTION.search(quote) or quote.rstrip(_MARKS).endswith((":", "："))
    )
    if not states_something or names_columns(text, sentence.start, sentence.end):
        return False
    return not is_label_line(text, sentence.start)


def points_elsewhere(quote: str) -> bool:
    """Whether a sentence only names the place where something stands: "See the licence terms for details"."""
    quote = _POINTED_AT.sub("", quote)
    is_short = len(quote.split()) <= _SHORT
    return is_short and bool(_POINTS_ELSEWHERE.match(quote)) and not _GIVES_ADDRESS.search(quote)


def asks_where(question: str) -> bool:
    """Whether a sentence that points elsewhere may answer a question."""
    return bool(_ASKS_WHERE.search(question))
