"""The place of the reply to a question: one message, posted once and edited from then on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, Protocol

import discord
from discord import ui

from footnote_bot.access.permissions import own_permissions
from footnote_bot.render.markdown import width
from footnote_bot.render.readable import CONTENT_LIMIT, text_of
from footnote_bot.wire.channel_queues import Spot


class Content(NamedTuple):
    """Everything that a reply shows: a line, or text, embed and perhaps buttons. Named as in discord.py's methods."""

    content: str | None = None
    embed: discord.Embed | None = None
    view: ui.View | None = None

    @classmethod
    def of(cls, embed: discord.Embed, view: ui.View | None = None, *, led_by: str | None = None) -> Content:
        """The embed's content as text, as far as it fits, below its leading line."""
        room = CONTENT_LIMIT - (width(led_by) + 1 if led_by else 0)
        text = text_of(embed, room=room)
        return cls("\n".join(filter(None, [led_by, text])) or None, embed, view)


class Place(Protocol):
    """`question_id` is the message or interaction that asks, `message_id` the reply once it is known to exist.

    `is_reachable`: the reply can still be edited after the process that began it has ended. `has_late_draft`: a draft
    was sent, and Discord has not confirmed it. `is_private`: only the asker sees the reply. `is_next`: no earlier
    question has to be answered first.
    """

    has_late_draft: bool

    @property
    def is_private(self) -> bool: ...

    @property
    def asker_id(self) -> int | None:
        """Who gets a separate message when the reply can no longer be posted; None: it always can."""
        ...

    @property
    def is_next(self) -> bool: ...

    @property
    def question_id(self) -> int: ...

    @property
    def channel_id(self) -> int: ...

    @property
    def message_id(self) -> int | None: ...

    @property
    def is_reachable(self) -> bool: ...

    async def show(self, content: Content) -> int:
        """The message's id. It may be called again: there is only one message."""
        ...

    async def find_answer(self) -> int | None:
        """The message's id if it shows an answer although Discord has not confirmed it."""
        ...


class InThinking:
    """The reply to a command, button or form replaces "thinking"."""

    is_next = True

    def __init__(self, interaction: discord.Interaction[Any], *, is_private: bool = False) -> None:
        self._interaction = interaction
        self.is_private = is_private
        self.asker_id = interaction.user.id
        self.question_id = interaction.id
        self.channel_id = interaction.channel_id or 0  # commands always come with a channel
        self.message_id: int | None = None
        self.has_late_draft = False

    @property
    def is_reachable(self) -> bool:
        return self._interaction.guild_id is None or self._interaction.app_permissions.view_channel

    async def show(self, content: Content) -> int:
        self.message_id = (await self._interaction.edit_original_response(**content._asdict())).id
        return self.message_id

    async def find_answer(self) -> int | None:
        shown = await self._interaction.original_response()
        return shown.id if shown.components else None


class BelowMessage:
    """A reply to a message; the message's id is the nonce, so that nothing is posted twice. `on_posted` is called
    once.
    """

    is_reachable = True
    is_private = False
    asker_id = None

    def __init__(
        self,
        question: discord.Message | discord.PartialMessage,
        spot: Spot,
        *,
        asked_by: int | None = None,
        on_posted: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`spot` is the question's place in its channel's line: earlier questions are answered first. `asked_by`:
        another person's interaction that made the message a question.
        """
        self._question = question
        self._spot = spot
        self._on_posted = on_posted
        self._thread: discord.Thread | None = None
        self._tried: list[Content] = []
        self._message: discord.Message | None = None
        self.question_id = asked_by or question.id
        self.channel_id = question.channel.id
        self.has_late_draft = False

    @property
    def message_id(self) -> int | None:
        return self._message.id if self._message else None

    @property
    def is_next(self) -> bool:
        return self._spot.is_next

    def move_into(self, thread: discord.Thread) -> None:
        """Claims the place: nothing is posted yet, and nobody else was first."""
        self._thread = thread
        self._spot = Spot(())
        self.channel_id = thread.id

    async def show(self, content: Content) -> int:
        if self._message is not None:
            await self._message.edit(**content._asdict())
            return self._message.id
        await self._spot.comes()
        self._tried.append(content)
        send = self._thread.send if self._thread else _reply_to(self._question)
        self._message = await send(nonce=self.question_id, **content._asdict())
        if self._on_posted:
            await self._on_posted()
        if any(earlier != content for earlier in self._tried):  # perhaps only the responses were lost
            await self._message.edit(**content._asdict())
        return self._message.id

    async def find_answer(self) -> int | None:
        return None


def _reply_to(message: discord.Message | discord.PartialMessage) -> Callable[..., Awaitable[discord.Message]]:
    """Calls `send` as a reply, or as a plain post if the bot may not read the history: then Discord refuses replies."""
    if not own_permissions(message.channel).read_message_history:
        return message.channel.send
    return partial(message.channel.send, reference=message.to_reference(fail_if_not_exists=False))
