"""Which sentences of a passage may be cited, and what is above them."""

from __future__ import annotations

import re

from footnote.models import Passage, Sentence
from footnote.models.structure import names_columns

QUESTION = re.compile(r"[?؟？]!*[\s\"'”’»）」』)\]]*$")
_HEADING = re.compile(r"\A(?:#{1,6}\s|[=*_-]{3,}$)")
_WORD = re.compile(r"[^\W_]")
_MARKS = " \t*_"


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
