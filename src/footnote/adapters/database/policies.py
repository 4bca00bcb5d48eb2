"""How guilds want their answers to be reviewed: implements `PolicyStore` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.tables import AskChannelRow, GuildRow, PolicyRow, WaysRow
from footnote.records.policies import DEFAULT, EVERYWHERE, PLAIN, Policy, Ways


class DatabasePolicies:
    """One row for each policy that was set. Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def policies(self, guild_id: int) -> Mapping[int, Policy]:
        statement = select(PolicyRow).where(PolicyRow.guild_id == guild_id).order_by(PolicyRow.channel_id)
        async with self._sessions.begin() as session:
            return {row.channel_id: _policy(row) for row in await session.scalars(statement)}

    async def policy_of(self, guild_id: int, channel_id: int) -> Policy:
        policies = await self.policies(guild_id)
        return policies.get(channel_id) or policies.get(EVERYWHERE) or DEFAULT

    async def set_policy(self, guild_id: int, channel_id: int, policy: Policy | None) -> None:
        key = {"guild_id": guild_id, "channel_id": channel_id}
        async with self._sessions.begin() as session:
            if policy is None:
                await session.execute(delete(PolicyRow).filter_by(**key))
            elif not await is_inserted(session, insert(PolicyRow).values(**key, **asdict(policy))):
                await session.execute(update(PolicyRow).filter_by(**key).values(**asdict(policy)))

    async def ways(self, guild_id: int) -> Mapping[int, Ways]:
        statement = select(WaysRow).where(WaysRow.guild_id == guild_id).order_by(WaysRow.channel_id)
        async with self._sessions.begin() as session:
            return {row.channel_id: _ways(row) for row in await session.scalars(statement)}

    async def ways_of(self, guild_id: int, channel_id: int) -> Ways:
        ways = await self.ways(guild_id)
        return ways.get(channel_id) or ways.get(EVERYWHERE) or PLAIN

    async def set_ways(self, guild_id: int, channel_id: int, ways: Ways | None) -> None:
        key = {"guild_id": guild_id, "channel_id": channel_id}
        async with self._sessions.begin() as session:
            await session.execute(delete(WaysRow).filter_by(**key))
            if ways is not None:
                lists = {"tags": _listed(ways.tags), "solved_tags": _listed(ways.solved_tags)}
                await session.execute(insert(WaysRow).values(**key, **asdict(ways) | lists))

    async def moderator_role(self, guild_id: int) -> int | None:
        statement = select(GuildRow.moderator_role_id).where(GuildRow.id == guild_id)
        async with self._sessions.begin() as session:
            return await session.scalar(statement)

    async def set_moderator_role(self, guild_id: int, role_id: int | None) -> None:
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(GuildRow).values(id=guild_id, moderator_role_id=role_id)):
                known = GuildRow.id == guild_id
                await session.execute(update(GuildRow).where(known).values(moderator_role_id=role_id))

    async def direct_messages(self, guild_id: int) -> bool | None:
        statement = select(GuildRow.direct_messages).where(GuildRow.id == guild_id)
        async with self._sessions.begin() as session:
            return await session.scalar(statement)

    async def set_direct_messages(self, guild_id: int, is_allowed: bool | None) -> None:
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(GuildRow).values(id=guild_id, direct_messages=is_allowed)):
                known = GuildRow.id == guild_id
                await session.execute(update(GuildRow).where(known).values(direct_messages=is_allowed))

    async def languages(self) -> Mapping[int, str]:
        statement = select(GuildRow.id, GuildRow.language).where(GuildRow.language.is_not(None))
        async with self._sessions.begin() as session:
            return {row.id: row.language for row in await session.execute(statement)}

    async def set_language(self, guild_id: int, language: str | None) -> None:
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(GuildRow).values(id=guild_id, language=language)):
                known = GuildRow.id == guild_id
                await session.execute(update(GuildRow).where(known).values(language=language))

    async def ask_channels(self, guild_id: int) -> Sequence[int]:
        channels = select(AskChannelRow.channel_id).where(AskChannelRow.guild_id == guild_id)
        async with self._sessions.begin() as session:
            return list(await session.scalars(channels.order_by(AskChannelRow.channel_id)))

    async def set_ask_channels(self, guild_id: int, channel_ids: Sequence[int]) -> None:
        rows = [{"guild_id": guild_id, "channel_id": channel_id} for channel_id in dict.fromkeys(channel_ids)]
        async with self._sessions.begin() as session:
            await session.execute(delete(AskChannelRow).where(AskChannelRow.guild_id == guild_id))
            if rows:
                await session.execute(insert(AskChannelRow), rows)


def _ways(row: WaysRow) -> Ways:
    tags, solved_tags = (tuple(map(int, listed.split())) for listed in (row.tags, row.solved_tags))
    return Ways(row.in_threads, row.calls_people, row.answers_posts, tags, solved_tags)


def _listed(ids: Sequence[int]) -> str:
    return " ".join(map(str, ids))


def _policy(row: PolicyRow) -> Policy:
    return Policy(row.mode, row.cards, row.share, row.minutes, row.at_deadline)
