"""How an answer was made, in plain words: the sections of a receipt, for Discord, the terminal and web pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from footnote.checks import IN_OTHER_LANGUAGES
from footnote.models import AnswererName, Fate
from footnote.records.answers import AnswerRecord
from footnote.records.receipts import DraftedClaim, ReceiptRecord, VersionedSpan
from footnote_bot.translations.catalogue import N_, _, decimal, percent, written
from footnote_bot.translations.from_below import told

Line = str

NO_RECEIPT = N_("This answer has no receipt: it is older than receipts, or was made without one.")


@dataclass(frozen=True, slots=True)
class ReceiptSection:
    """A heading, and the lines below it. They contain foreign text, which must be escaped."""

    title: str
    lines: tuple[Line, ...]


def sections(record: AnswerRecord, receipt: ReceiptRecord | None) -> list[ReceiptSection]:
    """What was asked and how it was understood, what was found, and what became of the draft."""
    if receipt is None:
        return [_asked(record, None), ReceiptSection(_("Receipt"), (_(NO_RECEIPT),))]
    return [
        _asked(record, receipt),
        ReceiptSection(_("Passages found"), tuple(_hits(receipt)) or (_("None."),)),
        ReceiptSection(_("Sentences considered"), tuple(_candidates(receipt)) or (_("None."),)),
        ReceiptSection(_("Draft"), tuple(_draft(record, receipt))),
    ]


def _asked(record: AnswerRecord, receipt: ReceiptRecord | None) -> ReceiptSection:
    lines = [_("Question: {question}").format(question=record.question.strip() or _("(forgotten)"))]
    if record.understood:
        lines.append(_("Understood as: {question}").format(question=record.understood))
    lines.append(_outcome(record))
    if record.reused_from is not None:
        lines.append(_("It reuses the approved answer {number}.").format(number=record.reused_from))
    made = _("Made by: {maker}, from generation {generation}")
    lines.append(made.format(maker=_maker(record, receipt), generation=record.generation))
    if record.note:
        lines.append(_("Note: {note}").format(note=told(record.note)))
    if receipt is not None:
        times = _("Time: {found} ms to find, {answered} ms to answer")
        found, answered = written(round(receipt.retrieve_ms)), written(round(receipt.answer_ms))
        lines.append(times.format(found=found, answered=answered))
        if receipt.tokens:
            lines.append(_("Cost of the draft: {cost}").format(cost=_cost(receipt)))
    return ReceiptSection(_("How answer {number} was made").format(number=record.id), tuple(lines))


def _outcome(record: AnswerRecord) -> str:
    line = (
        _("Outcome: answered; confidence that the articles answer it: {confidence}")
        if record.answered
        else _("Outcome: not answered; confidence that the articles answer it: {confidence}")
    )
    return line.format(confidence=decimal(record.confidence, 2))


def _maker(record: AnswerRecord, receipt: ReceiptRecord | None) -> str:
    """Source sentences that replace a model's answer are not the model's."""
    if not receipt or not receipt.model:
        return record.answerer
    if record.answerer == AnswererName.EXTRACTIVE:
        return _("{answerer}, instead of what {model} wrote").format(answerer=record.answerer, model=receipt.model)
    return f"{record.answerer} ({receipt.model})"


def _cost(receipt: ReceiptRecord) -> str:
    tokens = _("{tokens} tokens").format(tokens=written(receipt.tokens))
    dollars = _("${dollars}").format(dollars=decimal(receipt.dollars, 4)) if receipt.dollars else ""
    return ", ".join(filter(None, [tokens, dollars]))


def _hits(receipt: ReceiptRecord) -> list[Line]:
    line = _("{number}. {place}: score {score}, cosine {cosine}, words {words}")
    return [
        line.format(
            number=number,
            place=_place(hit.span),
            score=decimal(hit.score, 3),
            cosine=decimal(hit.cosine, 2),
            words=percent(hit.coverage),
        )
        for number, hit in enumerate(receipt.hits, 1)
    ]


def _candidates(receipt: ReceiptRecord) -> list[Line]:
    return [
        f"{number}. {decimal(candidate.score, 3)} {_quoted(candidate.text)} ({_place(candidate.span)})"
        for number, candidate in enumerate(receipt.candidates, 1)
    ]


def _draft(record: AnswerRecord, receipt: ReceiptRecord) -> Sequence[Line]:
    if receipt.checked:
        return [f"{number}. {_claim(claim)}" for number, claim in enumerate(receipt.checked, 1)]
    if record.answered:
        return [_("Its claims were checked when they were first written.")]
    if receipt.model:
        return [_("The language model found no answer in these sentences.")]
    return [_("Nothing was drafted: the confidence is too low.")]


def _claim(claim: DraftedClaim) -> Line:
    places = ", ".join(map(_place, claim.sources)) or _("no sentence")
    support = _("support {support} by {places}").format(support=decimal(claim.support, 2), places=places)
    if claim.is_foreign:
        support += "; " + _(_IN_ANOTHER_LANGUAGE).format(checks=", ".join(map(told, IN_OTHER_LANGUAGES)))
    return f"{_(_FATES[claim.fate])}{_why(claim)}: {_quoted(claim.text)} ({support}){_translation(claim)}"


def _translation(claim: DraftedClaim) -> str:
    if claim.untranslated:
        return "; " + _("its translation failed the check “{check}”").format(check=told(claim.untranslated))
    if claim.translation and claim.fate is not Fate.DROPPED:
        return "; " + _("shown translated: {translation}").format(translation=_quoted(claim.translation))
    return ""


_IN_ANOTHER_LANGUAGE = N_("its sentences are not in English, so only these were checked: words, {checks}")

_FATES = {
    Fate.KEPT: N_("Kept"),
    Fate.REPOINTED: N_("Given a better source"),
    Fate.DROPPED: N_("Dropped"),
}

_REASONS = {
    "source": N_("it cited none of the sentences that it was given"),
    "support": N_("the sentences it cited are about something else"),
    "reader": N_("the trained reader did not find it in the sentences it cited"),
    "question": N_("the sentences it cited are not about the question"),
    "judge": N_("the second model rejected it"),
}


def _why(claim: DraftedClaim) -> str:
    if claim.failed is None:
        return ""
    known = _REASONS.get(claim.failed)
    reason = _(known) if known else _("it failed the check “{check}”").format(check=told(claim.failed))
    return _(", because {reason}").format(reason=reason)


def _quoted(text: str) -> str:
    return _("“{title}”").format(title=text)


def _place(span: VersionedSpan) -> str:
    return f"{span.article_id} {span.start}–{span.end}"
