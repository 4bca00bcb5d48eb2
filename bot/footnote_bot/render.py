"""Records as embeds: the answer, its sources, its review card. Pure; whatever goes in, Discord's limits hold.

All lengths are UTF-16 code units, escapes included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import discord
from discord.utils import format_dt

from footnote.models import AnswerRecord, Citation, Decision, Verdict
from footnote_bot.markdown import escape, fit, fit_end, link, width
from footnote_bot.notation import annotated, byline, superscript
from footnote_index.context import Context

EMBED_LIMIT = 6000  # over all embeds of a message
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4096
FIELDS_LIMIT = 25
VALUE_LIMIT = 1024
EMBEDS_LIMIT = 10

_LEAST_ANSWER = 2000  # of an answer that shares its embed with long quotes
_LEAST_QUOTE = 80
_LONGEST_QUOTE = 3300
_LONGEST_CONTEXT = 1500  # a sentence and its neighbours, so that three or more share a message
_LONGEST_TITLE = 200
_LONGEST_BYLINE = 150
_REST = 60  # what "and 3 more" takes

_NO_ANSWER = "The articles do not answer this question."
_STATES = {
    None: "",
    Decision.APPROVED: " · approved by a moderator",
    Decision.REJECTED: " · withdrawn: rejected by a moderator",
}
_COLOURS = {
    None: discord.Colour.blurple(),
    Decision.APPROVED: discord.Colour.green(),
    Decision.REJECTED: discord.Colour.dark_grey(),
}


def answer(record: AnswerRecord) -> discord.Embed:
    """What everybody sees: the answer and each cited sentence. A rejected answer is struck out, without its quotes."""
    decision = _decision(record)
    embed = _headed(record)
    embed.set_footer(text=f"#{record.id}{_STATES[decision]}")
    if decision is Decision.REJECTED:
        struck = fit(_text(record), DESCRIPTION_LIMIT - 100)
        embed.description = f"**A moderator rejected this answer.** It said:\n> ~~{struck}~~"
        return embed
    _fill(embed, record, reserved=0, slots=FIELDS_LIMIT)
    return embed


def card(record: AnswerRecord) -> discord.Embed:
    """What moderators see: everything needed for a verdict, and the verdict once it is given."""
    embed = _headed(record)
    state = record.verdict.decision.value if record.verdict else "waiting for a verdict"
    embed.set_footer(text=f"#{record.id} · {state}")
    facts = list(_facts(record))
    _fill(embed, record, reserved=sum(width(name + value) for name, value in facts), slots=FIELDS_LIMIT - len(facts))
    for name, value in facts:
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


def first_verdict(verdict: Verdict) -> str:
    """What a moderator reads who came second."""
    return f"{_verdict(verdict)} The first verdict stands."


def size(embed: discord.Embed) -> int:
    """What Discord counts towards EMBED_LIMIT."""
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    return sum(width(part) for part in parts if part)


def _headed(record: AnswerRecord) -> discord.Embed:
    return discord.Embed(title=fit(record.question, TITLE_LIMIT), colour=_COLOURS[_decision(record)])


def _decision(record: AnswerRecord) -> Decision | None:
    return record.verdict.decision if record.verdict else None


def _text(record: AnswerRecord) -> str:
    return " ".join(claim.text for claim in record.claims) if record.answered else _NO_ANSWER


def _fill(embed: discord.Embed, record: AnswerRecord, *, reserved: int, slots: int) -> None:
    """Answer and quotes in full where they fit; else the quotes give way first."""
    quotes = [_Quote.of(citation) for citation in record.citations]
    room = EMBED_LIMIT - size(embed) - reserved
    spare = room - sum(quote.size for quote in quotes)
    text = annotated(record.claims) if record.answered else _NO_ANSWER
    embed.description = fit(text, min(DESCRIPTION_LIMIT - 50, max(spare, _LEAST_ANSWER)))
    if not record.answered and quotes:
        embed.description += "\n\nClosest in the articles:"
    _add_quotes(embed, quotes, room=room - width(embed.description), slots=slots)


@dataclass(frozen=True, slots=True)
class _Quote:
    """One cited sentence as a field: `name`, then the quote, then `origin`."""

    name: str
    text: str
    origin: str

    @classmethod
    def of(cls, citation: Citation) -> Self:
        return cls(_source_title(citation), citation.quote, _origin(citation))

    @property
    def frame(self) -> int:
        """What the field takes besides the quote."""
        return width(f"{self.name}> {self.origin}")

    @property
    def wanted(self) -> int:
        """What the quote takes in full, as far as a field bears it."""
        return min(width(escape(self.text)), VALUE_LIMIT - width(f"> {self.origin}"))

    @property
    def size(self) -> int:
        return self.frame + self.wanted


def _add_quotes(embed: discord.Embed, quotes: Sequence[_Quote], *, room: int, slots: int) -> None:
    if len(quotes) > slots or sum(quote.size for quote in quotes) > room:
        room, slots = room - _REST, slots - 1
    shown = quotes[: _how_many(quotes, room=room, slots=slots)]
    shares = fair_shares([quote.wanted for quote in shown], room - sum(quote.frame for quote in shown))
    for quote, share in zip(shown, shares, strict=True):
        embed.add_field(name=quote.name, value=f"> {fit(quote.text, share)}{quote.origin}", inline=False)
    if len(shown) < len(quotes):
        embed.add_field(name=f"and {len(quotes) - len(shown)} more", value="Press Sources to read all.", inline=False)


def _how_many(quotes: Sequence[_Quote], *, room: int, slots: int) -> int:
    """How many quotes have a field and at least their first words."""
    for count, quote in enumerate(quotes[:slots]):
        room -= quote.frame + min(quote.wanted, _LEAST_QUOTE)
        if room < 0:
            return count
    return min(len(quotes), slots)


def fair_shares(wanted: Sequence[int], room: int) -> list[int]:
    """Shares that fill the room: whoever wants little gets it, the others get the same."""
    shares = [0] * len(wanted)
    for done, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[index] = min(wanted[index], room // (len(wanted) - done))
        room -= shares[index]
    return shares


def _source(citation: Citation, context: Context | None) -> discord.Embed:
    quote = fit(citation.quote, _LONGEST_QUOTE)
    if context is None:
        text = f"**{quote}**\n*The article has changed since; the sentence is quoted as it was cited.*"
    else:
        beside = (_LONGEST_CONTEXT - width(quote)) // 2
        parts = (fit_end(context.before, beside), f"**{quote}**", fit(context.after, beside))
        text = " ".join(part for part in parts if part)
    return discord.Embed(title=_source_title(citation), description=text + _origin(citation))


def _source_title(citation: Citation) -> str:
    return f"{superscript(citation.number)} {fit(citation.title, _LONGEST_TITLE)}"


def _origin(citation: Citation) -> str:
    lines = (fit(byline(citation), _LONGEST_BYLINE), link(citation.url))
    return "".join(f"\n{line}" for line in lines if line)


def _facts(record: AnswerRecord) -> Iterator[tuple[str, str]]:
    """What the card says below the quotes, as names and values of fields."""
    asked = f"<@{record.asker_id}> in <#{record.channel_id}>"
    if record.posted is not None:
        guild = record.guild_id or "@me"
        asked += f"\nhttps://discord.com/channels/{guild}/{record.posted.channel_id}/{record.posted.message_id}"
    yield "Asked by", asked
    yield "Confidence", f"{record.confidence:.0%}"
    if record.verdict is not None:
        yield "Verdict", _verdict(record.verdict)


def _verdict(verdict: Verdict) -> str:
    return f"{verdict.decision.value.capitalize()} by <@{verdict.moderator_id}> {format_dt(verdict.decided_at, 'R')}."
