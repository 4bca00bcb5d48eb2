"""Records as embeds: the answer and its sources. Pure; the output never exceeds Discord's limits.

All lengths are in UTF-16 code units, including escapes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import discord

from footnote.models import NO_ANSWER, Citation, CitationStatus, Claim
from footnote.ports import Drafting
from footnote.records.answers import AnswerRecord, Decision
from footnote_bot.citation_format import annotated, closest
from footnote_bot.render.markdown import ELLIPSIS, fit, fit_end, width
from footnote_bot.render.originals import originals
from footnote_bot.render.quotes import (
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
from footnote_bot.render.review_state import decision_of, review_state, warning
from footnote_bot.render.review_state import withheld as instead_of
from footnote_bot.translations.catalogue import N_, _, plural
from footnote_bot.translations.from_below import told
from footnote_index.context import Context

EMBED_LIMIT = 6000  # over all embeds of a message
DESCRIPTION_LIMIT = 4096
FIELDS_LIMIT = 25
EMBEDS_LIMIT = 10

LEAST_ANSWER = 2000  # of an answer that shares its embed with long quotes
_LONGEST_QUOTE = 3300
LONGEST_REMARK = 400
_LONGEST_CONTEXT = 1500  # a sentence and its neighbours, so that three or more share a message

_REMOVED = N_("(question removed)")
WITHHELD = N_("The answer also cites articles that are no longer available here.")
CLOSEST = N_("\n\nClosest in the articles:")
_DISAGREES = N_("A moderator disagrees: the articles do answer this question.")

_COLOURS = {
    None: discord.Colour.blurple(),
    Decision.APPROVED: discord.Colour.green(),
    Decision.REJECTED: discord.Colour.dark_grey(),
}


def drafting(question: str, state: Drafting) -> discord.Embed:
    """What everybody sees while an answer is being made: the claims so far, in the form of the final answer."""
    embed = headed(question)
    reading = plural("Reading {n} passage…", "Reading {n} passages…", state.passages)
    if not state.claims:
        embed.description = reading
        return embed
    embed.description = f"{fit_lines(runs(state.claims), DESCRIPTION_LIMIT - 50)}\n{ELLIPSIS}"
    embed.set_footer(text=reading)
    return embed


def answer(record: AnswerRecord) -> discord.Embed:
    """What everybody sees: the answer and each cited sentence, except those that a moderator found wrong. A rejected
    answer is struck out, without its quotes; nothing is shown of a withheld one.
    """
    embed = headed(record.question, decision_of(record))
    embed.set_footer(text=" · ".join([f"#{record.id}", *review_state(record)]))
    if record.is_withheld:
        embed.description = instead_of(record)
    elif decision_of(record) is not Decision.REJECTED:
        shown = replace(record, claims=record.shown_claims, citations=record.shown_citations)
        _fill(embed, shown, _lead(shown, cited=len(record.citations)), end=_below(shown))
    elif record.answered:
        struck = fit(" ".join(claim.shown for claim in record.claims), DESCRIPTION_LIMIT - 100)
        embed.description = _("**A moderator rejected this answer.** It said:") + f"\n> ~~{struck}~~"
    else:
        _fill(embed, record, [_(_DISAGREES)])
    return embed


def sources(
    record: AnswerRecord, contexts: Sequence[Context | None], *, withheld: int = 0
) -> list[list[discord.Embed]]:
    """Each cited sentence in bold between its neighbours, as the embeds of one or more messages.

    `contexts` matches `record.citations` one by one; None if the article has changed since. `withheld`: how many more
    there are.
    """
    embeds = [_source(*both) for both in zip(record.citations, contexts, strict=True)]
    if withheld or not embeds:
        nothing = _("Answer #{number} cites no sentence.").format(number=record.id)
        embeds.append(discord.Embed(description=_(WITHHELD) if withheld else nothing))
    pages: list[list[discord.Embed]] = [[]]
    for embed in embeds:
        if len(pages[-1]) == EMBEDS_LIMIT or sum(map(size, pages[-1])) + size(embed) > EMBED_LIMIT:
            pages.append([])
        pages[-1].append(embed)
    return pages


def size(embed: discord.Embed) -> int:
    """The length that Discord counts towards EMBED_LIMIT."""
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    return sum(width(part) for part in parts if part)


def headed(question: str, decision: Decision | None = None) -> discord.Embed:
    return discord.Embed(title=fit(question or _(_REMOVED), TITLE_LIMIT), colour=_COLOURS[decision])


def _lead(record: AnswerRecord, *, cited: int) -> list[str]:
    """`cited`: how many sentences were cited before any was found wrong."""
    if not record.answered:
        return [told(NO_ANSWER)]
    if not record.claims:
        return [
            _("A moderator found the sources of this answer wrong.")
            if cited > 1
            else _("A moderator found the source of this answer wrong.")
        ]
    return [*warning(record), *runs(record.claims)]


def runs(claims: Sequence[Claim]) -> list[str]:
    """A line for each run of claims from one article, so that sources which disagree do not read as one voice."""
    found = groupby(claims, key=lambda claim: claim.citations[0].article_id if claim.citations else None)
    return [annotated([*run]) for _, run in found]


def _below(record: AnswerRecord) -> str:
    """What its claims were translated from, and how a follow-up was understood."""
    understood = remark(record.understood)
    follow_up = "\n*" + _("Understood as: {question}").format(question=understood) + "*" if understood else ""
    return originals(record.claims) + follow_up


def remark(text: str | None) -> str:
    """Empty also if there is only white space, which Discord does not accept as text."""
    return fit(text or "", LONGEST_REMARK)


def _fill(embed: discord.Embed, record: AnswerRecord, lead: Sequence[str], *, end: str = "") -> None:
    """The lines of `lead`, `end` and the quotes, in full if they fit; otherwise the quotes are shortened first."""
    fields = grouped(record.citations if record.answered else closest(record.citations))
    limit = room_for_text(embed, fields)
    embed.description = fit_lines(lead, limit - width(end)) + end
    if not record.answered and fields:
        embed.description += _(CLOSEST)
    add_fields(embed, fields, room=EMBED_LIMIT - size(embed), slots=FIELDS_LIMIT)


def room_for_text(embed: discord.Embed, fields: Sequence[Quoting], *, reserved: int = 0) -> int:
    """How long the description may be: as much as the quotes leave, but not too short."""
    spare = EMBED_LIMIT - size(embed) - reserved - taken(fields)
    return min(DESCRIPTION_LIMIT - 50, max(spare, LEAST_ANSWER))


def _source(citation: Citation, context: Context | None) -> discord.Embed:
    quote = fit(citation.quote, _LONGEST_QUOTE)
    if citation.is_attached:
        text = f"**{quote}**\n*" + _("From the file attached to the question. The file is not kept.") + "*"
    elif context is None:
        gone = _("The article has been removed; this is the sentence as it was cited.")
        changed = _("The article has changed since; this is the sentence as it was cited.")
        text = f"**{quote}**\n*{gone if citation.status is CitationStatus.GONE else changed}*"
    else:
        text = inside(context, quote, _LONGEST_CONTEXT - width(quote))
    return discord.Embed(title=heading(citation), description=text + origin(citation))


def inside(context: Context, quote: str, room: int) -> str:
    """A quote in bold, with the sentences before and after it, in this much room including spaces."""
    wanted = [width(fit(neighbour, room)) for neighbour in (context.before, context.after)]
    before, after = fair_shares(wanted, max(room - 2, 0))
    parts = (fit_end(context.before, before), f"**{quote}**", fit(context.after, after))
    return " ".join(part for part in parts if part)
