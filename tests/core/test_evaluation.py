"""Figures over answers, and whether what moderators have decided still holds."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest

from footnote.evaluation import (
    DecisionOutcome,
    Gold,
    GoldQuestion,
    Quality,
    Regression,
    area_under_curve,
    held,
    is_exact,
    metrics_of,
    score,
    squeeze,
)
from footnote.models import (
    Abstention,
    Answer,
    Article,
    CheckedClaim,
    Citation,
    Claim,
    Fate,
    Hit,
    Passage,
    Receipt,
    Signals,
)
from footnote.text.sentences import split_sentences

VALLEY = Article("news/valley.md", "The valley", "The valley is 115 kilometres long. Emeralds are mined in it.")
BREAD = Article("bread.txt", "Bread", "Knead the dough for ten minutes. Let it rest overnight.")
LONG, MINED = "The valley is 115 kilometres long.", "Emeralds are mined in it."
GOLD = (Gold("valley", squeeze(LONG)),)


def cited(quote: str, article: Article = VALLEY, number: int = 1) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number, article.id, article.version, article.title, None, None, None, start, start + len(quote), quote
    )


def receipt(*articles: Article) -> Receipt:
    passages = [Passage(article, tuple(split_sentences(article.text))) for article in articles]
    signals = Signals(0.5, 0.5)
    hits = tuple(Hit(one, 1.0, signals, (signals,) * len(one.sentences)) for one in passages)
    return Receipt(hits, (), "extractive", "1", 1.0, 1.0)


def answer(*citations: Citation, confidence: float = 0.9, found: tuple[Article, ...] = (VALLEY,)) -> Answer:
    return Answer("Q?", (Claim("Claim.", 1.0, citations),), confidence, receipt(*found))


def abstention(*, confidence: float = 0.1, found: tuple[Article, ...] = (VALLEY,)) -> Abstention:
    return Abstention("Q?", (cited(MINED),), confidence, receipt(*found))


def test_the_figures_of_a_few_answers() -> None:
    answerable, unanswerable = GoldQuestion("Q?", True, GOLD), GoldQuestion("Q?", False, ())
    metrics = metrics_of(
        [
            score(answerable, answer(cited(LONG), cited(MINED, number=2)), exact=2),
            score(answerable, answer(cited(MINED), found=(BREAD,) * 4 + (VALLEY,)), exact=1),
            score(answerable, abstention(confidence=0.3, found=(BREAD,)), exact=1),
            score(unanswerable, abstention(confidence=0.4), exact=0),
            score(unanswerable, answer(cited(MINED), confidence=0.1), exact=1),
        ]
    )
    found = asdict(metrics)
    assert found.pop("answerers") == {"extractive": 3}
    assert found.pop("quality") == {"extractive": {"cites_gold": 0.5, "precision": 0.25, "to_unanswerable": 1}}
    assert (found.pop("notes"), found.pop("dropped")) == ({}, {})
    assert found == pytest.approx(
        {
            "questions": 5,
            "answerable": 3,
            "any4": 1 / 3,
            "any10": 2 / 3,
            "share10": 2 / 3,
            "answered": 2 / 3,
            "cites_gold": 1 / 3,
            "precision": 0.25,
            "abstained": 0.5,
            "auc": 5 / 6,
            "citations": 6,
            "exact": 5,
        }
    )


def test_source_sentences_that_replace_a_models_answer_do_not_count_as_the_models() -> None:
    def made(answerer: str, quote: str, *failed: str, note: str | None = None) -> Answer:
        drafted = tuple(CheckedClaim("It is so.", Fate.DROPPED, 0.1, (), name) for name in failed)
        receipt = Receipt((), (), answerer, "g7", 1.0, 1.0, checked=drafted, model="small")
        return Answer("Is it so?", (Claim("Claim.", 1.0, (cited(quote),)),), 0.9, receipt, note)

    question = GoldQuestion("Is it so?", is_answerable=True, gold=GOLD)
    outcomes: list[Answer | Abstention] = [
        made("openai", LONG),
        made("openai", MINED, "numbers", note="Cut off."),
        made("extractive", MINED, "numbers", "reader", note="Not available."),
        replace(abstention(), note="Not available."),
    ]
    metrics = metrics_of([score(question, outcome, exact=0) for outcome in outcomes])
    assert metrics.answerers == {"openai (small)": 2, "extractive": 1}
    assert metrics.quality == {"openai (small)": Quality(0.5, 0.5, 0), "extractive": Quality(0.0, 0.0, 0)}
    assert metrics.dropped == {"numbers": 2, "reader": 1}
    assert metrics.notes == {"Not available.": 2, "Cut off.": 1}
    assert metrics.cites_gold == 0.25, "of all together"


def test_a_share_of_nothing_is_none() -> None:
    metrics = metrics_of([score(GoldQuestion("Q?", False, ()), abstention(), exact=1)])
    assert (metrics.answered, metrics.any10, metrics.precision, metrics.auc) == (None, None, None, None)
    assert metrics.abstained == 1.0


def test_a_part_of_the_gold_sentences_is_a_share_of_them() -> None:
    both = GoldQuestion("Q?", True, (*GOLD, Gold("bread", squeeze("Let it rest overnight."))))
    assert metrics_of([score(both, abstention(), exact=1)]).share10 == 0.5


def test_ties_count_half() -> None:
    assert area_under_curve([(0.5, True), (0.5, False), (0.9, True), (0.9, False)]) == 0.5


def test_an_exact_citation_is_its_article_s_own_text() -> None:
    citation = cited(LONG)
    assert is_exact(citation, VALLEY)
    assert not is_exact(citation, None)
    assert not is_exact(replace(citation, start=1), VALLEY)
    assert not is_exact(citation, Article(VALLEY.id, VALLEY.title, f"{VALLEY.text} More.", published=date(2021, 9, 1)))


WANTED, UNWANTED = (VALLEY.id, "The valley is  115 kilometres\nlong."), (VALLEY.id, MINED)


@pytest.mark.parametrize(
    ("regression", "outcome", "finding"),
    [
        (Regression("Q?", True, (WANTED,)), answer(cited(LONG)), DecisionOutcome.HELD),
        (Regression("Q?", True, (WANTED, UNWANTED)), answer(cited(LONG)), DecisionOutcome.HELD),
        (Regression("Q?", True, (WANTED,)), abstention(), DecisionOutcome.NOT_ANSWERED),
        (Regression("Q?", True, (WANTED,)), answer(cited(MINED)), DecisionOutcome.NOT_CITED),
        (Regression("Q?", True, (("other.md", LONG),)), answer(cited(LONG)), DecisionOutcome.NOT_CITED),
        (Regression("Q?", True), answer(cited(MINED)), DecisionOutcome.HELD),
        (
            Regression("Q?", True, (WANTED,), (UNWANTED,)),
            answer(cited(LONG), cited(MINED)),
            DecisionOutcome.WRONG_AGAIN,
        ),
        (Regression("Q?", None, (), (UNWANTED,)), answer(cited(MINED)), DecisionOutcome.WRONG_AGAIN),
        (Regression("Q?", None, (), (UNWANTED,)), answer(cited(LONG)), DecisionOutcome.HELD),
        (Regression("Q?", None, (), (UNWANTED,)), abstention(), DecisionOutcome.HELD),
        (Regression("Q?", False), abstention(), DecisionOutcome.HELD),
        (Regression("Q?", False), answer(cited(LONG)), DecisionOutcome.ANSWERED),
    ],
)
def test_what_becomes_of_a_decision(
    regression: Regression, outcome: Answer | Abstention, finding: DecisionOutcome
) -> None:
    assert held(regression, outcome) is finding
