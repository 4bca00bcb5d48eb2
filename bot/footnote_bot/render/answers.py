"""Records as embeds: the answer and its sources. Pure; whatever goes in, Discord's limits hold.

All lengths are UTF-16 code units, escapes included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import discord

from footnote.certainty import SURE_FROM
from footnote.models import NO_ANSWER, Citation, CitationStatus, Claim
from footnote.ports import Drafting
from footnote.records import AnswerRecord, Decision, Hold, Verdict
from footnote_bot.citation_format import annotated
from footnote_bot.render.markdown import ELLIPSIS, fit, fit_end, width
from footnote_bot.render.quotes import (
    REMARKS,
    TITLE_LIMIT,
    Quoting,
    add_fields,
    fair_shares,
    fit_lines,
    grouped,
    heading,
    origin,
    taken,
)
from footnote_bot.render.translations import originals
from footnote_index.context import Context

EMBED_LIMIT = 6000  # over all embeds of a message
DESCRIPTION_LIMIT = 4096
FIELDS_LIMIT = 25
EMBEDS_LIMIT = 10

LEAST_ANSWER = 2000  # of an answer that shares its embed with long quotes
_LONGEST_QUOTE = 3300
LONGEST_REMARK = 400
_LONGEST_CONTEXT = 1500  # a sentence and its neighbours, so that three or more share a message

_REMOVED = "(question removed)"
WITHHELD = "This place is not answered any more from the other articles that the answer cites."
CLOSEST = "\n\nClosest in the articles:"
_DISAGREES = "A moderator disagrees: the articles do answer this question."

# What the asker reads in the place of an answer, and below.
_WAITING = ("A moderator reviews this answer before it is shown.", "waiting for a moderator")
_UNSEEN = (
    (
        "Answers are shown here after a moderator has reviewed them, but there is no review channel at the moment. At "
        "its deadline, this answer is shown without review, or you read that nobody reviewed it."
    ),
    "no review channel",
)
_CLOSED = ("No moderator reviewed this answer in time.", "not reviewed")
_REFUSED = ("A moderator did not approve this answer.", "not shown: rejected by a moderator")

_OVERDUE = "not reviewed: no moderator came in time"
_CORRECTED = "corrected by a moderator"


@dataclass(frozen=True, slots=True)
class Words:
    """A verdict as the posted answer's footer, the card's footer and the card's field put it."""

    answer: str
    card: str
    field: str


_WORDS = {
    (True, Decision.APPROVED): Words("approved by a moderator", "approved", "Approved by"),
    (True, Decision.REJECTED): Words("withdrawn: rejected by a moderator", "rejected", "Rejected by"),
    (False, Decision.APPROVED): Words("confirmed by a moderator", "right to abstain", "Right to abstain, according to"),
    (False, Decision.REJECTED): Words(
        "a moderator disagrees", "should have answered", "Should have answered, according to"
    ),
}
"""By whether it was answered, and the decision."""

_COLOURS = {
    None: discord.Colour.blurple(),
    Decision.APPROVED: discord.Colour.green(),
    Decision.REJECTED: discord.Colour.dark_grey(),
}


def drafting(question: str, state: Drafting) -> discord.Embed:
    """What everybody sees while an answer is made: the claims so far, in the form that the answer will give them."""
    embed = headed(question)
    reading = f"Reading {state.passages} passage{'' if state.passages == 1 else 's'}{ELLIPSIS}"
    if not state.claims:
        embed.description = reading
        return embed
    embed.description = f"{fit_lines(runs(state.claims), DESCRIPTION_LIMIT - 50)}\n{ELLIPSIS}"
    embed.set_footer(text=reading)
    return embed


def answer(record: AnswerRecord) -> discord.Embed:
    """What everybody sees: the answer and each cited sentence, but none that a moderator found wrong. A rejected answer
    is struck out, without its quotes; of one that is withheld nothing shows.
    """
    embed = headed(record.question, _decision(record))
    embed.set_footer(text=" · ".join([f"#{record.id}", *_standing(record)]))
    if record.is_withheld:
        embed.description = _withheld(record)[0]
    elif _decision(record) is not Decision.REJECTED:
        shown = replace(record, claims=record.shown_claims, citations=record.shown_citations)
        _fill(embed, shown, _lead(shown, cited=len(record.citations)), end=_below(shown))
    elif record.answered:
        struck = fit(" ".join(claim.shown for claim in record.claims), DESCRIPTION_LIMIT - 100)
        embed.description = f"**A moderator rejected this answer.** It said:\n> ~~{struck}~~"
    else:
        _fill(embed, record, [_DISAGREES])
    return embed


def sources(
    record: AnswerRecord, contexts: Sequence[Context | None], *, withheld: int = 0
) -> list[list[discord.Embed]]:
    """Each cited sentence in bold inside its neighbours, as the embeds of one or more messages.

    `contexts` runs parallel to `record.citations`; None where the article has changed since. `withheld`: so many more.
    """
    embeds = [_source(*both) for both in zip(record.citations, contexts, strict=True)]
    if withheld or not embeds:
        embeds.append(discord.Embed(description=WITHHELD if withheld else f"Answer #{record.id} cites no sentence."))
    pages: list[list[discord.Embed]] = [[]]
    for embed in embeds:
        if len(pages[-1]) == EMBEDS_LIMIT or sum(map(size, pages[-1])) + size(embed) > EMBED_LIMIT:
            pages.append([])
        pages[-1].append(embed)
    return pages


