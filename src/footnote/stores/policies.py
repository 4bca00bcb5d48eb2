"""How guilds want to be answered and reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from footnote.records.policies import Policy, Ways


class PolicyStore(Protocol):
    """How guilds want their answers to be reviewed. Each method is one transaction."""

    async def policies(self, guild_id: int) -> Mapping[int, Policy]:
        """The policies that were set, by channel; that of EVERYWHERE is for all others."""
        ...

    async def policy_of(self, guild_id: int, channel_id: int) -> Policy:
        """A channel's policy: its own, or that of EVERYWHERE, or DEFAULT. For a thread, pass its parent's number."""
        ...

    async def set_policy(self, guild_id: int, channel_id: int, policy: Policy | None) -> None:
        """None: the channel no longer has its own."""
        ...

    async def ways(self, guild_id: int) -> Mapping[int, Ways]:
        """The ways that were set, by channel, as in `policies`."""
        ...

    async def ways_of(self, guild_id: int, channel_id: int) -> Ways:
        """What counts in a channel, as in `policy_of`; else PLAIN."""
        ...

    async def set_ways(self, guild_id: int, channel_id: int, ways: Ways | None) -> None:
        """None: the channel no longer has its own."""
        ...

    async def moderator_role(self, guild_id: int) -> int | None:
        """The role whose members review, in addition to members with Manage Messages; None: there is none."""
        ...

    async def set_moderator_role(self, guild_id: int, role_id: int | None) -> None: ...

    async def direct_messages(self, guild_id: int) -> bool | None:
        """Whether the guild lets its members be answered in direct messages; None: it does, unless it has channels for
        questions.
        """
        ...

    async def set_direct_messages(self, guild_id: int, is_allowed: bool | None) -> None: ...

    async def languages(self) -> Mapping[int, str]:
        """The language of each guild that has chosen one, as `de`."""
        ...

    async def set_language(self, guild_id: int, language: str | None) -> None:
        """None: the guild's language in Discord applies."""
        ...

    async def ask_channels(self, guild_id: int) -> Sequence[int]:
        """Where questions are answered; empty: everywhere."""
        ...

    async def set_ask_channels(self, guild_id: int, channel_ids: Sequence[int]) -> None: ...
