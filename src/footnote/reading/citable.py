"""Which sentences of a passage may be cited, and what is above them."""

from __future__ import annotations

import re

from footnote.models import Passage, Sentence
from footnote.models.structure import names_columns

QUESTION = re.compile(r"[?؟？]!*[\s\"'”’»）」』)\]]*$")
_HEADING = re.compile(r"\A(?:#{1,6}\s|[=*_-]{3,}$)")
_WORD = re.compile(r"[^\W_]")
_MARKS = " \t*_"
_SHORT = 25  # words
_POINTS_ELSEWHERE = re.compile(
    r"\A[\W_]*(?:(?:please|also|but|and|or)\W+)*(?:"
    r"(?:see|refer to|consult)\b.{0,90}\b(?:sections?|chapters?|pages?|documentation|docs|guides?|manual|tutorial|terms"
    r"|below|above|details|here|appendix|examples?|faq|reference|readme|wiki|(?:more|further) information)\b"
    r"|(?:see|refer to|consult)\s\["
    r"|for (?:more|further|additional|the full|all) [^.]{1,80}?\b(?:see|refer to|read|consult|visit)\b"
    r"|(?:more|further|additional|detailed) (?:information|details|documentation|instructions|examples)\b.{0,90}"
    r"\b(?:found|available|in|at|on)\b)",
    re.IGNORECASE,
)
_ASKS_WHERE = re.compile(
    r"\bwhere\b|\b(?:links?|urls?|docs?|documentation|documented|websites?|sources?|pages?|chapters?|sections?|manuals?|guides?"
    r"|tutorials?|described|explained|look up|learn|read|find out|details|more (?:about|on|information))\b",
    re.IGNORECASE,
)


def header(passage: Passage) -> str:
    """Title, headings and day of publication on one line."""
    article = passage.article
    day = f"{article.published.day} {article.published:%B %Y}" if article.published else ""
    return " · ".join(filter(None, [article.title, *passage.headings, day]))


def is_citable(text: str, sentence: Sentence) -> bool:
    """Headings, questions, the lead-ins of lists and column names match a question's words best of all, and answer
    nothing.
    """
    quote = text[sentence.start : sentence.end]
    states_something = _WORD.search(quote) and not (
        _HEADING.match(quote) or QUESTION.search(quote) or quote.rstrip(_MARKS).endswith((":", "："))
    )
    return bool(states_something) and not names_columns(text, sentence.start, sentence.end)


def points_elsewhere(quote: str) -> bool:
    """Whether a sentence only names the place where something stands: "See the licence terms for details"."""
    return len(quote.split()) <= _SHORT and bool(_POINTS_ELSEWHERE.match(quote))


def asks_where(question: str) -> bool:
    """Whether a sentence that points elsewhere may answer a question."""
    return bool(_ASKS_WHERE.search(question))
