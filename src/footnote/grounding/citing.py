"""A sentence as the source that a claim is compared with, and as a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from footnote.checks import QuotedSource
from footnote.checks.source import known
from footnote.grounding.above import Above
from footnote.grounding.fragments import lead_above
from footnote.grounding.prohibited import prohibition_above
from footnote.grounding.short_answers import question_above
from footnote.models import Candidate, Citation, Evidence
from footnote.text.items import ITEM
from footnote.text.languages import language_of

_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|them|his|her|hers|its|their|theirs|this|these|those|such|both|former|latter)\b"
    r"|\bthe\s+(?-i:[a-z]+)\b",
    re.IGNORECASE,
)
_READ = 1500
"""Characters of sentences and what stands before them that are read with a claim: about 350 tokens."""

_FURTHEST = 3
"""How many sentences to go back for one that does not point back itself."""


def source_of(candidate: Candidate) -> QuotedSource:
    article = candidate.article
    header = " ".join(filter(None, [article.title, article.source, article.author]))
    above, question, lead = prohibition_above(candidate), question_above(candidate), lead_above(candidate)
    return QuotedSource(
        candidate.as_read,
        header,
        article.published,
        before(candidate),
        language_of(article.text),
        above.text if above else "",
        question.text if question else "",
        lead.text if lead else "",
    )


def said_above(candidate: Candidate) -> Above | None:
    """What has to be said before a sentence, as it would say something else or nothing without it."""
    return prohibition_above(candidate) or question_above(candidate)


def before(candidate: Candidate) -> str:
    """The text before a sentence that points back ("she", "the company") or is an item of a list; empty for others.

    The sentence right before it, and those before that up to the one that says who is meant; for a list, its lead-in
    and the beginning of the article.
    """
    text, sentences = candidate.article.text, candidate.passage.sentences
    if candidate.sentence not in sentences:
        return ""
    quotes = [text[one.start : one.end] for one in sentences[: sentences.index(candidate.sentence)]]
    if ITEM.match(candidate.quote):
        above = [quote for quote in quotes if not ITEM.match(quote)]
        return " ".join([*_opening(candidate), *above[-1:]])
    found: list[str] = []
    said = candidate.quote
    while quotes and len(found) < _FURTHEST and _POINTS_BACK.search(said):
        said = quotes.pop()
        found.insert(0, said)
    return " ".join(found)


def _opening(candidate: Candidate) -> list[str]:
    """The first sentence of the passage that is not a heading."""
    text = candidate.article.text
    quotes = (text[one.start : one.end] for one in candidate.passage.sentences)
    return [quote for quote in quotes if not quote.startswith("#") and not ITEM.match(quote)][:1]


def evidence_of(cited: tuple[Candidate, ...]) -> Evidence:
    """Cited sentences as the trained reader reads them with a claim: each after the text that it points back to, if
    there is room, and before the days that it means, which a small model cannot work out.
    """
    first = cited[0].article
    day = f"{first.published.day} {first.published:%B %Y}" if first.published else ""
    room = _READ - sum(len(one.quote) for one in cited)
    read = dict[str, None]()
    for one in cited:
        above = said_above(one)
        context = above.text if above else before(one)
        if context and len(context) <= room:
            room -= len(context)
            read[known(QuotedSource(context, published=one.article.published))] = None
        read[known(QuotedSource(one.as_read, published=one.article.published))] = None
    return Evidence(" · ".join(filter(None, [first.title, day])), tuple(read))


def cited_source(citation: Citation) -> QuotedSource:
    """As far as the citation says: it does not name the author."""
    header = " ".join(filter(None, [citation.title, citation.source]))
    return QuotedSource(citation.quote, header, citation.published, language=language_of(citation.quote))


def cite(source: Candidate, number: int) -> Citation:
    """A citation of a sentence."""
    return Citation.of(source.article, source.sentence, number)


def with_what_is_above(claim: str, cited: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each after the sentence that has to be said before it, if there is one, or that the claim begins with."""
    found = dict[Candidate, None]()
    for one in cited:
        above = said_above(one) or _lead_said(claim, one)
        if above and above.sentence:
            found[replace(one, sentence=above.sentence)] = None
        found[one] = None
    return tuple(found)


def _lead_said(claim: str, candidate: Candidate) -> Above | None:
    lead = lead_above(candidate)
    return lead if lead and claim.startswith(lead.text) else None
