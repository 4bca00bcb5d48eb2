"""Answers and build reports as the JSON that scripts outside the project read. Keys and their order are a contract."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from footnote.models import Abstention, Answer, Candidate, CheckedClaim, Citation, Claim, Hit
from footnote.reading.certainty import certainty
from footnote.records.answers import AnswerRecord, Verdict
from footnote.records.overview import Ratio, Statistics
from footnote.review.gaps import Gap
from footnote_index.building.reports import BuildReport, Status
from footnote_index.storage.set_aside import SetAside

Json = dict[str, Any]

_OF_A_REPORT = (
    *("generation", "added", "changed", "removed", "unchanged", "articles", "passages", "sentences"),
    *("seconds", "embedded_tokens", "live"),
)

_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029]")


def one_line(value: Json) -> str:
    """JSON without characters that some programs treat as the end of a line."""
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", json.dumps(value, ensure_ascii=False))


def outcome_json(outcome: Answer | Abstention) -> Json:
    """An answer or abstention, as `footnote ask --json` prints it."""
    receipt = outcome.receipt
    answered = isinstance(outcome, Answer)
    return {
        "question": outcome.question,
        "outcome": "answered" if answered else "abstained",
        "text": outcome.text,
        "claims": [
            {"text": claim.text, "support": claim.support, "citations": [*map(_citation, claim.citations)]}
            | _given(translation=claim.translation)
            for claim in (outcome.claims if isinstance(outcome, Answer) else ())
        ],
        "confidence": outcome.confidence,
        "certainty": certainty(outcome).value,
        "nearest": [] if answered else [*map(_citation, outcome.citations)],
        "hits": [*map(_hit, receipt.hits)],
        "sentences": [*map(_candidate, receipt.candidates)],
        "answerer": receipt.answerer,
        "generation": receipt.generation,
        "milliseconds": {"retrieve": round(receipt.retrieve_ms, 1), "answer": round(receipt.answer_ms, 1)},
    }


def drafting_json(outcome: Answer | Abstention) -> Json:
    """What a line of `footnote ask --batch` has in addition if a language model was used: which one wrote, the note
    below the answer, and what became of each drafted claim.
    """
    receipt = outcome.receipt
    if receipt.model is None and outcome.note is None:
        return {}
    return {"model": receipt.model, "note": outcome.note, "drafted": [*map(_drafted, receipt.checked)]}


def report_json(report: BuildReport) -> Json:
    """A build report, as the last line of `footnote index build --json`."""
    return {name: getattr(report, name) for name in _OF_A_REPORT} | {"seconds": round(report.seconds, 3)}


def status_json(status: Status, kept: Sequence[Status]) -> Json:
    """The live generation, as `footnote index status --json` prints it, and those it can be rolled back to."""
    return _status(status) | {"kept": [*map(_status, kept)]}


def set_aside_json(found: SetAside) -> Json:
    """What the last build set aside, as `footnote index status --skipped --json` prints it."""
    return {
        "skipped": [{"article": one.article_id, "reason": one.reason} for one in found.skipped],
        "left_out": [{"article": one.article_id, "same_as": one.original_id} for one in found.duplicates],
        "to_look_at": [{"article": one.article_id, "found": one.found} for one in found.warned],
        "not_fetched": [{"url": one.url, "reason": one.reason} for one in found.not_fetched],
        "failed_canaries": [*found.failed_canaries],
    }


def record_json(record: AnswerRecord) -> Json:
    """An answer on record, as `footnote review export` writes it. Discord's ids are text, as Discord gives them: they
    are longer than the numbers that JavaScript and spreadsheets know.
    """
    return {
        "id": record.id,
        "asked_at": record.asked_at.isoformat(),
        "guild": _id(record.guild_id),
        "channel": _id(record.channel_id),
        "asker": _id(record.asker_id),
        "question": record.question,
        "understood": record.understood,
        "outcome": "answered" if record.answered else "abstained",
        "text": record.text,
        "claims": [*map(_claim, record.claims)],
        "citations": [*map(_citation, record.citations)],
        "confidence": record.confidence,
        "answerer": record.answerer,
        "generation": record.generation,
        "note": record.note,
        "verdict": _verdict(record.verdict) if record.verdict else None,
        "round": record.round,
        "corrected": record.is_corrected,
        "rulings": [
            {"number": one.number, "ruling": one.ruling.value, "moderator": _id(one.moderator_id)}
            for one in record.rulings
        ],
        "votes": {"up": record.votes.up, "down": record.votes.down, "flags": record.votes.flags},
        "reused_from": record.reused_from,
    }


def statistics_json(found: Statistics, gaps: Sequence[Gap]) -> Json:
    """As `footnote review stats --json` prints them: shares as two numbers, of which the second may be 0."""
    return {
        "answers": found.answers,
        "abstentions": found.abstentions,
        "approval": _share(found.approval),
        "corrected": found.corrected,
        "rejected": found.rejected,
        "abstaining": _share(found.abstaining),
        "precision": _share(found.precision),
        "rulings": _share(found.rulings),
        "seconds_to_verdict": found.seconds_to_verdict,
        "open": found.open,
        "expired": found.expired,
        "reused": found.reused,
        "votes": {"up": found.votes.up, "down": found.votes.down, "flags": found.votes.flags},
        "gaps": [{"count": gap.count, "example": gap.example} for gap in gaps],
        "days": [
            {
                "day": day.day.isoformat(),
                "answers": day.answers,
                "abstentions": day.abstentions,
                "approval": _share(day.approval),
            }
            for day in found.days
        ],
    }


def _share(share: Ratio) -> Json:
    return {"part": share.part, "whole": share.whole}


def _verdict(verdict: Verdict) -> Json:
    return {
        "decision": verdict.decision.value,
        "moderator": _id(verdict.moderator_id),
        "decided_at": verdict.decided_at.isoformat(),
    }


def _claim(claim: Claim) -> Json:
    numbers = [citation.number for citation in claim.citations]
    said = {"text": claim.text, "support": claim.support, "citations": numbers, "stated_by": _id(claim.stated_by)}
    return said | _given(translation=claim.translation)


def _given(**values: str | None) -> Json:
    """Keys that are only there if they have a value."""
    return {name: value for name, value in values.items() if value}


def _id(number: int | None) -> str | None:
    return str(number) if number else None


def _status(status: Status) -> Json:
    fields = asdict(status)
    del fields["replaced"]
    return fields | {"built_at": status.built_at.isoformat()}


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        "article": citation.article_id,
        "version": citation.version,
        "title": citation.title,
        "url": citation.url,
        "published": citation.published.isoformat() if citation.published else None,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def _drafted(claim: CheckedClaim) -> Json:
    """What became of a drafted claim; `failed` names the check that dropped it or pointed it elsewhere, `untranslated`
    the one that its translation failed.
    """
    said = {"text": claim.text, "fate": claim.fate.value, "failed": claim.failed, "support": round(claim.support, 4)}
    return said | _given(translation=claim.translation, untranslated=claim.untranslated)


def _hit(hit: Hit) -> Json:
    passage = hit.passage
    return {
        "article": passage.article.id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
    }


def _candidate(candidate: Candidate) -> Json:
    return {
        "article": candidate.article.id,
        "start": candidate.sentence.start,
        "end": candidate.sentence.end,
        "text": candidate.quote,
        "score": candidate.score,
    }
