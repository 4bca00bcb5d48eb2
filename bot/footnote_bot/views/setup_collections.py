"""The pages of /setup for collections: an overview, and one for each channel, category or role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Self

import discord
from discord import ui

from footnote.models.collections import TOP, Target
from footnote_bot.access.gate import Gated
from footnote_bot.access.permissions import require_manage_guild
from footnote_bot.audit import actor_of
from footnote_bot.render import collections as render
from footnote_bot.render.markdown import cut
from footnote_bot.server_records.collection_setup import NO_COLLECTION, Shelves, listed
from footnote_bot.translations.catalogue import _
from footnote_bot.views.host import Host, pressed
from footnote_bot.views.setup_back import back_button
from footnote_bot.views.setup_choices import FOR_QUESTIONS
from footnote_bot.wire.interactions import acknowledge, offer

_MOST = 25  # options of a menu, Discord's limit
_MENUS = 4  # besides the row of buttons
_LONGEST = 100  # characters of an option
_TOP_VALUE = "/"
"""Represents TOP, because a value may not be empty and no folder has this name."""

_TARGET = r"(?P<target>place|role):(?P<number>[0-9]{1,20})"

_Chooser = ui.ChannelSelect[Any] | ui.RoleSelect[Any] | ui.Select[Any]


class CollectionsButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"collections:all"):
    """Opens the overview."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=_("Collections"), custom_id="collections:all"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            require_manage_guild(interaction)
            if interaction.guild and await acknowledge(interaction):
                shelves = await host.collection_setup.shelves(interaction)
                await offer(interaction, render.overview(shelves, interaction.guild), _page(shelves, interaction.guild))


class TargetSelect(Gated, ui.DynamicItem[_Chooser], template=r"collections:(?P<what>place|role|given)"):
    """Chooses whose collections are shown."""

    def __init__(self, select: _Chooser) -> None:
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.ChannelSelect | ui.RoleSelect | ui.Select)  # noqa: S101 - so are those of these ids
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            require_manage_guild(interaction)
            if not await acknowledge(interaction):
                return
            if isinstance(self.item, ui.Select):
                target, _, number = self.item.values[0].partition(":")
            else:
                target, number = self.custom_id.partition(":")[2], str(self.item.values[0].id)
            await _show_target(interaction, host, Target(target), int(number))


class NamesSelect(Gated, ui.DynamicItem[ui.Select[Any]], template=r"collections:" + _TARGET + r":[0-9]"):
    """Assigns some of the collections: what other menus have chosen stays."""

    def __init__(self, select: ui.Select[Any], target: Target, number: int) -> None:
        super().__init__(select)
        self.target = target
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)  # noqa: S101 - the custom id is that of a select
        return cls(item, Target(match["target"]), int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            require_manage_guild(interaction)
            guild = interaction.guild
            if guild is None or not await acknowledge(interaction):
                return
            offered = {_name(option.value) for option in self.item.options}
            chosen = {*map(_name, self.item.values)}
            before = (await host.collection_setup.shelves(interaction)).given.of(self.target, self.number)
            names = (before - offered) | chosen
            try:
                await host.collection_setup.give(actor_of(interaction), guild, self.target, self.number, names)
            finally:
                await _show_target(interaction, host, self.target, self.number)


ITEMS = (CollectionsButton, TargetSelect, NamesSelect)


async def _show_target(interaction: discord.Interaction[Any], host: Host, target: Target, number: int) -> None:
    if interaction.guild is None:
        return
    shelves = await host.collection_setup.shelves(interaction)
    view = ui.View(timeout=None)
    for menu in _menus(shelves, target, number):
        view.add_item(menu)
    line = render.of_target(shelves, interaction.guild, target, number)
    await offer(interaction, line, view.add_item(CollectionsButton()))


def _menus(shelves: Shelves, target: Target, number: int) -> Iterator[NamesSelect]:
    """As many menus as needed, up to a limit; further collections cannot be chosen here."""
    chosen = shelves.given.of(target, number)
    names = [*shelves.names, TOP][: _MENUS * _MOST]
    for at in range(0, len(names), _MOST):
        some = names[at : at + _MOST]
        options = [
            discord.SelectOption(label=_label(name), value=name or _TOP_VALUE, default=name in chosen) for name in some
        ]
        select: ui.Select[Any] = ui.Select(
            custom_id=f"collections:{target}:{number}:{at // _MOST}",
            placeholder=_("Collections (none chosen)"),
            min_values=0,
            max_values=len(options),
            options=options,
        )
        yield NamesSelect(select, target, number)


def _label(name: str) -> str:
    label = name or _(NO_COLLECTION)
    return label[:1].upper() + label[1:]


def _name(value: str) -> str:
    return TOP if value == _TOP_VALUE else value


def _page(shelves: Shelves, guild: discord.Guild) -> ui.View:
    view = ui.View(timeout=None)
    channels: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id="collections:place",
        placeholder=_("Choose for a channel or a category"),
        channel_types=[*FOR_QUESTIONS, discord.ChannelType.voice, discord.ChannelType.category],
    )
    for_role = _("Choose for a role")
    roles: ui.RoleSelect[Any] = ui.RoleSelect(custom_id="collections:role", placeholder=for_role)
    view.add_item(TargetSelect(channels)).add_item(TargetSelect(roles))
    if options := _given(shelves, guild):
        placeholder = _("Change the collections")
        given: ui.Select[Any] = ui.Select(custom_id="collections:given", placeholder=placeholder, options=options)
        view.add_item(TargetSelect(given))
    return view.add_item(back_button())


def _given(shelves: Shelves, guild: discord.Guild) -> list[discord.SelectOption]:
    """Also for deleted channels and roles, which no other menu offers."""
    rows = [(target, *row) for target, given in _by_target(shelves) for row in given.items()]
    return [
        discord.SelectOption(
            label=cut(render.plain(guild, target, number), _LONGEST),
            value=f"{target}:{number}",
            description=cut(listed(names), _LONGEST),
        )
        for target, number, names in rows[:_MOST]
    ]


def _by_target(shelves: Shelves) -> list[tuple[Target, dict[int, frozenset[str]]]]:
    given = shelves.given
    return [(Target.PLACE, {**given.places}), (Target.ROLE, {**given.roles})]
