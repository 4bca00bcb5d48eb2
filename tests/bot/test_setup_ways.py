"""Where and when a channel is answered, in words, and what keeps it from working."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from small_discord import FORUM, SmallDiscord, channel, role, tag

from footnote.records.policies import EVERYWHERE, Ways
from footnote_bot.render.setup_ways import ways_page
from footnote_bot.server_records.server_setup import Chosen

TALK, POSTS, MOD, LOUD_MOD = 2, 3, 50, 51
CHOSEN = Chosen(None, None, (), {})
ABLE = discord.Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    read_message_history=True,
    create_public_threads=True,
    send_messages_in_threads=True,
)
POSTS_ANSWERED = Ways(answers_posts=True)


def guild(granted: discord.Permissions = ABLE) -> discord.Guild:
    tags = [tag(60, "Question"), tag(61, "How*to")]
    return SmallDiscord().server(
        channel(TALK),
        channel(POSTS, kind=FORUM, available_tags=tags),
        everyone=granted,
        roles=[role(MOD), role(LOUD_MOD, mentionable=True)],
    )


def page(ways: Ways, channel_id: int = TALK, *, chosen: Chosen = CHOSEN, granted: discord.Permissions = ABLE) -> str:
    return ways_page(replace(chosen, ways={channel_id: ways}), guild(granted), channel_id)


def warnings(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.startswith("⚠️")]


def without(**permissions: bool) -> discord.Permissions:
    return ABLE & ~discord.Permissions(**permissions)


def test_a_channel_without_its_own_choice_is_as_everywhere_else() -> None:
    said = "answers appear in the channel; members cannot ask for a person."
    assert ways_page(CHOSEN, guild(), TALK).startswith(f"In <#2> (as everywhere else): {said}\n")
    assert ways_page(CHOSEN, guild(), EVERYWHERE).startswith(f"Everywhere: {said}\n")
    assert page(Ways()).startswith(f"In <#2>: {said}\n")


def test_a_choice_for_all_channels_counts_in_each() -> None:
    everywhere = replace(CHOSEN, ways={EVERYWHERE: Ways(in_threads=True)})
    assert ways_page(everywhere, guild(), TALK).startswith("In <#2> (as everywhere else): answers appear in threads;")


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (Ways(tags=(60,)), "new posts are not answered"),
        (POSTS_ANSWERED, "each new post is answered once"),
        (replace(POSTS_ANSWERED, tags=(61,)), "each new post with the tag How\\*to is answered once"),
        (replace(POSTS_ANSWERED, tags=(61, 60)), "each new post with the tag Question or How\\*to is answered once"),
        (replace(POSTS_ANSWERED, tags=(99,)), "each new post with the tag (deleted) is answered once"),
    ],
)
def test_a_forum_says_which_posts_are_answered(ways: Ways, said: str) -> None:
    assert page(ways, POSTS).startswith(f"In <#3>: {said}; members cannot")


def test_what_the_bot_reads_depends_on_its_intent() -> None:
    assert "I only see messages that mention me." in page(Ways())
    assert "I see every message" in page(Ways(), chosen=replace(CHOSEN, reads_messages=True))


def test_a_choice_that_works_has_no_warnings() -> None:
    ways = Ways(in_threads=True, calls_people=True, answers_posts=True)
    assert warnings(page(ways, chosen=replace(CHOSEN, moderator_role=LOUD_MOD))) == []
    assert warnings(page(ways, POSTS, chosen=replace(CHOSEN, moderator_role=LOUD_MOD))) == []


def test_missing_permissions_for_threads_are_named_where_threads_are_wanted() -> None:
    granted = without(create_public_threads=True)
    [line] = warnings(page(Ways(in_threads=True), granted=granted))
    assert "Create Public Threads" in line
    assert "<#2>" in line
    assert warnings(page(Ways(), granted=granted)) == []


@pytest.mark.parametrize(
    ("granted", "named"),
    [
        (without(read_message_history=True), "Read Message History"),
        (without(send_messages_in_threads=True), "Send Messages in Threads"),
        (ABLE, None),
    ],
)
def test_a_forum_needs_what_posts_need(granted: discord.Permissions, named: str | None) -> None:
    lines = warnings(page(POSTS_ANSWERED, POSTS, granted=granted))
    assert [named in line for line in lines if named] == ([True] if named else [])
    assert bool(lines) is bool(named)


@pytest.mark.parametrize(("ask_channels", "is_warned"), [((), False), ((POSTS,), False), ((TALK,), True)])
def test_a_forum_must_be_among_the_channels_for_questions(ask_channels: tuple[int, ...], is_warned: bool) -> None:
    lines = warnings(page(POSTS_ANSWERED, POSTS, chosen=replace(CHOSEN, ask_channels=ask_channels)))
    assert ["not one of the channels for questions" in line for line in lines] == [True] * is_warned


@pytest.mark.parametrize(
    ("moderators", "granted", "problem"),
    [
        (None, ABLE, "nobody to mention"),
        (404, ABLE, "nobody to mention"),
        (MOD, ABLE, "not allowed to mention <@&50>"),
        (MOD, ABLE | discord.Permissions(mention_everyone=True), None),
        (LOUD_MOD, ABLE, None),
    ],
)
@pytest.mark.parametrize("where", [TALK, EVERYWHERE])
def test_people_can_be_called_if_there_is_a_role_to_mention(
    where: int, moderators: int | None, granted: discord.Permissions, problem: str | None
) -> None:
    chosen = replace(CHOSEN, moderator_role=moderators)
    lines = warnings(page(Ways(calls_people=True), where, chosen=chosen, granted=granted))
    assert [bool(problem and problem in line) for line in lines] == ([True] if problem else [])


def test_a_channel_may_keep_the_bot_from_mentioning_a_role() -> None:
    denied = discord.Permissions(mention_everyone=True)
    silenced = {"id": "1", "type": 0, "allow": "0", "deny": str(denied.value)}
    server = SmallDiscord().server(channel(TALK, silenced), channel(9), everyone=ABLE | denied, roles=[role(MOD)])
    chosen = replace(CHOSEN, moderator_role=MOD, ways={EVERYWHERE: Ways(calls_people=True)})
    assert len(warnings(ways_page(chosen, server, TALK))) == 1
    assert warnings(ways_page(chosen, server, 9)) == []
