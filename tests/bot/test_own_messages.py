"""Whether a button belongs to the answer that it names."""

from __future__ import annotations

import re
from dataclasses import replace

import discord
import pytest
from examples import a_citation, a_claim, a_record
from small_discord import ALICE, BOB, SmallDiscord, channel, message

from footnote.records.answers import AnswerKey, AnswerRecord, MessageRef
from footnote_bot.access.own_messages import (
    KEY,
    answer_of,
    require_own_card,
    require_own_message,
    require_own_sources,
)
from footnote_bot.access.permissions import NotAllowed

ASKED_IN, DESK, ELSEWHERE = 2, 30, 40
POSTED, CARD = 3, 31
MARK = "0123abcd"
NAMED, OLD = AnswerKey(42, MARK), AnswerKey(42)
RECORD = replace(a_record(a_claim(a_citation())), asker_id=ALICE, mark=MARK, card=MessageRef(DESK, CARD))
PRIVATE = replace(RECORD, is_private=True, posted=None, card=None)
NOT_ON_RECORD = "This answer no longer exists. Ask again to get a new one."


def pressed(
    number: int, channel_id: int = ASKED_IN, *, person: int = ALICE, private: bool = False, server: int = 1
) -> discord.Interaction[discord.Client]:
    """A button under that message."""
    world = SmallDiscord()
    guild = world.server(channel(ASKED_IN), channel(DESK), channel(ELSEWHERE), number=server)
    under = message(number, channel_id, flags=64 if private else 0)
    return world.interaction(guild=guild, channel=channel_id, person=person, message=under)


def is_at_desk(one: discord.Interaction[discord.Client], record: AnswerRecord, named: AnswerKey) -> bool | None:
    """None: it is refused."""
    try:
        return require_own_message(one, record, named)
    except NotAllowed:
        return None


@pytest.mark.parametrize(
    ("custom_id", "key"),
    [
        ("42-0123abcd", NAMED),
        ("42", OLD),
        ("9" * 18, AnswerKey(int("9" * 18))),
        ("9" * 19, None),
        ("42-0123abc", None),
        ("42-0123ABCD", None),
        ("-0123abcd", None),
    ],
)
def test_a_custom_id_has_a_number_and_perhaps_a_mark(custom_id: str, key: AnswerKey | None) -> None:
    found = re.fullmatch(KEY, custom_id)
    assert (answer_of(found) if found else None) == key


@pytest.mark.parametrize("named", [NAMED, OLD])
def test_a_button_under_the_answer_and_one_under_its_card_are_told_apart(named: AnswerKey) -> None:
    assert is_at_desk(pressed(POSTED), RECORD, named) is False
    assert is_at_desk(pressed(CARD, DESK), RECORD, named) is True


@pytest.mark.parametrize("named", [NAMED, OLD])
@pytest.mark.parametrize(("number", "channel_id"), [(99, ASKED_IN), (99, DESK), (POSTED, ELSEWHERE)])
def test_another_message_is_not_the_one_on_record(number: int, channel_id: int, named: AnswerKey) -> None:
    assert is_at_desk(pressed(number, channel_id), RECORD, named) is None


def test_an_answer_of_a_lost_database_is_not_mistaken_for_the_new_one_of_that_number() -> None:
    assert is_at_desk(pressed(POSTED), RECORD, AnswerKey(42, "ffffffff")) is None


def test_the_same_message_in_another_server_is_refused() -> None:
    with pytest.raises(NotAllowed, match=NOT_ON_RECORD):
        require_own_message(pressed(POSTED, server=77), RECORD, NAMED)


def test_a_message_that_was_never_recorded_is_known_by_its_mark_alone() -> None:
    unposted = replace(RECORD, posted=None)
    assert is_at_desk(pressed(99), unposted, NAMED) is False
    assert is_at_desk(pressed(99), unposted, OLD) is None


def test_a_private_answer_is_its_askers_alone() -> None:
    assert is_at_desk(pressed(99, private=True), PRIVATE, NAMED) is False
    assert is_at_desk(pressed(99, private=True, person=BOB), PRIVATE, NAMED) is None
    assert is_at_desk(pressed(99), PRIVATE, NAMED) is None, "the message is public"
    assert is_at_desk(pressed(99, private=True), PRIVATE, OLD) is None


def test_a_private_message_is_not_taken_for_the_public_answer() -> None:
    assert is_at_desk(pressed(99, private=True), RECORD, NAMED) is None


def test_a_card_is_the_one_on_record_or_a_private_message_opened_there() -> None:
    require_own_card(pressed(CARD, DESK), RECORD, OLD)
    require_own_card(pressed(99, DESK, private=True), RECORD, NAMED)
    with pytest.raises(NotAllowed, match=NOT_ON_RECORD):
        require_own_card(pressed(99, DESK), replace(RECORD, card=None), OLD)


def test_an_older_card_leads_to_the_newest_one() -> None:
    with pytest.raises(NotAllowed, match=f"The card is https://discord.com/channels/1/{DESK}/{CARD}$"):
        require_own_card(pressed(99, DESK), RECORD, NAMED)


@pytest.mark.parametrize(("channel_id", "server"), [(ELSEWHERE, 1), (DESK, 77)])
def test_a_card_elsewhere_is_refused_in_other_words(channel_id: int, server: int) -> None:
    with pytest.raises(NotAllowed, match="given in another server"):
        require_own_card(pressed(CARD, channel_id, server=server), RECORD, NAMED)


def test_buttons_under_sources_know_where_these_were_opened() -> None:
    assert require_own_sources(pressed(99, private=True), RECORD, NAMED) is False
    assert require_own_sources(pressed(99, DESK, private=True), RECORD, NAMED) is True


@pytest.mark.parametrize(
    ("record", "named", "one"),
    [
        (RECORD, NAMED, pressed(99)),
        (RECORD, OLD, pressed(99, private=True)),
        (RECORD, NAMED, pressed(99, ELSEWHERE, private=True)),
        (RECORD, NAMED, pressed(99, private=True, server=77)),
        (PRIVATE, NAMED, pressed(99, private=True, person=BOB)),
        (replace(RECORD, card=None), NAMED, pressed(99, DESK, private=True)),
    ],
)
def test_other_buttons_under_sources_are_refused(
    record: AnswerRecord, named: AnswerKey, one: discord.Interaction[discord.Client]
) -> None:
    with pytest.raises(NotAllowed, match=NOT_ON_RECORD):
        require_own_sources(one, record, named)
