"""The notice for people who wait: a message below another one, which mentions them and nobody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

import discord
from discord.utils import time_snowflake

from footnote.records.answers import AnswerRecord, MessageRef
from footnote_bot.access.permissions import own_permissions
from footnote_bot.posts.places import Content
from footnote_bot.render.markdown import width
from footnote_bot.render.readable import CONTENT_LIMIT
from footnote_bot.translations.catalogue import N_, _, in_each_language
from footnote_bot.wire.mentions import mention

_NOW = N_("The articles now answer this: see below.")
_MESSAGES_SEARCHED = 100  # after the answer was made; it is posted within seconds
_CLOCKS_DIFFER_BY = timedelta(minutes=1)
_IN_GUILDS = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.Thread)


class BelowRecorded:
    """A reply to a message that is on record, in the answer's channel. Checks first whether it exists already: a
    process may have been killed after posting it.
    """

    has_late_draft = False
    is_reachable = True
    is_private = False
    asker_id = None
    is_next = True

    def __init__(self, client: discord.Client, above: MessageRef, answer: AnswerRecord, people: Sequence[int]) -> None:
        self._client = client
        self._above = above
        self._answer = answer
        self._people = people
        self._mentions = " ".join(map(mention, people))
        self.line = f"{self._mentions} {_(_NOW)}" if people else None
        self.question_id = above.message_id
        self.channel_id = above.channel_id
        self.message_id: int | None = None

    async def show(self, content: Content) -> int:
        self.message_id = self.message_id or await self.find_answer() or await self._post(content)
        return self.message_id

    async def find_answer(self) -> int | None:
        since = discord.Object(time_snowflake(self._answer.asked_at - _CLOCKS_DIFFER_BY))
        async for message in self._channel.history(after=since, limit=_MESSAGES_SEARCHED):
            if message.author == self._client.user and self._is_this(message):
                return message.id
        return None

    def _is_this(self, message: discord.Message) -> bool:
        is_below = message.reference is not None and message.reference.message_id == self._above.message_id
        lines = tuple(f"{self._mentions} {text}" for text in in_each_language(_NOW))
        return is_below and (self.line is None or message.content.startswith(lines))

    @property
    def _channel(self) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(self.channel_id, guild_id=self._answer.guild_id)

    async def _post(self, content: Content) -> int:
        led = self._led(content)
        message = await self._send(
            led.content,
            embed=led.embed,
            view=led.view,
            nonce=f"below-{self._above.message_id:x}",
            allowed_mentions=discord.AllowedMentions(
                everyone=False, roles=False, replied_user=False, users=[discord.Object(one) for one in self._people]
            ),
        )
        return message.id

    def _led(self, content: Content) -> Content:
        """Puts the text below the mentions if there is room; otherwise it stays in its embed."""
        text = "\n".join(filter(None, [self.line, content.content]))
        if content.embed is None or width(text) <= CONTENT_LIMIT:
            return content._replace(content=text or None)
        embed = content.embed.copy()
        embed.description = "\n".join(filter(None, [content.content, embed.description]))
        return Content(self.line, embed, content.view)

    @property
    def _send(self) -> Callable[..., Awaitable[discord.Message]]:
        """As a reply, or as a plain post if the bot may not read the history: then Discord refuses replies."""
        known = self._client.get_channel(self.channel_id)
        if isinstance(known, _IN_GUILDS) and not own_permissions(known).read_message_history:
            return self._channel.send
        above = discord.MessageReference(
            message_id=self._above.message_id, channel_id=self.channel_id, fail_if_not_exists=False
        )
        return partial(self._channel.send, reference=above)
