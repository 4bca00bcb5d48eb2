"""Direct messages follow the strictest rules among the servers that the asker shares with the bot: what is refused
there is refused here too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from time import monotonic

import discord
from discord.utils import escape_markdown

from footnote.errors import FootnoteError
from footnote.records.policies import Mode
from footnote.stores import PolicyStore
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import may_view
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.wire.retrying import UNREACHABLE

SWITCHED_OFF = N_("I do not answer direct messages. Please ask me in a server.")
NOTHING_SHARED = N_("I answer direct messages only from members of servers that I serve. Please ask me there.")
NOT_KNOWN = N_("I cannot see right now which servers we share. Try again in a moment.")

_AT_ONCE = 10
_REMEMBERED_FOR = 60.0
"""How many seconds a membership is cached: without the members intent, Discord has to be asked for each member."""
_MOST_REMEMBERED = 10_000
_NAMED = 5


class NotInDirectMessages(FootnoteError):
    """This person is not answered in direct messages."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one server. `refusal` is why its members are not answered in direct messages, if they are not."""

    guild: discord.Guild
    ask_channels: Sequence[int] = ()
    refusal: str | None = None

    def told_to(self, member: discord.Member) -> str | None:
        """With the channels for questions that the member can see."""
        if self.refusal is None:
            return None
        seen = [one for one in self.ask_channels if may_view(member, self.guild.get_channel(one))]
        if not seen:
            return _("{refusal} Please ask there.").format(refusal=self.refusal)
        names = ", ".join(f"<#{channel_id}>" for channel_id in seen[:_NAMED])
        return _("{refusal} Please ask in {channels}.").format(refusal=self.refusal, channels=names)


class DirectMessages:
    """Decides on behalf of which server a person is answered: its budget pays."""

    def __init__(self, client: discord.Client, gate: Gate, policies: PolicyStore, *, are_answered: bool) -> None:
        self._client = client
        self._gate = gate
        self._policies = policies
        self._are_answered = are_answered
        self._members: dict[tuple[int, int], tuple[float, discord.Member | None]] = {}

    async def member(self, user_id: int) -> discord.Member:
        """The person as a member of the strictest server that they share with the bot.

        Raises NotInDirectMessages.
        """
        if not self._are_answered:
            raise NotInDirectMessages(_(SWITCHED_OFF))
        rules = [await self._rules(guild) for guild in self.servers]
        strictest_first = sorted(rules, key=lambda one: one.refusal is None)
        for start in range(0, len(strictest_first), _AT_ONCE):
            some = strictest_first[start : start + _AT_ONCE]
            members = await asyncio.gather(*(self._member(one.guild, user_id) for one in some))
            for one, member in zip(some, members, strict=True):
                if member is not None:
                    if refusal := one.told_to(member):
                        raise NotInDirectMessages(refusal)
                    return member
        raise NotInDirectMessages(_(NOTHING_SHARED))

    @property
    def servers(self) -> list[discord.Guild]:
        """The servers that are served."""
        return [guild for guild in self._client.guilds if self._gate.serves(guild.id)]

    async def memberships(self, user_id: int, guild_ids: Collection[int]) -> list[discord.Member]:
        """The person as a member of those of these servers that they are in. Raises NotInDirectMessages."""
        guilds = [guild for guild in self.servers if guild.id in guild_ids]
        members: list[discord.Member | None] = []
        for start in range(0, len(guilds), _AT_ONCE):
            some = guilds[start : start + _AT_ONCE]
            members += await asyncio.gather(*(self._member(guild, user_id) for guild in some))
        return [member for member in members if member is not None]

    async def _rules(self, guild: discord.Guild) -> _Rules:
        name = escape_markdown(guild.name)
        is_allowed = await self._policies.direct_messages(guild.id)
        ask_channels = await self._policies.ask_channels(guild.id)
        if is_allowed is False:
            return _Rules(guild, ask_channels, _("{server} does not allow direct messages.").format(server=name))
        if ask_channels and is_allowed is None:
            return _Rules(guild, ask_channels, _("{server} has channels for questions.").format(server=name))
        policies = await self._policies.policies(guild.id)
        if any(policy.mode is Mode.HOLD for policy in policies.values()):
            held = _(
                "In {server} moderators review answers before they are shown, so I do not answer in direct messages."
            )
            return _Rules(guild, ask_channels, held.format(server=name))
        return _Rules(guild)

    async def _member(self, guild: discord.Guild, user_id: int) -> discord.Member | None:
        """None: the person is not a member. Raises NotInDirectMessages when Discord does not say."""
        known = self._members.get((guild.id, user_id))
        if known and monotonic() - known[0] < _REMEMBERED_FOR:
            return known[1]
        try:
            member: discord.Member | None = await guild.fetch_member(user_id)
        except discord.NotFound:
            member = None
        except UNREACHABLE as error:
            raise NotInDirectMessages(_(NOT_KNOWN)) from error
        if len(self._members) >= _MOST_REMEMBERED:
            self._members.clear()
        self._members[guild.id, user_id] = (monotonic(), member)
        return member
