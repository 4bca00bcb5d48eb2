"""/setup: a panel of selects, run again at any time; and where questions are answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest
from discord_stage import Stage, line
from fake_discord import Channel, Message, NotPossible

from footnote.records.policies import DEFAULT, EVERYWHERE, AtDeadline, Cards, Mode, Policy
from footnote_bot.render.setup import SHOWN_TO_ROLE

HIDDEN = discord.Permissions(view_channel=True)
NO_PERMISSIONS = discord.Permissions.none()


async def panel(stage: Stage, **options: Any) -> Message:
    """As /setup opens it."""
    opened = await (await stage.admin.slash(stage.channel, "setup", **options)).response()
    assert opened.is_ephemeral
    return opened


async def policy_page(stage: Stage) -> Message:
    opened = await panel(stage)
    await (await stage.admin.click(opened, "How answers are reviewed")).response()
    return opened


async def choose(stage: Stage, opened: Message, menu: str, *values: Any) -> None:
    """Returns when the panel is drawn again."""
    await (await stage.admin.select(opened, *values, menu=f"setup:{menu}")).response()


def preset(opened: Message) -> dict[str, list[str]]:
    """What each menu shows as chosen."""
    shown = {}
    for menu in opened.selects:
        values = [option["value"] for option in menu.get("options") or [] if option.get("default")]
        values += [str(default["id"]) for default in menu.get("default_values") or []]
        shown[str(menu["custom_id"]).removeprefix("setup:")] = values
    return shown


def is_open(opened: Message) -> dict[str, bool]:
    return {menu["custom_id"].split(":")[1]: not menu.get("disabled") for menu in opened.selects}


def warnings(opened: Message) -> list[str]:
    return [one for one in opened.content.splitlines() if one.startswith("⚠️")]


# The server


async def test_each_choice_is_stored_at_once_shown_and_on_record(stage: Stage) -> None:
    role = stage.fake.add_role(stage.guild, "Reviewers")
    opened = await panel(stage)
    assert preset(opened) == {"review": [], "moderators": [], "questions": [], "direct": ["auto"]}
    assert opened.content.splitlines() == [
        "Review is off: answers are posted without review cards. `/setup review_channel` switches it on.",
        "Answers everywhere: shown at once; every answer gets a card.",
        "Moderators: members with Manage Messages.",
        "Questions are answered in every channel, and in direct messages.",
    ]
    await choose(stage, opened, "review", stage.desk)
    await choose(stage, opened, "moderators", role)
    await choose(stage, opened, "questions", stage.channel, stage.desk)
    assert (await stage.store.review_channel(stage.guild.id) or [])[0] == stage.desk.id
    assert await stage.policies.moderator_role(stage.guild.id) == role.id
    assert await stage.policies.ask_channels(stage.guild.id) == [stage.channel.id, stage.desk.id]
    assert opened.content.splitlines()[:4] == [
        f"Review is on: every answer gets a card in {stage.desk.mention}. `/setup off:True` switches it off.",
        "Answers everywhere: shown at once; every answer gets a card.",
        f"Moderators: members with Manage Messages, and {role.mention}{SHOWN_TO_ROLE}.",
        f"Questions are answered in {stage.channel.mention}, {stage.desk.mention}.",
    ]
    assert await stage.acts() == [
        f"admin, setup: review channel: none -> {stage.desk.id}",
        f"admin, setup: moderator role: none -> {role.id}",
        f"admin, setup: channels for questions: none -> {stage.channel.id}, {stage.desk.id}",
    ]
    again = await panel(stage)
    assert (again.content, preset(again)) == (opened.content, preset(opened))
    assert preset(again) == {
        "review": [str(stage.desk.id)],
        "moderators": [str(role.id)],
        "questions": [str(stage.channel.id), str(stage.desk.id)],
        "direct": ["auto"],
    }
    assert not opened.pinged


async def test_choosing_none_goes_back_to_how_it_was(stage: Stage) -> None:
    opened = await panel(stage, review_channel=stage.desk)
    await choose(stage, opened, "moderators", stage.fake.add_role(stage.guild, "Reviewers"))
    await choose(stage, opened, "questions", stage.channel)
    for menu in ("review", "moderators", "questions"):
        await choose(stage, opened, menu)
    assert preset(opened) == {"review": [], "moderators": [], "questions": [], "direct": ["auto"]}
    assert await stage.store.review_channel(stage.guild.id) is None
    assert opened.content == (await panel(stage)).content


async def test_the_options_of_the_command_are_on_record_too_and_only_when_they_change_something(stage: Stage) -> None:
    await panel(stage, review_channel=stage.desk)
    first = await stage.store.review_channel(stage.guild.id)
    await panel(stage, review_channel=stage.desk)
    assert await stage.store.review_channel(stage.guild.id) == first
    await panel(stage, off=True)
    assert await stage.acts() == [
        f"admin, setup: review channel: none -> {stage.desk.id}",
        f"admin, setup: review channel: {stage.desk.id} -> none",
    ]


async def test_a_refused_choice_says_why_and_the_panel_shows_what_is_set(stage: Stage) -> None:
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, deny=discord.Permissions(embed_links=True))
    opened = await panel(stage)
    clicked = await stage.admin.select(opened, stage.desk, menu="setup:review")
    refused = await clicked.followup()
    assert (
        refused.content
        == f"I cannot post in {stage.desk.mention}. Give me these permissions there: Embed Links. Then try again."
    )
    clicked = await stage.admin.select(opened, stage.guild.everyone, menu="setup:moderators")
    refused = await clicked.followup()
    assert refused.content == "Everybody has that role. Choose one that only moderators have."
    assert preset(opened) == {"review": [], "moderators": [], "questions": [], "direct": ["auto"]}
    assert await stage.acts() == []


async def test_the_panel_outlives_a_restart(empty: Stage) -> None:
    async with empty.running():
        opened = await panel(empty)
    async with empty.running():
        await choose(empty, opened, "review", empty.desk)
        assert "Review is on" in opened.content


# How answers are reviewed


async def test_a_policy_is_chosen_step_by_step(stage: Stage) -> None:
    opened = await policy_page(stage)
    assert preset(opened) == {"mode:0": ["post"], "cards:0": ["all"], "minutes:0": ["60"], "deadline:0": ["say"]}
    assert is_open(opened) == {"mode": True, "cards": True, "minutes": False, "deadline": False}
    await choose(stage, opened, "cards:0", "0.25")
    assert opened.content == "Answers everywhere: shown at once; 25% of the answers get a card."
    await choose(stage, opened, "mode:0", "hold")
    assert is_open(opened) == {"mode": True, "cards": False, "minutes": True, "deadline": True}
    await choose(stage, opened, "minutes:0", "240")
    await choose(stage, opened, "deadline:0", "post")
    held = "held until a moderator approves them, for 4 hours; then shown, with a note that it was not reviewed"
    assert opened.content.splitlines() == [
        f"Answers everywhere: {held}.",
        "⚠️ Answers are held, but without a review channel nobody can approve them.",
    ]
    expected = Policy(Mode.HOLD, Cards.SAMPLED, 0.25, 240, AtDeadline.POST)
    assert await stage.policies.policies(stage.guild.id) == {EVERYWHERE: expected}
    assert await stage.acts() == [
        "admin, setup: cards of all channels: all -> sampled",
        "admin, setup: share of all channels: 0.1 -> 0.25",
        "admin, setup: mode of all channels: post -> hold",
        "admin, setup: minutes of all channels: 60 -> 240",
        "admin, setup: at_deadline of all channels: say -> post",
    ]
    await (await stage.admin.click(opened, "Back")).response()
    assert "Answers everywhere: held until" in opened.content
    assert "review" in preset(opened)


async def test_a_channel_has_a_panel_of_its_own_and_goes_back_to_the_rules_of_all(stage: Stage) -> None:
    await stage.policies.set_policy(stage.guild.id, EVERYWHERE, replace(DEFAULT, cards=Cards.DOUBTFUL))
    opened = await panel(stage, channel=stage.channel)
    channel = stage.channel
    assert opened.content == (
        f"Answers in {channel.mention} (as everywhere else): shown at once; every doubtful answer gets a card."
    )
    await choose(stage, opened, f"mode:{channel.id}", "none")
    assert opened.content == f"Answers in {channel.mention}: shown at once, without review."
    assert (await stage.policies.policy_of(stage.guild.id, channel.id)).mode is Mode.NONE
    assert (await stage.policies.policy_of(stage.guild.id, stage.desk.id)).mode is Mode.POST
    assert f"In {channel.mention}: shown at once, without review." in (await panel(stage)).content
    await (await stage.admin.click(opened, "As everywhere else")).response()
    assert channel.id not in await stage.policies.policies(stage.guild.id)
    assert "(as everywhere else)" in opened.content
    with pytest.raises(NotPossible):
        await stage.admin.click(opened, "As everywhere else")
    assert (await stage.acts())[-1] == f"admin, setup: channel {channel.id}: as everywhere else"


async def test_two_choices_at_once_are_both_made(stage: Stage) -> None:
    opened = await policy_page(stage)
    first = await stage.admin.select(opened, "doubtful", menu="setup:cards:0")
    second = await stage.admin.select(opened, "hold", menu="setup:mode:0")
    await first.response()
    await second.response()
    assert await stage.policies.policy_of(stage.guild.id, 1) == replace(DEFAULT, mode=Mode.HOLD, cards=Cards.DOUBTFUL)


async def test_the_review_channel_belongs_to_the_whole_server(stage: Stage) -> None:
    both = await stage.admin.slash(stage.channel, "setup", channel=stage.channel, review_channel=stage.desk)
    assert await line(both) == "The review channel is for the whole server. Leave channel empty to choose it."


@pytest.mark.parametrize("menu", ["review", "moderators", "questions", "mode:0", "cards:0", "page"])
async def test_every_choice_needs_the_permission_when_it_is_made(stage: Stage, menu: str) -> None:
    opened = await (policy_page(stage) if menu.endswith("0") else panel(stage))
    before = opened.content
    stage.fake.change_permissions(stage.admin, NO_PERMISSIONS)
    if menu == "page":
        clicked = await stage.admin.click(opened, "How answers are reviewed")
    else:
        values: dict[str, Any] = {"moderators": stage.guild.roles[0], "mode:0": "hold", "cards:0": "doubtful"}
        clicked = await stage.admin.select(opened, values.get(menu, stage.desk), menu=f"setup:{menu}")
    assert await line(clicked) == "You need the permission Manage Server for this."
    assert opened.content == before
    assert await stage.acts() == []
    assert await stage.policies.policies(stage.guild.id) == {}


# What keeps it from working


async def test_missing_permissions_are_named_with_their_channels(stage: Stage) -> None:
    await panel(stage, review_channel=stage.desk)
    await stage.policies.set_ask_channels(stage.guild.id, [stage.channel.id])
    denied = discord.Permissions(attach_files=True, read_message_history=True, embed_links=True)
    stage.fake.set_overwrite(stage.desk, stage.fake.bot, deny=denied)
    stage.fake.set_overwrite(stage.channel, stage.fake.bot, deny=discord.Permissions(send_messages=True))
    missing = [one for one in warnings(await panel(stage)) if "missing" in one]
    assert missing == [
        f"⚠️ In {stage.desk.mention} these permissions are missing: Embed Links, Read Message History, Attach Files.",
        f"⚠️ In {stage.channel.mention} these permissions are missing: Send Messages, Embed Links.",
    ]
    assert warnings(await panel(stage, channel=stage.channel)) == missing[1:]


async def test_channels_whose_cards_hide_their_content_are_named_with_the_roles_that_cause_it(stage: Stage) -> None:
    reviewers = stage.fake.add_role(stage.guild, "Reviewers")
    backroom = stage.fake.add_channel(stage.guild, "backroom")
    for channel in (stage.desk, backroom):
        stage.fake.set_overwrite(channel, stage.guild.everyone, deny=HIDDEN)
        stage.fake.set_overwrite(channel, stage.fake.bot, allow=HIDDEN)
    stage.fake.set_overwrite(stage.desk, reviewers, allow=HIDDEN)
    [warning] = warnings(await panel(stage, review_channel=stage.desk))
    assert warning == (
        f"⚠️ Cards hide what is asked in {backroom.mention}: "
        f"not everybody who can read {stage.desk.mention} can read that ({reviewers.mention})."
    )
    stage.fake.set_overwrite(backroom, reviewers, allow=HIDDEN)
    assert warnings(await panel(stage)) == []


# Where questions are answered


def more_channels(stage: Stage, count: int) -> list[Channel]:
    return [stage.fake.add_channel(stage.guild, f"questions-{number}") for number in range(count)]


async def test_askers_in_other_channels_read_where_to_ask(stage: Stage) -> None:
    channels = more_channels(stage, 7)
    stage.fake.set_overwrite(channels[0], stage.alice, deny=HIDDEN)
    await stage.policies.set_ask_channels(stage.guild.id, [channel.id for channel in channels])
    told = await line(await stage.alice.slash(stage.channel, "ask", question="When?"))
    named = ", ".join(channel.mention for channel in channels[1:6])
    assert told == f"I do not answer questions in this channel. Please ask in {named}."
    question = await stage.alice.mention_bot(stage.channel, "When?")
    assert (await stage.fake.wait_for_reply(question)).content == told
    assert stage.ask.questions == []


async def test_in_channels_for_questions_and_their_threads_questions_are_answered(stage: Stage) -> None:
    await stage.policies.set_ask_channels(stage.guild.id, [stage.channel.id])
    thread = stage.fake.add_thread(stage.channel, "bridges", stage.alice)
    for channel in (stage.channel, thread):
        assert "1932" in (await stage.slash_ask(channel=channel)).text
    refused = await line(await stage.alice.slash(stage.desk, "ask", question="When?"))
    assert refused == f"I do not answer questions in this channel. Please ask in {stage.channel.mention}."


async def test_members_who_can_read_none_of_the_channels_learn_who_may_change_that(stage: Stage) -> None:
    await stage.policies.set_ask_channels(stage.guild.id, [4711])
    told = await line(await stage.alice.slash(stage.channel, "ask", question="When?"))
    assert told == "I do not answer questions in this channel. A member with Manage Server can change that with /setup."
    assert "⚠️ The channels for questions no longer exist: choose others, or none." in warnings(await panel(stage))
