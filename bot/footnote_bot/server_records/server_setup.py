"""A server's settings: read as a whole, changed one at a time, each with an audit entry."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import discord

from footnote.errors import FootnoteError
from footnote.records.policies import DEFAULT, EVERYWHERE, PLAIN, Policy, Ways
from footnote.review.recording import Review
from footnote.stores import PolicyStore
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import own_permissions, require_posting
from footnote_bot.audit import Actor, Audit
from footnote_bot.translations.catalogue import _


class SetupRefused(FootnoteError):
    """The choice makes no sense."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A server's settings; `policies` go by channel, as in `PolicyStore`. `is_public_bot`: anybody may invite the bot
    to other servers. `ways` go by channel too; `reads_messages`: the bot sees all messages. `language`: None if
    Discord's own setting applies.
    """

    review_channel: int | None
    moderator_role: int | None
    ask_channels: tuple[int, ...]
    policies: Mapping[int, Policy]
    direct_messages: bool | None = None
    is_public_bot: bool = False
    ways: Mapping[int, Ways] = field(default_factory=dict)
    reads_messages: bool = False
    language: str | None = None

    def ways_in(self, channel_id: int = EVERYWHERE) -> Ways:
        return self.ways.get(channel_id) or self.ways.get(EVERYWHERE) or PLAIN

    def policy(self, channel_id: int = EVERYWHERE) -> Policy:
        return self.policies.get(channel_id) or self.policies.get(EVERYWHERE) or DEFAULT


class ServerSetup:
    """The caller has checked that the actor may manage the server."""

    def __init__(
        self, review: Review, policies: PolicyStore, audit: Audit, gate: Gate, *, reads_messages: bool = False
    ) -> None:
        self._reads_messages = reads_messages
        self._gate = gate
        self._review = review
        self._policies = policies
        self._audit = audit
        self._changing = asyncio.Lock()

    async def chosen(self, guild_id: int) -> Chosen:
        review = await self._review.store.review_channel(guild_id)
        return Chosen(
            review_channel=review[0] if review else None,
            moderator_role=await self._policies.moderator_role(guild_id),
            ask_channels=tuple(await self._policies.ask_channels(guild_id)),
            policies=await self._policies.policies(guild_id),
            direct_messages=await self._policies.direct_messages(guild_id),
            is_public_bot=self._gate.is_public,
            ways=await self._policies.ways(guild_id),
            reads_messages=self._reads_messages,
            language=self._gate.languages.chosen(guild_id),
        )

    async def set_review_channel(self, actor: Actor, guild: discord.Guild, channel_id: int | None) -> None:
        """None switches review off. Raises NotAllowed if the bot cannot post there."""
        if channel_id is not None:
            _require_cards(guild.get_channel(channel_id))
        before = (await self.chosen(guild.id)).review_channel
        await self._review.set_review_channel(guild.id, channel_id)
        await self._note(actor, "review channel", before, channel_id)

    async def set_moderator_role(self, actor: Actor, guild: discord.Guild, role_id: int | None) -> None:
        """Its members moderate, in addition to members with Manage Messages. Raises SetupRefused."""
        if role_id == guild.default_role.id:
            raise SetupRefused(_("Everybody has that role. Choose one that only moderators have."))
        before = await self._policies.moderator_role(guild.id)
        await self._policies.set_moderator_role(guild.id, role_id)
        await self._note(actor, "moderator role", before, role_id)

    async def set_ask_channels(self, actor: Actor, guild: discord.Guild, channel_ids: Sequence[int]) -> None:
        """Empty: questions are answered everywhere."""
        before = await self._policies.ask_channels(guild.id)
        await self._policies.set_ask_channels(guild.id, channel_ids)
        await self._note(actor, "channels for questions", _listed(before), _listed(sorted(channel_ids)))

    async def set_direct_messages(self, actor: Actor, guild: discord.Guild, is_allowed: bool | None) -> None:
        """None: they are answered unless there are channels for questions."""
        before = await self._policies.direct_messages(guild.id)
        await self._policies.set_direct_messages(guild.id, is_allowed)
        await self._note(actor, "direct messages", _allowed(before), _allowed(is_allowed))

    async def set_language(self, actor: Actor, guild: discord.Guild, language: str | None) -> None:
        """None: the server's language in Discord. It applies from now on: existing messages do not change."""
        before = self._gate.languages.chosen(guild.id)
        await self._policies.set_language(guild.id, language)
        self._gate.languages.choose(guild.id, language)
        await self._note(actor, "language", before, language)

    async def change_policy(
        self, actor: Actor, guild: discord.Guild, channel_id: int, change: Callable[[Policy], Policy]
    ) -> None:
        """A channel without its own policy gets one."""
        async with self._changing:  # so that two changes at the same time are both made
            before = await self._policies.policy_of(guild.id, channel_id)
            after = change(before)
            await self._policies.set_policy(guild.id, channel_id, after)
        old, new = asdict(before), asdict(after)
        for name in (name for name in old if old[name] != new[name]):
            await self._note(actor, f"{name} of {_named(channel_id)}", old[name], new[name])

    async def drop_policy(self, actor: Actor, guild: discord.Guild, channel_id: int) -> None:
        """From now on, the channel is reviewed like all others."""
        await self._policies.set_policy(guild.id, channel_id, None)
        await self._audit.note(actor, "setup", f"{_named(channel_id)}: as everywhere else")

    async def change_ways(
        self, actor: Actor, guild: discord.Guild, channel_id: int, change: Callable[[Ways], Ways]
    ) -> None:
        """Like `change_policy`."""
        async with self._changing:
            before = await self._policies.ways_of(guild.id, channel_id)
            after = change(before)
            await self._policies.set_ways(guild.id, channel_id, after)
        old, new = asdict(before), asdict(after)
        for name in (name for name in old if old[name] != new[name]):
            await self._note(actor, f"{name} of {_named(channel_id)}", old[name], new[name])

    async def _note(self, actor: Actor, what: str, before: object, after: object) -> None:
        if before != after:
            await self._audit.note(actor, "setup", f"{what}: {before or 'none'} -> {after or 'none'}")


def _require_cards(channel: object) -> None:
    if not isinstance(channel, discord.TextChannel):
        raise SetupRefused(_("I cannot see that channel. Give me View Channel there, then try again."))
    require_posting(own_permissions(channel), channel.id)


def _allowed(is_allowed: bool | None) -> str:
    return {None: "as in channels", True: "answered", False: "not answered"}[is_allowed]


def _named(channel_id: int) -> str:
    return f"channel {channel_id}" if channel_id else "all channels"


def _listed(channel_ids: Sequence[int]) -> str:
    return ", ".join(map(str, channel_ids))
