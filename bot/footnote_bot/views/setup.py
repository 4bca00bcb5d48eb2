"""The panel of /setup: menus that store each choice at once, on two pages, because a message has five rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, Self

import discord
from discord import ui

from footnote.records.policies import EVERYWHERE, Cards, Mode
from footnote_bot.access.gate import Gated
from footnote_bot.audit import Actor
from footnote_bot.render import setup as render_setup
from footnote_bot.server_records.server_setup import Chosen, ServerSetup
from footnote_bot.translations.catalogue import _
from footnote_bot.views.setup_changes import SetupChange, carry_out
from footnote_bot.views.setup_choices import (
    DEADLINES,
    DIRECT,
    DIRECT_LABELS,
    FOR_QUESTIONS,
    MINUTES,
    MODES,
    MOST_CHANNELS,
    card_choices,
    policy_with,
    translated,
)
from footnote_bot.views.setup_collections import CollectionsButton
from footnote_bot.views.setup_setting import ChannelSetting, setting
from footnote_bot.views.setup_ways import WaysButton
from footnote_bot.wire.interactions import offer

_Select = ui.ChannelSelect[Any] | ui.RoleSelect[Any]


class ServerSelect(Gated, ui.DynamicItem[_Select], template=r"setup:(?P<what>review|moderators|questions)"):
    """A channel or role for the whole server."""

    def __init__(self, select: _Select) -> None:
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.ChannelSelect | ui.RoleSelect)  # noqa: S101 - so are those of these custom ids
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        chosen = [value.id for value in self.item.values]

        async def change(setup: ServerSetup, actor: Actor, guild: discord.Guild) -> None:
            if self.custom_id == "setup:review":
                await setup.set_review_channel(actor, guild, next(iter(chosen), None))
            elif self.custom_id == "setup:moderators":
                await setup.set_moderator_role(actor, guild, next(iter(chosen), None))
            else:
                await setup.set_ask_channels(actor, guild, chosen)

        await _carry_out(interaction, change, page=None)


class DirectSelect(Gated, ui.DynamicItem[ui.Select[Any]], template=r"setup:direct"):
    """Whether members are answered in direct messages."""

    def __init__(self, select: ui.Select[Any]) -> None:
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)  # noqa: S101 - the custom id is that of a select
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        [value] = self.item.values

        async def change(setup: ServerSetup, actor: Actor, guild: discord.Guild) -> None:
            await setup.set_direct_messages(actor, guild, DIRECT[value])

        await _carry_out(interaction, change, page=None)


class PolicySelect(ChannelSetting, template=setting("mode|cards|minutes|deadline")):
    """One setting of how a channel is reviewed."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        [value] = self.item.values

        async def change(setup: ServerSetup, actor: Actor, guild: discord.Guild) -> None:
            await setup.change_policy(
                actor, guild, self.channel_id, lambda policy: policy_with(policy, self.what, value)
            )

        await _carry_out(interaction, change, page=self.channel_id)


