"""Records as embeds: the answer, its sources, its review card. Pure; whatever goes in, Discord's limits hold.

All lengths are UTF-16 code units, escapes included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import discord
from discord.utils import format_dt

from footnote.models import Citation, Claim, Standing
from footnote.ports import Drafting
from footnote.records import AnswerRecord, Decision, Hold, Verdict
from footnote_bot import render_held
from footnote_bot.markdown import ELLIPSIS, escape, fit, fit_end, width
from footnote_bot.mentions import mention
from footnote_bot.notation import annotated
from footnote_bot.quotes import REMARKS, TITLE_LIMIT, VALUE_LIMIT, add_fields, fair_shares, grouped, heading, origin
from footnote_bot.render_feedback import feedback
from footnote_index.context import Context

EMBED_LIMIT = 6000  # over all embeds of a message
DESCRIPTION_LIMIT = 4096
FIELDS_LIMIT = 25
EMBEDS_LIMIT = 10

_LEAST_ANSWER = 2000  # of an answer that shares its embed with long quotes
_LONGEST_QUOTE = 3300
_LONGEST_REMARK = 400
_LONGEST_CONTEXT = 1500  # a sentence and its neighbours, so that three or more share a message

_REMOVED = "(question removed)"
_NO_ANSWER = "The articles do not answer this question."
_DISAGREES = "A moderator disagrees: the articles do answer this question."

_SURE_FROM = 0.5  # chance that the cited sentences answer; below it the answer says that it is not sure


@dataclass(frozen=True, slots=True)
class _Words:
    """A verdict as the posted answer's footer, the card's footer and the card's field put it."""

    answer: str
    card: str
    field: str


_WORDS = {
    (True, Decision.APPROVED): _Words("approved by a moderator", "approved", "Approved by"),
    (True, Decision.REJECTED): _Words("withdrawn: rejected by a moderator", "rejected", "Rejected by"),
    (False, Decision.APPROVED): _Words("confirmed by a moderator", "right to abstain", "Right to abstain, says"),
    (False, Decision.REJECTED): _Words("a moderator disagrees", "should have answered", "Should have answered, says"),
}
"""By whether it was answered, and the decision."""

_COLOURS = {
    None: discord.Colour.blurple(),
    Decision.APPROVED: discord.Colour.green(),
    Decision.REJECTED: discord.Colour.dark_grey(),
}

_NOT_TELLING = {"Confidence", "Confidence in an answer", "Claims", "Held", "Sources", "Verdict"}
"""Facts on a card that tell nothing of what was asked and answered, nor by whom."""


def drafting(question: str, state: Drafting) -> discord.Embed:
    """What everybody sees while an answer is made: the claims so far, in the form that the answer will give them."""
    embed = _headed(question)
    reading = f"Reading {state.passages} passage{'' if state.passages == 1 else 's'}{ELLIPSIS}"
    if not state.claims:
        embed.description = reading
        return embed
    embed.description = f"{_fit_lines(_runs(state.claims), DESCRIPTION_LIMIT - 50)}\n{ELLIPSIS}"
    embed.set_footer(text=reading)
    return embed


def answer(record: AnswerRecord) -> discord.Embed:
    """What everybody sees: the answer and each cited sentence. A rejected answer is struck out, without its quotes; of
    one that is withheld nothing is shown but why.
    """
    embed = _headed(record.question, _decision(record))
    embed.set_footer(text=" · ".join([f"#{record.id}", *_standing(record)]))
    if record.is_withheld:
        embed.description = render_held.instead(record)
        return embed
    if _decision(record) is not Decision.REJECTED:
        _fill(embed, record, _lead(record), end=_understanding(record))
    elif record.answered:
        struck = fit(" ".join(claim.text for claim in record.claims), DESCRIPTION_LIMIT - 100)
        embed.description = f"**A moderator rejected this answer.** It said:\n> ~~{struck}~~"
    else:
        _fill(embed, record, [_DISAGREES])
    return embed


