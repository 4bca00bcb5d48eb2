"""What buttons, menus and forms find in `interaction.client`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import discord

from footnote.records.answers import AnswerRecord
from footnote.records.overview import QueueState
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.privacy import Privacy
from footnote_bot.asking import ALONE, Wish
from footnote_bot.cited_contexts import Contexts
from footnote_bot.discord_services import Core
from footnote_bot.server_records.collection_setup import CollectionSetup
from footnote_bot.server_records.server_setup import ServerSetup
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import errors_reported


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """A page of a queue: of all channels if `channel_id` is 0; pages count from 1."""

    state: QueueState
    channel_id: int = 0
    page: int = 1


class ShowsVerdicts(Protocol):
    """Keeps the messages in step with the verdicts."""

    async def show_verdict(self, record: AnswerRecord, /) -> None: ...

    async def withdraw(self, record: AnswerRecord, /, *, with_message: bool = False) -> None: ...


class ShowsQueues(Protocol):
    """Shows a page of a queue."""

    async def show(self, interaction: discord.Interaction[Any], place: QueuePlace, /) -> None: ...


class StartsBuilds(Protocol):
    """Knows the running builds, and checks who may do what."""

    async def begin(self, interaction: discord.Interaction[Any], /, *, may_lose: int = 0) -> None: ...

    async def cancel(self, rebuild_id: str, interaction: discord.Interaction[Any], /) -> str: ...


class RollsBack(Protocol):
    """Makes an earlier generation live again, and checks permissions."""

    async def carry_out(self, interaction: discord.Interaction[Any], generation: str, /) -> None: ...


class KeepsArticles(Protocol):
    """Adds to the articles folder, and checks permissions."""

    async def add_files(
        self, interaction: discord.Interaction[Any], files: Sequence[discord.Attachment], /, *, replace: bool
    ) -> None:
        """For a form that nothing has responded to yet."""
        ...

    async def add_answer(self, interaction: discord.Interaction[Any], record: AnswerRecord, /) -> None:
        """For a button that was acknowledged."""
        ...


class Asks(Protocol):
    """Answers questions, each where it was asked."""

    async def from_interaction(self, interaction: discord.Interaction[Any], text: str, wish: Wish = ALONE, /) -> None:
        """For a button or form that nothing has responded to yet."""
        ...

    async def below(self, interaction: discord.Interaction[Any], text: str, message_id: int, /) -> None:
        """As a reply to another message, for an acknowledged button that only the asker sees."""
        ...


class CallsPeople(Protocol):
    """Mentions the moderators' role, and checks who may have it mentioned, and how often."""

    async def call(self, interaction: discord.Interaction[Any], record: AnswerRecord, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Builds:
    """Everything that changes which generation is live, and what the next one contains."""

    rebuilds: StartsBuilds
    rollbacks: RollsBack
    articles: KeepsArticles


async def nothing_in_memory() -> None:
    """Clears questions from memory."""


@dataclass(frozen=True, slots=True)
class Host:
    """What controls work with. `show_changes`: something on record has changed, including missing cards.
    `on_forgotten`: somebody is forgotten, so questions in memory have to go too.
    """

    core: Core
    privacy: Privacy
    collections: CollectionAccess
    contexts: Contexts
    posting: ShowsVerdicts
    queues: ShowsQueues
    inquiries: Asks
    people: CallsPeople
    builds: Builds
    server_setup: ServerSetup
    collection_setup: CollectionSetup
    show_changes: Callable[[int | None], None]
    on_forgotten: Callable[[], Awaitable[None]] = nothing_in_memory


class HasHost(Protocol):
    """The client, as far as controls know it."""

    @property
    def host(self) -> Host: ...

    @property
    def in_flight(self) -> InFlight: ...


@asynccontextmanager
async def pressed(interaction: discord.Interaction[Any]) -> AsyncIterator[Host]:
    """The host of a control while it is being handled. Errors are reported to the person who used it."""
    async with errors_reported(interaction):
        client: HasHost = interaction.client
        client.in_flight.join()
        yield client.host