class PanelButton(
    Gated, ui.DynamicItem[ui.Button[Any]], template=r"setup:(?P<what>server|policy|drop):(?P<channel>[0-9]{1,20})"
):
    """Turns to the other page, or removes a channel's own policy."""

    def __init__(self, what: str, channel_id: int = EVERYWHERE, *, is_disabled: bool = False) -> None:
        labels = {"server": _("Back"), "policy": _("How answers are reviewed"), "drop": _("As everywhere else")}
        super().__init__(ui.Button(label=labels[what], custom_id=f"setup:{what}:{channel_id}", disabled=is_disabled))
        self.what = what
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["what"], int(match["channel"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async def change(setup: ServerSetup, actor: Actor, guild: discord.Guild) -> None:
            if self.what == "drop":
                await setup.drop_policy(actor, guild, self.channel_id)

        await _carry_out(interaction, change, page=None if self.what == "server" else self.channel_id)


ITEMS = (ServerSelect, DirectSelect, PolicySelect, PanelButton)


async def show_panel(
    interaction: discord.Interaction[Any], setup: ServerSetup, guild: discord.Guild, *, page: int | None
) -> None:
    """`page` is the channel whose policy is shown; None: the page of the whole server."""
    chosen = await setup.chosen(guild.id)
    if page is None:
        await offer(interaction, render_setup.setup_page(chosen, guild), _server_page(chosen, guild))
    else:
        await offer(interaction, render_setup.of_channel(chosen, guild, page), _policy_page(chosen, page))


async def _carry_out(interaction: discord.Interaction[Any], change: SetupChange, *, page: int | None) -> None:
    await carry_out(interaction, change, partial(show_panel, page=page))


def _server_page(chosen: Chosen, guild: discord.Guild) -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(ServerSelect(_review_channel(chosen, guild)))
    view.add_item(ServerSelect(_moderator_role(chosen, guild)))
    view.add_item(ServerSelect(_question_channels(chosen, guild)))
    options = [
        discord.SelectOption(label=_(label), value=value, default=DIRECT[value] is chosen.direct_messages)
        for value, label in DIRECT_LABELS.items()
    ]
    view.add_item(DirectSelect(ui.Select(custom_id="setup:direct", options=options)))
    return view.add_item(PanelButton("policy")).add_item(WaysButton()).add_item(CollectionsButton())


def _review_channel(chosen: Chosen, guild: discord.Guild) -> ui.ChannelSelect[Any]:
    channel = guild.get_channel(chosen.review_channel or 0)
    return ui.ChannelSelect(
        custom_id="setup:review",
        placeholder=_("Review channel (none: no cards)"),
        channel_types=[discord.ChannelType.text],
        min_values=0,
        default_values=[channel] if channel else [],
    )


def _moderator_role(chosen: Chosen, guild: discord.Guild) -> ui.RoleSelect[Any]:
    role = guild.get_role(chosen.moderator_role or 0)
    return ui.RoleSelect(
        custom_id="setup:moderators",
        placeholder=_("Moderators' role (besides members with Manage Messages)"),
        min_values=0,
        default_values=[role] if role else [],
    )


def _question_channels(chosen: Chosen, guild: discord.Guild) -> ui.ChannelSelect[Any]:
    channels = [channel for channel in map(guild.get_channel, chosen.ask_channels) if channel]
    return ui.ChannelSelect(
        custom_id="setup:questions",
        placeholder=_("Channels for questions (none: everywhere)"),
        channel_types=FOR_QUESTIONS,
        min_values=0,
        max_values=MOST_CHANNELS,
        default_values=channels[:MOST_CHANNELS],
    )


def _policy_page(chosen: Chosen, channel_id: int) -> ui.View:
    policy = chosen.policy(channel_id)
    is_held = policy.mode is Mode.HOLD
    cards = f"{policy.share}" if policy.cards is Cards.SAMPLED else policy.cards.value
    hold = _("Hold for {duration}")
    minutes = {f"{number}": hold.format(duration=render_setup.hours_or_minutes(number)) for number in MINUTES}
    view = ui.View(timeout=None)
    rows: Sequence[tuple[str, dict[Any, str], object, bool]] = (
        ("mode", translated(MODES), policy.mode, True),
        ("cards", card_choices(), cards, policy.mode is Mode.POST),
        ("minutes", minutes, f"{policy.minutes}", is_held),
        ("deadline", translated(DEADLINES), policy.at_deadline, is_held),
    )
    for what, choices, current, is_open in rows:
        options = [
            discord.SelectOption(label=label, value=str(value), default=value == current)
            for value, label in choices.items()
        ]
        view.add_item(PolicySelect(ui.Select(options=options, disabled=not is_open), what, channel_id))
    if channel_id == EVERYWHERE:
        return view.add_item(PanelButton("server"))
    view.add_item(PanelButton("drop", channel_id, is_disabled=channel_id not in chosen.policies))
    return view.add_item(WaysButton(channel_id))
