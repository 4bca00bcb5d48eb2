"""The bot in Discord, over REST only: its token, its intents, and what it may do in each server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field

import discord

from footnote.stores import Stores
from footnote_bot.access.invitation import PERMISSIONS, invite_url
from footnote_bot.access.permissions import missing_to_answer, missing_to_review
from footnote_bot.citation_format import counted
from footnote_bot.doctor.findings import Finding, bad, ok, warning
from footnote_bot.wire.retrying import UNREACHABLE

TOKEN, INTENTS, INVITING = "Discord token", "Intents", "Inviting"
_NAMED = 5
_Asked = discord.TextChannel | discord.ForumChannel


@dataclass(frozen=True, slots=True)
class Places:
    """What a server has set up, according to the database."""

    asks_in: frozenset[int] = frozenset()
    reviews_in: int | None = None


@dataclass(frozen=True, slots=True)
class DiscordSetup:
    """Which servers the settings name; `stores` is None while there is no database. `reads_messages`: the bot asks for
    the Message Content intent.
    """

    token: str
    guild_ids: tuple[int, ...] = ()
    stores: Stores | None = field(default=None, repr=False)
    reads_messages: bool = False


async def discord_findings(setup: DiscordSetup) -> AsyncIterator[Finding]:
    """Does not connect to the gateway, so a running bot is not disturbed."""
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(setup.token)
        except discord.LoginFailure:
            yield bad(TOKEN, "Discord rejected it", "copy it again from the page Bot in the developer portal")
            return
        except UNREACHABLE as error:
            line = f"Discord cannot be reached ({type(error).__name__})"
            yield bad(TOKEN, line, "check the network, a firewall, and DISCORD_API_URL")
            return
        application = await client.application_info()
        yield ok(TOKEN, f"it is the token of {application.name}")
        yield _intents(application.flags, is_wanted=setup.reads_messages)
        yield _inviting(application, setup)
        async for finding in _servers(client, setup):
            yield finding


def _intents(flags: discord.ApplicationFlags, *, is_wanted: bool) -> Finding:
    has_content = flags.gateway_message_content or flags.gateway_message_content_limited
    if is_wanted and not has_content:
        advice = "switch it on, on the page Bot in the developer portal, or set FOOTNOTE_MESSAGE_CONTENT to false"
        return bad(INTENTS, "FOOTNOTE_MESSAGE_CONTENT is true, but Message Content is off", advice)
    if is_wanted:
        return ok(INTENTS, "Message Content is on, as FOOTNOTE_MESSAGE_CONTENT requires")
    line = "no privileged intent is needed"
    return ok(INTENTS, f"{line}; Message Content is {'on' if has_content else 'off'}")


def _inviting(application: discord.AppInfo, setup: DiscordSetup) -> Finding:
    if application.bot_public and not setup.guild_ids:
        return warning(
            INVITING,
            "anybody can invite the bot, and it serves every server that does",
            "set DISCORD_GUILD_IDS, or switch off Public Bot in the developer portal",
        )
    return ok(INVITING, "the bot serves only the servers of DISCORD_GUILD_IDS" if setup.guild_ids else "not public")


async def _servers(client: discord.Client, setup: DiscordSetup) -> AsyncIterator[Finding]:
    joined = {guild.id: guild.name async for guild in client.fetch_guilds(limit=200)}
    application_id = client.application_id or 0
    for missing in [guild_id for guild_id in setup.guild_ids if guild_id not in joined]:
        advice = f"invite it with {invite_url(application_id)}, or correct DISCORD_GUILD_IDS"
        yield bad(f"Server {missing}", "the bot is not in it", advice)
    if not joined:
        yield bad("Servers", "the bot is in no server", f"invite it with {invite_url(application_id)}")
    for guild_id, name in joined.items():
        if setup.guild_ids and guild_id not in setup.guild_ids:
            line = "the bot is in it, but does not serve it"
            yield warning(f"Server {name}", line, "add its id to DISCORD_GUILD_IDS, or let the bot leave")
            continue
        try:
            for finding in await _server(client, guild_id, setup.stores):
                yield finding
        except UNREACHABLE as error:
            line = f"it could not be checked ({type(error).__name__})"
            yield bad(f"Server {name}", line, "try again")


async def _server(client: discord.Client, guild_id: int, stores: Stores | None) -> list[Finding]:
    assert client.user, "it has logged in"  # noqa: S101 - a programming error, not input
    guild = await client.fetch_guild(guild_id)
    found = await guild.fetch_channels()
    channels = [one for one in found if isinstance(one, discord.TextChannel)]
    member = await guild.fetch_member(client.user.id)
    places = await _places(stores, guild_id)
    findings = [_administrator(guild)] if member.guild_permissions.administrator else []
    chosen = [one for one in found if isinstance(one, _Asked) and one.id in places.asks_in]
    findings.append(_answering(guild, chosen if places.asks_in else channels, member))
    findings.append(_review(guild, channels, member, places.reviews_in))
    return findings


def _administrator(guild: discord.Guild) -> Finding:
    advice = f"give it only what it needs: permissions {PERMISSIONS.value}"
    return warning(f"Server {guild.name}", "the bot is Administrator", advice)


def _answering(guild: discord.Guild, channels: Sequence[_Asked], member: discord.Member) -> Finding:
    """Channels that the bot cannot even see do not count, unless there are no others."""
    subject = f"Server {guild.name}"
    missing = {channel: missing_to_answer(channel, channel.permissions_for(member)) for channel in channels}
    possible = [channel for channel in channels if not missing[channel]]
    seen = {channel: lacks for channel, lacks in missing.items() if lacks and "View Channel" not in lacks}
    if not possible:
        lacking = sorted({name for lacks in missing.values() for name in lacks}) or ["View Channel"]
        return bad(subject, "the bot cannot answer in any channel", f"give its role {', '.join(lacking)}")
    if seen:
        return warning(subject, f"the bot can answer in {counted(len(possible), 'channel')}", _advice(seen))
    return ok(subject, f"the bot can answer in {counted(len(possible), 'channel')}")


def _advice(seen: dict[_Asked, list[str]]) -> str:
    named = [f"#{channel.name}: {', '.join(lacks)}" for channel, lacks in [*seen.items()][:_NAMED]]
    more = f"; and {len(seen) - _NAMED} more" if len(seen) > _NAMED else ""
    return f"it lacks {'; '.join(named)}{more}"


def _review(
    guild: discord.Guild, channels: list[discord.TextChannel], member: discord.Member, channel_id: int | None
) -> Finding:
    subject = f"Review in {guild.name}"
    if channel_id is None:
        return warning(subject, "it is not set up", "choose a channel with /setup, so that moderators see answers")
    channel = next(_of_id(channels, channel_id), None)
    if channel is None:
        return bad(subject, "its channel is deleted, or the bot cannot see it", "choose another one with /setup")
    if lacks := missing_to_review(channel.permissions_for(member)):
        return bad(subject, f"cards cannot be posted in #{channel.name}", f"give the bot {', '.join(lacks)} there")
    return ok(subject, f"cards are posted in #{channel.name}")


def _of_id(channels: list[discord.TextChannel], channel_id: int) -> Iterator[discord.TextChannel]:
    return (channel for channel in channels if channel.id == channel_id)


async def _places(stores: Stores | None, guild_id: int) -> Places:
    if stores is None:
        return Places()
    review = await stores.answers.review_channel(guild_id)
    asks_in = frozenset(await stores.policies.ask_channels(guild_id))
    return Places(asks_in, review[0] if review else None)
