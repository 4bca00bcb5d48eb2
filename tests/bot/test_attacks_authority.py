"""Nobody can do what they may not: the attacks of attack_cases.py, and what remains possible."""

from __future__ import annotations

import inspect
import logging
import pkgutil
from importlib import import_module

import discord
import pytest
from attack_cases import ATTACKS, KNOWN, MANAGER
from discord import ui
from discord_stage import Stage, line
from fake_discord import Person

import footnote_bot.views
from footnote_bot.access.gate import NEED_MANAGE_GUILD, ONLY_OWNER, Gated


@pytest.mark.parametrize("attack", ATTACKS)
async def test_nothing_comes_through(empty: Stage, attack: str) -> None:
    tally = await ATTACKS[attack](empty)
    assert tally.tried
    assert tally.through == []


def test_every_control_and_form_asks_the_gate() -> None:
    modules = [
        import_module(f"footnote_bot.views.{each.name}") for each in pkgutil.iter_modules(footnote_bot.views.__path__)
    ]
    kinds = {kind for module in modules for _, kind in inspect.getmembers(module, inspect.isclass)}
    controls = {kind for kind in kinds if issubclass(kind, ui.DynamicItem | ui.Modal)} - {ui.DynamicItem, ui.Modal}
    assert len(controls) > 20
    assert {kind.__name__ for kind in controls if not issubclass(kind, Gated)} == set()


async def test_a_server_that_is_not_listed_is_left(empty: Stage, caplog: pytest.LogCaptureFixture) -> None:
    before = empty.fake.add_guild("Before")
    async with empty.running():
        await empty.fake.wait_for(lambda: before.id not in empty.fake.world.guilds)
        later = empty.fake.add_guild("Later")
        await empty.fake.wait_for(lambda: later.id not in empty.fake.world.guilds)
        assert empty.guild.id in empty.fake.world.guilds
    assert f"guild {later.id} is left: it is not in DISCORD_GUILD_IDS" in caplog.text


@pytest.mark.parametrize("options", [{"leaves_others": False}, {"guild_ids": []}], ids=str)
async def test_no_server_is_left_unless_that_is_set(empty: Stage, options: dict[str, object]) -> None:
    other = empty.fake.add_guild("Other")
    async with empty.running(**options):
        await empty.slash_ask()
        assert other.id in empty.fake.world.guilds


def in_another_server(stage: Stage) -> Person:
    """Somebody who manages a second server."""
    other = stage.fake.add_guild("Other")
    stage.fake.add_channel(other, "den")
    return stage.fake.add_member(other, "owner of the bot", permissions=MANAGER)


async def test_without_a_list_the_owner_manages_the_index_and_managers_do_not(empty: Stage) -> None:
    owner = in_another_server(empty)
    empty.fake.give_application_to(owner)
    empty.index.known = KNOWN
    (empty.articles / "salaries-2026.md").write_text("Everybody earns the same.", encoding="utf-8")
    home = next(channel for channel in empty.fake.world.channels.values() if channel.name == "den")
    async with empty.running(guild_ids=[]):
        assert (await (await owner.slash(home, "index status")).response()).embeds
        assert await owner.autocomplete(home, "index remove", "article", "")
        assert await line(await empty.admin.slash(empty.channel, "index status")) == ONLY_OWNER


async def test_each_member_of_the_applications_team_is_an_owner(empty: Stage) -> None:
    founder = in_another_server(empty)
    empty.fake.give_application_to(founder, empty.admin, is_team=True)
    async with empty.running(guild_ids=[]):
        assert (await (await empty.admin.slash(empty.channel, "index status")).response()).embeds


@pytest.mark.parametrize("is_listed", [True, False])
async def test_managers_of_the_only_server_and_of_listed_ones_manage_the_index(empty: Stage, is_listed: bool) -> None:
    if is_listed:
        in_another_server(empty)
    async with empty.running(guild_ids=[empty.guild.id] if is_listed else []):
        assert (await (await empty.admin.slash(empty.channel, "index status")).response()).embeds
        empty.fake.change_permissions(empty.admin, discord.Permissions.none())
        empty.fake.set_overwrite(empty.channel, empty.admin, allow=discord.Permissions(manage_guild=True))
        assert await line(await empty.admin.slash(empty.channel, "index status")) == NEED_MANAGE_GUILD


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {},
            "servers served: 1; the application's owner or team, and their managers, may change the index",
        ),
        ({"guild_ids": []}, "owner or team, and those who manage its only server, may change the index"),
    ],
)
async def test_the_log_says_at_the_start_who_may_change_the_index(
    empty: Stage, caplog: pytest.LogCaptureFixture, options: dict[str, object], said: str
) -> None:
    empty.fake.world.is_public_bot = True
    with caplog.at_level(logging.INFO):
        async with empty.running(**options):
            await empty.slash_ask()
    assert said in caplog.text
    assert ("switch off Public Bot" in caplog.text) is bool(options)


@pytest.mark.parametrize("is_public", [True, False])
async def test_the_setup_panel_says_to_switch_public_bot_off(empty: Stage, is_public: bool) -> None:
    empty.fake.world.is_public_bot = is_public
    async with empty.running():
        panel = await (await empty.admin.slash(empty.channel, "setup")).response()
    assert ("switch off *Public Bot*" in panel.content) is is_public


async def test_who_moderates_one_channel_decides_about_answers_of_that_channel(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.channel, stage.alice, allow=discord.Permissions(manage_messages=True))
    await stage.set_up_review()
    await stage.slash_ask()
    card = await stage.card()
    await (await stage.alice.click(card, "Approve")).acknowledgement()
    await stage.shown()
    assert (await (await stage.alice.slash(stage.desk, "why", id=1)).response()).embeds
    stage.offer_commands_to_everybody()
    undone = await line(await stage.alice.slash(stage.desk, "review undo", id=1))
    assert undone == "The verdict on answer #1 is undone. The answer is open for review again."
    refused = await line(await stage.alice.slash(stage.channel, "review queue"))
    assert refused == "You need the permission Manage Messages to review answers."


async def test_a_direct_message_counts_for_the_server_that_is_shared(stage: Stage) -> None:
    await stage.fake.wait_for_reply(await stage.alice.dm("When did the bridge open?"))
    asker = stage.ask.askers[-1]
    assert asker is not None
    assert (asker.user_id, asker.guild_id) == (stage.alice.id, stage.guild.id)
    assert stage.store.records[1].guild_id is None


async def test_a_server_with_channels_for_questions_names_them_or_allows_direct_messages(stage: Stage) -> None:
    await stage.policies.set_ask_channels(stage.guild.id, [stage.channel.id])
    refused = await stage.fake.wait_for_reply(await stage.alice.dm("When?"))
    assert refused.content == f"Library has channels for questions. Please ask in <#{stage.channel.id}>."
    panel = await (await stage.admin.slash(stage.channel, "setup")).response()
    await (await stage.admin.select(panel, "on", menu="setup:direct")).response()
    assert "and in direct messages" in panel.content
    assert (await stage.fake.wait_for_reply(await stage.alice.dm("When?"))).embeds
    assert await stage.acts() == ["admin, setup: direct messages: as in channels -> answered"]
