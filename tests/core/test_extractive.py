"""The answers that need no key: which source sentences are said, and in which order."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.extractive import MAX_SENTENCES, ExtractiveAnswerer, choose
from footnote.grounding import ground
from footnote.models import Article, Candidate, Passage, Sentence
from footnote.ports import Draft, DraftClaim
from footnote.sentences import split_sentences

Offered = dict[str, Candidate]
FAR = 0.5
"""Two sentences this far apart are never said together; where exactly the line lies is the calibration's to move."""


def offered(*articles: tuple[str, list[float]]) -> Offered:
    """The sentences of articles, each with its score, under keys as `Answering` gives them: best first."""
    found = []
    for number, (text, scores) in enumerate(articles):
        passage = Passage(Article(f"{number}.md", "A title", text), split_sentences(text))
        found += [Candidate(passage, *pair) for pair in zip(passage.sentences, scores, strict=True)]
    found = [candidate for candidate in found if any(map(str.isalnum, candidate.quote))]  # as the reader sees to
    found.sort(key=lambda candidate: -candidate.score)
    return {f"S{number}": candidate for number, candidate in enumerate(found, 1)}


def said(candidates: Offered) -> list[str]:
    return [candidates[key].quote for key in choose(candidates)]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([("One. Two. Three.", [0.3, 0.9, 0.1])], ["Two."]),
        ([("One. Two. Three.", [0.8, 0.9, 0.1])], ["One.", "Two."]),
        ([("One. Two.", [0.8, 0.9]), ("Three.", [0.85])], ["One.", "Two.", "Three."]),
        ([("One. Two.", [0.8, 0.85]), ("Three.", [0.9])], ["Three.", "One.", "Two."]),
        ([("One. Two. Three. Four. Five.", [0.9, 0.9, 0.9, 0.9, 0.9])], ["One.", "Two.", "Three.", "Four."]),
        ([("One.", [0.9]), ("One.", [0.9]), ("Two.", [0.8])], ["One.", "Two."]),
        ([("One is  so.", [0.9]), ("ONE IS SO.", [0.85])], ["One is  so."]),
        ([("One. Two.", [-0.9, -0.85])], ["One.", "Two."]),
        ([], []),
    ],
    ids=["the best", "near the best", "by article", "best article first", "four", "repeated", "alike", "poor", "none"],
)
def test_the_best_sentences_are_said_in_reading_order(
    articles: list[tuple[str, list[float]]], expected: list[str]
) -> None:
    assert said(offered(*articles)) == expected


def test_a_newer_article_comes_first_and_one_without_a_date_last() -> None:
    days = {"S1": None, "S2": date(2021, 9, 3), "S3": date(2021, 9, 10)}
    found = {
        key: Candidate(Passage(article, split_sentences(article.text)), Sentence(0, 8), 0.9)
        for key, day in days.items()
        for article in [Article(f"{key}.md", "A title", f"It is {key}.", published=day)]
    }
    assert choose(found) == ["S3", "S2", "S1"]


def test_a_newer_article_that_answers_less_well_comes_later() -> None:
    older, newer = (
        Candidate(Passage(article, split_sentences(article.text)), Sentence(0, 8), score)
        for day, score in ((1, 0.9), (2, 0.75))
        for article in [Article(f"{day}.md", "A title", f"It is {day}S.", published=date(2021, 9, day))]
    )
    assert choose({"S1": older, "S2": newer}) == ["S1", "S2"]


async def test_a_claim_is_its_sentence_with_single_blanks() -> None:
    draft = await ExtractiveAnswerer().draft("Where?", offered(("The valley  lies\tnorth\u00a0of the city.", [1.0])))
    assert draft == Draft((DraftClaim("The valley lies north of the city.", ("S1",)),), "extractive")


PIECES = st.sampled_from(
    *[
        [
            "One.",
            "Two is 3.5.",
            "“Three”",
            '"4',
            "FOUR!",
            "one.",
            "It said «five»\n",
            "\u00a0",
            "1,000",
            "ß",
            "😀.",
            "- 6",
        ]
    ]
)
TEXTS = (
    st.lists(PIECES, min_size=1, max_size=8).map(" ".join)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
).filter(str.strip)


@st.composite
def candidates(draw: st.DrawFn) -> Offered:
    articles = []
    for text in draw(st.lists(TEXTS, min_size=1, max_size=4)):
        count = len(split_sentences(text))
        articles.append((text, draw(st.lists(st.floats(-1, 2), min_size=count, max_size=count))))
    return offered(*articles)


@given(candidates())
@settings(deadline=None)
def test_one_to_four_sentences_are_said_and_the_best_is_among_them(found: Offered) -> None:
    keys = choose(found)
    assert len(keys) <= MAX_SENTENCES == 4
    assert ("S1" in keys) == bool(found)


@given(candidates())
@settings(deadline=None)
def test_sentences_of_an_article_stand_together_in_reading_order(found: Offered) -> None:
    chosen = [found[key] for key in choose(found)]
    ids = [candidate.article.id for candidate in chosen]
    assert len(set(ids)) == bool(ids) + sum(one != other for one, other in pairwise(ids))
    for one, other in pairwise(chosen):
        assert one.article.id != other.article.id or one.sentence.end <= other.sentence.start


@given(candidates())
@settings(deadline=None)
def test_nothing_is_said_twice(found: Offered) -> None:
    texts = [" ".join(quote.casefold().split()) for quote in said(found)]
    assert len(texts) == len(set(texts))


@given(candidates())
@settings(deadline=None)
def test_nothing_far_below_the_best_is_said(found: Offered) -> None:
    assert all(found[key].score > found["S1"].score - FAR for key in choose(found))


@given(candidates())
@settings(deadline=None)
async def test_every_claim_names_its_own_sentence_and_is_grounded(found: Offered) -> None:
    drafts = (await ExtractiveAnswerer().draft("What is so?", found)).claims
    claims = ground(drafts, found).claims
    assert [claim.text for claim in claims] == [draft.text for draft in drafts]
    assert all(claim.support == 1 and len(claim.citations) == 1 for claim in claims)
    quotes = [" ".join(claim.citations[0].quote.split()) for claim in claims]
    assert all(quote.endswith(claim.text) for claim, quote in zip(claims, quotes, strict=True))


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("- 27 Humvees", "27 Humvees"),
        ("2) Knead it.", "Knead it."),
        ("> A line.", "A line."),
        ("-5 degrees.", "-5 degrees."),
    ],
)
async def test_the_mark_of_a_list_is_not_said(quote: str, claim: str) -> None:
    draft = await ExtractiveAnswerer().draft("What?", offered((quote, [0.9])))
    assert [one.text for one in draft.claims] == [claim]
