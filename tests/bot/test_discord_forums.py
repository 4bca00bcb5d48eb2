"""Posts in a forum are answered once, and left to people once a moderator has written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
from discord_stage import OPENAPI, Stage, until
from fake_discord import Channel, FakeDiscord, Message
from test_discord_holding import idle
from test_discord_setup import choose, panel, warnings
from test_history import recorded
from watched_store import WatchedStore

from footnote.records.policies import Ways
from footnote_bot.access.ask_limits import AskLimits

ANSWERED = Ways(answers_posts=True)
TAGS = ("Help", "Ideas", "Solved", "Not solved", "✅ Gelöst", "Nicht gelöst")


class Forum:
    """A stage with a forum whose posts are answered."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.channel: Channel = stage.fake.add_forum(stage.guild, "help", tags=TAGS)

    def tag(self, name: str) -> int:
        return self.channel.tags[name]

    async def set(self, ways: Ways) -> None:
        await self.stage.policies.set_ways(self.stage.guild.id, self.channel.id, ways)

    async def post(self, title: str = "The bridge", text: str = "When did it open?", *tags: str) -> Message:
        return await self.stage.alice.post(self.channel, title, text, tags=tags)

    async def nothing_is_said(self, post: Message) -> None:
        """Until after the bot has answered something else."""
        await self.stage.fake.wait_for_reply(await self.stage.alice.mention_bot(self.stage.channel, "And now?"))
        await idle(self.stage)
        assert [one.author.name for one in post.channel.messages if one.author is self.stage.fake.bot] == []


@pytest.fixture
async def forum(empty: Stage) -> AsyncIterator[Forum]:
    found = Forum(empty)
    await found.set(ANSWERED)
    async with empty.running(reads_messages=True):
        yield found


async def test_a_post_is_answered_once_from_title_and_first_message(forum: Forum) -> None:
    stage = forum.stage
    post = await forum.post()
    answer = await stage.fake.wait_for_reply(post)
    await recorded(stage, answer)
    assert "1932" in answer.text
    assert stage.ask.questions == ["The bridge. When did it open?"]
    assert (stage.store.records[1].channel_id, stage.store.records[1].asker_id) == (post.channel.id, stage.alice.id)
    await stage.alice.say(post.channel, "And who built it?")
    await stage.fake.wait_for_reply(await stage.alice.mention_bot(post.channel, "Why?"))
    assert stage.ask.questions == ["The bridge. When did it open?", "Why?"]


async def test_a_title_that_is_a_question_is_left_as_it_is(forum: Forum) -> None:
    await forum.stage.fake.wait_for_reply(await forum.post("When did it open?", "The bridge, I mean."))
    assert forum.stage.ask.questions == ["When did it open? The bridge, I mean."]


async def test_of_a_long_post_the_beginning_is_asked(forum: Forum) -> None:
    await forum.stage.fake.wait_for_reply(await forum.post("The bridge", "When did it open? " + "I like it. " * 150))
    [question] = forum.stage.ask.questions
    assert question.startswith("The bridge. When did it open? I like it.")
    assert len(question) <= 1500


async def test_without_the_intent_a_post_is_answered_from_its_title(watched_store: WatchedStore) -> None:
    hidden = discord.Intents(message_content=True)
    async with FakeDiscord(openapi=OPENAPI, disallowed_intents=hidden) as fake:
        forum = Forum(Stage(fake, watched_store))
        await forum.set(ANSWERED)
        async with forum.stage.running():
            await fake.wait_for_reply(await forum.post("When did the bridge open?", "I could not find it."))
            assert forum.stage.ask.questions == ["When did the bridge open?"]


async def test_a_post_that_mentions_the_bot_is_asked_with_its_title_in_any_forum(forum: Forum) -> None:
    await forum.set(Ways())
    post = await forum.post("The bridge", f"{forum.stage.fake.bot.mention} when did it open?")
    await forum.stage.fake.wait_for_reply(post)
    assert forum.stage.ask.questions == ["The bridge. when did it open?"]


