"""The first sentence of an article, which says what all of its parts are about."""

from __future__ import annotations

from functools import lru_cache

from footnote.models import Passage
from footnote.reading.citable import is_citable
from footnote.text.items import ITEM
from footnote.text.sentences import split_sentences

_BEGINNING = 1500
"""Characters in which a lead begins, if the article has one."""
_FEWEST_WORDS, _MOST_WORDS = 7, 40


def lead(passage: Passage) -> str:
    """Of the passage's article, and cut where it is long. Empty if the passage has it, or the article has none."""
    first = _first_sentence(passage.article.text[: 2 * _BEGINNING])
    return "" if first in passage.text else " ".join(first.split()[:_MOST_WORDS])


@lru_cache(maxsize=500)
def _first_sentence(text: str) -> str:
    """Below titles, bylines and headings, which are shorter."""
    for sentence in split_sentences(text):
        if sentence.start > _BEGINNING:
            break
        quote = text[sentence.start : sentence.end]
        is_prose = len(quote.split()) >= _FEWEST_WORDS and not (quote.startswith("|") or ITEM.match(quote))
        if is_prose and is_citable(text, sentence):
            return quote
    return ""
