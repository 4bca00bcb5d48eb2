"""Questions of an evaluation set, and the sentences that answer them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from footnote.models import Hit

_ENOUGH = 15
"""Characters of a cited sentence without white space: a shorter one may be in a gold sentence by chance."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence that answers a question: the stem of its article's file name, and its text without white space."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and its gold sentences; there are none if the articles do not answer it."""

    text: str
    is_answerable: bool
    gold: tuple[Gold, ...]


def squeeze(text: str) -> str:
    """Text without white space, as the sets compare it."""
    return re.sub(r"\s+", "", text)


def holds(hit: Hit, gold: Gold) -> bool:
    """Whether a retrieved passage holds a gold sentence."""
    return _stem(hit.passage.article.id) == gold.article and gold.text in squeeze(hit.passage.text)


def is_gold(article_id: str, quote: str, gold: tuple[Gold, ...]) -> bool:
    """Whether a cited sentence is a gold sentence, or one is part of the other (sentences are cut differently)."""
    text = squeeze(quote)
    return len(text) > _ENOUGH and any(
        _stem(article_id) == one.article and (text in one.text or one.text in text) for one in gold
    )


def _stem(article_id: str) -> str:
    return PurePosixPath(article_id).stem
