"""Rows of the tables <-> the values that services know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from footnote.adapters.database.tables import (
    AnswerRow,
    CitationRow,
    ClaimRow,
    HeardRow,
    ReplyRow,
    RulingRow,
    VerdictRow,
    VoteRow,
)
from footnote.models import Abstention, Answer, Citation, Claim, citations_of
from footnote.records.answers import AnswerRecord, CitationRuling, MessageRef, Thumb, Verdict, Votes
from footnote.records.replies import Reply
from footnote.stores import Asked, Triage


def answer_row(outcome: Answer | Abstention, asked: Asked, triage: Triage) -> AnswerRow:
    claims, nearest = (outcome.claims, ()) if isinstance(outcome, Answer) else ((), outcome.nearest)
    return AnswerRow(
        question=outcome.question,
        answered=isinstance(outcome, Answer),
        confidence=outcome.confidence,
        answerer=outcome.receipt.answerer,
        generation=outcome.receipt.generation,
        checked_generation=outcome.receipt.generation,
        round=1,
        changes=0,
        note=outcome.note,
        understood=outcome.receipt.understood,
        misattributed=outcome.receipt.misattributed,
        unsupported=outcome.receipt.unsupported,
        asker_id=asked.asker_id,
        guild_id=asked.guild_id,
        channel_id=asked.channel_id,
        asked_at=asked.asked_at,
        claims=[claim_row(position, claim) for position, claim in enumerate(claims)],
        nearest=_citation_rows(nearest),
        is_for_review=triage.is_for_review,
        hold=triage.hold,
        held_until=triage.held_until,
        reused_from=outcome.receipt.reused_from,
        revision=0,
        question_id=asked.question_id,
        follows=asked.follows,
        is_private=asked.is_private,
        is_question_deleted=False,
        suggestions="\n".join(asked.suggestions) or None,
        calls_people=asked.calls_people,
        verdicts=[],
        rulings=[],
        votes=[],
        heard=[HeardRow(user_id=user_id) for user_id in outcome.receipt.heard - {asked.asker_id}],
    )


def claim_row(position: int, claim: Claim) -> ClaimRow:
    return ClaimRow(
        position=position,
        text=claim.text,
        support=claim.support,
        stated_by=claim.stated_by,
        translation=claim.translation,
        citations=_citation_rows(claim.citations),
    )


def _citation_rows(citations: Iterable[Citation]) -> list[CitationRow]:
    return [
        CitationRow(
            position=position,
            number=citation.number,
            article_id=citation.article_id,
            version=citation.version,
            title=citation.title,
            source=citation.source,
            url=citation.url,
            published=citation.published,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            page=citation.page,
            status=citation.status,
            sections="\n".join(citation.sections),
            columns="\n".join(citation.columns),
        )
        for position, citation in enumerate(citations)
    ]


def record_of(row: AnswerRow) -> AnswerRecord:
    claims = tuple(map(_claim, row.claims))
    verdicts = [verdict_of(verdict) for verdict in row.verdicts]
    return AnswerRecord(
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        claims=claims,
        citations=citations_of(claims) if row.answered else tuple(map(_citation, row.nearest)),
        posted=_message(row.posted_channel_id, row.posted_message_id),
        card=_message(row.card_channel_id, row.card_message_id),
        verdict=next((verdict for verdict in verdicts if verdict.round == row.round), None),
        earlier=next((verdict for verdict in reversed(verdicts) if verdict.round < row.round), None),
        rulings=tuple(map(ruling_of, row.rulings)),
        heard=frozenset(one.user_id for one in row.heard),
        votes=_votes(row.votes),
        suggestions=tuple(row.suggestions.split("\n")) if row.suggestions else (),
        has_reviewers=row.review_channel_id is not None,
    )


_AS_THEY_ARE = (
    *("id", "question", "answered", "confidence", "answerer", "generation", "asker_id", "guild_id", "channel_id"),
    *("asked_at", "shown", "note", "understood", "misattributed", "unsupported", "round", "changes", "revision"),
    *("revised_by", "hold", "held_until", "is_for_review", "told", "mark", "reused_from", "question_id", "follows"),
    *("is_private", "is_question_deleted", "calls_people", "person_called_at"),
)
"""Fields of a record that are columns of the same name."""


def _claim(row: ClaimRow) -> Claim:
    return Claim(row.text, row.support, tuple(map(_citation, row.citations)), row.stated_by, row.translation)


def _citation(row: CitationRow) -> Citation:
    return Citation(
        number=row.number,
        article_id=row.article_id,
        version=row.version,
        title=row.title,
        source=row.source,
        url=row.url,
        published=row.published,
        start=row.start,
        end=row.end,
        quote=row.quote,
        page=row.page,
        status=row.status,
        sections=tuple(row.sections.splitlines()),
        columns=tuple(row.columns.split("\n")) if row.columns else (),
    )


def verdict_of(row: VerdictRow) -> Verdict:
    return Verdict(row.answer_id, row.decision, row.moderator_id, row.decided_at, row.round)


def ruling_of(row: RulingRow) -> CitationRuling:
    return CitationRuling(row.number, row.ruling, row.moderator_id, row.ruled_at)


def reply_of(row: ReplyRow) -> Reply:
    return Reply(row.question_id, row.channel_id, row.begun_at, row.message_id, row.answer_id, row.asker_id)


def _message(channel_id: int | None, message_id: int | None) -> MessageRef | None:
    return None if channel_id is None or message_id is None else MessageRef(channel_id, message_id)


def _votes(rows: Sequence[VoteRow]) -> Votes:
    thumbs = Counter(row.vote for row in rows)
    newest_first = sorted(rows, key=lambda row: row.voted_at, reverse=True)
    return Votes(
        up=thumbs[Thumb.UP],
        down=thumbs[Thumb.DOWN],
        flags=sum(row.is_flagged for row in rows),
        comments=tuple(row.comment for row in newest_first if row.comment),
    )
