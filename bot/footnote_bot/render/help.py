"""What /help, /about and /status say. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord
from discord.utils import format_dt

from footnote_bot.citation_format import counted
from footnote_bot.render.markdown import fit
from footnote_index.building.reports import Status

IN_SHORT = (
    "Ask me about the articles: mention me with your question, or use `/ask`. Each sentence of my answer has a "
    "footnote, and *Sources* shows it with the sentences around it. `/help` shows what I have read, `/privacy` what I "
    "store."
)
"""For whoever writes "help" to the bot."""

_TOPICS = 5
_LONGEST_TOPIC = 120


@dataclass(frozen=True, slots=True)
class Here:
    """What is so where /help was asked. `asks_in`: the channels for questions, none if there are no such."""

    is_answered: bool
    asks_in: Sequence[int] = ()
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Vital:
    """What a manager should know: `troubles` are lines that need something done."""

    milliseconds: float
    waiting: int
    has_content: bool
    troubles: tuple[str, ...] = ()


def help_embed(titles: Mapping[str, str], here: Here, *, day: int) -> discord.Embed:
    """Examples from the live index: another few articles each `day`."""
    embed = discord.Embed(title="Ask the articles", description=IN_SHORT, colour=discord.Colour.blurple())
    if titles:
        topics = "\n".join(f"- {fit(title, _LONGEST_TOPIC)}" for title in _some([*titles.values()], day))
        embed.add_field(name=f"I have read {counted(len(titles), 'article')}, such as", value=topics, inline=False)
    embed.add_field(name="Here", value=_here(here), inline=False)
    embed.add_field(
        name="Under an answer",
        value="*Sources* shows the cited sentences. 👍 and 👎 tell what you think. *Flag* calls the moderators.",
        inline=False,
    )
    return embed


def about_embed(index: Status | None, *, model: str | None, room: str | None) -> discord.Embed:
    embed = discord.Embed(title="Footnote", colour=discord.Colour.blurple())
    embed.description = (
        "I answer questions about a set of articles. They support every sentence of an answer, and a footnote quotes "
        "the sentence that does, letter by letter. What they do not say, I do not say."
    )
    embed.add_field(name="Articles", value=_index(index), inline=False)
    writes = (
        f"A language model at {model}, checked sentence by sentence" if model else "None: answers are source sentences"
    )
    embed.add_field(name="Language model", value=writes, inline=False)
    if room:
        embed.add_field(name="Reading room", value=f"Answers beside their sources: <{room}>", inline=False)
    return embed


def status_embed(index: Status | None, vital: Vital) -> discord.Embed:
    colour = discord.Colour.orange() if vital.troubles else discord.Colour.green()
    embed = discord.Embed(title="Status", colour=colour)
    generation = f"\nGeneration `{index.generation}`" if index else ""
    embed.add_field(name="Index", value=_index(index) + generation, inline=False)
    embed.add_field(name="Answers", value=f"{counted(vital.waiting, 'answer')} waiting for a verdict", inline=False)
    content = "on" if vital.has_content else "off (not needed)"
    discord_now = f"{vital.milliseconds:,.0f} ms away. Message Content intent: {content}"
    embed.add_field(name="Discord", value=discord_now, inline=False)
    todo = "\n".join(f"⚠ {trouble}" for trouble in vital.troubles) or "Nothing. Everything that I need is there."
    return embed.add_field(name="To do", value=todo[:1024], inline=False)


def _some(titles: Sequence[str], day: int) -> list[str]:
    first = day * _TOPICS % len(titles)
    return [*titles, *titles][first : first + min(_TOPICS, len(titles))]


def _here(here: Here) -> str:
    if not here.is_answered:
        channels = ", ".join(f"<#{channel}>" for channel in here.asks_in)
        return f"Questions are answered in {channels}." if channels else "Questions are not answered here."
    held = " A moderator sees each answer before it is shown." if here.is_held else ""
    return f"I answer in this channel.{held} Reply to an answer to ask further."


def _index(index: Status | None) -> str:
    if index is None:
        return "Nothing has been read yet."
    return f"{counted(index.articles, 'article')}, as of {format_dt(index.built_at, 'D')}"
