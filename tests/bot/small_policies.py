"""The policies of servers, in memory: what a PolicyStore has on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from footnote.records.policies import DEFAULT, EVERYWHERE, PLAIN, Policy, Ways


@dataclass
class SmallPolicies:
    """The same for all servers, unless it is by server: `direct`, `asking` and `spoken` are."""

    kept: dict[int, Policy] = field(default_factory=dict)
    kept_ways: dict[int, Ways] = field(default_factory=dict)
    role: int | None = None
    direct: dict[int, bool | None] = field(default_factory=dict)
    asking: dict[int, Sequence[int]] = field(default_factory=dict)
    spoken: dict[int, str] = field(default_factory=dict)

    async def policies(self, guild_id: int) -> Mapping[int, Policy]:
        del guild_id
        return self.kept

    async def policy_of(self, guild_id: int, channel_id: int) -> Policy:
        del guild_id
        return self.kept.get(channel_id) or self.kept.get(EVERYWHERE, DEFAULT)

    async def set_policy(self, guild_id: int, channel_id: int, policy: Policy | None) -> None:
        raise NotImplementedError

    async def ways(self, guild_id: int) -> Mapping[int, Ways]:
        del guild_id
        return self.kept_ways

    async def ways_of(self, guild_id: int, channel_id: int) -> Ways:
        del guild_id
        return self.kept_ways.get(channel_id) or self.kept_ways.get(EVERYWHERE, PLAIN)

    async def set_ways(self, guild_id: int, channel_id: int, ways: Ways | None) -> None:
        raise NotImplementedError

    async def moderator_role(self, guild_id: int) -> int | None:
        del guild_id
        return self.role

    async def set_moderator_role(self, guild_id: int, role_id: int | None) -> None:
        raise NotImplementedError

    async def direct_messages(self, guild_id: int) -> bool | None:
        return self.direct.get(guild_id)

    async def set_direct_messages(self, guild_id: int, is_allowed: bool | None) -> None:
        raise NotImplementedError

    async def languages(self) -> Mapping[int, str]:
        return self.spoken

    async def set_language(self, guild_id: int, language: str | None) -> None:
        raise NotImplementedError

    async def ask_channels(self, guild_id: int) -> Sequence[int]:
        return self.asking.get(guild_id, ())

    async def set_ask_channels(self, guild_id: int, channel_ids: Sequence[int]) -> None:
        raise NotImplementedError
