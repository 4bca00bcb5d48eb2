"""What the articles say about a message, statement by statement."""

from __future__ import annotations

import discord

from footnote.grounding.fact_check import FactCheck, Statement, StatementFinding
from footnote_bot.render.markdown import fit, width
from footnote_bot.render.quotes import VALUE_LIMIT, origin
from footnote_bot.translations.catalogue import N_, _

_SIGNS = {StatementFinding.SUPPORTED: "✅", StatementFinding.CONTRADICTED: "❌", StatementFinding.UNSAID: "➖"}
_WORDS = {
    StatementFinding.SUPPORTED: N_("The articles say so"),
    StatementFinding.CONTRADICTED: N_("The articles say otherwise"),
    StatementFinding.UNSAID: N_("The articles do not say"),
}
_COUNTS = {
    StatementFinding.SUPPORTED: N_("{n} supported"),
    StatementFinding.CONTRADICTED: N_("{n} contradicted"),
    StatementFinding.UNSAID: N_("{n} not in the articles"),
}
_LONGEST_STATEMENT = 150
_LONGEST_TITLE = 100
_FOR_ALL = 5700  # of 6,000 characters of an embed, which all statements share

NOTHING_STATED = N_("That message has no statement to check: it is a question, or only a few words.")


def checked(found: FactCheck) -> discord.Embed:
    """A field for each statement."""
    embed = discord.Embed(title=_("Checked against the articles"))
    if not found.statements:
        embed.description = _(NOTHING_STATED)
    for one in found.statements:
        name = f"{_SIGNS[one.finding]} {fit(one.text, _LONGEST_STATEMENT)}"
        room = min(VALUE_LIMIT, _FOR_ALL // len(found.statements) - width(name))
        embed.add_field(name=name, value=_value(one, room), inline=False)
    counted = [
        _(_COUNTS[finding]).format(n=sum(one.finding is finding for one in found.statements))
        for finding in StatementFinding
    ]
    left_out = [_("{n} more not checked").format(n=found.left_out)] if found.left_out else []
    if found.statements:
        embed.set_footer(text=" · ".join([*counted, *left_out]))
    return embed


def _value(statement: Statement, room: int) -> str:
    """A link that is too long is left out, and the quote is shortened to the rest of the room."""
    words, citation = _(_WORDS[statement.finding]), statement.citation
    if citation is None:
        return f"{words}."
    title, source = fit(citation.title, _LONGEST_TITLE), origin(citation)
    if width(source) > room // 2:
        source = ""
    quote = fit(citation.quote, room - width(f"{words}:\n> \n{title}{source}"))
    return f"{words}:\n> {quote}\n{title}{source}"
