"""The time that rewriting a follow-up does not use is left for the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from footnote.answering.circuit_breaker import CircuitBreaker
from footnote.answering.conversation import CarryOver
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.fallback import RewriterWithFallback, WithFallback
from footnote.answering.pipeline import Answering
from footnote.answering.time_limit import TimeLimit, rewriting_took
from footnote.models import Article, Candidate, Hit, Passage, Reading
from footnote.ports import Asker, Draft, DraftClaim, Retrieved, Turn
from footnote.text.sentences import split_sentences

QUESTION = "How long is the valley?"
TEXT = "The valley is 115 km long."
BEFORE = (Turn("What is the valley known for?"),)


class Stage:
    """An answerer that records how many seconds it has, and a rewriter that uses some, with a shared clock."""

    name = "openai"

    def __init__(self, limit: TimeLimit, *, rewriting: float) -> None:
        self.now = 0.0
        self.given: list[float] = []
        self._limit = limit
        self._rewriting = rewriting
        breaker = CircuitBreaker(lambda: self.now)
        rewriter = RewriterWithFallback(self, CarryOver(), breaker, deadline=9.0, clock=lambda: self.now)
        answerer = WithFallback(self, ExtractiveAnswerer(), breaker, deadline=limit.of_answer)
        self.ask = Answering(self, self, answerer, rewriter=rewriter, abstain_below=0.5).ask

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:  # noqa: ARG002
        self.now += self._rewriting
        return f"{question} (valley)"

    async def draft(self, question: str, candidates: Mapping[str, Candidate], **_: Any) -> Draft:  # noqa: ARG002
        self.given.append(self._limit.of_answer(question))
        return Draft((DraftClaim(TEXT, ("S1",)),), self.name)

    async def retrieve(self, question: str, **_: Any) -> Retrieved:  # noqa: ARG002
        return Retrieved((), "g1")

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002
        (sentence,) = split_sentences(TEXT)
        return Reading((Candidate(Passage(Article("a.md", "A", TEXT), (sentence,)), sentence, 1.0),), 0.9)


@pytest.mark.parametrize(
    ("limit", "rewriting", "left"),
    [
        (TimeLimit(28.0), 0.0, 28.0),
        (TimeLimit(28.0), 3.0, 25.0),
        (TimeLimit(28.0), 8.0, 21.0),
        (TimeLimit(28.0, has_judge=True), 0.0, 21.0),
        (TimeLimit(28.0, has_judge=True), 3.0, 18.0),
        (TimeLimit(300.0), 60.0, 240.0),
    ],
)
async def test_a_follow_up_leaves_the_answer_what_it_did_not_need(
    limit: TimeLimit, rewriting: float, left: float
) -> None:
    stage = Stage(limit, rewriting=rewriting)
    await stage.ask(QUESTION, conversation=BEFORE)
    assert stage.given == [left]


async def test_a_question_that_stands_alone_has_all_the_time_whatever_was_asked_before_it() -> None:
    stage = Stage(TimeLimit(28.0), rewriting=5.0)
    await stage.ask(QUESTION, conversation=BEFORE)
    await stage.ask(QUESTION)
    assert stage.given == [23.0, 28.0]


async def test_rewriting_has_a_quarter_and_the_judge_another() -> None:
    rewriting_took("another question", 5.0)
    assert TimeLimit(40.0).in_short == 10.0
    assert TimeLimit(40.0, has_judge=True).of_answer(QUESTION) == 30.0
