"""The checks that a claim must pass before anyone sees it. Pure functions: what is shown depends on nothing else.

A claim that names no existing source sentence, or says something that its sentences do not, is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from footnote.models import Candidate, Citation, Claim
from footnote.ports import DraftClaim

_NUMBER = re.compile(r"(?<!\w)[-−]?\d+(?:[.,:]\d+)*|\d+(?:[.,:]\d+)*|[½⅓⅔¼¾⅛²³]")
_QUOTED = re.compile(  # a quotation that is never closed goes on to the end
    r"\"([^\"]*)(?:\"|$)|“([^”]*)(?:”|$)|«([^»]*)(?:»|$)|„([^“”]*)(?:[“”]|$)|(?<!\w)‘([^’]*)(?:’|$)"
)
_WORD = re.compile(r"[^\W_]+")


def ground(drafts: Sequence[DraftClaim], candidates: Mapping[str, Candidate]) -> tuple[Claim, ...]:
    """The claims that pass every check, each with its citations.

    A sentence cited twice has one number; numbers count from 1 in the order of first use.
    """
    numbers: dict[tuple[str, int], int] = {}
    claims = []
    for draft in drafts:
        sources = [candidates[key] for key in dict.fromkeys(draft.keys) if key in candidates]
        if is_grounded(draft.text, [source.quote for source in sources]):
            citations = tuple(cite(source, _number(source, numbers)) for source in sources)
            claims.append(Claim(draft.text, support(draft.text, [source.quote for source in sources]), citations))
    return tuple(claims)


def is_grounded(claim: str, quotes: Sequence[str]) -> bool:
    """Whether the claim says something, shares words with its sources, and its numbers and quotations stand there."""
    return support(claim, quotes) > 0 and has_numbers(claim, quotes) and has_quoted_words(claim, quotes)


def has_numbers(claim: str, quotes: Sequence[str]) -> bool:
    """Every number of the claim stands in a quote, digit by digit."""
    found = {number for quote in quotes for number in _NUMBER.findall(quote)}
    return found.issuperset(_NUMBER.findall(claim))


def has_quoted_words(claim: str, quotes: Sequence[str]) -> bool:
    """Everything in quotation marks in the claim stands in one quote, word by word."""
    said = [_words("".join(groups)) for groups in _QUOTED.findall(claim)]
    return all(any(f" {words} " in f" {_words(quote)} " for quote in quotes) for words in said if words)


def support(claim: str, quotes: Sequence[str]) -> float:
    """The share (0 to 1) of the claim's words that stand in its quotes."""
    words = set(_WORD.findall(claim.casefold()))
    found = {word for quote in quotes for word in _WORD.findall(quote.casefold())}
    return len(words & found) / len(words) if words else 0.0


def cite(source: Candidate, number: int) -> Citation:
    """A citation of a sentence; `article.text[start:end] == quote` holds by construction."""
    article, sentence = source.article, source.sentence
    return Citation(
        number=number,
        article_id=article.id,
        version=article.version,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=sentence.start,
        end=sentence.end,
        quote=source.quote,
    )


def _number(source: Candidate, numbers: dict[tuple[str, int], int]) -> int:
    return numbers.setdefault((source.article.id, source.sentence.start), len(numbers) + 1)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