async def test_an_abstention_is_posted_there_too(forum: Forum) -> None:
    forum.stage.ask.abstain()
    assert "The articles do not answer" in (await forum.stage.fake.wait_for_reply(await forum.post())).text


@pytest.mark.parametrize("ways", [None, Ways(in_threads=True, calls_people=True)])
async def test_other_forums_are_not_answered(forum: Forum, ways: Ways | None) -> None:
    await forum.stage.policies.set_ways(forum.stage.guild.id, forum.channel.id, ways)
    await forum.nothing_is_said(await forum.post())


async def test_only_posts_with_the_chosen_tags_are_answered(forum: Forum) -> None:
    await forum.set(Ways(answers_posts=True, tags=(forum.tag("Help"),)))
    await forum.nothing_is_said(await forum.post("The bridge", "When did it open?", "Ideas"))
    await forum.stage.fake.wait_for_reply(await forum.post("Again", "When did it open?", "Ideas", "Help"))


@pytest.mark.parametrize(("solved", "unsolved"), [("Solved", "Not solved"), ("✅ Gelöst", "Nicht gelöst")])
async def test_a_solved_post_is_left_to_people(forum: Forum, solved: str, unsolved: str) -> None:
    await forum.nothing_is_said(await forum.post("The bridge", "When did it open?", solved))
    await forum.stage.fake.wait_for_reply(await forum.post("Again", "When did it open?", unsolved))


async def test_which_tags_say_solved_can_be_chosen(forum: Forum) -> None:
    await forum.set(Ways(answers_posts=True, solved_tags=(forum.tag("Ideas"),)))
    await forum.nothing_is_said(await forum.post("The bridge", "When did it open?", "Ideas"))
    await forum.stage.fake.wait_for_reply(await forum.post("Again", "When did it open?", "Solved"))


@pytest.mark.parametrize("how", ["moderator", "role", "locked", "solved"])
async def test_when_a_person_comes_first_the_bot_is_silent(forum: Forum, how: str) -> None:
    stage = forum.stage
    role = stage.fake.add_role(stage.guild, "Helpers")
    helper = stage.fake.add_member(stage.guild, "helper", roles=[role])
    await stage.policies.set_moderator_role(stage.guild.id, role.id)
    stage.ask.hold = asyncio.Event()
    post = await forum.post()
    await until(lambda: bool(stage.ask.questions))
    if how in ("moderator", "role"):
        await (stage.mod if how == "moderator" else helper).say(post.channel, "In 1932, I think.")
    else:
        tags = ["Solved"] if how == "solved" else None
        stage.fake.change_thread(post.channel, locked=how == "locked", tags=tags)
    stage.ask.hold.set()
    await forum.nothing_is_said(post)
    assert [record.question for record in stage.store.records.values()] == ["And now?"]


async def test_other_members_may_write_meanwhile(forum: Forum) -> None:
    stage = forum.stage
    stage.ask.hold = asyncio.Event()
    post = await forum.post()
    await until(lambda: bool(stage.ask.questions))
    await stage.admin.say(post.channel, "I want to know that too.")
    stage.ask.hold.set()
    await stage.fake.wait_for_reply(post)


async def test_a_moderator_s_own_post_is_answered(forum: Forum) -> None:
    stage = forum.stage
    await stage.fake.wait_for_reply(await stage.mod.post(forum.channel, "The bridge", "When did it open?"))


async def test_a_post_that_came_while_the_bot_was_away_is_answered_once(empty: Stage) -> None:
    forum = Forum(empty)
    await forum.set(ANSWERED)
    async with empty.running(reads_messages=True):
        await idle(empty)
    post = await forum.post()
    async with empty.running(reads_messages=True):
        await recorded(empty, await empty.fake.wait_for_reply(post))
    async with empty.running(reads_messages=True):
        await empty.fake.wait_for_reply(await empty.alice.mention_bot(empty.channel, "And now?"))
        await idle(empty)
    assert empty.ask.questions == ["The bridge. When did it open?", "And now?"]


