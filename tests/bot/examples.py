"""Small answers and records for the tests of the faces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from footnote.models import Abstention, Answer, Article, Citation, Claim, Hit, Passage, Receipt, Signals
from footnote.records.answers import AnswerRecord, Decision, MessageRef, Verdict
from footnote.text.sentences import split_sentences

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
RECEIPT = Receipt(hits=(), candidates=(), answerer="extractive", generation="g1", retrieve_ms=1.0, answer_ms=1.0)


def a_citation(
    number: int = 1,
    quote: str = "The bridge opened in 1932.",
    *,
    title: str = "The bridge",
    source: str | None = "City News",
    url: str | None = "https://news.example/bridge",
    page: int | None = None,
    sections: tuple[str, ...] = (),
) -> Citation:
    return Citation(
        number=number,
        article_id=f"bridge-{number}.md",
        version="0" * 64,
        title=title,
        source=source,
        url=url,
        published=date(2021, 9, 6),
        start=0,
        end=len(quote),
        quote=quote,
        page=page,
        sections=sections,
    )


def a_claim(*citations: Citation, text: str | None = None) -> Claim:
    return Claim(text=citations[0].quote if text is None else text, support=1.0, citations=citations)


def an_answer(question: str = "When did the bridge open?", *claims: Claim) -> Answer:
    return Answer(question, claims or (a_claim(a_citation()),), confidence=0.81, receipt=RECEIPT)


def an_abstention(question: str, *nearest: Citation) -> Abstention:
    return Abstention(question, nearest, confidence=0.3, receipt=RECEIPT)


def hits_in(articles: Iterable[Article]) -> tuple[Hit, ...]:
    """Each article as one passage, which matches whatever is looked for."""
    signals = Signals(cosine=0.5, coverage=0.5)
    passages = [Passage(article, tuple(split_sentences(article.text))) for article in articles]
    return tuple(Hit(passage, 0.5, signals, (signals,) * len(passage.sentences)) for passage in passages)


def a_record(
    *claims: Claim,
    nearest: Sequence[Citation] = (),
    question: str = "When did the bridge open?",
    decision: Decision | None = None,
) -> AnswerRecord:
    """An answer with these claims, or an abstention with these nearest sentences."""
    outcome = an_answer(question, *claims) if claims else an_abstention(question, *nearest)
    record = AnswerRecord(
        id=42,
        question=question,
        answered=bool(claims),
        claims=claims,
        citations=outcome.citations,
        confidence=outcome.confidence,
        answerer="extractive",
        generation="g1",
        asker_id=7,
        guild_id=1,
        channel_id=2,
        asked_at=NOON,
        posted=MessageRef(2, 3),
    )
    return replace(record, verdict=Verdict(42, decision, 9, NOON)) if decision else record
