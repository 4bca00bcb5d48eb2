"""What /help, /about and /status say. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
from discord.utils import format_dt

from footnote_bot.render.markdown import fit
from footnote_bot.translations.catalogue import N_, _, plural, written
from footnote_index.building.reports import Status

IN_SHORT = N_(
    "Ask me about the articles: mention me with your question, or use `/ask`. Each sentence of my answer has a "
    "footnote, and *Sources* shows it with the sentences around it. `/help` shows what I have read, `/privacy` what I "
    "store."
)
"""For people who write "help" to the bot."""

_TOPICS = 5
_LONGEST_TOPIC = 120


@dataclass(frozen=True, slots=True)
class Here:
    """The situation where /help was used. `asks_in`: the channels for questions, empty if there are none."""

    is_answered: bool
    asks_in: Sequence[int] = ()
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Vital:
    """What a manager should know: `problems` are lines about what needs to be done."""

    milliseconds: float
    waiting: int
    has_content: bool
    problems: tuple[str, ...] = ()


def help_embed(titles: Mapping[str, str], here: Here, *, day: int) -> discord.Embed:
    """Examples from the live index: different articles each `day`."""
    embed = discord.Embed(title=_("Ask the articles"), description=_(IN_SHORT), colour=discord.Colour.blurple())
    if titles:
        topics = "\n".join(f"- {fit(title, _LONGEST_TOPIC)}" for title in _some([*titles.values()], day))
        name = plural("I have read {n} article, such as", "I have read {n} articles, such as", len(titles))
        embed.add_field(name=name, value=topics, inline=False)
    embed.add_field(name=_("Here"), value=_here(here), inline=False)
    embed.add_field(
        name=_("Under an answer"),
        value=_(
            "*Sources* shows the cited sentences. 👍 and 👎 say what you think of it. *Flag* alerts the moderators."
        ),
        inline=False,
    )
    return embed


def about_embed(index: Status | None, *, model: str | None, room: str | None) -> discord.Embed:
    embed = discord.Embed(title="Footnote", colour=discord.Colour.blurple())
    embed.description = _(
        "I answer questions from a set of articles. Every sentence of an answer has a footnote that quotes its "
        "source sentence word for word. If the articles do not say it, neither do I."
    )
    embed.add_field(name=_("Articles"), value=_index(index), inline=False)
    writes = _("None: answers are source sentences")
    if model:
        writes = _("A language model at {host}, checked sentence by sentence").format(host=model)
    embed.add_field(name=_("Language model"), value=writes, inline=False)
    if room:
        beside = _("Answers next to their sources: {address}").format(address=f"<{room}>")
        embed.add_field(name=_("Reading room"), value=beside, inline=False)
    return embed


def status_embed(index: Status | None, vital: Vital) -> discord.Embed:
    colour = discord.Colour.orange() if vital.problems else discord.Colour.green()
    embed = discord.Embed(title=_("Status"), colour=colour)
    generation = "\n" + _("Generation {name}").format(name=f"`{index.generation}`") if index else ""
    embed.add_field(name=_("Index"), value=_index(index) + generation, inline=False)
    waiting = plural("{n} answer waiting for a verdict", "{n} answers waiting for a verdict", vital.waiting)
    embed.add_field(name=_("Answers"), value=waiting, inline=False)
    away = _("Latency: {milliseconds} ms.").format(milliseconds=written(round(vital.milliseconds)))
    content = _("Message Content intent: on") if vital.has_content else _("Message Content intent: off (not needed)")
    embed.add_field(name="Discord", value=f"{away} {content}", inline=False)
    nothing = _("Nothing. I have everything I need.")
    todo = "\n".join(f"⚠ {problem}" for problem in vital.problems) or nothing
    return embed.add_field(name=_("To do"), value=todo[:1024], inline=False)


def _some(titles: Sequence[str], day: int) -> list[str]:
    first = day * _TOPICS % len(titles)
    return [*titles, *titles][first : first + min(_TOPICS, len(titles))]


def _here(here: Here) -> str:
    if not here.is_answered:
        channels = ", ".join(f"<#{channel}>" for channel in here.asks_in)
        if not channels:
            return _("Questions are not answered here.")
        return _("Questions are answered in {channels}.").format(channels=channels)
    held = _("A moderator sees each answer before it is shown.") if here.is_held else ""
    lines = [_("I answer in this channel."), held, _("Reply to an answer to ask a follow-up.")]
    return " ".join(filter(None, lines))


def _index(index: Status | None) -> str:
    if index is None:
        return _("There are no articles yet.")
    day = format_dt(index.built_at, "D")
    return plural("{n} article, as of {day}", "{n} articles, as of {day}", index.articles, day=day)