async def test_nobody_is_bothered_with_why_a_post_is_not_answered(empty: Stage) -> None:
    forum = Forum(empty)
    await forum.set(ANSWERED)
    limits = AskLimits(a_minute=1)
    async with empty.running(reads_messages=True, ask_limits=limits):
        await empty.fake.wait_for_reply(await forum.post())
        post = await forum.post("Again")
        empty.ask.error = RuntimeError("no")
        broken = await empty.admin.post(forum.channel, "Broken", "Why?")
        await until(lambda: len(empty.ask.questions) == 2)
        await idle(empty)
        assert (post.channel.messages, broken.channel.messages) == ([post], [broken])
        assert empty.alice.dms.messages == []


async def test_an_edited_post_is_answered_again_with_its_title(forum: Forum) -> None:
    stage = forum.stage
    post = await forum.post()
    answer = await stage.fake.wait_for_reply(post)
    await recorded(stage, answer)
    await stage.alice.edit(post, "Who built it?")
    await stage.fake.wait_for(lambda: "The bridge. Who built it?" in answer.text)


# The panel


async def test_a_forum_is_set_up_on_the_panel(forum: Forum) -> None:
    stage, number = forum.stage, forum.channel.id
    await forum.set(Ways())
    opened = await panel(stage, channel=forum.channel)
    await (await stage.admin.click(opened, "Threads, forums, people")).response()
    assert "new posts are not answered" in opened.content
    await choose(stage, opened, f"posts:{number}", "on")
    await choose(stage, opened, f"tags:{number}", str(forum.tag("Help")), str(forum.tag("Ideas")))
    await choose(stage, opened, f"solved:{number}", str(forum.tag("Solved")))
    assert "each new post with the tag Help or Ideas is answered once" in opened.content
    assert warnings(opened) == []
    tags = tuple(sorted((forum.tag("Help"), forum.tag("Ideas"))))
    assert await stage.policies.ways_of(stage.guild.id, number) == Ways(
        answers_posts=True, tags=tags, solved_tags=(forum.tag("Solved"),)
    )


async def test_the_panel_and_the_status_say_what_is_missing_in_a_forum(forum: Forum) -> None:
    stage, mention = forum.stage, forum.channel.mention
    await stage.set_up_review()
    await stage.policies.set_ask_channels(stage.guild.id, [forum.channel.id])
    stage.fake.set_overwrite(
        forum.channel, stage.fake.bot, deny=discord.Permissions(send_messages_in_threads=True, embed_links=True)
    )
    missing = [f"⚠️ In {mention} these permissions are missing: Embed Links, Send Messages in Threads."]
    assert [one for one in warnings(await panel(stage)) if "missing" in one] == missing
    assert warnings(await panel(stage, channel=forum.channel)) == missing
    status = await (await stage.admin.slash(stage.channel, "status")).response()
    assert f"In {mention} I need Embed Links, Send Messages in Threads." in status.text


async def test_the_panel_says_what_keeps_posts_from_being_answered(forum: Forum) -> None:
    stage = forum.stage
    await stage.policies.set_ask_channels(stage.guild.id, [stage.channel.id])
    no_history = discord.Permissions(read_message_history=True)
    stage.fake.set_overwrite(forum.channel, stage.fake.bot, deny=no_history)
    opened = await panel(stage, channel=forum.channel)
    await (await stage.admin.click(opened, "Threads, forums, people")).response()
    assert [one[:60] for one in warnings(opened)] == [
        f"⚠️ In {forum.channel.mention} these permissions are missing: Read Message"[:60],
        "⚠️ This is not one of the channels for questions, so its posts are not"[:60],
    ]
    await forum.nothing_is_said(await forum.post())