def size(embed: discord.Embed) -> int:
    """What Discord counts towards EMBED_LIMIT."""
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    return sum(width(part) for part in parts if part)


def headed(question: str, decision: Decision | None = None) -> discord.Embed:
    return discord.Embed(title=fit(question or _REMOVED, TITLE_LIMIT), colour=_COLOURS[decision])


def _decision(record: AnswerRecord) -> Decision | None:
    return record.verdict.decision if record.verdict else None


def _standing(record: AnswerRecord) -> list[str]:
    """What readers should know of the answer: the verdict, or that it is a weak one; and how it was made."""
    if record.is_withheld:
        return [_withheld(record)[1]]
    note = [record.note] if record.note else []
    if record.is_question_deleted:
        note.append("its question was deleted")
    if record.verdict:
        return [_CORRECTED if record.is_corrected else words(record, record.verdict).answer, *note]
    overdue = [_OVERDUE] if record.hold is Hold.OVERDUE else []
    unsure = ["not sure"] if record.answered and record.confidence < SURE_FROM else []
    return [*overdue, *unsure, *note]


def _withheld(record: AnswerRecord) -> tuple[str, str]:
    if record.hold is Hold.WAITING:
        return _WAITING if record.has_reviewers else _UNSEEN
    return _REFUSED if _decision(record) is Decision.REJECTED else _CLOSED


def words(record: AnswerRecord, verdict: Verdict) -> Words:
    return _WORDS[record.answered, verdict.decision]


def _lead(record: AnswerRecord, *, cited: int) -> list[str]:
    """`cited`: so many sentences were cited before any was found wrong."""
    if not record.answered:
        return [NO_ANSWER]
    if not record.claims:
        return [f"A moderator found the source{'s' if cited > 1 else ''} of this answer wrong."]
    return [*warning(record), *runs(record.claims)]


def warning(record: AnswerRecord) -> list[str]:
    """What everybody should know before they read on: that the articles do not say any more what is quoted."""
    if record.lost < 2:
        return ["⚠ A source of this answer has changed since."] if record.lost else []
    return [f"⚠ {record.lost} sources of this answer have changed since."]


def runs(claims: Sequence[Claim]) -> list[str]:
    """A line for each run of claims from one article, so that sources which disagree do not read as one voice."""
    found = groupby(claims, key=lambda claim: claim.citations[0].article_id if claim.citations else None)
    return [annotated([*run]) for _, run in found]


def _below(record: AnswerRecord) -> str:
    """What its claims were translated from, and what a follow-up was taken to ask."""
    understood = remark(record.understood)
    return originals(record.claims) + (f"\n*Understood as: {understood}*" if understood else "")


def remark(text: str | None) -> str:
    """Empty as well where there are only blanks, which Discord takes for no text."""
    return fit(text or "", LONGEST_REMARK)


def _fill(embed: discord.Embed, record: AnswerRecord, lead: Sequence[str], *, end: str = "") -> None:
    """The lines of `lead`, `end` and the quotes, in full where they fit; else the quotes give way first."""
    fields = grouped(record.citations)
    limit = room_for_text(embed, fields)
    embed.description = fit_lines(lead, limit - width(end)) + end
    if not record.answered and fields:
        embed.description += CLOSEST
    add_fields(embed, fields, room=EMBED_LIMIT - size(embed), slots=FIELDS_LIMIT)


def room_for_text(embed: discord.Embed, fields: Sequence[Quoting], *, reserved: int = 0) -> int:
    """How long the description may be: as long as the quotes leave it, but not too short."""
    spare = EMBED_LIMIT - size(embed) - reserved - taken(fields)
    return min(DESCRIPTION_LIMIT - 50, max(spare, LEAST_ANSWER))


def _source(citation: Citation, context: Context | None) -> discord.Embed:
    quote = fit(citation.quote, _LONGEST_QUOTE)
    if citation.is_attached:
        text = f"**{quote}**\n*From the file that came with the question. It is not kept.*"
    elif context is None:
        remark = REMARKS.get(citation.standing, REMARKS[CitationStatus.CHANGED])
        text = f"**{quote}**\n*{remark.capitalize()}; this is the sentence as it was cited.*"
    else:
        text = inside(context, quote, _LONGEST_CONTEXT - width(quote))
    return discord.Embed(title=heading(citation), description=text + origin(citation))


def inside(context: Context, quote: str, room: int) -> str:
    """A quote in bold, and in so much room, blanks included, the sentences before and after it."""
    wanted = [width(fit(neighbour, room)) for neighbour in (context.before, context.after)]
    before, after = fair_shares(wanted, max(room - 2, 0))
    parts = (fit_end(context.before, before), f"**{quote}**", fit(context.after, after))
    return " ".join(part for part in parts if part)
