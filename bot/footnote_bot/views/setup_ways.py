"""The page of /setup for threads, forums and asking for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Self

import discord
from discord import ui

from footnote.records.policies import EVERYWHERE, Ways
from footnote_bot.access.gate import Gated
from footnote_bot.audit import Actor
from footnote_bot.render.setup_ways import ways_page
from footnote_bot.server_records.server_setup import Chosen, ServerSetup
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.setup_back import back_button
from footnote_bot.views.setup_changes import carry_out
from footnote_bot.views.setup_setting import ChannelSetting, setting
from footnote_bot.wire.interactions import offer

_MOST_TAGS = 20  # Discord's limit for a forum
_THREADS = {
    "off": N_("Answer in the channel"),
    "on": N_("Answer in a thread named after the question"),
}
_PEOPLE = {
    "off": N_("No button to ask for a person"),
    "on": N_("Needs a person: mentions the moderators' role once"),
}
_POSTS = {"off": N_("New posts are not answered"), "on": N_("Each new post is answered once")}


class WaysSelect(ChannelSetting, template=setting("threads|people|posts|tags|solved")):
    """One setting of where and when a channel is answered."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        values = tuple(self.item.values)

        async def change(setup: ServerSetup, actor: Actor, guild: discord.Guild) -> None:
            await setup.change_ways(actor, guild, self.channel_id, lambda ways: _ways_with(ways, self.what, values))

        await carry_out(interaction, change, partial(_show, channel_id=self.channel_id))


class WaysButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"setup:ways:(?P<channel>[0-9]{1,20})"):
    """Turns to the page."""

    def __init__(self, channel_id: int = EVERYWHERE) -> None:
        super().__init__(ui.Button(label=_("Threads, forums, people"), custom_id=f"setup:ways:{channel_id}"))
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["channel"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async def change(_setup: ServerSetup, _actor: Actor, _guild: discord.Guild) -> None:
            """Only turns the page."""

        await carry_out(interaction, change, partial(_show, channel_id=self.channel_id))


ITEMS = (WaysSelect, WaysButton)


async def _show(
    interaction: discord.Interaction[Any], setup: ServerSetup, guild: discord.Guild, *, channel_id: int
) -> None:
    chosen = await setup.chosen(guild.id)
    await offer(interaction, ways_page(chosen, guild, channel_id), _page(chosen, guild, channel_id))


def _ways_with(ways: Ways, what: str, values: tuple[str, ...]) -> Ways:
    if what == "threads":
        return replace(ways, in_threads=values == ("on",))
    if what == "people":
        return replace(ways, calls_people=values == ("on",))
    if what == "posts":
        return replace(ways, answers_posts=values == ("on",))
    tags = tuple(sorted(map(int, values)))
    return replace(ways, tags=tags) if what == "tags" else replace(ways, solved_tags=tags)


def _page(chosen: Chosen, guild: discord.Guild, channel_id: int) -> ui.View:
    view = ui.View(timeout=None)
    for what, select in _selects(chosen.ways_in(channel_id), guild.get_channel(channel_id)):
        view.add_item(WaysSelect(select, what, channel_id))
    return view.add_item(back_button(channel_id))


def _selects(ways: Ways, channel: object) -> Iterator[tuple[str, ui.Select[Any]]]:
    if isinstance(channel, discord.ForumChannel):
        yield "posts", _switch(_POSTS, ways.answers_posts)
        if channel.available_tags:
            yield "tags", _tags(channel, ways.tags, _("Only posts with one of these tags (none: all)"))
            solved = _("Tags of solved posts (none: by their names)")
            yield "solved", _tags(channel, ways.solved_tags, solved)
    else:
        yield "threads", _switch(_THREADS, ways.in_threads)
    yield "people", _switch(_PEOPLE, ways.calls_people)


def _switch(labels: Mapping[str, str], is_on: bool) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=_(label), value=value, default=(value == "on") is is_on)
        for value, label in labels.items()
    ]
    return ui.Select(options=options)


def _tags(forum: discord.ForumChannel, chosen: tuple[int, ...], placeholder: str) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=tag.name, value=str(tag.id), default=tag.id in chosen)
        for tag in forum.available_tags[:_MOST_TAGS]
    ]
    return ui.Select(placeholder=placeholder, options=options, min_values=0, max_values=len(options))
