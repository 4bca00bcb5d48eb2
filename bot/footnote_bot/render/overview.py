"""The queue, the statistics and receipts as embeds. Pure; the output never exceeds Discord's limits."""

from __future__ import annotations

import discord
from discord.utils import format_dt

from footnote.records.answers import AnswerRecord, Decision, MessageRef
from footnote.records.overview import QueueState
from footnote.records.receipts import ReceiptRecord
from footnote.stores import Queued
from footnote_bot.render import receipts as receipt_text
from footnote_bot.render.answers import DESCRIPTION_LIMIT, EMBED_LIMIT, EMBEDS_LIMIT, size
from footnote_bot.render.figures import figures, span
from footnote_bot.render.markdown import fit, width
from footnote_bot.server_records.counting import Counted
from footnote_bot.translations.catalogue import N_, _, percent, plural, written

PAGE = 10
"""Entries on a page of the queue."""

PICTURE = "overview.png"

_LONGEST_QUESTION = 150
_LONGEST_LINE = 500
_FORGOTTEN = N_("(forgotten)")
_TITLES = {
    QueueState.OPEN: N_("Waiting for a verdict"),
    QueueState.HELD: N_("Held until a moderator decides"),
    QueueState.FLAGGED: N_("Flagged by a reader"),
    QueueState.DECIDED: N_("Decided"),
    QueueState.EXPIRED: N_("Open again: a source has changed"),
}


_DECIDED = {
    Decision.APPROVED: N_("approved by {moderator}"),
    Decision.REJECTED: N_("rejected by {moderator}"),
}


def queue(found: Queued, state: QueueState, *, page: int) -> discord.Embed:
    """A page, counted from 1."""
    embed = discord.Embed(title=_(_TITLES[state]), colour=discord.Colour.blurple())
    if not found.records:
        embed.description = _("Nothing here.") if not found.total else _("This page is now empty.")
    for record in found.records:
        embed.add_field(name=f"#{record.id} · {_question(record)}", value=_entry(record), inline=False)
    pages = page_count(found.total)
    which = _("Page {page} of {pages}").format(page=page, pages=pages)
    answers = plural("{n} answer in channels that you can see", "{n} answers in channels that you can see", found.total)
    embed.set_footer(text=f"{which} · {answers}")
    return embed


def page_count(total: int) -> int:
    """At least one."""
    return max(1, -(-total // PAGE))


def statistics(counted_up: Counted, *, title: str, with_picture: bool) -> discord.Embed:
    """The figures, and the most frequent unanswered questions."""
    embed = discord.Embed(title=f"{title}: {span(counted_up.days)}", colour=discord.Colour.blurple())
    for name, line in figures(counted_up.statistics):
        embed.add_field(name=name, value=line, inline=False)
    if counted_up.gaps:
        gaps = [f"{written(gap.count)} × {fit(gap.example, _LONGEST_QUESTION)}" for gap in counted_up.gaps]
        embed.add_field(name=_("Not answered"), value="\n".join(gaps), inline=False)
    if with_picture:
        embed.set_image(url=f"attachment://{PICTURE}")
    return embed


def receipt(record: AnswerRecord, found: ReceiptRecord | None) -> list[list[discord.Embed]]:
    """How an answer was made, as the embeds of one or more messages."""
    pages: list[list[discord.Embed]] = [[]]
    for section in receipt_text.sections(record, found):
        for embed in _section(section):
            if len(pages[-1]) == EMBEDS_LIMIT or sum(map(size, pages[-1])) + size(embed) > EMBED_LIMIT:
                pages.append([])
            pages[-1].append(embed)
    return pages


def _section(section: receipt_text.ReceiptSection) -> list[discord.Embed]:
    embeds = [discord.Embed(title=section.title, description="")]
    for line in section.lines:
        text = fit(line, _LONGEST_LINE)
        if width(f"{embeds[-1].description}\n{text}") > DESCRIPTION_LIMIT:
            embeds.append(discord.Embed(description=""))
        embeds[-1].description = f"{embeds[-1].description}\n{text}".strip()
    return embeds


def _question(record: AnswerRecord) -> str:
    return fit(record.question, _LONGEST_QUESTION) or _(_FORGOTTEN)


def _entry(record: AnswerRecord) -> str:
    confidence = _("confidence {share}").format(share=percent(record.confidence))
    parts = [format_dt(record.asked_at, "R"), f"<#{record.channel_id}>", confidence]
    if not record.answered:
        parts.append(_("not answered"))
    if record.votes.flags:
        parts.append(plural("{n} flag", "{n} flags", record.votes.flags))
    if record.verdict is not None:
        decided = _(_DECIDED[record.verdict.decision])
        parts.append(decided.format(moderator=f"<@{record.verdict.moderator_id}>"))
    places = ((_("Card"), record.card), (_("Answer"), record.posted))
    links = [f"{what}: {_link(record, place)}" for what, place in places if place]
    return "\n".join([" · ".join(parts), *links])


def _link(record: AnswerRecord, place: MessageRef) -> str:
    return f"https://discord.com/channels/{record.guild_id}/{place.channel_id}/{place.message_id}"
