"""Which messages are questions, decided one message at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest
from examples import a_citation, a_claim, a_record
from small_discord import (
    ALICE,
    BOB,
    BOT,
    FORUM,
    SmallDiscord,
    channel,
    member,
    message,
    reply_to,
    role,
    tag,
    thread,
    user,
)
from small_policies import SmallPolicies

from footnote.records.answers import AnswerRecord
from footnote.records.policies import Ways
from footnote_bot.access.gate import Gate
from footnote_bot.inquiries.rules import FoundQuestion, QuestionRules, Way

TALK, ASKING, DESK, POSTS = 2, 3, 4, 5
OWN, OTHERS, POST, AT_DESK = 20, 30, 50, 40
BOT_ROLE, MOD, TAG, ANSWER = 90, 91, 95, 700
ASKED = replace(a_record(a_claim(a_citation())), asker_id=ALICE)
QUESTION = "When did the bridge open?"
MENTION = [user(BOT, is_bot=True)]


class Answers:
    """One answer is on record, and the review channel is the desk."""

    async def find_posted(self, message_id: int) -> AnswerRecord | None:
        return ASKED if message_id == ANSWER else None

    async def review_channel(self, guild_id: int) -> tuple[int, None]:
        del guild_id
        return DESK, None

    async def find(self, question_id: int) -> AnswerRecord | None:
        return ASKED if question_id == OWN else None


class World:
    def __init__(self, *, served: tuple[int, ...] = (), reads: bool = True, ways: Ways | None = None) -> None:
        self.discord = SmallDiscord(discord.Intents(guilds=True, message_content=reads))
        self.guild = self.discord.server(
            *(channel(number) for number in (TALK, ASKING, DESK)),
            channel(POSTS, kind=FORUM, available_tags=[tag(TAG, "Question")]),
            roles=[role(BOT_ROLE, tags={"bot_id": str(BOT)}), role(MOD)],
            threads=[
                thread(OWN, TALK, owner=BOT),
                thread(OTHERS, TALK),
                thread(POST, POSTS, name="Bridge ", applied_tags=[str(TAG)]),
                thread(AT_DESK, DESK, owner=BOT),
            ],
        )
        ways = ways or Ways(answers_posts=True)
        self.policies = SmallPolicies(asking={1: [ASKING, DESK]}, kept_ways={POSTS: ways}, role=MOD)
        for number in (OWN, OTHERS, POST):
            self.discord.rest.answers[f"GET /channels/{number}/messages"] = []
        self.rules = QuestionRules(
            self.discord.client,
            Answers(),  # type: ignore[arg-type]
            Answers(),  # type: ignore[arg-type]
            self.policies,
            Gate(self.discord.client, served),
        )

    def wrote(self, place: int, content: str = QUESTION, number: int = 1000, **fields: Any) -> discord.Message:
        known = self.guild.get_channel_or_thread(place) if place else self.discord.direct()
        return self.discord.message(known, number, content=content, **fields)

    async def way(self, place: int, content: str = QUESTION, **fields: Any) -> Way | None:
        found = await self.rules.question_in(self.wrote(place, content, **fields))
        return found.way if found else None

    def wrote_moderator(self, place: int) -> None:
        self.discord.rest.answers[f"GET /channels/{place}/messages"] = [message(900, place, by=BOB)]
        self.discord.rest.answers[f"GET /guilds/1/members/{BOB}"] = member(BOB, MOD)


@pytest.mark.parametrize(
    ("place", "fields", "is_so"),
    [
        (TALK, {}, True),
        (TALK, {"is_bot": True}, False),
        (TALK, {"webhook_id": "5"}, False),
        (TALK, {"type": 7}, False),
        (TALK, {"content": ""}, False),
        (OTHERS, {"content": ""}, True),
        (0, {"content": ""}, True),
    ],
)
def test_some_messages_never_concern_the_bot(place: int, fields: dict[str, Any], is_so: bool) -> None:
    world = World()
    assert world.rules.may_concern_us(world.wrote(place, **fields)) is is_so


def test_without_the_intent_or_outside_the_servers_served_only_some_do() -> None:
    blind = World(reads=False)
    assert not blind.rules.may_concern_us(blind.wrote(TALK))
    assert blind.rules.may_concern_us(blind.wrote(TALK, mentions=MENTION))
    gated = World(served=(77,))
    assert not gated.rules.may_concern_us(gated.wrote(TALK, mentions=MENTION))
    assert gated.rules.may_concern_us(gated.wrote(0))


async def test_direct_messages_and_typed_mentions_are_to_the_bot_anywhere() -> None:
    world = World()
    assert await world.way(0, "hello") is Way.TO_US
    assert await world.way(TALK, f"<@{BOT}> hello", mentions=MENTION) is Way.TO_US
    assert await world.way(DESK, "hello", mention_roles=[str(BOT_ROLE)]) is Way.TO_US


@pytest.mark.parametrize(
    ("place", "content", "fields", "way"),
    [
        (TALK, "And his father", {}, Way.TO_US),
        (TALK, "Thanks a lot", {}, None),
        (TALK, "Thanks a lot", {"mentions": MENTION}, Way.TO_US),
        (DESK, "And his father", {}, None),
        (AT_DESK, "And his father", {}, None),
    ],
)
async def test_a_reply_to_an_answer_is_to_the_bot_if_it_pings_or_goes_on(
    place: int, content: str, fields: dict[str, Any], way: Way | None
) -> None:
    reference = reply_to(ANSWER, place)
    assert await World().way(place, content, message_reference=reference, **fields) is way


@pytest.mark.parametrize(
    ("place", "content", "fields", "way"),
    [
        (ASKING, QUESTION, {}, Way.OVERHEARD),
        (ASKING, "The bridge is closed.", {}, None),
        (TALK, QUESTION, {}, None),
        (DESK, QUESTION, {}, None),
        (ASKING, QUESTION, {"mentions": [user(BOB)]}, None),
        (ASKING, QUESTION, {"mention_everyone": True}, None),
        (ASKING, QUESTION, {"mention_roles": [str(MOD)]}, None),
        (ASKING, QUESTION, {"message_reference": reply_to(5, ASKING)}, None),
    ],
)
async def test_a_question_to_nobody_is_overheard_in_channels_for_questions_only(
    place: int, content: str, fields: dict[str, Any], way: Way | None
) -> None:
    assert await World().way(place, content, **fields) is way


async def test_a_follow_up_needs_no_mention_in_the_bots_own_thread() -> None:
    world = World()
    assert await world.way(OWN, "Why?") is Way.FOLLOW_UP
    assert await world.way(OWN, "Thanks a lot") is None
    assert await world.way(OTHERS, "Why?") is None
    world.wrote_moderator(OWN)
    assert await world.way(OWN, "Why?") is None


async def test_a_posts_first_message_is_a_question_with_its_title() -> None:
    world = World()
    found = await world.rules.question_in(world.wrote(POST, "Who built it", POST))
    assert found == FoundQuestion(Way.POST, "Bridge. Who built it")
    assert not found.expects_reply
    assert await world.way(POST, "Who built it?", number=POST + 1) is None


@pytest.mark.parametrize(
    ("ways", "way"),
    [
        (Ways(answers_posts=True, tags=(TAG,)), Way.POST),
        (Ways(answers_posts=True, tags=(96,)), None),
        (Ways(tags=(TAG,)), None),
        (Ways(answers_posts=True, solved_tags=(TAG,)), None),
    ],
)
async def test_posts_are_answered_as_the_forum_is_set_up(ways: Ways, way: Way | None) -> None:
    assert await World(ways=ways).way(POST, number=POST) is way


async def test_a_moderators_post_is_answered_but_not_one_that_a_moderator_has_answered() -> None:
    world = World()
    world.wrote_moderator(POST)
    assert await world.way(POST, number=POST) is None
    world.discord.rest.answers[f"GET /channels/{POST}/messages"] = [message(POST, POST, by=ALICE)]
    world.discord.rest.answers[f"GET /guilds/1/members/{ALICE}"] = member(ALICE, MOD)
    assert await world.way(POST, number=POST) is Way.POST


@pytest.mark.parametrize(("way", "is_so"), [*zip(Way, (True, True, False, False), strict=True)])
def test_only_somebody_who_asked_the_bot_waits_for_it(way: Way, is_so: bool) -> None:
    assert FoundQuestion(way, "?").expects_reply is is_so
