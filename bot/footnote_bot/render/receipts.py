"""How an answer came about, in plain words: the sections of a receipt, for every face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from footnote.checks import IN_OTHER_LANGUAGES
from footnote.models import AnswererName, Fate
from footnote.receipts import DraftedClaim, ReceiptRecord, Span
from footnote.records import AnswerRecord

Line = str

NO_RECEIPT = "This answer has no receipt: it is older than receipts, or was made without one."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the lines below it. They hold foreign text, which is to be escaped."""

    title: str
    lines: tuple[Line, ...]


def sections(record: AnswerRecord, receipt: ReceiptRecord | None) -> list[Section]:
    """What was asked and how it was understood, what was found for it, and what became of the draft."""
    if receipt is None:
        return [_asked(record, None), Section("Receipt", (NO_RECEIPT,))]
    return [
        _asked(record, receipt),
        Section("Passages found", tuple(_hits(receipt)) or ("None.",)),
        Section("Sentences considered", tuple(_candidates(receipt)) or ("None.",)),
        Section("Draft", tuple(_draft(record, receipt))),
    ]


def _asked(record: AnswerRecord, receipt: ReceiptRecord | None) -> Section:
    lines = [f"Question: {record.question.strip() or '(forgotten)'}"]
    if record.understood:
        lines.append(f"Understood as: {record.understood}")
    outcome = "answered" if record.answered else "not answered"
    lines.append(f"Outcome: {outcome}; confidence that the articles answer it: {record.confidence:.2f}")
    if record.reused_from is not None:
        lines.append(f"It reuses the approved answer {record.reused_from}.")
    lines.append(f"Made by: {_maker(record, receipt)}, from generation {record.generation}")
    if record.note:
        lines.append(f"Note: {record.note}")
    if receipt is not None:
        lines.append(f"Time: {receipt.retrieve_ms:,.0f} ms to find, {receipt.answer_ms:,.0f} ms to answer")
        if receipt.tokens:
            lines.append(f"Cost of the draft: {_cost(receipt)}")
    return Section(f"How answer {record.id} was made", tuple(lines))


def _maker(record: AnswerRecord, receipt: ReceiptRecord | None) -> str:
    """Sentences shown in the place of a model's are not the model's."""
    if not receipt or not receipt.model:
        return record.answerer
    if record.answerer == AnswererName.EXTRACTIVE:
        return f"{record.answerer}, in the place of what {receipt.model} wrote"
    return f"{record.answerer} ({receipt.model})"


def _cost(receipt: ReceiptRecord) -> str:
    dollars = f", ${receipt.dollars:.4f}" if receipt.dollars else ""
    return f"{receipt.tokens:,} tokens{dollars}"


def _hits(receipt: ReceiptRecord) -> list[Line]:
    return [
        f"{number}. {_place(hit.span)}: score {hit.score:.3f}, cosine {hit.cosine:.2f}, words {hit.coverage:.0%}"
        for number, hit in enumerate(receipt.hits, 1)
    ]


def _candidates(receipt: ReceiptRecord) -> list[Line]:
    return [
        f"{number}. {candidate.score:.3f} “{candidate.text}” ({_place(candidate.span)})"
        for number, candidate in enumerate(receipt.candidates, 1)
    ]


def _draft(record: AnswerRecord, receipt: ReceiptRecord) -> Sequence[Line]:
    if receipt.checked:
        return [f"{number}. {_claim(claim)}" for number, claim in enumerate(receipt.checked, 1)]
    if record.answered:
        return ["Its claims were checked when they were first written."]
    if receipt.model:
        return ["The language model found no answer in these sentences."]
    return ["Nothing was drafted: the confidence is too low."]


def _claim(claim: DraftedClaim) -> Line:
    places = ", ".join(map(_place, claim.sources)) or "no sentence"
    how = f"; {_IN_ANOTHER_LANGUAGE}" if claim.is_foreign else ""
    said = f"{_FATES[claim.fate]}{_why(claim)}: “{claim.text}” (support {claim.support:.2f} by {places}{how})"
    if claim.translation and claim.fate is not Fate.DROPPED:
        return f"{said}; shown translated: “{claim.translation}”"
    return f"{said}; its translation failed the check of {claim.untranslated}" if claim.untranslated else said


_IN_ANOTHER_LANGUAGE = (
    f"its sentences are not in English, so only these were checked: words, {', '.join(IN_OTHER_LANGUAGES)}"
)

_FATES = {
    Fate.KEPT: "Kept",
    Fate.REPOINTED: "Given a better source",
    Fate.DROPPED: "Dropped",
}

_REASONS = {
    "source": "it cited no sentence that was offered",
    "support": "the sentences it cited are about something else",
    "reader": "the trained reader did not find it in the sentences it cited",
    "question": "the sentences it cited are not about the question",
    "judge": "the second model rejected it",
}


def _why(claim: DraftedClaim) -> str:
    if claim.failed is None:
        return ""
    return f", because {_REASONS.get(claim.failed, f'it failed the check of {claim.failed}')}"


def _place(span: Span) -> str:
    return f"{span.article_id} {span.start}–{span.end}"