def card(record: AnswerRecord) -> discord.Embed:
    """What moderators see: everything needed for a verdict, and the verdict once it is given."""
    embed = _headed(record.question, _decision(record))
    embed.set_footer(text=f"#{record.id} · {_state(record)}")
    if fit(record.question, TITLE_LIMIT) != escape(record.question):
        embed.add_field(name="The whole question", value=fit(record.question, VALUE_LIMIT), inline=False)
    facts = list(_facts(record))
    _fill(
        embed,
        record,
        _lead(record),
        reserved=sum(width(name + value) for name, value in facts),
        reserved_slots=len(facts),
    )
    for name, value in facts:
        embed.add_field(name=name, value=value, inline=False)
    return embed


def hidden_card(record: AnswerRecord) -> discord.Embed:
    """What moderators see of an answer from a channel that not all of them can read: nothing of what was said there."""
    embed = _headed("An answer in a channel that not all of you can read", _decision(record))
    embed.set_footer(text=f"#{record.id} · {_state(record)}")
    for name, value in _facts(record):
        if name in _NOT_TELLING:
            embed.add_field(name=name, value=value, inline=False)
    return embed


def sources(record: AnswerRecord, contexts: Sequence[Context | None]) -> list[list[discord.Embed]]:
    """Each cited sentence in bold inside its neighbours, as the embeds of one or more messages.

    `contexts` runs parallel to `record.citations`; None where the article has changed since.
    """
    if not record.citations:
        return [[discord.Embed(description=f"Answer #{record.id} cites no sentence.")]]
    pages: list[list[discord.Embed]] = [[]]
    for citation, context in zip(record.citations, contexts, strict=True):
        embed = _source(citation, context)
        if len(pages[-1]) == EMBEDS_LIMIT or sum(map(size, pages[-1])) + size(embed) > EMBED_LIMIT:
            pages.append([])
        pages[-1].append(embed)
    return pages


def first_verdict(record: AnswerRecord, verdict: Verdict) -> str:
    """What a moderator reads who came second."""
    return f"{_verdict(record, verdict)} The first verdict stands."


def size(embed: discord.Embed) -> int:
    """What Discord counts towards EMBED_LIMIT."""
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    return sum(width(part) for part in parts if part)


def _headed(question: str, decision: Decision | None = None) -> discord.Embed:
    return discord.Embed(title=fit(question or _REMOVED, TITLE_LIMIT), colour=_COLOURS[decision])


def _state(record: AnswerRecord) -> str:
    return _words(record, record.verdict).card if record.verdict else "waiting for a verdict"


def _decision(record: AnswerRecord) -> Decision | None:
    return record.verdict.decision if record.verdict else None


def _standing(record: AnswerRecord) -> list[str]:
    """What readers should know of the answer: the verdict, or that it is a weak one; and how it was made."""
    note = [record.note] if record.note else []
    if record.is_withheld:
        return []
    if record.hold is Hold.OVERDUE and not record.verdict:
        note = [render_held.NOT_REVIEWED, *note]
    if record.verdict:
        return [_words(record, record.verdict).answer, *note]
    return ["not sure", *note] if record.answered and record.confidence < _SURE_FROM else note


def _words(record: AnswerRecord, verdict: Verdict) -> _Words:
    return _WORDS[record.answered, verdict.decision]


def _lead(record: AnswerRecord) -> list[str]:
    return [*_warning(record), *_runs(record.claims)] if record.answered else [_NO_ANSWER]


def _warning(record: AnswerRecord) -> list[str]:
    """What everybody should know before they read on: that the articles do not say any more what is quoted."""
    if record.lost < 2:
        return ["⚠ A source of this answer has changed since."] if record.lost else []
    return [f"⚠ {record.lost} sources of this answer have changed since."]


