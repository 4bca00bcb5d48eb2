"""Finding the reply to a question that a killed process could not record."""

from __future__ import annotations

from typing import Any

import pytest
from examples import NOON
from small_discord import ALICE, BOT, Payload, SmallDiscord, failed, message, reply_to, user

from footnote.records.answers import MessageRef
from footnote.records.replies import Reply
from footnote_bot.posts.finding import find_reply
from footnote_bot.wire.editing import Outcome
from footnote_bot.wire.retrying import Retry

QUESTION, CHANNEL = 900, 2
REPLY = Reply(QUESTION, CHANNEL, NOON)
MESSAGES = f"GET /channels/{CHANNEL}/messages"
AT_ONCE = Retry(attempts=2, first_pause=0)

Found = tuple[MessageRef | None, Outcome]


async def found_in(answer: object, reply: Reply = REPLY) -> Found:
    small = SmallDiscord()
    small.rest.answers = {f"GET /channels/{reply.channel_id}/messages": answer}
    return await find_reply(small.client, AT_ONCE, reply)


def own(number: int, channel: int = CHANNEL, **fields: Any) -> Payload:
    return message(number, channel, by=BOT, is_bot=True, **fields)


def to(question: int) -> dict[str, Any]:
    return {"message_reference": reply_to(question, CHANNEL), "type": 19}


async def test_a_message_that_is_on_record_is_not_searched() -> None:
    small = SmallDiscord()
    reply = Reply(QUESTION, CHANNEL, NOON, message_id=901)
    assert await find_reply(small.client, AT_ONCE, reply) == (MessageRef(CHANNEL, 901), Outcome.DONE)
    assert small.rest.asked == []


async def test_the_reply_is_the_bots_own_message_that_replies_to_the_question() -> None:
    others = [message(901, CHANNEL, by=ALICE, **to(QUESTION)), own(902, **to(899)), own(903)]
    assert await found_in([own(904, **to(QUESTION)), *others]) == (MessageRef(CHANNEL, 904), Outcome.DONE)
    assert await found_in(others) == (None, Outcome.GONE)
    assert await found_in([]) == (None, Outcome.GONE)


async def test_a_command_is_found_by_its_interaction() -> None:
    asked = {"id": str(QUESTION), "type": 2, "user": user(ALICE), "authorizing_integration_owners": {}}
    assert await found_in([own(905, interaction_metadata=asked)]) == (MessageRef(CHANNEL, 905), Outcome.DONE)


async def test_in_a_thread_that_was_started_from_the_question_the_reply_needs_no_reference() -> None:
    reply = Reply(QUESTION, QUESTION, NOON)
    assert await found_in([own(906, QUESTION)], reply) == (MessageRef(QUESTION, 906), Outcome.DONE)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (failed(403), Outcome.REFUSED),
        (failed(404), Outcome.REFUSED),
        (failed(503), Outcome.LATER),
        (failed(429), Outcome.LATER),
        (ConnectionResetError(), Outcome.LATER),
    ],
)
async def test_a_failure_says_whether_trying_again_helps(error: Exception, outcome: Outcome) -> None:
    assert await found_in(error) == (None, outcome)


async def test_a_passing_failure_is_tried_again() -> None:
    small = SmallDiscord()
    small.rest.answers = {MESSAGES: failed(503)}
    await find_reply(small.client, AT_ONCE, REPLY)
    assert small.rest.asked == [MESSAGES] * 2


async def test_a_fault_of_our_own_is_raised() -> None:
    with pytest.raises(KeyError):
        await found_in(KeyError("id"))
