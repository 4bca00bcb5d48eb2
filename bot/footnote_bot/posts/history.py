"""What was said before a question in Discord, as far as the asker may read it there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from datetime import timedelta
from typing import Any

import discord
from discord.utils import snowflake_time

from footnote.answering.conversation import LONGEST_CONVERSATION
from footnote.answering.questions import clean_question
from footnote.errors import NoQuestion
from footnote.ports import Turn
from footnote.records.answers import AnswerRecord, Decision
from footnote.stores import AnswerStore
from footnote_bot.access.permissions import own_permissions
from footnote_bot.wire.mentions import MentionNames, is_by_a_person
from footnote_bot.wire.retrying import UNREACHABLE

LONGEST_TURN = 500
"""How many characters of a message are used."""

MOMENTS = timedelta(minutes=30)
"""How long direct messages belong together: they go on for years, and only a pause separates one topic from the
next.
"""


Person = discord.Member | discord.User


class History:
    """Reads conversations. What Discord refuses or delays only makes them shorter."""

    def __init__(self, client: discord.Client, store: AnswerStore, *, seconds: float) -> None:
        """`seconds` is how long reading may take: a question is answered without its history rather than late."""
        self._client = client
        self._store = store
        self._seconds = seconds

    async def before_message(self, question: discord.Message) -> Sequence[Turn]:
        """The chain of replies that ends with the question, or else the messages above it in a thread or in direct
        messages.
        """
        if not (_may_read(question.author, question.channel) and _is_readable(own_permissions(question.channel))):
            return []
        until = _from_now(self._seconds)
        chain = await self._throttles(await _gathered(_chain(question), until), question.author)
        above = _above(question.channel, question.id)
        return chain or await self._throttles(await _gathered(above, until), question.author)

    async def before_command(self, interaction: discord.Interaction[Any]) -> Sequence[Turn]:
        """The messages above a command in a thread or in direct messages."""
        in_guild = interaction.guild_id is not None
        if in_guild and not (_is_readable(interaction.permissions) and _is_readable(interaction.app_permissions)):
            return []
        above = _above(interaction.channel, interaction.id)
        return await self._throttles(await _gathered(above, _from_now(self._seconds)), interaction.user)

    async def up_to(self, record: AnswerRecord) -> Sequence[Turn]:
        """An answer, and those that it follows up on."""
        turns: list[Turn] = []
        while len(turns) < LONGEST_CONVERSATION:
            turns += reversed(_exchange(record))
            if record.follows is None:
                break
            record = await self._store.get(record.follows)
        return turns[:LONGEST_CONVERSATION][::-1]

    async def _throttles(self, messages: Sequence[discord.Message], asker: Person) -> list[Turn]:
        """Messages newest first -> turns oldest first. A record has the question in a better form than its message."""
        turns: list[Turn] = []
        on_record = set[int]()
        for message in messages:
            if self._client.user and message.author.id == self._client.user.id:
                if record := await self._store.find_posted(message.id):
                    turns += reversed(_exchange(record))
                    on_record |= {_replied_to(message), record.question_id or 0}
            elif message.id not in on_record and is_by_a_person(message):
                turns += self._said(message, asker)
        return turns[:LONGEST_CONVERSATION][::-1]

    def _said(self, message: discord.Message, asker: Person) -> list[Turn]:
        """Empty if Discord does not send the text."""
        assert self._client.user is not None, "messages arrive after the login"  # noqa: S101 - not input
        wording = MentionNames(asker, self._client.user, message.mentions)
        with suppress(NoQuestion):
            said = clean_question(wording(message.content))[:LONGEST_TURN]
            return [Turn(said, people=frozenset({message.author.id}))]
        return []


def _exchange(record: AnswerRecord) -> list[Turn]:
    """The question as understood, unless it was removed, and the answer, unless it is hidden or withdrawn."""
    question = record.understood or record.question
    people = record.heard | {record.asker_id}
    asked = [Turn(question, people=people)] if question else []
    is_withdrawn = record.verdict is not None and record.verdict.decision is Decision.REJECTED
    if is_withdrawn or record.is_withheld or not record.text:
        return asked
    return [*asked, Turn(record.text, is_answer=True)]


def _may_read(asker: Person, channel: discord.abc.MessageableChannel) -> bool:
    if isinstance(channel, discord.DMChannel):
        return True
    if not isinstance(asker, discord.Member) or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    try:
        return _is_readable(channel.permissions_for(asker))
    except discord.ClientException:  # a thread whose parent is not in discord.py's cache
        return False


def _is_readable(permissions: discord.Permissions) -> bool:
    return permissions.view_channel and permissions.read_message_history


async def _chain(question: discord.Message) -> AsyncGenerator[discord.Message, None]:
    """The message that it replies to, the one that this replies to, and so on, within the channel."""
    message = question
    while earlier_id := _replied_to(message):
        known = message.reference.resolved if message.reference else None
        if isinstance(known, discord.DeletedReferencedMessage):
            return
        message = known or await message.channel.fetch_message(earlier_id)
        yield message


def _replied_to(message: discord.Message) -> int:
    """The id of an earlier message of the same channel, or 0. Replies to later ones would go in circles."""
    reference = message.reference
    if reference is None or reference.message_id is None or reference.channel_id != message.channel.id:
        return 0
    return reference.message_id if reference.message_id < message.id else 0


async def _above(channel: object, question_id: int) -> AsyncGenerator[discord.Message, None]:
    """Newest first. Above a thread is the message that it was started from."""
    if not isinstance(channel, discord.Thread | discord.DMChannel):
        return
    oldest = snowflake_time(question_id) - MOMENTS
    async for message in channel.history(limit=LONGEST_CONVERSATION, before=discord.Object(question_id)):
        if isinstance(channel, discord.DMChannel) and message.created_at < oldest:
            return
        if message.type is discord.MessageType.thread_starter_message:
            if message.reference and isinstance(message.reference.resolved, discord.Message):
                yield message.reference.resolved
        else:
            yield message


async def _gathered(messages: AsyncGenerator[discord.Message, None], until: float) -> list[discord.Message]:
    """At most as many as Discord returns and a conversation may have."""
    found: list[discord.Message] = []
    with suppress(*UNREACHABLE):
        async with asyncio.timeout_at(until), aclosing(messages):
            async for message in messages:
                found.append(message)
                if len(found) == LONGEST_CONVERSATION:
                    break
    return found


def _from_now(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds
