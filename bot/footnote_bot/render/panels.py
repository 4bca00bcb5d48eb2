"""What only one moderator sees: a citation to judge, better sentences to choose from, lines that were not accepted."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from footnote.models import Candidate, Citation
from footnote.records.answers import AnswerRecord
from footnote.review.edits import Failure, sources
from footnote_bot.render.answers import inside
from footnote_bot.render.cards import ruling_line
from footnote_bot.render.markdown import fit, width
from footnote_bot.render.quotes import TITLE_LIMIT, VALUE_LIMIT, fair_shares, heading
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.from_below import told
from footnote_index.context import Context

_LONGEST_QUOTE = 1500
_LONGEST_NEIGHBOURS = 1200
_LONGEST_OFFERED = 330  # ten share a description
_LONGEST_LIST = 3500
_LONGEST_FAILURE = 150
_FAILURES_SHOWN = 7


def panel(record: AnswerRecord, number: int, context: Context | None) -> discord.Embed:
    """A citation between its neighbours, what it is cited for, and what was ruled."""
    cited = next((citation for citation in record.citations if citation.number == number), None)
    if cited is None:
        gone = _("Answer #{answer} no longer has citation {number}.")
        return discord.Embed(description=gone.format(answer=record.id, number=number))
    embed = discord.Embed(title=fit(record.question, TITLE_LIMIT))
    embed.add_field(name=_("Cited for"), value=_carried_claims(record, number), inline=False)
    quote = fit(cited.quote, _LONGEST_QUOTE)
    around = context or Context("", cited.quote, "")
    embed.description = f"**{heading(cited)}**\n> {inside(around, quote, _LONGEST_NEIGHBOURS)}"
    ruling = next((one for one in record.rulings if one.number == number), None)
    if ruling is not None:
        embed.add_field(name=_("Ruling"), value=ruling_line(ruling), inline=False)
    return embed.set_footer(text=f"#{record.id}")


def offered(record: AnswerRecord, number: int, candidates: Sequence[Candidate]) -> discord.Embed:
    """Sentences that could replace a citation, numbered as in the menu below."""
    embed = discord.Embed(title=_("Other sentences for [{number}]").format(number=number))
    embed.add_field(name=_("Cited for"), value=_carried_claims(record, number), inline=False)
    lines = [f"{at}\\. {fit(one.quote, _LONGEST_OFFERED)}" for at, one in enumerate(candidates, start=1)]
    embed.description = "\n".join(lines) or _("No other sentence in the articles is close.")
    return embed.set_footer(text=f"#{record.id}")


def numbered_sources(record: AnswerRecord) -> str:
    """The sentences that an edited answer may cite, for a form."""
    cited = sources(record)
    if not cited:
        return _("There is no sentence to cite.")
    room = _LONGEST_LIST - sum(width(_mark(citation)) + 1 for citation in cited)
    shares = fair_shares([width(fit(citation.quote, room)) for citation in cited], room)
    lines = zip(cited, shares, strict=True)
    return "\n".join(_mark(citation) + fit(citation.quote, share) for citation, share in lines)


def not_grounded(failures: Sequence[Failure]) -> str:
    """Which lines were not accepted, and why."""
    shown = failures[:_FAILURES_SHOWN]
    lines = [f"> {fit(failure.line, _LONGEST_FAILURE)}\n{told(failure.reason)}" for failure in shown]
    left = len(failures) - len(shown)
    lines += [_("and {left} more").format(left=left)] if left else []
    nothing = _("Nothing has changed yet. These lines are not supported by the sentences that they cite:")
    return "\n".join([nothing, *lines])


def _mark(citation: Citation) -> str:
    return f"\\[{citation.number}\\] "


def _carried_claims(record: AnswerRecord, number: int) -> str:
    claims = [claim.text for claim in record.claims if number in {one.number for one in claim.citations}]
    return fit(" ".join(claims), VALUE_LIMIT) or _("no longer used")