def _runs(claims: Sequence[Claim]) -> list[str]:
    """A line for each run of claims from one article, so that sources which disagree do not read as one voice."""
    runs = groupby(claims, key=lambda claim: claim.citations[0].article_id)
    return [annotated([*run]) for _, run in runs]


def _understanding(record: AnswerRecord) -> str:
    """What a follow-up was taken to ask, as a line of its own."""
    understood = _remark(record.understood)
    return f"\n*Understood as: {understood}*" if understood else ""


def _remark(text: str | None) -> str:
    """Empty as well where there are only blanks, which Discord takes for no text."""
    return fit(text or "", _LONGEST_REMARK)


def _fill(
    embed: discord.Embed,
    record: AnswerRecord,
    lead: Sequence[str],
    *,
    end: str = "",
    reserved: int = 0,
    reserved_slots: int = 0,
) -> None:
    """The lines of `lead`, `end` and the quotes, in full where they fit; else the quotes give way first."""
    fields = grouped(record.citations)
    room = EMBED_LIMIT - size(embed) - reserved
    spare = room - sum(field.size for field in fields)
    limit = min(DESCRIPTION_LIMIT - 50, max(spare, _LEAST_ANSWER))
    embed.description = _fit_lines(lead, limit - width(end)) + end
    if not record.answered and fields:
        embed.description += "\n\nClosest in the articles:"
    slots = FIELDS_LIMIT - len(embed.fields) - reserved_slots
    add_fields(embed, fields, room=room - width(embed.description), slots=slots)


def _fit_lines(lines: Sequence[str], limit: int) -> str:
    room = limit - len(lines)
    shares = fair_shares([width(fit(line, room)) for line in lines], room)
    return "\n".join(fit(line, share) for line, share in zip(lines, shares, strict=True))


def _source(citation: Citation, context: Context | None) -> discord.Embed:
    quote = fit(citation.quote, _LONGEST_QUOTE)
    if context is None:
        remark = REMARKS.get(citation.standing, REMARKS[Standing.CHANGED])
        text = f"**{quote}**\n*{remark.capitalize()}; the sentence is quoted as it was cited.*"
    else:
        beside = (_LONGEST_CONTEXT - width(quote)) // 2
        parts = (fit_end(context.before, beside), f"**{quote}**", fit(context.after, beside))
        text = " ".join(part for part in parts if part)
    return discord.Embed(title=heading(citation), description=text + origin(citation))


def _facts(record: AnswerRecord) -> Iterator[tuple[str, str]]:
    """What the card says below the quotes, as names and values of fields. The link names the channel to those only
    who see it.
    """
    asked = f"{mention(record.asker_id)} {format_dt(record.asked_at, 'f')}"
    if record.posted is not None:
        guild = record.guild_id or "@me"
        asked += f"\nhttps://discord.com/channels/{guild}/{record.posted.channel_id}/{record.posted.message_id}"
    yield "Asked by", asked
    if understood := _remark(record.understood):
        yield "Understood as", understood
    yield "Confidence" if record.answered else "Confidence in an answer", f"{record.confidence:.0%}"
    if record.misattributed or record.unsupported:
        yield "Claims", f"{record.misattributed} re-pointed to a better source, {record.unsupported} dropped"
    if note := _remark(record.note):
        yield "Note", note
    yield from feedback(record.votes)
    if record.earlier is not None:
        yield "Sources", f"Changed after it was {_given(record, record.earlier)}."
    if held := render_held.fact(record):
        yield "Held", held
    if record.verdict is not None:
        yield "Verdict", _verdict(record, record.verdict)


def _given(record: AnswerRecord, verdict: Verdict) -> str:
    by = f"{mention(verdict.moderator_id)} {format_dt(verdict.decided_at, 'R')}"
    return f"{_words(record, verdict).card} by {by}"


def _verdict(record: AnswerRecord, verdict: Verdict) -> str:
    return f"{_words(record, verdict).field} {mention(verdict.moderator_id)} {format_dt(verdict.decided_at, 'R')}."
