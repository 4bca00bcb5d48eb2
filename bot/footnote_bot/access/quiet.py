"""Threads that are left to people: a moderator has written there, or they are solved or closed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from time import monotonic

import discord

from footnote.records.policies import Ways
from footnote.stores import PolicyStore
from footnote_bot.access.permissions import moderates, own_permissions
from footnote_bot.wire.mentions import is_by_a_person
from footnote_bot.wire.retrying import UNREACHABLE

_MESSAGES = 100
_REMEMBERED_FOR = 60.0  # seconds; without the members intent Discord has to be asked for each
_MOST_REMEMBERED = 10_000

_SAY_SOLVED = frozenset(
    {
        *("solved", "resolved", "answered", "closed", "done", "fixed"),
        *("gelöst", "geloest", "beantwortet", "erledigt", "geschlossen", "geklärt"),
    }
)
_NEGATE = frozenset({"not", "never", "no", "isn't", "un", "nicht", "nie", "noch"})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


class Quiet:
    """Looks at the current state of a thread, so that nothing is missed while the bot is away."""

    def __init__(self, policies: PolicyStore) -> None:
        self._policies = policies
        self._moderators: dict[tuple[int, int], tuple[float, bool]] = {}

    async def is_left_to_people(self, thread: discord.Thread, *, asker_id: int) -> bool:
        """Also if the bot cannot read who has written. The asker may be a moderator."""
        ways = await self._policies.ways_of(thread.guild.id, thread.parent_id)
        if thread.locked or thread.archived or is_solved(thread, ways):
            return True
        granted = own_permissions(thread)
        if not (granted.view_channel and granted.read_message_history):
            return True
        try:
            async for author in _authors(thread):
                if author.id != asker_id and await self._is_moderator(thread.guild, author):
                    return True
        except UNREACHABLE:
            return True
        return False

    async def _is_moderator(self, guild: discord.Guild, author: discord.abc.User) -> bool:
        """Raises what Discord raises."""
        key, now = (guild.id, author.id), monotonic()
        known = self._moderators.get(key)
        if known and now - known[0] < _REMEMBERED_FOR:
            return known[1]
        try:
            found = await moderates(await guild.fetch_member(author.id), self._policies)
        except discord.NotFound:  # they have left
            found = False
        if len(self._moderators) >= _MOST_REMEMBERED:
            self._moderators.clear()
        self._moderators[key] = now, found
        return found


def is_solved(thread: discord.Thread, ways: Ways) -> bool:
    """Whether a post has a tag that says so: one of those that were chosen, or else one with such a name."""
    if ways.solved_tags:
        return any(tag.id in ways.solved_tags for tag in thread.applied_tags)
    names = (frozenset(_WORD.findall(tag.name.casefold().replace("’", "'"))) for tag in thread.applied_tags)
    return any(name & _SAY_SOLVED and not name & _NEGATE for name in names)


async def _authors(thread: discord.Thread) -> AsyncIterator[discord.abc.User]:
    """Each person once, the newest first."""
    seen = set[int]()
    async for message in thread.history(limit=_MESSAGES):
        if is_by_a_person(message) and message.author.id not in seen:
            seen.add(message.author.id)
            yield message.author
