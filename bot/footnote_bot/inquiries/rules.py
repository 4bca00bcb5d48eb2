"""Which messages are questions: those to the bot, and in some places others too.

Without the Message Content intent, Discord sends the text of a message only if it mentions the bot or replies to it
with a ping, and in direct messages. For all others, the bot only learns that there is one, and the title of a post.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import discord

from footnote.answering.questions import goes_on, looks_like_question
from footnote.stores import AnswerStore, PolicyStore, QuestionStore
from footnote_bot.access.gate import Gate
from footnote_bot.access.quiet import Quiet
from footnote_bot.wire.mentions import is_by_a_person, is_typed, mentions_own_role

_ENDS = (".", "?", "!", "…", "？")


class Way(Enum):
    """How a message came to be a question."""

    TO_US = auto()  # it mentions the bot, replies to an answer, or is a direct message
    FOLLOW_UP = auto()  # it is a follow-up in a thread that the bot has opened for a question
    POST = auto()  # it is the first message of a post in a forum whose posts are answered
    OVERHEARD = auto()  # it looks like a question, in a channel for questions


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question. `text` is what was written, for a post without its title."""

    way: Way
    text: str

    @property
    def expects_reply(self) -> bool:
        """Whether somebody waits for the bot, and should get a message when there is no answer."""
        return self.way in (Way.TO_US, Way.FOLLOW_UP)


class QuestionRules:
    """Unless somebody asks the bot, it leaves threads to people once a moderator has written there."""

    def __init__(
        self, client: discord.Client, answers: AnswerStore, questions: QuestionStore, policies: PolicyStore, gate: Gate
    ) -> None:
        self._client = client
        self._answers = answers
        self._questions = questions
        self._policies = policies
        self._gate = gate
        self._quiet = Quiet(policies)

    def may_concern_us(self, message: discord.Message) -> bool:
        """What can be decided at once, before the message gets its place in the channel's line."""
        if not is_by_a_person(message) or not self._gate.serves(message.guild.id if message.guild else None):
            return False
        is_readable = bool(message.content) and self._client.intents.message_content
        return self.is_to_us(message) or isinstance(message.channel, discord.Thread) or is_readable

    def is_to_us(self, message: discord.Message) -> bool:
        """Whether it pings the bot."""
        is_direct = isinstance(message.channel, discord.DMChannel)
        return is_direct or self._client.user in message.mentions or mentions_own_role(message)

    async def question_in(self, message: discord.Message) -> FoundQuestion | None:
        assert self._client.user is not None, "messages arrive after the login"  # noqa: S101 - not input
        if isinstance(message.channel, discord.DMChannel) or is_typed(message, self._client.user):
            return FoundQuestion(Way.TO_US, _with_title(message))
        is_further = self.is_to_us(message) or goes_on(message.content)
        if is_further and await self._follows_an_answer(message):
            return FoundQuestion(Way.TO_US, message.content)
        if self.is_to_us(message) or message.guild is None:
            return None
        if not isinstance(message.channel, discord.Thread):
            return await self._overheard(message, message.guild)
        if message.id == message.channel.id:
            return await self._post(message, message.channel)
        return await self._follow_up(message, message.channel)

    def is_own_thread(self, channel: object) -> bool:
        return (
            isinstance(channel, discord.Thread)
            and self._client.user is not None
            and channel.owner_id == self._client.user.id
        )

    async def is_left_to_people(self, thread: discord.Thread) -> bool:
        return await self._quiet.is_left_to_people(thread, asker_id=await self._asker_of(thread))

    async def _asker_of(self, thread: discord.Thread) -> int:
        """Who asked the question of the thread: a thread has the number of the message that it was started from."""
        if not self.is_own_thread(thread):
            return thread.owner_id
        record = await self._questions.find(thread.id) or await self._answers.find_posted(thread.id)
        return record.asker_id if record else 0

    async def _follows_an_answer(self, message: discord.Message) -> bool:
        """Whether it replies to an answer on record, outside the channel where moderators talk about answers."""
        replied_to = message.reference.message_id if message.reference else None
        if replied_to is None or message.guild is None or await self._is_at_desk(message):
            return False
        return await self._answers.find_posted(replied_to) is not None

    async def _is_at_desk(self, message: discord.Message) -> bool:
        review = await self._answers.review_channel(message.guild.id) if message.guild else None
        return review is not None and review[0] in (message.channel.id, getattr(message.channel, "parent_id", None))

    async def _post(self, message: discord.Message, thread: discord.Thread) -> FoundQuestion | None:
        ways = await self._policies.ways_of(thread.guild.id, thread.parent_id)
        if not ways.answers_posts or not isinstance(thread.parent, discord.ForumChannel):
            return None
        if ways.tags and not any(tag.id in ways.tags for tag in thread.applied_tags):
            return None
        if await self.is_left_to_people(thread):
            return None
        return FoundQuestion(Way.POST, _with_title(message))

    async def _follow_up(self, message: discord.Message, thread: discord.Thread) -> FoundQuestion | None:
        if not self.is_own_thread(thread) or self._is_to_others(message) or not goes_on(message.content):
            return None
        return None if await self.is_left_to_people(thread) else FoundQuestion(Way.FOLLOW_UP, message.content)

    async def _overheard(self, message: discord.Message, guild: discord.Guild) -> FoundQuestion | None:
        if self._is_to_others(message) or not looks_like_question(message.content):
            return None
        if message.channel.id not in await self._policies.ask_channels(guild.id) or await self._is_at_desk(message):
            return None
        return FoundQuestion(Way.OVERHEARD, message.content)

    def _is_to_others(self, message: discord.Message) -> bool:
        """It mentions people, or replies to somebody."""
        mentioned = message.mention_everyone or message.role_mentions or message.mentions
        replied_to = message.reference.resolved if message.reference else None
        is_ours = isinstance(replied_to, discord.Message) and replied_to.author == self._client.user
        return bool(mentioned) or (message.reference is not None and not is_ours)


def _with_title(message: discord.Message) -> str:
    """The first message of a post, below its title; another message as it is."""
    post = message.channel
    if (
        not isinstance(post, discord.Thread)
        or message.id != post.id
        or not isinstance(post.parent, discord.ForumChannel)
    ):
        return message.content
    title = post.name.strip()
    return f"{title if title.endswith(_ENDS) else f'{title}.'} {message.content}".strip()
